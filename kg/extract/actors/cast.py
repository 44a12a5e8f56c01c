"""Who speaks and acts in one article: names, posts, bodies, states, groups, pronouns.

A :class:`Cast` reads the names and posts of a parsed text first, so that a mention may be
explained by a later one ("the envoy" … "Ada Lane, the envoy"). Then it answers one question:
which actor does the noun phrase headed by this token name?
"""

from typing import Final

from kg.extract import dates as days
from kg.extract import quotations, syntax
from kg.extract.actors import (
    described,
    heard,
    labels,
    mouthpieces,
    naming,
    people,
    pronouns,
    several,
)
from kg.extract.actors.drafts import Draft, Register
from kg.extract.actors.nations import Nations, is_half
from kg.extract.actors.pronouns import is_pronoun
from kg.extract.dates_words import DAYS as WEEK
from kg.extract.lexicon import pair_nouns, quantifiers
from kg.extract.tree import Tree, Word, line
from kg.gazetteer import Gazetteer
from kg.model import DateRange, Mention, Span

OWNERS: Final = frozenset({"amod", "compound", "nmod:poss", "nmod:desc", "nmod", "flat"})
DAYS: Final = WEEK | {"today", "tonight", "yesterday", "tomorrow"}
OTHERS: Final = frozenset({"other", "others"})


class Cast:
    """The actors of one parsed article (a :class:`~kg.extract.actors.drafts.Scene`)."""

    def __init__(self, tree: Tree, gazetteer: Gazetteer, dates: tuple[DateRange, ...] = ()) -> None:
        self.tree = tree
        labels.hush(tree)
        heard.mark(tree, gazetteer)
        labels.settle(tree, gazetteer)
        self.nations = Nations(tree, gazetteer)
        self.register = Register(tree, quotations=quotations.find(tree.text))
        self._dates = dates
        people.read(self)

    # -- what the phrases name -----------------------------------------------------------

    def resolve(self, token: Word) -> str | None:
        """The key of the actor that the phrase headed by ``token`` names, or None."""
        at = self.register.at
        if token.i not in at:
            at[token.i] = None  # a phrase cannot explain itself
            found = at[token.i] = self._resolve(token)
            if found is None and pronouns.is_first_person(token):
                del at[token.i]  # whose words these are may be found later
            return found
        return at[token.i]

    def _resolve(self, token: Word) -> str | None:
        if is_pronoun(token) and token.lower not in OTHERS:
            return pronouns.antecedent(self, token)
        entity = token.entity
        if entity is not None and entity.root.i != token.i:
            return self.resolve(entity.root)
        return self._named(token) or self._phrase(token)

    def _is_any(self, token: Word, whole: Word) -> bool:
        """ "One of them said": of those the text tells of, who may be anybody's captives."""
        vague = whole.lower == "them" and token.dep in syntax.SUBJECTS
        return vague and quotations.around(self.register.quotations, whole.idx) is None

    def _phrase(self, token: Word) -> str | None:
        """Whom a phrase without a person's name stands for."""
        if token.lower in quantifiers("part"):
            inner = syntax.first(c for c in token.rights if syntax.case_of(c) == "of")
            if inner is not None and not self._is_any(token, inner):
                return self.resolve(inner)
        elif token.lower in OTHERS and (body := described.body_beside(token)) is not None:
            return self.resolve(body)
        elif token.lower in pair_nouns() and naming.is_pair(token):
            return described.sides(self, token)
        elif (country := self.nations.at(token)) and not self.nations.is_people(token):
            return described.state(self, token, country)
        return mouthpieces.around(self, token) or described.described(self, token)

    def _named(self, token: Word) -> str | None:
        """ "Special Representative Ada Lane" is Ada Lane."""
        person = _person_beside(token)
        return self.register.at.get(person.i) if person is not None else None

    def country(self, token: Word) -> str | None:
        """The one country that the phrase headed by this token belongs to."""
        owners = self._owners(token)
        for owner in owners:
            if several.nations(self, owner):
                return None  # "US and British forces" are of no one country
            if found := self.nations.at(_widest(owner)):
                return found  # of "his Syrian counterpart" Syria, not his
        led = (self._owned(token, owner) or self._from(owner) for owner in owners)
        return syntax.first(country for country in led if country)

    def _owners(self, token: Word) -> list[Word]:
        """What a phrase says of whose it is; "US" also of "US border patrol agents"."""
        before = [c for owner in syntax.children(token, "compound") for c in owner.lefts]
        return [
            child
            for child in (*token.children, *before)
            if child.dep in OWNERS
            and not is_half(child)
            and (child.dep != "nmod" or syntax.case_of(child) in {"of", "in", "from"})
        ]

    def _from(self, child: Word) -> str | None:
        """ "Doctors from two Kenyan groups": the country of the body they come from."""
        noun = naming.noun_at(child) if syntax.case_of(child) == "from" else None
        body = noun is not None and noun.kind in {"Organization", "Group"}
        return self.country(child) if body else None

    def _owned(self, token: Word, owner: Word) -> str | None:
        """ "Its army": the country of whoever "its" stands for."""
        if owner.pos != "PRON" or not naming.is_arm(token):
            return None
        key = self.resolve(owner)
        return self.register.drafts[key].country if key else None

    def is_dated(self, token: Word) -> bool:
        """Whether the token is part of a date."""
        named = token.lower in DAYS  # no date without the article's own, and nobody's name
        return named or bool(days.touching(self._dates, token.idx, token.idx + 1))

    # -- mentions ------------------------------------------------------------------------

    def of(self, mention: Mention) -> Draft:
        """The actor of a mention."""
        return self.register.drafts[mention.ref]

    def mention(self, token: Word) -> Mention | None:
        """The actor that the phrase names, with the words that name it."""
        key = self.resolve(token)
        return None if key is None else Mention(key, naming.phrase_span(token))

    def parties(self, token: Word) -> tuple[Mention, ...]:
        """The actors of a phrase, one by one: co-ordination and "both sides" taken apart."""
        found: list[Mention] = []
        names = [c for c in token.children if people.stands_beside(c) and naming.is_person(c)]
        shared = names and not naming.is_person(token) and naming.names_post(token)
        for part in (p for head in (names if shared else [token]) for p in syntax.conjuncts(head)):
            mention = self.mention(part)
            if mention is not None:
                members = self.of(mention).members or (mention.ref,)
                found.extend(Mention(member, mention.span) for member in members)
        return tuple(dict.fromkeys(found))

    def speaker(self, token: Word) -> Mention | None:
        """One actor for a phrase: a co-ordination becomes a Group with members."""
        joined = syntax.conjuncts(token)
        if len(joined) < 2:
            return self.mention(token)
        parts = sorted((p for p in joined if self.resolve(p)), key=lambda part: part.i)
        members = tuple(dict.fromkeys([str(self.resolve(part)) for part in parts]))
        if len(members) < 2:
            return self.mention(token)
        last = _person_beside(parts[-1]) or parts[-1]
        span = Span(naming.phrase_span(parts[0]).start, naming.phrase_span(last).end)
        return Mention(self._compound(token, members, span), span)

    def _compound(self, token: Word, members: tuple[str, ...], span: Span) -> str:
        """The group of these members, new where the article has not named it yet."""
        known = self.register.group_of(members)
        if known is not None:
            return known
        label = line(span.of(self.tree.text))
        draft = Draft(f"g{token.i}", "Group", label, span, members=members, plural=True)
        self.register.add(draft)
        return draft.key

    def single_out(self, token: Word) -> None:
        """Let "one of the survivors" be a person where one speaks, rather than all survivors."""
        key = self.resolve(token) if token.pos == "NUM" else None
        if token.pos == "NUM" and (key is None or self.register.drafts[key].plural):
            self.register.at[token.i] = described.singled(self, token) or key

    def unknown(self, token: Word) -> Mention:
        """A source that is no known kind of actor ("the market"), kept as it is named."""
        at = self.register.at
        if at.get(token.i) is None:
            at[token.i] = self.register.merge(described.group(self, token, None))
        return Mention(str(at[token.i]), naming.phrase_span(token))

    def band(self, token: Word) -> Mention:
        """The armed people that a word in front of their act names: "a rebel attack"."""
        noun = naming.noun_at(token)
        key = self.resolve(token) if noun is not None and noun.kind != "Person" else None
        key = key or self.register.merge(described.group(self, token, None))
        return Mention(key, naming.phrase_span(token))

    def state(self, token: Word, country: str) -> str:
        """The key of a country as an actor; the token is where it is named."""
        return described.state(self, token, country)


def _person_beside(token: Word) -> Word | None:
    """The name that stands beside a post: "Special Representative Ada Lane"."""
    if naming.is_person(token):
        return None
    beside = syntax.children(token, "appos", "flat", "nmod:desc")
    person = syntax.first(child for child in beside if naming.is_person(child))
    if person is None or not (naming.names_post(token) or naming.noun_at(token) is None):
        return None
    return person


def _widest(owner: Word) -> Word:
    """What says whose a place is: Lebanon of "in Tripoli, Lebanon", Ohio of "Lebanon, Ohio"."""
    within = syntax.child(owner, "nmod:unmarked", "appos", "nmod:desc")
    placed = owner.dep == "nmod" and within is not None and within.i > owner.i
    named = within is not None and within.entity is not None and within.entity.label == "LOC"
    return within if within is not None and placed and named else owner
