"""What every source format shares: the defaults that fill gaps, and the two ways it ends.

An item of a source is either an :class:`~kg.model.Article` or a :class:`~kg.model.Skipped`, with
a reason a person can act on. Nothing here knows RDF or stores.
"""

from dataclasses import dataclass

from kg.model import DateRange


@dataclass(frozen=True, slots=True)
class Defaults:
    """What fills a gap the source leaves; what the source states wins.

    ``encoding`` is the declared encoding of text whose file does not declare one itself.
    """

    published: DateRange | None = None
    url: str | None = None
    publisher: str | None = None
    headline: str | None = None
    author: str | None = None
    encoding: str = "utf-8"


@dataclass(frozen=True, slots=True)
class Raw:
    """The bytes of one document before decoding.

    ``kind`` is ``text``, ``markdown``, ``html``, ``jsonl``, ``csv`` or, where the name does not
    say, absent; ``charset`` is the encoding a server declared; ``url`` is where it was fetched.
    """

    where: str
    data: bytes
    kind: str | None = None
    charset: str | None = None
    url: str | None = None
