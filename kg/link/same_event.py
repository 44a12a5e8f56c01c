"""Whether two reports tell one event: type, mode, day, place and parties, else the very words.

Factuality does not keep reports apart (a denied attack is the attack), except that what is only
called for or supposed is never what took place.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Final

from kg.link.cluster import Key, Match
from kg.link.facts import PlaceFacts, ReportFacts
from kg.link.parties import Parties
from kg.link.words import content_words

FEW_DAYS: Final = 7
PUBLISHED_WITHIN: Final = 10
OVERLAP: Final = 0.5
LEAST_WORDS: Final = 3
SENTENCE_WORDS: Final = 6

ALIKE: Final = Match(0.95, "the same type, mode, dates, place and parties")
DAY_AND_PLACE: Final = Match(0.9, "the same type, day, place and parties")
DAY: Final = Match(0.8, "the same type and parties, dates and places that fit")
COUNTRIES: Final = Match(0.75, "the same type, day and place, parties of the same countries")
YEARLESS: Final = Match(0.75, "the same type, mode, place, parties and day of an unknown year")
ONE_SIDE: Final = Match(0.7, "the same type, day and place; one report leaves out a party")
WORDS: Final = Match(0.7, "the same type, mode, parties and words; a date is unknown")
SENTENCE: Final = Match(0.7, "the same type, mode, date and sentence; no party is named")
DESCRIBED: Final = Match(
    0.65, "the same article, type, day and place; one report only describes its parties"
)
ALONE: Final = Match(1.0, "itself")

_MUTUAL: Final = frozenset({"CONSULT", "AGREE", "COOPERATE"})
_NOT_REAL: Final = frozenset({"requested", "hypothetical"})
_PRECISE: Final = frozenset({"point", "settlement", "district"})
_COARSE: Final = frozenset({"region", "area", "country", "vague"})
_WHOLE: Final = frozenset({"country", "vague"})


@dataclass(frozen=True, slots=True)
class Where:
    """The place of a report: its representative, country and precision.

    ``named``: it has a proper name of its own, though the gazetteer may not know it.
    """

    place: str
    country: str | None
    precision: str
    named: bool

    @property
    def precise(self) -> bool:
        """Whether it is exact to the town; a town on no map is still one town."""
        return self.precision in _PRECISE or (self.precision == "vague" and self.named)


@dataclass(frozen=True, slots=True)
class Told:
    """A report in terms that can be compared between articles; days are ordinals."""

    iri: str
    article: str | None
    event_type: str
    mode: str | None
    real: bool
    background: bool
    days: tuple[int, int] | None
    yearless: str | None
    where: Where | None
    actors: frozenset[str]
    recipients: frozenset[str]
    countries: frozenset[str]
    told_apart: bool
    published: int | None
    about: frozenset[str]
    words: frozenset[str]

    @property
    def parties(self) -> frozenset[str]:
        """Everybody who takes part."""
        return self.actors | self.recipients

    @property
    def precise(self) -> bool:
        """Whether it says where to the town."""
        return self.where is not None and self.where.precise

    @property
    def telling(self) -> bool:
        """Whether its parties tell it from others: "people were killed" needs a place, too."""
        return bool(self.parties) and (self.told_apart or self.precise)

    @property
    def key(self) -> Key:
        """Equal for reports that need no comparing; a report's own IRI where words decide."""
        if self.days is None or length(self.days) > FEW_DAYS or not self.telling:
            return "report", self.iri
        where = self.where.place if self.where else ""
        flags = f"{self.real:d}{self.background:d}"
        first, last = (str(day) for day in self.days)
        names = ["\n".join(sorted(s)) for s in (self.actors, self.recipients, self.about)]
        return "alike", self.event_type, self.mode or "", flags, first, last, where, *names


def retold(
    report: ReportFacts,
    parties: Parties,
    places: Mapping[str, PlaceFacts],
    canonical_place: Mapping[str, str],
) -> Told:
    """A report with its parties and place as linking knows them; meetings have one side."""
    actors, recipients = parties.tokens(report.actors), parties.tokens(report.recipients)
    if report.event_type in _MUTUAL:
        actors, recipients = actors | recipients, frozenset()
    place = places.get(report.place or "")
    day = report.published
    return Told(
        iri=report.iri,
        article=report.article,
        event_type=report.event_type,
        mode=report.mode,
        real=report.factuality not in _NOT_REAL,
        background=report.background,
        days=report.days,
        yearless=report.edtf if (report.edtf or "").startswith("XXXX-") else None,
        where=_where(place, canonical_place),
        actors=actors,
        recipients=recipients,
        countries=parties.countries(report.actors + report.recipients),
        told_apart=parties.told_apart(report.actors + report.recipients),
        published=date.fromisoformat(day).toordinal() if day else None,
        about=frozenset(report.about),
        words=content_words(report.words),
    )


def match_events(one: Told, other: Told) -> Match | None:
    """Whether two reports may tell one event, and why."""
    if one.event_type != other.event_type or one.real != other.real:
        return None
    if one.mode and other.mode and one.mode != other.mode:
        return None
    if not places_fit(one.where, other.where):
        return None
    if not one.parties and not other.parties:
        return SENTENCE if _same_sentence(one, other) else None
    if one.days and other.days:
        return _match_dated(one, other)
    return _match_undated(one, other)


def _match_undated(one: Told, other: Told) -> Match | None:
    if not (_same_telling(one, other) and _days_of_year_fit(one, other)):
        return None
    same_day = one.yearless is not None and one.yearless == other.yearless
    if same_day and one.where and one.where == other.where:
        return YEARLESS
    return WORDS if _overlap(one.words, other.words) else None


def _where(place: PlaceFacts | None, canonical: Mapping[str, str]) -> Where | None:
    if place is None:
        return None
    return Where(canonical[place.iri], place.country, place.precision, place.name is not None)


def _days_of_year_fit(one: Told, other: Told) -> bool:
    """October 2 of an unknown year is not October 3 of any year."""
    first, second = _day_of_year(one), _day_of_year(other)
    return not (first and second) or first.startswith(second) or second.startswith(first)


def _day_of_year(one: Told) -> str:
    if one.yearless:
        return one.yearless[5:]
    if one.days and length(one.days) == 1:
        return date.fromordinal(one.days[0]).isoformat()[5:]
    return ""


def _match_dated(one: Told, other: Told) -> Match | None:
    if not _days_fit(one, other):
        return None
    same_day = one.days == other.days
    pinned = same_day and one.where == other.where and one.precise
    if _same_parties(one, other):
        if not _subjects_fit(one, other):
            return None
        return DAY_AND_PLACE if same_day and one.where and one.where == other.where else DAY
    if not pinned:
        return None
    if one.event_type in _MUTUAL:
        return _match_meetings(one, other)
    return ONE_SIDE if _one_side_told(one, other) else None


def _match_meetings(one: Told, other: Told) -> Match | None:
    """The same day and place: ministers here and their countries there, or only "both sides"."""
    if len(one.countries) > 1 and one.countries == other.countries:
        return COUNTRIES
    same_article = one.article == other.article
    return DESCRIBED if same_article and not (one.told_apart and other.told_apart) else None


def _same_parties(one: Told, other: Told) -> bool:
    same = (one.actors, one.recipients) == (other.actors, other.recipients)
    return same and one.telling and other.telling


def _subjects_fit(one: Told, other: Told) -> bool:
    """Two inquiries of one office on one day are told apart by what they are about."""
    if not (one.about and other.about) or one.about & other.about:
        return True
    return _overlap(one.words, other.words)


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
    if max(length(one.days), length(other.days)) <= FEW_DAYS:
        return True
    return one.days == other.days and _overlap(one.words, other.words)


def places_fit(one: Where | None, other: Where | None) -> bool:
    """The same place, one unknown, or one a country or region that may hold the other."""
    if one is None or other is None or one.place == other.place:
        return True
    if one.country is None or other.country is None:
        return "vague" in (one.precision, other.precision)
    if one.country != other.country:
        return False
    if one.precision in _WHOLE or other.precision in _WHOLE:
        return True
    return (one.precision in _COARSE) != (other.precision in _COARSE)


def _same_telling(one: Told, other: Told) -> bool:
    """A date is unknown: mode and parties are equal, the articles published about when."""
    if one.mode != other.mode or one.background != other.background:
        return False
    return _same_parties(one, other) and _published_near(one, other)


def _same_sentence(one: Told, other: Told) -> bool:
    """Nobody is named: one article took the sentence from the other, or both from a third."""
    if (one.mode, one.background, one.days) != (other.mode, other.background, other.days):
        return False
    same = one.words == other.words and len(one.words) >= SENTENCE_WORDS
    return same and _published_near(one, other)


def _published_near(one: Told, other: Told) -> bool:
    if one.published is None or other.published is None:
        return True
    return abs(one.published - other.published) <= PUBLISHED_WITHIN


def _overlap(one: frozenset[str], other: frozenset[str]) -> bool:
    shared = len(one & other)
    if shared < LEAST_WORDS:
        return False
    return shared == min(len(one), len(other)) or shared >= OVERLAP * len(one | other)


def length(days: tuple[int, int]) -> int:
    """How many days a range of ordinals holds."""
    return days[1] - days[0] + 1
