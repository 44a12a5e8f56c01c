"""Drawn graphs that are kept: drawn once a view, gone with what was taken out."""

import os
import sqlite3
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import networkx as nx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.export import export, job, selection
from kg.export.job import state_of
from kg.filters import Filters, index_of
from kg.index.reading import indexed
from kg.iri import DEFAULT_BASE
from kg.keeping import judge, take_down
from kg.projection import PRESETS, Edge, Projection, Sheet, nearby, nodes, project, reading, shelf
from kg.projection.before import FOLLOWED
from kg.projection.parts import steps_between
from kg.projection.ranks import centrality, communities, degrees
from kg.projection.sheet import Ends
from kg.projection.shelf import FOLDER, KEPT, Shelf, view_of
from kg.store import Store, open_store
from kg.view import refresh
from tests.scene_review import ACCEPTED, DEED
from tests.scene_talks import talks_graphs
from tests.scenes import scene_graphs

pairs = st.lists(st.tuples(st.integers(0, 11), st.integers(0, 11)), max_size=40)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "store"


@pytest.fixture
def store(home: Path) -> Store:
    """The scene on disk, its view sealed."""
    found = open_store(f"oxigraph:{home}", base=DEFAULT_BASE)
    found.replace(scene_graphs())
    refresh(found)
    return found


@pytest.fixture
def talks(tmp_path: Path) -> Store:
    """Four articles on disk, with an index."""
    found = open_store(f"oxigraph:{tmp_path / 'talks'}", base=DEFAULT_BASE)
    found.replace(talks_graphs())
    refresh(found)
    return found


def files(home: Path) -> list[Path]:
    return sorted((home / FOLDER).glob("*"))


def test_a_graph_is_drawn_once_for_all_who_ask(store: Store, home: Path) -> None:
    kept = shelf(f"oxigraph:{home}")
    data = [
        b"".join(export(store, name, draw=partial(kept.sheet, store)))
        for name in ("gexf", "cyjs", "gexf")
    ]
    (file,) = files(home)
    assert data[0] == data[2] == b"".join(export(store, "gexf"))
    written, again = file.stat().st_ino, shelf(f"oxigraph:{home}")
    assert b"".join(export(store, "graphml", draw=partial(again.sheet, store)))
    assert [one.stat().st_ino for one in files(home)] == [written]


def test_a_file_says_what_its_view_is_made_of(store: Store) -> None:
    told = {name: b"".join(export(store, name)).decode() for name in ("gexf", "kml", "trig")}
    before = state_of(store)
    assert "2 articles, 0 judgements" in before
    assert all(f"state: {before}" in text for text in told.values())
    store.remove(scene_graphs()[0][0])
    refresh(store)
    assert state_of(store) != before


def test_a_new_view_and_another_selection_are_drawn_anew(store: Store, home: Path) -> None:
    kept = shelf(f"oxigraph:{home}")
    first = kept.sheet(store, selection({}), "actor-actor")
    before = view_of(store)
    kept.sheet(store, selection({"act": ["deny"]}), "actor-actor").close()
    store.remove(scene_graphs()[0][0])
    refresh(store)
    assert view_of(store) not in ("", before)
    second = kept.sheet(store, selection({}), "actor-actor")
    assert len(files(home)) == 3
    assert second.size[0] < first.size[0]
    assert {one.name.rsplit("-", 1)[0] for one in files(home)} == {before, view_of(store)}


def test_a_takedown_forgets_what_was_drawn(store: Store, home: Path) -> None:
    kept = shelf(f"oxigraph:{home}")
    kept.sheet(store, selection({}), "actor-actor").close()
    words = "independent investigation"
    assert any(words.encode() in file.read_bytes() for file in files(home))
    take_down(store, scene_graphs()[0][0])
    assert not [file for file in home.rglob("*") if file.is_file() and FOLDER in file.parts]
    kept.sheet(store, selection({}), "actor-actor").close()
    assert len(files(home)) == 1


def test_what_is_not_whole_is_not_kept(store: Store, home: Path) -> None:
    store.remove(scene_graphs()[0][0])
    assert view_of(store) == ""
    shelf(f"oxigraph:{home}").sheet(store, selection({}), "actor-actor").close()
    assert files(home) == []


def test_only_so_many_are_kept(store: Store, home: Path) -> None:
    kept = shelf(f"oxigraph:{home}")
    (home / FOLDER).mkdir()
    for number in range(KEPT + 3):
        (home / FOLDER / f"0-{number}.sqlite").touch()
    kept.sheet(store, selection({}), "actor-actor").close()
    assert len(files(home)) == KEPT


def test_a_draft_that_was_left_is_no_sheet(store: Store, home: Path) -> None:
    chosen = Filters.parse("places", {})
    with pytest.raises(Exception, match="statements or events"):
        shelf(f"oxigraph:{home}").sheet(store, chosen, "actor-actor")
    assert files(home) == []


def test_a_draft_goes_with_the_process_that_drew_it(store: Store, home: Path) -> None:
    (home / FOLDER).mkdir()
    for name in ("0-1.999999999", f"0-2.{os.getpid()}", "0-3"):
        (home / FOLDER / f"{name}.new").touch()
    shelf(f"oxigraph:{home}").sheet(store, selection({}), "actor-actor").close()
    assert [one.stem for one in (home / FOLDER).glob("*.new")] == [f"0-2.{os.getpid()}"]


def test_an_earlier_sheet_that_goes_meanwhile_is_passed_over(
    store: Store, home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = shelf(f"oxigraph:{home}")
    kept.sheet(store, selection({}), "actor-actor").close()
    (earlier,) = files(home)
    store.remove(scene_graphs()[0][0])
    refresh(store)
    found = kept._earlier

    def gone(file: Path) -> Iterator[tuple[str, Path]]:
        for one in found(file):
            earlier.unlink(missing_ok=True)
            yield one

    monkeypatch.setattr(kept, "_earlier", gone)
    kept.sheet(store, selection({}), "actor-actor").close()
    assert len(files(home)) == 1


def test_a_store_in_memory_keeps_its_sheets_for_itself() -> None:
    found = open_store("memory:", base=DEFAULT_BASE)
    found.replace(scene_graphs())
    refresh(found)
    kept = Shelf()
    one, other = (kept.sheet(found, selection({}), "actor-actor") for _ in range(2))
    assert one.size == other.size


@pytest.mark.parametrize("preset", PRESETS)
@pytest.mark.parametrize("kind", ["statements", "events"])
def test_the_index_draws_what_the_view_draws(talks: Store, preset: str, kind: str) -> None:
    asked = indexed(talks)
    assert index_of(asked) is not None
    for chosen in ({}, {"place": ["Lorik"]}):
        filters = Filters.parse(kind, chosen)
        assert project(asked, filters, preset) == project(talks, filters, preset)


def ends(found: list[tuple[int, int]]) -> Ends:
    return np.array(found, np.int32).reshape(-1, 2)


def theirs(count: int, found: list[tuple[int, int]]) -> "nx.MultiGraph[int]":
    graph: nx.MultiGraph[int] = nx.MultiGraph()
    graph.add_nodes_from(range(count))
    graph.add_edges_from(found)
    return graph


@settings(deadline=None)
@given(pairs)
def test_degrees_and_paths_are_networkxs(found: list[tuple[int, int]]) -> None:
    graph = theirs(12, found)
    assert degrees(12, ends(found)).tolist() == [graph.degree[one] for one in range(12)]
    steps = steps_between(12, ends(found), 0, 11)
    assert bool(steps) == nx.has_path(graph, 0, 11)
    if steps:
        assert len(steps) - 1 == nx.shortest_path_length(graph, 0, 11)
        assert nx.is_path(graph, steps)


@settings(deadline=None)
@given(pairs)
def test_the_middle_is_where_pagerank_has_it(found: list[tuple[int, int]]) -> None:
    directed: nx.DiGraph[int] = nx.DiGraph()
    directed.add_nodes_from(range(12))
    for one, other in [*found, *((b, a) for a, b in found)]:
        weight = directed.get_edge_data(one, other, {"weight": 0})["weight"]
        directed.add_edge(one, other, weight=weight + 1)
    joined = [node for node in directed if directed.degree[node]]
    if not joined:
        return
    google = nx.google_matrix(directed.subgraph(joined), nodelist=joined)
    rank = np.ones(len(joined))
    for _ in range(200):
        rank = rank @ google
    mine = centrality(12, ends(found))[joined]
    assert np.abs(mine / mine.max() - rank / rank.max()).max() < 0.002


def test_groups_are_as_good_as_networkxs() -> None:
    for seed in range(5):
        graph = nx.relaxed_caveman_graph(12, 8, 0.2, seed=seed)
        found = communities(len(graph), ends(list(graph.edges)))
        mine = [set(np.flatnonzero(found == one).tolist()) for one in range(found.max() + 1)]
        sizes = [len(one) for one in mine]
        assert sizes == sorted(sizes, reverse=True)
        best = nx.community.louvain_communities(graph, seed=1)
        quality = nx.community.modularity
        assert quality(graph, mine) > 0.95 * quality(graph, best)


@settings(deadline=None)
@given(pairs)
def test_groups_are_connected_and_isolated_nodes_stand_alone(found: list[tuple[int, int]]) -> None:
    graph = theirs(12, found)
    group = communities(12, ends(found))
    for component in nx.connected_components(graph):
        inside = {int(group[one]) for one in component}
        assert all(int(group[one]) not in inside for one in range(12) if one not in component)


def test_a_sheet_is_only_read(store: Store, home: Path) -> None:
    kept = shelf(f"oxigraph:{home}")
    kept.sheet(store, selection({}), "actor-actor").close()
    sheet = Sheet.open(files(home)[0], "actor-actor")
    with pytest.raises(sqlite3.OperationalError):
        sheet.put((), ())


def test_a_files_state_counts_judgements_and_reads_by_pages(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    judge(store, DEED, ACCEPTED)
    found = state_of(store)
    assert "(2 articles, 2 judgements)" in found, "not what a correction is shown by"
    monkeypatch.setattr(job, "BATCH", 1)
    assert state_of(store) == found


@pytest.mark.parametrize("preset", FOLLOWED)
def test_around_a_node_stands_what_the_whole_has_there(talks: Store, preset: str) -> None:
    asked = indexed(talks)
    whole = project(asked, Filters.parse("statements", {}), preset)
    for node in whole.nodes:
        sheet = nearby(asked, preset, [node.iri], 2000)
        part = sheet.whole()
        sheet.close()
        assert ties(part, node.iri) == ties(whole, node.iri)
        assert set(part.edges) <= set(whole.edges)


def ties(graph: Projection, iri: str) -> list[Edge]:
    return [one for one in graph.edges if iri in (one.source, one.target)]


def test_of_very_many_articles_the_first_are_listed(monkeypatch: pytest.MonkeyPatch) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace(talks_graphs())
    refresh(store)
    monkeypatch.setattr(reading, "LISTED", 1)
    monkeypatch.setattr(nodes, "LISTED", 1)
    asked = Filters.parse("statements", {})
    plain, quick = (project(one, asked, "actor-event") for one in (store, indexed(store)))
    assert plain == quick
    many = [one for one in quick.nodes if one.sources > 1 and one.kind == "person"]
    assert many
    assert not any(" | " in one.source_list for one in many)
    store.close()
