"""A server's threads share a core; the processes that it starts do not."""

import os
import subprocess
import sys
import threading

import pytest

from kg.store.pool.cores import any_core, share_one

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="the system decides elsewhere")

ASKED = "import os; print(len(os.sched_getaffinity(0)))"


def cores_of_a_process() -> int:
    return int(
        subprocess.run([sys.executable, "-c", ASKED], capture_output=True, check=True).stdout
    )


def test_threads_share_a_core_and_processes_do_not() -> None:
    found: list[int] = []

    def inner() -> None:
        found.append(len(os.sched_getaffinity(0)))

    def outer() -> None:
        share_one()
        thread = threading.Thread(target=inner)
        thread.start()
        thread.join()
        with any_core():
            found.append(cores_of_a_process())
        found.append(len(os.sched_getaffinity(0)))

    before = os.sched_getaffinity(0)
    thread = threading.Thread(target=outer)
    thread.start()
    thread.join()
    assert found == [1, len(before), 1]
    assert os.sched_getaffinity(0) == before
