"""What a store in an engine promises beyond the contract: its notes, its limits, its mending."""

import logging
import os
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, suppress
from dataclasses import replace
from pathlib import Path
from threading import Timer

import pytest

from kg import terms
from kg.errors import BadQuery, KgError, LimitHit, StoreError
from kg.iri import graph_iri
from kg.store import Dataset, Remote, Store, open_store
from kg.store.remote.engine import Engine
from kg.store.remote.marks import Marks
from kg.store.remote.spelling import WKT
from tests.engines import emptied, remote_of, service, started, virtuoso
from tests.store.conftest import BASE, G1, G2, VIEW

Rows = list[tuple[str, str, str]]
S, P = "<http://x.example/s>", "<http://x.example/p>"


def rows(*values: str) -> Rows:
    return sorted((S, P, terms.literal(value)) for value in values)


@pytest.fixture(params=["service", "virtuoso"])
def remote(request: pytest.FixtureRequest) -> Iterator[Remote]:
    """How an engine with nothing in it is reached."""
    if request.param == "service":
        with service(BASE) as found:
            yield remote_of(found)
    else:
        yield remote_of(emptied(request.getfixturevalue("virtuoso_settings")))


Opener = Callable[..., Store]


@pytest.fixture
def opened() -> Iterator[Opener]:
    """Opens stores, and closes them when the test is over."""
    with ExitStack() as stack:

        def opener(remote: Remote, *, base: str = BASE, read_only: bool = False) -> Store:
            spec = f"sparql:{remote.query}"
            found = open_store(spec, base=base, read_only=read_only, remote=remote)
            stack.callback(found.close)
            return found

        yield opener


def test_a_store_of_another_base_is_refused(remote: Remote, opened: Opener) -> None:
    opened(remote).close()
    for read_only in (True, False):
        with pytest.raises(StoreError, match=r"made for base http://x\.example/, not http://y"):
            opened(remote, base="http://y.example/", read_only=read_only)


def test_reading_makes_nothing(remote: Remote, opened: Opener) -> None:
    with pytest.raises(StoreError, match="kg ingest"):
        opened(remote, read_only=True)
    opened(remote).close()
    reader = opened(remote, read_only=True)
    assert reader.graphs() == []
    with pytest.raises(StoreError, match="read-only"):
        reader.replace([(G1, rows("x"))])


def test_without_an_address_for_updates_a_store_can_only_be_read(
    remote: Remote, opened: Opener
) -> None:
    writer = opened(remote)
    writer.replace([(VIEW, rows("x"))])
    reader = opened(replace(remote, update=""))
    assert reader.read(VIEW) == rows("x")
    for write in (lambda: reader.remove(VIEW), lambda: reader.update("DROP ALL")):
        with pytest.raises(StoreError, match="KG_SPARQL_UPDATE_URL"):
            write()


def test_the_addresses_may_stand_in_the_string(remote: Remote, opened: Opener) -> None:
    bare = replace(remote, update="", graphs="")
    spec = f"sparql:{remote.query}#update={remote.update}&graphs={remote.graphs}"
    with closing(open_store(spec, base=BASE, remote=bare)) as store:
        store.replace([(G1, rows("x"))])
        assert store.read(G1) == rows("x")
    with pytest.raises(StoreError, match="#password is nothing"):
        open_store(f"sparql:{remote.query}#password=secret", base=BASE, remote=bare)


def test_without_a_graph_store_updates_write_everything(remote: Remote, opened: Opener) -> None:
    store = opened(replace(remote, graphs=""))
    store.replace([(G1, rows(*map(str, range(2_500)))), (G2, rows("kept"))])
    wanted = rows(*map(str, range(1_000, 4_000)))
    store.replace([(G1, wanted)])
    assert store.read(G1) == wanted
    store.fill(G1, rows(*map(str, range(2_100))))
    assert len(store.read(G1)) == 2_100
    assert store.graphs() == [G1, G2]


def test_two_processes_see_the_same_seal(remote: Remote, opened: Opener) -> None:
    one, two = opened(remote), opened(remote)
    one.replace([(G1, rows("x"))])
    one.seal("by the rules")
    assert two.sealed() == "by the rules"
    two.replace([(G1, rows("y"))])
    assert one.sealed() is None


def test_a_write_aside_leaves_the_seal(remote: Remote, opened: Opener) -> None:
    store = opened(remote)
    store.seal("by the rules")
    text = "INSERT DATA { GRAPH <http://own.example/g> { <a:s> <a:p> 1 } }"
    store.update(text, aside=True)
    assert store.sealed() == "by the rules"
    store.update(text)
    assert store.sealed() is None


def test_an_update_that_does_not_parse_says_where(remote: Remote, opened: Opener) -> None:
    with pytest.raises(BadQuery) as told:
        opened(remote).update("INSERT DATA { GRAPH <http://x/g> { <http://x/a> 1 1 } }")
    assert told.value.line == 1


def test_what_was_cut_off_is_known_and_mended(
    remote: Remote, opened: Opener, caplog: pytest.LogCaptureFixture
) -> None:
    """As a run leaves it that is killed: marks, no seal, graphs half written or just whole."""
    store = opened(remote)
    done, also = f"{BASE}article/3", f"{BASE}article/4"
    store.replace([(G2, rows("old")), (also, rows("new"))])
    store.seal("by the rules")
    with closing(Engine(remote)) as engine:
        marks = Marks(engine, BASE)
        marks.seal(None)
        wanted = {one: rows("new") for one in (G1, G2, done, also)}
        marks.begin(wanted, frozenset([G2, also]))
        store.patch(G1, [], rows("half"))
        store.patch(G2, [], rows("half"))
        store.patch(done, [], rows("new"))
        with caplog.at_level(logging.WARNING):
            again = opened(remote)
        assert again.sealed() is None
        assert again.graphs() == [G2, done, also]
        assert f"{G1} was left half written" in caplog.text
        assert f"{G2} may be half written" in caplog.text
        assert done not in caplog.text
        assert list(marks.begun()) == [G2]
        again.replace([(G1, rows("new")), (G2, rows("new"))])
        assert marks.begun() == {}
    assert again.read(G2) == rows("new")


@pytest.mark.slow
@pytest.mark.parametrize("seconds", [0.1, 0.3])
def test_an_engine_that_is_killed_loses_nothing_that_was_kept(
    tmp_path: Path, opened: Opener, seconds: float
) -> None:
    """Virtuoso ends in the middle of a write: each graph is old, new, or known to be neither."""
    graphs = [f"{BASE}article/{n}" for n in range(6)]
    old, new = (rows(*(f"{n}-{i}" for i in range(4_000))) for n in range(2))
    with virtuoso(tmp_path / "killed") as found:
        store = opened(remote_of(found))
        store.replace([(one, old) for one in graphs[:3]])
        killer = Timer(seconds, kill, [engine_of(tmp_path / "killed")])
        killer.start()
        with pytest.raises(KgError):
            write_for_ever(store, graphs, old, new)
        killer.join()
        remote = remote_of(started(tmp_path / "killed"))
        after = opened(remote)
        with closing(Engine(remote)) as engine:
            marked = Marks(engine, BASE).begun()
        for one in graphs:
            held = set(after.read(one))
            if one in marked:
                assert held >= set(old) or held >= set(new)
            else:
                assert held in (set(old), set(new)) or (one in graphs[3:] and not held)


def engine_of(home: Path) -> int:
    return int((home / "virtuoso.lck").read_text().split("=")[1])


def write_for_ever(store: Store, graphs: list[str], old: Rows, new: Rows) -> None:
    while True:
        store.replace([(one, new) for one in graphs])
        store.replace([(one, old) for one in graphs[:3]])


def kill(process: int) -> None:
    """End a process, and wait until it is gone."""
    with suppress(ProcessLookupError):
        os.kill(process, signal.SIGKILL)
        while True:
            os.kill(process, 0)
            time.sleep(0.01)


def test_terms_come_back_as_they_were_written(remote: Remote, opened: Opener) -> None:
    wanted = [
        '"POINT(175.12345 -38.2)"^^<' + WKT + ">",
        '"a ^^<https://w3id.org/conflict-kg/store#wktLiteral> .\\n"',
        '"false"^^<http://www.w3.org/2001/XMLSchema#boolean>',
        '"true"^^<http://www.w3.org/2001/XMLSchema#boolean>',
    ]
    store = opened(remote)
    store.replace([(VIEW, [(S, P, term) for term in wanted])])
    assert [o for _, _, o in store.read(VIEW)] == sorted(wanted)
    table = store.query("SELECT ?o { ?s ?p ?o }", table="text/tab-separated-values")
    assert sorted(table.body.decode().splitlines()[1:]) == sorted(
        {**dict(zip(wanted, wanted, strict=True)), wanted[2]: "false", wanted[3]: "true"}.values()
    )
    found = store.query("ASK { ?s ?p ?w }", bindings={"w": wanted[0]})
    assert b"true" in found.body
    store.patch(VIEW, [(S, P, wanted[0])], [])
    assert len(store.read(VIEW)) == 3


def test_the_stores_own_notes_are_in_no_listing(remote: Remote, opened: Opener) -> None:
    store = opened(remote)
    store.replace([(G1, rows("x"))])
    store.seal("s")
    for text in ("SELECT ?g { GRAPH ?g {} }", "SELECT DISTINCT ?g { GRAPH ?g { ?s ?p ?o } }"):
        table = store.query(text, table="text/csv").body
        assert table == f"g\r\n{G1}\r\n".encode()
    notes = f"ASK {{ GRAPH <{graph_iri(BASE, 'store')}> {{ ?s ?p ?o }} }}"
    assert b"true" in store.query(notes).body
    assert (store.graphs(), store.size()) == ([G1], 1)


def test_datasets_of_many_graphs(remote: Remote, opened: Opener) -> None:
    store = opened(remote)
    store.replace([(VIEW, rows("v")), (G1, rows("1")), (G2, rows("2"))])
    text = "SELECT ?o ?n { ?s ?p ?o GRAPH ?g { ?s ?p ?n } } ORDER BY ?o ?n"

    def said(dataset: Dataset | None) -> str:
        table = store.query(text, dataset=dataset, table="text/csv").body.decode()
        return " ".join(row.replace(",", "") for row in table.splitlines()[1:])

    assert said(None) == "v1 v2 vv"
    assert said(Dataset((G1,))) == "11 12 1v"
    assert said(Dataset((G1, G2))) == "11 12 1v 21 22 2v"
    assert said(Dataset((G1,), (G2,))) == "12"
    assert said(Dataset((), (G2,))) == ""


def test_a_long_answer_is_in_a_file(remote: Remote, opened: Opener) -> None:
    store = opened(remote)
    store.replace([(G1, rows(*(f"{n}{'x' * 1500}" for n in range(900))))])
    answer = store.query(f"SELECT ?o {{ GRAPH <{G1}> {{ ?s ?p ?o }} }}", table="text/csv")
    assert not isinstance(answer.content, bytes)
    with answer.content:
        assert answer.body.count(b"\r\n") == 901


def test_limits_hold(remote: Remote, opened: Opener) -> None:
    store = opened(replace(remote, rows=2))
    store.replace([(VIEW, rows(*"123456"))])
    with pytest.raises(LimitHit, match="2 rows") as told:
        store.query("SELECT * { ?s ?p ?o }")
    assert told.value.limit == "query_rows"


def test_a_long_query_ends_at_its_deadline(
    virtuoso_settings: dict[str, str], opened: Opener
) -> None:
    remote = replace(remote_of(emptied(virtuoso_settings)), seconds=0.5)
    store = opened(replace(remote, seconds=30))
    store.replace([(VIEW, rows(*map(str, range(800))))])
    hasty = opened(remote)
    with pytest.raises(LimitHit, match="KG_QUERY_SECONDS"):
        hasty.query("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    assert b"true" in hasty.query("ASK { ?s ?p ?o }").body
