"""What every format keeps to."""

import json
import os
import subprocess
import sys
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest

from kg.errors import BadFilter, NotFound
from kg.export import FORMATS, export, selection
from kg.filters import Filters
from kg.iri import DEFAULT_BASE
from kg.projection import PRESETS
from kg.store import open_store
from kg.store.base import Store
from tests.scenes import HARBOUR, WIRE

DRAWN = [name for name, one in FORMATS.items() if one.drawn]
SILENT = (
    *("nquads", "statements-csv", "jsonld", "csv", "neo4j", "obsidian"),
    *("events-csv", "events-acled", "events-ucdp"),
)
"""Formats whose bytes do not say what they are: nothing may stand in them but what they hold."""

PROGRAM = """
import hashlib
from kg.export import FORMATS, export
from tests.scenes import scene_store
store = scene_store()
for name in FORMATS:
    data = b"".join(export(store, name, projection="actor-statement-event"))
    print(name, hashlib.sha256(data).hexdigest())
"""


def test_the_formats_are_those_that_are_documented() -> None:
    text = (Path(__file__).parents[2] / "docs" / "exports.md").read_text("utf-8")
    assert not [name for name in (*FORMATS, *PRESETS) if f"`{name}`" not in text]


@pytest.mark.parametrize("name", FORMATS)
def test_a_file_comes_in_pieces_and_is_the_same_again(store: Store, name: str) -> None:
    first = export(store, name)
    assert not isinstance(first, bytes)
    data = b"".join(first)
    assert data
    assert data == b"".join(export(store, name))


def test_processes_with_other_hash_seeds_write_the_same_bytes() -> None:
    found = [
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[2],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize("name", [one for one in FORMATS if one not in SILENT])
def test_a_file_says_what_it_is(store: Store, name: str) -> None:
    data = b"".join(export(store, name, filters=selection({"act": ["deny"]}))).decode()
    for said in ("conflict-kg", "act=deny", DEFAULT_BASE, "GeoNames", "Cite a record"):
        assert said in data
    if FORMATS[name].drawn:
        assert "actor-actor" in data


@pytest.mark.parametrize("name", FORMATS)
def test_without_texts_no_body_of_an_article_is_anywhere(store: Store, name: str) -> None:
    data = b"".join(export(store, name, no_text=True))
    if data.startswith(b"PK"):
        archive = ZipFile(BytesIO(data))
        data = b"".join(map(archive.read, archive.namelist()))
    for article in (HARBOUR, WIRE):
        for paragraph in article.text.split("\n\n")[-1:]:
            assert paragraph.strip().encode() not in data
            assert json.dumps(paragraph.strip(), ensure_ascii=False)[1:-1].encode() not in data


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_takes_every_filter_and_an_empty_selection(store: Store, name: str) -> None:
    chosen = [{"act": ["deny"]}, {"status": ["disputed"]}, {"act": ["threaten"]}]
    sizes = [len(b"".join(export(store, name, filters=selection(one)))) for one in chosen]
    whole = len(b"".join(export(store, name)))
    assert sizes[2] < min(sizes[0], sizes[1]) <= max(sizes) <= whole
    assert max(sizes) < whole or name in ("events-acled", "events-ucdp")  # of one attack only


@pytest.mark.parametrize("name", DRAWN)
def test_an_empty_store_is_a_graph_without_nodes(name: str) -> None:
    assert b"".join(export(open_store("memory:", base=DEFAULT_BASE), name))


def test_an_unknown_format_is_told_before_anything_is_written(store: Store) -> None:
    with pytest.raises(NotFound, match=r"no format 'pdf'; there are gexf, graphml, .*jsonld"):
        export(store, "pdf")


@pytest.mark.parametrize("name", FORMATS)
def test_an_unknown_projection_is_told_before_anything_is_written(store: Store, name: str) -> None:
    with pytest.raises(NotFound, match="no projection 'all'; there are actor-actor"):
        export(store, name, projection="all")


@pytest.mark.parametrize("name", FORMATS)
def test_filters_of_another_kind_are_told_before_anything_is_written(
    store: Store, name: str
) -> None:
    with pytest.raises(BadFilter, match="statements or events"):
        export(store, name, filters=Filters.parse("actors", {"country": ["am"]}))


@pytest.mark.parametrize(
    ("given", "kind"),
    [
        ({}, "statements"),
        ({"place": ["Lorik"]}, "statements"),
        ({"place": ["Lorik"], "status": ["disputed"]}, "events"),
        ({"place": ["Lorik"], "of": ["events"]}, "events"),
    ],
)
def test_parameters_select_statements_or_events(given: dict[str, list[str]], kind: str) -> None:
    assert selection(given).kind == kind


def test_parameters_of_both_kinds_are_refused() -> None:
    with pytest.raises(BadFilter, match="no filter 'target' for events"):
        selection({"status": ["disputed"], "target": ["Kesh"]})
