"""How many were killed or hurt, with the bounds that the words give (DESIGN section 3)."""

import re
from typing import Final

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.lexicon import at_least, numbers, vehicles
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


_WORD: Final = re.compile(r"[\w.,-]*\w")
_COUNT: Final = r"(?:\d[\d,.]*|[a-z]+(?:-[a-z]+)?)"
_RANGE: Final = re.compile(
    rf"\b(?:between (?P<a>{_COUNT}) and |(?P<b>{_COUNT}) to |(?P<c>\d+)[-–])(?P<most>{_COUNT})$",
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
    """The toll that a counted noun gives: "at least 12 people", "two officers and a clerk".

    Who is named beside it without a number makes it the least: "two officers and some clerks".
    """
    toll = _counted(noun)
    for other in syntax.children(noun, "conj") if toll is not None else ():
        beside = naming.noun_at(other) if other.lemma not in vehicles() else None
        if toll is not None and beside is not None and beside.kind in {"Person", "Group"}:
            toll = _together(noun.tree.exact, toll, _counted(other) or _one(other))
    return toll


def among(toll: Toll) -> Toll | None:
    """What is known of those killed among so many killed or wounded: no more than all of them."""
    most = _high(toll)
    return Toll(toll.text, toll.span, most=most) if most is not None else None


def told(text: str, span: Span) -> Toll | None:
    """The toll that the words of a span give, where no tree is at hand.

    >>> text = "At least 12 people died."
    >>> told(text, Span(0, 18)).least
    12
    """
    words = list(_WORD.finditer(text, span.start, span.end))
    for at, first in enumerate(words):
        if number(first.group()) is None:
            if first.group().lower() in at_least():
                return Toll(span.of(text), span, least=at_least()[first.group().lower()])
            continue
        last = at
        while last + 1 < len(words) and number(text[first.start() : words[last + 1].end()]):
            last += 1
        return _bounded(text, Span(first.start(), words[last].end()), span.end)
    return None


def _one(noun: Word) -> Toll | None:
    """ "A clerk" is one."""
    one = syntax.first(c for c in noun.lefts if c.lower in {"a", "an"})
    if one is None or noun.tag not in {"NN", "NNP"}:
        return None
    span = Span(one.idx, noun.end)
    return Toll(span.of(noun.tree.exact), span, best=1)


def _together(text: str, one: Toll, other: Toll | None) -> Toll:
    """The sum of two, or the first as the least where nobody counted the second."""
    if other is None:
        return Toll(one.text, one.span, least=_low(one))
    span = Span(min(one.span.start, other.span.start), max(one.span.end, other.span.end))
    if one.best is not None and other.best is not None:
        return Toll(span.of(text), span, best=one.best + other.best)
    low, high = (_low(one), _low(other)), (_high(one), _high(other))
    return Toll(
        span.of(text),
        span,
        least=None if None in low else sum(n for n in low if n),
        most=None if None in high else sum(n for n in high if n),
    )


def _low(toll: Toll) -> int | None:
    return toll.least if toll.least is not None else toll.best


def _high(toll: Toll) -> int | None:
    return toll.most if toll.most is not None else toll.best


def _counted(noun: Word) -> Toll | None:
    text = noun.tree.exact
    between = _between(noun)
    if between is not None:
        return between
    for child in (*syntax.children(noun, "nummod"), *_as_many_as(noun)):
        if child.i < noun.i:
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


def _as_many_as(noun: Word) -> list[Word]:
    """The number of "as many as 40 people", which hangs on "many"."""
    many = syntax.first(c for c in syntax.children(noun, "amod") if c.lower in {"many", "few"})
    return [word for word in syntax.subtree(many) if word.pos == "NUM"] if many else []


def _between(noun: Word) -> Toll | None:
    """ "Between 20 and 30 people", "20 to 30 people"."""
    words, at = noun.tree.words, noun.i - 1
    while at > noun.sent.start and words[at].head is noun and words[at].pos != "NUM":
        at -= 1
    if at < noun.sent.start or words[at].pos != "NUM":
        return None
    text, start = noun.tree.exact, noun.sent.start_char
    match = _RANGE.search(text[start : words[at].end])
    least = number(match["a"] or match["b"] or match["c"]) if match else None
    most = number(match["most"]) if match else None
    if match is None or least is None or most is None or least >= most:
        return None
    span = Span(start + match.start(), noun.end)
    return Toll(span.of(text), span, least=least, most=most)


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
