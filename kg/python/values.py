"""RDF terms and Python values: what a parameter means, and what a row holds.

==================================  =====================================
Python                              RDF
==================================  =====================================
``str``                             a plain literal; out of a row also an IRI
``rdflib.URIRef``                   an IRI
``bool int float Decimal``          xsd:boolean, integer, double, decimal
``date datetime``                   xsd:date, xsd:dateTime
``rdflib.Literal``                  that literal
==================================  =====================================
"""

import json
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from typing import Final

from rdflib import Literal, URIRef

from kg import terms
from kg.errors import BadInput
from kg.terms import XSD

Value = str | bool | int | float | Decimal | date | None
"""What a cell holds; None where the variable is unbound."""
Row = dict[str, Value]

_READ: Final[Mapping[str, Callable[[str], Value]]] = {
    f"{XSD}boolean": lambda text: text in ("true", "1"),
    f"{XSD}integer": int,
    f"{XSD}decimal": Decimal,
    f"{XSD}double": float,
    f"{XSD}float": float,
    f"{XSD}date": date.fromisoformat,
    f"{XSD}dateTime": datetime.fromisoformat,
}


def term_of(value: object) -> str:
    """A value as an N-Triples term. Raises BadInput for one that stands for none.

    >>> term_of("it's"), term_of(True), term_of(URIRef("a:b"))[:5]
    ('"it\\'s"', '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>', '<a:b>')
    """
    if isinstance(value, URIRef):
        return terms.iri(str(value))
    if isinstance(value, Literal):
        return _literal(value)
    if isinstance(value, str):
        return terms.literal(value)
    if isinstance(value, bool | int | float | Decimal | date):
        return _literal(Literal(value))
    raise BadInput(f"{value!r} is no value for a query; give text, a number, a date or an IRI")


def _literal(value: Literal) -> str:
    if value.language:
        return f"{terms.literal(str(value))}@{value.language}"
    if value.datatype is None or str(value.datatype) == f"{XSD}string":
        return terms.literal(str(value))
    return terms.typed(str(value), str(value.datatype))


def table_of(body: bytes) -> tuple[list[str], list[Row]]:
    """The columns and rows of SPARQL JSON.

    >>> body = b'{"head": {"vars": ["n", "x"]}, "results": {"bindings": [{"n": {"type": "literal",'
    >>> body += b'"value": "3", "datatype": "http://www.w3.org/2001/XMLSchema#integer"}}]}}'
    >>> table_of(body)
    (['n', 'x'], [{'n': 3, 'x': None}])
    """
    told = json.loads(body)
    columns: list[str] = told["head"]["vars"]
    found = told["results"]["bindings"]
    return columns, [{name: _value(row.get(name)) for name in columns} for row in found]


def _value(term: Mapping[str, str] | None) -> Value:
    """What a term says; the text of a literal that is none of its type."""
    if term is None:
        return None
    text = term["value"]
    with suppress(ValueError, ArithmeticError):
        return _READ.get(term.get("datatype", ""), str)(text)
    return text
