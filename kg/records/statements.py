"""Statements as records: who said what, to and against whom, about what, and the words."""

from collections.abc import Sequence
from typing import Final

from kg.records import parts
from kg.records.graph import Graph
from kg.records.kept import whole
from kg.records.shapes import ActorName, Statement
from kg.sparql import select, values
from kg.store.base import Queryable
from kg.vocab import notation

NAMES: Final = (
    *("ck:act", "ck:speaker", "ck:content", "ck:quoted", "ck:target", "ck:addressee"),
    *("ck:medium", "ck:about", "ck:confidence", "ck:review", "ck:contested"),
    *("prov:wasDerivedFrom", "ck:evidence", *parts.SLOT_NAMES, *parts.DATE_NAMES),
)


def statement_records(queryable: Queryable, ids: Sequence[str]) -> list[Statement]:
    """The records of these statements, in the order given; six queries, however many."""
    return whole(queryable, "statements", ids, read_statements)


def read_statements(graph: Graph, ids: Sequence[str]) -> list[Statement]:
    """The same, made from the graph."""
    graph.fetch(ids, NAMES)
    graph.fetch(graph.over(ids, "ck:speaker", "ck:target", "ck:addressee"), parts.ACTOR_NAMES)
    parts.fetch_topics(graph, graph.over(ids, "ck:about"))
    parts.fetch_articles(graph, graph.over(ids, "prov:wasDerivedFrom"))
    graph.quote(graph.over(ids, "ck:evidence"))
    return [_record(graph, one) for one in ids]


def statement_links(queryable: Queryable, iri: str) -> dict[str, list[str]]:
    """What else leads to a statement: ``same`` (the same words told elsewhere) and ``replies``."""
    same = (
        "SELECT DISTINCT ?x { ?link a ck:Link ; ck:judgement 'same' ; rdf:subject|rdf:object "
        f"<{iri}> ; rdf:subject|rdf:object ?x . ?x a ck:Statement FILTER(?x != <{iri}>) "
        "OPTIONAL { ?link ck:contested ?contested } FILTER(!BOUND(?contested)) }"
    )
    replies = f"SELECT DISTINCT ?x {{ ?x a ck:Statement ; ck:about <{iri}> }}"
    return {
        "same": _ordered(queryable, [row["x"] for row in select(queryable, same)]),
        "replies": _ordered(queryable, [row["x"] for row in select(queryable, replies)]),
    }


def _ordered(queryable: Queryable, ids: Sequence[str]) -> list[str]:
    """Statements as a list shows them: by publication, article and offset."""
    text = (
        f"SELECT ?id ?day ?in ?at {{ {values('id', ids)} ?id prov:wasDerivedFrom ?in ; "
        "ck:cueEvidence/oa:start ?at . OPTIONAL { ?in ck:earliest ?day } }"
    )
    found = {
        row["id"]: (row.get("day", "~"), row["in"], int(row["at"]))
        for row in select(queryable, text)
    }
    return sorted(ids, key=lambda one: (found[one], one))


def _record(graph: Graph, iri: str) -> Statement:
    targets = parts.actors(graph, iri, "ck:target")
    addressees = parts.actors(graph, iri, "ck:addressee")
    record: Statement = {
        "id": iri,
        "act": notation(graph.one(iri, "ck:act") or ""),
        "speaker": _first(parts.actors(graph, iri, "ck:speaker")),
        "content": graph.one(iri, "ck:content"),
        "quoted": graph.one(iri, "ck:quoted") in ("true", "1"),
        "target": _first(targets),
        "addressee": _first(addressees),
        "medium": graph.one(iri, "ck:medium"),
        "about": [parts.topic(graph, one) for one in graph.all(iri, "ck:about")],
        "date": parts.date(graph, iri),
        "article": parts.article(graph, graph.one(iri, "prov:wasDerivedFrom")),
        "evidence": parts.evidence(graph, iri),
        "confidence": float(graph.one(iri, "ck:confidence") or 0),
        "review": graph.one(iri, "ck:review") or "machine",
    }
    if len(targets) > 1:
        record["targets"] = targets
    if len(addressees) > 1:
        record["addressees"] = addressees
    return record


def _first(things: Sequence[ActorName]) -> ActorName | None:
    return things[0] if things else None
