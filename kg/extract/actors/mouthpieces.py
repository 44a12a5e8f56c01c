"""Those around somebody, who speak for whom they follow: "the camp of General Lane"."""

from typing import Final

from kg.extract import syntax
from kg.extract.actors import described, naming
from kg.extract.actors.drafts import Scene
from kg.extract.lexicon import cues, verbs
from kg.extract.tree import Word

OWNING: Final = frozenset({"of", "around", "behind"})
SPEAKING: Final = frozenset({"nsubj", "obl:agent"})
ADDRESSED: Final = frozenset({"target", "blame", "obj+inf"})
"""Frames of cues whose object is somebody."""


def around(scene: Scene, token: Word) -> str | None:
    """The key of the group that a noun of following names; None where it is only a place.

    "The camp of General Lane denied it", but not "shelled the camp of General Lane".
    """
    if naming.noun_at(token) is not None:
        return None  # "the armed wing of the Front" is a body of its own
    if token.lemma not in verbs("following") or not _is_heard(token):
        return None
    if not any(_leads(scene, word) for word in token.children):
        return None
    return scene.register.merge(described.group(scene, token, None))


def _is_heard(token: Word) -> bool:
    """Whether the word stands where only somebody speaks, is accused or urged."""
    frames = cues().get(token.head.lemma, ())
    if token.dep in SPEAKING:
        return bool(frames)
    return token.dep in {"obj", "nsubj:pass"} and any(cue.frame in ADDRESSED for cue in frames)


def _leads(scene: Scene, owner: Word) -> bool:
    """Whether the word names a person, or the group or party that one is part of."""
    if owner.dep == "nmod" and syntax.case_of(owner) not in OWNING:
        return False
    if owner.dep not in {"nmod", "nmod:poss", "compound"}:
        return False
    if owner.dep == "compound":
        place = owner.entity is not None and owner.entity.label == "LOC"
        return owner.pos == "PROPN" and not place
    key = scene.resolve(owner)
    return key is not None and scene.register.drafts[key].kind not in {"State", "Document"}
