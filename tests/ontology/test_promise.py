"""Whatever an extractor finds, the article's graph and the view of several meet the shapes."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.iri import DEFAULT_BASE
from kg.model import Article, Extraction
from kg.rdf import article_graph
from kg.view import build
from tests.ontology.findings import articles
from tests.ontology.validate import conforms


@settings(max_examples=15, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(articles(), min_size=1, max_size=2))
def test_any_findings_make_conforming_graphs(pairs: list[tuple[Article, Extraction]]) -> None:
    graphs = [article_graph(DEFAULT_BASE, article, found) for article, found in pairs]
    for _, triples in graphs:
        assert conforms(triples) == []
    assert conforms(build(DEFAULT_BASE, graphs)) == []
