"""The view: what all articles say together, whatever their order, and what it must not lose."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.iri import DEFAULT_BASE, key_of
from kg.model import Article, Extraction
from kg.rdf import article_graph
from kg.terms import Triple, value
from kg.view import build
from kg.vocab import term
from tests.ontology.findings import articles
from tests.scenes import scene_graphs
from tests.sheet import Graph, Sheet, instances, objects, on, subjects


def view(*graphs: Graph) -> list[Triple]:
    return build(DEFAULT_BASE, graphs)


def corpus() -> Iterator[Graph]:
    """Articles that share people, places, quotations and events in many ways."""
    yield from scene_graphs()
    for number, (country, day) in enumerate(
        [("NO", "2021-05-06"), ("SE", "2021-05-06"), (None, "2021-05-01"), ("NO", None)]
    ):
        sheet = Sheet(
            f"Ada Lorne of ULF (Union of Lakes Front) hit Vale on May 2. Take {number}.",
            published=day,
        )
        ada = sheet.actor("Ada Lorne", country=country)
        front = sheet.actor("Union of Lakes Front", "Organization", aliases=("ULF",))
        vale = sheet.place("Vale", name="Vale", country="NO")
        hit = sheet.report(
            "hit Vale on May 2",
            "hit",
            actors=(ada, front)[number % 2 :],
            place=(vale, None)[number // 2],
            date=on("2021-05-02") if number else None,
        )
        sheet.statement("ULF (Union of Lakes Front) hit Vale", "hit", "hit Vale", about=(hit,))
        yield sheet.graph()


CORPUS = list(corpus())
VIEW = view(*CORPUS)


@settings(deadline=None)
@given(st.permutations(CORPUS))
def test_any_order_of_articles_gives_the_same_view(graphs: list[Graph]) -> None:
    assert view(*graphs) == VIEW


@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(articles(), min_size=1, max_size=3), st.randoms(use_true_random=False))
def test_any_order_of_any_findings(
    pairs: list[tuple[Article, Extraction]], chance: random.Random
) -> None:
    graphs = dict(article_graph(DEFAULT_BASE, *pair) for pair in pairs)
    shuffled = list(graphs.items())
    chance.shuffle(shuffled)
    assert view(*shuffled) == view(*graphs.items())


@settings(deadline=None)
@given(st.lists(st.sampled_from(CORPUS), min_size=1, max_size=9))
def test_articles_given_again_change_nothing(more: list[Graph]) -> None:
    assert view(*more, *CORPUS) == VIEW


@settings(deadline=None)
@given(st.sets(st.integers(0, len(CORPUS) - 1)))
def test_without_some_articles_the_view_says_nothing_of_them(kept: set[int]) -> None:
    found = view(*(CORPUS[at] for at in kept))
    own = {subject for at in kept for subject, _, _ in CORPUS[at][1]}
    strange = {
        subject
        for at, (_, triples) in enumerate(CORPUS)
        if at not in kept
        for subject, _, _ in triples
    } - own
    assert not strange.intersection(term for triple in found for term in triple)
    said = [s for at in kept for s in instances(CORPUS[at][1], "ck:Statement")]
    assert set(instances(found, "ck:Statement")) == set(said)


def test_it_is_sorted_has_no_repeats_and_no_blank_nodes() -> None:
    assert sorted(set(VIEW)) == VIEW
    assert not [triple for triple in VIEW if any(term.startswith("_:") for term in triple)]


def test_it_is_the_same_from_triples_in_any_order_within_a_graph() -> None:
    assert view(*((iri, list(reversed(triples))) for iri, triples in CORPUS)) == VIEW


def test_the_seed_of_hashes_does_not_matter() -> None:
    code = (
        "from tests.test_view import CORPUS, view\nimport hashlib\n"
        "print(hashlib.sha256(repr(view(*CORPUS)).encode()).hexdigest())"
    )

    def run(seed: str) -> str:
        env = {**os.environ, "PYTHONHASHSEED": seed}
        command = [sys.executable, "-c", code]
        return subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout

    assert run("1") == run("2")


def test_nothing_is_no_view() -> None:
    assert view() == []


# What it holds


def test_statements_and_reports_keep_their_iris_and_evidence() -> None:
    for _, triples in CORPUS:
        for kind in ("ck:Statement", "ck:EventReport"):
            for node in instances(triples, kind):
                for name in ("ck:evidence", "ck:content", "ck:act", "rdfs:label", "ck:edtf"):
                    assert objects(VIEW, node, name) == objects(triples, node, name)
        evidence = {triple for triple in triples if "#char=" in triple[0]}
        assert evidence <= set(VIEW)


def test_statements_lead_to_canonical_actors_and_to_events() -> None:
    for said in instances(VIEW, "ck:Statement"):
        for name in ("ck:speaker", "ck:addressee", "ck:target"):
            assert set(objects(VIEW, said, name)) <= set(instances(VIEW, "ck:Actor"))
        assert set(objects(VIEW, said, "ck:about")) <= set(instances(VIEW, "ck:Event"))
    assert instances(VIEW, "ck:Statement")


def test_every_member_leads_to_one_canonical_thing_with_the_key_of_its_earliest() -> None:
    for _, triples in CORPUS:
        for kind, wanted in (
            ("ck:Actor", "ck:Actor"),
            ("ck:Place", "ck:Place"),
            ("ck:EventReport", "ck:Event"),
        ):
            for node in instances(triples, kind):
                [canonical] = objects(VIEW, node, "ck:canonical")
                assert canonical in instances(VIEW, wanted)
                keys = {key_of(value(s)) for s in subjects(VIEW, "ck:canonical", canonical)}
                assert key_of(value(canonical)) in keys


def test_members_are_united_under_the_earliest_label() -> None:
    late = Sheet("UL Front, or Lake Front.", published="2021-05-09")
    late.actor("Lake Front", "Organization", aliases=("UL Front", "The Lakers"), country="NO")
    early = Sheet("UL Front it is.", published="2021-05-01")
    early.actor("UL Front", "Organization")
    found = view(late.graph(), early.graph())
    [actor] = instances(found, "ck:Actor")
    assert actor.startswith(f"<{DEFAULT_BASE}actor/ul-front-")
    assert objects(found, actor, "rdfs:label") == ['"UL Front"']
    assert objects(found, actor, "skos:altLabel") == ['"Lake Front"', '"The Lakers"']
    assert objects(found, actor, "ck:country") == ['"NO"']
    assert len(objects(found, actor, "prov:wasDerivedFrom")) == 2
    assert len(objects(found, actor, "ck:evidence")) == 2


def test_a_place_keeps_one_geometry() -> None:
    graphs = []
    for number in range(2):
        sheet = Sheet(f"In Lorik. Take {number}.")
        sheet.place("Lorik", name="Lorik", geonames=7, point=(60.5, 5.25 + number))
        graphs.append(sheet.graph())
    found = view(*graphs)
    [place] = instances(found, "ck:Place")
    [shape] = objects(found, place, "geo:hasGeometry")
    assert shape == f"{place[:-1]}#geometry>"
    assert len(objects(found, shape, "geo:asWKT")) == 1
    assert [s for s, _, _ in found if s.endswith("#geometry>")] == [shape]


def test_memberships_lead_to_canonical_actors() -> None:
    for post in instances(VIEW, "org:Membership"):
        actors = objects(VIEW, post, "org:member") + objects(VIEW, post, "org:organization")
        assert actors
        assert set(actors) <= set(instances(VIEW, "ck:Actor"))
    assert instances(VIEW, "org:Membership")


def test_every_merge_is_a_link_between_members_of_one_cluster() -> None:
    merged = 0
    for link in instances(VIEW, "ck:Link"):
        [one], [other] = (objects(VIEW, link, name) for name in ("rdf:subject", "rdf:object"))
        assert one != other
        if "/statement/" not in one:
            merged += 1
            assert objects(VIEW, one, "ck:canonical") == objects(VIEW, other, "ck:canonical")
        assert objects(VIEW, link, "ck:judgement") == ['"same"']
        assert len(objects(VIEW, link, "ck:reason")) == 1
        assert objects(VIEW, link, "prov:wasAttributedTo") == [f"<{DEFAULT_BASE}linker>"]
    members = [s for s, p, _ in VIEW if p == term("ck:canonical")]
    canonical = {o for _, p, o in VIEW if p == term("ck:canonical")}
    assert merged == len(members) - len(canonical) > 0
