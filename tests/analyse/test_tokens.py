from typing import Any, cast

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg.analyse.tokens import blank_english

NLP = blank_english()


def tokens(text: str) -> list[str]:
    return [token.text for token in NLP.make_doc(text)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a cease-fire", "a|cease|-|fire"),
        ("EU-mediated talks", "EU|-|mediated|talks"),
        ("U.S.-led raids", "U.S.|-|led|raids"),
        ("pro-Quill, anti-tank", "pro-Quill|,|anti-tank"),
        ("a re-elected co-chair", "a|re-elected|co-chair"),
        ("COVID-19 and F-16s", "COVID|-|19|and|F|-|16s"),
        ("he said.The man", "he|said|.|The|man"),
        ("the Post:“We left”", "the|Post|:|“|We|left|”"),
        ("“Yes,”he said", "“|Yes|,|”|he|said"),
        ("left.”“Why?”", "left|.|”|“|Why|?|”"),
        ('gone."Then', 'gone|.|"|Then'),
        ("killing,wounding;then", "killing|,|wounding|;|then"),
        ("fled.[12] Then", "fled|.|[|12|]|Then"),
        ("Lt. Quill and Capt. Ray", "Lt.|Quill|and|Capt.|Ray"),
        ("no id on Wed.", "no|id|on|Wed."),
        ("they don’t, Ada’s", "they|do|n’t|,|Ada|’s"),
        ("-Reuters", "-|Reuters"),
        ("he wrote on X. She left", "he|wrote|on|X|.|She|left"),
        ("he wrote on X.", "he|wrote|on|X|."),
        ("X. Ray left with J. Quill", "X.|Ray|left|with|J.|Quill"),
        ("war—he said", "war|—|he|said"),
        ("What?! No!!", "What|?!|No|!!"),
        ("the city,\xa0killing", "the|city|,|\xa0|killing"),
        ("\ufeffKyiv\u200b fell", "\ufeff|Kyiv|\u200b|fell"),
    ],
)
def test_words_are_cut_as_in_the_treebank(text: str, expected: str) -> None:
    assert "|".join(tokens(text)) == expected


@given(
    st.text(
        alphabet=st.sampled_from("aB9.,:;-–—“”‘’\"'?! \n\t\xa0\u200b\u00ad[]()…é猫")
        | st.characters(codec="utf-8")
    )
)
def test_no_character_is_lost(text: str) -> None:
    assert NLP.make_doc(text).text == text


@given(
    st.lists(
        st.sampled_from(["don't", "(Lt.", "U.S.-led", "fled.[12]", "a.m.", "Wed", "—", "\n\n"])
    )
)
def test_a_word_divides_after_a_special_case_as_before_it(words: list[str]) -> None:
    text = " ".join(words)
    plain = [token.text for token in cast("Any", NLP.tokenizer).plain(text)]
    assert tokens(text) == plain == tokens(text)
