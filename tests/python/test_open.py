"""``kg.open``: rows, tables, bytes and an rdflib dataset over the same store."""

import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import rdflib
from rdflib import RDF, RDFS, BNode, Literal, URIRef

import kg
from kg.errors import BadInput, BadQuery, NotFound, StoreError
from kg.iri import DEFAULT_BASE, graph_iri
from kg.python import FORMATS, KnowledgeGraph
from kg.python.values import term_of
from kg.query import run
from kg.query.saved import Saved, shelf
from kg.store import open_store
from kg.view import refresh
from tests.engines import remote_of, service
from tests.scenes import scene_store

# rdflib warns of its own use of what it deprecates.
pytestmark = pytest.mark.filterwarnings("ignore:Dataset:DeprecationWarning")

CK = rdflib.Namespace("https://w3id.org/conflict-kg#")
OWN = URIRef("http://own.example/notes")
VIEW = URIRef(graph_iri(DEFAULT_BASE, "view"))


@pytest.fixture(scope="module")
def spec(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The scene's store on disk."""
    found = f"oxigraph:{tmp_path_factory.mktemp('python') / 'store'}"
    held, scene = open_store(found, base=DEFAULT_BASE), scene_store()
    held.replace([(graph, scene.read(graph)) for graph in scene.graphs()])
    refresh(held)
    held.close()
    return found


@pytest.fixture
def graph(spec: str) -> Iterator[KnowledgeGraph]:
    with kg.open(spec, base=DEFAULT_BASE) as opened:
        yield opened


@pytest.fixture(params=["memory", "service"])
def own(request: pytest.FixtureRequest) -> Iterator[KnowledgeGraph]:
    """An empty store that may be written, here and in an engine elsewhere."""
    if request.param == "memory":
        with kg.open("memory:", base=DEFAULT_BASE, writable=True) as opened:
            yield opened
        return
    with service(DEFAULT_BASE) as found:
        store = open_store(found["KG_STORE"], base=DEFAULT_BASE, remote=remote_of(found))
        with KnowledgeGraph(store, writable=True) as opened:
            yield opened


def test_importing_it_loads_next_to_nothing() -> None:
    asked = "import sys, kg; print(sorted({'pyoxigraph', 'rdflib', 'spacy'} & sys.modules.keys()))"
    told = subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True)
    assert told.stdout == "[]\n"
    with pytest.raises(AttributeError, match="nothing"):
        kg.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_rows_hold_values_of_python(graph: KnowledgeGraph) -> None:
    text = (
        'SELECT (1 AS ?i) (true AS ?b) (0.5 AS ?d) ("x" AS ?s) (<a:b> AS ?r) ?none '
        '("2022-10-03"^^<http://www.w3.org/2001/XMLSchema#date> AS ?day) '
        '("never"^^<http://www.w3.org/2001/XMLSchema#date> AS ?bad) {}'
    )
    (row,) = graph.query(text)
    assert row == {
        "i": 1,
        "b": True,
        "d": Decimal("0.5"),
        "s": "x",
        "r": "a:b",
        "none": None,
        "day": date(2022, 10, 3),
        "bad": "never",
    }


def test_ask_and_construct(graph: KnowledgeGraph) -> None:
    assert graph.query("ASK { ?s ?p ?o }") is True
    found = graph.query("CONSTRUCT WHERE { ?s a <https://w3id.org/conflict-kg#Article> }")
    assert isinstance(found, rdflib.Graph)
    assert set(found.objects()) == {CK.Article}


@pytest.mark.parametrize(
    "value",
    [
        'it\'s "quoted" } DROP ALL',
        True,
        3,
        1.5,
        Decimal("0.25"),
        date(2022, 10, 3),
        Literal("a", lang="en"),
    ],
)
def test_a_parameter_is_a_value_of_its_type(graph: KnowledgeGraph, value: object) -> None:
    (row,) = graph.query("SELECT ?v (DATATYPE(?v) AS ?type) { }", v=value)
    wanted = value if isinstance(value, Literal) else Literal(value)
    assert row["v"] == (str(value) if isinstance(value, Literal) else value)
    assert row["type"] == str(
        wanted.datatype or rdflib.XSD.string if not wanted.language else RDF.langString
    )


def test_parameters_that_mean_nothing_are_refused(graph: KnowledgeGraph) -> None:
    with pytest.raises(BadInput, match="no value"):
        graph.query("SELECT ?v {}", v=object())
    with pytest.raises(BadQuery, match=r"\?nobody"):
        graph.query("SELECT ?v {}", nobody=1)
    with pytest.raises(BadQuery, match="only reads"):
        graph.query("DROP ALL")


@pytest.mark.parametrize("name", ["csv", "json", "text/tab-separated-values"])
def test_bytes_are_those_of_the_engine(graph: KnowledgeGraph, name: str) -> None:
    text = "SELECT ?s { ?s a <https://w3id.org/conflict-kg#Article> } ORDER BY ?s"
    assert (
        graph.query(text, as_=name) == graph.store.query(text, table=FORMATS.get(name, name)).body
    )
    assert graph.query("DESCRIBE <a:b>", as_="turtle") == b""


def test_pandas(graph: KnowledgeGraph) -> None:
    pandas = pytest.importorskip("pandas")
    frame = graph.ask("who-called-for", as_="pandas")
    assert isinstance(frame, pandas.DataFrame)
    assert list(frame["who"]) == [row["who"] for row in graph.ask("who-called-for")]
    with pytest.raises(BadInput, match="SELECT"):
        graph.query("ASK {}", as_="pandas")


def test_named_questions(graph: KnowledgeGraph) -> None:
    assert "who-called-for" in [one.name for one in graph.questions()]
    assert graph.ask("who-called-for", as_="csv") == (
        run(graph.store, "who-called-for", table="text/csv").body
    )
    assert len(graph.ask("what-happened-on", from_="2022-10-03")) <= len(
        graph.ask("what-happened-on")
    )
    with pytest.raises(NotFound, match="there are"):
        graph.ask("who-knows")


def test_the_dataset_is_the_store(graph: KnowledgeGraph) -> None:
    data: Any = graph.dataset()
    names = graph.store.graphs()
    assert sorted(str(one.identifier) for one in data.graphs()) == sorted(
        [*names, "urn:x-rdflib:default"]
    )
    assert len(data.graph(VIEW)) == len(graph.store.read(str(VIEW)))
    article = next(one for one in names if "/article/" in one)
    held = {tuple(map(term_of, triple)) for triple in data.graph(URIRef(article))}
    assert held == set(graph.store.read(article))
    assert len(list(data.quads())) == graph.store.size()


def test_patterns_ask_the_view_and_graphs_their_own(graph: KnowledgeGraph) -> None:
    data: Any = graph.dataset()
    said = list(data.triples((None, RDF.type, CK.Statement)))
    asked = graph.query("SELECT ?s { ?s a <https://w3id.org/conflict-kg#Statement> }")
    assert sorted(str(s) for s, _, _ in said) == sorted(row["s"] for row in asked)
    one = said[0][0]
    assert (one, RDF.type, CK.Statement) in data
    assert data.value(one, CK.quoted) in (Literal(True), Literal(False))
    assert {str(g) for *_, g in data.quads((one, RDF.type, None, None))} > {str(VIEW)}


def test_queries_go_down_to_the_engine(graph: KnowledgeGraph) -> None:
    data: Any = graph.dataset()
    rows = list(data.query("SELECT ?s ?n { ?s a ck:Actor ; rdfs:label ?n } ORDER BY ?n ?s"))
    assert [(str(s), str(n)) for s, n in rows] == [
        (row["s"], row["n"])
        for row in graph.query(
            f"SELECT ?s ?n {{ ?s a <{CK.Actor}> ; <{RDFS.label}> ?n }} ORDER BY ?n ?s"
        )
    ]
    name = rows[0][1]
    (bound, *_) = data.query("SELECT ?s { ?s rdfs:label ?n }", initBindings={"n": name})
    assert bound[0] in {s for s, n in rows if n == name}
    assert bool(data.query("ASK { ?s a ck:Article }"))
    assert len(data.query("CONSTRUCT WHERE { ?s a ck:Article }").graph or ()) > 0
    article = next(one for one in graph.store.graphs() if "/article/" in one)
    (count,) = data.graph(URIRef(article)).query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")
    assert int(count[0]) == len(graph.store.read(article))


def test_nothing_is_written_unless_that_is_asked_for(graph: KnowledgeGraph) -> None:
    data: Any = graph.dataset()
    writes: list[Callable[[], Any]] = [
        lambda: data.graph(OWN).add((OWN, RDFS.label, Literal("x"))),
        lambda: data.remove((None, None, None, VIEW)),
        lambda: data.update("DROP ALL"),
        lambda: data.remove_graph(VIEW),
    ]
    for write in writes:
        with pytest.raises(StoreError, match="writable=True"):
            write()


def test_writing_where_it_is_asked_for(own: KnowledgeGraph) -> None:
    data: Any = own.dataset()
    notes = data.graph(OWN)
    notes.add((OWN, RDFS.label, Literal("first")))
    notes += [(OWN, RDFS.comment, Literal(n)) for n in range(20)]
    assert len(notes) == 21
    notes.remove((None, RDFS.comment, Literal(3)))
    assert len(notes) == 20
    data.update(f"INSERT DATA {{ GRAPH <{OWN}> {{ <{OWN}> rdfs:seeAlso <a:b> }} }}")
    assert (OWN, RDFS.seeAlso, URIRef("a:b")) in notes
    with pytest.raises(StoreError, match="name one"):
        data.add((OWN, RDFS.label, Literal("x")))
    with pytest.raises(StoreError, match="blank node"):
        notes.add((BNode(), RDFS.label, Literal("x")))
    data.remove_graph(notes)
    assert own.store.graphs() == []


def test_a_store_that_is_not_there_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="kg ingest"):
        kg.open(f"oxigraph:{tmp_path / 'none'}")


def test_saved_queries_are_asked_by_name(spec: str) -> None:
    saved = Saved(shelf(spec))
    text = f"SELECT (COUNT(?s) AS ?n) {{ ?s <{CK.act}> ?act }}"
    saved.keep(saved.check("acts", text))
    with kg.open(spec, base=DEFAULT_BASE) as opened:
        assert "acts" in [one.name for one in opened.questions()]
        assert opened.ask("acts") == opened.query(text) != [{"n": 0}]
    saved.remove("acts")
