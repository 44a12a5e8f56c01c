"""What linking found, kept beside a store: after any history it is what is written from nothing."""

import random
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.errors import StoreError
from kg.iri import DEFAULT_BASE
from kg.judgements import Judgement
from kg.keeping import judge
from kg.rdf import article_graph
from kg.store import Store, open_store
from kg.terms import Triple
from kg.view import Edit, article_graphs, build, filling, judgements, named, refresh, telling, turn
from kg.view.kinds import Spoken
from kg.view.patching import Said, patch
from kg.view.ties import NAME, Ties, tied
from scripts.scale.filling import articles
from tests.sheet import Sheet, on
from tests.test_view_judged import histories
from tests.test_view_stored import POOL, VIEW

Rows = list[tuple[Any, ...]]
WORLD = [article_graph(DEFAULT_BASE, *one) for one in articles(14)]


def rows(ties: Ties) -> dict[str, Rows]:
    """Everything that is kept, without the numbers of rows."""
    knots: dict[int, list[str]] = {}
    for knot, iri in ties.rows("SELECT knot, iri FROM report ORDER BY iri"):
        knots.setdefault(knot, []).append(iri)
    stands = ties.rows("SELECT type, town, first, last, charged, knot FROM stand")
    return {
        "members": ties.rows(
            "SELECT iri, article, kind, key, age, node, text FROM member "
            "LEFT JOIN said ON said = id ORDER BY iri"
        ),
        "ties": ties.rows("SELECT * FROM tie ORDER BY kind, words, how, key"),
        "reports": ties.rows("SELECT iri, article, kind, told, telling FROM report ORDER BY iri"),
        "knots": sorted(map(tuple, knots.values())),
        "blocks": ties.rows(
            "SELECT number, iri, day, loose FROM block JOIN report ON id = report "
            "ORDER BY number, iri"
        ),
        "stands": sorted((*one, tuple(knots.get(knot, ()))) for *one, knot in stands),
        "statements": ties.rows("SELECT * FROM statement ORDER BY iri"),
    }


def kept(store: Store) -> dict[str, Rows]:
    with tied(store) as ties:
        assert ties.view() == store.view_id()
        return rows(ties)


def from_nothing(store: Store) -> dict[str, Rows]:
    other = open_store("memory:", base=DEFAULT_BASE)
    other.replace((iri, store.read(iri)) for iri in store.graphs() if iri != VIEW)
    refresh(other)
    turn(other, {})
    found = kept(other)
    other.close()
    return found


@settings(deadline=None, max_examples=6)
@given(histories())
def test_linked_a_few_at_a_time_they_are_what_linking_all_at_once_gives(
    steps: list[Judgement | dict[str, int]],
) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace([*WORLD, *((graph, made[0]) for graph, made in POOL.items())])
    refresh(store)
    for step in steps:
        if isinstance(step, Judgement):
            judge(store, step)
    with few_at_a_time():
        refresh(store)
    graphs = [(iri, store.read(iri)) for iri in article_graphs(store)]
    assert store.read(VIEW) == build(DEFAULT_BASE, graphs, judgements(store))
    with tied(store) as ties:
        found = rows(ties)
    assert found == from_nothing(store)
    store.close()


@contextmanager
def few_at_a_time() -> Iterator[None]:
    """So that a store of a few articles is linked as a large one."""
    with pytest.MonkeyPatch.context() as patch:
        for module in (filling, named, telling):
            patch.setattr(module, "TOGETHER", 2)
        yield


def walk(steps: list[Judgement | dict[str, int]]) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    refresh(store)
    for step in steps:
        if isinstance(step, Judgement):
            judge(store, step)
        else:
            wanted = {graph: POOL[graph][at % len(POOL[graph])] for graph, at in step.items()}
            turn(store, {graph: Edit(store.read(graph), new) for graph, new in wanted.items()})
        assert kept(store) == from_nothing(store)
    store.close()


@settings(deadline=None, max_examples=8)
@given(histories())
def test_after_any_history_they_are_what_is_written_from_nothing(
    steps: list[Judgement | dict[str, int]],
) -> None:
    walk(steps)


def talks(number: int, published: str, day: str | None) -> tuple[str, list[Triple]]:
    """An article of a day that tells of the same talks as others, and perhaps when they were."""
    sheet = Sheet(f"Issue {number}. Ada Lorne met for long talks.", published=published)
    date = on(day) if day else None
    who = sheet.actor("Ada Lorne")
    sheet.report("Ada Lorne met for long talks", "met", "CONSULT", actors=(who,), date=date)
    return sheet.graph()


def require_one_view(told: list[tuple[str, list[Triple]]]) -> None:
    """The same view whether they are linked one by one, a few at a time, or at once."""
    store = open_store("memory:", base=DEFAULT_BASE)
    refresh(store)
    for iri, triples in told:
        turn(store, {iri: Edit(store.read(iri), triples)})
    at_once = build(DEFAULT_BASE, told)
    assert store.read(VIEW) == at_once
    assert kept(store) == from_nothing(store)
    with few_at_a_time():
        refresh(store)
    assert store.read(VIEW) == at_once
    store.close()


def test_who_is_left_by_one_of_its_knot_is_linked_anew() -> None:
    """That one is drawn to another report by a third, which looks back on the day of both."""
    first = talks(0, "2021-05-02", "2021-05-02")
    left = talks(1, "2021-05-04", None)
    later = (talks(number, "2021-05-20", "2021-05-02") for number in range(2, 99))
    third = next(one for one in later if one[0] > first[0])
    require_one_view([first, left, third])


@settings(deadline=None, max_examples=25)
@given(
    st.dictionaries(
        st.integers(0, 99),
        st.tuples(
            st.sampled_from(["2021-05-02", "2021-05-04", "2021-05-20"]),
            st.sampled_from(["2021-05-02", "2021-05-04", None]),
        ),
        max_size=7,
    )
)
def test_talks_of_which_not_all_say_when_are_linked_alike_in_any_order(
    told: dict[int, tuple[str, str | None]],
) -> None:
    require_one_view([talks(number, *days) for number, days in told.items()])


@settings(deadline=None, max_examples=2)
@given(st.randoms(use_true_random=False))
def test_articles_that_come_and_go_in_any_order_give_the_view_made_anew(
    chance: random.Random,
) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    refresh(store)
    here: dict[str, list[Triple]] = {}
    for _ in range(8):
        edits = {}
        for iri, triples in chance.sample(WORLD, chance.randint(1, 4)):
            if iri in here:
                edits[iri] = Edit(here.pop(iri), ())
            else:
                here[iri] = triples
                edits[iri] = Edit((), triples)
        turn(store, edits)
    assert store.read(VIEW) == build(DEFAULT_BASE, here.items())
    assert kept(store) == from_nothing(store)
    store.close()


def test_one_article_more_reads_no_article_that_shares_nothing_with_it() -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace(WORLD)
    refresh(store)
    turn(store, {})
    sheet = Sheet("Oda Vint left Lorik on May 2.", published="2021-05-03")
    sheet.report("left Lorik on May 2", "left", actors=(sheet.actor("Oda Vint"),))
    iri, triples = sheet.graph()

    def read_none(graph: str) -> list[Triple]:
        raise AssertionError(f"{graph} has nothing to do with it")

    with tied(store) as ties:
        said = Said(lambda things: [], lambda things: [])
        gone, new = patch(ties, said, {iri: Edit((), triples)}, Spoken(), read_none)
    assert gone == set()
    assert new == set(build(DEFAULT_BASE, [(iri, triples)]))
    store.close()


def test_they_are_found_by_the_next_process_and_made_anew_where_they_are_lost(
    tmp_path: Path,
) -> None:
    with filled(tmp_path) as store:
        assert store.read(VIEW) == build(DEFAULT_BASE, WORLD[:3])
        old = (tmp_path / NAME).read_bytes()
    with filled(tmp_path, 3, 4) as store:
        assert kept(store) == from_nothing(store)
    (tmp_path / NAME).write_bytes(old)
    with filled(tmp_path, 4, 5) as store:
        assert kept(store) == from_nothing(store)
    (tmp_path / NAME).unlink()
    with filled(tmp_path, 5, 6) as store:
        assert kept(store) == from_nothing(store)
        assert store.read(VIEW) == build(DEFAULT_BASE, WORLD[:6])


@contextmanager
def filled(folder: Path, first: int = 0, end: int = 3) -> Iterator[Store]:
    """A store to which some articles are added."""
    store = open_store(f"oxigraph:{folder}", base=DEFAULT_BASE)
    if first == 0:
        refresh(store)
    turn(store, {iri: Edit((), triples) for iri, triples in WORLD[first:end]})
    yield store
    store.close()


def test_a_file_that_cannot_be_opened_says_what_to_do(tmp_path: Path) -> None:
    with filled(tmp_path):
        pass
    for file in tmp_path.glob(f"{NAME}*"):
        file.unlink()
    (tmp_path / NAME).mkdir()
    store = open_store(f"oxigraph:{tmp_path}", base=DEFAULT_BASE)
    with pytest.raises(StoreError, match="remove it"):
        turn(store, {WORLD[3][0]: Edit((), WORLD[3][1])})
    store.close()


@pytest.mark.slow
@settings(deadline=None, max_examples=40)
@given(histories())
def test_so_it_is_after_many_histories(steps: list[Judgement | dict[str, int]]) -> None:
    walk(steps)


def test_what_is_purged_leaves_no_bytes_of_it(tmp_path: Path) -> None:
    """Small changes in any order move rows from page to page, which leaves copies behind."""
    store = open_store(f"oxigraph:{tmp_path / 'store'}", base=DEFAULT_BASE)
    chance = random.Random(4)
    members = [f"actor/zq{n:04d}zq-{'a' * chance.randint(0, 300)}" for n in range(600)]
    chance.shuffle(members)
    for end in range(20, len(members) + 1, 20):
        with tied(store) as ties:
            text = "INSERT INTO member VALUES (?1, '', 'actor', ?1, '', ?1, 0)"
            ties.put(text, ((one,) for one in members[end - 20 : end]))
            moved = ((chance.choice(members[:end]), one) for one in chance.sample(members[:end], 9))
            ties.put("UPDATE member SET node = ?, age = node WHERE iri = ?", moved)
    gone = members[::20]
    with tied(store, purge=True) as ties:
        ties.put("DELETE FROM member WHERE ? IN (iri, node, age)", ((one,) for one in gone))
    data = b"".join(one.read_bytes() for one in (tmp_path / "store").glob(f"{NAME}*"))
    assert [one for one in gone if one[6:14].encode() in data] == []
    store.close()


def test_a_damaged_file_is_made_anew(tmp_path: Path) -> None:
    store = open_store(f"oxigraph:{tmp_path / 'store'}", base=DEFAULT_BASE)
    store.replace(WORLD[:2])
    refresh(store)
    for end in ("", "-wal", "-shm"):
        (tmp_path / "store" / f"{NAME}{end}").write_bytes(b"no database at all" * 500)
    turn(store, {WORLD[2][0]: Edit((), WORLD[2][1])})
    assert kept(store) == from_nothing(store)
    assert store.read(VIEW) == build(DEFAULT_BASE, WORLD[:3])
    store.close()
