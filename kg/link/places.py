"""Which places of different articles are one: the gazetteer's word, at the same precision.

"Near Lake Orm" and "Lake Orm" are not one place: a merge must not make a place more exact.
"""

from collections.abc import Sequence
from typing import Final

from kg.link.cluster import Clusters, Key, Match, components, gather, profiles
from kg.link.facts import PlaceFacts
from kg.link.words import fold

GAZETTEER: Final = Match(0.99, "the same gazetteer entry and precision")
NAME_AND_COUNTRY: Final = Match(0.9, "the same name, precision and country")
NAME: Final = Match(0.8, "the same name and precision, no country known")
ALONE: Final = Match(1.0, "itself")


def link_places(places: Sequence[PlaceFacts]) -> Clusters:
    """Clusters of places; each place is in exactly one."""
    keyed = [(_key(place), place) for place in places]
    by_key, ages = profiles(keyed, {key: _alike(key) for key, _ in keyed})
    return gather(components(by_key, {}), ages, by_key, {})


def _key(place: PlaceFacts) -> Key:
    if place.same_as:
        return "gazetteer", min(place.same_as), place.precision, ""
    if place.name:
        return "name", fold(place.name), place.precision, place.country or ""
    return "alone", place.iri, "", ""


def _alike(key: Key) -> Match:
    if key[0] == "gazetteer":
        return GAZETTEER
    if key[0] == "name":
        return NAME_AND_COUNTRY if key[3] else NAME
    return ALONE
