"""The form as one HTML file: its script is let run by its hash, and nothing else is.

Source: docs/decisions/0016-form.md
"""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from hashlib import sha256
from importlib.resources import files

from assess.media.html.render import POLICY, make_environment


def render_form(
    data: Mapping[str, object], *, title: str, without_script: Sequence[str], language: str
) -> str:
    """Return the form; `data` is all that its script knows, as JSON.

    `without_script` stands in the page until the script has found that it can work.
    """
    # The hash is over the text as a browser reads it, whatever the line ends on the disk.
    script = files("assess.media.html").joinpath("templates/form.js").read_text(encoding="utf-8")
    script = script.replace("\r\n", "\n")
    digest = b64encode(sha256(script.encode()).digest()).decode()
    return (
        make_environment()
        .get_template("form.html.j2")
        .render(
            policy=f"{POLICY}; script-src 'sha256-{digest}'",
            script=script,
            data=_as_block(data),
            title=title,
            without_script=without_script,
            language=language,
        )
    )


def _as_block(data: Mapping[str, object]) -> str:
    """Return JSON that ends no element and begins none, wherever people typed what."""
    text = json.dumps(data, ensure_ascii=True, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")
