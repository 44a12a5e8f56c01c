#!/usr/bin/env python
"""Put the W3C's SPARQL test suites to ``kg serve``, over HTTP.

    python scripts/conformance.py [--suites DIR] [--write] [PART ...]

Says of every case that does not do what ``tests/conformance/expected.toml`` says: fails, or passes
where a failure was expected. PART limits the cases to those whose id or suite has it; ``--write``
puts the table into ``docs/sparql.md``. Exit status: 0 all as expected, 1 not, 2 no suites there.
"""

import argparse
import sys
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Final

ROOT: Final = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))  # so that it runs as a file and in a checkout that is not installed

from scripts.evaluation.page import replaced  # noqa: E402
from scripts.w3c.runner import Runner  # noqa: E402
from scripts.w3c.served import service  # noqa: E402
from scripts.w3c.suites import Case, cases  # noqa: E402
from scripts.w3c.table import MARK, causes, table  # noqa: E402

PAGE: Final = ROOT / "docs" / "sparql.md"


def main() -> int:
    """Run the suites, and the exit status."""
    options = _options()
    every = cases(options.suites)
    if not every:
        print(f"conformance: there are no suites at {options.suites}", file=sys.stderr)
        return 2
    expected = causes()
    chosen = [one for one in every if _chosen(one, options.part)]
    surprises = _surprises(options.suites, chosen, expected)
    print(f"{len(chosen)} cases, {surprises} not as expected")
    if options.write and not surprises:
        PAGE.write_text(replaced(PAGE, MARK, table(every, expected)), encoding="utf-8")
    return int(surprises > 0)


def _surprises(folder: Path, chosen: Sequence[Case], expected: Mapping[str, str]) -> int:
    found = 0
    with tempfile.TemporaryDirectory() as store, service(Path(store)) as client:
        runner = Runner(folder, client)
        for case in chosen:
            wrong = runner.failure(case)
            if (wrong is None) == (case.id in expected):
                found += 1
                said = " ".join((wrong or "passes, and was expected to fail").split())
                print(f"{case.id}: {said}", flush=True)
    return found


def _chosen(case: Case, parts: Sequence[str]) -> bool:
    return not parts or any(part in case.id or part in case.suite for part in parts)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("part", nargs="*", help="part of the id or suite of the cases to run")
    suites = ROOT.parent / "shared" / "w3c" / "sparql"
    parser.add_argument("--suites", type=Path, default=suites, help=f"default {suites}")
    parser.add_argument("--write", action="store_true", help="write the table into docs/sparql.md")
    return parser.parse_args()


if __name__ == "__main__":
    sys.exit(main())
