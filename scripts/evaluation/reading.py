"""What the shipped pipeline makes of the text of a gold record."""

import hashlib
import os
from functools import cache
from pathlib import Path
from typing import Final

from spacy.tokens import Doc

from kg import analyse
from kg.errors import BadInput
from kg.extract.dates import parse_date
from kg.extract.extractor import RuleExtractor
from kg.model import Article, DateRange, Extraction

NO_DATE: Final = (None, "")


class Reader:
    """The default extractor over texts; with ``cache``, parsed texts are kept in that folder.

    The parse is most of the cost and changes with the analyser alone, so whoever works on the
    rules keeps the parses. A kept parse is found by its text, the analyser's version and code.
    """

    def __init__(self, cache: Path | None = None) -> None:
        self.extractor = RuleExtractor()
        self.analyser = self.extractor.analyser
        self._cache = cache
        self._vocab = self.analyser.parse("").vocab
        if cache is not None:
            cache.mkdir(parents=True, exist_ok=True)

    def parse(self, text: str) -> Doc:
        """The parsed text."""
        if self._cache is None:
            return self.analyser.parse(text)
        kept = self._cache / f"{self._key(text)}.doc"
        if kept.is_file():
            return Doc(self._vocab).from_bytes(kept.read_bytes())
        doc = self.analyser.parse(text)
        partial = kept.with_suffix(f".{os.getpid()}")
        partial.write_bytes(doc.to_bytes())
        partial.replace(kept)
        return doc

    def read(self, text: str, published: DateRange | None) -> Extraction:
        """Everything the extractor finds in an article of this text."""
        return self.extractor.read(Article(text, published=published), self.parse(text))

    def _key(self, text: str) -> str:
        name = f"{self.analyser.name}\n{self.analyser.version}\n{_analyser_code()}\n{text}"
        return hashlib.sha256(name.encode()).hexdigest()


@cache
def _analyser_code() -> str:
    """A digest of the analyser's files, so that a change to its rules is not hidden by a cache."""
    digest = hashlib.sha256()
    for path in sorted(Path(analyse.__file__).parent.rglob("*")):
        if path.suffix in (".py", ".json", ".onnx", ".txt", ".tsv", ".gz"):
            digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()


def published(value: object) -> DateRange | None:
    """The date a record gives, also as eight digits; None where it gives none that exists.

    >>> published("20150609").edtf, published(None)
    ('2015-06-09', None)
    """
    if value in NO_DATE:
        return None
    text = str(value)
    if len(text) == 8 and text.isdigit():
        text = f"{text[:4]}-{text[4:6]}-{text[6:]}"
    try:
        return parse_date(text)
    except BadInput:
        return None
