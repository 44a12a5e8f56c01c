"""Figures of several sources as bars on one scale."""

from typing import Any

from api.tolls import bars
from kg.records.figures import Count


def count(**toll: int | None) -> Count:
    whole = {"min": None, "best": None, "max": None, "text": "", **toll}
    report: dict[str, Any] = {"killed": whole if toll else None, "injured": None}
    return Count(report, (), None)


def test_figures_lie_on_one_scale_and_an_open_one_reaches_to_the_end() -> None:
    least, best, between, none = (
        bar
        for _, bar in bars([count(min=12), count(best=24), count(min=6, best=12, max=24), count()])
    )
    assert least
    assert best
    assert between
    assert none is None
    assert least.open
    assert least.x == least.at == between.at
    assert least.x + least.width > best.at
    assert (best.width, best.open) == (0, False)
    assert between.x < between.at < between.x + between.width == best.at


def test_one_figure_alone_has_no_bar() -> None:
    assert bars([count(min=12)])[0][1] is None
    assert bars([]) == []
