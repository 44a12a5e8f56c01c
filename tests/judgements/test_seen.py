"""Whoever accepts or rejects a finding speaks of what it said, whatever its article says later."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from kg.errors import NotFound
from kg.iri import DEFAULT_BASE
from kg.judgements import Judgement, standing
from kg.judgements.asked import Asked
from kg.judgements.listing import Selection, choose
from kg.judgements.resolve import resolve
from kg.keeping import judge
from kg.store import Store
from kg.terms import Triple, boolean, decimal, iri, literal
from kg.verify import verify
from kg.view import Edit, judgements, refresh, turn
from kg.vocab import code, term
from tests.scene_review import POST, POST_ARTICLE, START, article_store, said, saw

CALL, SHELLING = POST["s1"], POST["r1"]
VIEW = f"{DEFAULT_BASE}graph/view"
REQUEST = (f"<{CALL}>", term("ck:act"), code("act", "request"))
WARNING = (f"<{CALL}>", term("ck:act"), code("act", "warn"))
DERIVED = (f"<{CALL}>", term("prov:wasDerivedFrom"), f"<{POST_ARTICLE}>")


@pytest.fixture
def store() -> Iterator[Store]:
    held = article_store()
    refresh(held)
    yield held
    held.close()


def found(store: Store, by: str, verdict: str, subject: str = CALL, minute: int = 0) -> Judgement:
    """What somebody judges now, kept."""
    fields = {"verdict": verdict, "subject": subject, "by": by, "why": "read"}
    made = resolve(store, Asked.parse(fields), START + timedelta(minutes=minute))
    judge(store, made)
    return made


def read_again(store: Store, gone: Triple, new: Triple) -> None:
    """The first article is read again: one triple of it differs."""
    held = store.read(POST_ARTICLE)
    assert gone in held
    turn(store, {POST_ARTICLE: Edit(held, sorted({*held, new} - {gone}))})


def reviews(store: Store, subject: str = CALL) -> list[str]:
    names = {term("ck:review"), term("ck:contested")}
    return [o for s, p, o in store.read(VIEW) if s == f"<{subject}>" and p in names]


def states(store: Store) -> dict[tuple[str, str], str]:
    listed = choose(store, Selection.parse({})).items
    return {(one.judgement.by, one.judgement.verdict): one.state for one in listed}


def test_an_acceptance_waits_while_the_finding_says_something_else(store: Store) -> None:
    found(store, "Ana", "accept")
    before = store.read(VIEW)
    assert reviews(store) == [literal("accepted")]
    read_again(store, REQUEST, WARNING)
    assert reviews(store) == []
    assert states(store) == {("Ana", "accept"): "waiting"}
    assert list(verify(store)) == []
    read_again(store, WARNING, REQUEST)
    assert store.read(VIEW) == before
    assert states(store) == {("Ana", "accept"): "standing"}


def test_a_rejection_that_waits_takes_nothing_out_and_contests_nothing(store: Store) -> None:
    found(store, "Ben", "reject")
    assert DERIVED not in store.read(VIEW)
    read_again(store, REQUEST, WARNING)
    assert WARNING in store.read(VIEW)
    assert list(verify(store)) == []
    found(store, "Ana", "accept", minute=1)
    assert reviews(store) == [literal("accepted")]
    assert states(store) == {("Ben", "reject"): "waiting", ("Ana", "accept"): "standing"}
    found(store, "Ben", "reject", minute=2)
    assert reviews(store) == [boolean(True)]


def test_what_shows_a_finding_and_how_sure_it_is_may_change(store: Store) -> None:
    found(store, "Ana", "accept")
    sure = (f"<{CALL}>", term("ck:confidence"), decimal(0.95))
    read_again(store, sure, (*sure[:2], decimal(0.7)))
    words = next(t for t in store.read(POST_ARTICLE) if t[:2] == (sure[0], term("ck:dateEvidence")))
    read_again(store, words, (*words[:2], iri(f"{POST_ARTICLE}#char=0,5")))
    assert reviews(store) == [literal("accepted")]
    assert states(store) == {("Ana", "accept"): "standing"}


def test_a_toll_is_part_of_what_a_report_says(store: Store) -> None:
    found(store, "Ana", "accept", SHELLING)
    least = next(one for one in store.read(POST_ARTICLE) if one[:2] == (toll(), term("ck:min")))
    read_again(store, least, (*least[:2], least[2].replace("12", "21")))
    assert reviews(store, SHELLING) == []


def toll() -> str:
    return f"<{SHELLING}#killed>"


def test_the_digest_is_kept_with_the_judgement_and_is_that_of_the_graph(store: Store) -> None:
    made = found(store, "Ana", "accept")
    assert made.saw == saw(store.read(POST_ARTICLE), CALL)
    assert judgements(store) == [made]
    read_again(store, REQUEST, WARNING)
    assert made.saw != saw(store.read(POST_ARTICLE), CALL)


def test_a_later_word_is_later_though_the_clock_was_put_back(store: Store) -> None:
    first = found(store, "Ana", "reject", minute=10)
    then = found(store, "Ana", "accept", minute=0)
    other = found(store, "Ben", "accept", minute=1)
    assert then.when == first.when + timedelta(microseconds=1)
    assert other.when == START + timedelta(minutes=1)
    assert standing(judgements(store)).states[first.id] == "outdated"
    assert reviews(store) == [literal("accepted")]


def test_a_graph_of_a_users_own_names_nothing_that_can_be_judged(store: Store) -> None:
    lie, graph = f"{DEFAULT_BASE}statement/{'0' * 32}", f"{DEFAULT_BASE}graphs/mine"
    store.replace([(graph, [(f"<{lie}>", term("prov:wasDerivedFrom"), f"<{graph}>")])])
    with pytest.raises(NotFound, match="no article names"):
        found(store, "Ana", "accept", lie)


def test_what_was_kept_without_a_digest_is_of_whatever_the_finding_says(store: Store) -> None:
    judge(store, said(0, "Ana", "accept", CALL, "read"))
    read_again(store, REQUEST, WARNING)
    assert reviews(store) == [literal("accepted")]
