"""Which words give a date, and what they were counted from."""

from kg.extract import dates
from kg.extract import dates_grammar as grammar
from kg.extract.dates_said import Between, Meaning, Relative, Said
from kg.model import Article, DateRange


def why(article: Article, date: DateRange) -> str:
    """The words of a date, what they are counted from, and how they bear on the finding.

    >>> from kg.edtf import parse_date
    >>> told = Article("They met on Monday.", published=parse_date("2022-10-04"))
    >>> why(told, dates.find(told.text, told.published)[0])
    '“Monday”, counted from the publication date 2022-10-04'
    """
    if date.span is None:
        return "given with the article"
    plain = [one for one in dates.find(article.text, article.published) if one.span == date.span]
    said = [one for one in grammar.read(article.text) if one.start == date.span.start]
    parts = [f"“{date.text}”", _basis(article, said)]
    bearing = dates.bearing(article.text, date)
    if bearing != "on":
        parts.append(f"behind “{bearing}”")
    elif plain and plain[0].edtf != date.edtf:
        parts.append(f"as what is still to come (else {plain[0].edtf})")
    return ", ".join(parts)


def _basis(article: Article, said: list[Said]) -> str:
    """What a date is counted from."""
    published = article.published.edtf if article.published else None
    if not said or not _is_counted(said[0].means):
        return "as it is written"
    if _follows(said[0].means):
        return "counted from the date said before"
    if published is None:
        return "with what the text alone tells, for it has no publication date"
    return f"counted from the publication date {published}"


def _is_counted(means: Meaning) -> bool:
    """Whether the words leave the year open, or are a distance."""
    if isinstance(means, Between):
        return _is_counted(means.first) and _is_counted(means.last)
    return isinstance(means, Relative) or means.year is None


def _follows(means: Meaning) -> bool:
    return not isinstance(means, Between) and means.anaphoric
