"""What an armed act hits that is no actor: bridges, buses, offices."""

import pytest

from tests.extract.conftest import Read

HIT = {
    "Rebels dynamited two bridges and a pylon on Monday.": ["two bridges", "pylon"],
    "Several homes near the market were badly damaged.": ["homes"],
    "An attack on a police station in Kilis was thwarted.": ["police station in Kilis"],
    "One car was destroyed by one of the explosions.": ["car"],
    "TWO BUSES WERE BURNED BY GUNMEN IN KARSA ON MONDAY.": ["TWO BUSES"],
    "The army attacked the village.": [],
    "The minister attacked the budget.": [],
    "No bridge was hit.": [],
}


@pytest.mark.parametrize(("text", "targets"), HIT.items())
def test_things_that_are_hit_are_named(text: str, targets: list[str], read: Read) -> None:
    found = [span.of(text) for one in read(text).extraction.reports for span in one.targets]
    assert found == targets


def test_what_is_destroyed_is_part_of_what_destroyed_it(read: Read) -> None:
    told = read("An explosion at a depot damaged three houses and killed a guard.")
    (one,) = told.extraction.reports
    assert [span.of(told.text) for span in one.targets] == ["depot", "three houses"]


DONE_BY = {
    "The attack was attributed to the Karsa Front.": ("alleged", ["Karsa Front"]),
    "A rebel attack killed three people.": ("asserted", ["rebel"]),
    "The rebels are responsible for the assassination of the mayor.": ("asserted", ["rebels"]),
    "The rebels denied responsibility for the attack on the bridge.": ("alleged", []),
    "Two men planted a bomb under a car.": ("asserted", ["Two men"]),
    "An attack on the police station was condemned.": ("asserted", []),
}


@pytest.mark.parametrize(("text", "told"), DONE_BY.items())
def test_who_did_it(text: str, told: tuple[str, list[str]], read: Read) -> None:
    found = read(text)
    (one,) = found.extraction.reports
    by = [mention.span.of(found.text) for mention in one.actors]
    assert (one.factuality, by) == told


def test_a_bomb_that_went_off_hit_what_it_went_off_at(read: Read) -> None:
    told = read("A lorry bomb exploded in front of the tax office.")
    (one,) = told.extraction.reports
    assert told.labels(one.recipients) == "tax office"


def test_those_told_of_again_are_the_same(read: Read) -> None:
    told = read("Gunmen abducted three farmers. The farmers were shot on Monday.")
    first, second = told.extraction.reports
    assert first.recipients[0].ref == second.recipients[0].ref


WORDS = {
    "On Friday, rebels shelled the town, the mayor said.": "On Friday, rebels shelled the town",
    '"The army" shelled the town.': '"The army" shelled the town',
    "The envoy condemned the attack on the town.": "the attack on the town",
}


@pytest.mark.parametrize(("text", "words"), WORDS.items())
def test_the_words_that_tell_it_are_whole(text: str, words: str, read: Read) -> None:
    found = read(text)
    assert [one.whole.of(found.text) for one in found.extraction.reports] == [words]
