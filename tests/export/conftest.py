"""The hand-made scene as a store, and its projections."""

import pytest

from kg.export import selection
from kg.projection import PRESETS, Edge, Node, Projection, project
from kg.store.base import Store
from tests.export.drawn import NASTY
from tests.scene_talks import talks_store
from tests.scenes import scene_store


@pytest.fixture(scope="session")
def store() -> Store:
    """Two articles and their view."""
    return scene_store()


@pytest.fixture(scope="session", params=PRESETS)
def drawn(request: pytest.FixtureRequest, store: Store) -> Projection:
    """The scene in each preset."""
    return project(store, selection({}), request.param)


@pytest.fixture(scope="session")
def talks() -> Store:
    """Four articles and their view."""
    return talks_store()


@pytest.fixture(scope="session")
def all_drawn(store: Store) -> list[Projection]:
    """The scene in every preset, and labels that have broken some exporter somewhere."""
    nasty = [
        Node(f"a:{number}", "actor", label, f"a:{number}", text=label)
        for number, label in enumerate(NASTY)
    ]
    loop = Edge("e", "a:0", "a:0", "say", NASTY[0], "a:b", earliest="2021-05-02")
    graphs = [project(store, selection({}), preset) for preset in PRESETS]
    return [*graphs, Projection.of("nasty", nasty, [loop])]
