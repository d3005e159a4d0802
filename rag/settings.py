"""Every setting, in one place: from the environment, or from a file `.env` in the working folder."""

from pathlib import Path
from typing import Literal

import platformdirs
from pydantic import AliasChoices, Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict

from rag.errors import UsageError


class Settings(BaseSettings):
    """What the entry points build the program from; each field is `BRIEFINGS_<NAME>` in the environment."""

    model_config = SettingsConfigDict(
        env_prefix="BRIEFINGS_", env_file=".env", env_ignore_empty=True, extra="ignore", populate_by_name=True
    )

    home: Path = Field(default_factory=lambda: Path(platformdirs.user_data_dir("briefings", appauthor=False)))
    library_url: str | None = None
    chroma_url: str | None = Field(
        default=None, validation_alias=AliasChoices("CHROMA_URL", "BRIEFINGS_CHROMA_URL")
    )

    embedder: Literal["wordllama", "openai", "openai-like", "minilm"] = "wordllama"
    embedder_model: str = "text-embedding-3-small"

    openai_api_key: SecretStr | None = Field(
        default=None, validation_alias=AliasChoices("OPENAI_API_KEY", "BRIEFINGS_OPENAI_API_KEY")
    )
    openai_base_url: str | None = Field(
        default=None, validation_alias=AliasChoices("OPENAI_BASE_URL", "BRIEFINGS_OPENAI_BASE_URL")
    )
    composer: Literal["auto", "extractive", "openai", "openai-like"] = "auto"
    model: str | None = Field(default=None, description="the language model's name")
    allow_private_urls: bool = Field(default=False, description="ingest URLs of this machine and its networks")
    timeout: float = Field(default=30.0, gt=0, description="seconds to wait for a model's next words")
    reply_timeout: float = Field(default=90.0, gt=0, description="seconds that one whole reply may take")
    reply_tokens: int = Field(default=4000, gt=0, description="tokens that one reply may have")
    prompt_tokens: int = Field(default=6000, ge=500, description="tokens of briefings that a prompt may hold")
    input_price: float | None = Field(default=None, ge=0, description="US dollars per million tokens read")
    output_price: float | None = Field(default=None, ge=0, description="US dollars per million tokens written")
    unsupported: Literal["drop", "mark"] = Field(
        default="drop", description="what becomes of a model's sentence that its quotes do not support"
    )
    planner: Literal["rules", "llm"] = Field(
        default="rules", description="who plans how a question is searched for"
    )
    reranker: Literal["none", "llm", "cross-encoder"] = Field(
        default="none", description="who puts the best passages in order once more"
    )
    reranker_model: str = Field(
        default="cross-encoder/ms-marco-MiniLM-L6-v2", description="the cross-encoder's name or folder"
    )
    search_timeout: float = Field(
        default=10.0, gt=0, description="seconds that a language model may take to plan, or to put in order"
    )
    record: Path | None = Field(default=None, description="folder that a model's replies are recorded in")
    replay: Path | None = Field(default=None, description="folder that a model's replies are replayed from")

    chat_password: SecretStr | None = Field(default=None, description="asked for by the chat window")


def read_settings(home: Path | None = None) -> Settings:
    """The settings in force; `home` overrides the environment. Raises UsageError naming a wrong setting."""
    try:
        settings = Settings()
    except ValidationError as error:
        first = error.errors()[0]
        name = str(first["loc"][0])
        if not name.isupper():
            name = f"BRIEFINGS_{name.upper()}"
        raise UsageError(f"The setting {name} is wrong: {first['msg']}.", "See .env.example.") from error
    chosen = (home or settings.home).expanduser().absolute()
    return settings.model_copy(update={"home": chosen})
