"""Rows of the index, derived from the view: what each record says, in the terms of the filters."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, Literal

from kg.filters import Kind
from kg.index.row import Days, Fact, Row, as_json, ordinal, searched
from kg.records.articles import held, read_articles
from kg.records.entities import Counts, counted, posted
from kg.records.events import read_events
from kg.records.graph import Graph
from kg.records.parts import actor as actor_piece
from kg.records.parts import place as place_piece
from kg.records.shapes import ActorName, PlaceName, Statement
from kg.records.statements import read_statements
from kg.vocab import PREFIXES, code, notation

_DAYS: Final = ("ck:earliest", "ck:latest")
_PARTIES: Final = {"agent": "ck:actor", "recipient": "ck:recipient", "mediator": "ck:mediator"}
_CODED: Final = {
    "event_type": "ck:eventType",
    "mode": "ck:mode",
    "factuality": "ck:factuality",
    "status": "ck:status",
    "context": "ck:context",
    "about": "ck:about",
    "place": "ck:place",
}


def derive(graph: Graph, kind: Kind, ids: Sequence[str]) -> list[Row]:
    """The rows of these records, which are there; what the graph knows already is not read."""
    return list(_DERIVE[kind](graph, ids)) if ids else []


def _statements(graph: Graph, ids: Sequence[str]) -> Iterator[Row]:
    records = read_statements(graph, ids)
    graph.fetch((one["article"]["id"] for one in records if one["article"]), _DAYS)
    for one in records:
        article = one["article"]["id"] if one["article"] else None
        speakers = [one["speaker"]] if one["speaker"] else []
        starts = [piece["start"] for piece in one["evidence"] if piece["slot"] == "cue"]
        facts = [
            *(("speaker", who["id"]) for who in speakers),
            *(("target", who["id"]) for who in several(one, "target")),
            *(("addressee", who["id"]) for who in several(one, "addressee")),
            ("act", code("act", one["act"])[1:-1]),
            *(("about", what["id"]) for what in one["about"]),
            *((("article", article),) if article else ()),
            ("review", one["review"]),
            *(("flag", "quotation") for _ in range(one["quoted"])),
            *_contested(graph, one["id"]),
        ]
        yield Row(
            kind="statements",
            id=one["id"],
            label=one["content"] or "",
            tail=f"{article or '~'}\t{f'{min(starts):08}' if starts else '~'}\t{one['id']}",
            facts=tuple(facts),
            days=_days(graph, one["id"]),
            published=ordinal(graph.one(article, "ck:earliest")) if article else None,
            names=searched(who["label"] for who in speakers),
            texts=searched(piece["exact"] for piece in one["evidence"]),
            body=as_json(one),
        )


def _contested(graph: Graph, iri: str) -> list[Fact]:
    """Whether people judged it and do not agree."""
    return [("flag", "contested")] if graph.all(iri, "ck:contested") else []


def several(record: Statement, name: Literal["target", "addressee"]) -> list[ActorName]:
    """The targets or addressees of a statement, one or more."""
    many = record.get("targets") if name == "target" else record.get("addressees")
    one = record[name]
    return many or ([one] if one else [])


def _events(graph: Graph, ids: Sequence[str]) -> Iterator[Row]:
    for one in read_events(graph, ids):
        iri = one["id"]
        names = {**_PARTIES, **_CODED}
        facts = [(field, said) for field, name in names.items() for said in graph.all(iri, name)]
        sources = (report["article"] for report in one["reports"])
        articles = dict.fromkeys(article["id"] for article in sources if article)
        facts += [("article", article) for article in articles]
        facts += [("flag", "toll")] if graph.all(iri, "ck:killed", "ck:injured") else []
        facts += [("review", one["review"]), *_contested(graph, iri)]
        parties = (*one["actors"], *one["recipients"], *one["mediators"])
        named = [who["label"] for who in parties]
        named += [graph.one(where, "rdfs:label") for where in graph.all(iri, "ck:place")]
        yield Row(
            kind="events",
            id=iri,
            label=one["label"] or "",
            tail=iri,
            facts=tuple(facts),
            days=_days(graph, iri),
            names=searched(named),
            texts=searched(p["exact"] for report in one["reports"] for p in report["evidence"]),
            body=as_json(one),
        )


def _actors(graph: Graph, ids: Sequence[str]) -> Iterator[Row]:
    _fetch_names(graph, ids, ("ck:sector", "ck:country", "org:hasMembership"))
    graph.fetch(ids, ("ck:member", "schema:sameAs"))
    graph.fetch(graph.over(ids, "org:hasMembership"), ("rdfs:label",))
    told = counted(graph.queryable, ids)
    for iri in ids:
        posts = graph.all(iri, "org:hasMembership")
        facts = [
            *(("type", _bare(kind)) for kind in graph.all(iri, "rdf:type") if _is_kind(kind)),
            *(("sector", sector) for sector in graph.all(iri, "ck:sector")),
            *(("country", country) for country in graph.all(iri, "ck:country")),
            *(("flag", "role") for _ in posts[:1]),
        ]
        sectors = [notation(one) for one in graph.all(iri, "ck:sector")]
        yield _named(
            graph,
            "actors",
            actor_piece(graph, iri),
            told=told[iri],
            rest={
                "sector": sectors[0] if sectors else None,
                "sectors": sectors,
                "role_total": told[iri].roles,
            },
            facts=tuple(facts),
            texts=searched(graph.one(post, "rdfs:label") for post in posts),
            more=[*posts, *graph.all(iri, "ck:member")],
        )


def _places(graph: Graph, ids: Sequence[str]) -> Iterator[Row]:
    _fetch_names(graph, ids, ("ck:placePrecision", "ck:country", "geo:hasGeometry"))
    graph.fetch(graph.over(ids, "geo:hasGeometry"), ("geo:asWKT",))
    graph.fetch(ids, ("schema:sameAs",))
    told = counted(graph.queryable, ids)
    for iri in ids:
        piece = place_piece(graph, iri)
        facts = [
            *(("precision", said) for said in graph.all(iri, "ck:placePrecision")),
            *(("country", country) for country in graph.all(iri, "ck:country")),
        ]
        point = piece["point"]
        yield _named(
            graph,
            "places",
            piece,
            facts=tuple(facts),
            point=(point["lat"], point["lon"]) if point else None,
            told=told[iri],
        )


def _articles(graph: Graph, ids: Sequence[str]) -> Iterator[Row]:
    graph.fetch(ids, ("schema:articleBody",))
    graph.fetch(ids, _DAYS)
    posts = posted(graph.queryable, ids)
    for one in read_articles(graph, ids):
        iri = one["id"]
        named = held(graph, iri)
        facts = [
            *(("publisher", said) for said in graph.all(iri, "schema:publisher")),
            *((kind, thing) for kind in ("actor", "place") for thing in named.get(kind, ())),
            *(("post", actor) for actor in posts.get(iri, ())),
            *(("flag", name) for name in ("headline", "url") if one[name]),
        ]
        yield Row(
            kind="articles",
            id=iri,
            label=one["headline"] or "",
            tail=iri,
            facts=tuple(facts),
            days=_days(graph, iri),
            names=searched([one["headline"]]),
            texts=searched([graph.one(iri, "schema:articleBody")]),
            body=as_json(one),
        )


_DERIVE: Final[Mapping[Kind, Callable[[Graph, Sequence[str]], Iterator[Row]]]] = {
    "statements": _statements,
    "events": _events,
    "actors": _actors,
    "places": _places,
    "articles": _articles,
}


def _fetch_names(graph: Graph, ids: Sequence[str], others: Sequence[str]) -> None:
    """A few properties at a time, for of some actors very much is said."""
    graph.fetch(ids, ("rdf:type", "rdfs:label"))
    graph.fetch(ids, ("skos:altLabel", "schema:name"))
    graph.fetch(ids, others)


def _named(
    graph: Graph,
    kind: Kind,
    piece: ActorName | PlaceName,
    *,
    told: Counts,
    facts: tuple[Fact, ...],
    more: Sequence[str] = (),
    texts: str = "",
    point: tuple[float, float] | None = None,
    rest: Mapping[str, Any] = MappingProxyType({}),
) -> Row:
    iri, label = piece["id"], piece["label"] or ""
    called = graph.all(iri, "rdfs:label", "skos:altLabel", "schema:name")
    card = {
        **piece,
        "aliases": sorted(set(graph.all(iri, "skos:altLabel", "schema:name")) - {label}),
        "country": graph.one(iri, "ck:country"),
        "same_as": list(graph.all(iri, "schema:sameAs")),
        "article_total": told.articles,
        "evidence_total": told.mentions,
        **rest,
    }
    return Row(
        kind=kind,
        id=iri,
        label=label,
        tail=f"{label.lower() if label else '~'}\t{iri}",
        facts=facts,
        point=point,
        names=searched(called),
        texts=texts,
        body=as_json({"names": called, "card": card}),
        more="\t".join(more),
    )


def _days(graph: Graph, iri: str) -> Days:
    """The first and the last day of a record's own."""
    first, last = (graph.one(iri, name) for name in _DAYS)
    return ordinal(first), ordinal(last)


def _is_kind(iri: str) -> bool:
    return iri not in (f"{PREFIXES['ck']}Actor", f"{PREFIXES['sem']}Actor")


def _bare(iri: str) -> str:
    return iri.rsplit("#", 1)[-1]
