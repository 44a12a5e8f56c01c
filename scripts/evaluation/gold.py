"""Gold files and their scorer, which stands beside them and is run, not copied."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from kg.errors import BadInput

Json = dict[str, Any]

SCORED_AS: Final = {
    "event-coding-unit": "event-coding",
    "event-coding-inferred": "event-coding",
}
"""Tasks whose scorer has another name."""
FOLDERS: Final = {"event-coding-inferred": "event-coding"}
"""Tasks whose gold folder has another name."""


def records(path: Path) -> list[Json]:
    """The records of a gold file, one JSON object a line."""
    try:
        lines = path.read_text("utf-8").split("\n")
    except OSError as error:
        raise BadInput(f"cannot read the gold file {path}: {error.strerror}") from None
    return [json.loads(line) for line in lines if line.strip()]


def write(path: Path, rows: Iterable[Json]) -> None:
    """Rows as JSON Lines."""
    with path.open("w", encoding="utf-8") as out:
        for row in rows:
            out.write(json.dumps(row, ensure_ascii=False) + "\n")


def score(folder: Path, task: str, gold: Path, predictions: Path) -> Json:
    """The metrics of ``score.py`` in the gold folder; BadInput with its words if it refuses."""
    scorer = folder / "score.py"
    call = [sys.executable, str(scorer), SCORED_AS.get(task, task), str(gold), str(predictions)]
    done = subprocess.run([*call, "--json"], capture_output=True, text=True, check=False)
    if done.returncode:
        raise BadInput(f"{scorer} {task} {gold.name}: {done.stderr.strip()}")
    found: Json = json.loads(done.stdout)["metrics"]
    return found
