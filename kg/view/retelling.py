"""An article in terms that can be compared, by what its actors and places lead to."""

from collections.abc import Iterable, Mapping, Sequence

from kg.iri import key_of
from kg.link.events import Retold, retell
from kg.link.facts import ArticleFacts
from kg.link.parties import Parties
from kg.link.quotations import quoted
from kg.view.events import Telling, telling
from kg.view.heard import Heard
from kg.view.knots import Told
from kg.view.ties import Ties
from kg.view.whole import acts_of


def canon_of(ties: Ties, graph: str) -> dict[str, str]:
    """Where what an article names and tells leads to now (terms)."""
    text = "SELECT iri, node FROM member WHERE article = ?"
    return led(ties, ties.rows(text, ties.short(f"<{graph}>")))


def led(ties: Ties, rows: Iterable[tuple[str, str]]) -> dict[str, str]:
    """Members and where they lead, as terms."""
    return {ties.long(iri): ties.long(node) for iri, node in rows}


def retold(ties: Ties, facts: ArticleFacts, known: frozenset[str]) -> tuple[Sequence[Told], Heard]:
    """The reports and statements of an article; ``known`` are actors whom people joined."""
    first = {member: _first(ties, node) for member, node in canon_of(ties, facts.iri).items()}
    parties = Parties({actor.iri: actor for actor in facts.actors}, first, known)
    places = {place.iri: place for place in facts.places}
    found = retell(facts.reports, parties, places, first, facts.statements)
    acts = acts_of([facts])
    return (
        [(one, _telling(facts, one, acts)) for one in found],
        (facts.statements, list(quoted(facts.statements, parties))),
    )


def _telling(facts: ArticleFacts, one: Retold, acts: Mapping[str, Sequence[str]]) -> Telling:
    article = facts.nodes[f"<{facts.iri}>"]
    return telling(one.iri, article, facts.nodes, acts.get(one.iri, ()))


def _first(ties: Ties, node: str) -> str:
    """The first member of a cluster, of which its canonical IRI has the key."""
    kind = node.removeprefix(f"<{ties.base}").partition("/")[0]
    return f"<{ties.base}{kind}/{key_of(node[1:-1])}>"
