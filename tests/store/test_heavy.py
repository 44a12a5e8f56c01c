"""Turns and places in the heavy lane, with processes that really run and stop."""

import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

import pytest

from kg.errors import Crowded
from kg.store.pool.channel import Late
from kg.store.pool.heavy import WAITING, HeavyLane
from kg.store.pool.nursery import Child, Nursery

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="/proc says who runs")
MOST = 1 + WAITING


@pytest.fixture(scope="module")
def nursery() -> Iterator[Nursery]:
    with Nursery() as made:
        yield made


@contextmanager
def born(nursery: Nursery) -> Iterator[Child]:
    """A worker that nobody asks: all it does is wait."""
    child = nursery.fork("worker", 30.0, 512)
    try:
        yield child
    finally:
        child.kill()
        child.close()


def runs(child: Child) -> bool:
    state = Path(f"/proc/{child.pid}/stat").read_text().rpartition(")")[2].split()[0]
    return state not in "TZ"


def test_each_client_runs_before_any_runs_twice(nursery: Nursery) -> None:
    lane = HeavyLane(2, 4096)
    with ExitStack() as held:
        children = {}
        for name in ("a", "a", "a", "b", "c"):
            child = held.enter_context(born(nursery))
            held.enter_context(lane.place(child, name))
            children[child] = name
        running: Counter[str] = Counter()
        for _ in range(12):
            lane.arrange()
            time.sleep(0.1)
            now = [name for child, name in children.items() if runs(child)]
            assert len(now) == len(set(now)) == 2
            running.update(now)
    assert running.keys() == {"a", "b", "c"}


def test_a_full_lane_makes_room_for_whoever_has_fewer(nursery: Nursery) -> None:
    lane = HeavyLane(1, 4096)
    ended: list[tuple[str, str | None]] = []
    entered = threading.Semaphore(0)
    over = threading.Event()

    def stay(name: str) -> None:
        with born(nursery) as child:
            try:
                with lane.place(child, name):
                    entered.release()
                    while not over.is_set():
                        with suppress(Late):
                            child.hear(time.monotonic() + 0.1)
            except Crowded as error:
                ended.append((name, error.limit))

    def until_so_many_ended(count: int) -> None:
        end = time.monotonic() + 20
        while len(ended) < count:
            assert time.monotonic() < end
            time.sleep(0.02)

    threads = [threading.Thread(target=stay, args=("greedy",)) for _ in range(MOST)]
    for thread in threads:
        thread.start()
        assert entered.acquire(timeout=20)
    assert lane.full("greedy")
    with ExitStack() as held:
        held.callback(over.set)
        for number in range(MOST // 2):
            assert not lane.full("modest")
            child = held.enter_context(born(nursery))
            held.enter_context(lane.place(child, "modest"))
            until_so_many_ended(number + 1)
        assert not lane.full("third")
        with pytest.raises(Crowded):
            lane.require_room("modest")
    for thread in threads:
        thread.join(timeout=20)
    assert ended == [("greedy", "heavy")] * (MOST // 2)
