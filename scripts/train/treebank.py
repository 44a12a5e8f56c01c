"""Readers of annotated sentences: CoNLL-U with GUM entities, and IOB name files.

Formats: https://universaldependencies.org/format.html; GUM's ``Entity=`` brackets in the MISC
column; one word a line with its label for IOB files.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from scripts.train.gum_names import gum_names

_META: Final = re.compile(r"# (newdoc id|newpar id|newpar|sent_id|text)(?: = (.*))?")
_NAME_KINDS: Final = {"PER": "PERSON", "ORG": "ORG", "LOC": "LOC"}


@dataclass(frozen=True, slots=True)
class Sentence:
    """One annotated sentence; a layer that is not annotated is empty.

    ``heads`` are 0 for the root, else 1 + the index of the head; ``names`` are BIO labels;
    ``spaces[i]``: white space follows word i. ``paragraph``: a paragraph starts here.
    """

    words: tuple[str, ...]
    spaces: tuple[bool, ...] = ()
    lemmas: tuple[str, ...] = ()
    upos: tuple[str, ...] = ()
    xpos: tuple[str, ...] = ()
    feats: tuple[str, ...] = ()
    heads: tuple[int, ...] = ()
    relations: tuple[str, ...] = ()
    names: tuple[str, ...] = ()
    document: str = ""
    paragraph: bool = False

    @property
    def glued(self) -> tuple[bool, ...]:
        """Does a word follow the one before without white space?"""
        if not self.spaces:
            return (False,) * len(self.words)
        return (False, *(not space for space in self.spaces[:-1]))

    @property
    def text(self) -> str:
        """The words with their white space."""
        pairs = zip(self.words, self.spaces, strict=True)
        return "".join(word + " " * space for word, space in pairs)


def read_conllu(path: Path) -> Iterator[Sentence]:
    """The sentences of a treebank file; names only in documents of GUM."""
    document = ""
    for comments, rows in _blocks(path):
        document = comments.get("newdoc id", document)
        new_paragraph = any(key.startswith("new") for key in comments)
        yield _sentence(rows, document, new_paragraph)


def read_iob(path: Path, *, word: int = 0, label: int = 1) -> Iterator[Sentence]:
    """The sentences of a name file; ``word`` and ``label`` are its columns."""
    words: list[str] = []
    labels: list[str] = []
    for line in [*path.read_text("utf-8").splitlines(), ""]:
        if not line.strip() or line.startswith("-DOCSTART"):
            if words:
                yield Sentence(words=tuple(words), names=_bio(labels))
            words, labels = [], []
        elif not line.startswith("# "):
            fields = line.split("\t") if "\t" in line else line.split()
            words.append(fields[word])
            labels.append(fields[label])


def _blocks(path: Path) -> Iterator[tuple[dict[str, str], list[list[str]]]]:
    comments: dict[str, str] = {}
    rows: list[list[str]] = []
    for line in [*path.read_text("utf-8").split("\n"), ""]:
        if line.startswith("#"):
            if match := _META.fullmatch(line):
                comments[match[1]] = match[2] or ""
        elif line:
            rows.append(line.split("\t"))
        elif rows:
            yield comments, rows
            comments, rows = {}, []


def _sentence(rows: Sequence[list[str]], document: str, paragraph: bool) -> Sentence:
    words = [row for row in rows if row[0].isdigit()]
    column = [tuple(row[index] for row in words) for index in range(10)]
    forms = tuple(form.replace(" ", "").replace("\xa0", "") or "_" for form in column[1])
    heads = tuple(map(int, column[6]))
    named = document.startswith("GUM_")
    return Sentence(
        words=forms,
        spaces=_spaces(rows),
        lemmas=column[2],
        upos=column[3],
        xpos=column[4],
        feats=column[5],
        heads=heads,
        relations=column[7],
        names=gum_names(forms, column[3], column[4], heads, column[9]) if named else (),
        document=document,
        paragraph=paragraph,
    )


def _spaces(rows: Sequence[list[str]]) -> tuple[bool, ...]:
    """Is a word followed by white space? Inside a multi-word token it is not."""
    inside: dict[int, bool] = {}
    for row in rows:
        if "-" in row[0]:
            first, last = map(int, row[0].split("-"))
            inside |= dict.fromkeys(range(first, last), False)
            inside[last] = "SpaceAfter=No" not in row[9]
    return tuple(
        inside.get(int(row[0]), "SpaceAfter=No" not in row[9]) for row in rows if row[0].isdigit()
    )


def _bio(labels: Sequence[str]) -> tuple[str, ...]:
    """IOB1 or IOB2 labels as BIO over PERSON, ORG and LOC; other kinds become O."""
    result = []
    before = "O"
    for label in labels:
        kind = _NAME_KINDS.get(label[2:])
        continues = label.startswith("I-") and before[2:] == label[2:]
        result.append("O" if kind is None else f"{'I' if continues else 'B'}-{kind}")
        before = label
    return tuple(result)
