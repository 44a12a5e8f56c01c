"""SPARQL text read token by token: what must be known of a query before an engine sees it.

Three questions, none of which an engine answers before it evaluates: does the query name its
own dataset, does it call other servers, and what is it with its parameters filled in. Tokens
follow SPARQL 1.1 section 19.8; inside strings, comments and IRIs nothing is a keyword.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from kg.errors import BadQuery, TooLong
from kg.store.base import Form

_IRI = r'<(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*>'
_SHORT = r'"(?:[^"\\\n\r]|\\.)*"'
_LOCAL = r"(?:[\w.\-:·]|%[0-9A-Fa-f]{2}|\\[_~.\-!$&'()*+,;=/?#@%])*"
_TOKEN: Final = re.compile(
    rf"""
      (?P<comment>\#[^\n\r]*)
    | (?P<iri>{_IRI})
    | (?P<string>\"{{3}}(?:"{{0,2}}(?:[^"\\]|\\.))*\"{{3}} | '{{3}}(?:'{{0,2}}(?:[^'\\]|\\.))*'{{3}}
        | {_SHORT} | '(?:[^'\\\n\r]|\\.)*')
    | (?P<var>[?$]\w+)
    | (?P<blank>_:[\w.\-·]+)
    | (?P<name>(?:[^\W\d_](?:[\w\-·]|\.+(?=[\w\-·])){{0,100}}+)?:{_LOCAL}
        | @[A-Za-z]+(?:-[A-Za-z0-9]+)*)
    | (?P<word>\w+)
    | (?P<mark>\S)
    """,
    re.VERBOSE | re.DOTALL,
)
_TERM: Final = re.compile(rf"(?:{_IRI}|{_SHORT}(?:\^\^{_IRI}|@[A-Za-z]+(?:-+[A-Za-z0-9]+)*)?)")
_WORDS = """
A ABS ADD ADJUST ALL AS ASC ASK AVG BASE BIND BNODE BOUND BY CEIL CLEAR COALESCE CONCAT CONSTRUCT
CONTAINS COPY COUNT CREATE DATA DATATYPE DAY DEFAULT DELETE DESC DESCRIBE DISTINCT DROP
ENCODE_FOR_URI EXISTS FALSE FILTER FLOOR FROM GRAPH GROUP GROUP_CONCAT HASLANG HASLANGDIR HAVING
HOURS IF IN INSERT INTO IRI ISBLANK ISIRI ISLITERAL ISNUMERIC ISTRIPLE ISURI LANG LANGDIR
LANGMATCHES LATERAL LCASE LIMIT LOAD MAX MD5 MIN MINUS MINUTES MONTH MOVE NAMED NOT NOW OBJECT
OFFSET OPTIONAL ORDER PREDICATE PREFIX RAND REDUCED REGEX REPLACE ROUND SAMPLE SAMETERM SECONDS
SELECT SEPARATOR SERVICE SHA1 SHA256 SHA384 SHA512 SILENT STR STRAFTER STRBEFORE STRDT STRENDS
STRLANG STRLANGDIR STRLEN STRSTARTS STRUUID SUBJECT SUBSTR SUM TIMEZONE TO TRIPLE TRUE TZ UCASE
UNDEF UNION URI USING UUID VALUES VERSION WHERE WITH YEAR
"""
WORDS: Final = frozenset(_WORDS.split())
"""Every bare word of SPARQL 1.1 and 1.2, in capitals."""
_FORMS: Final[Mapping[str, Form]] = {
    "select": "select",
    "ask": "ask",
    "construct": "construct",
    "describe": "construct",
}
_PREFIX: Final = re.compile(r"prefix\s+([^\s:<]*:)", re.IGNORECASE)
_SERVICE: Final = re.compile("service", re.IGNORECASE)
_PROLOGUE: Final = re.compile(
    r"\s+|#[^\n]*|(?:PREFIX\s+[^\s<]*\s*|BASE\s*)<[^<>\s]*>", re.IGNORECASE
)
_UPDATE: Final = re.compile(
    r"(?:INSERT|DELETE|DROP|CLEAR|LOAD|CREATE|COPY|MOVE|ADD|WITH)\b", re.IGNORECASE
)

DEEPEST: Final = 500
"""Brackets within brackets that an engine is given; some thousands overflow its stack."""


Edit = tuple[int, int, str]
"""From where to where of a text, and what stands there instead."""


@dataclass(frozen=True, slots=True)
class Bound:
    """A query with its parameters filled in, and where it grew.

    ``edits`` holds (line, column of the edit in the new text, by how many characters it grew).
    """

    text: str
    edits: tuple[tuple[int, int, int], ...] = ()

    def original_column(self, line: int, column: int) -> int:
        """The column in the text as written of a column in the text as sent."""
        return column - sum(by for at, start, by in self.edits if at == line and start < column)


def require_query(text: str) -> None:
    """Raise BadQuery for an update: it says that a query only reads, and which forms there are.

    >>> require_query("PREFIX a: <http://a/> # drop\\nSELECT * { ?drop a:b ?c }")
    """
    at = 0
    while found := _PROLOGUE.match(text, at):
        at = found.end()
    if update := _UPDATE.match(text, at):
        line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
        raise BadQuery(
            f"{update[0].upper()} changes a store, and a query only reads; allowed are SELECT, "
            "ASK, CONSTRUCT and DESCRIBE (kg ingest and kg remove change what is kept)",
            line=line,
            column=column,
        )


def require_shallow(text: str) -> None:
    """Raise BadQuery where more than DEEPEST brackets stand in each other.

    >>> require_shallow("ASK { FILTER(" + "(" * 499 + "1")
    Traceback (most recent call last):
        ...
    kg.errors.BadQuery: line 1, column 512: more than 500 brackets stand in each other
    """
    if sum(map(text.count, "{([")) <= DEEPEST:
        return
    depth = 0
    for kind, token, start in tokens(text):
        if kind == "mark":
            depth += {"{": 1, "(": 1, "[": 1, "}": -1, ")": -1, "]": -1}.get(token, 0)
        if depth > DEEPEST:
            line, column = position(text, start)
            said = f"more than {DEEPEST} brackets stand in each other"
            raise BadQuery(f"line {line}, column {column}: {said}", line=line, column=column)


def form(text: str) -> Form | None:
    """What a query asks for, by its first keyword; None for what is no query.

    >>> form("PREFIX select: <a:> # ask\\nDESCRIBE select:x"), form("DROP ALL")
    ('construct', None)
    """
    for kind, token, _ in tokens(text):
        if kind == "word" and token.lower() in _FORMS:
            return _FORMS[token.lower()]
    return None


def names_dataset(text: str) -> bool:
    """Whether the query names its own dataset (FROM, FROM NAMED).

    >>> names_dataset("SELECT ?from FROM <a:g> {}"), names_dataset("ASK { ?s ?p 'FROM' } # FROM")
    (True, False)
    """
    # Reading token by token takes as long as a cheap query; most have no such letters.
    return "from" in text.lower() and any(
        token.lower() == "from" for kind, token, _ in tokens(text) if kind == "word"
    )


def calls_service(text: str) -> tuple[int, int] | None:
    """Line and column of the first SERVICE keyword, if there is one.

    >>> calls_service("SELECT * {\\n SERVICE <http://x/> {} }")
    (2, 2)
    """
    for kind, token, start in tokens(text):
        if kind == "word" and token.lower() == "service":
            return position(text, start)
    return None


def undeclared_prefix(text: str) -> tuple[str, int, int] | None:
    """The first prefix that is used and nowhere declared, with its line and column.

    >>> undeclared_prefix("PREFIX a: <http://a/> ASK { _:x a:p b:q }")
    ('b:', 1, 37)
    """
    names = [(token, start) for kind, token, start in tokens(text) if kind == "name"]
    declared = set(_PREFIX.findall(text))
    for token, start in names:
        prefix = token.partition(":")[0] + ":"
        if token[0] != "@" and prefix not in declared:
            return prefix, *position(text, start)
    return None


def unknown_word(text: str) -> tuple[str, int, int] | None:
    """The first bare word that SPARQL does not have, with its line and column.

    A quote that nothing closes counts as one.

    >>> unknown_word("ASK { ?s a 12 FILTR(?s) }")
    ('FILTR', 1, 15)
    """
    for kind, token, start in tokens(text):
        strange = kind == "word" and not token[0].isdigit() and token.upper() not in WORDS
        if strange or (kind == "mark" and token in "\"'"):
            return token, *position(text, start)
    return None


def without_service(text: str) -> str | None:
    """The text with the letters of SERVICE spelt otherwise; None where they do not occur.

    The proof against a SERVICE that the tokens above might not see: every other use of the
    letters (names, strings, comments) may be respelt throughout and parses as before, so if
    this text parses, no SERVICE clause is in it.
    """
    masked, found = _SERVICE.subn("servile", text)
    return masked if found else None


def local_service(text: str) -> str:
    """The text with GRAPH for SERVICE, which is written alike: it parses where that did.

    >>> local_service("ASK { SERVICE SILENT ?s {} }")
    'ASK { GRAPH          ?s {} }'
    """
    edits: list[Edit] = []
    before = ""
    for kind, token, start in tokens(text):
        if kind == "word" and token.upper() == "SERVICE":
            edits.append((start, start + len(token), "GRAPH  "))
        elif kind == "word" and token.upper() == "SILENT" and before == "SERVICE":
            edits.append((start, start + len(token), "      "))
        if kind != "comment":
            before = token.upper()
    return edited(text, edits)


def edited(text: str, edits: Iterable[Edit]) -> str:
    """The text with the edits made; none may overlap another.

    >>> edited("abc", [(1, 2, "-"), (3, 3, "!")])
    'a-c!'
    """
    out, done = [], 0
    for start, end, new in sorted(edits):
        out += [text[done:start], new]
        done = end
    return "".join([*out, text[done:]])


def bind(text: str, bindings: Mapping[str, str]) -> Bound:
    """The query with each bound variable replaced by its term, wherever it stands.

    A variable in a projection becomes ``(term AS ?variable)``, so the answer keeps its column.
    Raises BadQuery for a variable the query does not have or assigns itself, and for a value
    that is not one N-Triples term.

    >>> bind("SELECT ?s ?w { ?s ?p ?w }", {"w": '"a"'}).text
    'SELECT ?s ("a" AS ?w) { ?s ?p "a" }'
    """
    if not bindings:
        return Bound(text)
    _check(text, bindings)
    out: list[str] = []
    edits: list[tuple[int, int, int]] = []
    done = 0
    for start, token, new in _replacements(text, bindings):
        out += [text[done:start], new]
        done = start + len(token)
        line, column = position(text, start)
        grown = sum(by for at, _, by in edits if at == line)
        edits.append((line, column + grown, len(new) - len(token)))
    return Bound("".join([*out, text[done:]]), tuple(edits))


def _check(text: str, bindings: Mapping[str, str]) -> None:
    names = {token[1:] for kind, token, _ in tokens(text) if kind == "var"}
    for name, term in bindings.items():
        if name not in names:
            have = ", ".join(sorted(names)) or "none"
            raise BadQuery(f"the query has no variable ?{name} to bind; it has {have}")
        if not _TERM.fullmatch(term):
            raise BadQuery(f"?{name} cannot be bound to {term!r}: it must be one N-Triples term")


def _replacements(text: str, bindings: Mapping[str, str]) -> Iterator[tuple[int, str, str]]:
    """(offset, variable as written, what stands for it) for each bound variable."""
    clause, braces, parens, before = "", 0, 0, ""
    for kind, token, start in tokens(text):
        if kind == "var" and token[1:] in bindings:
            term = bindings[token[1:]]
            if before == "AS" or clause == "VALUES":
                line, column = position(text, start)
                raise BadQuery(f"{token} is assigned by the query", line=line, column=column)
            yield start, token, _placed(term, token[1:], "" if parens else clause, braces)
        if kind == "word":
            before = token.upper()
            clause = before if before in ("SELECT", "BY", "VALUES", "WHERE", "FROM") else clause
        elif kind != "comment":
            before = ""
        if kind == "mark":
            braces += {"{": 1, "}": -1}.get(token, 0)
            parens += {"(": 1, ")": -1}.get(token, 0)
            clause = "" if token in "{}" else clause


def _placed(term: str, name: str, clause: str, braces: int) -> str:
    """A term as its clause wants it; a subquery's column must not meet the outer one."""
    if clause == "SELECT":
        return f"({term} AS ?{'bound_' if braces else ''}{name})"
    return f"({term})" if clause == "BY" else term


def require_short(text: str, most: int) -> None:
    """Raise TooLong for a query of more than ``most`` characters.

    For those that are sent to us; how long our own are is ours to see to.
    """
    if len(text) > most:
        raise TooLong(
            f"the query has {len(text)} characters, and at most {most} are read; ask in parts, or "
            "raise KG_QUERY_CHARACTERS",
            limit="query_characters",
            value=most,
        )


def tokens(text: str) -> Iterator[tuple[str, str, int]]:
    """The tokens of a query with their kind and offset, comments among them.

    >>> [(kind, token) for kind, token, _ in tokens("ASK { ?s a <a:b> }")][2:5]
    [('var', '?s'), ('word', 'a'), ('iri', '<a:b>')]
    """
    for match in _TOKEN.finditer(text):
        yield match.lastgroup or "", match.group(), match.start()


def position(text: str, offset: int) -> tuple[int, int]:
    """Line and column, both from 1, of an offset."""
    return text.count("\n", 0, offset) + 1, offset - text.rfind("\n", 0, offset)
