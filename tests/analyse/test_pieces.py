import numpy as np

from kg.analyse.pieces import WORD_LIMIT, WordPieces, feed
from kg.analyse.tables import MODEL_FOLDER

PIECES = WordPieces(MODEL_FOLDER / "vocab.txt")
VOCABULARY = (MODEL_FOLDER / "vocab.txt").read_text("utf-8").splitlines()


def spelled(word: str) -> list[str]:
    return [VOCABULARY[piece] for piece in PIECES.word(word).pieces]


def test_words_are_lower_cased_stripped_of_accents_and_cut_into_known_pieces() -> None:
    assert spelled("Troops") == ["troops"]
    assert spelled("Córdoba") == ["cordoba"]
    assert spelled("demining") == ["demi", "##ning"]
    assert spelled("F-16") == ["f", "-", "16"]
    assert spelled("“") == ['"']
    assert spelled("n’t") == ["n", "'", "t"]


def test_every_word_has_a_piece_and_never_too_many() -> None:
    assert spelled("\u200b") == ["[UNK]"]
    assert spelled("😀") == ["[UNK]"]
    assert len(PIECES.word("=" * 10_000).pieces) == WORD_LIMIT


def test_a_sentence_is_framed_and_words_point_at_their_pieces() -> None:
    words = [PIECES.word(word) for word in ("Demining", "stopped", ".")]
    one = PIECES.encode(words, [False, False, True])
    assert [VOCABULARY[piece] for piece in one.pieces] == [
        "[CLS]",
        "demi",
        "##ning",
        "stopped",
        ".",
        "[SEP]",
    ]
    assert one.first.tolist() == [1, 3, 4]
    assert one.last.tolist() == [2, 3, 4]
    assert one.shapes.tolist() == [0, 2, 2, 1, 18, 0]
    assert one.word_shapes.tolist() == [2, 1, 18]


def test_a_batch_is_padded_with_zeros_and_masked() -> None:
    long = PIECES.encode([PIECES.word(word) for word in ("They", "fled", ".")], [False] * 3)
    short = PIECES.encode([PIECES.word("Why")], [False])
    inputs = feed([long, short])
    assert {name: array.shape for name, array in inputs.items()} == {
        "ids": (2, 5),
        "shp": (2, 5),
        "mask": (2, 5),
        "first": (2, 3),
        "last": (2, 3),
        "wshape": (2, 3),
    }
    assert inputs["mask"].tolist() == [[1.0] * 5, [1.0] * 3 + [0.0] * 2]
    assert inputs["mask"].dtype == np.float32
    assert inputs["first"].tolist()[1] == [1, 0, 0]
