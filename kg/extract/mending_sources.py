"""Slips of the parser around who says something: a post and its name, "according to"."""

from typing import Final

from kg.extract.lexicon import cues, nouns, ranks
from kg.extract.tree import Name, Tree, Word

CLOSERS: Final = frozenset({",", ".", ";", ":", ")", "”", '"', "–", "—"})
PARTS: Final = frozenset({"compound", "nmod:desc", "flat"})
LOOSE: Final = frozenset({"appos", "vocative", "parataxis", "dislocated"})


def join_to_post(tree: Tree, name: Name) -> None:
    """ "The mayor of Kesh, Ada Lane, said": the name is the mayor's, wherever it hangs."""
    start = name.start
    while start > 1 and _is_rank(tree.words[start - 1], name):
        start -= 1
    before = tree.words[start - 1] if start > 1 else None
    after = tree.words[name.end].text if name.end < len(tree.words) else "."
    if before is None or before.text != "," or after not in CLOSERS:
        return
    node = tree.words[start - 2]
    while not _is_post(node) and node.head.i < start and node.head is not node:
        node = node.head
    if not _is_post(node) or node.sent is not name.root.sent:
        return
    two = node.dep == "nsubj" and node.head is name.root.head  # "said its head, Ada Lane."
    if node is not name.root.head and (name.root.dep in LOOSE or two):
        name.root.head, name.root.dep = node, "appos"
    if after == "," and name.root.head is node:
        _give_teller(tree, node, name.end + 1)


def _give_teller(tree: Tree, post: Word, after: int) -> None:
    """'"We never sleep," a nurse, Ada Lane, told us': she tells, and is none who sleeps."""
    verb = tree.words[after] if after < len(tree.words) else post
    telling = any(cue.frame == "clause" for cue in cues().get(verb.lemma, ()))
    if verb.tag not in {"VBD", "VBZ"} or not telling or verb.sent is not post.sent:
        return
    own = [word for word in tree.of(verb.sent) if word.head is verb]
    told = any(word.dep == "ccomp" and word.i < post.i for word in own)
    if told and not any(word.dep.startswith("nsubj") for word in own):
        post.head, post.dep = verb, "nsubj"


def _is_rank(word: Word, name: Name) -> bool:
    """ "The spokesman, Major Ada Lane": the rank goes with the name."""
    title = word.lower.rstrip(".") in ranks() or (word.text[:1].isupper() and _is_post(word))
    above = word.head.head if word.head.dep in PARTS else word.head
    return title and name.root in (word.head, above)


def _is_post(word: Word) -> bool:
    noun = nouns().get(word.lower) if word.tag in {"NN", "NNP"} else None
    return noun is not None and noun.kind == "Person"


def join_name(tree: Tree, words: list[Word], according: Word) -> None:
    """ "According to the coach, Ada Lane, …": the name between commas is the coach's."""
    comma = next((w for w in words if w.i > according.i and w.text == ","), None)
    following = tree.words[comma.i + 1 : comma.i + 2] if comma is not None else []
    name = following[0].entity if following else None
    if comma is None or name is None or name.label != "PERSON" or name.start != comma.i + 1:
        return
    posts = [w for w in words if according.i < w.i < comma.i and w.pos in {"NOUN", "PROPN"}]
    closed = tree.words[name.end : name.end + 1]
    if not posts or not closed or closed[0].text not in ",.":
        return
    if any(post.pos == "NOUN" for post in posts):
        name.root.head, name.root.dep = _head_before(posts[-1], comma), "appos"


def free_source(words: list[Word], according: Word) -> None:
    """ "According to Ada Lane, the mayor, two men died": the mayor is she, and the men died."""
    source, verb = according.head, according.head.head
    comma = next((w for w in words if w.i > according.i and w.text == ","), None)
    if source.dep != "obl" or comma is None or not comma.i < verb.i:
        return
    before = [w for w in words if comma.i < w.i < verb.i]
    subjects = [w for w in before if w.head is verb and w.dep.startswith("nsubj")]
    commas = [w.i for w in before if w.text == ","]
    beside = [w for w in before if w.dep == "appos" and w.head is source]
    first = next(iter((*subjects, *beside)), None)
    if first is None or not commas or first.i > commas[-1]:
        return
    last = [w for w in before if w.i > commas[-1] and (w.head is first or w.head is verb)]
    heirs = [w for w in last if w in subjects or w.dep == "appos"]
    if heirs:
        first.head, first.dep = source, "appos"
        heirs[-1].head, heirs[-1].dep = verb, "nsubj"


def _head_before(noun: Word, comma: Word) -> Word:
    """The head of the phrase that ends before a comma: the noun that the others hang on."""
    while noun.dep in {"nmod", "compound", "flat", "conj"} and noun.head.i < comma.i:
        if noun.head.pos not in {"NOUN", "PROPN"}:
            break
        noun = noun.head
    return noun
