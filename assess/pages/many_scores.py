"""Many answers scored at once: how many are in which stage, and what is in place on average."""

from collections.abc import Iterable, Sequence
from typing import Final

from assess.commands import join_command
from assess.figures import count
from assess.pages.blocks import Cell, Page, Section, Sentence, Share, next_section, table
from assess.pages.standing import STAGE_NAMES
from assess.questionnaire import STAGES
from assess.scoring.formula import COMPLETE, ManyScores

_MOST_NAMED: Final = 5
"""Files in a command to paste; a shell's pattern may have named thousands."""


def make_many_scores_page(scores: ManyScores, files: Sequence[str]) -> Page:
    """Return the page; the next command writes a table of `files`, where there is none yet."""
    of_teams = count(scores.teams, "team")
    parts = [f"{scores.stages[s]:,} in {STAGE_NAMES[s]}" for s in STAGES if scores.stages.get(s)]
    if complete := scores.stages.get(COMPLETE):
        parts.append(f"{complete:,} with all three finished")
    if nothing := scores.stages.get(None):
        parts.append(f"{nothing:,} with too few answers for a stage")
    titles = ("", *(f"#{STAGE_NAMES[s]}" for s in STAGES))
    named = scores.questionnaire.titles
    rows: Iterable[tuple[Cell, ...]] = (
        (named[d], *map(Share, means[: len(STAGES)])) for d, means in scores.means.items()
    )
    say = "Each row is what one person answered, scored by itself. Nothing of it is kept."
    command = join_command("score", *files, "--table", "scores.csv")
    steps = [("All scores, a row for each:", command)] if 0 < len(files) <= _MOST_NAMED else []
    if len(files) > _MOST_NAMED:
        say += " All scores, a row for each: the same with --table scores.csv."
    return Page(
        f"{scores.respondents:,} answers of {of_teams} · {scores.questionnaire.title}",
        (
            Section("", (Sentence(f"{'; '.join(parts)}."),)),
            Section("In place on average", (table(titles, rows),)),
            next_section((say,), *steps),
        ),
    )
