"""Which records a selection holds: ids in order, how many, facets and a histogram.

The only file that asks for a selection: the index, where there is one of the view that is asked,
else the store in SPARQL.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from kg import terms
from kg.errors import Swept
from kg.filters.index import Selection, index_of
from kg.filters.language import RANK, SORTS, Filters, Kind, cursor
from kg.filters.patterns import PATTERNS, REFERENCES, where
from kg.sparql import describe, select
from kg.store.base import Queryable
from kg.vocab import concepts, notation

FACET_VALUES: Final = 100
"""How many values of a facet are counted out, the most frequent first."""

_PUBLISHED: Final = (
    "OPTIONAL { ?id prov:wasDerivedFrom ?in . OPTIONAL { ?in ck:earliest ?published } }"
)
_OFFSET: Final = "OPTIONAL { ?id ck:cueEvidence/oa:start ?at }"
_PADDED: Final = 'SUBSTR(CONCAT("00000000", STR(?at)), STRLEN(STR(?at)) + 1)'
_EARLIEST: Final = "OPTIONAL { ?id ck:earliest ?own }"
_LABEL: Final = "OPTIONAL { ?id rdfs:label ?label }"

_KEYS: Final[Mapping[tuple[Kind, str], tuple[str, tuple[str, ...]]]] = {
    ("statements", "published"): (
        f"{_PUBLISHED} {_OFFSET}",
        ("STR(?published)", "STR(?in)", _PADDED),
    ),
    ("statements", "date"): (
        f"{_EARLIEST} {_PUBLISHED} {_OFFSET}",
        ("STR(?own)", "STR(?published)", "STR(?in)", _PADDED),
    ),
    ("events", "date"): (
        f"{_EARLIEST} OPTIONAL {{ ?id ck:latest ?end }}",
        ("STR(?own)", "STR(?end)"),
    ),
    ("actors", "label"): (_LABEL, ("LCASE(STR(?label))",)),
    ("places", "label"): (_LABEL, ("LCASE(STR(?label))",)),
    ("articles", "published"): (_EARLIEST, ("STR(?own)",)),
}
"""Kind and order → the pattern that finds what it is ordered by, and the parts of the sort key.

The IRI is the last part of every key, so no two records share one."""

_SCHEMES: Final = {
    "act": "act",
    "event_type": "event-type",
    "mode": "mode",
    "factuality": "factuality",
    "context": "context",
    "sector": "sector",
    "status": "status",
    "precision": "place-precision",
}
_THINGS: Final = ("rdfs:label", "schema:headline")
_DIGITS: Final = {"year": 4, "month": 7, "day": 10}


def select_ids(queryable: Queryable, filters: Filters) -> Selection:
    """The page of IRIs that filters ask for, in their order."""
    if index := index_of(queryable):
        return index.select(filters)
    pattern = where(queryable, filters)
    if pattern is None:
        return Selection((), 0)
    counted = select(queryable, f"SELECT (COUNT(DISTINCT ?id) AS ?n) {{ {pattern} }}")
    ids, last = _read_page(queryable, filters, pattern)
    return Selection(
        ids=ids,
        total=int(counted[0]["n"]),
        next=cursor(filters.sort, last) if last is not None else None,
    )


def id_batches(queryable: Queryable, filters: Filters) -> Iterator[tuple[str, ...]]:
    """All IRIs of a selection in its order, ``filters.limit`` at a time."""
    if index := index_of(queryable):
        yield from index.batches(filters)
        return
    pattern = where(queryable, filters)
    while pattern is not None:
        ids, last = _read_page(queryable, filters, pattern)
        yield ids
        if last is None:
            return
        filters = replace(filters, after=last)


def facets(queryable: Queryable, filters: Filters) -> dict[str, list[dict[str, Any]]]:
    """Facet → ``{"value", "label", "count"}``, the most frequent first.

    Counted over the whole selection. A record with several values counts once in each.
    """
    if index := index_of(queryable):
        return index.facets(filters)
    pattern = where(queryable, filters)
    return {
        name: [] if pattern is None else _facet(queryable, filters.kind, name, pattern)
        for name in filters.facets
    }


def histogram(queryable: Queryable, filters: Filters) -> dict[str, Any]:
    """``{"by", "bins": [{"bin", "count"}], "wider", "undated"}`` over the records' own dates.

    ``wider`` counts dates that do not fit into one bin, ``undated`` records without a year:
    bins, wider and undated add up to the total.
    """
    if index := index_of(queryable):
        return index.histogram(filters)
    pattern, step = where(queryable, filters), filters.histogram or "month"
    counts = {} if pattern is None else dict(_counts(queryable, pattern, _DIGITS[step]))
    return {
        "by": step,
        "bins": [{"bin": day, "count": counts[day]} for day in sorted(counts) if day[0].isdigit()],
        "wider": counts.get("wider", 0),
        "undated": counts.get("undated", 0),
    }


def _read_page(
    queryable: Queryable, filters: Filters, pattern: str
) -> tuple[tuple[str, ...], str | None]:
    """The IRIs of a page, and the key of the last one where there are more."""
    found = select(queryable, _page(filters, pattern))
    shown = found[: filters.limit]
    ids = tuple(dict.fromkeys(row["id"] for row in shown))
    return ids, shown[-1]["key"] if len(found) > filters.limit else None


def _page(filters: Filters, pattern: str) -> str:
    """The query for one page: keys are plain strings, so a cursor is one comparison.

    What has no date comes last, in either direction. Nothing is ranked here.
    """
    down = filters.sort.startswith("-")
    order = SORTS[filters.kind][0] if filters.sort == RANK else filters.sort.removeprefix("-")
    if filters.sort == RANK and filters.after and filters.after.isdigit():
        raise Swept("what this list is ordered by is not there now; ask again, or without cursor")
    found, parts = _KEYS[filters.kind, order]
    absent = '""' if down else '"~"'
    key = ', "\\t", '.join([*(f"COALESCE({part}, {absent})" for part in parts), "STR(?id)"])
    after = ""
    if filters.after is not None:
        after = f"FILTER(?key {'<' if down else '>'} {terms.literal(filters.after)})"
    return (
        f"SELECT DISTINCT ?id ?key {{ {pattern} {found} BIND(CONCAT({key}) AS ?key) {after} }} "
        f"ORDER BY {'DESC(?key)' if down else '?key'} LIMIT {filters.limit + 1}"
    )


def _facet(queryable: Queryable, kind: Kind, name: str, pattern: str) -> list[dict[str, Any]]:
    counted = PATTERNS[kind][name].replace("{x}", "?raw")
    value = 'REPLACE(STR(?raw), "^.*/", "")' if name in _SCHEMES else "STR(?raw)"
    only = "FILTER(?raw NOT IN (ck:Actor, sem:Actor))" if name == "type" else ""
    found = select(
        queryable,
        f"SELECT ?value (COUNT(DISTINCT ?id) AS ?n) {{ {pattern} {counted} {only} "
        f"BIND({value} AS ?value) }} GROUP BY ?value ORDER BY DESC(?n) ?value "
        f"LIMIT {FACET_VALUES}",
    )
    numbers = {shown(name, row["value"]): int(row["n"]) for row in found}
    labels = labelled(queryable, name, list(numbers))
    return [{"value": value, "label": labels[value], "count": n} for value, n in numbers.items()]


def shown(name: str, value: str) -> str:
    """A value of a facet as it is shown, and given as a filter.

    >>> shown("mode", "https://w3id.org/conflict-kg/mode/ACCUSE/investigate")
    'investigate'
    """
    if name == "type":
        return value.rsplit("#", 1)[-1]
    return value.rsplit("/", 1)[-1] if name in _SCHEMES else value


def labelled(queryable: Queryable, name: str, given: Sequence[str]) -> dict[str, str]:
    """What a person calls each value of a facet."""
    if scheme := _SCHEMES.get(name):
        known = {notation(full): one.label for full, one in concepts()[scheme].items()}
        return {value: known.get(value, value) for value in given}
    if name in REFERENCES and (index := index_of(queryable)):
        return {**{value: value for value in given}, **index.labels(given)}
    nodes = describe(queryable, given, _THINGS) if name in REFERENCES else {}
    return {value: _label(value, nodes.get(value, {})) for value in given}


def _label(value: str, node: Mapping[str, tuple[str, ...]]) -> str:
    said = [label for one in _THINGS for label in node.get(one, ())]
    return said[0] if said else value


def _counts(queryable: Queryable, pattern: str, digits: int) -> Iterator[tuple[str, int]]:
    """Counts by bin, ``wider`` and ``undated``."""
    rows = select(
        queryable,
        f"SELECT ?a ?b (COUNT(DISTINCT ?id) AS ?n) {{ {pattern} "
        "OPTIONAL { ?id ck:earliest ?from } OPTIONAL { ?id ck:latest ?until } "
        f"BIND(SUBSTR(STR(?from), 1, {digits}) AS ?a) BIND(SUBSTR(STR(?until), 1, {digits}) AS ?b) "
        "} GROUP BY ?a ?b",
    )
    found: dict[str, int] = {}
    for row in rows:
        first, last = row.get("a"), row.get("b")
        name = first if first and first == last else "wider" if first or last else "undated"
        found[name] = found.get(name, 0) + int(row["n"])
    yield from found.items()
