"""Dates in a text: what the words say, resolved as far as they go and no further."""

from datetime import date

import pytest

from kg.extract.dates import ahead, bearing, dateline, find, parse_date
from kg.extract.extractor import RuleExtractor
from kg.model import Article, DateRange

TUESDAY = parse_date("2022-10-04")


def said(text: str, published: DateRange | None = TUESDAY) -> list[tuple[str, str]]:
    return [(found.text, found.edtf) for found in find(text, published)]


def edtf(text: str, published: DateRange | None = TUESDAY) -> list[str]:
    return [found.edtf for found in find(text, published)]


ABSOLUTE = [
    ("Shells fell on 2 October 2022.", "2022-10-02"),
    ("Shells fell on Oct. 2, 2022, near the river.", "2022-10-02"),
    ("Shells fell on October 2, 2022.", "2022-10-02"),
    ("Shells fell on Sunday, 2 October 2022.", "2022-10-02"),
    ("Shells fell on the 2nd of October 2022.", "2022-10-02"),
    ("Filed 2022-10-02.", "2022-10-02"),
    ("Filed 2.10.2022.", "2022-10-02"),
    ("Filed 22/10/2022.", "2022-10-22"),
    ("Filed 10/22/2022.", "2022-10-22"),
    ("It began in March 2021.", "2021-03"),
    ("It began in early March 2021.", "2021-03-01/2021-03-10"),
    ("It began in mid-March 2021.", "2021-03-11/2021-03-20"),
    ("It began in late February 2024.", "2024-02-21/2024-02-29"),
    ("It began in 2014.", "2014"),
    ("It began around 2014.", "2014~"),
    ("It began in late 2014.", "2014-09/2014-12"),
    ("It began in the 1990s.", "199X"),
    ("It began in the early 1990s.", "1990/1993"),
    ("It began in the mid-1990s.", "1994/1996"),
    ("It began in the late 1990s.", "1997/1999"),
    ("It began in the '90s.", "199X"),
    ("It began in the 19th century.", "18XX"),
    ("It began in the summer of 2014.", "2014-22"),
    ("It began in the first quarter of 2022.", "2022-01/2022-03"),
    ("It began in H2 2021.", "2021-07/2021-12"),
    ("He was wounded in the 2020 war.", "2020"),
    ("The convoy (2014) was shelled.", "2014"),
]


@pytest.mark.parametrize(("text", "expected"), ABSOLUTE)
def test_absolute_dates_do_not_depend_on_publication(text: str, expected: str) -> None:
    assert edtf(text) == edtf(text, None) == [expected]


@pytest.mark.parametrize(
    ("text", "words", "expected"),
    [
        ("Talks ran from 3 to 5 October 2022.", "3 to 5 October 2022", "2022-10-03/2022-10-05"),
        ("Talks ran September 12-14, 2022.", "September 12-14, 2022", "2022-09-12/2022-09-14"),
        ("Talks ran 12–14 September 2022.", "12–14 September 2022", "2022-09-12/2022-09-14"),
        ("It lasted between 2014 and 2016.", "2014 and 2016", "2014/2016"),
        ("The 1990-1994 war ended.", "1990-1994", "1990/1994"),
        ("The war of 1990–94 ended.", "1990–94", "1990/1994"),
        ("It lasted from November to March 2022.", "November to March 2022", "2021-11/2022-03"),
        (
            "It lasted from 27 September to 10 November 2020.",
            "27 September to 10 November 2020",
            "2020-09-27/2020-11-10",
        ),
        (
            "It fell on 13 and 14 September 2022.",
            "13 and 14 September 2022",
            "2022-09-13/2022-09-14",
        ),
        (
            "It fell between late 2014 and early 2015.",
            "late 2014 and early 2015",
            "2014-09/2015-04",
        ),
    ],
)
def test_a_range_is_one_date(text: str, words: str, expected: str) -> None:
    assert said(text) == said(text, None) == [(words, expected)]


def test_days_apart_are_two_dates() -> None:
    assert said("Raids on May 3 and 9, 2022, failed.", None) == [
        ("May 3", "2022-05-03"),
        ("9, 2022", "2022-05-09"),
    ]


RELATIVE = [
    ("They met on Monday.", "Monday", "2022-10-03"),
    ("They met on Tuesday.", "Tuesday", "2022-10-04"),
    ("They met on Wednesday.", "Wednesday", "2022-09-28"),
    ("They met last Friday.", "last Friday", "2022-09-30"),
    ("They met last Tuesday.", "last Tuesday", "2022-09-27"),
    ("They meet next Monday.", "next Monday", "2022-10-10"),
    ("They meet this coming Friday.", "this coming Friday", "2022-10-07"),
    ("They met on Friday last week.", "Friday last week", "2022-09-30"),
    ("They met yesterday.", "yesterday", "2022-10-03"),
    ("They met the day before yesterday.", "the day before yesterday", "2022-10-02"),
    ("They met last night.", "last night", "2022-10-03"),
    ("They met two days ago.", "two days ago", "2022-10-02"),
    ("They met three months ago.", "three months ago", "2022-07"),
    ("They met nearly 20 years ago.", "nearly 20 years ago", "2002~"),
    ("They met last week.", "last week", "2022-09-26/2022-10-02"),
    ("They met earlier this week.", "earlier this week", "2022-10-03/2022-10-04"),
    ("They met over the weekend.", "the weekend", "2022-10-01/2022-10-02"),
    ("They met last month.", "last month", "2022-09"),
    ("They met earlier this month.", "earlier this month", "2022-10-01/2022-10-04"),
    ("They met last year.", "last year", "2021"),
    ("They met early this year.", "early this year", "2022-01/2022-04"),
    ("They met last summer.", "last summer", "2022-22"),
    ("They met in October last year.", "October last year", "2021-10"),
    ("Later on Sunday they met.", "Sunday", "2022-10-02"),
    ("They met from Monday to Wednesday.", "Monday to Wednesday", "2022-09-26/2022-09-28"),
]


@pytest.mark.parametrize(("text", "words", "expected"), RELATIVE)
def test_relative_words_count_from_publication(text: str, words: str, expected: str) -> None:
    assert said(text) == [(words, expected)]


@pytest.mark.parametrize("text", [text for text, _, _ in RELATIVE if "October" not in text])
def test_without_publication_relative_words_are_no_date(text: str) -> None:
    assert find(text, None) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 3 October.", "2022-10-03"),
        ("They met on 31 December.", "2021-12-31"),
        ("They met on 29 February.", "2020-02-29"),
        ("They met in May.", "2022-05"),
        ("They met in December.", "2021-12"),
        ("They met on Monday, October 3.", "2022-10-03"),
        ("They will meet on 14 November.", "2022-11-14"),
        ("A court will hear of the raid of 14 November.", "2021-11-14"),
        ("They will meet on Friday, December 9.", "2022-12-09"),
        ("They met from 3 to 6 October.", "2022-10-03/2022-10-06"),
    ],
)
def test_a_date_without_a_year_is_the_nearest_not_after_publication(
    text: str, expected: str
) -> None:
    assert edtf(text) == [expected]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They met on 3 October.", "XXXX-10-03"),
        ("They met on Monday, 3 October.", "XXXX-10-03"),
        ("They met in October.", "XXXX-10"),
        ("They met in early October.", "XXXX-10-01/XXXX-10-10"),
        ("They met from 3 to 5 October.", "XXXX-10-03/XXXX-10-05"),
    ],
)
def test_without_publication_a_date_without_a_year_stays_partial(text: str, expected: str) -> None:
    (found,) = find(text, None)
    assert (found.edtf, found.earliest, found.latest) == (expected, None, None)


def test_a_weekday_gives_the_first_year_after_those_spoken_of_as_past() -> None:
    text = "Since the 2020 war the bridge is shut. On Monday, October 3, a mine went off."
    found = find(text, None)[1]
    assert (found.edtf, found.earliest) == ("2022-10-03?", date(2022, 10, 3))


def test_a_year_still_to_come_is_no_year_spoken_of_as_past() -> None:
    text = (
        "After the 2020 war a bridge will be built by 2031. On Monday, October 3, a mine went off."
    )
    assert edtf(text, None) == ["2020", "2031", "2022-10-03?"]


def test_the_year_so_found_does_not_leak_into_other_dates() -> None:
    text = "After the 2020 war, on Monday, October 3, they met; on 5 October and on Tuesday, again."
    assert edtf(text, None) == ["2020", "2022-10-03?", "XXXX-10-05"]


def test_words_that_point_back_count_from_the_date_before() -> None:
    text = "On 12 March 2021 he fled. The same day she left; the next day shells fell."
    assert edtf(text, None) == ["2021-03-12", "2021-03-12", "2021-03-13"]
    assert edtf("In 2014 war came. A year later it ended.", None) == ["2014", "2015"]
    assert edtf("In 2014 war came. The next day it ended.", None) == ["2014"]
    assert edtf("The same day it ended.") == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("They will meet on Monday.", "2022-10-10"),
        ("The talks on Monday will fail.", "2022-10-10"),
        ("She said on Monday that they will meet.", "2022-10-03"),
        ("They will meet, she said on Monday.", "2022-10-03"),
        ("They were to be heard. The court met on Monday.", "2022-10-03"),
    ],
)
def test_tense_decides_which_monday(text: str, expected: str) -> None:
    assert edtf(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        *("They fought for six weeks.", "He is 20 years old.", "Some 2,000 troops fell back."),
        *("The resolution, number 1325, may pass.", "He may go.", "They march on the town."),
        *(
            "June said no.",
            "At 1930 GMT it ended.",
            "At 3:30 pm it ended.",
            "On Mondays they rest.",
        ),
        *(
            "Every Friday they protest.",
            "In recent days shells fell.",
            "Over the past year it grew.",
        ),
        *(
            "It was more than 20 years ago.",
            "Filed 02/10/2022.",
            "They sent 1900 men.",
            "USA Today.",
        ),
        *(
            "With 2014 soldiers he came.",
            "To this day it stands.",
            "A 12-year-old fled.",
            "No. 2022",
        ),
        *("Good Friday was quiet.", "The Sunday Times asked.", "Around 2,022 homes burnt.", ""),
    ],
)
def test_what_is_no_date(text: str) -> None:
    assert find(text, TUESDAY) == ()


def test_on_takes_a_day_and_in_a_month() -> None:
    assert edtf("The post fell on 3 October. On October 3 hours passed.")[-1] == "2022-10-03"
    assert said("The post fell on October 3 hours after talks.") == [("October 3", "2022-10-03")]
    assert said("In September 12 people were killed.") == [("September", "2022-09")]


def test_a_weekday_that_contradicts_its_date_makes_it_uncertain() -> None:
    assert edtf("They met on Friday, 3 October 2022.") == ["2022-10-03?"]


def test_a_publication_known_to_the_month_gives_an_interval() -> None:
    october = parse_date("2022-10")
    assert edtf("They met yesterday.", october) == ["2022-09-30/2022-10-30"]
    assert edtf("They met last year.", october) == ["2021"]


def test_ahead_reads_the_same_words_as_still_to_come() -> None:
    text = "They met on Monday, then on 9 December, then in 2014."
    read = [ahead(found, TUESDAY) for found in find(text, TUESDAY)]
    assert [found.edtf for found in read] == ["2022-10-10", "2022-12-09", "2014"]
    assert [found.span for found in read] == [found.span for found in find(text, TUESDAY)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It has lasted since 2014.", "since"),
        ("It ended before 2014.", "before"),
        ("It ended prior to 2014.", "before"),
        ("It held until 3 October.", "until"),
        ("It was done by Monday.", "by"),
        ("It lasted from 2014 to 2016.", "on"),
        ("It began in 2014.", "on"),
    ],
)
def test_bearing(text: str, expected: str) -> None:
    assert bearing(text, find(text, TUESDAY)[0]) == expected


def test_a_line_may_break_within_a_date() -> None:
    assert edtf("They meet this\ncoming Friday.") == edtf("They meet this coming Friday.")


def test_days_are_counted_from_the_dateline_where_nothing_else_dates_the_article() -> None:
    text = "GENEVA, 3 June 2021 (Lake News) - Ada Lane met Ned Holt in Paris on Monday."
    found = {
        published: RuleExtractor().extract(Article(text, published=published)).reports[0].date
        for published in (None, parse_date("2024-04-12"))
    }
    assert [day.edtf for day in found.values() if day] == ["2021-05-31", "2024-04-08"]


@pytest.mark.parametrize(
    "text",
    [
        "GENEVA, June 3 (Lake News) - They met on Monday.",
        "They met in Paris, 3 June 2021, on the left bank - or so it seemed.",
        "On 3 June 2021 - a Thursday - they met.",
    ],
)
def test_no_other_day_is_taken_for_a_datelines(text: str) -> None:
    assert dateline(text) is None
