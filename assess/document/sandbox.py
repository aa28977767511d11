"""Where templates run: nothing outside the page is in reach, and the work has an end.

Jinja's sandbox keeps a template from our objects, not from running for ever or filling the
memory. So everything that can repeat or grow is counted: turns of loops, calls, and the
length of what is joined, multiplied or set. The same template stops at the same place on
every machine, because work is counted and not timed. What is nested is bounded before it
is parsed, since parsers recurse.
"""

from collections.abc import Callable, Iterable, Iterator
from datetime import date
from functools import wraps
from types import CodeType
from typing import Any, Final

from jinja2 import StrictUndefined, Template, TemplateSyntaxError, nodes
from jinja2.bccache import BytecodeCache
from jinja2.exceptions import SecurityError
from jinja2.runtime import Context
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer

from assess.document.source import MOST_CHARACTERS
from assess.patterns import pattern

MOST_WORK: Final = 100_000
"""Of one rendering, in turns of a loop; a long plan takes some 2 000."""

_MOST_LETTERS: Final = 100_000

_LETTERS_OF_ONE_TURN: Final = 50
_TURNS_OF_ONE_CALL: Final = 10
_DEEPEST_BLOCKS: Final = 15
_DEEPEST_BRACKETS: Final = 15
_MOST_TOKENS: Final = 200
_MOST_TOKENS_IN_ALL: Final = 10_000
_MOST_BRANCHES: Final = 200
_MOST_DIGITS: Final = 18
_LARGEST: Final = 10_000
"""The largest number that a call or a filter takes: widths and counts become length."""

_BLOCKS: Final = frozenset(
    ("autoescape", "block", "call", "filter", "for", "if", "macro", "trans", "with")
)
# What these make grows with a number or a text that they are given, or hangs on chance.
_NO_FILTERS: Final = ("center", "format", "indent", "pprint", "random", "urlize", "wordwrap")
_STRING_METHODS: Final = frozenset(
    (
        *("capitalize", "casefold", "endswith", "lower", "lstrip", "partition", "removeprefix"),
        *("removesuffix", "rpartition", "rstrip", "split", "splitlines", "startswith", "strip"),
        *("title", "upper"),
    )
)
_SIZED: Final = (str, list, tuple, dict, set, frozenset, range)
_WIDE: Final = pattern(r"[0-9]{4,}|%[^a-zA-Z%]*\*")


class Sandbox(ImmutableSandboxedEnvironment):
    """Compiles templates whose work is counted; `left` is what may still be done."""

    intercepted_binops = frozenset(("+", "*", "**", "%"))

    def __init__(self) -> None:
        super().__init__(
            undefined=StrictUndefined,
            autoescape=False,  # It is for HTML; the `md` filter is ours.
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            optimized=False,  # Nothing of ours runs but when its work is counted.
        )
        self.left = MOST_WORK
        for name in _NO_FILTERS:
            del self.filters[name]
        del self.globals["lipsum"]
        self.filters = {name: self._guarded(function) for name, function in self.filters.items()}
        self.filters |= {"counted": self._counted, "sized": self._sized}

    def compile_bounded(self, text: str, kept: BytecodeCache | None = None) -> Template:
        """Return a template whose loops, calls and texts are counted.

        `kept` has those that were compiled before.

        Raises:
            TemplateSyntaxError: It cannot be parsed, or is nested too deep for that.
        """
        bucket = kept.get_bucket(self, "plan", None, text) if kept else None
        code = (bucket and bucket.code) or self._compile_counted(text)
        if kept and bucket and bucket.code is None:
            bucket.code = code
            kept.set_bucket(bucket)
        return Template.from_code(self, code, self.make_globals(None))

    def _compile_counted(self, text: str) -> CodeType:
        self._refuse_depth(text)
        return self.compile(_Counting().visit(self.parse(text)))

    def render_bounded(self, template: Template, names: Any) -> str:
        """Return the text that a template makes.

        Raises:
            SecurityError: It is far longer than a page, or takes more work.
        """
        self.left = MOST_WORK
        pieces, length = [], 0
        for piece in template.generate(names):
            pieces.append(piece)
            length += len(piece)
            if length > MOST_CHARACTERS:
                raise SecurityError(f"it makes more than {MOST_CHARACTERS:,} characters")
        return "".join(pieces)

    def getattr(self, obj: Any, attribute: str) -> Any:
        # A short cut: the fields of our own records are data and always safe.
        if attribute in getattr(type(obj), "__dataclass_fields__", ()):
            return getattr(obj, attribute)
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        if isinstance(obj, (str, bytes, int, float)):
            return isinstance(obj, str) and attr in _STRING_METHODS
        return super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> None:
        """Leave `format` to `is_safe_attribute`: a width in it becomes length."""

    def call(__self, __context: Context, __obj: Any, *args: Any, **kwargs: Any) -> Any:  # noqa: N805
        __self._spend(_TURNS_OF_ONE_CALL)
        __self._weigh(args)
        if isinstance(getattr(__obj, "__self__", None), date) and _WIDE.search(str(args)):
            raise _too_wide()
        return __self._sized(super().call(__context, __obj, *args, **kwargs))

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        size = _size_after(operator, left, right)
        self._spend(1 + size // _LETTERS_OF_ONE_TURN)
        return super().call_binop(context, operator, left, right)

    def _guarded(self, function: Callable[..., Any]) -> Callable[..., Any]:
        @wraps(function)
        def guarded(*args: Any, **kwargs: Any) -> Any:
            self._weigh((*args, *kwargs.values()))
            return self._sized(function(*args, **kwargs))

        return guarded

    def _weigh(self, values: Iterable[Any]) -> None:
        """Spend what a call with these values may take."""
        for value in values:
            if isinstance(value, (int, float)) and not -_LARGEST <= value <= _LARGEST:
                raise SecurityError(f"a call takes no number beyond {_LARGEST:,}")
            self._sized(value)

    def _sized(self, value: Any) -> Any:
        self._spend(1 + (len(value) if isinstance(value, _SIZED) else 0) // _LETTERS_OF_ONE_TURN)
        return value

    def _counted(self, values: Iterable[Any], weight: int) -> Iterator[Any]:
        """Yield the values of a loop, whose body writes so many letters in each turn."""
        for value in values:
            self._spend(1 + weight // _LETTERS_OF_ONE_TURN)
            yield value

    def _spend(self, work: int) -> None:
        self.left -= work
        if self.left < 0:
            raise SecurityError("it takes far more work than a page needs, or never ends")

    def _refuse_depth(self, text: str) -> None:
        """Refuse what a parser would lose itself in; the tokens stand in one flat row."""
        if len(text) > _MOST_LETTERS:
            raise TemplateSyntaxError(f"it has more than {_MOST_LETTERS:,} characters", 1)
        blocks = brackets = branches = tokens = in_all = 0
        before = ""
        for line, kind, value in self.lex(text):
            if kind in ("block_begin", "variable_begin"):
                tokens = brackets = 0
            elif kind not in ("data", "whitespace"):
                tokens, in_all = tokens + 1, in_all + 1
            if before == "block_begin" and kind == "name":
                blocks += (value in _BLOCKS) - value.startswith("end")
                branches += value == "elif"
            if kind == "operator":
                brackets += (value in ("(", "[", "{")) - (value in (")", "]", "}"))
            if kind in ("integer", "float") and len(value) > _MOST_DIGITS:
                raise TemplateSyntaxError("a number has too many digits", line)
            if (
                blocks > _DEEPEST_BLOCKS
                or brackets > _DEEPEST_BRACKETS
                or tokens > _MOST_TOKENS
                or branches > _MOST_BRANCHES
                or in_all > _MOST_TOKENS_IN_ALL
            ):
                raise TemplateSyntaxError("it is nested too deep, or far too long", line)
            before = before if kind == "whitespace" else kind


class _Counting(NodeTransformer):
    """Puts the counting filters around what repeats or grows."""

    def visit_For(self, node: nodes.For) -> nodes.Node:  # noqa: N802
        if node.recursive:
            raise TemplateSyntaxError("a loop that calls itself is not allowed", node.lineno)
        weight = sum(len(data.data) for data in node.find_all(nodes.TemplateData))
        self.generic_visit(node)
        node.iter = _filtered(node.iter, "counted", nodes.Const(weight))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        return _filtered(node, "sized")

    def visit_AssignBlock(self, node: nodes.AssignBlock) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.filter = _filtered(node.filter, "sized")
        return node


def _filtered(node: Any, name: str, *args: nodes.Expr) -> nodes.Filter:
    line = node.lineno if node is not None else 1
    return nodes.Filter(node, name, list(args), [], None, None, lineno=line)


def _size_after(operator: str, left: Any, right: Any) -> int:
    """Return how long the result of an operator may get, before it is made.

    Raises:
        SecurityError: It is a number, or a text, of any length.
    """
    if operator == "+":
        return sum(len(value) for value in (left, right) if isinstance(value, _SIZED))
    if operator == "%":
        if isinstance(left, str) and _WIDE.search(left):
            raise _too_wide()
        return len(left) if isinstance(left, str) else 0
    if isinstance(left, _SIZED) or isinstance(right, _SIZED):
        long, times = (left, right) if isinstance(left, _SIZED) else (right, left)
        return len(long) * times if isinstance(times, int) else 0
    if abs(left) > 10**_MOST_DIGITS or abs(right) > (64 if operator == "**" else 10**_MOST_DIGITS):
        raise SecurityError("a number is too large")
    return 0


def _too_wide() -> SecurityError:
    return SecurityError("a width is too large")
