"""What a document states of itself above its text: header lines, or the front matter of Markdown.

The text stays whole and offsets count from its first character; the header is where a source
finds its fields and where the extractor finds no sentence. ::

    Publisher: The Harbour Post
    Date: 2021-05-04

    Keshi artillery shelled the market …
"""

import re
from dataclasses import dataclass
from typing import Final

NAMES: Final = frozenset(
    (
        *("title", "headline", "date", "published", "url", "link", "publisher", "source"),
        *("outlet", "author", "byline"),
    )
)
"""Header lines that are read; at least one must be among those that open a plain text."""

_FRONT: Final = re.compile(r"---[ \t]*\r?\n(.*?)^(?:---|\.\.\.)[ \t]*(?:\r?\n|\Z)", re.S | re.M)
_LINES: Final = re.compile(r"(?:[A-Za-z][\w -]{0,30}:[ \t]*\S[^\r\n]{0,300}\r?\n)+(?=[ \t]*\r?\n)")
_FIELD: Final = re.compile(r"^([A-Za-z][\w -]*?)[ \t]*:[ \t]*(\S.*?)[ \t\r]*$", re.M)
_TITLES: Final = ("Mr", "Mrs", "Ms", "Dr", "Gen", "Col", "Lt", "Sgt", "Maj", "Capt", "Gov", "St")
_SENTENCE_END: Final = re.compile(
    "".join(rf"(?<!\b{title}\.)" for title in _TITLES) + r"(?<=[a-z0-9”\"][.!?])\s+(?=[A-Z“\"])"
)
_QUOTED: Final = re.compile(r"""\A(?:"((?:[^"\\]|\\.)*)"|'((?:[^']|'')*)')\Z""")
"""A value that stands in quotation marks as a whole, as YAML has it."""


@dataclass(frozen=True, slots=True)
class Header:
    """The fields of a header, their names in small letters, and the offset where it ends."""

    fields: dict[str, str]
    end: int


NONE: Final = Header({}, 0)


def front_matter(text: str) -> Header:
    """The front matter of a Markdown document.

    >>> front_matter("---\\ndate: '2022-10-04'\\n---\\nThe town was calm.")
    Header(fields={'date': '2022-10-04'}, end=27)
    >>> front_matter("---\\nShells fell.\\n---\\nThe town was calm.").end
    0
    """
    found = _FRONT.match(text)
    fields = _fields(found[1]) if found else {}
    return Header(fields, found.end()) if found and (fields or not found[1].strip()) else NONE


def lines(text: str) -> Header:
    """The header lines at the very top of a plain text, up to a blank line.

    Every line must be ``Name: value``, and one of the names one that is read.

    >>> lines("Date: 2022-10-04\\nDesk: World\\n\\nThe town was calm.").fields
    {'date': '2022-10-04', 'desk': 'World'}
    >>> lines("Kesh: the truce holds\\n\\nThe town was calm.")
    Header(fields={}, end=0)
    """
    found = _LINES.match(text)
    fields = _fields(found[0]) if found else {}
    return Header(fields, found.end()) if found and NAMES & fields.keys() else NONE


def end(text: str) -> int:
    """Where the text itself begins, after a header of either kind."""
    return front_matter(text).end or lines(text).end


def opening(text: str, most: int = 90) -> str:
    """The first sentence of a text, below its header, cut at a word where it is long.

    >>> opening("Date: 2022-10-04\\n\\n# The town was calm. Shops opened.")
    'The town was calm.'
    >>> opening("The town was calm, and shops opened", 20)
    'The town was calm…'
    >>> opening("Gen. Ada Lane left. She fled.")
    'Gen. Ada Lane left.'
    """
    plain = re.sub(r"[*_]{2,}", "", text[end(text) :])
    lines_ = (line.strip("#*_> \t\r") for line in plain.split("\n"))
    first = " ".join(next(filter(None, lines_), "").split())
    sentence = _SENTENCE_END.split(first, maxsplit=1)[0]
    if len(sentence) <= most:
        return sentence
    return sentence[:most].rsplit(" ", 1)[0].rstrip(" ,;:–—-") + "…"


def _fields(text: str) -> dict[str, str]:
    return {name.lower(): _unquoted(value) for name, value in _FIELD.findall(text)}


def _unquoted(value: str) -> str:
    r"""A value without the quotation marks around it; those of its own words stay.

    >>> _unquoted('"The truce holds"'), _unquoted('"Stop": a plea'), _unquoted("'Kesh''s truce'")
    ('The truce holds', '"Stop": a plea', "Kesh's truce")
    """
    found = _QUOTED.match(value)
    if found is None:
        return value
    double, single = found.groups()
    return single.replace("''", "'") if double is None else re.sub(r"\\(.)", r"\1", double)
