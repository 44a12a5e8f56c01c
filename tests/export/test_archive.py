"""Archives of very many files: what is in them, and what they cost while they are written."""

import tracemalloc
from pathlib import Path
from zipfile import ZipFile

import pytest

from kg.export.archive import zipped

MANY = 5_000


@pytest.mark.slow
def test_memory_does_not_grow_with_the_number_of_files(tmp_path: Path) -> None:
    file = tmp_path / "many.zip"
    tracemalloc.start()
    with file.open("wb") as out:
        for piece in zipped((f"notes/{number}.md", [f"note {number}"]) for number in range(MANY)):
            out.write(piece)
    _, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert peak < 2 << 20, "a directory of 5,000 files takes 4 MB"
    with ZipFile(file) as archive:
        assert archive.testzip() is None
        assert len(archive.namelist()) == MANY
        assert archive.read(f"notes/{MANY - 1}.md") == b"note 4999"
