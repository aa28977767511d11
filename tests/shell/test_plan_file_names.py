"""The name of a plan's file."""

import unicodedata
from datetime import date
from typing import Literal

import pytest

from assess.workflow.papers import name_plan_file

START = date(2026, 11, 30)


@pytest.mark.parametrize("team", ["हिन्दी", "İzmir", "ทีมขาย", "a_b"])
@pytest.mark.parametrize("form", ["NFC", "NFD"])
def test_signs_above_and_below_letters_stay_in_the_name_of_a_file(
    team: str, form: Literal["NFC", "NFD"]
) -> None:
    given = unicodedata.normalize(form, team)
    assert str(name_plan_file(given, START)) == f"{unicodedata.normalize('NFC', team)}-{START}.md"
