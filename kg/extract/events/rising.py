"""Tolls brought up to date in a sentence of their own: "the toll from the raid rose to 17"."""

from collections.abc import Iterator
from typing import Final

from kg.extract import syntax
from kg.extract.events import tolls
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.lexicon import verbs
from kg.extract.tree import Word

COUNTS: Final = frozenset({"toll", "number", "total", "tally"})
HURT: Final = frozenset({"injured", "wounded", "hurt", "injuries"})
DEAD: Final = frozenset({"death", "dead", "killed", "deaths", "fatalities", "died", "victims"})
TO: Final = ("to", "at")


def read(scenes: Scenes) -> None:
    """Give each such toll to the event whose toll it is, where the sentence names it."""
    for count in scenes.tree:
        if count.lemma not in COUNTS or count.dep not in syntax.SUBJECTS:
            continue
        number = _number(count.head) if count.head.lemma in verbs("rising") else None
        toll = tolls.of(number) if number is not None else None
        if toll is None:
            continue
        inside = syntax.subtree(count)
        telling = syntax.first(_events(scenes, inside))
        said = {word.lower for word in inside}
        if telling is not None and said & DEAD and telling.killed is None:
            telling.killed = toll
        elif telling is not None and said & HURT and not said & DEAD and telling.injured is None:
            telling.injured = toll


def is_deadly(strife: Word) -> bool:
    """ "Kesh's death toll climbs in its dispute with Varn": people die in the dispute."""
    verb = strife.head
    count = syntax.subject(verb) if strife.dep == "obl" and syntax.case_of(strife) == "in" else None
    if count is None or count.lemma not in COUNTS or verb.lemma not in verbs("rising"):
        return False
    return any(word.lower in DEAD for word in syntax.subtree(count))


def whose(count: Word) -> Word:
    """Whose dead are counted, where it says so."""
    owner = syntax.child(count, "nmod:poss") if count.lemma in COUNTS else None
    return count if owner is None else owner


def _number(verb: Word) -> Word | None:
    """The count it has come to: "rose to 17", "reached at least 17 people"."""
    ends = (*syntax.children(verb, "obj"), *syntax.obliques(verb, *TO))
    counted = (w for w in ends if w.pos == "NUM" or syntax.child(w, "nummod"))
    return syntax.first(counted)


def _events(scenes: Scenes, inside: list[Word]) -> Iterator[Telling]:
    for word in inside:
        found = scenes.at(word)
        if found is not None and found.is_assault:
            yield found
