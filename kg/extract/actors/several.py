"""Several countries told of with one noun: "US and British forces", "leaders of both"."""

from typing import Final

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.actors.drafts import Scene
from kg.extract.lexicon import Noun
from kg.extract.tree import Word

BEFORE: Final = frozenset({"amod", "compound", "nmod:poss"})
BEHIND: Final = frozenset({"of", "from"})
JOINED: Final = frozenset({"conj", "cc", "case"})
COUNTED: Final = frozenset({"det", "nummod"})
"""What says how many there are of all together, and so of none of them."""


def nations(scene: Scene, word: Word) -> list[Word]:
    """The words for several countries that are joined before a noun, or behind its "of"."""
    behind = word.dep == "nmod" and syntax.case_of(word) in BEHIND
    if not (word.dep in BEFORE or behind):
        return []
    apart = word.dep == "nmod:poss" or (not behind and syntax.child(word, "conj"))
    beside = syntax.children(word.head, word.dep) if apart else [word]  # "Kesh's and Varn's"
    joined = [part for one in beside for part in syntax.conjuncts(one)]
    if not any(part.dep == "conj" or syntax.child(part, "cc") for part in joined):
        return []  # "an Israeli American soldier"
    named = sorted((part for part in joined if scene.nations.at(part)), key=lambda part: part.i)
    countries = {scene.nations.at(part) for part in named}
    return named if len(countries) == len(named) > 1 else []


def members(scene: Scene, token: Word, noun: Noun) -> tuple[str, ...]:
    """The keys of the groups of each country: "US forces" and "British forces"; () of one."""
    named = next(filter(None, (nations(scene, child) for child in token.children)), [])
    found = [_of_one(scene, token, noun, (word, named)) for word in named]
    return tuple(dict.fromkeys(found))


def _of_one(scene: Scene, token: Word, noun: Noun, one: tuple[Word, list[Word]]) -> str:
    """The group of one of these countries: its words, and the noun where it stands beside them."""
    nation, named = one
    own = [word for word in syntax.subtree(nation, without=JOINED) if not word.is_punct]
    if nation.i < token.i:
        shared = scene.tree.words[named[-1].right_edge.i + 1 : token.i + 1]
        beside, link = nation is named[-1], "'s " if named[0].dep == "nmod:poss" else " "
        label = f"{_text(own)}{link}{_text(shared)}"
    else:
        words = naming.bare(syntax.phrase(token), token)
        shared = [word for word in words if word.i <= token.i and word.dep not in COUNTED]
        beside = nation is named[0]
        label = f"{_text(shared)} {syntax.case_of(named[0])} {_text(own)}"
    span = syntax.char_span([*own, *shared] if beside else own)
    draft = scene.register.new(nation, "Group", span)
    scene.register.call(draft, label)
    draft.country, draft.sector = scene.nations.at(nation), noun.sector
    return scene.register.merge(draft)


def _text(words: list[Word]) -> str:
    return " ".join(word.text for word in words)
