"""Bytes become the text they are, or a reason."""

import codecs

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.errors import UnreadableSource
from kg.sources.decode import decode

TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00\ufeff")).filter(
    lambda text: (
        text.strip() and text.encode().strip() and not text.startswith(("%PDF-", "PK", "GIF8"))
    )
)


@given(TEXTS)
def test_utf8_text_comes_back_as_it_was(text: str) -> None:
    assert decode(text.encode(), "a") == text


@given(TEXTS, st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"]))
def test_a_byte_order_mark_names_the_encoding_and_is_no_text(text: str, encoding: str) -> None:
    mark = {
        "utf-8": codecs.BOM_UTF8,
        "utf-16-le": codecs.BOM_UTF16_LE,
        "utf-16-be": codecs.BOM_UTF16_BE,
        "utf-32-le": codecs.BOM_UTF32_LE,
        "utf-32-be": codecs.BOM_UTF32_BE,
    }[encoding]
    assert decode(mark + text.encode(encoding), "a", "cp1252") == text


def test_white_space_and_line_ends_stay() -> None:
    text = "\n\n  Caption \r\nBody\u00a0text.\u2028Next\t\r"
    assert decode(text.encode(), "a") == text


def test_a_declared_encoding_is_used() -> None:
    assert decode("“né”".encode("cp1252"), "a", "ISO-8859-1") == "“né”"


@pytest.mark.parametrize(
    ("data", "declared", "reason"),
    [
        (b"", "utf-8", "empty"),
        (b" \r\n\t", "utf-8", "empty"),
        ("\u00a0\u2003".encode(), "utf-8", "empty"),
        (b"caf\xe9 on the border", "utf-8", "not utf-8: byte 3"),
        (b"text\x00more", "utf-8", "binary"),
        (b"\x00\xff\x00\xfe", "utf-8", "binary"),
        (b"%PDF-1.7 ...", "utf-8", "PDF"),
        (b"PK\x03\x04....", "utf-8", "zip"),
        (b"\x89PNG\r\n", "utf-8", "image"),
        (b"text", "klingon-8", "no known encoding"),
    ],
)
def test_what_is_no_text_is_refused_with_a_reason(data: bytes, declared: str, reason: str) -> None:
    with pytest.raises(UnreadableSource, match=reason):
        decode(data, "a", declared)
