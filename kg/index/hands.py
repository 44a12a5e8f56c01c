"""Who derives rows: a process on each core where there is very much to do, else this one."""

import shutil
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from itertools import islice
from queue import SimpleQueue
from typing import Final

from kg.cores import cores
from kg.errors import KgError, StoreError
from kg.index.deriving import ARTICLES, Job, Rows, done
from kg.index.source import Source
from kg.store.base import Store
from kg.store.pool.channel import Late
from kg.store.pool.process import Dead, Process

MANY: Final = 4 * ARTICLES
"""Articles from which on it is worth the time that processes take to begin."""
MOST: Final = 8
"""Processes, at the most: each takes memory, and one writes what all of them make."""
_SECONDS: Final = 600.0
"""How long a job may take; it takes one or two."""
_LOST: Final = (
    "a process that makes the index ended before it was done ({why}); give it more memory, "
    "then run kg reindex"
)

Work = Callable[[Iterable[Job]], Iterator[Sequence[Rows]]]
"""Does jobs, and answers in their order."""


@contextmanager
def hands(store: Store, articles: int) -> Iterator[Work]:
    """Who derives the rows of a store with so many articles."""
    count = min(cores(), MOST)
    if count < 2 or articles < MANY or store.home is None:
        yield lambda jobs: _alone(store, jobs)
        return
    with ExitStack() as ending:
        place = store.snapshot().place
        ending.callback(shutil.rmtree, place, ignore_errors=True)
        crew: list[Process] = []
        for _ in range(count):
            crew.append(Process("kg.index.hand", place, store.base))
            ending.callback(crew[-1].kill)
        yield lambda jobs: _together(crew, jobs)


def _alone(store: Store, jobs: Iterable[Job]) -> Iterator[Sequence[Rows]]:
    source = Source(store)
    for job in jobs:
        source = source.kept()
        yield done(source, job)


def _together(crew: Sequence[Process], jobs: Iterable[Job]) -> Iterator[Sequence[Rows]]:
    """A few jobs ahead are done while the rows of one are taken."""
    free: SimpleQueue[Process] = SimpleQueue()
    for one in crew:
        free.put(one)
    left = iter(jobs)
    with ThreadPoolExecutor(len(crew)) as threads:
        asked: deque[Future[Sequence[Rows]]] = deque()
        for job in islice(left, 2 * len(crew)):
            asked.append(threads.submit(_ask, free, job))
        while asked:
            yield asked.popleft().result()
            for job in islice(left, 1):
                asked.append(threads.submit(_ask, free, job))


def _ask(free: "SimpleQueue[Process]", job: Job) -> Sequence[Rows]:
    process = free.get()
    try:
        answer: Sequence[Rows] | KgError = process.ask(job, time.monotonic() + _SECONDS)
    except Dead as error:
        raise StoreError(_LOST.format(why=f"exit status {error.code}")) from None
    except Late:
        raise StoreError(_LOST.format(why=f"no answer in {_SECONDS:g} s")) from None
    finally:
        free.put(process)
    if isinstance(answer, KgError):
        raise answer
    return answer
