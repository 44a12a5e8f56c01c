"""The small lexicons that only events need, and the phrases that measure out an event."""

from functools import cache
from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import Trigger, rows
from kg.extract.tree import Word

GIVEN: Final = Trigger("give", "verb", "AID", None, mutual=False, recipient=("to", "for", "into"))
"""What a verb of giving tells with aid as its object: "sent flour to Kesh"."""
EQUIPPED: Final = Trigger("give with", "verb", "AID", None, mutual=False, recipient=())
"""The same with who is given as the object: "supplied Kesh with flour"."""
DEPTH: Final = 3
"""How many measures may stand before one another: "two weeks of rounds of talks"."""


@cache
def goods() -> frozenset[str]:
    """What is given as aid."""
    return frozenset(row["good"] for row in rows("goods.tsv"))


@cache
def measures() -> frozenset[str]:
    """Words that only measure out what stands behind their "of"."""
    return frozenset(row["measure"] for row in rows("measures.tsv"))


@cache
def ties() -> frozenset[str]:
    """What is cut off or suspended between parties."""
    return frozenset(row["tie"] for row in rows("ties.tsv"))


@cache
def labour() -> frozenset[str]:
    """Words of working life."""
    return frozenset(row["word"] for row in rows("labour.tsv"))


@cache
def missions() -> frozenset[str]:
    """What a state has in other countries."""
    return frozenset(row["word"] for row in rows("missions.tsv"))


def measured(noun: Word) -> Word:
    """The word by which an event noun hangs in its clause: the round of "a round of talks"."""
    for _ in range(DEPTH):
        above = noun.head
        if noun.dep != "nmod" or above.lemma not in measures() or syntax.case_of(noun) != "of":
            break
        noun = above
    return noun


def contents(noun: Word) -> list[Word]:
    """The noun, and what it measures out: the flour of "tonnes of flour"."""
    found = [noun]
    for _ in range(DEPTH):
        if found[-1].lemma not in measures():
            break
        into = {"of", "in"} if found[-1].tag == "$" else {"of"}
        inner = [c for c in syntax.children(found[-1], "nmod") if syntax.case_of(c) in into]
        inner += [c for c in syntax.children(found[-1], "appos") if c.lemma in measures()]
        found.extend(inner[:1])
        if not inner:
            break
    return found
