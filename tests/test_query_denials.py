"""Who denied what: denials and rejected accusations, and no other rejection."""

import pytest
import rdflib

from kg import query
from kg.iri import DEFAULT_BASE, graph_iri
from kg.sparql import rows
from kg.store import open_store
from kg.view import build, refresh
from tests.sheet import Sheet, on

REJECTED = (
    "accusations that its troops had fired",
    "the baseless allegations",
    "all such claims",
    "reports that it had shelled the town",
    "the claim that it armed the rebels",
)
OTHERWISE = (
    "the ceasefire plan",
    "calls to investigate the accusations",
    "a demand over the allegations",
    "its neighbour's claim to the islands",
    "a report of the commission",
    "the decision",
)


def answers(words: str, *, act: str = "reject", accused: bool = False) -> list[dict[str, str]]:
    """The answer on a store that holds one such statement."""
    sheet = Sheet(f"Orm rejected {words}. Tolen accused Orm of that.")
    orm, tolen = sheet.actor("Orm", "Organization"), sheet.actor("Tolen")
    about = "Tolen accused Orm of that"
    said = sheet.statement(about, "accused", "of that", "accuse", speaker=tolen)
    sheet.statement(
        f"Orm rejected {words}",
        "rejected",
        words,
        act,
        speaker=orm,
        about=(said,) if accused else (),
    )
    store = open_store("memory:", base=DEFAULT_BASE)
    graph = sheet.graph()
    view = build(DEFAULT_BASE, [graph])
    store.replace([graph, (graph_iri(DEFAULT_BASE, "view"), view)])
    found = rows(query.run(store, "who-denied-what"))
    store.close()
    plain = rdflib.Graph().parse(data="".join(f"{s} {p} {o} .\n" for s, p, o in view), format="nt")
    assert len(plain.query(query.load("who-denied-what").text)) == len(found)
    return found


@pytest.mark.parametrize("words", REJECTED)
def test_a_rejected_accusation_is_a_denial(words: str) -> None:
    (row,) = answers(words)
    assert (row["who"], row["how"], row["what"]) == ("Orm", "reject", words)


@pytest.mark.parametrize("words", OTHERWISE)
def test_any_other_rejection_is_none(words: str) -> None:
    assert answers(words) == []


def test_what_rejects_an_accusation_by_other_words_is_a_denial_of_it() -> None:
    (row,) = answers("this", accused=True)
    assert (row["how"], row["about"]) == ("reject", "of that")


def test_a_denial_needs_no_accusation() -> None:
    (row,) = answers("the plan", act="deny")
    assert row["how"] == "deny"


def test_who_says_that_it_did_not_happen_denies() -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    graphs = []
    for publisher, words, factuality in (
        ("Post", "Kern said Kesh hit Vale", "alleged"),
        ("Courier", "Dahl said Kesh never hit Vale", "negated"),
    ):
        sheet = Sheet(words, publisher=publisher)
        kesh = sheet.actor("Kesh", "State", country="SE")
        vale = sheet.place("Vale", name="Vale", country="NO")
        told = words.partition(" said ")[2]
        hit = sheet.report(
            told, "hit", factuality=factuality, actors=[kesh], place=vale, date=on("2021-05-02")
        )
        speaker = sheet.actor(words.partition(" ")[0])
        sheet.statement(words, "said", told, speaker=speaker, about=(hit,))
        graphs.append(sheet.graph())
    store.replace(graphs)
    refresh(store)
    (found,) = rows(query.run(store, "disputed-events"))
    assert (found["claimant"], found["denier"]) == ("Kern", "Dahl")
    store.close()
