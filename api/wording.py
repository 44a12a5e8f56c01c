"""Records in plain words: dates as exact as their EDTF, counts, tolls, codes.

Nothing is guessed: what a record does not hold has no words.

>>> when("2022-10-03?"), when("199X"), when("1990/1993", "the early 1990s")
('3 October 2022 (uncertain)', '1990s', 'early 1990s')
"""

import re
from calendar import month_name, monthrange
from typing import Final

from kg.export.acled import country as country_name
from kg.vocab import concepts

SEASONS: Final = {"21": "spring", "22": "summer", "23": "autumn", "24": "winter"}
_QUALIFIERS: Final = {"?": "uncertain", "~": "approximate", "%": "uncertain, approximate"}
_THIRDS: Final = {(0, 3): "early", (4, 6): "mid", (7, 9): "late", (0, 9): ""}
_PART_OF: Final = re.compile(r"\b(early|mid|middle|late|beginning|start|end)\b", re.IGNORECASE)


def when(edtf: str, text: str = "") -> str:
    """An EDTF date in words, no more and no less exact than it is.

    ``text`` is what the article says; "early", "mid" and "late" are used only where it does.

    >>> when("2022-10"), when("XXXX-10-03"), when("2022-10-03/2022-10-05")
    ('October 2022', '3 October (year unknown)', '3–5 October 2022')
    >>> when("../2020-06"), when("2020-21~")
    ('until June 2020', 'spring 2020 (approximate)')
    """
    if "/" not in edtf:
        return _one(edtf)
    first, last = edtf.split("/", 1)
    if first in ("", ".."):
        return f"until {_one(last)}"
    if last in ("", ".."):
        return f"since {_one(first)}"
    return _third(first, last, text) or _between(first, last)


def _one(edtf: str) -> str:
    body, notes = _unqualified(edtf)
    parts = body.split("-")
    words = _year(parts[0])
    if len(parts) > 1 and parts[1] in SEASONS:
        words = f"{SEASONS[parts[1]]} {words}"
    elif len(parts) > 1 and parts[1].isdigit():
        words = f"{month_name[int(parts[1])]} {words}".rstrip()
        if len(parts) > 2 and parts[2][:2].isdigit():
            words = f"{int(parts[2][:2])} {words}"
    if parts[0] == "XXXX":
        notes = ["year unknown", *notes]
    return f"{words} ({', '.join(notes)})" if notes else words


def _unqualified(edtf: str) -> tuple[str, list[str]]:
    notes = [words for mark, words in _QUALIFIERS.items() if mark in edtf]
    return re.sub(r"[?~%]", "", edtf), notes


def _year(year: str) -> str:
    if year == "XXXX":
        return ""
    if year.endswith("XX"):
        return f"{year[:-2]}00s"
    return f"{year[:-1]}0s" if year.endswith("X") else year


def _third(first: str, last: str, text: str) -> str | None:
    """The early, mid or late part of a decade or month, where the text puts it so."""
    if not _PART_OF.search(text):
        return None
    if re.fullmatch(r"\d{4}/\d{4}", f"{first}/{last}") and first[:3] == last[:3]:
        part = _THIRDS.get((int(first[3]), int(last[3])))
        return f"{part} {first[:3]}0s".strip() if part is not None else None
    if re.fullmatch(r"\d{4}-\d\d-\d\d", first) and first[:7] == last[:7]:
        part = _month_third(first, last)
        return f"{part} {_one(first[:7])}" if part else None
    return None


def _month_third(first: str, last: str) -> str | None:
    end = monthrange(int(first[:4]), int(first[5:7]))[1]
    days = (int(first[8:]), int(last[8:]))
    return {(1, 10): "early", (11, 20): "mid", (21, end): "late"}.get(days)


def _between(first: str, last: str) -> str:
    """Two dates, what they share said once: "3–5 October 2022"."""
    start, end = _one(first).split(), _one(last).split()
    shared = 0
    while shared < min(len(start), len(end)) - 1 and start[-1 - shared] == end[-1 - shared]:
        shared += 1
    short = " ".join(start[: len(start) - shared])
    dash = "–" if " " not in short and len(end) - shared == 1 else " – "
    return f"{short}{dash}{' '.join(end)}"


def count(number: int, noun: str, plural: str | None = None) -> str:
    """A number with its noun.

    >>> count(1, "statement"), count(1200, "reply", "replies")
    ('1 statement', '1,200 replies')
    """
    return f"{number:,} {noun if number == 1 else plural or noun + 's'}"


def label(scheme: str, code: str | None) -> str:
    """The label of a code in the ontology, or the code where it has none."""
    concept = concepts().get(scheme, {}).get(code or "")
    return concept.label if concept else code or ""


def country(code: str | None) -> str:
    """The name of a country, or the code where no country has it.

    >>> country("UA"), country("QO"), country(None)
    ('Ukraine', 'QO', '')
    """
    return country_name(code or "") or code or ""


def definition(scheme: str, code: str | None) -> str:
    """What a code means, or nothing."""
    concept = concepts().get(scheme, {}).get(code or "")
    return concept.definition if concept else ""
