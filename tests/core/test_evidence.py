"""Which evidence an outsider could check, which says something only, which is last quarter's."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assess.answers import Answer
from assess.scoring.evidence import find_shown, find_stale

SHOWN = r"""
https://drive.example.org/x
See the board (https://x.example/y?z=1).
slack://channel?id=1
drive.example.org/x
büro.example.org/ziele
www.example.org
wiki.example.org
It is on wiki.example.org.
10.0.0.5/goals
\\server\share\goals
//server/share
S:\Goals
notion.so/Goals-3f
C:\Goals\q3.xlsx
S:/Marketing/goals
Marketing\Goals
/Volumes/team/goals
~/goals
Goals.xlsx
ＨＴＴＰＳ：／／example.org/x
OKR sheet, reviewed 3 November
Sheet of the team, 2026-11-03
Am 3.11.2026 mit dem Vertrieb besprochen
Совещание 3 ноября, протокол в папке
٣ أهداف مكتوبة على الحائط
2026年11月3日の会議で目標を確認した
Q3 2026 review with the whole team
Ｑ３ review held with ｓａｌｅｓ
3분기 목표 회의록 팀 폴더
11월 3일 회의록 팀 폴더
Minutes of 2026-W45, page two
Ticket #123 in our tracker
JIRA-123 closed by sales last week
Cycle time 14 days, was 20
three of five campaigns reached their goal
Trial starts replaced page views in April
Discussed with the board in May
""".strip().splitlines()

NAMED = r"""
x
5
5️⃣
http://
tel:+49 30 123
as last time
one two three four five
5 5 5 5 5
x 1
#123
Q3 2026
2026-11-03
3.11.2026
2026年11月3日
3 November
November
reviewed 3 November
x y z 1
bla bla bla 5
!!! 5 ???
👍👍👍 5
we all know it
everybody knows and agrees on this
目標を確認した
one page that everybody knows
sales/marketing/service
yes / no / perhaps
i.e. what everybody knows
done.We agreed on all of it
ask anna@example.org
anna.maria.schmidt@mail.example.org knows
We are at level 2 here now
We hold 1:1 meetings with everybody
Somebody answers 24/7 in our team
The GA4 dashboard that everybody knows
Our B2B sales people know it well
We may do it again soon
March with us towards the goals
""".strip().splitlines()


def is_shown(text: str) -> bool:
    return bool(find_shown({"goals-1": Answer(2, text)}))


@pytest.mark.parametrize("text", SHOWN)
def test_address_or_number_among_words_can_be_checked(text: str) -> None:
    assert is_shown(text)


@pytest.mark.parametrize("text", NAMED)
def test_other_text_is_in_words_only(text: str) -> None:
    assert not is_shown(text)


def test_text_given_to_more_than_two_questions_is_in_words_only() -> None:
    texts = ("Review of 3 November, minutes", "review  of 3 NOVEMBER, minutes.", "Sheet: x.org/a")
    given = {str(n): Answer(1, text) for n, text in enumerate(texts)}
    assert find_shown(given) == {"0", "1", "2"}
    third = {**given, "3": Answer(0, "Review of 3 november minutes")}
    assert find_shown(third) == {"2"}


def test_same_text_as_last_time_is_stale_however_it_is_written() -> None:
    before = {q: Answer(2, "OKR sheet, 3 November") for q in ("same", "new", "gone")}
    now = {"same": Answer(3, "okr sheet  3 November"), "new": Answer(2, "OKR sheet, 9 November")}
    assert find_stale({**now, "gone": Answer(2), "fresh": Answer(2, "x")}, before) == {"same"}


@given(st.text(max_size=60))
def test_any_text_is_judged_and_spaces_make_no_difference(text: str) -> None:
    spaced = text.replace(" ", "  ")
    assert is_shown(spaced) == is_shown(text)
    assert find_shown({"a": Answer(2, text), "b": Answer(2)}) <= {"a"}


@pytest.mark.parametrize("piece", ["a", "1.", "a.", "/a", "a-", "x\\", "目", "a.b"])
def test_long_texts_are_judged_at_once(piece: str) -> None:
    """Each pattern looks at a text once: a page of one character takes no longer than a page."""
    assert find_shown({"a": Answer(2, piece * 5_000 + "_")}) <= {"a"}
