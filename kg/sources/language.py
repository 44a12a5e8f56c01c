"""Whether a text is English. Measured: ``docs/decisions/0004-language.md``.

A text in which one word in twelve is a word of English alone needs no further look. Of the others
py3langid ranks 139 languages; a text is refused only where another one is clearly likelier than
English over at least ``SHORT`` characters. A shorter text is too little to judge by its words
(a dateline full of names reads as Spanish), so there only the script counts.
"""

import math
import unicodedata
from collections import Counter
from typing import Final

import py3langid

from kg.errors import NotEnglish

SHORT: Final = 100
"""Characters below which only the script is judged."""
MARGIN: Final = 1.0
"""How much likelier another language must be: log-likelihood over the root of the bytes."""
ONLY_ENGLISH: Final = frozenset({"the", "and", "that", "with", "from", "which", "their"}) | {
    *("were", "said", "been", "would", "who"),
}
ENOUGH: Final = 1 / 12
"""Share of such words that settles it."""
_SAMPLE = 1_000


def require_english(text: str) -> None:
    """Raises NotEnglish with the language it seems to be in.

    >>> require_english("The ministry denied the report.")
    """
    sample = _middle(text)
    foreign = _other_script(sample)
    if not foreign and (len(sample.strip()) < SHORT or _has_its_words(sample)):
        return
    ranked = py3langid.rank(sample)
    language, best = ranked[0]
    distance = (best - dict(ranked)["en"]) / math.sqrt(len(sample.encode()))
    if foreign or distance > MARGIN:
        name = f" (it reads as {language!r})" if language != "en" else ""
        raise NotEnglish(f"not in English{name}; only English is read")


def _middle(text: str) -> str:
    """The middle of a long text, where neither menus nor signatures stand."""
    start = max(0, (len(text) - _SAMPLE) // 2)
    return text[start : start + _SAMPLE]


def _has_its_words(text: str) -> bool:
    """Whether so many words are English ones that no other language can be meant."""
    words = text.lower().split()
    return sum(word in ONLY_ENGLISH for word in words) >= len(words) * ENOUGH


def _other_script(text: str) -> bool:
    """Whether most letters are of another script than the Latin one."""
    if text.isascii():
        return False
    letters = {char: count for char, count in Counter(text).items() if char.isalpha()}
    latin = sum(count for char, count in letters.items() if _is_latin(char))
    return latin * 2 < sum(letters.values())


def _is_latin(letter: str) -> bool:
    return letter.isascii() or "LATIN" in unicodedata.name(letter, "")
