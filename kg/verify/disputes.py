"""Promise 2: nothing an article says is lost in the view, and every merge can be undone."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from kg.verify.breach import REBUILD, Breach, Laid, bare, some, v

_MEMBERS: Final = ("ck:Actor", "ck:Place", "ck:EventReport")
_CANONICAL: Final = ("ck:Actor", "ck:Place", "ck:Event")


def check_disputes(articles: Sequence[Laid], view: Laid) -> Iterator[Breach]:
    """What the view has lost of the articles as reviewed, made up or merged without a link."""
    known: set[str] = set()
    for graph in articles:
        known.update(graph.nodes)
        yield from _kept(graph, view)
    links = list(_links(view))
    yield from _link_ends(links, known)
    yield from _canonical(view, known)
    same = [link for link in links if view.text(link[0], "ck:judgement") == "same"]
    yield from _merges(view, same)
    yield from _traceable(view, known)


def _kept(graph: Laid, view: Laid) -> Iterator[Breach]:
    """Every statement as its article tells it, every report in its event."""
    for node in graph.of_type("ck:Statement"):
        same = ("ck:act", "ck:content", "ck:quoted", "ck:evidence")
        if any(graph.all(node, name) != view.all(node, name) for name in same):
            yield _breach("lost-statement", node, "the view does not say what its article says")
    for node in graph.of_type(*_MEMBERS):
        if not view.all(node, "ck:canonical"):
            yield _breach("lost-member", node, "nothing in the view stands for it")
    for node in graph.of_type("ck:EventReport"):
        for event in view.all(node, "ck:canonical"):
            if node not in view.all(event, "ck:report"):
                yield _breach("lost-report", node, f"its event {bare(event)} does not name it")


def _links(view: Laid) -> Iterator[tuple[str, str, str]]:
    for node in view.of_type("ck:Link"):
        one, other = view.all(node, "rdf:subject"), view.all(node, "rdf:object")
        yield node, (one or [""])[0], (other or [""])[0]


def _link_ends(links: Iterable[tuple[str, str, str]], known: set[str]) -> Iterator[Breach]:
    for node, one, other in links:
        lost = [bare(end) or "nothing" for end in (one, other) if end not in known]
        if lost:
            yield _breach("link-end", node, f"it links {some(lost)}, which no article names")
        elif one == other:
            yield _breach("link-end", node, f"it links {bare(one)} with itself")


def _members(view: Laid) -> dict[str, list[str]]:
    """Canonical thing → members."""
    found: dict[str, list[str]] = {}
    for subject, node in view.nodes.items():
        for canonical in node.get(v("ck:canonical"), ()):
            found.setdefault(canonical, []).append(subject)
    return found


def _canonical(view: Laid, known: set[str]) -> Iterator[Breach]:
    members = _members(view)
    for node in view.of_type(*_CANONICAL):
        if not known.intersection(members.get(node, ())):
            yield _breach("no-member", node, "no article names it")


def _merges(view: Laid, links: Iterable[tuple[str, str, str]]) -> Iterator[Breach]:
    """The members of each canonical thing hang together by links."""
    near: dict[str, set[str]] = {}
    for _, one, other in links:
        near.setdefault(one, set()).add(other)
        near.setdefault(other, set()).add(one)
    for canonical, members in _members(view).items():
        loose = set(members) - _reached(members[0], near)
        if loose:
            joined = f"no link joins {some(map(bare, loose))} to {bare(members[0])}"
            yield _breach("unlinked-merge", canonical, joined)


def _reached(start: str, near: dict[str, set[str]]) -> set[str]:
    reached, waiting = {start}, [start]
    while waiting:
        fresh = near.get(waiting.pop(), set()) - reached
        reached |= fresh
        waiting.extend(fresh)
    return reached


def _traceable(view: Laid, known: set[str]) -> Iterator[Breach]:
    """Whatever the view speaks of leads to an article."""
    traced = known | _members(view).keys() | set(view.of_type("ck:Link"))
    for node in view.nodes:
        owner = node.split("#")[0] + ">" if "#" in node else node
        if node not in traced and ("#char=" in node or owner not in traced):
            yield _breach("untraceable", node, "nothing in any article leads to it")


def _breach(name: str, node: str, problem: str) -> Breach:
    return Breach(2, name, bare(node), problem, REBUILD)
