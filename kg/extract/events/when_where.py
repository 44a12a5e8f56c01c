"""Where and when an event is told to be."""

from typing import Final

from kg.extract import syntax
from kg.extract.events import parties
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.tree import Word
from kg.model import Mention, Span

VIOLENT: Final = frozenset({"ASSAULT", "COERCE", "SANCTION"})
"""Types done to somebody or something, which is then a place where it happens."""
INSIDE: Final = frozenset({"in", "at", "along", "near", "on"})
BESIDE: Final = frozenset({"in", "near", "at", "on", "along", "over", "of"})
PASSED: Final = frozenset({"ADP", "DET", "ADV", "ADJ", "PROPN", "NUM"})


def locate(scenes: Scenes, telling: Telling) -> None:
    """Give a telling its place."""
    for head in (telling.token, telling.light):
        place = scenes.places.of(head) if head is not None else None
        if place is not None:
            telling.place = place
            return
    if telling.trigger.event_type in VIOLENT:
        for word in telling.taken:
            place = scenes.places.at(word) or _inside(scenes, word)
            if place is not None:
                telling.place = place
                return
    if telling.trigger.mode == "visit":
        goals = [p for goal in syntax.objects(telling.token) if (p := scenes.places.at(goal))]
        telling.place = goals[0] if goals else None
    if not telling.is_verb:
        telling.place = _after(scenes, telling.token) or telling.place


def _inside(scenes: Scenes, taken: Word) -> Mention | None:
    """The place behind what was hit: "positions along the border"."""
    for child in syntax.subtree(taken, without=syntax.CLAUSES | {"acl", "conj"}):
        if child.dep == "nmod" and syntax.case_of(child) in INSIDE:
            return scenes.places.at(child)
    return None


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
            telling.date = found


def _owner(scenes: Scenes, span: Span, cues: set[int]) -> Telling | None:
    """The telling whose clause a date stands in; a cue's date is the statement's."""
    token = scenes.tree.root_of(span.start, span.end)
    if token is None:
        return None
    lights = {t.light.i: t for t in scenes.open.values() if t.light is not None}
    for node in (token, *syntax.ancestors(token)):
        found = scenes.open.get(node.i) or lights.get(node.i)
        if found is not None:
            return _nearer(scenes, found, token)
        if node.idx in cues or (node.dep == "acl:relcl" and node != token):
            return None
    sent = token.sent
    alone = [t for i, t in scenes.open.items() if sent.start <= i < sent.end]
    return alone[0] if len(alone) == 1 else None


def _nearer(scenes: Scenes, owner: Telling, token: Word) -> Telling:
    """The event word right before a date, where the parser passed it over."""
    for at in range(token.i - 1, owner.token.i, -1):
        found = scenes.open.get(at)
        if found is not None and found.is_verb:
            return found
        if scenes.tree.words[at].pos not in PASSED:
            break
    return owner
