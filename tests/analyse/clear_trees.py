"""A spaCy pipeline that gives sentences of our own the trees of ``clear.conll``, any other a flat
one, so that a reader over an installed pipeline is tested where no model can be downloaded."""

from dataclasses import dataclass
from pathlib import Path

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

FILE = Path(__file__).with_name("clear.conll")
WRITTEN = "conflict_kg_written_trees"


@dataclass(frozen=True, slots=True)
class Tree:
    """A sentence and its columns: words, tags, parts of speech, lemmas, names, two trees."""

    text: str
    columns: tuple[tuple[str, ...], ...]

    @property
    def words(self) -> tuple[str, ...]:
        return self.columns[0]

    def heads(self, column: int) -> list[int]:
        return [int(head) for head in self.columns[column]]


def _read() -> list[Tree]:
    found = []
    for part in FILE.read_text(encoding="utf-8").split("\n\n")[1:]:
        opening, *rows = part.strip().splitlines()
        columns = tuple(zip(*(row.split("\t") for row in rows), strict=True))
        found.append(Tree(opening.removeprefix("# text = "), columns))
    return found


TREES = _read()
_KNOWN = {tree.words: tree for tree in TREES}


@Language.component(WRITTEN)
def written(doc: Doc) -> Doc:
    """The Doc with the tree of each sentence that is known, a flat one elsewhere."""
    for sentence in list(doc.sents):
        tree = _KNOWN.get(tuple(token.text for token in sentence))
        for at, token in enumerate(sentence):
            cells = tuple(column[at] for column in tree.columns) if tree else None
            _, tag, pos, lemma, _, head, dep, *_ = cells or _flat(at, token.text)
            token.tag_, token.pos_, token.lemma_, token.dep_ = tag, pos, lemma, dep
            token.head = sentence[int(head)]
    doc.set_ents(list(_names(doc)))
    return doc


def _flat(at: int, text: str) -> tuple[str, ...]:
    blank = not text.strip()
    pos, tag = ("SPACE", "_SP") if blank else ("NOUN", "NN") if text.isalpha() else ("PUNCT", ".")
    return text, tag, pos, text.lower(), "O", "0", "dep" if at else "ROOT"


def _names(doc: Doc) -> list[Span]:
    found: list[Span] = []
    for sentence in doc.sents:
        tree = _KNOWN.get(tuple(token.text for token in sentence))
        marks = tree.columns[4] if tree else ()
        starts = [at for at, mark in enumerate(marks) if mark.startswith("B-")]
        for at in starts:
            end = at + 1
            while end < len(marks) and marks[end].startswith("I-"):
                end += 1
            found.append(Span(doc, sentence.start + at, sentence.start + end, marks[at][2:]))
    return found


def saved(folder: Path, *pipes: str, lang: str = "en") -> str:
    """The folder of a pipeline of these components, as ``spacy:`` takes it."""
    nlp = spacy.blank(lang)
    for pipe in pipes:
        nlp.add_pipe(pipe)
    nlp.to_disk(folder)
    return str(folder)
