"""A drawing of everything that is brought from view to view is the one drawn from nothing."""

from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings

from kg.export import selection
from kg.index.reading import indexed
from kg.iri import DEFAULT_BASE
from kg.keeping import judge, take_down
from kg.projection import Sheet, project, shelf
from kg.projection.before import FOLLOWED, Before
from kg.projection.filling import follow
from kg.projection.sheet import connect
from kg.projection.shelf import drawn
from kg.store import Store, open_store
from kg.view import Edit, refresh, turn
from tests.index.test_follow import edits
from tests.scene_review import JUDGEMENTS
from tests.scene_talks import talks_graphs
from tests.scenes import scene_graphs
from tests.test_view_stored import rounds

EVERYTHING = selection({})


@contextmanager
def following(store: Store, preset: str) -> Iterator[None]:
    """A store that changes: its sheet of before, brought to what it holds then, is one of then."""
    view = store.view_id()
    with closing(drawn(indexed(store), EVERYTHING, preset)) as sheet:
        yield
        before = Before.of(indexed(store), sheet, view)
        assert before is not None
        connection = connect(None)
        follow(connection, indexed(store), preset, before)
        with closing(Sheet(connection, preset)) as brought:
            assert brought.whole() == project(store, EVERYTHING, preset)


@pytest.mark.parametrize("preset", FOLLOWED)
@settings(max_examples=8, deadline=None)
@given(steps=rounds)
def test_whatever_articles_come_and_go(preset: str, steps: list[dict[str, int]]) -> None:
    with closing(open_store("memory:", base=DEFAULT_BASE)) as store:
        refresh(store)
        for step in steps:
            with following(store, preset):
                turn(store, edits(store, step))


@pytest.mark.parametrize("preset", FOLLOWED)
def test_whatever_people_judge(preset: str) -> None:
    with closing(open_store("memory:", base=DEFAULT_BASE)) as store:
        store.replace(scene_graphs())
        refresh(store)
        for one in JUDGEMENTS:
            with following(store, preset):
                judge(store, one)


@pytest.fixture
def talks(tmp_path: Path) -> Store:
    found = open_store(f"oxigraph:{tmp_path / 'talks'}", base=DEFAULT_BASE)
    found.replace(talks_graphs())
    refresh(found)
    return found


def test_the_shelf_begins_with_the_sheet_of_the_view_before(talks: Store, tmp_path: Path) -> None:
    kept = shelf(f"oxigraph:{tmp_path / 'talks'}")
    kept.sheet(indexed(talks), EVERYTHING, "actor-actor").close()
    graph, triples = talks_graphs()[-1]
    turn(talks, {graph: Edit(triples, ())})
    # What the sheet of before says of somebody who has not changed is not read again.
    (file,) = (tmp_path / "talks" / "drawn").glob("*.sqlite")
    with closing(connect(file)) as old:
        old.execute("UPDATE node SET country = 'as before'")
    with closing(kept.sheet(indexed(talks), EVERYTHING, "actor-actor")) as sheet:
        countries = {node.country for node in sheet.whole().nodes}
    assert "as before" in countries
    assert len(countries) > 1


def test_after_a_takedown_everything_is_drawn_anew(talks: Store) -> None:
    view = talks.view_id()
    with closing(drawn(indexed(talks), EVERYTHING, "actor-actor")) as sheet:
        take_down(talks, talks_graphs()[-1][0])
        assert Before.of(indexed(talks), sheet, view) is None
