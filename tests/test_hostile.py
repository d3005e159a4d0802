"""Hostile files: each ends with its reason, in bounded time and memory, and the files beside it are read."""

import io
import os
import resource
import subprocess
import sys
import textwrap
import time
import zipfile
from collections.abc import Callable
from pathlib import Path, PurePath

import docx
import pytest
from reportlab.pdfgen.canvas import Canvas

from ingest.pipeline import find_files, ingest
from ingest.readers import READERS, read
from ingest.sandbox import Sandbox
from ingest.walk import contents
from rag.build import App
from rag.errors import UnreadableError
from tests.conftest import ROOT

pytestmark = pytest.mark.slow
SECONDS, MEGABYTES = 10, 500


def docx_with(name: str, content: bytes) -> bytes:
    """A Word document in which one member is another."""
    plain, out = io.BytesIO(), io.BytesIO()
    document = docx.Document()
    document.add_paragraph("Nine ships left.")
    document.save(plain)
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for member in old.namelist():
            if member != name:
                new.writestr(member, old.read(member))
        new.writestr(name, content)
    return out.getvalue()


def odt_with(content: bytes) -> bytes:
    """An OpenDocument text with this content."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.text")
        archive.writestr("content.xml", content)
    return out.getvalue()


LAUGHS = (
    b'<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a0 "ha">'
    + b"".join(b'<!ENTITY a%d "%s">' % (n, b"&a%d;" % (n - 1) * 10) for n in range(1, 11))
    + b"]><w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>&a10;</w:document>"
)
OUTSIDE = (
    b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>'
    b"<w:document xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'><w:body><w:p><w:r><w:t>&e;"
    b"</w:t></w:r></w:p></w:body></w:document>"
)


def pdf_of(objects: dict[int, bytes]) -> bytes:
    """A PDF of these objects; 1 is its catalogue."""
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = len(out)
        out += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(out)
    out += b"xref\n0 %d\n0000000000 65535 f \n" % (max(objects) + 1)
    out += b"".join(b"%010d 00000 n \n" % places.get(n, 0) for n in range(1, max(objects) + 1))
    return bytes(out + b"trailer << /Root 1 0 R /Size %d >>\nstartxref\n%d\n%%%%EOF" % (max(objects) + 1, start))


def pdf_loop() -> bytes:
    """Pages that are their own children."""
    return pdf_of(
        {
            1: b"<< /Type /Catalog /Pages 2 0 R >>",
            2: b"<< /Type /Pages /Kids [2 0 R 3 0 R] /Count 2 /Parent 3 0 R >>",
            3: b"<< /Type /Pages /Kids [2 0 R 2 0 R] /Count 99999 /Parent 2 0 R >>",
        }
    )


def pdf_deep() -> bytes:
    """A tree of pages as deep as a well."""
    depth = 100_000
    inner = {
        n: b"<< /Type /Pages /Kids [%d 0 R] /Count 1 /Parent %d 0 R >>" % (n + 1, n - 1) for n in range(2, depth)
    }
    return pdf_of({1: b"<< /Type /Catalog /Pages 2 0 R >>", **inner, depth: b"<< /Type /Page /Parent 2 0 R >>"})


def pdf_forms() -> bytes:
    """Forms that draw one another, doubling at each of thirty levels."""
    objects = {
        1: b"<< /Type /Catalog /Pages 2 0 R >>",
        2: b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R"
        b" /Resources << /XObject << /X 5 0 R >> >> >>",
        4: b"<< /Length 5 >>\nstream\n/X Do\nendstream",
    }
    for n in range(5, 35):
        draw = b"/X Do /X Do" if n < 34 else b"BT /F 9 Tf (ha ha) Tj ET"
        font = b"/Font << /F << /Type /Font /Subtype /Type1 /BaseFont /Times-Roman >> >>"
        used = b"/XObject << /X %d 0 R >>" % (n + 1) if n < 34 else font
        head = b"/Type /XObject /Subtype /Form /BBox [0 0 600 800] /Length %d" % len(draw)
        objects[n] = b"<< %s /Resources << %s >> >>\nstream\n%s\nendstream" % (head, used, draw)
    return pdf_of(objects)


def pdf_pages(count: int) -> bytes:
    """That many empty pages."""
    out = io.BytesIO()
    canvas = Canvas(out)
    for _ in range(count):
        canvas.showPage()
    canvas.save()
    return out.getvalue()


def mail_deep() -> bytes:
    """Parts in parts in parts."""
    head = b"From: a@sennet.example\nSubject: Talks\nMIME-Version: 1.0\n"
    return head + b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (n, n) for n in range(3000)
    )


def table_of(rows: int, columns: int) -> bytes:
    """A web table of empty and spanning cells."""
    return b"<table>" + b"<tr>" * rows + b"<td colspan=9999 rowspan=9999>x" * columns


HOSTILE: dict[str, tuple[str, Callable[[], bytes], str]] = {
    "a zip bomb in Word": (".docx", lambda: docx_with("word/document.xml", b" " * 60_000_000), "unpacks"),
    "a bomb beside the text": (".docx", lambda: docx_with("word/media/a.png", b"\0" * 210_000_000), "unpacks"),
    "entities upon entities": (".docx", lambda: docx_with("word/document.xml", LAUGHS), "declares"),
    "a file from outside": (".docx", lambda: docx_with("word/document.xml", OUTSIDE), "declares"),
    "entities in styles": (".docx", lambda: docx_with("word/styles.xml", LAUGHS), ""),
    "deep Word": (
        ".docx",
        lambda: docx_with(
            "word/document.xml", OUTSIDE[75:].split(b"<w:body>")[0] + b"<w:tbl><w:tr><w:tc>" * 50_000
        ),
        "",
    ),
    "a zip bomb in OpenDocument": (".odt", lambda: odt_with(b" " * 60_000_000), "unpacks"),
    "entities in OpenDocument": (".odt", lambda: odt_with(LAUGHS), "entities"),
    "deep OpenDocument": (".odt", lambda: odt_with(b"<a>" * 100_000), "XML"),
    "no zip": (".docx", lambda: b"PK\x03\x04" + os.urandom(100_000), "damaged"),
    "a tree of pages with a loop": (".pdf", pdf_loop, ""),
    "a deep tree of pages": (".pdf", pdf_deep, ""),
    "forms that draw one another": (".pdf", pdf_forms, ""),
    "ten thousand pages": (".pdf", lambda: pdf_pages(10_000), "10,000 pages"),
    "five hundred empty pages": (".pdf", lambda: pdf_pages(500), "no text"),
    "half a PDF": (".pdf", lambda: pdf_pages(50)[:3000], ""),
    "a hundred thousand elements deep": (".html", lambda: b"<div>" * 100_000 + b"x", "deep"),
    "unknown elements, deep": (".html", lambda: b"<x-y>" * 100_000 + b"x", "deep"),
    "lists that never end": (".html", lambda: b"<ul><li>" * 200_000 + b"x", ""),
    "bold in paragraphs": (".html", lambda: b"<b><p>" * 2_900 + b"<i><p>" * 200_000, ""),
    "a table of tables": (".html", lambda: b"<table><tr><td>" * 100_000, ""),
    "cells that span everything": (".html", lambda: table_of(3_000, 3_000), ""),
    "attributes without end": (".html", lambda: b"<p " + b"a=b " * 4_000_000, ""),
    "a mail in a mail in a mail": (".eml", mail_deep, ""),
    "a subject of a megabyte": (
        ".eml",
        lambda: b"From: a@b.example\nSubject: " + b"=?utf-8?q?x?= " * 90_000 + b"\n\nWords.",
        "",
    ),
    "groups of groups": (".rtf", lambda: b"{\\rtf1 " + b"{\\b " * 1_000_000 + b"x", ""),
    "brackets upon brackets": (".md", lambda: b"[" * 1_000_000, ""),
    "quotes in quotes": (".md", lambda: b"> " * 5_000_000, ""),
    "one line of twenty megabytes": (".txt", lambda: b"ab, cd. " * 2_400_000, ""),
}

# Reads one file by the path given, in a process of its own, and tells what came of it and what it took.
READ_ONE = """
    import resource, sys, time
    from pathlib import Path
    from ingest.walk import contents
    from ingest.readers import read
    from rag.errors import UnreadableError
    began = time.monotonic()
    try:
        found = contents(Path(sys.argv[1]))
        document = read(found.path, found.data)
        told = f"read {len(document.blocks)} blocks"
    except UnreadableError as error:
        told = f"refused: {error.reason} | {error.remedy}"
    seconds = time.monotonic() - began
    here = next(int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM"))
    peak = max(here, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss)
    print(f"{seconds:.1f}|{peak // 1000}|{told}")
"""


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_ends_with_its_reason(name: str, tmp_path: Path) -> None:
    suffix, make, reason = HOSTILE[name]
    path = tmp_path / f"hostile{suffix}"
    path.write_bytes(make())
    seconds, megabytes, told = read_one(path)
    assert seconds < SECONDS, told
    assert megabytes < MEGABYTES, told
    if reason:
        assert told.startswith("refused: ")
        assert reason in told


@pytest.mark.parametrize("suffix", [".txt", ".md", ".pdf", ".docx", ".html", ".eml"])
def test_half_a_gigabyte_is_refused_unread(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"hostile{suffix}"
    with path.open("wb") as file:
        file.truncate(500_000_000)
    with pytest.raises(UnreadableError, match="larger"):
        contents(path)


def read_one(path: Path) -> tuple[float, int, str]:
    """Seconds, megabytes at most, and what came of reading a file in a process of its own."""
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(READ_ONE), str(path)],
        capture_output=True,
        text=True,
        timeout=60,
        cwd=ROOT,
        env={**os.environ, "PYTHONPATH": str(ROOT)},
    )
    assert ended.returncode == 0, ended.stderr
    seconds, megabytes, told = ended.stdout.strip().split("|", 2)
    return float(seconds), int(megabytes), told


def test_a_hostile_file_keeps_nobody_else_out(app: App, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.pdf").write_bytes(pdf_loop())
    (tmp_path / "in" / "b.docx").write_bytes(docx_with("word/document.xml", LAUGHS))
    (tmp_path / "in" / "c.docx").write_bytes(docx_with("word/nothing.xml", b"<a/>"))
    odd = tmp_path / "in" / "d\n\x1b[31mred\u202e.md"
    odd.write_text("# Talks\n\nThey began.")
    (tmp_path / "in" / "e.html").write_bytes(b"<div>" * 100_000)
    (tmp_path / "in" / "f.txt").symlink_to(tmp_path / "in" / "f.txt")
    found = find_files([tmp_path / "in"])
    results = list(ingest(app, found.files))
    assert [r.outcome for r in results] == ["failed", "failed", "added", "added", "failed", "failed"]
    assert all(r.reason and r.remedy for r in results if r.outcome == "failed")
    assert app.library.briefing(results[3].briefing_id or "").title == "Talks"
    assert results[3].briefing_id == "d-31mred"


def test_a_reader_that_hangs_is_ended_and_the_next_file_is_read() -> None:
    began = time.monotonic()
    with Sandbox(seconds=1.5) as sandbox:
        with pytest.raises(UnreadableError, match="longer than"):
            read(PurePath("a.md"), b"[" * 1_000_000, sandbox)
        assert time.monotonic() - began < 4
        assert read(PurePath("a.html"), b"<p>Nine ships left.</p>", sandbox).blocks


def test_a_reader_that_dies_gives_a_reason_and_the_next_file_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    with Sandbox() as sandbox:
        read(PurePath("a.html"), b"<p>Nine ships left.</p>", sandbox)
        (worker,) = sandbox._idle
        worker.kill()
        worker.wait()
        with pytest.raises(UnreadableError, match="crashed"):
            read(PurePath("a.html"), b"<p>Nine ships left.</p>", sandbox)
        assert read(PurePath("a.html"), b"<p>Nine ships left.</p>", sandbox).blocks


def test_no_key_and_no_password_reaches_the_process_that_reads(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "secret")
    with Sandbox() as sandbox:
        read(PurePath("a.html"), b"<p>Nine ships left.</p>", sandbox)
        (worker,) = sandbox._idle
        assert b"secret" not in Path(f"/proc/{worker.pid}/environ").read_bytes()


def test_processes_end_with_the_sandbox() -> None:
    with Sandbox() as sandbox:
        read(PurePath("a.html"), b"<p>Nine ships left.</p>", sandbox)
        (worker,) = sandbox._idle
        assert worker.poll() is None
    assert worker.poll() == 0


def test_every_format_has_a_limit_of_size() -> None:
    for suffix, form in READERS.items():
        with pytest.raises(UnreadableError, match="larger"):
            read(PurePath(f"a{suffix}"), b"a" * (form.most + 1))
    assert resource.RLIMIT_DATA  # the limit of memory that the tests above rely on
