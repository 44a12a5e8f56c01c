"""RDF terms and triples as canonical N-Triples text.

A term is the string that stands for it in canonical N-Triples, so a sorted list of lines is
the canonical form of a graph and graph equality is byte equality. Measured against pyoxigraph
objects: ``docs/decisions/0002-terms-as-text.md``.

>>> line(("<a:s>", "<a:p>", literal('say "no"')), "<a:g>")
'<a:s> <a:p> "say \\\\"no\\\\"" <a:g> .'
"""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime
from typing import Final

Triple = tuple[str, str, str]
"""Subject, predicate and object as N-Triples terms."""

XSD: Final = "http://www.w3.org/2001/XMLSchema#"

_ESCAPES = str.maketrans(
    {
        "\\": "\\\\",
        '"': '\\"',
        "\n": "\\n",
        "\r": "\\r",
        "\t": "\\t",
        "\b": "\\b",
        "\f": "\\f",
        **{chr(c): f"\\u{c:04X}" for c in [*range(8), 0x0B, *range(0x0E, 0x20), 0x7F]},
    }
)
_NOT_IN_IRI = frozenset('<>"{}|^`\\') | {chr(c) for c in range(0x21)}


def iri(value: str) -> str:
    """An IRI as a term. Raises ValueError for characters that no IRI may hold.

    >>> iri("http://example.org/a")
    '<http://example.org/a>'
    """
    if _NOT_IN_IRI.intersection(value):
        raise ValueError(f'not an IRI: {value!r}; escape blanks and <>"{{}}|^`\\ first')
    return f"<{value}>"


def literal(value: str) -> str:
    """A plain string literal."""
    return f'"{value.translate(_ESCAPES)}"'


def typed(value: str, datatype: str) -> str:
    """A literal of any datatype IRI; ``value`` must be the canonical lexical form."""
    return f'"{value.translate(_ESCAPES)}"^^<{datatype}>'


def integer(value: int) -> str:
    """An xsd:integer."""
    return f'"{value}"^^<{XSD}integer>'


def boolean(value: bool) -> str:
    """An xsd:boolean."""
    return f'"{str(value).lower()}"^^<{XSD}boolean>'


def decimal(value: float) -> str:
    """An xsd:decimal of at most two places, in canonical form.

    >>> decimal(0.9), decimal(1)
    ('"0.9"^^<http://www.w3.org/2001/XMLSchema#decimal>', '"1"^^<http://www.w3.org/2001/XMLSchema#decimal>')
    """
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return f'"{text}"^^<{XSD}decimal>'


def day(value: date) -> str:
    """An xsd:date."""
    return f'"{value.isoformat()}"^^<{XSD}date>'


def moment(value: datetime) -> str:
    """An xsd:dateTime in UTC, in canonical form; ``value`` has a time zone.

    >>> moment(datetime(2022, 10, 3, 8, 0, 0, 250000, UTC))
    '"2022-10-03T08:00:00.25Z"^^<http://www.w3.org/2001/XMLSchema#dateTime>'
    """
    text = value.astimezone(UTC).replace(tzinfo=None).isoformat()
    return typed(f"{text.rstrip('0').rstrip('.') if '.' in text else text}Z", f"{XSD}dateTime")


def line(triple: Triple, graph: str) -> str:
    """One N-Quads line without its line end."""
    return f"{triple[0]} {triple[1]} {triple[2]} {graph} ."


def lines(triples: Iterable[Triple], graph: str) -> str:
    """N-Quads text of a graph, in the order given; ``graph`` is a term."""
    tail = f" {graph} .\n"
    return "".join([f"{s} {p} {o}{tail}" for s, p, o in triples])


def parse(text: str) -> Iterator[Triple]:
    """The triples of canonical N-Triples text (as a store dumps it), one a line.

    >>> list(parse('<a:s> <a:p> "a b" .\\n'))
    [('<a:s>', '<a:p>', '"a b"')]
    """
    for row in text.split("\n"):
        if row:
            subject, predicate, rest = row.split(" ", 2)
            yield subject, predicate, rest[:-2]


def value(term: str) -> str:
    """What a term says: the IRI without brackets, the literal without quotes and type.

    >>> value('<http://x/a>'), value('"caf\\u00e9 \\\\"x\\\\""'), value('"3"^^<http://x/int>')
    ('http://x/a', 'café "x"', '3')
    """
    if term[0] == "<":
        return term[1:-1]
    body = term[1 : term.rindex('"')]
    return _unescape(body) if "\\" in body else body


_SIMPLE = {"t": "\t", "n": "\n", "r": "\r", "b": "\b", "f": "\f", '"': '"', "'": "'", "\\": "\\"}


_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)


def _unescape(body: str) -> str:
    return _ESCAPED.sub(_meant, body)


def _meant(found: re.Match[str]) -> str:
    short, long, simple = found.groups()
    return _SIMPLE[simple] if simple else chr(int(short or long, 16))
