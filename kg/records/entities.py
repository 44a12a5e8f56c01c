"""Actors and places as records: names, roles and where the articles name them."""

from collections.abc import Sequence
from typing import Final

from kg.records import parts
from kg.records.graph import Graph
from kg.records.shapes import Actor, ActorName, Names, Place, Role
from kg.sparql import select
from kg.store.base import Queryable
from kg.vocab import notation

_NAMED: Final = (
    *("rdf:type", "rdfs:label", "skos:altLabel", "schema:name", "ck:country", "schema:sameAs"),
    *("prov:wasDerivedFrom", "ck:evidence"),
)
ACTOR_NAMES: Final = (*_NAMED, "ck:sector", "ck:member", "org:hasMembership")
PLACE_NAMES: Final = (*_NAMED, "ck:placePrecision", "geo:hasGeometry")
_ROLE_NAMES: Final = ("rdfs:label", "org:organization", "ck:country", "ck:roleEvidence")


def actor_records(queryable: Queryable, ids: Sequence[str]) -> list[Actor]:
    """The records of these actors, in the order given; six queries, however many."""
    graph = Graph(queryable)
    graph.fetch(ids, ACTOR_NAMES)
    roles = graph.over(ids, "org:hasMembership")
    graph.fetch(roles, _ROLE_NAMES)
    others = [*graph.over(roles, "org:organization"), *graph.over(ids, "ck:member")]
    graph.fetch(others, parts.ACTOR_NAMES)
    pieces = [*graph.over(ids, "ck:evidence"), *graph.over(roles, "ck:roleEvidence")]
    graph.quote(pieces)
    parts.fetch_articles(graph, graph.over(ids, "prov:wasDerivedFrom"))
    return [_actor(graph, one) for one in ids]


def place_records(queryable: Queryable, ids: Sequence[str]) -> list[Place]:
    """The records of these places, in the order given; four queries, however many."""
    graph = Graph(queryable)
    graph.fetch(ids, PLACE_NAMES)
    parts.fetch_named(graph, list(ids))
    graph.quote(graph.over(ids, "ck:evidence"))
    parts.fetch_articles(graph, graph.over(ids, "prov:wasDerivedFrom"))
    return [{**parts.place(graph, one), **_names(graph, one)} for one in ids]


def groups_of(queryable: Queryable, iri: str) -> list[ActorName]:
    """The groups that name this actor as a member."""
    graph = Graph(queryable)
    found = select(queryable, f"SELECT ?x {{ ?x a ck:Actor ; ck:member <{iri}> }} ORDER BY ?x")
    ids = [row["x"] for row in found]
    graph.fetch(ids, parts.ACTOR_NAMES)
    return [parts.actor(graph, one) for one in ids]


def _actor(graph: Graph, iri: str) -> Actor:
    sectors = [notation(one) for one in graph.all(iri, "ck:sector")]
    roles = [_role(graph, one) for one in graph.all(iri, "org:hasMembership")]
    return {
        **parts.actor(graph, iri),
        **_names(graph, iri),
        "sector": sectors[0] if sectors else None,
        "sectors": sectors,
        "roles": sorted(roles, key=lambda one: (one["role"] or "", one["id"])),
        "members": parts.actors(graph, iri, "ck:member"),
    }


def _names(graph: Graph, iri: str) -> Names:
    """Other names, country, outside identifiers, and every article and span that names it."""
    label = graph.one(iri, "rdfs:label")
    names = sorted(set(graph.all(iri, "skos:altLabel", "schema:name")) - {label})
    sources = [parts.article(graph, one) for one in graph.all(iri, "prov:wasDerivedFrom")]
    return {
        "aliases": names,
        "country": graph.one(iri, "ck:country"),
        "same_as": list(graph.all(iri, "schema:sameAs")),
        "articles": sorted(filter(None, sources), key=parts.publication_order),
        "evidence": parts.mentions(graph, iri, "whole"),
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
