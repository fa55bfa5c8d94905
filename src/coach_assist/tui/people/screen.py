"""People and keys: who has keys on this machine, and whose cards were taken in."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from coach_assist.errors import CoachError
from coach_assist.tui.base import CoachScreen
from coach_assist.tui.failures import in_words
from coach_assist.tui.people.contacts import take_card
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.widgets.fields_card import Asked, FieldsCard
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard

if TYPE_CHECKING:
    from coach_assist.flows.identity import PersonView
    from coach_assist.workspace.contacts import Card


class PeopleScreen(CoachScreen[None]):
    """Keys are made, backed up, locked and restored here. No secret is ever shown."""

    PLACE = "People and keys"
    ABOUT = (
        "Keys of your own are what you sign with on your own machine; a passphrase locks them. The eight "
        "words "
        "are the fingerprint: read them to the other person, so that both know that nothing was exchanged on "
        "the way. One person's keys are open at a time; a hand-over and idling lock them."
    )
    CSS_PATH = "people.tcss"
    AUTO_FOCUS = "#people"
    BINDINGS = [
        Binding("n", "create", "New keys", id="people.create"),
        Binding("b", "backup", "Back up", id="people.backup"),
        Binding("c", "card", "My card", id="people.card"),
        Binding("a", "take_card", "Take a card in", id="people.take_card"),
        Binding("r", "restore", "Restore", id="people.restore"),
        Binding("p", "passphrase", "Passphrase", id="people.passphrase"),
        Binding("l", "lock", "Lock", id="people.lock", show=False),
        Binding(
            "k", "keyring", "System keyring: keep or forget the passphrase", id="people.keyring", show=False
        ),
        Binding("escape", "leave", "Back", id="people.leave"),
    ]

    def __init__(self) -> None:
        super().__init__()
        self.people: tuple[PersonView, ...] = ()
        self.cards: tuple[Card, ...] = ()

    def body(self) -> ComposeResult:
        yield Notice()
        yield OptionList(id="people", markup=False)
        yield Static(id="people-detail")

    def on_mount(self) -> None:
        self.call_after_refresh(self.look)

    def on_screen_resume(self) -> None:
        if self.is_mounted:
            self.look()

    def look(self) -> None:
        """Read who has keys here and whose cards were taken in."""
        from coach_assist.flows.identity import people
        from coach_assist.workspace.contacts import contacts

        try:
            self.people = people(self.coach.workspace)
            self.cards = contacts(self.coach.workspace.contacts_folder)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
        listing = self.query_one("#people", OptionList)
        before = listing.highlighted or 0
        listing.clear_options()
        listing.add_options(
            [
                *[Option(self._row(one), id=f"own:{place}") for place, one in enumerate(self.people)],
                *[
                    Option(
                        joined((card.name, "bold"), ("  elsewhere", "$foreground-muted")), id=f"card:{place}"
                    )
                    for place, card in enumerate(self.cards)
                ],
            ]
        )
        count = len(self.people) + len(self.cards)
        listing.highlighted = min(before, count - 1) if count else None
        if not count:
            self.query_one("#people-detail", Static).update(
                stacked(
                    [
                        plain("Nobody has keys here yet.", "bold"),
                        plain(
                            "A plan between two people at this machine needs none: its keys lie beside "
                            "it. N makes "
                            "keys of your own, to go on from a machine of your own."
                        ),
                    ]
                )
            )
        self.refresh_bindings()

    def _row(self, one: PersonView) -> Content:
        state = "open" if self.coach.workspace.unlocked.is_open(one.fingerprint) else "locked"
        backup = "backed up" if one.backed_up else "no backup yet"
        return joined((one.name, "bold"), (f"  keys here, {state}, {backup}", "$foreground-muted"))

    @property
    def chosen(self) -> PersonView | None:
        """The person with keys here under the bar."""
        place = self.query_one("#people", OptionList).highlighted
        return self.people[place] if place is not None and place < len(self.people) else None

    @on(OptionList.OptionHighlighted, "#people")
    def _explain(self, event: OptionList.OptionHighlighted) -> None:
        from coach_assist.agreement.fingerprint_words import fingerprint_words

        kind, _colon, place = (event.option.id or "").partition(":")
        if kind == "own":
            one = self.people[int(place)]
            rows = [
                joined(("Words  ", "bold"), one.words),
                plain(f"In full  {one.fingerprint}", "$foreground-muted"),
                plain(
                    "Read the words to the other person, when they take your card in.", "$foreground-muted"
                ),
            ]
            if not one.backed_up:
                rows.append(
                    plain("No backup yet: without passphrase and backup nobody can recover the keys.")
                )
        else:
            card = self.cards[int(place)]
            rows = [
                joined(("Words  ", "bold"), fingerprint_words(card.fingerprint)),
                plain("Compared when the card was taken in. Plans can be sent to them.", "$foreground-muted"),
            ]
        self.query_one("#people-detail", Static).update(stacked(rows))
        self.refresh_bindings()

    # -- one's own keys --------------------------------------------------------------------------------

    def action_create(self) -> None:
        """Make keys for somebody, and offer the backup once."""
        from coach_assist.flows.identity import create_person, said_twice

        made: list[PersonView] = []

        def take(said: dict[str, str]) -> None:
            made[:] = [
                create_person(self.coach.workspace, said["name"], said_twice(said["new"], said["again"]))
            ]

        def taken(done: bool | None) -> None:
            if done:
                self.look()
                self._offer_backup(made[0])

        self.app.push_screen(
            FieldsCard(
                "Keys of your own",
                "A passphrase of a few words that nobody would guess together locks them. It can't be "
                "recovered.",
                [
                    Asked("name", "Your name"),
                    _secret("new", "Passphrase"),
                    _secret("again", "The same once more"),
                ],
                take,
            ),
            taken,
        )

    def _offer_backup(self, one: PersonView) -> None:
        from coach_assist.flows.identity import WITHOUT_BACKUP

        def answered(choice: str | None) -> None:
            if choice == "yes":
                self._back_up(one)

        self.app.push_screen(
            QuestionCard(
                "Back the keys up now?",
                WITHOUT_BACKUP,
                [
                    ("yes", "Back them up", "one file, locked"),
                    ("no", "Later", "B does it"),
                ],
            ),
            answered,
        )

    def action_backup(self) -> None:
        """Copy the chosen person's keys, locked as they are, to a file."""
        if (one := self.chosen) is not None:
            self._back_up(one)

    def _back_up(self, one: PersonView) -> None:
        from coach_assist.flows.identity import back_up
        from coach_assist.flows.sending import plain_name, typed_path

        written: list[Path] = []

        def take(said: dict[str, str]) -> None:
            path = typed_path(said["path"])
            back_up(self.coach.workspace, one.fingerprint, path)
            written[:] = [path]

        def taken(done: bool | None) -> None:
            if done:
                self.look()
                self.query_one(Notice).say(f"Copied to {written[0]}", "Keep it apart from this machine.")

        self.app.push_screen(
            FieldsCard(
                f"Back up the keys of {one.name}",
                "The file is locked with the passphrase of now. A stick that lies elsewhere is a good place.",
                [Asked("path", "The file", str(Path.cwd() / f"{plain_name(one.name)}.backup"))],
                take,
            ),
            taken,
        )

    def action_restore(self) -> None:
        """Take keys back from a backup, once its passphrase has opened it."""
        from coach_assist.flows.identity import restore
        from coach_assist.flows.sending import typed_path

        got: list[PersonView] = []

        def take(said: dict[str, str]) -> None:
            got[:] = [restore(self.coach.workspace, typed_path(said["path"]), said["passphrase"])]

        def taken(done: bool | None) -> None:
            if done:
                self.look()
                self.query_one(Notice).say(f"The keys of {got[0].name} are here again.")

        self.app.push_screen(
            FieldsCard(
                "Keys from a backup",
                "They are taken back once the passphrase has opened the file.",
                [Asked("path", "The file"), _secret("passphrase", "Passphrase of the backup")],
                take,
            ),
            taken,
        )

    def action_passphrase(self) -> None:
        """Change the passphrase of the chosen person's keys."""
        from coach_assist.flows.identity import change_passphrase, said_twice

        if (one := self.chosen) is None:
            return

        def take(said: dict[str, str]) -> None:
            new = said_twice(said["new"], said["again"])
            change_passphrase(self.coach.workspace, one.fingerprint, said["old"], new)

        def taken(done: bool | None) -> None:
            if done:
                self.coach.workspace.unlocked.lock()
                self.look()
                self.query_one(Notice).say(
                    "The passphrase was changed.", "", "Make a new backup (B), and destroy the old ones."
                )

        self.app.push_screen(
            FieldsCard(
                f"Another passphrase for {one.name}",
                "Older backups still open with the older one.",
                [
                    _secret("old", "Passphrase now"),
                    _secret("new", "New passphrase"),
                    _secret("again", "The same once more"),
                ],
                take,
            ),
            taken,
        )

    def action_lock(self) -> None:
        """Lock whoever's keys are open."""
        self.coach.workspace.unlocked.lock()
        self.look()
        self.query_one(Notice).say("Locked. The passphrase opens them again.")

    def action_keyring(self) -> None:
        """Keep the passphrase in this system's keyring, or take it out again."""
        from coach_assist.flows.identity import person
        from coach_assist.workspace.people import unlock
        from coach_assist.workspace.system_keyring import forget, remember

        if (one := self.chosen) is None:
            return
        try:
            if forget(one.fingerprint):
                self.query_one(Notice).say("The system's keyring has forgotten the passphrase.")
                return
        except CoachError as error:
            self.tell(error)
            return

        def take(said: dict[str, str]) -> None:
            unlock(person(self.coach.workspace, one.fingerprint), said["passphrase"])
            remember(one.fingerprint, said["passphrase"])

        def taken(done: bool | None) -> None:
            if done:
                self.query_one(Notice).say("The system's keyring keeps the passphrase. K takes it out again.")

        self.app.push_screen(
            FieldsCard(
                "Keep the passphrase in the system's keyring?",
                "Opening the keys then takes one key press. Whoever can use your unlocked session can then "
                "use your keys.",
                [_secret("passphrase", f"Passphrase of {one.name}")],
                take,
            ),
            taken,
        )

    # -- cards -----------------------------------------------------------------------------------------

    def action_card(self) -> None:
        """Write the chosen person's contact card: public keys, for the other person."""
        from coach_assist.flows.identity import write_card
        from coach_assist.flows.sending import plain_name, typed_path

        if (one := self.chosen) is None:
            return
        written: list[Path] = []

        def take(said: dict[str, str]) -> None:
            path = typed_path(said["path"])
            write_card(self.coach.workspace, one.fingerprint, path)
            written[:] = [path]

        def taken(done: bool | None) -> None:
            if done:
                self.query_one(Notice).say(
                    f"Written to {written[0]}", f"Read these words to the other person: {one.words}"
                )

        self.app.push_screen(
            FieldsCard(
                f"The contact card of {one.name}",
                "Send it to the other person. It holds nothing secret.",
                [Asked("path", "The file", str(Path.cwd() / f"{plain_name(one.name)}.card"))],
                take,
            ),
            taken,
        )

    def action_take_card(self) -> None:
        """Take somebody's card in, once the words were compared."""
        take_card(self, self.look)

    def action_leave(self) -> None:
        """Go back to the plans."""
        self.coach.go_home()

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        if action in {"backup", "passphrase", "card", "keyring"}:
            return self.is_mounted and self.chosen is not None
        return True

    def text_of_screen(self) -> str:
        """Return names and words as text."""
        return "\n".join(f"{one.name}  {one.words}  {one.fingerprint}" for one in self.people)


def _secret(name: str, label: str) -> Asked:
    return Asked(name, label, secret=True)
