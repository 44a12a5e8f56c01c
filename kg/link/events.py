"""Events: the reports that tell one and the same, found without comparing every two.

All reports of an event match each other pairwise: a report that fits two events which do not
fit each other joins the better one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import chain, combinations

from kg.link.answers import join_answers
from kg.link.cluster import Clusters, Key, Match, Profile, gather, profiles
from kg.link.facts import PlaceFacts, ReportFacts, StatementFacts
from kg.link.parties import Parties
from kg.link.same_event import (
    ALIKE,
    ALONE,
    FEW_DAYS,
    PUBLISHED_WITHIN,
    Told,
    length,
    match_events,
    retold,
)
from kg.link.versions import Version, by_report, version

Block = tuple[object, ...]


def link_events(
    reports: Sequence[ReportFacts],
    parties: Parties,
    places: Mapping[str, PlaceFacts],
    canonical_place: Mapping[str, str],
    said: Sequence[StatementFacts],
) -> Clusters:
    """Clusters of reports; each report is in exactly one. ``said`` are all statements."""
    told = [retold(report, parties, places, canonical_place) for report in reports]
    keyed = [(one.key, report) for one, report in zip(told, reports, strict=True)]
    alike = {key: ALIKE if key[0] == "alike" else ALONE for key, _ in keyed}
    by_key, ages = profiles(keyed, alike)
    matches = _matches({one.key: one for one in told})
    versions = _versions(told, reports, said, parties)
    groups, joined = join_answers(_complete(by_key, ages, matches), versions)
    for key, near in joined.items():
        matches[key] = {**near, **matches.get(key, {})}
    return gather(groups.values(), ages, by_key, matches)


def _versions(
    told: Sequence[Told],
    reports: Sequence[ReportFacts],
    said: Sequence[StatementFacts],
    parties: Parties,
) -> Mapping[Key, Sequence[Version]]:
    about = by_report(said)
    found: dict[Key, list[Version]] = {}
    for one, report in zip(told, reports, strict=True):
        found.setdefault(one.key, []).append(
            version(one, report, about.get(report.iri, ()), parties)
        )
    return found


def _matches(told: Mapping[Key, Told]) -> dict[Key, dict[Key, Match]]:
    table: dict[Key, dict[Key, Match]] = {}
    for one, other in _candidates(told):
        match = match_events(told[one], told[other])
        if match:
            table.setdefault(one, {})[other] = match
            table.setdefault(other, {})[one] = match
    return table


def _candidates(told: Mapping[Key, Told]) -> Iterator[tuple[Key, Key]]:
    """Pairs that share what some rule asks for; a pair may come twice."""
    by_day: dict[Block, list[Key]] = {}
    by_words: dict[Block, list[Key]] = {}
    for key, one in told.items():
        for block in _day_blocks(one):
            by_day.setdefault(block, []).append(key)
        block = (one.event_type, one.real, one.mode, *_who(one))
        by_words.setdefault(block, []).append(key)
    for keys in by_day.values():
        yield from combinations(keys, 2)
    for keys in by_words.values():
        loose = {key for key in keys if not _dates_decide(told[key])}
        yield from _told_about_when(loose, [(told[key].published, key) for key in keys])


def _who(one: Told) -> tuple[object, ...]:
    """The parties, or the sentence of a report that names none."""
    return (one.actors, one.recipients) if one.parties else ("words", one.words, one.days)


def _dates_decide(one: Told) -> bool:
    """Whether its day is what it is compared by, with any other that has parties and a day."""
    return bool(one.parties and one.days)


def _day_blocks(one: Told) -> Iterator[Block]:
    kind = (one.event_type, one.real)
    if one.days is None:
        return
    if length(one.days) > FEW_DAYS:
        yield *kind, "range", one.days, one.actors, one.recipients
        return
    for day in range(one.days[0], one.days[1] + 1):
        if one.parties:
            yield *kind, "day", day, one.actors, one.recipients
        if one.precise and one.where:
            yield *kind, "pin", day, one.where.place


def _told_about_when(
    loose: Set[Key], group: Sequence[tuple[int | None, Key]]
) -> Iterator[tuple[Key, Key]]:
    """Pairs of a loose one and any, published within the days of the rules or nobody knows when."""
    unknown = [key for day, key in group if day is None]
    known = sorted((day, key) for day, key in group if day is not None)
    for day, key in group:
        if key not in loose:
            continue
        first = bisect_left(known, (day - PUBLISHED_WITHIN,)) if day is not None else 0
        end = bisect_left(known, (day + PUBLISHED_WITHIN + 1,)) if day is not None else None
        near = chain(unknown, (other for _, other in known[first:end]))
        yield from ((key, other) for other in near if other not in loose or other < key)


def _complete(
    by_key: Mapping[Key, Profile],
    ages: Mapping[str, tuple[str, str]],
    matches: Mapping[Key, Mapping[Key, Match]],
) -> Iterable[list[Key]]:
    """Groups in which every two match: best matches first, then the earliest reports."""
    home = {key: [key] for key in by_key}
    for one, other in _ranked(by_key, ages, matches):
        ours, theirs = home[one], home[other]
        if ours is not theirs and _all_match(ours, theirs, matches):
            ours.extend(theirs)
            home.update(dict.fromkeys(theirs, ours))
    groups = {id(group): group for group in home.values()}
    return groups.values()


def _ranked(
    by_key: Mapping[Key, Profile],
    ages: Mapping[str, tuple[str, str]],
    matches: Mapping[Key, Mapping[Key, Match]],
) -> list[tuple[Key, Key]]:
    order = {key: ages[profile.members[0]] for key, profile in by_key.items()}
    pairs = [
        (-match.score, order[one], order[other], one, other)
        for one, near in matches.items()
        for other, match in near.items()
        if order[one] < order[other]
    ]
    return [(one, other) for *_, one, other in sorted(pairs)]


def _all_match(
    ours: Sequence[Key], theirs: Sequence[Key], matches: Mapping[Key, Mapping[Key, Match]]
) -> bool:
    return all(other in matches.get(one, {}) for one in ours for other in theirs)
