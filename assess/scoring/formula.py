"""The formula of `respondent` and `stage` as SQL, for more answers than one can score one by one.

Whole numbers alone, so that it is as exact: a share of so many of n answered questions is counted
in units of which every number of questions is a whole part. Each step is a query over the one
before. SQLite and DuckDB read it alike, where `/` between whole numbers is a whole number.

`given` has a row for each respondent: `row` (its number), `team`, `date`, `respondent`, and as text
what was said of each question (`dont-know`, `not-applicable`, a level) and of each entry of the
start profile (`about.ENTRY`).

Source: docs/decisions/0003-scoring.md, docs/decisions/0019-many-answers.md
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from fractions import Fraction
from math import lcm
from typing import Final

from assess.questionnaire import STAGES, Question, Questionnaire
from assess.record import record
from assess.scoring.records import MOST_NOT_APPLICABLE

SAID: Final = ("0", "1", "2", "3", "dont-know", "not-applicable")
"""What a cell may say of a question, in the order of its code from 0 on."""
MOST_QUESTIONS: Final = 30
"""Of one dimension: beyond it a share may have more units than eight bytes can count."""
_DONT_KNOW, _NOT_APPLICABLE, _NOT_ASKED = -1, -2, -3
_KEPT: Final = '"row", team, date, respondent'
FOUR_DECIMALS: Final = 10_000


COMPLETE: Final = "complete"


@record
class ManyScores:
    """What many answers come to: how many there are, of how many teams, and in which stage.

    Of `stages` None counts those without one, `COMPLETE` those who finished all. `means` has for
    each dimension the means of its three shares and its index over those who have it scored.
    """

    questionnaire: Questionnaire
    respondents: int
    teams: int
    stages: Mapping[str | None, int]
    means: Mapping[str, Sequence[Fraction | None]]


def quoted(name: str) -> str:
    """Return a name as one of a column."""
    return '"' + name.replace('"', '""') + '"'


def is_asked(question: Question, columns: Collection[str]) -> str:
    """Return whether a respondent is asked a question, from the columns that there are."""
    parts = [] if question.members else ["respondent <> 'member'"]
    for entry, choices in question.applies.items():
        if (column := f"about.{entry}") in columns:
            said = f"coalesce(nullif(trim({quoted(column)}), ''), {_text(choices[0])})"
            parts.append(f"{said} IN ({', '.join(map(_text, choices))})")
    return " AND ".join(parts) or "1 = 1"


def scoring_query(questionnaire: Questionnaire, columns: Collection[str], *, by_steps: bool) -> str:
    """Return the query that scores every row of `given`, whose cells are known to be good.

    Its columns are those of `given` that say who answered, then `stage`, `complete` (1 or 0),
    `guard`, the three scores and `index`, and for each dimension `ID.status`, its three shares and
    `ID.index`; all of them from 0 to 1 with four decimals, rounded down. SQLite needs each step
    done before the next (`by_steps`), or would put the first into the last once for each time that
    it is named.
    """
    how = "MATERIALIZED" if by_steps else "NOT MATERIALIZED"
    dimensions = questionnaire.fitted({}).by_dimension
    most = max(map(len, dimensions.values()))
    units = lcm(*range(1, most + 1))
    steps = (
        ("coded", _code(questionnaire.fitted({}).questions, columns), "given"),
        ("counted", _count(dimensions.values(), len(questionnaire.fitted({}).questions)), "coded"),
        ("sifted", _sift(len(dimensions)), "counted"),
        ("added", _add(questionnaire, len(dimensions), units), "sifted"),
        ("judged", _judge(questionnaire, units), "added"),
    )
    tables = ", ".join(
        f"{name} AS {how} (SELECT {', '.join(what)} FROM {source})" for name, what, source in steps
    )
    return f"WITH {tables} SELECT {', '.join(_show(tuple(dimensions), units))} FROM judged"


def _text(value: str) -> str:
    return "'" + value.replace("'", "''") + "'"


def _long(number: int) -> str:
    """Return a number of eight bytes, so that what it is multiplied with is one too."""
    return f"CAST({number} AS BIGINT)"


def _sum(parts: Iterable[str]) -> str:
    return " + ".join(parts) or "0"


def _when(condition: str, then: str = "1") -> str:
    return f"CASE WHEN {condition} THEN {then} ELSE 0 END"


def _code(questions: Sequence[Question], columns: Collection[str]) -> Iterator[str]:
    """Yield what was said of each question: its level, or below 0 why it has none."""
    yield _KEPT
    for place, question in enumerate(questions):
        said = f"trim({quoted(question.id)})"
        yield (
            f"CAST(CASE WHEN NOT ({is_asked(question, columns)}) THEN {_NOT_ASKED} "
            f"WHEN {said} = 'dont-know' THEN {_DONT_KNOW} "
            f"WHEN {said} = 'not-applicable' THEN {_NOT_APPLICABLE} "
            f"ELSE CAST({said} AS INTEGER) END AS TINYINT) AS q{place}"
        )


def _count(dimensions: Iterable[Sequence[Question]], questions: int) -> Iterator[str]:
    """Yield of each dimension how much applies, is answered, and reaches each level."""
    yield _KEPT
    first = 0
    for d, asked in enumerate(dimensions):
        codes = [f"q{place}" for place in range(first, first + len(asked))]
        first += len(asked)
        yield f"{_sum(_when(f'{q} >= {_DONT_KNOW}') for q in codes)} AS applies{d}"
        yield f"{_sum(_when(f'{q} >= 0') for q in codes)} AS answered{d}"
        for s in range(1, len(STAGES) + 1):
            yield f"{_sum(_when(f'{q} >= {s}') for q in codes)} AS reached{d}_{s}"
    every = [f"q{place}" for place in range(questions)]
    yield f"{_sum(_when(f'{q} > {_NOT_ASKED}') for q in every)} AS asked"
    yield f"{_sum(_when(f'{q} = {_NOT_APPLICABLE}') for q in every)} AS silent"


def _sift(dimensions: int) -> Iterator[str]:
    """Yield which dimensions have enough answers to be scored."""
    yield "*"
    for d in range(dimensions):
        enough = f"2 * answered{d} >= applies{d} AND (answered{d} >= 2 OR applies{d} = 1)"
        yield f"{_when(f'answered{d} > 0 AND {enough}')} AS scored{d}"


def _add(questionnaire: Questionnaire, dimensions: int, units: int) -> Iterator[str]:
    """Yield the sum of the shares for each stage, how many are too small, and what bars all."""
    each = questionnaire.each
    every = range(dimensions)
    yield "*"
    yield f"{_sum(f'scored{d}' for d in every)} AS scored"
    yield f"{_sum(_when(f'applies{d} > 0 AND scored{d} = 0') for d in every)} AS unscored"
    for s in range(1, len(STAGES) + 1):
        share = (
            _when(f"scored{d} = 1", f"reached{d}_{s} * ({_long(units)} / answered{d})")
            for d in every
        )
        yield f"{_sum(share)} AS sum{s}"
        small = (
            f"reached{d}_{s} * {each.denominator} < {each.numerator} * answered{d}" for d in every
        )
        weak = (_when(f"scored{d} = 1 AND {small_}") for d, small_ in enumerate(small))
        yield f"{_sum(weak)} AS weak{s}"


def _judge(questionnaire: Questionnaire, units: int) -> Iterator[str]:
    """Yield whether each stage is finished by itself, and whether so much is silent."""
    overall, most = questionnaire.overall, MOST_NOT_APPLICABLE
    yield "*"
    for s in range(1, len(STAGES) + 1):
        enough = f"sum{s} * {overall.denominator} >= {_long(overall.numerator * units)} * scored"
        yield f"{_when(f'unscored = 0 AND weak{s} = 0 AND {enough}')} AS finished{s}"
    yield f"{_when(f'silent * {most.denominator} > {most.numerator} * asked')} AS guarded"


def _show(dimensions: Sequence[str], units: int) -> Iterator[str]:
    """Yield the columns of the result."""
    stages = range(1, len(STAGES) + 1)
    yield _KEPT
    yield (
        "CASE WHEN scored = 0 OR guarded = 1 THEN NULL WHEN finished1 = 0 THEN 'momentum' "
        "WHEN finished2 = 0 THEN 'maturity' ELSE 'mastery' END AS stage"
    )
    yield (
        "CASE WHEN guarded = 1 THEN NULL WHEN scored > 0 AND finished1 = 1 AND finished2 = 1 "
        "AND finished3 = 1 THEN 1 ELSE 0 END AS complete"
    )
    yield "CASE WHEN guarded = 1 THEN 'not-applicable' END AS guard"
    whole = f"{_long(units)} * scored"
    for s, stage in zip(stages, STAGES, strict=True):
        yield f"{_ratio(f'sum{s}', whole, 'scored > 0')} AS {stage}"
    index = _sum(f"sum{s}" for s in stages)
    yield f'{_ratio(f"({index})", f"{len(STAGES)} * {whole}", "scored > 0")} AS "index"'
    for d, name in enumerate(dimensions):
        yield (
            f"CASE WHEN applies{d} = 0 THEN 'not-applicable' WHEN scored{d} = 1 THEN 'scored' "
            f"ELSE 'not-scored' END AS {quoted(f'{name}.status')}"
        )
        for s, stage in zip(stages, STAGES, strict=True):
            share = _ratio(f"reached{d}_{s}", f"answered{d}", f"scored{d} = 1")
            yield f"{share} AS {quoted(f'{name}.{stage}')}"
        reached = _sum(f"reached{d}_{s}" for s in stages)
        share = _ratio(f"({reached})", f"({len(STAGES)} * answered{d})", f"scored{d} = 1")
        yield f"{share} AS {quoted(f'{name}.index')}"


def _ratio(part: str, whole: str, condition: str) -> str:
    """Return a part of a whole with four decimals, rounded down, where there is one."""
    down = f"({FOUR_DECIMALS} * {part}) / ({whole})"
    return f"CASE WHEN {condition} THEN CAST({down} AS DOUBLE) / {FOUR_DECIMALS}.0 END"
