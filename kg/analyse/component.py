"""The spaCy component that fills a tokenised Doc from the model.

Blank tokens (white space, zero-width marks) never reach the model: they hang on the word before
them (the word after, at the start) with ``pos_`` SPACE and ``dep_`` ``space``.
"""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Final, NamedTuple, cast

import numpy as np
from numpy.typing import NDArray
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, SPACY, TAG
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab
from thinc.types import Ints2d

from kg.analyse.lemmas import lemma
from kg.analyse.network import Network, Parsed
from kg.analyse.pieces import LIMIT
from kg.analyse.sentences import is_blank
from kg.analyse.tables import MODEL_FOLDER

PARSER: Final = "conflict_kg_parser"
_ATTRIBUTES: Final = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE]
_IOB: Final = {"I": 1, "O": 2, "B": 3}
_BREAKS: Final[tuple[frozenset[str], ...]] = (frozenset(";:—–"), frozenset(","), frozenset())


class _Row(NamedTuple):
    """What the model says of one token; ``head`` is the index of a token of the Doc."""

    tag: str
    pos: str
    feats: str
    lemma: str
    head: int
    dep: str
    name: str


@Language.factory(
    PARSER,
    default_config={"model": ""},
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.lemma",
        "token.head",
        "token.dep",
        "doc.ents",
    ],
    requires=["token.is_sent_start"],
)
def make_parser(nlp: Language, name: str, model: str) -> "SentenceParser":
    """The component with the model of a folder, the packaged one if none is named."""
    return SentenceParser(Network(Path(model) if model else MODEL_FOLDER))


class SentenceParser:
    """Fills tags, features, lemmas, trees and names, one sentence after the other."""

    def __init__(self, network: Network) -> None:
        self._network = network

    def __call__(self, doc: Doc) -> Doc:
        """The Doc, filled; sentences over the model's limit become several."""
        text = [token.text for token in doc]
        starts, spaced = (doc.to_array([what]).ravel() == 1 for what in (SENT_START, SPACY))
        rows = dict(self._rows(text, starts.tolist(), spaced.tolist()))
        for index, word in enumerate(text):
            if index not in rows:
                rows[index] = _blank_row(word)
        if rows:
            _hang_blanks(rows)
            table = _array(doc.vocab, [rows[index] for index in range(len(text))])
            doc.from_array(_ATTRIBUTES, cast("Ints2d", table))
        return doc

    def _rows(
        self, text: Sequence[str], starts: Sequence[bool], spaced: Sequence[bool]
    ) -> Iterator[tuple[int, _Row]]:
        """The index and the analysis of every word.

        ``starts``: a sentence starts at the token; ``spaced``: a blank follows it.
        """
        stretches = []
        for stretch in self._stretches(text, starts):
            if any(map(str.isalnum, "".join(text[index] for index in stretch))):
                stretches.append(stretch)
            else:
                yield from ((i, _mark_row(text[i], stretch[0], i)) for i in stretch)
        read = self._network.pieces.word
        words = [[read(text[index]) for index in stretch] for stretch in stretches]
        glued = [
            [at > 0 and not spaced[i - 1] and not is_blank(text[i - 1]) for at, i in enumerate(one)]
            for one in stretches
        ]
        for stretch, parsed in zip(stretches, self._network.parse(words, glued), strict=True):
            for position, index in enumerate(stretch):
                yield index, _row(parsed, position, stretch, text[index])

    def _stretches(self, text: Sequence[str], starts: Sequence[bool]) -> Iterator[list[int]]:
        """Token indices of every stretch that is parsed alone: a sentence, or a part of one."""
        sentence: list[int] = []
        for index, word in enumerate(text):
            if starts[index] and sentence:
                yield from self._fitting(text, sentence)
                sentence = []
            if not is_blank(word):
                sentence.append(index)
        if sentence:
            yield from self._fitting(text, sentence)

    def _fitting(self, text: Sequence[str], indices: list[int]) -> Iterator[list[int]]:
        """The sentence, cut into parts within the limit where it is too long."""
        start = 0
        while (most := self._fits(text, indices, start)) < len(indices) - start:
            cut = _best_cut([text[i] for i in indices[start : start + most]])
            yield indices[start : start + cut]
            start += cut
        yield indices[start:]

    def _fits(self, text: Sequence[str], indices: list[int], start: int) -> int:
        """How many of the words from ``start`` fit into the model at once (at least one does)."""
        room = LIMIT - 2
        for at in range(start, len(indices)):
            room -= len(self._network.pieces.word(text[indices[at]]).pieces)
            if room < 0:
                return at - start
        return len(indices) - start


def _row(parsed: Parsed, position: int, indices: Sequence[int], text: str) -> _Row:
    head = parsed.heads[position]
    upos, xpos, feats = parsed.upos[position], parsed.xpos[position], parsed.feats[position]
    perfect = parsed.is_perfect_auxiliary(position)
    return _Row(
        tag=xpos,
        pos=upos,
        feats=feats,
        lemma=lemma(text, upos, xpos, feats, perfect=perfect, first=position == 0),
        head=indices[head - 1] if head else indices[position],
        dep=parsed.relations[position],
        name=parsed.names[position],
    )


def _blank_row(text: str) -> _Row:
    return _Row(tag="_SP", pos="SPACE", feats="_", lemma=text, head=-1, dep="space", name="O")


def _mark_row(text: str, first: int, index: int) -> _Row:
    """A mark among nothing but marks, which need no model: all hang on the first."""
    dep = "punct" if index > first else "root"
    return _Row(tag="NFP", pos="PUNCT", feats="_", lemma=text, head=first, dep=dep, name="O")


def _hang_blanks(rows: dict[int, _Row]) -> None:
    """Give every blank row a head: the word before, else the word after, else itself."""
    words = [index for index in range(len(rows)) if rows[index].head >= 0]
    near = words[0] if words else 0
    for index in range(len(rows)):
        if rows[index].head >= 0:
            near = index
        else:
            rows[index] = rows[index]._replace(head=near, name=_name_across(rows, index))


def _name_across(rows: dict[int, _Row], index: int) -> str:
    """A blank inside a name is part of it, or spaCy would see two names."""
    after = index + 1
    while after in rows and rows[after].pos == "SPACE":
        after += 1
    name = rows[after].name if after in rows else "O"
    return name if name.startswith("I-") else "O"


def _array(vocab: Vocab, rows: Sequence[_Row]) -> NDArray[np.uint64]:
    """The rows as spaCy's attribute array [tokens, attributes]; heads are relative."""
    add = vocab.strings.add
    values = [
        (
            add(row.tag),
            add(row.pos),
            vocab.morphology.add("" if row.feats == "_" else row.feats),
            add(row.lemma),
            (row.head - index) % (1 << 64),
            add(row.dep),
            _IOB[row.name[0]],
            add(row.name[2:]),
        )
        for index, row in enumerate(rows)
    ]
    return np.array(values, dtype=np.uint64)


def _best_cut(words: Sequence[str]) -> int:
    """Where to cut words that fill the model: after the last strong mark of the latter half."""
    for marks in _BREAKS:
        for count in range(len(words), len(words) // 2, -1):
            if not marks or words[count - 1] in marks:
                return count
    return len(words)
