"""Paths of no steps from or to a term that is nowhere in the graph (SPARQL 1.1, section 18.4).

``?x :p* :o`` has the answer ``:o`` even where the graph does not know it. The engine only finds
nodes of the graph, so the term itself is offered beside the path where the graph has it not.
"""

from collections.abc import Callable, Iterator
from typing import Final

from kg.store.text import patterns
from kg.store.text.patterns import Group, Part, Span, Triple
from kg.store.text.querytext import Edit, edited

Known = Callable[[str, str], bool]
"""Whether a graph has a term, given the prologue of the query that writes it."""

_VARIABLE: Final = ("?", "$", "_", "[", "(")


def with_zero_paths(text: str, known: Known) -> str:
    """The query with what paths of no steps find beside them.

    ``known(prologue, term)`` says whether the default graph has a term of the query; then the
    path alone finds it.

    >>> with_zero_paths("SELECT * { ?x <a:p>* <a:o> }", lambda prologue, term: True)
    'SELECT * { ?x <a:p>* <a:o> }'
    """
    try:
        start, where = patterns.read(text)
    except patterns.Unread:
        return text
    prologue = text[:start]
    edits: list[Edit] = []
    for part, graph in _statements(where):
        ends = [_end(text, triple) for triple in part.triples]
        if any(one and (graph or not known(prologue, one)) for one in ends):
            edits.append((*part.span, _said(text, part, graph, f"?kg_zero_{len(edits)}_")))
    return edited(text, edits)


def _statements(group: Group, graph: str = "") -> Iterator[tuple[Part, str]]:
    """Every statement, and the named graph it is asked of."""
    for part in group.parts:
        if part.kind == "triples":
            yield part, graph
        elif part.group is not None and part.kind != "service":
            yield from _statements(part.group, part.name or graph)


def _end(text: str, triple: Triple) -> str | None:
    """The term that a path of no steps would find; None if there is no such path or term."""
    if not triple.nullable:
        return None
    one, other = _cut(text, triple.subject), _cut(text, triple.object)
    fixed = [term for term in (one, other) if not term.startswith(_VARIABLE)]
    if len(fixed) == 1 or one == other:
        return fixed[0] if fixed else None
    return None


def _said(text: str, part: Part, graph: str, fresh: str) -> str:
    """A statement with each of its triples by itself, and no steps as a way of their own."""
    out = []
    for at, triple in enumerate(part.triples):
        spans = (triple.subject, triple.verb, triple.object)
        plain = " ".join(_cut(text, span) for span in spans)
        end = _end(text, triple)
        none = None if end is None else _none(text, triple, end, f"{fresh}{at}")
        asked = f"GRAPH {graph} {{}} " if graph.startswith(("?", "$")) else ""
        out.append(f"{plain} ." if none is None else f"{{ {plain} }} UNION {{ {asked}{none} }}")
    return " ".join(out)


def _none(text: str, triple: Triple, end: str, fresh: str) -> str:
    """No step: the term itself, where the graph has it not."""
    nodes = (_cut(text, triple.subject), _cut(text, triple.object))
    free = next((node for node in nodes if node.startswith(("?", "$"))), None)
    bound = f"VALUES {free} {{ {end} }} " if free else ""
    there = f"{{ {end} {fresh}a {fresh}b }} UNION {{ {fresh}c {fresh}d {end} }}"
    return f"{bound}FILTER NOT EXISTS {{ {there} }}"


def _cut(text: str, span: Span) -> str:
    return text[span[0] : span[1]]
