"""What different articles say of the same actor, place, event or quotation, linked.

``link`` is a pure function of the article graphs' facts and of what people say of identity
(``kg.link.people``): any order gives the same clusters.
Every merge is a :class:`kg.model.Link` with a score and a reason (docs/model.md has the table).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.judgements import Identity
from kg.link.actors import link_actors
from kg.link.cluster import Clusters
from kg.link.events import link_events, retell
from kg.link.facts import ArticleFacts, read
from kg.link.parties import Parties
from kg.link.people import joined_by_people, overruled
from kg.link.places import link_places
from kg.link.quotations import link_quotations, overruled_quotations, quoted
from kg.model import Link
from kg.terms import Triple

__all__ = ["Linked", "canonical", "link", "links"]


@dataclass(frozen=True, slots=True)
class Linked:
    """Clusters as tuples of terms, the earliest published member first; all links, sorted.

    Every actor, place and report is in exactly one cluster, most of them alone.
    """

    actors: tuple[tuple[str, ...], ...]
    places: tuple[tuple[str, ...], ...]
    events: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]


def link(articles: Sequence[ArticleFacts], judgements: Sequence[Identity] = ()) -> Linked:
    """Clusters and links of what the articles name and tell, where people do not say otherwise."""
    actors = [actor for article in articles for actor in article.actors]
    places = [place for article in articles for place in article.places]
    reports = [report for article in articles for report in article.reports]
    statements = [statement for article in articles for statement in article.statements]
    who = overruled(link_actors(actors), actors, judgements)
    where = overruled(link_places(places), places, judgements)
    known = joined_by_people(judgements)
    parties = Parties({actor.iri: actor for actor in actors}, canonical(who), known)
    named = {place.iri: place for place in places}
    woven = link_events(list(retell(reports, parties, named, canonical(where), statements)))
    kinds = {report.iri: report.event_type for report in reports}
    events = overruled(
        woven.clusters, reports, judgements, fits=lambda one, other: kinds[one] == kinds[other]
    )
    told = {statement.iri for statement in statements}
    spoken = link_quotations(quoted(statements, parties))
    quotations = overruled_quotations(spoken, told, judgements)
    found = [*who.links, *where.links, *events.links, *quotations]
    return Linked(
        actors=who.members,
        places=where.members,
        events=events.members,
        links=tuple(sorted(found, key=lambda one: (one.subject, one.object, one.by))),
    )


def links(
    graphs: Iterable[tuple[str, Sequence[Triple]]], judgements: Sequence[Identity] = ()
) -> Linked:
    """Clusters and links of article graphs (IRI, triples)."""
    return link(
        [read(graph, triples) for graph, triples in sorted(dict(graphs).items())], judgements
    )


def canonical(clusters: Clusters) -> dict[str, str]:
    """Each thing's representative."""
    return {member: members[0] for members in clusters.members for member in members}
