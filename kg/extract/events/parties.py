"""Who does it, to whom, and who stands between: the parties of an event."""

from collections.abc import Sequence
from typing import Final

from kg.extract import syntax
from kg.extract.events import tolls
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.lexicon import light_verbs, verbs
from kg.extract.tree import Word
from kg.model import Mention

VICTIM: Final = ("of", "on", "against", "at", "upon")
TOGETHER: Final = frozenset({"between", "with", "of", "among"})
AFTER: Final = frozenset({"by", "of", "on", "against", "into", "over", "between"})


def read(scenes: Scenes, telling: Telling) -> None:
    """Fill in the parties and tolls that the trigger's own clause or phrase names."""
    if telling.is_verb:
        _read_verb(scenes, telling)
    else:
        _read_noun(scenes, telling)


def _read_verb(scenes: Scenes, telling: Telling) -> None:
    verb, trigger = telling.token, telling.trigger
    subject, given = _arguments(verb)
    telling.words, telling.taken = [verb, *given], list(given)
    _count(telling, given)
    if subject is not None:
        telling.actors.extend(_parties(scenes, subject))
        telling.words.append(subject)
    if trigger.mutual:
        for other in (*syntax.obliques(verb, "with", "against"), *given):
            telling.actors.extend(_parties(scenes, other))
        return
    takers = given
    if trigger.recipient:
        takers = syntax.obliques(verb, *trigger.recipient)
    elif verb.lemma in verbs("seizing"):
        takers = [*given, *syntax.obliques(verb, "from")]
    for taker in takers:
        telling.recipients.extend(_parties(scenes, taker))


def _arguments(verb: Word) -> tuple[Word | None, list[Word]]:
    """Who does what the verb says, and to whom, whatever its voice."""
    subject = syntax.subject(verb)
    undergone = [subject] if subject is not None else []
    if verb.lemma in verbs("dying"):
        return None, undergone
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
    lemma = telling.token.lemma
    counted = (tolls.of(victim) for victim in victims)
    if lemma in verbs("killing"):
        telling.killed = next((toll for toll in counted if toll), None)
    elif lemma in verbs("hurting"):
        telling.injured = next((toll for toll in counted if toll), None)


def _read_noun(scenes: Scenes, telling: Telling) -> None:
    noun, trigger = telling.token, telling.trigger
    telling.words = [noun]
    for child in (*noun.children, *phrases_after(noun)):
        case = syntax.case_of(child)
        mentions = _parties(scenes, child) if child.dep != "amod" else ()
        if child.dep == "nmod:poss" or case == "by" or (trigger.mutual and case in TOGETHER):
            telling.actors.extend(mentions)
        elif case in (trigger.recipient or VICTIM):
            telling.recipients.extend(mentions)
        else:
            continue
        telling.words.append(child)
    _modifiers(scenes, telling)
    _broker(scenes, telling)
    _lend(scenes, telling)


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
    key = scenes.cast.resolve(owner) if owner is not None else None
    if owner is None or key is None:
        return
    mention = Mention(key, syntax.char_span([owner]))
    if light_verbs().get(participle.lemma) == "mediator":
        telling.mediators.append(mention)
    elif participle.lower == "led":
        telling.actors.append(mention)


def _broker(scenes: Scenes, telling: Telling) -> None:
    """ "A truce brokered by Kesh": who stands behind "by" lends a hand in it."""
    noun = telling.token
    behind = [noun.head] if noun.dep == "obl" and noun.i < noun.head.i else []
    for verb in (*syntax.children(noun, "acl", "acl:relcl"), *behind):
        role = light_verbs().get(verb.lemma)
        helper = syntax.agent(verb) if role is not None and verb.tag == "VBN" else None
        if helper is not None:
            _join(scenes, telling, helper, role)
            telling.words.extend([verb, helper])


def _lend(scenes: Scenes, telling: Telling) -> None:
    """A light verb's subject acts in its noun's event: "Kesh launched an offensive"."""
    noun, verb = telling.token, telling.token.head
    role = light_verbs().get(verb.lemma) if verb.pos == "VERB" else None
    if role is None or noun.dep not in {"obj", "nsubj:pass", "obl", "nsubj"}:
        return
    passive = syntax.is_passive(verb)
    if passive != (noun.dep in {"nsubj:pass", "nsubj"}) and noun.dep != "obj":
        return
    if noun.dep == "obl" and verb.lemma != "carry":
        return
    telling.light = verb
    telling.words.append(verb)
    subject = syntax.agent(verb) if passive else syntax.subject(verb)
    if subject is not None:
        _join(scenes, telling, subject, role)
        telling.words.append(subject)


def _join(scenes: Scenes, telling: Telling, who: Word, role: str | None) -> None:
    side = telling.mediators if role == "mediator" else telling.actors
    side.extend(_parties(scenes, who))


def _parties(scenes: Scenes, token: Word) -> tuple[Mention, ...]:
    """Actors only: no documents, and no place where an act happens."""
    in_place = scenes.places.is_place(token)
    return tuple(
        mention
        for mention in scenes.cast.parties(token)
        if (kind := scenes.cast.of(mention).kind) != "Document"
        and not (in_place and kind != "State")
    )
