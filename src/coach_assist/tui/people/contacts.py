"""First contact: a card is taken in once the words of its fingerprint were read out and typed."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING

from coach_assist.tui.widgets.fields_card import Asked, FieldsCard

if TYPE_CHECKING:
    from coach_assist.tui.base import AnyScreen
    from coach_assist.workspace.contacts import Card


def take_card(screen: AnyScreen, then: Callable[[], None]) -> None:
    """Ask for the file of a card, then for the words that its owner reads out; then do `then`."""
    from coach_assist.flows.identity import take_card_in
    from coach_assist.flows.sending import typed_path
    from coach_assist.workspace.contacts import read_card

    coach = screen.coach
    found: list[Card] = []

    def read(said: dict[str, str]) -> None:
        found[:] = [read_card(typed_path(said["path"]))]

    def compare(done: bool | None) -> None:
        if not done:
            return
        card = found[0]

        def keep(said: dict[str, str]) -> None:
            take_card_in(coach.workspace, card, said["words"])

        def kept(done: bool | None) -> None:
            if done:
                coach.say(f"{card.name} is a contact now.")
                then()

        coach.push_screen(
            FieldsCard(
                f"The eight words of {card.name}",
                f"Let {card.name} read the words of their fingerprint to you, by voice if you can, and type "
                "them. If they differ, the card was exchanged on its way.",
                [Asked("words", "The words")],
                keep,
            ),
            kept,
        )

    coach.push_screen(
        FieldsCard(
            "The contact card of somebody new",
            "A small file that they wrote with their keys. It holds nothing secret.",
            [Asked("path", "The file")],
            read,
        ),
        compare,
    )
