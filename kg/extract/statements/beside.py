"""What hangs on a content and is no part of it: whom it cites, what others or the article say."""

from collections.abc import Iterator
from typing import Final

from kg.extract import negation, syntax
from kg.extract.lexicon import verbs
from kg.extract.statements.lookup import frames_of
from kg.extract.tree import Word

CITING: Final = frozenset({"citing", "quoting"})
PRESENT: Final = frozenset({"VBZ", "VBP"})
OTHERS: Final = frozenset({"everyone", "everybody", "others", "many", "some", "another"})
CONTRAST: Final = frozenset({"but", "while", "whereas", "although", "though", "yet"})


def cited(clause: Word) -> list[Word]:
    """ "…, citing two officials": on whose word it is told, no part of what is told."""
    found = (c for c in syntax.children(clause, "advcl") if c.lower in CITING)
    return [word for verb in found for word in syntax.subtree(verb)]


def answered(cue: Word, clause: Word) -> list[Word]:
    """ "…, while the rebels said it had not": what somebody else is told to say of it."""
    tenses = PRESENT if cue.tag in PRESENT else {"VBD"} if cue.tag == "VBD" else PRESENT | {"VBD"}
    if clause.tag in tenses and frames_of(clause):
        return []  # "she said they denied it, while …": the others may be hers to tell of
    after = (
        c
        for c in syntax.children(clause, "advcl", "conj", "parataxis")
        if c.i > max(cue.i, clause.i)
    )
    said = (c for c in after if c.tag in tenses | _past(c) and _is_said_by_another(c))
    return [word for one in said for word in syntax.subtree(one)]


def _past(verb: Word) -> set[str]:
    """ "The army says it fell, but everyone we met said it had not": also of another tense."""
    return {"VBD"} if any(c.lower == "but" for c in verb.lefts) else set()


def _is_said_by_another(verb: Word) -> bool:
    """Whether a contrast opens a clause that tells what somebody named says."""
    links = {c.lower for c in verb.lefts if c.dep in {"mark", "cc"}}
    who = syntax.child(verb, "nsubj")
    told = bool(links & CONTRAST) and not syntax.auxiliaries(verb)
    told = told and bool(frames_of(verb) or _counts(verb))
    named = who is not None and (who.pos in {"NOUN", "PROPN"} or who.lower in OTHERS)
    return told and named


def _counts(verb: Word) -> bool:
    """ "Put the toll at nine"."""
    return verb.lemma == "put" and any(c.lemma in verbs("counted") for c in syntax.objects(verb))


def unsaid(clause: Word) -> list[Word]:
    """ "…, but gave no details", "…, which could not be verified": what the article says of it."""
    found = [c for c in syntax.children(clause, "conj") if c.i > clause.i and _is_silence(c)]
    return [word for one in (*found, *_doubts(clause)) for word in syntax.subtree(one)]


def _is_silence(verb: Word) -> bool:
    """Whether somebody is told not to say more."""
    contrast = any(c.lower == "but" for c in syntax.children(verb, "cc"))
    quiet = verb.lemma in verbs("silence") | {"offer", "provide"}
    if not (contrast and quiet) or syntax.child(verb, *syntax.SUBJECTS):
        return False
    return negation.negated(verb) or any(map(negation.is_nobody, syntax.objects(verb)))


def _doubts(clause: Word) -> Iterator[Word]:
    """The asides of a clause that call it unproven, with the noun that they stand on."""
    for word in clause.tree.words[clause.i : clause.right_edge.i + 1]:
        aside = word.dep == "acl:relcl" and word.lemma in verbs("proving")
        if aside and negation.negated(word) and syntax.is_passive(word):
            yield word.head if word.head.dep == "appos" else word
