"""A real browser on a real server; skipped where no chromium is installed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from api.app import create_app
from kg.config import Settings
from kg.store import Store
from scripts.browser import Seen, browsing, chromium
from tests.api.serving import serving
from tests.scenes import scene_store


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    made = scene_store()
    yield made
    made.close()


@pytest.fixture(scope="module")
def site(store: Store) -> Iterator[str]:
    with serving(create_app(store, Settings(store="memory:"))) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    if not chromium():
        pytest.skip("no chromium here; install it (Debian: apt-get install chromium)")
    with browsing() as opened:
        yield opened


@pytest.fixture
def tab(browser: Browser) -> Iterator[Seen]:
    """A tab with scripts; what it asks of others or complains of fails the test."""
    with Seen.tab(browser) as seen:
        yield seen
        assert seen.elsewhere == []
        assert seen.complaints == []


@pytest.fixture
def plain(browser: Browser) -> Iterator[Seen]:
    """A tab without scripts."""
    with Seen.tab(browser, scripts=False) as seen:
        yield seen
        assert seen.elsewhere == []
        assert seen.complaints == []


@pytest.fixture
def phone(browser: Browser) -> Iterator[Seen]:
    """A tab as wide as a small phone."""
    with Seen.tab(browser, width=360, height=740) as seen:
        yield seen
        assert seen.elsewhere == []
        assert seen.complaints == []
