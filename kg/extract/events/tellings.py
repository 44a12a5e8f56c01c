"""Event reports in the making, and what the rules that fill them share."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Final

from kg.extract.actors.cast import Cast
from kg.extract.events.places import Places
from kg.extract.lexicon import Trigger
from kg.extract.statements import Told
from kg.extract.stretches import Stretches
from kg.extract.tree import Tree, Word
from kg.model import DateRange, Mention, Span, Toll

VIOLENT: Final = frozenset({"ASSAULT", "COERCE", "SANCTION"})
"""Types done to somebody or something, which may then be a place where it happens."""
FIGHTERS: Final = frozenset({"MIL", "PRM", "REB", "UAF"})
"""Sectors of those who fight."""
ARMED: Final = FIGHTERS | {"COP", "SPY"}
"""Sectors of those who bear arms."""


@dataclass(slots=True, eq=False)
class Telling:
    """A report in the making.

    ``words`` are the heads of what tells it, ``taken`` what a verb is done to, ``light`` the
    verb that lends an event noun its subject, ``targets`` the things it hits. ``folded``: other
    words that tell it, ``accident``: it was one; ``doerless``: what did it is nobody and no weapon.
    """

    token: Word
    trigger: Trigger
    cue: Span
    mode: str | None = None
    actors: list[Mention] = field(default_factory=list)
    recipients: list[Mention] = field(default_factory=list)
    targets: list[Word] = field(default_factory=list)
    mediators: list[Mention] = field(default_factory=list)
    place: Mention | None = None
    date: DateRange | None = None
    killed: Toll | None = None
    injured: Toll | None = None
    light: Word | None = None
    words: list[Word] = field(default_factory=list)
    taken: list[Word] = field(default_factory=list)
    folded: list[Word] = field(default_factory=list)
    accident: bool = False
    doerless: bool = False

    @property
    def key(self) -> str:
        """Unique in the article: a token tells one event."""
        return f"r{self.token.i}"

    @property
    def parties(self) -> list[Mention]:
        """Everyone in it."""
        return [*self.actors, *self.recipients]

    @property
    def is_verb(self) -> bool:
        """Whether a verb tells it."""
        return self.trigger.pos == "verb"

    @property
    def is_violent(self) -> bool:
        """Whether its type is done to somebody or something."""
        return self.trigger.event_type in VIOLENT

    @property
    def is_assault(self) -> bool:
        """Whether it is an armed attack or a killing."""
        return self.trigger.event_type == "ASSAULT"


@dataclass(frozen=True, slots=True)
class Scenes:
    """One parsed article while its events are read, after its statements.

    ``open``: token index → the telling that the token heads; ``hosts``: token index → the
    telling that one has been folded into; ``lights``: the same by the light verb's index;
    ``contents``: what is said in each statement; ``cues``: where the cues of statements begin.
    """

    tree: Tree
    cast: Cast
    places: Places
    dates: tuple[DateRange, ...]
    told: tuple[Told, ...]
    open: dict[int, Telling] = field(default_factory=dict)
    hosts: dict[int, Telling] = field(default_factory=dict)
    lights: dict[int, Telling] = field(default_factory=dict)
    contents: Stretches[Told] = field(default_factory=Stretches)
    cues: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        for told in self.told:
            self.contents.add(told, told.statement.content)
            self.cues.add(told.statement.cue.start)

    @property
    def text(self) -> str:
        """The article's text."""
        return self.tree.text

    def at(self, token: Word) -> Telling | None:
        """The telling that the token heads, or has become part of."""
        found = self.open.get(token.i) or self.hosts.get(token.i) or self.lights.get(token.i)
        while found is not None and found.token.i not in self.open:
            found = self.hosts.get(found.token.i)
        return found

    def said_in(self, telling: Telling) -> Told | None:
        """The innermost statement in whose content the event is told."""
        return min(self.contents.at(telling.token.idx), key=length, default=None)


def length(told: Told) -> int:
    """How much is said in a statement."""
    return sum(span.end - span.start for span in told.statement.content)


def refs(mentions: Iterable[Mention]) -> set[str]:
    """The keys of those mentioned."""
    return {mention.ref for mention in mentions}


def unique(mentions: Iterable[Mention] | Iterator[Mention]) -> tuple[Mention, ...]:
    """The first mention of each."""
    found: dict[str, Mention] = {}
    for mention in mentions:
        found.setdefault(mention.ref, mention)
    return tuple(found.values())
