"""The shapes of JSON answers, as JSON Schema 2020-12 (OpenAPI 3.1 ``components.schemas``).

Tests hold every answer of the application against them, so they cannot drift from
``kg.records``.
"""

from collections.abc import Mapping
from typing import Final

from api.shapes import (
    BOOLEAN,
    DAY,
    INTEGER,
    IRI,
    NUMBER,
    STRING,
    Schema,
    listed,
    maybe,
    one_of,
    page,
    ref,
    shape,
)
from kg.filters import KINDS
from kg.filters.language import TYPES
from kg.model import SLOTS
from kg.projection import PRESETS
from kg.projection.model import EDGE_COLUMNS, NODE_COLUMNS
from kg.vocab import codes

_SLOTS: Final = {
    "label": maybe(STRING),
    "event_type": maybe(STRING),
    "mode": maybe(STRING),
    "quad": maybe(STRING),
    "factuality": maybe(STRING),
    "background": BOOLEAN,
    "contexts": listed(STRING),
    "date": maybe(ref("Date")),
    "place": maybe(ref("PlaceName")),
    "actors": listed(ref("ActorName")),
    "recipients": listed(ref("ActorName")),
    "mediators": listed(ref("ActorName")),
    "killed": maybe(ref("Toll")),
    "injured": maybe(ref("Toll")),
    "about": listed(ref("Topic")),
}
_NAMED: Final = {
    "aliases": listed(STRING),
    "country": maybe(STRING),
    "same_as": listed(IRI),
    "articles": listed(ref("ArticleName")),
    "evidence": listed(ref("Mention")),
}
_MORE_PLACES: Final = {"places": listed(ref("PlaceName"))}


def schemas() -> dict[str, Schema]:
    """Name → schema."""
    return {**_parts(), **_records(), **_explained(), **_pages(), **_others()}


def _parts() -> dict[str, Schema]:
    evidence = {"slot": one_of(SLOTS), "start": INTEGER, "end": INTEGER, "exact": STRING}
    point = shape("Degrees in WGS84.", lat=NUMBER, lon=NUMBER)
    extent = shape("Degrees in WGS84.", south=NUMBER, west=NUMBER, north=NUMBER, east=NUMBER)
    return {
        "Date": shape(
            "A date as exact as the text: EDTF, its first and last day, its words.",
            edtf=STRING,
            earliest=DAY,
            latest=DAY,
            text=maybe(STRING),
        ),
        "Evidence": shape(
            "The characters [start, end) that fill a slot; a report's target is a thing it hits.",
            **evidence,
        ),
        "Mention": shape("Evidence, and the article it stands in.", **evidence, article=IRI),
        "ActorName": shape(
            "An actor, named.", id=IRI, label=maybe(STRING), type=one_of([*TYPES, "Actor"])
        ),
        "PlaceName": shape(
            "A place, named; a place with an extent has no point.",
            {"extent": extent},
            id=IRI,
            label=maybe(STRING),
            point=maybe(point),
            precision=maybe(STRING),
        ),
        "ArticleName": shape(
            "An article, named; published is EDTF. Without a headline it has its first sentence.",
            {"opening": STRING},
            id=IRI,
            headline=maybe(STRING),
            url=maybe(STRING),
            published=maybe(STRING),
            publisher=maybe(STRING),
        ),
        "Toll": shape(
            "How many; what the text does not say is null.",
            min=maybe(INTEGER),
            best=maybe(INTEGER),
            max=maybe(INTEGER),
            text=maybe(STRING),
        ),
        "Topic": shape(
            "What a statement or event is about: an event, or a statement (with its act).",
            {"act": STRING},
            id=IRI,
            event_type=maybe(STRING),
            mode=maybe(STRING),
            factuality=maybe(STRING),
            label=maybe(STRING),
        ),
        "Role": shape(
            "A post or membership in the words of one article.",
            id=IRI,
            role=maybe(STRING),
            organization=maybe(ref("ActorName")),
            country=maybe(STRING),
            article=maybe(ref("ArticleName")),
            evidence=listed(ref("Mention")),
        ),
    }


def _records() -> dict[str, Schema]:
    actor = {
        "id": IRI,
        "label": maybe(STRING),
        "type": one_of([*TYPES, "Actor"]),
        **_NAMED,
        "sector": maybe(STRING),
        "sectors": listed(STRING),
        "roles": listed(ref("Role")),
        "members": listed(ref("ActorName")),
    }
    statement = {
        "id": IRI,
        "act": one_of(codes("act")),
        "speaker": maybe(ref("ActorName")),
        "content": maybe(STRING),
        "quoted": BOOLEAN,
        "target": maybe(ref("ActorName")),
        "addressee": maybe(ref("ActorName")),
        "medium": maybe(STRING),
        "about": listed(ref("Topic")),
        "date": maybe(ref("Date")),
        "article": maybe(ref("ArticleName")),
        "evidence": listed(ref("Evidence")),
        "confidence": NUMBER,
        "review": one_of(codes("review")),
    }
    several = {"targets": listed(ref("ActorName")), "addressees": listed(ref("ActorName"))}
    event = {
        "id": IRI,
        **_SLOTS,
        "status": maybe(STRING),
        "reports": listed(ref("Report")),
        "statements": listed(IRI),
    }
    place = {**_open("PlaceName"), **_NAMED}
    article = {
        **_open("ArticleName"),
        "date": maybe(ref("Date")),
        "author": maybe(STRING),
        "language": maybe(STRING),
        "extractor": maybe(STRING),
        "text_hash": maybe(STRING),
        "revision_of": maybe(IRI),
        "statement_count": INTEGER,
        "report_count": INTEGER,
    }
    statements, events = listed(ref("Statement")), ref("Events")
    return {
        "Report": shape(
            "An event as one article tells it.",
            _MORE_PLACES,
            id=IRI,
            event=maybe(IRI),
            article=maybe(ref("ArticleName")),
            **_SLOTS,
            evidence=listed(ref("Evidence")),
            confidence=NUMBER,
        ),
        "Statement": shape("Who said what, and the words that say so.", several, **statement),
        "StatementRecord": shape(
            "A statement, the same words elsewhere, and statements about it.",
            several,
            **statement,
            same=statements,
            replies=statements,
        ),
        "Event": shape("What one or more reports tell.", _MORE_PLACES, **event),
        "EventRecord": shape(
            "An event with the statements about it and the events about it.",
            _MORE_PLACES,
            **event,
            said=statements,
            linked=listed(ref("Topic")),
        ),
        "Actor": shape("Who speaks or acts.", **actor),
        "ActorRecord": shape(
            "An actor with what it said, did and had done to it.",
            **actor,
            groups=listed(ref("ActorName")),
            said=ref("Statements"),
            addressed=ref("Statements"),
            did=events,
            received=events,
            mediated=events,
        ),
        "Place": shape("Where, as exact as the articles.", _EXTENT, **place),
        "PlaceRecord": shape(
            "A place with what happened there.",
            _EXTENT,
            **place,
            events=events,
            statements=ref("Statements"),
        ),
        "Article": shape("One text of one publication.", _OPENING, **article),
        "ArticleRecord": shape(
            "An article with its text and all that was read out of it.",
            _OPENING,
            **article,
            text=maybe(STRING),
            statements=statements,
            reports=listed(ref("Report")),
        ),
    }


def _explained() -> dict[str, Schema]:
    meaning = shape(
        "What a place's name can mean; its weight is in powers of ten of people.",
        name=STRING,
        precision=STRING,
        country=maybe(STRING),
        division=maybe(STRING),
        population=INTEGER,
        geonames=maybe(INTEGER),
        weight=NUMBER,
        because=STRING,
        chosen=BOOLEAN,
    )
    other = shape("Another finding.", key=STRING, id=maybe(IRI), words=STRING)
    step = shape(
        "A property, and why; refers are other findings it speaks of.",
        what=STRING,
        value=STRING,
        why=STRING,
        refers=listed(other),
    )
    node = shape(
        "A word of the sentence; head is the number of the word that it hangs on.",
        number=INTEGER,
        word=STRING,
        tag=STRING,
        relation=STRING,
        head=INTEGER,
    )
    return {
        "Explanation": shape(
            "Why it was read so; missing is what the reader of now does not find any more.",
            id=IRI,
            reader=STRING,
            findings=listed(ref("Why")),
            missing=listed(IRI),
        ),
        "Why": shape(
            "Why a statement or report is what it is; start and end are those of its words.",
            id=IRI,
            key=STRING,
            kind=one_of(["statement", "report"]),
            start=INTEGER,
            end=INTEGER,
            words=STRING,
            steps=listed(step),
            places=listed(meaning),
            tree=listed(node),
        ),
    }


def _open(name: str) -> dict[str, Schema]:
    """The required properties of a part, to be written out in a record."""
    found: Schema = _parts()[name]
    return {key: found["properties"][key] for key in found["required"]}


_OPENING: Final = {"opening": STRING}
_EXTENT: Final = {"extent": _parts()["PlaceName"]["properties"]["extent"]}


def _pages() -> dict[str, Schema]:
    return {kind.capitalize(): page(kind.removesuffix("s").capitalize()) for kind in KINDS}


def _others() -> dict[str, Schema]:
    bins = shape("One bin.", bin=STRING, count=INTEGER)
    param = shape("A parameter.", name=STRING, type=STRING, default=STRING, meaning=STRING)
    asked = {"name": STRING, "title": STRING, "question": STRING, "description": STRING}
    question = shape("A named question.", **asked, params=listed(param), saved=BOOLEAN)
    counts = dict.fromkeys(KINDS, INTEGER)
    return {
        "Histogram": shape(
            "Records by their own dates; bins, wider and undated add up to the total.",
            by=STRING,
            bins=listed(bins),
            wider=INTEGER,
            undated=INTEGER,
        ),
        "Graph": shape(
            "A projection around a selection; of a large one the most connected nodes.",
            projection=one_of(tuple(PRESETS)),
            of=one_of(("statements", "events")),
            filters=listed(shape("A filter.", name=STRING, value=STRING)),
            nodes=listed(_item(NODE_COLUMNS, label=STRING, x=NUMBER, y=NUMBER)),
            edges=listed(
                _item(EDGE_COLUMNS, source=STRING, target=STRING, label=STRING, weight=INTEGER)
            ),
            total=shape("Of the whole graph.", nodes=INTEGER, edges=INTEGER),
        ),
        "Questions": shape(
            "Named questions, saved queries.", items=listed(question), total=INTEGER
        ),
        "Home": shape(
            "What this graph holds.", counts=shape("How many.", **counts), openapi=STRING
        ),
        "Health": shape("Whether the store answers.", status=one_of(["ok"])),
        "Problem": {
            "type": "object",
            "description": "What went wrong and what is allowed (RFC 9457).",
            "properties": {
                "type": IRI,
                "title": STRING,
                "status": INTEGER,
                "detail": STRING,
                "instance": STRING,
                "line": INTEGER,
                "column": maybe(INTEGER),
                "limit": STRING,
                "value": NUMBER,
            },
            "required": ["type", "title", "status", "detail"],
        },
    }


def _item(columns: Mapping[str, str], **required: Schema) -> Schema:
    """A node or edge: what is not known is left out."""
    known = {name: {"type": _JSON_TYPES[kind]} for name, kind in columns.items()}
    return shape("A node or an edge.", known, id=STRING, **required)


_JSON_TYPES: Final = {"string": "string", "integer": "integer", "double": "number"}
