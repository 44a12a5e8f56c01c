"""Saved queries: questions of users' own, kept beside the store and asked like the named ones.

Each is a text with the header of a named question (``kg.query``), in a file ``NAME.rq``.
"""

import os
import re
from collections.abc import Iterator, MutableMapping
from pathlib import Path
from typing import Final

from kg.config import data_folder
from kg.errors import BadInput, Forbidden, NotFound, StoreError
from kg.iri import digest
from kg.query import Question, load, names, parse

FOLDER: Final = "queries"
MOST: Final = 100_000
"""Characters of a saved query."""
_NAME: Final = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,62}[a-z0-9])?")

Shelf = MutableMapping[str, str]
"""Name → text."""


def shelf(spec: str) -> Shelf:
    """Where the saved queries of a store (as it is opened by a string) are kept.

    In the store's folder; of a store in memory in memory; of one behind an endpoint in the user's
    data folder.
    """
    kind, _, where = spec.partition(":")
    if kind == "memory":
        return {}
    if kind == "oxigraph":
        return Files(Path(where).expanduser().absolute() / FOLDER)
    return Files(data_folder() / FOLDER / digest(spec))


class Files(MutableMapping[str, str]):
    """A folder of texts, made when the first is put into it; each file is whole or not there."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def __getitem__(self, name: str) -> str:
        """The text in a file; KeyError if there is none."""
        try:
            return self._path(name).read_text(encoding="utf-8")
        except FileNotFoundError:
            raise KeyError(name) from None
        except (OSError, UnicodeDecodeError) as error:
            raise StoreError(f"{self._path(name)} cannot be read: {error}") from error

    def __setitem__(self, name: str, text: str) -> None:
        """Write a file anew."""
        draft = self._folder / f".{name}.new"
        try:
            self._folder.mkdir(parents=True, exist_ok=True)
            with draft.open("w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            draft.replace(self._path(name))
        except OSError as error:
            raise StoreError(f"{self._path(name)} cannot be written: {error}") from error

    def __delitem__(self, name: str) -> None:
        """Remove a file; KeyError if there is none."""
        try:
            self._path(name).unlink()
        except FileNotFoundError:
            raise KeyError(name) from None
        except OSError as error:
            raise StoreError(f"{self._path(name)} cannot be removed: {error}") from error

    def __iter__(self) -> Iterator[str]:
        """The names of the files."""
        found = self._folder.glob("*.rq") if self._folder.is_dir() else ()
        return (file.stem for file in found if _NAME.fullmatch(file.stem))

    def __len__(self) -> int:
        """How many files there are."""
        return sum(1 for _ in self)

    def _path(self, name: str) -> Path:
        return self._folder / f"{name}.rq"


class Saved:
    """The saved queries of one store. Names are small letters, digits and hyphens."""

    def __init__(self, kept: Shelf) -> None:
        self._kept = kept

    def all(self) -> list[Question]:
        """Every saved query, by name."""
        return [self.load(name) for name in sorted(self._kept)]

    def load(self, name: str) -> Question:
        """The saved query or, of that name, the named question. NotFound lists what there is."""
        if name in names():
            return load(name)
        if not _NAME.fullmatch(name) or name not in self._kept:
            there = ", ".join([*names(), *sorted(self._kept)])
            raise NotFound(f"no question {name!r}; there are {there}")
        return parse(name, self._kept[name])

    def check(self, name: str, text: str) -> Question:
        """The query as it would be saved. Raises BadInput, Forbidden for a name that is ours."""
        if name in names():
            raise Forbidden(f"{name} is one of the program's own questions; choose another name")
        if not _NAME.fullmatch(name):
            raise BadInput(
                f"{name!r} is no name for a query: up to 64 small letters, digits and hyphens"
            )
        if len(text) > MOST:
            raise BadInput(f"the query has {len(text)} characters; at most {MOST} are kept")
        return parse(name, text)

    def keep(self, asked: Question) -> bool:
        """Save a query that was checked; whether its name is new."""
        new = asked.name not in self._kept
        self._kept[asked.name] = asked.text
        return new

    def remove(self, name: str) -> None:
        """Remove a saved query. NotFound if there is none, Forbidden for one of our own."""
        if name in names():
            raise Forbidden(f"{name} is one of the program's own questions, and stays")
        if not _NAME.fullmatch(name) or name not in self._kept:
            raise NotFound(f"no saved query {name!r}; there are {', '.join(sorted(self._kept))}")
        del self._kept[name]

    def version(self) -> str:
        """A digest of all names and texts: the same as long as nothing is saved or removed."""
        return digest(*(part for name in sorted(self._kept) for part in (name, self._kept[name])))
