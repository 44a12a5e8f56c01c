"""Which converter serves which task of the gold folder."""

import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from rich.console import Console
from rich.progress import track

from scripts.evaluation import attribution, coding_records, dates, entities, templates
from scripts.evaluation.reading import Reader

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

    A record on which the pipeline breaks is an empty prediction whose ``failed`` says why, so
    that one text does not hide what the others score.
    """
    shown = Console(stderr=True)
    quiet = not sys.stderr.isatty()
    for row in track(list(rows), description=task, console=shown, disable=quiet):
        try:
            yield {"id": row["id"], **TASKS[task](row, reader)}
        except Exception as error:
            print(f"{task} {row['id']}: {type(error).__name__}: {error}", file=sys.stderr)
            yield {"id": row["id"], "failed": repr(error)}
