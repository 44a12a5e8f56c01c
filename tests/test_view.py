"""The view: what all articles say together, whatever their order, and what it must not lose."""

import os
import random
import subprocess
import sys
from collections.abc import Iterator, Sequence

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from kg.iri import DEFAULT_BASE, key_of
from kg.model import Article, DateRange, Extraction, Toll
from kg.rdf import article_graph
from kg.terms import Triple, value
from kg.view import build
from kg.vocab import notation, term
from tests.ontology.findings import articles
from tests.scenes import scene_graphs
from tests.sheet import Graph, Sheet, on


def view(*graphs: Graph) -> list[Triple]:
    return build(DEFAULT_BASE, graphs)


def objects(triples: Sequence[Triple], subject: str, name: str) -> list[str]:
    return [o for s, p, o in triples if s == subject and p == term(name)]


def subjects(triples: Sequence[Triple], name: str, thing: str) -> list[str]:
    return [s for s, p, o in triples if p == term(name) and o == thing]


def instances(triples: Sequence[Triple], kind: str) -> list[str]:
    return subjects(triples, "rdf:type", term(kind))


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


# Events

DAY = on("2021-05-02")


def strike(
    number: int,
    *,
    factuality: str = "asserted",
    act: str | None = None,
    publisher: str | None = None,
    date: DateRange | None = DAY,
    killed: Toll | None = None,
    background: bool = False,
) -> Graph:
    """One report of the same strike, with at most one statement about it."""
    sheet = Sheet(
        f"Kesh hit Vale, and 12 people, 12 to 15, died. Kern spoke. Take {number}.",
        published=f"2021-05-{number + 3:02}",
        publisher=publisher,
    )
    kesh = sheet.actor("Kesh", "State", country="SE")
    kern = sheet.actor("Kern")
    vale = sheet.place("Vale", name="Vale", country="NO")
    hit = sheet.report(
        "Kesh hit Vale",
        "hit",
        factuality=factuality,
        actors=[kesh],
        place=vale,
        date=date,
        killed=killed,
        background=background,
    )
    if act:
        sheet.statement("Kern spoke", "spoke", "Kesh hit Vale", act, speaker=kern, about=(hit,))
    return sheet.graph()


def the_event(*graphs: Graph) -> dict[str, list[str]]:
    """The properties of the only event: bare codes, days and numbers."""
    found = view(*graphs)
    [node] = instances(found, "ck:Event")
    values: dict[str, list[str]] = {}
    for subject, predicate, thing in found:
        if subject in (node, f"{node[:-1]}#killed>"):
            name = predicate.strip("<>").rsplit("#", 1)[-1]
            text = notation(thing) if thing.startswith("<https://w3id") else value(thing)
            values.setdefault(name, []).append(text)
    return values


@pytest.mark.parametrize(
    ("expected", "tellings"),
    [
        ("single-source", [{}]),
        ("single-source", [{"publisher": "Wire"}, {"publisher": "The  WIRE"}]),
        ("corroborated", [{"publisher": "Wire"}, {"publisher": "Post"}]),
        ("corroborated", [{}, {}]),
        ("single-source", [{"factuality": "alleged"}, {"factuality": "alleged"}]),
        ("single-source", [{}, {"factuality": "alleged"}]),
        ("single-source", [{"factuality": "negated"}]),
        ("disputed", [{}, {"factuality": "negated"}]),
        ("disputed", [{"factuality": "alleged"}, {"factuality": "negated"}]),
        ("disputed", [{"act": "deny"}]),
        ("denied", [{"act": "deny", "factuality": "negated"}]),
        ("denied", [{"act": "deny", "factuality": "alleged"}]),
        ("disputed", [{"act": "deny", "factuality": "alleged"}, {"factuality": "alleged"}]),
        (
            "disputed",
            [
                {"act": "deny", "factuality": "alleged"},
                {"act": "accuse", "factuality": "alleged"},
            ],
        ),
        ("single-source", [{"act": "claim", "factuality": "alleged"}]),
    ],
)
def test_status(expected: str, tellings: list[dict[str, str]]) -> None:
    graphs = [strike(number, **options) for number, options in enumerate(tellings)]  # type: ignore[arg-type]
    assert the_event(*graphs)["status"] == [expected]


@pytest.mark.parametrize(
    ("given_", "expected"),
    [
        (["alleged", "asserted"], "asserted"),
        (["negated", "alleged"], "alleged"),
        (["planned", "negated"], "planned"),
        (["hypothetical", "requested"], "requested"),
    ],
)
def test_the_strongest_factuality_stands(given_: list[str], expected: str) -> None:
    graphs = [strike(number, factuality=code) for number, code in enumerate(given_)]
    assert the_event(*graphs)["factuality"] == [expected]


def test_the_common_part_of_the_dates_stands() -> None:
    weekend = on("2021-05-01", "2021-05-02")
    event = the_event(
        strike(0, date=weekend), strike(1), strike(2, date=on("2021-04-30", "2021-05-03"))
    )
    assert (event["earliest"], event["latest"]) == (["2021-05-02"], ["2021-05-02"])
    assert event["edtf"] == ["2021-05-02"]


def test_the_words_of_an_exact_date_stay() -> None:
    unsure = DateRange("2021-05-02?", DAY.earliest, DAY.latest, "Sunday")
    assert the_event(strike(0, date=unsure))["edtf"] == ["2021-05-02?"]
    partial = DateRange("XXXX-05-02", None, None, "May 2")
    event = the_event(strike(0, date=partial))
    assert event["edtf"] == ["XXXX-05-02"]
    assert "earliest" not in event
    assert the_event(strike(0, date=None), strike(1, date=partial))["edtf"] == ["XXXX-05-02"]
    since = DateRange("2021-05-02/..", DAY.earliest, None, "since May 2")
    assert the_event(strike(0, date=since))["earliest"] == ["2021-05-02"]
    assert "edtf" not in the_event(strike(0, date=None))


def test_background_only_where_all_say_so() -> None:
    assert the_event(strike(0, background=True))["background"] == ["true"]
    both = the_event(strike(0, background=True), strike(1, background=True))
    assert both["background"] == ["true"]
    assert "background" not in the_event(strike(0, background=True), strike(1))


@pytest.mark.parametrize(
    ("bounds", "expected"),
    [
        ([{"best": 12}], {"best": 12}),
        ([{"least": 12}], {"min": 12}),
        ([{"best": 12}, {"best": 12}], {"best": 12}),
        ([{"best": 12}, {"best": 15}], {"min": 12, "max": 15}),
        ([{"least": 12}, {"best": 15}], {"min": 12, "best": 15}),
        ([{"least": 15}, {"best": 12}], {"min": 12}),
        ([{"least": 12, "best": 13, "most": 15}], {"min": 12, "best": 13, "max": 15}),
        ([{"least": 12, "most": 15}, {"least": 10}], {"min": 10, "max": 15}),
        ([{"most": 9}, {"best": 12}], {"max": 12}),
        ([{"most": 9}, {"least": 12}], {}),
    ],
)
def test_tolls(bounds: list[dict[str, int]], expected: dict[str, int]) -> None:
    sheet = Sheet("12 people")
    graphs = [
        strike(number, killed=sheet.toll("12 people", **given_))
        for number, given_ in enumerate(bounds)
    ]
    event = the_event(*graphs)
    assert {
        name: int(event[name][0]) for name in ("min", "best", "max") if name in event
    } == expected


def test_an_event_is_not_about_itself() -> None:
    sheet = Sheet("Kesh hit Vale. Again: Kesh hit the town.")
    kesh = sheet.actor("Kesh", "State", country="SE")
    first = sheet.report("Kesh hit Vale", "hit", actors=[kesh], date=DAY)
    sheet.report("Kesh hit the town", "hit the", actors=[kesh], date=DAY, about=(first,))
    event = the_event(sheet.graph())
    assert len(event["report"]) == 2
    assert "about" not in event


def test_the_scene_reads_as_its_articles_do() -> None:
    found = view(*scene_graphs())
    rows = {
        value(objects(found, node, "rdfs:label")[0]).split(",")[0]: (
            notation(objects(found, node, "ck:eventType")[0]),
            value(objects(found, node, "ck:status")[0]),
            len(objects(found, node, "ck:report")),
        )
        for node in instances(found, "ck:Event")
    }
    assert rows == {
        "Keshi artillery shelled the market in Lorik on May 2": ("ASSAULT", "disputed", 2),
        "an independent investigation into the shelling of Lorik": ("ACCUSE", "single-source", 1),
        "it had opened an inquiry into the shelling": ("ACCUSE", "single-source", 1),
        "Foreign ministers Anto Reva of Vardania and Sula Deen of Kesh met in Geneva on May 4": (
            "CONSULT",
            "single-source",
            1,
        ),
    }
