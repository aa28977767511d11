"""One text of every kind that the program writes, for tests of their form."""

from pathlib import Path

from assess.answers import Assessment
from assess.checkin.status import ActionFacts, review_progress
from assess.comparison.compare import compare_assessments
from assess.document.reading import read_document
from assess.document.update import update_document
from assess.documents.plan import describe_plan, read_plan_record
from assess.documents.said import Said
from assess.media.markdown import render_markdown
from assess.pages.board import Beside
from assess.pages.carried import LeftOpen
from assess.pages.checkin import make_checkin_page
from assess.pages.comparison import make_comparison_page
from assess.pages.plan_paper import render_plan
from assess.pages.result import make_result_page
from assess.rules.finding import Finding
from assess.scoring.assessment import score_assessment
from tests.builders import DAY, LYON, action_table, make_answers, make_questionnaire
from tests.plans import GOALS, ROLES, make_plan

TEMPLATES = Path("plans/templates")
DIFFICULT = "plan-of-a-team-with-a-difficult-name"
SAY_NO = action_table("say-no", {"goals-1": 2}, title="Say *no*, <b>never")


def template(name: str) -> str:
    return (TEMPLATES / f"{name}.md.j2").read_text(encoding="utf-8")


def rendered(*actions: object, **more: object) -> str:
    return render_plan(make_plan(*actions, **more), template("plan"))  # type: ignore[arg-type]


def golden_texts() -> dict[str, str]:
    """Return the texts by the names of their files."""
    questionnaire = make_questionnaire(goals=3, roles=3)
    first, second = (
        Assessment(questionnaire, LYON, day, manager=make_answers(questionnaire, *levels, date=day))
        for day, levels in ((DAY, (1,)), (DAY.replace(year=2027), (2, 2, 3, 0, 1, 1)))
    )
    profile = score_assessment(first).profile
    plan = make_plan()
    document = read_document(rendered())
    checkin = review_progress(
        document,
        read_plan_record(describe_plan(plan)),
        plan.reviews[0],
        reviews=plan.reviews,
        facts=ActionFacts({action.id: action.levers for action in plan.actions.values()}),
    )
    findings = [Finding("r", "Nobody knows <why>.", risk="culture", note="Read *this*.")]
    left = (LeftOpen("say-no", "Say no", 2, True), LeftOpen("old", "Old", 1, False))
    busy = make_plan(GOALS, ROLES, SAY_NO, not_now={"say-no": "places"}, findings=findings)
    dropped = update_document(rendered(), rendered(), rendered(ROLES)).text
    return {
        "plan": rendered(),
        DIFFICULT: rendered(team="A | B # C _d_ `e` <f> *g* [h](i) 1."),
        "plan-with-everything": render_plan(busy, template("plan"), Beside(left)),
        "plan-without-hours": rendered(GOALS, hours=0, not_now={"write-three-goals": "places"}),
        "plan-of-a-complete-team": rendered(
            GOALS, levels=(3,), not_now={"write-three-goals": "places"}
        ),
        "plan-after-an-update": dropped,
        "plan-with-a-new-priority": update_document(dropped, None, rendered(SAY_NO, ROLES)).text,
        "result": render_markdown(make_result_page("Lyon", DAY, profile)),
        "comparison": render_markdown(make_comparison_page(compare_assessments(first, second))),
        "checkin": render_markdown(make_checkin_page(checkin, Said(wins=("A *win*",)))),
    }


def facts(text: str) -> list[tuple[object, ...]]:
    """Return all that is understood of a plan, whatever its layout."""
    document = read_document(text)
    tasks = [(t.id, t.mark, t.words, t.wording, t.owner, t.due) for t in document.tasks]
    blocks = [(name, block.is_edited) for name, block in document.blocks.items()]
    head = (document.head.team, document.start, [note.text for note in document.notes])
    return [*tasks, *blocks, head]
