"""What members sent, file by file: answers files with their codes, and sealed files of the form."""

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from assess.answers import Answers
from assess.documents.membership import describe_collected
from assess.errors import AnswersError, AssessError, Problem
from assess.figures import count
from assess.identity import AssessmentKey
from assess.library import read_answers_file
from assess.library.files import read_text, refuse_other_team
from assess.pages.membership import say_how_many
from assess.questionnaire import Questionnaire
from assess.record import record
from assess.store import Intake, Store
from assess.workflow.finding import Errand, find_kept
from assess.workflow.frozen import refuse_frozen
from assess.workflow.members.forms import looks_sealed, read_sealed
from assess.workflow.outcome import Outcome

_MOST_BYTES: Final = 1_000_000
_ENDINGS: Final = (".toml", ".assess")


@record
class Refused:
    """A file that was not taken in, and everything that is wrong with it."""

    path: Path
    problems: tuple[Problem, ...]


def collect_files(errand: Errand, paths: Sequence[Path]) -> Outcome:
    """Take in what was sent: each file by itself, and those of folders.

    A sealed file that was taken in before does not count again.
    """
    as_opened = _questionnaires_as_opened(errand.store)
    outcomes, refused, touched = list[Intake](), list[Refused](), dict[AssessmentKey, None]()
    for path in _list_files(paths):
        try:
            text = read_text(path, AnswersError)
            if looks_sealed(text):
                key, outcome = _take_sealed(errand, path, text)
            else:
                key, outcome = _take_plain(errand, path, as_opened), "new"
        except AssessError as error:
            refused.append(Refused(path, _located(path, error)))
            continue
        outcomes.append(outcome)
        touched[key] = None
    if refused and not outcomes:
        raise AnswersError(*(problem for one in refused for problem in one.problems))
    return _tell_collected(errand.store, outcomes, refused, list(touched))


def _take_plain(
    errand: Errand, path: Path, as_opened: Mapping[str, Questionnaire]
) -> AssessmentKey:
    answers, questionnaire = read_answers_file(path, errand.library, as_opened)
    refuse_other_team(path, answers.team, errand.named)
    _refuse_misplaced(errand.store, path, answers)
    errand.store.add_member(questionnaire, answers)
    return answers.key


def _take_sealed(errand: Errand, path: Path, text: str) -> tuple[AssessmentKey, Intake]:
    store = errand.store
    answers, questionnaire, number = read_sealed(store, path, text)
    refuse_other_team(path, answers.team, errand.named)
    if answers.respondent == "consensus" and not store.was_taken(answers.key, number):
        refuse_frozen(errand, answers.key, "consensus")
    return answers.key, store.add_sealed(questionnaire, answers, number)


def _tell_collected(
    store: Store,
    outcomes: Sequence[Intake],
    refused: Sequence[Refused],
    touched: Sequence[AssessmentKey],
) -> Outcome:
    new, same = outcomes.count("new"), outcomes.count("same")
    kept = [one for one in store.history() if one.key in touched]
    left = {one.key: store.count_open(one.key) for one in kept}
    again = f"; {count(same, 'file')} had been taken in before" if same else ""
    said = (
        f"Taken in: {count(new, 'file')}{again}.",
        *(say_how_many(one, left[one.key]) for one in kept),
    )

    def describe() -> Mapping[str, Any]:
        files = ((str(one.path), one.problems) for one in refused)
        return describe_collected(new, same, files, ((one, left[one.key]) for one in kept))

    problems = tuple(problem for one in refused for problem in one.problems)
    counted = (f"Not taken in: {count(len(refused), 'file')}.",) if refused else ()
    outcome = Outcome((), describe, warnings=counted, problems=problems, after=said)
    return outcome.about(store, kept[0].key) if kept else outcome


def _list_files(paths: Sequence[Path]) -> Iterator[Path]:
    """Yield the files that are named and those in named folders, each once.

    In a folder other files may lie: only what has an ending of ours, or looks like answers
    inside, is meant.
    """
    seen: dict[Path, Path] = {}
    for path in paths:
        if not path.is_dir():
            seen.setdefault(path.resolve(), path)
            continue
        found = [p for p in sorted(path.iterdir()) if p.is_file() and not p.name.startswith(".")]
        meant = [p for p in found if p.suffix.lower() in _ENDINGS or _looks_like_answers(p)]
        if not meant:
            what = "There are no answers in this folder."
            fix = "Name the folder that holds the files which the members sent."
            raise AnswersError(what, str(path), fix)
        for one in meant:
            seen.setdefault(one.resolve(), one)
    yield from seen.values()


def _looks_like_answers(path: Path) -> bool:
    with path.open("rb") as stream:
        head = stream.read(_MOST_BYTES)
    return b"[answers]" in head or looks_sealed(head[:400].decode(errors="replace"))


def _located(path: Path, error: AssessError) -> tuple[Problem, ...]:
    """Return what is wrong with a file, each time with its name."""
    return tuple(
        p if str(path) in p.where else Problem(p.what, f"{path}, {p.where}", p.fix)
        for p in error.problems
    )


def _questionnaires_as_opened(store: Store) -> Mapping[str, Questionnaire]:
    """Return the questionnaires with which assessments were opened, by id."""
    return {
        kept.questionnaire: store.load_assessment(kept.key).questionnaire
        for kept in store.history()
        if kept.state == "open"
    }


def _refuse_misplaced(store: Store, path: Path, answers: Answers) -> None:
    """Refuse what are not the answers of a member to an open assessment."""
    if answers.respondent != "member":
        what = f"These are the answers of the {answers.respondent}, not of a member."
        fix = f"Give them with: assess run --answers {path.name}"
        raise AnswersError(what, f"{path}, respondent", fix)
    kept = find_kept(store, answers.key)
    if kept and kept.state == "open":
        return
    what = f"No assessment of {answers.team} on {answers.date} is open to members."
    fix = "Correct team or date, or open it first: assess open --invite 5"
    if kept and kept.state == "closed":
        what = f"The assessment of {answers.team} on {answers.date} is closed; this comes too late."
        fix = "Leave this file out; answer in the next assessment."
    raise AnswersError(what, str(path), fix)
