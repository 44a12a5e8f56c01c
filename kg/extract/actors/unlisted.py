"""Countries that no gazetteer lists and an article speaks of: "the Republic of Kesh".

What the article itself shows decides: a name behind "Republic of", or one whose adjective stands
before forces and rulers ("Keshian troops"), or one that has an army and is a place besides.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import Final

from kg.extract import syntax
from kg.extract.actors import leaders, naming
from kg.extract.dates_words import DAYS
from kg.extract.lexicon import known_body, ranks, triggers, weapons
from kg.extract.tree import Tree, Word
from kg.gazetteer import Gazetteer

REALMS: Final = frozenset({"republic", "kingdom", "sultanate", "principality", "grand duchy"})
SURE: Final = ("ian", "ians", "ese")
"""Endings of an adjective that few names of people and peoples have."""
UNSURE: Final = ("i", "is", "an", "ans")
RULING: Final = frozenset({"MIL", "GOV", "LEG", "COP", "SPY"})
OF_STATES: Final = frozenset(
    {
        *("army", "navy", "air force", "armed forces", "parliament", "ambassador", "embassy"),
        *("prime minister", "foreign minister", "interior minister", "defence minister"),
        *("foreign ministry", "interior ministry", "defence ministry", "defense ministry"),
    }
)
"""What a country has and a town or a province seldom."""
GENDERED: Final = frozenset({"he", "him", "his", "himself", "she", "her", "herself"})
CODE: Final = 2
"""Letters of an ISO 3166-1 alpha-2 code."""
LEAST: Final = 3
ENOUGH: Final = 2
"""Signs, of which none is sure, that make a country of a name."""


def settle(tree: Tree, gazetteer: Gazetteer) -> dict[str, str]:
    """The countries of an article that the gazetteer does not list, their names labelled so.

    Word → country, of every word that is the name, adjective or people of one.
    """
    found = _countries(tree, gazetteer)
    own = set(found.values())
    for name in list(tree.names) if own else ():
        if name.label != "LOC" and bare(naming.clean(name.text)) in own:
            tree.relabel(name, "LOC")
    return found


def bare(words: str) -> str:
    """ "Republic of Kesh" without the realm.

    >>> bare("the Republic of Kesh"), bare("Bank of Kesh")
    ('Kesh', 'Bank of Kesh')
    """
    realm, of, name = words.removeprefix("the ").removeprefix("The ").rpartition(" of ")
    return name if of and realm.rpartition(" ")[2].lower() in REALMS else words


def is_name(country: str) -> bool:
    """Whether a country is told by its name, having no code.

    >>> is_name("Kesh"), is_name("TR")
    (True, False)
    """
    return len(country) > CODE


def _countries(tree: Tree, gazetteer: Gazetteer) -> dict[str, str]:
    """Word → the country that it is the name, adjective or people of."""
    signs: defaultdict[str, set[str]] = defaultdict(set)
    adjectives: dict[str, str] = {}
    names = _candidates(tree)
    for name in names:
        if all(token.entity is None for token in names[name]) or gazetteer.is_demonym(name):
            continue
        for token in names[name]:
            signs[name].update(_signs(token))
        for ending in (*SURE, *UNSURE):
            for word in _joined(name, ending):
                if word not in names or gazetteer.is_demonym(word):
                    continue
                adjectives[word] = name
                if any(map(_rules, names[word])):
                    signs[name].add("sure" if ending in SURE else "adjective")
        if leaders.led(name) or any(map(_is_of_man, names[name])):
            signs.pop(name, None)
    own = {
        name
        for name, found in signs.items()
        if _is_enough(found) and not _is_listed(gazetteer, tree, name)
    }
    whole = {word: name for word, name in adjectives.items() if name in own and word not in own}
    return {name: name for name in own} | whole


def _is_enough(signs: set[str]) -> bool:
    """Whether they make a country: movements, too, are "it", and have people "in" them."""
    return "sure" in signs or (len(signs) >= ENOUGH and bool(signs & {"owner", "adjective"}))


def _candidates(tree: Tree) -> Mapping[str, list[Word]]:
    """The capitalised words that may be one, each with where it stands."""
    found: defaultdict[str, list[Word]] = defaultdict(list)
    for token in tree:
        if not (token.text[:1].isupper() and token.text[1:].islower() and len(token) > LEAST):
            continue
        if token.entity is None or bare(naming.clean(token.entity.text)) == token.text:
            found[token.text].append(token)
    return found


def _joined(name: str, ending: str) -> Iterator[str]:
    """ "Keshian" of Kesh, "Tolvian" of Tolvia."""
    yield name + ending
    for start in range(1, 3):
        tail = name[-start:]
        if ending.startswith(tail) and len(ending) > len(tail):
            yield name[:-start] + ending


def _signs(token: Word) -> Iterator[str]:
    """What one mention shows: a realm's name, an army of its own, that it is a place."""
    above = token.head
    if syntax.case_of(token) == "of" and above.lower in REALMS and above.text[0].isupper():
        yield "sure"
    owner = token.dep == "nmod:poss" or (token.dep == "nmod" and syntax.case_of(token) == "of")
    if owner and _noun(above) in OF_STATES:
        yield "owner"
    if _is_thing(token):
        yield "thing"
    if syntax.case_of(token) in {"in", "into", "inside", "across"} and token.dep in {"obl", "nmod"}:
        yield "place"


def _is_thing(token: Word) -> bool:
    """ "Called on Kesh to halt its raids": no person has "its" raids."""
    for word in token.tree.words[token.i + 1 : token.sent.end]:
        if word.pos in {"NOUN", "PROPN"}:
            return False
        if word.lower in {"its", "itself"}:
            return True
    return False


def _is_of_man(token: Word) -> bool:
    """ "Mr Assad", "President Assad", "Assad said he …": somebody, whose forces are "Assadian"."""
    before = token.tree.words[token.i - 1] if token.i else token
    if before.lower.rstrip(".") in ranks() or naming.names_post(before):
        return before.head is token or token.head is before
    if token.dep not in syntax.SUBJECTS:
        return False
    for word in token.tree.words[token.i + 1 :]:
        if word.lower in GENDERED:
            return word.sent is token.sent or word.i == word.sent.start
        named = word.pos == "PROPN" and word.lower not in DAYS
        if named or word.sent.index > token.sent.index + 1:
            return False
    return False


def _noun(word: Word) -> str:
    known = naming.noun_at(word)
    return known.noun if known is not None else word.lemma


def _rules(adjective: Word) -> bool:
    """Whether an adjective stands before forces, rulers or weapons: "Keshian troops"."""
    above = adjective.head
    if adjective.dep not in {"amod", "compound"} or above.i < adjective.i:
        return False
    known = naming.noun_at(above)
    acting = above.lemma in weapons() or (above.lemma, "noun") in triggers()
    return acting or (known is not None and known.sector in RULING)


def _is_listed(gazetteer: Gazetteer, tree: Tree, name: str) -> bool:
    """Whether it is known as something else: a place, a people, part of a person's name."""
    if name in tree.persons or known_body(name) is not None:
        return True
    return bool(gazetteer.country_of(name) or gazetteer.capital_of(name) or gazetteer.lookup(name))
