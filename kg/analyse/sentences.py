"""Sentence boundaries by rule, over tokens.

A sentence ends at a line break, and at ``. ! ? …`` with the quotes and brackets that close
there, when what follows can start a sentence. Abbreviations, initials and numbered items do
not end one; abbreviations that may ("U.S.", "Inc.", "p.m.") do when a word follows that starts
sentences. A quotation of several sentences is several sentences.
"""

import re
from typing import Final

from spacy.language import Language
from spacy.tokens import Doc, Token

from kg.analyse.tables import words

_LIST: Final = "sentences.tsv"
_BEFORE: Final = words(_LIST, "before")
_NUMBER: Final = words(_LIST, "number")
_EITHER: Final = words(_LIST, "either")
_STARTER: Final = words(_LIST, "starter")
_VERB: Final = words(_LIST, "verb")

_STOP: Final = re.compile(r"[.!?…‽。]+")
_LETTERS: Final = re.compile(r"(?:[^\W\d_]\.)+[^\W\d_]?")
_LINE_BREAK: Final = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")
_CLOSING: Final = frozenset("\"'”’»)]}") | {"''"}
_OPENING: Final = frozenset("\"'“‘«„([{") | {"``"}
_BULLET: Final = frozenset("•*·■▪●►")
_SPEAKER_WORDS: Final = 6


@Language.component("conflict_kg_sentences", assigns=["token.is_sent_start"])
def mark_sentences(doc: Doc) -> Doc:
    """The Doc with a sentence start set on or off for every token."""
    starts = set(sentence_starts(doc))
    for token in doc:
        token.is_sent_start = token.i in starts
    return doc


def sentence_starts(doc: Doc) -> list[int]:
    """Indices of the tokens that start a sentence; blanks belong to the sentence before."""
    starts = [0] if len(doc) else []
    ended = False
    seen = False
    for token in doc:
        if is_blank(token):
            ended = ended or bool(_LINE_BREAK.search(token.text))
            continue
        if ended and seen:
            starts.append(token.i)
        seen = True
        ended = _ends_after(doc, token.i)
    return starts


def is_blank(token: Token) -> bool:
    """Is there nothing to read in this token (white space, zero-width marks)?"""
    return bool(token.is_space) or not any(
        char.isprintable() and not char.isspace() for char in token.text
    )


def _ends_after(doc: Doc, index: int) -> bool:
    """Does a sentence end with this token, as far as words and marks tell?"""
    last = index
    while last > 0 and _closes(doc, last):
        last -= 1
    if _next_closes(doc, index):
        return False
    text = doc[last].text
    if _STOP.fullmatch(text):
        return _stop_ends(doc, last, index)
    if text.endswith(".") and len(text) > 1:
        return _abbreviation_ends(doc, last, index, text[:-1])
    return False


def _closes(doc: Doc, index: int) -> bool:
    """Is this token a quote or bracket that closes, glued to what stands before it?"""
    return (
        doc[index].text in _CLOSING
        and not doc[index - 1].whitespace_
        and not (is_blank(doc[index - 1]))
    )


def _next_closes(doc: Doc, index: int) -> bool:
    after = index + 1
    return after < len(doc) and (
        _closes(doc, after) or bool(not doc[index].whitespace_ and _STOP.fullmatch(doc[after].text))
    )


def _stop_ends(doc: Doc, stop: int, last: int) -> bool:
    text = doc[stop].text
    if text == ".":
        before = doc[stop - 1].text if stop and not doc[stop - 1].whitespace_ else ""
        if before in _NUMBER:
            return not _starts_with_digit(doc, last)
        if _is_abbreviation(before):
            return _abbreviation_ends(doc, stop, last, before)
        if before.isdigit() and len(before) <= 3 and _first_of_line(doc, stop - 1):
            return False
    if text.startswith(("...", "…")) and not _glued(doc, stop):
        return _next_word(doc, last) in _STARTER
    if last > stop and text[-1] in "!?" and _speaker_follows(doc, last):
        return False
    return _can_start(doc, last)


def _abbreviation_ends(doc: Doc, stop: int, last: int, word: str) -> bool:
    if word in _BEFORE and last == stop:
        return False
    if last > stop and word not in _BEFORE and not _single_letter(word):
        return _can_start(doc, last)
    if _is_abbreviation(word):
        return _next_word(doc, last) in _STARTER
    return _can_start(doc, last)


def _is_abbreviation(word: str) -> bool:
    return (
        word in _BEFORE or word in _EITHER or _single_letter(word) or bool(_LETTERS.fullmatch(word))
    )


def _single_letter(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def _glued(doc: Doc, index: int) -> bool:
    return index > 0 and not doc[index - 1].whitespace_ and not is_blank(doc[index - 1])


def _first_of_line(doc: Doc, index: int) -> bool:
    return index == 0 or is_blank(doc[index - 1])


def _following(doc: Doc, last: int) -> Token | None:
    """The next token that is not blank."""
    return next((token for token in doc[last + 1 :] if not is_blank(token)), None)


def _starts_with_digit(doc: Doc, last: int) -> bool:
    token = _following(doc, last)
    return token is not None and token.text[0].isdigit()


def _next_word(doc: Doc, last: int) -> str:
    """The next word, an opening quote or bracket before it passed over; '' at the end."""
    token = _following(doc, last)
    if token is not None and token.text in _OPENING:
        token = _following(doc, token.i)
    return "" if token is None else str(token.text)


def _can_start(doc: Doc, last: int) -> bool:
    """Can what follows start a sentence: a capital, a digit, an opening mark, a caseless letter?"""
    token = _following(doc, last)
    if token is None or token.text in _BULLET or token.text in _OPENING:
        return True
    first = token.text[0]
    if first.isalpha():
        return not first.islower()
    return first.isdigit() or first in "#$€£¥@"


def _speaker_follows(doc: Doc, last: int) -> bool:
    """Does the speaker of a quotation follow: capitalised words and a verb of saying?"""
    for token in doc[last + 1 : last + 1 + _SPEAKER_WORDS]:
        if token.text in _VERB:
            return True
        if not token.text[0].isupper() and token.text not in {"of", "the", "de", "al", "-"}:
            return False
    return False
