"""Which attack a sentence goes on about that names none: "Two people were killed", "the toll"."""

from typing import Final

from kg.extract import dates, negation, syntax
from kg.extract.actors import naming
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.lexicon import at_least, verbs
from kg.extract.tree import Word

BACK: Final = 3
"""Sentences back to the attack that a toll is of."""
IT: Final = frozenset({"it", "this", "that"})
UNREAL: Final = frozenset({"would", "could", "may", "might", "should", "will", "can"})


def of(scenes: Scenes, word: Word, *, back: int = BACK) -> Telling | None:
    """The one attack told in the sentences before a word, the nearest that tell any.

    None where they tell two, so that either may be meant.
    """
    for index in range(word.sent.index, max(word.sent.index - back, 0) - 1, -1):
        sent = scenes.tree.sents[index]
        told = (scenes.at(scenes.tree.words[i]) for i in range(sent.start, min(sent.end, word.i)))
        attacks = {id(one): one for one in told if one is not None and _is_attack(one)}
        if attacks:
            return attacks.popitem()[1] if len(attacks) == 1 else None
    return None


def casualties(scenes: Scenes, telling: Telling) -> Telling | None:
    """The attack just told whose dead or hurt a sentence of its own counts."""
    token, sent = telling.token, telling.token.sent
    if telling.actors or not _is_bare(telling) or not _is_whole(token):
        return None
    if any(word.entity and word.entity.label == "LOC" for word in scenes.tree.of(sent)):
        return None
    if dates.touching(scenes.dates, sent.start_char, sent.end_char):
        return None
    above = of(scenes, scenes.tree.words[sent.start], back=2)
    said = scenes.said_in(telling)
    if above is None or (said is not None and said is not scenes.said_in(above)):
        return None  # no toll of somebody's is one of the article's own
    taken = (telling.killed and above.killed) or (telling.injured and above.injured)
    return None if taken else above


def _is_attack(telling: Telling) -> bool:
    if not telling.is_assault or telling.accident or telling.doerless:
        return False
    told = telling.parties or telling.targets or telling.place or telling.killed or telling.injured
    lethal = telling.trigger.lemma in verbs("dying")
    return bool(told) and not lethal and not negation.negated(telling.token)


def _is_bare(telling: Telling) -> bool:
    """Whether it says who was killed or hurt, how many, and no more: not by whom."""
    verb = telling.token
    if not (telling.killed or telling.injured) or syntax.auxiliaries(verb) & UNREAL:
        return False
    if any(child.dep.startswith(("obl", "advcl")) for child in verb.children):
        return False  # "in the weeks after": not those of the one attack
    subject = syntax.child(verb, *syntax.SUBJECTS)
    if subject is None:
        return False
    if subject.lower in IT:
        return not syntax.is_passive(verb)
    undergone = syntax.is_passive(verb) or telling.trigger.lemma in verbs("dying")
    noun = naming.noun_at(subject)
    people = noun is not None and noun.kind in {"Person", "Group"}
    return undergone and (people or subject.pos == "NUM" or subject.lower in at_least())


def _is_whole(verb: Word) -> bool:
    """Whether the sentence tells it, and not a clause of it."""
    while verb.dep in {"conj", "parataxis"}:
        verb = verb.head
    return verb.head is verb
