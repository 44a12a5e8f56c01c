"""Promise 3: dates, places, numbers and codes say no more than the text, and agree."""

from collections.abc import Iterator
from datetime import date
from typing import Final

from kg.edtf import bounds
from kg.terms import decimal, value
from kg.verify.breach import AGAIN, Breach, Laid, bare, v
from kg.vocab import CODES, concepts

_PINNED: Final = ("point", "settlement", "district")
_PRECISIONS: Final = (*_PINNED, "region", "country", "area", "vague")
_CODED: Final = {
    v("ck:act"): "act",
    v("ck:eventType"): "event-type",
    v("ck:mode"): "mode",
    v("ck:factuality"): "factuality",
    v("ck:context"): "context",
    v("ck:sector"): "sector",
}


def check_exactness(graph: Laid) -> Iterator[Breach]:
    """What a graph (an article's or the view) says more exactly than it may, or not as a code."""
    for node in graph.of_type("ck:Place"):
        yield from _place(graph, node)
    for node in graph.of_type("ck:Toll"):
        yield from _toll(graph, node)
    for node in graph.nodes:
        yield from _date(graph, node)
        yield from _codes(graph, node)
        yield from _confidence(graph, node)


def _place(graph: Laid, node: str) -> Iterator[Breach]:
    precision = graph.text(node, "ck:placePrecision")
    if precision not in _PRECISIONS:
        allowed = ", ".join(_PRECISIONS)
        yield _breach("precision", node, f"ck:placePrecision is {precision!r}, not of {allowed}")
    for shape in graph.all(node, "geo:hasGeometry"):
        wkt = graph.text(shape, "geo:asWKT") or ""
        if precision == "vague" or (wkt.startswith("POINT") and precision not in _PINNED):
            yield _breach("pin", node, f"a place of precision {precision!r} has {wkt[:40]}")


def _toll(graph: Laid, node: str) -> Iterator[Breach]:
    found = [graph.number(node, f"ck:{bound}") for bound in ("min", "best", "max")]
    known = [number for number in found if number is not None]
    if not known and graph.nodes[node].keys() & {v("ck:min"), v("ck:best"), v("ck:max")}:
        yield _breach("toll", node, "its bounds are not whole numbers")
    if known != sorted(known):
        yield _breach("toll", node, f"its bounds {known} do not rise")


def _date(graph: Laid, node: str) -> Iterator[Breach]:
    first, last = graph.text(node, "ck:earliest"), graph.text(node, "ck:latest")
    edtf = graph.text(node, "ck:edtf")
    if edtf is None:
        if first or last:
            yield _breach("date", node, "it has ck:earliest or ck:latest but no ck:edtf")
        return
    if first and last and first > last:
        yield _breach("date", node, f"its earliest day {first} is after its latest {last}")
        return
    try:
        expected = tuple(day.isoformat() if day else None for day in bounds(edtf))
    except ValueError as error:
        yield _breach("date", node, str(error))
        return
    if (first, last) != expected:
        yield _breach("date", node, f"{edtf!r} does not reach from {first} to {last}")
    day = graph.text(node, "schema:datePublished")
    if day and (day != first or day != last or not _is_day(day)):
        yield _breach("date", node, f"schema:datePublished {day} is not the day of {edtf!r}")


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True


def _codes(graph: Laid, node: str) -> Iterator[Breach]:
    for predicate, things in graph.nodes[node].items():
        scheme = _CODED.get(predicate)
        for thing in things:
            if scheme or thing.startswith(f"<{CODES}"):
                yield from _code(node, thing, scheme)
    types = graph.all(node, "ck:eventType")
    for mode in graph.all(node, "ck:mode"):
        if types and not mode.startswith(types[0][:-1].replace("/event-type/", "/mode/") + "/"):
            yield _breach("code", node, f"the mode {bare(mode)} is not one of {bare(types[0])}")


def _code(node: str, thing: str, scheme: str | None) -> Iterator[Breach]:
    place, _, local = bare(thing).removeprefix(CODES).partition("/")
    known = concepts().get(place, {})
    if (scheme and place != scheme) or local not in known:
        lists = f"the {scheme} codes" if scheme else "any code list"
        yield _breach("code", node, f"{bare(thing)} is not in {lists} of ontology/concepts.ttl")


def _confidence(graph: Laid, node: str) -> Iterator[Breach]:
    for term in graph.all(node, "ck:confidence"):
        try:
            number = float(value(term))
        except ValueError:
            number = -1.0
        if not 0 <= number <= 1 or decimal(number) != term:
            yield _breach("confidence", node, f"{term} is no number from 0 to 1 of two decimals")


def _breach(name: str, node: str, problem: str) -> Breach:
    return Breach(3, name, bare(node), problem, AGAIN)
