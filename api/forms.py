"""The filters of a page as its form has them: what is set, what can be chosen, in what words."""

from collections.abc import Mapping, Sequence
from typing import Final
from urllib.parse import quote, urlencode

from flask import current_app, redirect, request
from flask.typing import ResponseReturnValue

from api import strings, wording
from kg.filters import ALLOWED, KINDS, Kind
from kg.vocab import codes

HTML: Final = "text/html"
SCHEMES: Final = {
    "act": "act",
    "event_type": "event-type",
    "factuality": "factuality",
    "context": "context",
    "sector": "sector",
    "status": "status",
    "review": "review",
    "precision": "place-precision",
}
"""Filter → the list whose codes are its values."""
DAY: Final = "[0-9X]{4}[-0-9X/?~%.]*"
DEGREES: Final = r"-?[0-9]{1,3}(\.[0-9]+)?"
PATTERNS: Final = {
    **dict.fromkeys(("from", "to", "published_from", "published_to"), DAY),
    "bbox": f"{DEGREES}(,{DEGREES}){{3}}",
}
"""What a field takes, so that a browser says what is wrong before it asks; rough, for dates."""
LISTS: Final = (*(f"/{kind}" for kind in KINDS), "/timeline", "/map", "/graph")
"""Pages that filters select from."""


def tidied() -> ResponseReturnValue | None:
    """To the address without the fields that a form left empty: one to share, for a browser.

    Only where there is a route: who is led on stays here, whatever characters the path is of.
    """
    pairs = [(name, value) for name, value in request.args.items(multi=True) if value]
    by_browser = request.method == "GET" and HTML in request.accept_mimetypes.values()
    if not (by_browser and request.url_rule) or len(pairs) == len(
        list(request.args.items(multi=True))
    ):
        return None
    there = "/" + quote(f"{request.script_root}{request.path}", safe="/:@,").lstrip("/")
    return redirect(f"{there}?{urlencode(pairs)}" if pairs else there, code=303)


def chosen(kind: Kind) -> list[tuple[str, str]]:
    """The filters that are set on this page, each value once, in the order they were given."""
    return [
        (name, value)
        for name, value in request.args.items(multi=True)
        if name in ALLOWED[kind] and value.strip()
    ]


def coded(scheme: str) -> list[tuple[str, str]]:
    """The codes of a list with their words; a mode after its event type."""
    found = [(one, wording.label(scheme, one)) for one in codes(scheme)]
    if scheme != "mode":
        return found
    types = (wording.label("event-type", one.partition("/")[0]) for one, _ in found)
    return [(one, f"{kind}: {words}") for kind, (one, words) in zip(types, found, strict=True)]


def worded(values: Sequence[str], words: Mapping[str, str]) -> list[tuple[str, str]]:
    """Values with their words, or themselves where there are none."""
    return [(one, words.get(one, one)) for one in values]


def kept(kind: Kind, shown: Sequence[str]) -> list[tuple[str, str]]:
    """The filters of this page that a form has no room for: it has one value of those ``shown``."""
    free = set(shown)
    found = []
    for name, value in chosen(kind):
        if name in free:
            free.remove(name)
        else:
            found.append((name, value))
    return found


def is_iri(value: str) -> bool:
    """Whether a filter's value is an IRI rather than a name."""
    return "://" in value


def chip_words(name: str, value: str) -> str:
    """A filter's value in words: the label of a code, the name in an IRI."""
    if is_iri(value) and value.startswith(current_app.config["KG_BASE"]):
        last = value.rsplit("/", 1)[-1]
        return last.rpartition("-")[0].replace("-", " ") or last[:8]
    if name == "country":
        return wording.country(value)
    if name in ("has", "role"):
        return strings.TEXTS[name].get(value, value)
    if name == "mode":
        return next(
            (
                wording.label("mode", code)
                for code in codes("mode")
                if value in (code, code.partition("/")[2])
            ),
            value,
        )
    return wording.label(SCHEMES[name], value) if name in SCHEMES else value
