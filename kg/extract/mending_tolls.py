"""Mends how parsers hang the dead and the hurt: "left nine people dead and dozens injured".

Only heads, relations and tags change; no word is added, dropped or moved.
"""

from typing import Final

from kg.extract.lexicon import at_least
from kg.extract.tree import Word

HURT: Final = {"wounded": "wound", "injured": "injure", "hurt": "hurt"}
"""How many are hurt stands before one of these, whose base form is …"""
JOINS: Final = frozenset({"and", ",", "with", "or", "but"})
COUNTING: Final = frozenset({"at", "least", "up", "to", "more", "than", "over", "some", "as"}) | {
    *("nearly", "almost", "around", "about", "another", "many", "an", "estimated", "other", "the"),
}
"""Words that only go with a number of people."""
FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "MD"})
LOOSE: Final = frozenset({"nummod", "obl", "nmod"})
"""How parsers hang the bare number behind "wounded at least"."""
FAR: Final = 7
"""Words between "dead" and those who are hurt, at the most."""


def mend_tolls(sentence: list[Word]) -> None:
    """Mend one sentence in place."""
    for word in sentence:
        if word.pos == "NUM" and word.dep in LOOSE and word.head.i < word.i:
            _wounding(sentence, word)
    dead = next((word for word in sentence if word.lower == "dead" and word.tag != "VB"), None)
    if dead is None or dead is sentence[0]:
        return
    left = _left(sentence, dead)
    if left is not None or _heads(sentence, dead):
        _hurt(sentence, dead, left)


def _wounding(sentence: list[Word], number: Word) -> None:
    """ "Killing nine people and wounding at least 40": those forty are wounded, not among them."""
    before = [w for w in sentence if w.i < number.i and w.lower not in COUNTING]
    verb = before[-1] if before else number
    given = any(word.head is verb and word.dep == "obj" for word in sentence)
    near = number.head.i <= verb.i and not any(
        w.head is number and w.i > number.i for w in sentence
    )
    if verb.lemma in HURT.values() and near and verb.pos == "VERB" and not given:
        number.head, number.dep = verb, "obj"


def _left(sentence: list[Word], dead: Word) -> Word | None:
    """ "Left nine people dead": the verb that says so, on which "dead" hangs, and not on people."""
    victims = sentence[dead.i - sentence[0].i - 1]
    verb = dead.head.head if dead.head is victims and dead.dep == "amod" else dead.head
    if verb.lemma != "leave" or verb.i > dead.i or (dead.dep not in {"amod", "xcomp"}):
        return None
    dead.head, dead.dep = verb, "xcomp"
    return verb


def _heads(sentence: list[Word], dead: Word) -> bool:
    """ "At least nine dead in raid on Orm": a headline's verb is what has become of them."""
    before = [word for word in sentence if word.i < dead.i and not word.is_space]
    victims = before[-1]
    named = victims.pos in {"NOUN", "PROPN"} and len(before) > 1
    counted = victims if not named else before[-2]
    loose = before[:-1] if not named else before[:-2]
    if not _is_number(counted) or not all(_is_number(w) or w.lower in COUNTING for w in loose):
        return False
    if any(w.tag in FINITE and w.lemma not in {"say", "report"} for w in sentence if w.i > dead.i):
        return False
    above = victims if dead.head is victims else dead
    root = above.head is above
    if above is victims:
        dead.head, dead.dep = (dead if root else victims.head), victims.dep
    dead.pos, dead.tag = "VERB", "VBN"
    for word in sentence:
        if word.head is victims and word.i > dead.i:
            word.head = dead
    victims.head, victims.dep = dead, "nsubj:pass"
    for word in before[:-1]:
        if word.head is dead:
            word.head = victims
    return True


def _is_number(word: Word) -> bool:
    return word.pos == "NUM" or word.lower in at_least()


def _hurt(sentence: list[Word], dead: Word, left: Word | None) -> None:
    """ "… and 31 others wounded": they are hurt as those before are dead."""
    after = [word for word in sentence if dead.i < word.i <= dead.i + FAR]
    hurt = next((word for word in after if word.lower in HURT), None)
    between = [word for word in after if hurt is not None and word.i < hurt.i]
    if hurt is None or len(between) < 2 or between[0].lower not in JOINS:
        return
    counts = [word for word in between[1:] if _is_number(word)]
    people = [w for w in between[1:] if not _is_number(w) and w.lower not in COUNTING]
    if not counts or len(people) > 1 or any(w.pos not in {"NOUN", "ADJ"} for w in people):
        return
    who = people[0] if people else counts[-1]
    hurt.head, hurt.dep, hurt.pos, hurt.tag = dead, "conj", "VERB", "VBN"
    hurt.lemma = HURT[hurt.lower]
    who.head, who.dep, who.pos = hurt, "nsubj:pass", "NUM" if who in counts else "NOUN"
    between[0].head = hurt
    for count in counts:
        if count is not who:
            count.head, count.dep = who, "nummod"
    for word in sentence:
        if word.head in (who, left) and word.i > hurt.i and word.dep in {"obl", "nmod"}:
            word.head, word.dep = left or dead, "obl"
