"""Judgements that count and change nothing today, for what they are of is not there.

An article was taken down, or read again with another result: the finding is gone, or it says
something else than what was accepted or rejected. Or two reports that somebody holds to be one
event are of different types. Such judgements stay, and take effect when they can.
"""

from collections.abc import Collection, Iterable, Iterator
from itertools import islice
from typing import Final, TypeVar

from kg.judgements.record import OF_IDENTITY, Judgement
from kg.judgements.seen import seen_today
from kg.judgements.standing import Standing
from kg.judgements.things import there
from kg.sparql import BATCH, select, values
from kg.store.base import Queryable
from kg.vocab import notation

_REPORTS: Final = "/report/"

_Thing = TypeVar("_Thing")


def waiting(queryable: Queryable, told: Iterable[Judgement], found: Standing) -> set[str]:
    """The IRIs of those that wait; ``found`` is what stands of all judgements in the store."""
    counted = [one for one in told if found.states[one.id] in ("standing", "contested")]
    there = _there(queryable, {thing for one in counted for thing in _things(one)})
    kinds = _types(queryable, counted)
    says = _says(queryable, counted)
    return {
        one.id
        for one in counted
        if not (
            there.issuperset(_things(one))
            and _fits(one, kinds)
            and one.saw in (None, says.get(one.subject))
        )
    }


def _things(one: Judgement) -> Iterator[str]:
    """What must be there for a judgement to take effect."""
    if one.verdict == "undo":
        return
    yield one.subject
    if one.object:
        yield one.object
    named = {name.iri for name in one.named}
    yield from (value for value in one.values if "://" in value and value not in named)


def _fits(one: Judgement, kinds: dict[str, str]) -> bool:
    """A mode is of its report's type, and only reports of one type are one event."""
    if one.slot == "mode" and one.values:
        return kinds.get(one.subject) in (None, one.values[0].partition("/")[0])
    if one.verdict == "same" and one.object:
        return kinds.get(one.subject) == kinds.get(one.object)
    return True


def _there(queryable: Queryable, things: Collection[str]) -> set[str]:
    return {one for batch in _batches(sorted(things)) for one in there(queryable, batch)}


def _says(queryable: Queryable, told: Iterable[Judgement]) -> dict[str, str]:
    """Finding → the digest of what it says today, of those that were accepted or rejected."""
    wanted = {(one.subject, one.article) for one in told if one.saw and one.article}
    found: dict[str, str] = {}
    for batch in _batches(sorted(wanted)):
        found |= seen_today(queryable, batch)
    return found


def _types(queryable: Queryable, told: Iterable[Judgement]) -> dict[str, str]:
    """Report → its event type today, of those whose type matters to a judgement."""
    wanted = {one.subject for one in told if one.slot == "mode"}
    pairs = ((one.subject, one.object) for one in told if one.verdict in OF_IDENTITY)
    wanted |= {end for pair in pairs for end in pair if end and _REPORTS in end}
    found: dict[str, str] = {}
    for batch in _batches(sorted(wanted)):
        text = f"SELECT ?x ?type {{ {values('x', batch)} ?x ck:eventType ?type }}"
        found.update((row["x"], notation(row["type"])) for row in select(queryable, text))
    return found


def _batches(things: Iterable[_Thing]) -> Iterator[list[_Thing]]:
    left = iter(things)
    while batch := list(islice(left, BATCH)):
        yield batch
