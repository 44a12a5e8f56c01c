"""Who said what in articles that nobody but us has written: precision and recall of statements.

Beside the gold data, whose texts are old and mostly of other things than war; ``docs/quality.md``
says what the figures are worth.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from kg.extract import open_extractor
from kg.extract.dates import parse_date
from kg.model import Article, Extraction, Statement

ARTICLES = Path(__file__).parent / "articles"
FLOORS = {"mended": (0.96, 0.92), "kept_back": (0.89, 0.77)}
"""File → the least precision and recall."""


@dataclass(frozen=True)
class Wanted:
    """One statement that a reader finds: any of these speakers, of these acts, with these words."""

    speakers: tuple[str, ...]
    acts: tuple[str, ...]
    words: tuple[str, ...]

    def is_met(self, said: Statement, text: str, extraction: Extraction) -> bool:
        content = " ".join(span.of(text) for span in said.content) or said.whole.of(text)
        told = self.words == ("-",) or _holds(content, self.words)
        return told and said.act in self.acts and self._is_speaker(said, text, extraction)

    def _is_speaker(self, said: Statement, text: str, extraction: Extraction) -> bool:
        if said.speaker is None:
            return "?" in self.speakers
        actors = {actor.key: actor for actor in extraction.actors}
        speaker = actors[said.speaker.ref]
        members = [actors[key].label for key in speaker.members]
        named = " ".join([speaker.label, said.speaker.span.of(text), *members])
        return _holds(named, [name for name in self.speakers if name != "?"])


def _holds(words: str, any_of: list[str] | tuple[str, ...]) -> bool:
    return any(one.casefold() in words.casefold() for one in any_of)


def _articles(name: str) -> Iterator[tuple[Article, list[Wanted]]]:
    whole = (ARTICLES / f"{name}.txt").read_text("utf-8")
    for block in re.split(r"^===== ", whole, flags=re.M)[1:]:
        head, _, rest = block.partition("\n")
        text, _, lines = rest.partition("\n---\n")
        day = parse_date(head.rpartition(", ")[2])
        cells = [line.split(" ; ") for line in lines.strip().splitlines()]
        wanted = [Wanted(*(tuple(cell.split("|")) for cell in row)) for row in cells]
        yield Article(text.strip() + "\n", published=day), wanted


@pytest.mark.parametrize("name", sorted(FLOORS))
def test_statements_of_articles_are_found(name: str) -> None:
    extractor = open_extractor()
    found = expected = met = 0
    for article, wanted in _articles(name):
        extraction = extractor.extract(article)
        left = list(extraction.statements)
        found, expected = found + len(left), expected + len(wanted)
        for one in wanted:
            said = next((s for s in left if one.is_met(s, article.text, extraction)), None)
            if said is not None:
                left.remove(said)
                met += 1
    precision, recall = FLOORS[name]
    assert met >= precision * found, f"precision {met}/{found} = {met / found:.3f}"
    assert met >= recall * expected, f"recall {met}/{expected} = {met / expected:.3f}"
