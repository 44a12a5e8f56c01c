"""The index follows the view: patched, it is what making it anew gives; a lost one is made anew."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings

from kg.errors import StoreError
from kg.filters import KINDS, Filters, facets, index_of, select_ids
from kg.index import Held, beside
from kg.index.reading import indexed, reader_of
from kg.index.schema import ALIVE
from kg.index.touched import touched
from kg.iri import DEFAULT_BASE
from kg.keeping import take_down
from kg.log import opened
from kg.model import Membership
from kg.rdf import finding_iris
from kg.store import Store, open_store
from kg.terms import literal
from kg.verify import verify
from kg.view import Edit, refresh, turn, update
from kg.vocab import code, term
from tests.scene_talks import talks_graphs
from tests.scenes import HARBOUR, harbour
from tests.sheet import Graph, Sheet
from tests.test_view_stored import POOL, put, rounds

STANDING = (
    "SELECT kind, text, first, last, published, lat, lon, tail, label, mark "
    f"FROM record JOIN term ON code = id WHERE died = {ALIVE} ORDER BY 1, 2"
)


def held_by(store: Store) -> Held:
    found = beside(store)
    assert found is not None
    return found


def standing(store: Store) -> list[tuple[Any, ...]]:
    return held_by(store).database.rows(STANDING)


def anew(store: Store) -> list[tuple[Any, ...]]:
    other = Held(None, store.base)
    other.remake(store)
    return other.database.rows(STANDING)


def edits(store: Store, step: Mapping[str, int]) -> dict[str, Edit]:
    return {
        graph: Edit(store.read(graph), POOL[graph][at % len(POOL[graph])])
        for graph, at in step.items()
    }


@settings(max_examples=15, deadline=None)
@given(rounds)
def test_a_patched_index_is_the_index_made_anew(steps: list[dict[str, int]]) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    refresh(store)
    for number, step in enumerate(steps):
        if number % 2:
            turn(store, edits(store, step))
        else:
            before, changed = store.view_id(), edits(store, step)
            put(store, {graph: list(edit.new) for graph, edit in changed.items()})
            update(store, changed, before=before)
        assert held_by(store).knows(store.view_id())
        assert standing(store) == anew(store)
    store.close()


@pytest.fixture
def store(tmp_path: Path) -> Store:
    found = open_store(f"oxigraph:{tmp_path / 'store'}", base=DEFAULT_BASE)
    found.replace(talks_graphs())
    refresh(found)
    return found


def totals(store: Store) -> list[int]:
    return [select_ids(indexed(store), Filters.parse(kind, {})).total for kind in KINDS]


def test_a_view_of_before_is_answered_as_it_was(store: Store) -> None:
    held, first = held_by(store), store.view_id()
    asked = Filters.parse("statements", {"facets": "speaker"})
    before = facets(indexed(store), asked)
    graph, triples = talks_graphs()[-1]
    turn(store, {graph: Edit(triples, ())})
    reader = reader_of(held)
    index = reader.at(first, store)
    assert index is not None
    assert index.facets(asked) == before
    whole = [index.select(Filters.parse(kind, {})).total for kind in KINDS]
    assert whole != totals(store)
    assert reader.at(store.view_id(), store) is not None


def test_what_changed_is_noted(store: Store) -> None:
    graph, triples = talks_graphs()[0]
    home = held_by(store).folder
    assert home is not None
    with opened(home) as log:
        seen = log.last()
        turn(store, {graph: Edit(triples, ())})
        entries = log.entries(seen, until=log.last(), limit=1000)
    assert {(one.kind, one.change) for one in entries} >= {
        ("article", "withdrawn"),
        ("statement", "withdrawn"),
        ("event", "updated"),
    }
    assert {one.view for one in entries} == {store.view_id()}
    assert graph in {one.id for one in entries if one.kind == "article"}


def test_a_store_without_an_index_is_asked_in_sparql(store: Store) -> None:
    held = held_by(store)
    expected = totals(store)
    assert held.path is not None
    for file in held.path.parent.glob("index.sqlite*"):
        file.unlink()
    assert index_of(indexed(store)) is None
    assert totals(store) == expected
    held.remake(store)
    assert index_of(indexed(store)) is not None
    assert totals(store) == expected


def test_an_index_left_behind_by_a_crash_does_not_answer(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: object, **__: object) -> None:
        raise StoreError("killed here")

    graph, triples = talks_graphs()[-1]
    with monkeypatch.context() as patched:
        patched.setattr(Held, "update", fails)
        with pytest.raises(StoreError, match="killed here"):
            turn(store, {graph: Edit(triples, ())})
    assert index_of(indexed(store)) is None
    left = totals(store)
    turn(store, {graph: Edit((), triples)})
    assert index_of(indexed(store)) is not None
    assert totals(store) != left
    assert standing(store) == anew(store)


def test_nothing_of_what_is_taken_down_is_left(store: Store) -> None:
    held = held_by(store)
    (article,) = select_ids(
        indexed(store), Filters.parse("articles", {"publisher": "Valley Courier"})
    ).ids
    assert held.path is not None
    take_down(store, article)
    left = b"".join(file.read_bytes() for file in held.path.parent.glob("index.sqlite*"))
    for words in (b"bridge", b"hask", b"Tor Hask", b"tor-hask"):
        assert words not in left, words


def test_a_takedown_leaves_no_name_that_nothing_says(store: Store) -> None:
    held, (graph, triples) = held_by(store), talks_graphs()[-1]
    turn(store, {graph: Edit(triples, ())})
    (article,) = select_ids(
        indexed(store), Filters.parse("articles", {"publisher": "Valley Courier"})
    ).ids
    text = "SELECT text FROM term ORDER BY text"
    given = {code for (code,) in held.database.rows("SELECT code FROM term")}
    again = {article: Edit((), store.read(article))}
    take_down(store, article)
    left = {code for (code,) in held.database.rows("SELECT code FROM term")}
    other = Held(None, store.base)
    other.remake(store)
    assert held.database.rows(text) == other.database.rows(text)
    turn(store, again)
    now = {code for (code,) in held.database.rows("SELECT code FROM term")}
    assert min(now - left) > max(given)


def test_rows_of_other_rules_are_made_anew(store: Store) -> None:
    held = held_by(store)
    with held.database.writing() as made:
        made.execute("UPDATE meta SET value = 'others' WHERE name = 'rules'")
        made.execute("UPDATE record SET facts = x''")
        made.execute("UPDATE record SET mark = x'' WHERE row = 1")
    assert not held.knows(store.view_id())
    assert [one.change for one in held.remake(store)] == ["updated"]
    assert standing(store) == anew(store)
    assert list(verify(store)) == []


def test_verify_names_what_the_index_says_otherwise(store: Store) -> None:
    assert list(verify(store)) == []
    held = held_by(store)
    with held.database.writing() as made:
        one = "SELECT min(row) FROM record WHERE kind = 0"
        made.execute(f"UPDATE record SET label = 'otherwise' WHERE row = ({one})")
        made.execute("DELETE FROM words_actors WHERE rowid = (SELECT max(rowid) FROM words_actors)")
        made.execute("UPDATE record SET died = 1 WHERE kind = 4")
    found = [one for one in verify(store) if one.name == "index-differs"]
    assert len(found) == 2 + len(select_ids(store, Filters.parse("articles", {})).ids)
    assert found[0].remedy == "run kg reindex"
    held.forget()
    held.remake(store)
    assert list(verify(store)) == []


def test_a_topics_mode_follows_the_reports_of_the_event(store: Store) -> None:
    """A report's mode or day touches the statements about its event: they show the usual mode."""
    (denial,) = select_ids(store, Filters.parse("statements", {"act": ["deny"]})).ids
    (event,) = select_ids(store, Filters.parse("events", {"status": ["disputed"]})).ids
    report = finding_iris(DEFAULT_BASE, HARBOUR, harbour())["r1"]
    for changed in (
        (f"<{report}>", term("ck:edtf"), literal("2021-05-02")),
        (f"<{report}>", term("ck:mode"), code("mode", "ASSAULT/aerial")),
        (f"<{event}>", term("ck:report"), f"<{report}>"),
    ):
        assert denial in touched(store, [changed])["statements"]


def envoys(*which: int) -> Graph:
    """One text, read otherwise: of whom it says that he or she is the envoy."""
    sheet = Sheet("Ada Lorne and Ben Torv met. The envoy left for Vale.", published="2021-05-02")
    sheet.actor("Ada Lorne")
    sheet.actor("Ben Torv")
    for at in which:
        post = Membership("envoy", sheet.at("envoy"))
        sheet.actors[at] = replace(sheet.actors[at], memberships=(post,))
    return sheet.graph()


def test_an_article_follows_whose_posts_it_tells(store: Store) -> None:
    graph, before = envoys()
    turn(store, {graph: Edit((), before)})
    ada, ben = (
        select_ids(indexed(store), Filters.parse("actors", {"q": [name]})).ids[0]
        for name in ("Lorne", "Torv")
    )
    for which in ((0,), (1,), (0, 1), ()):
        _, now = envoys(*which)
        turn(store, {graph: Edit(before, now)})
        index = index_of(indexed(store))
        assert index is not None
        told = [at for at, who in enumerate((ada, ben)) if index.posted(who, 9) == (graph,)]
        assert told == list(which)
        assert standing(store) == anew(store)
        before = now


def test_a_post_that_passes_to_another_touches_its_article(store: Store) -> None:
    graph, triples = envoys(0)
    turn(store, {graph: Edit((), triples)})
    moved = [one for one in triples if one[1] == term("org:hasMembership")]
    assert graph in touched(store, moved)["articles"]
