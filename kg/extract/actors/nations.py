"""Which words of an article name a country, its people or its seat of government."""

from collections import Counter
from functools import lru_cache
from typing import Final

from kg.extract import syntax
from kg.extract.actors import unlisted
from kg.extract.actors.naming import clean
from kg.extract.tree import Name, Tree, Word
from kg.gazetteer import Gazetteer

PARTS: Final = frozenset(
    {
        *("north", "south", "east", "west", "northern", "southern", "eastern", "western"),
        *("central", "latin"),
    }
)
"""Words before a country's name that make another name of it: "North American"."""
PEOPLE: Final = frozenset({"NN", "NNS", "NNP", "NNPS", "JJ"})


class Nations:
    """The countries of one parsed article."""

    def __init__(self, tree: Tree, gazetteer: Gazetteer) -> None:
        self.gazetteer = gazetteer
        self._own = unlisted.settle(tree, gazetteer)
        self._persons = tree.persons
        self.named = [
            (token.i, country)
            for token in tree
            if token.text[:1].isupper() and (country := self.at(token))
        ]
        """(token index, country) of every word that names a country, its people or its seat."""

    def _country_of(self, words: str) -> str | None:
        return _country_of(self.gazetteer, words) or self._own.get(unlisted.bare(words))

    def at(self, token: Word) -> str | None:
        """The country that the word itself names: an ISO 3166-1 alpha-2 code, or the name of one
        that the gazetteer does not list."""
        entity = token.entity
        if entity is not None and entity.label in {"LOC", "ORG"}:
            words = entity.text.removeprefix("the ").removeprefix("The ")
            whole = self._longer(entity) or self._country_of(words)
            if whole:
                return whole if entity.root.i == token.i else None
            if entity.end - entity.start > 1:
                return None
        if entity is not None and entity.label == "PERSON":
            if not self.is_country(entity):
                return None
            if entity.end - entity.start > 1:
                return self._country_of(entity.text) if entity.root.i == token.i else None
        return self._two_words(token) or self._country_of(token.text)

    def _longer(self, entity: Name) -> str | None:
        """ "Democratic People's Republic of Korea", where the analyser marked the last words."""
        words = [word for word in syntax.phrase(entity.root) if word.i < entity.end]
        if words[0].i >= entity.start:
            return None
        start = words[1 if words[0].tag == "DT" and len(words) > 1 else 0]
        text = entity.root.tree.text[start.idx : entity.end_char]
        return self._country_of(text) if start.i < entity.start else None

    def _two_words(self, token: Word) -> str | None:
        """ "Bosnian Serbs", "ethnic Serbs in Kosovo": a people of another country than its name."""
        after = token.tree.words[token.i + 1] if token.i + 1 < token.sent.end else None
        if (
            after is not None
            and after.dep == "flat"
            and self.gazetteer.is_demonym(both := f"{token.text} {after.text}")
        ):
            return self._country_of(both)  # "Sierra Leonean"
        before = token.tree.words[token.i - 1] if token.i > token.sent.start else None
        people = before is not None and self.gazetteer.is_demonym(token.text)
        if before is None or not people or before.head is not token:
            return None
        return self._country_of(f"{before.text} {token.text}")

    def word(self, token: Word) -> str | None:
        """The country that a word in a longer name is the name or adjective of; no capital's.

        None for half of a name that says more: "Latin American", "Inter-American".
        """
        if is_half(token):
            return None
        before = token.tree.words[token.i - 1].text if token.i > token.sent.start else ""
        both = self.gazetteer.country_of(f"{before} {token.text}")
        half = before.lower() in PARTS
        return both or (None if half else self.gazetteer.country_of(token.text))

    def is_country(self, entity: Name) -> bool:
        """A country, capital or people, which the analyser took for a person.

        It is a person after all where the article has a longer name with that one word.
        """
        word = clean(entity.text)
        part = entity.end - entity.start == 1 and word in self._persons
        return not part and self._country_of(word) is not None

    def is_seat(self, token: Word) -> bool:
        """Whether the word names a capital and so, elsewhere, its government."""
        entity = token.entity
        words = clean(entity.text) if entity is not None else token.text
        return not self.gazetteer.country_of(words) and bool(self.gazetteer.capital_of(words))

    def is_people(self, token: Word) -> bool:
        """Whether the word is a people or one of them ("Chadians", "the French", "a Chadian")."""
        people = token.tag in PEOPLE and self._is_demonym(token.text)
        return people and not self.gazetteer.is_state(token.text)  # "the Philippines", "US"

    def adjective(self, token: Word) -> str | None:
        """The country whose adjective the word is ("Chadian"), or None."""
        return self._country_of(token.text) if self._is_demonym(token.text) else None

    def _is_demonym(self, word: str) -> bool:
        own = self._own.get(word, word)
        return own != word or self.gazetteer.is_demonym(word)

    def name(self, country: str) -> str:
        """The country's name in English."""
        return country if unlisted.is_name(country) else self.gazetteer.country_name(country)

    def first(self, country: str) -> int:
        """The index of the first token that names the country."""
        return next(at for at, code in self.named if code == country)

    def foremost(self, before: int) -> list[str]:
        """The two countries named most often before a token, in the order the text brings them."""
        counts = Counter(country for at, country in self.named if at < before)
        return sorted((country for country, _ in counts.most_common(2)), key=self.first)


def is_half(token: Word) -> bool:
    """Whether a hyphen joins the word to another, which says more: "Inter-American"."""
    words = token.tree.words
    return any(
        token.sent.start <= token.i + step < token.sent.end and words[token.i + step].text in "-–"
        for step in (-1, 1)
    )


@lru_cache(maxsize=50_000)
def _country_of(gazetteer: Gazetteer, words: str) -> str | None:
    """The country that words name, by its own name, its people's or its capital's."""
    return gazetteer.country_of(words) or gazetteer.capital_of(words)
