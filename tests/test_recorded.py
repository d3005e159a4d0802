from collections.abc import Generator, Iterable
from pathlib import Path

import pytest

from rag.answers import Usage
from rag.errors import ModelError, ReplayError
from rag.llm.chat import Piece, Prompt
from rag.llm.recorded import RecordingChat, ReplayingChat

ASK = Prompt("Fences have the word a1b2.", "What? a1b2", {"type": "object"}, "a1b2")
AGAIN = Prompt("Fences have the word c3d4.", "What? c3d4", {"type": "object"}, "c3d4")


class Scripted:
    name = "toy:one"

    def __init__(self, *pieces: Piece, fails: bool = False) -> None:
        self.pieces, self.fails, self.closed = pieces, fails, False

    def stream(self, prompt: Prompt) -> Generator[Piece]:
        yield from self.pieces
        if self.fails:
            raise ModelError("It broke off.")

    def close(self) -> None:
        self.closed = True


def text(pieces: Iterable[Piece]) -> str:
    return "".join(p.text for p in pieces)


def test_a_reply_is_replayed_for_the_same_question_whatever_the_random_word(tmp_path: Path) -> None:
    model = Scripted(Piece("Hel"), Piece("lo a1b2"), Piece(usage=Usage(7, 2)))
    assert text(RecordingChat(model, tmp_path / "new" / "folder").stream(ASK)) == "Hello a1b2"
    pieces = list(ReplayingChat(tmp_path / "new" / "folder", "toy:one").stream(AGAIN))
    assert text(pieces) == "Hello c3d4"
    assert pieces[-1].usage == Usage(7, 2)


@pytest.mark.parametrize(
    ("name", "prompt"),
    [
        ("toy:two", ASK),
        ("toy:one", Prompt(ASK.system, "Who? a1b2", ASK.schema, ASK.nonce)),
        ("toy:one", Prompt("Other.", ASK.user, ASK.schema, ASK.nonce)),
        ("toy:one", Prompt(ASK.system, ASK.user, None, ASK.nonce)),
    ],
)
def test_another_model_message_or_parameter_is_a_miss_and_an_error(
    tmp_path: Path, name: str, prompt: Prompt
) -> None:
    list(RecordingChat(Scripted(Piece("Hello")), tmp_path).stream(ASK))
    with pytest.raises(ReplayError, match="BRIEFINGS_RECORD"):
        list(ReplayingChat(tmp_path, name).stream(prompt))


def test_a_reply_that_broke_off_is_not_recorded(tmp_path: Path) -> None:
    stream = RecordingChat(Scripted(Piece("Hel"), fails=True), tmp_path).stream(ASK)
    assert next(stream).text == "Hel"
    with pytest.raises(ModelError):
        next(stream)
    assert list(tmp_path.iterdir()) == []


def test_a_recording_that_cannot_be_read_or_written(tmp_path: Path) -> None:
    list(RecordingChat(Scripted(Piece("Hello")), tmp_path).stream(ASK))
    [path] = tmp_path.iterdir()
    path.write_text("{}")
    with pytest.raises(ReplayError, match="cannot be read"):
        list(ReplayingChat(tmp_path, "toy:one").stream(ASK))
    with pytest.raises(ReplayError, match="cannot be recorded"):
        list(RecordingChat(Scripted(Piece("Hello")), path / "below-a-file").stream(ASK))


def test_closing_closes_the_model(tmp_path: Path) -> None:
    model = Scripted()
    RecordingChat(model, tmp_path).close()
    ReplayingChat(tmp_path, "toy:one").close()
    assert model.closed
