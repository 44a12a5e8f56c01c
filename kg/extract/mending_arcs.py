"""Slips of the parser that no sentence allows: crossing subjects, an object taken for a dummy."""

from itertools import pairwise
from typing import Final

from kg.extract.tree import Word

_SUBJECTS: Final = frozenset({"nsubj", "nsubj:pass"})
_FINITE: Final = frozenset({"VBD", "VBZ", "VBP"})


def mend_arcs(sentence: list[Word]) -> None:
    """Mend one sentence in place."""
    subjects = [word for word in sentence if word.dep in _SUBJECTS]
    for one in subjects:
        _return_subject(one, subjects)
    for word, following in pairwise(sentence):
        if word.dep == "expl" and word.head.i < word.i and following.tag == "IN":
            word.dep = "obj"  # "accused it of": nothing stands behind that "it" could stand for
        if following.tag == "VBG" and word.tag == "IN" and _hangs_inside(word, following):
            word.head, word.dep = following, "mark"


def _return_subject(one: Word, subjects: list[Word]) -> None:
    """ "The governor said two people were killed": the first subject is the first verb's."""
    verb = one.head
    above = verb.head
    if above is verb or not one.i < above.i < verb.i or above.tag not in _FINITE:
        return
    others = [word for word in subjects if word is not one]
    doubled = any(word.head is verb and word.i > above.i for word in others)
    if doubled and not any(word.head is above for word in others):
        one.head, one.dep = above, "nsubj"


def _hangs_inside(preposition: Word, gerund: Word) -> bool:
    """ "Of shelling the town": the preposition was hung on what the gerund governs."""
    noun = preposition.head
    return noun.i > gerund.i and noun.head is gerund and preposition.dep == "case"
