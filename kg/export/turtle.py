"""Turtle and TriG: the same quads with prefixes, grouped by subject, for people to read."""

import re
from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import Final

from kg.export.job import Job, pieces
from kg.export.lines import graph_lines, graphs, sorted_lines, view_lines
from kg.terms import Triple, parse
from kg.vocab import PREFIXES

_LOCAL: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*")
_BY_LENGTH: Final = sorted(PREFIXES.items(), key=lambda pair: (-len(pair[1]), pair[0]))
_TYPE: Final = f"<{PREFIXES['rdf']}type>"
_IRI: Final = re.compile(r"(?<=\^\^)<[^>]*>$|^<[^>]*>$")


def write_view(job: Job) -> Iterator[bytes]:
    """The view, or the selection's part of it, as Turtle."""
    return pieces(_view(job))


def write_dataset(job: Job) -> Iterator[bytes]:
    """Every graph, or the selection's part of the view, as TriG."""
    return pieces(_dataset(job))


def _view(job: Job) -> Iterator[str]:
    yield from _head(job)
    yield from _subjects(view_lines(job), "")


def _dataset(job: Job) -> Iterator[str]:
    yield from _head(job)
    for graph in graphs(job):
        yield f"<{graph}> {{\n"
        yield from _subjects(sorted_lines(graph_lines(job, graph)), "  ")
        yield "}\n\n"


def _head(job: Job) -> Iterator[str]:
    for name, text in job.about().items():
        yield f"# {name}: {' '.join(text.split())}\n"
    for name, iri in sorted(PREFIXES.items()):
        yield f"@prefix {name}: <{iri}> .\n"
    yield "\n"


def _subjects(lines: Iterable[bytes], margin: str) -> Iterator[str]:
    triples = (triple for line in lines for triple in parse(line.decode()))
    for subject, said in groupby(triples, key=lambda one: one[0]):
        yield f"{margin}{short(subject)} {_said(said, margin)} .\n"


def _said(triples: Iterable[Triple], margin: str) -> str:
    parts = []
    for predicate, found in groupby(triples, key=lambda one: one[1]):
        name = "a" if predicate == _TYPE else short(predicate)
        parts.append(f"{name} {', '.join(short(thing) for _, _, thing in found)}")
    return f" ;\n{margin}    ".join(parts)


def short(term: str) -> str:
    """A term with a prefix where there is one for it; a literal's datatype likewise.

    >>> short("<https://w3id.org/conflict-kg/act/request>"), short('"<a:b>"')
    ('act:request', '"<a:b>"')
    """
    return _IRI.sub(lambda found: _curie(found[0]), term)


def _curie(term: str) -> str:
    for prefix, start in _BY_LENGTH:
        if term.startswith(start, 1) and _LOCAL.fullmatch(term, len(start) + 1, len(term) - 1):
            return f"{prefix}:{term[len(start) + 1 : -1]}"
    return term
