"""The processes that read: ``python -m kg.reading.worker EXTRACTOR PIPE...``.

The extractor is loaded once; then the process divides into one for each pipe (a file descriptor
it has inherited), so that all share the memory of the model. Each says ``None`` when it is
ready, then answers (base IRI, article) with a Reading, or with the error that was raised, until
its pipe ends.
"""

import gc
import os
import pickle
import sys
import traceback
from collections.abc import Sequence
from multiprocessing.connection import Connection
from typing import Final

from kg.errors import KgError
from kg.extract import Extractor
from kg.model import Article
from kg.reading.graphs import Reading, Unread, read_here, ready_extractor

_SENTENCE: Final = "The army said on Monday that it had left Geneva."


def main(name: str, pipes: Sequence[int]) -> None:
    """Load the extractor of this name and serve every pipe."""
    extractor, problem = _loaded(name)
    others = list(pipes[1:])
    while others:
        mine = others.pop()
        if os.fork() == 0:
            for pipe in (pipes[0], *others):
                os.close(pipe)
            _serve(Connection(mine), extractor, problem)
            os._exit(0)
        os.close(mine)
    _serve(Connection(pipes[0]), extractor, problem)


def _loaded(name: str) -> tuple[Extractor | None, Exception | None]:
    """The extractor, with all that it loads on first use, or why there is none."""
    try:
        extractor = ready_extractor(name)
        extractor.extract(Article(_SENTENCE))
    except Exception as error:
        return None, _portable(error)
    gc.collect()
    gc.freeze()
    return extractor, None


def _serve(pipe: Connection, extractor: Extractor | None, problem: Exception | None) -> None:
    try:
        pipe.send(problem)
        while extractor is not None:
            base, article = pipe.recv()
            pipe.send(_answer(extractor, base, article))
    except (EOFError, OSError):
        pass  # whoever asked has gone


def _answer(extractor: Extractor, base: str, article: Article) -> Reading | Unread | Exception:
    try:
        (reading,) = read_here(extractor, base, [article])
    except Exception as error:
        error.add_note("".join(traceback.format_exception(error)))
        return _portable(error)
    return reading


def _portable(error: Exception) -> Exception:
    """The error, or one that says the same where it cannot be sent."""
    try:
        pickle.loads(pickle.dumps(error))
    except Exception:
        return KgError(f"{type(error).__name__}: {error}")
    return error


if __name__ == "__main__":
    main(sys.argv[1], [int(pipe) for pipe in sys.argv[2:]])
