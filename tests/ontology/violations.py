"""Changes to the conforming ``base.ttl`` that each break one shape (``violations.txt``)."""

from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from rdflib import Graph

from kg.iri import DEFAULT_BASE

_HERE: Final = Path(__file__).parent


@dataclass(frozen=True, slots=True)
class Violation:
    """A breach of one shape; ``also`` are shapes that cannot but be broken with it."""

    shape: str
    minus: str
    plus: str
    also: tuple[str, ...] = ()


@cache
def base() -> Graph:
    """The conforming graph; treat it as read-only."""
    return Graph().parse(_HERE / "base.ttl")


def violations() -> list[Violation]:
    """Every block of ``violations.txt``."""
    lines = (_HERE / "violations.txt").read_text("utf-8").splitlines()
    text = "\n".join(line for line in lines if not line.startswith("#"))
    return [_violation(block) for block in text.split("\n\n") if block.strip()]


def changed(change: Violation) -> Graph:
    """A copy of the base with the change made to it."""
    graph = Graph(namespace_manager=base().namespace_manager) + base()
    before = set(graph)
    names = "".join(f"PREFIX {name}: <{iri}> " for name, iri in base().namespaces())
    for text, update in ((change.minus, "DELETE WHERE"), (change.plus, "INSERT DATA")):
        if text:
            graph.update(f"BASE <{DEFAULT_BASE}> {names} {update} {{ {text} }}")
    if set(graph) == before:
        raise ValueError(f"the change for {change.shape} changes nothing")
    return graph


def _violation(block: str) -> Violation:
    head, *lines = block.strip().splitlines()
    shape, *also = head.split(" with ")
    parts = {"-": "", "+": ""}
    sign = ""
    for line in lines:
        sign = line[2] if line[2] in parts else sign
        parts[sign] += f" {line[4:]}"
    return Violation(shape, parts["-"], parts["+"], tuple(also))
