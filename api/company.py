"""With whom an actor is seen: who acts with it, on it and through words, each number a list."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final
from urllib.parse import urlencode

from flask import request

from kg.filters import Filters, Kind, facets
from kg.store.base import Queryable

MOST: Final = 8
"""Others shown, those with most in common first."""

Pairs = tuple[tuple[str, str], ...]

TIES: Final[tuple[tuple[str, Kind, str, str, Pairs], ...]] = (
    ("together", "events", "agent", "agent", (("role", "agent"),)),
    ("did", "events", "agent", "recipient", ()),
    ("suffered", "events", "recipient", "agent", ()),
    ("spoke", "statements", "speaker", "target", ()),
    ("heard", "statements", "hearer", "speaker", ()),
)
"""What two can have in common: its name, of which kind it is, the part of the actor, the part of
the other, which is a facet too, and what else a list of it is asked for."""


@dataclass(frozen=True, slots=True)
class Other:
    """Somebody an actor is seen with: how often, and where each of these stands, tie by tie."""

    id: str
    label: str
    ties: tuple[tuple[int, str], ...]


def company(queryable: Queryable, actor: str) -> list[Other]:
    """Those an actor has to do with, the most often first; of each tie those counted out."""
    counted: dict[str, dict[str, int]] = {}
    labels: dict[str, str] = {}
    for name, kind, part, other, _ in TIES:
        filters = Filters.parse(kind, {part: [actor], "facets": [other]})
        for one in facets(queryable, filters)[other]:
            if one["value"] != actor:
                labels[one["value"]] = one["label"]
                counted.setdefault(one["value"], {})[name] = one["count"]
    order = sorted(counted, key=lambda iri: (-sum(counted[iri].values()), labels[iri], iri))
    return [Other(iri, labels[iri], tuple(_ties(actor, iri, counted[iri]))) for iri in order[:MOST]]


def _ties(actor: str, other: str, counts: dict[str, int]) -> Iterator[tuple[int, str]]:
    for name, kind, part, role, also in TIES:
        pairs = ((part, actor), ("actor" if also else role, other), *also)
        yield counts.get(name, 0), f"{request.script_root}/{kind}?{urlencode(pairs)}"
