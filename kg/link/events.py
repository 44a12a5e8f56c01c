"""Which reports tell one event: type, mode, day, place and parties, else the very words.

All reports of an event match each other pairwise: a report that fits two events which do not
fit each other joins the better one. Factuality does not keep reports apart (a denied attack is
the attack), except that what is only called for or supposed is never what took place.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from typing import Final

from kg.link.cluster import Clusters, Key, Match, Profile, gather, profiles
from kg.link.facts import PlaceFacts, ReportFacts
from kg.link.parties import Parties
from kg.link.words import content_words

FEW_DAYS: Final = 7
PUBLISHED_WITHIN: Final = 10
OVERLAP: Final = 0.5
LEAST_WORDS: Final = 3

ALIKE: Final = Match(0.95, "the same type, mode, dates, place and parties")
DAY_AND_PLACE: Final = Match(0.9, "the same type, day, place and parties")
DAY: Final = Match(0.8, "the same type and parties, dates and places that fit")
COUNTRIES: Final = Match(0.75, "the same type, day and place, parties of the same countries")
ONE_SIDE: Final = Match(0.7, "the same type, day and place; one report leaves out a party")
WORDS: Final = Match(0.7, "the same type, mode, parties and words; a date is unknown")
ALONE: Final = Match(1.0, "itself")

Block = tuple[object, ...]

_MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_NOT_REAL: Final = frozenset({"requested", "hypothetical"})
_PRECISE: Final = frozenset({"point", "settlement", "district"})
_COARSE: Final = frozenset({"region", "area", "country", "vague"})
_WHOLE: Final = frozenset({"country", "vague"})


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a report: its representative, country and precision."""

    place: str
    country: str | None
    precision: str


@dataclass(frozen=True, slots=True)
class Told:
    """A report in terms that can be compared between articles; days are ordinals."""

    iri: str
    event_type: str
    mode: str | None
    real: bool
    background: bool
    days: tuple[int, int] | None
    where: Where | None
    actors: frozenset[str]
    recipients: frozenset[str]
    countries: frozenset[str]
    published: int | None
    words: frozenset[str]

    @property
    def parties(self) -> frozenset[str]:
        """Everybody who takes part."""
        return self.actors | self.recipients

    @property
    def key(self) -> Key:
        """Equal for reports that need no comparing; a report's own IRI where words decide."""
        if self.days is None or _length(self.days) > FEW_DAYS or not self.parties:
            return "report", self.iri
        where = self.where.place if self.where else ""
        flags = f"{self.real:d}{self.background:d}"
        first, last = (str(day) for day in self.days)
        names = ["\n".join(sorted(side)) for side in (self.actors, self.recipients)]
        return "alike", self.event_type, self.mode or "", flags, first, last, where, *names


def link_events(
    reports: Sequence[ReportFacts],
    parties: Parties,
    places: Mapping[str, PlaceFacts],
    canonical_place: Mapping[str, str],
) -> Clusters:
    """Clusters of reports; each report is in exactly one."""
    told = [_told(report, parties, places, canonical_place) for report in reports]
    keyed = [(one.key, report) for one, report in zip(told, reports, strict=True)]
    alike = {key: ALIKE if key[0] == "alike" else ALONE for key, _ in keyed}
    by_key, ages = profiles(keyed, alike)
    matches = _matches({one.key: one for one in told})
    return gather(_complete(by_key, ages, matches), ages, by_key, matches)


def _told(
    report: ReportFacts,
    parties: Parties,
    places: Mapping[str, PlaceFacts],
    canonical_place: Mapping[str, str],
) -> Told:
    actors, recipients = parties.tokens(report.actors), parties.tokens(report.recipients)
    if report.event_type in _MUTUAL:
        actors, recipients = actors | recipients, frozenset()
    place = places.get(report.place or "")
    day = report.published
    return Told(
        iri=report.iri,
        event_type=report.event_type,
        mode=report.mode,
        real=report.factuality not in _NOT_REAL,
        background=report.background,
        days=report.days,
        where=Where(canonical_place[place.iri], place.country, place.precision) if place else None,
        actors=actors,
        recipients=recipients,
        countries=parties.countries(report.actors + report.recipients),
        published=date.fromisoformat(day).toordinal() if day else None,
        words=content_words(report.words),
    )


def match_events(one: Told, other: Told) -> Match | None:
    """Whether two reports may tell one event, and why."""
    if one.event_type != other.event_type or one.real != other.real:
        return None
    if one.mode and other.mode and one.mode != other.mode:
        return None
    if not _places_fit(one.where, other.where):
        return None
    if one.days and other.days:
        return _match_dated(one, other)
    return WORDS if _same_words(one, other) else None


def _match_dated(one: Told, other: Told) -> Match | None:
    if not _days_fit(one, other):
        return None
    same_day = one.days == other.days
    pinned = same_day and one.where == other.where and _precise(one)
    if one.parties and (one.actors, one.recipients) == (other.actors, other.recipients):
        return DAY_AND_PLACE if same_day and one.where and one.where == other.where else DAY
    if pinned and one.event_type in _MUTUAL and len(one.countries) > 1:
        return COUNTRIES if one.countries == other.countries else None
    return ONE_SIDE if pinned and _one_side_told(one, other) else None


def _one_side_told(one: Told, other: Told) -> bool:
    """One side equal, the other side left out by one of the two reports."""
    if one.actors == other.actors and one.actors:
        return not (one.recipients and other.recipients)
    if one.recipients == other.recipients and one.recipients:
        return not (one.actors and other.actors)
    return False


def _days_fit(one: Told, other: Told) -> bool:
    """The same days, or one range inside the other; more than a few days need the words too."""
    if one.days is None or other.days is None:
        return False
    (first, last), (start, end) = one.days, other.days
    if not ((first <= start and end <= last) or (start <= first and last <= end)):
        return False
    if max(_length(one.days), _length(other.days)) <= FEW_DAYS:
        return True
    return one.days == other.days and _overlap(one.words, other.words)


def _places_fit(one: Where | None, other: Where | None) -> bool:
    """The same place, one unknown, or one a country or region that may hold the other."""
    if one is None or other is None or one.place == other.place:
        return True
    if one.country is None or one.country != other.country:
        return False
    if one.precision in _WHOLE or other.precision in _WHOLE:
        return True
    return (one.precision in _COARSE) != (other.precision in _COARSE)


def _same_words(one: Told, other: Told) -> bool:
    """A date is unknown: mode and parties equal, told about when, in much the same words."""
    if one.mode != other.mode or one.background != other.background or not one.parties:
        return False
    if (one.actors, one.recipients) != (other.actors, other.recipients):
        return False
    return _published_near(one, other) and _overlap(one.words, other.words)


def _published_near(one: Told, other: Told) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs(one.published - other.published) <= PUBLISHED_WITHIN


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    if shared < LEAST_WORDS:
        return False
    return shared == min(len(one), len(other)) or shared >= OVERLAP * len(one | other)


def _precise(one: Told) -> bool:
    return one.where is not None and one.where.precision in _PRECISE


def _length(days: tuple[int, int]) -> int:
    return days[1] - days[0] + 1


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
    by_parties: dict[Block, list[Key]] = {}
    for key, one in told.items():
        for block in _day_blocks(one):
            by_day.setdefault(block, []).append(key)
        if one.parties:
            block = (one.event_type, one.real, one.mode, one.actors, one.recipients)
            by_parties.setdefault(block, []).append(key)
    for keys in by_day.values():
        yield from combinations(keys, 2)
    for keys in by_parties.values():
        yield from _told_about_when([(told[key], key) for key in keys])


def _day_blocks(one: Told) -> Iterator[Block]:
    kind = (one.event_type, one.real)
    if one.days is None:
        return
    if _length(one.days) > FEW_DAYS:
        yield *kind, "range", one.days
        return
    for day in range(one.days[0], one.days[1] + 1):
        if one.parties:
            yield *kind, "day", day, one.actors, one.recipients
        if _precise(one) and one.where:
            yield *kind, "pin", day, one.where.place


def _told_about_when(group: Sequence[tuple[Told, Key]]) -> Iterator[tuple[Key, Key]]:
    """Pairs of which one has no date, published within the days that the rule allows."""
    some_day = [(one, key) for one, key in group if one.published is None]
    by_day = sorted(
        ((one.published, key, one) for one, key in group if one.published is not None),
        key=lambda row: row[:2],
    )
    start = 0
    for at, (day, key, one) in enumerate(by_day):
        while by_day[start][0] < day - PUBLISHED_WITHIN:
            start += 1
        for _, other_key, other in by_day[start:at]:
            if one.days is None or other.days is None:
                yield key, other_key
    for at, (one, key) in enumerate(some_day):
        for other, other_key in (*some_day[:at], *((other, k) for _, k, other in by_day)):
            if one.days is None or other.days is None:
                yield key, other_key


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
