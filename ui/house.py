"""What all visitors of one server share: the program, and the work that goes on behind the page.

Questions and uploads run here, not in a visitor's page, so that no click interrupts them and a reload finds
what they brought.
"""

import contextlib
import logging
import threading
from collections.abc import Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path
from urllib.parse import unquote, urlsplit

from ingest.pipeline import find_files, ingest
from rag.answers import Answer
from rag.asking.followup import Turn, turn_of
from rag.briefings import Scope
from rag.build import App, build_app
from rag.errors import BriefingsError, LibraryError, NotFoundError, reason_of
from rag.settings import Settings
from rag.storage.conversations import Exchange
from ui.errands import Asking, Intake, Pulse, safe_name, unlike
from ui.examples import example_questions

_log = logging.getLogger(__name__)
_BROKEN = "Something went wrong that should not have. The server's log says what."
_STOPPED = "Stopped before the answer was complete."
_MOMENT = 2.0  # seconds
_BLINK = 0.3  # seconds that a page may wait for an answer that is being kept
SAMPLE = Path(__file__).parent.parent / "seeds"


class House:
    """The one program behind every page."""

    def __init__(self, settings: Settings) -> None:
        """Raises LibraryError when the library cannot be opened, or not be written: it keeps conversations."""
        self.app = build_app(settings)
        try:
            self.app.library.check_writable()
        except LibraryError:
            self.app.close()
            raise
        self.conversations = self.app.conversations
        self.uploads = settings.home / "uploads"
        self._asking: dict[str, Asking] = {}
        self._one_at_a_time = threading.Lock()
        self._examples: tuple[int, tuple[str, ...]] = (-1, ())
        self._answers = ThreadPoolExecutor(4, "answer")
        self._intake = ThreadPoolExecutor(1, "intake")  # one writer at a time
        self._ready: Future[App] = self._intake.submit(self._warmed)

    def close(self) -> None:
        """Wait for what is being done, for questions no longer than a moment, and let go of everything."""
        for asking in list(self._asking.values()):
            if not asking.done.wait(_MOMENT):
                self.stop(asking.conversation_id)
        for workers in (self._answers, self._intake):
            workers.shutdown(cancel_futures=True)
        self.app.close()

    # -- questions ---------------------------------------------------------------------------------------

    def ask(self, conversation_id: str, question: str, scope: Scope) -> Asking | None:
        """Begin to answer; what comes of it is added to the conversation. None while that waits for another answer,
        which may have been asked for on another page."""
        asking = Asking(conversation_id, question, scope)
        with self._one_at_a_time:
            if self.asking(conversation_id):
                return None
            self._asking[conversation_id] = asking
        self._answers.submit(self._answer, asking)
        return asking

    def asking(self, conversation_id: str | None) -> Asking | None:
        """The question that this conversation is waiting for, or None."""
        asking = self._asking.get(conversation_id or "")
        return asking if asking and not asking.done.is_set() else None

    def conversation(self, conversation_id: str | None) -> tuple[list[Exchange], Asking | None]:
        """What was asked and answered, and the question that the conversation is waiting for, both as of one
        moment: looked for one after the other, an answer that comes between the two would be in neither."""
        asking = self.asking(conversation_id)
        alone = asking is not None and asking.lock.acquire(timeout=_BLINK)
        try:
            exchanges = self.conversations.exchanges(conversation_id or "")
            kept = asking is not None and asking.done.is_set()
        finally:
            if asking and alone:
                asking.lock.release()
        if kept and not alone:  # the library could not be written at once
            return self.conversation(conversation_id)
        return exchanges, None if kept else asking

    def stop(self, conversation_id: str) -> None:
        """Give up the question that is being answered: it is kept with as much of an answer as there is."""
        asking = self.asking(conversation_id)
        if asking:
            draft = asking.draft
            begun = replace(draft, notices=(*draft.notices, _STOPPED)) if draft and draft.sentences else None
            self._keep(asking, begun)

    def delete(self, conversation_id: str) -> None:
        """Delete a conversation, and give up what it waits for."""
        self.conversations.delete(conversation_id)
        self.stop(conversation_id)

    def _answer(self, asking: Asking) -> None:
        try:
            app = self._ready.result()
            if asking.done.is_set():  # before it was its turn
                return
            before = self.conversations.exchanges(asking.conversation_id)
            asking.searched = app.library.count_within(asking.scope)
            with contextlib.closing(app.stream(asking.question, history_of(before), asking.scope)) as drafts:
                for asking.draft in drafts:
                    if asking.done.is_set():
                        return
            self._keep(asking, asking.draft)
        except BriefingsError as error:
            self._keep(asking, failure=str(error))
        except Exception:
            _log.exception("a question could not be answered")
            self._keep(asking, failure=_BROKEN)

    def _keep(self, asking: Asking, answer: Answer | None = None, failure: str | None = None) -> None:
        """Add what came of a question, once: an answer that comes after Stop is not kept."""
        with asking.lock:
            if asking.done.is_set():
                return
            try:
                asking.exchange_id = self.conversations.add(
                    asking.conversation_id, asking.question, asking.scope, asking.searched, answer, failure
                )
            except NotFoundError:
                pass  # the conversation was deleted meanwhile
            except BriefingsError as error:
                _log.exception("an answer could not be kept")
                asking.unkept = f"What came of “{asking.question}” could not be kept. {error}"
            finally:
                asking.done.set()
                if self._asking.get(asking.conversation_id) is asking:
                    del self._asking[asking.conversation_id]

    def has(self, conversation_id: str) -> bool:
        """True unless the conversation was deleted."""
        try:
            self.conversations.get(conversation_id)
        except NotFoundError:
            return False
        return True

    # -- briefings ---------------------------------------------------------------------------------------

    def load_sample(self) -> Intake:
        """Begin to bring in the briefing that comes with the program."""
        return self._take_in(find_files([SAMPLE]).files)

    def take_in(self, files: Sequence[tuple[str, bytes]]) -> Intake:
        """Begin to bring in uploaded files, given by name and bytes; one of the same name, uploaded earlier, is
        replaced."""
        paths: list[Path] = []
        try:
            self.uploads.mkdir(parents=True, exist_ok=True)
            for name, data in files:
                path = unlike(self.uploads / safe_name(name), paths)
                path.write_bytes(data)
                paths.append(path)
        except OSError as error:
            failed = Intake(len(files))
            failed.failure = f"The files could not be kept: {reason_of(error)}. Check the disk, and add them again."
            failed.done.set()
            return failed
        return self._take_in(paths)

    def remove(self, briefing_id: str) -> None:
        """Remove a briefing from the library, and the uploaded file that it was read from."""
        uri = next((s.uri for s in self.app.library.listed(Scope((briefing_id,)), 1)), "")
        self.app.library.remove([briefing_id])
        parts = urlsplit(uri)
        path = Path(unquote(parts.path))
        if self.uploads.resolve() in path.parents and not parts.fragment:  # a mail outlives its attachment
            path.unlink(missing_ok=True)
        self._intake.submit(self._catch_up)

    def pulse(self, conversation_id: str | None) -> Pulse:
        """What a page that shows this conversation looks at to know that it is out of date."""
        revision = self.app.library.revision()
        if self._examples[0] != revision and self._ready.done():
            self._examples = (revision, self._examples[1])
            self._intake.submit(self._refresh, revision)
        changed = 0.0
        with contextlib.suppress(NotFoundError):
            changed = self.conversations.get(conversation_id).changed if conversation_id else 0.0
        return Pulse(revision, self._examples[1], changed, self.asking(conversation_id) is not None)

    def examples(self) -> tuple[str, ...]:
        """Up to three questions that the briefings answer."""
        return self._examples[1]

    def _take_in(self, paths: Sequence[Path]) -> Intake:
        intake = Intake(len(paths))
        self._intake.submit(self._bring_in, intake, paths)
        return intake

    def _bring_in(self, intake: Intake, paths: Sequence[Path]) -> None:
        try:
            for result in ingest(self.app, paths):
                intake.results.append(result)
                if result.outcome == "failed" and Path(result.path).parent == self.uploads:
                    Path(result.path).unlink(missing_ok=True)
            self.app.mirrors.catch_up()
        except BriefingsError as error:
            intake.failure = str(error)
        except Exception:
            _log.exception("files could not be brought in")
            intake.failure = _BROKEN
        finally:
            intake.done.set()

    def _warmed(self) -> App:
        """The program with everything loaded that a first question needs."""
        with contextlib.suppress(BriefingsError):  # a question will say what is wrong
            self.app.search("warm")
        return self.app

    def _refresh(self, revision: int) -> None:
        if self._examples[0] != revision:
            return  # a later revision waits behind this one
        self._catch_up()
        with contextlib.suppress(BriefingsError):
            self._examples = (revision, example_questions(self.app))

    def _catch_up(self) -> None:
        try:
            self.app.mirrors.catch_up()
        except BriefingsError:
            _log.exception("the indexes could not catch up")


def history_of(exchanges: Sequence[Exchange]) -> list[Turn]:
    """The questions that were answered, oldest first, with their answers."""
    return [turn_of(e.answer) for e in exchanges if e.answer]
