"""``/statement/{ident}/explain`` and ``/event/{ident}/explain``: why it was read so.

Nothing of this is stored: the article is read again, in a process of its own and within the
deadline of a query (:class:`kg.reading.Explainer`).
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from flask import Blueprint, render_template
from flask.typing import ResponseReturnValue

from api import parameters as p
from api.face import as_json, face, wants_html
from api.resources import moved, plural
from api.routes import page, route
from api.strings import TEXTS
from kg import records
from kg.errors import NotFound
from kg.filters import Kind
from kg.reading import MEANINGS, Explanation, asked
from kg.records import Json, Moved

EXPLAINED: Final[Mapping[Kind, str]] = {"statements": "statement", "events": "event"}
"""Kinds whose records can be explained, and their name in an IRI."""
WORDS: Final = 60
"""Words of one sentence whose tree a page shows."""
SHOWN: Final = 10
"""Findings that a page shows; the JSON holds all."""

blueprint = Blueprint("explain", __name__)


def explain(kind: Kind, ident: str) -> ResponseReturnValue:
    """Why the finding, or each report of the event, was read so."""
    html = wants_html()
    record = records.one(face().store, kind, ident)
    here = f"{face().settings.base}{EXPLAINED[kind]}/{ident}"
    if isinstance(record, Moved) or record["id"] != here:
        return moved(record.id if isinstance(record, Moved) else record["id"], end="/explain")
    found = {"id": record["id"], **_explained(record)}
    return _page(kind, record, found) if html else as_json(found)


def explain_plural(kind: Kind, ident: str) -> ResponseReturnValue:
    """``/statements/{id}/explain`` is ``/statement/{id}/explain``."""
    return plural(kind, f"{ident}/explain")


def _explained(record: Json) -> Json:
    explain = face().explain
    if explain is None:
        raise NotFound("this server does not explain what it holds; kg explain does")
    questions = asked(face().store, record)
    found = explain(questions)
    if not found["findings"]:
        raise NotFound(
            f"{record['id']} is not found any more by {found['reader']}; ingest its article again"
        )
    return found


def _page(kind: Kind, record: Json, found: Json) -> str:
    reports = record.get("reports", [record])
    articles = {one["id"]: one["article"] for one in reports}
    shown = [
        {
            **one,
            "article": articles[one["id"]],
            "meanings": one["places"][:MEANINGS],
            "words_of_tree": list(_words(one["tree"][:WORDS], one["tree"])),
        }
        for one in found["findings"][:SHOWN]
    ]
    return render_template(
        "explain.html",
        record=record,
        found=found,
        findings=shown,
        title=TEXTS["explain"]["title"].format(what=EXPLAINED[kind]),
        back=TEXTS["explain"]["back"].format(what=EXPLAINED[kind]),
    )


def _words(nodes: Sequence[Json], tree: Sequence[Json]) -> Iterator[tuple[Any, ...]]:
    """Words in the order of the text: the word, its relation, of which word, its tag."""
    words = {node["number"]: node["word"] for node in tree}
    for node in nodes:
        is_root = node["head"] == node["number"]
        of = "" if is_root else words.get(node["head"], "")
        yield node["word"], node["relation"], of, node["tag"]


def _add(kind: Kind, one: str) -> None:
    """The two routes of a kind of record."""
    kinds = {"kind": kind}
    route(
        blueprint,
        f"/{one}/<ident>/explain",
        endpoint=one,
        defaults=kinds,
        summary=f"Why the {one} was read so: its article is read again.",
        answers=page(Explanation),
        parameters=(p.IDENT, p.PAGE),
        failures=(303, 400, 404, 406, 503),
    )(explain)
    route(
        blueprint,
        f"/{kind}/<ident>/explain",
        endpoint=kind,
        defaults=kinds,
        summary=f"Leads to /{one}/{{ident}}/explain.",
        answers={},
        parameters=(p.IDENT,),
        failures=(),
        status=308,
    )(explain_plural)


for _kind, _one in EXPLAINED.items():
    _add(_kind, _one)
