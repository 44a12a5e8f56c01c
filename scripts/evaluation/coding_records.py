"""Coded events in the schemes of the gold data: PLOVER, CAMEO, WEIS."""

import re
from collections.abc import Iterable, Iterator
from functools import cache
from itertools import permutations
from pathlib import Path
from typing import Any, Final

from kg.model import Actor, Extraction, Span
from scripts.evaluation.coding import REMARK, Coded, coded, of_report
from scripts.evaluation.coding_actors import country_code, inferred_code
from scripts.evaluation.mentions import entities, scene
from scripts.evaluation.reading import Reader, published

Json = dict[str, Any]

CODES: Final = Path(__file__).with_name("codes.tsv")
NOBODY: Final = "---"
FIGHTERS: Final = frozenset({"GOV", "MIL", "REB", "PRM", "UAF"})
COMMENTS: Final = {
    "CAMEO": {"confirm": "015", "deny": "016", "say": "010", "claim": "010", "report": "010"},
    "WEIS": {"confirm": "020", "deny": "140", "say": "020", "claim": "020", "report": "020"},
}
"""Plain saying, which both older schemes code where it has somebody to be said to or of."""
REMARKS: Final = {
    "responsibility": {"CAMEO": "015", "WEIS": "020"},
    "empathy": {"CAMEO": "018", "WEIS": "020"},
}
"""What is said of oneself, or felt with somebody: 015 and 018 of CAMEO, a comment in WEIS."""
WEIS_CUES: Final = {
    **{"urg": "102", "propos": "101", "suggest": "102", "demand": "150", "warn": "160"},
    **{"sign": "081", "ratif": "081"},
}
"""WEIS tells these apart by the word; PLOVER has them in one type."""
WEIS_ACTS: Final = {"agree": "080", "promise": "050", "apologise": "061", "support": "040"}


def predict(record: Json, reader: Reader) -> Json:
    """The events of a record in its own scheme.

    The unit tests of the first PETRARCH (``petr1-…``) call theirs CAMEO and carry the codes of
    WEIS, from TABARI's dictionaries.
    """
    found = reader.read(record["text"], published(record.get("date")))
    if record["ontology"] == "PLOVER":
        events = coded(found, record["text"])
        return {"events": [_plover(event, found) for event in events]}
    scheme = "WEIS" if str(record["id"]).startswith("petr1-") else "CAMEO"
    events = coded(found, record["text"], plans=False)
    rows = [row for event in events for row in _dyads(event, _code(event, scheme), found, scheme)]
    if scheme == "WEIS":
        rows += [row for event in events for row in _hosted(event, found)]
        rows += list(_cancelled(found, record["text"]))
    spoken = _spoken_of(record, found, reader) if scheme == "WEIS" and not rows else {}
    rows = rows or list(_comments(found, scheme, spoken))
    return {"events": [dict(pairs) for pairs in dict.fromkeys(tuple(row.items()) for row in rows)]}


def predict_inferred(record: Json, reader: Reader) -> Json:
    """The same with sides that the extractor did not find but this converter infers.

    It measures what such rules would gain in the extractor; it is no figure of the product.
    """
    if record["ontology"] != "PLOVER":
        return predict(record, reader)
    found = reader.read(record["text"], published(record.get("date")))
    events = coded(found, record["text"])
    return {"events": [_with_inferred(event, found) for event in events]}


def _plover(event: Coded, found: Extraction) -> Json:
    """As the gold standard is coded: a place stands for its country where no side's is told.

    Its documentation resolves cities so and infers actors' countries from the event's place.
    """
    sources, targets = _actors(event.sources, found), _actors(event.targets, found)
    if not event.mutual and not _told(sources):
        sources += _countries(event.where)
    if not event.mutual and not _told(targets):
        targets += _countries(event.where)
    return {
        "code": event.event_type,
        "mode": event.mode,
        "sources": sources,
        "targets": targets,
        "event_text": event.cue,
    }


def _with_inferred(event: Coded, found: Extraction) -> Json:
    row = _plover(event, found)
    sources = [_actor(actor, inferred_code(actor, found)) for actor in event.sources]
    targets = [_actor(actor, inferred_code(actor, found)) for actor in event.targets]
    sources = row["sources"] if _told(row["sources"]) else sources
    targets = row["targets"] if _told(row["targets"]) else targets
    if not event.mutual and not _told(targets):
        targets += _countries(event.toward)
    return {**row, "sources": sources, "targets": targets}


def _actors(actors: Iterable[Actor], found: Extraction) -> list[Json]:
    return [_actor(actor, country_code(actor, found)) for actor in actors]


def _told(actors: list[Json]) -> bool:
    """Whether the country of some of them is known."""
    return any(one["code"] for one in actors)


def _countries(codes: Iterable[str]) -> list[Json]:
    return [{"text": code, "code": code, "sector": None} for code in codes]


def _actor(actor: Actor, code: str) -> Json:
    return {"text": actor.label, "code": code, "sector": actor.sector}


def _dyads(event: Coded, code: str, found: Extraction, scheme: str) -> Iterator[dict[str, str]]:
    """One event a pair, as these schemes have it; what is mutual, both ways."""
    sources = [_joined(actor, found, scheme) for actor in event.sources]
    targets = [_joined(actor, found, scheme) for actor in event.targets]
    if event.mutual:
        pairs = list(permutations(sources, 2))
    else:
        pairs = [(a, b) for a in sources or [NOBODY] for b in targets or [NOBODY]]
    for source, target in pairs:
        yield {"source": source, "target": target, "code": code}


def _hosted(event: Coded, found: Extraction) -> Iterator[dict[str, str]]:
    """WEIS codes a visit once more, as received by the host (033)."""
    if event.event_type == "CONSULT" and event.mode == "visit" and not event.mutual:
        for row in _dyads(event, "033", found, "WEIS"):
            yield {"source": row["target"], "target": row["source"], "code": row["code"]}


def _cancelled(found: Extraction, text: str) -> Iterator[dict[str, str]]:
    """WEIS codes a meeting that does not take place as cancelled or postponed (191)."""
    for report in found.reports:
        if (report.event_type, report.factuality) == ("CONSULT", "negated"):
            event = of_report(report, (report.event_type, None), found, text)
            yield from _dyads(event, "191", found, "WEIS")


def _joined(actor: Actor, found: Extraction, scheme: str) -> str:
    """Country and sector in one, as CAMEO writes actors; a state alone is its country.

    The tests in WEIS are about invented countries, so that a name stands for its own code there.
    """
    country = country_code(actor, found) or (scheme == "WEIS" and actor.name) or NOBODY
    sector = "" if actor.kind == "State" or actor.sector == country else actor.sector or ""
    return country + sector


def _code(event: Coded, scheme: str) -> str:
    if event.event_type == REMARK:
        return REMARKS[event.mode or ""][scheme]
    table = codes()
    line = table.get((event.event_type, event.mode or "-")) or table[event.event_type, "-"]
    if scheme == "WEIS":
        by_cue = (code for word, code in WEIS_CUES.items() if event.cue.lower().startswith(word))
        return next(by_cue, None) or WEIS_ACTS.get(event.act or "", line[1])
    if event.event_type == "ASSAULT" and event.mode is None and _armed(event):
        return "190"
    return line[0]


def _armed(event: Coded) -> bool:
    """Whether those who fight are armed forces or states: CAMEO's 19 and not 18."""
    return any(one.kind == "State" or one.sector in FIGHTERS for one in event.sources)


def _comments(
    found: Extraction, scheme: str, spoken: dict[str, list[str]]
) -> Iterator[dict[str, str]]:
    """What is said to or of somebody, where the text tells of nothing else.

    ``spoken``: key of a statement → of whom it is, as written.
    """
    actors = {actor.key: actor for actor in found.actors}
    for one in found.statements:
        code = COMMENTS[scheme].get(one.act)
        if code is None or one.speaker is None or one.about:
            continue
        source = _joined(actors[one.speaker.ref], found, scheme)
        mentions = (*one.targets, *one.addressees)
        named = [_joined(actors[mention.ref], found, scheme) for mention in mentions]
        for target in named or spoken.get(one.key, []):
            yield {"source": source, "target": target, "code": code}


def _spoken_of(record: Json, found: Extraction, reader: Reader) -> dict[str, list[str]]:
    """Whom the content of a statement opens with: WEIS 02 is a comment on somebody.

    A statement behind what it says is the report's source and no comment.
    """
    text: str = record["text"]
    spans = [one for one, _ in entities(scene(text, published(record.get("date")), reader))]
    spoken = {}
    for one in found.statements:
        first = one.content[0] if one.content else None
        if first is not None and one.cue.start < first.start:
            clause = re.search(r"^(?:hopes?\b.*?\b)?(?:that )?(?:the )?", first.of(text))
            at = first.start + (clause.end() if clause else 0)
            spoken[one.key] = [span.of(text) for span in _joined_at(at, spans, text)]
    return spoken


def _joined_at(at: int, spans: list[Span], text: str) -> Iterator[Span]:
    """The names that stand here, co-ordinated."""
    for span in spans:
        if span.start == at and text[at].isupper():
            yield span
            joint = re.match(r" and |, ", text[span.end :])
            at = span.end + (joint.end() if joint else 0)


@cache
def codes() -> dict[tuple[str, str], tuple[str, str]]:
    """Type and mode ("-" without) → CAMEO and WEIS code."""
    lines = [line for line in CODES.read_text("utf-8").splitlines() if line[:1] not in ("", "#")]
    rows = [line.split("\t") for line in lines[1:]]
    return {(row[0], row[1]): (row[2], row[3]) for row in rows}
