"""The parsed article as plain objects: what hangs on what, asked once, and let go of."""

import gc

import pytest

from kg.extract.extractor import RuleExtractor
from kg.extract.mending import mend
from kg.extract.tree import Tree, Word, once
from kg.model import Article

TEXT = (
    "Envoy Ada Quill told reporters in Karsa on Monday that talks had failed. The army, which"
    " holds the road, denied it.\n\n“We left,” said a guard.  Nobody else spoke."
)


@pytest.fixture
def tree(extractor: RuleExtractor) -> Tree:
    found = Tree(extractor.analyser.parse(TEXT), TEXT)
    mend(found)
    return found


def test_what_hangs_on_a_word_stands_in_text_order_on_either_side(tree: Tree) -> None:
    for word in tree:
        hanging = [other for other in tree if other.head is word and other is not word]
        assert list(word.children) == hanging
        assert [*word.lefts, *word.rights] == hanging
        assert all(left.i < word.i for left in word.lefts)
        assert all(right.i > word.i for right in word.rights)


def test_the_sentences_of_a_stretch_share_a_character_with_it(tree: Tree) -> None:
    for start in range(len(TEXT)):
        for end in range(start + 1, len(TEXT) + 1, 7):
            wanted = [s for s in tree.sents if s.start_char < end and s.end_char > start]
            assert tree.sentences(start, end) == wanted


def test_the_root_of_a_stretch_hangs_on_nothing_inside(tree: Tree) -> None:
    for start in range(0, len(TEXT), 5):
        for end in range(start + 1, len(TEXT) + 1, 5):
            root = tree.root_of(start, end)
            words = [w for w in tree if w.idx < end and w.end > start and not w.is_space]
            roots = [w for w in words if w.head is w or w.head not in words]
            assert root is (roots[0] if roots else None)


def test_a_question_is_answered_once_a_word(tree: Tree) -> None:
    asked: list[int] = []

    @once
    def length(word: Word) -> int:
        asked.append(word.i)
        return len(word)

    assert [length(word) for word in tree] == [len(word) for word in tree]
    assert [length(word) for word in tree] == [len(word) for word in tree]
    assert asked == [word.i for word in tree]


def test_an_article_that_has_been_read_leaves_no_words_behind(extractor: RuleExtractor) -> None:
    article = Article(TEXT)
    extractor.extract(article)
    gc.collect()
    gc.disable()
    try:
        before = _words()
        extractor.extract(article)
        assert _words() == before
    finally:
        gc.enable()


def _words() -> int:
    return sum(isinstance(one, Word) for one in gc.get_objects())
