"""What the shipped pipeline reaches on the gold data may not sink below the floors.

The figures of today stand in ``docs/quality.md``; ``floors.json`` is a little under them, so that
an honest change of one finding passes and a lost rule does not.
"""

import json
from pathlib import Path
from typing import Any

import pytest

from scripts.evaluation.measure import Measurer
from scripts.evaluation.reading import Reader
from scripts.evaluation.sets import SETS, GoldSet

GOLD = Path(__file__).parents[3] / "shared" / "gold"
FLOORS: dict[str, dict[str, dict[str, float]]] = json.loads(
    Path(__file__).with_name("floors.json").read_text("utf-8")
)

Json = dict[str, Any]


def key(one: GoldSet) -> str:
    return f"{one.task}: {one.name}"


def cases() -> list[Any]:
    return [
        pytest.param(one, id=key(one), marks=[pytest.mark.slow] if one.slow else [])
        for one in SETS
        if key(one) in FLOORS
    ]


@pytest.fixture(scope="module")
def measurer() -> Measurer:
    if not (GOLD / "score.py").is_file():
        pytest.skip(f"no {GOLD / 'score.py'}: the gold data and its scorer are at hand elsewhere")
    return Measurer(GOLD, Reader())


@pytest.mark.parametrize("one", cases())
def test_no_figure_sinks_below_its_floor(one: GoldSet, measurer: Measurer) -> None:
    found = measurer.measure(one)
    low = [
        f"{metric} {side}: {_figure(found[metric], side):.3f}, floor {floor}"
        for metric, sides in FLOORS[key(one)].items()
        for side, floor in sides.items()
        if _figure(found[metric], side) < floor
    ]
    assert not low
    broken = [row["id"] for row in measurer.predicted(one) if "failed" in row]
    assert not broken


def _figure(metric: Json | float, side: str) -> float:
    return float(metric[side] if isinstance(metric, dict) else metric)


def test_every_metric_of_the_product_has_a_floor() -> None:
    named = {(name, metric) for name, metrics in FLOORS.items() for metric in metrics}
    assert named == {
        (key(one), metric.key) for one in SETS if one.product for metric in one.metrics
    }
