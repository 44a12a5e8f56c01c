"""Sentence boundaries by rule, over tokens.

A sentence ends at a line break (but for those that only fill the lines of hard-wrapped text), and
at ``. ! ? …`` with the quotes, brackets and reference marks that close there, when what follows
can start a sentence. Abbreviations, initials and numbered items do not end one; abbreviations that
may ("U.S.", "Inc.", "p.m.") do when a word follows that starts sentences. A quotation of several
sentences is several sentences. A dateline ("KYIV, Ukraine (AP) —") is one by itself, as in the
treebank, and so is a label in brackets behind it ("[Text]").
"""

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import Final, cast

import numpy as np
from spacy.attrs import SENT_START
from spacy.language import Language
from spacy.tokens import Doc, Token
from thinc.types import Ints2d

from kg.analyse.tables import words

SENTENCES: Final = "conflict_kg_sentences"
_LIST: Final = "sentences.tsv"
_BEFORE: Final = words(_LIST, "before")
_NUMBER: Final = words(_LIST, "number")
_EITHER: Final = words(_LIST, "either")
_STARTER: Final = words(_LIST, "starter")
_VERB: Final = words(_LIST, "verb")
_MONTH: Final = words(_LIST, "month")

_STOP: Final = re.compile(r"[.!?…‽。]+")
_ELLIPSIS: Final = re.compile(r"…+|\.{2,}")
_LETTERS: Final = re.compile(r"[A-Z]|(?:[^\W\d_]\.)+[^\W\d_]?")
_LINE_BREAK: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_WRAP: Final = re.compile(r"[^\S\n\r]*\r?\n[^\S\n\r]*")
_WRAPPED_LINES: Final = 3
_WRAPPED_SHARE: Final = 0.4
_CLOSING: Final = frozenset("\"'”’»)]}") | {"''"}
_OPENING: Final = frozenset("\"'“‘«„") | {"``"}
_BRACKETS: Final = frozenset("([{")
_BULLET: Final = frozenset("•*·■▪●►")
_INSIDE_NAMES: Final = frozenset({"of", "the", "de", "al", "-"})
_DASHES: Final = frozenset({"-", "--", "–", "—"})
_SPEAKER_WORDS: Final = 6
_DATELINE_WORDS: Final = 20
_START: Final = 1
_INSIDE: Final = (1 << 64) - 1
"""spaCy's -1: no sentence starts at this token."""
_LABEL_WORDS: Final = 8


@Language.component(SENTENCES, assigns=["token.is_sent_start"])
def mark_sentences(doc: Doc) -> Doc:
    """The Doc with a sentence start set on or off for every token."""
    starts = sentence_starts(doc)
    marks = np.full((len(doc), 1), _INSIDE, dtype=np.uint64)
    marks[sorted(starts)] = _START
    if len(doc):  # at once: set one by one, spaCy looks through the whole Doc each time
        doc.from_array([SENT_START], cast("Ints2d", marks))
    return doc


def sentence_starts(doc: Doc) -> frozenset[int]:
    """Indices of the tokens that start a sentence; blanks belong to the sentence before."""
    readable = [token for token in doc if not is_blank(token.text)]
    stream = _Words(doc, readable)
    starts = {readable[index].i for index in stream.starts()}
    return frozenset(starts | {0} if len(doc) else ())


@lru_cache(maxsize=1 << 14)
def is_blank(text: str) -> bool:
    """Is there nothing to read in this token (white space, zero-width marks)?"""
    return not text.isalnum() and all(char.isspace() or not char.isprintable() for char in text)


class _Words:
    """The readable words of a Doc, with what stands between them."""

    def __init__(self, doc: Doc, readable: Sequence[Token]) -> None:
        self.words = [token.text for token in readable]
        text = doc.text
        starts = [token.idx for token in readable]
        ends = [start + len(word) for start, word in zip(starts, self.words, strict=True)]
        gaps = [text[end:start] for end, start in zip(ends, starts[1:], strict=False)]
        self.glued = [False, *(not gap for gap in gaps)]
        self.broken = [True, *(bool(_LINE_BREAK.search(gap)) for gap in gaps)]
        self.referring = "[" in self.words
        wraps = [index for index, gap in enumerate(gaps, 1) if _WRAP.fullmatch(gap)]
        if self._hard_wrapped(wraps):
            for index in wraps:
                self.broken[index] = False

    def _hard_wrapped(self, wraps: Sequence[int]) -> bool:
        """Do single line breaks only fill lines? Many are then followed by a small letter."""
        small = sum(self.words[index][0].islower() for index in wraps)
        return small >= _WRAPPED_LINES and small >= len(wraps) * _WRAPPED_SHARE

    def starts(self) -> Iterator[int]:
        """The indices of the words that start a sentence, but for the first."""
        for index in range(1, len(self.words)):
            if self._in_reference(index):
                if self.broken[index]:
                    yield index
                continue
            opened = self._after_dateline(index) or self._after_label(index)
            if self.broken[index] or self._ends_before(index) or opened:
                yield index

    def _ends_before(self, index: int) -> bool:
        """Does a sentence end before this word, as far as words and marks tell?"""
        last = index - 1
        while last > 2 and self.words[last] == "]" and self._in_reference(last):
            last -= 3
        if self._closes(index) or (self.glued[index] and _STOP.fullmatch(self.words[index])):
            return False
        stop = last
        while stop > 0 and self._closes(stop):
            stop -= 1
        return self._stop_ends(stop, closed=stop < last, following=index)

    def _after_dateline(self, index: int) -> bool:
        """Is all of the line before this word a dateline, and the line a sentence or more?"""
        if self.words[index - 1] not in _DASHES or not self._can_start(index):
            return False
        if self.glued[index] and self.glued[index - 1]:
            return False  # the hyphen of "NATO Secretary-General"
        first = max(0, index - 1 - _DATELINE_WORDS)
        start = next((i for i in range(index - 1, first - 1, -1) if self.broken[i]), index)
        line = self.words[start : index - 1]
        if not line or not line[0][0].isupper():
            return False
        if any(word[0].islower() for word in line):
            return False
        dated = line[-1] == ")" or _is_capitals(line[0]) or not _MONTH.isdisjoint(line)
        return dated and self._line_stops(index)

    def _after_label(self, index: int) -> bool:
        """Is all before this word, back to a dateline or a line's start, labels: "[Text]"?"""
        if self.words[index - 1] != "]" or not self._can_start(index):
            return False
        for at in range(index - 2, max(index - _LABEL_WORDS, -1), -1):
            if self.words[at] == "[":
                return self.broken[at] or self._after_dateline(at) or self._after_label(at)
        return False

    def _line_stops(self, index: int) -> bool:
        """Does the line of this word end as sentences do?"""
        end = index
        while end + 1 < len(self.words) and not self.broken[end + 1]:
            end += 1
        while end > index and self._closes(end):
            end -= 1
        return self.words[end][-1] in ".!?…"

    def _closes(self, index: int) -> bool:
        """Is this word a quote or bracket that closes, glued to what stands before it?"""
        return self.words[index] in _CLOSING and self.glued[index]

    def _in_reference(self, index: int) -> bool:
        """Is this word part of a mark such as [12], which belongs to the sentence before?"""
        if not self.referring:
            return False
        for start in range(max(index - 2, 0), index + 1):
            bracket, number, end = (*self.words[start : start + 3], "", "", "")[:3]
            if bracket == "[" and end == "]" and number.isdigit():
                return True
        return False

    def _stop_ends(self, stop: int, *, closed: bool, following: int) -> bool:
        mark = self.words[stop]
        word = self._word_before_dot(stop)
        if word:
            return self._dot_ends(stop, word, closed=closed, following=following)
        if not _STOP.fullmatch(mark):
            return False
        if _ELLIPSIS.fullmatch(mark) and not self.glued[stop]:
            return self._starter(following)
        if closed and mark[-1] in "!?" and self._speaker(following):
            return False
        return self._can_start(following)

    def _word_before_dot(self, stop: int) -> str:
        """The word that ends in this single full stop, as part of its token or glued to it."""
        mark = self.words[stop]
        if mark == ".":
            return self.words[stop - 1] if self.glued[stop] else ""
        return mark[:-1] if mark.endswith(".") and not _STOP.fullmatch(mark) else ""

    def _dot_ends(self, stop: int, word: str, *, closed: bool, following: int) -> bool:
        if word in _NUMBER:
            return self._can_start(following) and not self.words[following][0].isdigit()
        if word in _BEFORE and not closed:
            return False
        if word.isdigit() and len(word) <= 3 and self.broken[stop - 1]:
            return False
        if _LETTERS.fullmatch(word) or (word in _BEFORE | _EITHER and not closed):
            return self._starter(following)
        return self._can_start(following)

    def _starter(self, index: int) -> bool:
        """Is this, or what stands after its opening mark, a word that starts sentences?"""
        if self.words[index] in _OPENING | _BRACKETS:
            index += 1
        return index < len(self.words) and self.words[index] in _STARTER

    def _can_start(self, index: int) -> bool:
        """Can a sentence start here: capital, digit, opening quote, bullet, caseless letter?"""
        word = self.words[index]
        if word in _BRACKETS:
            return self.words[index + 1 : index + 2] != [] and self.words[index + 1][0].isupper()
        if word in _OPENING or word in _BULLET:
            return True
        return (
            (word[0].isalpha() and not word[0].islower()) or word[0].isdigit() or word[0] in "$€£¥"
        )

    def _speaker(self, index: int) -> bool:
        """Does the speaker of a quotation follow: capitalised words and a verb of saying?"""
        for word in self.words[index : index + _SPEAKER_WORDS]:
            if word in _VERB:
                return True
            if not word[0].isupper() and word not in _INSIDE_NAMES:
                return False
        return False


def _is_capitals(word: str) -> bool:
    return len(word) > 2 and word.isupper()
