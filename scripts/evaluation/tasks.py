"""Which converter serves which task of the gold folder."""

import signal
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from typing import Any, Final

from rich.console import Console
from rich.progress import track

from scripts.evaluation import attribution, coding_records, dates, entities, templates
from scripts.evaluation.reading import Reader

LIMIT_S: Final = 60
Json = dict[str, Any]
Predict = Callable[[Json, Reader], Json]

TASKS: Final[dict[str, Predict]] = {
    "attribution": attribution.predict,
    "dates": dates.predict,
    "event-coding": coding_records.predict,
    "event-coding-inferred": coding_records.predict_inferred,
    "event-coding-unit": coding_records.predict,
    "entities": entities.predict,
    "geoparse": entities.predict_places,
    "events": templates.predict,
}


def predictions(task: str, rows: Iterable[Json], reader: Reader) -> Iterator[Json]:
    """A prediction for every record, in order, with a bar on standard error.

    A record on which the pipeline breaks or takes over a minute is an empty prediction whose
    ``failed`` says why, so that one text does not hide what the others score.
    """
    shown = Console(stderr=True)
    quiet = not sys.stderr.isatty()
    for row in track(list(rows), description=task, console=shown, disable=quiet):
        try:
            with _deadline():
                answer = TASKS[task](row, reader)
            yield {"id": row["id"], **answer}
        except Exception as error:
            print(f"{task} {row['id']}: {type(error).__name__}: {error}", file=sys.stderr)
            yield {"id": row["id"], "failed": repr(error)}


@contextmanager
def _deadline() -> Iterator[None]:
    """TimeoutError inside, after a minute."""

    def late(signum: int, frame: object) -> None:
        raise TimeoutError(f"not read within {LIMIT_S} s")

    before = signal.signal(signal.SIGALRM, late)
    signal.alarm(LIMIT_S)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
