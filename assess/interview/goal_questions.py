"""Setting a goal, one question after the other, with back; what is typed is kept at once.

A goal on its way is what was typed so far, in its order: so back is the last of it taken
away, and going on tomorrow is asking what comes next. Figures are numbered from 1, and what
is asked about one stands under `figure-1.name` and so on.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import field
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Any, Final

from assess.document.dates import find_phrases, read_iso
from assess.figures import long_day
from assess.goals.amounts import Misread, read_amount
from assess.goals.families import FigureCatalogue, FigureKind
from assess.goals.goal import MOST_FIGURES, Goal, KeyFigure, fold_title
from assess.goals.smart import check_goals
from assess.interview.asker import Asker, Blank, Card, Option, numbered
from assess.record import record

BACK_SIGN: Final = "<"
_BACK: Final = "back"
_OWN: Final = "own"
_DONE: Final = "done"
_NONE: Final = "none"
_HINT: Final = f"{BACK_SIGN} goes back."
_QUARTER: Final = timedelta(days=90)
_LONGEST_ID: Final = 40
_DAYS: Final = ("start", "end", "by")

Typed = tuple[tuple[str, str], ...]
"""What was typed so far, in its order, by what was asked."""


@record
class GoalSetting:
    """What somebody who sets a goal may choose from, and must not repeat.

    `taken` are titles of other goals, folded; `ids` those in use; `priorities` titles by action.
    """

    catalogue: FigureCatalogue
    today: date
    end: date
    taken: Collection[str] = ()
    ids: Collection[str] = ()
    priorities: Mapping[str, str] = field(default_factory=dict)


def ask_goal(
    asker: Asker, setting: GoalSetting, typed: Typed, keep: Callable[[Typed], object]
) -> Goal:
    """Ask until a goal is whole; every answer goes to `keep` the moment it is given."""
    while (question := next_question(setting, dict(typed))) is not None:
        answer = ask_about(asker, setting, question, dict(typed), can_go_back=bool(typed))
        typed = typed[:-1] if answer is None else (*typed, (question, answer))
        keep(typed)
        if answer is not None and (said := comment(setting, question, dict(typed))):
            asker.say(said)
    return build_goal(setting, dict(typed))


def next_question(setting: GoalSetting, given: Mapping[str, str]) -> str | None:
    """Return what is to be asked next, or None when all is said."""
    return next((q for q in _questions(setting, given) if q not in given), None)


def _questions(setting: GoalSetting, given: Mapping[str, str]) -> Iterator[str]:
    yield from ("title", "why", "owner", "start", "end")
    for number in range(1, 51):
        yield f"activity-{number}"
        if not given.get(f"activity-{number}"):
            break
    for number in range(1, MOST_FIGURES + 1):
        yield from _figure_questions(f"figure-{number}", given)
        if given.get(f"figure-{number}.family") == _DONE:
            break
    if setting.priorities:
        yield "helped_by"


def _figure_questions(figure: str, given: Mapping[str, str]) -> Iterator[str]:
    yield f"{figure}.family"
    match given.get(f"{figure}.family"):
        case "done":
            return
        case "own":
            yield from (f"{figure}.name", f"{figure}.unit")
        case _:
            yield f"{figure}.kind"
            if given.get(f"{figure}.kind") == _OWN:
                yield from (f"{figure}.name", f"{figure}.unit")
    yield from (f"{figure}.{part}" for part in ("baseline", "target", "by", "every"))


# --- Asking ---

_TEXTS: Final[Mapping[str, tuple[str, str]]] = {
    "title": (
        "What is to be reached? Say what is counted and by when.",
        "As in: 20 % more qualified leads from each blog article by the end of February.",
    ),
    "why": ("Why does it matter to the business?", "One sentence; Enter leaves it open."),
    "owner": ("Who answers for it?", "A role or a name; Enter takes the manager."),
    "name": ("What is the key figure called?", "As in: Qualified leads from each article."),
    "unit": ("In what is it counted?", "As in: leads, %, €, hours."),
    "baseline": ("What is it today?", "Enter leaves it open: the first check-in asks."),
    "target": ("What is it to be?", "Enter leaves it open."),
}
_DEFAULTS: Final = {"owner": "the manager"}


def ask_about(
    asker: Asker,
    setting: GoalSetting,
    question: str,
    given: Mapping[str, str],
    *,
    can_go_back: bool,
) -> str | None:
    """Return one answer, checked; None is back."""
    figure, _, part = question.rpartition(".")
    if part in ("family", "kind", "every", "helped_by"):
        chosen = asker.choose(_card(setting, question, given, can_go_back=can_go_back))
        return None if chosen == _BACK else chosen
    while True:
        typed = asker.write(_blank(setting, question, given, can_go_back=can_go_back))
        if typed == BACK_SIGN and can_go_back:
            return None
        answer = typed or _default(setting, part, given)
        if (problem := _problem(setting, figure, part, answer, given)) is None:
            # A day without a year means the same tomorrow only when it is kept with one.
            day = _parse_day(answer, _near(setting, given)) if part in _DAYS else None
            return day.isoformat() if day else answer
        asker.say(problem)


def _blank(
    setting: GoalSetting, question: str, given: Mapping[str, str], *, can_go_back: bool
) -> Blank:
    part = question.rpartition(".")[2]
    if part.startswith("activity"):
        ask = "Which work supports it?" if part == "activity-1" else "Anything else?"
        ask, hint = ask, "One line each; Enter ends."
    elif part in _DAYS:
        asks = {"start": "When does it start?", "end": "When does it end?"}
        ask = asks.get(part, "By when is the figure to be there?")
        day = date.fromisoformat(_default(setting, part, given))
        hint = f"As in 28 February or 2027-02-28. Enter takes {long_day(day)}."
    else:
        ask, hint = _TEXTS[part]
    return Blank(ask, f"{hint} {_HINT}" if can_go_back else hint)


def _default(setting: GoalSetting, part: str, given: Mapping[str, str]) -> str:
    if part == "start":
        return setting.today.isoformat()
    if part == "end":
        start = date.fromisoformat(given.get("start") or setting.today.isoformat())
        later = setting.end if setting.end > start else start + _QUARTER
        return later.isoformat()
    return given.get("end", "") if part == "by" else _DEFAULTS.get(part, "")


def _card(
    setting: GoalSetting, question: str, given: Mapping[str, str], *, can_go_back: bool
) -> Card:
    back = (Option(_BACK, "Back to the question before", "b"),) if can_go_back else ()
    figure, _, part = question.rpartition(".")
    catalogue = setting.catalogue
    own = Option(_OWN, "A figure of our own", "o")
    if part == "family":
        number = int(figure.rpartition("-")[2])
        first = number == 1
        ask = "By which key figure will you see it?" if first else "Another key figure?"
        families = numbered(Option(family.id, family.title) for family in catalogue.families)
        done = Option(_DONE, "None yet" if first else "No, that is all", "n")
        about = _suggest(setting, figure, given)
        return Card(
            ask, families or (own,), (*((own,) if families else ()), done, *back), about=about
        )
    if part == "kind":
        family = given[f"{figure}.family"]
        taken = _other_names(setting, figure, given)
        kinds = [
            kind
            for kind in catalogue.figures
            if kind.family == family and fold_title(kind.name) not in taken
        ]
        options = numbered(
            Option(k.id, f"{k.name} ({k.unit}, {k.kind})", detail=k.how) for k in kinds
        )
        return Card("Which one?", options or (own,), (*((own,) if options else ()), *back))
    if part == "every":
        turns = (Option("month", "Every month", "m"), Option("week", "Every week", "w"))
        return Card("How often is it measured?", turns, back, default="month")
    running = numbered(Option(a, title) for a, title in setting.priorities.items())
    none = Option(_NONE, "None of them", "n")
    return Card("Which work of the plan helps it most?", running, (none, *back), default=_NONE)


def _suggest(setting: GoalSetting, figure: str, given: Mapping[str, str]) -> str:
    """Name the leading figures that stand well beside the lagging one that was chosen last."""
    before = f"figure-{int(figure.rpartition('-')[2]) - 1}"
    kind = _kind(setting, before, given)
    beside = setting.catalogue.leading_for(kind.name) if kind else ()
    if kind is None or not beside:
        return ""
    names = " or ".join(f"“{other.name}”" for other in beside)
    return f"“{kind.name}” tells the result late; {names} moves earlier."


# --- Checked as one types ---


def _problem(
    setting: GoalSetting, figure: str, part: str, answer: str, given: Mapping[str, str]
) -> str | None:
    """Say what makes an answer unusable, or return None."""
    if part == "title":
        if not answer:
            return "A goal needs a title; everything else may wait."
        if fold_title(answer) in setting.taken:
            return "There is a goal of this name already; give this one another."
    if part == "name" and not answer:
        return "A key figure needs a name."
    if part == "name" and fold_title(answer) in _other_names(setting, figure, given):
        return "The goal has a figure of this name already; name another one."
    if part in _DAYS:
        return _day_problem(part, answer, _near(setting, given), given)
    if part in ("baseline", "target") and answer:
        known = given.get(f"{figure}.baseline", "")
        found = read_amount(answer, _unit(setting, figure, given), _numbers(known))
        if isinstance(found, Misread):
            return f"{found.what} {found.fix}"
        return _side_problem(setting, figure, part, found, given)
    return None


def _other_names(setting: GoalSetting, figure: str, given: Mapping[str, str]) -> frozenset[str]:
    """Return what the other figures of the goal are called, folded."""
    others = (f"figure-{number}" for number in range(1, MOST_FIGURES + 1))
    names = (_name(setting, other, given) for other in others if other != figure)
    return frozenset(fold_title(name) for name in names if name)


def _name(setting: GoalSetting, figure: str, given: Mapping[str, str]) -> str:
    kind = _kind(setting, figure, given)
    return kind.name if kind else given.get(f"{figure}.name", "")


def _near(setting: GoalSetting, given: Mapping[str, str]) -> str:
    return given.get("start") or setting.today.isoformat()


def _day_problem(part: str, answer: str, near: str, given: Mapping[str, str]) -> str | None:
    day = _parse_day(answer, near)
    if day is None:
        return f"“{answer}” is not a date that can be read; write it as 2027-02-28."
    if part != "start" and given.get("start") and day < date.fromisoformat(given["start"]):
        return "That lies before the start of the goal."
    if part == "by" and given.get("end") and day > date.fromisoformat(given["end"]):
        return "That lies after the end of the goal."
    return None


def _side_problem(
    setting: GoalSetting, figure: str, part: str, target: Decimal, given: Mapping[str, str]
) -> str | None:
    start = _numbers(given.get(f"{figure}.baseline", ""), _unit(setting, figure, given))
    if part != "target" or not start:
        return None
    if start[0] == target:
        return "That is what it is today; say what is to be different."
    kind = _kind(setting, figure, given)
    way = kind.better if kind else ""
    if way == ("less" if target > start[0] else "more"):
        return f"Of “{kind.name if kind else ''}” {way} is better, and it is {start[0]:f} today."
    return None


def comment(setting: GoalSetting, question: str, given: Mapping[str, str]) -> str:
    """Say what the check would ask about the answer that was just given; mostly nothing."""
    checks = {"title": "specific", "why": "relevant", "end": "time-bound", "target": "achievable"}
    check = checks.get(question.rpartition(".")[2])
    if check is None:
        return ""
    # What is not asked yet is not missing yet.
    goal = build_goal(setting, {"owner": "-", "why": "-", **given})
    found = check_goals([goal], setting.catalogue.words, setting.today)
    return next((f"{f.what} {f.fix}" for f in found if f.check == check), "")


# --- What it comes to ---


def build_goal(setting: GoalSetting, given: Mapping[str, str], before: Goal | None = None) -> Goal:
    """Return the goal that was typed; in an edit `before` gives ids and values."""
    title = given.get("title") or "-"
    figures: list[KeyFigure] = []
    for number in range(1, MOST_FIGURES + 1):
        if given.get(f"figure-{number}.family", _DONE) != _DONE:
            old = before.figures[number - 1] if before and number <= len(before.figures) else None
            known = [figure.id for figure in figures]
            figures.append(_build_figure(setting, f"figure-{number}", given, old, known))
    helped = given.get("helped_by", _NONE)
    facts: dict[str, Any] = {
        "id": before.id if before else make_id(title, setting.ids),
        "title": title,
        "why": given.get("why", ""),
        "owner": given.get("owner", ""),
        "start": _day(given, "start"),
        "end": _day(given, "end"),
        "activities": [text for q, text in given.items() if q.startswith("activity-") and text],
        "figures": figures,
        "helped_by": None if helped == _NONE else helped,
    }
    return Goal.model_validate(facts)


def _build_figure(
    setting: GoalSetting,
    figure: str,
    given: Mapping[str, str],
    before: KeyFigure | None,
    known: Sequence[str],
) -> KeyFigure:
    kind, unit = _kind(setting, figure, given), _unit(setting, figure, given)
    name = _name(setting, figure, given) or "-"
    start = _numbers(given.get(f"{figure}.baseline", ""), unit)
    end = _numbers(given.get(f"{figure}.target", ""), unit, start)
    fresh = make_id(kind.id if kind else name, known)
    return KeyFigure.model_validate(
        {
            "id": before.id if before else fresh,
            "name": name,
            "unit": unit,
            "baseline": start[0] if start else None,
            "target": end[0] if end else None,
            "by": _day(given, f"{figure}.by"),
            "every": given.get(f"{figure}.every", "month"),
            "values": before.values if before else (),
            "confidence": before.confidence if before else (),
        }
    )


def type_again(goal: Goal) -> dict[str, str]:
    """Return what one would have typed for a goal that is there."""
    given = {"title": goal.title, "why": goal.why, "owner": goal.owner}
    given |= {q: day.isoformat() for q, day in (("start", goal.start), ("end", goal.end)) if day}
    given |= {f"activity-{n}": text for n, text in enumerate(goal.activities, start=1)}
    for number, figure in enumerate(goal.figures, start=1):
        parts = {"family": _OWN, "name": figure.label, "unit": figure.unit, "every": figure.every}
        amounts = {"baseline": figure.baseline, "target": figure.target}
        parts |= {key: f"{amount:f}" for key, amount in amounts.items() if amount is not None}
        parts |= {"by": figure.by.isoformat()} if figure.by else {}
        given |= {f"figure-{number}.{part}": text for part, text in parts.items()}
    return given | {"helped_by": goal.helped_by or _NONE}


def make_id(text: str, taken: Collection[str]) -> str:
    """Return an id of the first words of a text, another one than those that are taken."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain) or ["goal"]
    name = "-".join(words[:6])[:_LONGEST_ID].strip("-")
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return next(one for one in names if one not in taken)


def _parse_day(text: str, near: str) -> date | None:
    """Return the day that a text says; without a year the one that follows another day."""
    plain = " ".join(text.split())
    start = date.fromisoformat(near)
    return read_iso(plain) or next((p.day for p in find_phrases(plain, start) if p.day), None)


def _day(given: Mapping[str, str], question: str) -> date | None:
    return date.fromisoformat(given[question]) if given.get(question) else None


def _kind(setting: GoalSetting, figure: str, given: Mapping[str, str]) -> FigureKind | None:
    chosen = given.get(f"{figure}.kind")
    return next((kind for kind in setting.catalogue.figures if kind.id == chosen), None)


def _unit(setting: GoalSetting, figure: str, given: Mapping[str, str]) -> str:
    kind = _kind(setting, figure, given)
    return kind.unit if kind else given.get(f"{figure}.unit", "")


def _numbers(text: str, unit: str = "", former: Sequence[Decimal] = ()) -> tuple[Decimal, ...]:
    found = read_amount(text, unit, former)
    return () if isinstance(found, Misread) else (found,)


# --- Changing one ---


def ask_changes(
    asker: Asker,
    setting: GoalSetting,
    goal: Goal,
    keep: Callable[[Callable[[Goal], Goal]], Goal],
) -> None:
    """Show what a goal says until nobody wants to change more; each change is kept at once.

    `keep` applies a change to the goal as it is by then, and returns what is kept.
    """
    given = type_again(goal)
    while (question := asker.choose(_changes_card(setting, given))) != _DONE:
        changed = ask_about(asker, setting, question, given, can_go_back=True)
        if changed is None:
            continue
        given = type_again(keep(partial(_build_changed, setting, {question: changed})))
        if asked := comment(setting, question, given):
            asker.say(asked)


def _build_changed(setting: GoalSetting, typed: Mapping[str, str], goal: Goal) -> Goal:
    return build_goal(setting, {**type_again(goal), **typed}, goal)


def _changes_card(setting: GoalSetting, given: Mapping[str, str]) -> Card:
    names = {"title": "Title", "why": "Why", "owner": "Who", "start": "Start", "end": "End"}
    rows = [Option(q, name, detail=given.get(q) or "–") for q, name in names.items()]
    for number in range(1, MOST_FIGURES + 1):
        figure = f"figure-{number}"
        if f"{figure}.family" in given:
            label = given[f"{figure}.name"]
            parts = ("name", "baseline", "target", "by", "every")
            rows += [
                Option(f"{figure}.{p}", f"{label}: {p}", detail=given.get(f"{figure}.{p}") or "–")
                for p in parts
            ]
    if setting.priorities:
        helped = setting.priorities.get(given["helped_by"], "–")
        rows.append(Option("helped_by", "Helped most by", detail=helped))
    last = (Option(_DONE, "Nothing more", "f"),)
    return Card("What do you want to change?", numbered(rows), last, default=_DONE)
