"""Accusations and denials joined to the event they speak of, though they tell it otherwise.

"Accused them of shelling Orm", "denied shelling the town" and "shells hit Orm" are one event
where type, mode, place, days and sides do not contradict and only one event can be meant: where
two can that do not fit each other, none is chosen. First within each article, where "the town"
takes up what was told; then between articles, where both must name the town.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import combinations, product
from typing import Final, NamedTuple

from kg.link.cluster import Key, Match, components
from kg.link.versions import Days, Version, contradict, united
from kg.link.words import event_nouns, place_nouns

SAME_ARTICLE: Final = Match(
    0.7, "an accusation or denial and the one event of its article that it can mean"
)
TAKEN_UP: Final = Match(
    0.7, 'the same article and type; "the" and a noun take up the one event it can mean'
)
SAME_DAY: Final = Match(
    0.65, "the same article, type, day and place; parties that fit, in somebody's words"
)
ELSEWHERE: Final = Match(
    0.6, "an accusation or denial and the one event of its type, place and side about then"
)
MOST_WORDS: Final = 2
"""Words of "the rocket strike", that says of an event no more than that it was told."""
MOST_EVENTS: Final = 100
"""How many events of a type, or of a type in a town, one article tells before none is "the" one."""
ANSWERED_WITHIN: Final = 3
"""Days from an event to an undated accusation or denial of it in another article."""

MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})

Groups = dict[Key, list[Key]]
"""Keys of reports, by the first of each group."""
Found = dict[Key, dict[Key, Match]]
Members = Mapping[Key, Sequence[Version]]
Edge = tuple[Key, Key]
Kind = tuple[str, bool]
Edges = Mapping[Edge, tuple[Edge, Match]]
"""Two groups → the reports by which they are joined, and why."""


class Stand(NamedTuple):
    """Where a group stands, for what other articles accuse of or deny: its first report's key, its
    type, a town that it names, its days or else those of its publication, whether it is charged."""

    key: Key
    event_type: str
    town: str
    days: Days
    charged: bool


class Joined(NamedTuple):
    """Groups after joining, the matches that say why, and what they depend on: the pairs of groups
    that were held to be one, joined or not, and where each group stands."""

    groups: Groups
    found: Found
    near: Sequence[Edge]
    stands: Sequence[Stand]


def join_answers(groups: Iterable[Sequence[Key]], versions: Members) -> Joined:
    """The groups of keys, joined where they answer each other."""
    found: Found = {}
    near: list[Edge] = []
    joined: Groups = {min(keys): sorted(keys) for keys in groups}
    members = _members(joined, versions)
    joined = _joined(joined, members, _inside_articles(members, near), found)
    members = _members(joined, versions)
    whole = {name: united(versions) for name, versions in members.items()}
    joined = _joined(joined, members, _between_articles(whole, near), found)
    return Joined(joined, found, near, [one for name in whole for one in _stands(name, whole)])


def _members(groups: Groups, versions: Members) -> Members:
    return {name: [one for key in keys for one in versions[key]] for name, keys in groups.items()}


def _stands(name: Key, whole: Mapping[Key, Version]) -> Iterator[Stand]:
    one = whole[name]
    if days := one.days or one.published:
        for town in sorted(one.towns):
            yield Stand(name, one.event_type, town, days, one.charged)


def _joined(groups: Groups, members: Members, edges: Edges, found: Found) -> Groups:
    """The groups joined along the edges, surest first, where nothing in them contradicts."""
    home = {name: [name] for name in groups}
    joining = {name for pair in edges for name in pair}
    whole = {name: united(members[name]) for name in joining}
    for pair, (reports, match) in sorted(edges.items(), key=lambda edge: (-edge[1][1].score, edge)):
        ours, theirs = home[pair[0]], home[pair[1]]
        if ours is theirs or any(
            contradict(whole[one], whole[other]) for one, other in product(ours, theirs)
        ):
            continue
        _note(found, reports, match)
        ours.extend(theirs)
        home.update(dict.fromkeys(theirs, ours))
    together = {min(names): names for names in home.values()}
    return {
        first: sorted(key for name in names for key in groups[name])
        for first, names in together.items()
    }


def _inside_articles(members: Members, near: list[Edge]) -> Edges:
    """What each article tells of one event."""
    parts: dict[str, dict[Key, list[Version]]] = {}
    for name, versions in members.items():
        for one in versions:
            for article in one.articles:
                parts.setdefault(article, {}).setdefault(name, []).append(one)
    edges: dict[Edge, tuple[Edge, Match]] = {}
    for _, told in sorted(parts.items()):
        whole = {name: united(versions) for name, versions in told.items()}
        edges.update(_sure(whole, sorted(_comparable(whole)), _inside, near))
    return edges


def _comparable(whole: Mapping[Key, Version]) -> set[Edge]:
    """The pairs of one article that may be one event; few, however much it tells.

    Where it tells so many events of a type that "the attack" may be any of them, only those of
    one town are held against each other.
    """
    kinds: dict[Kind, list[Key]] = {}
    for name, one in whole.items():
        kinds.setdefault((one.event_type, one.background), []).append(name)
    pairs: set[Edge] = set()
    for kind, names in kinds.items():
        for group in [names] if len(names) <= MOST_EVENTS else _by_town(names, whole):
            if kind[0] not in MUTUAL and len(group) <= MOST_EVENTS:
                pairs.update(combinations(sorted(group), 2))
    return pairs


def _by_town(names: Iterable[Key], whole: Mapping[Key, Version]) -> Iterable[list[Key]]:
    towns: dict[str, list[Key]] = {}
    for name in names:
        for town in whole[name].towns:
            towns.setdefault(town, []).append(name)
    return towns.values()


def _between_articles(whole: Mapping[Key, Version], near: list[Edge]) -> Edges:
    """What one article accuses of or denies, and another tells."""
    marks: dict[tuple[str, str, str, int], list[Key]] = {}
    for name, one in whole.items():
        for town in one.towns:
            for mark in _marks(one):
                marks.setdefault((one.event_type, town, *mark), []).append(name)
    pairs = {
        (min(name, other), max(name, other))
        for name, one in whole.items()
        if one.charged
        for town in one.towns
        for mark in _looks(one)
        for other in marks.get((one.event_type, town, *mark), ())
        if name != other
    }
    return _sure(whole, sorted(pairs), _between, near)


def _sure(
    whole: Mapping[Key, Version],
    pairs: Iterable[Edge],
    rule: Callable[[Version, Version], Match | None],
    near: list[Edge],
) -> Edges:
    """The matching pairs of which neither could as well be something else.

    All matching pairs are added to ``near``.
    """
    matching = {pair: match for pair in pairs if (match := rule(*(whole[name] for name in pair)))}
    near.extend(matching)
    neighbours = {name: set(others) for name, others in _both_ways(matching).items()}
    doubtful = {
        (min(name, one), max(name, one))
        for name, others in neighbours.items()
        for one in others
        if len(others - neighbours[one]) > 1
    }
    kept = {
        pair: match
        for pair, match in matching.items()
        if pair not in doubtful and not any(whole[name].repeated for name in pair)
    }
    links = _both_ways(kept)
    torn = {
        name
        for names in components(links, links)
        if any(len(neighbours[name].intersection(names)) < len(names) - 1 for name in names)
        for name in names
    }
    return {
        (one, other): ((whole[one].key, whole[other].key), match)
        for (one, other), match in kept.items()
        if one not in torn
    }


def _both_ways(edges: Mapping[Edge, Match]) -> Found:
    found: Found = {}
    for pair, match in edges.items():
        _note(found, pair, match)
    return found


def _note(found: Found, pair: Edge, match: Match) -> None:
    one, other = pair
    found.setdefault(one, {})[other] = match
    found.setdefault(other, {})[one] = match


def _inside(one: Version, other: Version) -> Match | None:
    """Whether one article tells one event by both."""
    if contradict(one, other):
        return None
    same_town = bool(one.towns & other.towns)
    if one.charged or other.charged:
        return SAME_ARTICLE if same_town or _taken_up(one, other) else None
    if _names_again(one, other, same_town) or _names_again(other, one, same_town):
        return TAKEN_UP
    same_day = one.days is not None and one.days == other.days
    return SAME_DAY if same_town and same_day and (one.spoken or other.spoken) else None


def _names_again(one: Version, other: Version, same_town: bool) -> bool:
    """Whether one is no more than "the strike", or "the strike on" the town of the other.

    Any event of its article may be meant by "the strike", in a town or not.
    """
    if not one.refers & event_nouns():
        return False
    return same_town or (not one.places and len(one.words) <= MOST_WORDS)


def _taken_up(one: Version, other: Version) -> bool:
    """Whether one that names no town takes up the other by a noun: the town, the attack."""
    if one.towns and other.towns:
        return False
    return any(
        bool(bare.refers & (event_nouns() | full.words | (place_nouns() if full.towns else set())))
        for bare, full in ((one, other), (other, one))
        if not bare.towns
    )


def _between(one: Version, other: Version) -> Match | None:
    """Whether two articles tell one event; without a day the side and the publication decide."""
    if one.event_type in MUTUAL or contradict(one, other):
        return None
    if one.days and other.days:
        return ELSEWHERE
    return ELSEWHERE if one.doers & other.doers and _soon(one, other) else None


def _soon(one: Version, other: Version) -> bool:
    """Whether an undated one was published within days of the other, or of its event."""
    if not (one.published and other.published):
        return False
    (first, last), (start, end) = one.days or one.published, other.days or other.published
    gap = max(start - last, first - end, 0)
    before = (other.days and end > first) or (one.days and last > start)
    return gap <= ANSWERED_WITHIN and not before


def _marks(one: Version) -> Iterator[tuple[str, int]]:
    """Where a version stands in time: its days, or without them those of its publication."""
    kind, days = ("day", one.days) if one.days else ("told", one.published)
    yield from ((kind, day) for day in _all_of(days))


def _looks(one: Version) -> Iterator[tuple[str, int]]:
    """Where others may stand that an accusation or denial speaks of."""
    if one.days:
        yield from (("day", day) for day in _all_of(one.days))
        yield from (("told", day) for day in _all_of(one.days, after=ANSWERED_WITHIN))
    else:
        days = one.published
        yield from (("day", day) for day in _all_of(days, before=ANSWERED_WITHIN))
        around = _all_of(days, before=ANSWERED_WITHIN, after=ANSWERED_WITHIN)
        yield from (("told", day) for day in around)


def _all_of(days: Days | None, *, before: int = 0, after: int = 0) -> range:
    return range(days[0] - before, days[1] + after + 1) if days else range(0)
