"""Mails become blocks; their headers are metadata, and the files attached to them documents of their own."""

from datetime import date
from email.message import EmailMessage

import pytest

from ingest.documents import Document
from ingest.mail import read_mail
from ingest.pipeline import find_files, ingest
from ingest.readers import READERS
from rag.build import App
from rag.errors import UnreadableError


def received(data: bytes) -> Document:
    return read_mail(data, READERS)


def letter(text: str = "Nine ships left.\n\nTwo stayed.", **headers: str) -> EmailMessage:
    """A mail with this text."""
    message = EmailMessage()
    for name, value in {"From": "Ada Orm <ada@orm.example>", "Subject": "Talks", **headers}.items():
        message[name.replace("_", "-")] = value
    message["Date"] = "Fri, 14 Mar 2031 23:30:00 -0500"
    message.set_content(text)
    return message


def test_headers_are_metadata() -> None:
    read = received(letter(Subject="Tälks: day two").as_bytes())
    assert (read.title, read.author, read.source) == ("Tälks: day two", "Ada Orm", "Ada Orm")
    assert read.published == date(2031, 3, 14)  # the sender's day
    assert [b.text for b in read.blocks] == ["Nine ships left.", "Two stayed."]


def test_quoted_lines_are_quotes_and_greetings_no_headings() -> None:
    read = received(
        letter("Dear colleagues\n\nNine ships left.\n\n> Two stayed.\n> They wait.\n\nAda\n").as_bytes()
    )
    assert [(b.kind, b.text) for b in read.blocks] == [
        ("paragraph", "Dear colleagues"),
        ("paragraph", "Nine ships left."),
        ("quote", "Two stayed."),
        ("quote", "They wait."),
        ("paragraph", "Ada"),
    ]


def test_attachments_are_documents_of_their_own_dated_by_the_mail() -> None:
    message = letter()
    message.add_attachment(b"# Terms\n\nOne.", maintype="text", subtype="markdown", filename="../terms.md")
    message.add_attachment(b"\x89PNG", maintype="image", subtype="png", filename="logo.png")
    message.add_attachment(b"PK", maintype="application", subtype="zip", filename="all.zip")
    message.add_attachment(b"%PDF-1.4 x", maintype="application", subtype="pdf", filename="bad.pdf")
    message.add_attachment(letter(Subject="Inner"))
    read = received(message.as_bytes())
    terms, bad, inner = read.attachments
    assert terms.name == "terms.md"
    assert terms.document is not None
    assert (terms.document.published, terms.document.blocks[-1].text) == (date(2031, 3, 14), "One.")
    assert (bad.document, bad.name) == (None, "bad.pdf")
    assert "damaged" in bad.reason
    assert inner.document is not None
    assert inner.document.title == "Inner"
    assert read.notices == ("its attachment all.zip is of a format that cannot be read",)


def test_the_plain_text_is_read_when_there_are_two_and_html_when_it_is_alone() -> None:
    both = letter()
    both.add_alternative("<p>Rich words.</p>", subtype="html")
    assert [b.text for b in received(both.as_bytes()).blocks] == ["Nine ships left.", "Two stayed."]
    rich = letter()
    rich.set_content("<h2>Terms</h2><p>Rich words.</p><nav>x</nav>", subtype="html")
    assert [b.kind for b in received(rich.as_bytes()).blocks] == ["heading", "paragraph", "paragraph"]


def test_an_unknown_charset_and_a_damaged_date_are_borne() -> None:
    data = letter().as_bytes().replace(b'charset="utf-8"', b'charset="x-unknown"').replace(b"14 Mar", b"99 Foo")
    read = received(data)
    assert ([b.text for b in read.blocks], read.published) == (["Nine ships left.", "Two stayed."], None)


def test_what_is_no_mail_is_refused() -> None:
    with pytest.raises(UnreadableError, match="not a mail"):
        received(b"Nine ships left.\n\nTwo stayed.\n")


def test_a_mail_and_its_attachments_are_kept_changed_and_let_go_together(app: App, tmp_path: object) -> None:
    folder = app.settings.home / "in"
    folder.mkdir(parents=True)
    path = folder / "talks.eml"

    def take(*names: str, text: str = "Nine ships left.") -> list[tuple[str, str]]:
        message = letter(text)
        for name in names:
            message.add_attachment(f"Words of {name} here.".encode(), maintype="text", subtype="x", filename=name)
        path.write_bytes(message.as_bytes())
        results = ingest(app, find_files([folder]).files)
        return [(r.path.removeprefix(str(folder.resolve()) + "/"), r.outcome) for r in results]

    assert take("a.txt", "b.txt") == [
        ("talks.eml#a.txt", "added"), ("talks.eml#b.txt", "added"), ("talks.eml", "added"),
    ]  # fmt: skip
    assert take("a.txt", text="Ten ships left.") == [
        ("talks.eml#b.txt", "removed"), ("talks.eml#a.txt", "unchanged"), ("talks.eml", "replaced"),
    ]  # fmt: skip
    assert [r.outcome for r in ingest(app, find_files([folder]).files)] == ["unchanged"]
    assert sorted(s.briefing_id for s in app.library.summaries()) == ["a", "talks"]
