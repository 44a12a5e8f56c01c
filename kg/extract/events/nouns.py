"""The parties of an event that a noun tells: "the shelling of Kesh by rebels", "held talks"."""

from collections.abc import Iterator, Sequence
from typing import Final

from kg.extract import negation, syntax
from kg.extract.actors import naming
from kg.extract.events import denial, factuality, rising, tolls, who, words
from kg.extract.events.tellings import FIGHTERS, Scenes, Telling
from kg.extract.lexicon import Trigger, light_verbs, media, nouns, things, verbs
from kg.extract.tree import Word
from kg.extract.withheld import is_withheld
from kg.model import Mention

VICTIM: Final = ("of", "on", "against", "at", "upon")
TOGETHER: Final = ("between", "with", "against", "among")
INTRANSITIVE: Final = frozenset({"begin", "start", "continue", "resume"})
"""Light verbs whose subject may be the event itself: "talks began"."""
GIVEN_TO: Final = ("on", "to", "against")
"""Prepositions behind a light verb for who gets what it gives."""
SUFFERED: Final = frozenset(
    {"release", "arrest", "abduct", "targeted", "deport", "convict", "torture", "beat", "sexual"}
)
"""Modes whose noun is owned by who suffers it, where that is no state or body."""
OWN: Final = frozenset({("RETREAT", "withdraw"), ("RETREAT", "resign"), ("RETREAT", "disarm")})
WITNESSES: Final = frozenset({"BUS", "CVL", "EDU", "IGO", "JRN", "LAB", "LEG", "MED", "NGO", "SOC"})
"""Sectors of those who claim that there was an attack, and not that they made it."""
ANY_BODY: Final = frozenset({"group", "organisation", "organization", "movement", "network"})
"""Nouns of bodies of any sector: "the group claimed the attack"."""
SIDES: Final = 2
AFTER: Final = frozenset({"by", "of", "on", "against", "into", "over", "between"})


def read(scenes: Scenes, telling: Telling) -> None:
    """Fill in the parties that the noun's own phrase and its verb name."""
    noun, trigger = telling.token, telling.trigger
    telling.words = [noun]
    for child in (*noun.children, *phrases_after(noun), *_between(telling)):
        case = syntax.case_of(child)
        if case == "on" and _is_claimed_on(noun, child):
            continue
        mentions = who.parties(scenes, child) if child.dep != "amod" else ()
        own = case == "of" and (trigger.mutual or _is_own(trigger))
        together = trigger.mutual and case in TOGETHER
        if child.dep == "nmod:poss" and _is_done_to(scenes, telling, mentions):
            telling.recipients.extend(mentions)
        elif child.dep == "nmod:poss" or case == "by" or own or together:
            telling.actors.extend(mentions)
        elif case in (trigger.recipient or VICTIM):
            if case == "of" and trigger.lemma in verbs("slaying"):
                telling.killed = tolls.of(child) if who.is_people(child) else None
            telling.recipients.extend(who.reached(scenes, telling, child))
            telling.recipients.extend(_tied(scenes, telling, child))
            telling.targets.extend(who.targets(telling, child))
        else:
            continue
        telling.words.append(child)
    _modifiers(scenes, telling)
    _broker(scenes, telling)
    _lend(scenes, telling)
    above = words.measured(noun)
    if not telling.actors:
        one = _accused(above) or _answerable(above)
        parties = who.parties(scenes, one) if one is not None else ()
        only_tells = one is not None and above.head.lemma == "claim" and _is_witness(one)
        telling.actors.extend(() if only_tells else parties)
    if trigger.mutual and len(telling.actors) < SIDES and telling.light is None:
        telling.actors.extend(_other_side(scenes, above))


def _between(telling: Telling) -> list[Word]:
    """ "Clashes erupted between Kesh and Varn": whose clashes, where the verb only says that."""
    noun = words.measured(telling.token)
    verb, role = noun.head, light_verbs().get(noun.head.lemma, ("", ()))[0]
    tells = role == "event" or verb.lemma in INTRANSITIVE
    if not (tells and telling.trigger.mutual and noun.dep in syntax.SUBJECTS):
        return []
    return [c for c in syntax.obliques(verb, *TOGETHER) if c.head is verb]


def _tied(scenes: Scenes, telling: Telling, tie: Word) -> Iterator[Mention]:
    """ "A suspension of links with Kesh": with whom the tie is that is cut."""
    if telling.trigger.event_type == "SANCTION" and tie.lemma in words.ties():
        for other in syntax.obliques(tie, "with", "to", "from", "for"):
            yield from who.parties(scenes, other, struck=True)


def _accused(noun: Word) -> Word | None:
    """ "Accused Kesh of genocide", "blamed the attack on Kesh": who is said to have done it."""
    verb, case = noun.head, syntax.case_of(noun)
    if is_withheld(verb) or denial.is_undone(verb):
        return None  # "avoided blaming Kesh for it"
    passive = syntax.is_passive(verb)
    if noun.dep == "obl" and case in {"of", "for", "with"} and verb.lemma in verbs("charging"):
        return syntax.subject(verb) if passive else syntax.first(syntax.objects(verb))
    taken = noun.dep == ("nsubj:pass" if passive else "obj")
    if taken and verb.lemma in verbs("blaming"):
        given = syntax.obliques(verb, "to") or syntax.obliques(verb, "on")[::-1]
        return syntax.first(one for one in given if one.head is verb) or syntax.first(given)
    return None


def _answerable(noun: Word) -> Word | None:
    """ "Claimed (responsibility for) the attack", "is responsible for it": who did it."""
    above = noun.head
    if noun.dep == "obj" and above.lemma == "claim" and _owns(above, noun):
        return syntax.subject(above)
    if syntax.case_of(noun) != "for" or negation.negated(above):
        return None
    if above.lower == "responsible":
        return syntax.child(above, "nsubj")
    owned = above.lemma in {"responsibility", "credit"} and above.dep == "obj"
    verb = above.head
    if not owned or verb.lemma not in verbs("owning") or negation.negated(verb):
        return None
    return syntax.subject(verb)


def _owns(claim: Word, noun: Word) -> bool:
    """Whether it claims to have done it: not "refused to claim", "claimed it as a success"."""
    lied = any(c.lower in verbs("wrongly") for c in syntax.children(claim, "advmod"))
    by = any(syntax.case_of(word) == "by" for word in syntax.subtree(noun))
    other = by or syntax.obliques(claim, "as")
    return not (lied or other or claim.dep == "xcomp" or negation.negated(claim))


def _is_witness(subject: Word) -> bool:
    """ "Rights groups claimed the bombing of a village": others did it; but not "the group"."""
    kinds = syntax.children(subject, "compound", "amod")
    longer = (nouns().get(f"{kind.lower} {subject.lemma}") for kind in kinds)
    noun = next(filter(None, longer), naming.noun_at(subject))
    return noun is not None and noun.sector in WITNESSES and noun.noun not in ANY_BODY


def _is_claimed_on(noun: Word, where: Word) -> bool:
    """ "Claimed the attack on Telegram", "on its website": where it says so, and nothing hit."""
    claimed = noun.dep == "obj" and noun.head.lemma == "claim"
    medium = any(word.lower in media() for word in syntax.phrase(where))
    hit = where.lemma in things() or naming.noun_at(where) is not None
    own = syntax.child(where, "nmod:poss") is not None  # nobody claims an attack on its own
    return claimed and medium and (own or not hit)


def _other_side(scenes: Scenes, noun: Word) -> Sequence[Mention]:
    """ "Fell back after clashes with the army": who fell back had clashed with it.

    So had whose death toll has risen in them; who postpones talks with somebody was to hold them.
    """
    verb = noun.head
    with_ = any(syntax.case_of(child) == "with" for child in noun.rights)
    off = noun.dep in {"obj", "xcomp"} and factuality.calls_off(verb)
    if not (noun.dep == "obl" or off) or verb.pos != "VERB" or not with_:
        return ()
    if syntax.is_passive(verb):
        return ()
    one = syntax.subject(verb)
    return who.parties(scenes, rising.whose(one)) if one is not None else ()


def _is_done_to(scenes: Scenes, telling: Telling, owners: Sequence[Mention]) -> bool:
    """Whether an event's owners suffer it: "his arrest", "the hostages' release"."""
    if telling.mode not in SUFFERED or any(syntax.case_of(c) == "of" for c in telling.token.rights):
        return False
    kinds = {scenes.cast.of(owner).kind for owner in owners}
    return bool(kinds) and kinds <= {"Person", "Group"}


def _is_own(trigger: Trigger) -> bool:
    """Whether who stands behind "of" does it: the deployment, the resignation of somebody."""
    kind = trigger.event_type
    return kind in {"MOBILIZE", "PROTEST"} or (kind, trigger.mode) in OWN


def phrases_after(noun: Word) -> list[Word]:
    """Phrases right after an event noun that the parser hung on its verb instead."""
    found: list[Word] = []
    edge = noun.right_edge.i
    verb = noun.head
    if verb.pos not in {"VERB", "AUX"} or noun.i < verb.i:
        return found
    for child in syntax.children(verb, "obl", "nmod"):
        next_to = child.i > noun.i and child.left_edge.i == edge + 1
        if next_to and syntax.case_of(child) in AFTER:
            found.append(child)
            edge = child.right_edge.i
    return found


def _modifiers(scenes: Scenes, telling: Telling) -> None:
    """ "A Russian airstrike", "Kesh-brokered truce", "a rebel raid": words that name a party."""
    nations = scenes.cast.nations
    sides: list[Mention] = []
    for child in syntax.children(telling.token, "amod", "compound"):
        if child.pos == "VERB":
            _led(scenes, telling, child)
            continue
        own = child.idx >= telling.cue.start  # the artillery of "artillery fire"
        if telling.is_assault and telling.mode != "targeted" and _is_armed(child) and not own:
            sides.append(scenes.cast.band(child))
        for word in (*child.lefts, child):
            if country := nations.adjective(word):
                key = scenes.cast.state(word, country)
                sides.append(Mention(key, syntax.char_span([word])))
    if not telling.actors and (len(sides) > 1 or not telling.trigger.mutual):
        telling.actors.extend(sides)  # the Syrian war is Syria's, not what Syria does


def _is_armed(word: Word) -> bool:
    """Whether the word in front of an attack is who makes it: "a rebel attack", "an army raid"."""
    noun = naming.noun_at(word) if word.dep == "compound" else None
    return noun is not None and noun.sector in FIGHTERS


def _led(scenes: Scenes, telling: Telling, participle: Word) -> None:
    """Who is joined to a participle by a hyphen: "Kesh-brokered", "Kesh-led"."""
    owner = syntax.first(t for t in participle.children if t.i == participle.i - 2)
    country = scenes.cast.nations.at(owner) if owner is not None else None
    if owner is None or not (
        key := (country and scenes.cast.state(owner, country)) or scenes.cast.resolve(owner)
    ):
        return
    mention = Mention(key, syntax.char_span([owner]))
    if light_verbs().get(participle.lemma, ("", ()))[0] == "mediator":
        telling.mediators.append(mention)
    elif participle.lower == "led":
        telling.actors.append(mention)


def _broker(scenes: Scenes, telling: Telling) -> None:
    """ "A truce brokered by Kesh": who stands behind "by" lends a hand in it."""
    noun = telling.token
    behind = [noun.head] if noun.dep == "obl" and noun.i < noun.head.i else []
    for verb in (*syntax.children(noun, "acl", "acl:relcl"), *behind):
        role, _ = light_verbs().get(verb.lemma, ("", ()))
        helper = syntax.agent(verb) if role and verb.tag == "VBN" else None
        if helper is not None:
            _join(scenes, telling, helper, role)
            telling.words.extend([verb, helper])


def _lend(scenes: Scenes, telling: Telling) -> None:
    """A light verb's subject acts in its noun's event: "Kesh launched an offensive"."""
    noun = words.measured(telling.token)
    verb = noun.head
    role, behind = light_verbs().get(verb.lemma, ("", ())) if verb.pos == "VERB" else ("", ())
    engaged = noun.dep == "obl" and syntax.case_of(noun) in behind  # "was engaged in fighting"
    passive = bool(role) and syntax.is_passive(verb) and not engaged
    subject = syntax.agent(verb) if passive else syntax.subject(verb) if role else None
    if not role or not _is_lent(noun, role, behind, passive=passive):
        return
    if denial.is_left_out(verb, noun) or (telling.is_assault and denial.withholds_leave(verb)):
        return
    telling.light = verb
    scenes.lights.setdefault(verb.i, telling)
    telling.words.append(verb)
    if subject is not None and subject is not noun:
        _join(scenes, telling, subject, role)
        telling.words.append(subject)
    for given in (*syntax.children(verb, "iobj"), *syntax.obliques(verb, *GIVEN_TO)):
        if telling.trigger.event_type in {"AID", "SANCTION", "COERCE"} and given is not noun:
            telling.recipients.extend(who.parties(scenes, given, struck=telling.is_violent))


def _is_lent(noun: Word, role: str, behind: tuple[str, ...], *, passive: bool) -> bool:
    """Whether the noun stands where the light verb takes its event."""
    if noun.dep == "obl":
        return "*" in behind or syntax.case_of(noun) in behind
    if noun.dep in {"nsubj", "nsubj:pass"}:
        return passive or role == "event" or noun.head.lemma in INTRANSITIVE
    return noun.dep == "obj" and role != "event"


def _join(scenes: Scenes, telling: Telling, one: Word, role: str) -> None:
    side = telling.mediators if role == "mediator" else telling.actors
    side.extend(who.parties(scenes, one))
