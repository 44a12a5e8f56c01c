"""What linking looks at of actors and places, as it is kept, and what it finds of them."""

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

from kg.judgements import Identity
from kg.link import actors, places
from kg.link.cluster import Key, Match, Matches, Tie, age
from kg.link.facts import ArticleFacts
from kg.model import Link
from kg.view.entities import canonical
from kg.view.shape import LABEL
from kg.view.ties import Ties


class Kind(NamedTuple):
    """How things of a kind are told apart."""

    name: str
    things: Callable[[ArticleFacts], Sequence[Any]]
    key_of: Callable[[Any], Key]
    alike: Callable[[Key], Match]
    ties: Callable[[Key, Any], Iterable[Tie]]
    grouped: Callable[[Iterable[Key], Iterable[tuple[Key, Tie]]], tuple[list[list[Key]], Matches]]


KINDS: Final = (
    Kind(
        *("actor", lambda one: one.actors, actors.key_of, actors.alike, actors.ties),
        actors.grouped,
    ),
    Kind(
        *("place", lambda one: one.places, places.key_of, places.alike, places.ties),
        places.grouped,
    ),
)


@dataclass(frozen=True, slots=True)
class Spoken:
    """What people say of identity, before and now."""

    before: Sequence[Identity] = ()
    now: Sequence[Identity] = ()

    @property
    def ends(self) -> set[str]:
        """The things (terms) of which they say something else than before."""
        differing = set(self.before) ^ set(self.now)
        return {f"<{end}>" for one in differing for end in one.pair}


@dataclass(slots=True)
class Relinked:
    """The things whose links may differ (terms), and their links as they are now."""

    subjects: set[str] = field(default_factory=set)
    links: list[Link] = field(default_factory=list)


class Aged(NamedTuple):
    """A thing, and the article's first day."""

    iri: str
    published: str | None


def take_out(ties: Ties, kind: Kind, articles: Iterable[ArticleFacts]) -> None:
    """Take out what articles name."""
    for one in articles:
        ties.held.execute(
            "DELETE FROM member WHERE article = ? AND kind = ?",
            (ties.short(f"<{one.iri}>"), kind.name),
        )
        used = list(_tied(kind, one))
        named = "WHERE kind = ? AND words = ? AND how = ? AND key = ?"
        ties.put(f"UPDATE tie SET uses = uses - 1 {named}", used)
        ties.put(f"DELETE FROM tie {named} AND uses = 0", used)


def put_in(ties: Ties, kind: Kind, articles: Iterable[ArticleFacts]) -> None:
    """Put in what articles name, each thing leading to itself until it is linked."""
    for one in articles:
        ties.put(
            "INSERT INTO member VALUES (?, ?, ?, ?, ?, ?, 0)",
            (
                (
                    *(ties.short(thing.iri), ties.short(f"<{one.iri}>"), kind.name),
                    *(keyed(kind.key_of(thing)), aged(ties, thing)),
                    ties.short(canonical(ties.base, kind.name, thing.iri, _label(one, thing))),
                )
                for thing in kind.things(one)
            ),
        )
        ties.put(
            "INSERT INTO tie VALUES (?, ?, ?, ?, 1) ON CONFLICT DO UPDATE SET uses = uses + 1",
            _tied(kind, one),
        )


def _label(article: ArticleFacts, thing: Any) -> str:
    return article.nodes[thing.iri][LABEL][0]


def _tied(kind: Kind, article: ArticleFacts) -> Iterator[tuple[str, str, str, str]]:
    for thing in kind.things(article):
        key = kind.key_of(thing)
        for how, of, words in kind.ties(key, thing):
            yield of, words, how, keyed(key)


def named(article: ArticleFacts) -> Iterator[str]:
    """The actors and places that an article names."""
    yield from (one.iri for one in article.actors)
    yield from (one.iri for one in article.places)


def keyed(key: Key) -> str:
    """A key as text."""
    return json.dumps(key, ensure_ascii=False, separators=(",", ":"))


def aged(ties: Ties, thing: Any) -> str:
    """A text that sorts things by age."""
    published, iri = age(thing)
    return f"{published} {ties.short(iri)}"
