"""A sentence that people read stands once, whatever shows it."""

import ast
from collections import defaultdict
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "assess"
FEWEST_WORDS = 6
"""Shorter texts are names of things; two places may name the same thing."""


def sentences(path: Path) -> list[str]:
    """Return the whole texts of a module with so many words; `{}` stands for what is put in."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    apart = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    formatted = [node for node in ast.walk(tree) if isinstance(node, ast.JoinedStr)]
    inside = {id(part) for node in formatted for part in ast.walk(node) if part is not node}
    constants = [
        node.value
        for node in ast.walk(tree)
        if isinstance(node, ast.Constant)
        and isinstance(node.value, str)
        and id(node) not in apart | inside
    ]
    texts = (" ".join(text.split()) for text in (*constants, *map(_shape, formatted)))
    return [text for text in texts if len(text.split()) >= FEWEST_WORDS]


def _shape(node: ast.JoinedStr) -> str:
    parts = (part.value if isinstance(part, ast.Constant) else "{}" for part in node.values)
    return "".join(map(str, parts))


def test_every_sentence_stands_in_one_place() -> None:
    places: dict[str, list[str]] = defaultdict(list)
    for path in sorted(PACKAGE.rglob("*.py")):
        for text in sentences(path):
            places[text].append(str(path.relative_to(PACKAGE)))
    assert {text: found for text, found in places.items() if len(found) > 1} == {}
