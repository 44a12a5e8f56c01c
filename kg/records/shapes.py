"""The shapes of records (DESIGN section 8): one definition for mypy, the schema and the docs.

An ``id`` is always a full IRI, codes are bare, what is not known is null or an empty list. A key
that is not always there is there only where its docstring says.
"""

from typing import Annotated, Generic, Literal, NotRequired, TypedDict, TypeVar

from kg.model import SLOTS, ActorKind
from kg.records.judged_shapes import Judged
from kg.schema import Day, Iri, code, one_of

Slot = Annotated[str, one_of(*SLOTS)]
ActorType = ActorKind | Literal["Actor"]
Factuality = Annotated[str, code("factuality")]
EventType = Annotated[str, code("event-type")]


class Date(TypedDict):
    """A date as exact as the text: EDTF, its first and last day, its words."""

    edtf: str
    earliest: Day | None
    latest: Day | None
    text: str | None


class Evidence(TypedDict):
    """The characters [start, end) that fill a slot; a report's target is a thing that it hits."""

    slot: Slot
    start: int
    end: int
    exact: str | None


class Mention(Evidence):
    """Evidence, and the article it stands in."""

    article: Iri


class ActorName(TypedDict):
    """An actor, named."""

    id: Iri
    label: str | None
    type: ActorType


class Point(TypedDict):
    """Degrees in WGS84."""

    lat: float
    lon: float


class Extent(TypedDict):
    """Degrees in WGS84; the west of what crosses the date line is greater than its east."""

    south: float
    west: float
    north: float
    east: float


class PlaceName(TypedDict):
    """A place, named; a place with an extent has no point."""

    id: Iri
    label: str | None
    point: Point | None
    precision: Annotated[str, code("place-precision")] | None
    extent: NotRequired[Extent]


class ArticleName(TypedDict):
    """An article, named; published is EDTF. Without a headline it has its first sentence."""

    id: Iri
    headline: str | None
    url: str | None
    published: str | None
    publisher: str | None
    opening: NotRequired[str]


class Toll(TypedDict):
    """How many; what the text does not say is null."""

    min: int | None
    best: int | None
    max: int | None
    text: str | None


class Topic(TypedDict):
    """What a statement or event is about: an event, or a statement (with its act)."""

    id: Iri
    event_type: EventType | None
    mode: str | None
    factuality: Factuality | None
    label: str | None
    act: NotRequired[str]


class Role(TypedDict):
    """A post or membership in the words of one article."""

    id: Iri
    role: str | None
    organization: ActorName | None
    country: str | None
    article: ArticleName | None
    evidence: list[Mention]


class Match(TypedDict):
    """Words of a record that were looked for; marks are [start, end) in code points of text."""

    text: str
    marks: list[list[int]]


class Found(TypedDict):
    """What any item of a list may have: match, where words were looked for (``q``)."""

    match: NotRequired[Match]


class Statement(Found):
    """Who said what, and the words that say so; targets and addressees where there are several."""

    id: Iri
    act: Annotated[str, code("act")]
    speaker: ActorName | None
    content: str | None
    quoted: bool
    target: ActorName | None
    addressee: ActorName | None
    medium: str | None
    about: list[Topic]
    date: Date | None
    article: ArticleName | None
    evidence: list[Evidence]
    confidence: float
    review: Annotated[str, code("review")]
    targets: NotRequired[list[ActorName]]
    addressees: NotRequired[list[ActorName]]


class Slots(Found):
    """What events and reports have alike; places where there are several."""

    label: str | None
    event_type: EventType | None
    mode: str | None
    quad: str | None
    factuality: Factuality | None
    background: bool
    contexts: list[str]
    date: Date | None
    place: PlaceName | None
    actors: list[ActorName]
    recipients: list[ActorName]
    mediators: list[ActorName]
    killed: Toll | None
    injured: Toll | None
    about: list[Topic]
    places: NotRequired[list[PlaceName]]


class Report(Slots):
    """An event as one article tells it; places where there are several."""

    id: Iri
    event: Iri | None
    article: ArticleName | None
    evidence: list[Evidence]
    confidence: float
    review: Annotated[str, code("review")]


class Event(Slots):
    """What one or more reports tell; places where there are several. It is reviewed where each
    of its reports is."""

    id: Iri
    review: Annotated[str, code("review")]
    status: Annotated[str, code("status")] | None
    reports: list[Report]
    statements: list[Iri]


class Named(Found):
    """Other names, country and outside identifiers; how many articles name it, and how often."""

    aliases: list[str]
    country: str | None
    same_as: list[Iri]
    article_total: int
    evidence_total: int


class Names(Named):
    """Where the articles name it: the first fifty that do, and the spans in those."""

    articles: list[ArticleName]
    evidence: list[Mention]


class Actor(Names, ActorName):
    """Who speaks or acts; sector is the first of its sectors, roles are the first fifty told."""

    sector: Annotated[str, code("sector")] | None
    sectors: list[str]
    roles: list[Role]
    role_total: int
    members: list[ActorName]


class Place(Names, PlaceName):
    """Where, as exact as the articles."""


class ArticleHead(Found, ArticleName):
    """What an article states of itself, and what read it."""

    date: Date | None
    author: str | None
    language: str | None
    extractor: str | None
    text_hash: str | None
    revision_of: Iri | None


class Source(ArticleHead):
    """An article as it was read, with its text and nothing that was read out of it."""

    text: str | None


class Article(ArticleHead):
    """One text of one publication."""

    statement_count: int
    report_count: int


class FacetValue(TypedDict):
    """A value of a facet, and how many records have it."""

    value: str
    label: str
    count: int


class Bin(TypedDict):
    """A year, month or day, and how many records are of it."""

    bin: str
    count: int


class Histogram(TypedDict):
    """Records by their own dates; bins, wider and undated add up to the total."""

    by: Literal["year", "month", "day"]
    bins: list[Bin]
    wider: int
    undated: int


class UnknownName(TypedDict):
    """A filter's name that means nobody, and names that are like it."""

    filter: str
    value: str
    near: list[str]


Item = TypeVar("Item")


class Page(TypedDict, Generic[Item]):
    """A page of records; next is the cursor of the page after, null on the last.

    Facets and histogram are there if asked for, unknown where nothing fits because a filter's
    name means nobody.
    """

    items: list[Item]
    total: int
    next: str | None
    facets: NotRequired[dict[str, list[FacetValue]]]
    histogram: NotRequired[Histogram]
    unknown: NotRequired[list[UnknownName]]


class ActorCard(Named, ActorName):
    """An actor without what is said of it elsewhere."""

    sector: Annotated[str, code("sector")] | None
    sectors: list[str]
    role_total: int


class PlaceCard(Named, PlaceName):
    """A place without what is said of it elsewhere."""


class FoundKind(TypedDict):
    """How many records of a kind have the words, what fits them best, and where the list is."""

    kind: Literal["statements", "events", "actors", "places", "articles"]
    total: int
    items: list[Statement | Event | ActorCard | PlaceCard | Article]
    url: str


class Search(TypedDict):
    """What has these words, kind by kind."""

    q: str
    kinds: list[FoundKind]


class StatementRecord(Statement, Judged):
    """A statement, the same words told elsewhere, and the statements about it."""

    same: list[Statement]
    replies: list[Statement]


class EventRecord(Event, Judged):
    """An event with the statements about it, whole, and the events about it."""

    said: list[Statement]
    linked: list[Topic]


class ActorRecord(Actor, Judged):
    """An actor with the first of what it said, did and had done to it, and its groups."""

    groups: list[ActorName]
    said: Page[Statement]
    addressed: Page[Statement]
    did: Page[Event]
    received: Page[Event]
    mediated: Page[Event]


class PlaceRecord(Place, Judged):
    """A place with the first of what happened there and of what was said of it."""

    events: Page[Event]
    statements: Page[Statement]


class ArticleRecord(Article):
    """An article with its text and all that was read out of it, in the order of the text."""

    text: str | None
    statements: list[Statement]
    reports: list[Report]
