"""The process that writes: deadlines, memory, and a server that outlives it. Real processes."""

import os
import signal
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path

import pytest

from kg.errors import BadQuery, LimitHit, StoreBusy, StoreError
from kg.store import open_store
from kg.store.folder import BACKUP, SNAPSHOT, read_version
from kg.store.pool.nursery import Nursery
from kg.store.pool.workers import WorkerPool
from kg.store.pool.writing import Writer
from tests.store.conftest import BASE

ASK = "ASK { GRAPH <http://x/g> { <http://x/a> ?p ?o } }"
INSERT = "INSERT DATA { GRAPH <http://x/g> { <http://x/a> <http://x/p> 1 } }"
TWO_THOUSAND = " ".join(f"<http://x/{n}> <http://x/p> {n} ." for n in range(2000))
MANY = f"INSERT DATA {{ GRAPH <http://x/m> {{ {TWO_THOUSAND} }} }}"
GRAPH = "GRAPH <http://x/m>"
RUNAWAY = f"""INSERT {{ GRAPH <http://x/g> {{ ?a <http://x/q> ?c }} }} WHERE {{
  {GRAPH} {{ ?a ?p ?x }} {GRAPH} {{ ?b ?p ?y }} {GRAPH} {{ ?c ?p ?z }}
  FILTER(?x + ?y + ?z = -1) }}"""
GREEDY = f"""INSERT {{ GRAPH <http://x/g> {{ ?a ?b ?c }} }} WHERE {{
  {GRAPH} {{ ?a ?p ?x }} {GRAPH} {{ ?b ?p ?y }} {GRAPH} {{ ?c ?p ?z }} }}"""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    open_store(f"oxigraph:{tmp_path / 'store'}", base=BASE).close()
    return tmp_path / "store"


@pytest.fixture
def nursery() -> Iterator[Nursery]:
    made = Nursery()
    yield made
    made.close()


@pytest.fixture
def writer(home: Path, nursery: Nursery) -> Iterator[Writer]:
    with Writer(home, base=BASE, nursery=nursery, seconds=20.0, memory_mb=300) as made:
        yield made


@pytest.fixture
def pool(writer: Writer, nursery: Nursery) -> Iterator[WorkerPool]:
    with WorkerPool(writer, workers=1, nursery=nursery) as made:
        yield made


def test_an_update_is_seen_by_the_next_query(pool: WorkerPool) -> None:
    assert b"false" in pool.query(ASK).body
    pool.update(INSERT)
    assert b"true" in pool.query(ASK).body


def test_what_was_written_is_there_when_the_writer_has_closed(home: Path, writer: Writer) -> None:
    writer.update(INSERT)
    with pytest.raises(StoreBusy):
        open_store(f"oxigraph:{home}", base=BASE)
    writer.close()
    store = open_store(f"oxigraph:{home}", base=BASE)
    assert b"true" in store.query(ASK).body
    store.close()


def test_errors_are_those_of_the_store(pool: WorkerPool) -> None:
    with pytest.raises(BadQuery) as told:
        pool.update("INSERT DATA {\n oops }")
    assert told.value.line == 2
    pool.update(INSERT)
    assert b"true" in pool.query(ASK).body


def test_a_store_that_somebody_holds_is_told(home: Path, nursery: Nursery) -> None:
    held = open_store(f"oxigraph:{home}", base=BASE)
    with pytest.raises(StoreBusy, match="stop the server"):
        Writer(home, base=BASE, nursery=nursery)
    held.close()


def test_a_runaway_update_dies_at_its_deadline_and_the_next_is_done(
    home: Path, nursery: Nursery
) -> None:
    with (
        Writer(home, base=BASE, nursery=nursery, seconds=2.0) as writer,
        WorkerPool(writer, workers=1, nursery=nursery) as pool,
    ):
        pool.update(MANY)
        with pytest.raises(LimitHit, match="whole or not at all") as caught:
            pool.update(RUNAWAY)
        assert (caught.value.limit, caught.value.value) == ("query_seconds", 2.0)
        assert b"false" in pool.query(ASK).body
        pool.update(INSERT)
        assert b"true" in pool.query(ASK).body


def test_a_greedy_update_dies_of_its_memory_limit_and_writes_nothing(pool: WorkerPool) -> None:
    pool.update(MANY)
    with pytest.raises(LimitHit, match="300 MB") as caught:
        pool.update(GREEDY)
    assert caught.value.limit == "query_memory_mb"
    assert b"false" in pool.query("ASK { GRAPH <http://x/g> { ?s ?p ?o } }").body


def test_an_update_too_long_for_the_engine_is_told_and_writes_nothing(pool: WorkerPool) -> None:
    chain = " || ".join(["true"] * 200_000)
    with pytest.raises(BadQuery, match="nothing was done"):
        pool.update(
            f"INSERT {{ GRAPH <http://x/g> {{ <a:a> <a:b> 1 }} }} WHERE {{ FILTER({chain}) }}"
        )
    assert b"false" in pool.query("ASK { GRAPH <http://x/g> { ?s ?p ?o } }").body


def test_reading_does_not_wait_for_writing(pool: WorkerPool) -> None:
    pool.update(MANY)
    with ThreadPoolExecutor(1) as threads:
        writing = threads.submit(pool.update, RUNAWAY)
        time.sleep(0.5)
        for _ in range(20):
            assert b"false" in pool.query(ASK).body
        assert not writing.done()
        os.kill(pool_writer(pool), signal.SIGKILL)
        assert isinstance(writing.exception(), StoreError)


def pool_writer(pool: WorkerPool) -> int:
    source = pool._store
    assert isinstance(source, Writer)
    assert source.pid
    return source.pid


def test_a_writer_that_was_killed_is_replaced(pool: WorkerPool) -> None:
    pool.update(INSERT)
    os.kill(pool_writer(pool), signal.SIGKILL)
    time.sleep(0.1)
    pool.update("INSERT DATA { GRAPH <http://x/g> { <http://x/b> <http://x/p> 1 } }")
    assert b'"2"' in pool.query("SELECT (COUNT(*) AS ?n) { GRAPH <http://x/g> { ?s ?p ?o } }").body


@pytest.mark.parametrize("seconds", [0.0001, 0.003, 0.01, 0.03, 0.1])
def test_what_was_written_before_a_deadline_ended_it_is_seen_at_once(
    pool: WorkerPool, writer: Writer, home: Path, seconds: float
) -> None:
    """Done whole or not at all, and whoever looks before sending it again sees which."""
    text = f"INSERT DATA {{ GRAPH <http://x/t> {{ {TWO_THOUSAND} }} }}"
    count = "SELECT (COUNT(*) AS ?n) { GRAPH <http://x/t> { ?s ?p ?o } }"
    with suppress(LimitHit):
        writer.do("update", text, False, seconds=seconds)
    pool.publish()
    assert writer.version() == read_version(home).id
    seen = pool.query(count).body
    pool.update(INSERT)
    assert pool.query(count).body == seen


def test_what_a_killed_writer_was_making_is_removed(pool: WorkerPool, home: Path) -> None:
    half = home / f"{SNAPSHOT}half"
    half.mkdir()
    (home / f"{BACKUP}download").mkdir()
    with pool.view() as held:
        os.kill(pool_writer(pool), signal.SIGKILL)
        time.sleep(0.1)
        pool.update(INSERT)
        assert not half.exists()
        assert (home / f"{BACKUP}download").exists()
        assert b"false" in held.query(ASK).body  # what is read stays
    assert b"true" in pool.query(ASK).body


def test_what_was_written_is_seen_however_long_others_write(home: Path, nursery: Nursery) -> None:
    with Writer(home, base=BASE, nursery=nursery, seconds=0.5) as writer:
        writer.do("update", MANY, False, seconds=60.0)
        with ThreadPoolExecutor(1) as threads:
            other = threads.submit(writer.do, "update", RUNAWAY, False, seconds=2.0)
            time.sleep(0.3)
            assert writer.snapshot().place.exists()
            assert isinstance(other.exception(), LimitHit)


def test_writers_take_turns(pool: WorkerPool) -> None:
    with ThreadPoolExecutor(8) as threads:
        texts = [INSERT.replace("/a>", f"/a{n}>") for n in range(16)]
        list(threads.map(pool.update, texts))
    assert b'"16"' in pool.query("SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }").body


def test_a_zygote_that_was_killed_is_replaced(pool: WorkerPool, nursery: Nursery) -> None:
    pool.update(INSERT)
    os.kill(nursery.pid, signal.SIGKILL)
    assert b"true" in pool.query(ASK).body
    pool.update(INSERT.replace("/a>", "/b>"))
    assert b"true" in pool.query(ASK.replace("/a>", "/b>")).body


def test_reads_go_on_while_many_write(pool: WorkerPool) -> None:
    """A reader sees the numbers 0 to n without a gap: whole writes, in their order."""
    stop = threading.Event()

    def write() -> None:
        for n in range(15):
            pool.update(
                f"INSERT DATA {{ GRAPH <http://x/g> {{ <http://x/{n}> <http://x/p> {n} }} }}"
            )
        stop.set()

    text = "SELECT (COUNT(?o) AS ?n) (MAX(?o) AS ?m) { GRAPH ?g { ?s ?p ?o } }"
    with ThreadPoolExecutor(1) as threads:
        writing = threads.submit(write)
        while not stop.is_set():
            last = pool.query(text, table="text/csv").body.decode().split()[1].split(",")
            assert last == ["0", ""] or int(last[0]) == int(last[1]) + 1
        writing.result()
