#!/usr/bin/env python
"""Run the shipped pipeline on gold data, write predictions, score them.

    python scripts/evaluate.py TASK GOLD.jsonl --out PRED.jsonl
    python scripts/evaluate.py --all [--gold DIR]

The first writes predictions in the schema of the gold folder's ``score.py``. The second measures
every set on its development half and writes the tables of ``docs/quality.md``. Exit status: 0 done,
1 the pipeline broke on a record (named on standard error, and empty), 2 nothing could be done.
"""

import argparse
import sys
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # so that it runs as a file and in a checkout that is not installed

from kg.errors import KgError  # noqa: E402
from scripts.evaluation import gold, page  # noqa: E402
from scripts.evaluation.measure import Measurer  # noqa: E402
from scripts.evaluation.reading import Reader  # noqa: E402
from scripts.evaluation.sets import SETS  # noqa: E402
from scripts.evaluation.tasks import TASKS, predictions  # noqa: E402

PAGE: Final = ROOT / "docs" / "quality.md"


def main() -> int:
    """Predict or measure, and the exit status."""
    options = _options()
    try:
        reader = Reader(options.cache)
        if options.all:
            return _measure_all(Measurer(options.gold, reader))
        return _predict(options, reader)
    except KgError as error:
        print(f"evaluate: {error}", file=sys.stderr)
        return 2


def _predict(options: argparse.Namespace, reader: Reader) -> int:
    rows = gold.records(options.records)
    kept = [row for row in rows if str(row.get("source", "")).startswith(tuple(options.source))]
    found = list(predictions(options.task, kept, reader))
    gold.write(options.out, found)
    return int(any("failed" in row for row in found))


def _measure_all(measurer: Measurer) -> int:
    measured = []
    for one in SETS:
        found = measurer.measure(one)
        measured.append((one, found))
        sys.stdout.write(page.table([(one, found)], measurer.half).removeprefix(page.HEAD))
        sys.stdout.flush()
    figures = page.table(measured, measurer.half)
    PAGE.write_text(page.replaced(PAGE, "figures", figures), encoding="utf-8")
    tables = page.cause_tables(
        [(one, measurer.causes(one)) for one in SETS if one.causes], measurer.half
    )
    PAGE.write_text(page.replaced(PAGE, "causes", tables), encoding="utf-8")
    return int(measurer.failed)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("task", choices=TASKS, nargs="?")
    parser.add_argument("records", type=Path, nargs="?", metavar="GOLD.jsonl")
    parser.add_argument("--out", type=Path, metavar="PRED.jsonl")
    parser.add_argument("--source", action="append", help="records of these sources only (prefix)")
    parser.add_argument("--all", action="store_true", help="measure every set, write the page")
    parser.add_argument("--gold", type=Path, default=ROOT.parent / "shared" / "gold", metavar="DIR")
    parser.add_argument(
        "--cache", type=Path, metavar="DIR", help="keep parsed texts in this folder"
    )
    options = parser.parse_args()
    options.source = options.source or [""]
    if not options.all and not (options.task and options.records and options.out):
        parser.error("name a TASK, a GOLD.jsonl and --out PRED.jsonl, or --all")
    return options


if __name__ == "__main__":
    sys.exit(main())
