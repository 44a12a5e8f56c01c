"""A denial and what is said besides: "The report is false, but we did fire" is two statements."""

from dataclasses import replace
from typing import Final

from kg.extract import syntax
from kg.extract.statements.acts import is_denial
from kg.extract.statements.finds import Find, Reading
from kg.extract.statements.spans import widen
from kg.extract.tree import Word
from kg.model import Span

CONTRAST: Final = frozenset({"but", "yet"})


def read(reading: Reading) -> None:
    """Part what is said where one clause calls a claim untrue and the other does not."""
    for find in list(reading.finds):
        link = _contrast(find) if find.frame.neutral else None
        if link is not None and not find.part:
            reading.finds.append(_behind(reading, find, link))


def _contrast(find: Find) -> Word | None:
    """The "but" between a denial and another clause, both of which are said."""
    for head in find.heads:
        for other in syntax.children(head, "conj"):
            link = syntax.child(other, "cc")
            if link is None or link.lower not in CONTRAST or not find.says(link.idx):
                continue
            whole = syntax.child(other, *syntax.SUBJECTS) is not None
            if whole and is_denial(head) != is_denial(other):
                return link
    return None


def _behind(reading: Reading, find: Find, link: Word) -> Find:
    """What is said behind the "but", which is taken from what is said before it."""
    behind = [Span(max(s.start, link.end), s.end) for s in find.content if s.end > link.end]
    heads = [head for head in find.heads if head.i > link.i]
    rest = replace(
        find,
        content=[widen(reading, span) for span in behind],
        heads=[link.head, *heads],
        part=find.part + 1,
    )
    before = [Span(s.start, min(s.end, link.idx)) for s in find.content if s.start < link.idx]
    find.content = [widen(reading, span) for span in before]
    find.heads = [head for head in find.heads if head.i < link.i]
    return rest
