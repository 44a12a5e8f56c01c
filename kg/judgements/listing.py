"""Judgements chosen and paged: by verdict, person, thing, slot and state, the newest first."""

import base64
import binascii
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from kg import terms
from kg.errors import BadFilter, NotFound
from kg.iri import graph_iri, key_of
from kg.judgements.asked import name_of
from kg.judgements.record import VERDICTS, Judgement
from kg.judgements.slots import SLOTS
from kg.judgements.standing import STATES as STANDING_STATES
from kg.judgements.standing import standing
from kg.judgements.things import MEMBERS
from kg.judgements.triples import stored, stored_of, stored_one
from kg.judgements.waiting import waiting
from kg.limits import at_most
from kg.sparql import select
from kg.store.base import Queryable

STATES: Final = ("waiting", *STANDING_STATES)
LIMIT: Final = 50
MOST: Final = 1000
FILTERS: Final = ("verdict", "by", "subject", "article", "slot", "state")
"""What judgements are chosen by; a filter given several times means any of its values."""

_ALLOWED: Final = {"verdict": VERDICTS, "slot": tuple(SLOTS), "state": STATES}


@dataclass(frozen=True, slots=True)
class Told:
    """A judgement and what became of it: a state of ``STATES``."""

    judgement: Judgement
    state: str


@dataclass(frozen=True, slots=True)
class Chosen:
    """A page of a selection, how many there are in all, and the cursor of the page after."""

    items: tuple[Told, ...]
    total: int
    next: str | None


@dataclass(frozen=True, slots=True)
class Selection:
    """What is asked for; make one with :meth:`parse`."""

    where: Mapping[str, tuple[str, ...]]
    limit: int = LIMIT
    after: str | None = None

    @classmethod
    def parse(cls, parameters: Mapping[str, Sequence[str]]) -> "Selection":
        """The selection that parameters ask for. Raises BadFilter saying what is allowed."""
        given = {
            name: tuple(one.strip() for one in found if one.strip())
            for name, found in parameters.items()
        }
        allowed = (*FILTERS, "limit", "cursor")
        if unknown := sorted(given.keys() - set(allowed)):
            names = ", ".join(allowed)
            raise BadFilter(f"no filter {unknown[0]!r} for judgements; there are {names}")
        for name, values in _ALLOWED.items():
            for value in given.get(name, ()):
                if value not in values:
                    raise BadFilter(
                        f"{name}={value!r} is not allowed; allowed: {', '.join(values)}"
                    )
        where = {name: given[name] for name in FILTERS if given.get(name)}
        found = cls(where)
        if most := given.get("limit"):
            found = replace(found, limit=at_most(most[-1], MOST))
        return replace(found, after=_after(given["cursor"][-1])) if given.get("cursor") else found


def choose(store: Queryable, selection: Selection) -> Chosen:
    """The page of a selection. Reads every judgement, or those of the subjects asked for."""
    where = selection.where
    if subjects := where.get("subject"):
        things = {thing for one in subjects for thing in _members(store, one)}
        pattern = f"VALUES ?x {{ {' '.join(map(terms.iri, sorted(things)))} }}"
        told = stored_of(store, pattern) if things else []
    else:
        told = stored(store)
    found = [one for one in _told(store, told) if _fits(one, where)][::-1]
    start = _start(found, selection.after)
    page = found[start : start + selection.limit]
    more = len(found) > start + selection.limit
    return Chosen(tuple(page), len(found), _cursor(page[-1]) if more else None)


def of_thing(store: Queryable, iri: str) -> list[Told]:
    """The judgements of a record of the view and of what it stands for, earliest first."""
    node = terms.iri(iri)
    pattern = f"{{ BIND({node} AS ?x) }} UNION {{ ?x ck:canonical {node} }}"
    return _told(store, stored_of(store, pattern))


def one(store: Queryable, ident: str) -> Told:
    """The judgement of this IRI or key. Raises NotFound."""
    found = stored_one(store, f"{store.base}judgement/{key_of(ident)}") if ident else None
    if found is None:
        raise NotFound(f"no judgement {ident!r}; /judgements and kg judge list name them")
    pattern = f"VALUES ?x {{ {terms.iri(found.subject)} }}"
    near = {told.judgement.id: told for told in _told(store, stored_of(store, pattern))}
    return near.get(found.id) or Told(found, "standing")


def reviewer(store: Queryable, ident: str) -> str:
    """The name of the person whose IRI ends in this key. Raises NotFound."""
    graph = terms.iri(graph_iri(store.base, "judgements"))
    text = (
        f"SELECT DISTINCT ?name {{ GRAPH {graph} {{ ?x a prov:Person ; rdfs:label ?name "
        f"FILTER(STRENDS(STR(?x), {terms.literal(key_of(ident))})) }} }}"
    )
    found = [row["name"] for row in select(store, text)]
    if len(found) != 1:
        raise NotFound(f"nobody judged here under {ident!r}")
    return found[0]


def _told(store: Queryable, judgements: Sequence[Judgement]) -> list[Told]:
    found = standing(judgements)
    wait = waiting(store, judgements, found)
    if wait:
        found = standing(judgements, wait)
    return [Told(one, "waiting" if one.id in wait else found.states[one.id]) for one in judgements]


def _fits(told: Told, where: Mapping[str, tuple[str, ...]]) -> bool:
    one = told.judgement
    has = {"verdict": one.verdict, "by": one.by, "slot": one.slot, "state": told.state}
    if any(has[name] not in where[name] for name in has if name in where and name != "by"):
        return False
    if "by" in where and one.by.casefold() not in {name_of(by).casefold() for by in where["by"]}:
        return False
    keys = {key_of(article) for article in where.get("article", ())}
    return not keys or (one.article is not None and key_of(one.article) in keys)


def _members(store: Queryable, ident: str) -> set[str]:
    """What an article names by this IRI or key, and whatever the view holds to be the same."""
    key = key_of(ident)
    if not key.isalnum():
        return set()
    found = {f"{store.base}{kind}/{key}" for kind in set(MEMBERS.values())}
    given = " ".join(map(terms.iri, sorted(found)))
    text = f"SELECT ?x {{ VALUES ?m {{ {given} }} ?m ck:canonical ?c . ?x ck:canonical ?c }}"
    return found | {row["x"] for row in select(store, text)}


def _cursor(last: Told) -> str:
    """The opaque mark of a place in the order."""
    return base64.urlsafe_b64encode(last.judgement.id.encode()).decode().rstrip("=")


def _after(text: str) -> str:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)).decode()
    except (binascii.Error, ValueError):
        raise BadFilter(f"cursor={text!r} is not what a page gave as next") from None


def _start(found: Sequence[Told], after: str | None) -> int:
    if after is None:
        return 0
    for number, told in enumerate(found):
        if told.judgement.id == after:
            return number + 1
    raise BadFilter("the cursor is of another selection; begin again without it")
