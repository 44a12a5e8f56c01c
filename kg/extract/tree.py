"""A parsed article as plain objects: words, sentences, names.

A snapshot of a spaCy Doc. The rules ask thousands of small questions of the tree; on spaCy
tokens each answer builds new objects, and two tokens at one place need not be identical. Here
every word exists once, and its neighbours are at hand.
"""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, wraps
from itertools import pairwise
from operator import attrgetter
from typing import Any, Final, TypeVar

from spacy.attrs import DEP, HEAD, IDX, LEMMA, LENGTH, POS, SENT_START, TAG
from spacy.tokens import Doc

NameSpan = tuple[int, int, str]
"""First word, end, label."""
Answer = TypeVar("Answer")
Labels = tuple[str, str, str, str]
"""Part of speech, tag, relation and lemma (lower case) of a word."""
COLUMNS: Final = [IDX, LENGTH, POS, TAG, DEP, LEMMA, HEAD, SENT_START]


class Word:
    """One token: where it stands, what it is, what it hangs on (Universal Dependencies 2)."""

    __slots__ = (
        "children",
        "dep",
        "end",
        "entity",
        "head",
        "i",
        "idx",
        "is_punct",
        "is_space",
        "lefts",
        "lemma",
        "lower",
        "pos",
        "rights",
        "sent",
        "tag",
        "text",
        "tree",
    )

    tree: "Tree"
    head: "Word"
    sent: "Sentence"
    entity: "Name | None"
    lefts: Sequence["Word"]
    rights: Sequence["Word"]
    children: Sequence["Word"]

    def __init__(self, i: int, idx: int, text: str, labels: Labels) -> None:
        self.i, self.idx, self.end = i, idx, idx + len(text)
        self.pos, self.tag, self.dep, self.lemma = labels
        self.text, self.lower = text, text.lower()
        self.is_punct = self.pos == "PUNCT"
        self.is_space = self.pos == "SPACE"
        self.entity = None
        self.lefts = self.rights = self.children = ()

    def __len__(self) -> int:
        return self.end - self.idx

    def __repr__(self) -> str:
        return f"{self.text}/{self.i}"

    def __bool__(self) -> bool:
        return True

    @property
    def left_edge(self) -> "Word":
        """The leftmost word of what hangs on this one."""
        word = self
        while word.lefts:
            word = word.lefts[0]
        return word

    @property
    def right_edge(self) -> "Word":
        """The rightmost word of what hangs on this one."""
        word = self
        while word.rights:
            word = word.rights[-1]
        return word


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words ``[start, end)`` and their characters."""

    index: int
    start: int
    end: int
    start_char: int
    end_char: int


@dataclass(frozen=True, slots=True, eq=False)
class Name:
    """A name the analyser marked: PERSON, ORG or LOC."""

    start: int
    end: int
    start_char: int
    end_char: int
    label: str
    text: str
    root: Word


_START: Final = attrgetter("start_char")
_END: Final = attrgetter("end_char")


def line(words: str) -> str:
    """Words on one line, character for character: the text may be wrapped anywhere."""
    return words.replace("\n", " ")


def once(question: Callable[[Word], Answer]) -> Callable[[Word], Answer]:
    """A question about a word that is answered once: its tree keeps the answer.

    For what follows from the tree alone, and is not changed by who asks.
    """

    @wraps(question)
    def asked(word: Word) -> Answer:
        answers: dict[int, Answer] = word.tree.answers[question]
        try:
            return answers[word.i]
        except KeyError:
            answer = answers[word.i] = question(word)
            return answer

    return asked


class Tree:
    """A parsed text; nothing hangs on its words before :meth:`hang`."""

    def __init__(self, doc: Doc, text: str) -> None:
        """``text`` is ``doc.text``, which spaCy would put together anew."""
        self.exact = text
        """The text as given, for what is quoted from it."""
        self.text: str = doc.user_data.get("cased", text)
        """The text as the analyser read it: what stands in capitals, written otherwise."""
        columns: list[list[int]] = doc.to_array(COLUMNS).view("int64").T.tolist()
        starts, sizes, *coded, heads, opening = columns
        rows = zip(starts, sizes, _labels(doc, coded), strict=True)
        self.words = [
            Word(i, at, self.text[at : at + size], labels)
            for i, (at, size, labels) in enumerate(rows)
        ]
        self.starts = starts
        for word, to_head in zip(self.words, heads, strict=True):
            word.tree, word.head = self, self.words[word.i + to_head]
        self.sents = self._sentences([start == 1 for start in opening])
        self.quiet: frozenset[int] = frozenset()
        """Indices of sentences from which nothing is read; see ``furniture``."""
        self.answers: defaultdict[Callable[[Word], Any], dict[int, Any]] = defaultdict(dict)
        """Question → index of a word → the answer, so far; see :func:`once`."""
        spans = _joined(self.words, [(e.start, e.end, e.label_) for e in doc.ents])
        self.names = [self._name(*span) for span in spans]
        full = (n.text for n in self.names if n.label == "PERSON" and n.end - n.start > 1)
        words = (word for name in full for word in name.split())
        self.persons = frozenset(word.removesuffix("'s").removesuffix("’s") for word in words)
        """The words of people's full names."""

    @cached_property
    def qualified(self) -> Mapping[str, Sequence[tuple[int, bool]]]:
        """A word with a capital → the places where others of its name stand beside it.

        "Security Council", "Council of Europe"; each with whether it was the same name so far.
        """
        found: defaultdict[str, list[tuple[int, bool]]] = defaultdict(list)
        names: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for word in self.words:
            name = self._beside(word) if word.text[:1].isupper() else ("", "")
            if any(name):
                names[word.text].add(name)
                found[word.text].append((word.i, len(names[word.text]) == 1))
        return found

    def _beside(self, word: Word) -> tuple[str, str]:
        """The word of a name in front of this one, and the one behind its "of"."""
        before = self.words[word.i - 1] if word.i else word
        behind = self.words[word.i + 1 : word.i + 3]
        of = len(behind) == 2 and behind[0].lower == "of" and behind[1].text[:1].isupper()
        whose = before is not word and before.text[:1].isupper() and before.pos != "DET"
        return before.text if whose else "", behind[1].text if of else ""

    def mark(self, start: int, end: int, label: str) -> Name:
        """Make a name of words that stand in none."""
        at = bisect_left(self.names, start, key=attrgetter("start"))
        self.names.insert(at, self._name(start, end, label))
        return self.names[at]

    def unmark(self, name: Name) -> None:
        """Take a name for none."""
        self.names.remove(name)
        for word in self.words[name.start : name.end]:
            word.entity = None

    def relabel(self, name: Name, label: str) -> None:
        """Take a name for one of another kind."""
        at = bisect_left(self.names, name.start, key=attrgetter("start"))
        self.names[at] = replace(name, label=label)
        for word in self.words[name.start : name.end]:
            word.entity = self.names[at]

    def hang(self) -> None:
        """Work out what hangs on each word from the heads, once these are right."""
        hanging: defaultdict[Word, list[Word]] = defaultdict(list)
        for word in self.words:
            if word.head is not word:
                hanging[word.head].append(word)
        for head, children in hanging.items():
            head.children = children
            head.lefts = [child for child in children if child.i < head.i]
            head.rights = children[len(head.lefts) :]

    def fell(self) -> None:
        """Part the words, whose circle of neighbours would wait for the garbage collector."""
        for word in self.words:
            word.lefts = word.rights = word.children = ()
            word.entity = None
            del word.tree, word.head

    def _sentences(self, starts: list[bool]) -> list[Sentence]:
        edges = [i for i, start in enumerate(starts) if start or i == 0] + [len(starts)]
        found = []
        for index, (start, end) in enumerate(pairwise(edges)):
            last = self.words[end - 1]
            sent = Sentence(index, start, end, self.words[start].idx, last.end)
            found.append(sent)
            for word in self.words[start:end]:
                word.sent = sent
        return found

    def _name(self, start: int, end: int, label: str) -> Name:
        words = self.words[start:end]
        if label == "PERSON":  # "Ada Lane of Kesh": the name is Ada Lane
            cut = next((w.i for w in words[1:] if w.dep == "case" and w.pos == "ADP"), end)
            words, end = words[: cut - start], cut
        root = next((w for w in words if not start <= w.head.i < end or w.head is w), words[0])
        left, right = words[0].idx, words[-1].end
        name = Name(start, end, left, right, label, line(self.text[left:right]), root)
        for word in words:
            word.entity = name
        return name

    def of(self, sent: Sentence) -> list[Word]:
        """The words of a sentence."""
        return self.words[sent.start : sent.end]

    def sentences(self, start: int, end: int) -> list[Sentence]:
        """The sentences that share a character with ``[start, end)``."""
        first = bisect_right(self.sents, start, key=_END)
        return self.sents[first : bisect_left(self.sents, end, key=_START)]

    def within(self, start: int, end: int) -> list[Word]:
        """The words that lie wholly inside ``[start, end)`` characters."""
        words = self.words[bisect_left(self.starts, start) : bisect_left(self.starts, end)]
        return [word for word in words if word.end <= end and not word.is_space]

    def at(self, offset: int) -> Word | None:
        """The word that a character stands in: the colon of "(KLF):" shares one with a bracket."""
        word = self.words[max(0, bisect_right(self.starts, offset) - 1)]
        return word if offset < word.end and not word.is_space else None

    def root_of(self, start: int, end: int) -> Word | None:
        """The word that the others inside ``[start, end)`` hang on."""
        first = max(0, bisect_right(self.starts, start) - 1)
        words = self.words[first : bisect_left(self.starts, end)]
        inside = [word for word in words if word.end > start and not word.is_space]
        for word in inside:
            if word.head is word or word.head not in inside:
                return word
        return None

    def __iter__(self) -> Iterator[Word]:
        return iter(self.words)


def _joined(words: Sequence[Word], spans: Iterable[NameSpan]) -> list[NameSpan]:
    """The spans of names, each whole where small words join it by hyphens: "Port-au-Prince"."""
    found: list[NameSpan] = []
    for start, end, label in spans:
        first, last = _run(words, start, end)
        if found and first < found[-1][1]:
            before, stop, other = found.pop()
            kind = "LOC" if "LOC" in (label, other) else other
            found.append((min(first, before), max(last, stop), kind))
        else:
            found.append((first, last, label))
    return found


def _run(words: Sequence[Word], start: int, end: int) -> tuple[int, int]:
    """A name with what hyphens join to it, if small words stand among that."""
    first, last = start, end
    while first > 1 and _are_glued(words[first - 2 : first + 1]):
        first -= 2
    while last + 1 < len(words) and _are_glued(words[last - 1 : last + 2]):
        last += 2
    capital = words[first].text[:1].isupper() and words[last - 1].text[:1].isupper()
    small = any(word.text.islower() for word in words[first:last])
    return (first, last) if capital and small else (start, end)


def _are_glued(three: Sequence[Word]) -> bool:
    """Whether the middle one of three words is a hyphen without a blank beside it."""
    left, hyphen, right = three
    return hyphen.text == "-" and left.end == hyphen.idx and hyphen.end == right.idx


def _labels(doc: Doc, coded: list[list[int]]) -> Iterator[Labels]:
    """What the numbers of a table of POS, TAG, DEP and LEMMA stand for, lemmas in lower case."""
    strings = doc.vocab.strings
    names = {code: str(strings[code % 2**64]) for code in set().union(*coded[:-1])}
    lemmas = {code: str(strings[code % 2**64]).lower() for code in set(coded[-1])}
    pos, tag, dep = ([names[code] for code in column] for column in coded[:-1])
    return zip(pos, tag, dep, [lemmas[code] for code in coded[-1]], strict=True)
