"""Nodes of a projection, made from what the view says of each thing."""

from collections.abc import Iterable
from typing import Final, TypedDict
from urllib.parse import urlencode

from kg.projection.model import KINDS, LISTED, SEPARATOR, Node
from kg.records import parts
from kg.records.graph import Graph
from kg.vocab import concepts, notation

LONGEST: Final = 80
"""Characters of a label made from a text; the whole text is a column of its own."""


NAMED_IN: Final = "how many articles name it"
"""Noted of an actor or a place of which not all of them were read."""
_OPPOSED: Final = ("disputed", "denied")
"""Status of an event that somebody says was not so."""


class Dates(TypedDict):
    """Columns of a date; empty where there is none."""

    edtf: str
    earliest: str
    latest: str


class Sources(TypedDict):
    """Columns that say which articles tell of it."""

    sources: int
    source_list: str


class Standing(TypedDict):
    """Columns that say how far an event is told as fact."""

    factuality: str
    status: str


def actor(graph: Graph, iri: str) -> Node:
    """A person, organisation, state, group or document."""
    found = parts.actor(graph, iri)
    kind = found["type"].lower()
    return Node(
        iri=iri,
        kind=kind if kind in KINDS else "actor",
        label=found["label"] or iri,
        url=iri,
        type=found["type"],
        country=_one(graph, iri, "ck:country"),
        sector=" ".join(notation(one) for one in graph.all(iri, "ck:sector")),
        review=review(graph, iri),
        **named_in(graph, iri),
    )


def statement(graph: Graph, iri: str) -> Node:
    """One speech act: its act and the beginning of what was said."""
    act, words = act_of(graph, iri), _one(graph, iri, "ck:content")
    return Node(
        iri=iri,
        kind="statement",
        label=short(f"{act}: {words}" if words else act),
        url=iri,
        type=act,
        **dates(graph, iri),
        published=published(graph, iri),
        confidence=confidence(graph, [iri]),
        review=review(graph, iri),
        **sources(graph, [iri]),
        text=words,
    )


def event(graph: Graph, iri: str) -> Node:
    """One event: what kind, where and when; its text is the first report's words."""
    places = graph.all(iri, "ck:place")
    reports = graph.all(iri, "ck:report")
    said = [title(graph, iri), *(_one(graph, one, "rdfs:label") for one in places[:1])]
    told = standing(graph, iri)
    return Node(
        iri=iri,
        kind="event",
        label=cautious(", ".join(filter(None, [*said, _one(graph, iri, "ck:edtf")])), **told),
        url=iri,
        type=type_of(graph, iri),
        mode=parts.mode(graph, iri) or "",
        **dates(graph, iri),
        **told,
        precision=_one(graph, places[0], "ck:placePrecision") if places else "",
        confidence=confidence(graph, reports),
        review=review(graph, iri),
        **sources(graph, reports),
        text=_one(graph, iri, "rdfs:label"),
    )


def place(graph: Graph, iri: str) -> Node:
    """A place, with how exact it is."""
    return Node(
        iri=iri,
        kind="place",
        label=_one(graph, iri, "rdfs:label") or iri,
        url=iri,
        country=_one(graph, iri, "ck:country"),
        precision=_one(graph, iri, "ck:placePrecision"),
        review=review(graph, iri),
        **named_in(graph, iri),
    )


def outlet(graph: Graph, article: str) -> Node:
    """Who published an article: an outlet by its name, or the article where none is named.

    An outlet's IRI is the list of its articles.
    """
    name = _one(graph, article, "schema:publisher")
    base = article.rsplit("article/", 1)[0]
    iri = f"{base}articles?{urlencode({'publisher': name})}" if name else article
    label = name or _one(graph, article, "schema:headline") or short(article)
    return Node(iri, "outlet" if name else "article", label, iri)


def dates(graph: Graph, iri: str) -> Dates:
    """A thing's own date."""
    return {
        "edtf": _one(graph, iri, "ck:edtf"),
        "earliest": _one(graph, iri, "ck:earliest"),
        "latest": _one(graph, iri, "ck:latest"),
    }


def published(graph: Graph, iri: str) -> str:
    """The EDTF date of the article a statement was derived from."""
    return next((_one(graph, one, "ck:edtf") for one in _articles(graph, [iri])), "")


def standing(graph: Graph, iri: str) -> Standing:
    """How far an event is told as fact."""
    return {"factuality": factuality(graph, iri), "status": _one(graph, iri, "ck:status")}


def caution(factuality: str | None, status: str | None) -> str:
    """In what way an event is no settled fact; empty where it is told as one.

    >>> caution("negated", "single-source"), caution("alleged", "disputed")
    ('negated', 'alleged, disputed')
    >>> caution("asserted", "corroborated")
    ''
    """
    words = (factuality if factuality != "asserted" else "", status if status in _OPPOSED else "")
    return ", ".join(filter(None, words))


def cautious(label: str, factuality: str | None, status: str | None) -> str:
    """An event's label, with that in front.

    >>> cautious("aerial attack, Orlo", "negated", "single-source")
    'negated: aerial attack, Orlo'
    """
    return ": ".join(filter(None, [caution(factuality, status), label]))


def factuality(graph: Graph, iri: str) -> str:
    """The factuality of an event or a report."""
    return parts.code(graph, iri, "ck:factuality") or ""


def confidence(graph: Graph, things: Iterable[str]) -> float | None:
    """The highest confidence of these statements or reports."""
    found = [float(one) for thing in things for one in graph.all(thing, "ck:confidence")]
    return max(found, default=None)


def review(graph: Graph, iri: str) -> str:
    """``machine``, ``accepted`` or ``corrected``."""
    return graph.one(iri, "ck:review") or "machine"


def sources(graph: Graph, things: Iterable[str]) -> Sources:
    """The articles these things were derived from: publisher and address, the earliest first."""
    return listed(source(graph, one) for one in sorted_articles(graph, things))


def named_in(graph: Graph, iri: str) -> Sources:
    """The articles that name an actor or a place: how many, and the first of them."""
    articles = [(graph.one(one, "ck:earliest") or "~", one) for one in _articles(graph, [iri])]
    first = (source(graph, one) for _, one in sorted(articles)[:LISTED])
    whole = graph.one(iri, NAMED_IN) or len(articles)
    return {"sources": int(whole), "source_list": listed(first)["source_list"]}


def listed(found: Iterable[str]) -> Sources:
    """Sources, each once, as columns.

    >>> listed(["The Post a:b", "The Post a:b", "Wire c:d"])
    {'sources': 2, 'source_list': 'The Post a:b | Wire c:d'}
    """
    told = list(dict.fromkeys(found))
    return {"sources": len(told), "source_list": SEPARATOR.join(told[:LISTED])}


def sorted_articles(graph: Graph, things: Iterable[str]) -> list[str]:
    """The articles these things were derived from, the earliest first."""
    found = _articles(graph, things)
    return sorted(found, key=lambda one: (day_of(graph, one), one))


def day_of(graph: Graph, article: str) -> str:
    """The EDTF date of an article; what has none comes after all that have."""
    return _one(graph, article, "ck:edtf") or "~"


def source(graph: Graph, article: str) -> str:
    """An article's publisher and address."""
    address = _one(graph, article, "schema:url") or article
    return " ".join(filter(None, [_one(graph, article, "schema:publisher"), address]))


def act_of(graph: Graph, iri: str) -> str:
    """A statement's act."""
    return parts.code(graph, iri, "ck:act") or ""


def type_of(graph: Graph, iri: str) -> str:
    """An event's type."""
    return parts.code(graph, iri, "ck:eventType") or ""


def title(graph: Graph, iri: str) -> str:
    """What a person calls an event's mode, or its type where it has none."""
    kind, mode = type_of(graph, iri), parts.mode(graph, iri)
    known = concepts()
    concept = known["mode"].get(f"{kind}/{mode}") or known["event-type"].get(kind)
    return concept.label if concept else kind


def short(text: str) -> str:
    """A text on one line, cut at a word where it is long.

    >>> short("word " * 40)[-15:], len(short("x" * 90)), short("two\\nlines")
    ('word word word…', 80, 'two lines')
    """
    line = " ".join(text.split())
    if len(line) <= LONGEST:
        return line
    head = line[: LONGEST - 1]
    return (head.rpartition(" ")[0] or head).rstrip(" ,.;:") + "…"


def _articles(graph: Graph, things: Iterable[str]) -> list[str]:
    return graph.over(things, "prov:wasDerivedFrom")


def _one(graph: Graph, iri: str, name: str) -> str:
    return graph.one(iri, name) or ""
