"""What a kept plan promises: as it was fixed, what came later, and what was put aside."""

from collections.abc import Collection, Mapping, Sequence
from datetime import date

from assess.answers import Assessment
from assess.comparison.promise import Promise, PromisedLevel, PutAside
from assess.comparison.records import PlannedAction
from assess.documents.kept import KeptCheckin, KeptPlan
from assess.documents.plan import MoveDocument, PlanDocument
from assess.documents.said import Said
from assess.pages.promise import describe_so_far
from assess.people import name_owner
from assess.store import Store
from assess.workflow.history import list_done_actions
from assess.workflow.plan.replanning import list_unsure


def find_plan_between(
    store: Store, assessments: Sequence[Assessment], start: date, end: date
) -> KeptPlan | None:
    """Return the plan between two assessments; of several the last that began."""
    plans = (store.load_plan(one.key) for one in assessments if start <= one.date < end)
    begun = [plan for plan in plans if plan is not None and plan.written.start <= end]
    return max(begun, key=lambda plan: plan.written.start, default=None)


def read_promise(kept: KeptPlan) -> Promise:
    """Return what a plan promises; until it is fixed, that is the plan as it stands."""
    now = kept.written.document.promised
    fixed = kept.written.promise.promised if kept.written.promise else now
    aside = _find_put_aside(kept)
    return Promise(
        made_from=kept.written.document.made_from,
        promised=tuple(
            PromisedLevel(one.question, one.start, one.end, aside.get(one.question))
            for one in fixed
        ),
        added=_list_added(fixed, now),
    )


def list_planned_actions(kept: KeptPlan) -> tuple[PlannedAction, ...]:
    """Return what a plan held, for the comparison that follows it."""
    document, done = kept.written.document, list_done_actions(kept)
    offered = _find_offers(document)
    owners = {step.id: step.owner for one in kept.checkins for step in one.found.steps}
    return tuple(
        PlannedAction(
            action=action.action,
            title=action.title,
            done=action.action in done,
            steps=(sum(kept.marks.get(s.id, False) for s in action.steps), len(action.steps)),
            owners=tuple(
                dict.fromkeys(owners.get(s.id) or name_owner(s.owner) for s in action.steps)
            ),
            lifts=offered.get(action.action, {}),
        )
        for action in document.priorities
    )


def count_so_far(kept: KeptPlan, marks: Mapping[str, bool]) -> tuple[int, int]:
    """Return how many promised levels the finished work has won by now, and of how many.

    What is put aside is not counted, nor work of which nobody could say that it is true. `marks`
    says of every action whether it is done.
    """
    promised = [one for one in read_promise(kept).promised if one.put_aside is None]
    unsure = list_unsure((*(checkin.said for checkin in kept.checkins), kept.said))
    done = {name for name, is_done in marks.items() if is_done} - unsure
    won = _find_won(kept, done)
    return sum(won.get(one.question, 0) >= one.end for one in promised), len(promised)


def find_heard(kept: KeptPlan) -> Mapping[str, str]:
    """Return where check-ins heard that the work on a question can be seen, by question."""
    said = (*(checkin.said for checkin in kept.checkins), kept.said)
    latest = {one.action: one for part in said for one in part.confirmed}
    offers = (_find_offers(one) for one in (kept.as_first_written, kept.written.document))
    return {
        question: one.where
        for offered in offers
        for action, one in latest.items()
        if one.holds and one.where
        for question in offered.get(action, {})
    }


def tell_so_far(kept: KeptPlan, marks: Mapping[str, bool]) -> str:
    """Return the same in a sentence; empty where nothing is promised."""
    return describe_so_far(*count_so_far(kept, marks), kept.written.document.end)


def _list_added(
    fixed: Sequence[MoveDocument], now: Sequence[MoveDocument]
) -> tuple[PromisedLevel, ...]:
    """Return the levels above the promised ones, each from where the promise ends."""
    ends = {one.question: one.end for one in fixed}
    return tuple(
        PromisedLevel(one.question, ends.get(one.question, one.start), one.end)
        for one in now
        if one.end > ends.get(one.question, -1)
    )


def _find_put_aside(kept: KeptPlan) -> Mapping[str, PutAside]:
    """Return the questions of which every action that was to lift them is dropped."""
    lifting: dict[str, list[str]] = {}
    titles: dict[str, str] = {}
    for document in (kept.as_first_written, kept.written.document):
        chosen = {action.action: action.title for action in document.priorities}
        titles |= chosen
        for action, lifts in _find_offers(document).items():
            for question in lifts if action in chosen else ():
                lifting.setdefault(question, []).append(action)
    dropped = _find_dropped(kept.checkins, titles)
    return {
        question: max((dropped[action] for action in actions), key=lambda aside: aside.on)
        for question, actions in lifting.items()
        if all(action in dropped for action in actions)
    }


def _find_dropped(
    checkins: Sequence[KeptCheckin], titles: Mapping[str, str]
) -> Mapping[str, PutAside]:
    """Return since when each action is dropped, with the cause that was named then.

    Without a cause nothing is put aside: it is only not done.
    """
    dropped: dict[str, PutAside] = {}
    for checkin in checkins:
        for found in checkin.found.actions:
            if found.state != "dropped":
                dropped.pop(found.action, None)
            elif found.action not in dropped:
                cause = _find_cause(checkin.said, found.action, titles.get(found.action, ""))
                dropped |= {found.action: PutAside(checkin.date, cause)} if cause else {}
    return dropped


def _find_cause(said: Said, action: str, title: str) -> str:
    """Return why an action was dropped: what was noted of a step, else what was in the way."""
    notes = (
        one.note
        for step, one in said.by_step.items()
        if one.state == "dropped" and step.rpartition("/")[0] == action
    )
    known = [one for one in said.blockers if one.cause]
    # What names the action says more of it than what else was in the way.
    known.sort(key=lambda one: not (title and title in one.text))
    return next(filter(None, notes), "") or next((str(one.cause) for one in known), "")


def _find_won(kept: KeptPlan, done: Collection[str]) -> Mapping[str, int]:
    offers = [_find_offers(one) for one in (kept.as_first_written, kept.written.document)]
    won: dict[str, int] = {}
    for lifts in (offered.get(action, {}) for offered in offers for action in done):
        for question, level in lifts.items():
            won[question] = max(level, won.get(question, 0))
    return won


def _find_offers(document: PlanDocument) -> Mapping[str, Mapping[str, int]]:
    return {
        candidate.action: {rung.question: rung.level for rung in candidate.rungs}
        for candidate in document.candidates
    }
