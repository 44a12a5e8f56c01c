"""The graph patterns of a query as a tree, read from its tokens (SPARQL 1.1, section 19.8).

Only as much is read as it takes to say a pattern otherwise: where groups, sub-queries and triples
begin and end. Expressions are passed over. What is not understood is ``Unread``, never guessed.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.store.text.querytext import tokens

Span = tuple[int, int]
"""From which offset of the text to which."""

_OPENING: Final = {"{": "}", "(": ")", "[": "]"}
_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
_GROUPED: Final = ("OPTIONAL", "MINUS", "UNION", "LATERAL")
_BEGINNING: Final = (*_GROUPED, "GRAPH", "SERVICE", "FILTER", "BIND", "VALUES")
_NODES: Final = ("var", "iri", "name", "blank")
_END: Final = ("end", "", 0)


class Unread(Exception):
    """A query that this does not read; the engine does, or says what is wrong."""


@dataclass(frozen=True, slots=True)
class Triple:
    """Subject, verb and object; ``nullable`` if the verb is a path that no step can satisfy."""

    subject: Span
    verb: Span
    object: Span
    nullable: bool


@dataclass(frozen=True, slots=True)
class Part:
    """One piece of a group: its kind (a keyword in small letters, ``group``, ``triples``).

    ``name`` is the graph of ``graph``; ``group`` what stands in its braces, of ``select`` its
    WHERE. Of ``select``, ``head`` is what it projects and ``tail`` what follows its WHERE.
    """

    kind: str
    span: Span
    name: str = ""
    group: "Group | None" = None
    triples: tuple[Triple, ...] = ()
    head: Span = (0, 0)
    tail: Span = (0, 0)


@dataclass(slots=True)
class Group:
    """What stands between two braces, with them."""

    span: Span = (0, 0)
    parts: list[Part] = field(default_factory=list)

    def walk(self) -> Iterator[tuple["Group", Part]]:
        """Every part with the group it stands in, at any depth."""
        for part in self.parts:
            yield self, part
            if part.group is not None:
                yield from part.group.walk()


def read(text: str) -> tuple[int, Group]:
    """Where the query's form begins, and its WHERE. Raises Unread.

    >>> start, where = read("PREFIX a: <b:> SELECT ?x { ?x a:p* a:o . GRAPH ?g {} }")
    >>> start, [part.kind for part in where.parts], where.parts[0].triples[0].nullable
    (15, ['triples', 'graph'], True)
    """
    try:
        return _Reader(text).query()
    except RecursionError:
        raise Unread("too deep") from None


class _Reader:
    """Goes through the tokens once, from left to right."""

    def __init__(self, text: str) -> None:
        self._tokens = list(_tokens(text))
        self._at = 0
        self._end = 0

    def query(self) -> tuple[int, Group]:
        while not self._is(*_FORMS):
            self._next()
        start = self._start
        if self._next() == "CONSTRUCT" and self._marked("{"):
            self._skip()
        self._to_brace()
        return start, self._group()

    def _group(self) -> Group:
        start = self._expect("{")
        found = Group()
        if self._is("SELECT"):
            found.parts.append(self._select())
        while not self._marked("}"):
            if self._marked("."):
                self._next()
            else:
                found.parts.append(self._part())
        self._next()
        found.span = (start, self._end)
        return found

    def _select(self) -> Part:
        start = self._start
        self._next()
        if self._is("DISTINCT", "REDUCED"):
            self._next()
        head = self._start
        self._to_brace()
        ended = self._end
        where = self._group()
        closed = self._end
        while not self._marked("}"):
            self._skip()
        tail = (closed, self._end)
        return Part("select", (start, self._end), group=where, head=(head, ended), tail=tail)

    def _part(self) -> Part:
        start, word = self._start, self._word
        if self._marked("{"):
            return self._closed("group", start)
        if word in _GROUPED:
            self._next()
            return self._closed(word.lower(), start)
        if word in ("GRAPH", "SERVICE"):
            self._next()
            if self._is("SILENT"):
                self._next()
            return self._closed(word.lower(), start, self._next())
        if word in _BEGINNING:
            self._next()
            return self._expressed(word, start)
        return self._statement()

    def _closed(self, kind: str, start: int, name: str = "") -> Part:
        group = self._group()
        return Part(kind, (start, self._end), name, group)

    def _expressed(self, word: str, start: int) -> Part:
        """FILTER, BIND or VALUES; of EXISTS the group is read."""
        group = None
        if word == "FILTER" and self._is("NOT", "EXISTS"):
            while self._is("NOT", "EXISTS"):
                self._next()
            group = self._group()
        elif word == "FILTER" and not self._marked("("):
            self._next()
            self._skip()
        else:
            self._skip()
            if word == "VALUES":
                self._skip()
        return Part(word.lower(), (start, self._end), group=group)

    def _statement(self) -> Part:
        start = self._start
        subject = self._node()
        found: list[Triple] = []
        more = True
        while more and not self._marked(".", "}", "{") and not self._is(*_BEGINNING):
            verb, nullable = self._verb()
            found.append(Triple(subject, verb, self._node(), nullable))
            while self._marked(","):
                self._next()
                found.append(Triple(subject, verb, self._node(), nullable))
            more = self._marked(";")
            while self._marked(";"):
                self._next()
        return Part("triples", (start, self._end), triples=tuple(found))

    def _node(self) -> Span:
        start = self._start
        kind, token, _ = self._peek
        if kind in _NODES and token[0] != "@":
            self._next()
        elif kind == "string":
            self._next()
            if self._peek[1].startswith("@"):
                self._next()
            elif self._marked("^"):
                self._next(), self._next(), self._next()
        elif self._marked("(", "["):
            self._skip()
        elif self._word in ("TRUE", "FALSE") or token[:1].isdigit() or token in ("+", "-"):
            self._number()
        else:
            raise Unread(f"{token!r} is no node")
        if self._marked("~") or (self._marked("{") and self._tokens[self._at + 1][1] == "|"):
            raise Unread("an annotation")
        return start, self._end

    def _number(self) -> None:
        """A number is several tokens that touch: ``-1.5e-3``."""
        self._next()
        while self._start == self._end and self._at < len(self._tokens):
            kind, token, _ = self._peek
            after = self._tokens[self._at + 1 : self._at + 2]
            touches = bool(after) and after[0][0] == "word" and after[0][2] == self._end + 1
            if kind == "word" or (token in (".", "+", "-") and touches):
                self._next()
            else:
                return

    def _verb(self) -> tuple[Span, bool]:
        start = self._start
        if self._peek[0] == "var":
            self._next()
            return (start, self._end), False
        nullable = self._path()
        return (start, self._end), nullable

    def _path(self) -> bool:
        """A path; whether it may have no steps."""
        nullable = self._sequence()
        while self._marked("|"):
            self._next()
            nullable = self._sequence() or nullable
        return nullable

    def _sequence(self) -> bool:
        nullable = self._step()
        while self._marked("/"):
            self._next()
            nullable = self._step() and nullable
        return nullable

    def _step(self) -> bool:
        while self._marked("^", "!"):
            self._next()
        nullable = False
        if self._marked("("):
            self._next()
            nullable = self._path()
            self._expect(")")
        elif self._peek[0] in ("iri", "name") or self._peek[1] == "a":
            self._next()
        else:
            raise Unread(f"{self._peek[1]!r} is no step of a path")
        if self._marked("*", "?"):
            self._next()
            return True
        if self._marked("+"):
            self._next()
        return nullable

    @property
    def _peek(self) -> tuple[str, str, int]:
        return self._tokens[self._at] if self._at < len(self._tokens) else _END

    @property
    def _start(self) -> int:
        return self._peek[2]

    @property
    def _word(self) -> str:
        kind, token, _ = self._peek
        return token.upper() if kind == "word" else ""

    def _is(self, *words: str) -> bool:
        return self._word in words

    def _marked(self, *marks: str) -> bool:
        kind, token, _ = self._peek
        return kind == "mark" and token in marks

    def _next(self) -> str:
        """The token here, words in capitals; on to the next."""
        kind, token, start = self._peek
        if kind == "end":
            raise Unread("it ends too early")
        self._at += 1
        self._end = start + len(token)
        return token.upper() if kind == "word" else token

    def _expect(self, mark: str) -> int:
        start = self._start
        if not self._marked(mark):
            raise Unread(f"{self._peek[1]!r} where {mark!r} was expected")
        self._next()
        return start

    def _skip(self) -> None:
        """Over a token, or over everything in a pair of brackets."""
        closing = [_OPENING[self._peek[1]]] if self._marked(*_OPENING) else []
        self._next()
        while closing:
            if self._marked(*_OPENING):
                closing.append(_OPENING[self._peek[1]])
            elif self._marked(closing[-1]):
                closing.pop()
            self._next()

    def _to_brace(self) -> None:
        while not self._marked("{"):
            self._skip()


def _tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """The tokens without comments; a dot at the end of a name is a dot."""
    for kind, token, start in tokens(text):
        if kind == "comment":
            continue
        bare = token.rstrip(".") if kind in ("name", "blank") else token
        yield kind, bare, start
        for at in range(len(bare), len(token)):
            yield "mark", ".", start + at
