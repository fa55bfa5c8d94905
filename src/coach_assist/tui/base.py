"""What all screens share: the frame, one kind of worker, one handler of failures, news at the next key."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalGroup
from textual.css.query import NoMatches
from textual.worker import Worker, WorkerState

from coach_assist.errors import CoachError
from coach_assist.tui.card import AnsweredOnce
from coach_assist.tui.failures import in_words
from coach_assist.tui.widgets.key_bar import KeyBar
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.top_line import DemoLine, TopLine

if TYPE_CHECKING:
    from coach_assist.tui.app import CoachApp

Answer = TypeVar("Answer")


def reading_keys(name: str, *, show: bool = False) -> tuple[Binding, Binding]:
    """Return the keys that scroll what a screen `READS`; `name` begins their ids ("draft.down")."""
    return (
        Binding("space,pagedown", "read(1)", "Read on", id=f"{name}.down", show=show),
        Binding("pageup", "read(-1)", "Read back", id=f"{name}.up", show=False),
    )


class CoachScreen(AnsweredOnce[Answer], Generic[Answer]):
    """A screen in the common frame. Subclasses compose their body and render one frozen view model."""

    PLACE = ""
    """The name of the place, as the top line says it."""
    ABOUT = ""
    """What the screen is for: the first lines of its help."""
    READS = ""
    """Which part of the screen the keys of `reading_keys` scroll, as a selector."""
    ENABLE_COMMAND_PALETTE = True

    @property
    def coach(self) -> CoachApp:
        """The app, with its own type."""
        from coach_assist.tui.app import CoachApp

        assert isinstance(self.app, CoachApp)
        return self.app

    def compose(self) -> ComposeResult:
        top = TopLine()
        top.place = self.PLACE
        with VerticalGroup(id="head"):
            yield top
            if self.coach.demo:
                yield DemoLine()
        yield from self.body()
        yield KeyBar()

    def body(self) -> ComposeResult:
        """Compose what lies between the top line and the keys."""
        yield from ()

    @property
    def top(self) -> TopLine:
        """The top line, to say the plan's title and whose turn it is."""
        return self.query_one(TopLine)

    # -- long work ---------------------------------------------------------------------------------

    def begin(self, work: Callable[[], Awaitable[None]], group: str, description: str) -> Worker[None]:
        """Start the only kind of worker: one at a time in its group, its failure told in words."""
        self.clear_notice()
        return self.run_worker(
            work(), name=group, group=group, description=description, exclusive=True, exit_on_error=False
        )

    @on(Worker.StateChanged)
    def _work_changed(self, event: Worker.StateChanged) -> None:
        event.stop()
        if event.state is WorkerState.ERROR and event.worker.error is not None:
            self.failed(event.worker.group, in_words(event.worker.error))

    def failed(self, group: str, error: CoachError) -> None:
        """Tell a failure of the worker group `group`. Screens that keep partial work extend this."""
        self.tell(error)

    def action_read(self, direction: int) -> None:
        """Read on or back."""
        part = self.query_one(self.READS)
        (part.scroll_page_down if direction > 0 else part.scroll_page_up)(animate=False)

    # -- words -------------------------------------------------------------------------------------

    def tell(self, error: CoachError) -> None:
        """Show an error in the screen's notice, or as a passing message where it has none."""
        try:
            self.query_one(Notice).say_error(error)
        except NoMatches:
            self.coach.say("\n".join(part for part in (error.what, error.kept, error.next_step) if part))

    def clear_notice(self) -> None:
        """Take the last message away."""
        for notice in self.query(Notice):
            notice.clear()

    # -- news of another window ----------------------------------------------------------------------

    def watched_file(self) -> Path | None:
        """Return the file whose change means news (another window on the same plan), or None."""
        return None

    def news(self) -> None:
        """Read the view model again: another window wrote to the plan."""

    @property
    def writes_itself(self) -> bool:
        """Say whether work of this screen is writing to the watched file now: that is no news."""
        return False

    def remember_state(self) -> None:
        """Remember the watched file as it is now, so that own writing is no news."""
        self._seen = _stamp(self.watched_file())

    def on_key(self, event: events.Key) -> None:
        """At each key, look for what another window did (one stat call)."""
        if self.writes_itself:
            self.remember_state()
            return
        seen = getattr(self, "_seen", None)
        if seen is not None and _stamp(self.watched_file()) != seen:
            self.remember_state()
            self.news()


def _stamp(path: Path | None) -> tuple[int, int] | None:
    if path is None:
        return None
    try:
        status = path.stat()
    except OSError:
        return None
    return status.st_mtime_ns, status.st_size


AnyScreen = CoachScreen[Any]
