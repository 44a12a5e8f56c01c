"""Statements as attributions: source, cue and content of each."""

from typing import Any

from kg.model import Statement
from scripts.evaluation.reading import Reader, published

Json = dict[str, Any]


def predict(record: Json, reader: Reader) -> Json:
    """The attributions of a record; statements whose words are not given have none to score."""
    found = reader.read(record["text"], published(record.get("date")))
    said = [_attribution(one) for one in found.statements if one.content]
    return {"attributions": said}


def _attribution(one: Statement) -> Json:
    return {
        "source": [[one.speaker.span.start, one.speaker.span.end]] if one.speaker else [],
        "cue": [[one.cue.start, one.cue.end]],
        "content": [[span.start, span.end] for span in one.content],
        "act": one.act,
    }
