"""Whose paper a text is: under "Statement by the Ministry of Defence" "we" is the ministry."""

import re
from collections.abc import Iterator
from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import cues
from kg.extract.statements.finds import Reading
from kg.extract.tree import Word
from kg.model import Span

_HEADING: Final = re.compile(
    r"\s*(?:[A-Z][\w’'-]+ ){0,2}(?:statement|communiqu[ée]|declaration|press release|open letter)"
    r" (?:by|of|from) (?=[^\n]{3,120}(?:\n|\Z))",
    re.IGNORECASE,
)
_PAPER: Final = re.compile(
    r"\s*(?P<body>[^\n]{3,120})\n\s*(?:[A-Z][\w’'-]+ ){0,2}"
    r"(?:statement|communiqu[ée]|declaration|press release|open letter)\b"
    r"(?! (?:by|of|from) )(?P<rest>[^\n]{0,80})\n",
    re.IGNORECASE,
)
"""A line of its own, and in the next what kind of paper this is."""
OWN: Final = frozenset({"we", "i"})
VERBAL: Final = frozenset({"VERB", "AUX"})


def read(reading: Reading) -> None:
    """Give the first person of a text to whoever its heading says speaks in it.

    A headline with a verb ("Statement by the army draws criticism") is none, and what is quoted
    stays with whom it is quoted from, who is heard later.
    """
    heading = _HEADING.match(reading.text)
    end = reading.text.find("\n", heading.end()) if heading is not None else -1
    if heading is None:
        _read_head(reading)
    elif end >= 0 and (key := _named(reading, Span(heading.end(), end))) is not None:
        reading.cast.register.voices.add(key, list(_own(reading, key, end)))


def _read_head(reading: Reading) -> None:
    """ "GENERAL STAFF OF KESH", and under it "Communiqué No. 3": a body's own paper."""
    paper = _PAPER.match(reading.text)
    if paper is None or _has_verb(reading, Span(*paper.span("rest"))):
        return
    key = _named(reading, Span(*paper.span("body")))
    draft = reading.cast.register.drafts[key] if key is not None else None
    if draft is not None and draft.kind == "Organization" and draft.sector != "JRN":
        reading.cast.register.voices.add(draft.key, list(_own(reading, draft.key, paper.end())))


def _named(reading: Reading, line: Span) -> str | None:
    """The one whom the words of a line name; nobody where they tell something."""
    who = reading.tree.root_of(line.start, line.end)
    words = reading.tree.within(line.start, line.end)
    if who is None or _has_verb(reading, line):
        return None
    if any(word.dep == "conj" and word.head is who for word in words):
        return None  # of "France and Germany" no one of them is "we"
    key = reading.cast.resolve(who)
    known = key is not None and reading.cast.register.drafts[key].kind != "Document"
    return key if known else None


def _has_verb(reading: Reading, line: Span) -> bool:
    return any(word.pos in VERBAL for word in reading.tree.within(line.start, line.end))


def _own(reading: Reading, key: str, start: int) -> Iterator[Span]:
    """The stretches that are its own words, without what it hands on of another's.

    "A soldier confessed: I killed two boys": up to the end of the paragraph.
    """
    for colon in reading.tree.within(start, len(reading.text)):
        if colon.text == ":" and colon.idx >= start and _is_others(reading, key, colon):
            yield Span(start, colon.idx)
            end = reading.text.find("\n", colon.idx)
            start = end if end >= 0 else len(reading.text)
    yield Span(start, len(reading.text))


def _is_others(reading: Reading, key: str, colon: Word) -> bool:
    """Whether somebody else speaks behind a colon."""
    before = (w for w in reading.tree.of(colon.sent) if w.i < colon.i and w.lemma in cues())
    speakers = [who for verb in before if (who := syntax.subject(verb)) is not None]
    return any(who.lower not in OWN and reading.cast.resolve(who) != key for who in speakers)
