"""Who speaks and acts in one article: names, posts, bodies, states, groups, pronouns.

A :class:`Cast` is built from a parsed text in one pass over its names and posts, so that a
mention may be explained by a later one ("the envoy" … "Ada Lane, the envoy"). Then it answers
one question: which actor does the noun phrase headed by this token name?
"""

from collections import Counter
from dataclasses import dataclass, field, replace
from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import Noun, cues, nouns, ranks
from kg.extract.tree import Name, Tree, Word
from kg.gazetteer import Gazetteer
from kg.model import Actor, ActorKind, DateRange, Membership, Mention, Span

QUANTIFIERS: Final = frozenset({"several", "some", "many", "most", "more", "all", "any", "few"})
BOTH: Final = frozenset({"side", "sides", "country", "countries", "state", "states"}) | {
    "neighbor",
    "neighbors",
    "neighbour",
    "neighbours",
    "nation",
    "nations",
    "party",
    "parties",
    "government",
    "governments",
    "army",
    "armies",
    "both",
}
TITLES: Final = {"mr": "m", "mr.": "m", "mrs": "f", "mrs.": "f", "ms": "f", "ms.": "f"}
PRONOUNS: Final = {"he": "m", "him": "m", "his": "m", "she": "f", "her": "f", "hers": "f"}
FIRST_PERSON: Final = frozenset({"i", "we", "us", "me", "our", "my", "ourselves", "myself"})
FEMALE_ENDINGS: Final = ("woman", "women", "queen", "mother", "daughter", "sister", "wife", "girl")
MALE_ENDINGS: Final = ("man", "men", "king", "father", "son", "brother", "husband", "boy")
NAME_LINKS: Final = frozenset({"appos", "flat", "nmod:desc", "compound", "nmod"})


@dataclass(slots=True)
class Draft:
    """An actor in the making."""

    key: str
    kind: ActorKind
    label: str
    span: Span
    name: str | None = None
    aliases: set[str] = field(default_factory=set)
    sector: str | None = None
    country: str | None = None
    members: tuple[str, ...] = ()
    posts: list[Membership] = field(default_factory=list)
    post_kinds: set[str] = field(default_factory=set)
    gender: str | None = None
    plural: bool = False

    def freeze(self) -> Actor:
        """The finished actor."""
        aliases = tuple(sorted(self.aliases - {self.label}))
        posts = tuple(sorted(set(self.posts), key=lambda post: (post.span, post.role)))
        return Actor(
            key=self.key,
            label=self.label,
            kind=self.kind,
            span=self.span,
            name=self.name,
            aliases=aliases,
            sector=self.sector,
            country=self.country,
            members=self.members,
            memberships=posts,
        )


@dataclass(frozen=True, slots=True)
class Voice:
    """Characters that are someone's own words: "we" in them is the speaker."""

    span: Span
    speaker: str


class Cast:
    """The actors of one parsed article."""

    def __init__(self, tree: Tree, gazetteer: Gazetteer, dates: tuple[DateRange, ...] = ()) -> None:
        self.tree = tree
        self._dates = [date.span for date in dates if date.span]
        self.gazetteer = gazetteer
        self.drafts: dict[str, Draft] = {}
        self.voices: list[Voice] = []
        self.spoken: list[tuple[int, str]] = []
        self._at: dict[int, str | None] = {}
        self._entity = {w.i: w.entity for w in tree if w.entity is not None}
        self._states = self._count_states()
        self._persons: list[tuple[int, str]] = []
        self._read_persons()
        self._read_posts()

    # -- the first pass ------------------------------------------------------------------

    def _count_states(self) -> list[tuple[int, str]]:
        """(token index, country) of every word that names a country, its people or its seat."""
        found = []
        for token in self.tree:
            if token.text[:1].isupper():
                country = self._country_at(token)
                if country:
                    found.append((token.i, country))
        return found

    def _country_at(self, token: Word) -> str | None:
        entity = self._entity.get(token.i)
        if entity is not None and entity.label in {"LOC", "ORG"}:
            words = entity.text.removeprefix("the ").removeprefix("The ")
            whole = self.gazetteer.country_of(words) or self.gazetteer.capital_of(words)
            if whole:
                return whole if entity.root.i == token.i else None
            if entity.end - entity.start > 1:
                return None
        if entity is not None and entity.label == "PERSON" and not self._is_country(entity):
            return None
        return self.gazetteer.country_of(token.text) or self.gazetteer.capital_of(token.text)

    def _read_persons(self) -> None:
        entities = [
            entity
            for entity in self.tree.names
            if entity.label == "PERSON" and not self._is_country(entity)
        ]
        for entity in sorted(entities, key=lambda e: (-min(e.end - e.start, 2), e.start)):
            draft = self._person(entity)
            for at in range(entity.start, entity.end):
                self._at[at] = draft.key
            self._persons.append((entity.root.i, draft.key))
        for entity in entities:
            self._posts_of(entity)
        self._persons.sort()

    def _is_country(self, entity: Name) -> bool:
        """A single word that names a country ("Chad"), which the analyser took for a person."""
        single = entity.end - entity.start == 1
        return single and self.gazetteer.country_of(_clean(entity.text)) is not None

    def _person(self, entity: Name) -> Draft:
        name = _untitled(_clean(entity.text))
        words = name.split()
        for draft in self.drafts.values():
            if draft.kind == "Person" and draft.name and _same_person(draft.name.split(), words):
                if name != draft.name:
                    draft.aliases.add(name)
                return draft
        start = entity.start_char + entity.text.index(name)
        span = Span(start, start + len(name))
        draft = self._new(entity.root, "Person", name, span, name=name)
        before = self.tree.words[entity.start - 1].lower if entity.start else ""
        draft.gender = TITLES.get(before)
        return draft

    def _posts_of(self, entity: Name) -> None:
        """Posts that stand beside a name: "Ada Lane, the envoy", "spokesman Ned Holt"."""
        draft = self.drafts[str(self._at[entity.root.i])]
        root = entity.root
        for child in root.children:
            if child.i not in self._entity and child.dep in {"appos", "compound", "nmod:desc"}:
                self._post(draft, child)
        head = root
        while head.dep == "conj" and head.head != head:
            head = head.head
        above = head.head
        if head.dep in NAME_LINKS and above != head and self._names_post(above):
            self._post(draft, above, person=root)
            self._at.setdefault(above.i, draft.key)

    def _names_post(self, token: Word) -> bool:
        noun = self.noun(token)
        if noun is None:
            return False
        return noun.kind == "Person" or noun.post != token.lower or _plural_post(token) is not None

    def _post(self, draft: Draft, token: Word, person: Word | None = None) -> None:
        noun = _plural_post(token) or self.noun(token)
        if noun is None or noun.kind not in {"Person", "Group"}:
            return
        words = [t for t in syntax.phrase(token) if self._at.get(t.i) != draft.key]
        words = _left_of_names(words, token, self._entity)
        while words and words[0].pos in {"DET", "PUNCT"}:
            words.pop(0)
        if not words:
            return
        span = syntax.char_span(words)
        body = self._body(token, exclude=draft.key) or (person and self._body(person))
        country = self.drafts[body].country if body else self.country(token)
        role = span.of(self.tree.text)
        draft.posts.append(Membership(role, span, body or None, country))
        draft.post_kinds.add(noun.post)
        draft.gender = draft.gender or _gender(token.lower)
        draft.sector = draft.sector or noun.sector
        draft.country = draft.country or country
        self._at.setdefault(token.i, draft.key)

    def _body(self, token: Word, exclude: str | None = None) -> str | None:
        """The organisation or state that a post belongs to, if the phrase names one."""
        left = [c for c in token.lefts if c.dep in {"compound", "nmod:poss", "amod", "nmod:desc"}]
        right = [
            c
            for c in token.rights
            if c.dep == "nmod" and syntax.case_of(c) in {"for", "of", "at", "from"}
        ]
        for child in [*left, *right]:
            entity = self._entity.get(child.i)
            if entity is not None and entity.label in {"ORG", "LOC"}:
                if entity.label == "LOC" and not self._country_at(entity.root):
                    continue
                return self.resolve(entity.root)
            noun = self.noun(child)
            if noun is not None and noun.kind == "Organization":
                return self.resolve(child)
        return None

    def _read_posts(self) -> None:
        """Posts without a name; those that a named person holds are that person."""
        for token in self.tree:
            if token.i in self._at or token.pos not in {"NOUN", "PROPN"}:
                continue
            noun = self.noun(token)
            if noun is not None and noun.kind == "Person" and token.tag in {"NN", "NNP"}:
                key = self._holder(token, noun)
                if key is not None:
                    self._at[token.i] = key
                    self._persons.append((token.i, key))
        self._persons.sort()

    def _holder(self, token: Word, noun: Noun) -> str | None:
        """The person whose post this is: the same kind of post for the same body."""
        country, body = self.country(token), self._body(token)
        for draft in self.drafts.values():
            if draft.kind != "Person" or noun.post not in draft.post_kinds:
                continue
            bodies = {post.organization for post in draft.posts if post.organization}
            if body and body in bodies:
                return draft.key
            if not body and (country is None or country == draft.country) and _definite(token):
                return draft.key
        return None

    # -- look-up -------------------------------------------------------------------------

    def noun(self, token: Word) -> Noun | None:
        """The lexicon's longest entry that ends at this token."""
        table = nouns()
        left = max(token.sent.start, token.i - 2)
        for start in range(left, token.i + 1):
            words = " ".join(t.lower for t in self.tree.words[start : token.i + 1])
            found = table.get(words.replace(" - ", "-").replace("’", "'").replace(" '", "'"))
            if found is not None:
                return found
        single = table.get(token.lemma)
        if single is None or token.tag in {"NN", "NNP"}:
            return single
        plural: ActorKind = "Group" if single.kind in {"Organization", "State"} else single.kind
        return None if single.kind == "Person" else replace(single, kind=plural)

    def country(self, token: Word) -> str | None:
        """The one country that the phrase headed by this token belongs to."""
        words = self.tree.words
        for child in token.children:
            if child.dep in {"amod", "compound", "nmod:poss", "nmod:desc", "nmod", "flat"}:
                if child.dep == "nmod" and syntax.case_of(child) not in {"of", "in", "from"}:
                    continue
                if child.i + 1 < len(words) and words[child.i + 1].text in "-–":
                    continue
                found = self._country_at(child)
                if found is None and child.pos == "PRON" and self._serves(token):
                    owner = self.resolve(child)
                    found = self.drafts[owner].country if owner else None
                if found:
                    return found
        return None

    def _serves(self, token: Word) -> bool:
        """Whether the noun is an arm of a state, so that "its" gives it a country."""
        noun = self.noun(token)
        return noun is not None and noun.sector in {"MIL", "GOV", "COP", "JUD", "LEG", "SPY"}

    def mention(self, token: Word) -> Mention | None:
        """The actor that the phrase names, with the words that name it."""
        key = self.resolve(token)
        return None if key is None else Mention(key, self.span(token))

    def span(self, token: Word) -> Span:
        """The words of the phrase headed by the token, without a leading article."""
        entity = self._entity.get(token.i)
        if entity is not None and entity.label == "LOC":
            return Span(entity.start_char, entity.start_char + len(_clean(entity.text)))
        if entity is not None and entity.label == "PERSON":
            words = [t for t in syntax.phrase(token) if t.i < entity.end]
        else:
            words = syntax.phrase(token)
        if token.pos != "PRON":
            words = _bare(words, token)
        return syntax.char_span(words)

    def parties(self, token: Word) -> tuple[Mention, ...]:
        """The actors of a phrase, one by one: co-ordination and "both sides" taken apart."""
        found: list[Mention] = []
        names = [c for c in token.children if c.dep in NAME_LINKS and _is_person(c)]
        heads = names if names and not _is_person(token) and self._names_post(token) else [token]
        for part in [conjunct for head in heads for conjunct in syntax.conjuncts(head)]:
            mention = self.mention(part)
            if mention is None:
                continue
            members = self.drafts[mention.ref].members
            found.extend(Mention(member, mention.span) for member in members or (mention.ref,))
        return tuple(dict.fromkeys(found))

    def speaker(self, token: Word) -> Mention | None:
        """One actor for a phrase: a co-ordination becomes a Group with members."""
        parts = [part for part in syntax.conjuncts(token) if self.resolve(part)]
        if len(parts) < 2:
            return self.mention(token)
        span = Span(self.span(parts[0]).start, self.span(parts[-1]).end)
        members = tuple(dict.fromkeys(str(self.resolve(part)) for part in parts))
        if len(members) < 2:
            return self.mention(token)
        for draft in self.drafts.values():
            if draft.kind == "Group" and draft.members == members:
                return Mention(draft.key, span)
        key = f"g{token.i}"
        label = span.of(self.tree.text)
        self.drafts[key] = Draft(key, "Group", label, span, members=members, plural=True)
        return Mention(key, span)

    def resolve(self, token: Word) -> str | None:
        """The key of the actor that the phrase headed by ``token`` names, or None."""
        if token.i not in self._at:
            self._at[token.i] = None  # a phrase cannot explain itself
            self._at[token.i] = self._resolve(token)
        return self._at[token.i]

    def _resolve(self, token: Word) -> str | None:
        if token.pos == "PRON" or token.lower in PRONOUNS:
            return self._pronoun(token)
        entity = self._entity.get(token.i)
        if entity is not None and entity.root.i != token.i:
            return self.resolve(entity.root)
        named = self._named_child(token)
        if named is not None:
            return named
        if _quantity(token):
            inner = syntax.first(c for c in token.rights if syntax.case_of(c) == "of")
            return self.resolve(inner) if inner is not None else self._described(token)
        if token.lower in BOTH and self._pair(token):
            return self._sides(token)
        country = self._country_at(token)
        if country and not self._is_people(token):
            return self._state(token, country)
        return self._described(token)

    def _named_child(self, token: Word) -> str | None:
        """ "Special Representative Ada Lane" is Ada Lane."""
        for child in token.children:
            if child.dep in {"appos", "flat", "nmod:desc"} and _is_person(child):
                if not _is_person(token) and self._names_post(token):
                    return self._at.get(child.i)
        return None

    def _is_people(self, token: Word) -> bool:
        return token.tag in {"NNS", "NNPS", "JJ"} and self.gazetteer.is_demonym(token.text)

    def _state(self, token: Word, country: str) -> str:
        entity = self._entity.get(token.i)
        words = _clean(entity.text) if entity is not None else token.text
        for draft in self.drafts.values():
            if draft.kind == "State" and draft.country == country:
                draft.aliases.add(words)
                return draft.key
        label = self.gazetteer.country_name(country)
        span = syntax.char_span(
            self.tree.words[entity.start : entity.end] if entity is not None else [token]
        )
        draft = self._new(token, "State", label, span, name=label)
        draft.country, draft.sector = country, "GOV"
        draft.aliases.add(words)
        return draft.key

    def _pair(self, token: Word) -> bool:
        """Whether the phrase says there are two of them, or stands for the other of two."""
        marks = {child.lower for child in token.children} | {token.lower}
        return bool(marks & {"both", "two"})

    def _sides(self, token: Word) -> str:
        """ "Both sides": a group of the two states that the text has spoken of most so far."""
        counts = Counter(country for at, country in self._states if at < token.i)
        top = [country for country, _ in counts.most_common(2)]
        if len(top) < 2:
            return str(self._new_group(token, None).key)
        order = sorted(top, key=lambda c: next(at for at, code in self._states if code == c))
        members = tuple(self._state_of(country) for country in order)
        for draft in self.drafts.values():
            if draft.kind == "Group" and draft.members == members:
                return draft.key
        group = self._new_group(token, None)
        group.members = members
        return group.key

    def _state_of(self, country: str) -> str:
        at = next(at for at, code in self._states if code == country)
        return self._state(self.tree.words[at], country)

    def _described(self, token: Word) -> str | None:
        """An actor known by a noun, a people, or a proper name that is no country."""
        entity = self._entity.get(token.i)
        noun = self.noun(token)
        if entity is not None or (token.pos == "PROPN" and noun is None):
            return self._organization(token, entity, noun)
        if self._is_people(token):
            group = self._new_group(token, "CVL")
            group.country = self._country_at(token)
            return self._merge(group)
        if noun is None:
            return self._owner_of_thing(token)
        post = _plural_post(token)
        if post is not None and (key := self._holders(token, post)):
            return key
        return self._by_noun(token, noun)

    def _owner_of_thing(self, token: Word) -> str | None:
        """ "Army positions": the thing is no actor, its owner is."""
        for child in token.lefts:
            if child.dep not in {"compound", "nmod:poss"}:
                continue
            if child.entity is not None and child.entity.label in {"ORG", "LOC"}:
                return self.resolve(child)
            noun = self.noun(child)
            if noun is not None and noun.kind in {"Organization", "Group"}:
                draft = self._new_described(child, noun)
                draft.country = draft.country or self.country(token)
                lead = [c for c in token.lefts if c.dep == "amod" and self._country_at(c)]
                if lead and lead[0].i < child.i:
                    draft.span = syntax.char_span([*lead[:1], child])
                    draft.label = draft.span.of(self.tree.text)
                return self._merge(draft)
        return None

    def _holders(self, token: Word, post: Noun) -> str | None:
        """ "The foreign ministers of the two countries": the persons who hold that post."""
        members = tuple(
            key
            for key, draft in self.drafts.items()
            if draft.kind == "Person" and post.post in draft.post_kinds
        )
        if len(members) < 2 or not _definite(token):
            return None
        for draft in self.drafts.values():
            if draft.kind == "Group" and draft.members == members:
                return draft.key
        group = self._new_group(token, post.sector)
        group.members = members
        return group.key

    def _organization(self, token: Word, entity: Name | None, noun: Noun | None) -> str | None:
        if any(date.start <= token.idx < date.end for date in self._dates):
            return None
        if noun is not None and noun.kind == "Document":
            return None
        words = _clean(entity.text) if entity is not None else token.text
        full = _bare(syntax.phrase(token), token)
        label = syntax.char_span(full).of(self.tree.text)
        country = self.country(token)
        for draft in self.drafts.values():
            if draft.kind == "Organization" and _same_body(draft, words, label, country):
                draft.aliases.add(words)
                return draft.key
        kind: ActorKind = noun.kind if noun and noun.kind == "Group" else "Organization"
        draft = self._new(token, kind, label, syntax.char_span(full), name=_name(words, label))
        draft.country, draft.sector = country, noun.sector if noun else None
        draft.plural = kind == "Group"
        return draft.key

    def _by_noun(self, token: Word, noun: Noun) -> str | None:
        if noun.kind == "Person" and token.tag in {"NNS", "NNPS"}:
            return self._merge(self._new_group(token, noun.sector))
        draft = self._new_described(token, noun)
        return self._merge(draft)

    def _new_described(self, token: Word, noun: Noun) -> Draft:
        words = _bare(syntax.phrase(token), token)
        span = syntax.char_span(words)
        draft = self._new(token, noun.kind, span.of(self.tree.text), span)
        draft.sector, draft.country = noun.sector, self.country(token)
        draft.plural = noun.kind == "Group"
        if noun.kind == "Person":
            draft.post_kinds.add(noun.post)
            draft.gender = _gender(token.lower)
            self._persons.append((token.i, draft.key))
            self._persons.sort()
            body = self._body(token)
            if body:
                role = Membership(draft.label, span, body, draft.country)
                draft.posts.append(role)
        return draft

    def _new_group(self, token: Word, sector: str | None) -> Draft:
        noun = self.noun(token)
        words = syntax.phrase(token) if self._pair(token) else _bare(syntax.phrase(token), token)
        span = syntax.char_span(words)
        draft = self._new(token, "Group", span.of(self.tree.text), span)
        draft.sector = sector or (noun.sector if noun else None)
        draft.country = self.country(token)
        draft.plural = True
        return draft

    def _merge(self, draft: Draft) -> str:
        """The earlier actor of the same description, or this one."""
        for other in self.drafts.values():
            if other is draft or other.kind != draft.kind or other.members:
                continue
            same = other.label.lower() == draft.label.lower() and other.country == draft.country
            if same and not draft.name and draft.kind != "Document":
                del self.drafts[draft.key]
                return other.key
        return draft.key

    def _new(
        self, token: Word, kind: ActorKind, label: str, span: Span, name: str | None = None
    ) -> Draft:
        key = f"a{token.i}"
        while key in self.drafts:
            key += "x"
        self.drafts[key] = Draft(key, kind, label, span, name=name)
        return self.drafts[key]

    def unknown(self, token: Word) -> Mention:
        """A source that is no known kind of actor ("the market"), kept as it is named."""
        if self._at.get(token.i) is None:
            self._at[token.i] = self._merge(self._new_group(token, None))
        return Mention(str(self._at[token.i]), self.span(token))

    def state(self, token: Word, country: str) -> str:
        """The key of a country as an actor."""
        return self._state(token, country)

    # -- pronouns ------------------------------------------------------------------------

    def _pronoun(self, token: Word) -> str | None:
        word = token.lower
        if word in FIRST_PERSON:
            return self._voice(token)
        if (key := self._last_speaker(token)) is not None:
            return key
        if word in PRONOUNS:
            return self._person_before(token, PRONOUNS[word])
        if word in {"it", "its", "itself"}:
            return self._thing_before(token)
        if word in {"they", "them", "their", "theirs"}:
            return self._many_before(token)
        if word in {"other", "both", "some", "those", "others"}:
            return self._described(token) if word in {"other", "others"} else None
        if token.tag in {"WDT", "WP"} and token.head.dep == "acl:relcl":
            return self.resolve(token.head.head)
        return None

    def _last_speaker(self, token: Word) -> str | None:
        """Who spoke last, for a pronoun that speaks again: "…, the clinic said. … it added"."""
        if token.dep not in syntax.SUBJECTS or token.head.lemma not in cues():
            return None
        wanted = {"it": ("Organization", "State", "Document"), "they": ("Group",)}
        kinds = wanted.get(token.lower, ("Person",) if token.lower in PRONOUNS else ())
        for at, key in reversed(self.spoken):
            if at >= token.i or token.sent.index - self.tree.words[at].sent.index > 2:
                continue
            draft = self.drafts.get(key)
            if draft is None or draft.kind not in kinds:
                continue
            if draft.kind == "Person" and draft.gender not in {None, PRONOUNS[token.lower]}:
                continue
            if draft.kind == "Person":
                draft.gender = PRONOUNS[token.lower]
            return key
        return None

    def _voice(self, token: Word) -> str | None:
        for voice in reversed(self.voices):
            if voice.span.start <= token.idx < voice.span.end:
                return voice.speaker
        return None

    def _person_before(self, token: Word, gender: str) -> str | None:
        best: tuple[int, int] | None = None
        found = None
        for at, key in self._persons:
            if at >= token.i:
                break
            draft = self.drafts.get(key)
            if draft is None or draft.gender not in {None, gender}:
                continue
            distance = _sentences_between(self.tree, at, token.i)
            if distance > 4:
                continue
            rank = (-distance, 1 if self._is_topic(self.tree.words[at]) else 0)
            if best is None or rank >= best:
                best, found = rank, draft
        if found is not None and found.gender is None:
            found.gender = gender
        return found.key if found is not None else None

    def _is_topic(self, token: Word) -> bool:
        """Whether the name is the subject of its clause, or of the clause of its title."""
        node = token
        while node.dep in {"flat", "appos", "compound", "nmod:desc"} and node.head != node:
            node = node.head
        return node.dep in syntax.SUBJECTS

    def _thing_before(self, token: Word) -> str | None:
        """ "It": the subject above it, else the last singular body, state or document."""
        for above in syntax.ancestors(token):
            subject = syntax.first(syntax.children(above, "nsubj", "nsubj:pass"))
            if subject is not None and subject.i < token.i and subject != token:
                key = self.resolve(subject)
                if key and self.drafts[key].kind in {"Organization", "State", "Document"}:
                    return key
        return self._subject_before(token, {"Organization", "State", "Document"}, plural=False)

    def _many_before(self, token: Word) -> str | None:
        return self._subject_before(token, {"Group"}, plural=True)

    def _subject_before(self, token: Word, kinds: set[str], *, plural: bool) -> str | None:
        here = token.sent.index
        sents = self.tree.sents[max(0, here - 2) : here + 1]
        for sent in reversed(sents):
            for other in self.tree.of(sent):
                if other.i < token.i and other.dep in syntax.SUBJECTS and other.pos != "PRON":
                    key = self.resolve(other)
                    draft = self.drafts.get(key) if key else None
                    if draft and draft.kind in kinds and draft.plural == plural:
                        return key
        return None


def _is_person(token: Word) -> bool:
    return token.entity is not None and token.entity.label == "PERSON"


def _untitled(name: str) -> str:
    """A person's name without a rank or title in front."""
    words = name.split()
    while len(words) > 1 and _is_title(words[0]):
        words.pop(0)
    return name[name.index(words[0]) :]


def _is_title(word: str) -> bool:
    plain = word.lower().rstrip(".")
    noun = nouns().get(plain)
    return plain in ranks() or (noun is not None and noun.kind == "Person")


def _clean(words: str) -> str:
    return words.strip().removesuffix("'s").removesuffix("’s").strip()


def _name(words: str, label: str) -> str:
    """The proper name: the label where it opens with it, else the name the analyser marked."""
    return label if label.startswith(words) else words


def _same_person(known: list[str], words: list[str]) -> bool:
    if known == words:
        return True
    if len(words) == 1 or len(known) == 1:
        return known[-1] == words[-1]
    return known[-1] == words[-1] and known[0] == words[0]


def _same_body(draft: Draft, words: str, label: str, country: str | None) -> bool:
    known = {draft.label, draft.name or draft.label, *draft.aliases}
    if country and draft.country and country != draft.country:
        return False
    lowered = {name.lower() for name in known}
    if words.lower() in lowered or label.lower() in lowered:
        return True
    return any(_acronym(name) == words or _acronym(words) == name for name in known)


def _acronym(words: str) -> str:
    initials = [word[0] for word in words.split() if word[0].isupper()]
    return "".join(initials) if len(initials) > 1 else ""


def _gender(noun: str) -> str | None:
    if noun.endswith(FEMALE_ENDINGS):
        return "f"
    return "m" if noun.endswith(MALE_ENDINGS) else None


def _definite(token: Word) -> bool:
    """Whether the phrase points at someone known: the envoy, Kesh's envoy."""
    marks = {child.lower for child in token.children if child.dep in {"det", "nmod:poss"}}
    return "the" in marks or any(child.dep == "nmod:poss" for child in token.children)


def _plural_post(token: Word) -> Noun | None:
    """The post that a plural names: "foreign ministers" is the post of foreign minister."""
    if not token.lower.endswith("s"):
        return None
    before = token.tree.words[token.i - 1].lower if token.i else ""
    singular = token.lower.removesuffix("s")
    found = nouns().get(f"{before} {singular}") or nouns().get(singular)
    return found if found is not None and found.kind == "Person" else None


def _quantity(token: Word) -> bool:
    counted = {"some", "dozens", "hundreds", "thousands", "group", "number", "members", "scores"}
    return token.lower in counted | {"part", "majority", "several", "many", "one", "most"}


def _bare(words: list[Word], head: Word) -> list[Word]:
    """The phrase without articles and quantifiers in front."""
    rest = list(words)
    while len(rest) > 1 and rest[0] != head:
        lead = rest[0]
        counted = lead.pos == "NUM" and any(c.isdigit() for c in lead.text)
        loose = lead.tag in {"DT", "PDT", "RB"} or lead.lower in QUANTIFIERS | {"than", "about", "at", "least"}
        if loose or counted or lead.is_punct:
            rest.pop(0)
        else:
            break
    return rest


def _left_of_names(words: list[Word], head: Word, entities: dict[int, Name]) -> list[Word]:
    """Drop what follows the post's noun once a person's name begins."""
    kept = []
    for word in words:
        entity = entities.get(word.i)
        if word.i > head.i and entity is not None and entity.label == "PERSON":
            break
        kept.append(word)
    return kept


def _sentences_between(tree: Tree, left: int, right: int) -> int:
    return tree.words[right].sent.index - tree.words[left].sent.index
