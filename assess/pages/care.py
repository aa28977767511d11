"""Signs of haste in the answers: counted in the report, never a reason to drop one."""

from datetime import date

from assess.care import CareCheck
from assess.commands import join_command
from assess.figures import count
from assess.pages.blocks import Section, listed
from assess.planning.reasons import level_text
from assess.questionnaire import Questionnaire


def care_section(care: CareCheck, questionnaire: Questionnaire, day: date) -> Section:
    """Return a sentence for each sign; nothing where nothing deserves a second look."""
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
    change = join_command("run", "--edit", str(day))
    title = f"Worth a second look; to change answers: {change}"
    return listed(title, texts, detail=True)
