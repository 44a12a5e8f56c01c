"""Projections: which nodes and edges a selection is drawn with, and where they stand."""

import os
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from kg import records
from kg.errors import BadFilter, NotFound
from kg.filters import Filters
from kg.iri import DEFAULT_BASE, graph_iri
from kg.model import Actor, Article, DateRange, EventReport, Extraction, Mention, Statement
from kg.projection import PRESETS, Edge, Projection, project
from kg.rdf import article_graph, finding_iris
from kg.store import open_store
from kg.store.base import Store
from kg.view import build
from kg.vocab import code, term
from tests.scenes import HARBOUR, harbour, scene_store, span
from tests.sheet import Sheet, on

Arrow = tuple[str, str, str]

PROGRAM = """
from kg.filters import Filters
from kg.projection import PRESETS, project
from tests.scenes import scene_store
store = scene_store()
for preset in PRESETS:
    print(project(store, Filters.parse("statements", {}), preset))
"""


@pytest.fixture(scope="module")
def store() -> Store:
    return scene_store()


def drawn(store: Store, preset: str, kind: str = "statements", **chosen: str) -> Projection:
    filters = Filters.parse(kind, {name: [value] for name, value in chosen.items()})
    return project(store, filters, preset)


def arrows(graph: Projection) -> list[Arrow]:
    """(label, kind, label) of every edge."""
    name = {node.iri: node.label for node in graph.nodes}
    return sorted((name[one.source], one.kind, name[one.target]) for one in graph.edges)


def of_kind(graph: Projection, kind: str) -> list[Edge]:
    return [one for one in graph.edges if one.kind == kind]


def labels(graph: Projection, *kinds: str) -> set[str]:
    return {one.label for one in graph.nodes if one.kind in kinds}


def scene(text: str, actors: dict[str, str], *found: Statement | EventReport) -> Store:
    """A store of one article; actors are keys with their words."""
    article = Article(text, url="https://post.example/1")
    extraction = Extraction(
        "hand",
        "1",
        actors=tuple(
            Actor(key, name, "Organization", span(article, name), name=name)
            for key, name in actors.items()
        ),
        statements=tuple(one for one in found if isinstance(one, Statement)),
        reports=tuple(one for one in found if isinstance(one, EventReport)),
    )
    graph = article_graph(DEFAULT_BASE, article, extraction)
    made = open_store("memory:", base=DEFAULT_BASE)
    made.replace([graph, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, [graph]))])
    return made


WORDS = "The guild said the council denied that the militia had struck the league."
ACTORS = {"g": "guild", "c": "council", "m": "militia", "l": "league"}


def at(words: str) -> Mention:
    key = next(key for key, name in ACTORS.items() if name == words)
    return Mention(key, span(Article(WORDS), words))


def said(key: str, act: str, cue: str, who: str, about: tuple[str, ...] = ()) -> Statement:
    article = Article(WORDS)
    whole = span(article, WORDS)
    return Statement(key, whole, span(article, cue), act, (whole,), at(who), about=about)


def strike(who: tuple[str, ...] = ("militia",), whom: tuple[str, ...] = ("league",)) -> EventReport:
    article = Article(WORDS)
    return EventReport(
        "r",
        span(article, "the militia had struck the league"),
        span(article, "struck"),
        "ASSAULT",
        "alleged",
        actors=tuple(map(at, who)),
        recipients=tuple(map(at, whom)),
    )


def test_a_statement_leads_to_who_did_what_it_is_about(store: Store) -> None:
    found = Counter(arrows(drawn(store, "actor-actor")))
    # The two articles' gunners have no name of their own, so nobody takes them for the same.
    assert found == {
        ("Mira Tolen", "request", "Keshi artillery"): 1,
        ("Keshi Defence Ministry", "deny", "Keshi artillery"): 1,
        ("Union of Observers", "say", "Keshi artillery"): 1,
        ("Keshi Prosecutor's Office", "say", "Keshi artillery"): 1,
        ("Keshi artillery", "ASSAULT", "people"): 2,
        ("Anto Reva", "CONSULT", "Sula Deen"): 1,
    }


def test_an_event_joins_whom_a_report_joins(store: Store) -> None:
    graph = drawn(store, "actor-actor")
    told = {edge.source_list: edge.factuality for edge in of_kind(graph, "ASSAULT")}
    assert told == {
        "The Harbour Post https://harbour.example/2021/lorik": "asserted",
        "Northern Wire https://wire.example/0505-lorik": "alleged",
    }


def test_those_who_met_are_joined_as_equals(store: Store) -> None:
    (edge,) = of_kind(drawn(store, "actor-actor"), "CONSULT")
    assert (edge.role, edge.edtf) == ("together", "2021-05-04")


def test_a_target_comes_before_what_the_statement_is_about() -> None:
    aimed = replace(said("s", "accuse", "said", "guild", ("r",)), targets=(at("council"),))
    graph = drawn(scene(WORDS, ACTORS, aimed, strike()), "actor-actor")
    assert [(edge.kind, edge.role) for edge in of_kind(graph, "accuse")] == [("accuse", "target")]
    assert ("guild", "accuse", "council") in arrows(graph)


def blamed() -> Store:
    """An event of which one says who did it, another that nine died, a third that it is untrue."""
    sheet = Sheet(
        "The council accused the militia of shelling Vale. The guild said the shelling of Vale "
        "killed nine people. The league denied that its men had shelled Vale.",
    )
    vale = sheet.place("Vale", name="Vale", country="NO")
    for who, act, words, trigger, doer in (
        ("council", "accuse", "the militia of shelling Vale", "shelling Vale", "militia"),
        ("guild", "say", "the shelling of Vale killed nine people", "shelling of", None),
        ("league", "deny", "its men had shelled Vale", "shelled Vale", "its men"),
    ):
        report = sheet.report(
            words,
            trigger,
            factuality="alleged",
            actors=[sheet.actor(doer, "Organization")] if doer else [],
            place=vale,
            date=on("2021-05-02"),
        )
        cue = {"accuse": "accused", "say": "said", "deny": "denied"}[act]
        speaker = sheet.actor(who, "Organization")
        sheet.statement(words, cue, words, act, speaker=speaker, about=(report,))
    made = open_store("memory:", base=DEFAULT_BASE)
    graph = sheet.graph()
    made.replace([graph, (graph_iri(DEFAULT_BASE, "view"), build(DEFAULT_BASE, [graph]))])
    return made


def test_nobody_names_a_culprit_whom_only_others_name() -> None:
    graph = drawn(blamed(), "actor-actor")
    assert arrows(graph) == [("council", "accuse", "militia"), ("league", "deny", "its men")]


def test_a_statement_about_a_statement_leads_to_its_speaker() -> None:
    outer = said("s1", "say", "said", "guild", ("s2",))
    inner = said("s2", "deny", "denied", "council", ("r",))
    graph = drawn(scene(WORDS, ACTORS, outer, inner, strike()), "actor-actor")
    assert arrows(graph) == [
        ("council", "deny", "militia"),
        ("guild", "say", "council"),
        ("militia", "ASSAULT", "league"),
    ]


def test_nobody_speaks_of_himself() -> None:
    confession = said("s", "say", "said", "militia", ("r",))
    graph = drawn(scene(WORDS, ACTORS, confession, strike()), "actor-actor")
    assert ("militia", "say", "league") in arrows(graph)
    assert not [edge for edge in graph.edges if edge.source == edge.target]


def test_a_speaker_who_speaks_of_nobody_is_a_node_without_an_edge() -> None:
    graph = drawn(scene(WORDS, ACTORS, said("s", "say", "said", "guild")), "actor-actor")
    assert [(one.label, one.degree) for one in graph.nodes] == [("guild", 0)]
    assert not graph.edges


def test_statements_that_speak_of_each_other_come_to_an_end() -> None:
    one = said("s1", "say", "said", "guild", ("s2",))
    other = said("s2", "deny", "denied", "guild", ("s1",))
    graph = drawn(scene(WORDS, ACTORS, one, other), "actor-actor")
    assert not graph.edges


def test_every_part_is_an_edge(store: Store) -> None:
    graph = drawn(store, "actor-statement-event")
    kinds = Counter(edge.kind for edge in graph.edges)
    assert kinds == {
        **{"say": 4, "request": 1, "deny": 1},
        **{"about": 6, "actor": 5, "recipient": 2, "place": 2},
    }
    assert ("Union of Observers", "say") in {arrow[:2] for arrow in arrows(graph)}
    assert labels(graph, "place") == {"Lorik", "Geneva"}
    assert "disputed: heavy weapons, Lorik, 2021-05-02" in labels(graph, "event")


def test_statements_become_edges_to_events(store: Store) -> None:
    graph = drawn(store, "actor-event")
    shelling = "disputed: heavy weapons, Lorik, 2021-05-02"
    assert ("Keshi Defence Ministry", "deny", shelling) in arrows(graph)
    assert ("Union of Observers", "say", shelling) in arrows(graph)
    assert not labels(graph, "statement")


def test_outlets_carry_actors_act_by_act(store: Store) -> None:
    graph = drawn(store, "outlet-actor")
    assert ("The Harbour Post", "request", "Mira Tolen") in arrows(graph)
    assert sum(edge.weight for edge in graph.edges) == 6
    assert labels(graph, "outlet") == {"The Harbour Post", "Northern Wire"}


def test_an_article_without_a_publisher_stands_for_itself() -> None:
    store = scene(
        WORDS, ACTORS, said("s1", "say", "said", "guild"), said("s2", "say", "had", "guild")
    )
    graph = drawn(store, "outlet-actor")
    assert len(labels(graph, "article")) == 1
    assert [edge.weight for edge in graph.edges] == [2]


def test_a_date_is_the_records_own(store: Store) -> None:
    graph = drawn(store, "actor-statement-event")
    denial = next(one for one in graph.nodes if one.type == "deny")
    assert (denial.edtf, denial.earliest, denial.published) == ("", "", "2021-05-04")
    call = next(one for one in graph.nodes if one.type == "request")
    assert (call.earliest, call.latest) == ("2021-05-04", "2021-05-04")


def test_a_range_keeps_both_ends() -> None:
    early = DateRange("2021-05", date(2021, 5, 1), date(2021, 5, 31), "May")
    graph = drawn(scene(WORDS, ACTORS, replace(strike(), date=early)), "actor-event")
    assert {(one.earliest, one.latest, one.edtf) for one in graph.edges} == {
        ("2021-05-01", "2021-05-31", "2021-05")
    }


def test_a_node_says_how_sure_it_is_and_who_tells_it(store: Store) -> None:
    graph = drawn(store, "actor-event")
    shelling = next(one for one in graph.nodes if one.status == "disputed")
    assert (shelling.factuality, shelling.confidence) == ("asserted", 0.9)
    assert shelling.sources == 2
    assert (shelling.precision, shelling.mode) == ("settlement", "heavy-weapons")


def test_statements_bring_what_they_are_about(store: Store) -> None:
    graph = drawn(store, "actor-statement-event", act="request")
    assert labels(graph, "statement") == {
        "request: an independent investigation into the shelling of Lorik"
    }
    assert labels(graph, "event") == {
        *("requested: investigation", "disputed: heavy weapons, Lorik, 2021-05-02"),
    }


def test_events_bring_what_is_said_about_them(store: Store) -> None:
    graph = drawn(store, "actor-statement-event", "events", status="disputed")
    assert {one.type for one in graph.nodes if one.kind == "statement"} == {"deny", "say"}
    assert labels(graph, "event") == {"disputed: heavy weapons, Lorik, 2021-05-02"}


def test_no_filters_mean_everything_of_either_kind(store: Store) -> None:
    assert drawn(store, "actor-event") == drawn(store, "actor-event", "events")
    assert "consult, Geneva, 2021-05-04" in labels(drawn(store, "actor-event"), "event")


def test_an_edge_has_one_id_in_every_selection(store: Store) -> None:
    whole = {edge.id: (edge.source, edge.target) for edge in drawn(store, "actor-actor").edges}
    part = drawn(store, "actor-actor", act="request").edges
    assert part
    assert all(whole[edge.id] == (edge.source, edge.target) for edge in part)


@pytest.mark.parametrize("preset", PRESETS)
def test_edges_join_nodes_and_everything_is_in_order(store: Store, preset: str) -> None:
    graph = drawn(store, preset)
    iris = [node.iri for node in graph.nodes]
    assert len(set(iris)) == len(iris)
    assert {end for edge in graph.edges for end in (edge.source, edge.target)} <= set(iris)
    assert len({edge.id for edge in graph.edges}) == len(graph.edges)
    assert Projection.of(preset, reversed(graph.nodes), reversed(graph.edges)) == graph


@pytest.mark.parametrize("preset", PRESETS)
def test_networkx_has_the_same_graph(store: Store, preset: str) -> None:
    graph = drawn(store, preset)
    other = graph.to_networkx()
    assert (len(other), other.size()) == (len(graph.nodes), len(graph.edges))
    assert dict(other.degree) == {node.iri: node.degree for node in graph.nodes}
    told = [data for _, data in other.nodes(data=True)] + [d for *_, d in other.edges(data=True)]
    assert not [data for data in told if None in data.values() or "" in data.values()]


def test_an_unknown_preset_is_told_with_those_there_are(store: Store) -> None:
    with pytest.raises(NotFound, match="no projection 'all'; there are actor-actor, actor-state"):
        drawn(store, "all")


@pytest.mark.parametrize("kind", ["actors", "places", "articles"])
def test_other_kinds_are_not_drawn(store: Store, kind: str) -> None:
    with pytest.raises(BadFilter, match=f"statements or events, not of {kind}"):
        drawn(store, "actor-actor", kind)


def test_processes_with_other_hash_seeds_draw_the_same() -> None:
    found = {
        subprocess.run(
            [sys.executable, "-c", PROGRAM],
            env={**os.environ, "PYTHONHASHSEED": seed},
            cwd=Path(__file__).parents[1],
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2")
    }
    assert len(found) == 1


def test_an_edge_of_what_did_not_happen_says_so() -> None:
    graph = drawn(scene(WORDS, ACTORS, replace(strike(), factuality="negated")), "actor-actor")
    assert [one.label for one in graph.edges] == ["negated: assault"]


def test_records_topics_and_graphs_tell_the_same_mode(store: Store) -> None:
    """Two reports differ: the one with a day of its own counts, not the first in the alphabet."""
    modes = {name: code("mode", f"ASSAULT/{name}") for name in ("aerial", "heavy-weapons")}
    shelling = finding_iris(DEFAULT_BASE, HARBOUR, harbour())["r1"]
    view = store.read(graph_iri(DEFAULT_BASE, "view"))
    (event,) = (one[0] for one in view if one[1:] == (term("ck:report"), f"<{shelling}>"))
    own = (term("ck:mode"), term("ck:edtf"))
    told = [one for one in view if one[0] != f"<{shelling}>" or one[1] not in own]
    told += [(one, term("ck:mode"), modes["aerial"]) for one in (f"<{shelling}>", event)]
    made = open_store("memory:", base=DEFAULT_BASE)
    made.replace([(graph_iri(DEFAULT_BASE, "view"), told)])
    record = records.one(made, "events", event[1:-1])
    assert isinstance(record, dict)
    assert {one["mode"] for one in record["reports"]} == set(modes)
    assert record["mode"] == "heavy-weapons"
    topics = records.statements(made, Filters.parse("statements", {"act": ["deny"]}))["items"]
    assert [one["mode"] for one in topics[0]["about"]] == ["heavy-weapons"]
    graph = drawn(made, "actor-statement-event")
    (node,) = (one for one in graph.nodes if one.iri == event[1:-1])
    assert (node.mode, node.label) == (
        *("heavy-weapons", "disputed: heavy weapons, Lorik, 2021-05-02"),
    )
