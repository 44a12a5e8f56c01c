"""Events as tables: with our own columns, and with those that ACLED's and UCDP's users know.

Of ACLED's and UCDP GED's columns those are filled that the graph knows; the others are there and
empty, so that scripts find them. What only we know stands in columns ``ck_…`` at the end. Rows of
these two are events that somebody tells to have happened and whose type they have a code for; of
UCDP's, which counts the dead, only those in which somebody was killed.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Final

from kg.export import acled, ucdp
from kg.export.csvtext import rows
from kg.export.events import JOIN, Told, ours, point, told_events
from kg.export.job import Job, pieces, statements_or_events
from kg.projection.model import Value
from kg.vocab import concepts

Cells = Mapping[str, Value | None]

OURS: Final = (
    *("event_type", "mode", "what", "quad", "factuality", "status", "background", "claimed_by"),
    *("denied_by", "actors", "recipients", "mediators", "when", "earliest", "latest", "date_text"),
    *("where", "precision", "country", "latitude", "longitude", "south", "west", "north", "east"),
    *("killed_min", "killed_best", "killed_max", "killed_text"),
    *("injured_min", "injured_best", "injured_max", "injured_text"),
    *("contexts", "about", "words", "confidence", "sources", "source_list", "url", "evidence"),
)


def write(job: Job) -> Iterator[bytes]:
    """The selected events, or those that the selected statements are about."""
    return _table(job, OURS, _cells)


def write_acled(job: Job) -> Iterator[bytes]:
    """The same with ACLED's columns."""
    return _table(job, acled.COLUMNS, acled.cells, marked=True)


def write_ucdp(job: Job) -> Iterator[bytes]:
    """The same with the columns of UCDP's Georeferenced Event Dataset."""
    return _table(job, ucdp.COLUMNS, ucdp.cells, marked=True)


def _table(
    job: Job,
    columns: Sequence[str],
    cells: Callable[[Told], Sequence[Cells]],
    *,
    marked: bool = False,
) -> Iterator[bytes]:
    statements_or_events(job.filters)
    header = (*columns, *MARKED) if marked else columns
    return pieces(rows(header, _rows(job, columns, cells, marked)))


def _rows(
    job: Job, columns: Sequence[str], cells: Callable[[Told], Sequence[Cells]], marked: bool
) -> Iterator[list[Value | None]]:
    for told in told_events(job):
        for found in cells(told):
            mine = list(ours(told).values()) if marked else []
            yield [*(found.get(name) for name in columns), *mine]


def _cells(told: Told) -> list[Cells]:
    record, place = told.record, told.place
    others = [one for one in told.places if one is not place]
    spot = point(place)
    when = record["date"] or {}
    concept = concepts()["event-type"].get(record["event_type"])
    row: Cells = {
        **ours(told),
        "what": told.title,
        "quad": concept.quad if concept else None,
        "actors": JOIN.join(told.parties("actors")),
        "recipients": JOIN.join(told.parties("recipients")),
        "mediators": JOIN.join(told.parties("mediators")),
        "when": when.get("edtf"),
        "date_text": JOIN.join(dict.fromkeys(_date_words(told))),
        "where": JOIN.join(one["label"] or "" for one in (place, *others) if one),
        "country": told.country(place) if place else None,
        "latitude": spot["lat"] if spot else None,
        "longitude": spot["lon"] if spot else None,
        "contexts": JOIN.join(record["contexts"]),
        "about": " ".join(one["id"] for one in record["about"]),
        "words": record["label"],
    }
    return [row]


def _date_words(told: Told) -> Iterator[str]:
    """How the reports say when."""
    for one in told.record["reports"]:
        if one["date"] and one["date"]["text"]:
            yield one["date"]["text"]


MARKED: Final = tuple(
    f"ck_{name}"
    for name in (
        *("url", "event_type", "mode", "factuality", "status", "claimed_by", "denied_by"),
        *("background", "edtf", "earliest", "latest", "precision"),
        *("south", "west", "north", "east"),
        *("killed_min", "killed_best", "killed_max", "killed_text"),
        *("injured_min", "injured_best", "injured_max", "injured_text"),
        *("confidence", "sources", "source_list", "evidence"),
    )
)
"""Our own columns at the end of others' tables."""
