"""Dimensions, questions and levels, and what makes a questionnaire valid.

A question describes one capability at four cumulative levels, 0 to 3. Retired questions
stay in the file, so that their ids are never used again, but are not asked or scored.

What a team says of itself first, its start profile, decides which questions are asked, and in
which words. A questionnaire that was fitted to a profile is what was asked: everything that
counts questions counts those.
"""

from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import cached_property
from itertools import product
from typing import Annotated, Final, Literal

from pydantic import BeforeValidator, Field, StrictBool, StrictInt

from assess.datafile import (
    DataTable,
    Exact,
    Id,
    Line,
    Names,
    Record,
    Text,
    entry_ids,
    read_entries,
    read_record,
    refuse_unknown_keys,
    unknown_names,
)
from assess.errors import DataFileError, Problem, nearest
from assess.misfit import show_value

STAGES: Final = ("momentum", "maturity", "mastery")
"""In the order in which a team passes them; stage number s asks for level s."""

SubjectKind = Literal["team", "manager"]
Version = Annotated[StrictInt, Field(ge=1, le=1_000_000)]
Threshold = Annotated[Exact, Field(ge=0, le=1)]
LevelTexts = Annotated[tuple[Text, Text, Text, Text], Field(strict=False)]
Choices = Annotated[tuple[str, ...], Field(strict=False, min_length=1)]
LANGUAGE: Final = "en"
"""The one in which the program has words of its own."""
MOST_ABOUT: Final = 5
"""Entries of a start profile: more would be an interview before the interview."""


class StageRule(Record):
    """When the work of a stage counts as finished; both are shares from 0 to 1."""

    overall: Threshold
    each: Threshold


class StageWords(Record):
    """A stage in sentences: where a team in it is, and what the work of the stage is."""

    where: Text
    work: Text


class StageTexts(Record):
    """The words for each stage, its usual ones where a file has none; their names are our own."""

    momentum: StageWords = Field(
        default_factory=lambda: StageWords(
            where="Much is under way, and little is settled.",
            work="The first order is being made: written, agreed and open to all.",
        )
    )
    maturity: StageWords = Field(
        default_factory=lambda: StageWords(
            where="The foundation stands.",
            work="Now order gets fixed dates, and somebody else could take over.",
        )
    )
    mastery: StageWords = Field(
        default_factory=lambda: StageWords(
            where="The systems stand.",
            work="Now they are improved on evidence, and others learn from it.",
        )
    )

    def __getitem__(self, stage: str) -> StageWords:
        words: StageWords = getattr(self, stage)
        return words


class Dimension(Record):
    """One area of team life."""

    id: Id
    title: Text
    about: Text


def _read_choices(value: object) -> object:
    """Return choices as a table; where they are kept they are pairs, which stay in order."""
    is_kept = isinstance(value, list) and all(
        isinstance(pair, list) and len(pair) == 2 and isinstance(pair[0], str) for pair in value
    )
    return dict(value) if is_kept else value  # type: ignore[call-overload]  # Checked above.


class AboutEntry(Record):
    """An entry of the start profile: what is asked first, and what can be said, by its id."""

    id: Id
    ask: Text
    choices: Annotated[
        Mapping[Id, Line], Field(min_length=2, max_length=6), BeforeValidator(_read_choices)
    ]


class Wording(Record):
    """Other words for a question; what is left out stays as it is."""

    ask: Text | None = None
    levels: LevelTexts | None = None
    evidence: str | None = None


class Question(Record):
    """One capability with the texts of levels 0, 1, 2 and 3.

    `applies` names the choices of start profiles with which it is asked, `wordings` has other
    words by entry and choice. Only with `members` it is asked of members too.
    """

    id: Id
    dimension: str
    ask: Text
    levels: LevelTexts
    evidence: str = ""
    builds_on: Names = ()
    since: Version = 1
    retired: Version | None = None
    replaced_by: str | None = None
    members: bool = True
    applies: Mapping[str, Choices] = Field(default_factory=dict)
    wordings: Mapping[str, Mapping[str, Wording]] = Field(default_factory=dict, alias="for")

    def is_asked(self, said: Mapping[str, str]) -> bool:
        """Tell whether a team is asked it; where a team said nothing, nothing is left out."""
        return all(
            said.get(about, choices[0]) in choices for about, choices in self.applies.items()
        )

    def in_words_for(self, said: Mapping[str, str]) -> "Question":
        """Return the same question as it is put to a team; of two wordings the later one holds."""
        words = [
            self.wordings[about][choice]
            for about, choice in said.items()
            if choice in self.wordings.get(about, ())
        ]
        other = {key: text for one in words for key, text in one if text is not None}
        return self.model_copy(update=other) if other else self


class _Head(Record):
    id: Id
    version: Version
    title: Text
    language: Text
    plan: Id
    stage_rule: StageRule
    stage: StageTexts = Field(default_factory=StageTexts)
    subject: SubjectKind = "team"
    usual: StrictBool = False


class Questionnaire(_Head):
    """A set of questions in dimensions, both in file order, as it is put to one team.

    `subject` says whose stage it finds, and whose hours the plan takes; the `usual` one is taken
    where nobody names another. `about` has the entries of the start profile, `said` what the team
    chose of them. With `members_only` it is what members are asked.
    """

    dimensions: tuple[Dimension, ...]
    all_questions: tuple[Question, ...]
    about: tuple[AboutEntry, ...] = ()
    said: Mapping[str, str] = Field(default_factory=dict)
    members_only: bool = False

    @cached_property
    def questions(self) -> tuple[Question, ...]:
        """The questions that are asked, in file order, in the words for this team."""
        return tuple(
            q.in_words_for(self.said)
            for q in self.all_questions
            if q.retired is None and q.is_asked(self.said) and (q.members or not self.members_only)
        )

    @cached_property
    def left_out(self) -> Mapping[str, Question]:
        """The questions that are not asked here, although they are not retired."""
        every = (q for q in self.all_questions if q.retired is None)
        return {q.id: q for q in every if q.id not in self.by_id}

    @cached_property
    def by_id(self) -> Mapping[str, Question]:
        return {q.id: q for q in self.questions}

    @cached_property
    def by_dimension(self) -> Mapping[str, tuple[Question, ...]]:
        return {
            d.id: tuple(q for q in self.questions if q.dimension == d.id) for d in self.dimensions
        }

    @cached_property
    def titles(self) -> Mapping[str, str]:
        return {d.id: d.title for d in self.dimensions}

    def fitted(self, said: Mapping[str, str]) -> "Questionnaire":
        """Return it as it is put to a team that says this of itself; of nothing, all is asked."""
        told = tuple((a.id, said[a.id]) for a in self.about if a.id in said)
        if told not in self.fits:
            self.fits[told] = self._changed(said=dict(told))
        return self.fits[told]

    @cached_property
    def fits(self) -> dict[tuple[tuple[str, str], ...], "Questionnaire"]:
        """Those that were fitted already: of many teams most say the same of themselves."""
        return {}

    @cached_property
    def of_members(self) -> "Questionnaire":
        """What members are asked of it."""
        return self._changed(members_only=True)

    @property
    def described(self) -> tuple[str, ...]:
        """What the team was asked of itself, each with what it said, in the words of the choice."""
        said = self.said
        return tuple(f"{a.ask} {a.choices[said[a.id]]}" for a in self.about if a.id in said)

    def put_to(self, respondent: str) -> "Questionnaire":
        """Return what a manager, a member or the team together is asked."""
        return self.of_members if respondent == "member" else self

    def fewest_asked(self, dimension: str) -> tuple[int, Mapping[str, str]]:
        """Return how few questions of a dimension members may be asked, and the start profile."""
        asked = (q for q in self.all_questions if q.retired is None and q.members)
        return _fewest_asked([q for q in asked if q.dimension == dimension], self.about)

    def _changed(self, **changes: object) -> "Questionnaire":
        # A copy as pydantic makes it would keep what was cached of the old one.
        fields = {name: getattr(self, name) for name in Questionnaire.model_fields}
        return Questionnaire.model_construct(**{**fields, **changes})

    def whose(self, team: str) -> str:
        """Say whose assessment and plan it is."""
        return team if self.subject == "team" else f"the manager of {team}"

    @cached_property
    def overall(self) -> Fraction:
        return Fraction(self.stage_rule.overall)

    @cached_property
    def each(self) -> Fraction:
        return Fraction(self.stage_rule.each)


def read_questionnaire(table: DataTable) -> Questionnaire:
    """Return the questionnaire that a data file holds.

    Raises:
        DataFileError: With every problem of the file, each naming its entry.
    """
    problems: list[Problem] = []
    known = (*_Head.model_fields, "about", "dimension", "question")
    refuse_unknown_keys(table, known, "", problems)
    head_table = {key: value for key, value in table.items() if key in _Head.model_fields}
    head = read_record(_Head, head_table, "", problems)
    dimensions = read_entries(Dimension, table, "dimension", problems)
    questions = read_entries(Question, table, "question", problems)
    about = read_entries(AboutEntry, table, "about", problems, required=False)
    problems.extend(_reference_problems(table, questions))
    problems.extend(_about_problems(table, about, questions))
    if len(about) > MOST_ABOUT:
        what = f"The start profile has {len(about)} entries; {MOST_ABOUT} are allowed."
        problems.append(Problem(what, "about", "Ask only what changes the questions."))
    elif questions and len(questions) == len(table["question"]):
        problems.extend(_empty_dimensions(dimensions, questions, about))
    if head is not None:
        problems.extend(_version_problems(head.version, questions))
        problems.extend(_language_problems(head.language))
    if problems or head is None:
        raise DataFileError(*problems)
    return Questionnaire.model_construct(
        **dict(head), dimensions=dimensions, all_questions=questions, about=about
    )


def read_about(
    given: object, questionnaire: Questionnaire, where: str, problems: list[Problem]
) -> dict[str, str]:
    """Return what a team says of itself; what is left open is not said, and nothing is left out."""
    if not isinstance(given, Mapping):
        fix = 'Write a table: [about], and below it selling = "leads".'
        problems.append(Problem("The start profile is not a table.", where, fix))
        return {}
    entries = {entry.id: entry for entry in questionnaire.about}
    refuse_unknown_keys(given, entries, where, problems, "entry of the start profile")
    said = {key: value for key, value in given.items() if key in entries and value != ""}
    wrong = {k: c for k, c in said.items() if not (isinstance(c, str) and c in entries[k].choices)}
    problems.extend(
        Problem(
            f"{show_value(choice)} is no choice of '{key}'.",
            f"{where}.{key}",
            nearest(str(choice), entries[key].choices),
        )
        for key, choice in wrong.items()
    )
    return {key: choice for key, choice in said.items() if key not in wrong}


def _reference_problems(table: DataTable, questions: Iterable[Question]) -> Iterator[Problem]:
    # An entry that is broken elsewhere still exists: whoever names it made no mistake.
    dimensions, known = (set(entry_ids(table, key)) for key in ("dimension", "question"))
    for q in questions:
        where, others = f"question[id={q.id}]", known - {q.id}
        yield from unknown_names("dimension", [q.dimension], dimensions, f"{where}.dimension")
        if q.id in q.builds_on:
            fix = "Name other questions, or leave it empty."
            yield Problem("The question builds on itself.", f"{where}.builds_on", fix)
        builds_on = (other for other in q.builds_on if other != q.id)
        yield from unknown_names("question", builds_on, others, f"{where}.builds_on")
        replaced_by = [q.replaced_by] if q.replaced_by is not None else []
        yield from unknown_names("question", replaced_by, others, f"{where}.replaced_by")


def _about_problems(
    table: DataTable, about: tuple[AboutEntry, ...], questions: Iterable[Question]
) -> Iterator[Problem]:
    """Yield what is wrong with the start profile, and with how questions speak of it."""
    choices = {entry.id: tuple(entry.choices) for entry in about}
    known = {*entry_ids(table, "about"), *choices}
    for q in questions:
        for key, named in (("applies", q.applies), ("for", q.wordings)):
            where = f"question[id={q.id}].{key}"
            for entry in named:
                place, there = f"{where}.{entry}", choices.get(entry, tuple(named[entry]))
                yield from unknown_names("entry of the start profile", [entry], known, place)
                yield from unknown_names("choice", named[entry], there, place)
        for entry, choice in ((e, c) for e, words in q.wordings.items() for c in words):
            if choice in choices.get(entry, ()) and not q.is_asked({entry: choice}):
                what = f"The question is not asked where '{entry}' is '{choice}'."
                fix = "Remove these words, or correct 'applies'."
                yield Problem(what, f"question[id={q.id}].for.{entry}.{choice}", fix)


def _empty_dimensions(
    dimensions: Iterable[Dimension], questions: Iterable[Question], about: Iterable[AboutEntry]
) -> Iterator[Problem]:
    for d in dimensions:
        own = [q for q in questions if q.dimension == d.id and q.retired is None]
        fewest, said = _fewest_asked(own, about)
        if not fewest:
            what = f"The dimension '{d.id}' has no question{say_profile(said)}."
            fix = "Add a question to it, or remove the dimension."
            yield Problem(what, f"dimension[id={d.id}]", fix)


def _fewest_asked(
    questions: list[Question], about: Iterable[AboutEntry]
) -> tuple[int, Mapping[str, str]]:
    """Return the smallest number of questions that a start profile leaves, and that profile.

    A profile of the entries that matter here leaves no more than one of all entries, and there
    are far fewer of them.
    """
    entries = [a for a in about if any(a.id in q.applies for q in questions)]
    profiles = (
        dict(zip((a.id for a in entries), chosen, strict=True))
        for chosen in product(*(a.choices for a in entries))
    )
    counts = ((sum(q.is_asked(said) for q in questions), said) for said in profiles)
    return min(counts, key=lambda one: one[0])


def say_profile(said: Mapping[str, str]) -> str:
    """Say for which start profile something holds; nothing where it holds for all."""
    words = " and ".join(f"'{entry}' is '{choice}'" for entry, choice in said.items())
    return f" where {words}" if words else ""


def _language_problems(language: str) -> Iterator[Problem]:
    """Yield that a language is not spoken: a page half in each would be no help to anybody."""
    if language != LANGUAGE:
        yield Problem(
            f"The language '{language}' is not spoken here: dates, buttons and all sentences of "
            "the program are English.",
            "language",
            f'Write the texts in English, and language = "{LANGUAGE}".',
        )


def _version_problems(version: int, questions: tuple[Question, ...]) -> list[Problem]:
    return [
        Problem(
            f"The version {value} of '{key}' lies after the questionnaire's own, {version}.",
            f"question[id={q.id}].{key}",
            "Raise the questionnaire's version, or correct this one.",
        )
        for q in questions
        for key, value in (("since", q.since), ("retired", q.retired))
        if value is not None and value > version
    ]
