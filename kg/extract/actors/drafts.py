"""Actors in the making, and the register of those that one article has named so far."""

from bisect import insort
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from kg.extract.actors.nations import Nations
from kg.extract.actors.unlisted import is_name
from kg.extract.quotations import Quotation
from kg.extract.stretches import Stretches
from kg.extract.tree import Tree, Word, line
from kg.model import Actor, ActorKind, Membership, Mention, Span


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
    order: int = 0

    def freeze(self) -> Actor:
        """The finished actor."""
        posts = {replace(post, country=_code(post.country)) for post in self.posts}
        return Actor(
            key=self.key,
            label=self.label,
            kind=self.kind,
            span=self.span,
            name=self.name,
            aliases=tuple(sorted(self.aliases - {self.label})),
            sector=self.sector,
            country=_code(self.country),
            members=self.members,
            memberships=tuple(sorted(posts, key=lambda post: (post.span, post.role))),
        )


def _code(country: str | None) -> str | None:
    """A country's code; one that the gazetteer does not list has none."""
    return None if country is None or is_name(country) else country


@dataclass(slots=True)
class Register:
    """The actors of an article so far, and which words name them.

    ``at``: token index → key, or None where a phrase names nobody. ``persons``: (token index,
    key) of every mention of a person, in text order. ``spoken``: sentence → (place in the order
    found, cue's token index, key) of who spoke. ``charged``: sentence → (cue's token index,
    key) of who is accused. ``voices``: the keys of those whose own words a
    stretch of text is: "we" in it is the speaker. ``quotations``: those of the text, in order.
    """

    tree: Tree
    drafts: dict[str, Draft] = field(default_factory=dict)
    at: dict[int, str | None] = field(default_factory=dict)
    persons: list[tuple[int, str]] = field(default_factory=list)
    spoken: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    charged: dict[int, list[tuple[int, str]]] = field(default_factory=dict)
    voices: Stretches[str] = field(default_factory=Stretches)
    quotations: Sequence[Quotation] = ()
    _kinds: defaultdict[ActorKind, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    _called: defaultdict[tuple[ActorKind, str], list[Draft]] = field(
        default_factory=lambda: defaultdict(list)
    )
    _groups: dict[tuple[str, ...], str] = field(default_factory=dict)
    _posts: defaultdict[str, list[Draft]] = field(default_factory=lambda: defaultdict(list))
    _added: int = 0
    _heard: int = 0

    def new(self, token: Word, kind: ActorKind, span: Span, name: str | None = None) -> Draft:
        """A draft of its own for the phrase headed by the token, labelled with its words."""
        key = f"a{token.i}"
        while key in self.drafts:
            key += "x"
        label = line(span.of(self.tree.text))
        draft = Draft(key, kind, label, span, name=name, plural=kind == "Group")
        self.add(draft)
        return draft

    def add(self, draft: Draft) -> None:
        """Keep a draft, to be found by its kind, its label and its members."""
        self.drafts[draft.key] = draft
        self._added += 1
        draft.order = self._added
        self._kinds[draft.kind].append(draft)
        self.call(draft, draft.label)
        self.join(draft, draft.members)

    def call(self, draft: Draft, label: str) -> None:
        """Give a draft its label."""
        draft.label = label
        self._called[draft.kind, label.lower()].append(draft)
        self._called[draft.kind, f"… {_last(label)}"].append(draft)

    def join(self, draft: Draft, members: tuple[str, ...]) -> None:
        """Give a group its members."""
        draft.members = members
        if members:
            self._groups.setdefault(members, draft.key)

    def serve(self, draft: Draft, post: str) -> None:
        """Give somebody a kind of post."""
        if post not in draft.post_kinds:
            draft.post_kinds.add(post)
            self._posts[post].append(draft)

    def holders(self, post: str) -> list[Draft]:
        """The persons of that kind of post, in the order found."""
        found = [one for one in self._alive(self._posts.get(post, ())) if one.kind == "Person"]
        return sorted(found, key=lambda draft: draft.order)

    def ending(self, kind: ActorKind, word: str) -> Iterator[Draft]:
        """The drafts of a kind whose label ends in the word."""
        return self._alive(self._called.get((kind, f"… {word}"), ()))

    def _alive(self, drafts: Iterable[Draft]) -> Iterator[Draft]:
        return (draft for draft in drafts if self.drafts.get(draft.key) is draft)

    def merge(self, draft: Draft) -> str:
        """The key of the earlier actor of the same description, or of this one."""
        if draft.name or draft.kind == "Document":
            return draft.key
        label = draft.label.lower()
        for other in self._alive(self._called[draft.kind, label]):
            if other is draft or other.members:
                continue
            if other.country == draft.country and other.label.lower() == label:
                del self.drafts[draft.key]
                return other.key
        return draft.key

    def group_of(self, members: tuple[str, ...]) -> str | None:
        """The key of the group that has just these members."""
        return self._groups.get(members)

    def of_kind(self, kind: ActorKind) -> Iterator[Draft]:
        """The drafts of a kind, in the order found."""
        return self._alive(self._kinds.get(kind, ()))

    def meet(self, token: Word, key: str) -> None:
        """Note that a person is mentioned here."""
        insort(self.persons, (token.i, key))

    def hear(self, cue: Word, key: str) -> None:
        """Note that somebody has spoken here."""
        self._heard += 1
        self.spoken.setdefault(cue.sent.index, []).append((self._heard, cue.i, key))

    def charge(self, cue: Word, key: str) -> None:
        """Note that somebody is accused here."""
        self.charged.setdefault(cue.sent.index, []).append((cue.i, key))

    def spoke(self, first: int, last: int) -> list[tuple[int, str]]:
        """(cue's token index, key) of who spoke in these sentences, what was found last first."""
        found = [one for index in range(first, last + 1) for one in self.spoken.get(index, ())]
        return [(at, key) for _, at, key in sorted(found, reverse=True)]


def _last(label: str) -> str:
    return "".join(label.lower().split()[-1:])


class Scene(Protocol):
    """What the rules of this room may ask of an article: its tree, its actors, who is meant."""

    @property
    def tree(self) -> Tree:
        """The parsed text."""

    @property
    def nations(self) -> Nations:
        """Its countries and peoples."""

    @property
    def register(self) -> Register:
        """Its actors so far."""

    def resolve(self, token: Word) -> str | None:
        """The key of the actor that the phrase headed by the token names, or None."""

    def speaker(self, token: Word) -> Mention | None:
        """One actor for a phrase: a co-ordination is a group with members."""

    def country(self, token: Word) -> str | None:
        """The country that the phrase headed by the token belongs to, or None."""

    def is_dated(self, token: Word) -> bool:
        """Whether the token is part of a date."""
