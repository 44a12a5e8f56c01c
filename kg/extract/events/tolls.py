"""How many were killed or hurt, with the bounds that the words give (DESIGN section 3)."""

import re
from typing import Final

from kg.extract import syntax
from kg.extract.lexicon import at_least, numbers
from kg.extract.tree import Word
from kg.model import Span, Toll

_AT_LEAST: Final = re.compile(r"\b(at least|no fewer than|no less than|a minimum of)\s*$", re.I)
_MORE: Final = re.compile(r"\b(more than|over|upwards? of|in excess of)\s*$", re.I)
_AT_MOST: Final = re.compile(r"\b(up to|at most|no more than|as many as)\s*$", re.I)
_LESS: Final = re.compile(r"\b(fewer than|less than|under)\s*$", re.I)
_LEAD: Final = re.compile(
    r"(?:\b(?:at least|no fewer than|no less than|a minimum of|more than|over|upwards? of|"
    r"in excess of|up to|at most|no more than|as many as|fewer than|less than|under|some|about|"
    r"around|nearly|almost|approximately|roughly|an estimated|another)\s*)$",
    re.I,
)


def number(words: str) -> int | None:
    """A count in figures or words.

    >>> number("30,000"), number("two hundred"), number("1.5 million"), number("twenty-four")
    (30000, 200, 1500000, 24)
    >>> number("many") is None
    True
    """
    units, scales = numbers("unit"), numbers("scale")
    total, current, seen = 0, 0.0, False
    for part in re.split(r"[\s-]+", words.lower().replace(",", "")):
        if re.fullmatch(r"\d+(\.\d+)?", part):
            current, seen = current + float(part), True
        elif part in units:
            current, seen = current + units[part], True
        elif part in scales:
            current, seen = max(current, 1) * scales[part], True
            if scales[part] >= 1_000:
                total, current = total + round(current), 0.0
        elif part not in {"and", ""}:
            return None
    return total + round(current) if seen else None


def of(noun: Word) -> Toll | None:
    """The toll that a counted noun gives: "at least 12 people", "dozens of civilians"."""
    text = noun.tree.text
    for child in noun.children:
        if child.dep == "nummod" and child.i < noun.i:
            left = child.left_edge if child.left_edge.pos in {"NUM", "SYM"} else child
            words = [t for t in noun.tree.words[left.i : child.i + 1] if t.pos == "NUM"] or [child]
            span = syntax.char_span(words)
            return _bounded(text, span, noun.idx + len(noun))
    if noun.lower in at_least():
        inner = syntax.first(c for c in noun.rights if syntax.case_of(c) == "of")
        end = inner.idx + len(inner) if inner is not None else noun.idx + len(noun)
        span = Span(noun.idx, end)
        return Toll(span.of(text), span, least=at_least()[noun.lower])
    if noun.pos == "NUM":
        return _bounded(text, syntax.char_span([noun]), noun.idx + len(noun))
    return None


def _bounded(text: str, span: Span, end: int) -> Toll | None:
    count = number(span.of(text))
    if count is None:
        return None
    before = text[max(0, span.start - 24) : span.start]
    lead = _LEAD.search(before)
    start = span.start - (len(before) - lead.start()) if lead else span.start
    whole = Span(start, max(end, span.end))
    words = whole.of(text)
    if _AT_LEAST.search(before):
        return Toll(words, whole, least=count)
    if _MORE.search(before):
        return Toll(words, whole, least=count + 1)
    if _AT_MOST.search(before):
        return Toll(words, whole, most=count)
    if _LESS.search(before):
        return Toll(words, whole, most=count - 1)
    return Toll(words, whole, best=count)
