"""The form: what is written, and what is taken in of what comes back."""

import json
import re
from base64 import b64decode, b64encode
from hashlib import sha256
from pathlib import Path

import pytest

from tests.forms import answer_form, form_data, seal
from tests.typing_in import CommandLine

AT = ("--today", "2026-11-22")


@pytest.fixture
def assess(assess: CommandLine) -> CommandLine:
    """Return the command line with an open assessment and its form, `form.html`."""
    assess.use_small_data()
    assert assess.open_to().code == 0
    assert assess("form", "--out", "form.html", *AT).code == 0
    return assess


def answer(assess: CommandLine, name: str, level: object = 1, code: str = "") -> Path:
    form, out = assess.folder / "form.html", assess.folder / name
    return answer_form(form, out, code or next(assess.codes), level)


def how_many(assess: CommandLine) -> int:
    return int(assess("history", "--json").document["assessments"][0]["members"])


# --- The file ---


def test_script_is_let_run_by_its_hash_and_nothing_else_is(assess: CommandLine) -> None:
    text = (assess.folder / "form.html").read_text()
    (script,) = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    digest = b64encode(sha256(script.encode()).digest()).decode()
    policy = re.findall(r'http-equiv="Content-Security-Policy" content="(.*?)"', text)[0]
    assert f"script-src &#39;sha256-{digest}&#39;" in policy
    for rule in ("default-src", "form-action", "base-uri"):
        assert f"{rule} &#39;none&#39;" in policy
    assert text.index("charset") < text.index("Content-Security-Policy") < text.index("<title>")


def test_script_has_no_words_of_its_own_and_sends_nothing(assess: CommandLine) -> None:
    text = (assess.folder / "form.html").read_text()
    (script,) = re.findall(r"<script>(.*?)</script>", text, flags=re.DOTALL)
    code = "\n".join(line.split("//")[0] for line in script.splitlines())
    for word in (
        "fetch",
        "XMLHttpRequest",
        "sendBeacon",
        "innerHTML",
        "eval(",
        "location",
        "import(",
    ):
        assert word not in code
    assert script.isascii()


def test_without_script_the_page_says_what_to_do(assess: CommandLine) -> None:
    text = (assess.folder / "form.html").read_text()
    body = text.split("<main", 1)[1].split("<script", 1)[0]
    assert "This form cannot work here." in body
    assert "use another computer" in body


def test_form_says_what_becomes_of_the_answers_before_the_first_question(
    assess: CommandLine,
) -> None:
    lead = form_data(assess.folder / "form.html")["texts"]["lead"]
    for said in (
        "20 members are invited",
        "from 5 members on",
        "could answer for others",
        "sealed",
    ):
        assert said in lead


def test_no_code_stands_in_the_form(assess: CommandLine) -> None:
    text = (assess.folder / "form.html").read_text()
    assert not any(code in text for code in assess.codes)


def test_what_authors_write_becomes_no_markup(assess: CommandLine) -> None:
    path = assess.folder / "data" / "questionnaires" / "small.toml"
    path.write_text(path.read_text().replace('title = "Small"', 'title = "</script><b>Small"'))
    path.write_text(path.read_text().replace("What about goals?", "</script><b>goals"))
    other = ("--team", "A & </script><b>", "--questionnaire", "small", *AT)
    assert assess("open", *other, "--invite", "5").code == 0
    assert assess("form", *other, "--out", "other.html").code == 0
    assert "</script><b>" not in (assess.folder / "other.html").read_text()


def test_no_other_file_is_written_over(assess: CommandLine) -> None:
    (assess.folder / "mine.html").write_text("my own")
    assert assess("form", "--out", "mine.html", *AT).code == 1
    assert assess("form", "--out", "form.html", *AT).code == 0


# --- What comes back ---


def test_sealed_answers_are_taken_in_once(assess: CommandLine) -> None:
    file = answer(assess, "a.assess", {"level": 2, "evidence": "said in the form"})
    assert b"said in the form" not in file.read_bytes()
    assert assess("collect", file, "--json").document["collected"] == 1
    again = assess("collect", file, "--json").document
    assert (again["collected"], again["already"], how_many(assess)) == (0, 1, 1)


def test_sealed_and_plain_files_of_a_folder_are_collected_in_one_go(assess: CommandLine) -> None:
    folder = assess.folder / "sent"
    folder.mkdir()
    for number in range(17):
        answer(assess, f"{number}.assess").rename(folder / f"mail {number} (1).assess.txt")
    used = next(assess.codes)
    answer(assess, "first.assess", code=used).rename(folder / "0-first")
    answer(assess, "second.assess", code=used).rename(folder / "1-second")
    whole = answer(assess, "cut.assess").read_text()
    (folder / "cut.assess").write_text(whole[: len(whole) // 2])
    (folder / "form.html").write_text((assess.folder / "form.html").read_text())
    document = assess("collect", folder, "--json").document
    assert document["collected"] == 18
    assert [Path(one["file"]).name for one in document["refused"]] == ["1-second", "cut.assess"]


@pytest.mark.parametrize(
    ("change", "what"),
    [
        ("letter", "The seal is broken: the file was changed or cut on its way."),
        ("short", "The seal is broken: the file was changed or cut on its way."),
        ("not base64", "This file of the form was cut or changed on its way."),
        ("half", "This file of the form was cut or changed on its way."),
        ("other key", "Nothing here opens this file"),
    ],
)
def test_what_was_changed_on_its_way_is_refused(
    assess: CommandLine, change: str, what: str
) -> None:
    file = answer(assess, "a.assess")
    sealed = json.loads(file.read_text())
    box = bytearray(b64decode(sealed["box"]))
    box[100] ^= 1
    text = {
        "letter": json.dumps({**sealed, "box": b64encode(bytes(box)).decode()}),
        "short": json.dumps({**sealed, "box": b64encode(bytes(box[:80])).decode()}),
        "not base64": json.dumps({**sealed, "box": "?" + sealed["box"]}),
        "half": file.read_text()[:500],
        "other key": json.dumps({**sealed, "key": "0000 0000 0000"}),
    }[change]
    file.write_text(text)
    ran = assess("collect", file)
    assert (ran.code, ran.out) == (1, "")
    assert what in ran.said
    assert str(file) in ran.said
    assert how_many(assess) == 0


def test_sealed_for_another_store_it_stays_closed(assess: CommandLine) -> None:
    file = answer(assess, "a.assess")
    assess(
        "open",
        "--team",
        "Lyon",
        "--questionnaire",
        "small",
        "--invite",
        "5",
        *AT,
        "--store",
        "b.db",
    )
    ran = assess("collect", file, "--store", "b.db")
    assert (ran.code, "Nothing here opens this file" in ran.said) == (1, True)


def test_form_of_a_team_that_was_renamed_since_is_taken_in(assess: CommandLine) -> None:
    file = answer(assess, "a.assess")
    assert assess("teams", "rename", "Lyon", "Lyons").code == 0
    assert assess("collect", file).code == 0


def test_form_of_an_assessment_that_was_deleted_and_opened_again_is_too_old(
    assess: CommandLine,
) -> None:
    file = answer(assess, "a.assess")
    assess("delete", "--date", "2026-11-22", "--yes")
    assess.open_to()
    assert "with an old form" in assess("collect", file).said


def test_after_closing_a_late_file_cannot_be_opened_any_more(assess: CommandLine) -> None:
    file = answer(assess, "late.assess")
    assess("close", "--yes", *AT)
    ran = assess("collect", file)
    assert ran.code == 1
    assert "its assessment is closed and the key is gone" in ran.said
    assert b"private" not in assess.store.read_bytes().split(b"CREATE TABLE")[0]


def test_answers_to_another_assessment_than_the_seal_s_are_refused(assess: CommandLine) -> None:
    data = form_data(assess.folder / "form.html")
    answers = {question["id"]: 1 for question in data["questions"]}
    content = {**data["head"], "number": "0" * 32, "code": next(assess.codes), "answers": answers}
    for change in ({"date": "2026-11-21"}, {"respondent": "manager"}):
        file = seal(data, {**content, **change}, assess.folder / "a.assess")
        assert "for another assessment than the seal" in assess("collect", file).said
    file = seal(data, {**content, "answers": {**answers, "goals-1": 7}}, file)
    assert "7 is not a level." in assess("collect", file).said
    assert how_many(assess) == 0


def test_wrong_code_under_a_whole_seal_is_refused(assess: CommandLine) -> None:
    ran = assess("collect", answer(assess, "a.assess", code="2222-2222-2222"))
    assert "Nobody was invited with this code." in ran.said


# --- The manager's and the team's ---


@pytest.mark.parametrize("who", ["manager", "consensus"])
def test_form_of_one_has_a_code_that_was_printed_with_it(assess: CommandLine, who: str) -> None:
    form = assess.folder / "own.html"
    made = assess("form", "--as", who, "--out", form, *AT, "--json").document
    assert made["code"] not in form.read_text()
    more = {"hours_per_week": 7, "team_size": 5}
    forged = answer_form(form, assess.folder / "forged.assess", next(assess.codes), 3)
    assert "This is not the code that was printed" in assess("collect", forged, *AT).said
    file = answer_form(form, assess.folder / "own.assess", made["code"], 1, **more)
    assert assess("collect", file, *AT).code == 0
    kept = assess("history", "--json").document["assessments"][0]
    assert (kept["manager"], kept["consensus"]) == (who == "manager", who == "consensus")


def test_joint_answer_comes_by_form_after_closing_too(assess: CommandLine) -> None:
    assess("close", "--yes", *AT)
    form, later = assess.folder / "own.html", ("--today", "2026-12-10")
    made = assess("form", "--as", "consensus", "--out", form, *later, "--json").document
    file = answer_form(form, assess.folder / "own.assess", made["code"], 1)
    late = assess("collect", file, "--today", "2026-12-30")
    assert "A joint answer could be given until" in late.said
    assert assess("collect", file, *later).code == 0
    assert assess("form", "--as", "consensus", *later).code == 1


def test_manager_s_form_needs_an_open_assessment(assess: CommandLine) -> None:
    assess("close", "--yes", *AT)
    for who in ("manager", "member"):
        assert assess("form", "--as", who, *AT).code == 1
