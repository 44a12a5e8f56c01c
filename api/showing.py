"""The page of one record: what leads to and from it, next to the words that say so."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import urlencode

from flask import render_template, request
from markupsafe import Markup

from api.company import TIES, company
from api.face import face
from api.highlight import Finding, Words, marked
from api.map import Chart, chart
from api.pages import moment, moments, named_places, ranged, spot
from api.strings import TEXTS
from api.templating import event_of, local, said, shortened, spoke, title_of
from api.timeline import Moment, Panel, panels
from api.tolls import bars
from kg import header
from kg.filters import Filters, Kind, facets
from kg.records import Json
from kg.records.figures import counts
from kg.records.search import cards
from kg.sparql import select, values

SAY: Final = TEXTS["event"]["say"]
DENY: Final = TEXTS["event"]["deny"]
CALL: Final = TEXTS["event"]["call"]
TOLD: Final = frozenset(("asserted", "alleged", "negated"))
"""Factualities of what is past: to reject it is to deny it."""
CALLS: Final = frozenset(
    ("request", "order", "ask", "promise", "agree", "reject", "support", "warn", "threaten")
)
REPORTS: Final = 12
"""Reports shown side by side; the others are a link away."""
SAID: Final = 8
"""Statements shown of each side."""
ROWS: Final = 12
"""Rows of each list on the page of an actor or a place."""
LATEST: Final = 40
"""Statements on the timeline of one event."""

ACTOR_PARTS: Final[tuple[tuple[str, Kind, str], ...]] = (
    ("said", "statements", "speaker"),
    ("addressed", "statements", "hearer"),
    ("did", "events", "agent"),
    ("received", "events", "recipient"),
    ("mediated", "events", "mediator"),
)
"""Lists on an actor's page: the record's key, the kind, the filter that selects all of it."""
PLACE_PARTS: Final[tuple[tuple[str, Kind, str], ...]] = (
    ("events", "events", "place"),
    ("statements", "statements", "place"),
)
SPOKEN: Final = (("act", "how"), ("target", "whom"), ("publisher", "through"))
"""What is counted of an actor's statements: the facet, and the text above it."""


def page(kind: Kind, record: Json) -> str:
    """The page of a record of this kind."""
    return _PAGES[kind](record)


def statement(record: Json) -> str:
    """Who said what, to and against whom, and every slot's words."""
    speaker = (record["speaker"] or {}).get("label") or TEXTS["statement"]["someone"]
    title = f"{speaker}: {shortened(said(record))}"
    return render_template("statement.html", record=record, title=title)


def event(record: Json) -> str:
    """An event as each report tells it, with claims and denials side by side."""
    reports = record["reports"]
    return render_template(
        "event.html",
        record=record,
        title=shortened(record["label"] or title_of(record)),
        reports=reports[:REPORTS],
        more_reports=max(len(reports) - REPORTS, 0),
        groups=[
            (words, found[:SAID], max(len(found) - SAID, 0))
            for words, found in groups(record["said"])
        ],
        tolls=bars(counts(record, record["said"])[:ROWS]),
        hits=hits(reports),
        targets=targets,
        panels=_history(record, record["said"]),
        drawn=_where(record),
    )


def _where(record: Json) -> Chart | None:
    """The map of an event's places; nothing where none has a position."""
    named = record.get("places") or [record["place"]]
    places = cards(face().store, "places", [one["id"] for one in named if one])
    return chart([spot(one, 1) for one in places])


def targets(report: Json) -> list[Json]:
    """The words of a report for things that are hit and that are no actors."""
    whom = {(piece["start"], piece["end"]) for piece in _of(report, "recipient")}
    return [one for one in _of(report, "target") if (one["start"], one["end"]) not in whom]


def _of(report: Json, slot: str) -> list[Json]:
    return [piece for piece in report["evidence"] if piece["slot"] == slot]


def hits(reports: Sequence[Json]) -> list[tuple[Json, Json]]:
    """The words for things that an event hits, with their articles, each thing once.

    Of "open-air market" and "market" the fuller words stand for both.
    """
    found: dict[str, tuple[Json, Json]] = {}
    for report in reports:
        for piece in targets(report):
            found.setdefault(piece["exact"].lower(), (report["article"], piece))
    return [one for words, one in found.items() if not any(_fuller(more, words) for more in found)]


def _fuller(more: str, words: str) -> bool:
    return more.endswith(f" {words}")


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
    if ranged(record["date"]):
        found.append(moment(record["date"], title_of(record), "#reports"))
    found += filter(None, map(_spoken, statements[:LATEST]))
    return panels(found) if len(found) > 1 else []


def _spoken(one: Json) -> Moment | None:
    """When something was said; where it has no date of its own, when its article was published."""
    speaker = (one["speaker"] or {}).get("label") or TEXTS["site"]["nobody"]
    words = f"{speaker} {spoke(one)}"
    words += f" — {shortened(said(one))}" if one["content"] else ""
    if ranged(one["date"]):
        return moment(one["date"], words, local(one["id"]), "statement")
    published = one["article"]["published"]
    day = published if published and len(published) == 10 else None
    if day is None or not day.replace("-", "").isdigit():
        return None
    found = {"earliest": day, "latest": day, "edtf": day}
    told = moment(found, words, local(one["id"]), "published")
    return replace(told, when=TEXTS["event"]["published_then"].format(date=told.when))


def actor(record: Json) -> str:
    """What an actor said, did and had done to it, with whom, and as what over time."""
    parts = list(_parts(record, ACTOR_PARTS, "actor"))
    return render_template(
        "actor.html",
        record=record,
        company=company(face().store, record["id"]),
        ties=[TEXTS["company"][name] for name, *_ in TIES],
        roles=sorted(record["roles"] or [], key=_role_order)[:ROWS],
        facets=_spoken_of(record["id"]) if record["said"]["total"] > 1 else [],
        parts=parts,
        panels=_lived(parts),
        shown=ROWS,
    )


def _role_order(role: Json) -> tuple[str, str, str]:
    article = role["article"] or {}
    return article.get("published") or "~", role["role"], role["id"]


def _spoken_of(actor: str) -> list[tuple[str, str, list[dict[str, Any]]]]:
    """How, of whom and through whom an actor speaks: text, filter, the most frequent values."""
    names = ",".join(name for name, _ in SPOKEN)
    filters = Filters.parse("statements", {"speaker": [actor], "facets": [names]})
    counted = facets(face().store, filters)
    return [
        (TEXTS["actor"][words], name, counted[name][:6]) for name, words in SPOKEN if counted[name]
    ]


def _parts(
    record: Json, parts: Sequence[tuple[str, Kind, str]], page: str
) -> Iterator[tuple[str, Kind, str, int, list[Json], str]]:
    """Lists of a record's page: name, kind, heading, how many in all, the first, where all are."""
    for name, kind, parameter in parts:
        found = record[name]
        if found["items"]:
            address = f"{request.script_root}/{kind}?{urlencode({parameter: record['id']})}"
            yield name, kind, TEXTS[page][name], found["total"], found["items"][:ROWS], address


def _lived(parts: Sequence[tuple[str, Kind, str, int, list[Json], str]]) -> list[Panel]:
    """What is dated of these lists, on one line; nothing where it is one thing."""
    found: dict[str, Moment] = {}
    for _, kind, _, _, items, _ in parts:
        spoken = (_spoken(one) for one in items if kind == "statements")
        for one in (*filter(None, spoken), *(moments(items) if kind == "events" else ())):
            found.setdefault(one.href, one)
    return panels(list(found.values())) if len(found) > 1 else []


def place(record: Json) -> str:
    """Where it is, as exact as the articles say, and what happened there."""
    happened = moments(record["events"]["items"][:ROWS])
    return render_template(
        "place.html",
        record=record,
        drawn=chart([spot(record, record["events"]["total"])]),
        named=bool(named_places([record["id"]])),
        parts=list(_parts(record, PLACE_PARTS, "place")),
        panels=panels(happened) if len(happened) > 1 else [],
    )


def article(record: Json) -> str:
    """The text with its evidence marked, and everything that was read out of it."""
    statements, reports = record["statements"], record["reports"]
    findings = sorted(
        [*(("statement", one) for one in statements), *(("event", one) for one in reports)],
        key=lambda pair: (*_noted(pair[1]), pair[0], pair[1]["id"]),
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
    text = record["text"]
    fold = (header.end(text), TEXTS["article"]["header"])
    return marked(text, found, [*words, *_named(record["id"])], fold=fold)


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
        speaker = (one["speaker"] or {}).get("label") or TEXTS["site"]["nobody"]
        title = f"{speaker} {spoke(one)}"
        return Finding(number, kind, local(one["id"]), title, start, end)
    return Finding(number, kind, event_of(one), title_of(one), start, end)


def _noted(one: Json) -> tuple[int, int]:
    """Where its number stands in the text: behind its last word, that of what is inside first."""
    start, end = _whole(one)
    return end, -start


def _whole(one: Json) -> tuple[int, int]:
    return next((e["start"], e["end"]) for e in one["evidence"] if e["slot"] == "whole")


_PAGES: Final[Mapping[Kind, Callable[[Json], str]]] = {
    "statements": statement,
    "events": event,
    "actors": actor,
    "places": place,
    "articles": article,
}
