"""A store's folder: ``quads/`` (RocksDB), ``meta.json`` (base IRI and format), ``lock``, ``seal``,
``version`` (how often it was written, and when last), ``view`` (the same of its sealed view).

Snapshots stand beside them as ``snapshot-*``, and what a backup is made of as ``backup-*``; what a
killed server left of them goes away when the store is next opened for writing.
"""

import contextlib
import fcntl
import json
import os
import shutil
import time
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from pyoxigraph import Store

from kg.errors import StoreBusy, StoreError
from kg.store.rewrite import QUADS, settle, unsettled

FORMAT: Final = 1
SNAPSHOT: Final = "snapshot-"
BACKUP: Final = "backup-"
_META: Final = "meta.json"
_LOCK: Final = "lock"
_SEAL: Final = "seal"
_VERSION: Final = "version"
_VIEW: Final = "view"
_SITE: Final = "served"
_OURS: Final = (_LOCK, f"{_META}.new")


@dataclass(frozen=True, slots=True)
class Version:
    """How often a store was written, and when last (microseconds since 1970).

    Both, so that a copy of the folder that goes its own way has ids of its own.
    """

    number: int
    time: int

    @property
    def id(self) -> str:
        """A name for it.

        >>> Version(17, 1_700_000_000_000_000).id
        '17-60a24181e4000'
        """
        return f"{self.number}-{self.time:x}"

    @property
    def written(self) -> float:
        """Seconds since 1970."""
        return self.time / 1_000_000

    def next(self) -> "Version":
        """The version that is written now."""
        return Version(self.number + 1, time.time_ns() // 1000)


def place_of(spec: str) -> Path | None:
    """The folder of a store, as it is opened by a string; None for one that has none."""
    kind, _, where = spec.partition(":")
    return Path(where).expanduser().absolute() if kind == "oxigraph" else None


def open_for_writing(folder: Path, base: str, *, sweep: bool = True) -> tuple[Store, int]:
    """The store in this folder, made if there is none, and the lock that is held on it.

    One process at a time. The lock goes with the store: close it last (``os.close``).
    ``sweep`` removes snapshots and backups that are there: those of a server that was killed.
    """
    try:
        known = _check(folder, base)
        folder.mkdir(parents=True, exist_ok=True)
        lock = _lock(folder, os.O_RDWR | os.O_CREAT, fcntl.LOCK_EX)
    except OSError as error:
        raise _told(error, folder) from error
    try:
        if not known:
            _write_meta(folder, base)
        settle(folder)
        store = Store(folder / QUADS)
    except (OSError, RuntimeError) as error:
        os.close(lock)
        raise _told(error, folder) from error
    if sweep:
        sweep_snapshots(folder)
        _sweep(folder, BACKUP)
        write_site(folder, None)
    return store, lock


def sweep_snapshots(folder: Path, kept: Collection[Path] = ()) -> None:
    """Remove the snapshots that nobody knows of: whoever made them was killed."""
    _sweep(folder, SNAPSHOT, kept)


def _sweep(folder: Path, prefix: str, kept: Collection[Path] = ()) -> None:
    for left in folder.glob(f"{prefix}*"):
        if left not in kept:
            shutil.rmtree(left, ignore_errors=True)


def open_for_reading(folder: Path, base: str) -> tuple[Store, int]:
    """The store in this folder, and a lock that keeps writers out while it is read.

    Reading what another process writes is undefined in RocksDB, so it is refused.
    """
    if not _check(folder, base):
        raise StoreError(f"there is no store at {folder}; ingest something first (kg ingest)")
    try:
        lock = _lock(folder, os.O_RDONLY, fcntl.LOCK_SH)
    except OSError as error:
        raise _told(error, folder) from error
    try:
        if unsettled(folder):
            raise OSError("a takedown was cut off; mend it with 'kg link'")
        return Store.read_only(str(folder / QUADS)), lock
    except (OSError, RuntimeError) as error:
        os.close(lock)
        raise _told(error, folder) from error


def _lock(folder: Path, flags: int, kind: int) -> int:
    """Our own lock beside RocksDB's: it knows readers, and two stores of one process."""
    lock = os.open(folder / _LOCK, flags, 0o644)
    try:
        fcntl.flock(lock, kind | fcntl.LOCK_NB)
    except OSError:
        os.close(lock)
        raise
    return lock


def _check(folder: Path, base: str) -> bool:
    """Whether a store of this base is there; StoreError for anything else that is."""
    if folder.exists() and not folder.is_dir():
        raise StoreError(f"{folder} is a file; a store is a folder")
    meta = folder / _META
    if not meta.exists():
        if folder.exists() and any(item.name not in _OURS for item in folder.iterdir()):
            raise StoreError(f"{folder} is not a store (no {_META}); name a new or empty folder")
        return False
    found = _read_meta(meta)
    if found.get("format") != FORMAT:
        raise StoreError(
            f"{folder} has format {found.get('format')!r}; this program reads {FORMAT}"
        )
    if found.get("base") != base:
        raise StoreError(
            f"the store at {folder} was made for base {found.get('base')}, not {base}; "
            "set KG_BASE_IRI to its base or name another store"
        )
    return True


def _read_meta(meta: Path) -> dict[str, object]:
    try:
        found = json.loads(meta.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise StoreError(f"{meta} cannot be read: {error}; restore the store's folder") from error
    if not isinstance(found, dict):
        raise StoreError(f"{meta} is not a store's description; restore the store's folder")
    return found


def _write_meta(folder: Path, base: str) -> None:
    """Written whole or not at all: a store is there once this file is."""
    _write_whole(folder / _META, json.dumps({"base": base, "format": FORMAT}) + "\n")


def read_seal(folder: Path) -> str | None:
    """What was noted when all was whole (``Store.seal``), unless a write has begun since."""
    try:
        return (folder / _SEAL).read_text(encoding="utf-8")
    except OSError:
        return None


def write_seal(folder: Path, text: str | None) -> None:
    """Seal a store, or break its seal: on disk before anything else is written."""
    try:
        if text is None:
            (folder / _SEAL).unlink(missing_ok=True)
        else:
            _write_whole(folder / _SEAL, text)
        _sync(folder)
    except OSError as error:
        raise StoreError(f"{folder / _SEAL} cannot be written: {error.strerror}") from error


def read_version(folder: Path) -> Version:
    """The version of a store; where none is noted, it is as old as the store."""
    return _read_version(folder, _VERSION)


def write_version(folder: Path, version: Version) -> None:
    """Note a version: before what it holds is written, so that no two writes share one."""
    _write_version(folder, _VERSION, version)


def read_view(folder: Path) -> Version:
    """The version of the view that was sealed last."""
    return _read_version(folder, _VIEW)


def write_view(folder: Path, version: Version) -> None:
    """Note the version of a view: before it is sealed."""
    _write_version(folder, _VIEW, version)


def _read_version(folder: Path, name: str) -> Version:
    try:
        number, when = (folder / name).read_text(encoding="utf-8").split()
        return Version(int(number), int(when))
    except (OSError, ValueError):
        return Version(0, (folder / _META).stat().st_mtime_ns // 1000)


def _write_version(folder: Path, name: str, version: Version) -> None:
    try:
        _write_whole(folder / name, f"{version.number} {version.time}\n")
    except OSError as error:
        raise StoreError(f"{folder / name} cannot be written: {error.strerror}") from error


def write_site(folder: Path, site: str | None) -> None:
    """Note where the store is served, for those who find it held; or that it is not any more."""
    with contextlib.suppress(OSError):
        if site is None:
            (folder / _SITE).unlink(missing_ok=True)
        else:
            _write_whole(folder / _SITE, site)


def _served(folder: Path) -> str:
    """Who is in the way, and what to do."""
    try:
        site = (folder / _SITE).read_text(encoding="utf-8")
    except OSError:
        return (
            f"another process holds the store at {folder}; wait until it is done, or stop the "
            "server that serves it"
        )
    return (
        f"the server at {site} holds the store at {folder}; have it do what is to be done "
        f"(kg ingest, remove, judge, backup: --server {site}), or stop it"
    )


def _write_whole(file: Path, text: str) -> None:
    draft = file.with_name(f"{file.name}.new")
    draft.write_text(text, encoding="utf-8")
    draft.replace(file)


def _sync(folder: Path) -> None:
    """Bring the folder's own entries to disk."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _told(error: Exception, folder: Path) -> StoreError:
    """RocksDB's or the system's error, as what it means and what to do."""
    text = str(error)
    if isinstance(error, BlockingIOError) or "lock" in text.lower():
        return StoreBusy(_served(folder))
    return StoreError(f"the store at {folder} cannot be opened: {text}")
