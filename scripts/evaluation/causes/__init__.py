"""What went wrong, counted by cause, for each task of the gold folder.

Each counter is a plain comparison of gold and prediction, of use to whoever decides what to mend
next. It is not the score, which matches findings more carefully.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from typing import Any, Final

from scripts.evaluation.causes import coded, places, said, spans, violent

Json = dict[str, Any]

COUNTERS: Final[dict[str, Callable[[Json, Json], Iterator[str]]]] = {
    "attribution": said.causes,
    "dates": spans.date_causes,
    "event-coding": coded.causes,
    "entities": spans.entity_causes,
    "geoparse": places.causes,
    "events": violent.causes,
}


def count(task: str, rows: Iterable[Json], found: Iterable[Json]) -> Counter[str]:
    """Cause → how often, over the records of a set and what was predicted for them."""
    return Counter(
        cause
        for row, prediction in zip(rows, found, strict=True)
        for cause in COUNTERS[task](row, prediction)
    )
