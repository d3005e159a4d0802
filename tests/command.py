"""A command that was run in the process of the test (the fixture `run`)."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Ended:
    """How a command ended and what it printed."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON document that standard output is."""
        return json.loads(self.out)


Run = Callable[..., Ended]
