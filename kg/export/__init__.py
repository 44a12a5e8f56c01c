"""The view as files that other programs open, written piece by piece.

A format is a line in :data:`FORMATS`; graphs are drawn from a projection, tables and RDF are
read from the store while they are written. ``docs/exports.md`` tells what each file holds.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from typing import Final

from kg.errors import BadFilter, NotFound
from kg.export import (
    csvzip,
    cyjs,
    dot,
    event_tables,
    geojson,
    gexf,
    graphml,
    jsonld,
    kml,
    neo4j,
    obsidian,
    quads,
    tables,
    turtle,
)
from kg.export.job import Job, state_of
from kg.filters import ALLOWED, Filters
from kg.projection import Sheet, Shelf, known, parts
from kg.store.base import Queryable

__all__ = ["FORMATS", "Format", "Job", "export", "selection"]


@dataclass(frozen=True, slots=True)
class Format:
    """How a format is called outside, whether it draws a projection, and what writes it."""

    media_type: str
    ending: str
    drawn: bool
    write: Callable[[Job], Iterator[bytes]]


Draw = Callable[[Filters, str], Sheet]
"""Draws a preset (second) around a selection (first)."""

FORMATS: Final[Mapping[str, Format]] = {
    "gexf": Format("application/gexf+xml", "gexf", True, gexf.write),
    "graphml": Format("application/graphml+xml", "graphml", True, graphml.write),
    "cyjs": Format("application/json", "cyjs", True, cyjs.write),
    "csv": Format("application/zip", "csv.zip", True, csvzip.write),
    "neo4j": Format("application/zip", "neo4j.zip", True, neo4j.write),
    "dot": Format("text/vnd.graphviz", "dot", True, dot.write),
    "obsidian": Format("application/zip", "obsidian.zip", False, obsidian.write),
    "statements-csv": Format("text/csv; charset=utf-8", "csv", False, tables.write),
    "events-csv": Format("text/csv; charset=utf-8", "csv", False, event_tables.write),
    "events-acled": Format("text/csv; charset=utf-8", "csv", False, event_tables.write_acled),
    "events-ucdp": Format("text/csv; charset=utf-8", "csv", False, event_tables.write_ucdp),
    "geojson": Format("application/geo+json", "geojson", False, geojson.write),
    "kml": Format("application/vnd.google-earth.kml+xml", "kml", False, kml.write),
    "nquads": Format("application/n-quads", "nq", False, quads.write),
    "trig": Format("application/trig", "trig", False, turtle.write_dataset),
    "turtle": Format("text/turtle; charset=utf-8", "ttl", False, turtle.write_view),
    "jsonld": Format("application/ld+json", "jsonld", False, jsonld.write),
}
"""Every format by its name, the order in which they are listed."""


def export(
    queryable: Queryable,
    format: str,
    *,
    projection: str = "actor-actor",
    filters: Filters | None = None,
    no_text: bool = False,
    around: Sequence[str] = (),
    draw: Draw | None = None,
) -> Iterator[bytes]:
    """The pieces of a file in a format; what cannot be honoured is raised before the first.

    ``projection`` matters only to the formats that draw one. ``filters`` absent or empty mean
    everything; else they select statements or events (see :func:`selection`). ``no_text`` leaves
    articles' bodies out of RDF; quoted evidence stays. ``around`` are nodes (IRIs) of a drawn
    graph: only they and their neighbours are written. ``draw`` is asked for what is
    drawn, perhaps of what is kept.

    Raises NotFound for a format, a projection or a node that is not, BadFilter for other filters
    and for ``around`` with a format that draws nothing.
    """
    if format not in FORMATS:
        raise NotFound(f"no format {format!r}; there are {', '.join(FORMATS)}")
    found, chosen = FORMATS[format], filters or selection({})
    preset = known(projection)
    if around and not found.drawn:
        drawing = ", ".join(name for name, one in FORMATS.items() if one.drawn)
        raise BadFilter(f"around= is for the formats that draw a graph: {drawing}")
    drawn = None
    if found.drawn:
        drawn = draw(chosen, preset) if draw else Shelf().sheet(queryable, chosen, preset)
    if drawn and around:
        drawn = _around(drawn, around)
    job = Job(
        queryable=queryable,
        filters=chosen,
        base=queryable.base,
        preset=preset,
        drawn=drawn,
        around=tuple(around),
        state=state_of(queryable),
        no_text=no_text,
    )
    return _begun(_closing(found.write(job), drawn))


def selection(parameters: Mapping[str, Sequence[str]]) -> Filters:
    """The filters that a page's parameters mean: of statements wherever those have them all.

    Parameters that only events have (``status``, ``context``, ``agent`` …) make it a selection
    of events. ``of`` (``statements``, ``events``) settles it outright. Raises BadFilter.

    >>> selection({"act": ["request"]}).kind, selection({"status": ["disputed"]}).kind
    ('statements', 'events')
    """
    kinds = list(parameters.get("of", ()))
    rest = {name: given for name, given in parameters.items() if name != "of"}
    events = set(rest) & set(ALLOWED["events"]) - set(ALLOWED["statements"])
    return Filters.parse(kinds[0] if kinds else "events" if events else "statements", rest)


def _around(whole: Sheet, iris: Sequence[str]) -> Sheet:
    """These nodes and their neighbours, where they stand in the whole."""
    try:
        return Sheet.of(parts.around(whole, iris).graph)
    finally:
        whole.close()


def _closing(pieces: Iterable[bytes], sheet: Sheet | None) -> Iterator[bytes]:
    try:
        yield from pieces
    finally:
        if sheet is not None:
            sheet.close()


def _begun(pieces: Iterable[bytes]) -> Iterator[bytes]:
    """The same pieces, the first already made: an error comes before anything is sent."""
    left = iter(pieces)
    return chain([next(left, b"")], left)
