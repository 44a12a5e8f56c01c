"""Which entries of ``cues.tsv`` a word of a sentence has, and at which words a cue may stand."""

from functools import cache
from typing import Final

from kg.extract import negation, syntax
from kg.extract.lexicon import Cue, cues, noun_cues
from kg.extract.tree import Word

ABLE: Final = frozenset({"can", "ca", "could"})


def frames_of(verb: Word) -> tuple[Cue, ...]:
    """The frames of a verb, of one with what completes it before those of the verb alone."""
    table = cues()
    if negation.negated(verb):
        able = syntax.auxiliaries(verb) & ABLE  # "I can't believe they fired"
        return () if able else table.get(f"not {verb.lemma}", ())
    for other in syntax.children(verb, "compound:prt", "xcomp", "advmod"):
        to = any(child.lower == "to" for child in other.lefts)
        if found := table.get(f"{verb.lemma} {'to ' if to else ''}{other.lower}"):
            return found
    return table.get(verb.lemma, ())


@cache
def starts() -> frozenset[str]:
    """The words at which a cue may stand: base forms of verbs, and the others as they stand."""
    return roots() | minds().keys() | noun_cues().keys() | {"according", "words"}


@cache
def roots() -> frozenset[str]:
    """The verbs of the cues, without what completes or denies them."""
    return frozenset(lemma.removeprefix("not ").partition(" ")[0] for lemma in cues())


@cache
def minds() -> dict[str, tuple[Cue, ...]]:
    """Adjectives that tell what somebody holds: "adamant" → its frame."""
    return {word: found for word, found in cues().items() if found[0].frame == "adj"}
