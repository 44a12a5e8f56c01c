"""Pages: the article's words, what the page states, and whether it is whole."""

import pytest

from kg.errors import UnreadableSource
from kg.sources.base import Defaults
from kg.sources.cut import cut_off
from kg.sources.html import declared_charset, parse
from kg.sources.stamp import stated

BODY = (
    "<p>BELGORAN, May 6 — The ministry said on Monday that the cease-fire was holding.</p>"
    "<p>The opposition called for an investigation into the shelling of a market on May 2, in"
    " which at least 12 people were killed.</p>"
)


def page(head: str = "", body: str = BODY) -> str:
    return (
        f"<!doctype html><html><head><title>Truce holds</title>{head}</head><body>"
        f"<nav><a href='/'>Home</a></nav><article><h1>Truce holds</h1>{body}</article>"
        "</body></html>"
    )


HEAD = (
    '<link rel="canonical" href="https://harbour.example/truce">'
    '<meta property="og:site_name" content="The Harbour Post">'
    '<meta name="author" content="Ada Lane">'
    '<meta property="article:published_time" content="2024-05-06T23:30:00+04:00">'
)


def test_what_a_page_states_is_kept() -> None:
    found = parse(page(HEAD), Defaults(published=stated("1999"), publisher="Other"), "a.html")
    assert found.published is not None
    assert (found.headline, found.author, found.publisher, found.url, found.published.edtf) == (
        "Truce holds",
        "Ada Lane",
        "The Harbour Post",
        "https://harbour.example/truce",
        "2024-05-06",
    )
    assert "shelling of a market on May 2" in found.text
    assert "Home" not in found.text


def test_a_page_that_states_nothing_takes_the_defaults() -> None:
    found = parse(page(), Defaults(published=stated("2024-05-07"), publisher="Given"), "a.html")
    assert found.published is not None
    assert (found.published.edtf, found.publisher, found.url) == ("2024-05-07", "Given", None)


@pytest.mark.parametrize(
    "head",
    [
        '<script type="application/ld+json">{"@graph":[{"@type":"NewsArticle",'
        '"datePublished":"2024-05-06"}]}</script><meta name="date" content="2001-01-01">',
        '<meta itemprop="datePublished" content="2024-05-06">',
        '<meta name="DC.date.issued" content="May 6, 2024">',
        '<script type="application/ld+json">{broken</script>'
        '<meta name="pubdate" content="soon"><meta name="date" content="20240506">',
    ],
)
def test_a_stated_date_is_found(head: str) -> None:
    found = parse(page(head), Defaults(), "a.html").published
    assert found is not None
    assert found.edtf == "2024-05-06"


@pytest.mark.parametrize(
    "page_",
    [
        page(),  # dates stand in the running text only
        page('<link rel="canonical" href="https://harbour.example/2024/05/06/truce">'),
        page(body=BODY + "<footer>© 2023 The Harbour Post, updated 2023-01-01</footer>"),
    ],
)
def test_a_date_is_never_guessed(page_: str) -> None:
    assert parse(page_, Defaults(), "a.html").published is None


def test_a_page_without_an_article_is_refused() -> None:
    with pytest.raises(UnreadableSource, match="no article text"):
        parse("<html><body><img src='a.png'></body></html>", Defaults(), "a.html")


@pytest.mark.parametrize("end", [150, 200, 260, 330, 345])
def test_a_page_cut_anywhere_in_its_body_is_refused(end: int) -> None:
    with pytest.raises(UnreadableSource, match="cut off"):
        parse(page()[:end], Defaults(), "a.html")


@pytest.mark.parametrize(
    "whole",
    [
        page(),
        page().replace("</body></html>", ""),
        "<title>T</title><p>One.<p>Two.<ul><li>a<li>b</ul>",
        "<p>One &amp two.</p><br><img src=a><p>Three.</p>",
        "<html lang=en><p>A < B, and 3 > 2.</p>\n<!-- end -->",
    ],
)
def test_left_out_end_tags_are_no_cut(whole: str) -> None:
    assert cut_off(whole) is None


@pytest.mark.parametrize(
    "part",
    [
        "<html><body><p>Text</p><p>The army did n",
        "<html><body><p>Text</p><a href='x",
        "<html><body><p>Text</p><!-- a comment",
        "<div><p>Text</p>",
        "<html><head><script>var a = 1;",
    ],
)
def test_cuts_are_seen(part: str) -> None:
    assert cut_off(part)


def test_the_declared_charset_is_read() -> None:
    http = b'<meta http-equiv="Content-Type" content="text/html; charset=koi8-r">'
    assert declared_charset(http) == "koi8-r"
    assert declared_charset(b"<p>no</p>") is None
