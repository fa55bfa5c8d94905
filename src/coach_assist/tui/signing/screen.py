"""Signing: the whole agreed plan is read to its end, then signed by one party, for themselves."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widgets import Static

from coach_assist.errors import CoachError
from coach_assist.tui.failures import in_words
from coach_assist.tui.party_card import as_party
from coach_assist.tui.plan_screen import PlanScreen
from coach_assist.tui.text import joined, plain, stacked
from coach_assist.tui.turn import PARTY_NAMES
from coach_assist.tui.unlocking import with_key
from coach_assist.tui.widgets.notice import Notice
from coach_assist.tui.widgets.question_card import QuestionCard
from coach_assist.tui.widgets.unit_card import Card, UnitCard, as_fields, card_text

if TYPE_CHECKING:
    from coach_assist.flows.show import UnitView
    from coach_assist.flows.sign import SignView
    from coach_assist.plan.units import Party


class SignScreen(PlanScreen):
    """Shows what is signed, with what has changed since the signed plan in force."""

    PLACE = "Sign"
    ABOUT = (
        "The plan is in force when both of you have signed the same text. From then on nobody can take back "
        "alone what stands in it; later changes are amendments and need both signatures again. S signs, "
        "once the end of the text was on the screen."
    )
    CSS_PATH = "signing.tcss"
    AUTO_FOCUS = "#signed"
    BINDINGS = [
        Binding("s", "sign", "Sign", id="sign.sign"),
        Binding("space", "page", "Read on", id="sign.down"),
        Binding("escape", "leave", "Back", id="sign.leave"),
    ]

    def __init__(self, plan_id: str) -> None:
        super().__init__(plan_id)
        self.view: SignView | None = None
        self._read = ""
        self._end: Static | None = None

    def body(self) -> ComposeResult:
        yield Notice()
        yield VerticalScroll(id="signed")
        yield Static(id="signing-side")

    def on_mount(self) -> None:
        super().on_mount()
        page = self.query_one("#signed", VerticalScroll)
        self.watch(page, "scroll_y", self._look_at_end_soon, init=False)

    def look(self) -> None:
        from coach_assist.flows.show import plan_view
        from coach_assist.flows.sign import sign_view

        self.top.title = plan_view(self.plan).title
        self.show(sign_view(self.plan))

    def show(self, view: SignView) -> None:
        """Render what would be signed now, or why nothing can be."""
        self.view = view
        page = self.query_one("#signed", VerticalScroll)
        page.remove_children()
        page.mount(Static(self._heading(view), classes="signing-heading"))
        page.mount_all([UnitCard(self._card(view, unit)) for unit in view.units])
        if view.removed:
            gone = [plain("No longer in the plan", "bold $accent")]
            gone += [
                joined((f"{unit.kind_words}: ", "$foreground-muted"), unit.headline) for unit in view.removed
            ]
            page.mount(Static(stacked(gone)))
        self._end = Static(plain(f"Plan hash: {view.plan_hash}", "$foreground-muted"))
        page.mount(self._end)
        self.refresh_bindings()
        self.call_after_refresh(self._look_at_end)

    def _card(self, view: SignView, unit: UnitView) -> Card:
        note = ""
        if view.in_force:
            note = "new" if unit.unit in view.added else "changed" if unit.unit in view.changed else ""
        return Card(kind=unit.kind_words, note=note, fields=as_fields(unit.fields))

    def _heading(self, view: SignView) -> Content:
        names = self.coach.party_names(self.plan_id)
        rows = [plain(f"Revision {view.revision}, {len(view.units)} parts", "bold")]
        if view.obstacle is not None:
            rows.append(plain(view.obstacle, "$accent"))
        rows += [plain(f"✓ {names[party]} has signed exactly this.", "$success") for party in view.signed_by]
        missing: list[Party] = [party for party in names if party not in view.signed_by]
        if view.obstacle is None and missing:
            rows.append(
                plain(f"Waits for the signature of {' and '.join(names[party] for party in missing)}.")
            )
        return stacked(rows)

    def _look_at_end_soon(self) -> None:
        self.call_after_refresh(self._look_at_end)

    def _look_at_end(self) -> None:
        """Note when the end of the text was on the screen: only then can it be signed."""
        if not self.is_current or self.view is None:
            return
        page = self.query_one("#signed", VerticalScroll)
        end = self._end
        if end is None or page.children[-1] is not end or not end.size.height:
            self.set_timer(0.03, self._look_at_end)  # not laid out yet
            return
        if page.scroll_y >= page.max_scroll_y - 0.5:
            self._read = self.view.plan_hash
        words = "" if self.was_read else "There is more: Space reads on. You sign once you have seen its end."
        self.query_one("#signing-side", Static).update(plain(words))

    @property
    def was_read(self) -> bool:
        """Say whether the end of exactly this plan was on the screen."""
        return self.view is not None and self._read == self.view.plan_hash

    def action_sign(self) -> None:
        """Sign the shown plan, as one of the two."""
        view = self.view
        if view is None:
            return
        notice = self.query_one(Notice)
        if view.obstacle is not None:
            notice.say(view.obstacle)
            return
        self._look_at_end()
        if not self.was_read:
            notice.say("Its end was not on the screen yet. Space reads on.")
            return
        as_party(self, self.plan_id, "Who signs?", lambda party: self._confirm(view, party))

    def _confirm(self, view: SignView, party: Party) -> None:
        name = self.coach.party_names(self.plan_id)[party]

        def answered(choice: str | None) -> None:
            if choice == "yes":
                with_key(self, self.plan, party, lambda: self._sign(view, party))

        self.app.push_screen(
            QuestionCard(
                f"{name} signs this plan?",
                "In force when both have signed. Nobody can take it back alone then.",
                [
                    ("no", "Not yet", ""),
                    ("yes", f"I am {name}, and I sign it", f"as the {PARTY_NAMES[party]}"),
                ],
            ),
            answered,
        )

    def _sign(self, view: SignView, party: Party) -> None:
        from coach_assist.flows.sign import sign

        try:
            revision = sign(self.coach.workspace, self.plan, party, view.plan_hash)
        except (CoachError, OSError) as error:
            self.tell(in_words(error))
            return
        self.remember_state()
        self.look()
        in_force = f"Revision {revision} is in force: both have signed it."
        waits = "It is in force as soon as the other has signed the same text."
        self.query_one(Notice).say("Signed.", in_force if revision == view.revision else waits)

    def action_page(self) -> None:
        """Read on."""
        self.query_one("#signed", VerticalScroll).scroll_page_down(animate=False)

    def action_leave(self) -> None:
        """Go back to the agreed plan."""
        self.coach.open_plan(self.plan_id, "agreed")

    def text_of_screen(self) -> str:
        """Return what would be signed, as text."""
        if self.view is None:
            return ""
        cards = [card_text(self._card(self.view, unit)) for unit in self.view.units]
        return "\n\n".join([self._heading(self.view).plain, *cards, f"Plan hash: {self.view.plan_hash}"])
