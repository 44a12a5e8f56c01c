"""When an event is told to be: each date of the text goes to the event whose clause it is in."""

import re
from dataclasses import replace
from typing import Final

from kg.extract import dates, syntax
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.lexicon import verbs
from kg.extract.tree import Word
from kg.model import DateRange, Span

ORDINALS: Final = frozenset({"first", "second", "third", "fourth", "fifth", "sixth", "most"})
_DATELINE: Final = re.compile(r"(?:^|\n)\W{0,2}[A-Z][\w .,'’/-]{1,50},\s*$")
_DASH: Final = re.compile(r"\)?\s*(?:\([^)]{1,12}\)\s*)?[–—-]")
CIRCUMSTANCES: Final = frozenset({"obl", "advmod", "punct"})
UNTIL: Final = frozenset({"before", "until", "till"})
LATER: Final = frozenset({"will", "would", "shall", "may", "might", "could", "should"})
MODIFYING: Final = frozenset({"nmod:poss", "compound", "amod", "nummod", "nmod:unmarked"})
PASSED: Final = frozenset({"ADP", "DET", "ADV", "ADJ", "PROPN", "NUM"})


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


def _owner(scenes: Scenes, span: Span, cues: set[int]) -> Telling | None:
    """The telling whose clause a date stands in; a cue's date is the statement's."""
    token = scenes.tree.root_of(span.start, span.end)
    if token is None:
        return None
    first = token.left_edge.i
    if first > 0 and scenes.tree.words[first - 1].idx in cues:
        return None  # "said on Friday", wherever the tree hangs it
    later = _opened(scenes, token)
    return later if later is not None else _above(scenes, token, span, cues)


def _above(scenes: Scenes, token: Word, span: Span, cues: set[int]) -> Telling | None:
    for node in (token, *syntax.ancestors(token)):
        found = scenes.at(node)
        if found is not None:
            bare = _is_aftermath(node, found) or _is_open(found, token, cues)
            return None if bare else _nearer(scenes, found, token)
        if node.idx in cues:
            return _spoken_of(scenes, node, span)
        if node != token and _has_own_day(scenes, node):
            return None
    return None


def _has_own_day(scenes: Scenes, clause: Word) -> bool:
    """Whether a clause has a day of its own: "crimes committed in May", "and will go in May"."""
    if clause.dep == "conj" and syntax.auxiliaries(clause) & LATER:
        return True
    marks = {mark.lower for mark in syntax.children(clause, "mark")}
    if clause.dep == "advcl" and marks & UNTIL:
        return True  # "killed thousands before it ended in May"
    return clause.dep == "acl:relcl" or (clause.dep == "acl" and scenes.at(clause.head) is None)


def _spoken_of(scenes: Scenes, cue: Word, span: Span) -> Telling | None:
    """The event that is the cue's object, where the saying has a day of its own already.

    "Today condemned the raid on Kesh, on the night of 2 June."
    """
    own = (t.statement.date for t in scenes.told if t.statement.cue.start == cue.idx)
    if not any(day is not None and day.span != span for day in own):
        return None
    objects = (scenes.at(thing) for thing in syntax.children(cue, "obj"))
    return syntax.first(t for t in objects if t is not None and t.token.idx < span.start)


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
        if node != token and _has_own_day(scenes, node):
            return None
    sent = token.sent
    alone = [scenes.open[i] for i in range(sent.start, sent.end) if i in scenes.open]
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


def share(scenes: Scenes) -> None:
    """ "On Monday rebels entered the town, beat two men and left": all of it on Monday.

    Only a date that opens the sentence is that of every verb with the same subject: nothing but
    other circumstances stands before it ("in the deadliest, on Monday, …").
    """
    said = {t.statement.date.span for t in scenes.told if t.statement.date}
    opening = {}
    for found in scenes.dates:
        token = scenes.tree.root_of(found.span.start, found.span.end) if found.span else None
        verb = token.head if token is not None else None
        subject = syntax.child(verb, *syntax.SUBJECTS) if verb is not None else None
        if token is None or verb is None or subject is None or found.span in said:
            continue
        before = [one for one in verb.lefts if one.i < token.i]
        if token.i < subject.i < verb.i and all(one.dep in CIRCUMSTANCES for one in before):
            first = min([token, *before], key=lambda one: one.i)
            if first.left_edge.i == token.sent.start:
                opening[verb.i] = found
    for telling in scenes.open.values() if opening else ():
        verb = telling.token
        if telling.date is None and telling.is_verb and _goes_on(verb) and verb.head.i in opening:
            telling.date = _as_told(scenes, telling, opening[verb.head.i])


def _goes_on(verb: Word) -> bool:
    """Whether a verb shares the subject and the time of the one it is joined to."""
    own = syntax.child(verb, *syntax.SUBJECTS) or syntax.auxiliaries(verb)
    return verb.dep == "conj" and not own and verb.tag == verb.head.tag


def inherit(scenes: Scenes) -> None:
    """Give what is told in a participle the place and date of the event it hangs on.

    "Attacked the town on Monday, burning houses": the burning was there and then.
    """
    for telling in scenes.open.values():
        token = telling.token
        if token.tag != "VBG" or syntax.child(token, "mark", "nsubj"):
            continue
        while token.dep in {"conj", "advcl"} and token.tag == "VBG" and token.head != token:
            token = token.head
        above = scenes.at(token)
        if above is not None and above is not telling and token.pos == "VERB":
            telling.place = telling.place or above.place
            telling.date = telling.date or above.date
