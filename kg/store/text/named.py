"""``GRAPH ?g { … }`` around what the engine does not ask graph by graph (section 18.6).

It gives the graph's name to each pattern inside as a variable. A sub-query hides that variable,
what holds no pattern never meets it, and MINUS takes it for one that both sides share. Each is
said here so that the variable is where it must be.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.errors import Unsupported
from kg.store.text import patterns
from kg.store.text.patterns import Group, Part, Span
from kg.store.text.querytext import Edit, edited, tokens

_GRAPH: Final = re.compile(r"\bGRAPH\s*[?$]", re.IGNORECASE)
_TELLING: Final = re.compile(r"\b(?:SELECT|MINUS|VALUES|BIND)\b", re.IGNORECASE)
_AGGREGATES: Final = {"COUNT", "SUM", "MIN", "MAX", "AVG", "SAMPLE", "GROUP_CONCAT", "HAVING"}
_STANDING: Final = ("graph", "service")
_ADVICE: Final = "put GRAPH into the sub-query and select its variable there"


def with_named_graphs(text: str) -> str:
    """The query as it means the same to the engine. Raises Unsupported for what cannot be said.

    >>> with_named_graphs("ASK { GRAPH ?g { VALUES ?x { 1 } } }")
    'ASK { { GRAPH ?g {} { VALUES ?x { 1 } } } }'
    >>> with_named_graphs("ASK { GRAPH ?g { { SELECT ?x { ?x ?p ?o } } } }")
    'ASK { GRAPH ?g { { SELECT ?g ?x { ?x ?p ?o } } } }'
    """
    if not _GRAPH.search(text) or not _TELLING.search(text):
        return text
    try:
        where = patterns.read(text)[1]
    except patterns.Unread:
        return text
    edits = [edit for _, part in where.walk() for edit in _changes(text, part)]
    return edited(text, _outermost(edits))


def _outermost(edits: list[Edit]) -> Iterator[Edit]:
    """The edits that no other one covers."""
    done = 0
    for start, end, new in sorted(edits, key=lambda edit: (edit[0], -edit[1])):
        if start >= done:
            yield start, end, new
            done = end


def _changes(text: str, part: Part) -> Iterator[Edit]:
    """What must be said otherwise of one GRAPH with a variable."""
    if part.kind != "graph" or part.group is None or part.name[0] not in "?$":
        return
    if part.group.parts and not _asks(text, part.group):
        yield (*part.span, f"{{ GRAPH {part.name} {{}} {_cut(text, part.group.span)} }}")
        return
    yield from _group_changes(text, part.group, part.name)


def _asks(text: str, group: Group) -> bool:
    """Whether anything in a group is asked of a graph."""
    asking = ("triples", "select", *_STANDING)
    return "EXISTS" in _words(_cut(text, group.span)) or any(
        part.kind in asking for _, part in group.walk()
    )


def _group_changes(text: str, group: Group, name: str) -> Iterator[Edit]:
    subtracts = any(part.kind == "minus" for part in group.parts)
    before: set[str] = set()
    for part in group.parts:
        here = _variables(_cut(text, part.span)) if subtracts else set()
        if part.kind == "select":
            yield from _select_changes(text, group, part, name)
        elif part.kind == "minus" and not here & before:
            # Nothing that both sides name: by the specification nothing is taken away.
            yield (*part.span, "")
        elif part.group is not None and part.kind not in _STANDING:
            yield from _group_changes(text, part.group, name)
        if part.kind != "minus":
            before |= here


def _select_changes(text: str, group: Group, part: Part, name: str) -> Iterator[Edit]:
    """A sub-query that lets the graph through: selected, and grouped by."""
    if part.group is None or name[1:] in _variables(_cut(text, part.span)):
        return
    words = _words(_cut(text, part.tail))
    if any(one.kind == "select" for _, one in part.group.walk()) or {"LIMIT", "OFFSET"} & words:
        raise Unsupported(f"GRAPH {name} around a sub-query with LIMIT or another in it; {_ADVICE}")
    grouped = re.search(r"\bGROUP\s+BY\b", _cut(text, part.tail), re.IGNORECASE)
    if _cut(text, part.head).startswith("*"):
        if _words(text[part.span[0] : part.head[0]]) != {"SELECT"} or words - {"ORDER", "BY"}:
            raise Unsupported(f"GRAPH {name} around a sub-query of *; {_ADVICE}")
        # Everything, in any order: the pattern itself.
        yield part.span[0], part.group.span[0], ""
        yield (*part.tail, "")
    elif grouped:
        yield part.head[0], part.head[0], f"{name} "
        at = part.tail[0] + grouped.end()
        yield at, at, f" {name}"
    elif (words | _words(_cut(text, part.head))) & _AGGREGATES:
        yield (*group.span, _counted(text, part, name))
    else:
        yield part.head[0], part.head[0], f"{name} "


def _counted(text: str, part: Part, name: str) -> str:
    """One row for each graph, also where nothing is found in it."""
    assert part.group is not None
    head, where, tail = (_cut(text, one) for one in (part.head, part.group.span, part.tail))
    some = f"{{ SELECT {name} {head} {where} GROUP BY {name} {tail} }}"
    none = f"{{ SELECT {head} {{ FILTER(false) }} {tail} }}"
    empty = f"GRAPH {name} {{}} {none} FILTER NOT EXISTS {{ GRAPH {name} {where} }}"
    return f"{{ {some} UNION {{ {empty} }} }}"


def _variables(text: str) -> set[str]:
    return {token[1:] for kind, token, _ in tokens(text) if kind == "var"}


def _words(text: str) -> set[str]:
    return {token.upper() for kind, token, _ in tokens(text) if kind == "word"}


def _cut(text: str, span: Span) -> str:
    return text[span[0] : span[1]]
