"""The small questions around an interview: which team, how many hours, where it can be seen."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Final, Literal

from assess.answers import Answer
from assess.catalogue.action import Role
from assess.errors import Problem
from assess.figures import long_day
from assess.identity import PersonName, name_problem
from assess.interview.asker import BACK_SIGN, Asker, Blank, Card, Option, goes_back, numbered
from assess.interview.cards import claim_blank, tell_in_words_only
from assess.questionnaire import AboutEntry, Questionnaire, SubjectKind
from assess.record import record
from assess.scoring.evidence import find_shown

_NEW: Final = "\n"  # No team can be called so.
MOST_HOURS: Final = 10_000
MOST_PEOPLE: Final = 500


def ask_team(asker: Asker, teams: Iterable[str]) -> str:
    """Return one of the teams, or the name of a new one."""
    known = numbered(Option(team, team) for team in teams)
    card = Card("Which team?", known, others=(Option(_NEW, "Another team", "n"),))
    if known and (chosen := asker.choose(card)) != _NEW:
        return chosen
    return ask_usable(asker, Blank("What is the team called?"), name_problem)


def ask_usable(asker: Asker, blank: Blank, find_problem: Callable[[str], str | None]) -> str:
    """Ask for a line, and once more as long as there is a problem with it, which is said."""
    while (problem := find_problem(typed := asker.write(blank))) is not None:
        asker.say(problem)
    return typed


_HOURS: Final[Mapping[SubjectKind, str]] = {
    "team": "How many hours a week can the team, all together, invest in working better?",
    "manager": "How many hours a week can you invest in leading better?",
}
_AWAY: Final[Mapping[SubjectKind, str]] = {
    "team": "When is the team away in these three months?",
    "manager": "When are you away in these three months?",
}


def ask_hours(
    asker: Asker, default: int, people: int | None = None, subject: SubjectKind = "team"
) -> int:
    """Return how many hours a week the whole team, or its manager, can invest, 0 or more.

    `people` says that the default is one hour for each of so many.
    """
    each = f", one for each of {people} people" if people and people > 1 else ""
    hint = "Whole hours, beside the daily work; what the plan asks for never exceeds them."
    # The default is not written out beforehand: whoever types 8 behind a 6 would get 68.
    blank = Blank(_HOURS[subject], f"{hint} Enter takes {default}{each}.")
    number = _ask_number(asker, blank, range(MOST_HOURS + 1))
    return default if number is None else number


def ask_team_size(asker: Asker, default: int | None = None) -> int | None:
    """Return how many people are in the team, or None where nobody says."""
    hint = "Enter skips it." if default is None else f"Enter takes {default}."
    return (
        _ask_number(
            asker, Blank("How many people are in the team?", hint), range(1, MOST_PEOPLE + 1)
        )
        or default
    )


def _ask_number(asker: Asker, blank: Blank, allowed: range) -> int | None:
    """Return a whole number, or None for Enter alone."""
    while typed := asker.write(blank):
        # int() also takes "1_000" and digits of other scripts; nobody means those here.
        is_short = typed.isascii() and typed.isdigit() and len(typed) <= len(str(allowed[-1]))
        if is_short and int(typed) in allowed:
            return int(typed)
        asker.say(f"'{typed}' is not a whole number from {allowed[0]} to {allowed[-1]}.")
    return None


def ask_about(
    asker: Asker, entries: Iterable[AboutEntry], said: Mapping[str, str]
) -> dict[str, str]:
    """Return what the team says of itself, entry by entry; `said` is what it said before."""
    return {
        entry.id: ask_choice(asker, entry.ask, entry.choices, default=said.get(entry.id))
        for entry in entries
    }


def ask_time_off(
    asker: Asker,
    offered: str | None,
    find_problem: Callable[[str], str | None],
    subject: SubjectKind = "team",
) -> str:
    """Return when nobody works on the plan, in the words of `--off`; Enter takes what is offered.

    `offered` are the days that most teams are away, if any.
    """
    takes = offered or "none"
    hint = f"Dates like 2026-12-21..2027-01-03, commas between, or none. Enter takes {takes}."
    blank = Blank(_AWAY[subject], hint)
    return ask_usable(asker, blank, lambda typed: find_problem(typed or takes)) or takes


def ask_same_person(asker: Asker, last: date) -> bool:
    """Return whether whoever answers now is who answered last time."""
    return ask_yes_no(
        asker,
        f"Does the same person answer as on {long_day(last)}? "
        "A change is judged more strictly when it is another.",
        default=True,
    )


def ask_yes_no(asker: Asker, question: str, *, default: bool) -> bool:
    options = (Option("yes", "Yes", "y"), Option("no", "No", "n"))
    return asker.choose(Card(question, options, default="yes" if default else "no")) == "yes"


def ask_choice(
    asker: Asker, question: str, choices: Mapping[str, str], default: str | None = None
) -> str:
    """Return the key of one of the choices, which are shown as their values."""
    options = numbered(Option(value, text) for value, text in choices.items())
    return asker.choose(Card(question, options, default=default))


def ask_line(asker: Asker, question: str, hint: str = "Enter skips it.", default: str = "") -> str:
    """Return one line of free text, which may be empty."""
    return asker.write(Blank(question, hint, default))


# --- Where answers can be seen ---


@record
class Claim:
    """An answer with a level that shall be shown; it keeps its level whatever is said.

    `wanted` is the level that a plan promised, and `heard` what check-ins heard of it.
    """

    question: str
    wanted: int | None = None
    heard: str = ""


def ask_where_seen(
    asker: Asker,
    questionnaire: Questionnaire,
    claims: Iterable[Claim],
    given: Mapping[str, Answer],
    keep: Callable[[str, Answer], None],
) -> dict[str, Answer]:
    """Ask of each claim where an outsider could see it, and return all answers as they are then.

    What is said is kept at once as the evidence of the answer.
    """
    answers, listed, place = dict(given), tuple(claims), 0
    while place < len(listed):
        claim, place = listed[place], place + 1
        answer, question = answers[claim.question], questionnaire.by_id[claim.question]
        if answer.level is None:
            continue
        offered = answer.evidence or claim.heard
        where = f"{place} of {len(listed)}:"
        blank = claim_blank(question, answer.level, where, claim.wanted, offered)
        text = asker.write(blank)
        if goes_back(text, offered):
            known = [n for n in range(place - 1) if answers[listed[n].question].level is not None]
            place = known[-1] if known else place - 1
            continue
        if text != answer.evidence:
            answers[claim.question] = replace(answer, evidence=text)
            keep(claim.question, answers[claim.question])
            if text and claim.question not in find_shown(answers):
                asker.say(tell_in_words_only(text))
    return answers


# --- The people of a team ---


HandOverWay = Literal["to", "spread", "to-role"]
"""All to one person, to the others of the role, or back to the role."""

_ASKED: tuple[tuple[Role, str, bool], ...] = (
    ("manager", "Who manages the team?", False),
    ("team", "Who else is in the team?", True),
    ("specialist", "Whose special knowledge can the team call in?", True),
    ("sponsor", "Who above the team stands up for it?", False),
)
"""Each role, how one asks for it, and whether it may have several people."""


def ask_people(
    asker: Asker,
    known: Sequence[str],
    find_problem: Callable[[str], Problem | None],
    take_back: Callable[[], str],
) -> Iterator[tuple[str, Role]]:
    """Yield each name with its role as soon as it is said; Enter ends the list of a role.

    Going back takes the name back that was said last: `take_back` returns it, and it is offered.
    """
    names, said, former = [PersonName(name) for name in known], list[int](), ""
    place = 0
    while place < len(_ASKED):
        role, question, several = _ASKED[place]
        offered = former if said or former else None
        name = _ask_name(asker, question, names, find_problem, several, offered)
        former = ""
        if name == BACK_SIGN:
            if said:
                place, former = said.pop(), take_back()
                names.pop()
            continue
        if name:
            names.append(PersonName(name))
            said.append(place)
            yield name, role
        if not name or not several:
            place += 1


def ask_successor(asker: Asker, name: str, others: Sequence[str]) -> tuple[HandOverWay, str]:
    """Return where the open steps of somebody who leaves go, and to whom if it is one person."""
    options = {
        **({"spread": "Spread over the others of the role"} if others else {}),
        "to-role": "Back to the role, until it has a name",
        **({"to": "All to one person"} if others else {}),
    }
    way = ask_choice(asker, f"Where do the steps of {name} go?", options)
    if way == "to":
        return "to", ask_choice(asker, "To whom?", {other: other for other in others})
    return ("spread" if way == "spread" else "to-role"), ""


def _ask_name(
    asker: Asker,
    question: str,
    names: Sequence[PersonName],
    find_problem: Callable[[str], Problem | None],
    may_be_several: bool,
    former: str | None,
) -> str:
    """Return a usable name, nothing, or the sign of going back, where `former` is no None."""
    hint = "One name at a time; Enter ends." if may_be_several else "Enter skips it."
    hint += "" if former is None else f" {BACK_SIGN} goes back."
    while typed := asker.write(Blank(question, hint, former or "")):
        if former is not None and goes_back(typed, former):
            return BACK_SIGN
        problem = find_problem(typed)
        if problem is None and typed not in names:
            return typed
        told = f"{problem.what} {problem.fix}" if problem else f"{typed} is named already."
        asker.say(told)
    return ""
