"""The tokens of an update: names made absolute, strings in one spelling, in linear time."""

import contextlib

import pytest

from kg.errors import BadQuery
from kg.store.text.querytext import tokens
from kg.store.text.updatetext import operations
from tests.clock import MOST, growth, seconds

MANY = ["a.", "a-", "x", "1.", '"""a\\', "<a ", "@a-", "é·", "'", "((", "?a.a"]
LONG = ["a:b.", "_:a.", "a:%4"]
"""Pieces that make many tokens, and one long one, which is read faster."""


def texts(text: str, base: str = "http://b.example/x/") -> list[list[str]]:
    return [[token.text for token in one] for one in operations(text, base)]


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("<a:b>", "<a:b>"),
        ("<y>", "<http://b.example/x/y>"),
        ("<../y#z>", "<http://b.example/y#z>"),
        ("<>", "<http://b.example/x/>"),
        ("<\\u0061:b\\U0001F600>", "<a:b😀>"),
        ("<http://h/a/../b>", "<http://h/a/../b>"),
        ('"a\\tb\\u00e9"', '"a\\tbé"'),
        ("'''it's\n''", None),
        ("'''it's\n\"'''", '"it\'s\\n\\""'),
        ('"""a""b"""', '"a\\"\\"b"'),
        ('"\\\\u0041"', '"\\\\\\u00750041"'),
        ("-1.5e3", "-1.5e3"),
        ("?x·y", "?x·y"),
        ("_:a.b", "_:a.b"),
        ("true", "true"),
    ],
)
def test_a_token_in_its_one_spelling(written: str, read: str | None) -> None:
    if read is None:
        with pytest.raises(BadQuery):
            texts(f"INSERT {written}")
    else:
        assert texts(f"INSERT {written}") == [["INSERT", read]]


def test_declarations_hold_until_they_are_made_anew() -> None:
    text = """
        PREFIX a: <http://a/> BASE <http://c/d/> CREATE GRAPH a:x ; # one
        PREFIX a: <e/> PREFIX : <#> CREATE GRAPH a:x\\-y%41 ; CREATE GRAPH : ;
        VERSION "1.2" DROP ALL
    """
    found = ["<http://a/x>", "<http://c/d/e/x-y%41>", "<http://c/d/#>"]
    assert texts(text) == [*(["CREATE", "GRAPH", iri] for iri in found), ["DROP", "ALL"]]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("CREATE GRAPH a:b", "the prefix a: is not declared"),
        ("CREATE GRAPH <a:\\u003E>", "not an IRI"),
        ("CREATE GRAPH <a:\\u0020b>", "not an IRI"),
        ("CREATE GRAPH <a:\\uD800>", "no character"),
        ("CREATE GRAPH <//:x:y>", "no IRI"),
        ("PREFIX a <a:>", "wants a name"),
        ("PREFIX a:b <a:>", "must end with"),
        ("BASE a:", "wants a iri"),
        ("PREFIX a:", "wants a iri"),
        ('INSERT "a\\qb"', "no escape"),
        ('INSERT "a\nb"', "does not end"),
        ("INSERT }", "stands where nothing ends"),
        ("CREATE GRAPH <a:b> ;; DROP ALL", "stands where nothing ends"),
        ("INSERT \\u0041", "begins no word"),
        ("INSERT \u00a0", "begins no word"),
        ("INSRT", "is it INSERT?"),
    ],
)
def test_what_is_no_token_is_told_with_its_place(text: str, said: str) -> None:
    with pytest.raises(BadQuery, match=said) as told:
        texts(text)
    assert told.value.line is not None


@pytest.mark.parametrize(
    ("piece", "size"), [*((one, 20_000) for one in MANY), *((one, 200_000) for one in LONG)]
)
def test_any_text_is_read_in_linear_time(piece: str, size: int) -> None:
    def read(size: int) -> float:
        text = piece * (size // len(piece))

        def both() -> None:
            sum(1 for _ in tokens(text))
            with contextlib.suppress(BadQuery):
                operations(text, "http://b.example/")

        return seconds(both)

    assert growth(lambda: read(size), lambda: read(10 * size)) < MOST
