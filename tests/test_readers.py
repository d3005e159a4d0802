"""Bytes become documents: front matter, encodings, and what is refused."""

import codecs
from collections.abc import Callable
from datetime import date
from pathlib import Path, PurePath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from ingest.documents import canonical, title_of
from ingest.encodings import decode, decode_declared
from ingest.readers import READERS, read
from rag.errors import UnreadableError
from tests.conftest import REAL, SEEDS
from tests.toys import PROPERTY

MARKDOWN, PLAIN = PurePath("talks.md"), PurePath("talks.txt")


def matter(*lines: str) -> bytes:
    """A Markdown file with these lines as its front matter."""
    return "\n".join(["---", *lines, "---", "The talks began."]).encode()


def test_front_matter_gives_title_date_and_source() -> None:
    document = read(MARKDOWN, matter("title: 'Talks: day two'", "date: 2031-03-14", "source: Sennet Courier"))
    assert document.title == "Talks: day two"
    assert document.published == date(2031, 3, 14)
    assert document.source == "Sennet Courier"
    assert [b.text for b in document.blocks] == ["The talks began."]
    assert document.notices == ()


def test_front_matter_may_say_published_and_publisher() -> None:
    document = read(MARKDOWN, matter("published: 14 March 2031", "publisher: Sennet Courier"))
    assert (document.title, document.published, document.source) == (None, date(2031, 3, 14), "Sennet Courier")


def test_front_matter_with_windows_line_ends_is_read() -> None:
    document = read(MARKDOWN, matter("title: Talks", "date: 2031-03-14").replace(b"\n", b"\r\n"))
    assert (document.title, document.published) == ("Talks", date(2031, 3, 14))
    assert [b.text for b in document.blocks] == ["The talks began."]


def test_markdown_without_front_matter_says_neither_date_nor_source() -> None:
    document = read(MARKDOWN, b"# Talks\n\nThey began.\n")
    assert (document.title, document.published, document.source) == (None, None, None)
    assert title_of(document, "file") == "Talks"


def test_a_dated_line_below_the_title_is_a_byline_unless_the_front_matter_says_better() -> None:
    text = b"# Talks\n\nSennet Courier, 14 March 2031\n\nThey began on 2 May 2031.\n"
    document = read(MARKDOWN, text)
    assert (document.published, document.source) == (date(2031, 3, 14), "Sennet Courier")
    assert [b.kind for b in document.blocks] == ["title", "byline", "paragraph"]
    document = read(MARKDOWN, b"---\ndate: 2031-03-15\nsource: Quill Wire\n---\n" + text)
    assert (document.published, document.source) == (date(2031, 3, 15), "Quill Wire")


def test_front_matter_that_is_no_yaml_is_noticed_and_its_words_are_kept() -> None:
    document = read(MARKDOWN, matter("title: [unclosed"))
    assert len(document.notices) == 1
    assert "YAML" in document.notices[0]
    assert document.title == "[unclosed"
    assert document.blocks[-1].text == "The talks began."


def test_a_date_that_is_none_is_noticed_and_the_rest_is_kept() -> None:
    document = read(MARKDOWN, matter("title: Talks", "date: next spring"))
    assert (document.title, document.published) == ("Talks", None)
    assert len(document.notices) == 1
    assert "next spring" in document.notices[0]


def test_an_empty_date_is_no_mistake() -> None:
    assert read(MARKDOWN, matter("title: Talks", "date:")).notices == ()


def test_endings_are_read_in_any_case() -> None:
    for ending in (ending for ending, form in READERS.items() if form.here):
        assert read(PurePath(f"TALKS{ending.upper()}"), b"The talks began.").blocks[0].text == "The talks began."


# -- encodings -------------------------------------------------------------------------------------------

WORDS = "The “café” talks — naïve at first — began."


@pytest.mark.parametrize(
    "data",
    [
        WORDS.encode(),
        codecs.BOM_UTF8 + WORDS.encode(),
        codecs.BOM_UTF16_LE + WORDS.encode("utf-16-le"),
        codecs.BOM_UTF16_BE + WORDS.encode("utf-16-be"),
    ],
    ids=["UTF-8", "UTF-8 with a mark", "UTF-16 little endian", "UTF-16 big endian"],
)
def test_unicode_encodings_are_read_without_a_notice(data: bytes) -> None:
    assert decode(data) == (WORDS, ())
    for path in (PLAIN, MARKDOWN):
        assert [b.text for b in read(path, data).blocks] == [WORDS]


@pytest.mark.parametrize(
    ("charset", "written"),
    [
        ("iso-8859-1", WORDS.encode("cp1252")),  # as browsers understand that name
        ("'UTF-8'", WORDS.encode()),
        ("ascii", WORDS.encode()),
        ("utf-16-be", codecs.BOM_UTF8 + WORDS.encode()),  # a byte order mark is right, whatever is declared
        ("koi8-r", "Москва".encode("koi8-r")),
    ],
)
def test_a_declared_charset_is_used(charset: str, written: bytes) -> None:
    assert decode_declared(written, charset)[0] in (WORDS, "Москва")
    assert decode_declared(written, charset)[1] == ()


@pytest.mark.parametrize(
    "charset", [None, "", "no-such", "utf-7", "hex", "idna", "unicode_escape", "zip", "\x00", "utf-16"]
)
def test_a_charset_that_is_none_or_does_not_fit_is_passed_over(charset: str | None) -> None:
    assert decode_declared(b"Prices rose +AGE- by \\u0041 4.", charset)[0] == "Prices rose +AGE- by \\u0041 4."


def test_another_encoding_is_recognised_and_noticed() -> None:
    text = (
        "The minister said the “bridging” proposal — first tabled in March — was “good and important”.\n"
        "It isn’t final, the café talks go on.\nPrices rose by £4 and €5 in Zürich; naïve résumé."
    )
    document = read(PLAIN, text.encode("cp1252"))
    assert "\n".join(b.text for b in document.blocks) == text
    assert len(document.notices) == 1
    assert "cp125" in document.notices[0]


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR",
        b"%PDF-1.7\n\x00\x01\x02\x03",
        b"\x01\x02\x03\x04\x05\x06 words",
        b"Nine ships left. " * 100 + b"\x00",
        bytes(range(256)) * 4,
        codecs.BOM_UTF8 + b"\xff\xfe\xfd",
        codecs.BOM_UTF16_LE + b"\x00\xd8\x00",
    ],
    ids=["PNG", "PDF", "control characters", "one zero byte", "all bytes", "false UTF-8", "false UTF-16"],
)
def test_binary_data_is_refused_whatever_the_name_says(data: bytes) -> None:
    for path in (PLAIN, MARKDOWN):
        with pytest.raises(UnreadableError, match="not text"):
            read(path, data)


@PROPERTY
@given(st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1))
def test_any_text_in_utf_8_is_decoded_as_it_is(text: str) -> None:
    assert decode(b"x" + text.encode()) == ("x" + text, ())


# -- refusals --------------------------------------------------------------------------------------------


@pytest.mark.parametrize("data", [b"", b" \r\n\t\n"])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="empty"):
        read(PLAIN, data)


@pytest.mark.parametrize("data", ["\u200b\u2060\n".encode(), codecs.BOM_UTF8, b"---\ntitle: Talks\n---\n"])
def test_a_file_without_visible_words_is_refused(data: bytes) -> None:
    with pytest.raises(UnreadableError, match="no text"):
        read(MARKDOWN, data)


@pytest.mark.parametrize("name", ["talks.png", "talks", ".txt"])
def test_an_unknown_ending_is_refused_with_those_that_can_be_read(name: str) -> None:
    with pytest.raises(UnreadableError) as caught:
        read(PurePath(name), b"The talks began.")
    assert all(ending in caught.value.remedy for ending in READERS)


def test_a_file_of_headings_alone_is_read_as_paragraphs() -> None:
    for path, data in ((PLAIN, b"Talks begin"), (MARKDOWN, b"# Talks begin\n")):
        document = read(path, data)
        assert [p.number for p in canonical(document.blocks)[1]] == [1]


@pytest.mark.slow
@PROPERTY
@given(st.binary(max_size=300) | st.text(max_size=300).map(lambda t: t.encode(errors="surrogatepass")))
@example(b"---\n" + b"[" * 2_000 + b"]" * 2_000 + b"\n---\nx")
@example(b"> " * 3_000 + b"x")
@example(b"- " * 3_000 + b"x")
@example(b"[" * 5_000)
@example(b"---\na: &a [*a]\ndate: *a\n---\nx")
def test_any_bytes_give_a_document_or_a_reason(data: bytes) -> None:
    for path in (PLAIN, MARKDOWN):
        try:
            document = read(path, data)
        except UnreadableError:
            continue
        assert canonical(document.blocks)[1]


# -- the real briefing -----------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def real() -> bytes:
    return (SEEDS / f"{REAL}.txt").read_bytes()


def test_the_real_briefing_has_nine_paragraphs_below_the_right_headings(real: bytes) -> None:
    document = read(Path(f"{REAL}.txt"), real)
    text, paragraphs = canonical(document.blocks)
    title = "Blinken’s Meeting with Netanyahu: Progress and Challenges in Middle East Peace Negotiations"
    assert title_of(document, "file") == title
    assert [(p.number, p.section, text[p.start : p.end].split(" ", 3)[:3]) for p in paragraphs] == [
        (1, None, ["In", "a", "pivotal"]),
        (2, "Support for the Bridging Proposal", ["Blinken", "announced", "that"]),
        (3, "Ongoing Negotiation Challenges", ["Blinken", "noted", "that"]),
        (4, "Netanyahu’s Perspective and Hostage Release Efforts", ["Prime", "Minister", "Netanyahu"]),
        (5, "Recent Developments and Future Steps", ["Blinken’s", "visit", "to"]),
        (6, "Concerns Over Escalation and International Mediation", ["Blinken", "stressed", "the"]),
        (7, "Humanitarian Crisis and International Response", ["The", "conflict,", "which"]),
        (8, "Cease-Fire Proposal Details", ["The", "proposed", "cease-fire"]),
        (9, "Cease-Fire Proposal Details", ["As", "the", "situation"]),
    ]
    assert document.notices == ()


def test_no_word_of_the_real_briefing_is_lost_or_changed(real: bytes) -> None:
    words: Callable[[str], list[str]] = str.split
    assert words(canonical(read(PLAIN, real).blocks)[0]) == words(real.decode())


def test_a_rule_above_the_first_paragraph_is_no_front_matter() -> None:
    document = read(MARKDOWN, b"---\n\nNote: an opening paragraph.\n\n---\n\nThe rest.\n")
    assert "an opening paragraph" in canonical(document.blocks)[0]


def test_an_unquoted_colon_in_a_title_loses_nothing() -> None:
    document = read(MARKDOWN, b"---\ntitle: Talks: day two\ndate: 2031-03-14\nsource: Courier\n---\nThe rest.\n")
    assert (document.title, document.published, document.source) == ("Talks: day two", date(2031, 3, 14), "Courier")


@pytest.mark.parametrize(
    "text", ["Prices rose by £4.", "Zürich", "São Paulo and Côte d’Ivoire agreed.", "Zürich; naïve, said she."]
)
def test_short_western_texts_are_read_as_what_they_are(text: str) -> None:
    assert decode(text.encode("cp1252"))[0] == text
