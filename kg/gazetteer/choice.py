"""Which of the things a name can mean an article means: context first, then size.

Scores are powers of ten of people. A place in a country the article names counts as one 300
times its size, in a division it names 10,000 times more; a national capital as one 30 times its
size. What cannot be told apart is not chosen.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from math import asin, cos, log10, radians, sin, sqrt
from typing import Final

from kg.gazetteer.context import Context, cell
from kg.gazetteer.data import Candidate, Toponym

IN_COUNTRY: Final = 2.5
IN_DIVISION: Final = 4.5
CAPITAL: Final = 1.5
ALTERNATE: Final = -1.2
MARGIN: Final = 0.7
"""How far, in powers of ten, the first must lead the second to be meant: five times the size."""
KNOWN_ALONE: Final = 15_000
KNOWN_BY_ALTERNATE: Final = 50_000
"""People without whom a place is not believed in an article that names no country."""
KNOWN_ELSEWHERE: Final = 100_000
"""The same for an article that names other countries."""
WELL_KNOWN: Final = 10
"""How many times the size of its namesake in the article's country a city of the world is."""
SAME_KM: Final = 30.0


def ranked(candidates: Iterable[Candidate], context: Context) -> list[Candidate]:
    """Candidates, the likeliest first; ties by population, then GeoNames id and name."""
    return sorted(
        candidates,
        key=lambda one: (-score(one, context), -one.population, one.geonames or 0, one.name),
    )


def score(one: Candidate, context: Context) -> float:
    """How likely a candidate is meant, in powers of ten of people.

    >>> town = Candidate("Moscow", "settlement", "US", ("US",), "US.ID", population=25060)
    >>> round(score(town, Context.of([])), 1), round(score(town, Context.of(["US.ID"])), 1)
    (4.4, 8.9)
    """
    if one.division is None:
        return 20.0 if one.precision == "country" else 19.0
    total = log10(one.population + 100)
    total += (0.0, IN_COUNTRY, IN_DIVISION)[nearness(one, context)]
    if one.capital:
        total += CAPITAL
    return total if one.exact else total + ALTERNATE


def choose(
    candidates: Sequence[Candidate], context: Context, *, told: bool = False
) -> Candidate | None:
    """The one that is meant; without its point where only its country can be told; or ``None``.

    ``told``: the article says where it lies, so it may be small.
    """
    order = ranked(plausible(candidates, context), context)
    if not order:
        return None
    best = order[0]
    if best.division is None:
        return best
    if not told and not context.has(best.country) and not is_known(best, context):
        return None
    rivals = [one for one in order[1:] if is_rival(one, best, context)]
    if not rivals:
        return best
    if best.precision == "settlement" and all(one.country == best.country for one in rivals):
        return replace(best, point=None, geonames=None, division=None)
    return None


def is_rival(one: Candidate, best: Candidate, context: Context) -> bool:
    """Whether it cannot be told that ``best`` is meant and not this one.

    Where the article names the division or country of the best alone, size does not count, but
    for a small town and a city the world knows ("talks in Geneva" of a country with a Geneva of
    its own); and a capital is no division of the same name.
    """
    if is_same(one, best):
        return False
    if context.has(best.country) and is_city_beside(best, one):
        return False
    if is_city_beside(one, best):
        return nearness(best, context) < 2
    if score(one, context) <= score(best, context) - MARGIN:
        return False
    if nearness(one, context) < nearness(best, context):
        return False
    return one.precision == "settlement" or not best.capital


def is_city_beside(one: Candidate, other: Candidate) -> bool:
    """Whether the world knows one, by its own name, so much better than the other."""
    return one.exact and one.population >= max(KNOWN_ELSEWHERE, WELL_KNOWN * other.population)


def nearness(one: Candidate, context: Context) -> int:
    """2 in a division the article names or by a place it names, 1 in a country, 0 elsewhere."""
    if one.point is not None and one.exact and context.has(cell(one.point)):
        return 2
    return context.has(one.division) + context.has(one.country)


def plausible(candidates: Sequence[Candidate], context: Context) -> list[Candidate]:
    """Candidates without those that a namesake of another kind speaks against.

    A division and its largest town share a name ("Idlib"): alone it is the town. Any other town
    gives way to a division of a country that the article names ("Ontario", "Washington"). A
    country and a division share a name ("Georgia"): it is the division where the article names
    other places inside the division's country and none of the country's.
    """
    towns = [one for one in candidates if one.precision == "settlement"]
    kept = [one for one in candidates if one.seat is None or not is_of_its_town(one, towns)]
    if any(one.precision == "region" and context.has(one.country) for one in kept):
        kept = [one for one in kept if one.capital or one.precision != "settlement"]
    states = [one for one in kept if one.precision == "country"]
    here = [one for one in kept if one.precision == "region" and context.is_inside(one.country)]
    if states and here and not any(context.has(one.country) for one in states):
        return here
    return kept


def is_of_its_town(one: Candidate, towns: Iterable[Candidate]) -> bool:
    """Whether a division is called after its largest town, or a district after a large one."""
    return any(
        town.geonames == one.seat
        or (
            one.precision == "district"
            and town.population * 10 >= one.population
            and is_around(one, town)
        )
        for town in towns
    )


def is_around(whole: Candidate, one: Candidate) -> bool:
    """Whether a point lies in an extent."""
    if one.point is None or whole.extent is None:
        return False
    south, west, north, east = whole.extent
    turned = one.point[1] + 360 * (west > east and one.point[1] < west)
    return south <= one.point[0] <= north and west <= turned <= east + 360 * (west > east)


def is_offshoot(name: str, one: Candidate) -> bool:
    """Whether a place of unknown size only has the name as a part of its own.

    >>> nasir = Candidate("Nasir Extension", "settlement", "SD", ("SD",), "SD.29", exact=False)
    >>> is_offshoot("Nasir", nasir)
    True
    """
    if one.exact or one.population or one.precision != "settlement":
        return False
    words = one.name.casefold().split()
    return len(words) > len(name.split()) and set(name.casefold().split()) < set(words)


def is_wide(one: Candidate) -> bool:
    """Whether a place is a country, a region or a city of the world."""
    if one.precision in ("settlement", "district"):
        return one.precision == "settlement" and one.population >= KNOWN_ELSEWHERE
    return True


def is_known(one: Candidate, context: Context) -> bool:
    """Whether a place is large enough to be meant where nothing points to its country."""
    if context.knows_a_country:
        return one.population >= KNOWN_ELSEWHERE
    return one.population >= (KNOWN_ALONE if one.exact else KNOWN_BY_ALTERNATE)


def is_same(one: Candidate, other: Candidate) -> bool:
    """Whether two settlements lie so close that it makes no difference."""
    if one.point is None or other.point is None:
        return False
    return distance(one.point, other.point) < SAME_KM


def distance(one: tuple[float, float], other: tuple[float, float]) -> float:
    """Kilometres along a great circle.

    >>> round(distance((48.85, 2.35), (51.51, -0.13)))
    344
    """
    (south, west), (north, east) = one, other
    across, along = radians(north - south), radians(east - west)
    half = sin(across / 2) ** 2 + cos(radians(south)) * cos(radians(north)) * sin(along / 2) ** 2
    return 2 * 6371.0 * asin(sqrt(half))


Candidates = Sequence[Candidate]


def lying_in(found: Candidates, wholes: Candidates) -> tuple[Candidate, ...]:
    """Those that lie in one of the wholes; of two countries named in a row neither does."""
    if _has_country(found) and _has_country(wholes):
        return ()
    return tuple(one for one in found if any(lies_in(one, whole) for whole in wholes))


def holding(found: Candidates, parts: Candidates) -> tuple[Candidate, ...]:
    """Those in which one of the parts lies."""
    if _has_country(found) and _has_country(parts):
        return ()
    return tuple(one for one in found if any(lies_in(part, one) for part in parts))


def _has_country(found: Candidates) -> bool:
    return any(one.precision == "country" for one in found)


def lies_in(one: Candidate, whole: Candidate) -> bool:
    """Whether a place lies in another: a town in a state, a county in a country."""
    if whole.precision == "settlement" or (whole.seat is not None and one.seat == whole.seat):
        return False
    if whole.precision == "country":
        return one.precision != "country" and one.country == whole.country
    if whole.precision == "region" and whole.division is not None:
        return one.division == whole.division
    return is_around(whole, one)


def resolve(
    names: Mapping[Toponym, Sequence[Candidate]],
    near: Collection[str],
    told: Collection[Toponym] = (),
) -> dict[Toponym, Candidate]:
    """The names of one article together: what is clear says where the rest lies.

    ``told`` are names of which the article itself says where they lie, however small they are.
    At most three rounds, each over all names with the choices of the round before, so that the
    order of the names makes no difference.
    """
    names = {
        name: [one for one in found if not is_offshoot(name.name, one)]
        for name, found in names.items()
    }
    before = _certain(names, Context.of(near), told)
    for _ in range(3):
        context = Context.of(near, before.values())
        chosen = {
            name: one
            for name, candidates in names.items()
            if (one := choose(candidates, context.without(before.get(name)), told=name in told))
        }
        if chosen == before:
            break
        before = chosen
    return before


def _certain(
    names: Mapping[Toponym, Sequence[Candidate]], given: Context, told: Collection[Toponym]
) -> dict[Toponym, Candidate]:
    """Names with one clear meaning: states, regions, divisions and large towns without rivals."""
    found = {}
    for name, candidates in names.items():
        one = choose(candidates, given, told=name in told)
        if one and (name in told or one.division is None or one.population >= 300_000):
            found[name] = one
    return found
