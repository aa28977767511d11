"""The form as one HTML file: its script is let run by its hash, and nothing else is.

Source: docs/decisions/0016-form.md
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files
from typing import Final

from jinja2 import Environment, PackageLoader, StrictUndefined

from assess.cells import harmless
from assess.media.html.render import POLICY

_FOLDER: Final = "assess.media.html"


def render_form(
    data: Mapping[str, object], *, title: str, without_script: Sequence[str], language: str
) -> str:
    """Return the form; `data` is all that its script knows, as JSON.

    `without_script` stands in the page until the script has found that it can work.
    """
    script = _read("form.js")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    environment = Environment(
        loader=PackageLoader(_FOLDER, "templates"), autoescape=True, undefined=StrictUndefined
    )
    return environment.get_template("form.html.j2").render(
        policy=f"{POLICY}; script-src 'sha256-{digest}'",
        style=_read("form.css"),
        script=script,
        data=_as_block(data),
        title=harmless(title),
        without_script=without_script,
        language=language,
    )


def _read(name: str) -> str:
    # The hash is over the text as a browser reads it, whatever the line ends on the disk.
    text = files(_FOLDER).joinpath("templates", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n")


def _as_block(data: Mapping[str, object]) -> str:
    """Return JSON that ends no element and begins none, wherever people typed what."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
