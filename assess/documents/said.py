"""What people say at a check-in, as it is kept: while they say it, and for good."""

from collections.abc import Mapping
from typing import Annotated, Literal

from pydantic import Field, StrictBool

from assess.answers import Day
from assess.catalogue.action import Cause
from assess.datafile import Id, Many, QuarterHours
from assess.documents.record import Document, Ids, Words

_ID = "[a-z0-9]+(-[a-z0-9]+)*"
TaskKey = Annotated[
    str, Field(pattern=rf"^({_ID}/[1-9][0-9]*|hours/{_ID}|own-[0-9a-f]{{6}})$", max_length=70)
]
"""The id of a step or of what stops, or what tells a person's own task by its words."""

AgreedState = Literal["done", "open", "dropped"]
NoTickReason = Literal["no-time", "other-work", "not-useful"]


class StepAgreement(Document):
    """What was said of one step on a day; what is empty was left as it was.

    `wording` is that of the step, to be told when the file has it no more; `written` says that the
    plan's file has it already.
    """

    step: TaskKey
    wording: str
    on: Day
    state: AgreedState | None = None
    due: Day | None = None
    owner: str = ""
    note: str = ""
    written: StrictBool = False


class Confirmation(Document):
    """Whether the "done when" of an action was true on a day.

    `where` is where an outsider can see it, `missing` the one step that is left where it is not.
    """

    action: Id
    on: Day
    holds: StrictBool
    where: str = ""
    missing: str = ""


class Blocker(Document):
    """What held the team up, and which of the five causes is behind it, if known."""

    text: str
    cause: Cause | None = None


class Said(Document):
    """All that was said since the last check-in.

    `marked` are the marks on late steps that nobody has explained yet; `off` are weeks away as
    `--off` takes them, `hours` what the rest is planned with from now on. `pace_told` are the
    hours at which the real pace was told. `put_off` are actions whose "done when" nobody could
    answer, `not_for_us` tasks of set-up that are not wanted. `answers` are those to the questions
    of a review. `asked` names the screens of a check-in that is under way.
    """

    agreements: Many[StepAgreement] = ()
    confirmed: Many[Confirmation] = ()
    wins: Words = ()
    blockers: Many[Blocker] = ()
    answers: Words = ()
    off: Words = ()
    hours: QuarterHours | None = None
    pace_told: QuarterHours | None = None
    no_tick: NoTickReason | None = None
    replans: StrictBool = False
    put_off: Ids = ()
    not_for_us: Ids = ()
    marked: Mapping[TaskKey, str] = Field(default_factory=dict)
    asked: Words = ()

    @property
    def by_step(self) -> Mapping[str, StepAgreement]:
        """What was last said of each step, all of it put together."""
        found: dict[str, StepAgreement] = {}
        for one in self.agreements:
            found[one.step] = one if one.step not in found else _joined(found[one.step], one)
        return found

    def terms_of(self, step: str) -> tuple[StepAgreement, ...]:
        """Return what still holds of what was agreed on a step, each on its own day."""
        found: list[StepAgreement] = []
        known: set[str] = set()
        for one in reversed([one for one in self.agreements if one.step == step]):
            told = {"due": one.due, "owner": one.owner, "note": one.note}
            new = {name for name, term in told.items() if term and name not in known}
            if new:
                older: dict[str, object] = {"due": None, "owner": "", "note": "", "state": None}
                left = {name: empty for name, empty in older.items() if name not in new}
                found.append(one.model_copy(update=left))
                known |= new
        return tuple(reversed(found))

    def agree(self, *agreements: StepAgreement) -> "Said":
        """Return this with agreements added; of one step and day there is one."""
        added = {(one.step, one.on): one for one in self.agreements}
        for one in agreements:
            before = added.get((one.step, one.on))
            added[one.step, one.on] = one if before is None else _joined(before, one)
        return self.model_copy(update={"agreements": tuple(added.values())})

    def without_ticks(self, steps: frozenset[str]) -> "Said":
        """Return this without the ticks on these steps that the file has not yet."""
        left = (
            one
            for one in self.agreements
            if one.step not in steps or one.written or one.state != "done"
        )
        return self.model_copy(update={"agreements": tuple(left)})


def _joined(before: StepAgreement, after: StepAgreement) -> StepAgreement:
    # Who only ticks agrees on nothing new.
    has_terms = bool(after.due or after.owner or after.note)
    return after.model_copy(
        update={
            "on": after.on if has_terms else before.on,
            "state": after.state or before.state,
            "due": after.due or before.due,
            "owner": after.owner or before.owner,
            "note": after.note or before.note,
        }
    )
