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

from kg.gazetteer import Gazetteer
from kg.model import Actor, EventReport, Extraction, Mention, Statement
from kg.vocab import CODES, concepts
from scripts.evaluation.coding_actors import inferred_code, named

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
REMARK: Final = "SAY"
"""Stands for the type of what is only said, which the older schemes code all the same."""
_REMARKS: Final = (
    ("claim", re.compile(r"(?:full )?(?:responsibility|credit)\b"), "responsibility"),
    (
        "say",
        re.compile(r"(?:deep |its |his |her |their )*(?:sorrow|sympathy|condolences?)\b"),
        "empathy",
    ),
)
"""Act, what its content opens with, and what kind of remark that is."""


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


def _code_of_statement(one: Statement, text: str, *, remarks: bool) -> Code | None:
    """By its act; complaining, which is no act of ours, disapproves."""
    if one.cue.of(text).lower().startswith("complain"):
        return "ACCUSE", "disapprove"
    words = one.content[0].of(text) if one.content and remarks else ""
    for act, opening, kind in _REMARKS:
        if act == one.act and opening.match(words):
            return REMARK, kind
    return code_of_act(one.act)


def coded(found: Extraction, text: str, *, plans: bool = True) -> list[Coded]:
    """The events of a text, each once, in the order of their cues.

    ``plans``: whether what is still to come is told apart, as in PLOVER; coders without tense
    take it for the deed itself, and some remarks for events.
    """
    spoken = [
        (one, code)
        for one in found.statements
        if (code := _code_of_statement(one, text, remarks=not plans))
    ]
    matter = {key for one, _ in spoken for key in _matter(one, found)}
    matter |= {key for one in found.reports for key in one.about}  # what an inquiry looks into
    matter |= set(_demands(found)) | set(_terms(found, text))
    events = [
        *(_of_statement(one, code, found, text) for one, code in spoken if one.key not in matter),
        *(
            ((one.cue.start, 1), of_report(one, code, found, text))
            for one in found.reports
            if one.key not in matter
            and (code := code_of_report(one, plans=plans) or _attempt(one, text))
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


def _attempt(report: EventReport, text: str) -> Code | None:
    """An attempt on a life is an assault for CAMEO (185), though nobody has been killed."""
    tried = re.search(r"\b(?:tried|attempted) to $", text[: report.cue.start])
    life = (report.event_type, report.mode) == ("ASSAULT", "targeted")
    return ("ASSAULT", "targeted") if life and tried and not report.background else None


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


def _demands(found: Extraction) -> Iterator[str]:
    """What protesters ask for as they protest: why they do, and no event besides."""
    for report in found.reports:
        if report.event_type == "PROTEST":
            own = {actor.ref for actor in report.actors}
            for one in found.statements:
                near = one.whole.touches(report.whole)
                if near and one.act == "request" and one.speaker and one.speaker.ref in own:
                    yield one.key


def _terms(found: Extraction, text: str) -> Iterator[str]:
    """What an accord is to bring, as "signed a deal to send wheat": its matter."""
    accords = [one for one in found.reports if one.event_type == "SUPPORT"]
    for report in found.reports:
        own = {actor.ref for actor in report.actors}
        for accord in accords if report.factuality == "planned" and own else ():
            between = text[accord.cue.end : report.cue.start]
            signed = accord.factuality != "planned" and own <= {one.ref for one in accord.actors}
            if signed and between and not set(between) & set(".;!?"):
                yield report.key


def _of_statement(
    one: Statement, code: Code, found: Extraction, text: str
) -> tuple[tuple[int, int], Coded]:
    actors = {actor.key: actor for actor in found.actors}
    sources = _parties([one.speaker] if one.speaker else [], actors)
    given = _aimed_at(one, code, found)
    targets = tuple(actor for actor in _parties(given, actors) if actor not in sources)
    countries = named(" ".join(span.of(text) for span in one.content))
    toward = _elsewhere(sources, countries, found) or _at_home(code[0], sources, found)
    harm = one.act in ("promise", "agree") and _is_harm(one, found)
    code = ("THREATEN", None) if harm else code
    act = None if harm else one.act
    where = _where([report for report in found.reports if report.key in one.about], found)
    event = Coded(code[0], code[1], sources, targets, one.cue.of(text), act, toward, where)
    return (one.cue.start, 0), event


def _is_harm(one: Statement, found: Extraction) -> bool:
    """Whether what is promised is harm, as in :func:`_to_come`: "vowed to wage war on Kesh"."""
    to_come = [r for r in found.reports if r.key in one.about and r.factuality == "planned"]
    return any(_to_come(report)[0] == "THREATEN" for report in to_come)


def _elsewhere(
    sources: tuple[Actor, ...], countries: Iterable[str], found: Extraction
) -> tuple[str, ...]:
    own = {inferred_code(actor, found) for actor in sources}
    return tuple(country for country in countries if country not in own)


def _at_home(event_type: str, sources: tuple[Actor, ...], found: Extraction) -> tuple[str, ...]:
    """Protest and repression that name nobody abroad stay at home."""
    own = (inferred_code(actor, found) for actor in sources if event_type in DOMESTIC)
    return tuple(dict.fromkeys(country for country in own if len(country) == len("XXX")))


def _aimed_at(one: Statement, code: Code, found: Extraction) -> tuple[Mention, ...]:
    """Its target, or to whom it is said; whoever only hears a complaint is not accused."""
    meant = tuple(_meant(one, code, found))
    if code[0] == "ACCUSE":
        return one.targets or meant or one.addressees
    return (*one.targets, *one.addressees) or meant


def _where(reports: Iterable[EventReport], found: Extraction) -> tuple[str, ...]:
    """The countries (three letters) of the places of these reports."""
    places = {place.key: place.country for place in found.places}
    countries = [places.get(one.place.ref) for one in reports if one.place]
    known = dict.fromkeys(country for country in countries if country)
    return tuple(Gazetteer.load().country(country).alpha3 for country in known)


def _meant(one: Statement, code: Code, found: Extraction) -> Iterator[Mention]:
    """At whom a statement that names nobody is aimed: those who did or suffer what it is about."""
    for report in found.reports:
        if report.key in one.about:
            done_to = code[0] in ("AGREE", "CONCEDE", "THREATEN", "REJECT") and report.recipients
            yield from done_to or report.actors


def of_report(one: EventReport, code: Code, found: Extraction, text: str) -> Coded:
    """A report as a coded event of this code."""
    actors = {actor.key: actor for actor in found.actors}
    doing, undergoing = _sides(one)
    sources, targets = _parties(doing, actors), _parties(undergoing, actors)
    targets = targets or _parties(_behind(one, found), actors)
    targets = tuple(actor for actor in targets if actor not in sources)
    where = _where([one], found)
    toward = where or _at_home(code[0], sources, found)
    return Coded(code[0], code[1], sources, targets, one.cue.of(text), toward=toward, where=where)


def _sides(one: EventReport) -> tuple[tuple[Mention, ...], tuple[Mention, ...]]:
    """Who does it and to whom: a mediator, to the parties; of what is asked for, who is to do it.

    CAMEO 045 and 10 have it so; by whom it is asked, the report does not say.
    """
    if one.factuality == "requested":
        return (), one.actors or one.recipients
    if one.mediators and one.event_type == "CONSULT":
        return one.mediators, (*one.actors, *one.recipients)
    return one.actors, one.recipients


def _behind(one: EventReport, found: Extraction) -> Iterator[Mention]:
    """Whom an inquiry is about, and of whom protesters ask something."""
    for report in found.reports:
        if report.key in one.about:
            yield from report.actors
    asked = set(_demands(found)) if one.event_type == "PROTEST" else set()
    for said in found.statements:
        if said.key in asked and said.whole.touches(one.whole):
            yield from (*said.targets, *said.addressees)
            yield from (
                who for report in found.reports if report.key in said.about for who in report.actors
            )


def _parties(mentions: Iterable[Mention], actors: dict[str, Actor]) -> tuple[Actor, ...]:
    """The actors of mentions, groups taken apart, each once."""
    found: dict[Actor, None] = {}
    for mention in mentions:
        actor = actors[mention.ref]
        for one in [actors[key] for key in actor.members] or [actor]:
            found[one] = None
    return tuple(found)
