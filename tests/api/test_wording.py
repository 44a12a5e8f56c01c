"""Dates in words: no more and no less exact than the record."""

import pytest

from api.strings import REVIEW_WORDS
from api.templating import review_words, said, spoke, topic_words
from api.wording import count, definition, label, when
from kg.vocab import concepts

DATES = [
    ("2022-10-03", "", "3 October 2022"),
    ("2022-10-03?", "", "3 October 2022 (uncertain)"),
    ("2022-10-03~", "", "3 October 2022 (approximate)"),
    ("2022-10-03%", "", "3 October 2022 (uncertain, approximate)"),
    ("2022-10", "", "October 2022"),
    ("2022", "", "2022"),
    ("199X", "", "1990s"),
    ("19XX", "", "1900s"),
    ("XXXX-10-03", "", "3 October (year unknown)"),
    ("XXXX-10", "", "October (year unknown)"),
    ("2022-10-XX", "", "October 2022"),
    ("2022-21", "", "spring 2022"),
    ("1990/1993", "in the early 1990s", "early 1990s"),
    ("1990/1993", "from 1990 to 1993", "1990–1993"),
    ("1994/1996", "the mid-1990s", "mid 1990s"),
    ("2022-10-21/2022-10-31", "late October", "late October 2022"),
    ("2024-02-21/2024-02-29", "the end of February", "late February 2024"),
    ("2022-10-03/2022-10-05", "", "3–5 October 2022"),
    ("2022-09-28/2022-10-03", "", "28 September – 3 October 2022"),
    ("2021-12-30/2022-01-02", "", "30 December 2021 – 2 January 2022"),
    ("2022-09/2022-10", "", "September–October 2022"),
    ("2014/..", "", "since 2014"),
    ("../2020-06", "", "until June 2020"),
    ("/2020", "", "until 2020"),
]


@pytest.mark.parametrize(("edtf", "text", "words"), DATES)
def test_a_date_is_as_exact_as_its_edtf(edtf: str, text: str, words: str) -> None:
    assert when(edtf, text) == words


def test_every_code_has_a_label_and_a_meaning() -> None:
    for scheme, codes in concepts().items():
        for code in codes:
            assert label(scheme, code)
            assert definition(scheme, code)


def test_an_unknown_code_is_shown_as_it_is() -> None:
    assert label("act", "mumble") == "mumble"
    assert label("act", None) == ""


def test_counts_agree_with_their_noun() -> None:
    assert [count(n, "event") for n in (0, 1, 1200)] == ["0 events", "1 event", "1,200 events"]


def test_a_quotation_in_parts_shows_its_gap() -> None:
    text = "“We will stay,” she said, “and we will talk.”"
    first, second = "“We will stay,", "and we will talk"
    pieces = [
        {"slot": slot, "start": text.index(words), "end": text.index(words) + len(words)}
        | {"exact": words}
        for slot, words in (("whole", text), ("content", first), ("content", second))
    ]
    record = {"content": f"{first} {second}", "quoted": True}
    assert said({**record, "evidence": pieces}) == "“We will stay, … and we will talk”"
    assert said({**record, "evidence": pieces[1:]}) == "“We will stay, … and we will talk”"
    assert said({**record, "evidence": []}) == "“We will stay, and we will talk”"


def test_a_statement_about_another_says_so_where_its_words_are_the_same() -> None:
    claim = {"label": "the charge", "act": "deny", "event_type": None, "mode": None}
    assert topic_words(claim, "The captive denies the charge") == "what was said (deny)"
    assert topic_words(claim, "He lied") == "the charge"


@pytest.mark.parametrize(
    ("cue", "content", "words"),
    [
        ("called", "a full inquiry", "called for"),
        ("Calls", "an end to the raids", "called for"),
        ("called", "to spare the hospital", "urged"),
        ("called", "that they leave", "urged"),
        ("demanded", "a full inquiry", "urged"),
        ("called", None, "urged"),
    ],
)
def test_who_calls_for_a_thing_called_for_it(cue: str, content: str | None, words: str) -> None:
    evidence = [{"slot": "cue", "exact": cue}]
    assert spoke({"act": "request", "content": content, "evidence": evidence}) == words


@pytest.mark.parametrize(
    ("review", "verdicts", "words"),
    [
        ("machine", [], "machine"),
        ("machine", ["same", "different"], "machine"),
        ("accepted", ["accept", "same", "different"], "accepted"),
        ("machine", ["accept", "reject"], "contested"),
        ("machine", ["correct", "correct"], "contested"),
    ],
)
def test_only_who_judges_what_is_read_contests_it(
    review: str, verdicts: list[str], words: str
) -> None:
    told = [{"verdict": one, "state": "contested"} for one in verdicts]
    if review == "accepted":
        told[0]["state"] = "standing"
    assert review_words({"review": review, "judgements": told}) == REVIEW_WORDS[words]


@pytest.mark.parametrize(
    ("text", "content", "words"),
    [
        ("Lane demanded a full inquiry", "a full inquiry", "demanded"),
        ("Lane asked for an inquiry", "an inquiry", "asked for"),
        ("Lane insisted on a truce", "a truce", "insisted on"),
        ("Lane asked the army to leave", "to leave", "asked"),
        ("Lane appealed to the army to leave", "to leave", "appealed"),
        ("Lane appealed to the army for calm", "calm", "urged"),
        ("Lane demands a truce", "a truce", "urged"),
        ("Lane renewed calls for a truce", "a truce", "urged"),
        ("Lane renewed calls on the army to leave", "to leave", "urged"),
        ("Lane joined the demand for a truce", "a truce", "urged"),
        ("Orm was asked by Lane to leave", "to leave", "urged"),
    ],
)
def test_a_request_is_made_by_the_articles_own_verb(text: str, content: str, words: str) -> None:
    found = {"whole": text, "cue": text.split()[1], "content": content, "addressee": "army"}
    if text.startswith("Orm"):
        found |= {"cue": "asked", "addressee": "Orm"}
    at = {slot: text.find(exact) for slot, exact in found.items()}
    evidence = [
        {"slot": slot, "exact": exact, "start": 7 + at[slot], "end": 7 + at[slot] + len(exact)}
        for slot, exact in found.items()
        if at[slot] >= 0
    ]
    assert spoke({"act": "request", "content": content, "evidence": evidence}) == words
