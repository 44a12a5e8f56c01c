"""TriG that a person can read: one block a thing, in the order of the text, evidence last."""

import re
from collections.abc import Iterable
from itertools import groupby
from typing import Final

from kg.iri import DEFAULT_BASE, KINDS
from kg.terms import Triple, value
from kg.vocab import PREFIXES, term

HEADER: Final = """\
# A worked example: an invented article, what it says, and the view of it. The offsets are true to
# the article's text. The base is the article, so <> is the article and <#char=9,20> its characters
# from 9 up to 20. Written by tests/ontology/example.py.

"""
_TYPE: Final = term("rdf:type")
_ORDER: Final = ("article", "statement", "report", "event", "actor", "membership", "place", "link")
_SPACES: Final = PREFIXES | {kind: f"{DEFAULT_BASE}{kind}/" for kind in KINDS if kind != "article"}
_LOCAL: Final = re.compile(r"\w[\w-]*(/[\w-]+)?")
_CHARS: Final = re.compile(r"#char=(\d+),(\d+)")
_BARE: Final = re.compile(
    rf'"([^"\\]*)"\^\^<{re.escape(PREFIXES["xsd"])}(?:integer|decimal|boolean)>'
)


def trig(graphs: Iterable[tuple[str, list[Triple]]], base: str) -> str:
    """The graphs (IRI, triples) as TriG; ``base`` is the article's IRI."""
    names = "".join(f"@prefix {name}: <{iri}> .\n" for name, iri in _SPACES.items())
    blocks = "\n".join(f"{_name(iri, base)} {{\n{_things(triples)}}}\n" for iri, triples in graphs)
    return f"{HEADER}@base <{base}> .\n{names}\n{blocks.replace(f'<{base}', '<')}"


def _things(triples: list[Triple]) -> str:
    about = {s: list(rows) for s, rows in groupby(sorted(triples), key=lambda row: row[0])}
    first = {subject: min(_chars(row[2]) for row in rows) for subject, rows in about.items()}
    blocks = sorted((_place(s), first[s], s.rstrip(">"), _thing(s, about[s])) for s in about)
    return "\n".join(block for *_, block in blocks)


def _place(subject: str) -> tuple[bool, tuple[int, int], int]:
    """Evidence after all else, in the order of the text; the rest by kind."""
    kind = subject.removeprefix(f"<{DEFAULT_BASE}").split("/")[0]
    return "#char=" in subject, _chars(subject), _ORDER.index(kind)


def _chars(text: str) -> tuple[int, int]:
    """The characters an IRI is about; past every text for anything else."""
    found = _CHARS.search(text)
    return (int(found[1]), int(found[2])) if found else (10**6, 0)


def _thing(subject: str, rows: list[Triple]) -> str:
    ordered = groupby(sorted(rows, key=_weight), key=lambda row: row[1])
    parts = [f"{_verb(name)} {', '.join(_term(row[2]) for row in same)}" for name, same in ordered]
    gap = " ; " if "#char=" in subject else " ;\n        "
    return f"    {_term(subject)} {gap.join(parts)} .\n"


def _weight(row: Triple) -> tuple[bool, bool, str, tuple[int, int], str]:
    _, name, thing = row
    return name != _TYPE, "vidence>" in name, name, _chars(thing), thing


def _verb(name: str) -> str:
    return "a" if name == _TYPE else _term(name)


def _term(text: str) -> str:
    if text.startswith("<"):
        return _name(text[1:-1])
    if bare := _BARE.fullmatch(text):
        return bare[1]
    if "\\n" in text:
        return f'"""{value(text)}"""'
    words, mark, kind = text.rpartition("^^")
    return f"{words}^^{_term(kind)}" if mark else text


def _name(iri: str, base: str = "") -> str:
    if iri == base:
        return "<>"
    for name, space in sorted(_SPACES.items(), key=lambda pair: -len(pair[1])):
        local = iri.removeprefix(space)
        if local != iri and _LOCAL.fullmatch(local):
            return f"{name}:{local.replace('/', chr(92) + '/')}"
    return f"<{iri}>"
