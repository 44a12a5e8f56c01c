"""kill -9 of a server, or of any process of it, at any moment of an update.

Every acknowledged write is there, none is half there, and the server is back within seconds.
``KG_TEST_KILLS=100`` kills a hundred times.
"""

import http.client
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from urllib.parse import quote

import pytest

from scripts.footprint import tree

KILLS = int(os.environ.get("KG_TEST_KILLS", "10"))
GRAPHS = ("http://x.example/a", "http://x.example/b")
ROWS = 400
RESTART_SECONDS = float(os.environ.get("KG_TEST_RESTART_SECONDS", "15"))
ROLES = ("server", "zygote", "child", "server", "child")


class Served:
    """A server over one store, started as often as it is killed."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.start()

    def start(self) -> None:
        """Start it; how long until it answers is noted."""
        began = time.monotonic()
        command = [sys.executable, "-m", "kg", "serve", "--port", "0"]
        self.run = subprocess.Popen(
            [*command, "--store", f"oxigraph:{self.home}"],
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, "KG_TOKEN": "t", "KG_WRITABLE": "all", "KG_WORKERS": "2"},
        )
        assert self.run.stdout is not None
        line = self.run.stdout.readline()
        self.port = int(line.rstrip("/\n").rpartition(":")[2])
        self.versions()
        self.seconds = time.monotonic() - began

    def write(self, number: int) -> bool:
        """Write version ``number`` of both graphs; whether it was acknowledged."""
        parts = [
            f"DROP SILENT GRAPH <{graph}> ; INSERT DATA {{ GRAPH <{graph}> {{ {rows(number)} }} }}"
            for graph in GRAPHS
        ]
        headers = {"Authorization": "Bearer t", "Content-Type": "application/sparql-update"}
        with self._connected() as connection, suppress(OSError, http.client.HTTPException):
            connection.request("POST", "/sparql/update", " ; ".join(parts), headers)
            return connection.getresponse().status == 204
        return False

    def versions(self) -> list[tuple[int, int]]:
        """(version, rows of it) for each version of which anything is there, graph by graph."""
        text = "SELECT ?g ?o (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } } GROUP BY ?g ?o ORDER BY ?g"
        with self._connected() as connection:
            connection.request("GET", f"/sparql?query={quote(text)}")
            reply = connection.getresponse()
            body = reply.read()
        assert reply.status == 200, body
        found = json.loads(body)["results"]["bindings"]
        return [(int(row["o"]["value"]), int(row["n"]["value"])) for row in found]

    def victim(self, role: str) -> int:
        """A process of it."""
        pids = tree(self.run.pid)
        wanted = {"server": pids[:1], "zygote": pids[1:2], "child": pids[2:]}[role] or pids[:1]
        return random.choice(wanted)

    @contextmanager
    def _connected(self) -> Iterator[http.client.HTTPConnection]:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            yield connection
        finally:
            connection.close()


def rows(number: int) -> str:
    """The triples of a version."""
    return " ".join(f"<http://x.example/{n}> <http://x.example/p> {number} ." for n in range(ROWS))


class Writing(threading.Thread):
    """Writes version after version until told to stop."""

    def __init__(self, served: Served, tried: int, acknowledged: int) -> None:
        super().__init__()
        self.served = served
        self.tried = tried
        self.acknowledged = acknowledged
        self.stop = threading.Event()

    def run(self) -> None:
        """Write."""
        while not self.stop.is_set():
            self.tried += 1
            if self.served.write(self.tried):
                self.acknowledged = self.tried


@pytest.mark.slow
def test_no_kill_loses_or_halves_a_write(tmp_path: Path) -> None:
    served = Served(tmp_path / "store")
    number, acknowledged, restarts = 0, 0, []
    try:
        for kill in range(KILLS):
            writing = Writing(served, number, acknowledged)
            writing.start()
            time.sleep(random.uniform(0.05, 0.6))
            victim = served.victim(ROLES[kill % len(ROLES)])
            with suppress(ProcessLookupError):
                os.kill(victim, signal.SIGKILL)
            time.sleep(0.05)
            writing.stop.set()
            writing.join()
            number, acknowledged = writing.tried, writing.acknowledged
            if victim == served.run.pid:
                served.run.communicate()
                served.start()
                restarts.append(served.seconds)
            found = served.versions()
            assert not found or (len(found) == 2 and found[0] == found[1]), (kill, found)
            there, whole = found[0] if found else (0, ROWS)
            assert acknowledged <= there <= number, (kill, acknowledged, there, number)
            assert whole == ROWS, (kill, found)
        assert served.write(number + 1)
        assert served.versions() == [(number + 1, ROWS)] * 2
    finally:
        served.run.send_signal(signal.SIGTERM)
        served.run.communicate(timeout=60)
    assert not list((tmp_path / "store").glob("snapshot-*"))
    print(f"{KILLS} kills, restarts of {max(restarts):.2f} s at most")
    assert max(restarts) < RESTART_SECONDS
