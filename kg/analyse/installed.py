"""Any installed spaCy pipeline for English as an analyser: ``spacy:en_core_web_sm``.

A pipeline with the CLEAR relations of spaCy's own models is mapped to Universal Dependencies
(see ``clear``); one that was trained on UD passes as it is.
"""

from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import Final

import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.analyse.clear import ONLY_CLEAR, ONLY_UD, Node, to_ud
from kg.analyse.sentences import SENTENCES, is_blank
from kg.analyse.tables import rows
from kg.errors import BadInput, UnreadableSource

NAMES: Final = {row[0]: row[1] for row in rows("spacy-names.tsv")}
NEEDED: Final = {
    "TAG": "tags (tagger)",
    "POS": "parts of speech (attribute_ruler or morphologizer)",
    "LEMMA": "lemmas (lemmatizer)",
    "DEP": "a tree (parser)",
    "ENT_IOB": "names (ner)",
}
"""What the rules read, and the spaCy component that usually writes it."""
PROBE: Final = "The army said on Monday that Ada Lane had left Kesh."
LONGEST: Final = 512
"""Tokens of a sentence that is read as one; rules and recursion grow with it."""
_ARTICLES: Final = frozenset({"the", "a", "an"})


class InstalledAnalyser:
    """What a spaCy pipeline says of a text, in the form that the rules read."""

    def __init__(self, pipeline: str) -> None:
        self._nlp = _loaded(pipeline)
        self.name = f"spacy:{self._nlp.lang}_{self._nlp.meta['name']}"  # also of a folder
        self.version = str(self._nlp.meta["version"])
        _refuse_unfit(self._nlp, pipeline)
        if SENTENCES not in self._nlp.pipe_names:
            self._nlp.add_pipe(SENTENCES, first=True)  # parsers keep to sentences that are set

    def parse(self, text: str) -> Doc:
        """The parsed Doc of one text; UnreadableSource where the pipeline cannot read it."""
        if len(text) > self._nlp.max_length:
            raise UnreadableSource(
                f"{len(text)} characters, and {self.name} reads {self._nlp.max_length} at most; "
                "split the text, or use the default extractor"
            )
        try:
            text.encode()
        except UnicodeEncodeError as error:
            raise UnreadableSource(
                f"character {error.start} is half of a surrogate pair"
            ) from error
        return self._converted(self._nlp(text))

    def parse_many(self, texts: Iterable[str]) -> Iterator[Doc]:
        """The parsed Docs of many texts, in their order."""
        return map(self.parse, texts)

    def _converted(self, doc: Doc) -> Doc:
        """The same text as Universal Dependencies, with the names that the rules know."""
        names = list(_names(doc))
        nodes = [
            Node(t.i, t.lower_, t.tag_, t.pos_, t.lemma_ or t.lower_, t.dep_ or "dep") for t in doc
        ]
        for node, token in zip(nodes, doc, strict=True):
            node.head = nodes[token.head.i]
        people = [(start, end) for start, end, kind in names if kind == "PERSON"]
        edges = [*(i for sentence in doc.sents for i in _cut(sentence)), len(doc)]
        clear = _is_clear(self._nlp, doc)
        for start, end in pairwise(edges):
            words = _grounded(nodes[start:end], doc)
            if clear:
                to_ud(words, [(a - start, b - start) for a, b in people if start <= a < b <= end])
        return _written(doc, nodes, names, frozenset(edges))


def _loaded(pipeline: str) -> Language:
    try:
        return spacy.load(pipeline)
    except (OSError, ImportError, ValueError) as error:
        raise BadInput(
            f"spaCy cannot load {pipeline!r}: {error}. Install it into this environment first "
            f"(python -m spacy download {pipeline}), or give the folder it lies in"
        ) from error


def _refuse_unfit(nlp: Language, pipeline: str) -> None:
    """BadInput for a pipeline of another language, or one that leaves out what is read."""
    if nlp.lang != "en":
        raise BadInput(f"spaCy pipeline {pipeline!r} reads {nlp.lang!r}; only English is read")
    doc = nlp(PROBE)
    lacking = [what for attribute, what in NEEDED.items() if not doc.has_annotation(attribute)]
    if lacking:
        raise BadInput(
            f"spaCy pipeline {pipeline!r} gives no {', no '.join(lacking)}; take one that does, "
            "such as en_core_web_sm, or add the component"
        )


def _is_clear(nlp: Language, doc: Doc) -> bool:
    """Whether the relations are CLEAR's: as its components declare, or else as they are here."""
    declared = {label for labels in nlp.pipe_labels.values() for label in labels}
    for labels in (declared, {token.dep_ for token in doc}):
        if labels & (ONLY_CLEAR | ONLY_UD):
            return not labels & ONLY_UD
    return False


def _cut(sentence: Span) -> Iterator[int]:
    """Where a sentence begins, and where its parts do if it is too long to be read as one."""
    return iter(range(sentence.start, sentence.end, LONGEST))


def _grounded(nodes: Sequence[Node], doc: Doc) -> list[Node]:
    """The words of one sentence with one root and no head outside; blanks hang on a word."""
    words = [node for node in nodes if not is_blank(doc[node.i].text)]
    inside = set(map(id, words))
    loose = [node for node in words if node.head is node or id(node.head) not in inside]
    for node in loose:
        node.head = loose[0]
        node.dep = node.dep if node is loose[0] else "parataxis"
    if loose:
        loose[0].dep = "ROOT"
    near = words[0] if words else nodes[0]
    for node in nodes:
        if id(node) in inside:
            near = node
        else:
            node.head, node.dep, node.pos, node.tag = near, "space", "SPACE", "_SP"
    return words


def _names(doc: Doc) -> Iterator[tuple[int, int, str]]:
    """(first token, end, kind) of each name, without an article before or a genitive behind."""
    for name in doc.ents:
        start, end = name.start, name.end
        while start < end and (doc[start].lower_ in _ARTICLES or is_blank(doc[start].text)):
            start += 1
        while start < end and (doc[end - 1].tag_ == "POS" or is_blank(doc[end - 1].text)):
            end -= 1
        kind = NAMES.get(name.label_)
        if kind is not None and start < end:
            yield start, end, kind


def _written(
    doc: Doc, nodes: Sequence[Node], names: Iterable[tuple[int, int, str]], starts: frozenset[int]
) -> Doc:
    """A Doc of the same tokens that says what the nodes say."""
    kinds = ["O"] * len(nodes)
    for start, end, kind in names:
        kinds[start:end] = [f"B-{kind}", *[f"I-{kind}"] * (end - start - 1)]
    return Doc(
        doc.vocab,
        words=[token.text for token in doc],
        spaces=[bool(token.whitespace_) for token in doc],
        tags=[node.tag for node in nodes],
        pos=[node.pos for node in nodes],
        morphs=[str(token.morph) for token in doc],
        lemmas=[node.lemma for node in nodes],
        heads=[node.head.i for node in nodes],
        deps=["root" if node.dep == "ROOT" else node.dep for node in nodes],
        sent_starts=[node.i in starts for node in nodes],
        ents=kinds,
    )
