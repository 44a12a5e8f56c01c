"""Whether a web page was cut off in the middle.

A page may leave out ``</body>`` and ``</html>``, but elements whose end tag is required (HTML,
section 13.1.2.4) must be closed. A page that closes neither and ends inside a tag, a comment or
such an element was cut: its last sentence may lack the word that turns its meaning, so it is
refused whole.
"""

import re
from html.parser import HTMLParser
from typing import Final

_REQUIRED: Final = re.compile(
    r"a|article|aside|blockquote|button|div|em|figure|footer|form|h[1-6]|header|main|nav|noscript"
    r"|ol|script|section|span|strong|style|table|template|time|title|ul"
)
_WHOLE: Final = re.compile(r"</(?:html|body)\b", re.I)


def cut_off(page: str) -> str | None:
    """How the page ends too early, or None if it is whole.

    >>> cut_off("<html><body><article><p>The army said it did n")
    'it ends inside <article>, which is never closed'
    >>> cut_off("<p>A fragment.<p>Its end tags may be left out.")
    """
    if _WHOLE.search(page):
        return None
    watch = _Watch()
    watch.feed(page)
    if watch.rawdata.strip():
        return f"it ends inside the tag {watch.rawdata[:20]!r}"
    if watch.open:
        return f"it ends inside <{watch.open[-1]}>, which is never closed"
    if "p" in watch.closed and watch.paragraph:
        return "its last paragraph is never closed, as the others are"
    return None


class _Watch(HTMLParser):
    """Keeps the stack of open elements whose end tag is required."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.closed: set[str] = set()
        self.paragraph = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Note an element that opens."""
        if _REQUIRED.fullmatch(tag):
            self.open.append(tag)
        self.paragraph = tag == "p" or self.paragraph

    def handle_endtag(self, tag: str) -> None:
        """Note an element that closes, and with it everything opened inside."""
        self.closed.add(tag)
        if tag == "p":
            self.paragraph = False
        if tag in self.open:
            while self.open.pop() != tag:
                pass
