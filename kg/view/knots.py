"""Reports as they are kept: told and telling, what they share with others, and their knots."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Final

from kg.judgements import Identity
from kg.link.answers import Stand
from kg.link.events import Retold, blocks, dates_decide, telling_block
from kg.link.written import number_of, written
from kg.view.events import Telling
from kg.view.events import written as telling_written
from kg.view.ties import Ties

LOOSE: Final = 0
"""The knot of what is in none yet."""

Told = tuple[Retold, Telling]


def put_report(ties: Ties, article: str, one: Retold, telling: Telling) -> int:
    """Write a report of an article (as it is kept) that is not there; its number."""
    number = ties.held.execute(
        "INSERT INTO report VALUES (NULL, ?, ?, ?, ?, ?, ?)",
        (
            *(ties.short(one.iri), article, kind_of(one), LOOSE),
            *(written(one), telling_written(telling)),
        ),
    ).lastrowid
    assert number is not None
    put_blocks(ties, number, one)
    return number


def put_stands(ties: Ties, knot: int, stands: Iterable[Stand]) -> None:
    """Write where the groups of a knot stand."""
    ties.put(
        "INSERT INTO stand VALUES (?, ?, ?, ?, ?, ?)",
        ((one.event_type, one.town, *one.days, one.charged, knot) for one in stands),
    )


def united(
    knots: Iterable[Sequence[str]], judgements: Iterable[Identity], there: Mapping[str, object]
) -> list[list[str]]:
    """Knots, and one of those that hold two things of which somebody says something."""
    home = {one: group for knot in knots for group in [list(knot)] for one in knot}
    for ends in ([f"<{end}>" for end in one.pair] for one in judgements):
        if all(end in there for end in ends):
            ours, theirs = (home[end] for end in ends)
            if ours is not theirs:
                ours.extend(theirs)
                home.update(dict.fromkeys(theirs, ours))
    return list({id(group): group for group in home.values()}.values())


def kind_of(one: Retold) -> str:
    """What reports of one article share that may be one event."""
    return f"{one.version.event_type} {one.version.background:d}"


def put_blocks(ties: Ties, number: int, one: Retold) -> None:
    """Write what a report shares with others."""
    loose = not dates_decide(one.told)
    rows = {number_of(block): (None, True) for block in blocks(one.told)}
    telling = number_of(telling_block(one.told))
    ties.put(
        "INSERT OR REPLACE INTO block VALUES (?, ?, ?, ?)",
        (
            *((block, number, day, is_loose) for block, (day, is_loose) in rows.items()),
            (telling, number, one.told.published, loose),
        ),
    )
