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
from pathlib import Path
from statistics import median, quantiles
from typing import Final

from kg.iri import DEFAULT_BASE
from kg.store import Store, open_store
from scripts.peers import (
    Peer,
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
PATIENCE: Final = 60.0
"""Seconds for one answer; who takes longer is not asked again."""
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
    print(f"{'query':32}{'rows':>7}  " + "".join(f"{one:>26}" for one in (HERE, *PEERS)))
    with ExitStack() as stack:
        peers = [
            stack.enter_context(start(place, folder, quads))
            for name, start in PEERS.items()
            if not only or name in only
        ]
        for asked in queries:
            print(_line(asked, _measured(store, peers, asked)), flush=True)
        for peer in peers:
            print(f"{peer.name}: {' + '.join(f'{mb:.0f}' for mb in _memory(peer.process))} MB")
    store.close()
    shutil.rmtree(aside)
    print(f"this process: {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024:.0f} MB")


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


def _measured(store: Store, peers: Sequence[Peer], asked: Asked) -> Figures:
    figures = Figures()
    right = rows_of(store.query(asked.text).body)
    figures.rows = len(right)
    with _asking(store, peers) as ways:
        for name, ask in list(ways.items()):
            with suppress(TooLate):  # warm, and the right answer
                if rows_of(ask(asked.text)) != right:
                    figures.wrong.add(name)
                figures.times[name] = []
        _time(figures, {name: ways[name] for name in figures.times}, asked.text)
    if asked.kind == "cheap":
        for peer in peers:
            rate = requests_a_second(
                peer, asked.text, connections=CONNECTIONS, seconds=LOAD_SECONDS
            )
            if rate is not None:
                figures.rates[peer.name] = rate
    return figures


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
                ask(f"{text}\n#{number}")
                took = time.perf_counter() - begun
                spent[name] += took
                figures.times[name].append(took)


def _line(asked: Asked, figures: Figures) -> str:
    cells = []
    for name in (HERE, *PEERS):
        times = figures.times.get(name)
        told = f"{median(times) * 1000:.1f}/{_p99(times) * 1000:.1f} ms" if times else "–"
        if name in figures.rates:
            told += f" {figures.rates[name]:,.0f}/s"
        cells.append(f"{told}{' (differs)' if name in figures.wrong else '':>26}"[:36].strip())
    return f"{asked.name:32}{figures.rows:7}  " + "".join(f"{cell:>26}" for cell in cells)


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
