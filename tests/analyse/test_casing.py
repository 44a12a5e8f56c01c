"""Text in capitals is read as it would be written otherwise, and nothing moves."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kg import analyse
from kg.analyse.casing import restored

WRITTEN = (
    "UN condemns killings in Tolvesk",
    "Gunmen killed the mayor of Karsa, Ada Lane, on Monday.",
    "Rebels of the Rapid Guard Union (RGU) attacked a bridge. The RGU denied it.",
    "Mr Lane said he didn't know who shot General Holt.",
    "Police in El Karsa and San Telmo de Orla seized M-16 rifles of the 4th brigade.",
    "The president of the United States met French and Chilean envoys in May 2024.",
    "The army's counterinsurgency campaign was headquartered in Tolvesk.",
    "Kenya urges US to end raids",
    "They shot at us, a farmer said.",
    "President Lane denies raid",
    "General strike ends",
    "President may resign over raid",
    "O'Dara left. A spokesman for Al-Dar said so.",
)


@pytest.mark.parametrize("text", WRITTEN)
def test_capitals_are_restored(text: str) -> None:
    assert restored(text.upper()) == text.replace("Al-Dar", "al-Dar")


@pytest.mark.parametrize(
    "text",
    [
        "NATO, the EU and the UN met in Geneva.",
        "The speaker, Ada LANE, left.",
        "MSF, ICRC, UNHCR, WFP and OCHA",
        "HELP!",
        "The SOS said 'NO'.",
    ],
)
def test_acronyms_and_shouting_stay(text: str) -> None:
    assert restored(text) == text


def test_the_article_tells_how_a_word_is_written() -> None:
    body = "The talks with Hope failed. Later Hope and the NRPK left; a front was formed.\n"
    headline = "HOPE AND THE NRPK LEAVE THE TALKS ON A FRONT"
    assert restored(f"{headline}\n\n{body}").splitlines()[0] == (
        "Hope and the NRPK leave the talks on a front"
    )


@given(st.text(alphabet=st.sampled_from("ABÇẞİßé TH THE KILLED .,-'[]()\n01"), max_size=200))
def test_every_character_stays_in_its_place(text: str) -> None:
    written = restored(text)
    assert len(written) == len(text)
    assert [a.lower() for a in written] == [b.lower() for b in text]


def test_the_document_keeps_its_text_and_what_was_read() -> None:
    text = "KARSA, 3 JAN 90 (AFP) -- [TEXT] REBELS TODAY KILLED THREE SOLDIERS IN KARSA."
    doc = analyse.load().parse(text)
    assert doc.text == text
    assert doc.user_data["cased"].endswith("Rebels today killed three soldiers in Karsa.")
    killed = next(word for word in doc if word.text == "KILLED")
    assert (killed.lemma_, killed.pos_, killed.sent[0].text) == ("kill", "VERB", "REBELS")
