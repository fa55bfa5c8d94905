"""Two calm themes of our own; Textual's others stay available in the palette.

Nothing rests on colour alone: marks are underlined, differences carry signs, states have words.
"""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="coach-dark",
    primary="#86b8a5",
    secondary="#8fa9c4",
    accent="#dcb67a",
    success="#93c295",
    warning="#dcb67a",
    error="#d58f84",
    foreground="#d9dee0",
    background="#15191c",
    surface="#1b2023",
    panel="#242a2e",
    dark=True,
    variables={
        "footer-key-foreground": "#86b8a5",
        "block-cursor-background": "#2e4640",
        "block-cursor-foreground": "#f1f5f3",
        "block-cursor-text-style": "bold",
        "border": "#5d8375",
        "border-blurred": "#353d42",
        "input-selection-background": "#86b8a5 35%",
        "scrollbar": "#3a4348",
        "scrollbar-background": "#1b2023",
        "scrollbar-corner-color": "#1b2023",
    },
)

LIGHT = Theme(
    name="coach-light",
    primary="#2c6b5b",
    secondary="#44607d",
    accent="#8a5c10",
    success="#35703a",
    warning="#8a5c10",
    error="#9c4136",
    foreground="#272d2f",
    background="#faf8f3",
    surface="#ffffff",
    panel="#efece3",
    dark=False,
    variables={
        "footer-key-foreground": "#2c6b5b",
        "block-cursor-background": "#d3e4dd",
        "block-cursor-foreground": "#16302a",
        "block-cursor-text-style": "bold",
        "border": "#6f9c8e",
        "border-blurred": "#d5d0c2",
        "input-selection-background": "#2c6b5b 25%",
        "scrollbar": "#c9c3b3",
        "scrollbar-background": "#f4f1e9",
        "scrollbar-corner-color": "#f4f1e9",
    },
)

THEMES = (DARK, LIGHT)
