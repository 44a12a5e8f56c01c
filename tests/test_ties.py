"""What linking found, kept beside a store: after any history it is what is written from nothing."""

from typing import Any

from hypothesis import given, settings

from kg.iri import DEFAULT_BASE
from kg.judgements import Judgement
from kg.keeping import judge
from kg.store import Store, open_store
from kg.view import Edit, refresh, turn
from kg.view.ties import Ties, tied
from tests.test_view_judged import histories
from tests.test_view_stored import POOL, VIEW

Rows = list[tuple[Any, ...]]


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


@settings(deadline=None, max_examples=10)
@given(histories())
def test_after_any_history_they_are_what_is_written_from_nothing(
    steps: list[Judgement | dict[str, int]],
) -> None:
    walk(steps)
