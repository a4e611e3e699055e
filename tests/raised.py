"""Reads the messages off the code: what is raised where, with which words."""

from __future__ import annotations

import ast
import itertools
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.conftest import REPO

GAP = "…"
"""What stands for a value that is only known when it happens."""
Known = dict[str, list[ast.expr]]
"""What each name of a function may have been given."""
MODULES = sorted((REPO / "generator").rglob("*.py"))


@dataclass(frozen=True)
class Call:
    """A call by a name, with the texts that each argument may be; none where it is no text.

    ``name`` is written as it stands there, ``click.UsageError``.
    """

    name: str
    texts: tuple[tuple[str | None, ...], ...]
    keywords: dict[str, object]
    file: Path


@cache
def calls() -> tuple[Call, ...]:
    """Every call in the program."""
    return tuple(call for module in MODULES for call in _calls(module))


def _calls(module: Path) -> Iterator[Call]:
    tree = ast.parse(module.read_text())
    outer = _assigned(tree.body)
    for scope in ast.walk(tree):
        if isinstance(scope, ast.FunctionDef):
            known = {**outer, **_assigned(ast.walk(scope))}
            for block in _blocks(scope):
                yield from _in_block(block, known, module)


def _blocks(scope: ast.FunctionDef) -> Iterator[list[ast.stmt]]:
    for node in ast.walk(scope):
        for part in ("body", "orelse", "finalbody"):
            if isinstance(found := getattr(node, part, None), list):
                yield found


def _in_block(block: list[ast.stmt], known: Known, module: Path) -> Iterator[Call]:
    """The calls of a block's own statements; what a name was given just before goes first."""
    near: Known = {}
    for statement in block:
        own = [n for n in ast.iter_child_nodes(statement) if isinstance(n, ast.expr | ast.withitem)]
        for node in (inner for expression in own for inner in ast.walk(expression)):
            if isinstance(node, ast.Call):
                texts = tuple(_argument(argument, known | near) for argument in node.args)
                keywords = {k.arg: _value(k.value) for k in node.keywords if k.arg}
                yield Call(ast.unparse(node.func), texts, keywords, module)
        near |= _assigned([statement])


def _argument(node: ast.expr, known: Known) -> tuple[str | None, ...]:
    if isinstance(node, ast.Constant) and node.value is None:
        return (None,)
    return tuple(filter(None, _texts(node, known)))


def _value(node: ast.expr) -> object:
    return node.value if isinstance(node, ast.Constant) else None


def _assigned(nodes: Iterable[ast.AST]) -> Known:
    """The values that each name is given."""
    found: Known = {}
    for node in nodes:
        if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
            found.setdefault(node.targets[0].id, []).append(node.value)
    return found


def _texts(node: ast.expr, known: Known, deep: int = 4, *, inside: bool = False) -> list[str]:
    """The texts that an expression may come to; inside of another, ``GAP`` for what is none."""
    found = _found(node, known, deep) if deep else []
    return found or ([GAP] if inside else [])


def _found(node: ast.expr, known: Known, deep: int) -> list[str]:
    found: list[str] = []
    match node:
        case ast.Constant(value=str(text)):
            found = [text]
        case ast.JoinedStr(values=parts):
            found = _joined(parts, known, deep)
        case ast.BinOp(left=left, op=ast.Add(), right=right):
            found = _joined([left, right], known, deep)
        case ast.FormattedValue(value=value):
            found = _texts(value, known, deep)
        case ast.IfExp(body=one, orelse=other):
            found = [*_texts(one, known, deep), *_texts(other, known, deep)]
        case ast.BoolOp(values=values) | ast.List(elts=values):
            found = [text for value in values for text in _texts(value, known, deep)]
        case ast.Name(id=name):
            values = known.get(name, [])
            found = [text for value in values for text in _texts(value, known, deep - 1)]
    return found


def _joined(parts: list[ast.expr], known: Known, deep: int) -> list[str]:
    each = [_texts(part, known, deep, inside=True) for part in parts]
    found = ["".join(chosen) for chosen in itertools.islice(itertools.product(*each), 8)]
    return [text for text in found if text.strip(GAP)]


def sayings(rooms: tuple[str, ...]) -> list[tuple[str, str]]:
    """What is wrong and what to do, of each message in these rooms that says both."""
    found = set()
    for module in MODULES:
        room = module.relative_to(REPO / "generator").parts[0].removesuffix(".py")
        if room in rooms:
            found |= set(_sayings(ast.parse(module.read_text())))
    return sorted(found, key=lambda pair: (pair[0].strip(f"'{GAP} ").lower(), pair))


def _sayings(tree: ast.Module) -> Iterator[tuple[str, str]]:
    whole = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inner = {child for node in whole for child in ast.walk(node) if child is not node}
    described = {
        node.value for node in ast.walk(tree) if isinstance(node, ast.Expr | ast.keyword)
    }  # docstrings, and what a schema says of a field
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and node not in inner | described:
            wrong, _, cure = re.sub(r"\{\w*\}", GAP, _plain(node)).rpartition("; ")
            if min(len(wrong.split()), len(cure.split())) > 1 and "{" not in wrong + cure:
                yield wrong, f"{cure}{GAP}" if cure.endswith(" ") else cure


def _plain(node: ast.Constant | ast.JoinedStr) -> str:
    if isinstance(node, ast.Constant):
        return node.value if isinstance(node.value, str) else ""
    return "".join(
        str(value.value) if isinstance(value, ast.Constant) else GAP for value in node.values
    )
