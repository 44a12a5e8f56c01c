"""Who does it, to whom, and who stands between: the parties of an event."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import Final

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.events import means, nouns, tolls, who, words
from kg.extract.events.tellings import Scenes, Telling
from kg.extract.lexicon import verbs
from kg.extract.tree import Word
from kg.model import Mention

INSIDE: Final = frozenset({"in", "inside", "into"})
TOGETHER: Final = ("between", "with", "against", "among")
BOTH: Final = frozenset({"and", "or", "and/or"})
DEFIED: Final = ("of", "at", "for", "with", "to", "against", "towards", "toward", "over")
FORCES: Final = frozenset({"MIL", "COP", "GOV", "SPY", "PRM"})
"""Sectors that arrest where others abduct, and close the roads that others block."""


def read(scenes: Scenes, telling: Telling) -> None:
    """Fill in the parties and tolls that the trigger's own clause or phrase names."""
    if telling.is_verb:
        _read_verb(scenes, telling)
    else:
        nouns.read(scenes, telling)
    if telling.trigger.event_type == "PROTEST" and not telling.recipients:
        for word in _defied(telling):
            if scenes.at(word) is None:  # not "anger at the killing of a boy"
                telling.recipients.extend(who.reached(scenes, telling, word))
    if telling.mode == "third-party":
        telling.mediators.extend(telling.actors or telling.recipients)
        between = syntax.obliques(telling.token, "between", "among") if telling.is_verb else []
        telling.actors = [one for word in between for one in who.parties(scenes, word)]
        telling.recipients = []


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
        telling.actors.extend(who.parties(scenes, subject))
        if telling.is_assault and not telling.actors and means.is_deed(scenes, subject):
            telling.actors.extend(_whose(scenes, subject))
        telling.words.append(subject)
    _count(telling, given)
    means.read(scenes, telling, subject)
    if trigger.mutual:
        telling.taken = given
        for other in (*syntax.obliques(verb, *TOGETHER), *given):
            telling.actors.extend(who.parties(scenes, other))
        return
    telling.taken = _taken(scenes, telling, given)
    robbed = syntax.obliques(verb, "from") if verb.lemma in verbs("seizing") else []
    cut = trigger.lemma in verbs("suspending")
    ties = [inner for thing in given for inner in words.contents(thing)[1:]] if cut else []
    for tie in (verb, *ties) if cut else ():
        robbed += syntax.obliques(tie, "to", "with", "from", "against", *(("for",) if ties else ()))
    for taker in (*telling.taken, *robbed):
        if not (telling.is_assault and syntax.case_of(taker) in INSIDE):  # "went off in Kesh"
            telling.recipients.extend(who.reached(scenes, telling, taker))
    if trigger.recipient and trigger.event_type == "SANCTION" and not telling.recipients:
        telling.recipients.extend(one for w in given for one in who.reached(scenes, telling, w))
    telling.targets.extend(t for w in telling.taken for t in who.targets(telling, w))
    _suit(scenes, telling)


def _whose(scenes: Scenes, weapon: Word) -> Iterator[Mention]:
    """Whose weapon it is: "Kesh's drones", "a Kesh missile", "shells fired by rebels"."""
    for used in syntax.children(weapon, "acl"):
        sent = used.tag == "VBN" and used.lemma in verbs("launching")
        by = syntax.agent(used) if sent else None
        if by is not None:
            yield from who.parties(scenes, by)
            return
    for child in syntax.children(weapon, "amod", "compound", "nmod:poss"):
        country = scenes.cast.nations.adjective(child)
        if country:
            yield Mention(scenes.cast.state(child, country), syntax.char_span([child]))
            return
        if child.dep == "nmod:poss":
            yield from who.parties(scenes, child)


def _suit(scenes: Scenes, telling: Telling) -> None:
    """The mode that those it is done to tell: people are abducted and freed, roads closed."""
    kinds = {scenes.cast.of(mention).kind for mention in telling.recipients}
    sectors = {scenes.cast.of(mention).sector for mention in telling.actors}
    if telling.trigger.lemma in verbs("snatching") and kinds and kinds <= {"Person"}:
        telling.mode = "abduct" if not sectors & FORCES else telling.mode
    if telling.mode == "return" and kinds and kinds <= {"Person", "Group"}:
        telling.mode = "release"
    if telling.trigger.lemma == "protest" and any(
        scenes.cast.of(mention).kind == "State" for mention in telling.actors
    ):  # a government's protest is made in words
        telling.trigger = replace(telling.trigger, event_type="ACCUSE", mode="disapprove")
        telling.mode = "disapprove"
    if telling.mode == "obstruct":
        telling.recipients = []
    if telling.mode == "obstruct" and sectors & FORCES:
        telling.trigger = replace(telling.trigger, event_type="COERCE", mode="restrict")
        telling.mode = "restrict"


def _taken(scenes: Scenes, telling: Telling, given: list[Word]) -> list[Word]:
    """What the verb is done to: its objects, or what stands behind its prepositions."""
    if telling.trigger.recipient:
        held = [inner for thing in given for inner in words.contents(thing)[1:]]
        behind = [c for thing in held for c in syntax.children(thing, "nmod")]
        given_to = [c for c in behind if syntax.case_of(c) in telling.trigger.recipient]
        reached = [*syntax.obliques(telling.token, *telling.trigger.recipient), *given_to]
        return [_whole(word) for word in (*reached, *_endowed(telling.token))]
    if telling.trigger.event_type == "PROTEST" and not given:
        return syntax.obliques(telling.token, "against", "at", "over", "to")
    if given or not telling.is_assault or syntax.is_passive(telling.token):
        return given
    aimed = syntax.obliques(telling.token, "at", "on", "against")
    return [word for word in aimed if not scenes.cast.is_dated(word)]  # "fired at the crowd"


def _endowed(verb: Word) -> list[Word]:
    """ "Sent Kesh flour", "Kesh was sent flour": who gets the object, as another one or subject."""
    if syntax.is_passive(verb) and syntax.objects(verb):
        return syntax.children(verb, "nsubj:pass")
    return syntax.children(verb, "iobj") if syntax.child(verb, "obj") else []


def _defied(telling: Telling) -> Iterator[Word]:
    """ "To show their anger at Kesh", "in defiance of Kesh": against whom protesters set it."""
    verb = telling.light or telling.token
    for clause in syntax.children(verb, "advcl"):
        if any(thing.lemma in verbs("defying") for thing in syntax.objects(clause)):
            yield from syntax.obliques(clause, *DEFIED)
    for stance in syntax.obliques(verb, "in"):
        if stance.lemma in verbs("defying"):
            yield from (c for c in stance.rights if syntax.case_of(c) in DEFIED)


def _whole(word: Word) -> Word:
    """ "In front of the bank", "at the gates of the bank": the bank."""
    inner = (c for c in word.rights if c.dep == "nmod" and syntax.case_of(c) == "of")
    return next(inner, word) if naming.is_beside(word) else word


def _arguments(telling: Telling) -> tuple[Word | None, list[Word]]:
    """Who does what the verb says, and to whom, whatever its voice."""
    verb = telling.token
    if verb.dep == "conj" and verb.tag == "VBN" and _number(verb) is not None:
        return None, []  # "two were killed and five wounded"
    if verb.tag == "VBG" and not syntax.objects(verb) and syntax.case_of(verb) == "by":
        return None, syntax.obliques(verb, "of")  # "appalled by killing of civilians"
    subject = syntax.subject(verb)
    undergone = [subject] if subject is not None else []
    if telling.trigger.lemma in verbs("dying"):
        return None, undergone
    if telling.trigger.lemma in verbs("undergoing"):
        return syntax.first(syntax.obliques(verb, "from", "by")), undergone
    if syntax.is_passive(verb):
        return syntax.agent(verb), undergone
    return subject, _bereft(verb) if telling.trigger.lemma in verbs("bereaving") else given_to(verb)


def _bereft(verb: Word) -> list[Word]:
    """ "Claimed the lives of two men", "cost two men their lives": whose lives they were."""
    lives = given_to(verb)
    inside = [c for life in lives for c in life.rights if syntax.case_of(c) == "of"]
    return syntax.children(verb, "iobj") or inside or lives


def given_to(verb: Word) -> list[Word]:
    """The objects of an active verb, also where a co-ordinated one shares them."""
    return syntax.objects(verb) or _shared_objects(verb)


def _shared_objects(verb: Word) -> list[Word]:
    """Objects behind co-ordinated verbs, which hang on one: "attacked and seized the hill"."""
    if syntax.is_passive(verb):
        return []
    if verb.dep == "conj" and verb.head.pos == "VERB":
        return [thing for thing in syntax.objects(verb.head) if thing.i > verb.i]
    for child in syntax.children(verb, "conj"):
        between = verb.tree.words[verb.i + 1 : child.i]
        near = all(w.is_punct or w.dep in {"cc", "conj", "advmod"} for w in between)
        if child.pos == "VERB" and near and not syntax.child(child, "nsubj", "nsubj:pass"):
            return syntax.objects(child)
    return []


def _count(telling: Telling, victims: Sequence[Word]) -> None:
    """How many the verb kills or hurts: its victims, or its own number ("five wounded")."""
    verb = telling.token
    fatal = bool({verb.lemma, telling.trigger.lemma} & verbs("killing"))
    fatal = fatal or (verb.lemma in verbs("fatal") and _kills(verb))
    if not fatal and verb.lemma not in verbs("hurting"):
        return
    number = _number(verb)
    people = [one for word in victims for one in who.without_beasts(word)]
    counted = (tolls.of(word) for word in ([number] if number is not None else people))
    toll = next((toll for toll in counted if toll), None)
    toll = tolls.among(toll) if toll is not None and _is_of_both(verb) else toll
    if fatal:
        telling.killed = toll
    else:
        telling.injured = toll


def _is_of_both(verb: Word) -> bool:
    """ "Thirty were killed or wounded": how many of them were killed is not told."""
    others = [verb.head] if verb.dep == "conj" else []
    others += syntax.children(verb, "conj")
    beside = (word for word in others if _is_next(verb, word))
    harm = verbs("killing") | verbs("hurting")
    deadly = verb.lemma in verbs("killing")
    return any(w.lemma in harm and (w.lemma in verbs("killing")) != deadly for w in beside)


def _is_next(one: Word, other: Word) -> bool:
    between = one.tree.words[min(one.i, other.i) + 1 : max(one.i, other.i)]
    return all(word.lower in BOTH for word in between)


def _number(verb: Word) -> Word | None:
    """The bare number that a participle counts: the five of "and five (more) wounded"."""
    near = [word for word in verb.tree.words[verb.sent.start : verb.i] if word.lower != "more"]
    before = near[-1] if near else None
    counted = verb.tag == "VBN" and before is not None and before.pos == "NUM"
    return before if counted and before is not None and before.dep != "obj" else None


def _kills(verb: Word) -> bool:
    """Whether those shot were shot dead; the other fatal verbs need not say so."""
    return verb.lemma != "shoot" or any(child.lower == "dead" for child in verb.rights)
