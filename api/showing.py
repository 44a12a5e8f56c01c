"""The page of one record: what leads to and from it, next to the words that say so."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from typing import Final

from flask import render_template
from markupsafe import Markup

from api import wording
from api.face import face
from api.highlight import Finding, Words, marked
from api.map import chart
from api.pages import moment, named_places, spot
from api.templating import event_of, local, said, shortened, title_of
from api.timeline import Moment, Panel, panels
from kg.filters import Kind
from kg.records import Json
from kg.records.figures import counts
from kg.sparql import select, values

SAY: Final = "Say so"
DENY: Final = "Deny it"
CALL: Final = "Call for it, or answer it"
TOLD: Final = frozenset(("asserted", "alleged", "negated"))
"""Factualities of what is past: to reject it is to deny it."""
CALLS: Final = frozenset(
    ("request", "order", "ask", "promise", "agree", "reject", "support", "warn", "threaten")
)


def page(kind: Kind, record: Json) -> str:
    """The page of a record of this kind."""
    return _PAGES[kind](record)


def statement(record: Json) -> str:
    """Who said what, to and against whom, and every slot's words."""
    speaker = (record["speaker"] or {}).get("label") or "Statement"
    title = f"{speaker}: {shortened(said(record))}"
    return render_template("statement.html", record=record, title=title)


def event(record: Json) -> str:
    """An event as each report tells it, with claims and denials side by side."""
    return render_template(
        "event.html",
        record=record,
        title=shortened(record["label"] or title_of(record)),
        groups=groups(record["said"]),
        counts=counts(record, record["said"]),
        hits=hits(record["reports"]),
        panels=_history(record, record["said"]),
    )


def hits(reports: Sequence[Json]) -> list[tuple[Json, Json]]:
    """The words for things that an event hits and that are no actors, with their articles."""
    found: dict[str, tuple[Json, Json]] = {}
    for report in reports:
        for piece in report["evidence"]:
            if piece["slot"] == "target":
                found.setdefault(piece["exact"].lower(), (report["article"], piece))
    return list(found.values())


def groups(statements: Sequence[Json]) -> list[tuple[str, list[Json]]]:
    """Statements about an event: what is claimed, what is denied, what is called for."""
    found: dict[str, list[Json]] = {SAY: [], DENY: [], CALL: []}
    for one in statements:
        found[DENY if _denies(one) else CALL if one["act"] in CALLS else SAY].append(one)
    return [(heading, listed) for heading, listed in found.items() if listed]


def _denies(one: Json) -> bool:
    past = any(topic["factuality"] in TOLD for topic in one["about"])
    return one["act"] == "deny" or (one["act"] == "reject" and past)


def _history(record: Json, statements: Sequence[Json]) -> list[Panel]:
    """When it happened and when it was spoken of; nothing where only one thing has a date."""
    found: list[Moment] = []
    if _ranged(record["date"]):
        found.append(moment(record["date"], title_of(record), "#reports"))
    for one in statements:
        if _ranged(one["date"]):
            speaker = (one["speaker"] or {}).get("label") or "not named"
            words = f"{speaker}: {wording.label('act', one['act'])}"
            found.append(moment(one["date"], words, local(one["id"]), "statement"))
    return panels(found) if len(found) > 1 else []


def _ranged(date: Json | None) -> bool:
    return bool(date and date["earliest"] and date["latest"])


def actor(record: Json) -> str:
    """What an actor said, did and had done to it, and with whom."""
    together = partners(record["id"], record["did"]["items"])
    return render_template("actor.html", record=record, partners=together)


def partners(iri: str, events: Sequence[Json]) -> list[tuple[Json, int]]:
    """Who acts in the same events, the most frequent first."""
    others = {one["id"]: one for event in events for one in event["actors"] if one["id"] != iri}
    counted = Counter(one["id"] for event in events for one in event["actors"])
    order = sorted(others, key=lambda one: (-counted[one], others[one]["label"], one))
    return [(others[one], counted[one]) for one in order]


def place(record: Json) -> str:
    """Where it is, as exact as the articles say, and what happened there."""
    drawn = chart([spot(record, record["events"]["total"])])
    named = bool(named_places([record["id"]]))
    return render_template("place.html", record=record, drawn=drawn, named=named)


def article(record: Json) -> str:
    """The text with its evidence marked, and everything that was read out of it."""
    statements, reports = record["statements"], record["reports"]
    findings = sorted(
        [*(("statement", one) for one in statements), *(("event", one) for one in reports)],
        key=lambda pair: (_whole(pair[1]), pair[0], pair[1]["id"]),
    )
    numbered = [(number, *pair) for number, pair in enumerate(findings, 1)]
    return render_template(
        "article.html",
        record=record,
        findings=numbered,
        text=_text(record, numbered),
    )


def _text(record: Json, numbered: Sequence[tuple[int, str, Json]]) -> Markup:
    words = [
        Words(piece["start"], piece["end"], piece["slot"])
        for _, _, one in numbered
        for piece in one["evidence"]
        if piece["slot"] != "whole"
    ]
    found = [_finding(*one) for one in numbered]
    return marked(record["text"], found, [*words, *_named(record["id"])])


def _named(article: str) -> list[Words]:
    """All evidence in an article, that of names and roles too, so that every link has an end."""
    rows = select(
        face().store,
        f"SELECT DISTINCT ?start ?end {{ {values('in', [article])} "
        "?words oa:hasSource ?in ; oa:start ?start ; oa:end ?end }",
    )
    return [Words(int(row["start"]), int(row["end"]), "other") for row in rows]


def _finding(number: int, kind: str, one: Json) -> Finding:
    start, end = _whole(one)
    if kind == "statement":
        speaker = (one["speaker"] or {}).get("label") or "not named"
        title = f"{speaker}: {wording.label('act', one['act'])}"
        return Finding(number, kind, local(one["id"]), title, start, end)
    return Finding(number, kind, event_of(one), title_of(one), start, end)


def _whole(one: Json) -> tuple[int, int]:
    return next((e["start"], e["end"]) for e in one["evidence"] if e["slot"] == "whole")


_PAGES: Final[Mapping[Kind, Callable[[Json], str]]] = {
    "statements": statement,
    "events": event,
    "actors": actor,
    "places": place,
    "articles": article,
}
