"""Commands as people type them, in a folder of their own, with a small questionnaire."""

import io
import json
import os
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import click
import pytest

from assess.answers_file import format_answers, read_answers
from assess.cli import main
from assess.questionnaire import STAGES
from assess.record import record
from tests.builders import DAY, answers_table, make_questionnaire

SMALL = make_questionnaire(goals=2, roles=2)

_QUESTION = """
[[question]]
id = "{dimension}-{number}"
dimension = "{dimension}"
ask = "How is {dimension} {number}?"
levels = ["At level 0.", "At level 1.", "At level 2.", "At level 3."]
"""
_ACTION = """
[[action]]
id = "lift-{question}-{level}"
title = "Lift {question} to {level}"
objective = "Work is easier by {{end_date}}."
lifts = {{ {question} = {level} }}
role = "manager"
steps = [{{ week = 1, hours = 2, do = "Begin with {question}." }}]
"""


@record
class Ran:
    """What a command left: its exit code, and what it wrote."""

    code: int
    out: str
    err: str

    @property
    def said(self) -> str:
        """What stands on stderr, however the lines were broken and drawn."""
        return " ".join(click.unstyle(self.err).split())

    @property
    def document(self) -> Any:
        """The one JSON document on stdout."""
        return json.loads(self.out)


class _Terminal(io.StringIO):
    """A terminal at which somebody has typed ahead."""

    def isatty(self) -> bool:
        return True


class CommandLine:
    """Runs commands in this process; between two of them only files remain."""

    def __init__(
        self, folder: Path, patch: pytest.MonkeyPatch, capture: pytest.CaptureFixture[str]
    ) -> None:
        self.folder = folder
        self.store = folder / "store.sqlite"
        self.codes: Iterator[str] = iter(())
        self._patch = patch
        self._capture = capture

    def __call__(self, *arguments: str | Path) -> Ran:
        """Run a command without a terminal."""
        self._capture.readouterr()
        code = main([str(argument) for argument in arguments])
        written = self._capture.readouterr()
        return Ran(code, written.out, written.err)

    def complete(self) -> str:
        """Do what a shell asks for in its environment variables, and return what it reads."""
        self._capture.readouterr()
        with pytest.raises(SystemExit):
            main([])
        return self._capture.readouterr().out

    def type_in(self, typed: str, *arguments: str | Path) -> Ran:
        """Run a command in a plain terminal; each line that is typed is an answer."""
        with self._patch.context() as patch:
            screen = _Terminal()
            patch.setattr(sys, "stdin", _Terminal(typed))
            patch.setattr(sys, "stderr", screen)
            ran = self(*arguments, "--plain")
        return Ran(ran.code, ran.out, screen.getvalue())

    def environment(self, **more: str) -> dict[str, str]:
        """Return what a process of its own needs to be the same command line."""
        root = str(Path(__file__).parent.parent)
        return {**os.environ, "PYTHONPATH": root, **more}

    def use_small_data(self) -> None:
        """Use a questionnaire of four questions, `small`, with an action for each rung."""
        data = self.folder / "data"
        plans = data / "plans" / "small"
        plans.mkdir(parents=True)
        (data / "questionnaires").mkdir()
        (data / "questionnaires" / "small.toml").write_text(_small_questionnaire())
        (plans / "actions.toml").write_text(
            "".join(
                _ACTION.format(question=question, level=level)
                for question in SMALL.by_id
                for level in (1, 2, 3)
            )
        )
        (plans / "rules.toml").write_text("")
        self._patch.setenv("ASSESS_DATA", str(data))

    def forget_data(self) -> None:
        """Use the shipped questionnaires only."""
        self._patch.delenv("ASSESS_DATA")

    def write_answers(self, name: str, *given: object, day: date = DAY, **head: Any) -> Path:
        """Write an answers file to `small`: a value for each question, or one for all."""
        table = answers_table(SMALL, *given, date=day, **head)
        path = self.folder / name
        path.write_text(format_answers(read_answers(table, SMALL)), encoding="utf-8")
        return path

    def open_to(self, invite: int = 20, *options: str | Path, **head: Any) -> Ran:
        """Open an assessment of Lyon to so many members; `codes` has what they were given."""
        day = head.get("day", DAY)
        about = ("--team", "Lyon", "--questionnaire", "small", "--today", str(day))
        ran = self("open", *about, "--invite", str(invite), *options, "--json")
        if ran.code == 0:
            self.codes = iter(ran.document["codes"])
        return ran

    def write_members(self, *levels: object, **head: Any) -> list[Path]:
        """Write a member's answers file for each level, each with a code of its own."""
        return [self.write_member(number, level, **head) for number, level in enumerate(levels, 1)]

    def write_member(self, number: int, *given: object, **head: Any) -> Path:
        """Write one member's answers file, with the next code."""
        code = next(self.codes)
        name = f"member-{number}.toml"
        return self.write_answers(name, *given, respondent="member", code=code, **head)


def _small_questionnaire() -> str:
    dimensions = "".join(
        f'[[dimension]]\nid = "{d.id}"\ntitle = "{d.title}"\nabout = "{d.about}"\n'
        for d in SMALL.dimensions
    )
    questions = "".join(
        _QUESTION.format(dimension=question.dimension, number=question.id.split("-")[1])
        for question in SMALL.questions
    )
    head = 'id = "small"\nversion = 1\ntitle = "Small"\nlanguage = "en"\nplan = "small"\n'
    stages = "".join(f'[stage.{s}]\nwhere = "In {s}."\nwork = "Its work."\n' for s in STAGES)
    return f"{head}[stage_rule]\noverall = 0.8\neach = 0.5\n{stages}{dimensions}{questions}"
