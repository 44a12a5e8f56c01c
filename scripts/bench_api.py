"""Lists, searches, events and graphs over HTTP: ``python scripts/bench.py api -n STATEMENTS``.

The data are copies of the view of a generated store (``scripts/scale/copies.py``). One client asks
``kg serve`` one request after the other, each another than those before; medians and 95th
percentiles, the time the client takes to read included, and the processor time of the server and
its workers, which a busy machine spares. Then the size of every page.
"""

import http.client
import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from random import Random
from typing import Final
from urllib.parse import urlencode, urlsplit

from kg.filters import Kind
from kg.index.writer import BATCH
from kg.iri import DEFAULT_BASE
from kg.store import open_store
from kg.view import follow
from kg.view.rules import RULES
from scripts.scale.copies import copied
from scripts.scale.filling import ready

QUADS: Final = 1_000_000
"""Of the store whose view is copied."""
STATEMENTS: Final = 5_489
"""In one copy."""
LARGE: Final = 500_000
"""Statements from which on the second of the allowed times counts."""
ROUNDS: Final = 200
DRAWING: Final = 1800
"""Seconds that the drawing of a graph may take, once."""
PAGE: Final = 100_000
"""Bytes that a page may have before islands."""
FACETS: Final = "act,speaker,event_type,factuality,publisher"
TARGETS: Final = {
    "list": (30, 100),
    "search": (50, 50),
    "event page": (50, 50),
    "actor page": (50, 100),
    "graph": (150, 150),
}
"""Milliseconds that 95 of 100 answers may take, at 100,000 and at a million statements."""

Request = tuple[str, str]
"""A path and what is accepted."""


def api(statements: int, folder: Path) -> None:
    """Measure with about so many statements, in stores that are kept in ``folder``."""
    count = max(round(statements / STATEMENTS), 1)
    place = made(folder, count)
    with serving(place) as (line, process):
        asked = _asked(line)
        print("| what | median | p95 | allowed | processor |\n|---|---|---|---|---|")
        for what, requests in asked.items():
            before = _processor(process)
            median, late = _measure(line, requests)
            spent = (_processor(process) - before) / (len(requests) + 1) * 1000
            allowed = TARGETS[what][statements >= LARGE]
            times = f"{median:.1f} ms | {late:.1f} ms | {allowed} ms | {spent:.1f} ms"
            print(f"| {what} | {times} |", flush=True)
        _sizes(line)


def made(folder: Path, count: int) -> Path:
    """A store of so many copies with its index, made where it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    place, note = folder / f"api-{count}", folder / f"api-{count}.done"
    if note.exists():
        return place
    begun = time.perf_counter()
    copied(ready(folder, QUADS), place, count)
    between = time.perf_counter()
    store = open_store(f"oxigraph:{place}", base=DEFAULT_BASE)
    store.seal(RULES)
    follow(store, "", (), progress=_told)
    store.close()
    spent = f"copied in {between - begun:.0f} s, indexed in {time.perf_counter() - between:.0f} s"
    note.write_text(f"{spent}\n")
    print(spent, flush=True)
    return place


def _told(kind: Kind, done: int, whole: int) -> None:
    if kind == "statements" and (done == whole or done % (20 * BATCH) < BATCH):
        print(f"{done:,} of {whole:,} statements are in the index", flush=True)


@contextmanager
def serving(place: Path) -> Iterator[tuple[http.client.HTTPConnection, int]]:
    """``kg serve`` over a store: a connection to it, and its process. Its tables are in memory."""
    command = [sys.executable, "-m", "kg", "serve", "--port", "0", "--store", f"oxigraph:{place}"]
    server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, start_new_session=True)
    try:
        assert server.stdout is not None
        where = urlsplit(server.stdout.readline().split()[-1])
        line = http.client.HTTPConnection(where.hostname or "", where.port, timeout=600)
        begun = time.perf_counter()
        _ask(line, ("/statements?limit=1", "application/json"))
        print(f"the first answer after {time.perf_counter() - begun:.1f} s\n")
        yield line, server.pid
    finally:
        server.terminate()
        server.wait()


def _asked(line: http.client.HTTPConnection) -> dict[str, Sequence[Request]]:
    """What is asked, in a random order that is the same each time."""
    random = Random(1)
    facets = _facets(line)
    words = _words(line, random)
    events = [one["id"] for one in _items(line, "/events?limit=1000") if one["reports"]]
    lists = [_list(random, facets) for _ in range(ROUNDS)]
    searches = [
        f"/search?{urlencode({'q': ' '.join(random.sample(words, 1 + n % 2))})}"
        for n in range(ROUNDS)
    ]
    pages = [urlsplit(one).path for one in random.sample(events, min(ROUNDS, len(events)))]
    graph = "/graph?" + urlencode({"place": facets["place"][0], "limit": 300})
    return {
        "list": [(one, "application/json") for one in lists],
        "search": [(one, "application/json") for one in searches],
        "event page": [(one, "text/html") for one in pages],
        "actor page": [(urlsplit(one).path, "text/html") for one in facets["speaker"][:ROUNDS]],
        "graph": [(graph, "application/json")] * ROUNDS,
    }


def _facets(line: http.client.HTTPConnection) -> dict[str, list[str]]:
    names = "act,speaker,event_type,place,publisher"
    found = json.loads(_ask(line, (f"/statements?limit=1&facets={names}", "application/json")))
    return {name: [one["value"] for one in values] for name, values in found["facets"].items()}


def _words(line: http.client.HTTPConnection, random: Random) -> list[str]:
    """Words of texts, as often as they are used: frequent ones come often."""
    texts = [one["content"] for one in _items(line, "/statements?limit=1000")]
    words = [word for text in texts for word in text.split() if word.isalpha() and len(word) > 3]
    return random.sample(words, min(len(words), 2000))


def _list(random: Random, facets: dict[str, list[str]]) -> str:
    """A list with three filters and facets."""
    other = random.choice(["speaker", "event_type", "place", "publisher"])
    month = f"20{random.randint(15, 19)}-{random.randint(1, 12):02}"
    given = {
        "act": random.choice(facets["act"]),
        other: random.choice(facets[other]),
        random.choice(["from", "to"]): month,
        "facets": FACETS,
    }
    return f"/statements?{urlencode(given)}"


def _items(line: http.client.HTTPConnection, path: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = json.loads(_ask(line, (path, "application/json")))["items"]
    return found


def _ask(line: http.client.HTTPConnection, request: Request) -> bytes:
    path, accept = request
    line.request("GET", path, headers={"Accept": accept})
    response = line.getresponse()
    body = response.read()
    if response.status != 200:
        raise RuntimeError(f"{path}: {response.status} {body[:400]!r}")
    return body


def _measure(line: http.client.HTTPConnection, requests: Sequence[Request]) -> tuple[float, float]:
    """The median and the 95th percentile, in milliseconds."""
    _warm(line, requests[0])
    times = []
    for one in requests:
        begun = time.perf_counter()
        _ask(line, one)
        times.append((time.perf_counter() - begun) * 1000)
    times.sort()
    return times[len(times) // 2], times[int(len(times) * 0.95)]


def _warm(line: http.client.HTTPConnection, request: Request) -> None:
    """The first answer; a graph is drawn once for a view, and meanwhile the answer is 503."""
    end = time.monotonic() + DRAWING
    while True:
        try:
            _ask(line, request)
            return
        except RuntimeError:
            if time.monotonic() > end:
                raise
            time.sleep(5)


def _processor(session: int) -> float:
    """Seconds of processor time that all processes of a session have taken (Linux)."""
    spent = 0.0
    for stat in Path("/proc").glob("[0-9]*/stat"):
        with suppress(OSError):
            fields = stat.read_text().rpartition(")")[2].split()
            if int(fields[3]) == session:
                spent += sum(map(int, fields[11:15]))
    return spent / os.sysconf("SC_CLK_TCK")


def _sizes(line: http.client.HTTPConnection) -> None:
    """The size of every page, the largest first."""
    paths = ["/", "/statements", "/events", "/actors", "/places", "/articles", "/timeline", "/map"]
    paths += ["/search?q=investigation", "/sparql", "/queries", "/docs"]
    for kind in ("statements", "events", "actors", "places", "articles"):
        paths.append(urlsplit(_items(line, f"/{kind}?limit=1")[0]["id"]).path)
    found = sorted(((len(_ask(line, (one, "text/html"))), one) for one in paths), reverse=True)
    print("\n| page | bytes |\n|---|---|")
    for size, path in found:
        print(f"| `{path}` | {size:,}{' (too many)' if size > PAGE else ''} |")
