"""What is denied: a verb, a party, a member of a list (Universal Dependencies 2, English).

Everything here is a question about one tree, as in ``syntax``.
"""

from typing import Final

from kg.extract.tree import Word

NEGATIONS: Final = frozenset({"not", "n't", "n’t", "never", "no", "neither", "nor"})
INSTEAD: Final = frozenset({"instead", "rather"})
ONLY: Final = frozenset({"only", "just", "merely", "simply", "solely"})
ONE: Final = frozenset({"a", "one", "single"})
UNTIMELY: Final = frozenset({"longer", "point", "stage", "time", "circumstances", "way"})
"""With "no" in front they deny their verb: "at no point did they fire"."""
NO: Final = frozenset({"no", "neither"})


def is_left_out(conjunct: Word) -> bool:
    """ "The rebels, not the army", "the rebels rather than the army"."""
    return any(
        (child.lower in NEGATIONS and not is_only(child)) or child.lower in INSTEAD
        for child in conjunct.lefts
    )


def is_only(denial: Word) -> bool:
    """Whether a "not" denies no more than that it is all: "not only shelled the town"."""
    after = denial.tree.words[denial.i + 1 : denial.i + 2]
    return bool(after) and after[0].lower in ONLY


def negated(token: Word) -> bool:
    """Whether "not", "never", "no" or "without" stands on the word or on its helper verb."""
    for child in token.children:
        if child.lower in NEGATIONS and child.dep != "ccomp" and not is_only(child):
            return True  # not so 'said: "No."'
        if child.dep == "mark" and child.lower == "without":
            return True
        if child.lower in INSTEAD and child.rights:
            return True  # "instead of attacking", "rather than attack"
        if child.lower in UNTIMELY and any(one.lower == "no" for one in child.lefts):
            return True
    return False


def is_nobody(phrase: Word) -> bool:
    """Whether a phrase names none: "nobody", "no group", "none of them"."""
    if phrase.lower in {"nobody", "none", "neither", "no-one", "nothing"}:
        return True
    before = {one.lower for one in phrase.lefts}
    return not NO.isdisjoint(before) or ("not" in before and not ONE.isdisjoint(before))


def is_hardly_any(phrase: Word) -> bool:
    """Whether a phrase names none, or next to none: "no official", "few analysts", "not all"."""
    before = {word.lower for word in phrase.lefts}
    few = (phrase.lower == "few" or "few" in before) and before.isdisjoint({"a", "the", "these"})
    not_all = any(word.lower == "not" and not is_only(word) for word in phrase.lefts)
    return few or not_all or is_nobody(phrase)
