"""The country of persons who have led one, where the article leaves it to be known.

"President Reagan", "Saddam Hussein": nobody writes of which country. The list of
``leaders.tsv`` tells it, if a title or another word of the article agrees and no post of the
person's belongs to a body.
"""

from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from typing import Final

from kg.extract.actors.drafts import Draft, Scene
from kg.extract.lexicon import Leader, leaders
from kg.gazetteer.names import key

FAMILY_FIRST: Final = frozenset({"CN", "KP", "KR", "TW", "VN"})
"""Countries whose leaders' names open with the family's."""
ARTICLES: Final = ("al-", "el-", "al ", "el ")
TITLES: Final = {
    "prime minister": ("prime minister", "premier"),
    "monarch": ("king", "queen", "sultan", "emir", "shah", "pope"),
    "leader": ("leader", "ruler", "chairman", "general secretary"),
    "minister": ("minister", "secretary"),
    "vice president": ("president",),
    "secretary of state": ("secretary of state", "secretary"),
}
"""Office → how the posts end that go with it; others are called as they are."""


def place(scene: Scene) -> None:
    """Give the persons without a country that of the leader whose name they bear."""
    named = {country for _, country in scene.nations.named}
    for draft in scene.register.of_kind("Person"):
        served = any(post.organization or post.country for post in draft.posts)
        if draft.name and draft.country is None and not served:
            draft.country = _country(draft, named, _word_before(scene, draft))


def _word_before(scene: Scene, draft: Draft) -> str:
    """The word in front of the name: the king of "King Ada"."""
    words = scene.tree.text[: draft.span.start].rsplit(maxsplit=1)
    return words[-1] if words else ""


def _country(draft: Draft, named: set[str], before: str) -> str | None:
    name = str(draft.name)
    called = _by_name().get(key(f"{before} {name}")) if before else None  # "Sheikh Ada" to all
    whole = called or _by_name().get(key(name), ())
    titled = bool(called) or any(_fits(draft, leader) for leader in whole)
    found = {leader.country for leader in whole if titled or leader.country in named}
    if not whole and " " not in name:
        alone = [one for one in _by_surname().get(key(name), ()) if _fits(draft, one)]
        found = {leader.country for leader in alone}
        found = found & named or found
    return found.pop() if len(found) == 1 else None


def _fits(draft: Draft, leader: Leader) -> bool:
    """Whether a post of the person's is the leader's office."""
    ends = TITLES.get(leader.office, (leader.office,))
    return any(kind.endswith(ends) for kind in draft.post_kinds)


@cache
def _by_name() -> dict[str, tuple[Leader, ...]]:
    return _grouped((name, leader) for leader in leaders() for name in leader.names)


@cache
def _by_surname() -> dict[str, tuple[Leader, ...]]:
    named = ((leader.names[0].split(), leader) for leader in leaders())
    return _grouped(
        (words[0] if leader.country in FAMILY_FIRST else _bare(words[-1]), leader)
        for words, leader in named
        if len(words) > 1
    )


def _bare(surname: str) -> str:
    """A surname without the article: the Assad of "al-Assad"."""
    return next((surname[3:] for a in ARTICLES if surname.lower().startswith(a)), surname)


def _grouped(pairs: Iterable[tuple[str, Leader]]) -> dict[str, tuple[Leader, ...]]:
    found: dict[str, list[Leader]] = defaultdict(list)
    for name, leader in pairs:
        found[key(name)].append(leader)
    return {name: tuple(listed) for name, listed in found.items()}
