#!/usr/bin/env python
"""Run the shipped pipeline on gold data, write predictions, and score them.

    python scripts/evaluate.py TASK GOLD.jsonl --out PRED.jsonl

writes predictions in the schema of the ``score.py`` that stands in the gold folder, and
prints its metrics if it is there.
"""

import argparse
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # so that it runs as a file and in a checkout that is not installed

from rich.progress import track  # noqa: E402

from kg.errors import KgError  # noqa: E402
from scripts.evaluation import attribution, coding_records, dates, gold  # noqa: E402
from scripts.evaluation.reading import Reader  # noqa: E402

Json = dict[str, Any]
Predict = Callable[[Json, Reader], Json]

TASKS: Final[dict[str, Predict]] = {
    "attribution": attribution.predict,
    "dates": dates.predict,
    "event-coding": coding_records.predict,
    "event-coding-unit": coding_records.predict,
}


def main() -> int:
    """Predict, write, score; 2 with a message where that cannot be."""
    options = _options()
    reader = Reader(options.cache)
    try:
        rows = [row for row in gold.records(options.gold) if _wanted(row, options.source)]
        gold.write(options.out, predictions(options.task, rows, reader))
    except KgError as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2
    return 0


def predictions(task: str, rows: Iterable[Json], reader: Reader) -> Iterator[Json]:
    """A prediction for every record, in order, with a bar on standard error."""
    for row in track(list(rows), description=task):
        yield {"id": row["id"], **TASKS[task](row, reader)}


def _wanted(row: Json, prefixes: list[str]) -> bool:
    return not prefixes or str(row.get("source", "")).startswith(tuple(prefixes))


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--source", action="append", default=[], help="keep these sources only")
    parser.add_argument("--cache", type=Path, help="keep parsed texts in this folder")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
