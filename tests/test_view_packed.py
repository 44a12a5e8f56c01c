"""Graphs put aside while a view is made: what becomes of them where the disk fails."""

import gc
import io
import sys
from errno import EIO, ENOSPC
from pathlib import Path
from typing import Any

import pytest

from kg.errors import StoreError
from kg.view import Packed

GRAPH, TRIPLES = "http://x.example/g", [("<a:s>", "<a:p>", f'"{n}"') for n in range(9)]


class Disk(io.FileIO):
    """A file on a disk that can be full, or fail."""

    full = failing = False

    def write(self, data: Any, /) -> int:
        if self.full:
            raise OSError(ENOSPC, "No space left on device")
        return super().write(data)

    def readinto(self, buffer: Any, /) -> int:
        if self.failing:
            raise OSError(EIO, "Input/output error")
        return super().readinto(buffer)


@pytest.fixture
def disk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Disk:
    made = Disk(tmp_path / "file", "w+")
    monkeypatch.setattr(
        "kg.view.packed.tempfile.TemporaryFile", lambda **_: io.BufferedRandom(made)
    )
    return made


def test_what_finds_no_room_is_told_once_and_is_not_there(
    disk: Disk, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[object] = []
    monkeypatch.setattr(sys, "unraisablehook", told.append)
    kept = Packed()
    disk.full = True
    with pytest.raises(StoreError, match=r"put aside in .*: No space left"):
        kept.put(GRAPH, TRIPLES)
    assert GRAPH not in kept
    del kept
    gc.collect()
    assert told == []
    assert disk.closed


def test_what_cannot_be_read_again_is_an_error_of_the_store(disk: Disk) -> None:
    kept = Packed()
    kept.put(GRAPH, TRIPLES)
    assert kept[GRAPH] == TRIPLES
    kept.put(f"{GRAPH}2", TRIPLES)
    disk.failing = True
    with pytest.raises(StoreError, match=r"read again in .*: Input/output error"):
        kept[GRAPH]
    with pytest.raises(KeyError):
        kept[f"{GRAPH}3"]
