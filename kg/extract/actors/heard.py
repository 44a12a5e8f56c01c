"""Names that the analyser has overlooked, of those who are told to speak: "The M23 denied it".

Who denies, accuses or calls for something is somebody, so that words in capitals in that place
are a name. What is once found is a name wherever the article writes it.
"""

from collections.abc import Iterable, Iterator
from typing import Final

from kg.extract import syntax
from kg.extract.actors import naming
from kg.extract.actors.nations import is_half
from kg.extract.dates_words import DAYS
from kg.extract.lexicon import Cue, affairs, cues, quantifiers
from kg.extract.tree import Tree, Word
from kg.gazetteer import Gazetteer

AGENTS: Final = frozenset({"obl:agent", "obl"})
CLAUSES: Final = frozenset({"clause", "finite", "inf", "ing"})
OBJECTS: Final = frozenset({"target", "blame", "obj+inf", "np", "thing", "name"})
BODIES: Final = frozenset({"Organization", "Group"})
TAKEN: Final = ("ccomp", "xcomp", "parataxis")
INSIDE: Final = frozenset({"of", "for", "the", "and", "'s", "’s", "-", "–"})
"""Small words that a name may hold."""
NAMED: Final = frozenset({"NOUN", "PROPN", "NUM", "X"})


def mark(tree: Tree, gazetteer: Gazetteer) -> None:
    """Make names of the overlooked speakers of a text, in every place where they are named."""
    found = {tuple(one.text for one in words): None for words in list(_titles(tree))}
    for word in tree:
        if word.entity is None and word.pos in NAMED and _is_heard(word):
            stretch = _stretch(word)
            people = gazetteer.is_demonym(word.text) or gazetteer.country_of(word.text)
            if not people and _is_name(word, stretch):
                found[tuple(one.text for one in stretch)] = None
    known = {naming.clean(name.text): name.label for name in tree.names} if found else {}
    for words in found:
        label = "PERSON" if set(words) <= tree.persons else known.get(" ".join(words), "ORG")
        for start in list(_places(tree, words)):
            tree.mark(start, start + len(words), label)


def _titles(tree: Tree) -> Iterator[list[Word]]:
    """ "Doctors Without Borders": a small word has its capital in a name only."""
    for small in (word for word in tree if word.text == "Without"):
        words = tree.words[max(0, small.i - 1) : small.i + 2]
        if len(words) == 3 and all(w.text[:1].isupper() and w.entity is None for w in words):
            words[2].dep = "flat"  # part of the name, and none of what hangs on it
            yield words


def _is_heard(word: Word) -> bool:
    """Whether the word stands where only somebody can: who says it, or who is accused of it."""
    head = word
    while head.dep == "conj" and head.head is not head:
        head = head.head
    verb = head.head
    if _is_beside(head) or verb.lower == "according":
        return True
    if head.dep == "obl" and syntax.is_attribution(head):
        return True
    if verb.pos != "VERB" or verb.text[:1].isupper():
        return False  # of a headline's capitals none tells anything
    frames = cues().get(verb.lemma, ())
    if head.dep in {"obj", "nsubj:pass"}:
        return (head.dep == "obj") != syntax.is_passive(verb) and _is_charged(head, frames)
    if head.dep == "nsubj":
        return any(_is_filled(verb, frame) for frame in frames)
    agent = head.dep in AGENTS and head is syntax.agent(verb)
    return agent and syntax.is_passive(verb) and bool(frames)


def _is_beside(word: Word) -> bool:
    """ "A little-known group, M77": the name of a body that is told before it."""
    body = naming.noun_at(word.head) if word.dep == "appos" and word.i > word.head.i else None
    return body is not None and body.kind in BODIES


def _is_charged(word: Word, frames: Iterable[Cue]) -> bool:
    """Whether somebody is accused or blamed; a gun may be blamed, too."""
    letters = word.text.isalpha() and word.text.isupper()
    return any(
        (frame.frame == "target" and frame.act == "accuse") or (letters and frame.frame == "blame")
        for frame in frames
    )


def _is_filled(verb: Word, frame: Cue) -> bool:
    """Whether the verb has what it would say; "the T9 continued" is no speech."""
    if frame.subject in {"document", "self"}:
        return False
    if frame.frame in CLAUSES:
        return verb.dep == "parataxis" or bool(syntax.child(verb, *TAKEN))
    if frame.frame.startswith("np="):
        names = frame.frame.removeprefix("np=").partition(">")[0].split("|")
        return any(what.lemma in names for what in syntax.objects(verb))
    link = frame.frame.removesuffix("+inf")
    return bool(syntax.obliques(verb, link)) or (
        frame.frame in OBJECTS and bool(syntax.objects(verb))
    )


def _stretch(head: Word) -> list[Word]:
    """The words of a phrase from the first with a capital on, up to its head."""
    own = [word.i for word in syntax.phrase(head) if word.i <= head.i or word.dep == "flat"]
    words = head.tree.words[min(own) : max(own) + 1]
    while words and words[0] is not head and (words[0].lower in DAYS or not _opens(words[0])):
        words.pop(0)
    return words


def _opens(word: Word) -> bool:
    """Whether a name may begin with the word: a capital, and no article or "many"."""
    capital = word.text[:1].isupper() or (word.pos == "NUM" and word.text.isdigit())
    vague = word.tag in {"DT", "PDT", "IN"} or word.lower in quantifiers("vague")
    return capital and not vague


def _is_name(head: Word, words: list[Word]) -> bool:
    """Whether words are a name by how they are spelled, and by where they stand."""
    if not words or any(word.entity is not None for word in words):
        return False
    if not all(_opens(word) or word.lower in INSIDE for word in words):
        return False
    if naming.noun_at(head) is not None or head.lower in affairs("head"):
        return False
    spelled = head.tree.text[words[0].idx : words[-1].end] if is_half(head) else head.text
    if " " not in spelled and _is_spelled(spelled):
        return True
    inside = words[0].i > head.sent.start  # whose capital is more than a sentence's first letter
    whole = len(words) > 1 and head.pos in {"PROPN", "NUM"}
    return head.text[:1].isupper() and (words[0].text[:1].isupper() if inside else whole)


def _is_spelled(text: str) -> bool:
    """ "M23", "CODECO", "TotalEnergies": no other word is spelled so."""
    plural = text[:-1].isupper() and text.endswith("s")  # "the IDPs"
    capitals = 0 if plural else sum(letter.isupper() for letter in text)
    return capitals > 1 or (text[:1].isupper() and any(letter.isdigit() for letter in text))


def _places(tree: Tree, words: tuple[str, ...]) -> Iterator[int]:
    """Where the words stand and are no part of a marked name."""
    for word in tree:
        if word.text == words[0] and word.entity is None:
            here = tree.words[word.i : word.i + len(words)]
            whole = tuple(one.text for one in here) == words
            if whole and all(one.entity is None for one in here):
                yield word.i
