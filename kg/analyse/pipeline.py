"""The default analyser: spaCy's tokenizer, sentences by rule, a small neural parser."""

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.analyse.component import PARSER
from kg.analyse.sentences import SENTENCES
from kg.analyse.tables import MODEL_FOLDER
from kg.analyse.tokens import blank_english
from kg.errors import UnreadableSource


class NewsAnalyser:
    """English news text on one thread, some thousand words a second, no download.

    Texts may be of any length; memory grows with the longest text, not with their number.
    """

    name = "default"

    def __init__(self) -> None:
        self._nlp = blank_english()
        self._nlp.max_length = 1 << 40
        self._nlp.add_pipe(SENTENCES)
        self._nlp.add_pipe(PARSER)
        self.version = (MODEL_FOLDER / "version.txt").read_text("ascii").strip()

    def parse(self, text: str) -> Doc:
        """The parsed Doc of one text; UnreadableSource if it holds half a surrogate pair."""
        _refuse_half_pairs(text)
        return self._nlp(text)

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """The parsed Docs of many texts, in their order."""
        return map(self.parse, texts)


def _refuse_half_pairs(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnreadableSource(
            f"character {error.start} of the text, {text[error.start]!a}, is half of a surrogate "
            "pair; decode the source again"
        ) from error
