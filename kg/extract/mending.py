"""Mends a few slips that parsers make often in news, each sure from word order alone.

Only heads, relations, tags and false names change; no word is added, dropped or moved.
"""

from itertools import pairwise
from typing import Final

from kg.extract.lexicon import cues, known_body, nouns
from kg.extract.mending_arcs import mend_arcs
from kg.extract.mending_bodies import name_bodies
from kg.extract.mending_events import mend_events
from kg.extract.mending_names import mend_names
from kg.extract.mending_said import mend_speech
from kg.extract.mending_speakers import join_name_words, mend_speakers
from kg.extract.mending_tolls import mend_tolls
from kg.extract.tree import Name, Tree, Word

FINITE: Final = frozenset({"VBD", "VBZ", "VBP", "VBN"})
ASKED: Final = frozenset({"asked", "told", "pressed", "questioned", "quizzed"})
GIVEN: Final = frozenset({"obj", "aux:pass", "nsubj:pass"})
SAYING: Final = frozenset({"say", "add", "tell", "write", "report", "announce"})


def mend(tree: Tree) -> None:
    """Mend the tree of each sentence in place, and hang its words on their heads.

    A sentence that mending would leave without a root keeps the parser's.
    """
    parsed = [(word.head, word.dep, word.pos, word.tag) for word in tree.words]
    for sent in tree.sents:
        name_bodies(tree.of(sent))
        mend_arcs(tree.of(sent))
        _join_hyphenated_post(tree.of(sent))
        _join_body_name(tree.of(sent))
        _give_body_to_post(tree.of(sent))
        _join_name_to_post(tree.of(sent))
        mend_speakers(tree.of(sent))
        _free_last_speaker(tree.of(sent))
        _part_asked(tree.of(sent))
        _give_claim(tree.of(sent))
        _take_gerund(tree.of(sent))
        mend_names(tree.of(sent))
        mend_events(tree.of(sent))
        mend_tolls(tree.of(sent))
    for name in list(tree.names):
        _lead_in(tree, join_name_words(tree, name))
    mend_speech(tree)
    for sent in tree.sents:
        if _goes_round(tree.of(sent)):
            for word in tree.of(sent):
                word.head, word.dep, word.pos, word.tag = parsed[word.i]
    tree.hang()


def _goes_round(sentence: list[Word]) -> bool:
    """Whether some words hang on each other and not on the root."""
    grounded: set[int] = set()
    for word in sentence:
        path: set[int] = set()
        above = word
        while above.i not in grounded and above.head is not above:
            if above.i in path:
                return True
            path.add(above.i)
            above = above.head
        grounded |= path
    return False


def _lead_in(tree: Tree, name: Name) -> None:
    """ "In Gorom-Gorom": a preposition before a name is the whole name's."""
    before = tree.words[name.start - 1] if name.start > name.root.sent.start else None
    if before is not None and before.dep == "case" and before.head.entity is name:
        before.head = name.root


def _join_hyphenated_post(sentence: list[Word]) -> None:
    """ "NATO Secretary-General Ada Lane": one post, not two, and NATO's."""
    for first, hyphen, last in zip(sentence, sentence[1:], sentence[2:], strict=False):
        if hyphen.text != "-" or f"{first.lower}-{last.lower}" not in nouns():
            continue
        if first.head is last or (last.entity is not None and first.entity is last.entity):
            continue
        if last.head is first:
            last.head, last.dep = (last if first.head is first else first.head), first.dep
        for word in sentence:
            if word.head is first and word is not last:
                word.head = last
        first.head, first.dep = last, "compound"
        hyphen.head = last


def _join_body_name(sentence: list[Word]) -> None:
    """ "European Union ministers": both words are the body's name."""
    for first, last in pairwise(sentence):
        parts = first.dep == "amod" and last.dep == "compound" and first.head is last.head
        if parts and known_body(f"{first.text} {last.text}") is not None:
            first.head = last


def _give_body_to_post(sentence: list[Word]) -> None:
    """ "Relief Union chairwoman Ada Lane": the body hangs on the post, not on her name."""
    for body, post in pairwise(sentence):
        if body.entity is None or body.entity.label == "PERSON" or body.dep != "compound":
            continue
        first = post
        while first.dep == "compound" and first.i < first.head.i:
            first = first.head
        named = first.head.entity is not None and first.head.entity.label == "PERSON"
        if first.dep == "nmod:desc" and body.head is first.head and named and post.entity is None:
            body.head = first


def _join_name_to_post(sentence: list[Word]) -> None:
    """ "The mayor, Ada Lane, said": a post and the name beside it are not two subjects."""
    subjects = [word for word in sentence if word.dep == "nsubj"]
    for post, name in pairwise(subjects):
        if post.head is not name.head or post.pos != "NOUN" or name.pos != "PROPN":
            continue
        if name.entity is None or name.entity.label != "PERSON" or name.i >= name.head.i:
            continue
        between = [w for w in sentence if post.i < w.i < name.i]
        if len(between) <= 1 and all(word.text == "," for word in between):
            name.head, name.dep = post, "appos"


def _free_last_speaker(sentence: list[Word]) -> None:
    """ "Kesh would not sign, a diplomat who saw it said.": the last words are who said so."""
    said = next((word for word in reversed(sentence) if not (word.is_punct or word.is_space)), None)
    if said is None or said.lemma not in SAYING or said.tag not in FINITE or said.head is said:
        return
    own = [word.dep for word in sentence if word.head is said]
    if any(dep.startswith(("nsubj", "aux")) for dep in own):
        return
    comma = next((w for w in reversed(sentence) if w.i < said.i and w.text == ","), None)
    if comma is None:
        return
    phrase = [word for word in sentence if comma.i < word.i < said.i]
    heads = [w for w in phrase if w.dep == "appos" and w.pos in {"NOUN", "PROPN"}]
    root = next((word for word in sentence if word.head is word), None)
    if len(heads) == 1 and root is not None and heads[0].head.i < comma.i:
        heads[0].head, heads[0].dep = said, "nsubj"
        root.head, root.dep = said, "ccomp"
        said.head, said.dep = said, "root"


def _part_asked(sentence: list[Word]) -> None:
    """ "The minister, asked whether it fell, said no": he was asked, and he said."""
    for before, comma, asked in zip(sentence, sentence[1:], sentence[2:], strict=False):
        if comma.text != "," or asked.lower not in ASKED or asked.tag not in {"VBD", "VBN"}:
            continue
        if asked.dep == "acl" and asked.head.i < comma.i:
            asked.tag = "VBN"  # hung as it should be: he was asked
            continue
        subject, said = _up_to(before, asked), _said_behind(sentence, asked)
        if said is None or subject.dep not in {"nsubj", "nsubj:pass"}:
            continue
        if asked.head is not said:
            said.head, said.dep = (said if asked.head is asked else asked.head), asked.dep
        for word in sentence:
            if word.head is asked and word.i > said.i:
                word.head = said
        subject.head, subject.dep, asked.tag = said, "nsubj", "VBN"
        asked.head, asked.dep = subject, "acl"


def _up_to(word: Word, end: Word) -> Word:
    """The head of the phrase that a word before ``end`` belongs to."""
    while word.head.i < end.i and word.head is not word:
        word = word.head
    return word


def _said_behind(sentence: list[Word], asked: Word) -> Word | None:
    """The verb behind the next comma that has no subject of its own behind it."""
    near = (w for w in sentence if w.i > asked.i and (w is asked.head or w.head is asked))
    for verb in (w for w in near if w.tag in FINITE and w.pos == "VERB"):
        own = any(w.head is verb and w.dep == "nsubj" and w.i > asked.i for w in sentence)
        if not own and any(w.text == "," for w in sentence if asked.i < w.i < verb.i):
            return verb
    return None


def _give_claim(sentence: list[Word]) -> None:
    """ "Dismissed as untrue claims that it fired": the claims are what it dismissed."""
    for verb, link, what in zip(sentence, sentence[1:], sentence[2:], strict=False):
        noun = what.head
        if verb.pos != "VERB" or link.lower != "as" or what.dep != "amod" or link.head is not noun:
            continue
        own = {w.dep for w in sentence if w.head is verb}
        if noun.head is verb and noun.dep == "obl" and own.isdisjoint(GIVEN):
            noun.dep, link.head, what.head, what.dep = "obj", what, verb, "advcl"


def _take_gerund(sentence: list[Word]) -> None:
    """ "Did not rule out sending troops": that is what is not ruled out."""
    for before, gerund in pairwise(sentence):
        verb = gerund.head
        if gerund.tag != "VBG" or gerund.dep != "advcl":
            continue
        joined = before.dep == "compound:prt" and before.head is verb
        name = f"{verb.lemma} {before.lower}" if joined else verb.lemma
        near = joined or before is verb
        if near and any(cue.frame == "ing" for cue in cues().get(name, ())):
            gerund.dep = "xcomp"
