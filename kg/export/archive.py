"""A zip archive written piece by piece, the same bytes for the same texts.

Memory does not grow with the number of files: what the archive's directory says of each, which
stands at its end, waits on disk.
"""

import pickle
from collections.abc import Iterable, Iterator
from io import RawIOBase
from tempfile import SpooledTemporaryFile, TemporaryFile
from typing import IO, Final
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from kg.export.job import PIECE, pieces

LEVEL: Final = 1
"""Of zlib: higher ones take twice the time for a tenth less."""
UNIX: Final = 3
"""The system of a member's attributes (APPNOTE.TXT, 4.4.2)."""
HELD: Final = 1 << 20
"""Bytes that wait in memory to be taken; more wait on disk."""


def zipped(members: Iterable[tuple[str, Iterable[str]]]) -> Iterator[bytes]:
    """An archive of these files: their names in it, each once, and their texts."""
    with TemporaryFile() as told, SpooledTemporaryFile(HELD) as held:
        sink = _Sink(held)
        with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
            archive.filelist, archive.NameToInfo = _Directory(told), _Forgotten()
            for name, texts in members:
                yield from _member(archive, sink, name, texts)
        yield from sink.taken()


def _member(archive: ZipFile, sink: "_Sink", name: str, texts: Iterable[str]) -> Iterator[bytes]:
    # A name alone has the earliest date a zip knows, 1980-01-01: no clock gets into the bytes.
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces(texts):
            member.write(piece)
            yield from sink.taken()
    yield from sink.taken()


class _Directory(list[ZipInfo]):
    """What the archive says of its members at its end, read once by ``ZipFile.close``."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._count = 0

    def append(self, info: ZipInfo) -> None:
        """Keep it on disk."""
        # Of the machine, Python notes only the system: Unix, wherever it is written.
        info.create_system = UNIX
        pickle.dump(info, self._file, pickle.HIGHEST_PROTOCOL)
        self._count += 1

    def __len__(self) -> int:
        return self._count

    def __iter__(self) -> Iterator[ZipInfo]:
        self._file.seek(0)
        for _ in range(self._count):
            yield pickle.load(self._file)


class _Forgotten(dict[str, ZipInfo]):
    """Members by name, by which ``ZipFile`` would know that one is there twice."""

    def __setitem__(self, name: str, info: ZipInfo) -> None:
        """Nothing asks for it."""


class _Sink(RawIOBase):
    """A file that cannot be sought in; what was written is taken away piece by piece."""

    def __init__(self, held: IO[bytes]) -> None:
        self._held = held

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: object, /) -> int:
        """Hold the bytes until they are taken."""
        return self._held.write(bytes(data))  # type: ignore[call-overload]

    def taken(self) -> Iterator[bytes]:
        """Everything written since the last time."""
        self._held.seek(0)
        while piece := self._held.read(PIECE):
            yield piece
        self._held.seek(0)
        self._held.truncate()
