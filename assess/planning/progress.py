"""Where a plan under way stands when the rest of it is planned anew."""

from dataclasses import dataclass

from assess.planning.record import ActionRecord


@dataclass(frozen=True, slots=True)
class Progress:
    """What of a plan keeps its place.

    `week` is the first calendar week that can still be planned. `begun` holds the actions
    that are done or started; they keep their place. `done` has the ids of their done steps.
    """

    week: int
    begun: tuple[ActionRecord, ...]
    done: frozenset[str]

    def is_done(self, action: ActionRecord) -> bool:
        return all(step.id in self.done for step in action.steps)


NOTHING_BEGUN = Progress(1, (), frozenset())
