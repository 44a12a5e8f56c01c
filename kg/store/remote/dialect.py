"""A question written so that every engine understands the same by it.

Engines agree on SPARQL and differ on datasets. With ``default-graph-uri`` and no
``named-graph-uri`` some see no named graph (as the protocol says) and others all of them; some
add the request's graphs to those of FROM; some have no ``GRAPH ?g {}``. What comes out here uses
none of that.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from kg import terms
from kg.store.text.querytext import tokens

NOWHERE: Final = "urn:x-conflict-kg:nowhere"
"""A graph that nobody has; it stands where a dataset is meant to be empty."""


@dataclass(frozen=True, slots=True)
class Put:
    """What is sent: the text, and the graphs of the request's dataset (none: the engine's own)."""

    text: str
    default: tuple[str, ...] = ()
    named: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class _Token:
    kind: str
    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)

    def is_word(self, *words: str) -> bool:
        return self.kind == "word" and self.text.upper() in words


def put(
    text: str,
    default: Sequence[str] | None,
    named: Sequence[str] | None,
    *,
    hidden: Sequence[str] = (),
    graphs: Callable[[], Sequence[str]] = tuple,
) -> Put:
    """A query and its dataset as one request.

    ``default`` and ``named`` are the graphs of the dataset; a part that is None is the engine's:
    its own default graph, every named graph. ``hidden`` are graphs that ``GRAPH ?g {}`` does not
    list, and ``graphs`` gives all others, where they must be listed.

    >>> put("ASK { GRAPH ?g { ?s ?p ?o } }", ["a:v"], None).text
    'ASK { GRAPH <a:v> { GRAPH ?g { ?s ?p ?o } }}'
    """
    found = _listing(text, hidden)
    asks_named = any(token.is_word("GRAPH") for token in _read(found))
    if default is None and named is None:
        return Put(_closed(found) if asks_named else found)
    found = _without_from(found)
    if default is None:
        return Put(found, (), tuple(named or ()))
    default = tuple(default) or (NOWHERE,)
    if not asks_named:
        return Put(found, default)
    if named is not None:
        return Put(found, default, tuple(named) or (NOWHERE,))
    wrapped = _within(found, default[0]) if len(default) == 1 else None
    if wrapped is not None:
        return Put(wrapped)
    return Put(found, default, tuple(graphs()) or (NOWHERE,))


def _read(text: str) -> list[_Token]:
    return [_Token(*found) for found in tokens(text) if found[0] != "comment"]


def _within(text: str, graph: str) -> str | None:
    """The query with its pattern inside ``GRAPH <graph> { … }``; None where that cannot be.

    A GRAPH inside a GRAPH turns to another graph, so the named ones stay within reach.

    >>> _within("SELECT * { ?s ?p ?o GRAPH ?g { ?s ?q ?r } } LIMIT 1", "a:v")
    'SELECT * { GRAPH <a:v> { ?s ?p ?o GRAPH ?g { ?s ?q ?r } }} LIMIT 1'
    """
    read = _read(text)
    form = next((token for token in read if token.is_word(*_FORMS)), None)
    if form is None or form.is_word("DESCRIBE"):
        return None
    groups = list(_groups(read))
    at = 1 if form.is_word("CONSTRUCT") else 0
    if len(groups) <= at:
        return None
    begin, end = groups[at]
    if any(token.is_word("EXISTS") and not begin < token.start < end for token in read):
        return None
    head = f"{text[: begin + 1]} GRAPH {terms.iri(graph)} {{"
    return f"{head}{text[begin + 1 : end]}}}{text[end:]}"


_FORMS: Final = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")


def _groups(read: Sequence[_Token]) -> Iterator[tuple[int, int]]:
    """Where each outermost group begins and ends, those inside expressions left out."""
    braces = parens = begin = 0
    for token in read:
        if token.kind != "mark":
            continue
        if not braces:
            parens += {"(": 1, ")": -1}.get(token.text, 0)
        if parens:
            continue
        if token.text == "{":
            begin = begin if braces else token.start
            braces += 1
        elif token.text == "}":
            braces -= 1
            if not braces:
                yield begin, token.start


def _listing(text: str, hidden: Sequence[str]) -> str:
    """The query without the ``hidden`` graphs, its empty patterns in words all engines know.

    >>> _listing("ASK { GRAPH <a:b> {} }", [])
    'ASK { FILTER EXISTS { GRAPH <a:b> { ?kg_s ?kg_p ?kg_o } } }'
    >>> _listing("ASK { GRAPH ?g { ?s a ?g } }", ["a:h"])
    'ASK { GRAPH ?g { ?s a ?g } FILTER(?g NOT IN (<a:h>)) }'
    """
    read = _read(text)
    pieces: list[tuple[int, int, str]] = []
    for at, (word, graph, opens) in enumerate(zip(read, read[1:], read[2:], strict=False)):
        if not word.is_word("GRAPH") or opens.text != "{":
            continue
        close = _closing(read, at + 2)
        if close is None:
            continue
        if close is read[at + 3]:
            listed = _each(graph.text, hidden) if graph.kind == "var" else _there(graph.text)
            pieces.append((word.start, close.end, listed))
        elif graph.kind == "var" and hidden:
            pieces.append((close.end, close.end, _unless(graph.text, hidden)))
    return _spliced(text, sorted(pieces))


def _closing(read: Sequence[_Token], at: int) -> _Token | None:
    """The bracket that closes the one at a place."""
    depth = 0
    for token in read[at:]:
        if token.kind == "mark":
            depth += {"{": 1, "}": -1}.get(token.text, 0)
            if not depth:
                return token
    return None


def _there(graph: str) -> str:
    return f"FILTER EXISTS {{ GRAPH {graph} {{ ?kg_s ?kg_p ?kg_o }} }}"


def _each(variable: str, hidden: Sequence[str]) -> str:
    """A subquery that gives each graph once. Not by DISTINCT: Virtuoso counts every triple then."""
    pattern = f"GRAPH {variable} {{ ?kg_s ?kg_p ?kg_o }}{_unless(variable, hidden)}"
    return f"{{ SELECT {variable} {{ {pattern} }} GROUP BY {variable} }}"


def _unless(variable: str, hidden: Sequence[str]) -> str:
    no = ", ".join(map(terms.iri, hidden))
    return f" FILTER({variable} NOT IN ({no}))" if no else ""


def _spliced(text: str, pieces: Sequence[tuple[int, int, str]]) -> str:
    """The text with what stands from one offset to another replaced, piece by piece."""
    out, done = [], 0
    for begin, end, new in pieces:
        out += [text[done:begin], new]
        done = end
    return "".join([*out, text[done:]])


def _without_from(text: str) -> str:
    """The query without its own FROM clauses: the request's dataset wins over them."""
    return _spliced(text, [(begin, end, "") for begin, end, _ in _froms(text)])


def _closed(text: str) -> str:
    """The query with every part of its dataset named, for a part left out is empty.

    >>> _closed("SELECT * FROM <a:b> { GRAPH ?g {} }")
    'SELECT * FROM NAMED <urn:x-conflict-kg:nowhere> FROM <a:b> { GRAPH ?g {} }'
    """
    found = list(_froms(text))
    kinds = {named for _, _, named in found}
    if len(kinds) != 1:
        return text
    missing = "FROM" if True in kinds else "FROM NAMED"
    at = found[0][0]
    return f"{text[:at]}{missing} {terms.iri(NOWHERE)} {text[at:]}"


def _froms(text: str) -> Iterator[tuple[int, int, bool]]:
    """Where each dataset clause begins and ends, and whether it is one of FROM NAMED."""
    read = _read(text)
    for at, token in enumerate(read[:-1]):
        if token.is_word("FROM"):
            named = read[at + 1].is_word("NAMED") and at + 2 < len(read)
            yield token.start, read[at + 1 + named].end, named
