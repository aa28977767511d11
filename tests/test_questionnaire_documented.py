"""docs/questionnaire.md names every key that a questionnaire may have, and what can be taken."""

import re
from pathlib import Path

from assess.library.sharing import PLAN_FILES, QUESTIONNAIRE
from assess.questionnaire import (
    AboutEntry,
    Dimension,
    Question,
    Questionnaire,
    StageRule,
    StageWords,
    Wording,
)

TEXT = (Path(__file__).parent.parent / "docs" / "questionnaire.md").read_text(encoding="utf-8")
NAMED = re.findall(r"^\[question\.([a-z]+)|^([a-z_]+) =|`([a-z_]+)`|\[\[?([a-z_]+)", TEXT, re.M)
WORDS = {word for found in NAMED for word in found if word}
MODELS = (AboutEntry, Dimension, Question, StageRule, StageWords, Wording)
OURS = {"dimensions", "all_questions", "said", "members_only", "stage"}
"""Fields that stand otherwise in the file, or not at all."""


def test_every_key_is_named() -> None:
    fields = {field.alias or name for m in MODELS for name, field in m.model_fields.items()}
    head = set(Questionnaire.model_fields) - OURS
    assert (fields | head) - WORDS == set()


def test_everything_that_can_be_taken_is_named() -> None:
    kinds = [QUESTIONNAIRE, *PLAN_FILES.values()]
    assert {word for kind in kinds for words in kind for word in words} - WORDS == set()
