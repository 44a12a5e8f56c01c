"""What different articles say of the same actor, place, event or quotation, linked.

``link`` is a pure function of the article graphs' facts: any order gives the same clusters.
Every merge is a :class:`kg.model.Link` with a score and a reason (docs/model.md has the table).
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from kg.link.actors import link_actors
from kg.link.cluster import Clusters
from kg.link.events import link_events
from kg.link.facts import ArticleFacts, read
from kg.link.parties import Parties
from kg.link.places import link_places
from kg.link.quotations import link_quotations
from kg.model import Link
from kg.terms import Triple

__all__ = ["Linked", "link", "links"]


@dataclass(frozen=True, slots=True)
class Linked:
    """Clusters as tuples of terms, the earliest published member first; all links, sorted.

    Every actor, place and report is in exactly one cluster, most of them alone.
    """

    actors: tuple[tuple[str, ...], ...]
    places: tuple[tuple[str, ...], ...]
    events: tuple[tuple[str, ...], ...]
    links: tuple[Link, ...]


def link(articles: Sequence[ArticleFacts]) -> Linked:
    """Clusters and links of what the articles name and tell."""
    actors = [actor for article in articles for actor in article.actors]
    places = [place for article in articles for place in article.places]
    reports = [report for article in articles for report in article.reports]
    said = [statement for article in articles for statement in article.statements]
    who, where = link_actors(actors), link_places(places)
    parties = Parties({actor.iri: actor for actor in actors}, _canonical(who))
    events = link_events(
        reports, parties, {place.iri: place for place in places}, _canonical(where), said
    )
    found = [*who.links, *where.links, *events.links, *link_quotations(said, parties)]
    return Linked(
        actors=who.members,
        places=where.members,
        events=events.members,
        links=tuple(sorted(found, key=lambda one: (one.subject, one.object))),
    )


def links(graphs: Iterable[tuple[str, Sequence[Triple]]]) -> Linked:
    """Clusters and links of article graphs (IRI, triples)."""
    return link([read(graph, triples) for graph, triples in sorted(dict(graphs).items())])


def _canonical(clusters: Clusters) -> dict[str, str]:
    return {member: members[0] for members in clusters.members for member in members}
