"""The form for a browser: written for an open assessment, and read when it comes back."""

import json
from base64 import b64decode, b64encode
from pathlib import Path
from typing import Final

from assess.answers import Answers, KeptAssessment, Respondent
from assess.answers_file import read_answers
from assess.documents.membership import describe_form
from assess.documents.sealed import MOST_SEALED, SEALED_FORMAT, SealedAnswers, SealedFile
from assess.errors import AnswersError, AssessError
from assess.invitation import DRAWN, IGNORED, LETTERS
from assess.library.files import exists, read_text, write_new
from assess.pages.form import WITHOUT_SCRIPT, form_questions, form_texts
from assess.pages.membership import Opened, make_form_page
from assess.questionnaire import Questionnaire
from assess.store import FormKey, Store
from assess.store.seals import ASK_AGAIN, DRAFT_ROUNDS, fingerprint
from assess.workflow.finding import Errand
from assess.workflow.members.membership import find_joint, find_open
from assess.workflow.outcome import Outcome
from assess.workflow.papers import name_plan_file, name_whose

_FORM_MARK: Final = 'id="without-script"'
_CUT: Final = "This file of the form was cut or changed on its way."


def write_form(errand: Errand, respondent: Respondent, out: Path | None) -> Outcome:
    """Write the form for members, for the manager or for the team together."""
    store = errand.store
    kept = find_joint(errand)[0] if respondent == "consensus" else find_open(errand)
    key = store.make_form(kept.key, respondent)
    asked = store.load_assessment(kept.key).questionnaire.put_to(respondent)
    who = "" if respondent == "member" else f"-{respondent}"
    stem = name_plan_file(name_whose(kept.team, asked), kept.date).stem

    def is_own(there: str) -> bool:
        # A form that was written again is the same; one to other questions is somebody's work.
        return _FORM_MARK in there and f'"questionnaire":"{asked.id}"' in there

    usual, other = Path(f"{stem}-form{who}.html"), Path(f"{stem}-{asked.id}-form{who}.html")
    is_free = not exists(usual) or is_own(read_text(usual, AssessError))
    file = out or (usual if is_free else other)
    write_new(file, _render(kept, asked, respondent, key), is_own)
    mark = fingerprint(key.public)
    told = (str(file), respondent, mark, key.code)
    return Outcome((make_form_page(*told),), lambda: describe_form(*told)).about(store, kept.key)


def _render(
    kept: KeptAssessment, asked: Questionnaire, respondent: Respondent, key: FormKey
) -> str:
    from assess.media.html.form import render_form

    mark = fingerprint(key.public)
    texts = form_texts(Opened(kept, asked), respondent, mark)
    data = {
        "format": SEALED_FORMAT,
        "head": {
            "questionnaire": asked.id,
            "version": asked.version,
            "team": str(kept.team),
            "date": kept.date.isoformat(),
            "respondent": respondent,
        },
        "key": b64encode(key.public).decode(),
        "mark": mark,
        "purpose": key.purpose,
        "salt": b64encode(key.salt).decode(),
        "rounds": DRAFT_ROUNDS,
        "letters": LETTERS,
        "ignored": IGNORED,
        "code_length": DRAWN + 1,
        "texts": texts,
        **form_questions(asked),
    }
    return render_form(
        data, title=texts["title"], without_script=WITHOUT_SCRIPT, language=asked.language
    )


def looks_sealed(text: str) -> bool:
    """Tell whether a text is a file of the form, perhaps a damaged one."""
    return SEALED_FORMAT in text[:200]


def read_sealed(store: Store, path: Path, text: str) -> tuple[Answers, Questionnaire, str]:
    """Return the answers in a file of the form, their questionnaire, and the file's number."""
    try:
        if len(text) > MOST_SEALED:
            raise ValueError
        outside = SealedFile.model_validate(json.loads(text))
        box = b64decode(outside.box, validate=True)
    except ValueError as error:
        raise AnswersError(_CUT, str(path), ASK_AGAIN) from error
    key, respondent, content = store.unseal(outside.key, box)
    try:
        inside = SealedAnswers.model_validate_json(content)
    except ValueError as error:
        what = "What is under the seal is not what the form writes."
        raise AnswersError(what, str(path), "Answer with the form itself.") from error
    questionnaire = store.load_assessment(key).questionnaire
    # The seal fits one assessment only, whose team may have been renamed since.
    answers = read_answers({**inside.as_answers_table(), "team": key.team}, questionnaire)
    if (answers.key, answers.respondent) != (key, respondent):
        what = "The answers under the seal are for another assessment than the seal."
        raise AnswersError(what, str(path), "Answer with the form itself.")
    return answers, questionnaire, inside.number
