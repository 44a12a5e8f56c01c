"""Who is accused or condemned, and of what: "accused X of …", "blamed it on X"."""

from typing import Final

from kg.extract import negation, syntax
from kg.extract.lexicon import Cue, triggers
from kg.extract.statements.finds import Find, Reading
from kg.extract.statements.spans import from_phrase, widen
from kg.extract.tree import Word

CHARGE: Final = frozenset({"xcomp", "advcl", "acl", "obl", "nmod", "ccomp"})
CASES: Final = {
    "accuse": {"of", "for", "over"},
    "deny": {"of", "for", "over"},
    "threaten": {"with"},
}
"""Act → the prepositions behind which the charge stands, where they are not "for" and "over"."""
RELATIVES: Final = frozenset({"WDT", "WP"})


def accusation(reading: Reading, verb: Word, frame: Cue) -> Find | None:
    """ "Accused X of …", "X was blamed for …", "blamed it on X"."""
    if syntax.is_passive(verb):
        target = syntax.child(verb, "nsubj:pass", "nsubj")
        target = target if target is not None else syntax.subject(verb)
    else:
        target = syntax.first(syntax.objects(verb))
    culprit = _culprit(verb, target) if frame.lemma == "blame" else None
    if culprit is not None and target is not None and reading.cast.resolve(culprit):
        return _blame_on(reading, verb, frame, (target, culprit))
    if frame.act == "deny":
        return _verdict(reading, verb, frame, target)
    if target is not None and target.tag in RELATIVES and _is_aside(verb, target):
        target = verb.head
    if target is None or target.tag in RELATIVES or negation.is_nobody(target):
        return None
    charge = _charge(verb, frame, target)
    known = reading.cast.resolve(target) is not None or _is_named(reading, target, charge)
    if not known and (charge is None or target.pos != "PRON"):
        return None
    if charge is None:
        bare = frame.frame == "target" or verb.lemma == "blame"
        return Find(verb, frame, None, [], target=target) if bare else None
    found = from_phrase(reading, verb, frame, charge)
    found.target = target if known else None
    return found


def _is_aside(verb: Word, target: Word) -> bool:
    """ "The minister, who is blamed for it", "the rebels, whom she accused"."""
    return verb.dep == "acl:relcl" and (syntax.is_passive(verb) or target.lower == "whom")


def _is_named(reading: Reading, target: Word, charge: Word | None) -> bool:
    """ "The Northern Column was accused of …": a name that none knows, but which is charged."""
    written = target.pos in {"NOUN", "PROPN"} and target.text[:1].isupper()
    if charge is None or not written or target.i == target.sent.start:
        return False
    return reading.cast.unknown(target) is not None


def against(reading: Reading, verb: Word, frame: Cue, culprit: Word) -> Find | None:
    """ "Put the blame for the fire on the army", "pointed the finger at the army"."""
    if reading.cast.resolve(culprit) is None:
        return None
    blamed = [c for c in syntax.children(verb, "obj") if c.i < culprit.i]
    behind = [c for what in (*blamed, verb) for c in what.children if syntax.case_of(c) == "for"]
    charge = syntax.first(c for c in behind if c.dep in CHARGE)
    find = (
        Find(verb, frame, None, []) if charge is None else from_phrase(reading, verb, frame, charge)
    )
    find.target = culprit
    return find


def _verdict(reading: Reading, verb: Word, frame: Cue, cleared: Word | None) -> Find | None:
    """ "Cleared the general of shelling the town": a deed, not the mines of a field."""
    charge = _charge(verb, frame, cleared) if cleared is not None else None
    deed = charge is not None and (charge.tag == "VBG" or (charge.lemma, "noun") in triggers())
    return from_phrase(reading, verb, frame, charge) if charge is not None and deed else None


def _culprit(verb: Word, blamed: Word | None) -> Word | None:
    """Who something is blamed on; not so what lies behind "for": "for the attack on the town"."""
    behind = [c for c in syntax.children(verb, "obl", "nmod", "advcl") if c.i > verb.i]
    if any(syntax.case_of(c) == "for" for c in behind):
        return None
    within = syntax.children(blamed, "nmod") if blamed is not None else []
    return syntax.first(c for c in reversed([*within, *behind]) if syntax.case_of(c) == "on")


def _charge(verb: Word, frame: Cue, target: Word) -> Word | None:
    """What the target is accused of: a clause before a noun, as its phrase may have an "of"."""
    cases = CASES.get(frame.act, {"for", "over"})
    completing = syntax.children(verb, "xcomp")  # "responsible for the deaths"
    completing += [who] if (who := syntax.agent(verb)) is not None else []  # "accused by X of …"
    found = [
        child
        for holder in (verb, target, *completing)
        for child in holder.children
        if child.i > verb.i and child.dep in CHARGE and syntax.case_of(child) in cases
        if child.pos != "PROPN"  # part of a name: "the Front for Kesh"
    ]
    clause = syntax.first(c for c in found if c.dep in {"xcomp", "advcl", "acl", "ccomp"})
    return clause if clause is not None else syntax.first(found)


def _blame_on(reading: Reading, verb: Word, frame: Cue, parts: tuple[Word, Word]) -> Find:
    """ "Blamed the raid on the rebels": the raid is the content, though the rebels hang on it.

    Of "the raid, which he blamed on the rebels" it is what was said before.
    """
    what, culprit = parts
    if what.tag in RELATIVES or what.lower == "that":
        who, cut = syntax.child(verb, "nsubj"), what.left_edge.idx
        return Find(verb, frame, who, [], target=culprit, cut=cut, aside=True)
    own = {t.i for t in syntax.subtree(culprit)}
    tokens = [t for t in syntax.subtree(what) if t.i not in own and not t.is_space]
    span = widen(reading, syntax.char_span(tokens))
    return Find(verb, frame, None, [span], heads=[what], target=culprit)
