"""Which graphs a user may write: every named graph but those that the program keeps.

Kept are the article graphs (``{base}article/…``), the view and the judgements (``{base}graph/…``)
and the default graph, which holds nothing. An operation passes if each graph it writes is named
in it by an IRI that is none of these; what cannot be told is refused. Why that is enough:
``docs/decisions/0012-what-users-may-write.md``.
"""

from typing import Final

from kg.errors import BadQuery, Forbidden
from kg.store.text.querytext import position
from kg.store.text.updatetext import Operation, Token, told

_MANAGES: Final = ("CLEAR", "DROP", "CREATE")
_MOVES: Final = ("ADD", "COPY", "MOVE")
_IMMEDIATE: Final = (("INSERT", "DATA"), ("DELETE", "DATA"), ("DELETE", "WHERE"))


def is_kept(base: str, graph: str) -> bool:
    """Whether the program keeps this graph (an IRI) in a store of this base.

    >>> is_kept("http://x/", "http://x/graph/view"), is_kept("http://x/", "http://x/graphs/mine")
    (True, False)
    """
    return graph.startswith((f"{base}article/", f"{base}graph/"))


def kept(graph: str) -> Forbidden:
    """The error of writing to a graph that the program keeps; ``graph`` says which, and "is"."""
    return Forbidden(
        f"{graph} kept by the program and only read; write to a graph of your own, of any other "
        "IRI: GRAPH <…> { … }"
    )


def check(operation: Operation, base: str, text: str) -> None:
    """Let an operation of an update pass if it writes to users' own graphs only.

    ``text`` is the update as written, for the places named in errors. Raises Forbidden for a
    graph that is kept or not named, BadQuery for what is no operation we know.
    """
    _Reading(operation, base, text).operation()


class _Reading:
    """The tokens of one operation, read from its first to its last."""

    def __init__(self, operation: Operation, base: str, text: str) -> None:
        self._left = list(reversed(operation))
        self._base = base
        self._text = text

    def operation(self) -> None:
        if self._takes(*_MANAGES):
            self._takes("SILENT")
            self._named_graph()
        elif self._sees(*_MOVES):
            self._moved()
        elif self._takes_pair(*_IMMEDIATE):
            self._quads(None)
        else:
            self._modified()
        if self._left:
            raise self._lost()

    def _named_graph(self) -> None:
        """``GRAPH <iri>``, written to; not DEFAULT, NAMED or ALL."""
        if self._sees("DEFAULT", "NAMED", "ALL"):
            token = self._left[-1]
            raise self._kept(token, f"{token.text} takes in graphs that are")
        if not self._takes("GRAPH"):
            raise self._lost()
        self._written(self._iri())

    def _moved(self) -> None:
        """``MOVE [GRAPH] <iri> TO [GRAPH] <iri>``, ADD and COPY, whose source is only read."""
        empties = self._takes("MOVE")
        self._takes("ADD", "COPY")
        self._takes("SILENT")
        self._place(written=empties)
        if not self._takes("TO"):
            raise self._lost()
        self._place(written=True)

    def _place(self, *, written: bool) -> None:
        token = self._next()
        if token.word == "DEFAULT":
            if written:
                raise self._kept(token, "the default graph is")
            return
        iri = self._iri() if token.word == "GRAPH" else token
        if iri.kind != "iri":
            raise self._lost(iri)
        if written:
            self._written(iri)

    def _modified(self) -> None:
        """``[WITH <iri>] [DELETE {…}] [INSERT {…}] USING … WHERE {…}``."""
        default = self._iri() if self._takes("WITH") else None
        clauses = self._clause("DELETE", default) + self._clause("INSERT", default)
        while clauses and self._takes("USING"):
            self._takes("NAMED")
            self._iri()
        if not clauses or not self._takes("WHERE"):
            raise self._lost()
        self._braces()

    def _clause(self, word: str, default: Token | None) -> int:
        if not self._takes(word):
            return 0
        self._quads(default)
        return 1

    def _quads(self, default: Token | None) -> None:
        """A block of triples and ``GRAPH <iri> {…}``; triples outside go to ``default``."""
        self._mark("{")
        while not self._sees_mark("}"):
            if self._takes("GRAPH"):
                self._written(self._iri())
                if any(token.word == "GRAPH" for token in self._braces()):
                    raise self._lost()
                continue
            token = self._next()
            if token.depth:
                raise self._lost(token)
            if token.text == ".":
                continue
            if default is None:
                raise self._kept(token, "what is outside GRAPH goes to the default graph, which is")
            self._written(default)
        self._next()

    def _braces(self) -> list[Token]:
        """What stands from one brace to the one that closes it."""
        self._mark("{")
        inside: list[Token] = []
        depth = 1
        while depth:
            inside.append(self._next())
            depth += inside[-1].depth
        return inside

    def _written(self, iri: Token) -> None:
        if is_kept(self._base, iri.text[1:-1]):
            raise self._kept(iri, f"{iri.text} is")

    def _kept(self, token: Token, graph: str) -> Forbidden:
        line, column = position(self._text, token.start)
        return kept(f"line {line}, column {column}: {graph}")

    def _iri(self) -> Token:
        token = self._next()
        if token.kind == "var":
            raise self._kept(token, f"{token.text} may be a graph that is")
        if token.kind != "iri":
            raise self._lost(token)
        return token

    def _mark(self, text: str) -> None:
        token = self._next()
        if token.kind != "mark" or token.text != text:
            raise self._lost(token)

    def _sees_mark(self, text: str) -> bool:
        return bool(self._left) and self._left[-1].kind == "mark" and self._left[-1].text == text

    def _sees(self, *words: str) -> bool:
        return bool(self._left) and self._left[-1].word in words

    def _takes(self, *words: str) -> bool:
        """Whether one of these words was next; it is read."""
        found = self._sees(*words)
        if found:
            self._left.pop()
        return found

    def _takes_pair(self, *pairs: tuple[str, str]) -> bool:
        found = tuple(token.word for token in self._left[:-3:-1]) in pairs
        if found:
            del self._left[-2:]
        return found

    def _next(self) -> Token:
        if not self._left:
            raise self._lost()
        return self._left.pop()

    def _lost(self, token: Token | None = None) -> BadQuery:
        at = token or (self._left[-1] if self._left else None)
        start = at.start if at else len(self._text)
        return told(self._text, start, "it cannot be told what is written from here on")
