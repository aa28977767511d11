"""What a calendar has beside the rhythm of a plan."""

from typing import Final

from assess.record import record


@record
class CalendarWishes:
    """Whether single tasks are in it, and who is to come.

    Attendees are those whose e-mail address is known, and need a manager who has one.
    """

    steps: bool = False
    attendees: bool = False


RHYTHM: Final = CalendarWishes()
"""The weekly check-in and the three reviews."""
