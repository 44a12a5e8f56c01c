"""Engines that sparql: stores are tried on: a Virtuoso of our own, and our own service."""

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from api.app import create_app
from kg.config import ALL, Settings
from kg.store import Remote, open_store
from kg.store.remote.engine import Engine
from kg.store.remote.marks import rows
from kg.store.remote.sparql import OWNED
from tests.api.serving import serving

SCRIPT = Path(__file__).parents[1] / "scripts" / "virtuoso.sh"
TOKEN = "let me write"


@contextmanager
def virtuoso(home: Path) -> Iterator[dict[str, str]]:
    """The settings of a Virtuoso that runs in this folder; the test is skipped where none can."""
    if not (shutil.which("virtuoso-t") and shutil.which("isql-vt")):
        pytest.skip("no Virtuoso here: scripts/virtuoso.sh install")
    try:
        yield started(home)
    finally:
        subprocess.run([SCRIPT, "stop", home], check=True, capture_output=True)


def started(home: Path) -> dict[str, str]:
    """The settings of the Virtuoso in this folder, started; it ends when this process does."""
    told = subprocess.run(
        [SCRIPT, "start", home],
        env={**os.environ, "KG_VIRTUOSO_WITH": str(os.getpid())},
        capture_output=True,
        text=True,
        check=True,
    )
    return dict(line.split("=", 1) for line in told.stdout.splitlines())


def remote_of(environment: dict[str, str]) -> Remote:
    """How the engine of these settings is reached."""
    return Remote(
        query=environment["KG_STORE"].removeprefix("sparql:"),
        update=environment.get("KG_SPARQL_UPDATE_URL", ""),
        graphs=environment.get("KG_SPARQL_GRAPH_URL", ""),
        user=environment.get("KG_SPARQL_USER", ""),
        password=environment.get("KG_SPARQL_PASSWORD", ""),
        token=environment.get("KG_SPARQL_TOKEN", ""),
    )


def emptied(environment: dict[str, str]) -> dict[str, str]:
    """The same engine without any graph but those it keeps for itself."""
    engine = Engine(remote_of(environment))
    try:
        for row in rows(engine, "SELECT ?g { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g"):
            if row["g"] not in OWNED:
                engine.update(f"DROP SILENT GRAPH <{row['g']}>", repeat=True)
    finally:
        engine.close()
    return environment


@contextmanager
def service(base: str) -> Iterator[dict[str, str]]:
    """The settings of our own service over an empty store, opened to whoever has the token."""
    held = open_store("memory:", base=base)
    settings = Settings(store="memory:", base=base, token=TOKEN, writable=ALL)
    with serving(create_app(held, settings)) as address:
        yield {
            "KG_STORE": f"sparql:{address}/sparql",
            "KG_SPARQL_UPDATE_URL": f"{address}/sparql/update",
            "KG_SPARQL_GRAPH_URL": f"{address}/graphs",
            "KG_SPARQL_TOKEN": TOKEN,
        }
    held.close()
