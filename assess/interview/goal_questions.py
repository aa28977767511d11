"""Setting a goal, one question after the other, with back; what is typed is kept at once.

A goal on its way is what was typed so far, in its order: so back is the last of it taken
away, and going on tomorrow is asking what comes next. Figures are numbered from 1, and what
is asked about one stands under `figure-1.name` and so on.
"""

import re
import unicodedata
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import field, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import partial
from typing import Final, Literal

from assess.document.dates import read_day, read_iso
from assess.figures import long_day
from assess.goals.amounts import Misread, read_amount
from assess.goals.families import FigureCatalogue, FigureKind
from assess.goals.goal import MOST_FIGURES, Goal, KeyFigure, find_oddities, fold_title
from assess.goals.smart import check_goals
from assess.interview.asker import BACK, BACK_SIGN, Asker, Blank, Card, Option, goes_back, numbered
from assess.record import record

_OWN: Final = "own"
_DONE: Final = "done"
_NONE: Final = "none"
_MORE: Final = "more"
_QUARTER: Final = timedelta(days=90)
_LONGEST_ID: Final = 40
_CHOSEN: Final = ("family", "kind", "every", "helped_by")
_DAYS: Final = ("start", "end", "by")
_FIGURES: Final = tuple(f"figure-{number}" for number in range(1, MOST_FIGURES + 1))
_ASKS: Final[Mapping[str, tuple[str, str]]] = {
    "title": (
        "What is to be reached? Say what is counted and by when.",
        "As in: 20 % more qualified leads from each blog article by the end of February.",
    ),
    "why": ("Why does it matter to the business?", "One sentence; Enter leaves it open."),
    "owner": ("Who answers for it?", "A role or a name; Enter takes the manager."),
    "start": ("When does it start?", ""),
    "end": ("When does it end?", ""),
    "name": ("What is the KPI called?", "As in: Qualified leads from each article."),
    "unit": ("In what is it counted?", "As in: leads, %, €, hours."),
    "baseline": ("What is it today?", "Enter leaves it open: the first check-in asks."),
    "target": ("What is it to be?", "Enter leaves it open."),
    "by": ("By when is the figure to be there?", ""),
    "activity-1": ("Which work supports it?", "One line each; Enter ends."),
}
_MORE_WORK: Final = ("Anything else?", "One line each; Enter ends.")
_CHECKED: Final = {"title": "specific", "why": "relevant", "end": "time-bound"}

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
    former: dict[str, str] = {}
    while True:
        given = dict(typed)
        question = next((q for q in _list_questions(setting, given) if q not in given), None)
        if question is None:
            return _Form(setting, given).build()
        answer = ask_about(asker, setting, question, given, former.get(question, ""))
        former |= typed[-1:] if answer is None else ()
        typed = typed[:-1] if answer is None else (*typed, (question, answer))
        keep(typed)
        if answer is not None:
            _comment(asker, _Form(setting, dict(typed)), question)


def ask_changes(
    asker: Asker, setting: GoalSetting, goal: Goal, keep: Callable[[Callable[[Goal], Goal]], Goal]
) -> None:
    """Show what a goal says until nobody wants to change more; each change is kept at once.

    `keep` applies a change to the goal as it is by then, and returns what is kept.
    """
    given = _type_again(goal)
    while (question := asker.choose(_changes_card(setting, given))) != _DONE:
        if question == _MORE:
            if said := _ask_figure(asker, setting, given):
                given = _type_again(keep(partial(_add_figure, setting, said)))
        elif (changed := ask_about(asker, setting, question, given)) is not None:
            given = _type_again(keep(partial(_change, setting, question, changed)))
            _comment(asker, _Form(setting, given), question)


def _ask_figure(asker: Asker, setting: GoalSetting, given: Mapping[str, str]) -> Typed:
    """Return what is said of one more figure; nothing where somebody goes back."""
    figure, said = _next_figure(given), dict[str, str]()
    while True:
        form = {**given, **said}
        asked = (q for q in _list_questions(setting, form) if q.startswith(figure))
        if (question := next((q for q in asked if q not in form), None)) is None:
            return tuple((q.removeprefix(figure), answer) for q, answer in said.items())
        answer = ask_about(asker, setting, question, form)
        if answer == _DONE or (answer is None and not said):
            return ()
        if answer is None:
            said.popitem()
        else:
            said[question] = answer


def _add_figure(setting: GoalSetting, said: Typed, goal: Goal) -> Goal:
    """Return a goal with one more figure, behind those that it has by now."""
    given = _type_again(goal)
    new = {f"{_next_figure(given)}{part}": answer for part, answer in said}
    return _Form(setting, {**given, **new}).build(goal)


def _next_figure(given: Mapping[str, str]) -> str:
    return next((f for f in _FIGURES if f"{f}.family" not in given), _FIGURES[-1])


def _change(setting: GoalSetting, question: str, typed: str, goal: Goal) -> Goal:
    return _Form(setting, {**_type_again(goal), question: typed}).build(goal)


def ask_about(
    asker: Asker, setting: GoalSetting, question: str, given: Mapping[str, str], former: str = ""
) -> str | None:
    """Return one answer, checked; None is back, once something is given.

    `former` is what was answered before somebody went back, and offered again.
    """
    form, part = _Form(setting, given), question.rpartition(".")[2]
    if part in _CHOSEN:
        card = form.make_card(question)
        if former in [option.value for option in card.every_option]:
            card = replace(card, default=former)
        chosen = asker.choose(card)
        return None if chosen == BACK else chosen
    while True:
        typed = asker.write(replace(form.make_blank(part), default=former))
        if given and goes_back(typed, former):
            return None
        answer = typed or form.default(part)
        if part in _DAYS and (day := read_day(answer, form.start)) is not None:
            # A day without a year means the same tomorrow only when it is kept with one.
            answer = day.isoformat()
        if (problem := form.find_problem(question, answer)) is None:
            return answer
        asker.say(problem)


def _list_questions(setting: GoalSetting, given: Mapping[str, str]) -> Iterator[str]:
    yield from ("title", "why", "owner", "start", "end")
    for number in range(1, 51):
        yield f"activity-{number}"
        if not given.get(f"activity-{number}"):
            break
    for figure in _FIGURES:
        yield f"{figure}.family"
        if (chosen := given.get(f"{figure}.family")) == _DONE:
            break
        if chosen != _OWN:
            yield f"{figure}.kind"
        if _OWN in (chosen, given.get(f"{figure}.kind")):
            yield from (f"{figure}.name", f"{figure}.unit")
        yield from (f"{figure}.{part}" for part in ("baseline", "target", "by", "every"))
    if setting.priorities:
        yield "helped_by"


def _comment(asker: Asker, form: "_Form", question: str) -> None:
    """Say what the check would ask about the answer that was just given; mostly nothing."""
    part = question.rpartition(".")[2]
    check = "achievable" if part == "target" else _CHECKED.get(part)
    # What is not asked yet is not missing yet.
    goal = _Form(form.setting, {"owner": "-", "why": "-", **form.given}).build()
    found = check_goals([goal], form.setting.catalogue.words, form.setting.today)
    for finding in [f for f in found if f.check == check][:1]:
        asker.say(f"{finding.what} {finding.fix}")


@record
class _Form:
    """A goal on its way: what there is to choose from, and what is given by now."""

    setting: GoalSetting
    given: Mapping[str, str]

    @property
    def start(self) -> date:
        return date.fromisoformat(self.given.get("start") or self.setting.today.isoformat())

    def kind(self, figure: str) -> FigureKind | None:
        chosen = self.given.get(f"{figure}.kind")
        return next((kind for kind in self.setting.catalogue.figures if kind.id == chosen), None)

    def said_of(self, figure: str, part: Literal["name", "unit"]) -> str:
        kind = self.kind(figure)
        return getattr(kind, part) if kind else self.given.get(f"{figure}.{part}", "")

    def amount(self, question: str, typed: str) -> Decimal | Misread:
        """Return the number that was typed, by what the figure is today where there are two."""
        figure, _, part = question.rpartition(".")
        unit = self.said_of(figure, "unit")
        start = read_amount(self.given.get(f"{figure}.baseline", ""), unit)
        former = (start,) if part == "target" and isinstance(start, Decimal) else ()
        return read_amount(typed, unit, former)

    def other_names(self, figure: str) -> frozenset[str]:
        """Return what the other figures of the goal are called, folded."""
        names = (self.said_of(other, "name") for other in _FIGURES if other != figure)
        return frozenset(fold_title(name) for name in names if name)

    def default(self, part: str) -> str:
        if part == "start":
            return self.setting.today.isoformat()
        if part == "end":
            end = self.setting.end
            return (end if end > self.start else self.start + _QUARTER).isoformat()
        return {"by": self.given.get("end", ""), "owner": "the manager"}.get(part, "")

    def make_blank(self, part: str) -> Blank:
        ask, hint = _ASKS.get(part, _MORE_WORK)
        if part in _DAYS:
            day = date.fromisoformat(self.default(part))
            hint = f"As in 28 February or 2027-02-28. Enter takes {long_day(day)}."
        return Blank(ask, f"{hint} {BACK_SIGN} goes back." if self.given else hint)

    def make_card(self, question: str) -> Card:
        back = (Option(BACK, "Back to the question before", "b"),) if self.given else ()
        own = (Option(_OWN, "A figure of our own", "o"),)
        figure, _, part = question.rpartition(".")
        if part == "family":
            is_first = figure == _FIGURES[0]
            ask = "By which KPI (key figure) will you see it?" if is_first else "Another KPI?"
            families = numbered(Option(f.id, f.title) for f in self.setting.catalogue.families)
            done = Option(_DONE, "None yet" if is_first else "No, that is all", "n")
            others = (*(own if families else ()), done, *back)
            return Card(ask, families or own, others, about=self._suggest(figure))
        if part == "kind":
            taken, family = self.other_names(figure), self.given[f"{figure}.family"]
            kinds = numbered(
                Option(k.id, f"{k.name} ({k.unit}, {k.kind})", detail=k.how)
                for k in self.setting.catalogue.figures
                if k.family == family and fold_title(k.name) not in taken
            )
            return Card("Which one?", kinds or own, (*(own if kinds else ()), *back))
        if part == "every":
            turns = (Option("month", "Every month", "m"), Option("week", "Every week", "w"))
            return Card("How often is it measured?", turns, back, default="month")
        running = numbered(Option(a, title) for a, title in self.setting.priorities.items())
        none = Option(_NONE, "None of them", "n")
        ask = "Which work of the plan helps it most?"
        return Card(ask, running, (none, *back), default=_NONE)

    def _suggest(self, figure: str) -> str:
        """Name the leading figures that stand well beside the lagging one chosen before."""
        number = _FIGURES.index(figure)
        kind = self.kind(_FIGURES[number - 1]) if number else None
        beside = self.setting.catalogue.leading_for(kind.name) if kind else ()
        if kind is None or not beside:
            return ""
        names = " or ".join(f"“{other.name}”" for other in beside)
        return f"“{kind.name}” tells the result late; {names} moves earlier."

    def find_problem(self, question: str, answer: str) -> str | None:
        figure, _, part = question.rpartition(".")
        if part == "title" and not answer:
            return "A goal needs a title; everything else may wait."
        if part == "title" and fold_title(answer) in self.setting.taken:
            return "There is a goal of this name already; give this one another."
        if part == "name" and not answer:
            return "A KPI needs a name."
        if part == "name" and fold_title(answer) in self.other_names(figure):
            return "The goal has a figure of this name already; name another one."
        if part in _DAYS and read_iso(answer) is None:
            return f"“{answer}” is not a date that can be read; write it as 2027-02-28."
        if part == "end" and answer < self.given.get("start", ""):
            return "That lies before the start of the goal."
        if part in ("baseline", "target") and answer:
            amount = self.amount(question, answer)
            if isinstance(amount, Misread):
                return f"{amount.what} {amount.fix}"
        return self._find_oddity(question, answer) if part in ("target", "by") else None

    def _find_oddity(self, question: str, answer: str) -> str | None:
        """Say what of an answer is understood, but cannot be meant as long as one can ask."""
        figure, _, part = question.rpartition(".")
        goal = _Form(self.setting, {**self.given, question: answer}).build()
        place = f"[id={goal.figures[_FIGURES.index(figure)].id}].{part}"
        odd = find_oddities(goal, dict(self.setting.catalogue.better))
        return next((f"{p.what} {p.fix}" for p in odd if p.where.endswith(place)), None)

    def build(self, before: Goal | None = None) -> Goal:
        """Return the goal that was typed; in an edit, with all that is not asked about before."""
        given, figures = self.given, list[KeyFigure]()
        for number, figure in enumerate(_FIGURES):
            if given.get(f"{figure}.family", _DONE) != _DONE:
                old = before.figures[number : number + 1] if before else ()
                figures.append(self._build_figure(figure, figures, *old))
        title, helped = given.get("title") or "-", given.get("helped_by", _NONE)
        facts = {
            "id": before.id if before else make_id(title, self.setting.ids),
            "title": title,
            "why": given.get("why", ""),
            "owner": given.get("owner", ""),
            "start": _day(given, "start"),
            "end": _day(given, "end"),
            "activities": [text for q, text in given.items() if q.startswith("activity-") and text],
            "figures": [*figures, *(before.figures[len(_FIGURES) :] if before else ())],
            "helped_by": None if helped == _NONE else helped,
            "closed": before.closed if before else None,
            "ignore": before.ignore if before else (),
        }
        return Goal.model_validate(facts)

    def _build_figure(
        self, figure: str, others: Collection[KeyFigure], before: KeyFigure | None = None
    ) -> KeyFigure:
        kind, name = self.kind(figure), self.said_of(figure, "name") or "-"
        fresh = make_id(kind.id if kind else name, [other.id for other in others])
        facts: dict[str, object] = {"name": name, "unit": self.said_of(figure, "unit")}
        facts["by"] = _day(self.given, f"{figure}.by")
        for part in ("baseline", "target"):
            amount = self.amount(f"{figure}.{part}", self.given.get(f"{figure}.{part}", ""))
            facts[part] = None if isinstance(amount, Misread) else amount
        facts["every"] = self.given.get(f"{figure}.every", "month")
        kept = before.model_dump() if before else {"id": fresh}
        return KeyFigure.model_validate({**kept, **facts})


def _type_again(goal: Goal) -> dict[str, str]:
    """Return what one would have typed for a goal that is there."""
    given = {"title": goal.title, "why": goal.why, "owner": goal.owner}
    given |= {q: day.isoformat() for q, day in (("start", goal.start), ("end", goal.end)) if day}
    given |= {f"activity-{n}": text for n, text in enumerate(goal.activities, start=1)}
    for name, figure in zip(_FIGURES, goal.figures, strict=False):
        parts = {"family": _OWN, "name": figure.label, "unit": figure.unit, "every": figure.every}
        amounts = {"baseline": figure.baseline, "target": figure.target}
        parts |= {key: f"{amount:f}" for key, amount in amounts.items() if amount is not None}
        parts |= {"by": figure.by.isoformat()} if figure.by else {}
        given |= {f"{name}.{part}": text for part, text in parts.items()}
    return given | {"helped_by": goal.helped_by or _NONE}


def _changes_card(setting: GoalSetting, given: Mapping[str, str]) -> Card:
    names = {"title": "Title", "why": "Why", "owner": "Who", "start": "Start", "end": "End"}
    for figure in _FIGURES:
        if label := given.get(f"{figure}.name"):
            parts = ("name", "baseline", "target", "by", "every")
            names |= {f"{figure}.{part}": f"{label}: {part}" for part in parts}
    rows = [Option(q, name, detail=given.get(q) or "–") for q, name in names.items()]
    if setting.priorities:
        helped = setting.priorities.get(given["helped_by"], "–")
        rows.append(Option("helped_by", "Helped most by", detail=helped))
    is_room = f"{_FIGURES[-1]}.family" not in given
    more = (Option(_MORE, "Add a KPI (key figure)", "k"),) if is_room else ()
    last = (*more, Option(_DONE, "Nothing more", "f"))
    return Card("What do you want to change?", numbered(rows), last, default=_DONE)


def make_id(text: str, taken: Collection[str]) -> str:
    """Return an id of the first words of a text, another one than those that are taken."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    words = re.findall(r"[a-z0-9]+", plain) or ["goal"]
    name = "-".join(words[:6])[:_LONGEST_ID].strip("-")
    names = (name, *(f"{name}-{number}" for number in range(2, 1000)))
    return next(one for one in names if one not in taken)


def _day(given: Mapping[str, str], question: str) -> date | None:
    return date.fromisoformat(given[question]) if given.get(question) else None
