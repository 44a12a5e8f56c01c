"""Statements and events as the index keeps them, noted as what the view says of them.

It saves the queries of a drawing of everything; what the index does not keep is asked in SPARQL.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from kg.filters import index_of
from kg.records.graph import Graph
from kg.vocab import term

Json = Mapping[str, Any]


def note_kept(graph: Graph, things: Sequence[str]) -> None:
    """Note those of some statements and events that the index keeps whole."""
    index = index_of(graph.queryable)
    if index is None or not things:
        return
    for record in index.records("statements", things).values():
        _statement(graph, record)
    for record in index.records("events", things).values():
        _event(graph, record)


def _statement(graph: Graph, record: Json) -> None:
    iri = record["id"]
    note = graph.note
    note(iri, "rdf:type", term("ck:Statement")[1:-1])
    note(iri, "ck:speaker", *_ids([record["speaker"]]))
    note(iri, "ck:target", *_ids(record.get("targets") or [record["target"]]))
    note(iri, "ck:addressee", *_ids(record.get("addressees") or [record["addressee"]]))
    note(iri, "ck:about", *_ids(record["about"]))
    _texts(graph, iri, {"ck:act": record["act"], "ck:content": record["content"]})
    _texts(graph, iri, {"ck:review": record["review"], **_date(record)})
    note(iri, "ck:confidence", str(record["confidence"]))
    note(iri, "prov:wasDerivedFrom", *_article(graph, record["article"]))


def _event(graph: Graph, record: Json) -> None:
    iri = record["id"]
    note = graph.note
    note(iri, "rdf:type", term("ck:Event")[1:-1])
    modes = (one["mode"] for one in record["reports"])
    note(iri, "ck:mode", *sorted({one for one in modes if one}))
    for name, roles in (
        ("actor", "actors"),
        ("recipient", "recipients"),
        ("mediator", "mediators"),
    ):
        note(iri, f"ck:{name}", *_ids(record[roles]))
    places = record.get("places") or [record["place"]]
    note(iri, "ck:place", *_ids(places))
    for place in filter(None, places):
        _texts(graph, place["id"], {"rdfs:label": place["label"]})
        _texts(graph, place["id"], {"ck:placePrecision": place["precision"]})
    note(iri, "ck:about", *_ids(record["about"]))
    note(iri, "ck:report", *sorted(_ids(record["reports"])))
    _texts(graph, iri, {"rdfs:label": record["label"], "ck:eventType": record["event_type"]})
    _texts(graph, iri, {"ck:factuality": record["factuality"], "ck:status": record["status"]})
    _texts(graph, iri, {"ck:review": record.get("review"), **_date(record)})
    for report in record["reports"]:
        _report(graph, report)


def _report(graph: Graph, report: Json) -> None:
    iri = report["id"]
    graph.note(iri, "ck:actor", *_ids(report["actors"]))
    graph.note(iri, "ck:recipient", *_ids(report["recipients"]))
    graph.note(iri, "ck:confidence", str(report["confidence"]))
    graph.note(iri, "prov:wasDerivedFrom", *_article(graph, report["article"]))
    _texts(graph, iri, {"ck:factuality": report["factuality"], "ck:mode": report["mode"]})
    _texts(graph, iri, {"ck:edtf": (report["date"] or {}).get("edtf")})


def _article(graph: Graph, article: Json | None) -> list[str]:
    if article is None:
        return []
    told = {"schema:headline": "headline", "schema:url": "url", "schema:publisher": "publisher"}
    _texts(graph, article["id"], {name: article[key] for name, key in told.items()})
    _texts(graph, article["id"], {"ck:edtf": article["published"]})
    return [article["id"]]


def _date(record: Json) -> dict[str, str | None]:
    date = record["date"] or {}
    return {f"ck:{name}": date.get(name) for name in ("edtf", "earliest", "latest")}


def _texts(graph: Graph, iri: str, told: Mapping[str, str | None]) -> None:
    for name, text in told.items():
        if text is not None:
            graph.note(iri, name, text)


def _ids(things: Iterable[Json | None]) -> list[str]:
    return [one["id"] for one in things if one]
