"""What one or more reports together say of an event, in terms that can be held against others."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Final, TypeVar

from kg.link.cluster import Key
from kg.link.facts import ActorFacts, ReportFacts, StatementFacts
from kg.link.parties import Parties
from kg.link.same_event import FEW_DAYS, Told, Where, length, places_fit
from kg.link.words import band_words, described, fold, land, refers, repeated

_CHARGES: Final = frozenset({"accuse", "deny", "reject"})
_TELLINGS: Final = frozenset({"say", "claim", "report", "confirm", "condemn"})
_STATE: Final = frozenset({None, "GOV", "MIL", "COP", "SPY"})
_FIRE: Final = frozenset({"fire", "fired", "fires", "firing"})
_FORCES: Final = frozenset({"MIL", "COP", "SPY"})
_BANDS: Final = frozenset({"REB", "UAF"})
_BODY: Final = frozenset({"body"})
_DESCRIBED: Final = frozenset({"described"})
_OWN: Final = frozenset({"its", "his", "her", "our", "their", "my"})

Days = tuple[int, int]
_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Version:
    """Reports taken for one: ``charged`` where somebody accuses of it or denies it.

    ``doers`` and ``sufferers`` are sides: a country stands for its state, its army and its
    officials. ``bands``: whether the doers are of a state (the army), armed people of none that are
    only described (rebels) or bear a name in it (Houthi rebels), or a body of such. ``days`` and
    ``published`` are ordinals, the narrowest days and all publications.
    """

    key: Key
    articles: frozenset[str]
    event_type: str
    modes: frozenset[str]
    days: Days | None
    places: frozenset[Where]
    doers: frozenset[str]
    bands: frozenset[str]
    sufferers: frozenset[str]
    published: Days | None
    background: bool
    real: bool
    charged: bool
    spoken: bool
    repeated: bool
    refers: frozenset[str]
    words: frozenset[str]

    @property
    def towns(self) -> frozenset[str]:
        """The places it names to the town."""
        return frozenset(where.place for where in self.places if where.precise)

    @property
    def camps(self) -> frozenset[str]:
        """Whose its armed doers are, a state's or a band's: an army that denies is no rebel."""
        return frozenset("state" if band == "state" else "band" for band in self.bands if band)


def version(
    told: Told, report: ReportFacts, said: Sequence[StatementFacts], parties: Parties
) -> Version:
    """The version of one report and of the statements about it.

    "We did not fire at the town" is a denial by its words; it denies fire from any weapon.
    """
    acts = {one.act for one in said}
    undone = report.factuality == "negated" and bool(acts & _TELLINGS)
    charged = undone or bool(acts & _CHARGES)
    vague = told.mode == "firearms" and bool(told.words & _FIRE)
    return Version(
        key=told.key,
        articles=frozenset([told.article] if told.article else []),
        event_type=told.event_type,
        modes=frozenset([told.mode] if told.mode and not (charged and vague) else []),
        days=told.days if told.days and length(told.days) <= FEW_DAYS else None,
        places=frozenset([told.where] if told.where else []),
        doers=_doers(report, said, parties),
        bands=frozenset(_band(one) for one in _doing(report, said, parties)),
        sufferers=_named(report.recipients, parties),
        published=(told.published, told.published) if told.published is not None else None,
        background=told.background,
        real=report.factuality in ("asserted", "alleged", "negated"),
        charged=charged,
        spoken=bool(acts & _TELLINGS),
        repeated=any(map(repeated, (report.words, *(one.words for one in said)))),
        refers=refers(report.words),
        words=told.words,
    )


def united(versions: Sequence[Version]) -> Version:
    """What several versions of one event say together; the first one's key stands for it."""
    days = [one.days for one in versions if one.days]
    published = [one.published for one in versions if one.published]
    return Version(
        key=next((one.key for one in versions if one.charged), versions[0].key),
        articles=_all(one.articles for one in versions),
        event_type=versions[0].event_type,
        modes=_all(one.modes for one in versions),
        days=min(days, key=lambda range_: (length(range_), range_), default=None),
        places=_all(one.places for one in versions),
        doers=_all(one.doers for one in versions),
        bands=_all(one.bands for one in versions),
        sufferers=_all(one.sufferers for one in versions),
        published=(min(p[0] for p in published), max(p[1] for p in published))
        if published
        else None,
        background=versions[0].background,
        real=all(one.real for one in versions),
        charged=any(one.charged for one in versions),
        spoken=any(one.spoken for one in versions),
        repeated=any(one.repeated for one in versions),
        refers=_all(one.refers for one in versions),
        words=_all(one.words for one in versions),
    )


def contradict(one: Version, other: Version) -> bool:
    """Whether type, mode, day, place or parties keep two versions apart."""
    return (
        (one.event_type, one.background) != (other.event_type, other.background)
        or not (one.real and other.real)
        or _apart(one.modes, other.modes)
        or (_apart(one.doers, other.doers) and not _may_be_theirs(one, other))
        or _apart(one.camps, other.camps)
        or _apart(one.sufferers, other.sufferers)
        or _apart(one.towns, other.towns)
        or not all(places_fit(here, there) for here in one.places for there in other.places)
        or bool(one.days and other.days and not _within(one.days, other.days))
    )


def _may_be_theirs(one: Version, other: Version) -> bool:
    """ "Rebels attacked the town. The Front denied that its men attacked it." """
    answered = one.charged or other.charged
    return answered and {one.bands, other.bands} == {_DESCRIBED, _BODY}


def _band(actor: ActorFacts) -> str:
    if actor.sector in _FORCES:
        return "state"
    if actor.sector not in _BANDS or actor.country:
        return ""
    if actor.name or actor.kind == "Organization":
        return "body"
    return "called" if _is_called(actor.label) else "described"


def _is_called(label: str) -> bool:
    """ "Houthi rebels", "fighters of the Front": a name in it tells them from other bands."""
    words = described(label).split()
    given = [word for word in label.replace("-", " ").split() if word[:1].isupper()]
    names = {fold(word) for word in given} - band_words()
    return len(words) > 1 and any(name in words for name in names)


def _within(one: Days, other: Days) -> bool:
    first, last = max(one[0], other[0]), min(one[1], other[1])
    return (first, last) in (one, other)


def _apart(one: frozenset[str], other: frozenset[str]) -> bool:
    """Both known, and nothing in common."""
    return bool(one and other) and not one & other


def _all(sets: Iterable[frozenset[_T]]) -> frozenset[_T]:
    return frozenset(one for found in sets for one in found)


def _doers(report: ReportFacts, said: Sequence[StatementFacts], parties: Parties) -> frozenset[str]:
    """The sides that are told to have done it, or else that are accused of it.

    "Its forces" in a denial are the denier's, "our forces" anywhere the speaker's.
    """
    if not report.actors:
        accused = [ref for one in said if one.act == "accuse" for ref in one.targets]
        return _known(accused, parties)
    sides: set[str] = set()
    for ref in parties.leaves(report.actors):
        owners = _owners(parties.actors[ref], said)
        sides |= _sides(parties.actors[ref], parties) if owners is None else _known(owners, parties)
    return frozenset(sides)


def _doing(
    report: ReportFacts, said: Sequence[StatementFacts], parties: Parties
) -> Iterator[ActorFacts]:
    """Who is told to have done it, or whose men and planes did."""
    for ref in parties.leaves(report.actors):
        owners = _owners(parties.actors[ref], said)
        for one in [ref] if owners is None else parties.leaves(owners):
            yield parties.actors[one]


def _owners(actor: ActorFacts, said: Sequence[StatementFacts]) -> list[str] | None:
    """Whose "its forces" are, or None where the words are of nobody's own."""
    first = actor.label.casefold().partition(" ")[0]
    if actor.country or first not in _OWN:
        return None
    acts = ("deny", "reject") if first not in ("our", "my") else None
    return [one.speaker for one in said if one.speaker and (acts is None or one.act in acts)]


def _known(refs: Iterable[str], parties: Parties) -> frozenset[str]:
    """The sides of actors that a name or a country tells from others."""
    actors = [parties.actors[ref] for ref in parties.leaves(refs)]
    return _all(
        _sides(one, parties) for one in actors if one.name or one.country or land(one.label)
    )


def _named(refs: Iterable[str], parties: Parties) -> frozenset[str]:
    """The sides of actors that have a name or a country."""
    actors = [parties.actors[ref] for ref in parties.leaves(refs)]
    return _all(_sides(one, parties) for one in actors if one.name or one.country)


def _sides(actor: ActorFacts, parties: Parties) -> frozenset[str]:
    """A country, by code and by name, for its state, its army and its offices; else who it is."""
    found = set()
    if actor.sector in _STATE:
        found |= {f"country {actor.country}"} if actor.country else set()
        named = land(actor.label)
        if named and (actor.kind != "Person" or " " not in actor.label):
            found.add(f"land {named}")
    return frozenset(found or {parties.token(actor.iri)})


def by_report(said: Iterable[StatementFacts]) -> Mapping[str, list[StatementFacts]]:
    """The statements about each report."""
    found: dict[str, list[StatementFacts]] = {}
    for one in said:
        for thing in one.about:
            found.setdefault(thing, []).append(one)
    return found
