"""Proper names out of GUM's entity annotation.

GUM marks whole noun phrases ("the French president Ada Quill"). The name in one is the run of
proper nouns around its syntactic head, with the little words names are joined by; titles stand
outside the name of a person.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

_KINDS: Final = {"person": "PERSON", "organization": "ORG", "place": "LOC"}
_ENTITY: Final = re.compile(r"(?:^|\|)Entity=([^|]*)")
_BRACKET: Final = re.compile(r"\((?P<open>[^()]*)(?P<single>\))?|(?P<close>\d+)(?:\[[^\]]*\])?\)")
_JOINING: Final = frozenset({"-", "'", "’", "of", "the", "for", "and", "&", ".", "'s", "on"})
_JOINING_PERSONS: Final = frozenset({"-", "'", "’", "."})
_PARTING: Final = frozenset({"'s", "’s", "and"})
_TITLES: Final = frozenset(
    {"President", "Minister", "Prime", "Mr", "Mr.", "Mrs.", "Ms.", "Dr.", "Senator", "Ambassador"}
    | {"Professor", "Governor", "Judge", "General", "Sir"}
)


@dataclass(frozen=True, slots=True)
class _Span:
    """Words first to last (inclusive) that mention something of a kind."""

    first: int
    last: int
    kind: str


def gum_names(
    words: Sequence[str],
    upos: Sequence[str],
    xpos: Sequence[str],
    heads: Sequence[int],
    misc: Sequence[str],
) -> tuple[str, ...]:
    """BIO labels of the PERSON, ORG and LOC names of one sentence."""
    proper = [tag.startswith("NNP") or pos == "PROPN" for pos, tag in zip(upos, xpos, strict=True)]
    names = [
        name
        for mention in _mentions(misc)
        if (head := _head(mention, heads)) is not None and proper[head]
        for name in [_name(mention, head, words, proper)]
    ]
    return _labels(len(words), names)


def _mentions(misc: Sequence[str]) -> Iterator[_Span]:
    opened: dict[str, list[tuple[int, str]]] = {}
    for index, field in enumerate(misc):
        match = _ENTITY.search(field)
        for bracket in _BRACKET.finditer(match[1] if match else ""):
            if bracket["close"]:
                stack = opened.get(bracket["close"])
                if stack:
                    first, kind = stack.pop()
                    yield _Span(first, index, kind)
                continue
            key, kind = bracket["open"].split("-")[:2]
            if bracket["single"]:
                yield _Span(index, index, kind)
            else:
                opened.setdefault(key.partition("[")[0], []).append((index, kind))


def _head(mention: _Span, heads: Sequence[int]) -> int | None:
    """The word of a mention of a named kind whose head lies outside."""
    if mention.kind not in _KINDS:
        return None
    inside = range(mention.first, mention.last + 1)
    return next((word for word in inside if heads[word] - 1 not in inside), None)


def _name(mention: _Span, head: int, words: Sequence[str], proper: Sequence[bool]) -> _Span:
    """The run of proper nouns and joining words around the head."""
    first = last = head
    person = mention.kind == "person"
    joining = _JOINING_PERSONS if person else _JOINING
    while not person and first > mention.first and _may_join(first - 1, words, proper, _JOINING):
        first -= 1
    while last < mention.last and _may_join(last + 1, words, proper, joining):
        last += 1
    first, last = _trimmed(first, last, head, words, proper)
    while person and first < head and words[first] in _TITLES:
        first += 1
    return _Span(first, last, _KINDS[mention.kind])


def _may_join(
    index: int, words: Sequence[str], proper: Sequence[bool], joining: frozenset[str]
) -> bool:
    return proper[index] or words[index] in joining


def _trimmed(
    first: int, last: int, head: int, words: Sequence[str], proper: Sequence[bool]
) -> tuple[int, int]:
    """The run without joining words at its ends, and cut at "'s" and "and"."""
    before = [index for index in range(first, head) if words[index] in _PARTING]
    after = [index for index in range(head + 1, last + 1) if words[index] in _PARTING]
    first = before[-1] + 1 if before else first
    last = after[0] - 1 if after else last
    while first < head and not proper[first]:
        first += 1
    while last > head and not proper[last]:
        last -= 1
    return first, last


def _labels(count: int, names: Sequence[_Span]) -> tuple[str, ...]:
    """BIO labels; of overlapping names the longest, then the first, stays."""
    labels = ["O"] * count
    for name in sorted(names, key=lambda name: (name.first - name.last, name.first)):
        span = range(name.first, name.last + 1)
        if all(labels[index] == "O" for index in span):
            for index in span:
                labels[index] = f"{'B' if index == name.first else 'I'}-{name.kind}"
    return tuple(labels)
