"""``verify`` on a sound store, and on stores spoilt in every way a promise can be broken."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pyoxigraph
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.iri import DEFAULT_BASE, graph_iri
from kg.model import Article, Extraction
from kg.rdf import article_graph
from kg.store import Store, open_store
from kg.terms import Triple, integer, literal, typed
from kg.verify import CHECKS, PROMISES, Breach, verify
from kg.view import build
from kg.vocab import CODES, code, term
from tests.ontology.findings import articles
from tests.scenes import HARBOUR, WIRE, scene_graphs, scene_store
from tests.sheet import Sheet
from tests.test_verify_judged import SPOILT

VIEW = graph_iri(DEFAULT_BASE, "view")
DATE_TIME = "http://www.w3.org/2001/XMLSchema#dateTime"

Change = Callable[[list[Triple]], list[Triple]]


@pytest.fixture
def store() -> Iterator[Store]:
    held = scene_store()
    yield held
    held.close()


def article(store: Store, headline: str) -> str:
    words = (term("schema:headline"), literal(headline))
    return next(
        graph
        for graph in store.graphs()
        if any(triple[1:] == words for triple in store.read(graph)) and graph != VIEW
    )


def spoil(store: Store, graph: str, change: Change, *, rebuild: bool = False) -> None:
    """Change a graph; with ``rebuild`` the view follows, as if the article had been so."""
    store.replace([(graph, sorted(set(change(store.read(graph)))))])
    if rebuild:
        graphs = [(iri, store.read(iri)) for iri in store.graphs() if iri != VIEW]
        store.replace([(VIEW, build(DEFAULT_BASE, graphs))])


def put(predicate: str, new: str, *, nth: int = 0, only: str = "") -> Change:
    """Give the ``nth`` triple of a property (whose subject holds ``only``) another object."""

    def change(triples: list[Triple]) -> list[Triple]:
        found = [t for t in triples if t[1] == term(predicate) and only in t[0]]
        old = found[nth]
        return [(t[0], t[1], new) if t == old else t for t in triples]

    return change


def drop(*predicates: str, nth: int | None = None) -> Change:
    """Take away the triples of these properties, or the ``nth`` of them."""

    def change(triples: list[Triple]) -> list[Triple]:
        found = [t for t in triples if t[1] in map(term, predicates)]
        gone = set(found if nth is None else [found[nth]])
        assert gone
        return [t for t in triples if t not in gone]

    return change


def drop_node(kind: str) -> Change:
    """Take away the first thing of a type, with all it says."""

    def change(triples: list[Triple]) -> list[Triple]:
        node = next(s for s, p, o in triples if p == term("rdf:type") and o == term(kind))
        return [t for t in triples if t[0] != node]

    return change


def add(*more: Triple) -> Change:
    return lambda triples: [*triples, *more]


def names(store: Store) -> set[tuple[int, str]]:
    return {(breach.promise, breach.name) for breach in verify(store)}


def test_a_sound_store_keeps_every_promise(store: Store) -> None:
    assert list(verify(store)) == []


def test_an_empty_store_keeps_every_promise() -> None:
    assert list(verify(open_store("memory:", base=DEFAULT_BASE))) == []


def test_a_store_of_many_kinds_of_findings_is_sound() -> None:
    sheet = Sheet("Ada Lorne, near Vale, told Ivo Kern on May 2 that 12 to 15 died.")
    ada, ivo = sheet.actor("Ada Lorne"), sheet.actor("Ivo Kern")
    vale = sheet.place("near Vale", "vague", name="Vale")
    toll = sheet.toll("12 to 15", least=12, most=15)
    hit = sheet.report("12 to 15 died", "died", actors=[ivo], place=vale, killed=toll)
    sheet.statement("told Ivo Kern", "told", "12 to 15 died", speaker=ada, about=(hit,))
    graphs = [*scene_graphs(), sheet.graph()]
    held = open_store("memory:", base=DEFAULT_BASE)
    held.replace([*graphs, (VIEW, build(DEFAULT_BASE, graphs))])
    assert list(verify(held)) == []


def drop_cue(triples: list[Triple]) -> list[Triple]:
    """Take a cue out of ck:evidence, but leave it in ck:cueEvidence."""
    node, _, cue = next(t for t in triples if t[1] == term("ck:cueEvidence"))
    return [t for t in triples if t != (node, term("ck:evidence"), cue)]


def ordered(found: Extraction) -> Extraction:
    """With the content of each statement in the order of the text."""
    said = (replace(one, content=tuple(sorted(set(one.content)))) for one in found.statements)
    return replace(found, statements=tuple(said))


@settings(max_examples=25, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(articles(), min_size=1, max_size=3))
def test_whatever_is_found_makes_a_sound_store(pairs: list[tuple[Article, Extraction]]) -> None:
    held = open_store("memory:", base=DEFAULT_BASE)
    held.replace(article_graph(DEFAULT_BASE, article, ordered(found)) for article, found in pairs)
    graphs = [(iri, held.read(iri)) for iri in held.graphs()]
    held.replace([(VIEW, build(DEFAULT_BASE, graphs))])
    assert list(verify(held)) == []


IN_ARTICLE: list[tuple[int, str, Change]] = [
    (1, "article-text", drop("schema:articleBody")),
    (1, "text-hash", put("schema:articleBody", literal("Another text. " * 99))),
    (1, "text-hash", put("ck:textHash", literal("0" * 64))),
    (1, "exact-words", put("oa:exact", literal("never written"))),
    (1, "exact-words", put("oa:start", integer(1), nth=3)),
    (1, "offsets", put("oa:start", integer(1), nth=3)),
    (1, "offsets", put("oa:end", integer(99_999))),
    (1, "offsets", put("oa:start", literal("first"))),
    (1, "offsets", drop("oa:end", nth=0)),
    (1, "source", put("oa:hasSource", "<http://elsewhere.example/>")),
    (1, "source", put("prov:wasDerivedFrom", "<http://elsewhere.example/>", only="/statement/")),
    (1, "no-evidence", drop("ck:evidence")),
    (1, "no-evidence", drop("ck:speakerEvidence", nth=0)),
    (1, "no-evidence", drop("ck:cueEvidence", nth=0)),
    (1, "no-evidence", drop("ck:dateEvidence", nth=0)),
    (1, "no-evidence", drop("ck:tollEvidence", nth=0)),
    (1, "no-evidence", drop("ck:roleEvidence", nth=0)),
    (1, "no-evidence", drop("ck:placeEvidence", nth=0)),
    (1, "lost-evidence", put("ck:cueEvidence", f"<{DEFAULT_BASE}article/0#char=1,2>")),
    (1, "lost-evidence", drop_cue),
    (1, "content", put("ck:content", literal("never said"))),
    (1, "content", put("rdfs:label", literal("never told"), only="/report/")),
    (1, "dangling", put("ck:speaker", f"<{DEFAULT_BASE}actor/0>")),
    (3, "precision", put("ck:placePrecision", literal("exactly"))),
    (3, "pin", put("ck:placePrecision", literal("region"), nth=-1)),
    (3, "pin", put("ck:placePrecision", literal("vague"), nth=-1)),
    (3, "toll", add((f"<{DEFAULT_BASE}report/x#killed>", term("rdf:type"), term("ck:Toll")),
                    (f"<{DEFAULT_BASE}report/x#killed>", term("ck:min"), integer(9)),
                    (f"<{DEFAULT_BASE}report/x#killed>", term("ck:best"), integer(3)))),
    (3, "date", put("ck:earliest", typed("2021-06-01", DATE_TIME[:-4]), only="/report/")),
    (3, "date", put("ck:latest", typed("2021-05-31", DATE_TIME[:-4]), only="/statement/")),
    (3, "date", put("ck:edtf", literal("2021-05"), only="/report/")),
    (3, "date", put("ck:edtf", literal("in May"), only="/report/")),
    (3, "date", put("schema:datePublished", typed("2021-05-09", DATE_TIME[:-4]))),
    (3, "code", put("ck:act", code("act", "shout"))),
    (3, "code", put("ck:act", code("factuality", "alleged"))),
    (3, "code", put("ck:eventType", "<http://codes.example/ASSAULT>")),
    (3, "code", put("ck:mode", code("mode", "COERCE/arrest"))),
    (3, "code", add((f"<{DEFAULT_BASE}actor/x>", term("skos:related"), f"<{CODES}act/none>"))),
    (3, "confidence", put("ck:confidence", typed("1.5", DATE_TIME[:-8] + "decimal"))),
    (3, "confidence", put("ck:confidence", literal("high"))),
    (4, "clock", add((f"<{DEFAULT_BASE}actor/x>", term("prov:generatedAtTime"),
                      typed("2021-05-04T00:00:00Z", DATE_TIME)))),
    (4, "identity", put("schema:url", literal("https://elsewhere.example/"))),
    (4, "identity", put("ck:eventType", code("event-type", "COERCE"))),
    (4, "identity", drop("ck:cueEvidence", nth=-1)),
]  # fmt: skip


@pytest.mark.parametrize(
    ("promise", "name", "change"),
    IN_ARTICLE,
    ids=[f"{name}-{number}" for number, (_, name, _) in enumerate(IN_ARTICLE)],
)
def test_a_spoilt_article_is_named(store: Store, promise: int, name: str, change: Change) -> None:
    spoil(store, article(store, str(WIRE.headline)), change)
    assert (promise, name) in names(store)


def test_numbers_that_are_no_numbers_are_named(store: Store) -> None:
    spoil(store, article(store, str(HARBOUR.headline)), put("ck:min", literal("a dozen")))
    assert (3, "toll") in names(store)


def some_link(triples: list[Triple]) -> str:
    return next(
        s for s, p, o in triples if p == term("rdf:subject") and "/link/" in s and "/actor/" in o
    )


def drop_link(triples: list[Triple]) -> list[Triple]:
    gone = some_link(triples)
    return [t for t in triples if t[0] != gone]


def turn_link(triples: list[Triple]) -> list[Triple]:
    link = some_link(triples)
    other = next(o for s, p, o in triples if s == link and p == term("rdf:object"))
    subject = term("rdf:subject")
    return [(s, p, other) if (s, p) == (link, subject) else (s, p, o) for s, p, o in triples]


STRANGER = f"<{DEFAULT_BASE}actor/nobody-0>"
IN_VIEW: list[tuple[int, str, Change]] = [
    (2, "lost-statement", drop_node("ck:Statement")),
    (2, "lost-statement", put("ck:content", literal("never said"))),
    (2, "lost-statement", put("ck:act", code("act", "claim"), nth=1)),
    (2, "lost-member", drop("ck:canonical", nth=0)),
    (2, "lost-report", drop("ck:report", nth=0)),
    (2, "link-end", put("rdf:subject", STRANGER)),
    (2, "link-end", drop("rdf:object", nth=0)),
    (2, "link-end", turn_link),
    (2, "no-member", add((STRANGER, term("rdf:type"), term("ck:Actor")))),
    (2, "unlinked-merge", drop_link),
    (2, "untraceable", add((STRANGER, term("rdfs:label"), literal("nobody")))),
    (3, "pin", put("ck:placePrecision", literal("country"))),
    (3, "code", put("ck:factuality", code("factuality", "certain"))),
    (3, "date", put("ck:latest", typed("2021-04-01", DATE_TIME[:-4]), only="/event/")),
    (4, "view-differs", put("ck:status", literal("corroborated"))),
    (4, "view-differs", drop("rdfs:label", nth=0)),
    (4, "view-differs", put("ck:score", typed("0.5", DATE_TIME[:-8] + "decimal"))),
]


@pytest.mark.parametrize(
    ("promise", "name", "change"),
    IN_VIEW,
    ids=[f"{name}-{number}" for number, (_, name, _) in enumerate(IN_VIEW)],
)
def test_a_spoilt_view_is_named(store: Store, promise: int, name: str, change: Change) -> None:
    spoil(store, VIEW, change)
    found = names(store)
    assert (promise, name) in found
    assert (4, "view-differs") in found


def test_a_missing_view_is_named(store: Store) -> None:
    store.remove(VIEW)
    assert names(store) == {(2, "no-view")}


def test_an_article_of_which_the_view_knows_nothing_is_named(store: Store) -> None:
    iri, triples = scene_graphs()[0]
    graphs = [scene_graphs()[1]]
    store.replace([(VIEW, build(DEFAULT_BASE, graphs)), (iri, triples)])
    assert {(2, "lost-statement"), (2, "lost-member"), (4, "view-differs")} <= names(store)


def test_what_the_view_keeps_of_a_removed_article_is_named(store: Store) -> None:
    store.remove(article(store, str(WIRE.headline)))
    assert {(2, "untraceable"), (2, "no-member"), (4, "view-differs")} <= names(store)


def test_a_graph_among_the_programs_own_is_named(store: Store) -> None:
    store.replace([(f"{DEFAULT_BASE}graph/other", scene_graphs("http://e.example/")[0][1])])
    assert names(store) == {(4, "strange-graph")}


def behind_its_back(folder: Path, update: str) -> list[Breach]:
    """The breaches of a sound store on disk that another program has written to."""
    held = open_store(f"oxigraph:{folder}", base=DEFAULT_BASE)
    graphs = scene_graphs()
    held.replace([*graphs, (VIEW, build(DEFAULT_BASE, graphs))])
    held.close()
    raw = pyoxigraph.Store(folder / "quads")
    raw.update(update)
    raw.flush()
    del raw
    again = open_store(f"oxigraph:{folder}", base=DEFAULT_BASE)
    found = list(verify(again))
    again.close()
    return found


@pytest.mark.parametrize("graph", [VIEW, scene_graphs()[0][0]], ids=["view", "article"])
@pytest.mark.parametrize(
    "triple", ["[] <http://e.example/p> 1", "<http://e.example/s> <http://e.example/p> []"]
)
def test_blank_nodes_are_named(tmp_path: Path, graph: str, triple: str) -> None:
    found = behind_its_back(tmp_path, f"INSERT DATA {{ GRAPH <{graph}> {{ {triple} }} }}")
    assert (4, "blank-node", graph) in {(one.promise, one.name, one.subject) for one in found}


def test_triples_in_the_default_graph_are_named(tmp_path: Path) -> None:
    update = "INSERT DATA { <http://e.example/> a <http://e.example/Thing> }"
    [breach] = behind_its_back(tmp_path, update)
    assert (breach.promise, breach.name, breach.subject) == (
        4,
        "default-graph",
        "the default graph",
    )
    assert "1 triples" in breach.problem


def test_a_graph_no_view_can_be_made_of_is_named(store: Store) -> None:
    spoil(store, article(store, str(WIRE.headline)), put("ck:actor", f"<{DEFAULT_BASE}actor/0>"))
    assert {(1, "dangling"), (4, "view-differs")} <= names(store)


def test_a_breach_says_what_where_and_what_to_do(store: Store) -> None:
    spoil(store, article(store, str(WIRE.headline)), put("oa:exact", literal("never written")))
    breach = next(one for one in verify(store) if one.name == "exact-words")
    assert isinstance(breach, Breach)
    assert "#char=" in breach.subject
    assert "'never written'" in breach.problem
    assert breach.remedy == "ingest the article again"
    assert str(breach).endswith("[1. Evidence or nothing: exact-words]")


def test_every_check_is_declared_and_seen_here() -> None:
    tried = {(promise, name) for promise, name, _ in [*IN_ARTICLE, *IN_VIEW]}
    alone = {(2, "no-view"), (4, "strange-graph"), (4, "default-graph"), (4, "blank-node")}
    alone.add((4, "index-differs"))  # tests/index/test_follow.py
    declared = {(promise, name) for promise, checks in CHECKS.items() for name in checks}
    assert declared == tried | alone | SPOILT
    assert CHECKS.keys() == PROMISES.keys()
