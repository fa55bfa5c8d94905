"""No text that is not a literal reaches a widget, a message or a renderable but through tui/text.py."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import coach_assist.tui

TUI = Path(coach_assist.tui.__file__).parent
SHOWING = {
    "Static",
    "Label",
    "Button",
    "Checkbox",
    "RadioButton",
    "Option",
    "Selection",
    "Tab",
    "TabPane",
    "Collapsible",
    "Link",
    "Digits",
    "Markdown",
    "Tooltip",
}
"""Widgets and entries whose first argument is shown."""
METHODS = {"update", "add_row", "add_column", "add_leaf", "set_options", "notify"}
"""Methods that show what they are given, on whatever object."""
ATTRIBUTES = {"border_title", "border_subtitle", "tooltip", "label", "sub_title"}
HELPERS = {"plain", "clipped", "cell", "joined", "stacked", "marked", "same_length"}
MAKERS = {"Content", "Text", "from_markup", "styled", "assemble", "from_text", "from_rich_text"}
"""What makes a renderable of a string: only tui/text.py may, elsewhere only of literals."""
OWN = {"text.py"}


def name_of(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else getattr(function, "attr", "")


def returns_content(tree: ast.AST) -> set[str]:
    """Names of functions and methods whose annotation says that they return Content or Text."""
    return {
        node.name
        for node in ast.walk(tree)
        if isinstance(node, ast.FunctionDef)
        and isinstance(node.returns, ast.Name)
        and node.returns.id in {"Content", "Text"}
    }


def literal(node: ast.expr) -> bool:
    if isinstance(node, ast.IfExp):
        return literal(node.body) and literal(node.orelse)
    if isinstance(node, (ast.Tuple, ast.List)):
        return all(map(literal, node.elts))
    return isinstance(node, ast.Constant)


def safe(node: ast.expr, contents: set[str]) -> bool:
    if isinstance(node, ast.IfExp):
        return safe(node.body, contents) and safe(node.orelse, contents)
    return literal(node) or (isinstance(node, ast.Call) and name_of(node.func) in HELPERS | contents)


def faults(source: str, contents: set[str], *, own: bool = False) -> list[tuple[int, str]]:
    """Return (line, what) for every place where a text could be parsed as markup or keep an escape."""
    found: list[tuple[int, str]] = []
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            name = name_of(node.func)
            shows = name in SHOWING or (isinstance(node.func, ast.Attribute) and name in METHODS)
            said = node.args if name in METHODS else node.args[:1]
            said = [
                *said,
                *(word.value for word in node.keywords if word.arg in {"label", "content", "prompt"}),
            ]
            if name == "notify":
                off = any(
                    w.arg == "markup" and isinstance(w.value, ast.Constant) and w.value.value is False
                    for w in node.keywords
                )
                through = all(
                    isinstance(one, ast.Call) and name_of(one.func) == "safe_text" for one in node.args
                )
                if not (off and through):
                    found.append((node.lineno, name))
            elif shows and not all(safe(one, contents) for one in said):
                found.append((node.lineno, name))
            if name in MAKERS and not own and not all(safe(one, contents) for one in node.args):
                found.append((node.lineno, name))
        if isinstance(node, ast.Assign):
            named = [target.attr for target in node.targets if isinstance(target, ast.Attribute)]
            if not safe(node.value, contents):
                found.extend((node.lineno, name) for name in named if name in ATTRIBUTES)
    return found


@pytest.fixture(scope="module")
def contents() -> set[str]:
    names: set[str] = set()
    for path in TUI.rglob("*.py"):
        names |= returns_content(ast.parse(path.read_text(encoding="utf-8")))
    return names - {"render"}


@pytest.mark.parametrize("path", sorted(TUI.rglob("*.py")), ids=lambda path: str(path.relative_to(TUI)))
def test_no_text_goes_round_the_display_function(path, contents):
    assert faults(path.read_text(encoding="utf-8"), contents, own=path.name in OWN) == []


@pytest.mark.parametrize(
    "line",
    [
        "Static(note)",
        "Static(f'Saved {name}')",
        "self.query_one('#a', Static).update(note)",
        "Option(title)",
        "self.notify(note, markup=False)",
        "self.notify(safe_text(note))",
        "widget.border_title = name",
        "Content(note)",
        "Content.from_markup(note)",
        "Button(label=name)",
        "x.tooltip = f'{a}'",
        "Text(note)",
        "Label('a' if x else note)",
        "Markdown(answer)",
    ],
)
def test_the_lint_sees_what_it_should(line):
    assert faults(line, set())


@pytest.mark.parametrize(
    "line",
    [
        "Static('[b]Title[/b]')",
        "Static(plain(note))",
        "self.notify(safe_text(note), markup=False)",
        "Static(row(x))",
        "Static('a' if x else 'b')",
    ],
)
def test_the_lint_lets_good_code_pass(line):
    assert not faults(line, {"row"})
