"""What the method is, on one page for somebody who was not there."""

from assess.figures import percent
from assess.pages.blocks import Items, Page, Section, Sentence
from assess.questionnaire import Questionnaire


def make_method_page(questionnaire: Questionnaire) -> Page:
    """Return how the figures come about, and what they cannot say."""
    overall, each = percent(questionnaire.overall), percent(questionnaire.each)
    return Page(
        "How this comes about",
        (
            Section(
                "The answers",
                (
                    Sentence(
                        "Each question describes one capability at four levels of what an outsider "
                        "could have seen in the last 90 days; each level includes the ones below."
                    ),
                    Items(
                        (
                            "Level 0: not in place, or depends on the day.",
                            "Level 1: agreed and followed most of the time, the work of Momentum.",
                            "Level 2: a system that somebody else could take over, Maturity.",
                            "Level 3: improved on evidence and shared, Mastery.",
                        )
                    ),
                ),
            ),
            Section(
                "The stage",
                (
                    Sentence(
                        f"A stage is finished when {overall} of its work is in place and no "
                        f"dimension has less than {each} of it; a team is in the first stage that "
                        "it has not finished. What nobody could say, and what does not apply, "
                        "lowers nothing."
                    ),
                ),
            ),
            Section(
                "The plan",
                (
                    Sentence(
                        "Rules turn answers into actions; of those the plan has the best that fit "
                        "into the hours. It is a file that the team edits."
                    ),
                ),
            ),
            Section(
                "What moved",
                (
                    Sentence(
                        "Answers differ by chance from quarter to quarter. A change is called "
                        "clear only where chance would seldom bring it; what was done and what "
                        "moved stand side by side, without a claim that one caused the other."
                    ),
                ),
            ),
        ),
    )
