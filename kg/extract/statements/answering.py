"""What answers to what was said before: "…, which the ministry denies", "the police deny this"."""

from bisect import bisect_left
from typing import Final

from kg.extract import syntax
from kg.extract.statements.finds import Find, Reading
from kg.extract.statements.spans import widen
from kg.extract.stretches import Stretches
from kg.model import Span

NAMED: Final = "np="
"""How the frames of "issued a denial" begin."""
NEAR: Final = 3
"""Sentences back among which a claim that a bare denial answers must be the only one."""


def settle(reading: Reading) -> None:
    """Part statements that the tree hangs one on the other, and give answers what they answer.

    What somebody else says of a claim ("…, a claim the ministry denied") is no part of the
    claim, but is about it.
    """
    contents: Stretches[Find] = Stretches()
    places = {find: place for place, find in enumerate(reading.finds)}
    for find in reading.finds:
        contents.add(find, find.content)
    for find in reading.finds:
        held = set(contents.at(find.cut)) - {find} if find.cut is not None else ()
        for other in sorted(held, key=places.__getitem__):
            if find.cut is not None and _cut(reading, other, find.cut):
                find.refers = other if find.aside else None
                contents.add(other, other.content)
        if find.aside and find.refers is None:
            find.refers = _claim_before(reading, find)
        if find.frame.frame.startswith(NAMED) and not _is_meant(reading, find):
            find.refers, find.aside = None, False  # a denial of nothing that is told
        _give_to_accused(reading, find)
        if find.aside and not find.content:
            find.content = list(find.refers.content) if find.refers else _told_before(reading, find)
            contents.add(find, find.content)


def _is_meant(reading: Reading, find: Find) -> bool:
    """Whether "issued a denial" answers the claim before: it is of the denier, or the only one."""
    claim, source = find.refers, find.source
    if not find.aside:
        return True
    if claim is None or source is None:
        return False
    own = reading.cast.resolve(source)
    if claim.target is not None and own == reading.cast.resolve(claim.target):
        return True
    first = find.cue.sent.index - NEAR
    return not any(
        other is not claim and first <= other.cue.sent.index and other.cue.i < find.cue.i
        for other in reading.finds
    )


def _give_to_accused(reading: Reading, find: Find) -> None:
    """ "The army blamed the rebels, a charge they deny": not the army, whose charge it is."""
    charge, source = find.refers, find.source
    if charge is None or source is None or charge.source is None or charge.target is None:
        return
    own = reading.cast.resolve(charge.source)
    answers = (find.frame.act, charge.frame.act) == ("deny", "accuse")
    if answers and source.pos == "PRON" and own == reading.cast.resolve(source):
        reading.cast.register.at[source.i] = reading.cast.resolve(charge.target)


def _claim_before(reading: Reading, find: Find) -> Find | None:
    """The last statement before an answer: of its sentence, or where it points back of the last."""
    reach = 0 if find.content or find.cut is not None else 1
    at = bisect_left(reading.finds, find.cue.i, key=lambda one: one.cue.i)
    while at > 0:
        at -= 1
        other = reading.finds[at]
        if find.cue.sent.index - other.cue.sent.index > reach:
            return None
        if other.says(find.cue.idx) and find.cut is None and find.cue.dep != "acl:relcl":
            continue  # but "the rebels, who deny it, shelled the town"
        return other
    return None


def _told_before(reading: Reading, find: Find) -> list[Span]:
    """What the article itself tells right before: the clause, or else the sentence."""
    sent = find.cue.sent
    if find.cut is not None:
        return _clause_before(reading, find, find.cut)
    if sent.index == 0:
        return []
    last = reading.tree.sents[sent.index - 1]
    gap = reading.text[last.end_char : sent.start_char]
    told = last.index not in reading.tree.quiet and "\n\n" not in gap
    return [widen(reading, Span(last.start_char, last.end_char))] if told else []


def _clause_before(reading: Reading, find: Find, cut: int) -> list[Span]:
    """ "They used mines, which the army denies": all of it; without a comma the noun alone."""
    noun = find.cue.head
    if reading.text[:cut].rstrip().endswith((",", "–", "—", "-")):
        return [widen(reading, Span(find.cue.sent.start_char, cut))]
    return [syntax.char_span(syntax.phrase(noun))] if noun.pos in {"NOUN", "PROPN"} else []


def _cut(reading: Reading, find: Find, cut: int) -> bool:
    """Whether this content went on beyond the cut, and was ended there."""
    for at, span in enumerate(find.content):
        if at and span.start == cut:
            find.content = find.content[:at]  # "it fell, she said, which they deny"
            return True
        if span.start < cut < span.end:
            find.content[at] = widen(reading, Span(span.start, cut))
            return True
    return False
