"""What the form for a browser says: every sentence of it, beside the questions.

The script in the form has no words of its own. In a text `{number}`, `{of}`, `{time}` and the
like are filled in by the script, as text and never as markup.
"""

from collections.abc import Mapping
from typing import Final

from assess.answers import ANSWERING_RULE, DOES_NOT_APPLY, WHAT_SHOWS_IT, Respondent
from assess.documents.encoding import as_json
from assess.figures import long_day
from assess.pages.membership import Opened, promise_to_member, say_for_whom
from assess.questionnaire import Questionnaire, SubjectKind

WITHOUT_SCRIPT: Final = (
    "This form cannot work here. It needs a browser of a computer that may run its script.",
    "Save the file first and open it from there, with a present version of Firefox, Chrome, Edge "
    "or Safari; a preview in a mail program or on a phone is not enough.",
    "If that does not help: use another computer, ask for a file to fill in (assess questionnaire "
    "--template --as member), or answer at the computer of whoever sent you this.",
)

_OWN: Final = (
    "Your answers are sealed for the computer on which the assessment was opened: whoever "
    "forwards the file reads nothing.",
)
_TEXTS: Final[Mapping[str, str]] = {
    "code": "Your code",
    "code_hint": "Twelve letters and digits; it opens your draft too.",
    "code_missing": "Type your code.",
    "code_wrong": "This is not a code as it was given out: please compare each letter.",
    "begin": "Begin",
    "working": "One moment …",
    "no_draft": "This browser keeps no draft for this page: answer in one go, and leave it open.",
    "draft": "A draft is kept in this browser only, under the seal of your code.",
    "draft_found": "Your draft of {time} is open again.",
    "draft_broken": "The draft that lay here cannot be opened, and is not used.",
    "draft_saved": "Draft kept at {time}.",
    "elsewhere": "These answers are open in another window too: go on in one of them only.",
    "question": "Question {number} of {of}. {ask}",
    "dont_know": "I don't know",
    "not_applicable": DOES_NOT_APPLY,
    "reason": "Why does it not apply?",
    "evidence": WHAT_SHOWS_IT,
    "optional": "Where an outsider could see it; may stay empty.",
    "back": "Back",
    "next": "Next",
    "to_review": "To the review",
    "error": "Error: ",
    "choose_one": "Choose a sentence, or say that you don't know.",
    "reason_missing": "Say why it does not apply, or choose something else.",
    "review": "Review",
    "review_about": "Read your answers once more. What is saved and sent cannot be changed.",
    "change": "Change",
    "open": "not answered yet",
    "open_left": "{number} of {of} questions are not answered yet.",
    "size": "People in the team, with you (may stay empty)",
    "number_wrong": "Type a whole number, or leave it empty.",
    "save": "Save the file",
    "saved": "Is the file there?",
    "saved_about": "It is called {name} and lies where your browser keeps downloads. Send it back "
    "as an attachment to whoever sent you this form; it can be read only there.",
    "again": "Save it again",
    "there": "Yes, it is there: erase the draft",
    "thanks": "Thank you",
    "erased": "The draft is erased from this form. Send the file now, then close this window.",
}


_HOURS: Final[Mapping[SubjectKind, str]] = {
    "team": "Hours a week that the team can invest (may stay empty)",
    "manager": "Hours a week that the manager can invest (may stay empty)",
}


def form_texts(opened: Opened, respondent: Respondent, mark: str) -> dict[str, str]:
    """Return every sentence by its name; `mark` tells this form from another's."""
    lead = promise_to_member(opened) if respondent == "member" else ()
    return {
        **_TEXTS,
        "hours": _HOURS[opened.kept.subject],
        "title": f"{opened.kept.team} · {long_day(opened.kept.date)}",
        "lead": "\n".join(
            (
                f"{opened.kept.invited} members are invited. {opened.questions} questions, about "
                f"{opened.minutes} minutes."
                if respondent == "member"
                else _FOR_OTHERS[respondent],
                *say_for_whom(opened),
                *lead,
                *_OWN,
            )
        ),
        "rule": ANSWERING_RULE,
        "mark": f"Mark of this form: {mark}",
    }


_FOR_OTHERS: Final[Mapping[Respondent, str]] = {
    "manager": "These are the answers of the manager. The code was printed with this form.",
    "consensus": "This is the joint answer of the whole team. The code was printed with this form.",
}


def form_questions(questionnaire: Questionnaire) -> dict[str, object]:
    """Return what is asked, as the form's script reads it."""
    return {
        "dimensions": {d.id: as_json(d, "title about") for d in questionnaire.dimensions},
        "questions": as_json(questionnaire.questions, "id dimension ask levels evidence"),
    }
