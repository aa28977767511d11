"""The form in a real Chromium: with the keyboard alone, at 320 px, with the network cut off.

Install what drives it with `npm ci --prefix tests/node`; Chromium comes from the system.
"""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest

from tests.typing_in import CommandLine

pytestmark = pytest.mark.browser

NODE = Path(__file__).parent / "node"
AT = ("--today", "2026-11-22")


def fill_form(assess: CommandLine) -> dict[str, Any]:
    """Answer a form of the shipped questionnaire, and return what was seen on the way."""
    chromium = shutil.which("chromium")
    assert chromium, "chromium is missing; install the package of the system"
    assert (NODE / "node_modules/axe-core").exists(), "run: npm ci --prefix tests/node"
    about = ("--team", "Lyon", "--questionnaire", "marketing-team", *AT)
    codes = assess("open", *about, "--invite", "5", "--json").document["codes"]
    form, sent = assess.folder / "form.html", assess.folder / "sent"
    sent.mkdir()
    assert assess("form", "--out", form, *AT).code == 0
    command = ["node", NODE / "fill-form.mjs", chromium, form, codes[0], codes[1], sent]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    seen: dict[str, Any] = json.loads(done.stdout)
    return {**seen, "form": form, "sent": sent}


def test_from_the_first_question_to_a_collected_file(assess: CommandLine) -> None:
    seen = fill_form(assess)

    # Nothing leaves, nothing is forbidden because nothing is tried, nothing becomes markup.
    assert set(seen["requests"]) == {seen["form"].as_uri()}
    assert (seen["violations"], seen["messages"]) == ([], [])
    assert "<img src=x onerror=alert(1)>" in seen["review"]

    # Everybody can use it: axe finds nothing in any view, nor anything wider than the screen.
    assert seen["axe"] == {}
    assert seen["widest"] <= 320
    assert set(seen["headings"]) == {1}
    assert set(seen["focus"]) == {"H1"}
    assert seen["nothing_chosen"].startswith("Question 2 of 41.")
    assert "please compare each letter" in seen["slip"]

    # The draft is opened with its code only, and goes when the file is there.
    assert "said in the form alone" not in seen["after_reload"] + seen["stored"]
    assert seen["with_another_code"].startswith("Question 1 of 41.")
    assert seen["resumed"] == seen["before_reload"]
    assert (seen["kept_until_asked"], seen["left"], seen["plain_on_disk"]) == (1, "{}", [])

    # The file is read by the store that opened the assessment, and counts as one member.
    ran = assess("collect", seen["sent"], "--json")
    assert (ran.code, ran.document["collected"], ran.document["refused"]) == (0, 1, [])
    assert assess("collect", seen["sent"], "--json").document["already"] == 1
    assert b"said in the form alone" not in (seen["sent"] / seen["name"]).read_bytes()
