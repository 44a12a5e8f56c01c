"""Statements in the making, and what the rules that find them share."""

from dataclasses import dataclass, field
from typing import Final

from kg.extract.actors.cast import Cast
from kg.extract.lexicon import Cue
from kg.extract.quotations import Quotation
from kg.extract.tree import Tree, Word
from kg.model import DateRange, Span

ANSWERS: Final = frozenset({"deny", "reject", "confirm"})
"""Acts that answer to what was said before."""


@dataclass(slots=True, eq=False)
class Find:
    """A statement in the making.

    ``heads`` are the main words of its content. ``cut``: where the content of a statement
    around this one ends, because a clause hung on it is this statement's. ``aside``: whether
    this clause takes that statement as its content; ``refers`` is that statement then.
    ``asked``: who is asked inside what is said ("we call on Kesh to …").
    ``document``: the paper or post that the source speaks by. ``part``: which of the statements
    of one colon this is (see ``turns``). ``dated``: where the day of a printed source stands.
    """

    cue: Word
    frame: Cue
    source: Word | None
    content: list[Span]
    heads: list[Word] = field(default_factory=list)
    addressee: Word | None = None
    asked: Word | None = None
    target: Word | None = None
    document: Word | None = None
    quoted: bool = False
    passive: bool = False
    cut: int | None = None
    aside: bool = False
    refers: "Find | None" = None
    part: int = 0
    dated: Span | None = None

    @property
    def key(self) -> str:
        """Unique in the article: a cue makes one statement, a colon one or more."""
        return f"s{self.cue.i}-{self.part}" if self.part else f"s{self.cue.i}"

    @property
    def cue_span(self) -> Span:
        """The cue's characters."""
        return Span(self.cue.idx, self.cue.end)

    @property
    def length(self) -> int:
        """How many characters are said."""
        return sum(span.end - span.start for span in self.content)

    def says(self, offset: int) -> bool:
        """Whether a character is part of what is said."""
        return any(span.start <= offset < span.end for span in self.content)


@dataclass(frozen=True, slots=True)
class Reading:
    """One parsed article while its statements are read.

    ``claimed``: quotation → the statement it has been given to. ``finds``: the statements so
    far, in the order of their cues. ``turns``: index of a colon → what is said behind it.
    ``heads``: a main word of what cues say → the statements; ``contents``: what they say;
    ``labels``: the label of a turn → whom it names.
    """

    tree: Tree
    cast: Cast
    quotations: tuple[Quotation, ...]
    dates: tuple[DateRange, ...]
    claimed: dict[Quotation, Find] = field(default_factory=dict)
    finds: list[Find] = field(default_factory=list)
    turns: dict[int, list[Find]] = field(default_factory=dict)
    heads: dict[Word, list[Find]] = field(default_factory=dict)
    contents: set[tuple[Span, ...]] = field(default_factory=set)
    labels: dict[str, str | None] = field(default_factory=dict)

    def note(self, find: Find) -> None:
        """Add a statement that a cue makes, for the cues behind it to find."""
        self.finds.append(find)
        self.contents.add(tuple(find.content))
        for head in find.heads:
            self.heads.setdefault(head, []).append(find)

    @property
    def text(self) -> str:
        """The article's text."""
        return self.tree.text

    def is_dated(self, token: Word) -> bool:
        """Whether the token is part of a date."""
        return self.cast.is_dated(token)
