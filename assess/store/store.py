"""The store: every verb is one transaction, and reports its error or is on the disk."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self, TypeVar

from assess.answers import Answer, Answers, Assessment, Respondent
from assess.errors import Problem, StoreError
from assess.identity import AssessmentKey, TeamName
from assess.questionnaire import Questionnaire, SubjectKind
from assess.store import assessments, drafts, invitations, members, plans, seals, team_facts, teams
from assess.store.database import Database, DatabaseCopy
from assess.store.records import (
    Checkup,
    Draft,
    FormKey,
    Imported,
    Intake,
    KeptAssessment,
    KeptTeam,
    PlanDates,
    Seat,
)
from assess.store.rows import (
    find_assessment,
    find_assessments,
    load_questionnaire,
    require_assessment,
)
from assess.store.schema import STEPS, Migration

if TYPE_CHECKING:
    from assess.documents.exported import Parts
    from assess.documents.goals import TeamFacts
    from assess.documents.kept import KeptCheckin, KeptPlan, PeopleDocument, WrittenPlan
    from assess.documents.said import Said

F = TypeVar("F", bound="TeamFacts")


class _RehearsedError(Exception):
    """Takes back what was only tried."""


class Store:
    """Everything that people typed, in one file; scores are never kept.

    What is asked for and not there is None, or nothing in a list; whoever asks need not know
    the team. Every other verb can raise StoreError: the file cannot be used, or what it is
    about is not there or not allowed. Then nothing has changed.
    """

    def __init__(
        self, path: Path, *, steps: Sequence[Migration] = STEPS, busy_seconds: float = 5.0
    ) -> None:
        """Open the file, or make it and its folder; bring an older one up to date.

        Args:
            path: Where the file is or shall be.
            steps: The schema; another one than the program's own only in tests.
            busy_seconds: How long to wait for another process that writes.
        """
        self._database = Database(path, steps, busy_seconds)
        self._database.scrub()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        if error is not None:
            self._database.take_back()
        self.close()

    @property
    def path(self) -> Path:
        return self._database.path

    def close(self) -> None:
        self._database.close()

    @contextmanager
    def together(self) -> Iterator[None]:
        """Keep all that the block keeps, or nothing."""
        with self._writing():
            yield

    # Teams

    def add_team(self, name: TeamName) -> None:
        """Keep a team; one that is there already stays as it is."""
        with self._writing() as db:
            teams.ensure_team(db, name, added=True)

    def rename_team(self, name: TeamName, new_name: TeamName) -> None:
        """Give a team another name, everywhere."""
        with self._writing() as db:
            teams.rename_team(db, name, new_name)

    def archive_team(self, name: TeamName, *, archived: bool = True) -> None:
        """Put a team aside, or take it up again; what is kept of it stays."""
        with self._writing() as db:
            teams.archive_team(db, name, archived=archived)

    def teams(self) -> tuple[KeptTeam, ...]:
        """Return every team, archived ones too, by name."""
        with self._reading() as db:
            return teams.list_teams(db)

    def find_team(self, name: TeamName) -> KeptTeam | None:
        """Return the team of that name, in whatever case it is written, or None."""
        with self._reading() as db:
            return teams.show_team(db, name)

    def load_people(self, team: TeamName) -> "PeopleDocument":
        """Return the people of a team; of a team unknown here there are none."""
        with self._reading() as db:
            return teams.load_people(db, team)

    def keep_people(self, team: TeamName, people: "PeopleDocument") -> None:
        """Keep the people of a team that is there, in the place of those before."""
        with self._writing() as db:
            teams.keep_people(db, team, people)

    def load_facts(self, team: TeamName, model: type[F]) -> F:
        """Return what is kept of a team of one kind; an empty document where there is nothing."""
        with self._reading() as db:
            return team_facts.load_facts(db, team, model)

    def keep_facts(self, team: TeamName, facts: "TeamFacts") -> Intake:
        """Keep what a team has of one kind, in the place of what there was."""
        with self._writing() as db:
            return team_facts.put_facts(db, team, facts)

    # Many teams, each with one query

    def questionnaires_used(self) -> tuple[str, ...]:
        """Return the questionnaires that teams answered, what most of them did first."""
        with self._reading() as db:
            return assessments.list_used(db)

    def each_assessment(
        self, questionnaire: str | None = None, *, archived: bool = False
    ) -> Iterator[Assessment]:
        """Return the assessments of all teams, by team, questionnaire and date.

        Without `archived` teams that are put aside are left out.
        """
        with self._reading() as db:
            yield from assessments.each_assessment(db, questionnaire, archived=archived)

    def plan_dates(self, team: TeamName | None = None) -> Mapping[AssessmentKey, PlanDates]:
        """Return when the plans of one team or of all begin and end, and what was away."""
        with self._reading() as db:
            return plans.list_dates(db, team)

    def each_late(self, questionnaire: str, day: date) -> Iterator[tuple[TeamName, date, int]]:
        """Return of the last plan of each team when it ends, and how much of it is late on a day.

        By what was last read of the plans' files; these are not opened.
        """
        with self._reading() as db:
            yield from plans.each_late(db, questionnaire, day)

    def each_facts(self, model: type[F]) -> Iterator[tuple[TeamName, F]]:
        """Return what is kept of one kind, of every team that has some."""
        with self._reading() as db:
            yield from team_facts.each_facts(db, model)

    # Assessments

    def keep_assessment(self, assessment: Assessment, *, replace: bool = False) -> Intake:
        """Keep the answers of an assessment; those that are not given stay as they are.

        The same answers again change nothing. Others are refused unless `replace`; then
        what was there is kept as an earlier version. Members' answers are taken in here
        only when the assessment has no members' part yet.

        Raises:
            AnswersError: The answers do not fit the questionnaire.
        """
        with self._writing() as db:
            return assessments.keep_assessment(db, assessment, replace=replace)

    def check_assessment(self, assessment: Assessment, *, replace: bool = False) -> None:
        """Raise what `keep_assessment` would, and change nothing."""
        with suppress(_RehearsedError), self._writing() as db:
            assessments.keep_assessment(db, assessment, replace=replace)
            raise _RehearsedError

    def find_assessment(self, key: AssessmentKey) -> Assessment | None:
        """Return an assessment or None; it has members' answers only once it is closed."""
        with self._reading() as db:
            row = find_assessment(db, key)
            return None if row is None else assessments.load_assessment(db, row)

    def load_assessment(self, key: AssessmentKey) -> Assessment:
        """Return an assessment that is there."""
        with self._reading() as db:
            return assessments.load_assessment(db, require_assessment(db, key))

    def load_assessments(self, team: TeamName, questionnaire: str) -> tuple[Assessment, ...]:
        """Return all of a team's assessments, the oldest first; none of a team unknown here."""
        with self._reading() as db:
            rows = find_assessments(db, team, questionnaire)
            return tuple(assessments.load_assessment(db, row) for row in rows)

    def load_replaced(self, key: AssessmentKey) -> tuple[Assessment, ...]:
        """Return earlier versions of an assessment, the oldest first, without members."""
        with self._reading() as db:
            row = find_assessment(db, key)
            return () if row is None else assessments.load_replaced(db, row)

    def history(self, team: TeamName | None = None) -> tuple[KeptAssessment, ...]:
        """Return what is kept, of one team or of all, by team, questionnaire and date."""
        with self._reading() as db:
            if team is None:
                return assessments.list_assessments(db)
            number = teams.find_team(db, team)
            return () if number is None else assessments.list_assessments(db, number)

    def delete_assessment(self, key: AssessmentKey) -> KeptAssessment:
        """Delete an assessment for good, and say what went.

        Its plan, check-ins, earlier versions and drafts go with it, and a team that was
        never added by name with its last assessment. No trace stays in the file; backups
        are not touched.
        """
        with self._writing() as db:
            return assessments.delete_assessment(db, require_assessment(db, key))

    def move_assessment(self, key: AssessmentKey, team: TeamName) -> None:
        """Give an assessment, with all that belongs to it, to another team that is there."""
        with self._writing() as db:
            assessments.move_assessment(db, require_assessment(db, key), team)

    def other_plan_files(self, team: TeamName, questionnaire: str) -> frozenset[str]:
        """Return the files in which other plans than a team's of a questionnaire were last."""
        with self._reading() as db:
            return plans.other_files(db, team, questionnaire)

    # Members

    def open_assessment(
        self,
        questionnaire: Questionnaire,
        team: TeamName,
        day: date,
        *,
        invite: int,
        minimum: int = 5,
        same_members: bool = False,
    ) -> tuple[str, ...]:
        """Let so many members answer, and return their one-time codes; they are kept nowhere.

        What is said here is fixed.
        """
        given = Assessment(
            questionnaire, team, day, minimum=minimum, same_members=same_members, closed=False
        )
        with self._writing() as db:
            return members.open_assessment(db, given, invite)

    def invite_more(self, key: AssessmentKey, more: int) -> tuple[str, ...]:
        """Invite more members, and return their codes; refused once somebody answered."""
        with self._writing() as db:
            return members.add_invitations(db, key, more)

    def replace_code(self, key: AssessmentKey, code: str) -> str:
        """Return a new code for one that was lost; what was begun with that is gone."""
        with self._writing() as db:
            return invitations.replace_code(db, members.require_open(db, key), code)

    def count_open(self, key: AssessmentKey) -> int:
        """Return how many invitations are still open."""
        with self._reading() as db:
            return invitations.count_open(db, require_assessment(db, key))

    def add_member(self, questionnaire: Questionnaire, answers: Answers) -> None:
        """Take in what one member answered; the code that the answers carry is used up.

        Raises:
            AnswersError: The answers do not fit their questionnaire.
        """
        with self._writing() as db:
            members.add_member(db, questionnaire, answers, answers.code)

    def make_form(self, key: AssessmentKey, respondent: Respondent) -> FormKey:
        """Return what a form of one kind is sealed for.

        The manager's and the team's have a code of their own, a new one each time: without
        it anybody with the form could answer for them.
        """
        with self._writing() as db:
            row = require_assessment(db, key)
            public = invitations.make_seal(db, row, respondent)
            code = (
                "" if respondent == "member" else invitations.renew_form_code(db, row, respondent)
            )
            return FormKey(public, invitations.seal_purpose(row, respondent), row.salt, code)

    def unseal(self, mark: str, box: bytes) -> tuple[AssessmentKey, Respondent, bytes]:
        """Return for which assessment and person something was sealed, and what it says.

        Raises:
            StoreError: It is for none that is here; or it was changed or cut.
        """
        with self._reading() as db:
            row, respondent, private = invitations.find_sealed_for(db, mark)
            with db.undamaged(row.entry):
                purpose = invitations.seal_purpose(row, respondent)
            try:
                return row.key, respondent, seals.unseal(private, purpose, box)
            except ValueError as error:
                raise db.problem(
                    "The seal is broken: the file was changed or cut on its way.",
                    "box",
                    seals.ASK_AGAIN,
                ) from error

    def was_taken(self, key: AssessmentKey, number: str) -> bool:
        """Tell whether a sealed file was taken in before."""
        with self._reading() as db:
            return invitations.was_taken(db, require_assessment(db, key), number)

    def add_sealed(self, questionnaire: Questionnaire, answers: Answers, number: str) -> Intake:
        """Take in what came under a seal; the same file again changes nothing.

        Raises:
            AnswersError: The answers do not fit their questionnaire.
        """
        with self._writing() as db:
            row = require_assessment(db, answers.key)
            if invitations.was_taken(db, row, number):
                return "same"
            if answers.respondent == "member":
                members.add_member(db, questionnaire, answers, answers.code)
            else:
                invitations.require_form_code(db, row, answers.respondent, answers.code)
                given = drafts.as_assessment(questionnaire, answers)
                assessments.keep_assessment(db, given, replace=False)
            invitations.take_number(db, row, number)
            return "new"

    def close_assessment(self, key: AssessmentKey, day: date) -> Intake:
        """End the members' part for good; codes, keys and drafts of members are deleted."""
        with self._writing() as db:
            return members.close_assessment(db, key, day)

    def take_seat(self, key: AssessmentKey, code: str) -> Seat:
        """Return the place that an unused code opens."""
        with self._reading() as db:
            return invitations.take_seat(db, members.require_open(db, key), code)

    def load_begun(self, seat: Seat) -> Mapping[str, Answer]:
        """Return what a member answered so far."""
        with self._reading() as db:
            row = members.require_open(db, seat.key)
            return invitations.load_begun(db, seat, load_questionnaire(db, row.hash))

    def put_begun(self, seat: Seat, given: Mapping[str, Answer]) -> None:
        """Keep what a member answered so far under the seal of the code."""
        with self._writing() as db:
            invitations.put_begun(db, members.require_open(db, seat.key), seat, given)

    def send_begun(self, seat: Seat, questionnaire: Questionnaire, answers: Answers) -> None:
        """Make what a member answered part of the assessment, without order or time."""
        with self._writing() as db:
            invitations.drop_begun(db, seat)
            members.add_member(db, questionnaire, answers, seat.code)

    # Drafts

    def start_draft(
        self,
        questionnaire: Questionnaire,
        team: TeamName,
        day: date,
        respondent: Respondent = "manager",
        *,
        answers: Mapping[str, Answer] | None = None,
    ) -> Draft:
        """Return the draft to go on with: the one that was begun, else a new one.

        Args:
            answers: What a new draft begins with.
        """
        with self._writing() as db:
            return drafts.start_draft(db, questionnaire, team, day, respondent, answers or {})

    def drafts(self) -> tuple[Draft, ...]:
        """Return every draft, by team, questionnaire, date and respondent."""
        with self._reading() as db:
            return drafts.list_drafts(db)

    def load_draft(self, draft: str) -> Draft:
        with self._reading() as db:
            return drafts.load_draft(db, draft)

    def put_answer(self, draft: str, question: str, answer: Answer) -> None:
        """Keep one answer, on the disk when this returns; an earlier one is overwritten."""
        with self._writing() as db:
            drafts.put_answers(db, draft, {question: answer})

    def put_details(
        self,
        draft: str,
        *,
        hours_per_week: int | None = None,
        team_size: int | None = None,
        same_manager: bool | None = None,
    ) -> None:
        """Keep what is said about the team beside the questions; None leaves it as it is."""
        with self._writing() as db:
            drafts.put_details(db, draft, hours_per_week, team_size, same_manager)

    def fit_draft(self, draft: str, said: Mapping[str, str]) -> None:
        """Put the questions that go with a start profile in place of those of before."""
        with self._writing() as db:
            drafts.fit_draft(db, draft, said)

    def finish_draft(self, draft: str, *, replace: bool = False) -> Intake:
        """Make a draft the answers of its assessment, and drop it.

        As in `keep_assessment`, other answers in the same place need `replace`.

        Raises:
            AnswersError: Questions are open; the draft stays.
        """
        with self._writing() as db:
            return drafts.finish_draft(db, draft, replace=replace)

    def discard_draft(self, draft: str) -> None:
        """Delete a draft for good."""
        with self._writing() as db:
            drafts.discard_draft(db, draft)

    # Plans

    def keep_plan(self, key: AssessmentKey, plan: "WrittenPlan") -> Intake:
        """Keep the plan of an assessment as it was written last, beside its first document."""
        with self._writing() as db:
            return plans.put_plan(db, require_assessment(db, key), plan)

    def load_plan(self, key: AssessmentKey) -> "KeptPlan | None":
        """Return the plan of an assessment with marks and check-ins, or None."""
        with self._reading() as db:
            row = find_assessment(db, key)
            return None if row is None else plans.load_plan(db, row)

    def keep_marks(self, key: AssessmentKey, marks: Mapping[str, bool]) -> None:
        """Keep what is done, by the ids of steps and actions, as it was read last."""
        with self._writing() as db:
            plans.put_marks(db, require_assessment(db, key), marks)

    def keep_said(self, key: AssessmentKey, said: "Said") -> None:
        """Keep what was said so far since the last check-in; on the disk when this returns."""
        with self._writing() as db:
            plans.put_said(db, require_assessment(db, key), said)

    def add_checkin(self, key: AssessmentKey, checkin: "KeptCheckin") -> Intake:
        """Keep one more check-in of a plan; the last one again changes nothing."""
        with self._writing() as db:
            return plans.add_checkin(db, require_assessment(db, key), checkin)

    def last_hours(self, team: TeamName, subject: SubjectKind = "team") -> int | None:
        """Return the hours a week that were last said for a team, or None.

        Those of its manager are others. A plan's hours come before those of its answers; a
        default was said by nobody. The team may be unknown here.
        """
        with self._reading() as db:
            return plans.last_hours(db, team, subject)

    # Copies

    # Few commands need the modules below, which bring models along that no other verb needs.

    def export(self, write: Callable[[str], object], *, plans: bool = True) -> tuple[Problem, ...]:
        """Write everything but members' answers as one JSON document, entry by entry.

        Args:
            write: Takes the pieces of the text.
            plans: Whether plans and check-ins are written too.

        Returns:
            What cannot be read, and is therefore not in the document.
        """
        from assess.documents.parts import write_parts
        from assess.store.inventory import Inventory

        with self._reading() as db:
            inventory = Inventory(db, plans=plans)
            for piece in write_parts(inventory.sections()):
                write(piece)
        return tuple(inventory.problems)

    def import_parts(self, parts: "Parts", *, replace: bool = False) -> Imported:
        """Take in what `export` wrote, all or nothing; twice changes nothing.

        Where the store has something else in the same place, nothing is stored and every
        such place is named. With `replace` the document wins, and what was there is kept
        as an earlier version; members' answers stay.

        Raises:
            StoreError: With every problem.
        """
        from assess.store.transfer import import_parts

        with self._writing() as db:
            return import_parts(db, parts, replace=replace, backup=False)

    def import_backup(self, path: Path, *, replace: bool = False) -> Imported:
        """Take in a copy of a store, as a document; members' answers only with what is new here.

        Answers that a member has not sent stay behind.
        """
        from assess.documents.parts import parts_of
        from assess.store.inventory import Inventory
        from assess.store.transfer import import_parts

        with closing(DatabaseCopy(path)) as copy, copy.transaction("DEFERRED"):
            check = Inventory(copy, members=True)
            check.read_all()
            if check.problems:
                raise StoreError(*check.problems)
            with self._writing() as db:
                return import_parts(
                    db,
                    lambda: parts_of(Inventory(copy, members=True).sections()),
                    replace=replace,
                    backup=True,
                )

    def check(self) -> Checkup:
        """Read everything that is kept, and say what is whole and what is not."""
        from assess.store.inventory import Inventory

        with self._reading() as db:
            inventory = Inventory(db)
            inventory.read_all()
            problems = (*inventory.problems, *db.check_file())
        return Checkup(problems, dict(inventory.whole), frozenset(inventory.files))

    def remove_leftovers(self) -> tuple[Path, ...]:
        """Remove what interrupted copies left beside the file, and say what."""
        return self._database.remove_leftovers()

    def backup(self, target: Path) -> None:
        """Copy the store, members' answers too, into a file that is not there yet."""
        self._database.copy_to(target.absolute())

    @contextmanager
    def _reading(self) -> Iterator[Database]:
        """See one state of the store, whatever others write meanwhile."""
        with self._database.transaction("DEFERRED"):
            yield self._database

    @contextmanager
    def _writing(self) -> Iterator[Database]:
        """Do all of the block or nothing, and leave no trace of what it had to erase."""
        with self._database.transaction("IMMEDIATE"):
            yield self._database
        self._database.scrub()
