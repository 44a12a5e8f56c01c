"""What words say of who is named: pure questions about names and noun phrases.

Nothing here knows an article's actors: only words, the lexicons and the tree they hang in.
"""

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from kg.extract import syntax
from kg.extract.dates_words import MONTH_NAMES
from kg.extract.lexicon import Noun, affairs, gendered, noun_ends, nouns, quantifiers, ranks
from kg.extract.tree import Name, Tree, Word, once
from kg.model import Span

Call = tuple[str, ...]
"""The words by which a name is compared, lower case: one, or the first and the last."""
ARMS: Final = frozenset({"MIL", "GOV", "COP", "JUD", "LEG", "SPY"})
"""Sectors whose bodies are arms of a state."""
WHERE: Final = frozenset({"in", "near", "outside", "around", "throughout", "inside"})
RULED: Final = frozenset(
    {
        *("governor", "mayor", "resident", "villager", "inhabitant", "town", "city", "village"),
        *("district", "province", "region", "siege", "outskirts", "suburb", "north", "south"),
        *("east", "west", "people", "bishop", "archbishop", "port", "island", "state", "emir"),
    }
)
"""Nouns behind whose "of" a place stands."""
LOOSE: Final = frozenset({"than", "about", "at", "least", "as", "up", "to", "over", "nearly"}) | {
    *("almost", "around", "roughly", "fewer", "less", "under", "approximately", "estimated"),
}
BESIDES: Final = frozenset({"front", "back", "rear", "side", "entrance", "gate", "gates"})
"""What a thing has that stands for where it is."""


def is_beside(token: Word) -> bool:
    """Whether the word only says where: the front of "in front of the bank"."""
    link = syntax.case_of(token)
    return token.lower in BESIDES and link in {"in", "at", "by"} and bool(token.rights)


def noun_at(token: Word) -> Noun | None:
    """The lexicon's longest entry that ends at this token."""
    known = token.lower in noun_ends() or token.lemma in nouns()
    return _noun_at(token) if known and not is_beside(token) else None


@once
def _noun_at(token: Word) -> Noun | None:
    table = nouns()
    left = max(token.sent.start, token.i - 2)
    before = [word.lower for word in token.tree.words[left : token.i + 1]]
    for start in range(len(before)):
        words = " ".join(before[start:])
        found = table.get(words.replace(" - ", "-").replace("’", "'").replace(" '", "'"))
        if found is not None:
            return found
    single = table.get(token.lemma)
    if single is None or token.tag in {"NN", "NNP"}:
        return single
    return single if single.kind == "Document" else replace(single, kind="Group")


def plural_post(token: Word) -> Noun | None:
    """The post that a plural names: "foreign ministers" is the post of foreign minister."""
    if not token.lower.endswith("s"):
        return None
    before = token.tree.words[token.i - 1].lower if token.i else ""
    singular = token.lower.removesuffix("s")
    found = nouns().get(f"{before} {singular}") or nouns().get(singular)
    return found if found is not None and found.kind == "Person" else None


def names_post(token: Word) -> bool:
    """Whether the noun is a person's post ("envoy", "foreign ministers")."""
    noun = noun_at(token)
    if noun is None:
        return False
    return noun.kind == "Person" or noun.post != token.lower or plural_post(token) is not None


OTHERS: Final = frozenset({"counterpart", "opponent", "rival", "enemy", "adversary"})
"""Whom "its" makes somebody else's: the minister's counterpart is not of his country."""


def is_arm(token: Word) -> bool:
    """Whether the noun is an arm of a state, so that "its" gives it a country."""
    noun = noun_at(token)
    return noun is not None and noun.sector in ARMS and token.lemma not in OTHERS


def is_person(token: Word) -> bool:
    """Whether the token stands in a person's name."""
    return token.entity is not None and token.entity.label == "PERSON"


def is_body(entity: Name) -> bool:
    """A name taken for a person's that a body's noun introduces: "the charity Hopeline"."""
    before = entity.root.tree.words[entity.start - 1] if entity.start else None
    if before is None or entity.end - entity.start > 1 or before.pos != "NOUN":
        return False
    noun = nouns().get(before.lower)
    return noun is not None and noun.kind == "Organization" and noun.sector != "JRN"


def is_outlet(entity: Name) -> bool:
    """A name taken for a person's that a medium bears: "the Al-Dar news agency"."""
    words = entity.root.tree.words[entity.end : entity.end + 3]
    for word in words:
        noun = noun_at(word)
        if noun is not None and noun.kind == "Organization" and noun.sector == "JRN":
            return word.tag == "NN"
        if word.pos not in {"NOUN", "PROPN", "ADJ"}:
            return False
    return False


def is_rank(entity: Name) -> bool:
    """A rank or post alone, taken for a name: the "General" of a "Secretary-General"."""
    return entity.end - entity.start == 1 and _is_title(clean(entity.text))


def is_spot(entity: Name) -> bool:
    """A name taken for a person's where one lives or rules: "residents of Karsa", "in Karsa"."""
    root = entity.root
    if entity.end - entity.start > 1 or root.dep not in {"nmod", "obl"}:
        return False
    case = syntax.case_of(root)
    if case in WHERE or case != "of":
        return case in WHERE
    return root.head.lemma in RULED


def is_affair(token: Word, entity: Name | None) -> bool:
    """Whether a name is that of no body: "Operation Dawn", "the Karsa Accords", "Ramadan"."""
    opening = token.tree.words[entity.start].lower if entity is not None else token.lower
    if opening == "the" and entity is not None and entity.end - entity.start > 1:
        opening = token.tree.words[entity.start + 1].lower
    return token.lower in affairs("head") or opening in affairs("opening")


def clean(words: str) -> str:
    """A name without a possessive ending.

    >>> clean("Kesh’s ")
    'Kesh'
    """
    return words.strip().removesuffix("'s").removesuffix("’s").strip()


def untitled(name: str) -> str:
    """A person's name without ranks and titles in front.

    >>> untitled("Gen. Ada Lane")
    'Ada Lane'
    """
    words = name.split()
    while len(words) > 1 and _is_title(words[0]):
        words.pop(0)
    return name[name.index(words[0]) :]


def _is_title(word: str) -> bool:
    plain = word.lower().rstrip(".")
    noun = nouns().get(plain)
    return plain in ranks() or (noun is not None and noun.kind == "Person")


def known_as(words: Sequence[str]) -> set[Call]:
    """What a person of this name may be called: by first name and surname, or by one of them.

    Two names may name one person where one is :func:`called` what the other is known as.
    """
    first, last = words[0].casefold(), words[-1].casefold()
    return {(first, last), (first,), (last,)} if len(words) > 1 else {("", last), (last,)}


def called(words: Sequence[str]) -> tuple[Call, ...]:
    """What a name calls a person: one who is known by the surname alone may be meant."""
    first, last = words[0].casefold(), words[-1].casefold()
    return ((first, last), ("", last)) if len(words) > 1 else ((last,),)


def acronym(words: str) -> str:
    """The initials of a name of several words, "" of one word.

    >>> acronym("Rapid Relief of Kesh"), acronym("Kesh")
    ('RRK', '')
    """
    initials = [word[0] for word in words.split() if word[0].isupper()]
    return "".join(initials) if len(initials) > 1 else ""


_SHORT: Final = re.compile(r"\s*\((?:the )?[“\"'‘]?([A-Z][A-Za-z&.-]{1,9})[”\"'’]?\)")


def short_names(text: str, span: Span) -> set[str]:
    """The abbreviation that stands in brackets behind a name, if one does.

    >>> short_names("The Kesh Relief Union (KRU) left.", Span(4, 21))
    {'KRU'}
    """
    match = _SHORT.match(text, span.end)
    return {match[1]} if match and any(c.isupper() for c in match[1][1:]) else set()


def proper_name(words: str, label: str) -> str:
    """The proper name: the label where it opens with it, else the name the analyser marked."""
    return label if label.startswith(words) else words


def gender(noun: str) -> str | None:
    """``f`` or ``m`` where a noun tells it ("spokeswoman"), or None."""
    return next((sex for ending, sex in gendered() if noun.endswith(ending)), None)


def is_definite(token: Word) -> bool:
    """Whether the phrase points at someone known: the envoy, Kesh's envoy."""
    return any(
        child.dep == "nmod:poss" or (child.dep == "det" and child.lower == "the")
        for child in token.children
    )


def is_pair(token: Word) -> bool:
    """Whether the phrase says there are two of them, or stands for the other of two."""
    return any(word.lower in {"both", "two"} for word in (token, *token.children))


def bare(words: list[Word], head: Word) -> list[Word]:
    """A phrase without the articles, quantifiers and figures in front of its head."""
    rest = list(words)
    while len(rest) > 1 and rest[0] != head and _is_lead(rest[0]):
        rest.pop(0)
    return rest


def named(words: list[Word], head: Word) -> list[Word]:
    """A proper name without the common nouns in front of it: "the charity Hopeline"."""
    rest = list(words)
    entity = head.entity
    if entity is not None and entity.start > rest[0].i:
        before = head.tree.words[entity.start - 1]
        kind = nouns().get(before.lower) if before.text.islower() else None
        if kind is not None and kind.kind == "Organization":
            rest = [word for word in rest if word.i >= entity.start]
    while len(rest) > 1 and rest[0] != head and rest[0].text.islower() and rest[1].text not in "-–":
        if rest[0].entity is not None:
            break
        rest.pop(0)
    return rest


def _is_lead(word: Word) -> bool:
    words = word.tree.words
    if word.i + 1 < len(words) and words[word.i + 1].text in "-–":
        return False  # the little of "little-known"
    counted = word.pos == "NUM" and (word.lower == "one" or any(c.isdigit() for c in word.text))
    counted = counted and not _is_day(word)
    loose = word.tag in {"DT", "PDT", "RB"} or word.lower in LOOSE or word.is_space
    return loose or counted or word.is_punct or word.lower in quantifiers("vague")


def _is_day(number: Word) -> bool:
    """ "The 23 March Movement": a day that a name opens with counts nothing."""
    month = number.tree.words[number.i + 1 : number.i + 3]
    return len(month) == 2 and month[0].text in MONTH_NAMES and month[1].text[:1].isupper()


def left_of_person(words: list[Word], head: Word) -> list[Word]:
    """What a post's phrase keeps once a person's name begins after its noun."""
    kept = []
    for word in words:
        if word.i > head.i and is_person(word):
            break
        kept.append(word)
    return kept


def sentences_between(tree: Tree, left: int, right: int) -> int:
    """How many sentences lie from one token to another."""
    return tree.words[right].sent.index - tree.words[left].sent.index


def name_span(entity: Name) -> Span:
    """The characters of a marked name, without a possessive ending."""
    return Span(entity.start_char, entity.start_char + len(clean(entity.text)))


@once
def phrase_span(token: Word) -> Span:
    """The words of the noun phrase headed by the token, without a leading article."""
    entity = token.entity
    if entity is not None and entity.label == "LOC":
        return name_span(entity)
    if entity is not None and entity.label == "PERSON":
        words = [t for t in syntax.phrase(token) if t.i < entity.end]
    else:
        words = syntax.phrase(token)
    if token.pos != "PRON":
        words = bare(words, token)
    return syntax.char_span(words)
