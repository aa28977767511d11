"""The store: every verb is one transaction, and reports its error or is on the disk."""

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from functools import wraps
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Concatenate, ParamSpec, Self, TypeVar

from assess.answers import Answers, Assessment
from assess.errors import Problem, StoreError
from assess.identity import AssessmentKey
from assess.questionnaire import Questionnaire
from assess.store import assessments, members, plans
from assess.store import drafts as draft_verbs
from assess.store import teams as team_verbs
from assess.store.database import Database, DatabaseCopy
from assess.store.records import Checkup, Imported, Intake
from assess.store.rows import KeptRow, require_assessment
from assess.store.schema import STEPS, Migration

if TYPE_CHECKING:
    from assess.documents.exported import Parts

P = ParamSpec("P")
R = TypeVar("R")

# Each verb of the store is a function of the modules beside, in a transaction of its own.


def reads(verb: Callable[Concatenate[Database, P], R]) -> Callable[Concatenate["Store", P], R]:
    """Make a verb that sees one state of the store."""

    @wraps(verb)
    def read(self: "Store", /, *given: P.args, **named: P.kwargs) -> R:
        with self._reading() as db:
            return verb(db, *given, **named)

    return read


def reads_each(
    verb: Callable[Concatenate[Database, P], Iterator[R]],
) -> Callable[Concatenate["Store", P], Iterator[R]]:
    """Make a verb that hands things out one by one, all of one state of the store."""

    @wraps(verb)
    def read(self: "Store", /, *given: P.args, **named: P.kwargs) -> Iterator[R]:
        with self._reading() as db:
            yield from verb(db, *given, **named)

    return read


def writes(verb: Callable[Concatenate[Database, P], R]) -> Callable[Concatenate["Store", P], R]:
    """Make a verb that changes the store, all of it or nothing."""

    @wraps(verb)
    def write(self: "Store", /, *given: P.args, **named: P.kwargs) -> R:
        with self._writing() as db:
            return verb(db, *given, **named)

    return write


def of_kept(
    verb: Callable[Concatenate[Database, KeptRow, P], R],
) -> Callable[Concatenate[Database, AssessmentKey, P], R]:
    """Make a function of an assessment's row one of its key; it has to be there."""

    @wraps(verb)
    def found(db: Database, key: AssessmentKey, /, *given: P.args, **named: P.kwargs) -> R:
        return verb(db, require_assessment(db, key), *given, **named)

    return found


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
        """Open the file, or make it and its folder; bring an older one up to date."""
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

    add_team = writes(team_verbs.add_team)
    rename_team = writes(team_verbs.rename_team)
    archive_team = writes(team_verbs.archive_team)
    teams = reads(team_verbs.list_teams)
    find_team = reads(team_verbs.show_team)
    load_people = reads(team_verbs.load_people)
    load_facts = reads(team_verbs.load_facts)
    keep_facts = writes(team_verbs.put_facts)

    # Many teams, each with one query

    questionnaires_used = reads(assessments.list_used)
    each_assessment = reads_each(assessments.each_assessment)
    plan_dates = reads(plans.list_dates)
    each_late = reads_each(plans.each_late)
    each_facts = reads_each(team_verbs.each_facts)

    # Assessments

    keep_assessment = writes(assessments.keep_assessment)
    find_assessment = reads(assessments.show_assessment)
    load_assessment = reads(of_kept(assessments.load_assessment))
    load_assessments = reads(assessments.load_assessments)
    history = reads(assessments.list_history)
    delete_assessment = writes(of_kept(assessments.delete_assessment))
    move_assessment = writes(of_kept(assessments.move_assessment))
    other_plan_files = reads(plans.other_files)

    def check_assessment(self, assessment: Assessment, *, replace: bool = False) -> None:
        with suppress(_RehearsedError), self._database.trying(), self._writing() as db:
            assessments.keep_assessment(db, assessment, replace=replace)
            raise _RehearsedError

    # Members

    open_assessment = writes(members.open_assessment)
    invite_more = writes(members.add_invitations)
    replace_code = writes(members.replace_code)
    count_open = reads(of_kept(members.count_open))
    add_member = writes(members.add_member)
    was_taken = reads(of_kept(members.was_taken))
    close_assessment = writes(members.close_assessment)
    take_seat = reads(members.take_seat)
    load_begun = reads(members.load_begun)
    put_begun = writes(members.put_begun)
    send_begun = writes(members.send_begun)
    make_form = writes(of_kept(members.make_form))
    unseal = reads(members.unseal)

    def add_sealed(self, questionnaire: Questionnaire, answers: Answers, number: str) -> Intake:
        """Take in what came under a seal; the same file again changes nothing.

        Raises:
            AnswersError: The answers do not fit their questionnaire.
        """
        with self._writing() as db:
            row = require_assessment(db, answers.key)
            if members.was_taken(db, row, number):
                return "same"
            if answers.respondent == "member":
                members.add_member(db, questionnaire, answers)
            else:
                members.require_form_code(db, row, answers.respondent, answers.code)
                given = draft_verbs.as_assessment(questionnaire, answers)
                assessments.keep_assessment(db, given, replace=False)
            members.take_number(db, row, number)
            return "new"

    # Drafts

    start_draft = writes(draft_verbs.start_draft)
    drafts = reads(draft_verbs.list_drafts)
    load_draft = reads(draft_verbs.load_draft)
    put_answer = writes(draft_verbs.put_answer)
    put_details = writes(draft_verbs.put_details)
    fit_draft = writes(draft_verbs.fit_draft)
    finish_draft = writes(draft_verbs.finish_draft)
    discard_draft = writes(draft_verbs.discard_draft)

    # Plans

    keep_plan = writes(of_kept(plans.put_plan))
    load_plan = reads(plans.find_plan)
    keep_marks = writes(of_kept(plans.put_marks))
    keep_said = writes(of_kept(plans.put_said))
    add_checkin = writes(of_kept(plans.add_checkin))
    last_hours = reads(plans.last_hours)

    # Copies

    # Few commands need the modules below, which bring models along that no other verb needs.

    def export(self, write: Callable[[str], object], *, plans: bool = True) -> tuple[Problem, ...]:
        """Write everything but members' answers as one JSON document, entry by entry.

        Returns:
            What cannot be read, and is therefore not in the document.
        """
        from assess.documents.parts import write_parts
        from assess.store.inventory import Inventory

        with self._reading() as db:
            inventory = Inventory(db, plans=plans)
            for piece in write_parts(inventory.parts()):
                write(piece)
        return tuple(inventory.problems)

    def import_parts(self, parts: "Parts", *, replace: bool = False) -> Imported:
        """Take in what `export` wrote, all or nothing, with every problem; twice changes nothing.

        Where the store has something else in the same place, nothing is stored and every such place
        is named. With `replace` the document wins, and what was there is kept as an earlier
        version; members' answers stay.
        """
        from assess.store.transfer import import_parts

        with self._writing() as db:
            return import_parts(db, parts, replace=replace, backup=False)

    def import_backup(self, path: Path, *, replace: bool = False) -> Imported:
        """Take in a copy of a store, as a document; members' answers only with what is new here.

        Answers that a member has not sent stay behind.
        """
        from assess.store.inventory import Inventory
        from assess.store.transfer import import_parts

        with closing(DatabaseCopy(path)) as copy, copy.transaction("DEFERRED"):
            check = Inventory(copy, members=True)
            check.read_all()
            if check.problems:
                raise StoreError(*check.problems)
            with self._writing() as db:
                return import_parts(
                    db, lambda: Inventory(copy, members=True).parts(), replace=replace, backup=True
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
