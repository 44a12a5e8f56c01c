"""Events: the reports that tell one and the same, found without comparing every two.

All reports of an event match each other pairwise: a report that fits two events which do not
fit each other joins the better one.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from dataclasses import dataclass
from itertools import chain, combinations
from typing import NamedTuple

from kg.link.answers import Stand, join_answers
from kg.link.cluster import Clusters, Key, Match, Profile, components, gather, profiles
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


class Retold(NamedTuple):
    """A report as it is compared, and the article's first day (ISO 8601)."""

    published: str | None
    told: Told
    version: Version

    @property
    def iri(self) -> str:
        """The report, as a term."""
        return self.told.iri


@dataclass(frozen=True, slots=True)
class Woven:
    """Clusters of reports, and what they depend on.

    What becomes of a report depends on those of its knot alone: each report is in one of them.
    ``stands`` are by the first report of each group.
    """

    clusters: Clusters
    knots: tuple[tuple[str, ...], ...]
    stands: tuple[tuple[str, Stand], ...]


def retell(
    reports: Sequence[ReportFacts],
    parties: Parties,
    places: Mapping[str, PlaceFacts],
    canonical_place: Mapping[str, str],
    said: Iterable[StatementFacts],
) -> Iterator[Retold]:
    """Reports in terms that can be compared. ``said`` are all statements of their articles."""
    about = by_report(said)
    for report in reports:
        told = retold(report, parties, places, canonical_place)
        yield Retold(
            report.published, told, version(told, report, about.get(report.iri, ()), parties)
        )


def link_events(reports: Sequence[Retold]) -> Woven:
    """Clusters of reports; each report is in exactly one.

    They are given in the order of their articles' IRIs, then of their own.
    """
    keyed = [(one.told.key, one) for one in reports]
    by_key, ages = profiles(keyed, {key: ALIKE if key[0] == "alike" else ALONE for key, _ in keyed})
    matches = _matches({key: one.told for key, one in keyed})
    versions: dict[Key, list[Version]] = {}
    for key, one in keyed:
        versions.setdefault(key, []).append(one.version)
    answers = join_answers(_complete(by_key, ages, matches), versions)
    knots = _knots(by_key, matches, answers.near)
    for key, near in answers.found.items():
        matches[key] = {**near, **matches.get(key, {})}
    stands = ((by_key[one.key].members[0], one) for one in answers.stands)
    clusters = gather(answers.groups.values(), ages, by_key, matches)
    return Woven(clusters, knots, tuple(stands))


def _knots(
    by_key: Mapping[Key, Profile],
    matches: Mapping[Key, Mapping[Key, Match]],
    near: Iterable[tuple[Key, Key]],
) -> tuple[tuple[str, ...], ...]:
    tied: dict[Key, dict[Key, Match]] = {key: dict(others) for key, others in matches.items()}
    for one, other in near:
        tied.setdefault(one, {})[other] = ALONE
        tied.setdefault(other, {})[one] = ALONE
    return tuple(
        tuple(iri for key in keys for iri in by_key[key].members)
        for keys in components(by_key, tied)
    )


def telling_block(one: Told) -> Block:
    """What it shares with all that may be one with it where a day is unknown."""
    return (one.event_type, one.real, one.mode, *_who(one))


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
        for block in blocks(one):
            by_day.setdefault(block, []).append(key)
        by_words.setdefault(telling_block(one), []).append(key)
    for keys in by_day.values():
        yield from combinations(keys, 2)
    for keys in by_words.values():
        loose = {key for key in keys if not dates_decide(told[key])}
        yield from _told_about_when(loose, [(told[key].published, key) for key in keys])


def _who(one: Told) -> tuple[object, ...]:
    """The parties, or the sentence of a report that names none."""
    return (one.actors, one.recipients) if one.parties else ("words", one.words, one.days)


def dates_decide(one: Told) -> bool:
    """Whether its day is what it is compared by, with any other that has parties and a day."""
    return bool(one.parties and one.days)


def blocks(one: Told) -> Iterator[Block]:
    """What a report shares with all that its day or its place may make one with it."""
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
