"""The default analyser: spaCy's tokenizer, sentences by rule, a small neural parser."""

from collections.abc import Iterable, Iterator
from typing import Final, cast

from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.tokens import Doc
from thinc.types import Ints2d

from kg.analyse.casing import restored
from kg.analyse.component import PARSER
from kg.analyse.sentences import SENTENCES
from kg.analyse.tables import MODEL_FOLDER
from kg.analyse.tokens import blank_english
from kg.errors import UnreadableSource

CASED: Final = "cased"
"""Key of ``Doc.user_data``: the text as it was read, where it was in capitals."""
KEPT: Final = [TAG, POS, MORPH, LEMMA, HEAD, DEP, ENT_IOB, ENT_TYPE, SENT_START]


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
        """The parsed Doc of one text; UnreadableSource if it holds half a surrogate pair.

        Text in capitals is read as if written otherwise, see :mod:`kg.analyse.casing`.
        """
        _refuse_half_pairs(text)
        cased = restored(text)
        doc = self._nlp(cased)
        return doc if cased == text else _respelled(doc, text)

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """The parsed Docs of many texts, in their order."""
        return map(self.parse, texts)


def _respelled(doc: Doc, text: str) -> Doc:
    """The same analysis over the words as the text has them; what was read is kept beside it."""
    words = [text[token.idx : token.idx + len(token)] for token in doc]
    told = Doc(doc.vocab, words, [bool(token.whitespace_) for token in doc])
    told.from_array(KEPT, cast("Ints2d", doc.to_array(KEPT)))
    told.user_data[CASED] = doc.text
    return told


def _refuse_half_pairs(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise UnreadableSource(
            f"character {error.start} of the text, {text[error.start]!a}, is half of a surrogate "
            "pair; decode the source again"
        ) from error
