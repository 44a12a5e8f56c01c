"""Every construction the rules read, from tables of sentences and what each tells.

A table in ``tables/`` holds blocks parted by an empty line: the text on one line (``\\n`` is a
line break), then what it tells, statements after ``S`` and reports after ``R``, as ``told.py``
puts them in words. A bare ``S`` or ``R`` says that there is none; without any line of a kind,
that kind is not looked at. ``#`` opens a comment, ``!`` the reason why it is not read yet.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from _pytest.mark import ParameterSet

from tests.extract.conftest import Read

TABLES = Path(__file__).parent / "tables"


@dataclass(frozen=True)
class Case:
    table: str
    text: str
    wanted: tuple[str, ...]
    limit: str | None


def cases() -> Iterator[Case]:
    for path in sorted(TABLES.glob("*.txt")):
        for block in path.read_text(encoding="utf-8").split("\n\n"):
            lines = [line for line in block.strip().split("\n") if not line.startswith("#")]
            limit = next((line[2:] for line in lines if line.startswith("!")), None)
            text, *wanted = [line for line in lines if not line.startswith("!")] or [""]
            if text:
                yield Case(path.stem, text.replace("\\n", "\n"), tuple(wanted), limit)


CASES = list(cases())


def parameters() -> Iterator[ParameterSet]:
    for case in CASES:
        marks = [pytest.mark.xfail(reason=case.limit, strict=True)] if case.limit else []
        yield pytest.param(case, id=f"{case.table}: {case.text[:50]}", marks=marks)


@pytest.mark.parametrize("case", list(parameters()))
def test_text_tells(case: Case, read: Read) -> None:
    told = read(case.text)
    lines = [f"S {said}" for said in told.statements()] + [f"R {one}" for one in told.reports()]
    kinds = {line[0] for line in case.wanted}
    found = [line for line in lines if line[0] in kinds]
    assert found == [line for line in case.wanted if len(line) > 1]


def test_tables_are_well_formed() -> None:
    texts = [case.text for case in CASES]
    assert len(texts) == len(set(texts)), "a text stands twice"
    bad = [case for case in CASES if not case.wanted or not all(w[:1] in "SR" for w in case.wanted)]
    assert not bad
