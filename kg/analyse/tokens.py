"""Tokens: spaCy's English tokenizer with the habits of the treebank and of news texts.

The treebank splits hyphenated compounds ("EU - mediated", "COVID - 19") except after prefixes
("pro-Russian"); news pages glue sentences and quotations together (``said.The``, ``Post:“We``).
``doc.text == text`` always holds: a rule here only decides where a token ends.
"""

import re
from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any, Final, cast

from spacy.attrs import ORTH
from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.lang.en import English, EnglishDefaults
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_prefix_regex, compile_suffix_regex

from kg.analyse.tables import rows, words

_KEPT: Final = 50_000
"""Words whose division is kept."""
_LONG: Final = 40
_INVISIBLE: Final = "\u200b-\u200f\u202a-\u202e\u2060\ufeff"
_DOUBLE: Final = '“”„«»"'
_RUNS: Final = ("[!?]{2,}", "={2,}", r"\*{2,}", "_{2,}", "<{2,}", ">{2,}")
_LONGEST: Final = 64
"""Characters of the longest suffix. spaCy asks for one per mark, of all that stands before it, so
that looking further would take quadratic time on a long run of marks."""
_RUN_LENGTH: Final = 1000
_RUN: Final = re.compile(rf"\S{{{_RUN_LENGTH + 1},}}")
_NETWORK: Final = re.compile(r"\b(?:[Oo]n|[Vv]ia) X(?=[.]\s*(?:\n|\Z|[\"”]?\s[A-Z“\"]))")
"""The network X at the end of a sentence, and no initial."""
_PREFIXES: Final = tuple(row[0] for row in rows("prefixes.tsv"))


def blank_english() -> Language:
    """A spaCy English pipeline that only tokenises, after these rules."""
    nlp = _News()
    tokenizer = cast("Tokenizer", nlp.tokenizer)
    tokenizer.max_cache_size = _KEPT
    tokenizer.prefix_search = compile_prefix_regex(_Defaults.prefixes).match
    suffix = compile_suffix_regex(_Defaults.suffixes)
    tokenizer.suffix_search = lambda text: suffix.search(text, max(0, len(text) - _LONGEST))
    nlp.tokenizer = _WordByWord(tokenizer)
    return nlp


class _WordByWord:
    """spaCy's tokenizer, which is shown each new word alone before it stands in a text.

    It keeps how a word divides, but for nothing that comes after a special case in the same
    text; so nearly every word of every text would be divided again. What goes on without a blank
    for a thousand characters is cut: spaCy takes marks off such a run one by one and copies the
    rest each time, in quadratic time.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.plain = tokenizer
        self._seen: set[str] = set()

    def __call__(self, text: str) -> Doc:
        """The tokens of a text."""
        for word in dict.fromkeys(text.split()):
            if word not in self._seen and len(word) < _LONG and len(self._seen) < _KEPT:
                self._seen.add(word)
                self.plain(word)
        cuts = [at for run in _RUN.finditer(text) for at in range(*run.span(), _RUN_LENGTH)]
        cuts = sorted([*cuts, *(match.end() for match in _NETWORK.finditer(text))])
        return self._in_parts(text, cuts) if cuts else cast("Doc", self.plain(text))

    def _in_parts(self, text: str, cuts: Sequence[int]) -> Doc:
        edges = [0, *cuts, len(text)]
        parts = [self.plain(text[start:end]) for start, end in pairwise(edges) if start < end]
        words = [token.text for part in parts for token in part]
        spaces = [bool(token.whitespace_) for part in parts for token in part]
        return Doc(self.plain.vocab, words=words, spaces=spaces)


def _prefixes(defaults: Iterable[Any]) -> list[str]:
    return [f"[{_INVISIBLE}]+", rf"[-–—](?=[{ALPHA}{_DOUBLE}])", *_RUNS, *defaults]


def _suffixes(defaults: Iterable[Any]) -> list[str]:
    return [f"[{_INVISIBLE}]+", *_RUNS, *defaults]


def _infixes(defaults: Iterable[Any]) -> list[str]:
    """spaCy's infixes with its rule for hyphens replaced, and rules for glued text."""
    kept = [infix for infix in defaults if f"(?:{HYPHENS})" not in infix]
    not_prefix = "".join(rf"(?<!\b(?i:{prefix}))" for prefix in _PREFIXES)
    return [
        *kept,
        rf"(?<=[{ALPHA}0-9.]){not_prefix}(?:{HYPHENS})(?=[{ALPHA}])",
        rf"(?<=[{ALPHA}])-(?=[0-9])",
        f"[{_DOUBLE}]",
        rf"[.,:;!?]+(?=[{_DOUBLE}\[])",
        rf":(?=['‘’][{ALPHA}])",
        rf"(?<=[{ALPHA}])[;\[](?=[{ALPHA}0-9])",
        r"(?<=[.!?\]])\[",
        r"(?<=[0-9])\](?=\[)",
    ]


def _whole_words() -> Iterable[str]:
    """Abbreviated titles, and words that spaCy takes for contractions."""
    titles = (f"{word}." for word in words("sentences.tsv", "before") if "." not in word)
    return sorted({*titles, "Wed", "wed", "Wed.", "id", "Id"} - {"v.", "Sr."})


class _Defaults(EnglishDefaults):
    """spaCy's English with our rules in the place of its own."""

    prefixes = _prefixes(EnglishDefaults.prefixes or ())
    suffixes = _suffixes(EnglishDefaults.suffixes or ())
    infixes = _infixes(EnglishDefaults.infixes or ())
    tokenizer_exceptions = {  # noqa: RUF012  (spaCy declares it so)
        **EnglishDefaults.tokenizer_exceptions,
        **{word: [{ORTH: word}] for word in _whole_words()},
    }


class _News(English):  # type: ignore[no-untyped-call]  # spaCy leaves its hook untyped
    Defaults = _Defaults
