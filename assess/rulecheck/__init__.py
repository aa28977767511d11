"""What is wrong with a set of rules, with teams that show it.

Plainly it looks at one thing at a time and needs no search. The thorough check speaks of all
teams: whether a rule can fire, or two rules can meet, is decided exactly over all answers that
a team could give, and every fault comes with a team that has it.

Source: docs/decisions/0006-rules.md
"""

from collections.abc import Callable, Collection, Iterator

from assess.errors import AssessError
from assess.rulecheck.issue import Issue, Report, Severity, Witness, make_report, make_usual_team
from assess.rulecheck.plain import check_plainly
from assess.rulecheck.setting import Setting

__all__ = [
    "Issue",
    "Report",
    "Setting",
    "Severity",
    "Witness",
    "check_rules",
    "make_report",
    "make_usual_team",
]


def check_rules(setting: Setting, *, thorough: bool = False) -> Report:
    """Return what is wrong with a catalogue and its rules, errors first.

    `thorough` adds what is wrong for some or for every team.

    Raises:
        AssessError: The solver, which only the thorough check needs, is not installed.
    """
    # Whoever lacks the solver should not wait for the plain check first.
    check_thoroughly = _find_thorough_check() if thorough else None
    issues = list(check_plainly(setting))
    if check_thoroughly is not None:
        issues += check_thoroughly(setting, {issue.where for issue in issues})
    return make_report(issues)


def _find_thorough_check() -> Callable[[Setting, Collection[str]], Iterator[Issue]]:
    try:
        from assess.rulecheck.thorough import check_thoroughly
    except ModuleNotFoundError as error:
        if error.name is None or error.name.partition(".")[0] != "ortools":
            raise
        what = "The thorough check needs the solver OR-Tools, which is not installed."
        fix = (
            "Install it with: pip install 'team-assess[check]'; "
            "without --thorough the check needs no solver."
        )
        raise AssessError(what, "assess check --thorough", fix) from error
    return check_thoroughly
