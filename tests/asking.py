"""An asker that answers from a script, and remembers what it was asked."""

from collections.abc import Callable, Mapping

from assess.interview.asker import Blank, Card, Marked, MarkSheet, read_marks


class ScriptedAsker:
    """Gives the answers of a script, one after the other.

    An answer that is an exception is raised, as Ctrl-C would be.
    """

    def __init__(self, *answers: str | BaseException) -> None:
        self._answers = list(answers)
        self.cards: list[Card] = []
        self.blanks: list[Blank] = []
        self.sheets: list[MarkSheet] = []
        self.said: list[str] = []

    @property
    def asked(self) -> list[str]:
        """What was asked, in order, each without its options."""
        return [card.ask for card in self.cards]

    @property
    def is_used_up(self) -> bool:
        return not self._answers

    def say(self, *texts: str) -> None:
        self.said.extend(texts)

    def draw(self, line: str) -> None:
        self.said.append(line)

    def choose(self, card: Card) -> str:
        self.cards.append(card)
        answer = self._next()
        values = [option.value for option in card.every_option]
        if answer not in values:
            raise AssertionError(f"{answer!r} cannot be chosen at {card.ask!r}; {values} can")
        return answer

    def mark(self, sheet: MarkSheet, keep: Callable[[Marked], None]) -> Marked:
        self.sheets.append(sheet)
        marked = read_marks(self._next(), sheet)
        assert not isinstance(marked, str)
        keep(marked)
        return marked

    def write(self, blank: Blank) -> str:
        self.blanks.append(blank)
        return self._next()

    def _next(self) -> str:
        answer = self._answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer


class PatientAsker:
    """Answers every question of a questionnaire, and the rest as told or with Enter.

    Args:
        level: The level that is chosen where four levels are offered.
        said: What is answered where a text stands in what is asked; an exception is raised,
            as Ctrl-C would be.
    """

    def __init__(self, level: str, said: Mapping[str, str | BaseException] | None = None) -> None:
        self._level = level
        self._said = said or {}
        self.asked: list[str] = []
        self.blanks: list[Blank] = []

    def say(self, *texts: str) -> None:
        self.asked.extend(texts)

    def draw(self, line: str) -> None:
        self.asked.append(line)

    def choose(self, card: Card) -> str:
        self.asked.append(card.ask)
        if card.rule:
            return self._find(card.ask, self._level)
        return self._find(card.ask, card.default or card.options[0].value)

    def write(self, blank: Blank) -> str:
        self.asked.append(blank.ask)
        self.blanks.append(blank)
        return self._find(f"{blank.ask} {blank.hint}", blank.default)

    def mark(self, sheet: MarkSheet, keep: Callable[[Marked], None]) -> Marked:
        self.asked.append(sheet.ask)
        marked = read_marks(self._find(sheet.ask, ""), sheet)
        return sheet.given if isinstance(marked, str) else marked

    def places(self, *texts: str) -> list[int]:
        """Return where each text first stands in what was asked and told."""
        return [next(n for n, ask in enumerate(self.asked) if text in ask) for text in texts]

    def _find(self, asked: str, usual: str) -> str:
        answer = next((said for text, said in self._said.items() if text in asked), usual)
        if isinstance(answer, BaseException):
            raise answer
        return answer
