"""Which places of different articles are one: the gazetteer's word, at the same precision.

"Near Lake Orm" and "Lake Orm" are not one place: a merge must not make a place more exact.
"""

from collections.abc import Iterable, Sequence
from typing import Final

from kg.link.cluster import Clusters, Key, Match, Matches, Tie, gather, profiles
from kg.link.facts import PlaceFacts
from kg.link.words import fold

GAZETTEER: Final = Match(0.99, "the same gazetteer entry and precision")
NAME_AND_COUNTRY: Final = Match(0.9, "the same name, precision and country")
NAME: Final = Match(0.8, "the same name and precision, no country known")
ALONE: Final = Match(1.0, "itself")


def link_places(places: Sequence[PlaceFacts]) -> Clusters:
    """Clusters of places; each place is in exactly one."""
    keyed = [(key_of(place), place) for place in places]
    by_key, ages = profiles(keyed, {key: alike(key) for key, _ in keyed})
    groups, matches = grouped(by_key)
    return gather(groups, ages, by_key, matches)


def key_of(place: PlaceFacts) -> Key:
    """Equal for places that are one; a place's own IRI where nothing tells which it is."""
    if place.same_as:
        return "gazetteer", min(place.same_as), place.precision, ""
    if place.name:
        return "name", fold(place.name), place.precision, place.country or ""
    return "alone", place.iri, "", ""


def alike(key: Key) -> Match:
    """Why places of one key are one."""
    if key[0] == "gazetteer":
        return GAZETTEER
    if key[0] == "name":
        return NAME_AND_COUNTRY if key[3] else NAME
    return ALONE


def ties(key: Key, place: PlaceFacts) -> Iterable[Tie]:
    """Places of two keys are never one."""
    _ = key, place
    return ()


def grouped(
    keys: Iterable[Key], tied: Iterable[tuple[Key, Tie]] = ()
) -> tuple[list[list[Key]], Matches]:
    """Each key by itself."""
    _ = tied
    return [[key] for key in sorted(keys)], {}
