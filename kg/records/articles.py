"""Articles as records: where they stand, their text, and what was read out of them."""

from collections.abc import Sequence
from typing import Final

from kg.records import parts
from kg.records.events import report_records
from kg.records.graph import Graph
from kg.records.kept import whole
from kg.records.parts import Json
from kg.records.statements import statement_records
from kg.sparql import select, values
from kg.store.base import Queryable

NAMES: Final = (
    *("schema:headline", "schema:url", "schema:publisher", "schema:author", "ck:textHash"),
    *("schema:inLanguage", "ck:extractor", "prov:wasRevisionOf", *parts.DATE_NAMES),
)


def article_records(queryable: Queryable, ids: Sequence[str]) -> list[Json]:
    """The records of these articles without their text, in the order given; two queries."""
    return whole(queryable, "articles", ids, read_articles)


def read_articles(graph: Graph, ids: Sequence[str]) -> list[Json]:
    """The same, made from the graph."""
    graph.fetch(ids, NAMES)
    parts.fetch_articles(graph, ids)
    counted = _counts(graph.queryable, ids)
    return [{**_record(graph, one), **counted[one]} for one in ids]


def article_record(queryable: Queryable, iri: str) -> Json:
    """One article whole: its text, its statements and its event reports by their offsets."""
    graph = Graph(queryable)
    graph.fetch([iri], ("schema:articleBody",))
    (record,) = article_records(queryable, [iri])
    record["text"] = graph.one(iri, "schema:articleBody")
    record["statements"] = statement_records(queryable, _inside(queryable, iri, "ck:Statement"))
    record["reports"] = report_records(queryable, _inside(queryable, iri, "ck:EventReport"))
    return record


def sources(queryable: Queryable, ids: Sequence[str]) -> list[Json]:
    """These articles as they were read, with their text and nothing that was read out of it."""
    graph = Graph(queryable)
    graph.fetch(ids, (*NAMES, "schema:articleBody"))
    return [{**_record(graph, one), "text": graph.one(one, "schema:articleBody")} for one in ids]


def _record(graph: Graph, iri: str) -> Json:
    return {
        **(parts.article(graph, iri) or {}),
        "date": parts.date(graph, iri),
        "author": graph.one(iri, "schema:author"),
        "language": graph.one(iri, "schema:inLanguage"),
        "extractor": graph.one(iri, "ck:extractor"),
        "text_hash": graph.one(iri, "ck:textHash"),
        "revision_of": graph.one(iri, "prov:wasRevisionOf"),
    }


def _counts(queryable: Queryable, ids: Sequence[str]) -> dict[str, Json]:
    """How many statements and event reports each article holds."""
    found: dict[str, Json] = {one: {"statement_count": 0, "report_count": 0} for one in ids}
    text = (
        f"SELECT ?in ?kind (COUNT(?x) AS ?n) {{ {values('in', ids)} ?x prov:wasDerivedFrom ?in . "
        "?x a ?kind FILTER(?kind IN (ck:Statement, ck:EventReport)) } GROUP BY ?in ?kind"
    )
    for row in select(queryable, text) if ids else []:
        name = "statement_count" if row["kind"].endswith("Statement") else "report_count"
        found[row["in"]][name] = int(row["n"])
    return found


def _inside(queryable: Queryable, iri: str, kind: str) -> list[str]:
    rows = select(
        queryable,
        f"SELECT DISTINCT ?x ?at {{ ?x prov:wasDerivedFrom <{iri}> ; a {kind} "
        "OPTIONAL { ?x ck:cueEvidence/oa:start ?at } }",
    )
    rows.sort(key=lambda row: (int(row.get("at", 0)), row["x"]))
    return list(dict.fromkeys(row["x"] for row in rows))
