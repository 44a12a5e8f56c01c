"""``/metrics``: what the service does, for Prometheus.

Requests by route, method and status; how long answers took to begin, by route; queries that a
limit ended, by limit; workers and snapshots where there is a pool of them; the bytes of the store
where it is a folder. Text exposition format 0.0.4:
https://prometheus.io/docs/instrumenting/exposition_formats/
"""

import threading
import time
from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Final

from flask import Blueprint, Flask, Response, current_app, g, request

from api.errors import LIMIT, readable
from api.face import face
from api.routes import route
from kg import __version__
from kg.store.pool.workers import WorkerPool

MEDIA_TYPE: Final = "text/plain; version=0.0.4; charset=utf-8"
BOUNDS: Final = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
"""Upper bounds of the classes of durations, in seconds."""
METHODS: Final = ("GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS")
NOWHERE: Final = "none"
"""The route of what has none."""
EXTENSION: Final = "conflict-kg-meter"
_BEGUN: Final = "kg_begun"

Labels = tuple[tuple[str, str], ...]

blueprint = Blueprint("metrics", __name__)


class Meter:
    """Counts of an application's requests; threads may share it."""

    def __init__(self) -> None:
        self._guard = threading.Lock()
        self._requests: Counter[Labels] = Counter()
        self._refused: Counter[Labels] = Counter()
        self._classes: defaultdict[str, list[int]] = defaultdict(lambda: [0] * (len(BOUNDS) + 1))
        self._seconds: Counter[str] = Counter()

    def begin(self) -> None:
        """A request has come."""
        setattr(g, _BEGUN, time.perf_counter())

    def end(self, response: Response) -> Response:
        """Its answer is about to be sent."""
        seconds = time.perf_counter() - g.get(_BEGUN, time.perf_counter())
        path = readable(request.url_rule.rule) if request.url_rule else NOWHERE
        method = request.method if request.method in METHODS else "other"
        labels = (("method", method), ("route", path), ("status", str(response.status_code)))
        with self._guard:
            self._requests[labels] += 1
            self._classes[path][bisect_left(BOUNDS, seconds)] += 1
            self._seconds[path] += seconds
            if limit := g.get(LIMIT):
                self._refused[(("limit", limit),)] += 1
        return response

    def lines(self) -> Iterator[str]:
        """What was counted so far."""
        with self._guard:
            requests, refused = Counter(self._requests), Counter(self._refused)
            classes = {path: list(found) for path, found in self._classes.items()}
            seconds = Counter(self._seconds)
        yield from _family("kg_requests_total", "counter", "Requests answered.", requests)
        yield from _family("kg_refused_total", "counter", "Requests a limit ended.", refused)
        yield from _head("kg_answer_seconds", "histogram", "How long answers took to begin.")
        for path, found in sorted(classes.items()):
            yield from _histogram(path, found, seconds[path])


def measure(app: Flask) -> None:
    """Count the requests of an application; call it before other handlers are registered."""
    meter = app.extensions[EXTENSION] = Meter()
    app.before_request(meter.begin)
    app.after_request(meter.end)


@route(blueprint, "/metrics", answers={"text/plain": str}, tag="about", failures=())
def metrics() -> Response:
    """What the service does, in the text format of Prometheus."""
    meter: Meter = current_app.extensions[EXTENSION]
    lines = [*_about(), *meter.lines(), *_pool(), *_disk()]
    return Response("\n".join(lines) + "\n", content_type=MEDIA_TYPE)


def _about() -> Iterator[str]:
    labels: Labels = (("version", __version__),)
    yield from _family("kg_info", "gauge", "The version that answers.", {labels: 1})


def _pool() -> Iterator[str]:
    pool = face().served
    if not isinstance(pool, WorkerPool):
        return
    newest, kept = pool.snapshots.newest, len(pool.snapshots.places)
    yield from _gauge("kg_workers", "Worker processes.", len(pool.pids))
    yield from _gauge("kg_workers_waiting", "Workers that wait for a query.", pool.waiting)
    yield from _gauge("kg_snapshots", "Snapshots that can be asked.", kept)
    age = max(0.0, time.time() - newest.written)
    yield from _gauge("kg_written_seconds", "Since the newest snapshot was written.", age)


def _disk() -> Iterator[str]:
    kind, _, place = face().settings.store.partition(":")
    if kind == "oxigraph":
        yield from _gauge("kg_store_bytes", "Of the store on disk.", _size(Path(place)))


def _size(folder: Path) -> int:
    """The bytes of a folder's files; one that goes meanwhile counts for nothing."""
    found = 0
    for file in folder.rglob("*"):
        try:
            found += file.stat().st_size if file.is_file() else 0
        except OSError:
            continue
    return found


def _gauge(name: str, help: str, value: float) -> Iterable[str]:
    return _family(name, "gauge", help, {(): value})


def _family(name: str, kind: str, help: str, found: Mapping[Labels, float]) -> Iterator[str]:
    yield from _head(name, kind, help)
    for labels, value in sorted(found.items()):
        yield f"{name}{_labels(labels)} {value:g}"


def _head(name: str, kind: str, help: str) -> tuple[str, str]:
    return f"# HELP {name} {help}", f"# TYPE {name} {kind}"


def _histogram(path: str, classes: list[int], seconds: float) -> Iterator[str]:
    total = 0
    for bound, number in zip((*map(str, BOUNDS), "+Inf"), classes, strict=True):
        total += number
        yield f"kg_answer_seconds_bucket{_labels((('route', path), ('le', bound)))} {total}"
    yield f"kg_answer_seconds_sum{_labels((('route', path),))} {seconds:.6f}"
    yield f"kg_answer_seconds_count{_labels((('route', path),))} {total}"


def _labels(labels: Labels) -> str:
    told = ",".join(f'{name}="{_escaped(value)}"' for name, value in labels)
    return f"{{{told}}}" if told else ""


def _escaped(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
