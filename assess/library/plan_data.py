"""The catalogue and the rules that go with a questionnaire."""

from dataclasses import dataclass

from assess.answers import Assessment
from assess.catalogue import Catalogue, read_catalogue
from assess.errors import MismatchError, Problem
from assess.goals import FigureCatalogue, read_figures
from assess.library import Library
from assess.library.files import at, exists, read_toml
from assess.questionnaire import Questionnaire
from assess.rules import Rules, read_rules


@dataclass(frozen=True, slots=True)
class PlanData:
    """What goes with a questionnaire."""

    catalogue: Catalogue
    rules: Rules


def read_plan_data(library: Library, questionnaire: Questionnaire) -> PlanData:
    """Return the catalogue and the rules of a questionnaire's plan folder."""
    folder = library.plan_folder(questionnaire)
    actions, rules = folder / "actions.toml", folder / "rules.toml"
    catalogue = at(actions, lambda: read_catalogue(read_toml(actions), questionnaire))
    return PlanData(
        catalogue, at(rules, lambda: read_rules(read_toml(rules), questionnaire, catalogue))
    )


def read_key_figures(library: Library, questionnaire: Questionnaire) -> FigureCatalogue:
    """Return the key figures to choose from; a plan folder without any offers none."""
    path = library.plan_folder(questionnaire) / "figures.toml"
    if not exists(path):
        return FigureCatalogue()
    return at(path, lambda: read_figures(read_toml(path)))


def load_plan_data(library: Library, assessment: Assessment) -> PlanData:
    """Return the catalogue and the rules for an assessment's questionnaire.

    Raises:
        MismatchError: The actions are for another version of the questionnaire.
    """
    asked = assessment.questionnaire
    now = library.questionnaire(asked.id)
    if now.version != asked.version:
        raise MismatchError(
            Problem(
                f"The answers are for version {asked.version} of '{asked.id}', the actions for "
                f"version {now.version}.",
                f"assessment of {assessment.team}, {assessment.date}",
                "Assess again with the new version: assess run",
            )
        )
    return read_plan_data(library, asked)
