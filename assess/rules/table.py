"""The rules as a Markdown table, for people who do not read TOML."""

from assess.rules import Rule, Rules
from assess.rules.wording import say_condition


def render_table(rules: Rules) -> str:
    """Return the rules as a Markdown table with a row for each, in file order."""
    rows = ["| rule | when | brings | because |", "| --- | --- | --- | --- |"]
    rows += [
        f"| {' | '.join(map(_cell, (rule.id, _when(rule), _brings(rule), rule.because)))} |"
        for rule in rules.rules
    ]
    return "\n".join(rows) + "\n"


def _when(rule: Rule) -> str:
    if not rule.for_each:
        return say_condition(rule.cases[0].condition)
    case = rule.cases[0]
    said = say_condition(case.condition)
    return f"for each dimension: {said.replace(f'`{case.dimension}', '`<dimension>')}"


def _brings(rule: Rule) -> str:
    boosts = rule.cases[0].boosts.items()
    where = "<dimension>" if rule.for_each else None
    parts = [
        *(f"must `{action}`" for action in rule.must),
        *(f"avoid `{action}`" for action in rule.avoid),
        *(f"boost `{where or key}` × {factor}" for key, factor in boosts),
        *((f"risk {rule.risk}",) if rule.risk else ()),
        *((f"note: {rule.note}",) if rule.note else ()),
    ]
    return "; ".join(parts)


def _cell(text: str) -> str:
    return " ".join(text.replace("|", "\\|").split())
