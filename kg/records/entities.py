"""Actors and places as records: names, roles and where the articles name them.

Very many articles may name somebody. A record tells of the first of them, and says how many there
are; ``/articles?actor=…`` lists them all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from operator import itemgetter
from typing import Final

from kg.filters import Filters, Kind, index_of, select_ids
from kg.records import parts
from kg.records.graph import Graph
from kg.records.shapes import Actor, ActorName, Names, Place, Role
from kg.sparql import select, values
from kg.store.base import Queryable
from kg.vocab import notation

ARTICLES: Final = 50
"""Articles that a record of an actor or place tells of, the earliest; its mentions are theirs."""
MENTIONS: Final = 200
"""Mentions in those, at the most."""
ROLES: Final = 50
"""Posts and memberships of an actor, the earliest told."""
ALL_MENTIONS: Final = 1500
ALL_ROLES: Final = 500
"""So many are all looked through; of more, those that the first articles tell."""

_NAMED: Final = (
    ("rdf:type", "rdfs:label", "ck:country", "schema:sameAs"),
    ("skos:altLabel", "schema:name", "ck:sector", "ck:member"),
)
"""A few properties at a time: of some there is very much that is not asked for."""
_MENTIONED: Final = ("prov:wasDerivedFrom", "ck:evidence")
_TOLD_IN: Final = "?e oa:hasSource ?in . ?x ck:roleEvidence ?e"
_ROLE_NAMES: Final = ("rdfs:label", "org:organization", "ck:country", "ck:roleEvidence")


@dataclass(frozen=True, slots=True)
class Counts:
    """In how many articles somebody or something is named, how often, and of how many posts."""

    articles: int = 0
    mentions: int = 0
    roles: int = 0


def counts(queryable: Queryable, kind: Kind, ids: Sequence[str]) -> dict[str, Counts]:
    """How much there is of each of these actors or places."""
    index = index_of(queryable)
    cards = index.cards(kind, ids) if index else {}
    found = {
        iri: Counts(card["article_total"], card["evidence_total"], card.get("role_total", 0))
        for iri, card in cards.items()
    }
    return found | counted(queryable, [one for one in ids if one not in found])


def counted(queryable: Queryable, ids: Sequence[str]) -> dict[str, Counts]:
    """The same, counted in the graph."""
    found = dict.fromkeys(ids, Counts())
    given = values("s", ids)
    each = (
        f'{{ {given} ?s {predicate} ?o BIND("{name}" AS ?what) }}'
        for name, predicate in _COUNTED.items()
    )
    text = f"SELECT ?s ?what (COUNT(?o) AS ?n) {{ {' UNION '.join(each)} }} GROUP BY ?s ?what"
    for row in select(queryable, text) if ids else []:
        found[row["s"]] = replace(found[row["s"]], **{row["what"]: int(row["n"])})
    return found


_COUNTED: Final = {
    "articles": "prov:wasDerivedFrom",
    "mentions": "ck:evidence",
    "roles": "org:hasMembership",
}


def actor_records(queryable: Queryable, ids: Sequence[str]) -> list[Actor]:
    """The records of these actors, in the order given; a few queries, and two for each of whom
    very many articles tell."""
    graph = Graph(queryable)
    for names in _NAMED:
        graph.fetch(ids, names)
    told = _fetch_mentions(graph, "actors", ids)
    graph.fetch([one for one in ids if told[one].roles <= ROLES], ("org:hasMembership",))
    for one in ids:
        if told[one].roles > ROLES:
            _note_roles(graph, one, told[one].roles)
    roles = graph.over(ids, "org:hasMembership")
    graph.fetch(roles, _ROLE_NAMES)
    others = [*graph.over(roles, "org:organization"), *graph.over(ids, "ck:member")]
    graph.fetch(others, parts.ACTOR_NAMES)
    graph.quote(graph.over(roles, "ck:roleEvidence"))
    parts.fetch_articles(graph, _sources(graph, roles))
    return [_actor(graph, one, told[one]) for one in ids]


def place_records(queryable: Queryable, ids: Sequence[str]) -> list[Place]:
    """The records of these places, in the order given; as few queries as of actors."""
    graph = Graph(queryable)
    for names in _NAMED:
        graph.fetch(ids, names)
    parts.fetch_named(graph, list(ids))
    told = _fetch_mentions(graph, "places", ids)
    return [{**parts.place(graph, one), **_names(graph, one, told[one])} for one in ids]


def _fetch_mentions(graph: Graph, kind: Kind, ids: Sequence[str]) -> Mapping[str, Counts]:
    """The articles that name these, as far as records tell of them, and the mentions in those."""
    told = counts(graph.queryable, kind, ids)
    graph.fetch([one for one in ids if told[one].articles <= ARTICLES], _MENTIONED)
    for one in ids:
        if told[one].articles > ARTICLES:
            _note_first(graph, kind, one, told[one].mentions)
    graph.quote(graph.over(ids, "ck:evidence"))
    parts.fetch_articles(graph, graph.over(ids, "prov:wasDerivedFrom"))
    return told


def _note_first(graph: Graph, kind: Kind, iri: str, mentions: int) -> None:
    """Note the first articles that name somebody or something, and the mentions in them."""
    given = {kind.removesuffix("s"): [iri], "limit": [str(ARTICLES)]}
    first = select_ids(graph.queryable, Filters.parse("articles", given)).ids
    among = f"<{iri}> ck:evidence ?e"
    among = f". {among}" if mentions <= ALL_MENTIONS else f"FILTER EXISTS {{ {among} }}"
    text = f"SELECT ?e {{ {values('in', first)} ?e oa:hasSource ?in {among} }}"
    graph.note(iri, "prov:wasDerivedFrom", *first)
    graph.note(iri, "ck:evidence", *(row["e"] for row in select(graph.queryable, text)))


def _note_roles(graph: Graph, iri: str, roles: int) -> None:
    """Note the posts and memberships that were told first, article by article."""
    index, day = index_of(graph.queryable), "OPTIONAL { ?in ck:earliest ?day }"
    if index is None or roles <= ALL_ROLES:
        source = f"?x ck:roleEvidence/oa:hasSource ?in {day}"
        which = f"<{iri}> org:hasMembership ?x OPTIONAL {{ {source} }}"
    else:
        told = values("in", index.posted(iri, ROLES))
        which = f"{told} {_TOLD_IN} FILTER EXISTS {{ <{iri}> org:hasMembership ?x }} {day}"
    text = f"SELECT ?x ?in ?day ?label {{ {which} OPTIONAL {{ ?x rdfs:label ?label }} }}"
    rows = select(graph.queryable, text)
    names = ("day", "in", "label", "x")
    found = sorted(tuple(row.get(name, "~") for name in names) for row in rows)
    first = dict.fromkeys(role for *_, role in found)
    graph.note(iri, "org:hasMembership", *list(first)[:ROLES])


def posted(queryable: Queryable, articles: Sequence[str]) -> dict[str, list[str]]:
    """Article → the actors of whom it tells a post or a membership."""
    told = f"{values('in', articles)} {_TOLD_IN} . ?who org:hasMembership ?x"
    found: dict[str, list[str]] = {}
    text = f"SELECT DISTINCT ?in ?who {{ {told} }}"
    for row in sorted(select(queryable, text), key=itemgetter("who")):
        found.setdefault(row["in"], []).append(row["who"])
    return found


def _sources(graph: Graph, roles: Iterable[str]) -> list[str]:
    """The articles that posts are told in."""
    pieces = graph.over(roles, "ck:roleEvidence")
    return list(dict.fromkeys(one.split("#")[0] for one in pieces))


def groups_of(queryable: Queryable, iri: str) -> list[ActorName]:
    """The groups that name this actor as a member."""
    graph = Graph(queryable)
    found = select(queryable, f"SELECT ?x {{ ?x a ck:Actor ; ck:member <{iri}> }} ORDER BY ?x")
    ids = [row["x"] for row in found]
    graph.fetch(ids, parts.ACTOR_NAMES)
    return [parts.actor(graph, one) for one in ids]


def _actor(graph: Graph, iri: str, told: Counts) -> Actor:
    sectors = [notation(one) for one in graph.all(iri, "ck:sector")]
    roles = [_role(graph, one) for one in graph.all(iri, "org:hasMembership")]
    return {
        **parts.actor(graph, iri),
        **_names(graph, iri, told),
        "sector": sectors[0] if sectors else None,
        "sectors": sectors,
        "roles": sorted(roles, key=lambda one: (one["role"] or "", one["id"])),
        "role_total": told.roles,
        "members": parts.actors(graph, iri, "ck:member"),
    }


def _names(graph: Graph, iri: str, told: Counts) -> Names:
    """Other names, country, outside identifiers, and where the articles name it."""
    label = graph.one(iri, "rdfs:label")
    names = sorted(set(graph.all(iri, "skos:altLabel", "schema:name")) - {label})
    sources = [parts.named_article(graph, one) for one in graph.all(iri, "prov:wasDerivedFrom")]
    return {
        "aliases": names,
        "country": graph.one(iri, "ck:country"),
        "same_as": list(graph.all(iri, "schema:sameAs")),
        "articles": sorted(sources, key=parts.publication_order),
        "article_total": told.articles,
        "evidence": parts.mentions(graph, iri, "whole")[:MENTIONS],
        "evidence_total": told.mentions,
    }


def _role(graph: Graph, iri: str) -> Role:
    """A post or membership in the words of one article."""
    organization = graph.one(iri, "org:organization")
    pieces = parts.mentions(graph, iri, "role", "ck:roleEvidence")
    return {
        "id": iri,
        "role": graph.one(iri, "rdfs:label"),
        "organization": parts.actor(graph, organization) if organization else None,
        "country": graph.one(iri, "ck:country"),
        "article": parts.article(graph, pieces[0]["article"]) if pieces else None,
        "evidence": pieces,
    }
