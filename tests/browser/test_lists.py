"""Lists over time in a browser: bars are clicked, keys use the table, forms offer what there is."""

import pytest

from scripts.browser import Seen
from tests.browser.looks import follow


@pytest.mark.parametrize("by", ["click", "table"])
def test_a_bar_filters_the_list(plain: Seen, site: str, by: str) -> None:
    page = plain.open(f"{site}/statements").page
    before = page.locator("h1").inner_text()
    bar = page.locator("figure.histogram svg a").first
    words, _, number = (bar.locator("title").text_content() or "").partition(": ")
    if by == "click":
        bar.locator("rect.room").click()
    else:
        page.locator("figure.histogram summary").focus()
        page.keyboard.press("Enter")
        page.locator("figure.histogram th a", has_text=words).focus()
        page.keyboard.press("Enter")
    page.wait_for_url("**from=*")
    assert page.locator("h1").inner_text().split()[0] == number != before.split()[0]
    assert page.locator("table.records time").first.inner_text() == words


def test_the_form_asks_for_what_is_rarely_asked(plain: Seen, site: str) -> None:
    page = plain.open(f"{site}/statements").page
    page.locator("details.more summary").click()
    page.locator("#f-has").select_option("words quoted")
    page.locator("#f-sort").select_option("of publication, newest first")
    follow(page.locator("form.filters button.main"))
    assert page.url == f"{site}/statements?sort=-published&has=quotation"
    assert "with: words quoted" in page.locator(".chips").inner_text()
    assert page.locator("details.more").get_attribute("open") is not None
    assert page.locator("table.records tbody tr").count() > 0


def test_a_search_leads_to_files(plain: Seen, site: str) -> None:
    page = plain.open(f"{site}/search?q=shelled").page
    with page.expect_download() as loading:
        page.locator("#statements ~ p.bar a[download]").first.click()
    assert "shelled" in loading.value.path().read_text(encoding="utf-8")
    follow(page.locator("#events ~ p.bar a[href$='#downloads']").first)
    assert "q=shelled" in page.url
    assert page.locator("#downloads").is_visible()
