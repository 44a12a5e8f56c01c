"""What is expected of each case, and the table that says so in ``docs/sparql.md``."""

import tomllib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from scripts.w3c.suites import Case

EXPECTED: Final = Path(__file__).resolve().parents[2] / "tests" / "conformance" / "expected.toml"
MARK: Final = "conformance"
_HEAD: Final = "| suite | tests | passed | expected failures |\n|---|---|---|---|\n"
_NOT_CLAIMED: Final = "SPARQL 1.2"
"""Shown, not claimed: it is no recommendation yet."""


def causes(path: Path = EXPECTED) -> dict[str, str]:
    """The cases that are expected to fail, by their ids, each with its cause."""
    found = tomllib.loads(path.read_text(encoding="utf-8"))["failure"]
    listed = [(name, one["cause"]) for one in found for name in one["tests"]]
    twice = [name for name, times in Counter(name for name, _ in listed).items() if times > 1]
    if twice:
        raise ValueError(f"{path} has {', '.join(twice)} more than once")
    return dict(listed)


def table(cases: Sequence[Case], expected: Mapping[str, str]) -> str:
    """The suites with their tests, and the causes of what fails, in Markdown."""
    total = Counter(case.suite for case in cases)
    failing = Counter(case.suite for case in cases if case.id in expected)
    rows = [
        f"| {suite}{' (for information)' if suite.startswith(_NOT_CLAIMED) else ''} "
        f"| {total[suite]} | {total[suite] - failing[suite]} | {failing[suite] or ''} |\n"
        for suite in sorted(total)
    ]
    return f"{_HEAD}{''.join(rows)}\n{''.join(_causes(cases, expected))}"


def _causes(cases: Iterable[Case], expected: Mapping[str, str]) -> Iterable[str]:
    """Each cause with the tests that fail by it, in the order of the file."""
    there = {case.id for case in cases}
    for cause in dict.fromkeys(expected.values()):
        names = [f"`{name}`" for name, why in expected.items() if why == cause and name in there]
        if names:
            yield f"- {cause} ({', '.join(names)})\n"
