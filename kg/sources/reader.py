"""Articles out of whatever is named: a file, a folder, a web address or standard input."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from kg.errors import SkipItem
from kg.header import NAMES, lines
from kg.model import Article, Skipped
from kg.sources import html, jsonl, markdown, rows
from kg.sources.base import Defaults, Raw
from kg.sources.decode import decode, refuse_binary
from kg.sources.fetch import from_file, from_stdin, from_url, opened
from kg.sources.fields import article
from kg.sources.language import require_english
from kg.sources.walk import files, kind_of


def read(where: str, defaults: Defaults, max_bytes: int) -> Iterator[Article | Skipped]:
    """The articles at ``where``, in a fixed order, and what had to be skipped, with its reason.

    ``where`` is a file, a folder (walked to its bottom), an http(s) URL or ``-`` for standard
    input; at most ``max_bytes`` are read of each document. Plain text, Markdown, HTML, JSON
    Lines and CSV are told apart by name, by the server's word or by how they begin. Raises
    nothing for bad input: the rest is read.
    """
    for path in _paths(where):
        if isinstance(path, Skipped):
            yield path
        else:
            yield from _document(path, defaults, max_bytes)


def _paths(where: str) -> Iterator[str | Skipped]:
    folder = Path(where)
    if _is_url(where) or where == "-" or not folder.is_dir():
        yield where
        return
    try:
        for path in files(folder):
            yield path if isinstance(path, Skipped) else str(path)
    except OSError as error:
        yield Skipped(where, f"the folder cannot be listed: {error.strerror}")


def _is_url(where: str) -> bool:
    return where.lower().startswith(("http://", "https://"))


def _document(where: str, defaults: Defaults, max_bytes: int) -> Iterator[Article | Skipped]:
    try:
        if not _is_url(where) and kind_of(Path(where)) == "jsonl":
            with opened(Path(where)) as stream:
                yield from jsonl.read(stream, defaults, where, max_bytes)
            return
        yield from unpack(_fetch(where, max_bytes), defaults, max_bytes)
    except SkipItem as error:
        yield Skipped(where, str(error))


def unpack(raw: Raw, defaults: Defaults, max_bytes: int) -> Iterator[Article | Skipped]:
    """The articles of a document whose bytes are here, and what had to be skipped.

    ``max_bytes`` is the longest line of JSON Lines.
    """
    try:
        if raw.kind == "jsonl" or (raw.kind is None and jsonl.looks_like(raw.data)):
            yield from jsonl.read(BytesIO(raw.data), defaults, raw.where, max_bytes)
            return
        if raw.kind == "csv":
            yield from rows.read(raw, defaults)
            return
        found = _article(raw, defaults)
        require_english(found.text)
        yield found
    except SkipItem as error:
        yield Skipped(raw.where, str(error))


def _fetch(where: str, max_bytes: int) -> Raw:
    if where == "-":
        return from_stdin(max_bytes)
    if _is_url(where):
        return from_url(where, max_bytes)
    return from_file(Path(where), max_bytes)


def _stated(text: str) -> dict[str, str]:
    """What header lines at the top of a plain text state."""
    return {name: value for name, value in lines(text).fields.items() if name in NAMES}


def _article(raw: Raw, defaults: Defaults) -> Article:
    """The one article of a text, Markdown or HTML document."""
    refuse_binary(raw.data)
    page = raw.kind == "html" or (raw.kind is None and html.looks_like(raw.data))
    charset = raw.charset or (html.declared_charset(raw.data) if page else None)
    text = decode(raw.data, raw.where, charset or defaults.encoding)
    if page:
        return html.parse(text, defaults, raw.where, url=raw.url)
    fields = markdown.metadata(text) if raw.kind == "markdown" else _stated(text)
    return article(text, fields, defaults, raw.where, url=raw.url)
