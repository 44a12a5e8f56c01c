"""The one module that mints IRIs.

A minted IRI is ``{base}{kind}/{digest}``. The digest is SHA-256 over an unambiguous
encoding of the key (each part Unicode NFC, written as a netstring: its length in bytes, a
colon, the bytes, a comma), cut to 32 hexadecimal digits (128 bits). So ("ab", "c") and
("a", "bc") differ, and the same key gives the same IRI on every machine.

>>> digest("ab", "c") == digest("a", "bc")
False
>>> digest("Yerevan")
'd9e1ffe7cf15a30304fba24d1a38f487'
"""

import hashlib
import re
import unicodedata
from typing import Final

DEFAULT_BASE: Final = "http://localhost:8000/"
KINDS: Final = (
    *("article", "statement", "report", "event", "actor", "place", "membership", "link"),
    *("judgement", "reviewer"),
)

_SLUG_LIMIT = 48


def digest(*parts: str) -> str:
    """32 hexadecimal digits that stand for the key ``parts``."""
    sha = hashlib.sha256()
    for part in parts:
        data = unicodedata.normalize("NFC", part).encode("utf-8", "surrogatepass")
        sha.update(b"%d:%b," % (len(data), data))
    return sha.hexdigest()[:32]


def text_hash(text: str) -> str:
    """SHA-256 of a text exactly as given: no normalising, 64 hexadecimal digits."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def mint(base: str, kind: str, *key: str) -> str:
    """The IRI of the thing of this kind with this key.

    >>> mint("http://localhost:8000/", "actor", "a", "b")
    'http://localhost:8000/actor/9f2b0d502d181b391c81652fdca2ccb0'
    """
    if kind not in KINDS:
        raise ValueError(f"no kind of IRI {kind!r}; kinds are {', '.join(KINDS)}")
    return f"{base}{kind}/{digest(*key)}"


def article_iri(base: str, url: str | None, text: str) -> str:
    """An article is its URL (or nothing) and its text: a changed text is a new article."""
    return mint(base, "article", url or "", text_hash(text))


def char_iri(article: str, start: int, end: int) -> str:
    """The characters ``[start, end)`` of an article (RFC 5147 fragment).

    >>> char_iri("http://localhost:8000/article/0a", 3, 9)
    'http://localhost:8000/article/0a#char=3,9'
    """
    return f"{article}#char={start},{end}"


def slug(label: str) -> str:
    """A readable part for an IRI: ASCII letters and digits, joined by hyphens.

    >>> slug("Office of the Prosecutor‑General")
    'office-of-the-prosecutor-general'
    >>> slug("Бишкек")
    ''
    """
    plain = unicodedata.normalize("NFKD", label).encode("ascii", "replace").decode()
    plain = re.sub(r"[‘’']|(?<=\w)\?(?=\W|$)", "", plain.replace("?", "-"))
    words = re.findall(r"[a-z0-9]+", plain.lower())
    return "-".join(words)[:_SLUG_LIMIT].rstrip("-")


def readable(base: str, kind: str, label: str, key: str) -> str:
    """A canonical IRI of the view: ``{base}{kind}/{slug}-{key}``, or only the key.

    >>> readable("http://x/", "actor", "Ada Lane", "0f")
    'http://x/actor/ada-lane-0f'
    """
    name = slug(label)
    return f"{base}{kind}/{name}-{key}" if name else f"{base}{kind}/{key}"


def key_of(iri: str) -> str:
    """The key (digest) at the end of an IRI, with or without a slug before it.

    >>> key_of("http://x/actor/ada-lane-0f")
    '0f'
    """
    return iri.rsplit("/", 1)[-1].rsplit("-", 1)[-1]


def reviewer_iri(base: str, name: str) -> str:
    """Who judges, by the name that they go by.

    >>> reviewer_iri("http://x/", "Ada Lane")
    'http://x/reviewer/ada-lane-614a094a8c0fa58f439a09ac68f72d6b'
    """
    return readable(base, "reviewer", name, digest(name))


def graph_iri(base: str, name: str) -> str:
    """The IRI of a graph that is not an article's: ``view`` or ``judgements``.

    >>> graph_iri("http://localhost:8000/", "view")
    'http://localhost:8000/graph/view'
    """
    return f"{base}graph/{name}"
