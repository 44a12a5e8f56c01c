"""One event, one telling: words of a clause that tell the same event become one."""

from collections.abc import Iterator
from typing import Final

from kg.extract import negation, syntax
from kg.extract.events import following, means, words
from kg.extract.events.tellings import Scenes, Telling, refs
from kg.extract.lexicon import cues, verbs
from kg.extract.tree import Word
from kg.model import Mention

SUBJECTS: tuple[str, str] = ("nsubj", "nsubj:pass")
BEFORE: Final = frozenset({"after", "since", "before", "until"})
"""What opens a clause whose dead are not those of the event that it hangs on."""


def merge(scenes: Scenes) -> None:
    """Fold tellings of the same event into one.

    A toll goes to what caused it ("shelled the town, killing five", "clashes that killed
    five"); an event noun to the verb of its own type ("met for talks").
    """
    for index in sorted(scenes.open):
        telling = scenes.open[index]
        host = _host(scenes, telling)
        if host is not None and host is not telling:
            _fold(telling, host)
            scenes.hosts[index] = host
            del scenes.open[index]
        elif host is None:
            _lean(scenes, telling)


def _lean(scenes: Scenes, telling: Telling) -> None:
    """ "Rammed a van into the gate on Monday, killing five": the whole clause tells it."""
    token, above = telling.token, telling.token.head
    counted = telling.killed is not None or telling.injured is not None
    plain = above.pos == "VERB" and above.lemma not in cues() and scenes.at(above) is None
    if counted and plain and token.dep == "advcl" and token.tag == "VBG":
        telling.light = above
        telling.words.append(above)
        scenes.lights.setdefault(above.i, telling)


def _fold(telling: Telling, host: Telling) -> None:
    host.killed = host.killed or telling.killed
    host.injured = host.injured or telling.injured
    if host.trigger.event_type == telling.trigger.event_type:
        named = _is_named_in(telling.token, host)  # the hunger strike of "went on hunger strike"
        host.mode = (named and telling.mode) or host.mode or telling.mode
    host.accident = host.accident or telling.accident
    host.folded.append(telling.token)
    host.taken.extend(telling.taken)
    host.targets.extend(telling.targets)
    counted = telling.killed is not None or telling.injured is not None
    if not (counted and host.recipients):
        _add(host.recipients, telling.recipients)
    _add(host.mediators, telling.mediators)
    if not host.actors:
        _add(host.actors, [a for a in telling.actors if a.ref not in refs(host.recipients)])
    host.words.extend(telling.words)


def _add(mine: list[Mention], theirs: list[Mention]) -> None:
    mine.extend(m for m in theirs if m.ref not in refs(mine))


def _host(scenes: Scenes, telling: Telling) -> Telling | None:
    token = telling.token
    hanging = words.measured(token)
    if token.dep == "acl:relcl" and token.head.dep == "nmod":
        hanging = token.head
    above = scenes.at(_over(hanging)) if hanging.head != hanging else None
    if negation.negated(token):
        return None
    if above is not None and above.is_verb and _is_named_in(token, above):
        return above
    if {token.lemma, telling.trigger.lemma} & (verbs("killing") | verbs("hurting")):
        if above is not None and above.is_assault and _goes_on(scenes, telling, above):
            return above
        return _cause(scenes, token) or following.casualties(scenes, telling)
    if telling.mode == "destroy" and telling.is_verb:
        part = above if above and _is_part(telling, above) else None
        return _cause(scenes, token) or part or following.casualties(scenes, telling)
    return above if above is not None and _is_part(telling, above) else None


def _over(word: Word) -> Word:
    """The word above; of the wounded of "left ten dead and two wounded" the verb that left them."""
    above = word.head
    joined = word.dep == "conj" and above.dep == "xcomp" and above.lemma in verbs("dying")
    return above.head if joined else above


def _is_named_in(noun: Word, above: Telling) -> bool:
    """Whether the noun makes up the trigger with its verb: the ban of "lifted the ban on Kesh"."""
    return bool({noun.lower, noun.lemma} & set(above.trigger.lemma.split()[1:]))


def _goes_on(scenes: Scenes, telling: Telling, above: Telling) -> bool:
    """Whether a toll is that of the event it hangs on, not of what somebody else then did."""
    token = telling.token
    if token.dep not in {"advcl", "xcomp", "conj"} or syntax.marks(token) & BEFORE:
        return False
    undergone = syntax.is_passive(token) or telling.trigger.lemma in verbs("dying")
    doer = syntax.agent(token) if undergone else syntax.child(token, "nsubj")
    if doer is None or doer.pos == "PRON":
        cause = _cause(scenes, token)
        return cause is None or cause is above or _is_meant(cause.token)
    told = scenes.at(doer)
    if told is not None or means.is_weapon(doer):
        return _is_meant(doer) if told is not None else means.weapon(doer) == above.mode
    return bool(telling.actors) and refs(telling.actors) <= refs(above.actors)


def _is_meant(event: Word) -> bool:
    """ "And the attack killed five": the one just told, where nothing else is said of it."""
    definite = any(child.lower in {"the", "this", "that"} for child in event.lefts)
    return definite and all(child.dep in {"case", "det", "punct"} for child in event.children)


def _is_part(telling: Telling, above: Telling) -> bool:
    """Whether a word tells the event of its own type that it hangs on once more."""
    token = telling.token
    if above.trigger.event_type != telling.trigger.event_type:
        return False
    if not telling.is_verb:
        hits = above.mode is None and above.trigger.lemma not in verbs("killing") | verbs("hurting")
        alike = telling.mode is not None and (hits or telling.mode == above.mode)
        own = token.dep == "nsubj" and alike  # "a car bomb exploded", "the drone attack hit"
        return own or words.measured(token).dep in {"obj", "obl"}
    if token.dep == "acl" and not above.is_verb:
        return True  # "talks mediated by Kesh"
    if token.dep == "acl:relcl":
        return _once_more(telling, above)
    if syntax.child(token, *SUBJECTS):
        return False
    alike = None in (telling.mode, above.mode) or telling.mode == above.mode
    shared = alike and refs(above.recipients) & refs(telling.recipients)  # not "held and deported"
    return bool(token.dep == "conj" and shared) or token.dep in {"advcl", "xcomp"}


def _once_more(telling: Telling, above: Telling) -> bool:
    """ "The detention of Ada Lane, who was arrested in May": the same done to the same."""
    return telling.mode == above.mode and bool(refs(telling.recipients) & refs(above.recipients))


def _cause(scenes: Scenes, verb: Word) -> Telling | None:
    """The event that killed: subject of the verb, or the noun behind "in"."""
    subject = syntax.agent(verb) if syntax.is_passive(verb) else syntax.subject(verb)
    causes = [*([subject] if subject is not None else []), *syntax.children(verb, "csubj")]
    for toll in (verb, *_also_harmed(verb)):
        causes.extend(syntax.obliques(toll, "in", "during", "by", "from", "after"))
        for result in syntax.obliques(toll, "as"):
            causes.extend(syntax.children(result, "nmod"))  # "as a result of a raid"
        clauses = syntax.children(toll, "advcl")
        causes.extend(c for c in clauses if syntax.marks(c) & {"when", "as", "after"})
    for cause in (inner for one in causes for inner in reversed(words.contents(one))):
        one_of = syntax.children(cause, "nmod") if cause.pos == "NUM" else []
        found = scenes.at(one_of[0] if one_of else cause)
        if found is not None and found is not scenes.at(verb) and found.is_assault:
            return found
    crashed = means.crash(verb)
    downed = means.downed_by(scenes, crashed, verb) if crashed is not None else None
    if downed is not None and downed is not scenes.at(verb):
        return downed
    relative = syntax.children(verb, "nsubj")
    if verb.dep == "acl:relcl" and relative and relative[0].pos == "PRON":
        return _before(scenes, verb)
    inside = (c for c in syntax.obliques(verb, "in", "during") if c.tag == "WDT")
    if verb.dep == "acl:relcl" and syntax.first(inside) is not None:
        return _last_before(scenes, verb)  # "a raid on the camp, in which five were killed"
    return None


def _also_harmed(verb: Word) -> Iterator[Word]:
    """Verbs beside this one that may name its cause: "two were killed in a raid, four wounded"."""
    for beside in syntax.children(verb, "conj", "advcl", "parataxis"):
        harmed = beside.lemma in verbs("killing") | verbs("hurting") and beside.tag == "VBN"
        if beside.dep == "conj" or (harmed and not syntax.marks(beside)):
            yield beside


def _before(scenes: Scenes, verb: Word) -> Telling | None:
    """ "Clashes last month that killed 20": the last armed event before the clause."""
    return _last_before(scenes, verb) if not scenes.cast.resolve(verb.head) else None


def _last_before(scenes: Scenes, verb: Word) -> Telling | None:
    before = range(verb.i - 1, verb.sent.start - 1, -1)
    told = (scenes.hosts.get(i) or scenes.open.get(i) for i in before)
    return syntax.first(one for one in told if one is not None and one.is_assault)
