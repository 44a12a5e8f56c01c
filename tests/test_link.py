"""What is taken for one and what is not: the linker's rules, on sheets of invented news."""

from collections.abc import Sequence

import pytest

from kg.link import Linked, links
from kg.link.facts import read
from tests.sheet import Graph, Sheet

Named = tuple[str, str, dict[str, object]]
Actors = Sequence[Named]


def clusters(found: Sequence[Sequence[str]]) -> list[int]:
    """How many members each cluster has, largest first."""
    return sorted((len(members) for members in found), reverse=True)


def sheet_of(name: str, kind: str, options: dict[str, object], number: int) -> Graph:
    sheet = Sheet(f"{name} was there. Text {number}.", published=f"2021-05-{number + 1:02}")
    sheet.actor(name, kind, **options)  # type: ignore[arg-type]
    return sheet.graph()


def link_actors(*actors: Named) -> Linked:
    return links([sheet_of(*actor, number) for number, actor in enumerate(actors)])


ORG, PERSON, STATE, GROUP = "Organization", "Person", "State", "Group"

ONE_ACTOR: list[tuple[str, Actors, float]] = [
    ("same name", [("Ada Lorne", PERSON, {}), ("Ada Lorne", PERSON, {})], 0.9),
    (
        "same name and country",
        [("Ada Lorne", PERSON, {"country": "NO"}), ("Ada Lorne", PERSON, {"country": "NO"})],
        0.95,
    ),
    ("case and accents", [("Zoë Łem", PERSON, {}), ("ZOE LEM", PERSON, {})], 0.9),
    ("dots of an acronym", [("U.L.F.", ORG, {}), ("ULF", ORG, {})], 0.9),
    (
        "an alias",
        [("Union of Lakes", ORG, {"aliases": ("UL",)}), ("UL", ORG, {})],
        0.85,
    ),
    (
        "a state by its country",
        [("Norway", STATE, {"country": "NO"}), ("Oslo", STATE, {"country": "NO"})],
        0.98,
    ),
    (
        "a described side of a country",
        [
            ("Marovian soldiers", GROUP, {"named": False, "country": "NO"}),
            ("the Marovian soldiers", GROUP, {"named": False, "country": "NO"}),
        ],
        0.7,
    ),
    (
        "an outside identifier",
        [
            ("Ada Lorne", PERSON, {"same_as": ("http://id.example/1",)}),
            ("Lorne", PERSON, {"same_as": ("http://id.example/1",)}),
        ],
        0.99,
    ),
    (
        "a common institution of one country",
        [
            ("Ministry of Defence", ORG, {"country": "NO"}),
            ("Ministry of Defence", ORG, {"country": "NO"}),
        ],
        0.95,
    ),
]

TWO_ACTORS: list[tuple[str, Actors]] = [
    ("another kind", [("Orm", ORG, {}), ("Orm", STATE, {})]),
    ("only a surname", [("Ada Lorne", PERSON, {"aliases": ("Lorne",)}), ("Lorne", PERSON, {})]),
    ("a surname twice", [("Lorne", PERSON, {}), ("Lorne", PERSON, {})]),
    (
        "a shared surname as alias",
        [
            ("Ada Lorne", PERSON, {"aliases": ("Lorne",)}),
            ("Ivo Lorne", PERSON, {"aliases": ("Lorne",)}),
        ],
    ),
    (
        "contradicting countries",
        [("Ada Lorne", PERSON, {"country": "NO"}), ("Ada Lorne", PERSON, {"country": "SE"})],
    ),
    (
        "anonymous people",
        [("two officials", GROUP, {"named": False}), ("two officials", GROUP, {"named": False})],
    ),
    (
        "anonymous people of a country",
        [
            ("two Marovian officials", GROUP, {"named": False, "country": "NO"}),
            ("two Marovian officials", GROUP, {"named": False, "country": "NO"}),
        ],
    ),
    (
        "a witness",
        [
            ("a witness", PERSON, {"named": False, "country": "NO"}),
            ("a witness", PERSON, {"named": False, "country": "NO"}),
        ],
    ),
    (
        "a side without a country",
        [
            ("rebel fighters", GROUP, {"named": False}),
            ("rebel fighters", GROUP, {"named": False}),
        ],
    ),
    (
        "a common institution of no known country",
        [("Ministry of Defence", ORG, {}), ("Ministry of Defence", ORG, {"country": "NO"})],
    ),
]


@pytest.mark.parametrize(("actors", "score"), [case[1:] for case in ONE_ACTOR])
def test_actors_taken_for_one(actors: Actors, score: float) -> None:
    found = link_actors(*actors)
    assert clusters(found.actors) == [2]
    assert [link.score for link in found.links] == [score]


@pytest.mark.parametrize("actors", [case[1] for case in TWO_ACTORS], ids=[c[0] for c in TWO_ACTORS])
def test_actors_kept_apart(actors: Actors) -> None:
    found = link_actors(*actors)
    assert clusters(found.actors) == [1, 1]
    assert not found.links


def test_an_actor_of_unknown_country_joins_only_where_one_country_has_the_name() -> None:
    nobody: Named = ("Ada Lorne", PERSON, {})
    north: Named = ("Ada Lorne", PERSON, {"country": "NO"})
    south: Named = ("Ada Lorne", PERSON, {"country": "SE"})
    assert clusters(link_actors(nobody, north).actors) == [2]
    assert clusters(link_actors(nobody, north, south).actors) == [1, 1, 1]
    assert clusters(link_actors(nobody, nobody, north, north, south).actors) == [2, 2, 1]


def test_the_earliest_published_member_stands_for_a_cluster_and_links_lead_to_it() -> None:
    graphs = [sheet_of("Ada Lorne", PERSON, {}, number) for number in (7, 3, 5)]
    found = links(graphs)
    [members] = found.actors
    earliest = read(*graphs[1]).actors[0].iri
    assert members[0] == earliest
    assert {link.object for link in found.links} == {earliest[1:-1]}
    assert {f"<{link.subject}>" for link in found.links} == set(members[1:])


def test_a_link_through_an_alias_leads_from_the_member_that_matches() -> None:
    found = link_actors(
        ("Union of Lakes", ORG, {}),
        ("Lake Union", ORG, {"aliases": ("Union of Lakes", "LU")}),
        ("LU", ORG, {}),
    )
    [members] = found.actors
    steps = {(f"<{link.subject}>", f"<{link.object}>") for link in found.links}
    assert steps == {(members[1], members[0]), (members[2], members[1])}


# Places


def link_places(*places: dict[str, object]) -> list[int]:
    graphs = []
    for number, options in enumerate(places):
        sheet = Sheet(f"Near Lorik. Text {number}.")
        sheet.place("Lorik", **options)  # type: ignore[arg-type]
        graphs.append(sheet.graph())
    return clusters(links(graphs).places)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ({"geonames": 7, "name": "Lorik"}, {"geonames": 7, "name": "Lorík"}, [2]),
        ({"geonames": 7, "name": "Lorik"}, {"geonames": 8, "name": "Lorik"}, [1, 1]),
        ({"name": "Lorik", "country": "NO"}, {"name": "lorik", "country": "NO"}, [2]),
        ({"name": "Lorik", "country": "NO"}, {"name": "Lorik", "country": "SE"}, [1, 1]),
        ({"name": "Lorik", "country": "NO"}, {"name": "Lorik"}, [1, 1]),
        ({"name": "Lorik"}, {"name": "Lorik", "precision": "region"}, [1, 1]),
        ({"geonames": 7}, {"geonames": 7, "precision": "vague"}, [1, 1]),
        ({"precision": "vague"}, {"precision": "vague"}, [1, 1]),
    ],
)
def test_places(one: dict[str, object], other: dict[str, object], expected: list[int]) -> None:
    assert link_places(one, other) == expected


# Quotations

QUOTE = "We have counted every boat that left this harbour"


def saying(words: str, speaker: str | None, *, quoted: bool = True, act: str = "say") -> Graph:
    who = speaker or "Somebody"
    text = f"“{words},” {who} said of it."
    sheet = Sheet(text)
    key = sheet.actor(who) if speaker else None
    sheet.statement(text, "said", words, act, speaker=key, quoted=quoted)
    return sheet.graph()


def quotation_links(*graphs: Graph) -> list[float]:
    return [link.score for link in links(graphs).links if "/statement/" in link.subject]


def test_the_same_quotation_of_the_same_speaker_is_linked() -> None:
    other = QUOTE.replace("harbour", "HARBOUR").replace(" every", "\u00a0every")
    assert quotation_links(saying(QUOTE, "Ada Lorne"), saying(other, "Ada Lorne")) == [0.95]


def test_a_quotation_with_one_unknown_speaker_is_linked() -> None:
    assert quotation_links(saying(QUOTE, "Ada Lorne"), saying(QUOTE + " ", None)) == [0.8]


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (saying(QUOTE, "Ada Lorne"), saying(QUOTE, "Ivo Kern")),
        (
            saying("We have counted every boat", "Ada Lorne"),
            saying("We have counted every boat", "Ada Lorne"),
        ),
        (saying(QUOTE, "Ada Lorne"), saying(QUOTE + " today", "Ada Lorne")),
        (saying(QUOTE, "Ada Lorne"), saying(QUOTE, "Ada Lorne", quoted=False)),
        (
            saying(QUOTE, "Ada Lorne", quoted=False, act="say"),
            saying(QUOTE + " ", "Ada Lorne", quoted=False, act="warn"),
        ),
    ],
    ids=["another speaker", "five words", "other words", "not a quotation", "another act"],
)
def test_what_is_not_the_same_quotation(one: Graph, other: Graph) -> None:
    assert quotation_links(one, other) == []


def test_statements_are_linked_but_never_merged() -> None:
    found = links([saying(QUOTE, "Ada Lorne"), saying(QUOTE + " ", "Ada Lorne")])
    assert not any("/statement/" in member for group in found.events for member in group)
