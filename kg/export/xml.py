"""XML text: what is escaped in attributes and between tags, and what XML cannot hold."""

from typing import Final

from kg.export.columns import Column, Escape, Texts, texts
from kg.export.job import clean

_CONTENT: Final = (
    *(("&", "&amp;"), ("<", "&lt;"), (">", "&gt;"), ("\r", "&#13;")),
    *(("\x85", "&#133;"), ("\u2028", "&#8232;")),  # line ends to readers of XML 1.1
)
_ATTRIBUTE: Final = (*_CONTENT, ('"', "&quot;"), ("\n", "&#10;"), ("\t", "&#9;"))


def content(text: str) -> str:
    """A text between tags.

    >>> content("a < b & c")
    'a &lt; b &amp; c'
    """
    return _replaced(text, _CONTENT)


def attribute(text: str) -> str:
    """A text as an attribute's value, with its quotation marks; line ends are kept.

    >>> attribute('say "no"')
    '"say &quot;no&quot;"'
    """
    return f'"{_value(text)}"'


def contents(column: Column) -> Texts:
    """A column between tags."""
    return _CONTENTS(texts(column))


def values(column: Column) -> Texts:
    """A column as attributes' values, without quotation marks."""
    return _VALUES(texts(column))


def _value(text: str) -> str:
    return _replaced(text, _ATTRIBUTE)


def _replaced(text: str, pairs: tuple[tuple[str, str], ...]) -> str:
    text = clean(text)
    for this, that in pairs:
        text = text.replace(this, that)
    return text


_CONTENTS: Final = Escape(_CONTENT, content)
_VALUES: Final = Escape(_ATTRIBUTE, _value)
