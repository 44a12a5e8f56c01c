"""What a view is about to differ by, kept on disk until index and log have followed.

A process that is killed in between leaves it behind; the next that opens the store goes on from
there (``kg.view.mending``), which is as quick as it would have been, and need not look at
everything.
"""

import json
import os
from collections.abc import Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from kg.errors import StoreError
from kg.terms import Triple, parse

FILE: Final = "turning"


@dataclass(frozen=True, slots=True)
class Turning:
    """The name of the view before, the triples that differ, and whether traces have to go."""

    before: str
    differing: Collection[Triple]
    purge: bool = False


@contextmanager
def turning(folder: Path | None, what: Turning) -> Iterator[None]:
    """Keep what is about to differ in a store's folder; it stays there if this fails."""
    if folder is not None:
        _write(folder / FILE, what)
    yield
    settled(folder)


def left(folder: Path | None) -> Turning | None:
    """What was begun and not ended."""
    if folder is None or not (folder / FILE).exists():
        return None
    try:
        head, _, triples = (folder / FILE).read_text(encoding="utf-8").partition("\n")
        return Turning(differing=tuple(parse(triples)), **json.loads(head))
    except (OSError, ValueError, TypeError) as error:
        raise StoreError(
            f"{folder / FILE} cannot be read: {error}; remove it, and run kg reindex"
        ) from error


def settled(folder: Path | None) -> None:
    """Note that it was ended."""
    if folder is not None:
        (folder / FILE).unlink(missing_ok=True)


def _write(file: Path, what: Turning) -> None:
    head = json.dumps({"before": what.before, "purge": what.purge})
    draft = file.with_suffix(".new")
    try:
        with draft.open("w", encoding="utf-8") as opened:
            opened.write(head)
            opened.writelines(f"\n{s} {p} {o} ." for s, p, o in what.differing)
            opened.flush()
            os.fsync(opened.fileno())
        draft.replace(file)
    except OSError as error:
        raise StoreError(f"{file} cannot be written: {error.strerror}") from error
