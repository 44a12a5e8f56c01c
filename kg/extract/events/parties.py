"""Who does it, to whom, and who stands between: the parties of an event."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.events import means, tolls, words
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.lexicon import Trigger, light_verbs, quantifiers, things, verbs
from kg.extract.tree import Word
from kg.model import Mention

VICTIM: Final = ("of", "on", "against", "at", "upon")
TOGETHER: Final = ("between", "with", "against", "among")
INTRANSITIVE: Final = frozenset({"begin", "start", "continue", "resume"})
"""Light verbs whose subject may be the event itself: "talks began"."""
FORCES: Final = frozenset({"MIL", "COP", "GOV", "SPY", "PRM"})
"""Sectors that arrest where others abduct, and close the roads that others block."""
OWN: Final = frozenset({("RETREAT", "withdraw"), ("RETREAT", "resign"), ("RETREAT", "disarm")})
GIVEN_TO: Final = ("on", "to", "against")
"""Prepositions behind a light verb for who gets what it gives."""
SUFFERED: Final = frozenset(
    {"release", "arrest", "abduct", "targeted", "deport", "convict", "torture", "beat", "sexual"}
)
"""Modes whose noun is owned by who suffers it, where that is no state or body."""
AFTER: Final = frozenset({"by", "of", "on", "against", "into", "over", "between"})


def read(scenes: Scenes, telling: Telling) -> None:
    """Fill in the parties and tolls that the trigger's own clause or phrase names."""
    if telling.is_verb:
        _read_verb(scenes, telling)
    else:
        _read_noun(scenes, telling)
    if telling.mode == "third-party":
        telling.mediators.extend(telling.actors)
        telling.actors = []


def _read_verb(scenes: Scenes, telling: Telling) -> None:
    verb, trigger = telling.token, telling.trigger
    subject, given = _arguments(telling)
    told = trigger.lemma.split()[1:]
    if trigger.mutual:
        given = [w for w in given if not any(c.lower in told for c in words.contents(w))]
    telling.words = [verb, *given]
    if trigger.mutual and syntax.obliques(verb, "between", "among"):
        subject = None  # those between whom it is, not who looks on
    if subject is not None:
        telling.actors.extend(_parties(scenes, subject))
        telling.words.append(subject)
    _count(telling, given)
    means.read(scenes, telling, subject)
    if trigger.mutual:
        telling.taken = given
        for other in (*syntax.obliques(verb, *TOGETHER), *given):
            telling.actors.extend(_parties(scenes, other))
        return
    telling.taken = _taken(scenes, telling, given)
    robbed = syntax.obliques(verb, "from") if verb.lemma in verbs("seizing") else []
    cut = trigger.lemma in verbs("suspending")
    robbed += syntax.obliques(verb, "to", "with", "from", "against") if cut else []
    for taker in (*telling.taken, *robbed):
        telling.recipients.extend(_parties(scenes, taker, struck=telling.is_violent))
    _suit(scenes, telling)


def _suit(scenes: Scenes, telling: Telling) -> None:
    """The mode that those it is done to tell: people are abducted and freed, roads closed."""
    kinds = {scenes.cast.of(mention).kind for mention in telling.recipients}
    sectors = {scenes.cast.of(mention).sector for mention in telling.actors}
    if telling.trigger.lemma in verbs("snatching") and kinds and kinds <= {"Person"}:
        telling.mode = "abduct" if not sectors & FORCES else telling.mode
    if telling.mode == "return" and kinds and kinds <= {"Person", "Group"}:
        telling.mode = "release"
    if telling.mode == "obstruct":
        telling.recipients = []
    if telling.mode == "obstruct" and sectors & FORCES:
        telling.trigger = replace(telling.trigger, event_type="COERCE", mode="restrict")
        telling.mode = "restrict"


def _taken(scenes: Scenes, telling: Telling, given: list[Word]) -> list[Word]:
    """What the verb is done to: its objects, or what stands behind its prepositions."""
    if telling.trigger.recipient:
        return syntax.obliques(telling.token, *telling.trigger.recipient)
    if given or not telling.is_assault or syntax.is_passive(telling.token):
        return given
    aimed = syntax.obliques(telling.token, "at", "on", "against")
    return [word for word in aimed if not scenes.cast.is_dated(word)]  # "fired at the crowd"


def _arguments(telling: Telling) -> tuple[Word | None, list[Word]]:
    """Who does what the verb says, and to whom, whatever its voice."""
    verb = telling.token
    if verb.dep == "conj" and verb.tag == "VBN" and _number(verb) is not None:
        return None, []  # "two were killed and five wounded"
    subject = syntax.subject(verb)
    undergone = [subject] if subject is not None else []
    if verb.lemma in verbs("dying"):
        return None, undergone
    if telling.trigger.lemma in verbs("undergoing"):
        return syntax.first(syntax.obliques(verb, "from", "by")), undergone
    if syntax.is_passive(verb):
        return syntax.agent(verb), undergone
    return subject, given_to(verb)


def given_to(verb: Word) -> list[Word]:
    """The objects of an active verb, also where a co-ordinated one shares them."""
    return syntax.objects(verb) or _shared_objects(verb)


def _shared_objects(verb: Word) -> list[Word]:
    """Objects of a co-ordinated verb that stand on the last one: "attacked and seized the hill"."""
    if syntax.is_passive(verb):
        return []
    for child in syntax.children(verb, "conj"):
        if child.pos == "VERB" and not syntax.children(child, "nsubj", "nsubj:pass"):
            return syntax.objects(child)
    return []


def _count(telling: Telling, victims: Sequence[Word]) -> None:
    """How many the verb kills or hurts: its victims, or its own number ("five wounded")."""
    verb = telling.token
    fatal = verb.lemma in verbs("killing") or (verb.lemma in verbs("fatal") and _kills(verb))
    if not fatal and verb.lemma not in verbs("hurting"):
        return
    number = _number(verb)
    counted = (tolls.of(word) for word in ([number] if number is not None else victims))
    toll = next((toll for toll in counted if toll), None)
    if fatal:
        telling.killed = toll
    else:
        telling.injured = toll


def _number(verb: Word) -> Word | None:
    """The bare number that a participle counts: the five of "and five wounded"."""
    before = verb.tree.words[verb.i - 1] if verb.i > verb.sent.start else None
    counted = verb.tag == "VBN" and before is not None and before.pos == "NUM"
    return before if counted and before is not None and before.dep != "obj" else None


def _kills(verb: Word) -> bool:
    """Whether those shot were shot dead; the other fatal verbs need not say so."""
    return verb.lemma != "shoot" or any(child.lower == "dead" for child in verb.rights)


def _read_noun(scenes: Scenes, telling: Telling) -> None:
    noun, trigger = telling.token, telling.trigger
    telling.words = [noun]
    for child in (*noun.children, *phrases_after(noun)):
        case = syntax.case_of(child)
        mentions = _parties(scenes, child) if child.dep != "amod" else ()
        own = case == "of" and (trigger.mutual or _is_own(trigger))
        together = trigger.mutual and case in TOGETHER
        if child.dep == "nmod:poss" and _is_done_to(scenes, telling, mentions):
            telling.recipients.extend(mentions)
        elif child.dep == "nmod:poss" or case == "by" or own or together:
            telling.actors.extend(mentions)
        elif case in (trigger.recipient or VICTIM):
            telling.recipients.extend(_parties(scenes, child, struck=telling.is_violent))
        else:
            continue
        telling.words.append(child)
    _modifiers(scenes, telling)
    _broker(scenes, telling)
    _lend(scenes, telling)


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
    """ "A Russian airstrike", "Kesh-brokered truce": adjectives that name a party."""
    nations = scenes.cast.nations
    for child in syntax.children(telling.token, "amod", "compound"):
        if child.pos == "VERB":
            _led(scenes, telling, child)
        elif not telling.actors and (country := nations.adjective(child)):
            key = scenes.cast.state(child, country)
            telling.actors.append(Mention(key, syntax.char_span([child])))


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
    passive = bool(role) and syntax.is_passive(verb)
    subject = syntax.agent(verb) if passive else syntax.subject(verb) if role else None
    if not role or not _is_lent(noun, role, behind, passive=passive):
        return
    telling.light = verb
    scenes.lights.setdefault(verb.i, telling)
    telling.words.append(verb)
    if subject is not None and subject is not noun:
        _join(scenes, telling, subject, role)
        telling.words.append(subject)
    for given in (*syntax.children(verb, "iobj"), *syntax.obliques(verb, *GIVEN_TO)):
        if telling.trigger.event_type in {"AID", "SANCTION", "COERCE"} and given is not noun:
            telling.recipients.extend(_parties(scenes, given, struck=telling.is_violent))


def _is_lent(noun: Word, role: str, behind: tuple[str, ...], *, passive: bool) -> bool:
    """Whether the noun stands where the light verb takes its event."""
    if noun.dep == "obl":
        return "*" in behind or syntax.case_of(noun) in behind
    if noun.dep in {"nsubj", "nsubj:pass"}:
        return passive or role == "event" or noun.head.lemma in INTRANSITIVE
    return noun.dep == "obj" and role != "event"


def _join(scenes: Scenes, telling: Telling, who: Word, role: str) -> None:
    side = telling.mediators if role == "mediator" else telling.actors
    side.extend(_parties(scenes, who))


def _parties(scenes: Scenes, token: Word, *, struck: bool = False) -> tuple[Mention, ...]:
    """Actors only: no documents, no "others", and no place where an act happens.

    A capital that is struck is a place; one that acts is a government.
    """
    barred = [
        naming.phrase_span(p) for p in syntax.conjuncts(token) if _is_barred(scenes, p, struck)
    ]
    in_place = scenes.places.is_place(token)
    return tuple(
        mention
        for mention in (scenes.cast.parties(token) if not _is_barred(scenes, token, struck) else ())
        if (kind := scenes.cast.of(mention).kind) != "Document"
        and not (in_place and kind != "State")
        and mention.span not in barred
    )


def _is_barred(scenes: Scenes, token: Word, struck: bool) -> bool:
    """Whether a phrase names no party: others, numbers, a thing, a capital that is struck."""
    if token.lemma == "other" or syntax.is_nobody(token):
        return True
    if not struck:
        return False
    if token.lower in quantifiers("part"):
        return not any(syntax.case_of(child) == "of" for child in token.rights)
    if scenes.places.is_place(token) and scenes.cast.nations.is_seat(token):
        return True
    thing = naming.noun_at(token) is None and token.pos == "NOUN"
    return thing and token.lemma not in things()  # "attacked the government's budget"
