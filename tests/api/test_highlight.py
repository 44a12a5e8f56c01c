"""The marked text is the article's text, and every span can be reached."""

from html.parser import HTMLParser

from hypothesis import given
from hypothesis import strategies as st

from api.highlight import Finding, Words, anchor, marked


class Page(HTMLParser):
    """What a browser reads: the text, the ids, and whether tags nest."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words = ""
        self.ids: list[str] = []
        self.inside: dict[str, str] = {}
        self.open: list[tuple[str, str | None]] = []
        self.links_inside_links = 0
        self.feed(str(html))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "a" and any(name == "a" for name, _ in self.open):
            self.links_inside_links += 1
        self.open.append((tag, found.get("id")))
        if found.get("id"):
            self.ids.append(found["id"] or "")
            self.inside[found["id"] or ""] = ""

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop()[0] == tag

    def handle_data(self, data: str) -> None:
        self.words += data
        for _, name in self.open:
            if name:
                self.inside[name] += data


TEXT = "The envoy “said” <b>no & no</b>.\nAnd then? Nothing."


def spans() -> st.SearchStrategy[tuple[int, int]]:
    ends = st.integers(0, len(TEXT))
    return (
        st.tuples(ends, ends)
        .map(lambda pair: (min(pair), max(pair)))
        .filter(lambda pair: pair[0] < pair[1])
    )


def finding(number: int, start: int, end: int) -> Finding:
    return Finding(number, "statement", f"/statement/{number}", "said", start, end)


@given(st.lists(spans(), max_size=6), st.lists(spans(), max_size=8))
def test_any_spans_leave_the_text_as_it_is(
    wholes: list[tuple[int, int]], slots: list[tuple[int, int]]
) -> None:
    findings = [finding(n, *span) for n, span in enumerate(wholes, 1)]
    page = Page(marked(TEXT, findings, [Words(*span, "speaker") for span in slots]))
    assert page.words == TEXT
    assert page.open == []
    assert page.links_inside_links == 0
    assert len(page.ids) == len(set(page.ids))
    assert set(page.ids) == {
        name
        for start, end in {*wholes, *slots}
        for name in (anchor(start, end), f"char={start},{end}")
    }


@given(spans(), spans())
def test_an_id_holds_its_words_or_their_beginning(
    one: tuple[int, int], other: tuple[int, int]
) -> None:
    page = Page(marked(TEXT, [finding(1, *one), finding(2, *other)], []))
    for start, end in (one, other):
        words = page.inside[anchor(start, end)]
        assert TEXT[start:end].startswith(words)
        assert words


def test_nested_findings_keep_all_their_words_under_one_id() -> None:
    page = Page(marked(TEXT, [finding(1, 0, 30), finding(2, 4, 9)], [Words(4, 20, "content")]))
    assert page.inside["c0-30"] == TEXT[0:30]
    assert page.inside["c4-9"] == TEXT[4:9]


def test_a_folded_beginning_leaves_the_text_as_it_is() -> None:
    found = [finding(1, 0, 30), finding(2, 10, 20)]
    html = marked(TEXT, found, [Words(4, 20, "content")], fold=(16, "Above"))
    head, _, rest = html.partition("</details>")
    assert head.startswith('<details class="front"><summary>Above</summary>')
    assert Page(f"{head}</details>").words == f"Above{TEXT[:16]}"
    assert Page(rest).words == TEXT[16:]
    assert Page(html).links_inside_links == 0


def test_two_findings_of_the_same_words_are_both_noted() -> None:
    html = marked(TEXT, [finding(1, 0, 9), finding(2, 0, 9)], [])
    assert 'href="#f1"' in html
    assert 'href="#f2"' in html


def test_the_sign_of_a_markdown_heading_stays_in_the_text_and_is_marked() -> None:
    text = "# A truce\n\nIt held.\n## Later #2\nIt broke."
    html = str(marked(text, [], [Words(2, 9, "other")]))
    assert html.count('<span class="sign">') == 2
    assert '<span class="sign"># </span><span id="c2-9"' in html
    assert Page(html).words == text
