"""What an article tells of what happened, and what it lets others say of it."""

from collections.abc import Callable, Mapping
from random import Random
from typing import Final

from kg.model import DateRange, EventReport, Mention, Span, Statement, Toll
from scripts.scale.page import Page, told
from scripts.scale.world import Happening, World

Saying = Callable[[Page, World, Random, Happening, EventReport], None]

DEEDS: Final[Mapping[tuple[str, str | None], tuple[str, str, str]]] = {
    ("ASSAULT", "heavy-weapons"): ("{who} forces shelled {place}", "shelled", "shelling"),
    ("ASSAULT", "aerial"): ("{who} jets bombed {place}", "bombed", "bombing"),
    ("ASSAULT", "drone"): ("{who} drones hit a depot in {place}", "hit", "drone strike"),
    ("ASSAULT", "firearms"): ("{who} soldiers opened fire in {place}", "opened fire", "shooting"),
    ("ASSAULT", "explosives"): ("{who} fighters blew up a bridge in {place}", "blew up", "blast"),
    ("ASSAULT", "abduct"): (
        "{who} gunmen abducted three teachers in {place}",
        "abducted",
        "abduction",
    ),
    ("COERCE", "arrest"): ("{who} police arrested two reporters in {place}", "arrested", "arrest"),
    ("RETREAT", "release"): (
        "{who} guards released nine prisoners in {place}",
        "released",
        "release",
    ),
    ("RETREAT", "withdraw"): ("{who} troops left {place}", "left", "withdrawal"),
    ("RETREAT", "ceasefire"): ("{who} commanders signed a truce in {place}", "signed", "truce"),
    ("PROTEST", "demo"): ("{who} workers marched in {place}", "marched", "march"),
    ("MOBILIZE", "troops"): ("{who} brigades moved up to {place}", "moved up", "build-up"),
    ("AID", None): ("{who} lorries brought flour to {place}", "brought", "delivery"),
}
"""How a deed is told: its doers and its place; the cue; the noun that takes it up."""

ASKED: Final = (
    ("an independent investigation into the {noun}", "ACCUSE", "investigate", "investigation", 2),
    ("a withdrawal from {place}", "RETREAT", "withdraw", "withdrawal", 3),
    ("a ceasefire around {place}", "RETREAT", "ceasefire", "ceasefire", 3),
    ("the release of all prisoners held in {place}", "RETREAT", "release", "release", 2),
    ("more aid for {place}", "AID", None, "aid", 3),
    ("talks in {place}", "CONSULT", None, "talks", 2),
)
"""What is called for, and how often."""

DETAILS: Final = (
    "Snow lay on the pass, and the only shop in the next village was out of flour and candles",
    "The road to the border, closed for weeks, was covered with the remains of burnt trucks",
    "Most of the houses have new doors now, and on some of them the paint is still fresh",
    "It was not clear how long the talks would go on, or who would pay for the hotel",
    "The valley is narrow there, with orchards on one side and a quarry on the other",
    "Both sides have long blamed each other for the violence in the valley",
    "The market had been the pride of the town since a merchant paid for its iron roof",
)

CROWDS: Final = ("residents", "two officials", "villagers", "medics", "a witness", "relief workers")
"""Who speaks without a name."""


def noun(what: Happening) -> str:
    """The noun that takes it up: the shelling."""
    return DEEDS.get((what.kind, what.mode), ("", "", "meeting"))[2]


def tell(page: Page, random: Random, what: Happening, *, fact: bool = True) -> EventReport:
    """The article tells what happened."""
    return meeting(page, what) if what.kind == "CONSULT" else deed(page, random, what, fact=fact)


def deed(page: Page, random: Random, what: Happening, *, fact: bool) -> EventReport:
    """One side did something somewhere, and perhaps so many were killed."""
    words, cue, _ = DEEDS[what.kind, what.mode]
    words = words.format(who=what.land.people, place=what.place.name)
    toll = f"at least {what.toll}" if random.random() < 0.5 else str(what.toll)
    deadly = what.kind == "ASSAULT" and what.mode != "abduct" and random.random() < 0.6
    tail = f", killing {toll} people" if deadly else ""
    whole = page.write(f"{words} on {told(what.day)}{tail}", paragraph=True)
    doers = words.split(f" {cue}")[0]
    report = EventReport(
        page.key("r"),
        whole,
        page.at(cue),
        what.kind,
        "asserted" if fact else "alleged",
        mode=what.mode,
        contexts=("military",) if what.kind == "ASSAULT" else (),
        actors=(page.group(doers, what.land, "MIL"),),
        recipients=(page.group(f"{toll} people"),) if deadly else (),
        place=page.place(what.place),
        date=page.date(what.day),
        killed=_toll(toll, page.at(f"{toll} people"), what.toll) if deadly else None,
        confidence=0.95,
    )
    page.reports.append(report)
    return report


def _toll(words: str, span: Span, number: int) -> Toll:
    if words == str(number):
        return Toll(f"{words} people", span, best=number)
    return Toll(f"{words} people", span, least=number)


def meeting(page: Page, what: Happening) -> EventReport:
    """Two met, perhaps in the presence of a third."""
    phone = what.mode == "phone"
    one, two = what.one, what.two
    cue = "spoke by telephone with" if phone else "met"
    third = f", mediated by {what.other.name}" if what.mode == "third-party" else ""
    where = "" if phone else f" in {what.place.name}"
    host = f"{one.land.people} {one.role} {one.name}"
    whole = page.write(f"{host} {cue} {two.name}{where} on {told(what.day)}{third}", paragraph=True)
    others = () if one == two else (page.person(two),)
    report = EventReport(
        page.key("r"),
        whole,
        page.at(cue),
        "CONSULT",
        "asserted",
        mode=what.mode,
        contexts=("diplomatic",),
        actors=(page.person(one), *others),
        mediators=(page.land(what.other),) if third else (),
        place=None if phone else page.place(what.place),
        date=page.date(what.day),
        confidence=0.9,
    )
    page.reports.append(report)
    return report


def _said(
    page: Page,
    whole: Span,
    cue: str,
    act: str,
    content: str,
    *,
    speaker: Mention,
    about: EventReport | None = None,
    date: DateRange | None = None,
    **more: tuple[Mention, ...] | bool,
) -> None:
    made = Statement(
        page.key("s"),
        whole,
        page.at(cue),
        act,
        (page.at(content),),
        speaker,
        about=(about.key,) if about else (),
        date=date,
        confidence=0.95 if more.get("quoted") else 0.9,
        **more,  # type: ignore[arg-type]
    )
    page.statements.append(made)


def call(page: Page, world: World, random: Random, what: Happening, report: EventReport) -> None:
    """Somebody calls for something."""
    words, kind, mode, cue, _ = random.choices(ASKED, [often for *_, often in ASKED])[0]
    words = words.format(noun=noun(what), place=what.place.name)
    who = world.people.choose(random)
    whole = page.write(
        f"{who.land.people} {who.role} {who.name} called on {told(page.day)} for {words}"
    )
    asked = EventReport(
        page.key("r"),
        page.at(words),
        page.at(cue),
        kind,
        "requested",
        mode=mode,
        place=page.place(what.place) if what.place.name in words else None,
        about=(report.key,) if mode == "investigate" else (),
        confidence=0.7,
    )
    page.reports.append(asked)
    _said(
        page,
        whole,
        "called",
        "request",
        words,
        speaker=page.person(who),
        about=asked,
        date=page.date(page.day),
    )


def order(page: Page, world: World, random: Random, what: Happening, report: EventReport) -> None:
    """A body says that it has opened an inquiry."""
    body = world.bodies.choose(random)
    whole = page.write(f"The {body.name} said it had opened an inquiry into the {noun(what)}")
    opened = f"it had opened an inquiry into the {noun(what)}"
    speaker = page.body(body)
    asked = EventReport(
        page.key("r"),
        page.at(opened),
        page.at("inquiry"),
        "ACCUSE",
        "asserted",
        mode="investigate",
        actors=(Mention(speaker.ref, page.at("it had")),),
        about=(report.key,),
        confidence=0.8,
    )
    page.reports.append(asked)
    _said(page, whole, "said", "say", opened, speaker=speaker, about=asked)


def deny(page: Page, world: World, random: Random, what: Happening, report: EventReport) -> None:
    """The side that is said to have done it denies it; where it does not, somebody confirms."""
    body = next(one for one in world.bodies.things if one.land == what.land)
    cue, act = ("denied", "deny") if what.denied else ("confirmed", "confirm")
    words = f"that its forces took part in the {noun(what)}"
    whole = page.write(f"The {body.name} {cue} {words}")
    _said(page, whole, cue, act, words, speaker=page.body(body), about=report)


def accuse(page: Page, world: World, random: Random, what: Happening, report: EventReport) -> None:
    """Somebody accuses a country of it."""
    who = world.people.choose(random)
    words = f"breaking the truce with the {noun(what)} of {what.place.name}"
    whole = page.write(f"{who.name} accused {what.land.name} of {words}")
    target = page.land(what.land)
    _said(
        page,
        whole,
        "accused",
        "accuse",
        words,
        speaker=page.person(who),
        about=report,
        targets=(target,),
    )


def condemn(page: Page, world: World, random: Random, what: Happening, report: EventReport) -> None:
    """Somebody condemns it."""
    body = world.bodies.choose(random)
    words = f"the {noun(what)} of {what.place.name}"
    whole = page.write(f"The {body.name} condemned {words}")
    _said(page, whole, "condemned", "condemn", words, speaker=page.body(body), about=report)


def warn(page: Page, world: World, random: Random, what: Happening, report: EventReport) -> None:
    """Somebody promises, warns or threatens."""
    who = world.people.choose(random)
    cue, act = random.choice((("promised", "promise"), ("warned", "warn"), ("agreed", "agree")))
    words = (
        f"that {who.land.name} would answer the {noun(what)} within {random.randint(2, 30)} days"
    )
    whole = page.write(f"{who.name} {cue} {words}")
    _said(page, whole, cue, act, words, speaker=page.person(who))


def quote(page: Page, world: World, random: Random, what: Happening, report: EventReport) -> None:
    """Somebody's very words."""
    words = f"We saw what the {noun(what)} did to {random.randint(2, 400)} houses of this town"
    if random.random() < 0.6:
        who = world.people.choose(random)
        whole = page.write(f"“{words},” {who.name} told reporters")
        speaker = page.person(who)
    else:
        crowd = random.choice(CROWDS)
        whole = page.write(f"“{words},” {crowd} in {what.place.name} told reporters")
        speaker = page.group(crowd)
    _said(page, whole, "told", "say", words, speaker=speaker, quoted=True)


def claim(page: Page, world: World, random: Random, what: Happening, report: EventReport) -> None:
    """An older thing, told by somebody who says it of others."""
    before = world.about(what.day, random, back=60)
    if before.kind == "CONSULT":
        return
    words = DEEDS[before.kind, before.mode][0]
    words = words.format(who=before.land.people, place=before.place.name)
    cue = DEEDS[before.kind, before.mode][1]
    who = world.people.choose(random)
    whole = page.write(f"{who.name} said {words} on {told(before.day)}")
    alleged = EventReport(
        page.key("r"),
        page.at(f"{words} on {told(before.day)}"),
        page.at(cue),
        before.kind,
        "alleged",
        mode=before.mode,
        actors=(page.group(words.split(f" {cue}")[0], before.land, "MIL"),),
        place=page.place(before.place),
        date=page.date(before.day),
        background=(what.day - before.day).days > 365,
        confidence=0.85,
    )
    page.reports.append(alleged)
    content = f"{words} on {told(before.day)}"
    _said(page, whole, "said", "claim", content, speaker=page.person(who), about=alleged)


def detail(page: Page, world: World, random: Random, what: Happening, report: EventReport) -> None:
    """Something that says nothing."""
    page.write(random.choice(DETAILS))


SAYINGS: Final[tuple[tuple[Saying, int], ...]] = (
    *((call, 10), (order, 2), (deny, 7), (accuse, 6), (condemn, 5), (warn, 8), (quote, 16)),
    *((claim, 12), (detail, 34)),
)
"""What may follow what is told, and how often."""
