"""Readers of the word lists beside this module (``data/*.tsv``; ``#`` starts a comment)."""

from collections.abc import Iterator
from importlib.resources import files


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The tab-separated rows of one list, comments and blank lines left out."""
    text = files(__package__).joinpath("data", name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))


def words(name: str, kind: str) -> frozenset[str]:
    """The words of one kind in a list whose rows are ``kind<TAB>word word …``."""
    return frozenset(word for row in rows(name) if row[0] == kind for word in row[1].split())
