"""Slips of the parser around who is blamed, and around what somebody is accused of by others."""

from typing import Final

from kg.extract.dates_words import WEEKDAYS
from kg.extract.lexicon import triggers, verbs
from kg.extract.tree import Word

BLAMING: Final = frozenset({"put", "lay", "pin", "place"})
BLAME: Final = frozenset({"blame", "responsibility"})


def free_culprit(words: list[Word], verb: Word) -> None:
    """ "Put the blame for the raid on the army": who is blamed, and no army that was raided."""
    own = [w for w in words if w.head is verb and w.i > verb.i]
    blame = next((w for w in own if w.dep == "obj" and w.lemma in BLAME), None)
    if verb.lemma not in BLAMING or blame is None:
        return
    if any(_links(words, w) == ["on"] and not _is_day(w) for w in own):
        return
    told = [blame, *(w for w in own if w.i > blame.i and _links(words, w) == ["for"])]
    behind = [w for w in words if w.i > blame.i and _links(words, w) == ["on"] and not _is_day(w)]
    culprits = [w for w in behind if any(_within(w, noun) for noun in told)]
    if culprits:
        for what in told[1:]:
            what.head, what.dep = blame, "nmod"
        culprits[-1].head, culprits[-1].dep = verb, "obl"


def free_charge_behind_agent(words: list[Word], verb: Word) -> None:
    """ "Were accused by rebels of shelling it": the accused shelled it, not the rebels.

    "Accused by survivors of the massacre" names no charge.
    """
    agent = next((w for w in words if w.head is verb and _links(words, w) == ["by"]), None)
    if agent is None or agent.i < verb.i:
        return
    for word in words:
        if word.tag == "VBG" and word.head is agent and _links(words, word) == ["of"]:
            word.head, word.dep = verb, "advcl"
            return
    if agent.lemma not in verbs("bereft"):
        _free_crime(words, verb, agent)


def _free_crime(words: list[Word], verb: Word, agent: Word) -> None:
    """ "Were accused by prosecutors of the killing of monks": no prosecutors of a killing."""
    for word in words:
        crime = (word.lemma, "noun") in triggers() or word.lemma in verbs("crime")
        if crime and word.pos == "NOUN" and _links(words, word) == ["of"] and _within(word, agent):
            word.head, word.dep = verb, "obl"
            return


def _links(words: list[Word], word: Word) -> list[str]:
    """The prepositions that open a phrase."""
    return [w.lower for w in words if w.head is word and w.dep in {"case", "mark"} and w.i < word.i]


def _within(word: Word, noun: Word) -> bool:
    """Whether a word is part of the phrase of a noun."""
    while word.head is not word and word is not noun:
        word = word.head
    return word is noun


def _is_day(word: Word) -> bool:
    return word.lower[:3] in WEEKDAYS and word.lower.endswith("day")
