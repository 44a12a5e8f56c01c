"""The nouns: what an article is and what is read out of it.

Frozen, slotted dataclasses that hold tuples; no input, clock or parsing in a constructor.
Offsets are code points into ``Article.text`` exactly as given, end exclusive.
Within one article, things refer to each other by ``key``, a short string that is unique in
its :class:`Extraction`; ``kg.rdf`` turns keys into IRIs.
"""

from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, TypedDict, get_args

Slot = Literal[
    "whole",
    "speaker",
    "cue",
    "content",
    "target",
    "addressee",
    "actor",
    "recipient",
    "mediator",
    "place",
    "date",
    "toll",
    "role",
]
SLOTS: Final[tuple[Slot, ...]] = get_args(Slot)

ActorKind = Literal["Person", "Organization", "State", "Group", "Document"]
LINKER: Final = "linker"
"""Who links where no person does."""
Precision = Literal["point", "settlement", "district", "region", "country", "area", "vague"]
Identity = Literal["same", "different", "unsure"]


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The characters ``[start, end)`` of a text.

    >>> Span(0, 5).of("Baku said")
    'Baku '
    """

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words themselves."""
        return text[self.start : self.end]

    def holds(self, other: "Span") -> bool:
        """Whether ``other`` lies inside this span."""
        return self.start <= other.start and other.end <= self.end

    def touches(self, other: "Span") -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True, slots=True)
class DateRange:
    """A date as exact as its source (EDTF level 1, ISO 8601-2).

    ``earliest`` and ``latest`` are inclusive, both absent where the year is unknown.
    ``text`` is the words that say it; ``span`` is absent for a date that came as metadata.
    """

    edtf: str
    earliest: date | None
    latest: date | None
    text: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One text of one publication, as stored: nothing trimmed, nothing normalised."""

    text: str
    url: str | None = None
    headline: str | None = None
    published: DateRange | None = None
    publisher: str | None = None
    author: str | None = None
    revision_of: str | None = None


@dataclass(frozen=True, slots=True)
class Skipped:
    """An item that was not read: where it stands (path, URL, ``file:line``) and why."""

    where: str
    reason: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that name an actor or a place: the key of what they name, and where they stand."""

    ref: str
    span: Span


@dataclass(frozen=True, slots=True)
class Membership:
    """A post or membership: the words that give the role, and the organisation if named."""

    role: str
    span: Span
    organization: str | None = None
    country: str | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Who speaks or acts, as one article names them.

    ``span`` is the mention the label comes from. ``name`` is the proper name, absent for
    actors known by description only ("two officials"). A Document is words on paper or film
    that speak for themselves ("the video claims"). ``country`` is ISO 3166-1 alpha-2,
    ``sector`` a PLOVER sector code. ``members`` are keys of actors (of a Group).
    """

    key: str
    label: str
    kind: ActorKind
    span: Span
    name: str | None = None
    aliases: tuple[str, ...] = ()
    sector: str | None = None
    country: str | None = None
    members: tuple[str, ...] = ()
    memberships: tuple[Membership, ...] = ()
    same_as: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where, as one article names it. A point or an extent only as exact as the text.

    ``point`` is (latitude, longitude) in WGS84 degrees; ``extent`` is (south, west, north,
    east). ``geonames`` is the GeoNames id. ``name`` is the gazetteer's name.
    """

    key: str
    label: str
    span: Span
    precision: Precision
    name: str | None = None
    country: str | None = None
    point: tuple[float, float] | None = None
    extent: tuple[float, float, float, float] | None = None
    geonames: int | None = None


class Meaning(TypedDict):
    """What a place's name can mean; its weight is in powers of ten of people."""

    name: str
    precision: str
    country: str | None
    division: str | None
    population: int
    geonames: int | None
    weight: float
    because: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class Toll:
    """How many, with the bounds the words give: "at least 12" is ``least=12`` alone."""

    text: str
    span: Span
    least: int | None = None
    best: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Statement:
    """One attributed speech act in one article.

    ``content`` may be discontinuous. ``about`` holds keys of event reports or of other
    statements. ``speaker`` is absent only where the text names none (agentless passive).
    """

    key: str
    whole: Span
    cue: Span
    act: str
    content: tuple[Span, ...]
    speaker: Mention | None
    quoted: bool = False
    addressees: tuple[Mention, ...] = ()
    targets: tuple[Mention, ...] = ()
    medium: str | None = None
    about: tuple[str, ...] = ()
    date: DateRange | None = None
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class EventReport:
    """An event as one article tells it. ``cue`` is the trigger ("executing", "talks").

    ``targets`` are the words for things that it hits and that are no actors: "two bridges".
    """

    key: str
    whole: Span
    cue: Span
    event_type: str
    factuality: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[Mention, ...] = ()
    recipients: tuple[Mention, ...] = ()
    mediators: tuple[Mention, ...] = ()
    targets: tuple[Span, ...] = ()
    place: Mention | None = None
    date: DateRange | None = None
    background: bool = False
    killed: Toll | None = None
    injured: Toll | None = None
    about: tuple[str, ...] = ()
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Extraction:
    """Everything an extractor found in one article; keys are unique within it.

    ``dropped`` counts findings thrown away for want of evidence.
    """

    extractor: str
    version: str
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    reports: tuple[EventReport, ...] = ()
    dropped: int = 0


@dataclass(frozen=True, slots=True)
class Link:
    """One judgement of identity between two IRIs, by the linker or a person (their name).

    ``contested`` where another person says otherwise.
    """

    subject: str
    object: str
    judgement: Identity
    score: float
    reason: str
    by: str = LINKER
    contested: bool = False
