"""What the service counts, as Prometheus's own parser reads it."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample

from api.app import create_app
from kg.config import Settings
from kg.iri import DEFAULT_BASE
from kg.store import open_store
from kg.store.pool.workers import WorkerPool

MOST = 20_000
SLOW = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


@contextmanager
def service(folder: Path, *, seconds: float = 60.0) -> Iterator[FlaskClient]:
    """A service over a store in a folder."""
    place = f"oxigraph:{folder / 'store'}"
    store = open_store(place, base=DEFAULT_BASE)
    triples = [(f"<{DEFAULT_BASE}v{n}>", f"<{DEFAULT_BASE}p>", f'"{n}"') for n in range(400)]
    store.replace([(f"{DEFAULT_BASE}graph/view", triples)])
    with WorkerPool(store, workers=2, seconds=seconds) as pool:
        yield create_app(pool, Settings(store=place, query_characters=MOST)).test_client()
    store.close()


@pytest.fixture
def served(tmp_path: Path) -> Iterator[FlaskClient]:
    with service(tmp_path) as made:
        yield made


def told(client: FlaskClient) -> dict[str, float]:
    """Sample, with its labels in one order → value."""
    answer = client.get("/metrics")
    assert answer.mimetype == "text/plain"
    families = text_string_to_metric_families(answer.get_data(as_text=True))
    return {_named(one): one.value for family in families for one in family.samples}


def _named(sample: Sample) -> str:
    labels = [f"{name}={value}" for name, value in sorted(sample.labels.items())]
    return " ".join([sample.name, *labels])


def test_requests_are_counted_by_route_and_status(served: FlaskClient) -> None:
    for path in ("/healthz", "/healthz", "/statements", "/statement/x", "/nothing"):
        served.get(path)
    served.post("/statements")
    found = told(served)
    count = "kg_requests_total method={} route={} status={}"
    assert found[count.format("GET", "/healthz", 200)] == 2
    assert found[count.format("GET", "/statements", 200)] == 1
    assert found[count.format("GET", "/statement/{ident}", 404)] == 1
    assert found[count.format("GET", "none", 404)] == 1
    assert found[count.format("POST", "none", 405)] == 1


def test_durations_are_a_histogram(served: FlaskClient) -> None:
    served.get("/statements")
    found = told(served)
    assert found["kg_answer_seconds_count route=/statements"] == 1
    assert found["kg_answer_seconds_bucket le=+Inf route=/statements"] == 1
    assert found["kg_answer_seconds_sum route=/statements"] > 0
    classes = [v for k, v in found.items() if k.startswith("kg_answer_seconds_bucket")]
    assert classes == sorted(classes)


def test_what_limits_end_is_counted_by_limit(tmp_path: Path) -> None:
    with service(tmp_path, seconds=0.5) as served:
        assert served.get("/sparql", query_string={"query": SLOW}).status_code == 503
        assert served.get("/sparql", query_string={"query": SLOW + " " * MOST}).status_code == 413
        answer = served.post("/sparql", data={"query": "x" * 5 * MOST})
        assert (answer.status_code, answer.get_json()["value"]) == (413, MOST)
        found = told(served)
    assert found["kg_refused_total limit=query_seconds"] == 1
    assert found["kg_refused_total limit=query_characters"] == 2


def test_workers_snapshots_and_the_store_are_measured(served: FlaskClient) -> None:
    found = told(served)
    assert found["kg_workers"] >= found["kg_workers_waiting"] >= 0
    assert found["kg_snapshots"] == 1
    assert found["kg_written_seconds"] >= 0
    assert found["kg_store_bytes"] > 10_000
    assert next(name for name in found if name.startswith("kg_info version="))


def test_a_store_in_memory_has_no_pool_and_no_bytes(client: FlaskClient) -> None:
    found = told(client)
    assert "kg_workers" not in found
    assert "kg_store_bytes" not in found
