"""Web pages: the article's text and what the page states of itself.

trafilatura finds the text, title, author, publisher and canonical URL. The date is read here,
from what the page states (meta elements, JSON-LD, ``time``): trafilatura's own finder falls back
on the URL, on dates in the running text and on today's date, which are guesses.
"""

import json
import re
from collections.abc import Iterator
from typing import Final
from urllib.parse import urlsplit

import trafilatura
from lxml.html import HtmlElement
from trafilatura.settings import Document

from kg.errors import BadInput, UnreadableSource
from kg.model import Article
from kg.sources.base import Defaults
from kg.sources.cut import cut_off
from kg.sources.decode import checked
from kg.sources.fields import article
from kg.sources.stamp import stated

_CHARSET = re.compile(rb"<meta[^>]+charset\s*=\s*[\"']?\s*([\w:.-]+)", re.I)
_META: Final = (
    "article:published_time",
    "og:article:published_time",
    "datePublished",
    "parsely-pub-date",
    "sailthru.date",
    "pubdate",
    "publish-date",
    "publication_date",
    "DC.date.issued",
    "dcterms.created",
    "DC.date",
    "date",
)
# The dates are read here, so trafilatura is kept from looking far, and from looking at the clock.
_NO_GUESSING: Final = {
    "extensive_search": False,
    "original_date": True,
    "max_date": "9999-12-31",
}


def declared_charset(data: bytes) -> str | None:
    """The encoding that a page's first 1,024 bytes declare (HTML, section 4.2.5.4).

    >>> declared_charset(b'<meta charset="windows-1252">')
    'windows-1252'
    """
    found = _CHARSET.search(data[:1024])
    return found[1].decode() if found else None


def looks_like(data: bytes) -> bool:
    """Whether a document begins as a web page does."""
    return data[:64].lstrip().lower().startswith((b"<!doctype html", b"<html"))


def parse(page: str, defaults: Defaults, where: str, *, url: str | None = None) -> Article:
    """The article of a page; UnreadableSource if the page is cut off or holds no article."""
    if reason := cut_off(page):
        raise UnreadableSource(f"the page is cut off: {reason}; save it again, whole")
    tree = trafilatura.load_html(page)
    if tree is None:
        raise UnreadableSource("this is no web page: there is no markup in it")
    dates = list(_dates(tree))
    found = trafilatura.bare_extraction(
        tree,
        url=url,
        with_metadata=True,
        include_comments=False,
        include_tables=False,
        date_extraction_params=dict(_NO_GUESSING),
    )
    if not isinstance(found, Document) or not found.text:
        raise UnreadableSource("no article text was found in this page")
    fields = {
        "headline": found.title,
        "author": found.author,
        "url": found.url,
        "published": _best(dates),
        "publisher": _publisher(found, defaults),
    }
    return article(checked(found.text), fields, defaults, where, url=url)


def _publisher(found: Document, defaults: Defaults) -> str | None:
    """The site's name; where the page states none, the default, then the host of its URL."""
    host = (urlsplit(found.url or "").hostname or "").removeprefix("www.")
    name = found.sitename or ""
    if host and name.lower().removeprefix("www.") == host:
        return defaults.publisher or host
    return name or None


def _best(dates: list[str]) -> str | None:
    """The first date that can be read, else the first one, so that it can be complained of."""
    for text in dates:
        try:
            return stated(text).text
        except BadInput:
            continue
    return dates[0] if dates else None


def _dates(tree: HtmlElement) -> Iterator[str]:
    """Every publication date the page states, most explicit first."""
    metas = {
        (meta.get("property") or meta.get("name") or meta.get("itemprop") or "").lower(): text
        for meta in reversed(tree.xpath("//meta[@content]"))
        if (text := meta.get("content", "").strip())
    }
    for script in tree.xpath('//script[@type="application/ld+json"]'):
        yield from _linked_data(script.text or "")
    for name in _META:
        if name.lower() in metas:
            yield metas[name.lower()]
    for element in tree.xpath('//*[@itemprop="datePublished"] | //time[@pubdate]'):
        yield element.get("datetime") or element.get("content") or element.text_content().strip()
    if len(times := tree.xpath("//article//time[@datetime]")) == 1:
        yield times[0].get("datetime")


def _linked_data(text: str) -> Iterator[str]:
    try:
        data = json.loads(text)
    except (json.JSONDecodeError, RecursionError):
        return
    yield from _published(data)


def _published(data: object, depth: int = 4) -> Iterator[str]:
    """Values of datePublished in JSON-LD, outermost first."""
    if depth and isinstance(data, list):
        for item in data:
            yield from _published(item, depth - 1)
    elif depth and isinstance(data, dict):
        if isinstance(value := data.get("datePublished"), str) and value.strip():
            yield value.strip()
        yield from _published(data.get("@graph"), depth - 1)
        yield from _published(data.get("mainEntity"), depth - 1)
