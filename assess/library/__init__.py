"""Finds and reads data files.

The shipped questionnaires and plans lie beside the package in a checkout and inside it
once installed; `files.shipped_data` is the one place that knows both. A folder named with
`--data` has the same two folders and is looked at first.
"""

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

from assess.answers import Answers
from assess.answers_file import read_answers
from assess.datafile import DataTable
from assess.errors import AnswersError, DataFileError, nearest
from assess.library.files import at, exists, read_text, read_toml, shipped_data
from assess.library.sharing import PLAN_FILES, QUESTIONNAIRE, read_shared
from assess.misfit import ID_PATTERN
from assess.questionnaire import Questionnaire, read_questionnaire


class Library:
    """Reads questionnaires and templates from a folder of one's own, then the shipped one."""

    def __init__(self, own: Path | None = None) -> None:
        self._read: dict[str, Questionnaire] = {}
        self._folders = (*([own] if own else []), shipped_data())
        if own is not None and not own.is_dir():
            what = "There is no such data folder."
            fix = "Name a folder that holds questionnaires/ and plans/."
            raise DataFileError(what, str(own), fix)

    def questionnaire_ids(self) -> tuple[str, ...]:
        return tuple(sorted({name for folder in self._folders for name in _list_ids(folder)}))

    def first_questionnaire_ids(self) -> tuple[str, ...]:
        """Return the ids of those in the folder of one's own, or of the shipped ones without it.

        Raises:
            DataFileError: The folder has none.
        """
        found = _list_ids(self._folders[0])
        if not found:
            what = "There is no questionnaire in this folder."
            fix = "Put it into questionnaires/ there, as ID.toml."
            raise DataFileError(what, str(self._folders[0]), fix)
        return tuple(found)

    def usual_questionnaire(self) -> str | None:
        """Return the id of the one that is taken where nobody names any; None if that is open.

        The only one in a folder of one's own comes before what the files themselves say.
        """
        for folder in self._folders:
            found = _list_ids(folder)
            usual = found if len(found) == 1 else [n for n in found if self.questionnaire(n).usual]
            if found:
                return usual[0] if len(usual) == 1 else None
        return None

    def questionnaire(self, name: str) -> Questionnaire:
        """Return a questionnaire by its id; its file is read once."""
        if name not in self._read:
            self._read[name] = self._read_questionnaire(name)
        return self._read[name]

    def template(self, questionnaire: Questionnaire, name: str) -> str:
        """Return the text of a template; a plan folder without it uses the shipped one."""
        own = self.own_template(questionnaire, name)
        return read_text(own or shipped_data() / "plans" / "templates" / name)

    def own_template(self, questionnaire: Questionnaire, name: str) -> Path | None:
        """Return the template that a plan folder has in the place of the shipped one."""
        own = self.plan_folder(questionnaire) / "templates" / name
        return own if own.is_file() else None

    def plan_table(self, questionnaire: Questionnaire, file: str) -> tuple[Path, DataTable]:
        """Return where a file of a plan folder is, and what it holds with what it takes."""
        path = self.plan_folder(questionnaire) / file

        def find(plan: str) -> Path | None:
            there = self._find_plan(plan) if re.search(ID_PATTERN, plan) else None
            return there / file if there and exists(there / file) else None

        return path, read_shared(path, PLAN_FILES[file], find)

    def plan_folder(self, questionnaire: Questionnaire) -> Path:
        """Return the folder with the catalogue, rules and templates of a questionnaire."""
        if (there := self.find_plan_folder(questionnaire)) is not None:
            return there
        what = f"There is no plan folder '{questionnaire.plan}'."
        fix = f"Create plans/{questionnaire.plan} with actions.toml and rules.toml."
        raise DataFileError(what, f"questionnaire '{questionnaire.id}', plan", fix)

    def example(self, name: str) -> str:
        """Return the page of a worked example, as Markdown."""
        pages = {p.stem: p for f in self._folders[::-1] for p in f.glob("docs/examples/*.md")}
        if name not in pages:
            raise DataFileError(
                f"Unknown example '{name}'.", "PAGE", nearest(name, pages.keys() - {"README"})
            )
        return read_text(pages[name])

    def find_plan_folder(self, questionnaire: Questionnaire) -> Path | None:
        """Return that folder, or None: answers can be given and scored without it."""
        return self._find_plan(questionnaire.plan)

    def _find_plan(self, plan: str) -> Path | None:
        folders = (folder / "plans" / plan for folder in self._folders)
        return next((path for path in folders if path.is_dir()), None)

    def _read_questionnaire(self, name: str) -> Questionnaire:
        path = self._questionnaire_path(name)
        table = read_shared(path, QUESTIONNAIRE, self._find_questionnaire)
        questionnaire = at(path, lambda: read_questionnaire(table))
        if questionnaire.id != name:
            what = f"The file's id is '{questionnaire.id}', which is not its name."
            fix = f"Rename the file to {questionnaire.id}.toml, or set id = '{name}'."
            raise DataFileError(what, f"{path}, id", fix)
        return questionnaire

    def _questionnaire_path(self, name: str) -> Path:
        if (path := self._find_questionnaire(name)) is not None:
            return path
        fix = nearest(name, self.questionnaire_ids())
        raise DataFileError(f"Unknown questionnaire '{name}'.", "--questionnaire", fix)

    def _find_questionnaire(self, name: str) -> Path | None:
        if name not in self.questionnaire_ids():
            return None
        paths = (folder / "questionnaires" / f"{name}.toml" for folder in self._folders)
        return next((path for path in paths if path.is_file()), None)


def _list_ids(folder: Path) -> list[str]:
    return sorted(path.stem for path in folder.glob("questionnaires/*.toml"))


def read_answers_file(
    path: Path, library: Library, as_opened: Mapping[str, Questionnaire] = MappingProxyType({})
) -> tuple[Answers, Questionnaire]:
    """Return the answers in a file, with the questionnaire as it was put to whoever answered.

    `as_opened` has questionnaires by id that come before those of the library.
    """
    table = read_toml(path, AnswersError)
    name = table.get("questionnaire")
    if not isinstance(name, str):
        what = "The file does not say which questionnaire it answers."
        fix = 'Begin the file with questionnaire = "marketing-team".'
        raise AnswersError(what, f"{path}, questionnaire", fix)
    known = {*library.questionnaire_ids(), *as_opened}
    if name not in known:
        raise AnswersError(
            f"Unknown questionnaire '{name}'.", f"{path}, questionnaire", nearest(name, known)
        )
    questionnaire = as_opened.get(name) or library.questionnaire(name)
    answers = at(path, lambda: read_answers(table, questionnaire))
    return answers, questionnaire.fitted(answers.about)
