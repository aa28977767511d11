"""What is said around an assessment with members: when it opens, is answered, and is closed."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from fractions import Fraction
from typing import Final

from assess.answers import KeptAssessment, Respondent
from assess.commands import join_command
from assess.figures import count, long_day
from assess.pages.blocks import Column, Items, Page, Section, Sentence, next_section, table, told
from assess.questionnaire import Questionnaire, SubjectKind
from assess.record import record
from assess.scoring.assessment import Result

_QUESTIONS_IN_TEN_MINUTES: Final = 15
"""As measured with the shipped questionnaires, evidence included."""
_COLLECT: Final = join_command("collect", "./")
MINUTES_TOGETHER: Final = 60
THANKS: Final = (
    "Thank you. Your answers are kept without your name, their order or their time. They "
    "are confidential: nobody is shown them, and they cannot be changed any more. "
    "Close this window, so that the next person does not read them in it."
)


@record
class Opened:
    """An assessment that members can answer, and what they are asked."""

    kept: KeptAssessment
    asked: Questionnaire

    @property
    def questions(self) -> int:
        return len(self.asked.questions)

    @property
    def minutes(self) -> int:
        """About how long answering takes."""
        return max(1, round(10 * self.questions / _QUESTIONS_IN_TEN_MINUTES))


def make_codes_page(opened: Opened, codes: Sequence[str]) -> Page:
    """Return the codes that were drawn just now, and how members answer with them."""
    title = f"{opened.kept.team} · open to members · {long_day(opened.kept.date)}"
    day = ("--today", opened.kept.date.isoformat())
    template = ("questionnaire", opened.kept.questionnaire, "--template", "--as", "member", *day)
    return Page(
        title,
        (
            Section("", tuple(_describe_opened(opened))),
            told(
                "The codes: one for each member, told to nobody else, and kept nowhere here",
                items=codes,
            ),
            next_section(
                (),
                ("In a browser, with one file that you send to all of them:", join_command("form")),
                ("At this computer, one after the other:", join_command("run", "--as", "member")),
                ("In a file that they fill in, with their code:", join_command(*template)),
                ("What they send back, from the folder that it is in:", _COLLECT),
                ("When all have answered, or nobody else will:", join_command("close")),
                heading="How members answer",
            ),
        ),
    )


def make_form_page(file: str, respondent: Respondent, mark: str, code: str) -> Page:
    """Return what to do with a form that was written, and the code of the manager's or team's."""
    if respondent == "member":
        what = (
            "Send it to each member as an attachment, with the code apart: save it first, then "
            "open it in a browser of a computer. In file stores on the web it has to be downloaded."
        )
    else:
        what = "Save it where it is to be answered, and open it in a browser. It needs this code:"
    return Page(
        f"Written to {file}",
        (
            told("", what, items=(code,) if code else ()),
            next_section(
                (
                    f"Its mark is {mark}: members see it in the form and can compare it with "
                    "what you tell them, so that nobody sends them another.",
                ),
                ("What comes back, from the folder that it is in:", _COLLECT),
            ),
        ),
    )


def say_how_many(kept: KeptAssessment, still_open: int) -> str:
    """Say how many answered; which of them did is told to nobody."""
    return (
        f"{kept.team}, {kept.date}: {kept.members} of {kept.invited} invited answered, "
        f"{count(still_open, 'invitation')} {'is' if still_open == 1 else 'are'} still open; "
        f"results are shown from {kept.minimum} on, once it is closed: assess close"
    )


def greet_member(opened: Opened) -> tuple[str, ...]:
    """Say to a member what will become of the answers, before the first question."""
    return (
        f"The assessment of {opened.kept.team}, {long_day(opened.kept.date)}: "
        f"{_say_invited(opened)} {count(opened.questions, 'question')}, "
        f"about {opened.minutes} minutes.",
        *say_for_whom(opened),
        *promise_to_member(opened),
    )


def say_for_whom(opened: Opened) -> tuple[str, ...]:
    """Say for which kind of team the questions are, where that was asked."""
    if not opened.asked.described:
        return ()
    return (f"The questions are those for such a team: {' '.join(opened.asked.described)}",)


_ABOUT: Final[Mapping[SubjectKind, str]] = {
    "team": "What you answer is confidential.",
    "manager": "You answer about your manager, and what you answer is confidential, for your "
    "manager too.",
}
_CODES: Final[Mapping[SubjectKind, str]] = {
    "team": "Whoever hands out the codes",
    "manager": "Whoever hands out the codes, which is better not your manager,",
}


def promise_to_member(opened: Opened) -> tuple[str, ...]:
    """Say what is shown of the answers, to whom, and what nobody can promise."""
    return (
        f"{_ABOUT[opened.kept.subject]} Whoever sees the result sees means of all "
        f"members in steps of five points, from {opened.kept.minimum} members on, once, when the "
        "assessment is closed. Nobody is shown single answers, reasons or evidence of members.",
        f"Your code lets you answer once. {_CODES[opened.kept.subject]} could answer for others; "
        "so everybody is told how many are invited and how many answered.",
        "Stop when you like: with your code you go on later, and nobody can without it. "
        "What is sent cannot be changed any more.",
    )


def _describe_opened(opened: Opened) -> Iterator[Sentence]:
    """Say what answering costs, what members are promised, and what becomes of few answers."""
    kept, asked, minimum = opened.kept, opened.asked, opened.kept.minimum
    people = "1 person" if kept.invited == 1 else f"{kept.invited} people"
    yield Sentence(f"Answering costs {people} about {opened.minutes} minutes each.")
    yield from map(Sentence, say_for_whom(opened))
    few = " So few that members are told it." if minimum < 5 else ""
    yield Sentence(
        f"{_say_invited(opened)} Their result is shown once the assessment is closed, from "
        f"{minimum} answers on; single questions count from {2 * minimum} on.{few}"
    )
    narrow = [asked.titles[d] for d, questions in asked.by_dimension.items() if len(questions) == 1]
    if narrow:
        yield Sentence(
            "Of dimensions with one question members' figures exist from "
            f"{2 * minimum} answers on: {'; '.join(narrow)}."
        )
    if kept.subject == "manager":
        yield Sentence(
            "They answer about their manager. They answer more openly when somebody else than the "
            "manager hands out the codes, collects the files and keeps this store.",
            "warning",
        )


def _say_invited(opened: Opened) -> str:
    invited = opened.kept.invited
    return f"{count(invited, 'member')} {'is' if invited == 1 else 'are'} invited."


# --- The hour for the joint answer ---


_HOUR_ABOUT_MANAGER: Final = (
    "Somebody else than the manager leads this hour; the manager asks for examples and speaks last."
)


def make_hour_page(
    team: str, day: date, until: date, questionnaire: Questionnaire, result: Result | None
) -> Page:
    """Return how a team finds its joint answer in an hour.

    It begins where members and manager differ most in what is shown.
    """
    hour, titles = plan_hour(questionnaire, result), questionnaire.titles
    typed = join_command("run", "--as", "consensus", "--edit", day.isoformat())
    said = [
        f"One hour with the whole team, until {long_day(until)}. One of you reads, all say the "
        "last sentence that is true, and what you agree on counts. Where you do not agree, the "
        "lower one counts, and you note why."
    ]
    said += [_HOUR_ABOUT_MANAGER] if questionnaire.subject == "manager" else []
    rows = (
        (number, titles[d], len(questionnaire.by_dimension[d]), minutes, why)
        for number, (d, minutes, why) in enumerate(hour, start=1)
    )
    columns = ("#", "*Dimension", "#questions", "#minutes", Column("why here", tone="quiet"))
    alone = Sentence("Nobody has to say what they answered alone.", "quiet")
    questions = (
        Section(
            titles[d],
            tuple(Items((f"{q.ask} ({q.id})",)) for q in questionnaire.by_dimension[d]),
            detail=True,
        )
        for d, _, _ in hour
    )
    return Page(
        f"{team} · the joint answer · {long_day(day)}",
        (
            Section("", (*map(Sentence, said), alone)),
            Section("In this order", (table(columns, rows),)),
            *questions,
            next_section((), ("Type what you agree on:", typed)),
        ),
    )


def plan_hour(
    questionnaire: Questionnaire, result: Result | None
) -> tuple[tuple[str, int, str], ...]:
    """Return dimension, minutes and reason, those first on which the views differ most."""
    apart: dict[str, Fraction] = dict(result.gaps) if result else {}
    seen = result.seen_differently if result else {}
    order = sorted(questionnaire.by_dimension, key=lambda d: -abs(apart.get(d, Fraction(0))))
    weights = {d: len(questionnaire.by_dimension[d]) * (2 if d in seen else 1) for d in order}
    unit = MINUTES_TOGETHER / sum(weights.values())
    return tuple(
        (d, max(1, int(weights[d] * unit)), _why_here(seen.get(d), differs=bool(apart.get(d))))
        for d in order
    )


def _why_here(higher: str | None, *, differs: bool) -> str:
    if higher is not None:
        return f"the {higher} see{'s' * (higher == 'manager')} more"
    return "seen a little differently" if differs else ""
