"""RDF read back by rdflib, and by pyoxigraph where rdflib may agree with us by chance."""

import subprocess
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Dataset as RdfDataset
from rdflib import Graph

from kg.export import export, jsonld, lines, selection
from kg.export.job import Job
from kg.iri import DEFAULT_BASE, graph_iri
from kg.store import open_store
from kg.store.base import Store
from kg.terms import Triple, boolean, decimal, integer, iri, line, literal, typed
from kg.vocab import code, codes, term
from tests.export.drawn import labels

VIEW = graph_iri(DEFAULT_BASE, "view")
BODY = term("schema:articleBody")

# rdflib 7.6 uses what it has deprecated when it reads into a Dataset.
pytestmark = [
    pytest.mark.filterwarnings("ignore:ConjunctiveGraph is deprecated:DeprecationWarning"),
    pytest.mark.filterwarnings("ignore:Dataset.default_context is:DeprecationWarning"),
]

FORMATS = {"nquads": "nquads", "trig": "trig", "jsonld": "json-ld"}
OXIGRAPH = {
    "nquads": ox.RdfFormat.N_QUADS,
    "trig": ox.RdfFormat.TRIG,
    "jsonld": ox.RdfFormat.JSON_LD,
}


def written(store: Store, format: str, *, no_text: bool = False, **chosen: str) -> bytes:
    filters = selection({name: [value] for name, value in chosen.items()})
    return b"".join(export(store, format, filters=filters, no_text=no_text))


def held(store: Store) -> set[str]:
    """Every quad of a store as a line of N-Quads."""
    return {line(triple, f"<{graph}>") for graph in store.graphs() for triple in store.read(graph)}


def rdflib_quads(data: bytes, format: str) -> set[tuple[str, ...]]:
    found = RdfDataset()
    found.parse(data=data, format=format)
    return {(*(one.n3() for one in quad[:3]), str(quad[3])) for quad in found.quads()}


def oxigraph_quads(data: bytes, format: str) -> set[str]:
    return {f"{quad} ." for quad in ox.parse(data, format=OXIGRAPH[format])}


def one_graph(triples: list[Triple]) -> Store:
    store = open_store("memory:", base=DEFAULT_BASE)
    store.replace([(VIEW, triples)])
    return store


def test_nquads_are_the_store_itself_sorted(store: Store, tmp_path: Path) -> None:
    data = written(store, "nquads")
    assert data.decode().splitlines() == sorted(held(store))
    file = tmp_path / "all.nq"
    file.write_bytes(data)
    subprocess.run(["sort", "-uc", file], env={"LC_ALL": "C"}, check=True)


@pytest.mark.parametrize("format", FORMATS)
def test_oxigraph_reads_the_same_quads(store: Store, format: str) -> None:
    assert oxigraph_quads(written(store, format), format) == held(store)


@pytest.mark.parametrize("format", [*FORMATS, "turtle"])
def test_a_store_filled_from_the_file_is_equal(store: Store, format: str) -> None:
    filled = ox.Store()
    if format == "turtle":
        filled.load(written(store, format), format=ox.RdfFormat.TURTLE, to_graph=ox.NamedNode(VIEW))
        assert {f"{quad} ." for quad in filled} == {
            line(triple, f"<{VIEW}>") for triple in store.read(VIEW)
        }
        return
    filled.load(written(store, format), format=OXIGRAPH[format])
    again = open_store("memory:", base=DEFAULT_BASE)
    for graph in filled.named_graphs():
        quads = filled.quads_for_pattern(None, None, None, graph)
        triples = [(str(q.subject), str(q.predicate), str(q.object)) for q in quads]
        again.replace([(str(graph.value), triples)])
    assert written(again, "nquads") == written(store, "nquads")


@pytest.mark.parametrize("format", ["trig", "jsonld"])
def test_rdflib_reads_the_same_quads(store: Store, format: str) -> None:
    quads = rdflib_quads(written(store, "nquads"), "nquads")
    assert len(quads) == len(held(store))
    assert rdflib_quads(written(store, format), FORMATS[format]) == quads


def test_turtle_is_the_view(store: Store) -> None:
    triples = Graph().parse(data=written(store, "turtle"), format="turtle")
    nt = "".join(f"{' '.join(triple)} .\n" for triple in store.read(VIEW))
    assert set(triples) == set(Graph().parse(data=nt, format="nt"))


TERMS = st.one_of(
    labels.map(literal),
    st.integers().map(integer),
    st.booleans().map(boolean),
    st.sampled_from((0.5, 1.0)).map(decimal),
    st.just(typed("2021-05-02", "http://www.w3.org/2001/XMLSchema#date")),
    st.just(typed("POINT(1 2)", "http://www.opengis.net/ont/geosparql#wktLiteral")),
    st.just('"maison"@fr'),
    st.just(typed("twelve", "http://www.w3.org/2001/XMLSchema#integer")),
    st.sampled_from([code("act", one) for one in codes("act")]),
    st.sampled_from([code("mode", one) for one in codes("mode")]),
    st.sampled_from([code("context", one) for one in codes("context")]),
    st.sampled_from([iri(f"{DEFAULT_BASE}actor/a-0"), term("ck:Person"), term("ck:report")]),
)
PROPERTIES = st.sampled_from(
    [iri(name) for name in jsonld.names()] + [term("rdf:type"), iri("http://other.example/p")]
)
SUBJECTS = st.sampled_from([iri(f"{DEFAULT_BASE}actor/a-{n}") for n in range(3)])


@settings(deadline=None)
@given(st.lists(st.tuples(SUBJECTS, PROPERTIES, TERMS), max_size=8))
def test_any_term_of_any_property_survives(triples: list[Triple]) -> None:
    """A property may hold what the context does not expect of it."""
    kept = [one for one in triples if one[1] != term("rdf:type") or one[2].startswith("<")]
    store = one_graph(kept)
    for format in FORMATS:
        assert oxigraph_quads(written(store, format), format) == held(store)


@settings(deadline=None)
@given(st.lists(st.tuples(SUBJECTS, st.just(term("rdfs:label")), labels.map(literal)), max_size=8))
def test_rdflib_reads_any_label(triples: list[Triple]) -> None:
    store = one_graph(triples)
    quads = rdflib_quads(written(store, "nquads"), "nquads")
    for format in ("trig", "jsonld"):
        assert rdflib_quads(written(store, format), FORMATS[format]) == quads


@pytest.mark.parametrize("format", [*FORMATS, "turtle"])
def test_no_text_leaves_out_the_bodies_alone(store: Store, format: str) -> None:
    whole, bare = (
        rdflib_quads(written(store, format, no_text=no_text), FORMATS.get(format, "turtle"))
        for no_text in (False, True)
    )
    gone = whole - bare
    assert {predicate for _, predicate, _, _ in gone} == {BODY}
    assert len(gone) == (2 if format == "turtle" else 4)
    assert term("ck:cueEvidence") in {predicate for _, predicate, _, _ in bare}


def test_a_text_that_quotes_the_name_of_bodies_is_kept() -> None:
    triple = (iri("a:b"), term("rdfs:label"), literal(f"a {BODY} b"))
    assert written(one_graph([triple]), "nquads", no_text=True)


def test_a_selection_is_a_part_of_the_view_without_loose_ends(store: Store) -> None:
    data = written(store, "nquads", act="request").decode()
    found = [quad.split(" ", 2) for quad in data.splitlines()]
    subjects = {subject for subject, _, _ in found}
    view = {f"{' '.join(triple)} <{VIEW}> ." for triple in store.read(VIEW)}
    assert set(data.splitlines()) < view
    ours = {triple[0] for triple in store.read(VIEW)}
    led = {rest.split(" ")[0] for _, _, rest in found if rest.startswith("<")}
    assert led & ours <= subjects
    assert sum("/statement/" in one and "#" not in one for one in subjects) == 1


def test_large_graphs_are_read_by_subject(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = written(store, "nquads")
    monkeypatch.setattr(lines, "WHOLE", 10)
    assert written(store, "nquads") == whole


@settings(deadline=None)
@given(st.lists(st.binary(max_size=2).filter(lambda one: b"\n" not in one)), st.integers(1, 5))
def test_lines_are_sorted_in_runs(found: list[bytes], run: int) -> None:
    assert list(lines.sorted_lines(found, run=run)) == sorted(set(found))


@pytest.mark.parametrize("format", [*FORMATS, "turtle"])
def test_an_empty_store_is_an_empty_file_that_parses(format: str) -> None:
    data = written(open_store("memory:", base=DEFAULT_BASE), format)
    assert not list(RdfDataset().parse(data=data, format=FORMATS.get(format, "turtle")))


def test_a_job_without_a_projection_draws_none(store: Store) -> None:
    with pytest.raises(ValueError, match="no projection"):
        _ = Job(store, selection({}), DEFAULT_BASE, "actor-actor").sheet
