"""A SPARQL update read token by token, so that it can be judged and written anew.

Tokens follow SPARQL 1.1, section 19.8 (and RDF 1.2's annotations). Names are resolved while they
are read: what comes out has absolute IRIs and strings in one spelling, and neither comments nor
escapes nor prefixes. ``updates`` writes each on a line of its own, which an engine can read in one
way only: as they were read here.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

import pyoxigraph as ox

from kg import terms
from kg.errors import BadQuery
from kg.store.text import syntax
from kg.store.text.querytext import WORDS, position

_BASE_CHARS: Final = (
    "A-Za-zÀ-ÖØ-öø-\u02ff\u0370-\u037d\u037f-\u1fff\u200c-\u200d\u2070-\u218f\u2c00-\u2fef"
    "\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_U: Final = f"{_BASE_CHARS}_"
_CHARS: Final = f"{_U}\\-0-9·\u0300-\u036f\u203f-\u2040"
_PLX: Final = r"%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%]"
_PREFIX: Final = rf"(?:[{_BASE_CHARS}](?:[{_CHARS}]|\.+(?=[{_CHARS}])){{0,100}}+)?"
# At most so long: else a text of words with no colon would be read to its end from each of them.
_LOCAL: Final = rf"(?:[{_U}:0-9]|{_PLX})(?:(?:[{_CHARS}.:]|{_PLX})*(?:[{_CHARS}:]|{_PLX}))?"
_TOKEN: Final = re.compile(
    rf"""
      (?P<space>(?:[ \t\r\n]|\#[^\r\n]*)+)
    | (?P<iri><(?:[^<>"{{}}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{{4}}|\\U[0-9A-Fa-f]{{8}})*>)
    | (?P<string>
        \"{{3}}(?:"{{0,2}}(?:[^"\\]|\\.))*+\"{{3}} | '{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*+'{{3}}
        | "(?:[^"\\\r\n]|\\.)*+" | '(?:[^'\\\r\n]|\\.)*+')
    | (?P<var>[?$][{_U}0-9][{_U}0-9·\u0300-\u036f\u203f-\u2040]*)
    | (?P<blank>_:[{_U}0-9](?:[{_CHARS}.]*[{_CHARS}])?)
    | (?P<name>{_PREFIX}:(?:{_LOCAL})?)
    | (?P<tag>@[A-Za-z]+(?:-[A-Za-z0-9]+)*(?:--[a-z]+)?)
    | (?P<number>[+-]?(?:[0-9]+(?:\.[0-9]*)?[eE][+-]?[0-9]+|\.[0-9]+[eE][+-]?[0-9]+
        |[0-9]*\.[0-9]+|[0-9]+))
    | (?P<word>[A-Za-z_][A-Za-z0-9_]*)
    | (?P<mark>\^\^|&&|\|\||!=|<=|>=|\{{\||\|\}}|<<\(|\)>>|<<|>>|[{{}}()\[\];,.|/^?*+!=<>~-])
    """,
    re.VERBOSE | re.DOTALL,
)
_ESCAPE: Final = re.compile(r"\\(u[0-9A-Fa-f]{4}|U[0-9A-Fa-f]{8}|.)", re.DOTALL)
_ESCAPES: Final = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"} | {c: c for c in "\"'\\"}
_ABSOLUTE: Final = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")
_OPENS: Final = ("{", "{|")
_CLOSES: Final = ("}", "|}")
_DECLARES: Final = ("BASE", "PREFIX", "VERSION")


@dataclass(frozen=True, slots=True)
class Token:
    """One token: its kind (a group of the grammar above), its text, and where it began."""

    kind: str
    text: str
    start: int

    @property
    def word(self) -> str:
        """A keyword in capitals; empty for all else."""
        return self.text.upper() if self.kind == "word" else ""

    @property
    def depth(self) -> int:
        """By how much it opens (1) or closes (-1) braces."""
        if self.kind != "mark":
            return 0
        return (self.text in _OPENS) - (self.text in _CLOSES)


Operation = tuple[Token, ...]
"""The tokens of one operation of an update, without what it declares before."""


def operations(text: str, base: str) -> list[Operation]:
    """The operations of an update; relative IRIs are resolved against ``base``.

    Raises BadQuery for what is no token, an unknown prefix or IRI, and braces that close nothing.

    >>> one, two = operations("PREFIX a: <b:> CLEAR GRAPH a:c ; DROP ALL # all", "a:b")
    >>> [token.text for token in one]
    ['CLEAR', 'GRAPH', '<b:c>']
    """
    names = _Names(text, base)
    found: list[Operation] = []
    current: list[Token] = []
    depth = 0
    coming = _tokens(text)
    for token in coming:
        if not current and token.word in _DECLARES:
            names.declare(token, coming)
            continue
        depth += token.depth
        if depth < 0 or (token.text == ";" and not current):
            raise told(text, token.start, f"{token.text} stands where nothing ends")
        if token.text == ";" and not depth:
            found.append(tuple(current))
            current = []
        else:
            current.append(names.resolved(token))
    return [*found, tuple(current)] if current else found


def told(text: str, start: int, what: str) -> BadQuery:
    """The error at an offset of a text."""
    line, column = position(text, start)
    return BadQuery(f"line {line}, column {column}: {what}", line=line, column=column)


def _tokens(text: str) -> Iterator[Token]:
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise _strange(text, at)
        kind, start, at = match.lastgroup or "", at, match.end()
        if kind == "word" and match[0].upper() not in WORDS:
            raise syntax.misspelt(match[0], *position(text, start))
        if kind == "string":
            yield Token(kind, _literal(match[0], text, start), start)
        elif kind != "space":
            yield Token(kind, match[0], start)


def _strange(text: str, at: int) -> BadQuery:
    if text[at] in "\"'":
        return syntax.misspelt(text[at], *position(text, at))
    return told(text, at, f"{text[at]!r} begins no word, name or sign of SPARQL")


def _literal(quoted: str, text: str, start: int) -> str:
    """A string in the one spelling: one line, few escapes."""
    around = 3 if len(quoted) >= 6 and quoted[:3] in ('"""', "'''") else 1
    plain = _unescaped(quoted[around:-around], text, start)
    # A backslash before a u stays one even where an engine looks for \u first of all.
    return terms.literal(plain).replace("\\\\u", "\\\\\\u0075").replace("\\\\U", "\\\\\\u0055")


def _unescaped(body: str, text: str, start: int) -> str:
    def one(match: re.Match[str]) -> str:
        code = match[1]
        if len(code) > 1:
            return _character(int(code[1:], 16), text, start)
        if code not in _ESCAPES:
            raise told(text, start, f"\\{code} is no escape of SPARQL")
        return _ESCAPES[code]

    return _ESCAPE.sub(one, body) if "\\" in body else body


def _character(code: int, text: str, start: int) -> str:
    if code > 0x10FFFF or 0xD800 <= code <= 0xDFFF:
        raise told(text, start, f"\\u{code:X} is no character")
    return chr(code)


class _Names:
    """The base and the prefixes in force, and the IRIs that names mean under them."""

    def __init__(self, text: str, base: str) -> None:
        self._text = text
        self._base = base
        self._declared = False
        self._prefixes: dict[str, str] = {}
        self._known: dict[str, str] = {}

    def declare(self, word: Token, coming: Iterator[Token]) -> None:
        """Take in a BASE, PREFIX or VERSION, of which ``word`` has been read."""
        end = Token("end", "", len(self._text))
        if word.word == "VERSION":
            self._expect(next(coming, end), "string")
            return
        name = self._expect(next(coming, end), "name") if word.word == "PREFIX" else None
        if name is not None and not name.text.endswith(":"):
            raise told(self._text, name.start, f"{name.text} is no prefix; it must end with a :")
        iri = self._iri(self._expect(next(coming, end), "iri"))
        self._known.clear()
        if name is None:
            self._base, self._declared = iri, True
        else:
            self._prefixes[name.text] = iri

    def resolved(self, token: Token) -> Token:
        """The token, as an absolute IRI if it is a name."""
        if token.kind not in ("iri", "name"):
            return token
        if token.text not in self._known:
            iri = self._iri(token) if token.kind == "iri" else self._name(token)
            self._known[token.text] = f"<{iri}>"
        return Token("iri", self._known[token.text], token.start)

    def _expect(self, token: Token, kind: str) -> Token:
        if token.kind != kind:
            raise told(self._text, token.start, f"the declaration wants a {kind} here")
        return token

    def _name(self, token: Token) -> str:
        prefix, _, local = token.text.partition(":")
        if f"{prefix}:" not in self._prefixes:
            raise syntax.undeclared(f"{prefix}:", *position(self._text, token.start))
        return self._checked(self._prefixes[f"{prefix}:"] + local.replace("\\", ""), token)

    def _iri(self, token: Token) -> str:
        written = _unescaped(token.text[1:-1], self._text, token.start)
        if _ABSOLUTE.match(written) and not self._declared:
            return self._checked(written, token)
        self._checked_signs(written, token)
        turtle = f"<> <a:a> <{written}> ."
        try:
            (triple,) = ox.parse(turtle, format=ox.RdfFormat.TURTLE, base_iri=self._base)
        except (SyntaxError, ValueError) as error:
            raise told(self._text, token.start, f"{token.text} is no IRI: {error}") from None
        return self._checked(str(triple.object)[1:-1], token)

    def _checked(self, iri: str, token: Token) -> str:
        self._checked_signs(iri, token)
        try:
            return ox.NamedNode(iri).value
        except ValueError as error:
            raise told(self._text, token.start, f"{token.text} is no IRI: {error}") from None

    def _checked_signs(self, iri: str, token: Token) -> None:
        """No IRI holds a sign that might end it."""
        try:
            terms.iri(iri)
        except ValueError as error:
            raise told(self._text, token.start, str(error)) from None
