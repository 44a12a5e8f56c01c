"""Articles as records: where they stand, their text, and what was read out of them."""

from collections.abc import Mapping, Sequence
from typing import Final

from kg.records import parts
from kg.records.events import report_records
from kg.records.graph import Graph
from kg.records.kept import whole
from kg.records.shapes import Article, ArticleHead, ArticleRecord, Source
from kg.records.statements import statement_records
from kg.sparql import select
from kg.store.base import Queryable

NAMES: Final = (
    *("schema:headline", "schema:url", "schema:publisher", "schema:author", "ck:textHash"),
    *("schema:inLanguage", "ck:extractor", "prov:wasRevisionOf", *parts.DATE_NAMES),
)


def article_records(queryable: Queryable, ids: Sequence[str]) -> list[Article]:
    """The records of these articles without their text, in the order given; two queries."""
    return whole(queryable, "articles", ids, read_articles)


def read_articles(graph: Graph, ids: Sequence[str]) -> list[Article]:
    """The same, made from the graph."""
    graph.fetch(ids, NAMES)
    parts.fetch_articles(graph, ids)
    graph.lead(ids, "prov:wasDerivedFrom")
    return [_counted(_head(graph, one), held(graph, one)) for one in ids]


def article_record(queryable: Queryable, iri: str) -> ArticleRecord:
    """One article whole: its text, its statements and its event reports by their offsets."""
    graph = Graph(queryable)
    graph.fetch([iri], ("schema:articleBody",))
    (record,) = article_records(queryable, [iri])
    return {
        **record,
        "text": graph.one(iri, "schema:articleBody"),
        "statements": statement_records(queryable, _inside(queryable, iri, "ck:Statement")),
        "reports": report_records(queryable, _inside(queryable, iri, "ck:EventReport")),
    }


def sources(queryable: Queryable, ids: Sequence[str]) -> list[Source]:
    """These articles as they were read, with their text and nothing that was read out of it."""
    graph = Graph(queryable)
    graph.fetch(ids, (*NAMES, "schema:articleBody"))
    return [{**_head(graph, one), "text": graph.one(one, "schema:articleBody")} for one in ids]


def _head(graph: Graph, iri: str) -> ArticleHead:
    # mypy: any TypedDict may hold more keys than its type says, a "match" among them.
    return {
        **parts.named_article(graph, iri),  # type: ignore[typeddict-item]
        "date": parts.date(graph, iri),
        "author": graph.one(iri, "schema:author"),
        "language": graph.one(iri, "schema:inLanguage"),
        "extractor": graph.one(iri, "ck:extractor"),
        "text_hash": graph.one(iri, "ck:textHash"),
        "revision_of": graph.one(iri, "prov:wasRevisionOf"),
    }


def _counted(head: ArticleHead, things: Mapping[str, Sequence[str]]) -> Article:
    return {
        **head,
        "statement_count": len(things.get("statement", ())),
        "report_count": len(things.get("report", ())),
    }


def held(graph: Graph, iri: str) -> Mapping[str, Sequence[str]]:
    """What an article holds, by its kind (``statement``), once what leads to it was read."""
    found: dict[str, list[str]] = {}
    for one in graph.all(iri, "^prov:wasDerivedFrom"):
        kind = one.removeprefix(graph.queryable.base).split("/", maxsplit=1)[0]
        found.setdefault(kind, []).append(one)
    return found


def _inside(queryable: Queryable, iri: str, kind: str) -> list[str]:
    rows = select(
        queryable,
        f"SELECT DISTINCT ?x ?at {{ ?x prov:wasDerivedFrom <{iri}> ; a {kind} "
        "OPTIONAL { ?x ck:cueEvidence/oa:start ?at } }",
    )
    rows.sort(key=lambda row: (int(row.get("at", 0)), row["x"]))
    return list(dict.fromkeys(row["x"] for row in rows))
