"""Tolls brought up to date in a clause of their own: "the toll from the raid rose to 17"."""

from collections.abc import Iterator
from typing import Final

from kg.extract import negation, syntax
from kg.extract.events import following, tolls
from kg.extract.events.tellings import Scenes, Telling, length
from kg.extract.lexicon import verbs
from kg.extract.tree import Word
from kg.model import Toll

COUNTS: Final = frozenset({"toll", "number", "total", "tally"})
HURT: Final = frozenset({"injured", "wounded", "hurt", "injuries"})
DEAD: Final = frozenset({"death", "dead", "killed", "deaths", "fatalities", "died", "victims"})
DEATHS: Final = frozenset({"death", "martyrdom", "fatality"})
INJURIES: Final = frozenset({"injury", "wounding"})
RESULTS: Final = frozenset({"to", "in"})
TO: Final = ("to", "at")
BARE: Final = COUNTS | HURT | DEAD | {"the", "its", "of", "those", "people", "casualties"}
"""What a toll may consist of that is of the attack just told: no "overall", no "rebel"."""
UNTRUE: Final = frozenset({"deny", "reject"})
MOST: Final = 10
"""How many times more dead than told before an attack may come to have."""
FEW: Final = 3
"""The same where it is the toll of a town, which may have been attacked before."""
PRECISE: Final = frozenset({"point", "settlement", "district", "vague"})
MANY: Final = 1_000
"""As many dead as a war has, where no toll was told with the attack."""


def read(scenes: Scenes) -> None:
    """Give each such toll to the event whose toll it is: the one it names, or the one just told."""
    _outcomes(scenes)
    for count in scenes.tree:
        if count.lemma not in COUNTS or not _is_told(scenes, count.head):
            continue
        number = _number(count)
        toll = tolls.of(number) if number is not None else None
        if toll is not None:
            _give(scenes, count, toll)


def _give(scenes: Scenes, count: Word, toll: Toll) -> None:
    inside = syntax.subtree(count)
    said = {word.lower for word in inside}
    hurt = bool(said & HURT) and not said & DEAD
    named = syntax.first(_events(scenes, inside))
    if named is not None:
        if said & (DEAD | HURT) and _is_said_alike(scenes, count, named):
            _count(named, toll, hurt=hurt)
    elif said & (DEAD | HURT) or count.lemma == "toll":
        told = following.of(scenes, count)
        if told is not None and _may_be_of(scenes, count, told):
            there = _there(scenes, count, told)
            bare = {word.lower for word in inside if word not in there} <= BARE
            if bare and (not there or _is_near(told, toll, hurt=hurt)):
                _raise(told, toll, hurt=hurt)


def _is_told(scenes: Scenes, verb: Word) -> bool:
    """Whether a clause says what a toll came to: no "if", no rumour, nothing that may be."""
    while _is_real(verb) and not syntax.is_question(verb):
        bringing = verb.dep == "advcl" and verb.tag == "VBG" and not syntax.marks(verb)
        said = verb.dep == "ccomp" and bool(scenes.contents.at(verb.idx))
        if verb.dep != "conj" and not bringing and not said:
            return verb.head is verb
        verb = verb.head
    return False


def _is_said_alike(scenes: Scenes, count: Word, attack: Telling) -> bool:
    """Whether the toll is told by whoever tells the attack, and is not what is denied."""
    said = min(scenes.contents.at(count.idx), key=length, default=None)
    if said is not None and said.statement.act in UNTRUE:
        return False
    return said is scenes.said_in(attack)


def _may_be_of(scenes: Scenes, count: Word, attack: Telling) -> bool:
    """Whether nothing speaks against it: another's word, a place, a time."""
    if not _is_said_alike(scenes, count, attack):
        return False
    return not (
        following.is_elsewhere(scenes, count, attack.place) or following.is_dated(scenes, count)
    )


def _there(scenes: Scenes, count: Word, attack: Telling) -> list[Word]:
    """ "The death toll in Orm": the words that name the town that the attack was in."""
    if attack.place is None or scenes.places.found[attack.place.ref].precision not in PRECISE:
        return []
    inside = (c for c in syntax.children(count, "nmod") if syntax.case_of(c) == "in")
    town = attack.place.span.of(scenes.text)
    return next((syntax.subtree(c) for c in inside if c.text == town), [])


def _is_near(attack: Telling, toll: Toll, *, hurt: bool) -> bool:
    """Whether a town's toll may be that of its last attack alone, few more than were told."""
    before = attack.injured if hurt else attack.killed
    return before is not None and _least(toll) <= FEW * _least(before)


def _outcomes(scenes: Scenes) -> None:
    """Give an attack what it led to: "caused 12 deaths", "led to the injury of seven others"."""
    for noun in scenes.tree:
        if noun.lemma not in DEATHS | INJURIES:
            continue
        first = noun.head if noun.dep == "conj" else noun
        verb = first.head
        taken = first.dep == "obj" or syntax.case_of(first) in RESULTS
        if not taken or verb.lemma not in verbs("causing") or not _is_real(verb):
            continue
        inside = (c for c in noun.rights if syntax.case_of(c) == "of")
        toll = tolls.of(next(inside, noun))
        cause = _cause(scenes, verb)
        if toll is not None and cause is not None:
            _count(cause, toll, hurt=noun.lemma in INJURIES)


def _is_real(verb: Word) -> bool:
    return not (negation.negated(verb) or syntax.auxiliaries(verb) & following.UNREAL)


def _cause(scenes: Scenes, verb: Word) -> Telling | None:
    """The attack that is its subject, or that the clause before its "which" tells."""
    subject = syntax.subject(verb)
    known = scenes.at(subject) if subject is not None else None
    if known is None and verb.dep in {"acl:relcl", "advcl"}:
        found = (scenes.at(above) for above in syntax.ancestors(verb))
        known = next((one for one in found if one is not None), None)
    return known if known is not None and known.is_assault else None


def _count(telling: Telling, toll: Toll, *, hurt: bool) -> None:
    if hurt:
        telling.injured = telling.injured or toll
    else:
        telling.killed = telling.killed or toll


def _raise(telling: Telling, toll: Toll, *, hurt: bool) -> None:
    """What the toll has come to takes the place of a lower one, where that is no war's.

    Where only hurt people were told of, those dead may be another attack's.
    """
    before = telling.injured if hurt else telling.killed
    if before is not None and not _least(before) <= _least(toll) <= MOST * _least(before):
        return
    if before is None and ((telling.injured and not hurt) or _least(toll) >= MANY):
        return
    if hurt:
        telling.injured = toll
    else:
        telling.killed = toll


def _least(toll: Toll) -> int:
    return toll.best or toll.least or toll.most or 0


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


def _number(count: Word) -> Word | None:
    """What it has come to: "rose to 17", "reached at least 17 people", "is now 17"."""
    verb = count.head
    if count.dep in syntax.SUBJECTS and syntax.child(verb, "cop"):
        return verb if verb.pos == "NUM" else None
    rising = count.dep in syntax.SUBJECTS and verb.lemma in verbs("rising")
    brought = count.dep == "obj" and verb.lemma in verbs("bringing")
    ends = syntax.children(verb, "obj") if rising else []
    ends += syntax.obliques(verb, *TO) if rising or brought else []
    counted = (w for w in ends if w.pos == "NUM" or syntax.child(w, "nummod"))
    return syntax.first(counted)


def _events(scenes: Scenes, inside: list[Word]) -> Iterator[Telling]:
    for word in inside:
        found = scenes.at(word)
        if found is not None and found.is_assault:
            yield found
