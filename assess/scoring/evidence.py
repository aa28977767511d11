r"""Which evidence an outsider could check.

Evidence is *shown* when it holds a link or a file's address, or a number or date among at
least three other words. Any other text, and one given to more than two questions, is *named*:
it says something, but leads nowhere.

How it is counted: composed and full-width letters, capitals and invisible characters make no
difference. A word has at least two letters; a compound with a hyphen is one, and so are two
letters of a script that is written without spaces. A word that stands twice counts once. A
number has a digit (`#123`, `Q3`, `JIRA-123`, `2026-11-03`), is written out in English from two
on (*one* is mostly no number), or is a month's name in English; `level 2`, `1:1` and `24/7` are
no numbers, because nobody can count them. An address is a link with or without its scheme, a
path of any system, or the name of a file with a usual ending; an e-mail address is none.
"""

import re
from collections import Counter
from collections.abc import Mapping
from functools import lru_cache
from typing import Final
from unicodedata import category, normalize

from assess.answers import Answer, Answers

_MOST_QUESTIONS: Final = 2
"""What is given to more of them speaks of none in particular."""
_FEWEST_WORDS: Final = 3

# Patterns are texts here, compiled when the first evidence is read: most commands read none.
_ADDRESS: Final = r"""(?ix)
      (?<![a-z0-9+.-])[a-z][a-z0-9+.-]*://[\w\[/]                 # any scheme
    | (?<![\w.@-])www\.\w
    | (?<!\S)\S*[\w$]\\\w                                         # Team\Goals
    | \\\\[^\s\\]+\\\S                                            # a share: \\server\goals
    | (?<![\w:/])//\w[^\s/]*/\w                                  # the same: //server/goals
    | (?<!\w)[a-z]:[\\/]\w                                        # a drive: S:/Goals
    | (?<![\w./~-])(?:~|\.{1,2})/\w                               # ~/goals, ../goals
    | (?<![\w./~:-])/\w[^\s/]*/\w                                 # /team/goals
    | (?<![\w.@-])(?:[^\W_][\w-]*\.)+[^\W\d_]{2,}(?::\d+)?/\w     # drive.example.org/goals
    | (?<![\w.@-])(?:\d{1,3}\.){3}\d{1,3}(?::\d+)?/\w
    | (?<![\w.@-])(?:[^\W_][\w-]+\.){2,}[^\W\d_]{2,}(?![\w@-]|\.\w)   # wiki.example.org
    | (?<![\w.@-])[^\W_][\w-]+\.(?:com|org|net|edu|gov|info|io|eu|de|fr|uk|ch|nl)(?![\w@-]|\.\w)
    | (?<![\w.&+-])\w[\w.&+-]*\.                                 # goals.xlsx
      (?:docx?|xls[xm]?|pptx?|pdf|csv|tsv|txt|rtf|md|html?|od[tsp]|png|jpe?g|svg|gif|zip|vsdx
        |mpp|eml|msg|json|toml|mp4)(?!\w)
"""
_NO_NUMBER: Final = r"(?i)(?<![\w-])(?:levels?\s*[0-3]|1\s?:\s?1s?|1-on-1s?|24/7)(?![\w-])"
_NUMBER: Final = r"""(?ix)
      (?<!\w)(?:\w[^\W\d_]*-)?                     # JIRA-123; what stands before is part of it
      (?:q|h|t|s|w|v|p|cw|kw|fy|no|nr)?            # Q3, FY26, v2, but not GA4 or B2B
      \d[\d.,:/'’-]*[^\W\d_]{0,3}(?!\w)            # 4, 4.5, 2026-11-03, 20k, 3rd
"""
_WORD: Final = r"[^\W\d_]+(?:['’-][^\W\d_]+)*"
# Han, kana, Thai, Lao, Burmese and Khmer put no spaces between words.
_UNSPACED: Final = (
    "[\u0e01-\u0e33\u0e40-\u0e46\u0e81-\u0edf\u1000-\u109f\u1780-\u17ff"
    "\u3005-\u3007\u3041-\u30ff\u3400-\u9fff\U00020000-\U0003ffff]{1,2}"
)
_DATE_MARK: Final = "(?<=\\d)\\s*[年月日号號]"
_NUMBER_WORD: Final = (
    "zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    "|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
    "|hundred|thousand|million|dozen"
)
_MONTH: Final = (
    r"\b(?:January|February|April|June|July|August|September|October|November|December)\b"
    # These two are words as well, so they need something before them.
    r"|(?<=\w[ ,])(?:March|May)\b"
)


def find_shown(given: Mapping[str, Answer]) -> frozenset[str]:
    """Return the questions whose evidence an outsider could check."""
    texts = {question: fold_evidence(a.evidence) for question, a in given.items() if a.evidence}
    times = Counter(texts.values())
    return frozenset(
        question
        for question, text in texts.items()
        if times[text] <= _MOST_QUESTIONS and can_be_checked(given[question].evidence)
    )


def find_stale(given: Mapping[str, Answer], before: Mapping[str, Answer]) -> frozenset[str]:
    """Return the questions whose evidence is the same text as the last time."""
    return frozenset(
        question
        for question, answer in given.items()
        if answer.evidence
        and (last := before.get(question)) is not None
        and fold_evidence(answer.evidence) == fold_evidence(last.evidence)
    )


def fold_evidence(text: str) -> str:
    """Return what is the same in every spelling of one text: its words and numbers."""
    plain = _plain(text).casefold()
    return " ".join(re.findall(r"[^\W_]+", plain)) or plain.strip()


# A profile is scored again for every supposed plan, always with the same texts.
@lru_cache(maxsize=2_000)
def can_be_checked(text: str) -> bool:
    """Tell whether a text, by itself, says where or what to look for."""
    plain = _plain(text)
    if re.search(_ADDRESS, plain):
        return True
    spaced = re.sub(_NO_NUMBER, " ", plain)
    if not spaced.isascii():
        spaced = re.sub(_UNSPACED, r" \g<0> ", re.sub(_DATE_MARK, " ", spaced))
    words = {word.casefold() for word in re.findall(_WORD, re.sub(_NUMBER, " ", spaced))}
    others = {word for word in words if _count_letters(word) > 1}
    numbers = {word for word in others if re.fullmatch(_NUMBER_WORD, word)}
    if not numbers and not re.search(_NUMBER, spaced):
        if (month := re.search(_MONTH, spaced)) is None:
            return False
        numbers = {month[0].casefold()}
    return len(others - numbers) >= _FEWEST_WORDS


def _count_letters(word: str) -> int:
    # A syllable of Korean is one character of two letters and more.
    return sum(map(str.isalpha, normalize("NFD", word)))


def _plain(text: str) -> str:
    """Return a text composed, without the accents and signs that have no width of their own."""
    apart = normalize("NFKD", text)
    kept = (letter for letter in apart if category(letter) not in ("Mn", "Mc", "Me", "Cf"))
    return normalize("NFC", "".join(kept))


# --- The spot check ---


_MOST: Final = 3


def draw_questions(answers: Answers, level: int) -> tuple[str, ...]:
    """Return at most three questions that were answered with exactly this level.

    Their order is that of a hash over team, date and question: the same for everybody who
    scores these answers, and not to be foreseen by whoever gives them.
    """

    # Its library takes longer to load than the draw, and most commands draw nothing.
    from hashlib import sha256

    def lot(question: str) -> str:
        return sha256(f"{answers.team.key}|{answers.date}|{question}".encode()).hexdigest()

    there = (question for question, a in answers.by_question.items() if a.level == level)
    return tuple(sorted(there, key=lot)[:_MOST])
