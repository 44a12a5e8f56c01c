"""The shapes: what they let through and what they report."""

import pytest
from rdflib.namespace import RDF, SH
from rdflib.term import URIRef

from kg.iri import DEFAULT_BASE
from kg.view import build
from tests.ontology.validate import SHAPE, breaches, conforms, ontology
from tests.ontology.violations import Violation, base, changed, violations
from tests.scenes import scene_graphs

GROUPING = {"statement", "told", "report"}
"""Node shapes that only hold others and have nothing of their own to break."""


def test_the_base_conforms() -> None:
    assert conforms(base()) == []


@pytest.mark.parametrize("change", violations(), ids=lambda change: change.shape)
def test_each_shape_reports_what_breaks_it(change: Violation) -> None:
    found = breaches(changed(change))
    assert {one.shape for one in found} == {change.shape, *change.also}
    words = str(ontology("shapes.ttl").value(SHAPE[change.shape], SH.message))
    assert words in {one.message for one in found}


def test_every_shape_has_a_violating_example() -> None:
    shapes = ontology("shapes.ttl")
    named = {str(s) for s in shapes.subjects(SH.message) if isinstance(s, URIRef)}
    named |= {str(s) for s in shapes.subjects(RDF.type, SH.NodeShape) if isinstance(s, URIRef)}
    names = {name.removeprefix(str(SHAPE)) for name in named}
    assert names - GROUPING == {change.shape for change in violations()}


def test_every_property_shape_belongs_to_a_node_shape_or_has_a_target() -> None:
    shapes = ontology("shapes.ttl")
    used = set(shapes.objects(None, SH.property))
    aimed = set(shapes.subjects(SH.targetSubjectsOf)) | set(shapes.subjects(SH.targetObjectsOf))
    aimed |= set(shapes.subjects(SH.targetClass))
    named = {s for s in shapes.subjects(SH.message) if isinstance(s, URIRef)}
    assert named <= used | aimed
    assert used <= set(shapes.subjects(SH.path))


def test_the_scene_conforms_article_by_article_and_as_a_view() -> None:
    graphs = scene_graphs()
    for _, triples in graphs:
        assert conforms(triples) == []
    assert conforms(build(DEFAULT_BASE, graphs)) == []
