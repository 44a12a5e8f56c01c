"""The named questions: one SPARQL file each beside this one, its header its documentation.

A file begins with ``# title:``, ``# question:`` and a ``# param: NAME TYPE DEFAULT — meaning``
for each parameter (``-`` stands for the empty string); the other header lines explain the
answer. The query is plain SPARQL 1.1 over the view and runs anywhere as it stands: a parameter
is the one value of a line ``VALUES ?NAME { … }``, which holds the default.

============== ===================================================================
type           value
============== ===================================================================
code:SCHEME    a code (``request``); a mode bare or with its type (``ACCUSE/investigate``)
date           an EDTF date; its first day
date:last      an EDTF date; its last day
iri            an IRI
string         any text
actor:VAR      an actor, by a name or an IRI; the query knows it as ?VAR
place:VAR      a place, likewise
integer        a whole number
============== ===================================================================
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib import resources
from typing import Final

from kg import edtf, terms
from kg.errors import BadInput, NotFound
from kg.filters import Kind, Unknown, find, missing
from kg.store.base import JSON, Answer, Queryable
from kg.store.text.querytext import tokens
from kg.vocab import code, codes, concepts

__all__ = [
    "Param",
    "Question",
    "ask",
    "bind",
    "load",
    "meant",
    "names",
    "parse",
    "run",
    "unknown",
]

_PARAM: Final = re.compile(r"(\S+) (\S+) (\S+) — (.+)")
_WORD: Final = ("word", "VALUES")
_MORE: Final = {"code": ":SCHEME", "actor": ":VARIABLE", "place": ":VARIABLE"}
_VALUES: Final = re.compile(r"(VALUES \?(\w+) \{ )([^{}]*)( \})")


@dataclass(frozen=True, slots=True)
class Param:
    """A parameter of a question; without a value it has its default."""

    name: str
    type: str
    default: str
    meaning: str


@dataclass(frozen=True, slots=True)
class Question:
    """A named question: what it asks, what its answer means, and the query as it stands."""

    name: str
    title: str
    question: str
    description: str
    params: tuple[Param, ...]
    text: str


@cache
def names() -> tuple[str, ...]:
    """The names of all questions, sorted."""
    files = resources.files(__name__).iterdir()
    return tuple(sorted(file.name[:-3] for file in files if file.name.endswith(".rq")))


@cache
def load(name: str) -> Question:
    """The question of this name; NotFound lists those there are."""
    if name not in names():
        raise NotFound(f"no question {name!r}; there are {', '.join(names())}")
    text = resources.files(__name__).joinpath(f"{name}.rq").read_text(encoding="utf-8")
    return parse(name, text)


def parse(name: str, text: str) -> Question:
    """A question from its text; without a header it goes by its name and has no parameters.

    Raises BadInput for a parameter of no known type, with a default its type does not allow, or
    that is not the one value of a ``VALUES ?NAME { … }`` in the query.

    >>> parse("any", '# param: n integer 5 — many\\n\\nASK { VALUES ?n { 5 } }').params
    (Param(name='n', type='integer', default='5', meaning='many'),)
    """
    fields = list(_header(text))
    said = {key: value for key, value in fields if key != "param"}
    title = said.get("title", name)
    asked = Question(
        name=name,
        title=title,
        question=said.get("question", title),
        description=said.get("", ""),
        params=tuple(_param(name, value) for key, value in fields if key == "param"),
        text=text,
    )
    _check(asked)
    return asked


def _check(asked: Question) -> None:
    """Whether each parameter can be filled in, and nothing but parameters is."""
    words = {start for kind, token, start in tokens(asked.text) if (kind, token) == _WORD}
    places = [(match[2], match.start() in words) for match in _VALUES.finditer(asked.text)]
    for one in asked.params:
        if one.type.partition(":")[0] not in _TYPES or _lacks_more(one):
            known = ", ".join(f"{kind}{_MORE.get(kind, '')}" for kind in _TYPES)
            raise BadInput(f"{one.name} is of type {one.type!r}; there are {known}")
        mine = [is_clause for name, is_clause in places if name == one.name]
        if not mine or not all(mine):
            raise BadInput(f"the query has no line VALUES ?{one.name} {{ … }} for its parameter")
        if one.default:
            _term(one, one.default)


def _lacks_more(param: Param) -> bool:
    """Whether a type that wants a scheme or a variable has none that will do."""
    kind, _, more = param.type.partition(":")
    if kind == "code":
        return more not in concepts()
    return kind in _KINDS and not re.fullmatch(r"[A-Za-z]\w*", more)


def run(
    queryable: Queryable, name: str, params: Mapping[str, str] | None = None, *, table: str = JSON
) -> Answer:
    """The answer to a named question, in the media type ``table``.

    Raises NotFound (name), BadInput (parameter), and what ``Queryable.query`` raises.
    """
    return ask(queryable, load(name), params or {}, table=table)


def ask(
    queryable: Queryable, asked: Question, params: Mapping[str, str], *, table: str = JSON
) -> Answer:
    """The answer to a question; see :func:`run`."""
    return queryable.query(bind(asked, params, meant(queryable, asked, params)), table=table)


def meant(
    queryable: Queryable, question: Question, params: Mapping[str, str]
) -> dict[str, tuple[str, ...]]:
    """Parameter → the IRIs of all that the name in it may mean; none for a name of nobody."""
    return {name: find(queryable, kind, value) for name, kind, value in _named(question, params)}


def unknown(queryable: Queryable, question: Question, params: Mapping[str, str]) -> list[Unknown]:
    """The names among the parameters that mean nobody, and names that are like them."""
    asked = [
        missing(queryable, [kind], name, value) for name, kind, value in _named(question, params)
    ]
    return [one for one in asked if one]


def _named(question: Question, params: Mapping[str, str]) -> Iterator[tuple[str, Kind, str]]:
    for one in question.params:
        if (kind := _kind(one)) and params.get(one.name):
            yield one.name, kind, params[one.name]


def bind(
    question: Question, params: Mapping[str, str], iris: Mapping[str, Sequence[str]] | None = None
) -> str:
    """The query with these parameters filled in, ready to run anywhere.

    ``iris`` stand in the place of the names that mean them (see :func:`meant`): the query then
    begins with them and compares no names. Raises BadInput for a parameter the question does
    not have or a value its type does not.
    """
    known = {one.name: one for one in question.params}
    for name in params:
        if name not in known:
            have = ", ".join(known) or "none"
            raise BadInput(f"{question.name} has no parameter {name!r}; it has {have}")
    filled = {name: _term(known[name], value) for name, value in params.items()}
    whom = {name: _whom(known[name], found) for name, found in (iris or {}).items()}
    filled |= dict.fromkeys(whom, '""')
    return _VALUES.sub(
        lambda m: m[1] + filled.get(m[2], m[3]) + m[4] + whom.get(m[2], ""), question.text
    )


def _header(text: str) -> Iterator[tuple[str, str]]:
    """The fields of a header, continued lines joined; what explains comes under ``""``."""
    head = text.replace("\r\n", "\n").split("\n\n", 1)[0].splitlines()
    lines = [line[1:] for line in head if line.startswith("#")]
    explained: list[str] = []
    field: list[str] = []
    for line in lines:
        if begun := re.match(r" (title|question|param): (.*)", line):
            if field:
                yield field[0], " ".join(field[1:])
            field = [begun[1], begun[2]]
        elif line.startswith("   "):
            field.append(line.strip())
        elif line.strip():
            explained.append(line.strip())
    if field:
        yield field[0], " ".join(field[1:])
    yield "", " ".join(explained)


def _param(name: str, field: str) -> Param:
    found = _PARAM.fullmatch(field)
    if not found:
        raise BadInput(f"{name}: a parameter is written NAME TYPE DEFAULT — meaning: {field}")
    return Param(found[1], found[2], "" if found[3] == "-" else found[3], found[4])


def _term(param: Param, value: str) -> str:
    """The value as an RDF term of the parameter's type; never text pasted into a query."""
    kind, _, scheme = param.type.partition(":")
    try:
        value.encode()
        return _TYPES[kind](value, scheme)
    except ValueError as error:
        raise BadInput(f"{param.name}={value!r} is not allowed: {error}") from None


def _kind(param: Param) -> Kind | None:
    """What a parameter names, where it names something by one of many names."""
    return _KINDS.get(param.type.partition(":")[0])


def _whom(param: Param, iris: Sequence[str]) -> str:
    """The clause by which a query begins with those who are meant."""
    variable = param.type.partition(":")[2]
    return f" VALUES ?{variable} {{ {' '.join(map(terms.iri, iris))} }}"


def _code(value: str, scheme: str) -> str:
    known = codes(scheme)
    found = [one for one in known if value in (one, one.rsplit("/", 1)[-1])]
    if not found:
        raise ValueError(f"allowed are {', '.join(known)}")
    if len(found) > 1:
        raise ValueError(f"it may mean {' or '.join(found)}; write one of them")
    return code(scheme, found[0])


def _date(value: str, end: str) -> str:
    try:
        day = edtf.bounds(value)[1 if end == "last" else 0]
    except ValueError:
        day = None
    if day is None:
        raise ValueError("allowed is a date with a year: 2022, 2022-10, 2022-10-03, 199X")
    return terms.day(day)


def _integer(value: str, _: str) -> str:
    if not re.fullmatch(r"-?[0-9]{1,18}", value):
        raise ValueError("allowed is a whole number")
    return terms.integer(int(value))


_KINDS: Final[Mapping[str, Kind]] = {"actor": "actors", "place": "places"}
_TYPES: Final[Mapping[str, Callable[[str, str], str]]] = {
    "code": _code,
    "date": _date,
    "iri": lambda value, _: terms.iri(value),
    **dict.fromkeys(("string", "actor", "place"), lambda value, _: terms.literal(value)),
    "integer": _integer,
}
