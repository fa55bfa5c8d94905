"""Mutants of a module: every raise, early return, `continue` and reported fault taken out, one at a time.

Also each part of an `or` in the condition of such a guard. Nothing is listed by hand: what is taken out is
found in the source, so a check that is added tomorrow is a mutant tomorrow.
"""

from __future__ import annotations

import ast
import copy
import gc
import importlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType, FunctionType

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Mutant:
    """One statement (or one part of a condition) taken out of one function."""

    module: str
    function: str
    """Its qualified name; of a nested one the outermost function's."""
    line: int
    what: str
    """The guard's condition, or the statement itself where nothing guards it."""
    code: CodeType
    """The function's code without it."""

    @property
    def name(self) -> str:
        """What it is called in lists: it holds no line numbers, so that it stays the same."""
        return f"{self.module.removeprefix('coach_assist.')}.{self.function}: {self.what}"


def mutants(module: str) -> list[Mutant]:
    """Return the mutants of a module, in the order of its lines."""
    path = importlib.import_module(module).__file__
    assert path is not None
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    found: list[Mutant] = []
    known: dict[str, int] = {}
    for name, function in _functions(tree.body, ""):
        for site in _sites(function):
            changed = copy.deepcopy(tree)
            what = _take_out(changed, site)
            known[name + what] = number = known.get(name + what, 0) + 1
            what += f" ({number})" if number > 1 else ""
            code = _code_of(compile(ast.fix_missing_locations(changed), path, "exec"), name)
            found.append(Mutant(module, name, site[0], what, code))
    return found


def watched(module: str) -> dict[str, CodeType]:
    """Return each function's code with one thing before all: it calls the builtin `called_` with its name."""
    path = importlib.import_module(module).__file__
    assert path is not None
    tree = ast.parse(Path(path).read_text(encoding="utf-8"))
    names = []
    for name, function in _functions(tree.body, ""):
        names.append(name)
        place = 1 if ast.get_docstring(function, clean=False) is not None else 0
        call = ast.parse(f"called_({module + '.' + name!r})").body[0]
        function.body.insert(place, call)
    code = compile(ast.fix_missing_locations(tree), path, "exec")
    return {name: _code_of(code, name) for name in names}


def functions(module: str, name: str) -> list[FunctionType]:
    """Return the live function objects with this qualified name in a module."""
    importlib.import_module(module)
    return [
        one
        for one in gc.get_objects()
        if isinstance(one, FunctionType) and one.__module__ == module and one.__code__.co_qualname == name
    ]


def apply(mutant: Mutant) -> None:
    """Put the mutant in place of the function, for this process and from now on."""
    found = functions(mutant.module, mutant.function)
    assert found, mutant.name
    for one in found:
        one.__code__ = mutant.code


def _functions(body: list[ast.stmt], prefix: str) -> Iterator[tuple[str, Function]]:
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield prefix + node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from _functions(node.body, f"{prefix}{node.name}.")


Site = tuple[int, int, str]
"""Line and column of a node, and its class: the same in every copy of the tree."""


def _site(node: ast.stmt | ast.expr) -> Site:
    return node.lineno, node.col_offset, type(node).__name__


def _sites(function: Function) -> Iterator[Site]:
    last = {_site(one.body[-1]) for one in ast.walk(function) if isinstance(one, Function)}
    for node in ast.walk(function):
        match node:
            case ast.Raise() | ast.Continue():
                yield _site(node)
            case ast.Return() if _site(node) not in last:
                yield _site(node)
            case ast.Expr() if _reports_a_fault(node):
                yield _site(node)
            case ast.If(test=ast.BoolOp(op=ast.Or(), values=parts)) if _guards(node):
                yield from (_site(part) for part in parts)


def _reports_a_fault(node: ast.Expr) -> bool:
    return isinstance(node.value, ast.Call) and ast.unparse(node.value.func) in {
        "faults.append", "faults.extend",
    }  # fmt: skip


def _guards(node: ast.If) -> bool:
    last = node.body[-1]
    return isinstance(last, ast.Raise | ast.Return) or (isinstance(last, ast.Expr) and _reports_a_fault(last))


def _take_out(tree: ast.Module, site: Site) -> str:
    """Take one node out of a tree; return in words which."""
    for parent in ast.walk(tree):
        if isinstance(parent, ast.BoolOp):
            for place, part in enumerate(parent.values):
                if _site(part) == site:
                    said = f"{_short(part)} [in: {_short(parent)}]"
                    parent.values[place] = ast.copy_location(ast.Constant(value=False), part)
                    return said
        for _, block in ast.iter_fields(parent):
            if not isinstance(block, list):
                continue
            for place, node in enumerate(block):
                if isinstance(node, ast.stmt) and _site(node) == site:
                    block[place] = ast.copy_location(ast.Pass(), node)
                    return _said(parent, node, block)
    raise AssertionError(f"nothing at {site}")


def _said(parent: ast.AST, node: ast.stmt, block: list[ast.stmt]) -> str:
    own = _short(node)
    match parent:
        case ast.If(test=test, body=body) if block is body:
            return f"if {_short(test)}: {own}"
        case ast.If(test=test):
            return f"unless {_short(test)}: {own}"
        case ast.ExceptHandler(type=kind) if kind is not None:
            return f"except {_short(kind)}: {own}"
        case ast.match_case(pattern=pattern, guard=guard):
            return f"case {_short(pattern)}{f' if {_short(guard)}' if guard else ''}: {own}"
    return own


def _short(node: ast.AST) -> str:
    text = " ".join(ast.unparse(node).split())
    return text if len(text) <= 90 else text[:89] + "…"


def _code_of(code: CodeType, name: str) -> CodeType:
    for one in code.co_consts:
        if isinstance(one, CodeType):
            if one.co_qualname == name:
                return one
            if name.startswith(one.co_qualname + "."):
                return _code_of(one, name)
    raise AssertionError(name)
