"""One article from named fields: JSON lines, front matter, a page's metadata.

Several names are read for each field, because newsrooms, crawlers and archives differ; the first
one that is filled wins. Fields of other names are ignored.
"""

import logging
from collections.abc import Mapping
from typing import Final

from kg.errors import BadInput
from kg.model import Article, DateRange
from kg.sources.base import Defaults
from kg.sources.stamp import stated

log = logging.getLogger(__name__)

NAMES: Final = {
    "text": ("text", "body", "content", "articleBody", "article_body", "maintext"),
    "headline": ("headline", "title", "name"),
    "published": (
        "published",
        "date",
        "datePublished",
        "date_published",
        "published_at",
        "pubDate",
    ),
    "url": ("url", "link", "canonical"),
    "publisher": ("publisher", "source", "site", "sitename", "outlet"),
    "author": ("author", "byline", "creator"),
}


def text_field(fields: Mapping[str, object], what: str) -> str | None:
    """The first filled field of those read for ``what``; an object's name stands for it."""
    for name in NAMES[what]:
        value = fields.get(name)
        if isinstance(value, dict):
            value = value.get("name")
        if isinstance(value, list):
            value = ", ".join(item for item in value if isinstance(item, str))
        if isinstance(value, str) and value.strip():
            return value if what == "text" else value.strip()
    return None


def article(
    text: str,
    fields: Mapping[str, object],
    defaults: Defaults,
    where: str,
    *,
    url: str | None = None,
) -> Article:
    """The article of a text: what ``fields`` state, then ``url``, then the defaults."""
    return Article(
        text=text,
        url=text_field(fields, "url") or url or defaults.url,
        headline=text_field(fields, "headline") or defaults.headline,
        published=_published(fields, where) or defaults.published,
        publisher=text_field(fields, "publisher") or defaults.publisher,
        author=text_field(fields, "author") or defaults.author,
    )


def _published(fields: Mapping[str, object], where: str) -> DateRange | None:
    """The stated date; one that cannot be read counts as missing, and that is said."""
    value = text_field(fields, "published")
    try:
        return stated(value) if value else None
    except BadInput as error:
        log.warning("%s: its date is left out: %s", where, error)
        return None
