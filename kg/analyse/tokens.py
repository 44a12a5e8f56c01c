"""Tokens: spaCy's English tokenizer with the habits of the treebank and of news texts.

The treebank splits hyphenated compounds ("EU - mediated", "COVID - 19") except after prefixes
("pro-Russian"); news pages glue sentences and quotations together (``said.The``, ``Post:“We``).
``doc.text == text`` always holds: a rule here only decides where a token ends.
"""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Any, Final, cast

from spacy.lang.char_classes import ALPHA, HYPHENS
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokenizer import Tokenizer
from spacy.tokens import Doc
from spacy.util import compile_infix_regex, compile_prefix_regex, compile_suffix_regex

from kg.analyse.tables import rows, words

_INVISIBLE: Final = "\u200b-\u200f\u202a-\u202e\u2060\ufeff"
_DOUBLE: Final = '“”„«»"'
_RUNS: Final = ("[!?]{2,}", "={2,}", r"\*{2,}", "_{2,}", "<{2,}", ">{2,}")
_LONGEST: Final = 64
"""Characters of the longest suffix. spaCy asks for one per mark, of all that stands before it, so
that looking further would take quadratic time on a long run of marks."""
_RUN_LENGTH: Final = 1000
_RUN: Final = re.compile(rf"\S{{{_RUN_LENGTH + 1},}}")
_PREFIXES: Final = tuple(row[0] for row in rows("prefixes.tsv"))


def blank_english() -> Language:
    """A spaCy English pipeline that only tokenises, after these rules."""
    nlp = English()
    defaults = English.Defaults
    tokenizer = cast("Tokenizer", nlp.tokenizer)
    tokenizer.prefix_search = compile_prefix_regex(_prefixes(defaults.prefixes or ())).match
    suffix = compile_suffix_regex(_suffixes(defaults.suffixes or ()))
    tokenizer.suffix_search = lambda text: suffix.search(text, max(0, len(text) - _LONGEST))
    tokenizer.infix_finditer = compile_infix_regex(_infixes(defaults.infixes or ())).finditer
    for word in _whole_words():
        tokenizer.add_special_case(word, [{"ORTH": word}])
    nlp.tokenizer = _Bounded(tokenizer)
    return nlp


class _Bounded:
    """A tokenizer that cuts what goes on without a blank for a thousand characters.

    spaCy takes marks off such a run one by one and copies the rest each time: quadratic time.
    """

    def __init__(self, tokenizer: Tokenizer) -> None:
        self._tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """The tokens of a text."""
        cuts = [at for run in _RUN.finditer(text) for at in range(*run.span(), _RUN_LENGTH)]
        if not cuts:
            return self._tokenizer(text)
        edges = [0, *cuts, len(text)]
        parts = [self._tokenizer(text[start:end]) for start, end in pairwise(edges) if start < end]
        words = [token.text for part in parts for token in part]
        spaces = [bool(token.whitespace_) for part in parts for token in part]
        return Doc(self._tokenizer.vocab, words=words, spaces=spaces)


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
