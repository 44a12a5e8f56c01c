"""What a name is follows from the whole article; some names are those of no body."""

import pytest

from tests.extract.conftest import Read


def test_most_mentions_tell_what_a_name_is(read: Read) -> None:
    told = read(
        "Rebels took Osmanlar on Monday. Osmanlar had been quiet. Families fled from Osmanlar. "
        "People in Osmanlar and near Osmanlar said they heard shots."
    )
    assert "Osmanlar" not in {actor.label for actor in told.extraction.actors}


@pytest.mark.parametrize(
    "text",
    [
        "Operation Dawn attacked the town.",
        "The Karsa Accords accused the rebels.",
        "Ramadan condemned the killing.",
    ],
)
def test_campaigns_treaties_and_feasts_act_in_nothing(text: str, read: Read) -> None:
    actors = {actor.kind for actor in read(text).extraction.actors if actor.kind != "Group"}
    assert "Organization" not in actors
