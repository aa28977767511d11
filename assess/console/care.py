"""Signs of haste in the answers: counted in the report, never a reason to drop one."""

from assess.care import CareCheck
from assess.console.lines import Lines, Look, heading, items
from assess.console.screen import Console
from assess.figures import count
from assess.planning.reasons import level_text
from assess.questionnaire import Questionnaire


def show_care(console: Console, care: CareCheck, questionnaire: Questionnaire) -> None:
    """Print what of the answers deserves a second look; nothing where nothing does."""
    console.show(care_lines(care, questionnaire, console.look))


def care_lines(care: CareCheck, questionnaire: Questionnaire, look: Look) -> Lines:
    """Return a sentence for each sign."""
    asks = {question.id: question.ask for question in questionnaire.questions}
    texts = [
        f"“{asks[found.question]}” is at level 3, though “{asks[found.foundation]}”, on which it "
        "builds, is at level 0."
        for found in care.contradictions
    ]
    if (run := care.straight_run) is not None:
        same = "not applicable" if run.answer == "not-applicable" else level_text(run.answer)
        texts.append(f"{count(run.length, 'answer')} in a row are the same: {same}.")
    if care.hasty:
        texts.append(
            f"{len(care.hasty)} of {count(care.timed, 'answer')} came faster than their text can "
            "be read."
        )
    title = "Worth a second look: assess run --edit changes answers"
    return [*heading(title, look), *items(texts, look)] if texts else []
