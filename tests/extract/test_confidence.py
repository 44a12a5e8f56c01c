"""Confidence comes from a published table: the data, the documentation and the findings agree."""

from pathlib import Path

import pytest

from kg.extract.confidence import confidence
from kg.extract.lexicon import rows
from tests.extract.conftest import Read

DOCS = Path(__file__).parents[2] / "docs" / "model.md"


def test_the_documentation_shows_the_table() -> None:
    shown = [line for line in DOCS.read_text("utf-8").splitlines() if line.startswith("| ")]
    for row in rows("confidence.tsv"):
        value = row["value"].replace("-", "−")
        assert f"| {row['kind']} | {row['rule']} | {value} | {row['when']} |" in shown


@pytest.mark.parametrize("kind", ["statement", "report"])
def test_no_sum_leaves_the_unit_interval(kind: str) -> None:
    values = [float(row["value"]) for row in rows("confidence.tsv") if row["kind"] == kind]
    starts = [row for row in rows("confidence.tsv") if row["value"][0] not in "+-"]
    given = [float(row["value"]) for row in starts if row["kind"] == kind]
    assert max(given) + sum(v for v in values if v not in given and v > 0) <= 1
    assert min(given) + min(0, *values) > 0


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ('"The bridge is gone," Ada Lane said.', 0.95),
        ("Ada Lane said the bridge was gone.", 0.9),
        ("Ada Lane called for a truce.", 0.85),
        ("Two officials said the bridge was gone.", 0.85),
        ("Ada Lane is here. She said the bridge was gone.", 0.8),
        ("Ada Lane believes the bridge is gone.", 0.75),
        ("The rebels were accused of killing three farmers.", 0.6),
    ],
)
def test_statements_are_as_sure_as_the_table_says(text: str, found: float, read: Read) -> None:
    assert [said.confidence for said in read(text).extraction.statements] == [found]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Rebels attacked soldiers in Kabul on Monday.", 0.95),
        ("Rebels attacked a base in Kabul.", 0.8),
        ("An attack on soldiers was reported in Kabul.", 0.7),
        ("Talks between France and Chad began on Monday.", 0.85),
    ],
)
def test_reports_are_as_sure_as_the_table_says(text: str, found: float, read: Read) -> None:
    assert [report.confidence for report in read(text).extraction.reports] == [found]


def test_rules_add_up_exactly() -> None:
    assert confidence("statement", ["clause", "described"]) == 0.85
    assert confidence("report", ["verb", "parties", "dated"]) == 0.95
