"""Many rows at once, column by column: what is the same for all is done once for all.

A format says how its texts are escaped (:class:`Escape`); a thousand texts are looked through
together, since hardly any of them holds what has to be escaped.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from kg.projection import Sheet
from kg.projection.model import EDGE_FIELDS, NODE_FIELDS, Row

Texts = Sequence[str]
Column = Sequence[Any]

_BETWEEN: Final = "\0"


@dataclass(frozen=True, slots=True)
class Escape:
    """How a format writes a text: these in place of those; ``one`` where a text holds worse.

    Worse is a control character other than tab and line ends, and what XML cannot hold.
    """

    pairs: tuple[tuple[str, str], ...]
    one: Callable[[str], str]

    def __call__(self, texts: Texts) -> Texts:
        """The texts as the format writes them.

        >>> Escape((("&", "&amp;"),), repr)(["a", "b & c"])
        ['a', 'b &amp; c']
        """
        whole = _BETWEEN.join(texts)
        if not plain(whole, len(texts)):
            return [self.one(text) for text in texts]
        escaped = whole
        for this, that in self.pairs:
            escaped = escaped.replace(this, that)
        return texts if escaped is whole else escaped.split(_BETWEEN)


_CONTROLS: Final = bytes({*range(32), 127} - {0, 9, 10, 13})


def plain(whole: str, count: int = 1) -> bool:
    """Whether so many joined texts hold no character that few formats can."""
    if whole.count(_BETWEEN) != count - 1 or "\ufffe" in whole or "\uffff" in whole:
        return False
    try:
        data = whole.encode()
    except UnicodeEncodeError:
        return False
    return len(data.translate(None, _CONTROLS)) == len(data)


def node_columns(sheet: Sheet) -> Iterator[dict[str, Column]]:
    """The nodes' fields, some nodes at a time."""
    return (_columns(NODE_FIELDS, rows) for rows in sheet.node_rows())


def edge_columns(sheet: Sheet) -> Iterator[dict[str, Column]]:
    """The edges' fields, some edges at a time."""
    return (_columns(EDGE_FIELDS, rows) for rows in sheet.edge_rows())


def _columns(names: Sequence[str], rows: Sequence[Row]) -> dict[str, Column]:
    return dict(zip(names, zip(*rows, strict=True), strict=True))


def texts(column: Column) -> Texts:
    """A column as texts, empty where there is nothing.

    >>> texts((0.5, None, "a", 3))
    ['0.5', '', 'a', '3']
    """
    return ["" if one is None else str(one) for one in column]


def filled(
    told: Mapping[str, Texts], wrap: Callable[[str], tuple[str, str]], names: Iterable[str]
) -> Iterator[str]:
    """For each row all its columns that are not empty, each between what ``wrap`` gives for it.

    >>> list(filled({"a": ["1", ""], "b": ["2", "3"]}, lambda name: (f"{name}=", ";"), "ab"))
    ['a=1;b=2;', 'b=3;']
    """
    parts = []
    for name in names:
        before, after = wrap(name)
        parts.append([f"{before}{one}{after}" if one else "" for one in told[name]])
    return map("".join, zip(*parts, strict=True))
