"""Every named question, with and without parameters: ``python scripts/bench.py questions``.

In this process and in its processor time, which a busy machine spares; the least of some rounds,
slowest first. Names are taken from those most spoken of to those hardly named.
"""

import time
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from kg import query
from kg.iri import DEFAULT_BASE
from kg.sparql import rows, select
from kg.store import Store, open_store
from scripts.scale.filling import ready

ROUNDS: Final = 3
RANKS: Final = (0, 3, 20, 80)
"""How far down the list of all speakers, and of all places, a name is taken."""
OF_ACTORS: Final = ("what-did-actor-say", "timeline-of-actor", "roles-of-actor")
WINDOWS: Final = (
    ("2015-03-02", "2015-03-02"),
    ("2015-03-02", "2015-03-08"),
    ("2015-04", "2015-04"),
    ("2015-05", "2015-06"),
)
MODES: Final = ("RETREAT/withdraw", "RETREAT/release", "RETREAT/ceasefire")


def questions(quads: int, folder: Path) -> None:
    """Measure on a store of about so many quads in ``folder``, and print the table."""
    store = open_store(f"oxigraph:{ready(folder, quads)}", base=DEFAULT_BASE, read_only=True)
    found = sorted((_measured(store, *asked) for asked in _asked(store)), reverse=True)
    print("| question | rows | ms |\n|---|---|---|")
    for seconds, count, told in found:
        print(f"| {told} | {count:,} | {seconds * 1000:,.0f} |")
    store.close()


def _asked(store: Store) -> Iterator[tuple[str, Mapping[str, str]]]:
    yield from ((name, {}) for name in query.names())
    speakers = _named(store, "?s ck:speaker ?x")
    places = _named(store, "?e a ck:Event ; ck:place ?x")
    for rank in RANKS:
        yield from ((name, {"actor": speakers[rank]}) for name in OF_ACTORS)
        yield "events-by-place", {"place": places[rank]}
    yield from (("what-happened-on", {"from": first, "to": last}) for first, last in WINDOWS)
    yield from (("who-called-for", {"mode": mode}) for mode in MODES)
    yield "what-did-actor-say", {"actor": "Nobody Whatever"}


def _named(store: Store, where: str) -> list[str]:
    """Names of what ?x stands for, the most frequent first."""
    text = f"SELECT ?n (COUNT(*) AS ?c) {{ {where} . ?x rdfs:label ?n }} GROUP BY ?n"
    found = select(store, f"{text} ORDER BY DESC(?c) ?n LIMIT {RANKS[-1] + 1}")
    return [row["n"] for row in found]


def _measured(store: Store, name: str, given: Mapping[str, str]) -> tuple[float, int, str]:
    """Seconds, names led to IRIs included; rows; what was asked."""
    times = []
    for _ in range(ROUNDS):
        begun = time.process_time()
        answer = query.run(store, name, given)
        times.append(time.process_time() - begun)
    told = ", ".join(f"{key} {value}" for key, value in given.items())
    return min(times), len(rows(answer)), f"`{name}`{f' ({told})' if told else ''}"
