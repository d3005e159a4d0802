"""Which files there are to read, and what is in them."""

import hashlib
import os
import re
import stat
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import quote, unquote, urlsplit

from ingest.formats import too_large
from ingest.ignore import NAME, Rules
from ingest.readers import READERS, reader_for
from ingest.results import FileResult, failed
from ingest.web import Address, address_of, is_address
from rag.errors import NotFoundError, UnreadableError

_SCHEME = re.compile(r"[a-z][a-z0-9+.-]+:/", re.IGNORECASE)  # of a URL, as a path keeps it

# A file that was changed less than this many nanoseconds before it was read may be changed again within one tick
# of its file system's clock (2 s at worst), and would look the same.
_TICK = 2_100_000_000


@dataclass(frozen=True, slots=True)
class Sources:
    """The files to ingest, in order, and the paths given that hold none, each with its reason."""

    files: tuple[Path, ...]
    problems: tuple[FileResult, ...]


@dataclass(frozen=True, slots=True)
class Contents:
    """The bytes of a file and their hash. `path` is where it really is; `seen` is the state that it was read in, or
    None when a later change could leave that state as it is. `part` is the name of a file inside that file, as of
    a mail's attachment; what was fetched has its `address`, and a path that is nothing but a name."""

    path: Path
    data: bytes
    sha256: str
    seen: str | None
    part: str = ""
    address: Address | None = None

    @property
    def uri(self) -> str:
        """The address that a briefing is known by."""
        return self.address or self.path.as_uri() + (f"#{quote(self.part)}" if self.part else "")

    @property
    def name(self) -> PurePath:
        """What the file itself is called."""
        return PurePath(self.part) if self.part else self.path

    @property
    def shown(self) -> str:
        """Where it is, for a reader."""
        return self.address or (f"{self.path}#{self.part}" if self.part else str(self.path))


def find_files(paths: Sequence[Path], *, may_be_empty: bool = False) -> Sources:
    """The readable files among and below these paths; hidden ones, unknown formats and what a `.briefingsignore`
    names are passed over, links to folders are not followed, and one to a file elsewhere is a problem.

    A file that was named itself is always taken, so that its reader can say what is wrong with it. A folder
    without readable files is a problem, unless it `may_be_empty`.
    """
    files: dict[Path, None] = {}
    problems: list[FileResult] = []
    for path in (p.expanduser() for p in paths):
        try:
            if path.is_dir():
                below = list(_walk(path.absolute(), problems))
                files.update((p, None) for p in below)
                if not below and not may_be_empty:
                    remedy = f"Add {', '.join(READERS)} files."
                    problems.append(failed(path, UnreadableError("no file in it can be read", remedy)))
            elif path.exists():
                files[path.absolute()] = None
            else:
                remedy = "URLs begin with https:// or http://." if _SCHEME.match(str(path)) else "Check the path."
                problems.append(failed(path, NotFoundError("there is no such file or folder", remedy)))
        except (OSError, ValueError) as error:  # a name too long, a NUL in it
            problems.append(failed(path, NotFoundError(f"it is not a path: {error}", "Check the path.")))
    return Sources(tuple(files), tuple(problems))


def addresses_among(places: Sequence[str]) -> tuple[list[Address], list[FileResult]]:
    """The URLs among these, each once, and those that cannot be used, with their reasons; paths are passed over."""
    found: dict[Address, None] = {}
    problems: list[FileResult] = []
    for place in places:
        if is_address(place):
            try:
                found[address_of(place)] = None
            except UnreadableError as error:
                problems.append(failed(place, error))
    return list(found), problems


def is_wanted(root: Path, path: Path) -> bool:
    """True when a walk below this folder would come upon the path, if it is a file there."""
    if path.suffix.lower() not in READERS or root not in path.parents:
        return False
    if path.is_symlink() and _leads_out(str(path), root):
        return False
    rules = Rules.of(str(root))
    here = root
    for name in path.relative_to(root).parts[:-1]:
        here = here / name
        if name.startswith(".") or here.is_symlink() or rules.leave_out(str(here), folder=True):
            return False
        rules = rules.below(str(here))
    return not path.name.startswith(".") and not rules.leave_out(str(path), folder=False)


def _walk(top: Path, problems: list[FileResult]) -> Iterator[Path]:
    """The files below a folder in the order of their names, each folder's own before those of the folders in it."""
    waiting = [(str(top), Rules.of(str(top)))]
    while waiting:
        folder, rules = waiting.pop()
        problems += [failed(Path(folder, NAME), problem) for problem in rules.problems]
        try:
            with os.scandir(folder) as found:
                entries = sorted(found, key=lambda entry: entry.name)
        except OSError as error:
            words = (error.strerror or "it cannot be opened").lower()
            problems.append(failed(folder, UnreadableError(words, "Check the folder and its permissions.")))
            continue
        folders = []
        for entry in entries:
            if entry.name.startswith("."):
                continue
            if entry.is_dir(follow_symlinks=False):
                if not rules.leave_out(entry.path, folder=True):
                    folders.append((entry.path, rules.below(entry.path)))
            elif _may_be_read(entry) and not rules.leave_out(entry.path, folder=False):
                if entry.is_symlink() and _leads_out(entry.path, top):
                    outside = UnreadableError("it is a link that leads out of the folder", "Name the file itself.")
                    problems.append(failed(entry.path, outside))
                else:
                    yield Path(entry.path)
        waiting += reversed(folders)


def _leads_out(link: str, top: Path) -> bool:
    """True for a link to a file that is not below this folder: who gives the folder has not given that file."""
    try:
        return top.resolve() not in Path(link).resolve(strict=True).parents
    except (OSError, RuntimeError):  # it leads nowhere, or round in a circle: reading it will say so
        return False


def _may_be_read(entry: os.DirEntry[str]) -> bool:
    if PurePath(entry.name).suffix.lower() not in READERS:
        return False
    try:
        return not (entry.is_symlink() and entry.is_dir())
    except OSError:  # a link that leads round in a circle: reading it will say so
        return True


class Places:
    """Where files really are, remembered a folder at a time: a link to a file is that file."""

    def __init__(self) -> None:
        self._folders: dict[str, str] = {}

    def of(self, path: Path) -> str:
        """The real path. Raises UnreadableError when there is none."""
        folder, name = os.path.split(path)
        try:
            if folder not in self._folders:  # strings, not paths: this is done for every file of a large folder
                self._folders[folder] = os.path.realpath(folder, strict=True)
            real = f"{self._folders[folder].rstrip(os.sep)}{os.sep}{name}"
            return os.path.realpath(real, strict=True) if stat.S_ISLNK(os.lstat(real).st_mode) else real
        except (OSError, RuntimeError, ValueError) as error:
            raise _unreadable(error) from error


def seen_at(path: str) -> str | None:
    """The state of the file at this real path as the file system tells it, without opening it; None for no file."""
    try:
        return _state(os.stat(path))  # noqa: PTH116  # ten times as fast, for ten thousand files
    except OSError:
        return None


def contents(path: Path) -> Contents:
    """What is in a file. Raises UnreadableError for anything but a regular file that is not too large."""
    try:
        real = path.resolve(strict=True)
        status = real.stat()
        if not stat.S_ISREG(status.st_mode):
            raise UnreadableError("it is not a regular file", "Copy its text into a file.")
        most = reader_for(real).most  # an unknown format is refused before anything else
        if status.st_size > most:
            raise too_large(most)
        now = time.time_ns()
        with real.open("rb") as file:
            before = os.fstat(file.fileno())
            data = file.read(most + 1)
            after = os.fstat(file.fileno())
        if len(data) > most:
            raise too_large(most)
    except (OSError, RuntimeError) as error:
        raise _unreadable(error) from error
    settled = _state(before) == _state(after) and max(after.st_mtime_ns, after.st_ctime_ns) < now - _TICK
    return Contents(real, data, hashlib.sha256(data).hexdigest(), _state(after) if settled else None)


def _state(status: os.stat_result) -> str:
    """Size, times and number of a file. A change of its bytes gives it another change time, which no program can
    set back, even when size and modification time are made to stay."""
    return f"{status.st_size}:{status.st_mtime_ns}:{status.st_ctime_ns}:{status.st_ino}"


def _unreadable(error: Exception) -> UnreadableError:
    words = error.strerror if isinstance(error, OSError) and error.strerror else "it cannot be opened"
    return UnreadableError(words.lower(), "Check the file and its permissions.")


def is_gone(path: Path) -> bool:
    """True when nothing is there; what merely cannot be looked at is not gone."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return True
    except OSError:
        return False
    return False


def path_of(uri: str) -> Path | None:
    """The file at this address, or None for an address elsewhere."""
    parts = urlsplit(uri)
    return Path(unquote(parts.path)) if parts.scheme == "file" else None
