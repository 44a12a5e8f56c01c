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
OWN: Final = frozenset({"we", "i"})
VERBAL: Final = frozenset({"VERB", "AUX"})


def read(reading: Reading) -> None:
    """Give the first person of a text to whoever its heading says speaks in it.

    A headline with a verb ("Statement by the army draws criticism") is none, and what is quoted
    stays with whom it is quoted from, who is heard later.
    """
    heading = _HEADING.match(reading.text)
    end = reading.text.find("\n", heading.end()) if heading is not None else -1
    if heading is None or end < 0:
        return
    words = reading.tree.within(heading.end(), end)
    who = reading.tree.root_of(heading.end(), end)
    if who is None or any(word.pos in VERBAL for word in words):
        return
    if any(word.dep == "conj" and word.head is who for word in words):
        return  # of "France and Germany" no one of them is "we"
    key = reading.cast.resolve(who)
    if key is not None and reading.cast.register.drafts[key].kind != "Document":
        reading.cast.register.voices.add(key, list(_own(reading, key, end)))


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
