"""Workers: deadlines, memory, rows, snapshots, and nothing left behind. All with real processes."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from kg.errors import BadQuery, LimitHit, StoreError
from kg.store import Dataset, Store, open_store
from kg.store.pool.workers import WorkerPool
from tests.store.conftest import BASE, VIEW

ROWS = 2000
COUNT = "SELECT (COUNT(*) AS ?n) { ?s ?p ?o }"
RUNAWAY = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
GREEDY = "SELECT ?a ?d ?g { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i } ORDER BY ?c ?f ?i"


def fill(store: Store, rows: int = ROWS) -> None:
    store.replace([(VIEW, [(f"<a:{n}>", "<a:p>", f'"{n}"') for n in range(rows)])])


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(f"oxigraph:{tmp_path / 'store'}", base=BASE)
    yield opened
    opened.close()


@pytest.fixture
def pool(store: Store) -> Iterator[WorkerPool]:
    fill(store)
    with WorkerPool(store, workers=2, seconds=20.0, memory_mb=400, rows=ROWS) as made:
        yield made


def count(pool: WorkerPool) -> int:
    return int(json.loads(pool.query(COUNT).body)["results"]["bindings"][0]["n"]["value"])


def left_over(pool: WorkerPool) -> list[Path]:
    """The snapshots of the pool that are on disk."""
    return [place for place in pool.snapshots.places if place.exists()]


def test_answers_are_those_of_the_store(pool: WorkerPool, store: Store) -> None:
    questions: list[Callable[[WorkerPool | Store], object]] = [
        lambda who: who.query(COUNT),
        lambda who: who.query(f"SELECT ?o FROM <{VIEW}> {{ ?s ?p ?o }} ORDER BY ?o LIMIT 3"),
        lambda who: who.query("ASK { ?s ?p ?w }", bindings={"w": '"17"'}),
        lambda who: who.query("DESCRIBE <a:17>", graph="text/turtle"),
        lambda who: who.query(COUNT, dataset=Dataset(()), table="text/csv"),
    ]
    for ask in questions:
        assert ask(pool) == ask(store)


def test_errors_are_those_of_the_store(pool: WorkerPool) -> None:
    with pytest.raises(BadQuery, match="SELCT") as caught:
        pool.query("ASK {}\n SELCT")
    assert (caught.value.line, caught.value.column) == (2, 2)
    with pytest.raises(BadQuery, match="SERVICE"):
        pool.query("SELECT * { SERVICE <http://127.0.0.1:1/> {} }")
    with pytest.raises(BadQuery, match="text/csv"):
        pool.query(COUNT, table="text/html")
    assert count(pool) == ROWS


def test_a_runaway_query_dies_at_its_deadline_and_the_next_answers_at_once(store: Store) -> None:
    fill(store)
    with WorkerPool(store, workers=2, seconds=1.5) as pool:
        assert [count(pool), count(pool)] == [ROWS, ROWS]
        began = time.monotonic()
        with pytest.raises(LimitHit, match=r"1\.5 s") as caught:
            pool.query(RUNAWAY)
        assert (caught.value.limit, caught.value.value) == ("query_seconds", 1.5)
        assert 1.4 < time.monotonic() - began < 10.0
        assert count(pool) == ROWS  # within its own deadline, waiting included


def test_one_worker_is_replaced_too(store: Store) -> None:
    fill(store)
    with WorkerPool(store, workers=1, seconds=1.3) as pool:
        for _ in range(2):
            with pytest.raises(LimitHit):
                pool.query(RUNAWAY)
            assert count(pool) == ROWS


def test_waiting_for_a_worker_counts(store: Store) -> None:
    fill(store)
    with WorkerPool(store, workers=1, seconds=3.0) as pool, ThreadPoolExecutor(4) as threads:
        assert count(pool) == ROWS
        began = time.monotonic()
        asked = [threads.submit(pool.query, RUNAWAY) for _ in range(4)]
        errors = [one.exception() for one in asked]
        assert {error.limit for error in errors if isinstance(error, LimitHit)} == {"query_seconds"}
        assert all(isinstance(error, LimitHit) for error in errors)
        assert time.monotonic() - began < 9.0  # in turn: 12
        assert count(pool) == ROWS


def test_a_greedy_query_dies_of_its_memory_limit(pool: WorkerPool) -> None:
    with pytest.raises(LimitHit, match="400 MB") as caught:
        pool.query(GREEDY)
    assert (caught.value.limit, caught.value.value) == ("query_memory_mb", 400)
    assert count(pool) == ROWS


@pytest.mark.parametrize(
    "table",
    [
        "application/sparql-results+json",
        "application/sparql-results+xml",
        "text/csv",
        "text/tab-separated-values",
    ],
)
def test_an_answer_with_too_many_rows_is_refused_not_cut(store: Store, table: str) -> None:
    fill(store)
    with WorkerPool(store, workers=1, rows=ROWS - 1) as short:
        limited = f"SELECT ?s ?o {{ ?s ?p ?o }} LIMIT {ROWS - 1}"
        assert short.query(limited, table=table).form == "select"
        with pytest.raises(LimitHit, match="LIMIT") as caught:
            short.query("SELECT ?s ?o { ?s ?p ?o }", table=table)
        assert caught.value.limit == "query_rows"
    with WorkerPool(store, workers=1, rows=ROWS) as enough:
        assert enough.query("SELECT ?s ?o { ?s ?p ?o }", table=table).form == "select"


@pytest.mark.parametrize("table", ["application/sparql-results+json", "text/csv"])
def test_rows_in_which_nothing_is_bound_count_too(store: Store, table: str) -> None:
    store.replace([(VIEW, [(f"<a:{n}>", "<a:p>", "<a:q>") for n in range(4)])])
    text = "SELECT ?x { ?s ?p ?o OPTIONAL { ?s <a:p> ?x FILTER(?s = <a:1>) } }"
    with WorkerPool(store, workers=1, rows=3) as short, pytest.raises(LimitHit, match="3 rows"):
        short.query(text, table=table)
    with WorkerPool(store, workers=1, rows=4) as enough:
        assert enough.query(text, table=table).form == "select"


def test_an_answer_of_too_many_bytes_is_refused_not_cut(store: Store) -> None:
    fill(store)
    with WorkerPool(store, workers=1, answer_bytes=20_000) as short:
        with pytest.raises(LimitHit, match="20000 bytes") as caught:
            short.query("SELECT ?s ?o { ?s ?p ?o }")
        assert caught.value.limit == "query_bytes"
        assert short.query("SELECT ?s ?o { ?s ?p ?o } LIMIT 200").form == "select"


def test_a_chain_beyond_the_stack_is_a_bad_query(pool: WorkerPool) -> None:
    with pytest.raises(BadQuery, match="in parts"):
        pool.query(f"ASK {{ FILTER({'!' * 900_000}1) }}")
    assert count(pool) == ROWS


def test_a_long_chain_is_answered(pool: WorkerPool) -> None:
    parts = " UNION ".join(["{ ?s ?p '1' }"] * 2000)
    assert pool.query(f"ASK {{ {parts} }}").form == "ask"


def test_workers_move_on_when_it_is_published(pool: WorkerPool, store: Store) -> None:
    fill(store, ROWS + 1)
    assert [count(pool), count(pool)] == [ROWS, ROWS]
    old = left_over(pool)
    pool.publish()
    assert [count(pool), count(pool), count(pool)] == [ROWS + 1] * 3
    assert len(left_over(pool)) == 1
    assert left_over(pool) != old


def test_a_running_query_keeps_its_snapshot(pool: WorkerPool, store: Store) -> None:
    long = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f FILTER(CONCAT(?c, ?f) > '') }"
    assert count(pool) == ROWS
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(pool.query, long)
        time.sleep(0.3)
        fill(store, 1)
        pool.publish()
        assert not running.done()
        assert len(left_over(pool)) == 2
        assert count(pool) == 1
        assert f'"{ROWS * ROWS}"'.encode() in running.result().body
    assert len(left_over(pool)) == 1


def test_a_store_in_memory_is_published_too() -> None:
    store = open_store("memory:", base=BASE)
    fill(store)
    with WorkerPool(store, workers=1) as pool:
        assert count(pool) == ROWS
        fill(store, 5)
        pool.publish()
        assert count(pool) == 5
        assert len(left_over(pool)) == 1
        places = left_over(pool)
    assert not any(place.exists() for place in places)


def test_many_threads_share_it_while_it_is_published(pool: WorkerPool) -> None:
    stop = threading.Event()
    with ThreadPoolExecutor(9) as threads:

        def publish() -> None:
            while not stop.wait(0.05):
                pool.publish()

        publishing = threads.submit(publish)
        asked = [threads.submit(count, pool) for _ in range(200)]
        assert [one.result() for one in asked] == [ROWS] * 200
        stop.set()
        publishing.result()
    assert len(left_over(pool)) == 1


def test_a_worker_that_was_killed_from_outside_is_replaced(pool: WorkerPool) -> None:
    assert count(pool) == ROWS
    for pid in pool.pids:
        os.kill(pid, signal.SIGKILL)
        while alive(pid):
            time.sleep(0.01)
    assert [count(pool), count(pool), count(pool)] == [ROWS] * 3


def test_closing_leaves_nothing(pool: WorkerPool) -> None:
    assert count(pool) == ROWS
    pids = pool.pids
    places = left_over(pool)
    with ThreadPoolExecutor(1) as threads:
        running = threads.submit(pool.query, RUNAWAY)
        time.sleep(0.3)
        pool.close()
        assert isinstance(running.exception(), StoreError)
    pool.close()
    assert places
    assert not any(place.exists() for place in places)
    assert not any(Path(f"/proc/{pid}").exists() for pid in pids)
    with pytest.raises(StoreError, match="closed"):
        pool.query(COUNT)


def serve_and_wait(place: str) -> None:
    """A parent that publishes, starts a runaway query, and waits to be killed."""
    store = open_store(f"oxigraph:{place}", base=BASE)
    fill(store)
    pool = WorkerPool(store, workers=2, seconds=60.0)
    count(pool), count(pool)
    threading.Thread(target=pool.query, args=[RUNAWAY]).start()
    while len(pool.pids) < 3:
        time.sleep(0.05)
    print(*pool.pids, flush=True)
    time.sleep(60)


def test_workers_go_when_their_parent_is_killed(tmp_path: Path) -> None:
    """With the process they were forked from, which removes what they read."""
    code = "from tests.store.test_workers import serve_and_wait as f\nimport sys\nf(sys.argv[1])"
    command = [sys.executable, "-c", code, str(tmp_path / "s")]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        pids = [int(pid) for pid in run.stdout.readline().split()]
        run.kill()
    assert len(pids) == 3
    deadline = time.monotonic() + 20
    while (left := [*filter(alive, pids), *(tmp_path / "s").glob("snapshot-*")]) and (
        time.monotonic() < deadline
    ):
        time.sleep(0.05)
    assert left == []


def alive(pid: int) -> bool:
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
