"""The catalogue and the rules that go with a questionnaire."""

from collections.abc import Mapping

from assess.answers import Assessment
from assess.catalogue.action import Action, Catalogue
from assess.catalogue.reading import read_catalogue
from assess.errors import DataFileError, MismatchError
from assess.goals.families import FigureCatalogue, read_figures
from assess.library import Library
from assess.library.files import at, exists
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.rules.model import Rules
from assess.rules.reading import read_rules


@record
class PlanData:
    """What goes with a questionnaire."""

    catalogue: Catalogue
    rules: Rules


def read_plan_data(
    library: Library, questionnaire: Questionnaire, *, examples: bool = True
) -> PlanData:
    """Return the catalogue and the rules of a questionnaire's plan folder.

    They speak of all questions, whatever is put to one team.
    """
    catalogue, whole = _read_actions(library, questionnaire), questionnaire.fitted({})
    path, table = library.plan_table(questionnaire, "rules.toml")
    rules = at(path, lambda: read_rules(table, whole, catalogue, examples=examples))
    return PlanData(catalogue, rules)


def _read_actions(library: Library, questionnaire: Questionnaire) -> Catalogue:
    path, actions = library.plan_table(questionnaire, "actions.toml")
    return at(path, lambda: read_catalogue(actions, questionnaire.fitted({})))


def read_key_figures(library: Library, questionnaire: Questionnaire) -> FigureCatalogue:
    """Return the key figures to choose from; without a plan folder, or a file in it, none."""
    folder = library.find_plan_folder(questionnaire)
    if folder is None or not exists(folder / "figures.toml"):
        return FigureCatalogue()
    path, figures = library.plan_table(questionnaire, "figures.toml")
    return at(path, lambda: read_figures(figures))


def find_missing_files(library: Library, questionnaire: Questionnaire) -> tuple[str, ...]:
    """Return which files a plan would need and that are not there, as they are to be called."""
    there, place = library.find_plan_folder(questionnaire), f"plans/{questionnaire.plan}"
    names = ("actions.toml", "rules.toml")
    return tuple(f"{place}/{n}" for n in names if there is None or not exists(there / n))


def load_plan_data(library: Library, assessment: Assessment) -> PlanData:
    """Return the catalogue and the rules for an assessment's questionnaire, for its plan.

    Raises:
        MismatchError: The actions are for another version of the questionnaire.
    """
    _refuse_other_version(library, assessment)
    return read_plan_data(library, assessment.questionnaire, examples=False)


def load_catalogue(library: Library, assessment: Assessment) -> Catalogue:
    """Return the catalogue alone, as `load_plan_data` does: rules take as long again to read."""
    _refuse_other_version(library, assessment)
    return _read_actions(library, assessment.questionnaire)


def find_actions(library: Library, assessment: Assessment) -> Mapping[str, Action]:
    """Return the catalogue by action; empty where it is of another version, or not usable."""
    try:
        return load_catalogue(library, assessment).by_id
    except (DataFileError, MismatchError):
        return {}


def _refuse_other_version(library: Library, assessment: Assessment) -> None:
    asked = assessment.questionnaire
    now = library.questionnaire(asked.id)
    if now.version != asked.version:
        raise MismatchError(
            f"The answers are for version {asked.version} of '{asked.id}', the actions for "
            f"version {now.version}.",
            f"assessment of {assessment.team}, {assessment.date}",
            "Assess again with the new version: assess run",
        )
