"""The W3C's SPARQL suites over HTTP, on ``kg serve`` with an empty store, all of it writable.

An expected failure stands in ``expected.toml`` with its cause; one that passes after all fails here
until its line goes. ``scripts/conformance.py`` runs the same without pytest.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from scripts.evaluation.page import replaced
from scripts.w3c.runner import Runner
from scripts.w3c.served import service
from scripts.w3c.suites import Case, cases
from scripts.w3c.table import MARK, causes, table

ROOT = Path(__file__).parents[2]
SUITES = ROOT.parent / "shared" / "w3c" / "sparql"
PAGE = ROOT / "docs" / "sparql.md"
CASES = cases(SUITES)
EXPECTED = causes()

there = pytest.mark.skipif(not CASES, reason=f"needs the W3C's suites at {SUITES}")


@pytest.fixture(scope="session")
def runner(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Runner]:
    with service(tmp_path_factory.mktemp("conformance")) as client:
        yield Runner(SUITES, client)


def marked(case: Case) -> object:
    cause = EXPECTED.get(case.id)
    marks = [pytest.mark.xfail(strict=True, reason=cause)] if cause else []
    return pytest.param(case, id=case.id, marks=marks)


@there
@pytest.mark.slow
@pytest.mark.parametrize("case", [marked(case) for case in CASES])
def test_the_service_does_what_the_specification_says(runner: Runner, case: Case) -> None:
    wrong = runner.failure(case)
    assert wrong is None, wrong


@there
def test_the_table_is_that_of_what_is_expected() -> None:
    written = replaced(PAGE, MARK, table(CASES, EXPECTED))
    assert written == PAGE.read_text("utf-8"), "run scripts/conformance.py --write"


@there
def test_every_failure_that_is_expected_is_one_of_a_case_there_is() -> None:
    assert EXPECTED.keys() <= {case.id for case in CASES}


@there
def test_enough_is_passed() -> None:
    """The reach: all of updates, syntax, protocol and graph store, nearly all of queries."""
    failing = {case.suite for case in CASES if case.id in EXPECTED}
    for suite in ("update evaluation", "query syntax", "update syntax", "protocol", "graph store"):
        assert not any(one.startswith(f"SPARQL 1.1 {suite}") for one in failing)
    asked = [
        case
        for case in CASES
        if case.id.startswith("sparql11/") and case.kind == "query evaluation"
        if "/service/" not in case.id
    ]
    assert len([case for case in asked if case.id not in EXPECTED]) >= 232
