"""What the engine reads otherwise than SPARQL 1.1 has it, said so that it reads it rightly.

Each change keeps what the query means and is made for every query that it fits:

- the columns of ``SELECT *`` come in the order in which the query names them, not by the alphabet;
- GROUP_CONCAT gives a simple literal (section 18.5.1.7), whatever the languages of its parts;
- ``True`` and ``FALSE`` are ``true`` and ``false``: keywords have no case (section 19.8);
- a path of no steps finds a term that the graph does not know (``zero``);
- sub-queries and MINUS in ``GRAPH ?g`` are asked graph by graph (``named``).
"""

import re
from collections.abc import Callable, Iterator
from itertools import pairwise
from typing import Final

from kg.store.text.named import with_named_graphs
from kg.store.text.querytext import Edit, edited, tokens
from kg.store.text.zero import Known, with_zero_paths

Token = tuple[str, str, int]
"""Kind, text and offset, as ``querytext.tokens`` reads them."""

_NEEDED: Final = ("*", "group_concat", "graph", "true", "false")
"""What none of the changes can do without, but for a ``?`` that begins no variable."""
_STEP: Final = re.compile(r"\?(?!\w)")
_PROJECTED: Final = ("DISTINCT", "REDUCED")


def mended(text: str, variables: Callable[[], list[str]], known: Known) -> str:
    """The query as the engine must be given it. Raises Unsupported for what it cannot be given.

    ``variables`` says which columns the text as it stands has (no ``?``); it is asked only of
    a ``SELECT *``. ``known(prologue, term)`` says whether the default graph has a term; it is
    asked only of the ends of paths that may have no steps.

    >>> mended("SELECT * { ?b ?a TRUE }", lambda: ["a", "b"], lambda prologue, term: True)
    'SELECT ?b ?a { ?b ?a true }'
    >>> said = 'SELECT (GROUP_CONCAT(?x; SEPARATOR=")") AS ?y) {}'
    >>> mended(said, list, lambda prologue, term: True)
    'SELECT (STR(GROUP_CONCAT(?x; SEPARATOR=")")) AS ?y) {}'
    """
    if not _worth_reading(text):
        return text
    read = [token for token in tokens(text) if token[0] != "comment"]
    edits = [*_booleans(read), *_concatenations(read), *_columns(read, variables)]
    said = edited(text, edits)
    if _steps_may_lack(read):
        said = with_zero_paths(said, known)
    return with_named_graphs(said)


def _worth_reading(text: str) -> bool:
    """Whether a change may fit; looked for by words, for queries can name very many things."""
    small = text.lower()
    return any(one in small for one in _NEEDED) or bool(_STEP.search(text))


def _steps_may_lack(read: list[Token]) -> bool:
    """Whether a ``*`` or ``?`` stands where one would after a step of a path."""
    return any(
        kind == "mark" and token in "*?" and (before[0] in ("iri", "name") or before[1] in ")a")
        for before, (kind, token, _) in pairwise(read)
    )


def _booleans(read: list[Token]) -> Iterator[Edit]:
    for kind, token, start in read:
        if kind == "word" and token.lower() in ("true", "false"):
            yield start, start + len(token), token.lower()


def _concatenations(read: list[Token]) -> Iterator[Edit]:
    """``STR(`` before and ``)`` after each call; ``waiting`` holds the brackets that are open."""
    waiting: list[int | None] = []
    called: int | None = None
    for kind, token, start in read:
        if kind == "mark" and token == "(":
            waiting.append(called)
        elif kind == "mark" and token == ")" and waiting:
            begun = waiting.pop()
            if begun is not None:
                yield begun, begun, "STR("
                yield start + 1, start + 1, ")"
        called = start if kind == "word" and token.upper() == "GROUP_CONCAT" else None


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
