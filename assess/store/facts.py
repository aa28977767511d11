"""An assessment as one document, members left out: what is exported, and what was replaced."""

from assess.answers import Assessment
from assess.store.database import Database
from assess.store.documents import Document, answers_document
from assess.store.plans import plan_document
from assess.store.records import State
from assess.store.rows import Row, keep_questionnaire, load_documents


def facts_of(db: Database, row: Row) -> Document:
    """Return what is kept of an assessment, except its team, date, members and past."""
    documents = load_documents(db, row)
    return {
        "questionnaire": row.hash,
        "state": row.state,
        "minimum": row.minimum,
        "same_manager": row.same_manager,
        "same_members": row.same_members,
        "manager": documents.get("manager"),
        "consensus": documents.get("consensus"),
        "plan": plan_document(db, row),
    }


def facts_from(
    db: Database, assessment: Assessment, state: State, plan: Document | None
) -> Document:
    """Return the same of an assessment that is not kept here; its questionnaire is, now."""
    return {
        "questionnaire": keep_questionnaire(db, assessment.questionnaire),
        "state": state,
        "minimum": assessment.minimum,
        "same_manager": assessment.same_manager,
        "same_members": assessment.same_members,
        "manager": assessment.manager and answers_document(assessment.manager),
        "consensus": assessment.consensus and answers_document(assessment.consensus),
        "plan": plan,
    }
