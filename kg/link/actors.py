"""Which actors of different articles are one: plain rules on names, kinds and countries.

Somebody known by description only is never taken for somebody else's, except a described side
of a country ("Marovian soldiers"). Where a name stands for actors of two countries, those
whose country is unknown stay apart from both.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.link.cluster import Clusters, Key, Match, Matches, components, gather, profiles
from kg.link.facts import ActorFacts
from kg.link.words import described, fold, generic, indefinite

OUTSIDE: Final = Match(0.99, "the same outside identifier and kind")
STATE: Final = Match(0.98, "the state of the same country")
NAME_AND_COUNTRY: Final = Match(0.95, "the same name, kind and country")
NAME: Final = Match(0.9, "the same name and kind, no country contradicts")
ALIAS: Final = Match(0.85, "the name of one is another name of the other, the same kind")
SIDE: Final = Match(0.7, "the same description of a side, kind and country")
ALONE: Final = Match(1.0, "itself")

_Table = dict[Key, dict[Key, Match]]
_SIDES: Final = ("Group", "Organization", "State")


def link_actors(actors: Sequence[ActorFacts]) -> Clusters:
    """Clusters of actors; each actor is in exactly one."""
    keyed = [(_key(actor), actor) for actor in actors]
    alike = {key: _alike(key) for key, _ in keyed}
    by_key, ages = profiles(keyed, alike)
    matches = _matches(keyed)
    groups = [group for found in components(by_key, matches) for group in _sound(found, matches)]
    return gather(groups, ages, by_key, matches)


def _key(actor: ActorFacts) -> Key:
    country = actor.country or ""
    if actor.kind == "State" and country:
        return "State", "country", "", country
    if actor.name:
        name = fold(actor.name)
        if _tells(actor.kind, name) and (country or not generic(name)):
            return actor.kind, "name", name, country
    elif country and actor.kind in _SIDES and not actor.members and not indefinite(actor.label):
        return actor.kind, "side", described(actor.label), country
    return actor.kind, "alone", actor.iri, country


def _tells(kind: str, name: str) -> bool:
    """Whether a name says who is meant: a surname alone does not."""
    return " " in name if kind == "Person" else bool(name)


def _alike(key: Key) -> Match:
    match key[1]:
        case "country":
            return STATE
        case "name":
            return NAME_AND_COUNTRY if key[3] else NAME
        case "side":
            return SIDE
        case _:
            return ALONE


def _matches(keyed: Sequence[tuple[Key, ActorFacts]]) -> Matches:
    by_name: dict[tuple[str, str], set[Key]] = {}
    by_outside: dict[tuple[str, str], set[Key]] = {}
    for key, actor in keyed:
        if key[1] in ("name", "country") and actor.name:
            by_name.setdefault((actor.kind, fold(actor.name)), set()).add(key)
        for outside in actor.same_as:
            by_outside.setdefault((actor.kind, outside), set()).add(key)
    table: _Table = {}
    for keys in by_outside.values():
        _join(table, keys, keys, OUTSIDE)
    for (_, name), keys in by_name.items():
        if not generic(name):
            _join(table, keys, keys, NAME)
    for key, actor in keyed:
        if key[1] in ("name", "country"):
            for alias in _other_names(actor):
                _join(table, [key], by_name.get((actor.kind, alias), ()), ALIAS)
    return table


def _other_names(actor: ActorFacts) -> Iterator[str]:
    for alias in actor.aliases:
        name = fold(alias)
        if _tells(actor.kind, name) and not generic(name):
            yield name


def _join(table: _Table, ones: Iterable[Key], others: Iterable[Key], match: Match) -> None:
    """Note a match between all pairs whose countries do not contradict; the best one stays."""
    for one in ones:
        for other in others:
            if one != other and (one[3] == other[3] or not one[3] or not other[3]):
                table.setdefault(one, {}).setdefault(other, match)
                table.setdefault(other, {}).setdefault(one, match)


def _sound(group: Sequence[Key], matches: Matches) -> list[list[Key]]:
    """The group, or where it holds two countries, only what matches within each country."""
    if len({key[3] for key in group if key[3]}) < 2:
        return [list(group)]
    within = {
        key: {other: match for other, match in _near(key, matches) if other[3] == key[3]}
        for key in group
    }
    return components(group, within)


def _near(key: Key, matches: Matches) -> Iterable[tuple[Key, Match]]:
    near: Mapping[Key, Match] = matches.get(key, {})
    return near.items()
