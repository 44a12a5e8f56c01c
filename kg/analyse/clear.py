"""From the CLEAR style of the English spaCy pipelines to Universal Dependencies 2.

CLEAR hangs a phrase on its preposition, a predicate on its copula and each conjunct on the one
before; UD hangs function words on content words and conjuncts on the first (Nivre and others
2020). Labels that differ in name alone stand in ``data/clear.tsv``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from kg.analyse.tables import rows

LABELS: Final = {row[0]: row[1] for row in rows("clear.tsv")}
ONLY_CLEAR: Final = frozenset(clear for clear, ud in LABELS.items() if ud != clear) - {"nmod"}
ONLY_UD: Final = frozenset({"obj", "obl", "nsubj:pass", "aux:pass", "cop", "obl:agent"})
"""Relations that tell the one style from the other."""
_PREPOSITIONAL: Final = frozenset({"prep", "agent", "dative"})
_COMPLEMENTS: Final = frozenset({"pobj", "pcomp"})
_VERBAL: Final = frozenset({"VERB", "AUX", "ADJ", "ADV"})
_HE: Final = frozenset({"he", "she", "they", "we", "i"})
"""Forms that are no object: "demanded she leave"."""
_HELPING: Final = frozenset({"aux", "auxpass"})


@dataclass(slots=True, eq=False)
class Node:
    """A token while its sentence is hung anew; ``head`` is itself at the root."""

    i: int
    lower: str
    tag: str
    pos: str
    lemma: str
    dep: str
    head: "Node" = field(init=False)


class Hung:
    """A sentence's tokens, and what hangs on each."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        self.nodes = nodes
        self._below: dict[Node, dict[int, Node]] = {node: {} for node in nodes}
        for node in nodes:
            if node.head is not node:
                self._below[node.head][node.i] = node

    def under(self, head: Node, *deps: str) -> list[Node]:
        """What hangs on a token with one of these relations (any, if none is named), in order."""
        below = self._below[head]
        return [below[i] for i in sorted(below) if not deps or below[i].dep in deps]

    def hang(self, node: Node, head: Node, dep: str) -> None:
        """Hang a token on another one."""
        self._below[node.head].pop(node.i, None)
        node.head, node.dep = head, dep
        if head is not node:
            self._below[head][node.i] = node

    def promote(self, node: Node, dep: str) -> None:
        """Let a token change places with its head, which hangs on it as ``dep`` from now on."""
        old = node.head
        above, relation = (old.head, old.dep) if old.head is not old else (node, old.dep)
        for child in self.under(old):
            if child is not node:
                self.hang(child, node, child.dep)
        self.hang(node, above, relation)
        self.hang(old, node, dep)


def to_ud(nodes: Sequence[Node], people: Iterable[tuple[int, int]]) -> None:
    """Hang the tokens of one sentence anew, in place, and name their relations as UD does.

    ``people``: (first token, end) of each name of a person. Time grows with the sentence only.
    """
    hung = Hung(nodes)
    for node in reversed(nodes):
        if node.dep in _PREPOSITIONAL or (node.pos in {"ADP", "SCONJ"} and node.dep != "mark"):
            _turn_preposition(hung, node)
    for node in nodes:
        if node.lemma == "be" and node.dep not in _HELPING:
            _turn_copula(hung, node)
        elif node.pos == "VERB":
            _raise_object(hung, node)
    for node in nodes:
        if node.dep == "cc":
            _move_conjunction(hung, node)
    for node in nodes:
        if node.dep == "conj":
            _join_first(hung, node)
    for first, end in people:
        _turn_name(hung, nodes[first:end])
    for node in nodes:
        node.dep = _relation(node)


def _turn_preposition(hung: Hung, preposition: Node) -> None:
    """ "In Kesh": the place hangs on the verb, and "in" on the place."""
    behind = [*hung.under(preposition, *_COMPLEMENTS), *hung.under(preposition, "prep", "conj")]
    inner = next((node for node in behind if node.i > preposition.i), None)
    if inner is None or (inner.dep == "conj" and inner.pos in {"ADP", "SCONJ"}):
        return
    if inner.dep == "pcomp" and inner.pos in {"VERB", "AUX"}:
        gerund = preposition.dep == "prep"
        hung.promote(inner, "mark")
        inner.dep = "pcomp" if gerund else inner.dep
        return
    hung.promote(inner, "case")
    inner.dep = "prep" if inner.dep == "dative" else inner.dep
    second = next((n for n in hung.under(inner, "case") if n.i == preposition.i + 1), None)
    if second is not None:
        hung.hang(second, preposition, "fixed")  # "according to", "out of"


def _turn_copula(hung: Hung, verb: Node) -> None:
    """ "Is ill": the predicate is the head; "there is a war": the war is the subject."""
    what = hung.under(verb, "attr", "acomp")
    if any(child.lower == "there" for child in hung.under(verb, "expl")):
        for node in what:
            node.dep = "nsubj"
        return
    clauses = hung.under(verb, "ccomp") if hung.under(verb, "nsubj") else []
    placed = [n for n in hung.under(verb, "prep") if n.pos != "ADP"]
    found = [*what, *(n for n in (*placed, *clauses) if n.i > verb.i)]
    if not found:
        return
    if found[0].dep == "ccomp":
        for subject in hung.under(verb, "nsubj"):
            subject.dep = "nsubj:outer"
    for child in hung.under(verb, "prep", "npadvmod"):
        if child is not found[0]:
            child.dep = "obl" if child.dep == "prep" else "obl:unmarked"
    hung.promote(found[0], "cop")


def _raise_object(hung: Hung, verb: Node) -> None:
    """ "Want Kesh to leave": Kesh is the object; "told her that …": she is the indirect one."""
    clauses = [n for n in hung.under(verb, "ccomp") if n.i > verb.i]
    for clause in clauses:
        subject = next(iter(hung.under(clause, "nsubj", "nsubjpass")), None)
        aux = hung.under(clause, "aux", "auxpass")
        bare = clause.tag == "VB" and not aux and subject is not None and subject.lower not in _HE
        infinitive = any(n.tag == "TO" for n in aux)
        if (infinitive or bare) and subject is not None and not hung.under(clause, "mark"):
            hung.hang(subject, verb, "dobj")
            clause.dep = "xcomp"
    told = [n for n in hung.under(verb, "dobj") if any(n.i < c.i for c in clauses)]
    if told and any(clause.dep == "ccomp" for clause in clauses):
        told[0].dep = "dative"


def _move_conjunction(hung: Hung, link: Node) -> None:
    """ "Kesh and Lorn": "and", and a comma before it, hang on what they introduce."""
    joined = next((n for n in hung.under(link.head, "conj") if n.i > link.i), None)
    if joined is not None:
        hung.hang(link, joined, "cc")


def _join_first(hung: Hung, conjunct: Node) -> None:
    """ "A, B and C": each hangs on A, the comma before it on itself."""
    head = conjunct.head
    commas = [n for n in hung.under(head, "punct") if head.i < n.i < conjunct.i]
    first = head
    while first.dep == "conj" and first.head is not first:
        first = first.head
    hung.hang(conjunct, first, "conj")
    if commas:
        hung.hang(commas[-1], conjunct, "punct")


def _turn_name(hung: Hung, words: Sequence[Node]) -> None:
    """ "President Ada Lane": the name hangs together on "Ada", and the post on it."""
    if not words:
        return
    first, last = words[0], words[-1]
    if first is not last and first.head is last:
        hung.promote(first, "flat")
    for word in hung.under(first, "compound", "flat", "nmod"):
        inside = first.i < word.i <= last.i
        word.dep = "flat" if inside else "nmod:desc" if word.dep != "flat" else word.dep


def _relation(node: Node) -> str:
    """What UD calls the relation of a token that hangs where UD hangs it."""
    dep, verbal = node.dep, node.head.pos in _VERBAL
    if dep in {"prep", "pobj"}:
        return "obl" if verbal else "nmod"
    if dep == "npadvmod":
        return "obl:unmarked" if verbal else "nmod:unmarked"
    if dep == "nmod":
        return "amod" if node.tag.startswith("JJ") else "compound"
    if dep == "pcomp":
        return "advcl" if verbal else "acl"
    if dep == "aux" and node.tag == "TO":
        return "mark"
    return LABELS.get(dep, dep)
