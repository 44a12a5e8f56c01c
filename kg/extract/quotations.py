"""Quotation marks: which characters of a text are somebody's exact words."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg.extract.syntax import trim
from kg.model import Span

_MARKS: Final = re.compile(
    r"[“”„«»\"]|``|''|(?<!\w)[‘](?=\w)|(?<!\w)'(?=[A-Za-z“\"])|(?<=[,.!?…\w])[’'](?!\w)"
)
_ANY: Final = re.compile("[“”„«»\"`'‘’]")
"""What a mark opens with: a look that passes over the rest of the text quickly."""
_OPEN: Final = frozenset("“„«‘")
_CLOSE: Final = frozenset("”»’")
_PAIRS: Final = {"“": '”"', "„": "“”", "«": "»", "‘": "’", "'": "'", "``": "''", '"': '"'}
_MISTAKEN: Final = frozenset("“„")
"""Marks that open; some put them at the end of what a straight mark has opened."""
_SINGLE: Final = frozenset("‘'")
# "They said, 'Leave,'": a quotation inside another keeps both its marks.
_INNER_START: Final = re.compile(r"(?<!\w)['‘](?=\w)")
_INNER_END: Final = re.compile(r"[,.!?]?['’]")
# A caption with its credit, as it may stand between two paragraphs of one quotation.
_CAPTION: Final = re.compile(
    r"\s*\n[^\n“\"]{1,400}\b(?:Image|Photo|Picture|Credit)\b[:;/][^\n“\"]{1,80}\n\s*"
)
_PARAGRAPH: Final = re.compile(r"\n\s*\n|\n")
# "The soldiers’ base": a plural's possessive, where a later mark closes the quotation.
_POSSESSIVE: Final = re.compile(r"(?<=s)[’']\s+[a-z]")


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

    >>> text = 'He said: "No." Then “yes, yes.” She said ‘the soldiers’ base.’'
    >>> [quotation.inner.of(text) for quotation in find(text)]
    ['No', 'yes, yes', 'the soldiers’ base']
    >>> text = "“They said, ‘Leave,’” she said."
    >>> find(text)[0].inner.of(text)
    'They said, ‘Leave,’'
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
    for match in _marks(text, start, end):
        at, mark = match.start(), match.group()
        if opened is None:
            if _opens(text, at, match.end(), mark):
                opened = (at, mark)
        elif mark in _PAIRS[opened[1]]:
            if not _is_possessive(text, at, end, mark):
                found.append(_quotation(text, opened[0], match.end()))
                opened = None
        elif mark in _OPEN and mark == opened[1]:
            opened = (at, mark)
        elif mark in _MISTAKEN and opened[1] == '"' and _ends(text, at, match.end()):
            inner = trim(text, Span(opened[0], at))
            found.append(Quotation(Span(opened[0], match.end()), inner))
            opened = None
    if opened is not None and _goes_on(text, start, end, opened):
        found.append(_quotation(text, opened[0], end, open_end=True))
    return [quotation for quotation in found if quotation.inner.end > quotation.inner.start]


def _marks(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """The marks in a stretch of text, in order."""
    for near in _ANY.finditer(text, start, end):
        match = _MARKS.match(text, near.start(), end) if near.start() >= start else None
        if match is not None:
            yield match
            start = match.end()


def _ends(text: str, start: int, end: int) -> bool:
    """Whether a mark stands as one that closes: behind a sentence, and nothing written to it."""
    return text[start - 1] in ",.!?…" and (end == len(text) or not text[end].isalnum())


def _opens(text: str, start: int, end: int, mark: str) -> bool:
    if mark in _OPEN or mark == "``":
        return True
    if mark in _CLOSE or mark == "''":
        return False
    followed = end < len(text) and not text[end].isspace()
    return followed and (start == 0 or not text[start - 1].isalnum())


def _is_possessive(text: str, at: int, end: int, mark: str) -> bool:
    """Whether a single mark is an apostrophe, since a later one closes the quotation."""
    if mark not in "’'" or not _POSSESSIVE.match(text, at):
        return False
    later = next((m for m in _marks(text, at + 1, end) if m.group() in "’'‘"), None)
    return later is not None and not _opens(text, later.start(), later.end(), later.group())


def _goes_on(text: str, start: int, end: int, opened: tuple[int, str]) -> bool:
    """Whether a quotation that its paragraph does not close is one: the next paragraph goes on.

    One that opens its paragraph need not be gone on with: newspapers forget the last mark.
    """
    at, mark = opened
    if text[end:].lstrip().startswith(mark):
        return True
    caption = _CAPTION.match(text, end)
    if caption is not None and text.startswith(mark, caption.end()):
        return True
    return mark not in _SINGLE and not text[start:at].strip()


def _quotation(text: str, start: int, end: int, *, open_end: bool = False) -> Quotation:
    inner = trim(text, Span(start, end))
    closing = _INNER_END.match(text, inner.end, end) if text[start] not in _SINGLE else None
    if closing is not None and _INNER_START.search(text, inner.start, inner.end):
        inner = Span(inner.start, closing.end())
    return Quotation(Span(start, end), inner, open_end)


def is_caption(gap: str) -> bool:
    """Whether the words between two paragraphs are a caption with its credit."""
    return _CAPTION.fullmatch(gap) is not None


def around(quotations: Sequence[Quotation], offset: int) -> Quotation | None:
    """The quotation that a character stands in, if any; they stand in order and apart."""
    found = beside(quotations, offset, offset + 1)
    return found[0] if found else None


def beside(quotations: Sequence[Quotation], start: int, end: int) -> Sequence[Quotation]:
    """The quotations that share a character with ``[start, end)``."""
    first = bisect_right(quotations, start, key=lambda one: one.outer.end)
    return quotations[first : bisect_left(quotations, end, key=lambda one: one.outer.start)]


def place(quotations: Sequence[Quotation], one: Quotation) -> int:
    """Where a quotation stands among those of its text."""
    return bisect_left(quotations, one.outer.start, key=lambda other: other.outer.start)
