"""Where and when an event is told to be."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract import dates, syntax
from kg.extract.events import parties
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.tree import Word
from kg.model import DateRange, Mention, Span

LEFT: Final = {"withdraw": "from", "abduct": "from"}
"""Mode → the preposition of the place where it happens, beside "in" and "at"."""
BESIDE: Final = frozenset({"in", "near", "at", "on", "along", "over", "of"})
MODIFYING: Final = frozenset({"nmod:poss", "compound", "amod", "nummod", "nmod:unmarked"})
PASSED: Final = frozenset({"ADP", "DET", "ADV", "ADJ", "PROPN", "NUM"})


def locate(scenes: Scenes, telling: Telling) -> None:
    """Give a telling its place."""
    if telling.trigger.event_type == "ACCUSE":
        telling.place = _where_inquired(scenes, telling)
        return
    telling.place = syntax.first(place for place in _candidates(scenes, telling) if place)


def _where_inquired(scenes: Scenes, telling: Telling) -> Mention | None:
    """The place of an inquiry itself; a place behind "into" is where the act was."""
    near = [c for c in telling.token.children if syntax.case_of(c) in {"in", "at"}]
    return syntax.first(place for c in near if (place := scenes.places.at(c)))


def _candidates(scenes: Scenes, telling: Telling) -> Iterator[Mention | None]:
    """Places that may be the event's, the likeliest first."""
    places = scenes.places
    for head in (telling.token, telling.light, *telling.folded):
        yield places.of(head, _also(telling)) if head is not None else None
    if telling.is_violent:
        for word in telling.taken:
            yield places.at(word) or places.in_(word)
        if not telling.is_verb:
            yield places.in_(telling.token)
        yield from (places.in_(who, people=True) for who in telling.words if who.pos == "NOUN")
    if telling.mode == "visit":
        yield from (places.at(goal) for goal in syntax.objects(telling.token))
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
        for child in parties.phrases_after(noun)
        if syntax.case_of(child) in BESIDE
    )
    return next((place for place in places if place is not None), None)


def date(scenes: Scenes) -> None:
    """Give each date of the text to the event whose clause it stands in."""
    taken = {t.statement.date.span for t in scenes.told if t.statement.date}
    cues = {t.statement.cue.start for t in scenes.told}
    for found in scenes.dates:
        if found.span is None or found.span in taken:
            continue
        telling = _owner(scenes, found.span, cues)
        if telling is not None and telling.date is None:
            telling.date = (
                found if _is_its(scenes, telling, found) else _as_told(scenes.text, found)
            )


def _is_its(scenes: Scenes, telling: Telling, found: DateRange) -> bool:
    """Whether the date belongs to the noun itself: "since last month's invasion"."""
    token = scenes.tree.root_of(found.span.start, found.span.end) if found.span else None
    return token is not None and token.head is telling.token and token.dep in MODIFYING


def _as_told(text: str, found: DateRange) -> DateRange | None:
    """ "Since Thursday" is an open interval and "before Thursday" no date of the event."""
    bearing = dates.bearing(text, found)
    if bearing == "on":
        return found
    if "/" in found.edtf or bearing in {"before", "after"} or found.earliest is None:
        return None
    if bearing == "since":
        return replace(found, edtf=f"{found.edtf}/..", latest=None)
    return replace(found, edtf=f"../{found.edtf}", earliest=None)


def inherit(scenes: Scenes) -> None:
    """Give what is told in a participle the place and date of the event it hangs on.

    "Attacked the town on Monday, burning houses": the burning was there and then.
    """
    for telling in scenes.open.values():
        token = telling.token
        if token.tag != "VBG" or syntax.children(token, "mark", "nsubj"):
            continue
        while token.dep in {"conj", "advcl"} and token.tag == "VBG" and token.head != token:
            token = token.head
        above = scenes.at(token)
        if above is not None and above is not telling and token.pos == "VERB":
            telling.place = telling.place or above.place
            telling.date = telling.date or above.date


def _owner(scenes: Scenes, span: Span, cues: set[int]) -> Telling | None:
    """The telling whose clause a date stands in; a cue's date is the statement's."""
    token = scenes.tree.root_of(span.start, span.end)
    if token is None:
        return None
    for node in (token, *syntax.ancestors(token)):
        found = scenes.at(node)
        if found is not None:
            return None if _is_open(found, token, cues) else _nearer(scenes, found, token)
        if node.idx in cues or (node.dep == "acl:relcl" and node != token):
            return None
    sent = token.sent
    alone = [t for i, t in scenes.open.items() if sent.start <= i < sent.end]
    return alone[0] if len(alone) == 1 else None


def _is_open(telling: Telling, token: Word, cues: set[int]) -> bool:
    """Whether a day may be the saying's as well: "claimed the attack on Monday"."""
    noun = telling.token
    said = noun.dep == "obj" and noun.head.idx in cues
    return said and token.head is noun and syntax.case_of(token) == "on"


def _nearer(scenes: Scenes, owner: Telling, token: Word) -> Telling:
    """The event word right before a date, where the parser passed it over."""
    for at in range(token.i - 1, owner.token.i, -1):
        found = scenes.open.get(at)
        if found is not None and found.is_verb:
            return found
        if scenes.tree.words[at].pos not in PASSED:
            break
    return owner
