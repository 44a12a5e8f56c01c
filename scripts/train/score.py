"""Figures of an analyser against annotated sentences."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import TYPE_CHECKING

from kg.analyse.lemmas import lemma
from kg.analyse.network import Network, Parsed
from kg.analyse.pieces import LIMIT
from kg.analyse.registry import Analyser
from scripts.train.treebank import Sentence

if TYPE_CHECKING:
    from spacy.tokens import Token


def gold_token_scores(network: Network, sentences: Iterable[Sentence]) -> dict[str, float]:
    """Per cent of words right: upos, xpos, feats, lemma, uas, las; F1 of whole names.

    The words and sentences are those of the annotation; lemmas are by rule over predicted tags.
    """
    right: Counter[str] = Counter()
    total: Counter[str] = Counter()
    for sentence, parsed in _parsed(network, sentences):
        if sentence.heads:
            right.update(_words_right(parsed, sentence))
            total["words"] += len(sentence.words)
        if sentence.names:
            found, gold = set(name_spans(parsed.names)), set(name_spans(sentence.names))
            right["names"] += 2 * len(found & gold)
            total["names"] += len(found) + len(gold)
    scores = {key: 100 * right[key] / total["words"] for key in right if key != "names"}
    return scores | ({"names": 100 * right["names"] / total["names"]} if total["names"] else {})


def _parsed(network: Network, sentences: Iterable[Sentence]) -> Iterator[tuple[Sentence, Parsed]]:
    """The sentences within the model's limit, each with its parse."""
    read = network.pieces.word
    for _, group in groupby(sentences, key=lambda sentence: sentence.document):
        texts = [([read(word) for word in one.words], one) for one in group]
        kept = [
            (words, one)
            for words, one in texts
            if sum(len(word.pieces) for word in words) <= LIMIT - 2
        ]
        parsed = network.parse([words for words, _ in kept], [one.glued for _, one in kept])
        yield from zip([one for _, one in kept], parsed, strict=True)


def name_spans(labels: Sequence[str]) -> list[tuple[int, int, str]]:
    """(first word, last word, kind) of every name in BIO labels."""
    starts = [index for index, label in enumerate(labels) if label.startswith("B-")]
    spans = []
    for first in starts:
        last = first
        while last + 1 < len(labels) and labels[last + 1].startswith("I-"):
            last += 1
        spans.append((first, last, labels[first][2:]))
    return spans


def raw_text_scores(analyser: Analyser, sentences: Iterable[Sentence]) -> dict[str, float]:
    """F1 of tokens and sentences on documents joined as text, paragraphs by blank lines."""
    found: Counter[str] = Counter()
    gold: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for _, group in groupby(sentences, key=lambda sentence: sentence.document):
        text, spans = _document(list(group))
        doc = analyser.parse(text)
        own = {
            "tokens": {(word.idx, word.idx + len(word)) for word in doc if word.pos_ != "SPACE"},
            "sentences": {_word_span(list(part)) for part in doc.sents},
        }
        for kind, mine in own.items():
            found[kind] += len(mine)
            gold[kind] += len(spans[kind])
            both[kind] += len(mine & spans[kind])
    return {kind: 200 * both[kind] / (found[kind] + gold[kind]) for kind in gold}


def _words_right(parsed: Parsed, gold: Sentence) -> Counter[str]:
    right: Counter[str] = Counter()
    for index, head in enumerate(gold.heads):
        perfect = parsed.is_perfect_auxiliary(index)
        tags = (parsed.upos[index], parsed.xpos[index], parsed.feats[index])
        guess = lemma(gold.words[index], *tags, perfect=perfect, first=index == 0)
        attached = parsed.heads[index] == head
        right.update(
            upos=tags[0] == gold.upos[index],
            xpos=tags[1] == gold.xpos[index],
            feats=tags[2] == gold.feats[index],
            lemma=guess == gold.lemmas[index],
            uas=attached,
            las=attached and parsed.relations[index] == gold.relations[index],
        )
    return right


def _document(sentences: Sequence[Sentence]) -> tuple[str, dict[str, set[tuple[int, int]]]]:
    """The text of a document, and the spans of its tokens and sentences."""
    text = ""
    tokens: set[tuple[int, int]] = set()
    ends: set[tuple[int, int]] = set()
    for sentence in sentences:
        if text:
            text = text.rstrip(" ") + ("\n\n" if sentence.paragraph else " ")
        start = len(text)
        for word, space in zip(sentence.words, sentence.spaces, strict=True):
            tokens.add((len(text), len(text) + len(word)))
            text += word + " " * space
        ends.add((start, len(text.rstrip(" "))))
    return text, {"tokens": tokens, "sentences": ends}


def _word_span(words: "Sequence[Token]") -> tuple[int, int]:
    kept = [word for word in words if word.pos_ != "SPACE"]
    return (kept[0].idx, kept[-1].idx + len(kept[-1])) if kept else (0, 0)
