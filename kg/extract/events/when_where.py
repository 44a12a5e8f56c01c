"""Where and when an event is told to be."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from kg.extract import dates, syntax
from kg.extract.events import parties
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.lexicon import verbs
from kg.extract.tree import Word
from kg.model import DateRange, Mention, Precision, Span

LEFT: Final = {"withdraw": "from", "abduct": "from"}
"""Mode → the preposition of the place where it happens, beside "in" and "at"."""
BESIDE: Final = frozenset({"in", "near", "at", "on", "along", "over", "of"})
ORDINALS: Final = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "most"})
_DATELINE: Final = re.compile(r"(?:^|\n)\W{0,2}[A-Z][\w .,'’/-]{1,50},\s*$")
_DASH: Final = re.compile(r"\)?\s*(?:\([^)]{1,12}\)\s*)?[–—-]")
ABOUT: Final = frozenset({"against", "over", "about", "at"})
"""Prepositions of what a protest is about."""
MODIFYING: Final = frozenset({"nmod:poss", "compound", "amod", "nummod", "nmod:unmarked"})
PASSED: Final = frozenset({"ADP", "DET", "ADV", "ADJ", "PROPN", "NUM"})


def locate(scenes: Scenes, telling: Telling) -> None:
    """Give a telling its place."""
    if telling.trigger.event_type == "ACCUSE":
        telling.place = _where_inquired(scenes, telling)
        return
    found = [
        place for place in _candidates(scenes, telling) if place and not _is_day(scenes, place)
    ]
    telling.place = found[0] if found else None
    if found and _precision(scenes, found[0]) == "country":
        finer = (p for p in found[1:] if _precision(scenes, p) != "country")
        telling.place = next(finer, found[0])  # "In Kesh, the army retook Wadai"


def _precision(scenes: Scenes, place: Mention) -> Precision:
    return scenes.places.found[place.ref].precision


def _is_day(scenes: Scenes, place: Mention) -> bool:
    """Whether the name is a month's: "a rally in May"."""
    return any(day.span is not None and day.span.touches(place.span) for day in scenes.dates)


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
    for head in (telling.token, telling.light, *telling.folded):
        place = places.of(head, _also(telling)) if head is not None else None
        yield place if place is not None and _is_its_place(scenes, telling, place) else None
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
    """Give each date of the text to the event whose clause it stands in.

    Then to the only event of its sentence, where that has no date of its own.
    """
    taken = {t.statement.date.span for t in scenes.told if t.statement.date}
    cues = {t.statement.cue.start for t in scenes.told}
    left: list[tuple[DateRange, Telling]] = []
    for found in scenes.dates:
        if found.span is None or found.span in taken or _is_heading(scenes.text, found.span):
            continue
        telling = _owner(scenes, found.span, cues)
        if telling is not None:
            _give(scenes, telling, found)
        elif alone := _alone(scenes, found.span, cues):
            left.append((found, alone))
    for found, telling in left:
        _give(scenes, telling, found)


def _give(scenes: Scenes, telling: Telling, found: DateRange) -> None:
    if telling.date is None:
        token = scenes.tree.root_of(found.span.start, found.span.end) if found.span else None
        own = token is not None and _opened(scenes, token) is telling
        its = own or _is_its(scenes, telling, found)
        telling.date = found if its else _as_told(scenes, telling, found)


def _is_heading(text: str, span: Span) -> bool:
    """Whether a date opens the text of a place's report or numbers a document: no event's.

    "(Kesh, 3 May 2024) – …", "resolution 2799 (2025)".
    """
    before, after = text[max(0, span.start - 80) : span.start], text[span.end : span.end + 16]
    if before.endswith("(") and after.startswith(")"):
        return True
    return bool(_DATELINE.search(before) and _DASH.match(after))


def _is_its(scenes: Scenes, telling: Telling, found: DateRange) -> bool:
    """Whether the date belongs to the noun itself: "since last month's invasion"."""
    token = scenes.tree.root_of(found.span.start, found.span.end) if found.span else None
    return token is not None and token.head is telling.token and token.dep in MODIFYING


def _as_told(scenes: Scenes, telling: Telling, found: DateRange) -> DateRange | None:
    """ "Since Thursday" is an open interval and "before Thursday" no date of the event."""
    bearing = dates.bearing(scenes.text, found)
    if bearing == "on":
        return found
    if "/" in found.edtf or bearing in {"before", "after"} or found.earliest is None:
        return None
    if bearing == "since" and _is_compared(telling.token):
        return None
    if bearing == "since":
        return replace(found, edtf=f"{found.edtf}/..", latest=None)
    return replace(found, edtf=f"../{found.edtf}", earliest=None)


def _is_compared(noun: Word) -> bool:
    """ "The deadliest raid since 2014", "the first": 2014 is the other one's year."""
    sides = (child for child in noun.children if child.dep in {"amod", "advmod"})
    return any(side.tag in {"JJS", "RBS"} or side.lower in ORDINALS for side in sides)


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
    later = _opened(scenes, token)
    if later is not None:
        return later
    for node in (token, *syntax.ancestors(token)):
        found = scenes.at(node)
        if found is not None:
            if _is_aftermath(node, found) or _is_open(found, token, cues):
                return None
            return _nearer(scenes, found, token)
        if node.idx in cues or (node.dep == "acl:relcl" and node != token):
            return None
    return None


def _opened(scenes: Scenes, token: Word) -> Telling | None:
    """ "In July, when a missile hit the station": the date is that of the clause behind it."""
    tree = scenes.tree.words
    after = [w for w in tree[token.right_edge.i + 1 : token.sent.end] if not w.is_punct][:2]
    if not after or (after[0].lower != "when" and [w.lower for w in after] != ["in", "which"]):
        return None
    verb = after[0].head if after[0].lower == "when" else after[1].head
    return scenes.at(verb) if verb.i > token.i else None


def _is_aftermath(verb: Word, telling: Telling) -> bool:
    """Whether the date is that of a death, not of the shot: "was hit and died on Monday"."""
    return verb is not telling.token and verb.dep == "conj" and verb.lemma in verbs("dying")


def _alone(scenes: Scenes, span: Span, cues: set[int]) -> Telling | None:
    """The only telling of the date's sentence, where the date is not that of a saying."""
    token = scenes.tree.root_of(span.start, span.end)
    if token is None:
        return None
    for node in (token, *syntax.ancestors(token)):
        if scenes.at(node) is not None or node.idx in cues:
            return None
        if node.dep == "acl:relcl" and node != token:
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
