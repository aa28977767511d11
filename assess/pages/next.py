"""The end of a page: what is to be known, and what to type next."""

from collections.abc import Sequence

from assess.pages.blocks import Block, Command, Section, Sentence

Next = tuple[str, str]
"""What comes next in words, and the command that does it."""


def next_section(said: Sequence[str], *steps: Next) -> Section:
    """Return sentences, and commands each under its own."""
    blocks: list[Block] = [Sentence(text) for text in said]
    for text, command in steps:
        blocks += [Sentence(text), Command(command)]
    return Section("", tuple(blocks))
