"""Whom or what a reference means: an IRI, a key at the end of one, a name, an article's URL.

In the view every member of a cluster leads by ``ck:canonical`` to the one that stands for it,
so yesterday's IRI, whatever its slug, leads to the cluster of today by its key.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from kg import terms
from kg.errors import BadFilter
from kg.filters import names
from kg.filters.index import index_of
from kg.filters.language import Kind
from kg.iri import key_of
from kg.sparql import select, values
from kg.store.base import Queryable

CLASSES: Final[Mapping[Kind, str]] = {
    "statements": "ck:Statement",
    "events": "ck:Event",
    "actors": "ck:Actor",
    "places": "ck:Place",
    "articles": "ck:Article",
}
MEMBERS: Final[Mapping[Kind, str]] = {
    "statements": "statement",
    "events": "report",
    "actors": "actor",
    "places": "place",
    "articles": "article",
}
"""The kind of IRI whose key a record's IRI ends in."""

NAMED: Final = ("actors", "places")
SUGGESTED: Final = 5
MOST_NAMES: Final = 50_000
"""Names among which one is looked for that is written like another."""

_NAMES: Final = "rdfs:label|skos:altLabel|schema:name"
_KEY: Final = re.compile(r"(?:.*-)?[0-9a-f]{32}")


def by_id(queryable: Queryable, kind: Kind, ident: str) -> str | None:
    """The IRI of today of the record whose full IRI, or its last part, is ``ident``.

    The slug plays no part; the key of any member leads to the record.
    """
    if (index := index_of(queryable)) and (known := index.known(kind, ident)):
        return known
    candidates = [*([ident] if _is_iri(ident) else []), *_by_key(queryable, kind, ident)]
    if not candidates:
        return None
    # Not ck:canonical?, of which some engines make every pair of things there is.
    given, record = values("ref", candidates), f"?x a {CLASSES[kind]}"
    text = (
        f"SELECT DISTINCT ?ref ?x {{ {{ {given} ?ref ck:canonical ?x . {record} }} "
        f"UNION {{ {values('x', candidates)} {record} BIND(?x AS ?ref) }} }}"
    )
    found = {row["ref"]: row["x"] for row in select(queryable, text)}
    return next((found[one] for one in candidates if one in found), None)


def find(queryable: Queryable, kind: Kind, reference: str) -> tuple[str, ...]:
    """The IRIs of today of all records that a reference may mean, sorted; perhaps none.

    A name means whoever is called exactly that, in any case and without accents; one word also
    means every person it is a part of the name of. Where nobody is called that, it means all
    whose name has its words.
    """
    one = by_id(queryable, kind, reference)
    if one:
        return (one,)
    if kind == "articles":
        where = f"?x a ck:Article ; schema:url {terms.literal(reference)}"
        found = select(queryable, f"SELECT DISTINCT ?x {{ {where} }}")
        return tuple(sorted(row["x"] for row in found))
    if kind not in NAMED or _is_iri(reference):
        return ()
    if index := index_of(queryable):
        return index.called(kind, reference)
    return tuple(sorted(_called(queryable, kind, reference)))


def near(queryable: Queryable, kind: Kind, reference: str) -> list[str]:
    """Names of actors or places that are written much like one that means nobody, one of each."""
    if kind not in NAMED or _is_iri(reference):
        return []
    bearers = _bearers(queryable, kind)
    found: list[str] = []
    shown: set[str] = set()
    for name in names.near(reference, sorted(bearers), 3 * SUGGESTED):
        if not shown.issuperset(bearers[name]):
            found.append(name)
            shown.update(bearers[name])
    return found[:SUGGESTED]


def _bearers(queryable: Queryable, kind: Kind) -> Mapping[str, Sequence[str]]:
    """Every name, up to so many, and who bears it."""
    if index := index_of(queryable):
        return index.names(kind)
    text = (
        f"SELECT DISTINCT ?x ?name {{ ?x a {CLASSES[kind]} ; {_NAMES} ?name }} LIMIT {MOST_NAMES}"
    )
    bearers: dict[str, list[str]] = {}
    for row in select(queryable, text):
        bearers.setdefault(row["name"], []).append(row["x"])
    return bearers


@dataclass(frozen=True, slots=True)
class Unknown:
    """A parameter's value that means nobody and nothing here, and names that are like it."""

    parameter: str
    value: str
    near: tuple[str, ...]

    def __str__(self) -> str:
        """What to tell a person.

        >>> str(Unknown("speaker", "Tollen", ("Mira Tolen",)))
        "speaker 'Tollen' is nobody and nothing here; like it: Mira Tolen"
        """
        told = f"{self.parameter} {self.value!r} is nobody and nothing here"
        return f"{told}; like it: {', '.join(self.near)}" if self.near else told


def missing(
    queryable: Queryable, kinds: Sequence[Kind], parameter: str, value: str
) -> Unknown | None:
    """What to say of a reference to a record of one of these kinds that means none."""
    if any(find(queryable, kind, value) for kind in kinds):
        return None
    close = [name for kind in kinds for name in near(queryable, kind, value)]
    return Unknown(parameter, value, tuple(close))


def _called(queryable: Queryable, kind: Kind, name: str) -> set[str]:
    wanted = names.words(name)
    begun = " ".join(f"?x ck:nameWord {terms.literal(word)} ." for word in wanted)
    found = select(
        queryable,
        f"SELECT DISTINCT ?x ?name ?person {{ {begun} ?x a {CLASSES[kind]} ; {_NAMES} ?name "
        f"FILTER({names.holds('?name', name)}) OPTIONAL {{ ?x a ?person . "
        "FILTER(?person = ck:Person) } }",
    )
    return meant(name, [(row["x"], row["name"], "person" in row) for row in found])


def meant(name: str, bearers: Iterable[tuple[str, str, bool]]) -> set[str]:
    """Whom a name means, of those with a name that has its words: (IRI, that name, a person)."""
    wanted, found = names.words(name), list(bearers)
    exact = {one for one, called, _ in found if names.words(called) == wanted}
    if not exact:
        return {one for one, _, _ in found}
    return exact | {one for one, _, person in found if person and len(wanted) == 1}


def fold(text: str) -> str:
    """A text as it is compared: small letters, straight quotation marks, plain blanks.

    >>> fold("Prosecutor’s Office")
    "prosecutor's office"
    """
    return re.sub("[‘’]", "'", re.sub("[“”]", '"', text.replace("\u00a0", " "))).lower()


def folded(term: str) -> str:
    """The SPARQL expression that folds a term as :func:`fold` does."""
    quotes = f'REPLACE(REPLACE(STR({term}), "[‘’]", "\'"), "[“”]", "\\"")'
    return f'LCASE(REPLACE({quotes}, "\u00a0", " "))'


def _is_iri(ident: str) -> bool:
    if "://" not in ident:
        return False
    try:
        terms.iri(ident)
    except ValueError as error:
        raise BadFilter(str(error)) from None
    return True


def _by_key(queryable: Queryable, kind: Kind, ident: str) -> list[str]:
    """The member whose key stands at the end of ``ident``."""
    if not _KEY.fullmatch(ident.rsplit("/", 1)[-1]):
        return []
    base = queryable.base
    if _is_iri(ident) and not ident.startswith(base):
        return []
    return [f"{base}{MEMBERS[kind]}/{key_of(ident)}"]
