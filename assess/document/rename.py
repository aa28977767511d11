"""A plan's file under another team's name."""

from assess.document.head import read_head
from assess.document.render import quote_yaml
from assess.document.source import take_apart
from assess.identity import TeamName


def rename_head(text: str, team: TeamName) -> str:
    """Return a plan with another team in its head; every other byte stays."""
    source = take_apart(text)
    number = read_head(source).lines.get("team")
    if number is None:
        return text
    lines, line = list(source.lines), source.line(number)
    lines[number] = f"team: {quote_yaml(team)}{lines[number][len(line) :]}"
    return source.bom + "".join(lines)
