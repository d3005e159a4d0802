"""Settings come from the environment or `.env`, and a wrong one is named."""

from pathlib import Path

import pytest

from rag.errors import UsageError
from rag.settings import Settings, read_settings


@pytest.fixture(autouse=True)
def _in_an_empty_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No `.env` of the project's is read."""
    monkeypatch.chdir(tmp_path)


def test_everything_has_a_default_that_needs_no_key() -> None:
    settings = read_settings()
    assert settings.embedder == "wordllama"
    assert (settings.chroma_url, settings.library_url, settings.openai_api_key) == (None, None, None)


def test_the_environment_sets_the_home_and_an_argument_overrides_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("BRIEFINGS_HOME", str(tmp_path / "environment"))
    assert read_settings().home == tmp_path / "environment"
    assert read_settings(tmp_path / "argument").home == tmp_path / "argument"


def test_the_home_is_absolute_and_knows_the_users_folder(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path / "me"))
    assert read_settings(Path("~/here")).home == tmp_path / "me" / "here"
    assert read_settings(Path("there")).home == tmp_path / "there"


def test_without_any_word_the_home_is_a_folder_of_the_users(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("BRIEFINGS_HOME")
    assert read_settings().home.name == "briefings"
    assert read_settings().home.is_absolute()


def test_the_usual_names_of_others_are_understood(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CHROMA_URL", "http://127.0.0.1:8000")
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    monkeypatch.setenv("OPENAI_BASE_URL", "http://127.0.0.1:11434/v1")
    settings = read_settings()
    assert settings.chroma_url == "http://127.0.0.1:8000"
    assert settings.openai_api_key is not None
    assert settings.openai_api_key.get_secret_value() == "sk-secret"
    assert settings.openai_base_url == "http://127.0.0.1:11434/v1"


def test_a_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("OPENAI_API_KEY", "sk-secret")
    assert "sk-secret" not in repr(read_settings())
    assert "sk-secret" not in str(read_settings())


def test_a_file_dotenv_is_read_and_the_environment_goes_before_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / ".env").write_text("BRIEFINGS_EMBEDDER=openai\nBRIEFINGS_TIMEOUT=7\nSOMETHING_ELSE=1\n")
    assert (read_settings().embedder, read_settings().timeout) == ("openai", 7.0)
    monkeypatch.setenv("BRIEFINGS_EMBEDDER", "minilm")
    assert (read_settings().embedder, read_settings().timeout) == ("minilm", 7.0)


@pytest.mark.parametrize(
    ("name", "value"),
    [("BRIEFINGS_EMBEDDER", "word2vec"), ("BRIEFINGS_TIMEOUT", "soon"), ("BRIEFINGS_TIMEOUT", "0")],
)
def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch, name: str, value: str) -> None:
    monkeypatch.setenv(name, value)
    with pytest.raises(UsageError) as caught:
        read_settings()
    assert name in caught.value.reason
    assert caught.value.remedy


def test_settings_can_be_given_by_name() -> None:
    assert Settings(home=Path("x"), chroma_url="http://127.0.0.1:1").chroma_url == "http://127.0.0.1:1"


def test_planning_and_ordering_by_models_are_off_until_they_are_set(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (read_settings().planner, read_settings().reranker) == ("rules", "none")
    monkeypatch.setenv("BRIEFINGS_PLANNER", "llm")
    monkeypatch.setenv("BRIEFINGS_RERANKER", "cross-encoder")
    assert (read_settings().planner, read_settings().reranker) == ("llm", "cross-encoder")
    monkeypatch.setenv("BRIEFINGS_RERANKER", "magic")
    with pytest.raises(UsageError, match="BRIEFINGS_RERANKER"):
        read_settings()
