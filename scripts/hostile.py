"""A hostile hour in minutes: ``python scripts/hostile.py``.

Starts a server over a generated store, measures honest clients alone, then again while hostile
ones send what is meant to stop a SPARQL service: joins of everything with everything, endless
paths, answers and texts of megabytes, brackets by the thousand, slow readers and senders, and
connections that end in the middle. Says how honest clients fared, one among them that asks from an
address of its own for what takes long, and what is left of workers and memory when it is over.
``--flat-out`` lets every hostile client send as fast as it is answered.
"""

import argparse
import json
import os
import random
import signal
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final
from urllib.parse import quote

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # so that it runs as a file

from kg.iri import DEFAULT_BASE, graph_iri
from kg.store import open_store
from scripts.attacks import ATTACKS, NEXT, TIMEOUT, Place
from scripts.footprint import footprint, settled

THINGS: Final = 20_000
NAME: Final = "http://x.example/name"
PAUSE: Final = 0.01
"""Seconds an honest client rests between two queries."""

WHOLE: Final = 500_000
COUNTED: Final = (
    f"SELECT (COUNT(?c) AS ?n) {{ {{ SELECT ?c {{ ?a ?b ?c . ?d ?e ?f }} LIMIT {WHOLE} }} }} #"
)
"""What an honest client asks that takes long: its answer is WHOLE."""


@dataclass
class Honest:
    """What honest clients saw."""

    seconds: list[float] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    def at(self, share: float) -> float:
        """The latency within which this share of queries was answered, in milliseconds."""
        ordered = sorted(self.seconds)
        return round(ordered[int(share * (len(ordered) - 1))] * 1000, 2)

    def told(self) -> dict[str, Any]:
        """For a report."""
        return {
            "queries": len(self.seconds),
            "p50_ms": self.at(0.5),
            "p99_ms": self.at(0.99),
            "max_ms": self.at(1.0),
            "wrong": self.wrong[:5],
        }


def honest(port: int, stop: threading.Event, seed: int, found: Honest) -> None:
    """Ask for names of things over one connection until told to stop."""
    chance = random.Random(seed)
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT)
    while not stop.wait(PAUSE):
        number = chance.randrange(THINGS)
        text = f"SELECT ?o {{ <http://x.example/{number}> <{NAME}> ?o }}"
        began = time.perf_counter()
        try:
            connection.request("GET", f"/sparql?query={quote(text)}")
            reply = connection.getresponse()
            body = reply.read()
            found.seconds.append(time.perf_counter() - began)
            if reply.status != 200 or f'"name {number}"'.encode() not in body:
                found.wrong.append(f"{number}: {reply.status} {body[:200]!r}")
        except (OSError, HTTPException) as error:
            found.wrong.append(f"{number}: {error!r}")
            connection.close()
    connection.close()


@dataclass
class Patient:
    """What an honest client saw that asks for what takes long."""

    answered: int = 0
    told: Counter[str] = field(default_factory=Counter)
    """The limits that were named instead, and what else was wrong."""


def patient(port: int, stop: threading.Event, found: Patient) -> None:
    """Ask for what takes long, from an address of its own, until told to stop."""
    connection = HTTPConnection("127.0.0.1", port, timeout=TIMEOUT, source_address=("127.0.0.2", 0))
    number = 0
    while not stop.wait(PAUSE):
        number += 1
        connection.request("GET", f"/sparql?query={quote(f'{COUNTED}{number}')}&format=csv")
        reply = connection.getresponse()
        body = reply.read()
        if body.split() == [b"n", str(WHOLE).encode()]:
            found.answered += 1
        else:
            told = json.loads(body) if reply.status == 503 else {}
            found.told[told.get("limit") or f"{reply.status} {body[:200]!r}"] += 1
    connection.close()


@contextmanager
def honest_clients(port: int, clients: int) -> Iterator[tuple[Honest, Patient]]:
    """Honest clients at work."""
    found, waiting, stop = Honest(), Patient(), threading.Event()
    threads = [
        threading.Thread(target=honest, args=(port, stop, seed, found)) for seed in range(clients)
    ]
    threads.append(threading.Thread(target=patient, args=(port, stop, waiting)))
    for thread in threads:
        thread.start()
    try:
        yield found, waiting
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def attack(port: int, clients: int, attacks: int, seconds: float, flat_out: bool) -> dict[str, Any]:
    """Hostile clients at work: so many attacks spread over so many seconds."""
    began, turn, guard = time.monotonic(), iter(range(attacks)), threading.Lock()
    seen: Counter[str] = Counter()

    def client(seed: int) -> None:
        place = Place(port, random.Random(seed))
        names = list(ATTACKS)
        while True:
            with guard:
                number = next(turn, None)
            if number is None or time.monotonic() > began + 2 * seconds:
                return
            if not flat_out:
                time.sleep(max(0.0, began + seconds * number / attacks - time.monotonic()))
            name = names[number % len(names)]
            try:
                seen[f"{name}: {ATTACKS[name](place)}"] += 1
            except (OSError, HTTPException) as error:
                seen[f"{name}: {type(error).__name__}"] += 1

    threads = [threading.Thread(target=client, args=(seed,)) for seed in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return {"seconds": round(time.monotonic() - began, 1), "seen": dict(sorted(seen.items()))}


@contextmanager
def server(settings: Mapping[str, str]) -> Iterator[tuple[int, int]]:
    """The port and the process of a server over a generated store."""
    with TemporaryDirectory(prefix="kg-hostile-") as folder:
        spec = f"oxigraph:{folder}/store"
        store = open_store(spec, base=DEFAULT_BASE)
        rows = [
            row
            for n in range(THINGS)
            for row in (
                (f"<http://x.example/{n}>", f"<{NAME}>", f'"name {n}"'),
                (f"<http://x.example/{n}>", f"<{NEXT}>", f"<http://x.example/{n + 1}>"),
            )
        ]
        store.fill(graph_iri(DEFAULT_BASE, "view"), rows)
        store.close()
        command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--store", spec]
        run = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **settings},
        )
        assert run.stdout is not None
        port = int(run.stdout.readline().rstrip("/\n").rpartition(":")[2])
        try:
            yield port, run.pid
        finally:
            run.send_signal(signal.SIGTERM)
            try:
                run.wait(timeout=60)
            finally:
                run.kill()
                run.stdout.close()


def hostile_hour(
    *, hostile: int, clients: int, attacks: int, seconds: float, flat_out: bool = False
) -> dict[str, Any]:
    """The report of one hour."""
    settings = {"KG_QUERY_SECONDS": str(max(2.0, seconds / 10)), "KG_QUERY_MEMORY_MB": "512"}
    with server(settings) as (port, pid):
        with honest_clients(port, clients) as (idle, _):
            time.sleep(max(3.0, seconds / 10))
        before = footprint(pid)
        with honest_clients(port, clients) as (under, waiting):
            command = [sys.executable, __file__, "--attack", str(port)]
            command += ["--hostile", str(hostile), "--queries", str(attacks)]
            command += ["--seconds", str(seconds), *(["--flat-out"] if flat_out else [])]
            attacked = subprocess.run(command, stdout=subprocess.PIPE, check=True)
        after = settled(pid, before["processes"])
    return {
        "idle": idle.told(),
        "under_attack": under.told(),
        "patient": {"answered": waiting.answered, "told": dict(waiting.told)},
        "times_idle_p99": round(under.at(0.99) / idle.at(0.99), 1),
        "before": before,
        "after": after,
        "attacks": json.loads(attacked.stdout),
    }


def main() -> None:
    """Run the hour and print its report as JSON."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--hostile", type=int, default=32, help="hostile clients")
    parser.add_argument("--honest", type=int, default=4, help="honest clients")
    parser.add_argument("--queries", type=int, default=1000, help="attacks in all")
    parser.add_argument("--seconds", type=float, default=300.0, help="over how long")
    parser.add_argument("--flat-out", action="store_true", help="as fast as they are answered")
    parser.add_argument("--attack", type=int, metavar="PORT", help="only attack a server here")
    given = parser.parse_args()
    if given.attack:
        found = attack(given.attack, given.hostile, given.queries, given.seconds, given.flat_out)
    else:
        found = hostile_hour(
            hostile=given.hostile,
            clients=given.honest,
            attacks=given.queries,
            seconds=given.seconds,
            flat_out=given.flat_out,
        )
    print(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
