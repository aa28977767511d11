"""Examples: a team in short, and what has to come out.

`given` says how the team answered, the closer the stronger: a question, a share of a
dimension, a dimension, a share of every dimension, all questions. What nothing speaks of is
at level 0. A share puts the first questions of a dimension, in file order, on the level.
"""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any, Final

from assess.answers import DONT_KNOW, NOT_APPLICABLE
from assess.catalogue.action import Catalogue
from assess.datafile import Record, TeamSize, WholeHours, read_record, unknown_names
from assess.errors import Problem, nearest
from assess.questionnaire import STAGES, Question, Questionnaire, read_about
from assess.rules.model import Example, ExampleTable, Limits
from assess.rules.vocabulary import flatten
from assess.scoring.records import Level

_CIRCUMSTANCES: Final = ("hours_per_week", "team_size")
_LEVELS: Final = f'Use a level from 0 to 3, "{DONT_KNOW}" or "{NOT_APPLICABLE}".'

_Shares = Mapping[str, Fraction]


class _Circumstances(Record):
    hours_per_week: WholeHours | None = None
    team_size: TeamSize | None = None


def read_example(
    read: ExampleTable,
    number: int,
    questionnaire: Questionnaire,
    catalogue: Catalogue,
    limits: Limits,
    problems: list[Problem],
) -> Example | None:
    """Return an example, or None after adding what is wrong with it."""
    where = f"example[number {number}]"
    before = len(problems)
    given = dict(flatten(read.given))
    told = {key: given.pop(key) for key in _CIRCUMSTANCES if key in given}
    circumstances = read_record(_Circumstances, told, f"{where}.given", problems)
    about = {key.partition(".")[2]: given.pop(key) for key in [*given] if key.startswith("about.")}
    said = read_about(about, questionnaire, f"{where}.given.about", problems)
    answers = _Team(questionnaire.fitted(said), f"{where}.given", problems).read(given)
    problems.extend(_word_problems(read, where, catalogue))
    if circumstances is None or len(problems) > before:
        return None
    hours = circumstances.hours_per_week
    size = circumstances.team_size or limits.default_team_size
    return Example.model_construct(
        **{**dict(read), "given": answers},
        number=number,
        about=said,
        hours_per_week=limits.default_hours(size) if hours is None else hours,
        team_size=size,
    )


def _word_problems(read: ExampleTable, where: str, catalogue: Catalogue) -> list[Problem]:
    problems = [
        *unknown_names("stage", [read.stage] if read.stage else [], STAGES, f"{where}.stage")
    ]
    if not (read.stage or read.plan_has or read.plan_lacks):
        fix = "Say what has to come out: stage, plan_has or plan_lacks."
        problems.append(Problem("The example expects nothing.", where, fix))
    for key, actions in (("plan_has", read.plan_has), ("plan_lacks", read.plan_lacks)):
        problems += unknown_names("action", actions, catalogue.by_id, f"{where}.{key}")
    return problems


class _Team:
    """Reads the answers of `given`; adds what it does not understand to the problems."""

    def __init__(self, questionnaire: Questionnaire, where: str, problems: list[Problem]) -> None:
        self._questionnaire = questionnaire
        self._where = where
        self._problems = problems

    def read(self, given: Mapping[str, Any]) -> Mapping[str, Level]:
        """Return an answer for every question."""
        asked = self._questionnaire.by_id
        self._refuse_unknown(given)
        base = self._level(given, "all", 0)
        team = self._shares(given, {stage: stage for stage in STAGES})
        answers: dict[str, Level] = {}
        for dimension, questions in self._questionnaire.by_dimension.items():
            own = self._shares(given, {f"{dimension}.{stage}": stage for stage in STAGES})
            if own or (team and dimension not in given):
                answers.update(self._spread(questions, own or team, dimension))
            else:
                level = self._level(given, dimension, base)
                answers.update({q.id: level for q in questions})
        for key in given:
            question = key.removeprefix("question.")
            if question in asked:
                answers[question] = self._level(given, key, 0)
        return {question: answers[question] for question in asked}

    def _refuse_unknown(self, given: Mapping[str, Any]) -> None:
        known = [
            *("all", *_CIRCUMSTANCES, *STAGES, *self._questionnaire.titles),
            *(f"{d}.{stage}" for d in self._questionnaire.titles for stage in STAGES),
            *(f"question.{q}" for q in self._questionnaire.by_id),
            *self._questionnaire.by_id,
        ]
        for key in given:
            if key not in known:
                self._add(f"Unknown key '{key}'.", key, nearest(key, known))

    def _level(self, given: Mapping[str, Any], key: str, otherwise: Level) -> Level:
        value: object = given.get(key, otherwise)
        if value == DONT_KNOW:
            return DONT_KNOW
        if value == NOT_APPLICABLE:
            return NOT_APPLICABLE
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= 3:
            return value
        self._add(f"{value!r} is not a level.", key, _LEVELS)
        return 0

    def _shares(self, given: Mapping[str, Any], keys: Mapping[str, str]) -> _Shares:
        """Return the shares that are given, under the names of their stages."""
        shares = {}
        for key, stage in keys.items():
            value = given.get(key)
            if value is None:
                continue
            is_number = isinstance(value, int | float | Decimal) and not isinstance(value, bool)
            if not is_number or not 0 <= value <= 1:
                self._add(f"{value!r} is not a share.", key, "Use a number from 0 to 1.")
            else:
                shares[stage] = Fraction(str(value))
        return shares

    def _spread(
        self, questions: Sequence[Question], shares: _Shares, dimension: str
    ) -> dict[str, Level]:
        """Put the first questions of a dimension on the levels that make up the shares."""
        mastery = shares.get("mastery", Fraction(0))
        maturity = shares.get("maturity", mastery)
        momentum = shares.get("momentum", maturity)
        counts = [share * len(questions) for share in (momentum, maturity, mastery)]
        if not momentum >= maturity >= mastery:
            fix = "Let momentum be at least maturity, and maturity at least mastery."
            self._add(f"The shares of '{dimension}' rise from stage to stage.", dimension, fix)
        elif any(count.denominator != 1 for count in counts):
            parts = ", ".join(f"{n}/{len(questions)}" for n in range(len(questions) + 1))
            self._add(
                f"'{dimension}' has {len(questions)} questions and cannot have these shares.",
                dimension,
                f"Use one of: {parts}.",
            )
        return {
            q.id: sum(position < count for count in counts) for position, q in enumerate(questions)
        }

    def _add(self, what: str, key: str, fix: str) -> None:
        self._problems.append(Problem(what, f"{self._where}.{key}", fix))
