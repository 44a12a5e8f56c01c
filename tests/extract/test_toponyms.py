"""Names of places: what stands beside them, and those inside other names."""

from functools import cache

import pytest

from kg.extract import toponyms
from kg.extract.extractor import RuleExtractor
from kg.extract.mending import mend
from kg.extract.tree import Tree
from kg.gazetteer import Toponym


@cache
def extractor() -> RuleExtractor:
    return RuleExtractor()


def tree(text: str) -> Tree:
    parsed = Tree(extractor().analyser.parse(text), text)
    mend(parsed)
    return parsed


def named(text: str) -> list[Toponym]:
    return [asked for _, asked in toponyms.places(tree(text))]


def others(text: str) -> list[tuple[str, str]]:
    """The words of places in other names, and what each is put in."""
    parsed = tree(text)
    found = toponyms.others(parsed, extractor().gazetteer, toponyms.places(parsed))
    return [(span.of(text), asked.within) for span, asked in found]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Troops left Paris, Texas.",
            [Toponym("Paris", within="Texas"), Toponym("Texas", holding="Paris")],
        ),
        (
            "Troops left Albany, Ga., on Monday.",
            [Toponym("Albany", within="Ga."), Toponym("Ga.", holding="Albany")],
        ),
        (
            "Troops left Moscow in Idaho.",
            [Toponym("Moscow", within="Idaho"), Toponym("Idaho", holding="Moscow")],
        ),
        ("Troops left the village of Victoria.", [Toponym("Victoria", title="village")]),
        (
            "Troops left the towns of Gao and Kidal.",
            [Toponym("Gao", title="town"), Toponym("Kidal", title="town")],
        ),
        ("Troops left Kherson city.", [Toponym("Kherson", title="city")]),
        ("Troops left the capital of Georgia.", [Toponym("Georgia")]),
        ("Troops left Kherson region.", [Toponym("Kherson", title="region")]),
        ("In Donetsk, Russia shelled a school.", [Toponym("Donetsk"), Toponym("Russia")]),
    ],
)
def test_what_stands_beside_a_name_is_read(text: str, expected: list[Toponym]) -> None:
    assert named(text) == expected


def test_a_list_before_a_plural_is_of_such_divisions() -> None:
    titles = {
        asked.name: asked.title for asked in named("Fires burnt in Kherson and Odesa regions.")
    }
    assert titles == {"Kherson": "region", "Odesa": "region"}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She teaches at the University of Manitoba.", [("Manitoba", "")]),
        ("The Kabul Police Department sent officers.", [("Kabul", "")]),
        ("KABUL, Afghanistan (AP) — The army left.", [("KABUL", "Afghanistan")]),
        ("The Chapman Foundation paid for it.", []),
        ("The World Bank paid for it.", []),
        ("Ada Paris, a nurse, left.", []),
    ],
)
def test_a_place_in_another_name_is_found_where_it_is_surely_one(
    text: str, expected: list[tuple[str, str]]
) -> None:
    assert others(text) == expected


def test_a_persons_name_is_no_place_where_nothing_is_told_to_be_there() -> None:
    text = "Ms Georgia Stevens led it. Today Georgia skates in Orm. Troops left from Georgia."
    parsed = tree(text)
    georgias = [name.start_char for name in parsed.names if name.text == "Georgia"]
    assert georgias == [33, 73]  # the analyser takes both for a place
    assert [name.start_char for name, _ in toponyms.places(parsed) if name.text == "Georgia"] == [
        73
    ]


def test_a_news_agency_is_no_place() -> None:
    parsed = tree("Troops left Wuhan, the Xinhua news agency said. Xinhua gave no number.")
    assert {name.text for name, _ in toponyms.places(parsed)} == {"Wuhan"}
