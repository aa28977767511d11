"""A questionnaire of one's own, begun: small files that work, to change until they fit."""

import re
from importlib.resources import files
from pathlib import Path
from typing import Final

from assess.commands import join_command
from assess.errors import AssessError, Problem
from assess.library import Library
from assess.library.files import exists, write_text
from assess.misfit import ID_PATTERN, describe_misfit
from assess.pages.content import make_beginning_page
from assess.workflow.outcome import Outcome

_STARTER: Final = "starter"
"""What the files in the package are called; the name that was chosen takes its place."""


def begin_questionnaire(name: str, data: Path | None) -> Outcome:
    """Write a questionnaire with actions, rules and figures, into a folder of its own."""
    folder = data or Path(name)
    texts = {folder / place: text for place, text in _texts(name).items()}
    if problems := [*_name_problems(name, data), *_taken(texts)]:
        raise AssessError(*problems)
    for path, text in texts.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, text)
    names = tuple(map(str, texts))
    with_data = ("--data", str(folder))
    steps = (
        ("Change them, and check them after each change:", join_command("check", str(folder))),
        ("See what would be asked:", join_command("questionnaire", name, *with_data)),
        ("Try it on a team that you know:", join_command("run", *with_data)),
    )
    return Outcome((make_beginning_page(name, names, steps),), lambda: {"files": list(names)})


def _texts(name: str) -> dict[str, str]:
    folder = files("assess.library").joinpath(_STARTER)
    places = {
        "questionnaire.toml": f"questionnaires/{name}.toml",
        **{file: f"plans/{name}/{file}" for file in ("actions.toml", "rules.toml", "figures.toml")},
    }
    title = name.replace("-", " ").capitalize()
    return {
        place: folder.joinpath(file)
        .read_text(encoding="utf-8")
        .replace(f'"{_STARTER}"', f'"{name}"')
        .replace(f'"{_STARTER.capitalize()}"', f'"{title}"')
        for file, place in places.items()
    }


def _name_problems(name: str, data: Path | None) -> list[Problem]:
    if not re.search(ID_PATTERN, name):
        what, fix = describe_misfit("string_pattern_mismatch", {"pattern": ID_PATTERN})
        return [Problem(f"{what}: '{name}'.", "NAME", fix)]
    own = data if data is not None and data.is_dir() else None
    if name in Library(own).questionnaire_ids():
        return [Problem(f"There is a questionnaire '{name}' already.", "NAME", "Choose another.")]
    return []


def _taken(paths: dict[Path, str]) -> list[Problem]:
    return [
        Problem("A file of this name is there already.", str(path), "Move it, or name another.")
        for path in paths
        if exists(path)
    ]
