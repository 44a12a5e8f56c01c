"""Those that answer the same queries over the same view: we, and others at their best settings.

Each is started on loopback by itself, asked over one connection or by many, and ended. Virtuoso
is ``scripts/virtuoso.sh``; rdflib-endpoint comes with ``pip install ".[bench]"``.
"""

import http.client
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Final
from urllib.parse import urlencode, urlsplit

from kg.iri import DEFAULT_BASE, graph_iri
from kg.store.base import JSON

VIEW: Final = graph_iri(DEFAULT_BASE, "view")
ROOT: Final = Path(__file__).parents[1]
UP: Final = 120.0
"""Seconds within which a server has to answer for the first time."""


class TooLate(Exception):
    """No answer within the time given."""


@dataclass(frozen=True, slots=True)
class Peer:
    """A server that answers; ``process`` leads the processes that are its own."""

    name: str
    url: str
    process: int
    more: Mapping[str, str]
    """Parameters of every request."""

    def path(self, text: str) -> str:
        """What is asked for by GET."""
        parts = urlsplit(self.url)
        return f"{parts.path}?{urlencode({**self.more, 'query': text})}"

    @contextmanager
    def connected(self, seconds: float) -> Iterator[http.client.HTTPConnection]:
        """One connection, kept open."""
        parts = urlsplit(self.url)
        line = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=seconds)
        try:
            yield line
        finally:
            line.close()

    def ask(self, line: http.client.HTTPConnection, text: str) -> bytes:
        """The answer in SPARQL JSON; TooLate if it does not come in time."""
        try:
            response, body = self._answer(line, text)
        except TimeoutError:
            line.close()
            raise TooLate(self.name) from None
        if response.status != 200 or response.getheader("X-SQL-State"):
            raise RuntimeError(f"{self.name}: {response.status} {body[:400]!r}")
        return body

    def _answer(
        self, line: http.client.HTTPConnection, text: str
    ) -> tuple[http.client.HTTPResponse, bytes]:
        """Once more over a new connection where the server has closed one that was idle."""
        for _ in range(2):
            try:
                line.request("GET", self.path(text), headers={"Accept": JSON})
                response = line.getresponse()
                return response, response.read()
            except (http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
                line.close()
        raise RuntimeError(f"{self.name} closes every connection")


Rows = tuple[tuple[tuple[str, str], ...], ...]
"""Each row's (variable, value), all sorted."""


def rows_of(body: bytes) -> Rows:
    """The rows of an answer as sorted values, whatever their order and types.

    A boolean is 1 or 0, which is all that Virtuoso keeps of it.
    """
    found = json.loads(body)
    if "boolean" in found:
        return ((("", str(bool(found["boolean"])).lower()),),)
    return tuple(
        sorted(
            tuple(sorted((name, _said(term)) for name, term in row.items()))
            for row in found["results"]["bindings"]
        )
    )


def _said(term: Mapping[str, str]) -> str:
    if term.get("datatype", "").endswith("#boolean"):
        return {"true": "1", "false": "0"}.get(term["value"], term["value"])
    return term["value"]


@contextmanager
def ours(place: Path) -> Iterator[Peer]:
    """``kg serve`` with the settings it comes with."""
    port = _free_port()
    command = [*(sys.executable, "-m", "kg", "serve", "--port", str(port))]
    with _running([*command, "--store", f"oxigraph:{place}"]) as process:
        yield _up(Peer("kg serve", f"http://127.0.0.1:{port}/sparql", process, {}))


@contextmanager
def rdflib_endpoint(place: Path) -> Iterator[Peer]:
    """rdflib-endpoint over Oxigraph (its faster store) and under uvicorn, one process a core."""
    port = _free_port()
    command = [*(sys.executable, "-m", "uvicorn", "scripts.rdflib_peer:app", "--port", str(port))]
    cores = str(os.cpu_count() or 1)
    with _running(
        [*command, "--workers", cores, "--no-access-log", "--log-level", "error"],
        {"BENCH_STORE": str(place / "quads")},
    ) as process:
        yield _up(Peer("rdflib-endpoint", f"http://127.0.0.1:{port}/", process, {}))


@contextmanager
def virtuoso(place: Path, folder: Path) -> Iterator[Peer]:
    """Virtuoso with buffers for a quarter of a small server's memory; loaded where it is empty."""
    script = str(ROOT / "scripts" / "virtuoso.sh")
    # 8 KB a buffer, as its documentation advises: 340,000 for 4 GB, three quarters of them dirty.
    room = {"KG_VIRTUOSO_BUFFERS": "340000", "KG_VIRTUOSO_DIRTY": "250000"}
    started = subprocess.run(
        [script, "start", str(folder)],
        env={**os.environ, **room},
        check=True,
        capture_output=True,
        text=True,
    )
    told = dict(line.split("=", 1) for line in started.stdout.splitlines() if "=" in line)
    status = subprocess.run(
        [script, "status", str(folder)], check=True, capture_output=True, text=True
    )
    process = int(status.stdout.split("process ")[1].split(",")[0])
    try:
        if not (folder / "loaded").exists():
            _load(place, folder, told["KG_SPARQL_PASSWORD"])
        url = told["KG_STORE"].removeprefix("sparql:")
        yield _up(Peer("Virtuoso", url, process, {"default-graph-uri": VIEW}))
    finally:
        subprocess.run([script, "stop", str(folder)], check=False)


def _load(place: Path, folder: Path, password: str) -> None:
    """By its own bulk loader, from N-Quads in its folder."""
    script = (
        "import sys, pyoxigraph as ox\n"
        "ox.Store.read_only(sys.argv[1]).dump(sys.argv[2], format=ox.RdfFormat.N_QUADS)"
    )
    dump = folder / "all.nq"
    subprocess.run([sys.executable, "-c", script, str(place / "quads"), str(dump)], check=True)
    port = (folder / "sql-port").read_text().strip()
    todo = f"ld_dir('.', 'all.nq', '{DEFAULT_BASE}'); rdf_loader_run(); checkpoint;"
    subprocess.run(
        ["isql-vt", f"127.0.0.1:{port}", "dba", password, f"exec={todo}"],
        check=True,
        capture_output=True,
        cwd=folder,
    )
    dump.unlink()
    (folder / "loaded").touch()


@contextmanager
def _running(command: list[str], more: Mapping[str, str] | None = None) -> Iterator[int]:
    process = subprocess.Popen(
        command,
        cwd=ROOT,
        env={**os.environ, **(more or {})},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process.pid
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(20)
        # A worker that is still at a query does not end with its parent.
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def _up(peer: Peer) -> Peer:
    until = time.monotonic() + UP
    while True:
        try:
            with peer.connected(UP) as line:
                peer.ask(line, "ASK { ?s ?p ?o }")
            return peer
        except OSError:
            if time.monotonic() > until:
                raise
            time.sleep(0.1)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as held:
        port: int = held.getsockname()[1]
        return port


def requests_a_second(peer: Peer, text: str, *, connections: int, seconds: int) -> float | None:
    """By wrk, every request with a text of its own; None where wrk is not installed."""
    if not shutil.which("wrk"):
        return None
    parts = urlsplit(peer.url)
    lua = ROOT / "scripts" / "ask.lua"
    done = subprocess.run(
        [
            *("wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "-s", str(lua)),
            *("-H", f"Accept: {JSON}", f"http://{parts.netloc}{peer.path(text)}"),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    found: float = json.loads(done.stdout.splitlines()[-1])["good"] / seconds
    return found
