"""Articles out of whatever is named: a file, a folder, a web address or standard input."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from kg.errors import SkipItem
from kg.model import Article
from kg.sources import html, jsonl, markdown
from kg.sources.base import Defaults, Raw, Skipped
from kg.sources.decode import decode, refuse_binary
from kg.sources.fetch import from_file, from_stdin, from_url
from kg.sources.fields import article
from kg.sources.language import require_english
from kg.sources.walk import files


def read(where: str, defaults: Defaults, max_bytes: int) -> Iterator[Article | Skipped]:
    """The articles at ``where``, in a fixed order, and what had to be skipped, with its reason.

    ``where`` is a file, a folder (walked to its bottom), an http(s) URL or ``-`` for standard
    input; at most ``max_bytes`` are read of each document. Plain text, Markdown, HTML and JSON
    Lines are told apart by name, by the server's word or by how they begin. Raises nothing for
    bad input: the rest is read.
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
        raw = _fetch(where, max_bytes)
        kind, text = _decode(raw, defaults)
    except SkipItem as error:
        yield Skipped(where, str(error))
        return
    if kind == "jsonl":
        for number, line in jsonl.lines(text):
            yield _one(line, "jsonl", raw, defaults, f"{where}:{number}")
    else:
        yield _one(text, kind, raw, defaults, where)


def _fetch(where: str, max_bytes: int) -> Raw:
    if where == "-":
        return from_stdin(max_bytes)
    if _is_url(where):
        return from_url(where, max_bytes)
    return from_file(Path(where), max_bytes)


def _decode(raw: Raw, defaults: Defaults) -> tuple[str, str]:
    """The kind and the text of a document."""
    refuse_binary(raw.data)
    page = raw.kind == "html" or (
        raw.kind is None and html.looks_like(raw.data[:64].decode("latin-1"))
    )
    charset = raw.charset or (html.declared_charset(raw.data) if page else None)
    text = decode(raw.data, raw.where, charset or defaults.encoding)
    if raw.kind:
        return raw.kind, text
    return "html" if page else "jsonl" if jsonl.looks_like(text) else "text", text


def _one(text: str, kind: str, raw: Raw, defaults: Defaults, where: str) -> Article | Skipped:
    try:
        found = _article(text, kind, raw, defaults, where)
        require_english(found.text)
    except SkipItem as error:
        return Skipped(where, str(error))
    return found


def _article(text: str, kind: str, raw: Raw, defaults: Defaults, where: str) -> Article:
    if kind == "html":
        return html.parse(text, defaults, where, url=raw.url)
    if kind == "jsonl":
        return jsonl.parse(text, replace(defaults, url=None), where)
    fields = markdown.metadata(text) if kind == "markdown" else {}
    return article(text, fields, defaults, where, url=raw.url)
