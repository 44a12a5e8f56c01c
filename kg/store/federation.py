"""SERVICE carried out by ourselves: the clause gives way to the rows the other server answers.

SPARQL 1.1 Federated Query defines SERVICE as a multiset of solutions that is joined with what is
around it, and VALUES is one written out. So a text with ``SERVICE <iri> { … }`` means the same with
``VALUES`` in its place, and the engine never makes a request. What is in the braces is sent as it
stands, with its names made absolute.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any, Final

from kg import terms
from kg.errors import BadInput, BadQuery, Unsupported
from kg.store.base import JSON, NTRIPLES, Answer, Dataset, Queryable
from kg.store.text.querytext import calls_service
from kg.store.text.updatetext import Operation, Token, operations, told
from kg.store.text.written import Written, written

Ask = Callable[[str, str], bytes]
"""Puts a query (second) to the endpoint at an IRI (first): its answer as SPARQL JSON."""

MOST: Final = 8
"""SERVICE clauses of one query: each waits for an answer."""
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]*")
_TAG: Final = re.compile(r"[A-Za-z]+(?:-[A-Za-z0-9]+)*")


def carried_out(operation: Operation, ask: Ask | None, text: str) -> Operation:
    """The tokens with every SERVICE clause replaced; ``text`` is what they were read from.

    Raises Unsupported where nobody may be asked or no endpoint is named, what ``ask`` raises, and
    BadInput for an answer that cannot be written down.
    """
    made: list[Token] = []
    left = list(reversed(operation))
    asked = 0
    while left:
        token = left.pop()
        if token.word != "SERVICE":
            made.append(token)
            continue
        if ask is None:
            raise _unsupported(text, token, "queries and updates may not call other servers")
        asked += 1
        if asked > MOST:
            raise _unsupported(text, token, f"a text may call {MOST} servers, one after the other")
        made.append(_Clause(left, token, text).rows(ask))
    return tuple(made)


def _unsupported(text: str, token: Token, what: str) -> Unsupported:
    at = told(text, token.start, f"{what} ({token.text})")
    return Unsupported(str(at), line=at.line, column=at.column)


class _Clause:
    """``[SILENT] <iri> { … }``, taken from what is left behind SERVICE."""

    def __init__(self, left: list[Token], service: Token, text: str) -> None:
        self._start = service.start
        self._silent = bool(left) and left[-1].word == "SILENT"
        if self._silent:
            left.pop()
        if not left or left[-1].kind != "iri":
            raise _unsupported(text, service, "the server that is called must be named by an IRI")
        self._endpoint = left.pop().text[1:-1]
        self._pattern = list(_braces(left, text))

    def rows(self, ask: Ask) -> Token:
        """What the endpoint answers, as VALUES; an empty solution if it fails and may."""
        query = "\n".join(["SELECT * WHERE", *(token.text for token in self._pattern)])
        try:
            found = _values(ask(self._endpoint, query), self._endpoint)
        except BadInput:
            if not self._silent:
                raise
            found = "VALUES () { () }"
        return Token("rows", found, self._start)


def _braces(left: list[Token], text: str) -> Iterator[Token]:
    depth = 0
    while left:
        token = left.pop()
        depth += token.depth
        yield token
        if depth == 0:
            return
    raise told(text, len(text), "a SERVICE clause does not end")


def _values(body: bytes, endpoint: str) -> str:
    """An answer in SPARQL JSON as a VALUES clause, every name and term checked."""
    try:
        answer = json.loads(body)
        names = [str(name) for name in answer["head"]["vars"]]
        if not all(map(_NAME.fullmatch, names)):
            raise ValueError("a variable has a name that is none")
        rows = [
            " ".join(_term(row[name]) if name in row else "UNDEF" for name in names)
            for row in answer["results"]["bindings"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise BadInput(f"{endpoint} gave no table that can be read here: {error}") from None
    variables, lines = " ".join(f"?{name}" for name in names), "".join(f"({row})\n" for row in rows)
    return f"VALUES ({variables}) {{\n{lines}}}"


def _term(found: Mapping[str, Any]) -> str:
    value = str(found["value"])
    if found["type"] == "uri":
        return terms.iri(value)
    if found["type"] not in ("literal", "typed-literal"):
        raise ValueError(f"a term of type {found['type']}, which has no name here")
    if tag := found.get("xml:lang"):
        if not _TAG.fullmatch(tag):
            raise ValueError(f"{tag!r} is no language")
        return f"{terms.literal(value)}@{tag}"
    datatype = found.get("datatype")
    return f"{terms.literal(value)}^^{terms.iri(datatype)}" if datatype else terms.literal(value)


class Federating:
    """A ``Queryable`` that carries SERVICE out before the query goes on to another.

    ``ask`` puts queries to other servers.
    """

    def __init__(self, queryable: Queryable, ask: Ask) -> None:
        self.base = queryable.base
        self._queryable = queryable
        self._ask = ask

    def query(
        self,
        text: str,
        *,
        bindings: Mapping[str, str] | None = None,
        dataset: Dataset | None = None,
        table: str = JSON,
        graph: str = NTRIPLES,
        all_rows: bool = False,
    ) -> Answer:
        """See ``Queryable.query``; raises too what asking raises."""
        local = self._local(text)
        try:
            return self._queryable.query(
                local.text,
                bindings=bindings,
                dataset=dataset,
                table=table,
                graph=graph,
                all_rows=all_rows,
            )
        except BadQuery as error:
            raise local.located(error) from None

    def _local(self, text: str) -> Written:
        if "service" not in text.lower() or calls_service(text) is None:
            return Written(text, text)
        found = operations(text, self.base)
        return written([carried_out(one, self._ask, text) for one in found], text, kind="query")
