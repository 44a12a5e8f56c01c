"""Articles read in several processes, and answers taken in the order of the articles.

A process that dies takes nothing with it: its article is read once more by a new one, and named
where that one dies too.
"""

import threading
from collections import deque
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from itertools import chain, islice
from typing import Final

from kg.closing import Closing
from kg.cores import cores
from kg.errors import KgError
from kg.extract import Extractor
from kg.model import Article
from kg.reading.crew import Crew, Gone, Unready, Worker
from kg.reading.graphs import Reading, Unread, read_here, ready_extractor

OURS: Final = frozenset({"default", "rules"})
"""Extractors that only compute. Of another, one runs here unless a number is given: what asks a
server does so for many articles at a time by itself."""

FEW: Final = 4
"""So many articles are read here: they are done before other processes are ready."""
AHEAD: Final = 16
"""Articles a process that are under way or wait to be taken."""
_TRIES: Final = 2

DIED: Final = (
    "the process that read it was ended from outside, twice (out of memory?); give it more memory,"
    " fewer readers (--readers), or cut the text"
)
UNREADY: Final = (
    "a process that reads articles ended before it began (out of memory?); give it more memory"
    " or fewer readers: --readers 1 reads in one process"
)


class Readers(Closing):
    """Reads with the extractor of a name; processes start when more than FEW articles wait.

    ``count`` processes, 0 for one on each core that this process may use; 1 reads here. Close
    the readers, or use them as a context: no process outlives them.
    """

    def __init__(self, extractor: str = "default", *, count: int = 0) -> None:
        self.count = count or (cores() if extractor in OURS else 1)
        self._name = extractor
        self._here: Extractor | None = None
        self._crew: Crew | None = None
        self._threads: ThreadPoolExecutor | None = None
        self._mine = threading.local()

    def read(self, base: str, articles: Iterable[Article]) -> Iterator[Reading | Unread]:
        """What each article says, in their order; what an extractor raises is raised here."""
        coming = iter(articles)
        first = list(islice(coming, FEW + 1)) if self.count > 1 else []
        if len(first) > FEW:
            yield from self._spread(base, chain(first, coming))
        else:
            yield from read_here(self._extractor(), base, chain(first, coming))

    @property
    def groups(self) -> list[int]:
        """The groups of the processes that are running; none where this process reads."""
        return self._crew.groups if self._crew else []

    def close(self) -> None:
        """End every process; a second call does nothing."""
        crew, self._crew = self._crew, None
        threads, self._threads = self._threads, None
        if crew and threads:
            crew.kill()
            threads.shutdown(cancel_futures=True)
            crew.let_go()

    def _extractor(self) -> Extractor:
        self._here = self._here or ready_extractor(self._name)
        return self._here

    def _spread(self, base: str, articles: Iterable[Article]) -> Iterator[Reading | Unread]:
        threads, crew = self._started()
        waiting: deque[Future[Reading | Unread]] = deque()
        try:
            for article in articles:
                waiting.append(threads.submit(self._ask, crew, base, article))
                if len(waiting) >= AHEAD * self.count:
                    yield waiting.popleft().result()
            while waiting:
                yield waiting.popleft().result()
        finally:
            for left in waiting:
                left.cancel()

    def _started(self) -> tuple[ThreadPoolExecutor, Crew]:
        """A thread for each process: it hands over an article and waits for the answer."""
        if self._crew is None or self._threads is None:
            self._crew = Crew(self._name, self.count)
            self._threads = ThreadPoolExecutor(self.count)
        return self._threads, self._crew

    def _ask(self, crew: Crew, base: str, article: Article) -> Reading | Unread:
        """In a thread: what its process answers, or a new one where that has died."""
        last = Gone()
        for _ in range(_TRIES):
            if getattr(self._mine, "crew", None) is not crew:
                self._mine.crew, self._mine.worker = crew, crew.worker()
            worker: Worker = self._mine.worker
            try:
                return worker.ask(base, article)
            except Gone as gone:
                self._mine.crew = None
                last = gone
                if isinstance(gone, Unready):
                    crew.give_up(worker)
        if isinstance(last, Unready):
            raise KgError(UNREADY)
        return Unread(article, DIED)


def readings(
    by: Extractor | Readers, base: str, articles: Iterable[Article]
) -> Iterator[Reading | Unread]:
    """What each article says, read by readers, or by an extractor of this process."""
    if isinstance(by, Readers):
        return by.read(base, articles)
    return read_here(by, base, articles)
