"""Interviews: who asks whom, and which paragraphs answer where nobody is named before them."""

import re
from itertools import pairwise
from typing import Final

from kg.extract import syntax
from kg.extract.actors.pronouns import is_first_person
from kg.extract.statements.finds import Reading
from kg.extract.tree import Word
from kg.model import Span

INTRODUCING: Final = 14
"""Sentences at the start of a text that may say who is interviewed."""
FEWEST: Final = 3
"""Questions that make an interview."""
LONGEST: Final = 500
"""Characters of a question."""
WITH: Final = frozenset({"with", "to"})
TALKING: Final = frozenset({"speak", "talk", "sit", "meet", "chat"})
_PARAGRAPH: Final = re.compile(r"[^\n]+")
_FIRST_PERSON: Final = re.compile(r"\b(?:I|[Ww]e|[Mm]y|[Oo]ur|I['’]m)\b")

Parties = tuple[str | None, str | None]


def parties(reading: Reading, first: int) -> Parties:
    """(who asks, who answers) in an interview, as its opening tells; None where it does not.

    ``first``: the character at which the first question or answer begins.
    """
    heading = _guest_of_heading(reading) if first else None
    opening = [sent for sent in reading.tree.sents[:INTRODUCING] if sent.start_char < first]
    told = [_parties_of(reading, word, heading) for s in opening for word in reading.tree.of(s)]
    pairs = [pair for pair in told if pair is not None]
    if not pairs:
        return None, heading if heading and is_headed(_heading(reading)) else None
    guest = pairs[0][1]
    asker = syntax.first(who for who, other in pairs if who is not None and other == guest)
    return asker, guest


def exchange(text: str) -> tuple[list[Span], list[Span]]:
    """The questions of a text and what answers them; none where it is no interview.

    >>> text = "Who won?\\nWe did.\\nHow?\\nI ran.\\nWhy?\\nI had to."
    >>> [[span.of(text) for span in side] for side in exchange(text)]
    [['Who won?', 'How?', 'Why?'], ['We did.', 'I ran.', 'I had to.']]
    """
    paragraphs = [Span(m.start(), m.end()) for m in _PARAGRAPH.finditer(text) if m[0].strip()]
    headed = bool(paragraphs) and is_headed(paragraphs[0].of(text))
    lines = [span.of(text) for span in paragraphs]
    asked = [
        n
        for n, (line, after) in enumerate(pairwise([*lines, ""]))
        if _asks(line) or (headed and n and _addresses(line, after))
    ]
    found = [
        Span(paragraphs[at + 1].start, paragraphs[after - 1].end)
        for at, after in pairwise([*asked, len(paragraphs)])
        if after > at + 1
    ]
    personal = [span for span in found if _FIRST_PERSON.search(span.of(text))]
    enough = len(found) >= (FEWEST if not headed else FEWEST - 1)
    if not enough or len(personal) * 2 <= len(found):
        return [], []
    return [paragraphs[at] for at in asked], found


def is_headed(line: str) -> bool:
    """Whether a heading calls its text an interview."""
    return "interview" in line.lower() or "Q&A" in line


def _addresses(paragraph: str, after: str) -> bool:
    """Whether a paragraph speaks to somebody, who answers at greater length."""
    spoken = len(paragraph) < LONGEST and re.search(r"\b[Yy]ou\b", paragraph)
    return bool(spoken) and len(after) > 2 * len(paragraph)


def _asks(paragraph: str) -> bool:
    return len(paragraph) < LONGEST and paragraph.rstrip().endswith("?")


def _heading(reading: Reading) -> str:
    return reading.text.lstrip().partition("\n")[0]


def _guest_of_heading(reading: Reading) -> str | None:
    """The one person whom the heading names."""
    end = reading.text.find(_heading(reading)) + len(_heading(reading))
    words = reading.tree.words
    people = {key for at, key in reading.cast.register.persons if words[at].idx < end}
    return people.pop() if len(people) == 1 else None


def _parties_of(reading: Reading, word: Word, heading: str | None) -> Parties | None:
    """ "The Post spoke to Ada Lane", "an interview with Ada Lane", "Ada Lane was interviewed"."""
    if word.lemma == "interview" and word.pos == "VERB":
        pair = _doer(word), _done_to(word)
    elif word.lemma == "interview":
        pair = None, _behind(word)
    elif word.lemma in TALKING and word.pos == "VERB":
        pair = syntax.subject(word), _behind(word)
    else:
        return None
    return _guest_first(reading, pair, heading)


def _doer(verb: Word) -> Word | None:
    return syntax.agent(verb) if syntax.is_passive(verb) else syntax.subject(verb)


def _done_to(verb: Word) -> Word | None:
    return syntax.subject(verb) if syntax.is_passive(verb) else syntax.first(syntax.objects(verb))


def _behind(word: Word) -> Word | None:
    found = (c for c in syntax.children(word, "obl", "nmod") if syntax.case_of(c) in WITH)
    return syntax.first(found)


def _guest_first(
    reading: Reading, pair: tuple[Word | None, Word | None], heading: str | None
) -> Parties | None:
    """Who of the two is the guest: the one person, or the one whom the heading names."""
    left, right = (_key(reading, word) for word in pair)
    for guest, other in ((right, left), (left, right)):
        if guest is None or not _is_person(reading, guest):
            continue
        if heading == guest or (heading is None and not (other and _is_person(reading, other))):
            return other, guest
    return None


def _key(reading: Reading, word: Word | None) -> str | None:
    if word is None or is_first_person(word):
        return None
    return reading.cast.resolve(word)


def _is_person(reading: Reading, key: str) -> bool:
    return reading.cast.register.drafts[key].kind == "Person"
