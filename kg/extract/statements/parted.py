"""A denial and what is said besides: "The report is false, but we did fire" is two statements."""

from dataclasses import replace
from itertools import pairwise
from typing import Final

from kg.extract import negation, syntax
from kg.extract.actors.pronouns import is_first_person
from kg.extract.statements.acts import is_denial
from kg.extract.statements.finds import Find, Reading
from kg.extract.statements.spans import widen
from kg.extract.tree import Word
from kg.model import Span

CONTRAST: Final = frozenset({"but", "yet"})
PERFECT: Final = frozenset({"have", "'ve", "’ve"})


def read(reading: Reading) -> None:
    """Part what is said where one clause calls a claim untrue and the other does not."""
    for find in list(reading.finds):
        if not find.frame.neutral or find.part:
            continue
        link, following = _contrast(find), _sentence(find)
        if link is not None:
            cut = Span(link.idx, link.end)
            reading.finds.append(_behind(reading, find, cut, [link.head]))
        elif following is not None:
            spans = (span for span in find.content if span.start <= following.idx < span.end)
            start = max(following.sent.start_char, *(span.start for span in spans))
            reading.finds.append(_behind(reading, find, Span(start, start), []))


def _sentence(find: Find) -> Word | None:
    """The head of a sentence, where a denial and a deed of the speaker's own stand apart.

    “The reports are false. We shelled a depot.”
    """
    for before, behind in pairwise(find.heads if find.quoted else ()):
        apart = before.sent.index < behind.sent.index and find.says(behind.idx)
        for denial, deed in ((before, behind), (behind, before)):
            if apart and is_denial(denial) and _is_owned(deed):
                return behind
    return None


def _is_owned(deed: Word) -> bool:
    """Whether the speaker says to have done it: "we shelled it", not "we have never been there"."""
    subject = syntax.child(deed, "nsubj")
    past = deed.tag == "VBD" or (deed.tag == "VBN" and bool(syntax.auxiliaries(deed) & PERFECT))
    own = subject is not None and is_first_person(subject) and past
    return own and not (negation.negated(deed) or is_denial(deed))


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


def _behind(reading: Reading, find: Find, cut: Span, first: list[Word]) -> Find:
    """What is said behind a place in what is said, which keeps what stands before it."""
    behind = [Span(max(s.start, cut.end), s.end) for s in find.content if s.end > cut.end]
    rest = replace(
        find,
        content=[widen(reading, span) for span in behind],
        heads=[*first, *(head for head in find.heads if head.idx >= cut.end)],
        part=find.part + 1,
    )
    before = [Span(s.start, min(s.end, cut.start)) for s in find.content if s.start < cut.start]
    find.content = [widen(reading, span) for span in before]
    find.heads = [head for head in find.heads if head.idx < cut.start]
    return rest
