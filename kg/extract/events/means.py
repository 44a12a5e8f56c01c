"""What an armed act is done with, and the mode that this tells."""

from typing import Final

from kg.extract import syntax
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.lexicon import accidents, verbs, weapons
from kg.extract.tree import Word

FLAMES: Final = frozenset({"fire", "flame", "blaze"})
"""What destroys and nobody need have lit."""


FIRED: Final = frozenset({"heavy-weapons", "explosives", "drone"})
"""Modes of what falls on what it is fired at."""


def read(scenes: Scenes, telling: Telling, subject: Word | None) -> None:
    """The mode that a weapon tells, and whether nobody did it: a storm, a crash."""
    verb = telling.token
    used = syntax.obliques(verb, "with", "by", "using", "in", "from", "during")
    if telling.is_assault and telling.mode is None:
        known = (weapon(word) for word in ([subject] if subject is not None else []) + used)
        telling.mode = next((mode for mode in known if mode), None)
    if subject is not None and weapon(subject) == "suicide-attack":
        telling.mode = "suicide-attack"
    causes = [word for word in used if word.lemma in accidents()]
    burnt = telling.mode == "destroy" and subject is not None and subject.lemma in FLAMES
    crashed = crash(verb)
    fell = crashed is not None and downed_by(scenes, crashed, verb) is None
    telling.accident = bool(causes) or burnt or fell
    doer = subject is None or bool(telling.actors) or _may_act(scenes, verb, subject)
    if telling.trigger.lemma in verbs("falling"):
        doer = subject is not None and weapon(subject) in FIRED
    elif telling.trigger.lemma in verbs("bereaving"):
        doer = subject is not None and is_deed(scenes, subject)
    telling.doerless = telling.is_violent and not doer


def crash(toll: Word) -> Word | None:
    """The accident that a toll is of: "crashed, killing four", "died when their bus overturned"."""
    above = [toll.head] if toll.dep == "advcl" and toll.tag == "VBG" else []
    clauses = (
        c for c in syntax.children(toll, "advcl") if syntax.marks(c) & {"when", "as", "after"}
    )
    for verb in (*above, *clauses):
        if verb.lemma in verbs("crashing") and not syntax.is_passive(verb):
            return verb if not syntax.objects(verb) else None
    return None


def downed_by(scenes: Scenes, crashed: Word, toll: Word) -> Telling | None:
    """The attack that a crash or collapse comes of: "was hit and crashed", "fell in a raid"."""
    subject = syntax.subject(crashed)
    words = [crashed.head] if crashed.dep in {"conj", "acl:relcl"} else []
    words += syntax.children(crashed, "advcl")
    words += syntax.obliques(crashed, "in", "during", "from", "after", "under")
    words += syntax.children(subject, "acl", "acl:relcl") if subject is not None else []
    found = (scenes.at(word) for word in words if word is not toll)
    return next((one for one in found if one is not None and one.is_assault), None)


def _may_act(scenes: Scenes, verb: Word, subject: Word) -> bool:
    """Whether a subject that is no known actor can be what an armed act is told by."""
    own = syntax.child(verb, "nsubj")
    if verb.tag == "VBG" and syntax.case_of(verb) == "of":
        return True  # "accused its youth wing of abducting": a charge is made of somebody
    if any(word.pos in {"PRON", "NUM", "DET"} for word in (subject, own) if word is not None):
        return True
    return is_deed(scenes, subject)


def is_deed(scenes: Scenes, subject: Word) -> bool:
    """Whether what a subject names does harm: an attack or a weapon, and no strike of workers."""
    told = scenes.at(subject)
    if told is not None:
        return told.is_violent
    return is_weapon(subject) and not befalls(subject)


def befalls(noun: Word) -> bool:
    """ "A heart attack", "a lightning strike": nobody attacks."""
    if any(syntax.case_of(c) == "by" for c in noun.rights):
        return False  # "a lightning strike by rebels"
    kinds = syntax.children(noun, "compound", "amod")
    return any(f"{kind.lower} {noun.lemma}" in accidents() for kind in kinds)


def is_weapon(word: Word) -> bool:
    """Whether the phrase names what an attack is made with."""
    parts = syntax.children(word, "compound", "amod")
    names = [word.lemma, *[f"{part.lower} {word.lemma}" for part in parts]]
    return any(name in weapons() for name in names)


def weapon(word: Word) -> str | None:
    """The mode of an attack that the phrase of a weapon tells, the longer name first."""
    before = (f"{c.lower} {word.lemma}" for c in syntax.children(word, "compound", "amod"))
    return next((weapons()[name] for name in (*before, word.lemma) if name in weapons()), None)
