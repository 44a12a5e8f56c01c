"""Actors in the making, and the register of those that one article has named so far."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Protocol

from kg.extract.actors.nations import Nations
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

    def freeze(self) -> Actor:
        """The finished actor."""
        return Actor(
            key=self.key,
            label=self.label,
            kind=self.kind,
            span=self.span,
            name=self.name,
            aliases=tuple(sorted(self.aliases - {self.label})),
            sector=self.sector,
            country=self.country,
            members=self.members,
            memberships=tuple(sorted(set(self.posts), key=lambda post: (post.span, post.role))),
        )


@dataclass(frozen=True, slots=True)
class Voice:
    """Characters that are someone's own words: "we" in them is the speaker."""

    span: Span
    speaker: str


@dataclass(slots=True)
class Register:
    """The actors of an article so far, and which words name them.

    ``at``: token index → key, or None where a phrase names nobody. ``persons``: (token index,
    key) of every mention of a person, in text order. ``spoken``: (cue's token index, key) of
    who spoke, in the order found. ``voices``: whose words a stretch of text is.
    """

    tree: Tree
    drafts: dict[str, Draft] = field(default_factory=dict)
    at: dict[int, str | None] = field(default_factory=dict)
    persons: list[tuple[int, str]] = field(default_factory=list)
    spoken: list[tuple[int, str]] = field(default_factory=list)
    voices: list[Voice] = field(default_factory=list)

    def new(self, token: Word, kind: ActorKind, span: Span, name: str | None = None) -> Draft:
        """A draft of its own for the phrase headed by the token, labelled with its words."""
        key = f"a{token.i}"
        while key in self.drafts:
            key += "x"
        label = line(span.of(self.tree.text))
        self.drafts[key] = Draft(key, kind, label, span, name=name, plural=kind == "Group")
        return self.drafts[key]

    def merge(self, draft: Draft) -> str:
        """The key of the earlier actor of the same description, or of this one."""
        if draft.name or draft.kind == "Document":
            return draft.key
        label = draft.label.lower()
        for other in self.drafts.values():
            if other is draft or other.kind != draft.kind or other.members:
                continue
            if other.country == draft.country and other.label.lower() == label:
                del self.drafts[draft.key]
                return other.key
        return draft.key

    def group_of(self, members: tuple[str, ...]) -> str | None:
        """The key of the group that has just these members."""
        found = (d.key for d in self.drafts.values() if d.kind == "Group" and d.members == members)
        return next(found, None)

    def of_kind(self, kind: ActorKind) -> Iterator[Draft]:
        """The drafts of a kind, in the order found."""
        return (draft for draft in self.drafts.values() if draft.kind == kind)

    def meet(self, token: Word, key: str) -> None:
        """Note that a person is mentioned here."""
        self.persons.append((token.i, key))
        self.persons.sort()


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
