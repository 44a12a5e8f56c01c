"""XML text: what is escaped in attributes and between tags, and what XML cannot hold."""

from typing import Final

from kg.export.job import clean

_CONTENT: Final = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;", ord("\r"): "&#13;"}
_ATTRIBUTE: Final = {**_CONTENT, ord('"'): "&quot;", ord("\n"): "&#10;", ord("\t"): "&#9;"}


def content(text: str) -> str:
    """A text between tags.

    >>> content("a < b & c")
    'a &lt; b &amp; c'
    """
    return clean(text).translate(_CONTENT)


def attribute(text: str) -> str:
    """A text as an attribute's value, with its quotation marks; line ends are kept.

    >>> attribute('say "no"')
    '"say &quot;no&quot;"'
    """
    return f'"{clean(text).translate(_ATTRIBUTE)}"'
