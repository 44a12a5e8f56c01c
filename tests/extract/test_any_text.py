"""Any text is read: no exception, true spans, the same result twice, and in linear time."""

from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.edtf import parse_date
from kg.extract.extractor import RuleExtractor
from kg.model import Article
from tests.clock import MOST, growth, seconds
from tests.extract.test_contract import check

WORDS = st.sampled_from(
    [
        *("Ada Lane", "said", "that", "the army", "denied", "shelled", "Kesh", "on Monday", "12"),
        *("“", "”", '"', "‘", "’", ",", ".", ":", "?", "—", "(", ")", "[", "]", "\n", "\n\n"),
        *("KYIV, Ukraine —", "Q:", "he", "and", "at least", "killed", "in May", "2014-2016"),
        *("\u2028", "\u200b", "\xa0", "\r\n", "🔥", "é", "e\u0301", "ﬁ", "İ", "ß"),
    ]
)
ANY = st.text(st.characters(codec="utf-8"), max_size=400)
LIKELY = st.lists(WORDS | st.text(st.characters(codec="utf-8"), max_size=3), max_size=60)
TEXTS = ANY | LIKELY.map(" ".join) | LIKELY.map("".join)


@settings(
    max_examples=120,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(text=TEXTS, dated=st.booleans())
def test_any_text_keeps_the_contract(text: str, dated: bool, extractor: RuleExtractor) -> None:
    article = Article(text, published=parse_date("2024-04-12") if dated else None)
    found = extractor.extract(article)
    check(text, found)
    for said in found.statements:
        if said.date is not None and said.date.span is not None:
            assert said.date.span.of(text) == said.date.text
    for report in found.reports:
        for toll in (report.killed, report.injured):
            assert toll is None or toll.span.of(text) == toll.text
    assert extractor.extract(article) == found


SHORTEST, ENOUGH = 0.25, 20_000
"""Seconds that the shorter text should take, and characters from which on it is not made longer."""
SHORT = {
    "straight quotation marks": '"',
    "said that": "A said that ",
    "one word": "war ",
    "of": "the head of ",
    "names": "Ada Lane, ",
    "numbers": "12 ",
    "datelines": "KYIV, Ukraine — ",
    "opening marks": "“‘",
    "said in quotations": "She said: “He said: ‘They left.’” ",
    "paragraphs left open": "“We left the town.\n\n",
    "line breaks": "\n",
    "blanks": " ",
    "apostrophes": "'",
    "one letter": "a",
    "colons": "Ada Lane: ",
}
LONG = {
    "brackets": "([{",
    "quotation marks": "“",
    "one sentence": "the army said it had shelled the town and ",
}
"""What a megabyte is made of. The network reads no marks alone, so they take half a minute; a
sentence takes two, nearly all of them the network's."""


def ratio(extractor: RuleExtractor, unit: str, size: int) -> float:
    """How many times as long ten times the text takes.

    A text that is read at once is made longer first, since short times are mostly noise.
    """
    taken(extractor, unit, size)  # what is loaded on first use
    while size < ENOUGH and taken(extractor, unit, size) < SHORTEST:
        size *= 2
    short, long = (partial(taken, extractor, unit, by * size) for by in (1, 10))
    return growth(short, long)


def taken(extractor: RuleExtractor, unit: str, length: int) -> float:
    """Seconds of this process; below a fiftieth the clock is all there is."""
    article = Article((unit * (length // len(unit) + 1))[:length])
    return max(seconds(lambda: extractor.extract(article)), 0.02)


@pytest.mark.slow
@pytest.mark.parametrize("name", SHORT)
def test_time_is_linear(name: str, extractor: RuleExtractor) -> None:
    assert ratio(extractor, SHORT[name], 3_000) <= MOST


@pytest.mark.slow
@pytest.mark.parametrize("name", LONG)
def test_time_is_linear_up_to_a_megabyte(name: str, extractor: RuleExtractor) -> None:
    assert ratio(extractor, LONG[name], 100_000) <= MOST


ARTICLES = {
    "prose": (
        "The army said on Monday that shelling killed at least 12 people in Kharkiv on 3 October"
        " 2022. Defence Minister Ada Lane denied the report, which she called a lie. “They left"
        " the town,” said Omar Reed, a teacher from Kesh. “We saw it.” According to the Relief"
        " Union, rebels abducted three aid workers in Mali last week. A spokesman for the group,"
        " Ivan Cole, rejected the claim. The ministers met in Geneva in May 2016, and both sides"
        " agreed to a ceasefire. Ada Lane added that it had been broken.\n\n"
    ),
    "said in quotations": "“They shot at the school,” Omar Reed said on Friday. She denied it.\n\n",
    "an interview": (
        "Q: Did the army shell the town?\n\nAda Lane: It burned the houses and left. We saw it."
        "\n\nOmar Reed: They denied it, and said the rebels had attacked the bridge.\n\n"
    ),
}
START = 8_000
"""Characters of the shorter of two long articles."""


def rules(extractor: RuleExtractor, unit: Doc, times: int) -> float:
    """How long the rules alone take over a text that is parsed already."""
    doc = Doc.from_docs([unit] * times)
    article = Article(doc.text, published=parse_date("2022-10-12"))
    return seconds(lambda: extractor.read(article, doc))


@pytest.mark.parametrize("name", ARTICLES)
def test_the_rules_take_linear_time_over_a_long_article(
    name: str, extractor: RuleExtractor
) -> None:
    unit = extractor.analyser.parse(ARTICLES[name])
    times = START // len(ARTICLES[name])
    short, long = (partial(rules, extractor, unit, by * times) for by in (1, 10))
    assert growth(short, long) <= MOST
