"""Which tellings the text says enough of to be reports, and which words only look like one."""

from typing import Final

from kg.extract import negation, syntax
from kg.extract.actors import naming
from kg.extract.events import factuality, figures, words
from kg.extract.events.tellings import FIGHTERS, Scenes, Telling
from kg.extract.lexicon import (
    at_least,
    known_body,
    nouns,
    place_nouns,
    quantifiers,
    things,
    vehicles,
    verbs,
    weapons,
)
from kg.extract.tree import Word

TIES: Final = frozenset({"RETREAT", "SUPPORT", "CONSULT", "COOPERATE", "AID"})
"""Types of what a sanction cuts off."""
LASTING: Final = (TIES - {"AID"}) | {"COERCE", "SANCTION", "PROTEST"}
"""Types of what lasts, so that its end is not the event."""
ARMED: Final = frozenset({"heavy-weapons", "aerial", "drone", "explosives", "firearms", "destroy"})
"""Modes of verbs that hit whatever is named, where fighters do it."""
TAKING: Final = frozenset({"abduct", "arrest"})
"""Modes of what is done to people only: "detained 12"."""
CIVIL: Final = frozenset({"CVL", "SOC", "OPP", "LAB", "EDU", "JRN", "PTY", "REL", "BUS"})
RULERS: Final = frozenset({"GOV", "JUD", "LEG", "COP", "MIL"})
SIDES: Final = frozenset({"much", "north", "south", "east", "west", "centre", "center"})
"""Words for parts of ground: "the north of Varn"."""
PERSONNEL: Final = frozenset({"staff", "personnel"})


def stands(scenes: Scenes, telling: Telling) -> bool:
    """Whether the text says enough of it to be a report."""
    over = telling.trigger.event_type in LASTING and _ends(telling.token)
    if over or telling.accident or telling.doerless or telling.trigger.lemma in verbs("dying"):
        return False
    if figures.is_figure(scenes, telling):
        return False
    if telling.is_verb:
        return _verb_stands(scenes, telling)
    return not _is_of_person(telling.token) and _noun_stands(scenes, telling)


def _noun_stands(scenes: Scenes, telling: Telling) -> bool:
    if telling.parties or telling.targets or telling.mediators:
        return True
    if telling.killed or telling.injured:
        return True
    if telling.light is not None and (telling.date or telling.place):
        return True
    where = telling.place is not None and (telling.date is not None or telling.is_violent)
    return is_main(scenes, telling) or where


def _is_of_person(noun: Word) -> bool:
    """Whether it only says who somebody is: "a veteran of the war"."""
    above = naming.noun_at(noun.head) if noun.dep == "nmod" else None
    return above is not None and above.kind == "Person" and syntax.case_of(noun) == "of"


def _ends(noun: Word) -> bool:
    """Whether the text tells of its end: "the truce collapsed"."""
    if noun.dep in {"obj", "nsubj:pass"} and noun.head.lemma in verbs("lifting"):
        return True
    return noun.dep in syntax.SUBJECTS and noun.head.lemma in verbs("ending")


def _verb_stands(scenes: Scenes, telling: Telling) -> bool:
    verb = telling.token
    if (telling.is_violent or telling.mode == "release") and not _hits(scenes, telling):
        return False
    if _is_no_act(scenes, telling):
        return False
    if telling.trigger.event_type == "AID" and not (telling.actors or syntax.is_passive(verb)):
        return is_main(scenes, telling)
    counted = telling.killed or telling.injured
    if telling.trigger.mutual and telling.taken and not (counted or _has_party(scenes, telling)):
        return False
    known = telling.parties or telling.targets or telling.mediators or counted
    return bool(known or (telling.is_violent and telling.place)) or is_main(scenes, telling)


def _visits(scenes: Scenes, telling: Telling) -> bool:
    """Whether somebody or some place is visited; who only leaves for it has to be in office."""
    if telling.mode != "visit" or not (telling.recipients or telling.place):
        return telling.mode != "visit"
    actors = [scenes.cast.of(mention) for mention in telling.actors]
    return telling.trigger.lemma not in verbs("travelling") or any(
        a.kind in {"Person", "State"} and a.sector == "GOV" for a in actors
    )


def _is_no_act(scenes: Scenes, telling: Telling) -> bool:
    """Whether the words of an act say something else."""
    aimed = _is_aimed(scenes, telling) or not _is_cut(scenes, telling)
    aimed = aimed or _is_criticised(scenes, telling) or not _visits(scenes, telling)
    aimed = aimed or _is_no_guest(scenes, telling) or _is_no_leave(scenes, telling)
    aimed = aimed or _is_rallied(telling) or _is_adrift(telling)
    return aimed or _is_spared(telling) or _leaves_no_place(scenes, telling)


def _is_no_guest(scenes: Scenes, telling: Telling) -> bool:
    """ "Hosted a conference": a meeting only with somebody."""
    kinds = {scenes.cast.of(mention).kind for mention in telling.recipients}
    welcoming = telling.trigger.lemma in verbs("welcoming")
    if telling.trigger.lemma == "receive":  # guests of state, no wounded and no letters
        sides = (telling.actors, telling.recipients)
        sectors = [{scenes.cast.of(mention).sector for mention in side} for side in sides]
        return not all("GOV" in side for side in sectors)
    return welcoming and not kinds & {"Person", "State", "Group"}


def _is_no_leave(scenes: Scenes, telling: Telling) -> bool:
    """ "The wall allowed them to hide", "allowed access": rulers give leave to people to act."""
    verb = telling.token
    if telling.trigger.event_type != "CONCEDE" or verb.lemma not in verbs("allowing"):
        return False
    actors = [scenes.cast.of(mention) for mention in telling.actors]
    rulers = any(actor.kind == "State" or actor.sector in RULERS for actor in actors)
    return not (rulers and telling.recipients and syntax.child(verb, "xcomp"))


def _is_adrift(telling: Telling) -> bool:
    """ "Thousands have been displaced": nobody is told to have deported them."""
    return telling.trigger.lemma in verbs("uprooting") and not telling.actors


def _is_rallied(telling: Telling) -> bool:
    """ "Mobilised voters", "mobilised support": no forces."""
    if telling.trigger.event_type != "MOBILIZE" or telling.token.lemma not in verbs("rallying"):
        return False
    called = [naming.noun_at(thing) for thing in syntax.objects(telling.token)]
    return any(noun is not None and noun.sector in CIVIL for noun in called)


def _leaves_no_place(scenes: Scenes, telling: Telling) -> bool:
    """ "Withdrew the proposal", "withdrew from the race": no forces leave a place."""
    verb = telling.token
    if verb.lemma not in verbs("leaving") or telling.trigger.event_type != "RETREAT":
        return False
    passive = syntax.is_passive(verb)
    moved = syntax.children(verb, "nsubj:pass") if passive else syntax.objects(verb)
    if moved:
        inside = (c for word in moved for c in word.rights if syntax.case_of(c) == "of")
        return not any(map(_is_force, (*moved, *inside)))
    behind = syntax.obliques(verb, "from")
    if not any(scenes.cast.of(one).sector in FIGHTERS for one in telling.actors):
        return bool(behind) and not any(_is_ground(scenes, word) for word in behind)
    given = any(scenes.cast.resolve(word) for word in telling.taken)
    return bool(behind) and not (telling.place or given)


def _is_ground(scenes: Scenes, word: Word) -> bool:
    """Whether it can be held and left: a place or building, and no bloc, court or election."""
    part = {word.lower, word.lemma} & (quantifiers("part") | SIDES)
    inside = syntax.children(word, "nmod") if part else []
    for one in (word, *inside):
        if one.entity is not None:
            if known_body(one.entity.text) is None:
                return True
        elif scenes.places.at(one) or one.lemma in things() or one.lemma in place_nouns():
            return True
    return False


def _is_criticised(scenes: Scenes, telling: Telling) -> bool:
    """ "The minister came under fire over the budget": words, not weapons."""
    if telling.trigger.lemma not in verbs("undergoing") or not telling.is_assault:
        return False
    if syntax.obliques(telling.token, "over", "for"):
        return True
    kinds = {scenes.cast.of(mention).kind for mention in telling.recipients}
    return "Person" in kinds and not telling.place


def _is_force(thing: Word) -> bool:
    """Whether it is troops, people or arms that a verb withdraws, or "them"; no report."""
    noun = naming.noun_at(thing)
    if thing.pos in {"PRON", "NUM"} or thing.entity is not None:
        return True
    if noun is not None:
        return noun.kind == "Group" or noun.sector in FIGHTERS
    counted = thing.lower in PERSONNEL or thing.lower in at_least()
    return counted or thing.lemma in weapons() or thing.lemma in vehicles()


def _is_spared(telling: Telling) -> bool:
    """ "The driver was not hurt": nobody did anything."""
    verb = telling.token
    harm = verb.lemma in verbs("hurting") | verbs("killing")
    return harm and not telling.actors and syntax.is_passive(verb) and negation.negated(verb)


def _is_aimed(scenes: Scenes, telling: Telling) -> bool:
    """ "Approved sanctions targeting tankers": a measure is aimed at them, no weapon."""
    verb = telling.token
    if verb.lemma not in verbs("aiming") or verb.tag != "VBG":
        return False
    sent = verb.sent
    told = (t for i, t in scenes.open.items() if sent.start <= i < verb.i)
    return any(t.trigger.event_type in {"SANCTION", "COERCE", "ACCUSE"} for t in told)


def _is_cut(scenes: Scenes, telling: Telling) -> bool:
    """Whether what a verb suspends or cuts is a tie, or belongs to a state or body.

    "Bus services were suspended" is no sanction.
    """
    if telling.trigger.lemma not in verbs("suspending"):
        return True
    cut = [inner for word in telling.taken for inner in words.contents(word)]
    if any(word.lemma in words.ties() or scenes.at(word) for word in cut):
        return True
    own = {mention.ref for mention in telling.actors}  # "suspended its work"
    others = (mention for mention in telling.recipients if mention.ref not in own)
    return any(scenes.cast.of(mention).kind in {"State", "Organization"} for mention in others)


def _has_party(scenes: Scenes, telling: Telling) -> bool:
    """Whether it is done with somebody, or tells its event twice: not "met the deadline"."""
    return any(scenes.at(word) or scenes.cast.parties(word) for word in telling.taken)


def _hits(scenes: Scenes, telling: Telling) -> bool:
    """Whether a violent verb has something to be done to: "struck a deal" has not."""
    struck = telling.recipients or telling.targets or telling.killed or telling.injured
    if struck or telling.trigger.mutual or _kills_somebody(telling):
        return True
    ended = (scenes.at(word) for word in telling.taken if not telling.is_assault)
    if any(event is not None and event.trigger.event_type in TIES for event in ended):
        return True  # "suspended the talks"
    if not telling.taken:
        phrase = " " in telling.trigger.lemma
        untold = not telling.trigger.recipient or (telling.actors and not telling.is_assault)
        whole = phrase and bool(untold)  # "froze aid", but not "launched missiles"
        whole = whole or (phrase and _is_told_again(scenes, telling))
        return whole or telling.place is not None
    if telling.mode in ARMED and any(scenes.cast.of(a).sector in FIGHTERS for a in telling.actors):
        return not any(_is_message(word) for word in telling.taken)
    struck = [inner for word in telling.taken for inner in words.contents(word)]
    return any(_is_thing(word.lemma) or scenes.places.at(word) for word in struck)


def _kills_somebody(telling: Telling) -> bool:
    """ "Accused soldiers of killing them", "kidnapped three": somebody, whoever it was."""
    harm = telling.token.lemma in verbs("killing") | verbs("hurting")
    if harm and any(word.lower in at_least() for word in telling.taken):
        return True  # "dozens were killed or wounded": how many of them were killed is not told
    if not telling.actors:
        return False
    if telling.mode in TAKING and any(word.pos == "NUM" for word in telling.taken):
        return True
    killed = telling.token.lemma in verbs("killing")
    return killed and any(word.lower in {"him", "her", "them"} for word in telling.taken)


def _is_told_again(scenes: Scenes, telling: Telling) -> bool:
    """ "Accused it of firing the rockets": those of the attack that was told before."""
    known = any(c.lower == "the" for thing in syntax.objects(telling.token) for c in thing.lefts)
    told = (one for one in scenes.open.values() if one.token.i < telling.token.i)
    return known and any(one.is_assault and one.mode == telling.mode for one in told)


def _is_message(word: Word) -> bool:
    noun = naming.noun_at(word)
    return noun is not None and noun.kind == "Document"


def _is_thing(lemma: str) -> bool:
    """Whether the noun is one that an armed act can hit: a thing, or somebody."""
    noun = nouns().get(lemma)
    return lemma in things() or (noun is not None and noun.kind != "Document")


def is_main(scenes: Scenes, telling: Telling) -> bool:
    """Whether it is itself what is called for, promised or denied."""
    said = scenes.said_in(telling)
    heads = said.heads if said is not None else ()
    return any(factuality.is_main(t, heads) for t in (telling.token, telling.light) if t)
