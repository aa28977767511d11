"""What `assess run` ends with: the stage, how sure it is, the plan, and what comes next."""

from assess.pages.blocks import Page, Section, Sentence
from assess.pages.plan import plan_section
from assess.pages.result import STAGE_TONES
from assess.pages.standing import (
    describe_evidence,
    describe_margin,
    describe_spot,
    describe_stage,
    describe_standing,
)
from assess.planning.plan import Plan
from assess.questionnaire import STAGES
from assess.scoring import Profile


def make_run_page(title: str, team: str, profile: Profile, plan: Plan, end: Section) -> Page:
    """Return the one screen on which a run ends."""
    standing = Sentence(describe_standing(team, profile), STAGE_TONES[profile.stage or STAGES[0]])
    texts = filter(None, (describe_stage(profile), describe_spot(profile), *_surest(profile)))
    return Page(title, (Section("", (standing, *map(Sentence, texts))), plan_section(plan), end))


def _surest(profile: Profile) -> tuple[str, ...]:
    """Return what says most of how sure the stage is, and the other stage that evidence gives."""
    margin, evidence = describe_margin(profile), describe_evidence(profile)
    # In the first stage it is nothing new that no stage comes before it.
    has_margin = profile.margin is not None and profile.margin.down is not None
    first = margin[:1] if has_margin else (*margin[1:], evidence)[:1]
    is_other = profile.evidence is not None and profile.evidence.stage != profile.stage
    return tuple(dict.fromkeys((*first, evidence if is_other else "")))
