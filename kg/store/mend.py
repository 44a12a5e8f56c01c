"""What the engine reads otherwise than SPARQL 1.1 has it, said so that it reads it rightly.

Each change keeps what the query means and is made for every query that it fits:

- the columns of ``SELECT *`` come in the order in which the query names them, not by the alphabet;
- GROUP_CONCAT gives a simple literal (section 18.5.1.7), whatever the languages of its parts;
- ``True`` and ``FALSE`` are ``true`` and ``false``: keywords have no case (section 19.8).
"""

from collections.abc import Callable, Iterator
from typing import Final

from kg.store.querytext import Edit, edited, tokens

Token = tuple[str, str, int]
"""Kind, text and offset, as ``querytext.tokens`` reads them."""

_PROJECTED: Final = ("DISTINCT", "REDUCED")


def mended(text: str, variables: Callable[[], list[str]]) -> str:
    """The query as the engine must be given it.

    ``variables`` says which columns the text as it stands has (no ``?``); it is asked only of
    a ``SELECT *``.

    >>> mended("SELECT * { ?b ?a TRUE }", lambda: ["a", "b"])
    'SELECT ?b ?a { ?b ?a true }'
    >>> mended('SELECT (GROUP_CONCAT(?x; SEPARATOR=")") AS ?y) {}', list)
    'SELECT (STR(GROUP_CONCAT(?x; SEPARATOR=")")) AS ?y) {}'
    """
    read = [token for token in tokens(text) if token[0] != "comment"]
    return edited(text, [*_booleans(read), *_concatenations(read), *_columns(read, variables)])


def _booleans(read: list[Token]) -> Iterator[Edit]:
    for kind, token, start in read:
        if kind == "word" and token.lower() in ("true", "false"):
            yield start, start + len(token), token.lower()


def _concatenations(read: list[Token]) -> Iterator[Edit]:
    for at, (kind, token, start) in enumerate(read):
        if kind == "word" and token.upper() == "GROUP_CONCAT":
            end = _closing(read, at + 1)
            if end is not None:
                yield start, start, "STR("
                yield end, end, ")"


def _closing(read: list[Token], at: int) -> int | None:
    """The offset after the bracket that closes the one here, if both are there."""
    depth = 0
    for kind, token, start in read[at:]:
        if kind == "mark":
            depth += {"(": 1, ")": -1}.get(token, 0)
        if depth == 0:
            return start + 1 if token == ")" else None
    return None


def _columns(read: list[Token], variables: Callable[[], list[str]]) -> Iterator[Edit]:
    """The ``*`` of the query's own SELECT, which is its first, as the columns it stands for."""
    words = iter(read)
    selected = any(kind == "word" and token.upper() == "SELECT" for kind, token, _ in words)
    star = next((one for one in words if one[1].upper() not in _PROJECTED), None)
    if not selected or star is None or star[1] != "*":
        return
    there = set(variables())
    named = dict.fromkeys(token[1:] for kind, token, _ in read if kind == "var")
    if columns := " ".join(f"?{name}" for name in named if name in there):
        yield star[2], star[2] + 1, columns
