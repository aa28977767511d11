"""A check-in under way: what is said is kept before the next thing is asked."""

from datetime import date
from functools import cached_property
from typing import Any

from assess.checkin.pace import Pace
from assess.checkin.status import CheckIn, StepStatus
from assess.documents.said import Said, StepAgreement
from assess.figures import short_day
from assess.interview.asker import Asker, Option
from assess.pages.checkin import describe_terms, tell_beginning
from assess.workflow.checkin.reading import Reading, join_said
from assess.workflow.checkin.setting_up import SetUp, list_set_ups
from assess.workflow.finding import Errand


class Talk:
    """A check-in under way: what was said is in the store before the next thing is asked."""

    def __init__(self, errand: Errand, asker: Asker, reading: Reading) -> None:
        self.errand, self.store = errand.about(reading.assessment), errand.store
        self.asker, self.reading = asker, reading
        self.said = reading.kept.said
        self.agreed = join_said(reading.kept)
        self.before = self.agreed.by_step
        self.next_set_up: SetUp | None = None
        self.asked_late = self.asked_figures = False
        self.kept: tuple[str, ...] = ()
        """What was kept at once, and stays where the rest is forgotten."""

    @property
    def today(self) -> date:
        return self.reading.today

    @property
    def is_full(self) -> bool:
        """Whether the review comes only when it is wanted: a quiet week takes four Enters."""
        return self.asked_late and self.asked_figures

    @property
    def after(self) -> CheckIn:
        return self.reading.after(self.said)

    @property
    def pace(self) -> Pace | None:
        return self.reading.find_pace(self.after)

    @property
    def has_spoken(self) -> bool:
        """Whether there is more to write than what is planned anew."""
        said = self.said
        new = [one for one in said.by_step.values() if not one.written]
        return bool(new or said.off or said.hours or any(c.missing for c in said.confirmed))

    @cached_property
    def set_up(self) -> SetUp | None:
        """At most one task of set-up is offered, with the team's own plan."""
        assessment = self.reading.assessment
        of_team = assessment.questionnaire.subject == "team"
        return next(iter(list_set_ups(self.store, assessment.team)), None) if of_team else None

    def keep(self, said: Said | None = None, **changes: Any) -> None:
        self.said = (said or self.said).model_copy(update=changes)
        self.store.keep_said(self.reading.assessment.key, self.said)

    def open(self) -> None:
        """Say where the plan stands, and what an absence or a beginning means."""
        checkin, past = self.reading.checkin, self.reading.kept.checkins
        last = past[-1].date if past else None
        for text in tell_beginning(checkin, last, is_resumed=bool(self.said.asked)):
            self.asker.say(text)

    @property
    def handed_over(self) -> frozenset[str]:
        """The steps for which somebody was named in this check-in."""
        agreed = self.said.by_step.items()
        return frozenset(step for step, one in agreed if one.owner and not one.written)

    def agree(self, status: StepStatus, **terms: Any) -> None:
        self.keep(self.said.agree(self.agreement(status, **terms)))

    def agreement(self, status: StepStatus, **terms: Any) -> StepAgreement:
        return StepAgreement(step=status.id, wording=status.wording, on=self.today, **terms)

    def row(self, status: StepStatus, *, late: bool = True) -> Option:
        """Return a task as a row to mark, with what was agreed on it before."""
        terms = self.agreed.terms_of(status.id)
        note = describe_terms(terms) if terms else ""
        return Option(status.id, status.short, "", _facts(status, late), note)


def _facts(status: StepStatus, late: bool) -> str:
    """Return who and until when, and whether a task is late where not all of them are."""
    due = short_day(status.due) if status.due else ""
    state = "late" if late and status.state == "late" else ""
    return " · ".join(part for part in (due, state, status.owner) if part)
