"""Direct speech: which quotations are the content of a cue, and which continue one."""

import re
from collections.abc import Iterable, Sequence
from typing import Final

from kg.extract import syntax
from kg.extract.actors.pronouns import is_first_person
from kg.extract.lexicon import cues
from kg.extract.quotations import Quotation, around, beside, is_caption, place
from kg.extract.statements.finds import Find, Reading
from kg.extract.tree import Word
from kg.model import Span

_BLOCK: Final = re.compile(r":[^\S\n]*\n\s*")
"""A colon at the end of a paragraph, up to the next one."""
SHORTEST: Final = 5
"""Words of a paragraph that stands for a quotation."""
CONTENT_WORDS: Final = frozenset({"VERB", "AUX", "NOUN", "ADJ"})
LONGEST_GAP: Final = 160
"""Characters that may stand between a quotation and its cue after it."""
LONGEST_TAIL: Final = 90
"""Characters that may stand between two quotations of one statement."""
EDGES: Final = " \u00a0\n”\"’'.,"
"""What may stand between a quotation's words and those around it."""


def direct(reading: Reading, verb: Word) -> list[Quotation]:
    """The quotations that are this cue's content: beside it, and long enough to be speech."""
    if around(reading.quotations, verb.idx) is not None:
        return []
    left, right = verb.sent.start_char, verb.sent.end_char
    near = [q for q in beside(reading.quotations, left, right) if q not in reading.claimed]
    own = [q for q in near if _belongs(reading, q, verb)] or block(reading, verb)
    return _chained(reading, own)


def block(reading: Reading, verb: Word) -> list[Quotation]:
    """ "She wrote on her page:", and in the next paragraph what she wrote."""
    text = reading.text
    gap = _BLOCK.search(text, verb.end, verb.sent.end_char + LONGEST_GAP)
    if gap is None or "." in text[verb.end : gap.start()]:
        return []
    taken = (c for c in verb.children if c.dep in {"ccomp", "parataxis"})
    if any(verb.i < c.i and c.idx < gap.start() for c in taken):
        return []
    behind = next(iter(beside(reading.quotations, gap.end(), gap.end() + 1)), None)
    if behind is not None and behind.outer.start == gap.end():
        return [behind] if behind not in reading.claimed else []
    return _unmarked(reading, gap.end())


def _unmarked(reading: Reading, start: int) -> list[Quotation]:
    """Sentences of a paragraph that stand for a quotation, its marks lost in print."""
    text = reading.text
    stop = text.find("\n", start)
    end = _told_again(reading, start, stop if stop >= 0 else len(text))
    line = text[start:end].rstrip()
    span = Span(start, start + len(line))
    whole = line[:1].isupper() and line.endswith((".", "!", "?")) and len(line.split()) >= SHORTEST
    return [Quotation(span, syntax.trim(text, span))] if whole else []


def answer(reading: Reading, verb: Word) -> list[Quotation]:
    """What a denial leads to: the denier's words, by their marks or where they speak of himself.

    Other words may be what is denied: "denied the report:", and in the next paragraph the report.
    """
    found = block(reading, verb)
    return [q for q in found if q in reading.quotations or _is_personal(reading, q)]


def _is_personal(reading: Reading, quotation: Quotation) -> bool:
    words = reading.tree.within(quotation.inner.start, quotation.inner.end)
    return any(is_first_person(word) for word in words)


def _told_again(reading: Reading, start: int, stop: int) -> int:
    """Where the article tells again what somebody says: "They also claimed …"; not behind "we"."""
    for sent in reading.tree.sentences(start, stop):
        words = reading.tree.of(sent)
        if any(is_first_person(word) for word in words):
            return stop
        telling = (word for word in words if word.pos == "VERB" and word.lemma in cues())
        told = any(verb.head is verb or syntax.child(verb, "nsubj") for verb in telling)
        if told and sent.start_char > start:
            return sent.start_char
    return stop


def _chained(reading: Reading, found: list[Quotation]) -> list[Quotation]:
    """With the paragraphs before and after that are one quotation with these."""
    listed = reading.quotations
    chain = list(found)
    if chain and chain[0] not in beside(listed, chain[0].outer.start, chain[0].outer.end):
        return chain
    while (
        chain and (at := place(listed, chain[0])) and _is_chain(reading, listed[at - 1], chain[0])
    ):
        chain.insert(0, listed[at - 1])
    while chain and (at := place(listed, chain[-1]) + 1) < len(listed):
        if not _is_chain(reading, chain[-1], listed[at]):
            break
        chain.append(listed[at])
    return chain


def _is_chain(reading: Reading, left: Quotation, right: Quotation) -> bool:
    gap = reading.text[left.outer.end : right.outer.start]
    near = not gap.strip() or is_caption(gap)
    return left.open_end and near and left not in reading.claimed


def _belongs(reading: Reading, quotation: Quotation, verb: Word) -> bool:
    if quotation.outer.start > verb.idx:
        return _follows(reading, quotation, verb)
    if quotation.outer.end <= verb.idx:
        return _precedes(reading, quotation, verb)
    return False


def _follows(reading: Reading, quotation: Quotation, verb: Word) -> bool:
    """ "She said: “…”": nothing but an addressee or a circumstance between them."""
    gap = reading.text[verb.end : quotation.outer.start]
    ends = gap.rstrip().endswith((":", ",")) or not gap.strip()
    if not ends or _is_stopped(reading, verb.end, gap) or _has_clause(reading, verb, quotation):
        return False
    if gap.strip().endswith((":", ",")):
        return True
    if not gap.strip() and quotation.outer.end > verb.sent.end_char:
        return True  # more than the sentence that it begins in
    return quotation.inner.of(reading.text)[:1].isupper() and quotation.words > 3


def _precedes(reading: Reading, quotation: Quotation, verb: Word) -> bool:
    """ "“…,” she said"."""
    text = reading.text
    gap = text[quotation.outer.end : verb.idx]
    ends = text[quotation.inner.end - 2 : quotation.outer.end] + gap[:2]
    if not any(mark in ends for mark in ",?!.—–…"):
        return False
    if verb.dep == "conj" and quotation.outer.end <= verb.head.idx:
        return False  # "“…” She left and said nothing"
    near = len(gap) < LONGEST_GAP and not _is_stopped(reading, quotation.outer.end, gap)
    return near and _opens_sentence(reading, quotation)


def _is_stopped(reading: Reading, start: int, gap: str) -> bool:
    """Whether a sentence ends inside a gap that begins at ``start``; not so behind "Mr."."""
    inside = gap.strip(EDGES)
    if "." not in inside:
        return False
    start += gap.index(inside)
    return any(word.text == "." for word in reading.tree.within(start, start + len(inside)))


def _has_clause(reading: Reading, verb: Word, quotation: Quotation) -> bool:
    """Whether indirect speech has begun between the cue and the quotation."""
    after = reading.tree.words[verb.i + 1 : verb.sent.end]
    gap = [t for t in after if t.idx < quotation.outer.start]
    return any(t.pos in {"VERB", "AUX"} or t.dep == "mark" for t in gap)


def _opens_sentence(reading: Reading, quotation: Quotation) -> bool:
    before = reading.text[: quotation.outer.start].rstrip(" \u00a0")
    if not before or before[-1] in '.!?\n”"’:':
        return True
    at = place(reading.quotations, quotation)
    previous = reading.quotations[at - 1] if at else None
    near = (
        previous is not None and "." not in reading.text[previous.outer.end : quotation.outer.start]
    )
    goes_on = near and previous in reading.claimed
    return goes_on or (quotation.inner.of(reading.text)[:1].isupper() and quotation.words > 3)


def heads(reading: Reading, quotations: Sequence[Quotation]) -> list[Word]:
    """The main words of the sentences inside quotations."""
    found: dict[Word, None] = {}
    start = min((quotation.inner.start for quotation in quotations), default=0)
    end = max((quotation.inner.end for quotation in quotations), default=0)
    for sent in reading.tree.sentences(start, end):
        for quotation in quotations:
            inner = quotation.inner
            if sent.start_char < inner.end and sent.end_char > inner.start:
                found.update(
                    (t, None) for t in mains(reading.tree.of(sent), inner.start, inner.end)
                )
    return list(found)


def mains(words: Iterable[Word], start: int, end: int) -> list[Word]:
    """The words inside ``[start, end)`` that hang on none inside it."""
    return [
        word
        for word in words
        if start <= word.idx < end
        and (word.head is word or (word.pos in CONTENT_WORDS and not start <= word.head.idx < end))
    ]


def follow_up(reading: Reading) -> None:
    """Give quotations of whole sentences after "…," she said to what they continue."""
    last: Quotation | None = None
    for quotation in reading.quotations:
        if quotation in reading.claimed:
            last = quotation
            continue
        if last is None or (quotation.words < 4 and not _is_whole(reading, quotation)):
            continue
        find = _goes_on(reading, quotation, last)
        if find is not None:
            last = quotation
            find.content.append(quotation.inner)
            find.heads.extend(heads(reading, [quotation]))
            reading.claimed[quotation] = find


def _is_whole(reading: Reading, quotation: Quotation) -> bool:
    """Words enough, or a short sentence of its own: "…," she said. "They never have." """
    if quotation.words > 3:
        return True
    words = quotation.inner.of(reading.text)
    ended = reading.text[quotation.inner.end : quotation.outer.end]
    return " " in words and any(mark in words[-1:] + ended for mark in ".?!")


def _goes_on(reading: Reading, quotation: Quotation, last: Quotation) -> Find | None:
    """The statement that this quotation continues: that of the last one before it."""
    find = reading.claimed[last]
    said_after = any(span.start > last.inner.start for span in find.content)
    edge = max(span.end for span in find.content) if said_after else last.outer.end
    gap = reading.text[max(edge, find.cue.end) : quotation.outer.start]
    if "\n" in gap and not last.open_end:
        return None
    whole = reading.text[quotation.outer.start :].lstrip('“"')[:1].isupper()
    start = quotation.outer.start - len(gap)
    short = len(gap.strip(EDGES)) < LONGEST_TAIL and not _is_stopped(reading, start, gap)
    return find if whole and short else None
