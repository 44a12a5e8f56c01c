"""Which judgements stand, whoever made them and in whatever order they come."""

from itertools import permutations

from hypothesis import given
from hypothesis import strategies as st

from kg.judgements import Judgement, standing
from tests.scene_review import JUDGEMENTS, NEWS, POST, POST_ARTICLE, said, undone

CALL, QUOTE = POST["s1"], POST["s2"]


def states(*told: Judgement) -> list[str]:
    """What became of each."""
    found = standing(told).states
    return [found[one.id] for one in told]


def test_one_person_accepts_or_rejects() -> None:
    accepted = said(0, "Ana", "accept", CALL, "read")
    rejected = said(1, "Ana", "reject", QUOTE, "read")
    found = standing([accepted, rejected]).of(POST_ARTICLE)
    assert (found[CALL].accepted, found[CALL].rejected) == (True, False)
    assert (found[QUOTE].accepted, found[QUOTE].rejected) == (False, True)


def test_the_latest_of_ones_own_word_counts() -> None:
    first = said(0, "Ana", "accept", CALL, "read")
    then = said(1, "Ana", "reject", CALL, "read again")
    assert standing([then, first]).of(POST_ARTICLE)[CALL].rejected
    assert states(first, then) == ["outdated", "standing"]


def test_people_who_disagree_leave_it_to_the_machine() -> None:
    one = said(0, "Ana", "accept", CALL, "read")
    other = said(1, "Ben", "reject", CALL, "read")
    third = said(2, "Cem", "accept", CALL, "read")
    found = standing([one, other, third]).of(POST_ARTICLE)[CALL]
    assert (found.rejected, found.accepted, found.contested) == (False, False, True)
    assert states(one, other, third) == ["contested"] * 3
    assert states(one, other, undone(3, "Ben", other, "I see"))[:2] == ["standing", "undone"]


def test_who_corrects_says_that_it_stands() -> None:
    rejected = said(0, "Ana", "reject", CALL, "read")
    act = said(1, "Ana", "correct", CALL, "read", slot="act", values=("order",))
    found = standing([rejected, act]).of(POST_ARTICLE)[CALL]
    assert found.corrections == (act,)
    assert not found.rejected
    assert states(rejected, act) == ["outdated", "standing"]


def test_who_rejects_corrects_nothing() -> None:
    act = said(0, "Ana", "correct", CALL, "read", slot="act", values=("order",))
    rejected = said(1, "Ana", "reject", CALL, "read")
    accepted = said(2, "Ben", "accept", CALL, "read")
    assert states(act, rejected, accepted) == ["outdated", "contested", "contested"]
    assert standing([act, rejected, accepted]).of(POST_ARTICLE)[CALL].corrections == ()


def test_slots_are_questions_of_their_own() -> None:
    act = said(0, "Ana", "correct", CALL, "read", slot="act", values=("order",))
    other = said(1, "Ben", "correct", CALL, "read", slot="act", values=("ask",))
    speaker = said(2, "Ben", "correct", CALL, "nobody is named", slot="speaker")
    found = standing([act, other, speaker]).of(POST_ARTICLE)[CALL]
    assert found.corrections == (speaker,)
    assert found.contested
    assert states(act, other, speaker) == ["contested", "contested", "standing"]


def test_people_who_agree_on_a_value_are_not_divided_by_their_words() -> None:
    act = said(0, "Ana", "correct", CALL, "read", slot="act", values=("order",))
    other = said(1, "Ben", "correct", CALL, "read too", slot="act", values=("order",))
    assert standing([other, act]).of(POST_ARTICLE)[CALL].corrections == (act,)
    assert states(act, other) == ["standing", "standing"]


def test_same_and_different_are_one_question_whichever_comes_first() -> None:
    same = said(0, "Ana", "same", POST["a2"], "read", object=NEWS["a1"])
    apart = said(1, "Ana", "different", NEWS["a1"], "read", object=POST["a2"])
    (found,) = standing([apart, same]).identities
    assert not found.same
    assert states(same, apart) == ["outdated", "standing"]
    other = said(2, "Ben", "same", POST["a2"], "read", object=NEWS["a1"])
    assert [one.contested for one in standing([same, apart, other]).identities] == [True, True]


def test_an_undoing_can_be_undone() -> None:
    first = said(0, "Ana", "reject", CALL, "read")
    back = undone(1, "Ben", first, "no")
    again = undone(2, "Ana", back, "yes")
    assert states(first, back) == ["undone", "standing"]
    assert states(first, back, again) == ["standing", "undone", "standing"]


@given(st.permutations(JUDGEMENTS))
def test_their_order_does_not_matter(shuffled: list[Judgement]) -> None:
    assert standing(shuffled) == standing(JUDGEMENTS)


def test_even_two_of_one_moment_have_an_order() -> None:
    two = [said(0, "Ana", verdict, CALL, "read") for verdict in ("accept", "reject")]
    assert len({str(standing(order)) for order in permutations(two)}) == 1
