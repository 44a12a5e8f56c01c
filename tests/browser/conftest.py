"""A real browser on a real server; skipped where no chromium is installed."""

from collections.abc import Iterator

import pytest

from api.app import create_app
from kg.config import Settings
from kg.store import Store
from scripts.chromium import Browser, Page
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


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    if not Browser.installed():
        pytest.skip("no chromium here; install it (Debian: apt-get install chromium)")
    with Browser() as opened:
        yield opened


@pytest.fixture
def page(browser: Browser) -> Page:
    return browser.page()
