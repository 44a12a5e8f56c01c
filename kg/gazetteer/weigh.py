"""What a place name can mean in an article, each meaning with its weight, for people to see."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from kg.gazetteer.choice import nearness, plausible, ranked, score
from kg.gazetteer.context import Context
from kg.gazetteer.data import Candidate, Toponym
from kg.gazetteer.gazetteer import Gazetteer

_NEAR = ("", "in a country that the article names", "in a division that the article names")


@dataclass(frozen=True, slots=True)
class Weighed:
    """A meaning of a place name: its weight in powers of ten of people, and what added to it."""

    name: str
    precision: str
    country: str | None
    division: str | None
    population: int
    geonames: int | None
    weight: float
    because: str
    chosen: bool


def weigh(
    gazetteer: Gazetteer,
    asked: Toponym,
    chosen: Mapping[Toponym, Candidate],
    near: Collection[str],
) -> tuple[Weighed, ...]:
    """Everything a name can mean with what stands beside it, the likeliest first.

    ``chosen``: what the names of the article were taken for; ``near``: the countries that it
    speaks of in other words.
    """
    meant = chosen.get(asked)
    context = Context.of(near, chosen.values()).without(meant)
    candidates = gazetteer.meanings(asked)
    kept = plausible(candidates, context)
    return tuple(_weighed(one, meant, context, kept) for one in ranked(candidates, context))


def _weighed(
    one: Candidate, meant: Candidate | None, context: Context, kept: Collection[Candidate]
) -> Weighed:
    reasons = [
        "" if one in kept else "gives way to a namesake of another kind",
        "" if one.exact else "by another name",
        _NEAR[nearness(one, context)] if one.division else "",
        "a capital" if one.capital else "",
    ]
    return Weighed(
        one.name,
        one.precision,
        one.country,
        one.division,
        one.population,
        one.geonames,
        round(score(one, context), 1),
        ", ".join(filter(None, reasons)),
        meant is not None and _is_it(one, meant),
    )


def _is_it(one: Candidate, meant: Candidate) -> bool:
    """Whether this is the meaning that was chosen, be it without its point."""
    same = (one.name, one.country, one.precision) == (meant.name, meant.country, meant.precision)
    return same and meant.geonames in (one.geonames, None)
