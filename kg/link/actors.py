"""Which actors of different articles are one: plain rules on names, kinds and countries.

Somebody known by description only is never taken for somebody else's, except a described side
of a country ("Marovian soldiers"). Where a name stands for actors of two countries, those
whose country is unknown stay apart from both.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Final

from kg.link.cluster import Clusters, Key, Match, Matches, Tie, components, gather, profiles
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
    keyed = [(key_of(actor), actor) for actor in actors]
    by_key, ages = profiles(keyed, {key: alike(key) for key, _ in keyed})
    tied = {(key, tie) for key, actor in keyed for tie in ties(key, actor)}
    groups, matches = grouped(by_key, tied)
    return gather(groups, ages, by_key, matches)


def key_of(actor: ActorFacts) -> Key:
    """Equal for actors that need no comparing; an actor's own IRI where nothing tells who it is."""
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


def alike(key: Key) -> Match:
    """Why actors of one key are one."""
    match key[1]:
        case "country":
            return STATE
        case "name":
            return NAME_AND_COUNTRY if key[3] else NAME
        case "side":
            return SIDE
        case _:
            return ALONE


def ties(key: Key, actor: ActorFacts) -> Iterator[Tie]:
    """By what an actor of this key may be one with those of another key."""
    if key[1] in ("name", "country"):
        if actor.name:
            yield "name", actor.kind, fold(actor.name)
        for alias in _other_names(actor):
            yield "alias", actor.kind, alias
    for outside in actor.same_as:
        yield "outside", actor.kind, outside


def grouped(
    keys: Iterable[Key], tied: Iterable[tuple[Key, Tie]]
) -> tuple[list[list[Key]], Matches]:
    """The keys that are one, and which match; ``tied`` are all ties of these keys."""
    by_tie: dict[Tie, set[Key]] = {}
    for key, tie in tied:
        by_tie.setdefault(tie, set()).add(key)
    matches = _matches(by_tie)
    groups = [group for found in components(keys, matches) for group in _sound(found, matches)]
    return groups, matches


def _matches(by_tie: Mapping[Tie, set[Key]]) -> Matches:
    table: _Table = {}
    for (how, *_), keys in by_tie.items():
        if how == "outside":
            _join(table, keys, keys, OUTSIDE)
    for (how, _, name), keys in by_tie.items():
        if how == "name" and not generic(name):
            _join(table, keys, keys, NAME)
    for (how, kind, alias), keys in by_tie.items():
        if how == "alias":
            _join(table, keys, by_tie.get(("name", kind, alias), ()), ALIAS)
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
