"""Findings as coded events: who did what to whom, in PLOVER.

A statement is coded by its act, as its concept's ``skos:closeMatch`` in the ontology says; plain
saying is no event. What a coded statement speaks of (the inquiry called for, the attack
condemned) is its matter and not coded again. A report is coded by its type and mode: what is
still to come is AGREE or THREATEN, as the codebook has it; what is denied, only
imagined, or told as history is no event of the text.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from typing import Final

from kg.extract.lexicon import nouns
from kg.gazetteer import Gazetteer
from kg.model import Actor, EventReport, Extraction, Mention, Statement
from kg.vocab import CODES, concepts

Code = tuple[str, str | None]
"""An event type and a mode of it."""

BY_ACT: Final[dict[str, Code]] = {
    "accuse": ("ACCUSE", "allege"),
    "warn": ("THREATEN", None),
    "order": ("REQUEST", None),
}
"""Where the ontology gives a type only, or a related one."""
DOMESTIC: Final = frozenset({"PROTEST", "COERCE", "ASSAULT"})
"""Types that PLOVER has at home unless the text names somebody abroad."""
_NAME: Final = re.compile(r"(?:[A-Z][\w'’.-]+(?: (?=[A-Z]))?)+")
WORLDLY: Final = frozenset({"IGO", "NGO", "MNC"})
"""Sectors that PLOVER writes where a country would stand."""


@dataclass(frozen=True, slots=True)
class Coded:
    """One event: ``sources`` and ``targets`` are actors, ``cue`` the word it was read off.

    ``toward`` and ``where`` are not found by the extractor but inferred here: the countries
    (three letters) it is aimed at where no target's country is told, the country of its place.
    """

    event_type: str
    mode: str | None
    sources: tuple[Actor, ...]
    targets: tuple[Actor, ...]
    cue: str
    act: str | None = None
    toward: tuple[str, ...] = ()
    where: tuple[str, ...] = ()

    @property
    def mutual(self) -> bool:
        """Whether two or more did it with each other."""
        return not self.targets and len(self.sources) > 1


@cache
def code_of_act(act: str) -> Code | None:
    """The code of an act, None for acts that PLOVER leaves out.

    >>> code_of_act("condemn"), code_of_act("request"), code_of_act("say")
    (('ACCUSE', 'disapprove'), ('REQUEST', None), None)
    """
    if act in BY_ACT:
        return BY_ACT[act]
    for match in concepts()["act"][act].matches:
        scheme, _, rest = match.removeprefix(CODES).partition("/")
        if scheme in ("event-type", "mode"):
            event_type, _, mode = rest.partition("/")
            return event_type, mode or None
    return None


def coded(found: Extraction, text: str, *, plans: bool = True) -> list[Coded]:
    """The events of a text, each once, in the order of their cues.

    ``plans``: whether what is still to come is told apart, as in PLOVER; coders without tense
    take it for the deed itself.
    """
    spoken = [(one, code) for one in found.statements if (code := code_of_act(one.act))]
    matter = {key for one, _ in spoken for key in _matter(one, found)}
    events = [
        *(_of_statement(one, code, found, text) for one, code in spoken if one.key not in matter),
        *(
            _of_report(one, code, found, text)
            for one in found.reports
            if one.key not in matter and (code := code_of_report(one, plans=plans))
        ),
    ]
    return list(dict.fromkeys(event for _, event in sorted(events, key=lambda pair: pair[0])))


def code_of_report(report: EventReport, *, plans: bool = True) -> Code | None:
    """What a report is coded as, None where it is no event of the text."""
    if report.factuality in ("negated", "hypothetical") or report.background:
        return None
    if report.factuality == "requested":
        return "REQUEST", None
    if report.factuality == "planned" and plans:
        return _to_come(report)
    return report.event_type, report.mode


def _to_come(report: EventReport) -> Code:
    """What is promised is AGREE (giving way too, as in the table from CAMEO), harm THREATEN."""
    quad = concepts()["event-type"][report.event_type].quad or ""
    if quad.endswith("cooperation"):
        return "AGREE", None
    return (report.event_type, report.mode) if quad == "verbal-conflict" else ("THREATEN", None)


def _matter(one: Statement, found: Extraction) -> Iterator[str]:
    """The reports and statements that a statement speaks of."""
    yield from one.about
    others: list[EventReport | Statement] = [*found.reports, *found.statements]
    for other in others:
        if other is not one and any(span.holds(other.cue) for span in one.content):
            yield other.key


def _of_statement(
    one: Statement, code: Code, found: Extraction, text: str
) -> tuple[tuple[int, int], Coded]:
    actors = {actor.key: actor for actor in found.actors}
    sources = _parties([one.speaker] if one.speaker else [], actors)
    given = (*one.targets, *one.addressees) or tuple(_meant(one, code, found))
    targets = tuple(actor for actor in _parties(given, actors) if actor not in sources)
    named = _named(" ".join(span.of(text) for span in one.content))
    toward = _elsewhere(sources, named, found) or _at_home(code[0], sources, found)
    event = Coded(code[0], code[1], sources, targets, one.cue.of(text), one.act, toward)
    return (one.cue.start, 0), event


def _named(words: str) -> tuple[str, ...]:
    """The countries that words name outright or by adjective, in order."""
    gazetteer = Gazetteer.load()
    found = (gazetteer.country_of(name) for name in _NAME.findall(words))
    return tuple(dict.fromkeys(gazetteer.country(one).alpha3 for one in found if one))


def _elsewhere(
    sources: tuple[Actor, ...], countries: Iterable[str], found: Extraction
) -> tuple[str, ...]:
    own = {inferred_code(actor, found) for actor in sources}
    return tuple(country for country in countries if country not in own)


def _at_home(event_type: str, sources: tuple[Actor, ...], found: Extraction) -> tuple[str, ...]:
    """Protest and repression that name nobody abroad stay at home."""
    own = (inferred_code(actor, found) for actor in sources if event_type in DOMESTIC)
    return tuple(dict.fromkeys(country for country in own if len(country) == len("XXX")))


def _meant(one: Statement, code: Code, found: Extraction) -> Iterator[Mention]:
    """At whom a statement that names nobody is aimed: those who did or suffer what it is about."""
    for report in found.reports:
        if report.key in one.about:
            done_to = code[0] in ("AGREE", "CONCEDE", "THREATEN") and report.recipients
            yield from done_to or report.actors


def _of_report(
    one: EventReport, code: Code, found: Extraction, text: str
) -> tuple[tuple[int, int], Coded]:
    actors = {actor.key: actor for actor in found.actors}
    sources, targets = _parties(one.actors, actors), _parties(one.recipients, actors)
    places = {place.key: place.country for place in found.places}
    country = places.get(one.place.ref) if one.place else None
    where = (Gazetteer.load().country(country).alpha3,) if country else ()
    toward = where or _at_home(code[0], sources, found)
    event = Coded(code[0], code[1], sources, targets, one.cue.of(text), toward=toward, where=where)
    return (one.cue.start, 1), event


def _parties(mentions: Iterable[Mention], actors: dict[str, Actor]) -> tuple[Actor, ...]:
    """The actors of mentions, groups taken apart, each once."""
    found: dict[Actor, None] = {}
    for mention in mentions:
        actor = actors[mention.ref]
        for one in [actors[key] for key in actor.members] or [actor]:
            found[one] = None
    return tuple(found)


def country_code(actor: Actor, found: Extraction) -> str:
    """The three letters PLOVER has for an actor: its country, its employer's, or IGO and the like.

    Empty where the article does not tell.
    """
    by_key = {one.key: one for one in found.actors}
    bodies = [by_key[post.organization] for post in actor.memberships if post.organization]
    posts = [post.country for post in actor.memberships]
    for country in (actor.country, *posts, *(body.country for body in bodies)):
        if country:
            return Gazetteer.load().country(country).alpha3
    return next((one.sector for one in (actor, *bodies) if one.sector in WORLDLY), "") or ""


def inferred_code(actor: Actor, found: Extraction) -> str:
    """The same, or what the converter reads out of the actor's label."""
    named = next(iter(_named(actor.label)), None) if actor.kind != "Person" else None
    return country_code(actor, found) or named or _worldly(actor.label) or ""


def _worldly(label: str) -> str | None:
    """The sector of a body named in the words for its people: "European Community ministers"."""
    words = label.lower()
    known = (noun.sector for name, noun in nouns().items() if f"{name} " in f"{words} ")
    return next((sector for sector in known if sector in WORLDLY), None)
