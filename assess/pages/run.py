"""What `assess run` ends with: the stage, how sure it is, the plan, and what comes next."""

from assess.pages.blocks import Page, Section, listed
from assess.pages.plan import plan_section
from assess.pages.result import standing_section
from assess.pages.standing import describe_certainty
from assess.planning.plan import Plan
from assess.scoring import Profile


def make_run_page(title: str, team: str, profile: Profile, plan: Plan, end: Section) -> Page:
    """Return the one screen on which a run ends."""
    return Page(
        title,
        (
            standing_section(team, profile, with_rule=False),
            listed("How sure this is", describe_certainty(profile)[:2]),
            plan_section(plan),
            end,
        ),
    )
