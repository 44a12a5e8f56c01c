"""What statements and reports of one article are about."""

import pytest

from kg.model import EventReport, Extraction, Statement
from tests.extract.conftest import Read


def words(text: str, one: Statement | EventReport) -> str:
    return one.cue.of(text)


def about(text: str, extraction: Extraction) -> list[str]:
    """``cue -> cue`` for every link, in the order of the text."""
    findings: list[Statement | EventReport] = [*extraction.statements, *extraction.reports]
    by_key = {one.key: one for one in findings}
    return [
        f"{words(text, one)} -> {words(text, by_key[key])}" for one in findings for key in one.about
    ]


@pytest.mark.parametrize(
    ("text", "links"),
    [
        ("Ada Lane said the army had shelled Kabul.", ["said -> shelled"]),
        ("Ada Lane said that Ned Holt had denied the claim.", ["said -> denied"]),
        (
            "Ada Lane said that Ned Holt had denied shelling Kabul.",
            ["said -> denied", "denied -> shelling"],
        ),
        (
            "Ada Lane called for an inquiry into the killing of Ned Holt.",
            ["called -> inquiry", "inquiry -> killing"],
        ),
        (
            "Prosecutors opened an investigation into the shelling of Kabul.",
            ["investigation -> shelling"],
        ),
        (
            "The army said it had taken the town of Kilis, a claim the rebels denied.",
            ["said -> taken", "denied -> taken", "denied -> said"],
        ),
        (
            "Ada Lane accused the army of shelling Kabul. It denied the charge.",
            ["accused -> shelling"],
        ),
        (
            "Ada Lane urged the army to release the hostages, who were seized in March.",
            ["urged -> release"],
        ),
        ('"We condemn the attack on Kabul," Ada Lane said.', ["said -> attack"]),
        ("Ada Lane met Ned Holt. She said the bridge was gone.", []),
        ("The bridge is gone, Ada Lane said.", []),
    ],
)
def test_findings_lead_to_what_they_are_about(text: str, links: list[str], read: Read) -> None:
    assert about(text, read(text).extraction) == links


def test_an_event_belongs_to_the_innermost_statement_that_tells_it(read: Read) -> None:
    text = "Ada Lane said that Ned Holt had warned that rebels would attack Kabul."
    extraction = read(text).extraction
    assert about(text, extraction) == ["said -> warned", "warned -> attack"]
