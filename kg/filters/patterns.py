"""Filters written as SPARQL graph patterns around ``?id``, the record.

Nothing a user writes is pasted: IRIs and literals go through ``kg.terms``. ``?event`` is the one
event that all filters of a statement speak of: ``event_type=ASSAULT&place=Lorik`` is a statement
about an assault in Lorik, not about an assault and about something else in Lorik.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import chain
from typing import Final

from kg import terms
from kg.filters.language import ACTOR_ROLES, DAYS, ROLES, Filters, Kind
from kg.filters.lookup import CLASSES, Unknown, find, fold, folded, missing
from kg.store.base import Queryable
from kg.vocab import code, codes, term

Patterns = Mapping[str, str]
"""Parameter → pattern, with ``{x}`` where the value stands."""

REFERENCES: Final[Mapping[str, tuple[Kind, ...]]] = {
    **dict.fromkeys(ACTOR_ROLES, ("actors",)),
    "place": ("places",),
    "article": ("articles",),
    "about": ("events", "statements"),
}
"""Parameters that name a record, and the kinds it may be of."""

SCHEMES: Final = {
    "act": "act",
    "event_type": "event-type",
    "factuality": "factuality",
    "context": "context",
    "sector": "sector",
}
"""Parameters whose values are codes that IRIs stand for, and their scheme."""

_APART: Final = ("q", "role", "bbox", *chain(*DAYS), "has")
"""Parameters that are no pattern around a value."""

_PARTIES: Final = "ck:actor|ck:recipient|ck:mediator"

_REVIEW: Final = 'OPTIONAL { ?id ck:review ?judged } BIND(COALESCE(?judged, "machine") AS {x})'

PATTERNS: Final[Mapping[Kind, Patterns]] = {
    "statements": {
        "speaker": "?id ck:speaker {x} .",
        "target": "?id ck:target {x} .",
        "addressee": "?id ck:addressee {x} .",
        "hearer": "?id ck:target|ck:addressee {x} .",
        "actor": f"?id ck:speaker|ck:target|ck:addressee|(ck:about/({_PARTIES})) {{x}} .",
        "act": "?id ck:act {x} .",
        "event_type": "?id ck:about ?event . ?event ck:eventType {x} .",
        "mode": "?id ck:about ?event . ?event ck:mode {x} .",
        "factuality": "?id ck:about ?event . ?event ck:factuality {x} .",
        "place": "?id ck:about ?event . ?event ck:place {x} .",
        "about": "?id ck:about {x} .",
        "article": "?id prov:wasDerivedFrom {x} .",
        "publisher": "?id prov:wasDerivedFrom/schema:publisher {x} .",
        "review": _REVIEW,
    },
    "events": {
        "actor": f"?id {_PARTIES} {{x}} .",
        "agent": "?id ck:actor {x} .",
        "recipient": "?id ck:recipient {x} .",
        "mediator": "?id ck:mediator {x} .",
        "speaker": "?said ck:about ?id . ?said ck:speaker {x} .",
        "act": "?said ck:about ?id . ?said ck:act {x} .",
        "event_type": "?id ck:eventType {x} .",
        "mode": "?id ck:mode {x} .",
        "factuality": "?id ck:factuality {x} .",
        "status": "?id ck:status {x} .",
        "context": "?id ck:context {x} .",
        "about": "?id ck:about {x} .",
        "place": "?id ck:place {x} .",
        "article": "?id ck:report/prov:wasDerivedFrom {x} .",
        "publisher": "?id ck:report/prov:wasDerivedFrom/schema:publisher {x} .",
        "review": _REVIEW,
    },
    "actors": {
        "type": "?id a {x} .",
        "sector": "?id ck:sector {x} .",
        "country": "?id ck:country {x} .",
        "article": "?id prov:wasDerivedFrom {x} .",
        "publisher": "?id prov:wasDerivedFrom/schema:publisher {x} .",
    },
    "places": {
        "precision": "?id ck:placePrecision {x} .",
        "country": "?id ck:country {x} .",
        "article": "?id prov:wasDerivedFrom {x} .",
        "publisher": "?id prov:wasDerivedFrom/schema:publisher {x} .",
    },
    "articles": {
        "publisher": "?id schema:publisher {x} .",
        "actor": "{x} a ck:Actor ; prov:wasDerivedFrom ?id .",
        "place": "{x} a ck:Place ; prov:wasDerivedFrom ?id .",
    },
}

_OF_ROLE: Final = {
    **{name: f"ck:{name}" for name in ("speaker", "target", "addressee", "recipient", "mediator")},
    "agent": "ck:actor",
}
"""Part of an actor → the property that leads from the statement or event to it."""
_OWN: Final = ("speaker", "target", "addressee")
"""Parts in the statement itself; the others are in what it is about."""

_SAID: Final = "?denied ck:about ?id ; a ck:Statement"

_CONTESTED: Final = "?id ck:contested true ."

HAS_PATTERNS: Final[Mapping[Kind, Patterns]] = {
    "statements": {
        "date": "FILTER EXISTS { ?id ck:earliest|ck:latest ?day }",
        "place": "?id ck:about ?event . ?event ck:place ?somewhere .",
        "toll": "?id ck:about ?event . ?event ck:killed|ck:injured ?toll .",
        "target": "?id ck:target ?aimed .",
        "addressee": "?id ck:addressee ?told .",
        "quotation": "?id ck:quoted ?quoted . FILTER(STR(?quoted) IN ('true', '1'))",
        "denial": f"{_SAID} ; ck:act {code('act', 'deny')} .",
        "contested": _CONTESTED,
    },
    "events": {
        "date": "FILTER EXISTS { ?id ck:earliest|ck:latest ?day }",
        "place": "?id ck:place ?somewhere .",
        "toll": "?id ck:killed|ck:injured ?toll .",
        **{name: f"?id {_OF_ROLE[name]} ?any_{name} ." for name in ROLES["events"]},
        "statement": "?saying ck:about ?id ; a ck:Statement .",
        "denial": f"{_SAID} ; ck:act {code('act', 'deny')} .",
        "contested": _CONTESTED,
    },
    "actors": {
        "country": "?id ck:country ?land .",
        "sector": "?id ck:sector ?works .",
        "role": "?id org:hasMembership ?post .",
    },
    "places": {
        "country": "?id ck:country ?land .",
        "point": "?id geo:hasGeometry/geo:asWKT ?wkt . FILTER(STRSTARTS(STR(?wkt), 'POINT'))",
    },
    "articles": {
        "date": "FILTER EXISTS { ?id ck:earliest|ck:latest ?day }",
        "headline": "?id schema:headline ?headline .",
        "publisher": "?id schema:publisher ?outlet .",
        "url": "?id schema:url ?address .",
    },
}

_SPOTS: Final[Mapping[Kind, tuple[str, str]]] = {
    "statements": ("?id ck:about ?event . ?event ck:place ?spot .", "?spot"),
    "events": ("?id ck:place ?spot .", "?spot"),
    "places": ("", "?id"),
}
"""The pattern that leads to the places of a record, and the variable that stands for one."""
PINNED: Final = ("point", "settlement", "district")
"""Precisions of places that a point does not overstate."""

_SOURCES: Final[Mapping[Kind, str]] = {
    "statements": "prov:wasDerivedFrom",
    "events": "ck:report/prov:wasDerivedFrom",
}
"""What leads from a record to the articles that tell it."""

_WORDS: Final[Mapping[Kind, str]] = {
    "statements": "(ck:evidence/oa:exact)|(ck:speaker/rdfs:label)",
    "events": f"(ck:report/ck:evidence/oa:exact)|((({_PARTIES})|ck:place)/rdfs:label)",
    "actors": "rdfs:label|skos:altLabel|schema:name|(org:hasMembership/rdfs:label)",
    "places": "rdfs:label|skos:altLabel|schema:name",
    "articles": "schema:headline|schema:articleBody",
}
"""Where the words of ``q`` are looked for."""


def where(queryable: Queryable, filters: Filters) -> str | None:
    """The graph pattern of a selection; None where a name in it means nobody, so nothing fits."""
    parts = [f"?id a {CLASSES[filters.kind]} ."]
    for name, given in filters.where:
        if name in _APART:
            continue
        operands = _operands(queryable, name, given)
        if not operands:
            return None
        parts.append(_match(_pattern(filters, name), name, operands))
    parts += [HAS_PATTERNS[filters.kind][name] for name in filters.get("has")]
    parts += _words(filters)
    parts.append(_within(filters))
    parts.append(_dates("?id", "", *filters.days()))
    parts.append(_published(filters))
    return "\n".join(part for part in parts if part)


def _pattern(filters: Filters, name: str) -> str:
    if name == "actor" and (roles := filters.get("role")):
        about = "" if filters.kind == "events" else "ck:about/"
        paths = (f"({'' if one in _OWN else about}{_OF_ROLE[one]})" for one in roles)
        return f"?id {'|'.join(paths)} {{x}} ."
    return PATTERNS[filters.kind][name]


def unknown(queryable: Queryable, filters: Filters) -> list[Unknown]:
    """The names and IRIs among filters that mean nobody and nothing in this store."""
    asked = [
        missing(queryable, REFERENCES[name], name, value)
        for name, given in filters.where
        if name in REFERENCES
        for value in given
    ]
    return [one for one in asked if one]


def _operands(queryable: Queryable, name: str, given: Sequence[str]) -> list[str]:
    """The terms that a parameter's values mean."""
    if kinds := REFERENCES.get(name):
        found = (iri for value in given for kind in kinds for iri in find(queryable, kind, value))
        return [terms.iri(iri) for iri in dict.fromkeys(found)]
    if name == "mode":
        return [code("mode", full) for value in given for full in modes(value)]
    if name in SCHEMES:
        return [code(SCHEMES[name], value) for value in given]
    if name == "type":
        return [term(f"ck:{value}") for value in given]
    if name == "publisher":
        return [terms.literal(fold(value)) for value in given]
    return [terms.literal(value) for value in given]


def modes(value: str) -> list[str]:
    """The full notations of a mode, bare or not.

    >>> modes("withdraw"), modes("ACCUSE/investigate")
    (['RETREAT/withdraw', 'SANCTION/withdraw'], ['ACCUSE/investigate'])
    """
    return [full for full in codes("mode") if value in (full, full.split("/")[1])]


def _match(pattern: str, name: str, operands: Sequence[str]) -> str:
    """A pattern with one value in its place, or with a variable that is one of several."""
    if name not in ("publisher", "review") and len(operands) == 1:
        return pattern.replace("{x}", operands[0])
    variable = f"?is_{name}"
    compared = folded(variable) if name == "publisher" else variable
    filled = pattern.replace("{x}", variable)
    return f"{filled} FILTER({compared} IN ({', '.join(operands)}))"


def _words(filters: Filters) -> list[str]:
    """Each word, beginning and phrase stands somewhere in the record's texts."""
    return [
        f"?id {_WORDS[filters.kind]} ?text{n} . FILTER({term.holds(f'?text{n}')})"
        for n, term in enumerate(filters.terms())
    ]


def _within(filters: Filters) -> str:
    """A place of the record is exact enough, and its point is within the box."""
    box = filters.box()
    if box is None:
        return ""
    west, south, east, north = box
    leads, spot = _SPOTS[filters.kind]
    joined = "&&" if west <= east else "||"
    exact = ", ".join(map(terms.literal, PINNED))
    number = r"^POINT\\(([^ ]+) ([^)]+)\\)$"
    return (
        f"{leads} {spot} ck:placePrecision ?exact ; geo:hasGeometry/geo:asWKT ?pin . "
        f"FILTER(STR(?exact) IN ({exact}) && STRSTARTS(STR(?pin), 'POINT')) "
        f"BIND(xsd:double(REPLACE(STR(?pin), '{number}', '$1')) AS ?lon) "
        f"BIND(xsd:double(REPLACE(STR(?pin), '{number}', '$2')) AS ?lat) "
        f"FILTER(?lat >= {south!r}e0 && ?lat <= {north!r}e0 && "
        f"(?lon >= {west!r}e0 {joined} ?lon <= {east!r}e0))"
    )


def _published(filters: Filters) -> str:
    """An article that tells it is of these days."""
    tests = _dates("?told_in", "published_", *filters.days(DAYS[1]))
    return f"?id {_SOURCES[filters.kind]} ?told_in . {tests}" if tests else ""


def _dates(thing: str, name: str, first: date | None, last: date | None) -> str:
    """A thing's own days touch those from ``first`` to ``last``; an open end never ends.

    ``name`` is what its variables begin with.
    """
    if not first and not last:
        return ""
    begins, ends = f"?{name}earliest", f"?{name}latest"
    tests = [f"(BOUND({begins}) || BOUND({ends}))"]
    if first:
        tests.append(f"(!BOUND({ends}) || {ends} >= {terms.day(first)})")
    if last:
        tests.append(f"(!BOUND({begins}) || {begins} <= {terms.day(last)})")
    return (
        f"OPTIONAL {{ {thing} ck:earliest {begins} }} OPTIONAL {{ {thing} ck:latest {ends} }} "
        f"FILTER({' && '.join(tests)})"
    )
