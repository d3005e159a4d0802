"""The names that uploaded files get."""

from pathlib import Path

from ui.errands import safe_name, unlike


def test_an_uploaded_name_cannot_lead_elsewhere() -> None:
    for name in ("../../etc/passwd", "..\\..\\etc\\passwd", "/etc/passwd", ".passwd", "pass\nwd"):
        assert safe_name(name) == "passwd"
    assert safe_name("..") == "briefing.txt"
    long = safe_name("報" * 100 + ".txt")  # three bytes each
    assert (len(long.encode()), long[-5:]) == (199, "報.txt")
    assert unlike(Path("a.b.txt"), [Path("a.b.txt"), Path("a.b (2).txt")]) == Path("a.b (3).txt")
