"""A store that is served and kept as ``kg serve`` does it, by processes of its own."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from api.app import create_app
from kg.config import Settings
from kg.index.reading import readable
from kg.iri import DEFAULT_BASE
from kg.keeping.keeper import Keeper
from kg.keeping.process import ROLE, ROLES
from kg.reading import Desk, Intake
from kg.store import open_store
from kg.store.outside import Outside
from kg.store.pool.nursery import Nursery
from kg.store.pool.workers import WorkerPool
from kg.store.pool.writing import Writer
from tests.api.serving import Reply, fetch, serving

TOKEN = "let me write"
RIGHT = {"Authorization": f"Bearer {TOKEN}"}


@dataclass(frozen=True, slots=True)
class Kept:
    """A service over a store in a folder; ``site`` is its address without the last slash."""

    site: str
    home: Path
    writer: Writer
    pool: WorkerPool

    def post(self, body: bytes, kind: str = "text/plain", parameters: str = "") -> Reply:
        """An answer of POST /articles."""
        headers = {**RIGHT, "Content-Type": kind}
        return fetch(f"{self.site}/articles{parameters}", data=body, headers=headers)

    def delete(self, iri: str) -> Reply:
        """An answer of DELETE at the address of an IRI."""
        return fetch(self.at(iri), method="DELETE", headers=RIGHT)

    def at(self, iri: str) -> str:
        """The address of an IRI."""
        return iri.replace(DEFAULT_BASE, f"{self.site}/")

    def json(self, path: str) -> Any:
        """What a path says."""
        return fetch(f"{self.site}{path}").json()


@contextmanager
def keeping(
    home: Path,
    desk: Desk,
    *,
    trusts: Callable[[str], bool] | None = None,
    seconds: float = 60.0,
    reading_seconds: float = 60.0,
    keep: int = 3,
) -> Iterator[Kept]:
    """The service over the store in this folder, made if there is none.

    ``trusts`` says which addresses pages may be fetched from, if not only public ones.
    """
    open_store(f"oxigraph:{home}", base=DEFAULT_BASE).close()
    settings = Settings(store=f"oxigraph:{home}", token=TOKEN, query_seconds=seconds)
    web = Outside(None, 1 << 20, 10.0, trusts) if trusts else None
    with (
        Nursery(ROLES) as nursery,
        Writer(home, base=DEFAULT_BASE, nursery=nursery, seconds=seconds, role=ROLE) as writer,
        WorkerPool(writer, workers=2, keep=keep, nursery=nursery) as pool,
    ):
        index = readable(home, DEFAULT_BASE, seconds=seconds)
        keeper = Keeper(writer, pool, Intake(desk, seconds=reading_seconds))
        with serving(create_app(pool, settings, keeper=keeper, web=web, index=index)) as site:
            yield Kept(site, home, writer, pool)


def files_holding(home: Path, words: str) -> list[Path]:
    """The files of a folder that hold these words.

    An engine at work replaces files by others with the same content, so what was looked through
    counts only where the folder stayed the same meanwhile; it is looked through again otherwise.
    """
    for _ in range(100):
        with suppress(FileNotFoundError):
            files = set(home.rglob("*"))
            found = [one for one in files if one.is_file() and words.encode() in one.read_bytes()]
            if files == set(home.rglob("*")):
                return sorted(found)
        time.sleep(0.1)
    raise AssertionError(f"{home} did not stay the same for a moment")
