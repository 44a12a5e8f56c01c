"""What a place name can mean in an article, each meaning with its weight, for people to see."""

from collections.abc import Collection, Mapping

from kg.gazetteer.choice import nearness, plausible, ranked, score
from kg.gazetteer.context import Context
from kg.gazetteer.data import Candidate, Toponym
from kg.gazetteer.gazetteer import Gazetteer
from kg.model import Meaning

_NEAR = ("", "in a country that the article names", "in a division that the article names")


def weigh(
    gazetteer: Gazetteer,
    asked: Toponym,
    chosen: Mapping[Toponym, Candidate],
    near: Collection[str],
) -> tuple[Meaning, ...]:
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
) -> Meaning:
    reasons = [
        "" if one in kept else "gives way to a namesake of another kind",
        "" if one.exact else "by another name",
        _NEAR[nearness(one, context)] if one.division else "",
        "a capital" if one.capital else "",
    ]
    return {
        "name": one.name,
        "precision": one.precision,
        "country": one.country,
        "division": one.division,
        "population": one.population,
        "geonames": one.geonames,
        "weight": round(score(one, context), 1),
        "because": ", ".join(filter(None, reasons)),
        "chosen": meant is not None and _is_it(one, meant),
    }


def _is_it(one: Candidate, meant: Candidate) -> bool:
    """Whether this is the meaning that was chosen, be it without its point."""
    same = (one.name, one.country, one.precision) == (meant.name, meant.country, meant.precision)
    return same and meant.geonames in (one.geonames, None)
