"""Scores of gold sets: predictions made once a record, scored by the gold folder's own scorer."""

from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from scripts.evaluation import causes, gold
from scripts.evaluation.reading import Reader
from scripts.evaluation.sets import GoldSet
from scripts.evaluation.tasks import predictions

Json = dict[str, Any]


class Measurer:
    """Measures sets of a gold folder; sets that share records share their predictions."""

    def __init__(self, folder: Path, reader: Reader, half: str = "dev") -> None:
        self.folder, self.reader, self.half = folder, reader, half
        self._gold: dict[str, list[Json]] = {}
        self._predicted: dict[tuple[str, str], Json] = {}

    @property
    def failed(self) -> bool:
        """Whether the pipeline broke on a record so far."""
        return any("failed" in row for row in self._predicted.values())

    def records(self, one: GoldSet) -> list[Json]:
        """The gold records of a set."""
        if one.task not in self._gold:
            folder = self.folder / gold.FOLDERS.get(one.task, one.task)
            path = folder / f"{self.half}.jsonl"
            self._gold[one.task] = gold.records(path)
        return [row for row in self._gold[one.task] if one.has(str(row.get("source", "")))]

    def predicted(self, one: GoldSet) -> list[Json]:
        """The prediction for every record of a set, in order."""
        rows = self.records(one)
        new = [row for row in rows if (one.task, row["id"]) not in self._predicted]
        for row in predictions(one.task, new, self.reader):
            self._predicted[one.task, row["id"]] = row
        return [self._predicted[one.task, row["id"]] for row in rows]

    def measure(self, one: GoldSet) -> Json:
        """The metrics of ``score.py`` for a set."""
        return score_rows(self.folder, one.task, self.records(one), self.predicted(one))

    def causes(self, one: GoldSet) -> Counter[str]:
        """What went wrong in a set, by cause."""
        return causes.count(one.task, self.records(one), self.predicted(one))


def score_rows(folder: Path, task: str, rows: Iterable[Json], found: Iterable[Json]) -> Json:
    """The metrics for some records and what was predicted for them."""
    with TemporaryDirectory() as place:
        wanted, predicted = Path(place, "gold.jsonl"), Path(place, "predicted.jsonl")
        gold.write(wanted, rows)
        gold.write(predicted, found)
        return gold.score(folder, task, wanted, predicted)
