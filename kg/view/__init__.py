"""What all articles say together: the view graph, a pure function of the article graphs and of
what people judged of them.

Nothing is merged away: reports and statements stay as their articles tell them, and every
actor, place and event leads back to its members (``ck:canonical``, ``ck:report``, ``ck:Link``).
"""

from collections.abc import Iterable, Sequence

from kg.judgements import Identity, Judgement, reviewed, standing
from kg.link.facts import read
from kg.terms import Triple
from kg.view.packed import Packed
from kg.view.patching import Edit
from kg.view.stored import article_graphs, follow, is_whole, judgements, refresh, turn, update
from kg.view.whole import View

__all__ = [
    "Edit",
    "Packed",
    "article_graphs",
    "build",
    "build_reviewed",
    "follow",
    "is_whole",
    "judgements",
    "refresh",
    "turn",
    "update",
]


def build(
    base: str, graphs: Iterable[tuple[str, Sequence[Triple]]], judged: Iterable[Judgement] = ()
) -> list[Triple]:
    """The view's triples, sorted and without repeats.

    ``graphs`` are article graphs (IRI, triples) in any order; of one given twice, the last.
    ``judged`` are all judgements, in any order.
    """
    told = standing(judged)
    found = {
        graph: reviewed(graph, triples, told.of(graph)) for graph, triples in dict(graphs).items()
    }
    return build_reviewed(base, found.items(), told.identities)


def build_reviewed(
    base: str, graphs: Iterable[tuple[str, Sequence[Triple]]], judgements: Sequence[Identity]
) -> list[Triple]:
    """The same of article graphs after review, and of what people say of identity."""
    sources = sorted(dict(graphs).items())
    view = View(base, [read(graph, triples) for graph, triples in sources], judgements)
    return _sorted_once(list(view.triples(triples for _, triples in sources)))


def _sorted_once(triples: list[Triple]) -> list[Triple]:
    """Sorted without repeats; the copied graphs are sorted runs, so a sort beats a set."""
    triples.sort()
    return [one for one, before in zip(triples, [None, *triples], strict=False) if one != before]
