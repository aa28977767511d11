"""An asker that answers from a script, and remembers what it was asked."""

from assess.interview import Blank, Card


class ScriptedAsker:
    """Gives the answers of a script, one after the other.

    An answer that is an exception is raised, as Ctrl-C would be.
    """

    def __init__(self, *answers: str | BaseException) -> None:
        self._answers = list(answers)
        self.cards: list[Card] = []
        self.blanks: list[Blank] = []
        self.said: list[str] = []

    @property
    def asked(self) -> list[str]:
        """What was asked, in order, each without its options."""
        return [card.ask for card in self.cards]

    @property
    def is_used_up(self) -> bool:
        return not self._answers

    def say(self, text: str) -> None:
        self.said.append(text)

    def choose(self, card: Card) -> str:
        self.cards.append(card)
        answer = self._next()
        values = [option.value for option in card.every_option]
        if answer not in values:
            raise AssertionError(f"{answer!r} cannot be chosen at {card.ask!r}; {values} can")
        return answer

    def write(self, blank: Blank) -> str:
        self.blanks.append(blank)
        return self._next()

    def _next(self) -> str:
        answer = self._answers.pop(0)
        if isinstance(answer, BaseException):
            raise answer
        return answer
