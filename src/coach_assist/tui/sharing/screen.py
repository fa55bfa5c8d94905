"""Send a plan to a person: who they are is compared by voice once, what travels is said before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.tui.failures import in_words
from coach_assist.tui.people.contacts import take_card
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.fields_card import Asked, FieldsCard
from coach_assist.tui.widgets.notice import Notice

if TYPE_CHECKING:
    from coach_assist.flows.sending import Choice
    from coach_assist.flows.sync import SyncPlace
    from coach_assist.plan.units import Party


class SendScreen(PlanScreen):
    """The people to whom this plan can go, and the folder through which it is shared."""

    PLACE = "Send"
    ABOUT = (
        "One file goes to one person: sealed, so that only they can open it, by mail, stick or folder, and "
        "any change on the way is noticed. What travels and what does not stands below. With somebody new "
        "you compare eight words by voice once. A folder is said once; then copies go through it by "
        "themselves "
        "whenever the plan is opened and closed."
    )
    AMONG_PLACES = False
    CSS_PATH = "sharing.tcss"
    AUTO_FOCUS = "#send-ways"
    BINDINGS = [Binding("escape", "leave", "Back", id="send.leave")]

    def __init__(self, plan_id: str, party: Party) -> None:
        super().__init__(plan_id)
        self.party: Party = party
        self.choices: tuple[Choice, ...] = ()
        self.place: SyncPlace | None = None

    def body(self) -> ComposeResult:
        yield Notice()
        with Vertical():
            yield Static(id="send-head")
            yield OptionList(id="send-ways", markup=False)
            yield Static(id="send-detail")

    def look(self) -> None:
        from coach_assist.flows.sending import choices
        from coach_assist.flows.show import title_of
        from coach_assist.flows.sync import sync_place

        self.top.title = title_of(self.plan)
        self.top.whose = self.coach.party_names(self.plan_id)[self.party]
        ways = self.query_one("#send-ways", OptionList)
        before = ways.highlighted or 0
        self.place = sync_place(self.plan)
        try:
            self.choices = choices(self.coach.workspace, self.plan, self.party)
        except CoachError as error:
            self.choices = ()
            self.tell(error)
        self.query_one("#send-head", Static).update(
            plain("Whom do you send this plan?", "bold")
            if self.choices
            else stacked(
                [
                    plain("Whom do you send this plan?", "bold"),
                    plain("Nobody to whom it can go is known here yet.", "$foreground-muted"),
                ]
            )
        )
        rows = [
            Option(joined((one.to.name, "bold"), (f"  {one.words}", "$foreground-muted")), id=f"to:{place}")
            for place, one in enumerate(self.choices)
        ]
        rows.append(Option(joined(("Somebody new", "bold"), "  take their contact card in"), id="new"))
        if self.place is None:
            rows.append(Option(joined(("Through a folder", "bold"), "  from now on, by itself"), id="folder"))
        else:
            rows.append(Option(joined(("Look into the folder now", "bold")), id="sync"))
            rows.append(Option(joined(("Share through the folder no longer", "bold")), id="stop"))
        ways.clear_options()
        ways.add_options(rows)
        ways.highlighted = min(before, len(rows) - 1)

    def _chosen(self, way: str) -> Choice | None:
        kind, _colon, place = way.partition(":")
        return self.choices[int(place)] if kind == "to" and int(place) < len(self.choices) else None

    @on(OptionList.OptionHighlighted, "#send-ways")
    def _explain(self, event: OptionList.OptionHighlighted) -> None:
        self.query_one("#send-detail", Static).update(self._detail(event.option.id or ""))

    def _detail(self, way: str) -> Content:
        from coach_assist.flows.sending import TRAVELS

        if (choice := self._chosen(way)) is not None:
            travels, stays = TRAVELS[choice.how]
            return stacked(
                [
                    joined(("Travels  ", "bold"), travels),
                    joined(("Stays    ", "bold"), stays),
                    plain(f"Only {choice.to.name} can open the file.", "$foreground-muted"),
                ]
            )
        if way == "new":
            return plain(
                "They send you their card, a small file without any secret, and read eight words to you, by "
                "voice if you can. Only if the words are the card's is it taken in.",
            )
        if way == "folder":
            return plain(
                "A shared folder, a stick, git or a cloud: sealed files are written there when the plan is "
                "closed, and read when it is opened. It needs keys of your own on both sides."
            )
        folder = str(self.place.folder) if self.place else ""
        return plain(f"This plan is shared through {folder}. The files there stay, whatever you choose.")

    @on(OptionList.OptionSelected, "#send-ways")
    def _go(self, event: OptionList.OptionSelected) -> None:
        way = event.option.id or ""
        self.clear_notice()
        if (choice := self._chosen(way)) is not None:
            with_key(self, self.plan, self.party, lambda: self._write(choice))
        elif way == "new":
            take_card(self, self._first_look)
        elif way == "folder":
            with_key(self, self.plan, self.party, self._folder)
        elif way == "sync":
            with_key(self, self.plan, self.party, self._sync)
        elif way == "stop":
            self._stop()

    def _write(self, choice: Choice) -> None:
        from coach_assist.flows.sending import TRAVELS, file_name, send, typed_path

        written: list[Path] = []

        def take(said: dict[str, str]) -> None:
            path = typed_path(said["path"])
            send(self.coach.workspace, self.plan, self.party, choice, path)
            written.append(path)

        def taken(done: bool | None) -> None:
            if not done:
                return
            self.remember_state()
            self._first_look()
            self.query_one(Notice).say(
                f"Written to {written[0]}",
                f"Only {choice.to.name} can open it, with V on the first page, or: coach-assist receive FILE",
                "The history says that this copy was made.",
            )

        travels, stays = TRAVELS[choice.how]
        self.app.push_screen(
            FieldsCard(
                f"A file for {choice.to.name}",
                f"{travels} {stays}",
                [Asked("path", "The file to write", str(Path.cwd() / file_name(self.plan, choice.to)))],
                take,
            ),
            taken,
        )

    def _folder(self) -> None:
        from coach_assist.flows.open_plan import write_at_close
        from coach_assist.flows.sending import typed_path
        from coach_assist.flows.sync import set_sync

        def take(said: dict[str, str]) -> None:
            set_sync(self.coach.workspace, self.plan, self.party, typed_path(said["folder"]))
            write_at_close(self.coach.workspace, self.plan, self.coach.say_synced)

        def taken(done: bool | None) -> None:
            if done:
                self._sync()

        self.app.push_screen(
            FieldsCard(
                "Through which folder?",
                "It is said once. The history says that copies go through a folder; what lies there can be "
                "opened by the two of you alone.",
                [Asked("folder", "The folder")],
                take,
            ),
            taken,
        )

    def _sync(self) -> None:
        from coach_assist.flows.sync import sync_in, sync_out, synced_words

        try:
            came = sync_in(self.coach.workspace, self.plan)
            wrote = sync_out(self.coach.workspace, self.plan)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()
        self._first_look()
        rows = [*synced_words(came), *synced_words(wrote)] or ["Nothing new is in the folder."]
        newest = (
            "Your newest file is not in the folder."
            if wrote.problems
            else "Your newest file is in the folder."
        )
        self.query_one(Notice).say("\n".join(rows), newest)

    def _stop(self) -> None:
        from coach_assist.flows.sync import stop_sync

        try:
            stop_sync(self.plan)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.plan.before_close = None
        self._first_look()
        self.query_one(Notice).say("The plan is shared through the folder no longer. The files there stay.")

    def action_leave(self) -> None:
        """Go back to the agreed plan."""
        self.coach.open_plan(self.plan_id, "agreed")

    def text_of_screen(self) -> str:
        """Return the people as text."""
        return "\n".join(f"{one.to.name}  {one.words}" for one in self.choices)
