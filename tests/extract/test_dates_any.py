"""Dates in any text: spans that are exact, no accident, and what is found on news."""

import json
import subprocess
import sys
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.edtf import date_range
from kg.extract.dates import find, parse_date, resolve_all
from kg.extract.dates_grammar import parts
from kg.model import DateRange
from tests.extract.test_dates import TUESDAY

WORDS = [
    *(
        "on",
        "in",
        "from",
        "to",
        "the",
        "between",
        "and",
        "early",
        "late",
        "mid-",
        "Monday,",
        "Friday",
    ),
    *("3", "14", "31", "October", "May", "Feb.", "2014", "2022", "1990s", "last", "next", "week"),
    *(
        "month",
        "year",
        "two",
        "days",
        "ago",
        "later",
        "same",
        "day",
        "yesterday",
        "will",
        "said",
        "-",
    ),
    *("2,000", "troops", "will", "summer", "of", "this", "earlier", "(", ")", ".", "’90s", "'s"),
]


TEXTS = st.lists(st.sampled_from(WORDS), max_size=14).map(" ".join)


DAYS = st.none() | st.dates(date(1990, 1, 1), date(2040, 1, 1))


@settings(max_examples=400)
@given(TEXTS, DAYS)
def test_spans_are_exact_sorted_and_apart_and_bounds_in_order(text: str, day: date | None) -> None:
    published = date_range(day.isoformat(), "") if day else None
    found = find(text, published)
    assert found == find(text, published)
    end = 0
    for one in found:
        assert one.span is not None
        assert end <= one.span.start < one.span.end <= len(text)
        assert one.span.of(text) == one.text
        assert (one.earliest is None) == (one.latest is None)
        assert one.earliest is None or one.latest is None or one.earliest <= one.latest
        end = one.span.end


@settings(max_examples=60)
@given(st.text(alphabet="0123456789-–/.,' \nOctoberMayJn'’ts", max_size=60))
def test_no_text_breaks_it(text: str) -> None:
    for one in find(text, TUESDAY):
        assert one.span is not None
        assert one.span.of(text) == one.text


@given(st.dates(date(1990, 1, 1), date(2040, 1, 1)), st.integers(1, 400))
def test_a_later_publication_never_gives_an_earlier_day(day: date, days: int) -> None:
    for text in ("They met on Friday.", "They met on 29 May.", "They met last month."):
        before, after = (
            find(text, date_range(at.isoformat(), ""))[0] for at in (day, day + timedelta(days))
        )
        assert before.earliest is not None
        assert after.earliest is not None
        assert before.earliest <= after.earliest


GOLD = Path(__file__).parents[3] / "shared" / "gold"


@pytest.mark.skipif(not GOLD.is_dir(), reason="the gold files are not part of the repository")
def test_quality_on_news_does_not_fall(tmp_path: Path) -> None:
    """TempEval value F1 on Wikinews; measured 0.89. Gold marks the ends of a range apart."""
    predictions = tmp_path / "predictions.jsonl"
    with (
        (GOLD / "dates" / "dev.jsonl").open(encoding="utf-8") as gold,
        predictions.open("w") as out,
    ):
        for record in map(json.loads, gold):
            text, published = record["text"], parse_date(record["anchor"])
            found = resolve_all(text, parts(text), published)
            row = {"id": record["id"], "dates": [_as_gold(one) for one in found]}
            print(json.dumps(row), file=out)
    command = [sys.executable, str(GOLD / "score.py"), "dates", str(GOLD / "dates" / "dev.jsonl")]
    scored = subprocess.run(
        [*command, str(predictions), "--source", "GUM/news"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert float(scored.stdout.split()[-1]) >= 0.87


def _as_gold(found: DateRange) -> dict[str, object]:
    assert found.span is not None
    span = {"start": found.span.start, "end": found.span.end}
    if found.earliest and found.latest and any(mark in found.edtf for mark in ("/", "X")):
        return {**span, "from": found.earliest.isoformat(), "to": found.latest.isoformat()}
    return {**span, "value": found.edtf.rstrip("?~")}
