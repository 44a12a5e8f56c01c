"""What a clause says is needed: "there must be an inquiry", "we need talks", "a truce is due"."""

from typing import Final

from kg.extract import negation, syntax
from kg.extract.lexicon import triggers, verbs
from kg.extract.tree import Word

OBLIGED: Final = frozenset({"must", "should", "shall", "ought"})
_NEEDING: Final = frozenset({"need", "require"})
_HAVING: Final = _NEEDING | {"have", "ought"}


def needed(main: Word) -> Word | None:
    """The event that the clause of this main word asks for, by its noun; None if it asks none.

    Only events that somebody can bring about count: "accountability is needed" names none.
    """
    noun = _existing(main) or _missed(main)
    if noun is None or (noun.lemma, "noun") not in triggers():
        return None
    no = any(child.lower == "no" for child in noun.children)
    return None if no or negation.negated(main) or negation.negated(noun.head) else noun


def asked_for(noun: Word) -> bool:
    """Whether this noun is what its clause says is needed."""
    return noun.pos == "NOUN" and any(needed(word) is noun for word in (noun.head, noun.head.head))


def _existing(main: Word) -> Word | None:
    """ "There should be an inquiry", "there has to be an inquiry"."""
    if not any(child.dep == "expl" and child.lower == "there" for child in main.children):
        return None
    if main.lemma == "be" and syntax.auxiliaries(main) & OBLIGED:
        return syntax.child(main, "nsubj")
    being = [c for c in syntax.children(main, "xcomp") if c.lemma == "be"]
    if main.lemma in _HAVING and being:
        return syntax.child(being[0], "nsubj")
    return None


def _missed(main: Word) -> Word | None:
    """ "We need an inquiry", "an inquiry is needed", "an inquiry is essential"."""
    if main.lemma in _NEEDING and main.pos == "VERB" and not syntax.is_passive(main):
        return syntax.child(main, "obj") if main.tag != "VBD" else None
    passive = main.lemma in _NEEDING and syntax.is_passive(main)
    if passive or (main.lower in verbs("needful") and syntax.child(main, "cop")):
        return syntax.child(main, "nsubj", "nsubj:pass")
    return None
