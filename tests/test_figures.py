"""Tolls in words: no more than a source says, and a range with its sources where several differ."""

from collections.abc import Iterator
from contextlib import closing

import pytest

from kg import query, records
from kg.commands.lines import record_lines
from kg.filters import Filters
from kg.iri import DEFAULT_BASE, graph_iri
from kg.records.figures import differing, event_figure, figure
from kg.sparql import rows
from kg.store import Store, open_store
from kg.view import build
from tests.sheet import Graph, Sheet, on


@pytest.mark.parametrize(
    ("low", "best", "high", "words"),
    [
        (12, None, None, "at least 12"),
        (12, 15, None, "at least 12, best estimate 15"),
        (12, 14, 15, "12–15"),
        (15, 15, 15, "15"),
        (None, 30000, None, "30,000"),
        (None, None, 40, "at most 40"),
        (None, None, None, "dozens"),
    ],
)
def test_a_toll_is_a_range_where_it_is_one(
    low: int | None, best: int | None, high: int | None, words: str
) -> None:
    assert figure({"min": low, "best": best, "max": high, "text": "dozens"}) == words


def test_no_toll_has_no_words() -> None:
    assert figure(None) is None
    assert figure({}) is None


def toll(
    low: int | None = None,
    best: int | None = None,
    high: int | None = None,
    text: str = "some",
) -> dict[str, object]:
    return {"min": low, "best": best, "max": high, "text": text}


@pytest.mark.parametrize(
    ("told", "words"),
    [
        (toll(150_001, text="more than 150,000 people"), "more than 150,000"),
        (toll(41, text="Over forty people"), "more than 40"),
        (toll(41, text="at least 41, over two days"), "at least 41"),
        (toll(30, text="more than 40 people; at least 30 people"), "at least 30"),
        (toll(None, None, 9, "fewer than ten people"), "fewer than 10"),
        (toll(None, None, 9, "no more than nine"), "at most 9"),
    ],
)
def test_a_figure_is_no_more_exact_than_its_words(told: dict[str, object], words: str) -> None:
    assert figure(told) == words


@pytest.mark.parametrize(
    ("tolls", "words"),
    [
        ([toll(14), toll(None, 9)], "9 to at least 14"),
        ([toll(None, 9), toll(None, 9)], "9"),
        ([toll(None, 9), toll(None, 1200)], "9–1,200"),
        ([toll(12), toll(14)], "12 to at least 14"),
        ([toll(12), toll(None, 12)], "at least 12"),
        ([toll(12), toll(None, 15)], "at least 12 / 15"),
        ([toll(12), toll(None, 15), toll(None, 17)], "at least 12 / 15–17"),
        ([toll(12), toll(None, 9), toll(None, 15)], "9–15"),
        ([toll(41, text="more than 40 people"), toll(None, 9)], "9 to more than 40"),
        ([toll(41, text="over forty people"), toll(60)], "more than 40 to at least 60"),
        ([toll(None, None, 39, "fewer than 40 people"), toll(None, 9)], "9 to fewer than 40"),
        ([toll(20, None, 30), toll(None, 9)], "9–30"),
        ([toll(None, None, 40), toll(None, 9)], "9 to at most 40"),
        ([toll(None, None, 40), toll(None, None, 50)], "at most 50"),
        ([toll(20, None, 20), toll(None, 20)], "20"),
        ([toll(), toll()], "some"),
        ([], None),
    ],
)
def test_sources_that_differ_give_a_range(
    tolls: list[dict[str, object]], words: str | None
) -> None:
    assert differing(tolls) == words
    assert differing(tolls[::-1]) == words


def strike(words: str, publisher: str, speaker: str | None = None, **bounds: int) -> Graph:
    said = f"Shells hit Vale, killing {words}"
    sheet = Sheet(
        f"{said}, Nadia Brell said. Kesh. {publisher}.",
        published="2021-05-03" if speaker else "2021-05-04",
        publisher=publisher,
    )
    vale = sheet.place("Vale", name="Vale", country="NO")
    report = sheet.report(
        said,
        "hit",
        actors=[sheet.actor("Kesh", "State", country="SE")],
        place=vale,
        date=on("2021-05-02"),
        killed=sheet.toll(words, **bounds),
    )
    if speaker:
        sheet.statement(said, "said", said, "say", speaker=sheet.actor(speaker), about=(report,))
    return sheet.graph()


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    graphs = [
        strike("at least 14 people", "The Harbour Post", "Nadia Brell", least=14),
        strike("nine people", "Northern Wire", best=9),
    ]
    held = open_store("memory:", base=DEFAULT_BASE)
    held.replace([*graphs, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, graphs))])
    yield held
    held.close()


def test_an_event_shows_the_range_and_who_says_what(store: Store) -> None:
    (found,) = records.page(store, Filters.parse("events", {}))["items"]
    assert event_figure(found, "killed") == "9 to at least 14"
    assert event_figure(found, "injured") is None
    whole = records.one(store, "events", found["id"])
    assert isinstance(whole, dict)
    (line,) = (line for line in record_lines(whole) if line.startswith("killed"))
    assert line == (
        "killed: 9 to at least 14 (“at least 14 people”: Nadia Brell, The Harbour Post; "
        "“nine people”: Northern Wire)"
    )


def test_a_figure_of_an_accuser_without_a_name_is_not_the_outlets() -> None:
    said = "the army was accused of killing nine people"
    sheet = Sheet(f"In May {said}.", publisher="Northern Wire", published="2021-05-04")
    killing = "killing nine people"
    report = sheet.report(
        killing, "killing", killed=sheet.toll("nine people", best=9), factuality="alleged"
    )
    sheet.statement(said, "accused", killing, "accuse", about=(report,))
    graph = sheet.graph()
    with closing(open_store("memory:", base=DEFAULT_BASE)) as held:
        held.replace([graph, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, [graph]))])
        (row,) = rows(query.run(held, "casualties-by-claimant"))
        (event,) = records.page(held, Filters.parse("events", {}))["items"]
        whole = records.one(held, "events", event["id"])
    assert (row["toll"], row.get("claimant"), row["publisher"]) == (
        "nine people",
        None,
        "Northern Wire",
    )
    assert isinstance(whole, dict)
    (line,) = (line for line in record_lines(whole) if line.startswith("killed"))
    assert line == "killed: 9 (“nine people”: somebody not named, Northern Wire)"
