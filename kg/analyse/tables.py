"""Where the packaged data lies, and readers of its word lists (``data/*.tsv``, ``#`` comments)."""

from collections.abc import Iterator
from pathlib import Path
from typing import Final

MODEL_FOLDER: Final = Path(__file__).with_name("model")
LISTS: Final = Path(__file__).with_name("data")


def rows(name: str) -> Iterator[tuple[str, ...]]:
    """The tab-separated rows of one list, comments and blank lines left out."""
    text = (LISTS / name).read_text("utf-8")
    for line in text.splitlines():
        if line and not line.startswith("#"):
            yield tuple(line.split("\t"))


def words(name: str, kind: str) -> frozenset[str]:
    """The words of one kind in a list whose rows are ``kind<TAB>word word …``."""
    return frozenset(word for row in rows(name) if row[0] == kind for word in row[1].split())
