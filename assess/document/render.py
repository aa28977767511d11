"""Plans and results -> Markdown, by Jinja templates in a sandbox.

Templates place and repeat; what there is to say is made ready in `assess.pages`. A
template may come from outside the package, so every one runs in the sandbox.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from jinja2 import Template, TemplateError, TemplateSyntaxError
from jinja2.exceptions import SecurityError

from assess.document.blocks import FORMAT, format_block
from assess.document.head import quote_yaml
from assess.document.markdown import escape_markdown, escape_mermaid, format_table
from assess.document.sandbox import Sandbox
from assess.errors import DataFileError, Problem
from assess.figures import long_day, short_day
from assess.patterns import pattern

if TYPE_CHECKING:
    from jinja2 import BytecodeCache


_EMPTY_LINES: Final = pattern(r"\n{3,}")


def render(template: str, names: Mapping[str, Any], kept: "BytecodeCache | None" = None) -> str:
    """Return the text that a template makes of the names it is given.

    `kept` has templates that were compiled before.

    Raises:
        DataFileError: The template has a mistake, or names something that does not exist.
    """
    try:
        text = _environment().render_bounded(_compile(template, kept), names)
    except Exception as error:
        # A template can fail in any way: a sum of text and number, an include, a division.
        line = _failing_line(error)
        if line is None and not isinstance(error, SecurityError):
            raise
        raise DataFileError(_problem(error, f"line {line}" if line else "the template")) from error
    return _EMPTY_LINES.sub("\n\n", text).strip("\n") + "\n"


@lru_cache(maxsize=32)
def _compile(template: str, kept: "BytecodeCache | None") -> Template:
    try:
        return _environment().compile_bounded(template, kept)
    except TemplateSyntaxError:
        raise
    except Exception as error:
        # Whatever else stops a compiler is in the text: it has nothing besides.
        raise DataFileError(_problem(error, "the template")) from error


@lru_cache(maxsize=1)
def _environment() -> Sandbox:
    environment = Sandbox()
    environment.filters.update(
        md=escape_markdown,
        mermaid=escape_mermaid,
        yaml=quote_yaml,
        short_day=short_day,
        long_day=long_day,
    )
    environment.globals.update(block=_block, table=_table, format=FORMAT)
    return environment


def _block(name: str, caller: Callable[[], str]) -> str:
    return format_block(name, _EMPTY_LINES.sub("\n\n", caller()))


def _table(header: Sequence[str], rows: Iterable[Sequence[str]], align: str = "") -> str:
    escaped = (tuple(escape_markdown(cell) for cell in row) for row in rows)
    return format_table(header, escaped, align)


def _problem(error: Exception, where: str) -> Problem:
    message = (error.message if isinstance(error, TemplateError) else None) or str(error)
    return Problem(
        f"The template cannot be used: {message.rstrip('.')}.",
        where,
        "Correct this line; docs/document.md lists what a template may name.",
    )


def _failing_line(error: Exception) -> int | None:
    """Return the last line of the template that was at work, as Jinja maps it back."""
    if isinstance(error, TemplateSyntaxError):
        return error.lineno
    line, trace = None, error.__traceback__
    while trace is not None:
        if trace.tb_frame.f_code.co_filename == "<template>":
            line = trace.tb_lineno
        trace = trace.tb_next
    return line
