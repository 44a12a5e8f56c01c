"""An article and what was read out of it, as the article's named graph (DESIGN section 3).

``article_graph`` is a pure function of its arguments: the same article and extraction give the
same triples, sorted, on every machine. The graph's name is the article's IRI.
"""

from collections.abc import Iterator, Sequence
from functools import cache
from typing import Final

from kg import iri, terms
from kg.model import (
    Actor,
    Article,
    DateRange,
    EventReport,
    Extraction,
    Mention,
    Place,
    Slot,
    Span,
    Statement,
    Toll,
)
from kg.terms import Triple, boolean, day, decimal, integer, literal, typed
from kg.vocab import code
from kg.vocab import term as _term

WKT: Final = "http://www.opengis.net/ont/geosparql#wktLiteral"

v = cache(_term)

SLOT_PROPERTY: Final[dict[Slot, str]] = {
    "whole": "ck:evidence",
    "speaker": "ck:speakerEvidence",
    "cue": "ck:cueEvidence",
    "content": "ck:contentEvidence",
    "target": "ck:targetEvidence",
    "addressee": "ck:addresseeEvidence",
    "actor": "ck:actorEvidence",
    "recipient": "ck:recipientEvidence",
    "mediator": "ck:mediatorEvidence",
    "place": "ck:placeEvidence",
    "date": "ck:dateEvidence",
    "toll": "ck:tollEvidence",
    "role": "ck:roleEvidence",
}


def article_graph(base: str, article: Article, found: Extraction) -> tuple[str, list[Triple]]:
    """The IRI of the article's graph and its triples, sorted and without repeats."""
    writer = _Writer(base, article)
    return writer.article, sorted(set(writer.triples(found)))


def finding_iris(base: str, article: Article, found: Extraction) -> dict[str, str]:
    """The key of each finding → the IRI that its article's graph has for it."""
    writer = _Writer(base, article)
    writer._mint(found)
    return {key: terms.value(node) for key, node in writer.iris.items()}


class _Writer:
    def __init__(self, base: str, article: Article) -> None:
        self.base = base
        self.text = article.text
        self.source = article
        self.article = iri.article_iri(base, article.url, article.text)
        self.node = f"<{self.article}>"
        self.iris: dict[str, str] = {}

    def triples(self, found: Extraction) -> Iterator[Triple]:
        self._mint(found)
        yield from self._article(found)
        for actor in found.actors:
            yield from self._actor(actor)
        for place in found.places:
            yield from self._place(place)
        for statement in found.statements:
            yield from self._statement(statement)
        for report in found.reports:
            yield from self._report(report)

    def _mint(self, found: Extraction) -> None:
        for actor in found.actors:
            self._name("actor", actor.key, actor.kind, actor.label, _at(actor.span))
        for place in found.places:
            self._name("place", place.key, place.label, _at(place.span))
        for report in found.reports:
            self._name("report", report.key, report.event_type, _at(report.cue), _at(report.whole))
        for said in found.statements:
            speaker = _at(said.speaker.span) if said.speaker else ""
            self._name("statement", said.key, speaker, _at(said.cue), *map(_at, said.content))

    def _name(self, kind: str, key: str, *parts: str) -> None:
        if key in self.iris:
            raise ValueError(f"two findings share the key {key!r}")
        self.iris[key] = f"<{iri.mint(self.base, kind, self.article, *parts)}>"

    def _article(self, found: Extraction) -> Iterator[Triple]:
        article, node = self.source, self.node
        yield node, v("rdf:type"), v("ck:Article")
        yield node, v("ck:textHash"), literal(iri.text_hash(article.text))
        yield node, v("schema:articleBody"), literal(article.text)
        yield node, v("schema:inLanguage"), literal("en")
        yield node, v("ck:extractor"), literal(f"{found.extractor} {found.version}")
        for name, text in (
            ("schema:headline", article.headline),
            ("schema:publisher", article.publisher),
            ("schema:author", article.author),
        ):
            if text:
                yield node, v(name), literal(text)
        if article.url:
            yield node, v("schema:url"), literal(article.url)
        if article.revision_of:
            yield node, v("prov:wasRevisionOf"), terms.iri(article.revision_of)
        if article.published:
            yield from self._published(article.published)

    def _published(self, published: DateRange) -> Iterator[Triple]:
        if published.earliest and published.earliest == published.latest:
            yield self.node, v("schema:datePublished"), day(published.earliest)
        yield from self._date(self.node, published)

    def _evidence(self, owner: str, slot: Slot, span: Span) -> Iterator[Triple]:
        node = f"<{iri.char_iri(self.article, span.start, span.end)}>"
        yield owner, v("ck:evidence"), node
        if slot != "whole":
            yield owner, v(SLOT_PROPERTY[slot]), node
        yield node, v("oa:start"), integer(span.start)
        yield node, v("oa:end"), integer(span.end)
        yield node, v("oa:exact"), literal(span.of(self.text))
        yield node, v("oa:hasSource"), self.node

    def _mentions(
        self, owner: str, slot: Slot, name: str, mentions: Sequence[Mention]
    ) -> Iterator[Triple]:
        for mention in mentions:
            yield owner, v(name), self.iris[mention.ref]
            yield from self._evidence(owner, slot, mention.span)

    def _date(self, owner: str, date: DateRange) -> Iterator[Triple]:
        yield owner, v("ck:edtf"), literal(date.edtf)
        yield owner, v("ck:dateText"), literal(date.text)
        if date.earliest:
            yield owner, v("ck:earliest"), day(date.earliest)
        if date.latest:
            yield owner, v("ck:latest"), day(date.latest)
        if date.span:
            yield from self._evidence(owner, "date", date.span)

    def _finding(self, node: str, kind: str, found: Statement | EventReport) -> Iterator[Triple]:
        yield node, v("rdf:type"), v(kind)
        yield node, v("prov:wasDerivedFrom"), self.node
        yield node, v("ck:confidence"), decimal(found.confidence)
        yield from self._evidence(node, "whole", found.whole)
        yield from self._evidence(node, "cue", found.cue)
        for key in found.about:
            yield node, v("ck:about"), self.iris[key]
        if found.date:
            yield from self._date(node, found.date)

    def _statement(self, said: Statement) -> Iterator[Triple]:
        node = self.iris[said.key]
        yield from self._finding(node, "ck:Statement", said)
        yield node, v("ck:act"), code("act", said.act)
        yield node, v("ck:quoted"), boolean(said.quoted)
        if said.speaker:
            yield from self._mentions(node, "speaker", "ck:speaker", [said.speaker])
        if said.content:
            words = " ".join(span.of(self.text) for span in said.content)
            yield node, v("ck:content"), literal(words)
        for span in said.content:
            yield from self._evidence(node, "content", span)
        yield from self._mentions(node, "addressee", "ck:addressee", said.addressees)
        yield from self._mentions(node, "target", "ck:target", said.targets)
        if said.medium:
            yield node, v("ck:medium"), literal(said.medium)

    def _report(self, report: EventReport) -> Iterator[Triple]:
        node = self.iris[report.key]
        yield from self._finding(node, "ck:EventReport", report)
        yield node, v("rdfs:label"), literal(report.whole.of(self.text))
        yield node, v("ck:eventType"), code("event-type", report.event_type)
        yield node, v("ck:factuality"), code("factuality", report.factuality)
        if report.mode:
            yield node, v("ck:mode"), code("mode", f"{report.event_type}/{report.mode}")
        for context in report.contexts:
            yield node, v("ck:context"), code("context", context)
        yield from self._mentions(node, "actor", "ck:actor", report.actors)
        yield from self._mentions(node, "recipient", "ck:recipient", report.recipients)
        yield from self._mentions(node, "mediator", "ck:mediator", report.mediators)
        for span in report.targets:
            yield from self._evidence(node, "target", span)
        if report.place:
            yield from self._mentions(node, "place", "ck:place", [report.place])
        if report.background:
            yield node, v("ck:background"), boolean(True)
        for name, toll in (("killed", report.killed), ("injured", report.injured)):
            if toll:
                yield from self._toll(node, name, toll)

    def _toll(self, owner: str, name: str, toll: Toll) -> Iterator[Triple]:
        node = f"{owner[:-1]}#{name}>"
        yield owner, v(f"ck:{name}"), node
        yield node, v("rdf:type"), v("ck:Toll")
        for bound, number in (("min", toll.least), ("best", toll.best), ("max", toll.most)):
            if number is not None:
                yield node, v(f"ck:{bound}"), integer(number)
        yield node, v("ck:text"), literal(toll.text)
        yield from self._evidence(owner, "toll", toll.span)

    def _actor(self, actor: Actor) -> Iterator[Triple]:
        node = self.iris[actor.key]
        yield node, v("rdf:type"), v("ck:Actor")
        yield node, v("rdf:type"), v(f"ck:{actor.kind}")
        yield node, v("rdfs:label"), literal(actor.label)
        yield node, v("prov:wasDerivedFrom"), self.node
        yield from self._evidence(node, "whole", actor.span)
        if actor.name:
            yield node, v("schema:name"), literal(actor.name)
        for alias in actor.aliases:
            yield node, v("skos:altLabel"), literal(alias)
        if actor.sector:
            yield node, v("ck:sector"), code("sector", actor.sector)
        if actor.country:
            yield node, v("ck:country"), literal(actor.country)
        for member in actor.members:
            yield node, v("ck:member"), self.iris[member]
        for outside in actor.same_as:
            yield node, v("schema:sameAs"), terms.iri(outside)
        yield from self._memberships(node, actor)

    def _memberships(self, owner: str, actor: Actor) -> Iterator[Triple]:
        for post in actor.memberships:
            key = iri.mint(self.base, "membership", self.article, owner, post.role, _at(post.span))
            node = f"<{key}>"
            yield owner, v("org:hasMembership"), node
            yield node, v("rdf:type"), v("org:Membership")
            yield node, v("org:member"), owner
            yield node, v("rdfs:label"), literal(post.role)
            if post.organization:
                yield node, v("org:organization"), self.iris[post.organization]
            if post.country:
                yield node, v("ck:country"), literal(post.country)
            yield from self._evidence(node, "role", post.span)

    def _place(self, place: Place) -> Iterator[Triple]:
        node = self.iris[place.key]
        yield node, v("rdf:type"), v("ck:Place")
        yield node, v("rdfs:label"), literal(place.label)
        yield node, v("prov:wasDerivedFrom"), self.node
        yield node, v("ck:placePrecision"), literal(place.precision)
        yield from self._evidence(node, "whole", place.span)
        if place.name:
            yield node, v("schema:name"), literal(place.name)
        if place.country:
            yield node, v("ck:country"), literal(place.country)
        if place.geonames:
            yield node, v("schema:sameAs"), f"<https://sws.geonames.org/{place.geonames}/>"
        if wkt := _wkt(place):
            shape = f"{node[:-1]}#geometry>"
            yield node, v("geo:hasGeometry"), shape
            yield shape, v("geo:asWKT"), typed(wkt, WKT)


def _at(span: Span) -> str:
    return f"{span.start},{span.end}"


def _wkt(place: Place) -> str | None:
    """WKT in longitude-latitude order (CRS84, GeoSPARQL's default)."""
    if place.point:
        latitude, longitude = place.point
        return f"POINT({_degrees(longitude)} {_degrees(latitude)})"
    if place.extent:
        south, west, north, east = map(_degrees, place.extent)
        ring = ((west, south), (east, south), (east, north), (west, north), (west, south))
        return "POLYGON((" + ", ".join(f"{x} {y}" for x, y in ring) + "))"
    return None


def _degrees(value: float) -> str:
    """Degrees to five places (a metre), without zeros at the end.

    >>> _degrees(46.20222), _degrees(-7.0)
    ('46.20222', '-7')
    """
    text = f"{value:.5f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text
