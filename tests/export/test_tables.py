"""Statements as a table, read back by ``csv``."""

import csv
from dataclasses import replace
from io import StringIO

import pytest

from kg import records
from kg.commands.lines import record_lines
from kg.errors import BadFilter
from kg.export import export, selection
from kg.export.tables import COLUMNS
from kg.filters import Filters
from kg.iri import DEFAULT_BASE, graph_iri
from kg.model import Span
from kg.rdf import article_graph
from kg.store import open_store
from kg.store.base import Store
from kg.view import build
from tests.scenes import HARBOUR, harbour


def table(store: Store, **chosen: str) -> list[dict[str, str]]:
    filters = selection({name: [value] for name, value in chosen.items()})
    text = b"".join(export(store, "statements-csv", filters=filters)).decode()
    return list(csv.DictReader(StringIO(text, newline="")))


def test_a_row_says_who_said_what_when_and_where_it_stands(store: Store) -> None:
    (row,) = table(store, act="request")
    article = row["evidence"].split("#")[0]
    start, end = map(int, row["evidence"].split("=")[1].split(","))
    body = records.one(store, "articles", article)
    assert isinstance(body, dict)
    assert body["text"][start:end] == row["quotation"]
    assert {name: row[name] for name in ("who", "act", "what", "event_type", "mode", "when")} == {
        "who": "Mira Tolen",
        "act": "request",
        "what": "an independent investigation into the shelling of Lorik",
        "event_type": "ACCUSE",
        "mode": "investigate",
        "when": "2021-05-04",
    }
    assert row["publisher"] == "The Harbour Post"
    assert row["article_url"] == HARBOUR.url
    assert row["url"].startswith(f"{DEFAULT_BASE}statement/")


def test_rows_are_the_statements_in_the_order_of_the_page(store: Store) -> None:
    listed = records.statements(store, Filters.parse("statements", {}))
    assert [row["url"] for row in table(store)] == [one["id"] for one in listed["items"]]


def test_where_is_the_place_of_what_is_spoken_of(store: Store) -> None:
    (row,) = table(store, act="deny")
    assert (row["where"], row["factuality"], row["when"]) == ("Lorik", "asserted", "")


def test_events_bring_the_statements_about_them(store: Store) -> None:
    assert {row["act"] for row in table(store, status="disputed")} == {"deny", "say"}


def test_a_statement_without_a_speaker_is_a_row_without_one() -> None:
    found = harbour()
    statements = tuple(replace(one, speaker=None, medium="video") for one in found.statements)
    graphs = [article_graph(DEFAULT_BASE, HARBOUR, replace(found, statements=statements))]
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace([*graphs, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, graphs))])
    rows = table(store)
    assert [(row["who"], row["who_type"], row["medium"]) for row in rows] == [("", "", "video")] * 3


def test_words_left_out_of_what_is_said_are_dots() -> None:
    found = harbour()
    said = found.statements[0]
    (all_of_it,) = said.content
    cut = all_of_it.start + HARBOUR.text[all_of_it.start : all_of_it.end].index(" ")
    parts = (Span(all_of_it.start, cut), Span(all_of_it.end - 5, all_of_it.end))
    graphs = [
        article_graph(
            DEFAULT_BASE, HARBOUR, replace(found, statements=(replace(said, content=parts),))
        )
    ]
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace([*graphs, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, graphs))])
    (row,) = table(store)
    first, last = (part.of(HARBOUR.text) for part in parts)
    assert row["what"] == f"{first} … {last}"
    record = records.one(store, "statements", row["url"])
    assert isinstance(record, dict)
    assert f"content: {first} … {last}" in record_lines(record)


def test_another_kind_is_refused(store: Store) -> None:
    with pytest.raises(BadFilter, match="statements or events, not places"):
        export(store, "statements-csv", filters=Filters.parse("places", {}))


def test_an_empty_store_is_a_table_without_rows() -> None:
    text = b"".join(export(open_store("memory:", base=DEFAULT_BASE), "statements-csv")).decode()
    assert text.strip().split(",") == list(COLUMNS)
