"""The SPARQL service beside the store itself and beside others: ``python scripts/bench.py sparql``.

The same twelve queries over the same generated view, one after the other, round by round: first
one at a time over a connection that stays open (median and 99th percentile), then the cheap ones
over 16 connections (requests a second, by wrk). No answer is kept anywhere, and every answer is
held against the one that the store gives in this process.
"""

import os
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from statistics import median, quantiles
from typing import Final, Self

from kg.iri import DEFAULT_BASE
from kg.store import Store, open_store
from scripts.peers import (
    Peer,
    Rows,
    TooLate,
    ours,
    rdflib_endpoint,
    requests_a_second,
    rows_of,
    virtuoso,
)
from scripts.scale.filling import ready
from scripts.scale.queries import Asked, twelve

ROUNDS: Final = 100
"""How often a query is asked at the most."""
SECONDS: Final = 4.0
"""After so many seconds it is not asked again."""
PATIENCE: Final = 10.0
"""Seconds for one answer; who takes longer is not asked this again, and started anew."""
CONNECTIONS: Final = 16
LOAD_SECONDS: Final = 3

HERE: Final = "in process"


@dataclass
class Figures:
    """What was measured of one query: who asks → seconds of each time, requests a second."""

    times: dict[str, list[float]] = field(default_factory=dict)
    rates: dict[str, float] = field(default_factory=dict)
    wrong: set[str] = field(default_factory=set)
    rows: int = 0


def sparql(quads: int, folder: Path, only: Sequence[str] = ()) -> None:
    """Measure with a store of about so many quads in ``folder``, and print the table."""
    place = ready(folder, quads)
    aside = _aside(place)
    begun = time.perf_counter()
    store = open_store(f"oxigraph:{aside}", base=DEFAULT_BASE, read_only=True)
    print(f"opened in {time.perf_counter() - begun:.3f} s; {store.size():,} quads", flush=True)
    queries = twelve(store)
    print(f"| query | rows | {' | '.join((HERE, *PEERS))} |")
    print("|---" * (len(PEERS) + 3) + "|")
    with ExitStack() as stack:
        peers = [
            stack.enter_context(Started(partial(start, place, folder, quads)))
            for name, start in PEERS.items()
            if not only or name in only
        ]
        for asked in queries:
            print(_line(asked, _measured(store, peers, asked)), flush=True)
        for one in peers:
            held = " + ".join(f"{mb:.0f}" for mb in _memory(one.peer.process))
            print(f"{one.peer.name}: {held} MB")
    store.close()
    shutil.rmtree(aside)
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


class Started:
    """A peer that can be ended in the midst of an answer and started anew."""

    def __init__(self, start: Callable[[], AbstractContextManager[Peer]]) -> None:
        self._start = start
        self._stack = ExitStack()
        self.peer: Peer

    def __enter__(self) -> Self:
        """Start it."""
        self.peer = self._stack.enter_context(self._start())
        return self

    def __exit__(self, *_: object) -> None:
        """End it."""
        self._stack.close()

    def again(self) -> None:
        """End it and start it."""
        self._stack.close()
        self.peer = self._stack.enter_context(self._start())


def _aside(place: Path) -> Path:
    """The same store once more, for this process: a server lets nobody in beside it."""
    other = Path(tempfile.mkdtemp(prefix="aside-", dir=place.parent))
    shutil.copytree(place, other, copy_function=_linked, dirs_exist_ok=True)
    return other


def _linked(source: str, target: str) -> None:
    """Files of quads are never changed, so both may have them."""
    (os.link if source.endswith(".sst") else shutil.copy2)(source, target)


def _start_virtuoso(place: Path, folder: Path, quads: int) -> AbstractContextManager[Peer]:
    return virtuoso(place, folder / f"virtuoso-{quads}")


PEERS: Final[dict[str, Callable[[Path, Path, int], AbstractContextManager[Peer]]]] = {
    "kg serve": lambda place, *_: ours(place),
    "rdflib-endpoint": lambda place, *_: rdflib_endpoint(place),
    "Virtuoso": _start_virtuoso,
}


def _measured(store: Store, peers: Sequence[Started], asked: Asked) -> Figures:
    figures = Figures()
    right = rows_of(store.query(asked.text).body)
    figures.rows = len(right)
    for one in peers:
        _try(figures, one, asked.text, right)
    answering = [one.peer for one in peers if one.peer.name in figures.times]
    figures.times[HERE] = []
    with _asking(store, answering) as ways:
        _time(figures, ways, asked.text)
    for peer in answering if asked.kind == "cheap" else ():
        rate = requests_a_second(peer, asked.text, connections=CONNECTIONS, seconds=LOAD_SECONDS)
        if rate is not None:
            figures.rates[peer.name] = rate
    return figures


def _try(figures: Figures, one: Started, text: str, right: Rows) -> None:
    """Whether a peer answers in time, and rightly."""
    try:
        with one.peer.connected(PATIENCE) as line:
            found = rows_of(one.peer.ask(line, text))
    except TooLate:
        one.again()
        return
    figures.times[one.peer.name] = []
    if found != right:
        figures.wrong.add(one.peer.name)


@contextmanager
def _asking(store: Store, peers: Sequence[Peer]) -> Iterator[dict[str, Callable[[str], bytes]]]:
    """Who is asked → how."""
    with ExitStack() as stack:
        ways: dict[str, Callable[[str], bytes]] = {HERE: lambda text: store.query(text).body}
        for peer in peers:
            line = stack.enter_context(peer.connected(PATIENCE))
            ways[peer.name] = lambda text, peer=peer, line=line: peer.ask(line, text)  # type: ignore[misc]
        yield ways


def _time(figures: Figures, ways: dict[str, Callable[[str], bytes]], text: str) -> None:
    """Ask in turn, so that what slows this machine down slows all of them."""
    spent = dict.fromkeys(ways, 0.0)
    for number in range(ROUNDS):
        for name, ask in ways.items():
            if spent[name] < SECONDS:
                begun = time.perf_counter()
                with suppress(TooLate):  # as long as that, then
                    ask(f"{text}\n#{number}")
                took = time.perf_counter() - begun
                spent[name] += took
                figures.times[name].append(took)


def _line(asked: Asked, figures: Figures) -> str:
    cells = [asked.name, f"{figures.rows:,}"]
    for name in (HERE, *PEERS):
        times = figures.times.get(name)
        told = f"{median(times) * 1000:.1f} / {_p99(times) * 1000:.1f} ms" if times else "–"
        told += f", {figures.rates[name]:,.0f}/s" if name in figures.rates else ""
        cells.append(told + (" (another answer)" if name in figures.wrong else ""))
    return f"| {' | '.join(cells)} |"


def _p99(times: Sequence[float]) -> float:
    return quantiles(times, n=100, method="inclusive")[98] if len(times) > 1 else times[0]


def _memory(process: int) -> list[float]:
    """MB that a process holds, and that those it started hold (PSS, Linux)."""
    held = [_pss(process)]
    held.extend(sum(_memory(child)) for child in _children(process))
    return held


def _children(process: int) -> Iterator[int]:
    for file in Path(f"/proc/{process}/task").glob("*/children"):
        yield from map(int, file.read_text().split())


def _pss(process: int) -> float:
    with suppress(OSError):
        for line in Path(f"/proc/{process}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) / 1024
    return 0.0


if __name__ == "__main__":
    sparql(int(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:])
