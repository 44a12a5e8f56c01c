"""Where an event is told to be."""

from collections.abc import Iterator
from typing import Final

from kg.extract import dates, syntax
from kg.extract.events import nouns
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.tree import Word
from kg.model import Mention, Precision

LEFT: Final = {"withdraw": "from", "abduct": "from"}
"""Mode → the preposition of the place where it happens, beside "in" and "at"."""
CUTTING: Final = frozenset({"SANCTION", "CONCEDE"})
BESIDE: Final = frozenset({"in", "near", "at", "on", "along", "over", "of"})
ABOUT: Final = frozenset({"against", "over", "about", "at"})
"""Prepositions of what a protest is about."""


def locate(scenes: Scenes, telling: Telling) -> None:
    """Give a telling its place."""
    if telling.trigger.event_type == "ACCUSE":
        telling.place = _where_inquired(scenes, telling)
        return
    found = [
        place for place in _candidates(scenes, telling) if place and not _is_day(scenes, place)
    ]
    if telling.trigger.event_type in CUTTING:  # "sanctions on Kesh" are not in Kesh
        found = [p for p in found if all(p.span != m.span for m in telling.recipients)]
    telling.place = found[0] if found else None
    if found and _precision(scenes, found[0]) == "country":
        finer = (p for p in found[1:] if _precision(scenes, p) != "country")
        telling.place = next(finer, found[0])  # "In Kesh, the army retook Wadai"


def _precision(scenes: Scenes, place: Mention) -> Precision:
    return scenes.places.found[place.ref].precision


def _is_day(scenes: Scenes, place: Mention) -> bool:
    """Whether the name is a month's: "a rally in May"."""
    return bool(dates.touching(scenes.dates, place.span.start, place.span.end))


def _is_its_place(scenes: Scenes, telling: Telling, place: Mention) -> bool:
    """Whether no other event stands between, whose place it is: "held over a raid in Kesh"."""
    token = scenes.tree.root_of(place.span.start, place.span.end)
    for node in syntax.ancestors(token) if token is not None else ():
        found = scenes.at(node)
        if found is not None:
            return found is telling or not _holds(telling, node)
    return True


def _holds(telling: Telling, node: Word) -> bool:
    """Whether the node hangs below what tells the event."""
    return any(above is telling.token for above in syntax.ancestors(node))


def hand_up(scenes: Scenes) -> None:
    """ "A vigil against the violence at the bridge": the vigil is at the bridge."""
    for telling in scenes.open.values():
        token = telling.token
        if telling.place is None or telling.is_verb or syntax.case_of(token) not in ABOUT:
            continue
        above = scenes.at(token.head)
        if above is not None and above.trigger.event_type == "PROTEST" and above is not telling:
            above.place, telling.place = above.place or telling.place, None


def _where_inquired(scenes: Scenes, telling: Telling) -> Mention | None:
    """The place of an inquiry itself; a place behind "into" is where the act was."""
    near = [c for c in telling.token.children if syntax.case_of(c) in {"in", "at"}]
    return syntax.first(place for c in near if (place := scenes.places.at(c)))


def _candidates(scenes: Scenes, telling: Telling) -> Iterator[Mention | None]:
    """Places that may be the event's, the likeliest first."""
    places = scenes.places
    for word in telling.taken if telling.is_violent else ():
        place = places.at(word)
        if place is not None and _precision(scenes, place) != "country":
            yield place  # "captured Torske in Kesh"
    for head in (telling.token, telling.light, *telling.folded):
        place = places.of(head, _also(telling)) if head is not None else None
        yield place if place is not None and _is_its_place(scenes, telling, place) else None
    if telling.is_violent:
        for word in telling.taken:
            if syntax.case_of(word) == "with":
                continue  # "closed its border with Kesh"
            yield places.at(word) or places.in_(word)
            yield from (places.at(c) for c in syntax.children(word, "nmod:poss"))
        if not telling.is_verb:
            yield places.in_(telling.token)
        people = [who for who in telling.words if who.pos == "NOUN"]
        people += syntax.obliques(telling.token, "with")
        yield from (places.in_(who, people=True) for who in people)
    if telling.mode == "visit":
        yield from (places.at(goal) for goal in (*syntax.objects(telling.token), *telling.taken))
    if not telling.is_verb:
        yield _after(scenes, telling.token)


def _also(telling: Telling) -> str:
    """A preposition that names the place of this kind of event beside "in" and "at"."""
    if telling.trigger.event_type == "PROTEST":
        return "through"
    return LEFT.get(telling.mode or "", "")


def _after(scenes: Scenes, noun: Word) -> Mention | None:
    places = (
        scenes.places.at(child)
        for child in nouns.phrases_after(noun)
        if syntax.case_of(child) in BESIDE
    )
    return next((place for place in places if place is not None), None)
