"""What is asked and planned with: questionnaires, the catalogue, and the method behind both."""

from collections.abc import Iterator, Mapping, Sequence

from assess.catalogue.action import ROLES, Action
from assess.catalogue.work import Work, find_work
from assess.figures import count, join_words, percent
from assess.pages.blocks import (
    Block,
    Items,
    Next,
    Page,
    Section,
    Sentence,
    listed,
    next_section,
    table,
    told,
)
from assess.questionnaire import Question, Questionnaire


def make_questionnaires_page(questionnaires: Sequence[Questionnaire]) -> Page:
    titles = ("*Id", "title", "#version", "#dimensions", "#questions")
    rows = ((q.id, q.title, q.version, len(q.dimensions), len(q.questions)) for q in questionnaires)
    return Page("Questionnaires", (Section("", (table(titles, rows),)),))


def make_beginning_page(name: str, files: Sequence[str], steps: Sequence[Next]) -> Page:
    """Return which files a questionnaire was begun with, and what is done with them."""
    heading = "Written, and ready to be used and changed"
    return Page(
        f"A questionnaire of your own · {name}", (listed(heading, files), next_section((), *steps))
    )


def make_questionnaire_page(questionnaire: Questionnaire) -> Page:
    """Return every dimension with its questions and their levels."""
    return Page(
        f"{questionnaire.title} · {questionnaire.id} {questionnaire.version}",
        (
            *_start_profile(questionnaire),
            *(
                Section(
                    dimension.title,
                    (Sentence(dimension.about, "quiet"), *_questions(questionnaire, dimension.id)),
                )
                for dimension in questionnaire.dimensions
            ),
        ),
    )


def _start_profile(questionnaire: Questionnaire) -> Iterator[Section]:
    """Yield what is asked first, because it decides on the questions."""
    if questionnaire.about:
        blocks: list[Block] = []
        for entry in questionnaire.about:
            blocks.append(Sentence(f"{entry.ask} ({entry.id})", "strong"))
            blocks.append(Items(tuple(f"{key}  {text}" for key, text in entry.choices.items())))
        yield Section("Start profile", tuple(blocks))


def make_actions_page(
    questionnaire: Questionnaire, actions: Sequence[Action], team_size: int
) -> Page:
    """Return the id to type, the effort for a team of a size, and the title of each action."""
    works = ((action, find_work(action, team_size)) for action in actions)
    rows = ((a.title, a.id, count(work.effort, "hour"), work.duration) for a, work in works)
    listing = table(("Title", "*id", "#hours", "#weeks"), rows)
    return Page(f"Actions for {questionnaire.title}", (Section("", (listing,)),))


def make_action_page(action: Action, questionnaire: Questionnaire, team_size: int) -> Page:
    """Return an action: what it lifts, what it needs, its steps, measures and levers."""
    work = find_work(action, team_size)
    steps = tuple(f"week {s.week}, {count(s.hours, 'hour')}: {s.do}" for s in work.steps)
    measures = tuple(f"{m.name}: from {m.baseline} to {m.target}" for m in action.measures)
    lists = (
        ("Done when", _levels(action.lifts, questionnaire)),
        ("Before it begins", _levels(action.needs, questionnaire)),
        ("Steps", steps),
        ("Measures", measures),
        ("If it slips", action.levers),
    )
    return Page(
        f"{action.title} · {action.id}",
        (
            Section("", tuple(map(Sentence, _facts(action, work, team_size)))),
            *(listed(heading, texts) for heading, texts in lists),
        ),
    )


def _facts(action: Action, work: Work, team_size: int) -> Iterator[str]:
    supported = f", supported by {ROLES[action.supports]}" if action.supports else ""
    yield (
        f"Led by {ROLES[action.role]}{supported}; {count(work.effort, 'hour')} "
        f"in {count(work.duration, 'week')} for a team of {team_size}."
    )
    if action.upkeep is not None:
        hours = action.upkeep.hours_of(team_size)
        yield f"Once it stands, the habit takes {count(hours, 'hour')} a week."


def _levels(levels: Mapping[str, int], questionnaire: Questionnaire) -> tuple[str, ...]:
    return tuple(
        f"level {level} of {question}: {questionnaire.by_id[question].levels[level]}"
        for question, level in levels.items()
    )


def _questions(questionnaire: Questionnaire, dimension: str) -> Iterator[Block]:
    for question in questionnaire.by_dimension[dimension]:
        yield Sentence(f"{question.ask} ({question.id})", "strong")
        if not question.members:
            yield Sentence("Members are not asked this.", "quiet")
        for entry, choices in question.applies.items():
            yield Sentence(f"Only where {entry} is {join_words(choices, 'or')}.", "quiet")
        yield Items(_numbered(question))
        for entry, by_choice in question.wordings.items():
            for choice in by_choice:
                other = question.in_words_for({entry: choice})
                yield Sentence(f"Where {entry} is {choice}: {other.ask}", "quiet")
                yield Items(_numbered(other))


def _numbered(question: Question) -> tuple[str, ...]:
    return tuple(f"{level}  {text}" for level, text in enumerate(question.levels))


# --- The method ---


def make_method_page(questionnaire: Questionnaire) -> Page:
    """Return how the figures come about, and what they cannot say."""
    overall, each = percent(questionnaire.overall), percent(questionnaire.each)
    return Page(
        "How this comes about",
        (
            told(
                "The answers",
                "Each question describes one capability at four levels of what an outsider "
                "could have seen in the last 90 days; each level includes the ones below.",
                items=(
                    "Level 0: not in place, or depends on the day.",
                    "Level 1: agreed and followed most of the time, the work of Momentum.",
                    "Level 2: a system that somebody else could take over, Maturity.",
                    "Level 3: improved on evidence and shared, Mastery.",
                ),
            ),
            told(
                "The stage",
                f"A stage is finished when {overall} of its work is in place and no dimension has "
                f"less than {each} of it; a team is in the first stage that it has not finished. "
                "What nobody could say, and what does not apply, lowers nothing.",
            ),
            told(
                "The plan",
                "Rules turn answers into actions; of those the plan has the best that fit into "
                "the hours. It is a file that the team edits.",
            ),
            told(
                "What moved",
                "Answers differ by chance from quarter to quarter. A change is called clear only "
                "where chance would seldom bring it; what was done and what moved stand side by "
                "side, without a claim that one caused the other.",
            ),
        ),
    )
