"""`.briefingsignore`: what a folder leaves out, in the words of Git's ignore files."""

import os
from dataclasses import dataclass
from pathlib import Path

from pathspec import GitIgnoreSpec

from rag.errors import UnreadableError

NAME = ".briefingsignore"


@dataclass(frozen=True, slots=True)
class _Rule:
    folder: str
    spec: GitIgnoreSpec


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules that hold in a folder: its own and those of the folders above it, as far up as the walk began.

    `problems` are about the folder's own file; what could be understood of it holds all the same.
    """

    rules: tuple[_Rule, ...] = ()
    problems: tuple[UnreadableError, ...] = ()

    @classmethod
    def of(cls, folder: str) -> "Rules":
        """The rules of the folder where a walk begins."""
        return cls().below(folder)

    def below(self, folder: str) -> "Rules":
        """The rules in a folder for which these are the rules above it."""
        try:
            lines = Path(folder, NAME).read_text("utf-8").splitlines()
        except FileNotFoundError:
            return Rules(self.rules) if self.problems else self
        except (OSError, UnicodeDecodeError):
            problem = UnreadableError("it cannot be read", "Write it as text in UTF-8; nothing is ignored by it.")
            return Rules(self.rules, (problem,))
        good, problems = [], []
        for number, line in enumerate(lines, start=1):
            try:
                GitIgnoreSpec.from_lines([line])
                good.append(line)
            except ValueError:
                problems.append(UnreadableError(f"line {number} is not a pattern", "Write it as in a .gitignore."))
        return Rules((*self.rules, _Rule(folder, GitIgnoreSpec.from_lines(good))), tuple(problems))

    def leave_out(self, path: str, *, folder: bool) -> bool:
        """True when the last pattern that fits this path, the nearest file's first, leaves it out."""
        for rule in reversed(self.rules):
            inside = path[len(rule.folder) :].lstrip(os.sep).replace(os.sep, "/")
            verdict = rule.spec.check_file(inside + "/" if folder else inside).include
            if verdict is not None:
                return verdict
        return False
