"""Whole articles in the style of different outlets, read as a careful reader reads them.

``articles/NAME.told`` holds what the article tells, in the words of ``told.py``; a line after
``?`` is found today and doubtful, so that nobody needs it. The people are invented.
"""

from collections import Counter
from pathlib import Path

import pytest

from tests.extract.conftest import Read

FOLDER = Path(__file__).parent / "articles"
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
LEAST_FOUND = 0.9
MOST_OTHER = 0.1


@pytest.mark.parametrize("name", NAMES)
def test_article_tells_what_a_reader_finds(name: str, read: Read) -> None:
    told = read((FOLDER / f"{name}.txt").read_text(encoding="utf-8"))
    found = Counter(f"S {one}" for one in told.statements())
    found.update(f"R {one}" for one in told.reports())
    lines = (FOLDER / f"{name}.told").read_text(encoding="utf-8").splitlines()
    wanted = Counter(line for line in lines if not line.startswith("? "))
    doubtful = Counter(line[2:] for line in lines if line.startswith("? "))
    missing, other = wanted - found, found - wanted - doubtful
    print("missing:", *missing, "other:", *other, sep="\n  ")
    assert wanted.total() - missing.total() >= LEAST_FOUND * wanted.total()
    assert other.total() <= MOST_OTHER * wanted.total()


@pytest.mark.parametrize(
    ("name", "junk"),
    [
        ("singles", "Survivors were taken"),
        ("singles", "village that said no"),
        ("newsletter", "refinery"),
        ("newsletter", "Unsubscribe"),
        ("press_release", "Ekwall"),
        ("dateline", "Birk"),
    ],
)
def test_furniture_tells_nothing(name: str, junk: str, read: Read) -> None:
    """The texts hold this in captions, links and credits; no finding's words do."""
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    found = read(text).extraction
    wholes = [one.whole.of(text) for one in found.statements]
    wholes += [one.whole.of(text) for one in found.reports]
    assert junk in text
    assert not [whole for whole in wholes if junk in whole]
