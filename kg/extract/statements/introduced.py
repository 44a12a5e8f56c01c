"""Quotations that a colon leads to, behind whoever speaks: 'She was blunt: "They lied."'."""

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import Cue
from kg.extract.quotations import Quotation
from kg.extract.statements import speech
from kg.extract.statements.finds import Find, Reading
from kg.extract.tree import Word
from kg.model import Span

LED: Final = Cue("led", "clause", "say", True, "any")
_COLON: Final = re.compile(r":\s*\Z|;[^\S\n]*\n\s*\Z")
_WHOLE: Final = re.compile(r"[.!?…][”\"’'»]*\Z")
FEWEST: Final = 3
"""Words of a quotation that is no title."""
Told = defaultdict[int, list[Find]]
"""Index of a sentence → the statements of its cues."""


def read(reading: Reading) -> None:
    """Add the quotations of whole sentences behind a colon that no reporting word has claimed."""
    told: Told = defaultdict(list)
    for find in reading.finds:
        told[find.cue.sent.index].append(find)
    for find in [find for find in reading.finds if find.frame.act == "deny"]:
        for quotation in speech.answer(reading, find.cue):
            _lead(reading, quotation, told)  # "denied the report:", and what he says of it
    for quotation in reading.quotations:
        if quotation not in reading.claimed and _is_sentence(reading, quotation):
            _lead(reading, quotation, told)


def _lead(reading: Reading, quotation: Quotation, told: Told) -> None:
    """Give a quotation to whoever speaks before the colon that leads to it, if one does."""
    before = reading.text[max(0, quotation.outer.start - 9) : quotation.outer.start]
    match = _COLON.search(before)
    at = quotation.outer.start - len(before) + match.start() if match else 0
    colon = reading.tree.at(at) if match else None
    beside = told[colon.sent.index] if colon is not None else []
    source = _source(reading, colon, beside) if colon is not None else None
    if colon is None or source is None or colon.i in reading.turns:
        return
    for other in beside:
        other.content = [_ended(reading, span, colon, quotation) for span in other.content]
    find = Find(colon, LED, source, [quotation.inner], quoted=True)
    find.heads = speech.heads(reading, [quotation])
    reading.claimed[quotation] = find
    reading.finds.append(find)
    beside.append(find)


def _ended(reading: Reading, span: Span, colon: Word, quotation: Quotation) -> Span:
    """ "Denied the claim: “…”": the claim ends at the colon."""
    runs_on = span.start < colon.idx and quotation.outer.start < span.end
    return syntax.trim(reading.text, Span(span.start, colon.idx)) if runs_on else span


def _is_sentence(reading: Reading, quotation: Quotation) -> bool:
    """Whether a quotation says something, and is no name or title."""
    words = reading.tree.within(quotation.inner.start, quotation.inner.end)
    verbs = any(word.pos in {"VERB", "AUX"} for word in words)
    ended = quotation.open_end or _WHOLE.search(quotation.outer.of(reading.text))
    return len(words) >= FEWEST and verbs and bool(ended)


def _source(reading: Reading, colon: Word, beside: Sequence[Find]) -> Word | None:
    """Who speaks before the colon already, or else the person whom the clause is about."""
    told = [f for f in beside if f.cue.i < colon.i]
    own = [f for f in told if f.source is not None and not any(o.says(f.cue.idx) for o in told)]
    if own:
        return own[-1].source
    words = [w for w in reading.tree.of(colon.sent) if w.i < colon.i and not w.is_space]
    subject = _subject(words[-1]) if words else None
    key = reading.cast.resolve(subject) if subject is not None and subject.i < colon.i else None
    person = key is not None and reading.cast.register.drafts[key].kind == "Person"
    return subject if person else None


def _subject(word: Word) -> Word | None:
    """The subject of the clause that a word ends."""
    for above in (word, *syntax.ancestors(word)):
        subject = syntax.child(above, "nsubj", "nsubj:pass")
        if subject is not None:
            return subject
    return None
