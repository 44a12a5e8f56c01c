"""What an engine does to the terms that articles are made of, found by writing some and reading.

Tried once, when a store is made. An engine that changes what it cannot give back is refused.
"""

from collections.abc import Callable, Sequence
from typing import Final

from kg import terms
from kg.errors import StoreError
from kg.store.remote.spelling import WKT
from kg.terms import XSD, Triple

TERMS: Final[Sequence[tuple[str, str]]] = (
    ("an IRI", "<http://x.example/a/%C3%A9#char=3,9>"),
    ("text", terms.literal(' "quoted" \\ tab\t line\r\nend – é 😀 \u200b ')),
    ("an empty text", terms.literal("")),
    ("a long text", terms.literal("Words, and “more” words. " * 2000)),
    ("xsd:integer", terms.integer(1234567890)),
    ("xsd:boolean", terms.boolean(True)),
    ("xsd:boolean", terms.boolean(False)),
    ("xsd:decimal", terms.decimal(0.95)),
    ("xsd:decimal", terms.decimal(1)),
    ("xsd:date", terms.typed("2022-10-03", f"{XSD}date")),
)
"""Terms as articles hold them, each with what it is called; a change in one is fatal."""
SHAPES: Final = (
    terms.typed("POINT(175.12345 -38.2)", WKT),
    terms.typed("POLYGON((-7.1 46.20222, 6 46.20222, 6 47, -7.1 47, -7.1 46.20222))", WKT),
)

Written = Callable[[Sequence[Triple]], Sequence[str]]
"""Writes triples and gives the objects that come back, once from a graph and once from a table."""


def keeps_shapes(written: Written, subject: str) -> bool:
    """Whether an engine leaves well-known text as it is. Raises StoreError; see the module."""
    whole = [terms.iri(f"{subject}-{number}") for number in range(len(TERMS))]
    rows = [(one, _IS, term) for one, (_, term) in zip(whole, TERMS, strict=True)]
    back = written(rows)
    for name, term in TERMS:
        if back.count(term) != 2:
            raise StoreError(
                f"this engine changes what articles are made of: {name}, {term[:80]}, does not "
                "come back as it was written. No store can be kept there; docs/scale.md names "
                "engines that can"
            )
    shapes = written([(terms.iri(f"{subject}-shape"), _IS, term) for term in SHAPES])
    return all(shapes.count(term) == 2 for term in SHAPES)


_IS: Final = "<https://w3id.org/conflict-kg/store#probe>"
