"""A zip archive written piece by piece, the same bytes for the same texts."""

from collections.abc import Iterable, Iterator
from io import RawIOBase
from typing import Final
from zipfile import ZIP_DEFLATED, ZipFile

from kg.export.job import pieces

LEVEL: Final = 1
"""Of zlib: higher ones take twice the time for a tenth less."""
UNIX: Final = 3
"""The system of a member's attributes (APPNOTE.TXT, 4.4.2)."""


def zipped(members: Iterable[tuple[str, Iterable[str]]]) -> Iterator[bytes]:
    """An archive of these files: their names in it, and their texts."""
    sink = _Sink()
    with ZipFile(sink, "w", ZIP_DEFLATED, compresslevel=LEVEL) as archive:
        for name, texts in members:
            yield from _member(archive, sink, name, texts)
    yield sink.taken()


def _member(archive: ZipFile, sink: "_Sink", name: str, texts: Iterable[str]) -> Iterator[bytes]:
    # A name alone has the earliest date a zip knows, 1980-01-01: no clock gets into the bytes.
    with archive.open(name, "w", force_zip64=True) as member:
        for piece in pieces(texts):
            member.write(piece)
            yield sink.taken()
    # Of the machine, Python notes only the system: Unix, wherever it is written.
    archive.getinfo(name).create_system = UNIX
    yield sink.taken()


class _Sink(RawIOBase):
    """A file that cannot be sought in; what was written is taken away piece by piece."""

    def __init__(self) -> None:
        self._held: list[bytes] = []

    def writable(self) -> bool:
        """Always."""
        return True

    def write(self, data: object, /) -> int:
        """Hold the bytes until they are taken."""
        held = bytes(data)  # type: ignore[call-overload]
        self._held.append(held)
        return len(held)

    def taken(self) -> bytes:
        """Everything written since the last time."""
        found = b"".join(self._held)
        self._held.clear()
        return found
