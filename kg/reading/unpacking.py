"""The articles of documents that requests bring, as ``kg.sources`` reads them."""

from collections.abc import Iterator

from kg.errors import SkipItem
from kg.model import Article, Skipped
from kg.reading.documents import Document
from kg.sources import Defaults, Raw, one_line, stated, unpack


def articles(document: Document) -> Iterator[Article | Skipped]:
    """The articles in a document and what had to be skipped; BadInput for a date that is none."""
    published = stated(document.published) if document.published else None
    defaults = Defaults(
        published=published,
        url=document.url,
        publisher=document.publisher,
        headline=document.headline,
        author=document.author,
        encoding=document.charset or "utf-8",
    )
    if document.kind == "json":
        try:
            yield one_line(document.data, defaults, document.where)
        except SkipItem as error:
            yield Skipped(document.where, str(error))
        return
    raw = Raw(document.where, document.data, document.kind, document.charset)
    yield from unpack(raw, defaults, len(document.data))
