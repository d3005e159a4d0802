"""Web pages become blocks: what an article says, and what a page states about itself."""

from datetime import date

import pytest

from ingest.documents import Document, canonical, seen
from ingest.html import html_blocks, read_html


def lines(html: str) -> list[str]:
    """Kind, mark and words of each block, as one line a block."""
    return [f"{b.kind}: {b.mark}{seen(b.text)}" for b in read_html(html.encode()).blocks]


def test_blocks_are_what_a_reader_sees() -> None:
    page = """<h1>Talks</h1><p>They <b>be</b>gan &amp; went<br>on.<br><br>Then lunch.</p>
      <h2>Terms</h2>Nine ships<div>left.</div><blockquote><p>“Soon.”</p><footer>A pilot</footer></blockquote>
      <ul><li>One<ul><li>small</ul><li><p>Two</p><p>more</p></ul><ol start=4><li>Four</ol><pre>a\n  b</pre>"""
    assert lines(page) == [
        "title: Talks", "paragraph: They began & went on.", "paragraph: Then lunch.", "heading: Terms",
        "paragraph: Nine ships", "paragraph: left.", "quote: “Soon.”", "quote: A pilot", "list_item: • One",
        "list_item: • small", "list_item: • Two", "list_item: more", "list_item: 4. Four", "code: a b",
    ]  # fmt: skip


def test_a_table_names_its_columns_and_spans_keep_their_place() -> None:
    page = """<table><caption>Grain</caption><tr><th>Port<th>Ships<th>Tonnes</tr>
      <tr><td rowspan=2>Sennet<td>9<td>4,300</tr><tr><td>2<td>100</tr><tr><td>Orm<td colspan=2>none</tr></table>"""
    assert lines(page) == [
        "paragraph: Grain",
        "table_row: Port: Sennet | Ships: 9 | Tonnes: 4,300",
        "table_row: Ships: 2 | Tonnes: 100",
        "table_row: Port: Orm | Ships: none",
    ]


def test_a_table_that_only_places_things_is_no_table() -> None:
    inner = "<table><tr><td>a<td>b</table>"
    page = f"<table><tr><td><h2>Terms</h2><p>One.</p><p>Two.</p></td><td>{inner}</td></tr></table>"
    assert lines(page) == ["heading: Terms", "paragraph: One.", "paragraph: Two.", "table_row: a | b"]


@pytest.mark.parametrize(
    "unseen",
    [
        "<nav><a href=/>Home</a></nav>", "<p hidden>x</p>", "<p style='display: none'>x</p>",
        "<p aria-hidden=true>x</p>",
        "<div class='cookie-banner'>x</div>", "<section id=related-stories>x</section>", "<aside>x</aside>",
        "<script>x</script>", "<style>x</style>", "<template><p>x</p></template>", "<div role=navigation>x</div>",
        "<button>x</button>", "<!-- x -->", "<footer>x</footer>",
        "<ul><li><a>a</a><li><a>b</a><li><a>c</a><li><a>d</a></ul>",
    ],
)  # fmt: skip
def test_furniture_and_what_is_hidden_is_left_out(unseen: str) -> None:
    assert lines(f"<p>Nine ships left.</p>{unseen}<p>Two stayed.</p>") == [
        "paragraph: Nine ships left.",
        "paragraph: Two stayed.",
    ]


def test_furniture_that_is_the_page_is_kept() -> None:
    assert lines("<div class='content-menu sidebar'><p>Nine ships left the harbour.</p></div>") == [
        "paragraph: Nine ships left the harbour."
    ]
    assert lines("<nav><p>Nine ships left.</p></nav>") == ["paragraph: Nine ships left."]


def test_a_heading_in_a_quote_is_no_section() -> None:
    text, paragraphs = canonical(html_blocks("<h2>A</h2><blockquote><h3>B</h3>c</blockquote><p>d</p>"))
    assert [(text[p.start : p.end], p.section) for p in paragraphs] == [("B", "A"), ("c", "A"), ("d", "A")]


FACTS = """<meta property=og:title content="Talks resume"><meta name=author content="Ada Orm">
  <meta property=article:published_time content="2031-03-14T06:00:00Z">
  <meta property=og:site_name content="Courier">"""
LINKED = """<script type=application/ld+json>{"@graph": [{"@type": "WebSite", "name": "No"},
  {"@type": ["NewsArticle"], "headline": "Linked talks", "datePublished": "2031-04-01",
  "author": [{"name": "A"}, {"name": "B"}],
  "publisher": {"name": "Monitor"}}]}</script>"""


def facts(html: str) -> tuple[str | None, str | None, date | None, str | None]:
    """Title, author, date and source of a page."""
    document: Document = read_html(f"<html><head>{html}".encode())
    return document.title, document.author, document.published, document.source


def test_facts_come_from_metadata_linked_data_first() -> None:
    body = "</head><body><h1>Heading</h1><p>Words.</p>"
    assert facts(FACTS + body) == ("Talks resume", "Ada Orm", date(2031, 3, 14), "Courier")
    assert facts(FACTS + LINKED + body) == ("Linked talks", "A, B", date(2031, 4, 1), "Monitor")
    assert facts(f"<title>Frame | Courier</title>{body}") == ("Heading", None, None, None)
    assert facts("<title>Frame | Courier</title></head><p>Words.") == ("Frame | Courier", None, None, None)


def test_nothing_is_invented() -> None:
    assert facts("<p>On 14 March 2031 Ada Orm said nothing.") == (None, None, None, None)
    broken = (
        "<script type=application/ld+json>{{{</script><meta name=date content='soon'><meta name=author content=''>"
    )
    assert facts(f"{broken}<p>Words.") == (None, None, None, None)


def test_a_visible_date_and_byline_count_where_they_stand_in_the_head_of_the_article() -> None:
    page = "<article><header><h1>T</h1><p>By Ada Orm</p><time datetime=2031-03-14>14 March</time></header><p>Words."
    assert facts(page) == ("T", "Ada Orm", date(2031, 3, 14), None)
    assert facts("<article><h1>T</h1><p>Words of <time datetime=2031-03-14>old</time>.</p></article>")[2] is None
