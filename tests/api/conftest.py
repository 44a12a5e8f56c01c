"""The application over the hand-made scene, as every test here asks it."""

from collections.abc import Iterator

import pytest
from flask import Flask
from flask.testing import FlaskClient

from api.app import create_app
from kg.config import Settings
from kg.filters import Filters, Kind, select_ids
from kg.iri import DEFAULT_BASE
from kg.store import Store
from tests.scenes import scene_store

BROWSER = {"Accept": "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"}


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = scene_store()
    yield made
    made.close()


@pytest.fixture(scope="module")
def app(store: Store) -> Flask:
    return create_app(store, Settings(store="memory:"))


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


def paths(store: Store, kind: Kind) -> list[str]:
    """The addresses of all records of a kind."""
    ids = select_ids(store, Filters.parse(kind, {})).ids
    return [f"/{iri.removeprefix(DEFAULT_BASE)}" for iri in ids]
