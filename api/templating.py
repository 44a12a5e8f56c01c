"""What templates can call: addresses of records, words of evidence, plain words for codes.

Each function takes a record (a JSON-ready dict of ``kg.records``) and reads the current request
and application; none asks the store.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any, Final
from urllib.parse import urlencode

from flask import Flask, current_app, request
from markupsafe import Markup, escape

from api import strings, wording
from api.face import face
from api.forms import LISTS, PATTERNS, SCHEMES, chip_words, chosen, coded, is_iri, kept, worded
from api.highlight import anchor
from api.islands import for_islands, island
from kg.export import FORMATS
from kg.filters import ALLOWED, SORTS, Kind
from kg.filters.language import HAS, ROLES
from kg.records.figures import event_figure, figure
from kg.records.spoken import QUOTES, spoken
from kg.vocab import codes

Json = Mapping[str, Any]

GEONAMES: Final = re.compile(r"https://sws\.geonames\.org/(\d+)/")
_KEY: Final = re.compile(r"([0-9a-f]{8})[0-9a-f]{24}\b")
"""The key of a record: a row is told from its neighbours by a part of it."""
_PAST: Final = re.compile(r"[a-z]+ed")
_TO_WHOM: Final = ("", "the", "on", "to", "on the", "to the")
_READ: Final = ("accept", "reject", "correct")
"""Verdicts on what is read; the others are on who or what is the same."""
UNSHOWN: Final = ("link/", "graph/", "linker")
NOT_EXPORTED: Final = ("format", "cursor", "limit", "sort", "facets", "histogram")
LONGEST_TITLE: Final = 140
LINKED: Final = 60
"""Lines of a drawn graph that lead to what they are of; a list, and the island, lead to all."""
MOST_DRAWN: Final = 1200
"""Lines of a drawn graph: more are one blot."""


def local(iri: str) -> str:
    """The address on this server of an IRI of this store; any other IRI as it is.

    An evidence IRI leads to the mark of its words.
    """
    base = current_app.config["KG_BASE"]
    if not iri.startswith(base):
        return iri
    return f"{request.script_root}/{iri.removeprefix(base)}"


def leads(iri: str) -> bool:
    """Whether an IRI can be opened: on the web, and no node that only the graph knows."""
    inner = without_base(iri)
    return iri.startswith(("http://", "https://")) and not inner.startswith(UNSHOWN)


def without_base(iri: str) -> str:
    """An IRI of this store by its path alone, any other text as it is."""
    return iri.removeprefix(current_app.config["KG_BASE"])


def brief(iri: str) -> str:
    """The path of an IRI of this store with a part of its key, any other text as it is."""
    inner = without_base(iri)
    return inner if inner == iri else _KEY.sub(r"\1…", inner)


def key(iri: str) -> str:
    """The last part of an IRI, for use as an id."""
    return iri.rsplit("/", 1)[-1]


def words_of(record: Json) -> str:
    """Where the words of a statement or report stand: its article, at the whole finding."""
    found = next(one for one in record["evidence"] if one["slot"] == "whole")
    return f"{local(record['article']['id'])}#{anchor(found['start'], found['end'])}"


def explains() -> bool:
    """Whether this server can tell why a finding was read so."""
    return face().explain is not None


def event_of(report: Json) -> str:
    """The address of the event that a report tells."""
    return local(report.get("event") or report["id"])


def this_page(**changes: str | None) -> str:
    """This page with some parameters changed; None takes one away."""
    return page_at(request.path, **changes)


def page_at(path: str, **changes: str | None) -> str:
    """Another page with the parameters of this one, some of them changed; None takes one away."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name not in changes]
    pairs = [*kept, *((name, value) for name, value in changes.items() if value is not None)]
    there = f"{request.script_root}{path}"
    return f"{there}?{urlencode(pairs)}" if pairs else there


def when(date: Json | str | None) -> Markup:
    """A date as a ``time`` element, as exact as its EDTF; nothing where there is none."""
    if not date:
        return Markup("")
    found: Json = {"edtf": date} if isinstance(date, str) else date
    words = wording.when(found["edtf"], found.get("text") or "")
    day = found["edtf"] if len(found["edtf"]) == 10 and found["edtf"][4:].count("-") == 2 else None
    if day is None or not day.replace("-", "").isdigit():
        return Markup("<time>{}</time>").format(words) if day else Markup("{}").format(words)
    return Markup('<time datetime="{}">{}</time>').format(day, words)


def said(statement: Json) -> str:
    """What a statement says: in quotation marks where it is word for word, parts told apart."""
    words = spoken(statement)
    if not words:
        return strings.TEXTS["statement"]["words"]
    return f"“{words.strip(QUOTES).rstrip(',')}”" if statement.get("quoted") else words


def spoke(statement: Json) -> str:
    """What somebody did by saying it, as it stands behind a name.

    Who calls for a thing, in these words, "called for" it; who requests it otherwise did so by the
    article's own verb where that is of the past and leads to it ("demanded", "asked for", but not
    "renewed" of whoever renewed calls for it), else "urged".

    >>> print(spoke({"act": "deny"}), spoke({"act": "request", "content": "to leave"}))
    denied urged
    """
    act = statement["act"]
    words = strings.TEXTS["acts"]
    found = _requested(statement) if act == "request" else None
    return str(found or words.get(act) or wording.label("act", act))


def _requested(statement: Json) -> str | None:
    pieces: dict[str, list[Json]] = {}
    for one in statement.get("evidence") or ():
        pieces.setdefault(one["slot"], []).append(one)
    cues = [str(one["exact"]).lower() for one in pieces.get("cue", ())]
    content = statement.get("content") or ""
    if any(cue.startswith("call") for cue in cues):
        first = next(iter(content.lower().split()), "to")
        return str(strings.TEXTS["acts"]["called_for"]) if first not in ("to", "that") else None
    if len(cues) != 1 or not _PAST.fullmatch(cues[0]):
        return None
    if content.lower().startswith("to ") and _before(pieces, "addressee") in _TO_WHOM:
        return cues[0]
    between = _before(pieces, "content")
    return f"{cues[0]} {between}".strip() if between in ("", "for", "on") else None


def _before(pieces: Mapping[str, Sequence[Json]], slot: str) -> str | None:
    """The words from the cue to what follows it; None where it does not follow."""
    whole, cue, ahead = (next(iter(pieces.get(name, ())), None) for name in ("whole", "cue", slot))
    if not (whole and cue and ahead) or ahead["start"] < cue["end"]:
        return None
    start, end = (at - whole["start"] for at in (cue["end"], ahead["start"]))
    return str(whole["exact"][start:end]).strip().lower()


def review_words(record: Json) -> str:
    """Who read it: a machine, a person, or people who do not agree on what is read.

    Whether it is the same as another is no matter of what is read.
    """
    told = record.get("judgements") or ()
    contested = any(one["state"] == "contested" and one["verdict"] in _READ for one in told)
    words = strings.REVIEW_WORDS
    return str(words["contested"] if contested else words.get(record["review"], record["review"]))


def quoted(report: Json) -> str:
    """The words of an event or report, as the article has them."""
    pieces = report.get("evidence") or [
        piece for one in report.get("reports", ())[:1] for piece in one["evidence"]
    ]
    found = next((piece["exact"] for piece in pieces if piece["slot"] == "whole"), None)
    return found or report.get("label") or ""


def title_of(event: Json) -> str:
    """What kind of event it is, in words: the mode where one is known, else the type."""
    kind, mode = event.get("event_type"), event.get("mode")
    whole = wording.label("event-type", kind)
    return f"{whole}: {wording.label('mode', f'{kind}/{mode}')}" if mode else whole


def topic_words(topic: Json, content: str | None) -> str:
    """What a statement is about; where its words are the statement's, its mode, type or act."""
    words = topic.get("label") or ""
    if words and not (content and (words in content or content in words)):
        return shortened(words)
    kind, mode = topic.get("event_type"), topic.get("mode")
    if mode:
        return wording.label("mode", f"{kind}/{mode}")
    if kind:
        return wording.label("event-type", kind)
    return strings.TEXTS["statement"]["topic"].format(act=wording.label("act", topic.get("act")))


def headline(article: Json) -> str:
    """A headline, or the first sentence of an article without one."""
    found = article.get("headline") or article.get("opening")
    return str(found or strings.TEXTS["article"]["wordless"])


def shortened(text: str) -> str:
    """A text cut at a word to fit a heading.

    >>> shortened("a b " * 50)[-6:]
    'b a b…'
    """
    plain = " ".join(text.split())
    if len(plain) <= LONGEST_TITLE:
        return plain
    return plain[:LONGEST_TITLE].rsplit(" ", 1)[0].rstrip(" ,;:") + "…"


def position(place: Json) -> str:
    """Where a place is, in degrees: a point, or the extent of what is not a point.

    >>> position({"point": {"lat": 46.2, "lon": 6.15}})
    '46.2° N, 6.15° E'
    """
    point, extent = place.get("point"), place.get("extent")
    if point:
        return f"{_degrees(point['lat'], 'NS')}, {_degrees(point['lon'], 'EW')}"
    if extent:
        south, west, north, east = (extent[side] for side in ("south", "west", "north", "east"))
        return strings.TEXTS["position"]["between"].format(
            south=_degrees(south, "NS"),
            west=_degrees(west, "EW"),
            north=_degrees(north, "NS"),
            east=_degrees(east, "EW"),
        )
    return ""


def outside(iri: str) -> str:
    """What an IRI of another host is called: GeoNames and its number, else the IRI itself.

    >>> outside("https://sws.geonames.org/170063/")
    'GeoNames 170063'
    """
    found = GEONAMES.fullmatch(iri)
    return f"GeoNames {found[1]}" if found else iri


def _degrees(value: float, sides: str) -> str:
    return f"{abs(value):g}° {sides[value < 0]}"


def export_url(format: str, pairs: Iterable[tuple[str, str]], of: str | None = None) -> str:
    """The download of a selection in a format; ``of`` says whose filters they are."""
    kept = [pair for pair in pairs if pair[0] not in NOT_EXPORTED]
    kept += [("of", of)] if of == "events" and "of" not in dict(kept) else []
    query = f"?{urlencode(kept)}" if kept else ""
    return f"{request.script_root}/export/{format}{query}"


def count(number: int, noun: str) -> Markup:
    """A number with its noun, one of ``[nouns]`` of the catalogue."""
    return strings.number_of(noun, number)


def matched(match: Json) -> Markup:
    """A snippet with the words that were searched for marked in it.

    >>> print(matched({"text": "the shelling of Lorik", "marks": [[4, 12]]}))
    the <mark class="hit">shelling</mark> of Lorik
    """
    text, here, pieces = match["text"], 0, []
    for start, end in match["marks"]:
        hit = Markup('<mark class="hit">{}</mark>').format(text[start:end])
        pieces += [escape(text[here:start]), hit]
        here = end
    return Markup("").join([*pieces, escape(text[here:])])


def told_apart(values: Sequence[Json], chosen: Sequence[str]) -> list[Json]:
    """Values of a facet without bare nouns that several go by ("people"), but for chosen ones.

    >>> labels = {"a": "people", "b": "people", "c": "Ana", "d": "Ana", "e": "a village"}
    >>> values = [{"value": value, "label": label} for value, label in labels.items()]
    >>> [one["value"] for one in told_apart(values, ["b"])]
    ['b', 'c', 'd', 'e']
    """
    named = Counter(one["label"] for one in values)
    return [
        one
        for one in values
        if named[one["label"]] == 1 or not one["label"][:1].islower() or one["value"] in chosen
    ]


def name_of(kind: Kind, record: Json) -> str:
    """What a record of a kind goes by in a list of several kinds."""
    if kind == "statements":
        speaker = (record["speaker"] or {}).get("label") or strings.TEXTS["site"]["nobody"]
        return f"{speaker}: {shortened(said(record))}"
    if kind == "events":
        return f"{title_of(record)}: {shortened(quoted(record))}"
    return headline(record) if kind == "articles" else str(record["label"])


def export_formats() -> list[str]:
    """The formats that pages offer, in the order of the exports."""
    return [name for name in FORMATS if name in strings.FORMAT_WORDS]


def draws(format: str) -> bool:
    """Whether a format holds a drawn graph, and so can hold what is around a node."""
    return FORMATS[format].drawn


HELPERS: Final[tuple[Callable[..., object], ...]] = (
    *(
        local,
        anchor,
        explains,
        leads,
        without_base,
        brief,
        words_of,
        event_of,
        key,
        this_page,
        page_at,
        export_url,
        when,
        quoted,
        said,
        spoke,
        review_words,
        topic_words,
    ),
    *(outside, title_of, headline, shortened, position, chosen, kept, chip_words, is_iri),
    *(coded, worded),
    *(island, for_islands),
    *(codes, wording.label, wording.definition, wording.country, count, figure, event_figure),
    *(matched, name_of, told_apart, export_formats, draws),
)

GIVEN: Final[Mapping[str, object]] = {
    "t": strings.TEXTS,
    "ALLOWED": ALLOWED,
    "HAS": HAS,
    "LINKED": LINKED,
    "LISTS": LISTS,
    "MOST_DRAWN": MOST_DRAWN,
    "PATTERNS": PATTERNS,
    "ROLES": ROLES,
    "SCHEMES": SCHEMES,
    "SORTS": SORTS,
}


def prepare(app: Flask) -> None:
    """Give the templates their functions, by their names, and their constants."""
    app.jinja_env.globals.update({one.__name__: one for one in HELPERS})
    app.jinja_env.globals.update({name: getattr(strings, name) for name in strings.__all__})
    app.jinja_env.globals.update(GIVEN)
