"""An assessment as one document, members left out: what is exported, and what was replaced."""

from assess.answers import Assessment, AssessmentState
from assess.documents.kept import AssessmentFacts, KeptPlan
from assess.documents.values import answers_document
from assess.store.database import Database
from assess.store.plans import load_plan
from assess.store.rows import KeptRow, keep_questionnaire, load_documents


def facts_of(db: Database, row: KeptRow) -> AssessmentFacts:
    """Return what is kept of an assessment, except its team, date, members and past."""
    documents = load_documents(db, row)
    with db.undamaged(row.entry):
        return AssessmentFacts.describe(
            row,
            questionnaire=row.hash,
            manager=documents.get("manager"),
            consensus=documents.get("consensus"),
            plan=load_plan(db, row),
        )


def facts_from(
    db: Database, assessment: Assessment, state: AssessmentState, plan: KeptPlan | None
) -> AssessmentFacts:
    """Return the same of an assessment that is not kept here; its questionnaire is, now."""
    return AssessmentFacts.describe(
        assessment,
        questionnaire=keep_questionnaire(db, assessment.questionnaire),
        state=state,
        invited=0,
        closed=None,
        manager=answers_document(assessment.manager) if assessment.manager else None,
        consensus=answers_document(assessment.consensus) if assessment.consensus else None,
        plan=plan,
    )
