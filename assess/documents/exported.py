"""What `assess export` writes and `assess import` takes: the document's parts, as records.

Every entry is checked on its own, with the questionnaires of the same document, and every
problem is named with its entry.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Annotated, Any, Final, Literal

from pydantic import Field, StrictBool

from assess.answers import Answer, Assessment, Day, Respondent
from assess.datafile import Many, TeamSize, WholeHours, read_record, refuse_unknown_keys
from assess.documents.goals import KeptGoalDrafts, KeptGoals, KeptHours
from assess.documents.kept import AssessmentFacts
from assess.documents.parts import Part
from assess.documents.people import PeopleDocument
from assess.documents.record import Document, TeamFacts
from assess.documents.values import assessment_from, given_from, questionnaire_from_table
from assess.errors import AssessError, Problem, StoreError, nearest
from assess.identity import AssessmentKey, TeamName, name_problem
from assess.questionnaire import Questionnaire
from assess.record import record

FORMAT: Final = "assess-export"
NO_EXPORT: Final = "This is not what assess export writes."
VERSION: Final = 1
LISTS: Final = ("teams", "assessments", "drafts", "damaged")
KEYS: Final = ("format", "version", "left_out", "holds", "questionnaires", *LISTS)

WITHOUT_MEMBERS: Final = "The answers of members are confidential; they are not in this file."
WITHOUT_PLANS: Final = (
    "The answers of members are confidential; they are not in this file. Plans, check-ins and "
    "goals, and the names in them and of the teams' people, were left out too."
)
WITH_PLANS: Final = (
    "The texts of plans, check-ins and goals are in this file, and so are the names in them; the "
    "people of the teams are in it too, with their e-mail addresses."
)
NO_PLANS: Final = "No plan, no check-in, no goal and nobody's name is in this file."

Parts = Callable[[], Iterable[Part]]
"""Begins to read a document; it is read twice, since its order is free."""


TEAM_FACTS: Final[Mapping[str, type[TeamFacts]]] = {
    model.kind: model for model in (PeopleDocument, KeptGoals, KeptGoalDrafts, KeptHours)
}


class TeamEntry(Document):
    """A team, with what is kept of it beside its assessments."""

    name: str
    archived: StrictBool
    people: PeopleDocument = PeopleDocument()
    goals: KeptGoals = KeptGoals()
    goal_drafts: KeptGoalDrafts = KeptGoalDrafts()
    hours: KeptHours = KeptHours()

    @property
    def facts(self) -> tuple[TeamFacts, ...]:
        return tuple(getattr(self, kind) for kind in TEAM_FACTS)


class AssessmentEntry(AssessmentFacts):
    """An assessment with its earlier versions, the oldest first."""

    team: str
    date: Day
    replaced: Many[AssessmentFacts]


HexDigits = Annotated[str, Field(pattern="^[0-9a-f]*$", max_length=64)]


class OpeningDocument(Document):
    """By what members of an open assessment are let in: hashes of codes, and keys."""

    salt: HexDigits
    unused: Many[HexDigits]
    used: Many[HexDigits]
    taken: Many[HexDigits]
    keys: dict[Respondent, HexDigits]


class BackedUpEntry(AssessmentEntry):
    """The same with members' answers, each as the text that is kept: of a backup only."""

    members: Many[str]
    opening: OpeningDocument | None


class DraftEntry(Document):
    team: str
    questionnaire: str
    date: Day
    respondent: Literal["manager", "consensus"]
    answers: dict[str, Any]
    hours_per_week: WholeHours | None
    team_size: TeamSize | None
    same_manager: StrictBool


@record
class IncomingAssessment:
    """An assessment, and its earlier versions with what was asked then, the oldest first."""

    assessment: Assessment
    past: tuple[tuple[Questionnaire, AssessmentFacts], ...]
    entry: AssessmentEntry

    @property
    def members(self) -> tuple[str, ...]:
        return self.entry.members if isinstance(self.entry, BackedUpEntry) else ()

    @property
    def opening(self) -> OpeningDocument | None:
        return self.entry.opening if isinstance(self.entry, BackedUpEntry) else None


@record
class IncomingDraft:
    questionnaire: Questionnaire
    entry: DraftEntry
    by_question: Mapping[str, Answer]


Incoming = TeamEntry | IncomingAssessment | IncomingDraft


def read_export(
    parts: Parts, problems: list[Problem], *, backup: bool = False
) -> Iterator[Incoming]:
    """Return what a document holds, entry by entry; add what is wrong with the others.

    What was returned is to be used only if `problems` stay empty. A backup has members' answers.

    Raises:
        StoreError: This is no export.
    """
    reader = _Reader(problems, backup)
    reader.read_head(parts())
    for part in parts():
        if (incoming := reader.read(part)) is not None:
            yield incoming
    reader.refuse_missing()


class _Reader:
    def __init__(self, problems: list[Problem], backup: bool) -> None:
        self._problems = problems
        self._model = BackedUpEntry if backup else AssessmentEntry
        self._known: dict[str, Questionnaire] = {}
        self._keys: set[str] = set()

    def read_head(self, parts: Iterable[Part]) -> None:
        """Take in the questionnaires, wherever they stand; refuse what is no export."""
        head: dict[str, object] = {}
        for part in parts:
            if part.kind == "value":
                head[part.key] = part.value
            elif part.key == "questionnaires" and part.is_entry:
                self._read_questionnaire(part)
        if head.get("format") != FORMAT:
            fix = f'Use a file with "format": "{FORMAT}".'
            raise StoreError(NO_EXPORT, "format", fix)
        if type(version := head.get("version")) is not int or version != VERSION:
            what = f"The file has version {version!r} of the format; this program reads {VERSION}."
            raise StoreError(what, "version", "Update assess on this machine.")

    def read(self, part: Part) -> Incoming | None:
        if part.key not in self._keys:
            self._keys.add(part.key)
            self._check_key(part)
        if not part.is_entry or part.kind != "list":
            return None
        where = _name(part)
        if part.key == "teams":
            team = read_record(TeamEntry, part.value, where, self._problems)
            return team if team and self._is_team_name(team.name, where) else None
        if part.key == "assessments":
            entry = read_record(self._model, part.value, where, self._problems)
            return self._read_assessment(entry, where) if entry else None
        if part.key == "drafts":
            draft = read_record(DraftEntry, part.value, where, self._problems)
            return self._read_draft(draft, where) if draft else None
        return None

    def refuse_missing(self) -> None:
        for key in KEYS:
            if key not in self._keys:
                self._add(f"The key '{key}' is missing.", key, "Export anew.")

    def _check_key(self, part: Part) -> None:
        if part.key not in KEYS:
            self._add(f"Unknown key '{part.key}'.", part.key, nearest(part.key, KEYS))
        kind = "table" if part.key == "questionnaires" else "value"
        wanted = "list" if part.key in LISTS else kind
        if part.key in KEYS and part.kind != wanted:
            what = f"There is no {wanted} of {part.key}." if wanted != "value" else "It is no text."
            self._add(what, part.key, "Export anew.")

    def _read_questionnaire(self, part: Part) -> None:
        where = f"questionnaires[{part.name[:12]}]"
        try:
            table = part.value if isinstance(part.value, Mapping) else {}
            self._known[part.name] = questionnaire_from_table(table)
        except AssessError as error:
            self._problems.extend(error.located(where).problems)

    def _read_assessment(self, entry: AssessmentEntry, where: str) -> IncomingAssessment | None:
        if not self._is_team_name(entry.team, where):
            return None
        versions = [self._read_version(facts, entry, where) for facts in (entry, *entry.replaced)]
        now, *earlier = versions
        if now is None:
            return None
        past = zip(earlier, entry.replaced, strict=True)
        return IncomingAssessment(now, tuple((v.questionnaire, f) for v, f in past if v), entry)

    def _read_version(
        self, facts: AssessmentFacts, entry: AssessmentEntry, where: str
    ) -> Assessment | None:
        questionnaire = self._questionnaire(facts.questionnaire, where)
        if questionnaire is None:
            return None
        key = AssessmentKey(TeamName(entry.team), questionnaire.id, entry.date)
        try:
            return assessment_from(key, questionnaire, dict(facts))
        except AssessError as error:
            self._problems.extend(error.located(where).problems)
            return None

    def _read_draft(self, entry: DraftEntry, where: str) -> IncomingDraft | None:
        questionnaire = self._questionnaire(entry.questionnaire, where)
        if questionnaire is None or not self._is_team_name(entry.team, where):
            return None
        found: list[Problem] = []
        refuse_unknown_keys(entry.answers, questionnaire.by_id, "answers", found, "question")
        try:
            given = given_from(entry.answers, questionnaire)
        except AssessError as error:
            found.extend(error.problems)
            given = {}
        self._problems.extend(StoreError(*found).located(where).problems)
        return IncomingDraft(questionnaire, entry, given)

    def _questionnaire(self, name: str, where: str) -> Questionnaire | None:
        if name not in self._known:
            what = f"The questionnaire '{name[:12]}' is not among those of the file."
            self._add(what, f"{where}.questionnaire", "Export anew.")
        return self._known.get(name)

    def _is_team_name(self, name: str, where: str) -> bool:
        if what := name_problem(name):
            self._add(what, where, "Give the team a name that can be printed.")
        return not what

    def _add(self, what: str, where: str, fix: str) -> None:
        self._problems.append(Problem(what, where, fix))


def _name(part: Part) -> str:
    table = part.value if isinstance(part.value, Mapping) else {}
    names = [str(table[key]) for key in ("name", "team", "date", "respondent") if key in table]
    return f"{part.key}[{', '.join(names) or f'number {part.number}'}]"
