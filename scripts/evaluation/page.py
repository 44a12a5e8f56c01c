"""The table of figures in ``docs/quality.md``, between two marks; the prose around it stays."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from kg.errors import BadInput
from scripts.evaluation.sets import GoldSet, Metric

Json = dict[str, Any]

TASKS: Final = {
    "attribution": "who says what",
    "dates": "dates",
    "event-coding": "events coded",
    "event-coding-unit": "grammar of coding",
    "entities": "actors and places",
    "geoparse": "places on the map",
    "events": "violent events",
}
HEAD: Final = (
    "| what | set | metric | F1 | precision | recall | gold items | known elsewhere |\n"
    "|---|---|---|---|---|---|---|---|\n"
)


def table(measured: Iterable[tuple[GoldSet, Json]], half: str) -> str:
    """The figures as a table of Markdown."""
    rows = [_row(one, metric, half, found) for one, found in measured for metric in one.metrics]
    return HEAD + "".join(rows)


def _row(one: GoldSet, metric: Metric, half: str, found: Json) -> str:
    value = found[metric.key]
    if isinstance(value, dict):
        cells = [f"{value[key]:.3f}" for key in ("f1", "p", "r")] + [str(value["gold"])]
    else:
        cells = [f"{value:.3f} (share)", "", "", str(found["resolved"])]
    known = metric.peer or "–"
    return (
        f"| {' | '.join([TASKS[one.task], f'{one.name}, {half}', metric.name, *cells, known])} |\n"
    )


def replaced(page: Path, mark: str, words: str) -> str:
    """The page with what stands between ``<!-- mark -->`` and ``<!-- end mark -->`` replaced."""
    text = page.read_text("utf-8")
    opening, closing = f"<!-- {mark} -->\n", f"<!-- end {mark} -->"
    before, found, rest = text.partition(opening)
    _, ended, after = rest.partition(closing)
    if not found or not ended:
        raise BadInput(f"{page} has no {opening.strip()} … {closing}; put the two lines there")
    return f"{before}{opening}\n{words}\n{closing}{after}"
