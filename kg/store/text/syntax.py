"""An engine's syntax error told to the person who wrote the query."""

import re
from difflib import get_close_matches
from typing import Final

from pyoxigraph import QueryBoolean, QuerySolutions, QueryTriples, Store

from kg.errors import BadQuery
from kg.store.text import querytext
from kg.store.text.querytext import Bound

_MESSAGE: Final = re.compile(r"error at (\d+):(\d+): expected(?: one of)?(.*)", re.DOTALL)
_SIGN: Final = re.compile(r'"(?:[^"\\]|\\.)+"')
_SENTENCE: Final = re.compile(r"[A-Z]\w+ \w+ [\w ?,.'-]+")
_SHOWN: Final = 30
_NOTHING: Final = Store()


def parsed(text: str, base: str | None) -> QuerySolutions | QueryBoolean | QueryTriples:
    """A query answered over nothing: what it asks for, without asking. Raises SyntaxError."""
    return _NOTHING.query(text, base_iri=base)


def bad_query(message: str, text: str, bound: Bound) -> BadQuery:
    """pyoxigraph's ``error at LINE:COLUMN: expected …`` as a BadQuery.

    ``text`` is the query as written, ``bound`` what was sent; the place is one of the former.
    The engine names the furthest place it reached and often a keyword at random, so what can
    be seen in the text itself comes first: a word or a prefix that is not there.
    """
    seen = _misspelt(text) or _undeclared(text)
    if seen is not None:
        return seen
    found = _MESSAGE.match(message)
    if not found:
        return BadQuery(f"the query does not parse: {message}")
    line, column = int(found[1]), bound.original_column(int(found[1]), int(found[2]))
    place = f"line {line}, column {column}{_after(text, line, column)}"
    return _told(f"the query does not parse at {place}{_wanted(found[3])}", line, column)


def _misspelt(text: str) -> BadQuery | None:
    found = querytext.unknown_word(text)
    return None if found is None else misspelt(*found)


def misspelt(word: str, line: int, column: int) -> BadQuery:
    """The error of a word that SPARQL does not have, or of a quote that nothing closes."""
    if word in "\"'":
        said = "the string that begins here does not end (a line end needs three quotes)"
        return _told(f"line {line}, column {column}: {said}", line, column)
    near = get_close_matches(word[:_SHOWN].upper(), sorted(querytext.WORDS), n=1)
    word = word if len(word) <= _SHOWN else f"{word[:_SHOWN]}…"
    hint = f"; is it {near[0]}?" if near else " (a string needs quotes, a variable a ?)"
    return _told(f"line {line}, column {column}: {word} is no word of SPARQL{hint}", line, column)


def _undeclared(text: str) -> BadQuery | None:
    found = querytext.undeclared_prefix(text)
    return None if found is None else undeclared(*found)


def undeclared(prefix: str, line: int, column: int) -> BadQuery:
    """The error of a prefix that nobody declared."""
    said = f"the prefix {prefix} is not declared; begin with PREFIX {prefix} <…>"
    return _told(f"line {line}, column {column}: {said}", line, column)


def _told(message: str, line: int, column: int) -> BadQuery:
    return BadQuery(message, line=line, column=column)


def _wanted(expected: str) -> str:
    """The signs and the sentences of the engine's list; its keywords say nothing."""
    sentences = _SENTENCE.findall(expected)
    if sentences:
        return f": {sentences[0].strip(' ,')}"
    signs = _SIGN.findall(expected)
    return f": one of {' '.join(sign[1:-1] for sign in signs)} is wanted there" if signs else ""


def _after(text: str, line: int, column: int) -> str:
    """What stands before the place, to be found with the eye."""
    rows = text.split("\n")
    before = rows[line - 1][: column - 1].strip() if line <= len(rows) else ""
    return f", after {before[-_SHOWN:]!r}" if before else ""
