"""Header lines of a plain text: read as what the source states, never as its sentences."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import header
from kg.extract import open_extractor
from kg.iri import DEFAULT_BASE
from kg.model import Article
from kg.pipeline import ingest
from kg.sources import Defaults, read, stated
from kg.store import open_store
from kg.verify import verify

TEXT = (
    "Publisher: The Harbour Post\n"
    "Date: 4 May 2021\n"
    "Title: Tolen accused Kesh of shelling Lorik\n"
    "Byline: Nadia Brell\n"
    "URL: https://harbour.example/lorik\n"
    "\n"
    "Keshi artillery shelled the market in Lorik on Sunday, mayor Otar Veskin said.\n"
)


def article(text: str, folder: Path, **defaults: str) -> Article:
    file = folder / "a.txt"
    file.write_bytes(text.encode())
    fills = Defaults(
        published=stated(defaults["date"]) if "date" in defaults else None,
        publisher=defaults.get("publisher"),
    )
    (found,) = read(str(file), fills, 2**20)
    assert isinstance(found, Article)
    return found


@pytest.mark.parametrize("ends", ["\n", "\r\n"])
def test_header_lines_are_what_the_source_states(tmp_path: Path, ends: str) -> None:
    text = TEXT.replace("\n", ends)
    found = article(text, tmp_path, date="2020-01-01", publisher="Another")
    assert found.text == text
    assert found.published
    assert (found.published.edtf, found.publisher) == ("2021-05-04", "The Harbour Post")
    assert found.headline == "Tolen accused Kesh of shelling Lorik"
    assert (found.author, found.url) == ("Nadia Brell", "https://harbour.example/lorik")


def test_defaults_fill_what_the_header_leaves_out(tmp_path: Path) -> None:
    text = TEXT.replace("Date: 4 May 2021\n", "")
    found = article(text, tmp_path, date="2020-01-01", publisher="Another")
    assert found.published
    assert (found.published.edtf, found.publisher) == ("2020-01-01", "The Harbour Post")


@pytest.mark.parametrize(
    "text",
    [
        "Kesh: the truce holds in the town.\n\nThe town was calm on Sunday, the mayor said.\n",
        "The town was calm on Sunday.\nDate: 2021-05-04\n\nThe mayor said that he was glad.\n",
        "Date: 2021-05-04\nThe town was calm on Sunday, the mayor said, and he was glad of it.\n",
        "\nDate: 2021-05-04\n\nThe town was calm on Sunday, the mayor said, and he was glad.\n",
        "Date:\n\nThe town was calm on Sunday, the mayor said, and he was glad of it.\n",
    ],
)
def test_other_lines_are_text(tmp_path: Path, text: str) -> None:
    found = article(text, tmp_path)
    assert found.text == text
    assert found.published is None
    assert header.end(text) == 0


@given(st.text())
def test_a_header_ends_where_a_line_begins(text: str) -> None:
    at = header.end(text)
    assert at == 0 or text[at - 1] == "\n" or at == len(text)


def test_nothing_is_read_out_of_a_header(tmp_path: Path) -> None:
    store = open_store("memory:", base=DEFAULT_BASE)
    front = TEXT.replace("Publisher", "---\nPublisher").replace("\n\n", "\n---\n\n")
    for number, text in enumerate((TEXT, front)):
        (tmp_path / f"{number}.{'md' if number else 'txt'}").write_text(text)
    outcome = ingest(store, read(str(tmp_path), Defaults(), 2**20), open_extractor("default"))
    assert (outcome.new, outcome.statements, outcome.reports) == (2, 2, 2)
    assert list(verify(store)) == []
    store.close()
