"""The hand-made scene as a store, and its projections."""

import pytest

from kg.export import selection
from kg.projection import PRESETS, Projection, project
from kg.store.base import Store
from tests.scenes import scene_store


@pytest.fixture(scope="session")
def store() -> Store:
    """Two articles and their view."""
    return scene_store()


@pytest.fixture(scope="session", params=PRESETS)
def drawn(request: pytest.FixtureRequest, store: Store) -> Projection:
    """The scene in each preset."""
    return project(store, selection({}), request.param)
