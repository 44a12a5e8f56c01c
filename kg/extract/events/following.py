"""Which attack a sentence goes on about that names none: "Two people were killed", "the toll"."""

from collections.abc import Iterable
from typing import Final

from kg.extract import dates, negation, syntax
from kg.extract.actors import naming
from kg.extract.events import factuality, means
from kg.extract.events.tellings import ARMED, Scenes, Telling, refs
from kg.extract.lexicon import at_least, verbs
from kg.extract.tree import Word
from kg.model import Mention

BACK: Final = 1
"""Sentences back to the attack that a toll is of: what is told in between may have its own."""
SIDES: Final = 3
"""Sentences back in which attacks by others leave it open whose the dead are."""
IT: Final = frozenset({"it", "this", "that"})
PERFECT: Final = frozenset({"has", "have", "'ve", "’ve"})
OURS: Final = frozenset({"our", "its", "their", "own", "them", "us"})
ATTACKERS: Final = frozenset({"attacker", "assailant", "bomber", "gunman", "fighter"}) | {
    *("member", "group", "militant"),
}
ASIDE: Final = frozenset({"elsewhere", "meanwhile", "later", "earlier", "separately"}) | {
    *("other", "others", "another", "also", "addition"),
}
"""Words of a sentence that may tell of people killed in something else."""
AMONG: Final = frozenset({"including", "among"})
RUINOUS: Final = frozenset({"aerial", "heavy-weapons", "explosives", "drone", "destroy"}) | {
    "suicide-attack",
}
"""Modes of attacks that destroy buildings, which shots, beatings and abductions do not."""
UNREAL: Final = frozenset({"would", "could", "may", "might", "should", "will", "can"})


def of(scenes: Scenes, word: Word) -> Telling | None:
    """The one attack told in its paragraph before a word, in the nearest sentence with any.

    None where they tell two, so that either may be meant.
    """
    for index in range(word.sent.index, max(word.sent.index - BACK, 0) - 1, -1):
        sent = scenes.tree.sents[index]
        if "\n" in scenes.text[sent.start_char : word.idx].strip():
            return None  # another paragraph
        told = (scenes.at(scenes.tree.words[i]) for i in range(sent.start, min(sent.end, word.i)))
        attacks = {id(one): one for one in told if one is not None and _is_attack(one)}
        if attacks:
            return attacks.popitem()[1] if len(attacks) == 1 else None
    return None


def casualties(scenes: Scenes, telling: Telling) -> Telling | None:
    """The attack just told whose dead or hurt a sentence of its own counts, or what it destroyed.

    It is one that the article itself tells as a fact, in the sentence before.
    """
    token, sent = telling.token, telling.token.sent
    if telling.actors or not _is_bare(telling) or not _is_whole(token):
        return None
    if scenes.said_in(telling) is not None or factuality.of_words(token, scenes.cues):
        return None
    words = scenes.tree.of(sent)
    # "One was killed and five others hurt": other than that one.
    aside = any(w.lower in ASIDE and not (w.lower == "others" and w.i > token.i) for w in words)
    if aside or is_elsewhere(scenes, token, None) or is_dated(scenes, token):
        return None
    above = of(scenes, scenes.tree.words[sent.start])
    if above is None or not _is_fact(scenes, above) or _is_own_dead(scenes, telling, above):
        return None
    if _doers(scenes, sent.index) - refs(above.actors) or not _may_destroy(telling, above):
        return None
    taken = (telling.killed and above.killed) or (telling.injured and above.injured)
    return None if taken else above


def _may_destroy(telling: Telling, attack: Telling) -> bool:
    """Whether it destroyed what the sentence counts: no clash does, nor the capture of a town."""
    if telling.mode != "destroy" or telling.killed or telling.injured:
        return True
    bare = attack.mode is None and attack.trigger.lemma in verbs("ruining")
    return not attack.trigger.mutual and (bare or attack.mode in RUINOUS)


def is_elsewhere(scenes: Scenes, word: Word, place: Mention | None) -> bool:
    """Whether the word's sentence names a place other than that one."""
    known = place.span.of(scenes.text) if place is not None else ""
    named = (w for w in scenes.tree.of(word.sent) if w.entity and w.entity.label == "LOC")
    return any(w.text not in known for w in named)


def is_dated(scenes: Scenes, word: Word) -> bool:
    """Whether the word's sentence tells a time that a toll is counted over."""
    spans = any(w.lower == "since" for w in scenes.tree.of(word.sent))
    return spans or bool(dates.touching(scenes.dates, word.sent.start_char, word.sent.end_char))


def _is_fact(scenes: Scenes, attack: Telling) -> bool:
    """Whether the article itself says that it was made: no threat, denial or plan."""
    return scenes.said_in(attack) is None and not factuality.of_words(attack.token, scenes.cues)


def _is_own_dead(scenes: Scenes, toll: Telling, attack: Telling) -> bool:
    """Whether the dead may be the attacker's: armed themselves, "ours", of its country."""
    subject = syntax.child(toll.token, *syntax.SUBJECTS)
    if subject is None or subject.lower in IT:
        return False
    inside = syntax.subtree(subject)
    if any(w.lower in OURS or w.lemma in ATTACKERS for w in inside):
        return True
    drafts = scenes.cast.register.drafts
    dead, doers = ([drafts[ref] for ref in refs(who)] for who in (toll.recipients, attack.actors))
    hit = (w for m in attack.recipients for w in scenes.tree.within(m.span.start, m.span.end))
    struck = _sectors(hit) - {one.sector for one in doers}
    if _sectors(inside) & ARMED - struck:
        return True  # but for "hit an army patrol. Two soldiers were killed"
    ours = {one.key for one in doers} | {one.country for one in doers if one.country}
    return any(one.key in ours or one.country in ours for one in dead)


def _sectors(words: Iterable[Word]) -> set[str | None]:
    return {noun.sector for noun in map(naming.noun_at, words) if noun is not None}


def _doers(scenes: Scenes, index: int) -> set[str]:
    """Who attacks in the sentences before, so that the dead may be of another's attack."""
    words = scenes.tree.words
    first, last = scenes.tree.sents[max(index - SIDES, 0)], scenes.tree.sents[index]
    told = (scenes.at(words[i]) for i in range(first.start, last.start))
    return {ref for one in told if one is not None and one.is_assault for ref in refs(one.actors)}


def _is_attack(telling: Telling) -> bool:
    if not telling.is_assault or telling.accident or telling.doerless:
        return False
    told = telling.parties or telling.targets or telling.place or telling.killed or telling.injured
    lethal = telling.trigger.lemma in verbs("dying")
    return bool(told) and not lethal and not negation.negated(telling.token)


def _is_bare(telling: Telling) -> bool:
    """Whether it says who was killed or hurt and how many, or what was hit, and not by whom."""
    verb = telling.token
    told = telling.killed or telling.injured or (telling.mode == "destroy" and telling.targets)
    if not told or syntax.auxiliaries(verb) & (UNREAL | PERFECT):
        return False  # "thousands have died": over more than the one attack
    beside = (c for c in verb.children if syntax.case_of(c) not in AMONG)
    if any(child.dep.startswith(("obl", "advcl")) for child in beside):
        return False  # "in the weeks after": not those of the one attack
    subject = syntax.child(verb, *syntax.SUBJECTS)
    if subject is None:
        return False
    if subject.lower in IT:
        return not syntax.is_passive(verb)
    undergone = syntax.is_passive(verb) or telling.trigger.lemma in verbs("dying")
    noun = naming.noun_at(subject)
    people = noun is not None and noun.kind in {"Person", "Group"}
    counted = people or subject.pos == "NUM" or subject.lower in at_least()
    hit = telling.mode == "destroy" and not _is_known(subject) and not means.is_weapon(subject)
    return undergone and (counted or hit)


def _is_known(thing: Word) -> bool:
    """ "The house was destroyed": it may be one told of before, in another attack."""
    return any(child.lower in {"the", "this", "that"} for child in thing.lefts)


def _is_whole(verb: Word) -> bool:
    """Whether the sentence tells it, and not a clause of it."""
    while verb.dep == "conj" and verb.head.lemma in verbs("killing") | verbs("hurting"):
        verb = verb.head
    return verb.head is verb
