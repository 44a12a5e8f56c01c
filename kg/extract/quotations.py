"""Quotation marks: which characters of a text are somebody's exact words."""

import re
from dataclasses import dataclass
from typing import Final

from kg.extract.syntax import trim
from kg.model import Span

_MARKS: Final = re.compile(r"[“”„«»\"]|``|''|(?<!\w)[‘](?=\w)|(?<=[,.!?\w])’(?!\w)")
_OPEN: Final = frozenset("“„«‘")
_CLOSE: Final = frozenset("”»’")
_PARAGRAPH: Final = re.compile(r"\n\s*\n|\n")


@dataclass(frozen=True, slots=True)
class Quotation:
    """One quotation: ``outer`` with its marks, ``inner`` the words.

    ``open_end``: the paragraph ended without a closing mark, so the next one goes on.
    """

    outer: Span
    inner: Span
    open_end: bool = False

    @property
    def words(self) -> int:
        """A rough length, to tell a sentence from a borrowed phrase."""
        return (self.inner.end - self.inner.start) // 6 + 1


def find(text: str) -> tuple[Quotation, ...]:
    """The quotations of a text, in order; none crosses a paragraph.

    >>> text = 'He said: "No." Then “yes, yes.”'
    >>> [quotation.inner.of(text) for quotation in find(text)]
    ['No', 'yes, yes']
    """
    found: list[Quotation] = []
    start = 0
    for end in [*(match.start() for match in _PARAGRAPH.finditer(text)), len(text)]:
        found.extend(_in_paragraph(text, start, end))
        start = end
    return tuple(found)


def _in_paragraph(text: str, start: int, end: int) -> list[Quotation]:
    found: list[Quotation] = []
    opened: tuple[int, str] | None = None
    for match in _MARKS.finditer(text, start, end):
        mark = match.group()
        if opened is None:
            if _opens(text, match.start(), match.end(), mark):
                opened = (match.start(), mark)
        elif _closes(opened[1], mark):
            found.append(_quotation(text, opened[0], match.end()))
            opened = None
        elif mark in _OPEN and mark == opened[1]:
            opened = (match.start(), mark)
    if opened is not None and opened[1] != "‘" and not text[start : opened[0]].strip():
        found.append(_quotation(text, opened[0], end, open_end=True))
    return [quotation for quotation in found if quotation.inner.end > quotation.inner.start]


def _opens(text: str, start: int, end: int, mark: str) -> bool:
    if mark in _OPEN or mark == "``":
        return True
    if mark in _CLOSE or mark == "''":
        return False
    followed = end < len(text) and not text[end].isspace()
    return followed and (start == 0 or not text[start - 1].isalnum())


def _closes(opening: str, mark: str) -> bool:
    pairs = {"“": '”"', "„": "“”", "«": "»", "‘": "’", "``": "''", '"': '"”'}
    return mark in pairs.get(opening, "")


def _quotation(text: str, start: int, end: int, *, open_end: bool = False) -> Quotation:
    inner = trim(text, Span(start, end))
    return Quotation(Span(start, end), inner, open_end)


def around(quotations: tuple[Quotation, ...], offset: int) -> Quotation | None:
    """The quotation that a character stands in, if any."""
    for quotation in quotations:
        if quotation.outer.start <= offset < quotation.outer.end:
            return quotation
    return None
