"""A plan on paper: chosen, grouped and in words for its template, which makes it Markdown."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING, Any, Final

from assess.catalogue.action import ROLES, Role
from assess.document.figure_table import format_measure
from assess.document.markdown import escape_markdown, format_table
from assess.document.render import render
from assess.document.reviews import list_reviews
from assess.documents.plan import PlanDocument, PriorityDocument, describe_plan
from assess.figures import (
    count,
    describe_weeks,
    hours_text,
    join_words,
    month_name,
    percent,
    short_day,
)
from assess.goals.measures import follow_measures
from assess.goals.recurring import RecurringWork, list_to_stop
from assess.pages.blocks import Items, Sentence, Table
from assess.pages.board import Beside, make_board_page, shorten_lists
from assess.pages.carried import judge_left_open
from assess.pages.goals import write_goals
from assess.pages.hours import describe_task
from assess.pages.people import describe_staffing
from assess.pages.plan import describe_capacity, describe_fall, group_left_out
from assess.pages.promise import describe_foresight, name_promise
from assess.pages.standing import (
    STAGE_NAMES,
    describe_certainty,
    describe_margin,
    describe_odds,
    describe_stage_rule,
)
from assess.people import Person, name_owner, who_leads
from assess.planning import calendar
from assess.planning.candidates import list_done_when
from assess.planning.plan import USEFUL, LeftOut, Plan, Priority
from assess.questionnaire import STAGES
from assess.rules.finding import Finding
from assess.scoring.profile import Profile
from assess.scoring.records import DimensionScore

if TYPE_CHECKING:
    from jinja2 import BytecodeCache


TextRow = tuple[str, ...]
PriorityPage = Mapping[str, Any]
"""What a template may name of a priority."""

_MOST_IN_FULL: Final = 3
"""About what runs at once; an update brings the next ones up."""
_MOST_IN_LINE: Final = 4
_MOST_SUPPORTERS: Final = 2
_MOST_LEVERS: Final = 2

_BY_MIDDLES: Final = "Each question counts here with the middle one of the members' answers."
_SUPPORTED: Final = ", supported by "
_NO_SCORE: Final = {"not-scored": "too few answers", "not-applicable": "does not apply"}


def render_plan(
    plan: Plan, template: str, beside: Beside | None = None, kept: "BytecodeCache | None" = None
) -> str:
    """Return the plan as Markdown, ready to be sent to the team.

    `kept` has templates that were compiled before.

    Raises:
        DataFileError: The template is not usable.

    Source: docs/decisions/0007-plan-document.md
    """
    return render(template, make_page(plan, beside or Beside()), kept)


def make_page(plan: Plan, beside: Beside) -> Mapping[str, object]:
    """Return all that a template may name, beside the filters and functions of `render`."""
    profile, document, today = plan.profile, describe_plan(plan), beside.today or plan.start
    measured = follow_measures(plan, beside.measured)
    beside = replace(beside, measured=measured, people=plan.people)
    pages, risks = _priority_pages(plan, {w.id: format_measure(w, today) for w in measured})
    one_page = write_one_page(profile, document, plan.reviews, beside)
    decided = {p.action.id for p in plan.priorities if p.kind == "decision"}
    next_in_line = _next_in_line(plan)
    return {
        "team": plan.team,
        "subject": profile.questionnaire.subject,
        "whose": plan.whose,
        "assessed": plan.assessed,
        "start": plan.start,
        "end": plan.end,
        "next_assessment": calendar.next_assessment(plan.start, len(plan.weeks)),
        "one_page": one_page,
        "goals": write_goals(beside.goals, today),
        "stops": tuple(
            _stop_task(work, plan, today) for work in list_to_stop(beside.works, plan.start)
        ),
        "promise": name_promise(plan.end),
        "foresight": describe_foresight(document, profile) if plan.promised else "",
        "months": tuple(_months(plan, [page for page in pages if page["id"] not in decided])),
        "decisions": tuple(page for page in pages if page["id"] in decided),
        "left_open": judge_left_open(beside.left_open, plan),
        "reviews": list_reviews(plan.reviews),
        "risks": risks,
        "priorities": pages,
        "weeks": tuple(_week_rows(plan)),
        "room": (describe_capacity(plan), *describe_staffing(plan)),
        "habits": _list_habits(plan),
        "next_in_line": _tell_next(next_in_line),
        "left_out": _count_left_out(plan, next_in_line),
        "standing": tuple(_describe_standing(plan)),
        "stages": _stage_rows(plan),
        "fall": describe_fall(plan),
        "dimensions": dimension_rows(profile),
        # That every question applies changes nothing here.
        "certainty": tuple(
            line
            for line in describe_certainty(profile)[: -1 if profile.not_applicable == 0 else None]
            if escape_markdown(line) not in one_page and line not in describe_margin(profile)
        ),
        "notes": tuple(dict.fromkeys(f.note for f in plan.findings if f.note)),
    }


def write_one_page(
    profile: Profile, plan: PlanDocument, reviews: Iterable[date], beside: Beside
) -> str:
    """Return the page for the board as it stands in a plan's file."""
    parts: list[str] = []
    for section in shorten_lists(make_board_page(profile, plan, reviews, beside)):
        heading = f"**{escape_markdown(section.heading)}:**" if section.heading else ""
        for block in section.blocks:
            match block:
                case Table(columns, rows):
                    cells = [tuple(escape_markdown(str(cell)) for cell in row) for row in rows]
                    parts += [heading, format_table([column.title for column in columns], cells)]
                case Items(texts):
                    items = "\n".join(f"- {escape_markdown(text)}" for text in texts)
                    parts += [heading, items]
                case Sentence(text):
                    parts.append(f"{heading} {escape_markdown(text)}".strip())
    return "\n\n".join(filter(None, parts))


def _stop_task(work: RecurringWork, plan: Plan, today: date) -> Mapping[str, object]:
    """Return the task of a decision by its id; one that is open has no date in the past."""
    due = work.decided_from
    if due is None:
        raise ValueError("what frees hours does so from a day on")
    if not work.done and due < today:
        off = plan.capacity.days_off
        due = calendar.due_day(plan.start, calendar.first_open_week(plan.start, off, today), off)
    named = who_leads("manager", plan.people)
    owner = named[0].name if named else ROLES["manager"]
    task = {"id": work.id, "text": describe_task(work), "owner": owner}
    return {**task, "due": due, "is_done": work.done}


# --- Priorities ---


def _priority_pages(
    plan: Plan, measures: Mapping[str, str]
) -> tuple[tuple[PriorityPage, ...], tuple[tuple[str, str], ...]]:
    """Return every chosen action on its page, and the risks that none of these tells."""
    work = [p for p in plan.priorities if p.kind != "decision" and p.state != "done"]
    full = {p.action.id for p in work[:_MOST_IN_FULL]}
    risks = _assign_risks(plan, full)
    told: set[str] = set()
    pages = []
    for priority in plan.priorities:
        name = priority.action.id
        because = measure = ""
        if name in full:
            # A reason that several priorities share is told at the first of them.
            because = next((r for r in priority.because if r not in told), priority.because[0])
            measure = measures.get(name, "")
            told.add(because)
        pages.append(_priority_page(plan, priority, because, measure, risks))
    return tuple(pages), _risk_rows(risks[None][:1])


def _priority_page(
    plan: Plan,
    priority: Priority,
    because: str,
    measure: str,
    risks: Mapping[str | None, Sequence[Finding]],
) -> PriorityPage:
    """Return a priority; in short form it has no reason, measure and levers.

    It begins on the Monday of its first and ends on the Friday of its last week; risks are pairs of
    cause and sentence, and `done_when` has the texts of the levels it leads to.
    """
    action = priority.action
    return {
        "id": action.id,
        "title": priority.work.title,
        "objective": priority.objective,
        "when": _describe_when(plan, priority),
        "begins": plan.weeks[priority.first_week - 1].monday,
        "ends": calendar.friday_of(plan.start, priority.last_week),
        "because": because,
        "measure": measure,
        "steps": tuple(replace(s, owner=name_owner(s.owner)) for s in priority.steps),
        "levers": action.levers[:_MOST_LEVERS] if because else (),
        "risks": _risk_rows(risks.get(action.id, ())[:1]),
        "done_when": list_done_when(plan.profile, priority.action),
    }


def _describe_when(plan: Plan, priority: Priority) -> str:
    """Say how much it takes, when, and who supports whoever leads it."""
    weeks = describe_weeks(range(priority.first_week, priority.last_week + 1))
    support = _name_supporters(priority.action.supports, plan.people, priority.lead)
    return f"{count(priority.hours, 'hour')}, {weeks}{support}."


def name_supporters_anew(priority: PriorityDocument, people: Sequence[Person], text: str) -> str:
    """Return what stands above the steps of a priority, with who supports it now."""
    # Of a file's lines with text, the first says when.
    when = next(filter(str.strip, text.splitlines()), "")
    bare, named, _ = when.partition(_SUPPORTED)
    support = _name_supporters(priority.supports, people, priority.owner)
    return text.replace(when, f"{bare}{escape_markdown(support)}.", 1) if named else text


def _name_supporters(role: Role | None, people: Sequence[Person], lead: str) -> str:
    named = [p.name for p in people if role in p.roles and p.name != lead]
    # A list of the whole team says less than that it is the team, and that goes without saying.
    if 0 < len(named) <= _MOST_SUPPORTERS:
        return _SUPPORTED + join_words(named, "and")
    return "" if role is None or role == "team" else _SUPPORTED + ROLES[role]


def _assign_risks(plan: Plan, full: Iterable[str]) -> Mapping[str | None, Sequence[Finding]]:
    """Give each risk to the one priority that it is most about, so that it is told once.

    Under None are those that threaten the plan as a whole.
    """
    assigned: dict[str | None, list[Finding]] = {None: [], **{name: [] for name in full}}
    for finding in {(f.risk, f.because): f for f in plan.findings if f.risk}.values():
        closeness = {
            p.action.id: _closeness(plan, p, finding)
            for p in plan.priorities
            if p.action.id in assigned
        }
        closest = max(closeness, key=lambda name: closeness[name], default=None)
        assigned[closest if closest and closeness[closest] else None].append(finding)
    return assigned


def _risk_rows(findings: Iterable[Finding]) -> tuple[tuple[str, str], ...]:
    return tuple((f.risk.capitalize(), f.because) for f in findings if f.risk)


def _closeness(plan: Plan, priority: Priority, finding: Finding) -> int:
    """Rate how much a finding is about a priority, from 0."""
    questions = plan.profile.questionnaire.by_id
    served = {questions[rung.question].dimension for rung in priority.wins}
    if finding.dimension in served:
        return 2
    return int(finding.risk in priority.action.causes)


# --- Time ---


def _months(plan: Plan, pages: Sequence[PriorityPage]) -> Iterator[Mapping[str, object]]:
    """Yield the thirds of the quarter, each with what begins in it; ids name managed blocks."""
    firsts = (1, *(day + 1 for day in calendar.REVIEW_DAYS))
    months = [calendar.month_of(calendar.week_of(plan.start, page["begins"])) for page in pages]
    for number, (first, review) in enumerate(
        zip(firsts, list_reviews(plan.reviews), strict=False), start=1
    ):
        nothing = "" if number in months else "Nothing new begins. "
        text = f"{nothing}Review on {short_day(review.date)}: {review.questions[0]}"
        yield {
            "id": f"days-{first}-{review.day}",
            "heading": f"Days {first}-{review.day}",
            "text": text if plan.priorities else _nothing(plan),
            "priorities": [p for p, month in zip(pages, months, strict=True) if month == number],
        }


def _nothing(plan: Plan) -> str:
    """Say why a plan is empty, and what to do about it."""
    if plan.profile.complete:
        return "All the work of the three stages is in place, so nothing is added; keep it alive."
    if plan.capacity.hours_per_week == 0:
        return "Free some hours first, then plan anew; no other step counts until then."
    return "Nothing that would help fits in; free more hours or fewer weeks off, then plan anew."


def _week_rows(plan: Plan) -> Iterator[TextRow]:
    """Yield number, Monday, hours, what is under way, and the hours of habits that stand."""
    numbered = [(str(number), p) for number, p in enumerate(plan.priorities, start=1)]
    for week in plan.weeks:
        under_way = (n for n, p in numbered if p.first_week <= week.number <= p.last_week)
        kept_up = sum(p.upkeep for _, p in numbered if p.last_week < week.number)
        yield (
            str(week.number),
            f"{week.monday.day} {month_name(week.monday)}",
            "off" if week.off else hours_text(week.hours),
            "" if week.off else ", ".join(under_way),
            "" if week.off or not kept_up else hours_text(kept_up),
        )


def _list_habits(plan: Plan) -> str:
    """Say from when on which habit is kept up, by its number in the timeline."""
    return "; ".join(
        f"no. {number} from week {p.last_week + 1}, {count(p.upkeep, 'hour')} a week"
        for number, p in enumerate(plan.priorities, start=1)
        if p.upkeep and p.last_week < len(plan.weeks)
    )


# --- What is left out ---


def _next_in_line(plan: Plan) -> Sequence[LeftOut]:
    """Return what would help and has no room, the most valuable first."""
    worth = {c.action.id: sum(rung.weight for rung in c.rungs) for c in plan.candidates}
    useful = [left for left in plan.not_now if left.reason in USEFUL]
    return sorted(useful, key=lambda left: -worth.get(left.action.id, 0))[:_MOST_IN_LINE]


def _tell_next(next_in_line: Sequence[LeftOut]) -> Mapping[str, Sequence[str]]:
    """Return what is next in line under the reasons that it shares."""
    reasons: dict[str, list[str]] = {}
    for left in next_in_line:
        reasons.setdefault(left.text, []).append(f"{left.action.title} ({left.action.id})")
    return reasons


def _count_left_out(plan: Plan, told: Sequence[LeftOut]) -> str:
    """Count what else is left out, by its reason; empty where nothing is."""
    groups = group_left_out([left for left in plan.not_now if left not in told], plan)
    if not groups:
        return ""
    texts = (f"{meaning.lower()} ({len(group)})" for meaning, group in groups.items())
    others = count(sum(map(len, groups.values())), "other action")
    return f"{others} that the tool knows are not for these weeks: {join_words(texts, 'and')}."


# --- Where the team stands ---


def _describe_standing(plan: Plan) -> Iterator[str]:
    """Say by which answers the plan goes, when a stage is finished, and how sure its end is."""
    if plan.profile.view == "members":
        yield _BY_MIDDLES
    yield describe_stage_rule(plan.profile)[0]
    if plan.priorities and not plan.profile.complete:
        subject = plan.profile.questionnaire.subject
        odds = describe_odds(plan.projected.margin, subject, "Asked again after this plan")
        yield from filter(None, [odds])


def dimension_rows(profile: Profile) -> tuple[TextRow, ...]:
    """Return title and the three shares of each dimension, or why it has none."""
    titles = profile.questionnaire.titles
    return tuple((titles[d.id], *_share_cells(d)) for d in profile.dimensions.values())


def _share_cells(dimension: DimensionScore) -> TextRow:
    if dimension.shares is None:
        return (_NO_SCORE[dimension.status], "–", "–")
    return tuple(percent(share) for share in dimension.shares)


def _stage_rows(plan: Plan) -> tuple[TextRow, ...]:
    now = plan.profile.scores
    if now is None:
        return ()
    return tuple(
        (STAGE_NAMES[stage], percent(before), percent(after))
        for stage, before, after in zip(STAGES, now, plan.projected.scores, strict=True)
    )
