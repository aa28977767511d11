"""A pattern does what a compiled one does, and is compiled when it is first used."""

import re

from assess.patterns import pattern


def test_it_finds_replaces_and_splits_as_a_compiled_one() -> None:
    """Also when it is used again, and with flags."""
    vowel = pattern("[aeiou]", re.IGNORECASE)
    assert [vowel.sub("-", "Agenda") for _ in range(2)] == ["-g-nd-", "-g-nd-"]
    assert vowel.split("Lyon") == ["Ly", "n"]
    assert [found[0] for found in vowel.finditer("Agenda")] == ["A", "e", "a"]
    assert (vowel.pattern, vowel.flags & re.IGNORECASE) == ("[aeiou]", re.IGNORECASE)


def test_its_text_is_known_without_compiling_it() -> None:
    assert pattern("(never closed").pattern == "(never closed"
