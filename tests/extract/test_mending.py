"""Slips of the parser that word order settles."""

import pytest

import kg.analyse
from kg.extract.extractor import RuleExtractor
from kg.model import Article

EXTRACTOR = RuleExtractor(kg.analyse.load())


def told(text: str) -> list[tuple[str, str, str]]:
    """(speaker, act, content) of every statement."""
    found = EXTRACTOR.extract(Article(text))
    labels = {actor.key: actor.label for actor in found.actors}
    return [
        (
            labels[one.speaker.ref] if one.speaker else "",
            one.act,
            " … ".join(span.of(text) for span in one.content),
        )
        for one in found.statements
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Three shells struck a market in Lorn on Tuesday, the city's mayor, Ilka Tarn, said.",
            ("Ilka Tarn", "say", "Three shells struck a market in Lorn on Tuesday"),
        ),
        (
            "Six died when shells struck a market in Lorn, the city's mayor, Ilka Tarn, said.",
            ("Ilka Tarn", "say", "Six died when shells struck a market in Lorn"),
        ),
        (
            "Orm refused to sign a joint paper, a diplomat who asked not to be named said.",
            ("diplomat", "say", "Orm refused to sign a joint paper"),
        ),
        (
            "The relief agency, a clinic, says nearly 12,000 people have fled the valley.",
            ("relief agency", "say", "nearly 12,000 people have fled the valley"),
        ),
    ],
)
def test_the_last_words_are_the_speaker(text: str, expected: tuple[str, str, str]) -> None:
    assert expected in told(text)


def test_a_person_is_no_longer_than_the_name() -> None:
    text = "Foreign ministers Anna Koss of Kesh and Joren Vik of Marland met in Geneva on Monday."
    found = EXTRACTOR.extract(Article(text))
    assert {actor.name for actor in found.actors if actor.kind == "Person"} == {
        "Anna Koss",
        "Joren Vik",
    }
    (meeting,) = found.reports
    assert len(meeting.actors) == 2
