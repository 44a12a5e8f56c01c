"""The log of changes: it only grows, is whole after a kill, and says each thing once."""

import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from kg.errors import StoreError
from kg.log import FILE, Change, Log, note, opened


def some(view: str, count: int = 3) -> list[Change]:
    return [Change("statement", f"http://x/statement/{view}-{n}", "created") for n in range(count)]


def test_what_is_noted_comes_back_in_order(tmp_path: Path) -> None:
    note(tmp_path, "a", some("a"))
    note(tmp_path, "b", [Change("event", "http://x/event/1", "withdrawn")])
    with opened(tmp_path) as log:
        found = log.entries(0, until=log.last(), limit=10)
        assert [one.seq for one in found] == [1, 2, 3, 4]
        assert [one.view for one in found] == ["a", "a", "a", "b"]
        assert found[3].change == "withdrawn"
        assert [one.time for one in found] == sorted(one.time for one in found)
        assert log.last_view() == "b"
        assert (log.last("a"), log.last("nonesuch")) == (3, 0)
        assert log.entries(2, until=3, limit=10) == found[2:3]
        assert log.entries(0, until=4, limit=2) == found[:2]


def test_a_view_is_noted_once(tmp_path: Path) -> None:
    for _ in range(3):
        note(tmp_path, "a", some("a"))
    with opened(tmp_path) as log:
        assert log.last() == 3
    note(None, "a", some("a"))


def test_a_moment_is_a_place_in_the_log(tmp_path: Path) -> None:
    start = datetime.now(UTC)
    note(tmp_path, "a", some("a"))
    time.sleep(0.01)
    middle = datetime.now(UTC)
    note(tmp_path, "b", some("b"))
    with opened(tmp_path) as log:
        assert log.before(start - timedelta(hours=1)) == 0
        assert log.before(middle) == 3
        assert log.before(datetime.now(UTC) + timedelta(hours=1)) == 6


def test_what_stands_is_what_was_not_withdrawn(tmp_path: Path) -> None:
    note(tmp_path, "a", some("a", 2))
    note(tmp_path, "b", [Change("statement", "http://x/statement/a-0", "withdrawn")])
    with opened(tmp_path) as log:
        assert list(log.standing()) == [("statement", "http://x/statement/a-1")]


def test_a_change_that_cannot_be_made_out_leaves_nothing(tmp_path: Path) -> None:
    def broken() -> list[Change]:
        raise ValueError("broken")

    with opened(tmp_path) as log:
        with pytest.raises(ValueError, match="broken"):
            log.note("a", (one for _ in (1,) for one in broken()))
        assert (log.last(), log.last_view()) == (0, "")


def write_views(folder: str) -> None:
    """Note view after view."""
    log = Log(Path(folder))
    for number in range(100_000):
        log.note(str(number), some(str(number), 50))
        print(number, flush=True)


def test_a_killed_writer_leaves_whole_views(tmp_path: Path) -> None:
    code = f"from tests.test_log import write_views\nwrite_views({str(tmp_path)!r})"
    with subprocess.Popen([sys.executable, "-c", code], stdout=subprocess.PIPE, text=True) as run:
        assert run.stdout is not None
        run.stdout.readline()
        time.sleep(0.3)
        run.kill()
        said = len(list(run.stdout)) + 1
    with opened(tmp_path) as log:
        assert log.last() in (50 * said, 50 * (said + 1))
        assert log.last_view() == str(log.last() // 50 - 1)
        log.note("after", some("after"))


def test_a_file_that_is_no_log_is_told(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text("what is this?" * 100)
    with pytest.raises(StoreError, match=FILE):
        Log(tmp_path)
