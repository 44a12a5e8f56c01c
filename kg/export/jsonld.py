"""JSON-LD with the names of ``ontology/context.jsonld``, which stands in the file itself.

Nothing has to be fetched to read it. A value is written short only where reading it back with
the context gives the very same term; else in full.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from itertools import groupby
from typing import Any, Final

from kg.export.job import Job, pieces
from kg.export.lines import graph_lines, graphs, sorted_lines
from kg.terms import XSD, Triple, parse, value
from kg.vocab import PREFIXES, ontology_dir

Context = Mapping[str, Any]

_INTEGER: Final = f"<{XSD}integer>"
_BOOLEAN: Final = f"<{XSD}boolean>"
_CANONICAL: Final = re.compile(r"0|-?[1-9][0-9]{0,14}")
"""Integers that are the same number in every reader of JSON, and written the same again."""

_TYPE: Final = f"<{PREFIXES['rdf']}type>"


def write(job: Job) -> Iterator[bytes]:
    """Every graph, or the selection's part of the view, as JSON-LD."""
    return pieces(_texts(job))


def _texts(job: Job) -> Iterator[str]:
    yield f'{{"@context":{_json(context())},\n"@graph":['
    between = "\n"
    for graph in graphs(job):
        yield f'{between}{{"id":{_json(graph)},"@graph":['
        yield from _nodes(sorted_lines(graph_lines(job, graph)))
        yield "]}"
        between = ",\n"
    yield "]}\n"


def _nodes(lines: Iterable[bytes]) -> Iterator[str]:
    triples = (triple for line in lines for triple in parse(line.decode()))
    between = "\n"
    for subject, said in groupby(triples, key=lambda one: one[0]):
        yield between + _json({"id": value(subject), **_said(said)})
        between = ",\n"


def _said(triples: Iterable[Triple]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for predicate, same in groupby(triples, key=lambda one: one[1]):
        name, written = _property(predicate, [thing for _, _, thing in same])
        found[name] = written
    return found


def _property(predicate: str, things: list[str]) -> tuple[str, Any]:
    if predicate == _TYPE:
        return "type", [_class(value(thing)) for thing in things]
    name, definition = names().get(value(predicate), (value(predicate), {}))
    written = [_value(thing, definition) for thing in things]
    plain = len(written) == 1 and definition.get("@container") != "@set"
    return name, written[0] if plain else written


def _class(iri: str) -> str:
    name, _ = names().get(iri, (iri, {}))
    return name


def _value(thing: str, definition: Context) -> Any:
    """A term as a value of a property that the context defines so."""
    of = definition.get("@type")
    if thing.startswith("<"):
        iri = value(thing)
        return iri if of == "@id" else _code(iri, definition) or {"@id": iri}
    lexical, (tail, kind) = value(thing), _datatype(thing)
    if tail.startswith("@"):
        return {"@value": lexical, "@language": tail[1:]}
    if of is None and kind is None:
        return lexical
    if of is None and (native := _native(lexical, kind)) is not None:
        return native
    if kind is not None and of is not None and _full(of) == kind[1:-1]:
        return lexical
    return {"@value": lexical} | ({"@type": kind[1:-1]} if kind else {})


def _native(lexical: str, kind: str | None) -> int | bool | None:
    """A literal as JSON's own number or truth value, where it is exactly that."""
    if kind == _BOOLEAN and lexical in ("true", "false"):
        return lexical == "true"
    if kind == _INTEGER and _CANONICAL.fullmatch(lexical):
        return int(lexical)
    return None


def _code(iri: str, definition: Context) -> str | None:
    """A code without its scheme, where no other name of the context is the same word."""
    scheme = definition.get("@context", {}).get("@vocab")
    if definition.get("@type") != "@vocab" or not scheme or not iri.startswith(scheme):
        return None
    bare = iri[len(scheme) :]
    return bare if bare and ":" not in bare and bare not in context() else None


def _datatype(thing: str) -> tuple[str, str | None]:
    """What stands after a literal's last quotation mark, and the datatype term if it is one."""
    tail = thing[thing.rindex('"') + 1 :]
    return tail, tail[2:] if tail.startswith("^^") else None


@cache
def context() -> Context:
    """The context, as the ontology has it."""
    text = (ontology_dir() / "context.jsonld").read_text("utf-8")
    found: Context = json.loads(text)["@context"]
    return found


@cache
def names() -> Mapping[str, tuple[str, Context]]:
    """IRI → its name in the context and what the context says of it."""
    found: dict[str, tuple[str, Context]] = {}
    for name, said in context().items():
        definition = said if isinstance(said, dict) else {"@id": said}
        iri = str(definition.get("@id", ""))
        if ":" in iri and not iri.endswith(("#", "/")):
            found.setdefault(_full(iri), (name, definition))
    return found


def _full(name: str) -> str:
    prefix, _, local = name.partition(":")
    return f"{PREFIXES[prefix]}{local}" if prefix in PREFIXES else name


def _json(thing: object) -> str:
    return json.dumps(thing, ensure_ascii=False, separators=(",", ":"))
