"""Everything that can be named is read, and what cannot be read is named with its reason."""

import codecs
import io
import json
import logging
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from kg.model import Article
from kg.sources import Defaults, Skipped, read, stated

NEWS = "BELGORAN (HP) — The ministry denied on Monday that its troops had shelled the market.\r\n"
PAGE = (
    "<!doctype html><html><head><title>Denial</title></head><body><article><h1>Denial</h1><p>"
    + NEWS * 3
    + "</p></article></body></html>"
)
RUSSIAN = "Министерство обороны опровергло сообщения об обстреле рынка. " * 5
MB = 2**20


def articles(where: Path | str, defaults: Defaults | None = None, size: int = MB) -> list[Article]:
    found = list(read(str(where), defaults or Defaults(), size))
    assert not [item for item in found if isinstance(item, Skipped)]
    return [item for item in found if isinstance(item, Article)]


def skipped(where: Path | str, size: int = MB) -> list[Skipped]:
    return [item for item in read(str(where), Defaults(), size) if isinstance(item, Skipped)]


def test_plain_text_is_stored_as_it_is(tmp_path: Path) -> None:
    text = f"\n A caption\u00a0\n\n{NEWS}SEE ALSO: other\n"
    (tmp_path / "a.txt").write_bytes(text.encode())
    (found,) = articles(tmp_path / "a.txt")
    assert found == Article(text)


def test_defaults_fill_what_is_missing(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(NEWS)
    given = Defaults(stated("2024-05-06"), "https://a.example/1", "The Post", "Denial", "A. B.")
    (found,) = articles(tmp_path / "a.txt", given)
    assert (found.published, found.url, found.publisher, found.headline, found.author) == (
        stated("2024-05-06"),
        "https://a.example/1",
        "The Post",
        "Denial",
        "A. B.",
    )


def test_a_byte_order_mark_is_said_and_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.txt").write_bytes(codecs.BOM_UTF8 + NEWS.encode())
    with caplog.at_level(logging.INFO):
        (found,) = articles(tmp_path / "a.txt")
    assert found.text == NEWS
    assert "byte order mark" in caplog.text


def test_markdown_states_its_title_and_front_matter(tmp_path: Path) -> None:
    front = "---\ndate: 2024-05-06\nurl: 'https://a.example/x'\nsource: The Post\n---\n"
    text = f"{front}# Why *now*\n\n{NEWS}"
    (tmp_path / "a.md").write_bytes(text.encode())
    (found,) = articles(tmp_path / "a.md", Defaults(stated("2001-01-01"), publisher="Other"))
    assert found.text == text
    assert found.published == stated("2024-05-06")
    assert (found.headline, found.url, found.publisher) == (
        "Why now",
        "https://a.example/x",
        "The Post",
    )


def test_json_lines_are_articles_and_each_bad_line_is_named(tmp_path: Path) -> None:
    good = {"text": NEWS + "\u2028 end ", "title": "Denial", "date": "2024-05-06", "x": [1]}
    other = {"content": NEWS, "source": {"name": "The Post"}, "author": ["A. B.", "C. D."]}
    rows = [json.dumps(good), "", "{broken", '"text"', '{"text": " "}', json.dumps(other)]
    rows += [json.dumps({"text": RUSSIAN}), '{"text": "half \\ud800"}']
    path = tmp_path / "a.jsonl"
    path.write_text("\n".join(rows), newline="")
    found = list(read(str(path), Defaults(url="https://not.for.lines/", headline="Not either"), MB))
    first, *bad, second, foreign, half = found
    assert isinstance(first, Article)
    assert isinstance(second, Article)
    assert (first.text, first.headline, first.url) == (good["text"], "Denial", None)
    assert (second.publisher, second.author, second.headline) == ("The Post", "A. B., C. D.", None)
    assert [
        (item.where.rsplit(":", 1)[1], item.reason.split(":")[0])
        for item in bad
        if isinstance(item, Skipped)
    ] == [
        ("3", "not JSON"),
        ("4", "not an article"),
        ("5", "no text"),
    ]
    assert isinstance(foreign, Skipped)
    assert foreign.reason.startswith("not in English")
    assert isinstance(half, Skipped)
    assert "surrogate" in half.reason


def test_a_corpus_may_be_larger_than_the_limit_of_one_article(tmp_path: Path) -> None:
    row = json.dumps({"text": NEWS})
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"\n".join([row.encode()] * 5 + [b'{"text": "caf\xe9"}', b"x" * 3000, b"{}"]))
    found = list(read(str(path), Defaults(), 300))
    assert sum(isinstance(item, Article) for item in found) == 5
    reasons = {item.where[-2:]: item.reason for item in found if isinstance(item, Skipped)}
    assert list(reasons) == [":6", ":7", ":8"]
    assert "not utf-8" in reasons[":6"]
    assert "too large" in reasons[":7"]
    assert "no text" in reasons[":8"]


def test_packed_lines_are_refused_at_once(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_bytes(b"\x1f\x8b\x08\x00" + bytes(range(256)) * 9)
    assert "unpack it" in skipped(tmp_path / "a.jsonl")[0].reason


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.jsonl", "a"])
def test_nothing_is_named_and_blank_space_before_a_text_is_something(
    tmp_path: Path, name: str
) -> None:
    path = tmp_path / name
    for data in (b"", b" \n\n\t" * 5000):
        path.write_bytes(data)
        assert [item.reason for item in skipped(path)] == ["empty: there is no text in it"]
    page = PAGE if name == "a.html" else json.dumps({"text": NEWS})
    path.write_bytes(b"\n" * 5000 + page.encode())
    assert len(articles(path)) == 1


def test_an_unreadable_date_is_said_and_left_out(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"text": NEWS, "date": "04/10/2022"}))
    (found,) = articles(tmp_path / "a.jsonl")
    assert found.published is None
    assert "a.jsonl:1: its date is left out" in caplog.text


def test_a_page_declares_its_encoding(tmp_path: Path) -> None:
    page = PAGE.replace("<head>", '<head><meta charset="windows-1252">')
    (tmp_path / "a.html").write_bytes(page.encode("cp1252"))
    (found,) = articles(tmp_path / "a.html")
    assert "—" in found.text
    assert found.headline == "Denial"


def test_files_without_a_telling_name_are_told_by_their_beginning(tmp_path: Path) -> None:
    (tmp_path / "page").write_text(PAGE)
    (tmp_path / "lines").write_text(json.dumps({"text": NEWS}))
    (tmp_path / "plain").write_bytes(NEWS.encode())
    assert articles(tmp_path / "page")[0].headline == "Denial"
    assert articles(tmp_path / "lines")[0].text == NEWS
    assert articles(tmp_path / "plain")[0].text == NEWS


def test_bad_files_are_named_and_the_good_ones_read(tmp_path: Path) -> None:
    (tmp_path / "deep").mkdir()
    (tmp_path / "a-good.txt").write_text(NEWS)
    (tmp_path / "deep" / "z-good.md").write_text(NEWS)
    (tmp_path / "binary.txt").write_bytes(b"\x7fELF\x00\x01" + bytes(range(200)))
    (tmp_path / "cut.html").write_text(PAGE[:300])
    (tmp_path / "empty.txt").write_bytes(b"")
    (tmp_path / "huge.txt").write_bytes(b"word " * (MB // 4))
    (tmp_path / "latin.txt").write_bytes("café — on the border".encode("cp1252"))
    (tmp_path / "russian.txt").write_text(RUSSIAN)
    (tmp_path / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n")
    (tmp_path / ".hidden").write_bytes(b"\x00")
    (tmp_path / "deep" / "loop").symlink_to(tmp_path)
    (tmp_path / "self.txt").symlink_to(tmp_path / "self.txt")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    found = list(read(str(tmp_path), Defaults(), MB))
    assert sum(isinstance(item, Article) for item in found) == 2
    reasons = {Path(item.where).name: item.reason for item in found if isinstance(item, Skipped)}
    expected = {
        "binary.txt": "binary data",
        "cut.html": "cut off",
        "empty.txt": "empty",
        "gone.txt": "no such file",
        "huge.txt": "too large: 1.2 MB, and at most 1 MB",
        "latin.txt": "not utf-8",
        "loop": "symbolic link loop",
        "photo.png": "does not end in",
        "russian.txt": "not in English",
        "self.txt": "symbolic link loop",
    }
    assert set(reasons) == set(expected)
    assert not [name for name, part in expected.items() if part not in reasons[name]]


def test_a_folder_is_read_in_one_order(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.txt", "B.txt"):
        (tmp_path / name).write_text(f"{name}: {NEWS}")
    assert [found.text[:5] for found in articles(tmp_path)] == ["B.txt", "a.txt", "b.txt", "c.txt"]


def test_a_missing_path_and_a_device_are_named() -> None:
    assert "no such file" in skipped("/nowhere/at/all.txt")[0].reason
    assert "neither a file nor a folder" in skipped("/dev/null")[0].reason


def test_standard_input_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    stream = io.TextIOWrapper(io.BytesIO(NEWS.encode()), encoding="ascii")
    monkeypatch.setattr(sys, "stdin", stream)
    assert articles("-") == [Article(NEWS)]


class Site(BaseHTTPRequestHandler):
    """A small web site: pages, an error, a body that is cut short."""

    def do_GET(self) -> None:
        status, kind, body, length = {
            "/page": (200, "text/html; charset=windows-1252", PAGE.encode("cp1252"), None),
            "/plain": (200, "text/plain", NEWS.encode(), None),
            "/short": (200, "text/plain", NEWS.encode(), 10_000),
            "/endless": (200, "text/plain", b"word " * MB, None),
        }.get(self.path, (404, "text/plain", b"gone", None))
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(length or len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Keep the test's output clean."""


@pytest.fixture
def site() -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
        thread.join()


def test_a_web_address_is_fetched(site: str) -> None:
    (page,) = articles(f"{site}/page")
    assert (page.url, page.headline) == (f"{site}/page", "Denial")
    assert "—" in page.text
    (plain,) = articles(f"{site}/plain")
    assert plain == Article(NEWS, url=f"{site}/plain")


@pytest.mark.parametrize(
    ("path", "reason"),
    [("/no", "404"), ("/short", "cut off"), ("/endless", "too large")],
)
def test_a_web_address_that_fails_is_named(site: str, path: str, reason: str) -> None:
    (found,) = skipped(f"{site}{path}")
    assert found.where == f"{site}{path}"
    assert reason in found.reason


def test_a_server_that_is_not_there_is_named() -> None:
    assert "could not be fetched" in skipped("http://127.0.0.1:9/a")[0].reason
