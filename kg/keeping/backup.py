"""A copy of a whole store at one moment: one tar file, made while it is served or stands still.

It holds the quads (a checkpoint, which costs hard links), the log of changes, index and ties, the
saved queries and what the store notes of itself; ``backup.json`` comes last, so that a file that
was cut off is known. What follows from the quads and was not kept is made anew when it is wanted.
"""

import json
import os
import shutil
import sqlite3
import tarfile
import tempfile
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath
from typing import IO, Final

from kg.errors import BadInput, StoreError
from kg.store import Store, folder
from kg.store.rewrite import OWED, QUADS

FORMAT: Final = 1
LAST: Final = "backup.json"
NOTES: Final = ("meta.json", "version", "view", "seal", OWED)
"""OWED: of what was taken down but is not yet out of the files, the copy is rid when opened."""
DATABASES: Final = ("log.sqlite", "index.sqlite", "ties.sqlite")
QUERIES: Final = "queries"
_PIECE: Final = 1 << 20


def collect(store: Store) -> Path:
    """A folder that holds all of a store's, of this moment; whoever asks for it removes it.

    Nothing may be written meanwhile. Raises StoreError for a store that is not in a folder.
    """
    home = store.home
    if home is None:
        raise StoreError(
            "only a store in a folder (oxigraph:PATH) is backed up so; of another use its engine's "
            "own backup, or kg export --format nquads"
        )
    place = Path(tempfile.mkdtemp(prefix=folder.BACKUP, dir=home))
    try:
        store.snapshot().place.rename(place / QUADS)
        for name in NOTES:
            if (home / name).exists():
                shutil.copyfile(home / name, place / name)
        for name in DATABASES:
            if (home / name).exists():
                _copy_database(home / name, place / name)
        if (home / QUERIES).is_dir():
            shutil.copytree(home / QUERIES, place / QUERIES)
    except (OSError, sqlite3.Error) as error:
        shutil.rmtree(place, ignore_errors=True)
        raise StoreError(f"no backup can be made in {home}: {error}") from error
    except StoreError:
        shutil.rmtree(place, ignore_errors=True)
        raise
    return place


def _copy_database(source: Path, target: Path) -> None:
    with closing(sqlite3.connect(source)) as held, closing(sqlite3.connect(target)) as copy:
        held.backup(copy)


def packed(place: Path) -> Iterator[bytes]:
    """What was collected as a tar file, piece by piece; the folder goes at the end."""
    try:
        files = sorted(path for path in place.rglob("*") if path.is_file())
        for path in files:
            yield from _member(path.relative_to(place).as_posix(), path)
        told = {"format": FORMAT, "made": datetime.now(UTC).isoformat(), "files": len(files)}
        yield from _text(LAST, f"{json.dumps(told)}\n".encode())
        yield bytes(2 * tarfile.BLOCKSIZE)
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _member(name: str, path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        size = os.fstat(file.fileno()).st_size
        yield _header(name, size)
        while piece := file.read(_PIECE):
            yield piece
    yield _filling(size)


def _text(name: str, body: bytes) -> Iterator[bytes]:
    yield _header(name, len(body))
    yield body
    yield _filling(len(body))


def _header(name: str, size: int) -> bytes:
    info = tarfile.TarInfo(name)
    info.size = size
    info.mode = 0o600
    return info.tobuf(tarfile.PAX_FORMAT)


def _filling(size: int) -> bytes:
    return bytes(-size % tarfile.BLOCKSIZE)


def restore(source: IO[bytes], home: Path) -> None:
    """Put what a backup holds into a folder that is new or empty: whole, or not at all.

    Raises BadInput for a file that is none of ours or was cut off, StoreError.
    """
    if home.exists() and (not home.is_dir() or any(home.iterdir())):
        raise StoreError(f"{home} is there already; name a new or empty folder")
    home.parent.mkdir(parents=True, exist_ok=True)
    draft = Path(tempfile.mkdtemp(prefix=f".{home.name}-", dir=home.parent))
    try:
        _unpack(source, draft)
        (draft / LAST).unlink()
        home.mkdir(exist_ok=True)
        draft.replace(home)
    except (tarfile.TarError, EOFError) as error:
        raise BadInput(f"the backup cannot be read: {error}; it was cut off, or is none") from None
    except OSError as error:
        raise StoreError(f"the store cannot be restored to {home}: {error}") from error
    finally:
        shutil.rmtree(draft, ignore_errors=True)


def _unpack(source: IO[bytes], draft: Path) -> None:
    count = 0
    with tarfile.open(fileobj=source, mode="r|*") as tar:
        for member in tar:
            path = PurePosixPath(member.name)
            body = tar.extractfile(member)
            if body is None or path.is_absolute() or ".." in path.parts:
                raise BadInput(f"{member.name!r} has no place in a backup; this is none of ours")
            target = draft / path
            target.parent.mkdir(parents=True, exist_ok=True)
            with target.open("wb") as file:
                shutil.copyfileobj(body, file, _PIECE)
            count += 1
    _check(draft, count - 1)


def _check(draft: Path, files: int) -> None:
    try:
        told = json.loads((draft / LAST).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        raise BadInput("the backup has no end: it was cut off, or is none of ours") from None
    if not isinstance(told, dict) or told.get("format") != FORMAT:
        raise BadInput(f"the backup has format {told.get('format')!r}; this program reads {FORMAT}")
    if told.get("files") != files:
        raise BadInput(f"the backup has {files} files, and {told.get('files')} were put into it")
