"""The word lists: each says what it holds and where it comes from, and holds nothing twice."""

from pathlib import Path

import pytest

from kg.analyse.tables import LISTS
from kg.extract import lexicon

FILES = sorted((*lexicon.DATA.glob("*.tsv"), *LISTS.glob("*.tsv")))
ARMED = {"gunman", "gunmen", "attacker", "attackers", "hitman", "hitmen", "hit squad", "bomber"}


def lines(path: Path) -> list[str]:
    return path.read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_list_names_its_source(path: Path) -> None:
    head = [line for line in lines(path) if line.startswith("#")]
    assert lines(path)[0] in head
    assert sum("Source:" in line for line in head) == 1


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_a_list_holds_nothing_twice(path: Path) -> None:
    _, *rows = [line for line in lines(path) if line and not line.startswith("#")]
    assert len(rows) == len(set(rows))


@pytest.mark.parametrize(
    ("name", "by"),
    [("verbs.tsv", (1, 0)), ("triggers.tsv", (0, 1)), ("things.tsv", (0, 1))],
)
def test_a_list_that_grows_is_sorted(name: str, by: tuple[int, int]) -> None:
    """So that two who add to it seldom touch one line; verbs stand by role, then by word."""
    _, *rows = [line for line in lines(lexicon.DATA / name) if line and not line.startswith("#")]
    assert rows == sorted(rows, key=lambda row: [row.split("\t")[cell] for cell in by])


def test_one_word_and_its_plural_are_of_one_sector() -> None:
    assert {lexicon.nouns()[noun].sector for noun in ARMED} == {"UAF"}


def test_things_are_of_their_kind() -> None:
    assert {"fishery", "mill", "school"} <= lexicon.sites()
    assert lexicon.sites().isdisjoint({"excavator", "truck", "boat", "cable"})
