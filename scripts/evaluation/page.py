"""The table of figures in ``docs/quality.md``, between two marks; the prose around it stays."""

from collections import Counter
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
    "event-coding-inferred": "(what inference would give)",
    "event-coding-unit": "grammar of coding",
    "entities": "actors and places",
    "geoparse": "places on the map",
    "events": "violent events",
}
SHOWN: Final = 3
"""Causes rarer than this are summed up."""
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


def cause_tables(counted: Iterable[tuple[GoldSet, Counter[str]]], half: str) -> str:
    """A table of causes for each set, the most frequent first."""
    return "\n".join(_causes(one, counts, half) for one, counts in counted)


def _causes(one: GoldSet, counts: Counter[str], half: str) -> str:
    ranked = sorted(_summed(counts).items(), key=lambda pair: (-pair[1], pair[0]))
    rows = [f"| {cause} | {n} |" for cause, n in ranked if n >= SHOWN]
    rest = sum(n for _, n in ranked if n < SHOWN)
    rows += [f"| others, each fewer than {SHOWN} times | {rest} |"] if rest else []
    head = f"| {TASKS[one.task]}: {one.name}, {half} | how many |\n|---|---|\n"
    return head + "\n".join(rows) + "\n"


def _summed(counts: Counter[str]) -> Counter[str]:
    """The causes, those that are rare without what stands in brackets ("cue not taken (mean)")."""
    found: Counter[str] = Counter()
    for cause, n in counts.items():
        found[cause if n >= SHOWN else cause.partition(" (")[0]] += n
    return found
