import pytest

from kg.analyse.lemmas import lemma

VERBS = """
said VBD say|told VBD tell|accusing VBG accuse|killed VBD kill|fled VBD flee|struck VBN strike
wrote VBD write|denies VBZ deny|denied VBD deny|shelled VBD shell|shelling VBG shell|shot VBN shoot
ordered VBD order|urging VBG urge|urged VBD urge|condemned VBD condemn|called VBD call
demanded VBD demand|alleged VBD allege|expelled VBN expel|withdrew VBD withdraw|held VBN hold
dying VBG die|lying VBG lie|tied VBN tie|planned VBD plan|admitted VBD admit|hopes VBZ hope
hoping VBG hope|stopped VBD stop|launches VBZ launch|accuses VBZ accuse|goes VBZ go|seized VBD seize
besieged VBN besiege|freed VBN free|agreed VBD agree|seeing VBG see|fought VBD fight|led VBD lead
added VBD add|using VBG use|noting VBG note|bombed VBD bomb|reiterated VBD reiterate
released VBD release|raped VBN rape|carried VBD carry|burying VBG bury|targeted VBN target
investigated VBN investigate|probed VBD probe|vowed VBD vow|warned VBD warn|pledging VBG pledge
rejected VBD reject|negotiating VBG negotiate|captured VBD capture|wounded VBN wound|laid VBD lay
overthrown VBN overthrow|rebuilt VBD rebuild|reopened VBD reopen|left VBD leave|found VBD find
say VBP say|be VB be|retaliating VBG retaliate|mediated VBD mediate|violating VBG violate
""".replace("\n", "|")


@pytest.mark.parametrize("case", [case for case in VERBS.split("|") if case])
def test_verbs(case: str) -> None:
    form, tag, base = case.split()
    assert lemma(form, "VERB", tag) == base
    assert lemma(form.capitalize(), "VERB", tag) == base


@pytest.mark.parametrize(
    ("form", "upos", "xpos", "expected"),
    [
        ("parties", "NOUN", "NNS", "party"),
        ("women", "NOUN", "NNS", "woman"),
        ("servicemen", "NOUN", "NNS", "serviceman"),
        ("policemen", "NOUN", "NNS", "policeman"),
        ("crises", "NOUN", "NNS", "crisis"),
        ("headquarters", "NOUN", "NNS", "headquarters"),
        ("forces", "NOUN", "NNS", "force"),
        ("attacks", "NOUN", "NNS", "attack"),
        ("losses", "NOUN", "NNS", "loss"),
        ("hostages", "NOUN", "NNS", "hostage"),
        ("1990s", "NOUN", "NNS", "1990s"),
        ("Nations", "PROPN", "NNPS", "Nation"),
        ("Paris", "PROPN", "NNP", "Paris"),
        ("him", "PRON", "PRP", "he"),
        ("her", "PRON", "PRP", "she"),
        ("her", "PRON", "PRP$", "her"),
        ("these", "DET", "DT", "this"),
        ("n’t", "PART", "RB", "not"),
        ("Russian", "ADJ", "JJ", "Russian"),
        ("”", "PUNCT", "''", '"'),
    ],
)
def test_other_words(form: str, upos: str, xpos: str, expected: str) -> None:
    assert lemma(form, upos, xpos) == expected


def test_comparatives_go_back_to_the_positive() -> None:
    assert lemma("heavier", "ADJ", "JJR", "Degree=Cmp") == "heavy"
    assert lemma("largest", "ADJ", "JJS", "Degree=Sup") == "large"
    assert lemma("worse", "ADJ", "JJR", "Degree=Cmp") == "bad"


def test_contracted_auxiliaries_follow_their_verb() -> None:
    assert lemma("’s", "AUX", "VBZ", perfect=True) == "have"
    assert lemma("'s", "AUX", "VBZ") == "be"
    assert lemma("'d", "AUX", "MD") == "would"
