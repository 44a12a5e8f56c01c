"""Who leads a country: "President Paul Kagame" is Rwanda's where the text names none."""

from typing import Final

from kg.extract.actors.drafts import Draft, Scene
from kg.extract.actors.leaders import country_of

HEADS: Final = {
    "president": "president",
    "prime minister": "prime minister",
    "premier": "prime minister",
    "chancellor": "prime minister",
}
"""Post that a country has one of → the office of ``leaders.tsv``."""


def read(scene: Scene) -> None:
    """Give heads of state and government whose country the text leaves out the one they lead."""
    for draft in scene.register.of_kind("Person"):
        offices = {HEADS[post] for post in draft.post_kinds if post in HEADS}
        if draft.country is None and offices and not _serves(draft):
            draft.country = country_of(draft.name or "", offices)


def _serves(draft: Draft) -> bool:
    """ "The club's president": a body's, and no country's."""
    return any(post.organization for post in draft.posts)
