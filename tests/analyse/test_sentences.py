import pytest

from kg.analyse.sentences import mark_sentences
from kg.analyse.tokens import blank_english

NLP = blank_english()


def sentences(text: str) -> list[str]:
    return [sentence.text.strip() for sentence in mark_sentences(NLP.make_doc(text)).sents]


@pytest.mark.parametrize(
    "marked",
    [
        "Troops left.| They came back.",
        "Gen. J. K. Ray met Dr. Quill of St. Orla vs. the U.N. envoy.| He left.",
        "He lives in the U.S.| He said so.",
        "The U.S. Army fired at 5 p.m. on Monday.| It stopped at 6 p.m.| The rest fled.",
        "They fled on Oct. 7 and in Nov. of that year.",
        "It was sold to Acme Inc.| The price was not given.",
        "No.| No. 5 burned.| See p. 12 of it.",
        "“We came.| We saw.”| He left.",
        "“Why?” asked Mr. Quill.| “Why now?” Envoy Ada Quill said.",
        "“Never!”| The crowd left.",
        '"I will not," he said.| "Ever."| \'Fine.\'| Done.',
        "He called it “a crime.”| Orla denied it.",
        "(He said so.)| They met in Orla (p. 3).| Then he left.",
        "They waited...| Then it rained.",
        "We … Orla agree … and so on.",
        "“There will be … no talks,” he said.",
        "He fled.[12]| She stayed.[3][4]| They met.",
        "1. Talks on water.\n|2. Talks on land.",
        "Headline without a stop\n|Next line",
        "Headline\n\n|First.| Second.\r\n|Third.",
        "He said.|The man left.”|And more.",
        "Prices rose 5.5 percent.| 20 people left.",
        "NATO Secretary-General Ada Quill left.| He fled.",
        "ORLA, Ruria (AP) —| Gen. Ray left.| He fled.",
        "ORLA, Oct. 3 —| “We left,” he said.",
        "Orla (RFE/RL) -| Two men left.",
        "NATO – Ruria talks stall\n|They met.",
        "The envoy – a friend of Ada – left.",
        "Я пришел.| Он ушел.",
        "He left\u2028|She stayed",
        "What?!| No!!| Yes.",
    ],
)
def test_sentences_end_where_marked(marked: str) -> None:
    text = marked.replace("|", "")
    assert sentences(text) == [part.strip() for part in marked.split("|")]


def test_blanks_belong_to_the_sentence_before() -> None:
    doc = mark_sentences(NLP.make_doc("\n One.\xa0\n\nTwo. \n"))
    assert [sentence.text for sentence in doc.sents] == ["\n One.\xa0\n\n", "Two. \n"]


def test_nothing_to_read_is_one_sentence() -> None:
    assert len(list(mark_sentences(NLP.make_doc("\n\n \u200b")).sents)) == 1


def test_line_breaks_that_only_fill_lines_end_nothing() -> None:
    text = (
        "The envoy of Ruria said that the\ntalks on the border had been held\nin Orla. No date"
        " for a\nsecond round was given, but both\nsides agreed to meet.\n\nA last paragraph\n"
        "follows here."
    )
    assert sentences(text) == [
        "The envoy of Ruria said that the\ntalks on the border had been held\nin Orla.",
        "No date for a\nsecond round was given, but both\nsides agreed to meet.",
        "A last paragraph\nfollows here.",
    ]
    headlines = "Envoy leaves Orla\nTalks fail again\nWhat comes next\nhelp for the displaced"
    assert len(sentences(headlines)) == 4
