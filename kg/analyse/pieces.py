"""Words to the arrays the model reads: word pieces and casing classes.

The encoder is uncased; the classes of this module give back what lower-casing loses. A sentence
is ``[CLS] pieces [SEP]``; a word is represented by its first and its last piece.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Final

import numpy as np
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer

Integers = NDArray[np.int64]

LIMIT: Final = 512
"""Pieces of one sentence, [CLS] and [SEP] included: the encoder has so many positions."""
WORD_LIMIT: Final = 24
"""Pieces of one word; what is longer is cut, for the model only."""
_READ: Final = 240
_GLUED: Final = 10
_MIXED: Final = 5
_ASCII: Final = str.maketrans("“”„‟«»‘’‚‛‐‑", '""""""\'\'\'\'--')


@dataclass(frozen=True, slots=True)
class Word:
    """One word as the model reads it: its piece ids (at least one) and its casing class."""

    pieces: tuple[int, ...]
    shape: int


@dataclass(frozen=True, slots=True)
class Encoded:
    """One sentence as the model reads it.

    ``pieces`` and ``shapes`` have one entry a piece, [CLS] and [SEP] included; ``first`` and
    ``last`` (positions of pieces) and ``word_shapes`` one a word.
    """

    pieces: Integers
    shapes: Integers
    first: Integers
    last: Integers
    word_shapes: Integers


class WordPieces:
    """The uncased word pieces of a vocabulary file, one piece a line."""

    def __init__(self, vocabulary: Path) -> None:
        self._tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        self._begin = int(self._tokenizer.token_to_id("[CLS]"))
        self._end = int(self._tokenizer.token_to_id("[SEP]"))
        self._unknown = int(self._tokenizer.token_to_id("[UNK]"))
        self.size = int(self._tokenizer.get_vocab_size())
        self.word = lru_cache(maxsize=1 << 16)(self._word)

    def encode(self, words: Sequence[Word], glued: Sequence[bool]) -> Encoded:
        """The inputs of one sentence; ``glued[i]``: no white space stands before word i."""
        shapes = [word.shape + _GLUED * stuck for word, stuck in zip(words, glued, strict=True)]
        lengths = [len(word.pieces) for word in words]
        first = np.cumsum([1, *lengths[:-1]])
        pieces = [piece for word in words for piece in word.pieces]
        return Encoded(
            pieces=np.array([self._begin, *pieces, self._end]),
            shapes=np.array([0, *np.repeat(shapes, lengths), 0]),
            first=first,
            last=first + np.array(lengths) - 1,
            word_shapes=np.array(shapes),
        )

    def _word(self, text: str) -> Word:
        plain = plain_word(text)[:_READ]
        ids = self._tokenizer.encode(plain, add_special_tokens=False).ids[:WORD_LIMIT]
        return Word(tuple(ids) or (self._unknown,), casing(plain))


def plain_word(text: str) -> str:
    """A word with typographic quotes and hyphens as the treebank writes them.

    >>> plain_word("“don’t”")
    '"don\\'t"'
    """
    return text.translate(_ASCII)


def casing(word: str) -> int:
    """The casing class of a word, 1 to 8.

    lower 1, Title 2, UPPER 3, one capital 4, mixed 5, digits 6, digits and more 7, no letters 8.

    >>> [casing(word) for word in ("war", "War", "UN", "A", "McKee", "12", "F-16", "—")]
    [1, 2, 3, 4, 5, 6, 7, 8]
    """
    if any(char.isdigit() for char in word):
        return 6 if word.isdigit() else 7
    upper = [char.isupper() for char in word if char.isalpha()]
    if not upper:
        return 8
    if not any(upper):
        return 1
    if all(upper):
        return 4 if len(upper) == 1 else 3
    return 2 if upper[0] and not any(upper[1:]) else _MIXED


def feed(batch: Sequence[Encoded]) -> dict[str, NDArray[np.generic]]:
    """The model's inputs for some sentences, by name, padded with zeros to the longest.

    ``ids``, ``shp`` and ``mask`` are [sentences, pieces]; ``first``, ``last`` and ``wshape``
    [sentences, words]; all int64 but the float mask, which is 1 where there is a piece.
    """
    return {
        "ids": _stack([one.pieces for one in batch]),
        "shp": _stack([one.shapes for one in batch]),
        "mask": _stack([np.ones_like(one.pieces) for one in batch]).astype(np.float32),
        "first": _stack([one.first for one in batch]),
        "last": _stack([one.last for one in batch]),
        "wshape": _stack([one.word_shapes for one in batch]),
    }


def _stack(rows: Sequence[Integers]) -> Integers:
    table = np.zeros((len(rows), max(map(len, rows))), np.int64)
    for index, row in enumerate(rows):
        table[index, : len(row)] = row
    return table
