"""How queries name their values, in every place where one is written."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "assess"
STATEMENT = re.compile(r"\b(SELECT|INSERT|UPDATE|DELETE|WHERE|VALUES)\b")
NUMBERED_OR_NAMED = re.compile(r"\?\d|(?<=[\s(=,])[:@$][A-Za-z]\w*")


def statements(path: Path) -> Iterator[str]:
    texts = (
        node.value
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    )
    return (text for text in texts if STATEMENT.search(text))


@pytest.mark.parametrize(
    "path", sorted(PACKAGE.rglob("*.py")), ids=lambda path: path.relative_to(PACKAGE).as_posix()
)
def test_queries_count_their_values_by_place_alone(path: Path) -> None:
    """Python 3.12.0 to 3.12.3 warn where values in a sequence meet `?1`, as they do for `:a`."""
    assert not [text for text in statements(path) if NUMBERED_OR_NAMED.search(text)]
