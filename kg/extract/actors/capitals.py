"""What a capital tells: that a word is a name, or only that it opens a sentence."""

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.lexicon import weapons
from kg.extract.tree import Word


def is_opening_weapon(token: Word) -> bool:
    """ "Rockets hit the town": a capital that opens a sentence makes no body of a weapon."""
    names = (token.lower, token.lemma, token.lower.removesuffix("s"))
    return token.i == token.sent.start and any(name in weapons() for name in names)


def is_proper(token: Word) -> bool:
    """Whether a word that is no marked name is one: not only the capital a sentence opens with."""
    first = naming.bare(syntax.phrase(token), token)[0]
    if token.pos == "NOUN" and token.text[:1].isupper() and _is_titled(token):
        return True
    spelled = len(token) > 1 and token.text[0].isupper()
    return token.pos == "PROPN" and spelled and first.i != token.sent.start


def _is_titled(token: Word) -> bool:
    """ "Watchers for Rights": a noun behind it that has a capital as in a title."""
    behind = (c for c in syntax.children(token, "nmod") if c.tag in {"NN", "NNS"})
    return any(c.text[:1].isupper() and c.entity is None for c in behind)
