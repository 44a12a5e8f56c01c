"""Sources as an article lists them: 'Ada Lane. "Rebels leave Kesh" — Lake News, 3 June 2024'.

What a paper reports by its headline; the dash before its name is the cue, and behind the name
of who wrote it the quotation mark.
"""

import re
from collections.abc import Iterator
from typing import Final

from kg.extract.dates import touching
from kg.extract.lexicon import Cue
from kg.extract.quotations import Quotation
from kg.extract.statements import speech
from kg.extract.statements.finds import Find, Reading
from kg.extract.tree import Word
from kg.model import Span

LISTED: Final = Cue("listed", "clause", "report", False, "any")
AUTHOR: Final = 80
"""Characters that may stand before a headline in its line."""
_PAPER: Final = re.compile(r"\s*([—–―-])\s*([^,\n“”\"]{2,60}),\s*([^\n]{4,30}?)\s*(?:\n|\Z)")
_AUTHOR: Final = re.compile(r"[\W_]*(?:([^\W\d_][^\n.“”\"]{2,60})\.\s*)?\Z")


def read(reading: Reading) -> None:
    """Add what the papers report whose headlines a list of sources gives."""
    for quotation in reading.quotations:
        paper = _PAPER.match(reading.text, quotation.outer.end)
        if paper is None or not _is_dated(reading, Span(paper.start(3), paper.end(3))):
            continue
        author = _before(reading.text, quotation)
        if author is not None and _tells(reading, quotation):
            reading.finds.extend(_finds(reading, quotation, paper, author))


def _is_dated(reading: Reading, span: Span) -> bool:
    """Whether a date is all that stands there; "Sun" before it may look like its day."""
    dates = (date.span for date in touching(reading.dates, span.start, span.end))
    return any(one and one.start <= span.start and one.end == span.end for one in dates)


def _before(text: str, quotation: Quotation) -> Span | None:
    """The author before a headline, an empty span without one; None where more stands there."""
    start = max(0, quotation.outer.start - AUTHOR)
    line = text.rfind("\n", start, quotation.outer.start) + 1
    if not line and start:
        return None
    match = _AUTHOR.match(text, line, quotation.outer.start)
    return Span(*(match.span(1) if match[1] else (line, line))) if match else None


def _tells(reading: Reading, quotation: Quotation) -> bool:
    """Whether a headline says something: a mere title has no verb."""
    words = reading.tree.within(quotation.inner.start, quotation.inner.end)
    return any(word.pos == "VERB" for word in words)


def _finds(
    reading: Reading, quotation: Quotation, paper: re.Match[str], author: Span
) -> Iterator[Find]:
    tree = reading.tree
    beside = {
        paper.start(1): tree.root_of(paper.start(2), paper.end(2)),
        quotation.outer.start: _person(reading, author),
    }
    for at, source in beside.items():
        cue = tree.at(at)
        if cue is not None and source is not None:
            find = Find(cue, LISTED, source, [quotation.inner], quoted=True)
            find.heads = speech.heads(reading, [quotation])
            find.dated = Span(*paper.span(3))
            reading.claimed.setdefault(quotation, find)
            yield find


def _person(reading: Reading, author: Span) -> Word | None:
    """The one who wrote it: a person's name, and nothing beside it."""
    word = reading.tree.root_of(author.start, author.end)
    name = word.entity if word is not None else None
    known = name is not None and (name.start_char, name.end_char) == (author.start, author.end)
    return word if known and name is not None and name.label == "PERSON" else None
