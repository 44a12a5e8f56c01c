"""Ties from nothing: all articles linked, a few at a time, so that memory grows little with them.

First who and where is named, which needs no order; then what is told, day after day, for what may
be one with it is mostly of the days about.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import astuple
from itertools import islice
from typing import Final

from kg.judgements import Identity
from kg.link.facts import EARLIEST, ArticleFacts, read, text_of
from kg.link.people import joined_by_people
from kg.terms import Triple
from kg.view.entities import wording
from kg.view.heard import rehear
from kg.view.kinds import KINDS, Relinked, Spoken, named, put_in
from kg.view.named import relink_all
from kg.view.retelling import canon_of, retold
from kg.view.ties import Ties
from kg.view.woven import reweave

TOGETHER: Final = 100
"""Articles that are linked at a time."""

Graphs = Mapping[str, Sequence[Triple]]
"""Article graphs as reviewed, by IRI; they are read three times."""


def fill(ties: Ties, graphs: Graphs, judgements: Sequence[Identity]) -> None:
    """Link all articles, and write down by what, in the place of what is there.

    ``judgements`` are what people say of identity. The links are kept until ``Ties.be_of``.
    """
    ties.empty()
    ties.keep_links()
    days = [(_put_named(ties, read(graph, graphs[graph])), graph) for graph in graphs]
    for kind in KINDS:
        for found in relink_all(ties, kind, judgements):
            _keep(ties, found)
    left = iter(sorted(days))
    while batch := [graph for _, graph in islice(left, TOGETHER)]:
        for found in _told(
            ties, {graph: read(graph, graphs[graph]) for graph in batch}, judgements
        ):
            _keep(ties, found)


def _put_named(ties: Ties, facts: ArticleFacts) -> str:
    """Put in what an article names; a text that sorts articles by their days."""
    for kind in KINDS:
        put_in(ties, kind, [facts])
    return text_of(facts.nodes.get(f"<{facts.iri}>", {}), EARLIEST) or "~"


def _told(
    ties: Ties, articles: Mapping[str, ArticleFacts], judgements: Sequence[Identity]
) -> Iterator[Relinked]:
    """Put in what articles tell, and link it with what is there."""
    known, spoken = joined_by_people(judgements), Spoken(judgements, judgements)
    told, heard = {}, {}
    for graph, facts in articles.items():
        put_wordings(ties, facts)
        told[graph], heard[graph] = retold(ties, facts, known)
    yield reweave(ties, told, spoken)
    yield rehear(ties, heard, spoken)


def put_wordings(ties: Ties, facts: ArticleFacts) -> None:
    """Write what an article says of whom and what it names."""
    canon = canon_of(ties, facts.iri)
    for iri in named(facts):
        number = ties.said(wording(iri, facts.nodes, canon))
        text = "UPDATE member SET said = ? WHERE iri = ? AND said != ?"
        ties.held.execute(text, (number, ties.short(iri), number))


def _keep(ties: Ties, found: Relinked) -> None:
    ties.put("DELETE FROM link WHERE subject = ?", ((ties.short(one),) for one in found.subjects))
    ties.put(
        "INSERT INTO link VALUES (?, ?)",
        ((ties.short(f"<{one.subject}>"), json.dumps(astuple(one))) for one in found.links),
    )
