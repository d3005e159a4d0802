"""The one family of errors that a user may meet, each worded for the reader and with its remedy."""


class BriefingsError(Exception):
    """Something the user can understand and mend: `reason` says what is wrong, `remedy` what to do.

    `exit_code` is what a command line should end with: 1 for a failure, 2 for a wrong use.
    """

    exit_code = 1

    def __init__(self, reason: str, remedy: str = "") -> None:
        super().__init__(reason)
        self.reason = reason
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.reason} {self.remedy}".strip()


class UsageError(BriefingsError):
    """The request itself is wrong: an empty question, something that is not a date."""

    exit_code = 2


class NotFoundError(BriefingsError):
    """A briefing, paragraph, file or folder that is not there."""


class UnreadableError(BriefingsError):
    """A file that cannot be turned into a briefing."""


class LibraryError(BriefingsError):
    """The library cannot be opened, read or written."""


class EmbedderError(BriefingsError):
    """The embedder cannot be used, or is not the one that the library was embedded with."""


class ModelError(BriefingsError):
    """The language model cannot be used, failed, or broke off."""


class ReplayError(BriefingsError):
    """A recorded reply is missing, unreadable or cannot be written; no live model is asked instead."""


class ConflictError(LibraryError):
    """Another writer took this briefing's id or address first; look again and repeat."""


def reason_of(error: BaseException) -> str:
    """The first line of what somebody else's error says, without its full stop, or its kind."""
    lines = str(error).strip().splitlines()
    return lines[0].rstrip(".") if lines else type(error).__name__


def refusal_of(error: OSError) -> str:
    """Why the system refused, in small letters: "permission denied"."""
    return (error.strerror or str(error)).lower()
