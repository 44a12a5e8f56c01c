"""What one article more, one judgement and one takedown cost: ``python scripts/bench.py more``.

In a copy of a generated store, in the processor time of the process that writes, with the index and
the log that follow, and without reading the article. The peak of memory is of that process too.
"""

import resource
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from random import Random
from statistics import median
from tempfile import TemporaryDirectory
from typing import Final

from kg.iri import DEFAULT_BASE
from kg.judgements import Judgement, Verdict, minted
from kg.keeping import judge, put, take_down
from kg.link.facts import read
from kg.rdf import article_graph
from kg.reading import Reading
from kg.store import Store, open_store
from kg.view.mending import mend
from scripts.scale.filling import QUADS_AN_ARTICLE, one_more, ready

MORE: Final = 12
"""Articles that are added one by one."""
VERDICTS: Final[tuple[Verdict, ...]] = ("accept", "reject")
FIRST: Final = datetime(2026, 1, 1, tzinfo=UTC)


def more(quads: int, folder: Path) -> None:
    """Measure on a store of about so many quads in ``folder``, and print the table."""
    with TemporaryDirectory(dir=folder) as copy:
        place = shutil.copytree(ready(folder, quads), Path(copy) / "store")
        prepare = [sys.executable, "-m", __name__, str(place)]
        subprocess.run(prepare, check=True)
        store = open_store(f"oxigraph:{place}", base=DEFAULT_BASE)
        _measure(store, quads // QUADS_AN_ARTICLE)
        store.close()


def _measure(store: Store, articles: int) -> None:
    found = [_reading(articles, number) for number in range(MORE)]
    print(f"{articles:,} articles\n\n| what | ms of processor, median | most |\n|---|---|---|")
    _tell("an article more", [partial(put, store, [one]) for one in found])
    for verdict in VERDICTS:
        said = [_judgement(one, verdict, number) for number, one in enumerate(found)]
        _tell(f"a judgement: {verdict}", [partial(judge, store, one) for one in said])
    down = [partial(take_down, store, one.iri, later=True) for one in found]
    _tell("an article taken down, before its bytes are written anew", down)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"\npeak memory {peak:,.0f} MB")


def _judgement(one: Reading, verdict: Verdict, number: int) -> Judgement:
    """What somebody says of the first report of an article."""
    report = read(one.iri, one.triples).reports[0].iri[1:-1]
    when = FIRST + timedelta(minutes=number)
    return minted(
        *(DEFAULT_BASE, verdict, report), by="Ana", when=when, why="read", article=one.iri
    )


def _tell(what: str, calls: Sequence[Callable[[], object]]) -> None:
    costs = []
    for call in calls:
        begun = time.process_time()
        call()
        costs.append((time.process_time() - begun) * 1000)
    print(f"| {what} | {median(costs):,.0f} | {max(costs):,.0f} |", flush=True)


def _reading(articles: int, number: int) -> Reading:
    iri, triples = article_graph(DEFAULT_BASE, *one_more(articles, Random(f"more {number}")))
    return Reading(iri, triples, 0, 0, 0)


def _prepare(place: Path) -> None:
    """Have a store made by other rules be whole, in a process whose memory does not count."""
    store = open_store(f"oxigraph:{place}", base=DEFAULT_BASE)
    mend(store)
    store.close()


if __name__ == "__main__":
    _prepare(Path(sys.argv[1]))
