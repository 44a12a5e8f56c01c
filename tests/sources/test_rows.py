"""Tables of articles: a row an article, each bad row by its line, nothing run together."""

from pathlib import Path

import pytest

from kg.model import Article, Skipped
from kg.sources import Defaults, read

FIRST = "The army shelled the bridge on Monday, the mayor said. Nobody was hurt in the town."
SECOND = "Villagers said that the road was closed. The governor promised to open it again."


def found(path: Path, data: str | bytes) -> list[Article | Skipped]:
    path.write_bytes(data.encode() if isinstance(data, str) else data)
    return list(read(str(path), Defaults(publisher="Ridge Times"), 1_000_000))


@pytest.mark.parametrize(("name", "mark"), [("a.csv", ","), ("a.csv", ";"), ("a.tsv", "\t")])
def test_a_row_is_an_article(tmp_path: Path, name: str, mark: str) -> None:
    rows = [
        ["Title", "Date", "URL", "Body"],
        ["Bridge", "2024-05-07", "https://ridge.example/1", f'"{FIRST}"'],
        ["", "", "", f'"{SECOND}"'],
    ]
    first, second = found(tmp_path / name, "\r\n".join(map(mark.join, rows)))
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.text, first.headline, first.url) == (FIRST, "Bridge", "https://ridge.example/1")
    assert first.published
    assert first.published.edtf == "2024-05-07"
    assert (second.text, second.url, second.publisher) == (SECOND, None, "Ridge Times")


def test_a_text_keeps_its_lines_and_a_bad_row_is_named_by_its_first(tmp_path: Path) -> None:
    data = f'text,date\n"{FIRST}\n\n{SECOND}",2024-05-07\n"",2024-05-07\n\n"{SECOND}",\n'
    first, bad, last = found(tmp_path / "a.csv", data)
    assert isinstance(first, Article)
    assert first.text == f"{FIRST}\n\n{SECOND}"
    assert isinstance(bad, Skipped)
    assert bad.where.endswith("a.csv:5")
    assert "no text" in bad.reason
    assert isinstance(last, Article)


def test_what_is_no_table_of_articles_is_refused(tmp_path: Path) -> None:
    (none,) = found(tmp_path / "a.csv", "town,dead\nOrm,3\n")
    assert isinstance(none, Skipped)
    assert "first row" in none.reason
    (empty,) = found(tmp_path / "b.csv", "")
    assert isinstance(empty, Skipped)


def test_a_quotation_mark_that_is_not_closed_takes_nothing_with_it(tmp_path: Path) -> None:
    data = f'text\n"{FIRST}"\n"{SECOND}\n"{FIRST}"\n'
    first, rest = found(tmp_path / "a.csv", data)
    assert isinstance(first, Article)
    assert isinstance(rest, Skipped)
    assert rest.where.endswith("a.csv:3")
    assert "not CSV" in rest.reason


def test_a_long_text_is_read_whole(tmp_path: Path) -> None:
    text = f"{FIRST} " * 2000
    (article,) = found(tmp_path / "a.csv", f'text\n"{text}"\n')
    assert isinstance(article, Article)
    assert article.text == text
