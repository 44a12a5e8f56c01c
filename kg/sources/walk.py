"""The files of a folder, in a fixed order, each symbolic link loop named."""

import os
from collections.abc import Iterator
from pathlib import Path

from kg.model import Skipped

SUFFIXES = {
    ".txt": "text",
    ".text": "text",
    ".md": "markdown",
    ".markdown": "markdown",
    ".html": "html",
    ".htm": "html",
    ".xhtml": "html",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".csv": "csv",
    ".tsv": "csv",
}


def kind_of(path: Path) -> str | None:
    """What a file's name says it is."""
    return SUFFIXES.get(path.suffix.lower())


def files(folder: Path, above: tuple[Path, ...] = ()) -> Iterator[Path | Skipped]:
    """The files under a folder, sorted by path; hidden ones are left out.

    A link back to a folder that is being walked is a loop. Raises OSError if the folder itself
    cannot be listed.
    """
    above = (*above, Path(os.path.realpath(folder)))
    for path in sorted(folder.iterdir()):
        if path.name.startswith("."):
            continue
        if not path.is_dir():
            yield path if _wanted(path) else _unknown(path)
        elif Path(os.path.realpath(path)) in above:
            yield Skipped(str(path), f"a symbolic link loop: it leads back to {path.resolve()}")
        else:
            yield from _below(path, above)


def _below(folder: Path, above: tuple[Path, ...]) -> Iterator[Path | Skipped]:
    try:
        yield from files(folder, above)
    except OSError as error:
        yield Skipped(str(folder), f"the folder cannot be listed: {error.strerror}")


def _wanted(path: Path) -> bool:
    return kind_of(path) is not None or path.is_symlink()


def _unknown(path: Path) -> Skipped:
    return Skipped(
        str(path),
        f"its name does not end in {', '.join(SUFFIXES)}; name the file itself to read it as text",
    )
