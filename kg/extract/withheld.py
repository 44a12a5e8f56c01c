"""Words that somebody is told not to have said: "refrained from accusing them"."""

from kg.extract import syntax
from kg.extract.lexicon import verbs
from kg.extract.tree import Word


def is_withheld(verb: Word) -> bool:
    """ "Stopped short of accusing them", "far from it", "refrained from calling it a crime"."""
    link = syntax.case_of(verb)
    if verb.tag == "VBG" and link == "to" and verb.head.lower == "close":
        return True  # "came close to accusing them"
    if verb.tag != "VBG" or not (verb.dep == "xcomp" or link in {"of", "from"}):
        return False
    short = any(child.lower == "short" for child in verb.head.children)
    return short or verb.head.lower in {"short", "far"} or verb.head.lemma in verbs("withholding")
