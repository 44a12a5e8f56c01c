"""The bytes behind a path, a URL or standard input, never more than allowed."""

import errno
import os
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPException
from pathlib import Path
from typing import BinaryIO, Final
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

from kg.errors import UnreadableSource
from kg.sources.base import Raw
from kg.sources.decode import refuse_binary
from kg.sources.walk import kind_of

AGENT: Final = "conflict-kg (+https://w3id.org/conflict-kg)"
SECONDS: Final = 30
_HEAD: Final = 4096
_KINDS: Final = {
    "text/html": "html",
    "application/xhtml+xml": "html",
    "text/plain": "text",
    "text/markdown": "markdown",
    "application/x-ndjson": "jsonl",
    "application/jsonl": "jsonl",
    "text/csv": "csv",
    "text/tab-separated-values": "csv",
}


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file open for reading; UnreadableSource for one that is missing or cannot be read."""
    try:
        if not stat.S_ISREG(path.stat().st_mode):
            raise UnreadableSource("neither a file nor a folder")
        with path.open("rb") as stream:
            refuse_binary(stream.read(_HEAD))
            stream.seek(0)
            yield stream
    except OSError as error:
        raise UnreadableSource(_reason(error)) from error


def from_file(path: Path, max_bytes: int) -> Raw:
    """A file's bytes; UnreadableSource for one that is missing, too large or not readable."""
    with opened(path) as stream:
        if (size := os.fstat(stream.fileno()).st_size) > max_bytes:
            raise _too_large(size, max_bytes)
        return Raw(str(path), _limited(stream, max_bytes), kind_of(path))


def from_stdin(max_bytes: int) -> Raw:
    """Standard input to its end."""
    return Raw("-", _limited(sys.stdin.buffer, max_bytes))


def from_url(url: str, max_bytes: int) -> Raw:
    """What a web server answers; UnreadableSource for an error, a cut body or another kind."""
    request = Request(url, headers={"User-Agent": AGENT, "Accept": "text/html, text/plain;q=0.9"})
    try:
        with urlopen(request, timeout=SECONDS) as answer:
            kind = _KINDS.get(answer.headers.get_content_type())
            charset = answer.headers.get_content_charset()
            data = _limited(answer, max_bytes)
            promised = int(answer.headers.get("Content-Length") or len(data))
    except HTTPError as error:
        raise UnreadableSource(f"the server answered {error.code} {error.reason}") from error
    except (URLError, HTTPException, OSError, ValueError) as error:
        reason = getattr(error, "reason", None) or error
        raise UnreadableSource(f"it could not be fetched: {reason}") from error
    if len(data) < promised:
        raise UnreadableSource(f"cut off: {len(data)} of {promised} bytes came; try again")
    return Raw(url, data, kind, charset, url)


def _limited(stream: BinaryIO, max_bytes: int) -> bytes:
    data = stream.read(max_bytes + 1)
    if len(data) > max_bytes:
        raise _too_large(None, max_bytes)
    return data


def _too_large(size: int | None, max_bytes: int) -> UnreadableSource:
    found = f"{size / 2**20:.1f} MB" if size else "it goes on"
    return UnreadableSource(
        f"too large: {found}, and at most {max_bytes / 2**20:g} MB are read;"
        " split it, or raise KG_MAX_SOURCE_MB"
    )


def _reason(error: OSError) -> str:
    if error.errno == errno.ELOOP:
        return "a symbolic link loop: it leads back to itself"
    if error.errno == errno.ENOENT:
        return "there is no such file or folder"
    return f"it cannot be read: {error.strerror}"
