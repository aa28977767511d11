"""What is asked about evidence once everything is answered: a spot check, then the promises.

Which questions were promised is told only here, because knowing it invites wishes.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Final

from assess.answers import Answer, Assessment, Respondent
from assess.documents.kept import KeptPlan
from assess.figures import count, long_day
from assess.interview.asker import Asker
from assess.interview.prompts import Claim, ask_where_seen
from assess.scoring.evidence import find_shown
from assess.scoring.profile import score_answers
from assess.scoring.records import View
from assess.store import Draft, Store
from assess.workflow.plan.promising import find_heard, find_plan_between, read_promise

_OWN_VIEWS: Final[Mapping[Respondent, View]] = {"manager": "manager", "consensus": "consensus"}


def ask_for_evidence(
    store: Store, asker: Asker, draft: Draft, given: Mapping[str, Answer], plan: KeptPlan | None
) -> None:
    """Ask where answers can be seen: three that are drawn, then what `plan` promised."""

    def keep(question: str, answer: Answer) -> None:
        store.put_answer(draft.id, question, answer)

    if drawn := _draw(draft, given):
        asker.say(
            f"A spot check: {count(len(drawn), 'answer')} drawn by lot. This changes no score; it "
            "says how much of the result somebody else could look at."
        )
        given = ask_where_seen(asker, draft.questionnaire, drawn, given, keep)
    if plan is not None and (promised := _list_promised(plan, draft, given)):
        asker.say(
            f"Now that all is answered: the plan from {long_day(plan.written.start)} on was to "
            f"make {count(len(promised), 'thing')} true. What shows each of them today?"
        )
        ask_where_seen(asker, draft.questionnaire, promised, given, keep)


def find_promising_plan(
    store: Store, earlier: Sequence[Assessment], draft: Draft
) -> KeptPlan | None:
    """Return the plan whose promise this respondent tells of: the last that began before."""
    # The comparison that follows looks at the same plan: since the last answers of this kind.
    kinds = (one.manager if draft.respondent == "manager" else one.consensus for one in earlier)
    days = [answers.date for answers in kinds if answers is not None]
    plan = find_plan_between(store, earlier, days[-1], draft.date) if days else None
    made_from = plan.written.document.made_from if plan else None
    return plan if made_from == _OWN_VIEWS.get(draft.respondent) else None


def _draw(draft: Draft, given: Mapping[str, Answer]) -> tuple[Claim, ...]:
    """Return what the spot check asks: what was drawn and is not shown already."""
    profile = score_answers(draft.questionnaire, replace(draft.answers, by_question=given))
    spot = profile.evidence.spot if profile.evidence else None
    shown = find_shown(given)
    return tuple(Claim(q) for q in (spot.questions if spot else ()) if q not in shown)


def _list_promised(plan: KeptPlan, draft: Draft, given: Mapping[str, Answer]) -> tuple[Claim, ...]:
    """Return what a plan promised, of the questions that have a level today."""
    heard = find_heard(plan)
    return tuple(
        Claim(one.question, one.end, heard.get(one.question, ""))
        for one in read_promise(plan).promised
        if one.question in draft.questionnaire.by_id and given[one.question].level is not None
    )
