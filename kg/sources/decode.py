"""From bytes to text, exactly: no trimming, no normalising, no line-end change.

A byte order mark says the encoding and is not part of the text. Otherwise the declared encoding
is used, UTF-8 where none is declared; nothing is guessed, because a wrong guess would put words
into an article that nobody wrote.
"""

import codecs
import logging
import re
from typing import Final

from kg.errors import UnreadableSource

log = logging.getLogger(__name__)

EMPTY: Final = "empty: there is no text in it"
_MARKS: Final = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_HALF: Final = re.compile("[\ud800-\udfff]")
# The web's labels for Latin-1 and ASCII mean Windows-1252 (WHATWG Encoding, section 4.2).
_LABELS: Final = {"iso8859-1": "cp1252", "ascii": "cp1252"}
_MAGIC: Final = (
    (b"%PDF-", "a PDF; convert it to text first, for example with pdftotext"),
    (b"PK\x03\x04", "a zip archive or an office document; save its text as .txt first"),
    (b"\xd0\xcf\x11\xe0", "an office document; save its text as .txt first"),
    (b"\x1f\x8b", "gzip data; unpack it first"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
)


def decode(data: bytes, where: str, declared: str = "utf-8") -> str:
    """The text of a document; UnreadableSource says why there is none.

    >>> decode("no\\u00a0trim \\r\\n".encode(), "a.txt")
    'no\\xa0trim \\r\\n'
    """
    refuse_binary(data)
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            log.info("%s: byte order mark of %s, left out of the text", where, encoding)
            return checked(_decoded(data[len(mark) :], encoding))
    return checked(_decoded(data, declared))


def refuse_binary(data: bytes) -> None:
    """UnreadableSource for data that begin like a known binary format."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise UnreadableSource(f"not text but {what}")


def checked(text: str) -> str:
    """The text itself; UnreadableSource if it is blank or holds what no text holds."""
    if not text.strip():
        raise UnreadableSource(EMPTY)
    if "\x00" in text:
        raise UnreadableSource("binary data: it holds NUL bytes; give the text alone")
    if not text.isascii() and _HALF.search(text):
        raise UnreadableSource("holds half of a surrogate pair, which is no character")
    return text


def _decoded(data: bytes, label: str) -> str:
    try:
        encoding = codecs.lookup(label).name
    except LookupError:
        raise UnreadableSource(f"declared as {label!r}, which is no known encoding") from None
    encoding = _LABELS.get(encoding, encoding)
    try:
        return data.decode(encoding)
    except (UnicodeDecodeError, UnicodeError) as error:
        at = error.start if isinstance(error, UnicodeDecodeError) else 0
        kind = "binary data" if b"\x00" in data else f"not {encoding}"
        raise UnreadableSource(
            f"{kind}: byte {at} does not decode; save it as UTF-8, or name its encoding"
            " (--encoding, or charset in Content-Type)"
        ) from error
