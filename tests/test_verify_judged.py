"""``verify`` on a reviewed store, and on reviews that somebody spoilt."""

from collections.abc import Iterator

import pytest

from kg.iri import DEFAULT_BASE, graph_iri
from kg.judgements import Judgement, minted, standing, waiting
from kg.keeping import judge, take_down
from kg.model import Span
from kg.store import Store
from kg.terms import literal
from kg.verify import verify
from kg.view import judgements, refresh
from kg.vocab import term
from tests.scene_review import (
    ACCEPTED,
    BACK,
    JUDGEMENTS,
    MEETING,
    NEWS_ARTICLE,
    POST,
    POST_ARTICLE,
    article_store,
    said,
)
from tests.scenes import HARBOUR

VIEW = graph_iri(DEFAULT_BASE, "view")
JUDGED = graph_iri(DEFAULT_BASE, "judgements")

SPOILT = {(1, "judged-words"), (2, "rejected"), (4, "judged-article"), (4, "judgement")}
"""Checks that only this file tries."""


@pytest.fixture
def store() -> Iterator[Store]:
    held = article_store()
    judge(held, *JUDGEMENTS)
    yield held
    held.close()


def names(store: Store) -> set[tuple[int, str]]:
    return {(breach.promise, breach.name) for breach in verify(store)}


def wait(store: Store) -> set[str]:
    told = judgements(store)
    return waiting(store, told, standing(told))


def test_a_reviewed_store_keeps_every_promise(store: Store) -> None:
    assert list(verify(store)) == []
    assert wait(store) == set()


def test_a_rejected_report_in_the_view_is_named(store: Store) -> None:
    kind = (f"<{MEETING.subject}>", term("rdf:type"), term("ck:EventReport"))
    store.replace([(VIEW, sorted([*store.read(VIEW), kind]))])
    assert (2, "rejected") in names(store)


def test_a_judgement_in_an_articles_graph_is_named(store: Store) -> None:
    review = (f"<{POST['s1']}>", term("ck:review"), literal("accepted"))
    store.replace([(POST_ARTICLE, sorted([*store.read(POST_ARTICLE), review]))])
    assert (4, "judged-article") in names(store)


def test_a_judgement_that_was_changed_is_named_and_does_not_count(store: Store) -> None:
    triples = [
        (s, p, literal("reject") if (s, p) == (f"<{ACCEPTED.id}>", term("ck:judgement")) else o)
        for s, p, o in store.read(JUDGED)
    ]
    store.replace([(JUDGED, sorted(triples))])
    assert ACCEPTED.id not in {one.id for one in judgements(store)}
    refresh(store)
    assert names(store) == {(4, "judgement")}


def test_words_that_are_not_in_the_text_are_named_and_change_nothing(store: Store) -> None:
    before = store.read(VIEW)
    end = len(HARBOUR.text)
    bad = said(
        *(20, "Ben", "correct", POST["s2"], "said there"),
        slot="speaker",
        values=(POST["a3"],),
        spans=(Span(end - 1, end + 1),),
    )
    judge(store, bad)
    assert store.read(VIEW) == before
    assert names(store) == {(1, "judged-words")}


def of_wire() -> list[Judgement]:
    ours = [one for one in JUDGEMENTS if one.article == NEWS_ARTICLE or one.object]
    return [one for one in ours if one.id != BACK.undoes]


def test_judgements_of_an_article_taken_down_wait_and_come_back_with_it(store: Store) -> None:
    before = store.read(VIEW)
    article = store.read(NEWS_ARTICLE)
    take_down(store, NEWS_ARTICLE)
    assert wait(store) >= {one.id for one in of_wire()}
    assert list(verify(store)) == []
    assert [one.id for one in judgements(store)] == [one.id for one in JUDGEMENTS]
    store.replace([(NEWS_ARTICLE, article)])
    refresh(store)
    assert store.read(VIEW) == before
    assert wait(store) == set()


def test_reports_of_two_types_wait_to_be_one_event(store: Store) -> None:
    at = JUDGEMENTS[-1].when
    one = minted(
        *(DEFAULT_BASE, "same", POST["r1"]), by="Ana", when=at, why="one", object=POST["r2"]
    )
    before = store.read(VIEW)
    judge(store, one)
    assert store.read(VIEW) == before
    assert wait(store) == {one.id}
