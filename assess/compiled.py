"""What takes long to read, kept as it was read before: templates compiled, data files parsed.

It lies where Python keeps compiled modules, and by the same rules: beside the package, never in
a person's folders, not at all where Python is told to write none or cannot, and made anew when
what it was made of has changed. Source: docs/decisions/0019-cold-start.md
"""

import json
import os
import sys
from collections.abc import Callable
from contextlib import suppress
from decimal import Decimal
from hashlib import sha256
from importlib.util import cache_from_source
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from jinja2.bccache import Bucket, BytecodeCache

_COMPILING: Final = ("render.py", "sandbox.py")
"""The modules of ours that have a part in what a compiled template does."""


def parse_once(path: Path, text: str, parse: Callable[[str], dict[str, Any]]) -> dict[str, Any]:
    """Return the tables of a data file that comes with the package; its numbers are exact."""
    place, digest = _place(str(path)), sha256(text.encode()).hexdigest()
    with suppress(OSError, ValueError):
        made_of, tables = json.loads(place.read_bytes(), parse_float=Decimal)
        if made_of == digest:
            return tables  # type: ignore[no-any-return]
    tables = parse(text)
    with suppress(TypeError):
        _keep(place, json.dumps([digest, tables], default=_as_number).encode())
    return tables


def _as_number(value: object) -> float:
    """Return what JSON writes as the same number; days and other numbers cannot be kept."""
    if isinstance(value, Decimal) and Decimal(repr(float(value))) == value:
        return float(value)
    raise TypeError


def compiled_templates() -> "BytecodeCache":
    """Return where Jinja looks for templates that it compiled before."""
    import jinja2.compiler
    from jinja2.bccache import BytecodeCache

    document = Path(__file__).parent / "document"
    makers = [Path(jinja2.compiler.__file__), *(document / name for name in _COMPILING)]

    class CompiledTemplates(BytecodeCache):
        def get_source_checksum(self, source: str) -> str:
            made = [(maker.stat().st_size, maker.stat().st_mtime_ns) for maker in makers]
            return sha256(f"{made} {source}".encode()).hexdigest()

        def load_bytecode(self, bucket: "Bucket") -> None:
            # A file that was cut, or that something else wrote, says so in many ways.
            with suppress(Exception), _place(bucket.key).open("rb") as file:
                bucket.load_bytecode(file)

        def dump_bytecode(self, bucket: "Bucket") -> None:
            _keep(_place(bucket.key), bucket.bytecode_to_string())

    return CompiledTemplates()


def _place(name: str) -> Path:
    digest = sha256(name.encode()).hexdigest()[:16]
    return Path(cache_from_source(__file__)).with_name(f"kept-{digest}")


def _keep(place: Path, content: bytes) -> None:
    if sys.dont_write_bytecode:
        return
    unfinished = place.with_name(f"{place.name}.{os.getpid()}")
    with suppress(OSError):
        place.parent.mkdir(parents=True, exist_ok=True)
        unfinished.write_bytes(content)
        unfinished.replace(place)
