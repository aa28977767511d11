"""In which stage a team is and how sure that is, in sentences that several pages share."""

from collections.abc import Iterable, Mapping
from typing import Final

from assess.figures import count, in_words, percent
from assess.questionnaire import STAGES, Questionnaire, SubjectKind
from assess.scoring.margin import Margin
from assess.scoring.profile import Profile, why_no_stage
from assess.scoring.records import DimensionScore, Level, UnknownCheck, View
from assess.scoring.stage import find_own_stage

STAGE_NAMES: Final = {stage: stage.capitalize() for stage in STAGES}
_PLACES: Final = ("the first of three stages", "the second of three stages", "the third stage")
ALL_FINISHED: Final = "All finished"
_MOST_HOLDING_BACK: Final = 3
_RARE: Final = 0.05
_VIEWS: Final[Mapping[View, str]] = {
    "manager": "as the manager sees it",
    "members": "as the members see it",
    "consensus": "as the team sees it together",
}


def name_stage(stage: str | None, *, complete: bool = False) -> str:
    """Name a stage where there is little room."""
    if complete:
        return "complete"
    return "–" if stage is None else STAGE_NAMES[stage]


def seen_by(view: View) -> str:
    return _VIEWS[view]


def describe_standing(team: str, profile: Profile) -> str:
    """Say in which stage a team or its manager is, and in whose view."""
    view = seen_by(profile.view)
    whose = profile.questionnaire.whose(team)
    who = team if whose == team else whose[0].upper() + whose[1:]
    if profile.guard:
        return f"{who} has no stage: {why_no_stage(profile).what}"
    if profile.stage is None:
        return f"{who} has too few answers to be in a stage."
    if profile.complete:
        return f"{who} has finished all three stages, {view}."
    place = _PLACES[STAGES.index(profile.stage)]
    return f"{who} is in {STAGE_NAMES[profile.stage]}, {place}, {view}."


def describe_stage_rule(profile: Profile) -> tuple[str, ...]:
    """Say when a stage is finished, in the two numbers of the questionnaire."""
    questionnaire = profile.questionnaire
    overall, each = percent(questionnaire.overall), percent(questionnaire.each)
    rule = (
        f"A stage is finished when {overall} of its work is in place "
        f"and no dimension has less than {each} of it."
    )
    if profile.stage is None:
        return (rule,)
    if profile.complete:
        return (rule, "All three are finished.")
    return (rule, "The stage is the first that is not finished.")


def describe_certainty(profile: Profile) -> tuple[str, ...]:
    """Say how sure the result is: margin, evidence, unknowns, what does not apply."""
    if profile.scores is None:
        return ()
    lines = list(describe_margin(profile))
    if evidence := describe_evidence(profile):
        lines.append(evidence)
    if profile.unknown is not None and profile.unknown.dont_know:
        lines.append(_describe_unknown(profile.unknown, profile.stage))
    if profile.not_applicable is not None:
        asked = count(len(profile.levels), "question")
        lines.append(f'"Does not apply": {profile.not_applicable} of {asked}.')
    return tuple(lines)


def describe_stage(profile: Profile) -> str:
    """Say where the team is, what the work of the stage is, and how much of it is in place."""
    if profile.stage is None or profile.scores is None:
        return ""
    if profile.complete:
        unknown = f" {text}." if (text := describe_to_go(profile)) else ""
        return f"What is left is to make it last.{unknown}"
    in_place = percent(profile.scores[profile.stage_number - 1])
    to_go = f"; {text}" if (text := describe_to_go(profile)) else ""
    words = profile.questionnaire.stage[profile.stage]
    return f"{words.where} {words.work} {in_place} of this is in place{to_go}."


def describe_to_go(profile: Profile) -> str:
    """Say how many questions are left until the stage is finished, where that is known.

    Scores leave don't-knows out and the way to go counts them, so it says how many they are.
    """
    if not profile.moves or profile.stage is None:
        return ""
    to_go = f"{count(len(profile.moves), 'question')} to go {towards(profile.stage)}"
    unknown = sum(profile.moves)
    if not unknown:
        return to_go
    which = f"{unknown} of them " if unknown < len(profile.moves) else ""
    return f'{to_go}, {which}answered with "don\'t know"'


def towards(stage: str) -> str:
    number = STAGES.index(stage) + 1
    return f"to {STAGE_NAMES[STAGES[number]]}" if number < len(STAGES) else "to the end of Mastery"


def own_stage(questionnaire: Questionnaire, dimension: DimensionScore) -> str:
    if dimension.shares is None:
        return "–"
    stage = find_own_stage(questionnaire.overall, dimension.shares)
    return STAGE_NAMES[stage] if stage else ALL_FINISHED


def describe_holding_back(profile: Profile) -> str:
    """Say which dimensions keep the stage from being finished; empty where it is finished."""
    if profile.stage is None or profile.complete:
        return ""
    rule, place, stage = profile.questionnaire, profile.stage_number - 1, STAGE_NAMES[profile.stage]
    shares = {d.id: d.shares[place] for d in profile.dimensions.values() if d.shares}
    if profile.unscored:
        names = dimension_titles(rule, profile.unscored)
        return f"Holding it back: too little is known about {names}."
    lowest = sorted(shares, key=lambda d: shares[d])[:_MOST_HOLDING_BACK]
    weak = [d for d, share in shares.items() if share < rule.each]
    told = weak if 0 < len(weak) <= _MOST_HOLDING_BACK + 1 else lowest
    names = dimension_titles(rule, told)
    if not weak:
        return f"No single dimension holds it back; most is missing in {names}."
    if len(weak) == len(shares):
        names = "every dimension"
    elif told is lowest:
        names += f"; {len(weak) - len(told)} more"
    return f"Below {percent(rule.each)} of {stage}, and so holding it back: {names}."


def describe_spot(profile: Profile) -> str:
    """Say what came of the answers that were drawn; empty where none were."""
    spot = profile.evidence.spot if profile.evidence else None
    if spot is None or not spot.questions:
        return ""
    drawn = count(len(spot.questions), "answer")
    return f"Spot check: of {drawn} drawn by lot, an outsider could check {spot.shown or 'none'}."


def describe_odds(margin: Margin | None, subject: SubjectKind, when: str = "Asked again") -> str:
    """Say how often a team or manager with this margin is called otherwise, where that is known."""
    odds = margin.odds if margin else None
    if odds is None:
        return ""
    one_in = in_words(round(1 / odds)) if odds > _RARE else "a hundred"
    return f"{when}, about one {subject} in {one_in} like this would be called otherwise."


def level_text(level: Level) -> str:
    """Say at which level a question stands."""
    words: dict[Level, str] = {"dont-know": "unknown", "not-applicable": "not applicable"}
    return words.get(level, f"at level {level}")


def why_not_scored(profile: Profile, dimension: DimensionScore) -> str:
    """Say why a dimension has no score, and what it takes to have one."""
    if dimension.status == "not-applicable":
        return "does not apply"
    if profile.view == "members":
        return "not scored: too few members answered"
    return f"not scored: {count(missing_answers(profile, dimension), 'more answer')} needed"


def missing_answers(profile: Profile, dimension: DimensionScore) -> int:
    """Return how many more answers score the dimension: half of what applies, and two."""
    applicable = sum(
        profile.levels[q.id] != "not-applicable"
        for q in profile.questionnaire.by_dimension[dimension.id]
    )
    return max((applicable + 1) // 2, min(2, applicable)) - (dimension.answered or 0)


def dimension_titles(questionnaire: Questionnaire, dimensions: Iterable[str]) -> str:
    """Name dimensions by their titles; these may hold an "and", so semicolons part them."""
    return "; ".join(questionnaire.titles[d] for d in dimensions)


def describe_margin(profile: Profile) -> tuple[str, ...]:
    """Say on how many answers the stage hangs; nothing where nobody can tell."""
    return () if profile.margin is None else tuple(_describe_margin(profile, profile.margin))


def _describe_margin(profile: Profile, margin: Margin) -> Iterable[str]:
    stage = str(profile.stage).capitalize()
    if margin.down == 1 and profile.complete:
        yield f"That {stage} is finished hangs on one answer: one level lower, and it is not."
    elif margin.down == 1:
        yield "This stage hangs on one answer: one level lower, and it is the stage before."
    elif margin.down is not None:
        answers = f"any {margin.down - 1} answers are" if margin.down > 2 else "any one answer is"
        stands = f"{stage} stays finished" if profile.complete else "This stage stands"
        yield f"{stands} even if {answers} one level too kind."
    if margin.up is not None and margin.up != profile.distance:
        questions = len(margin.path)
        if questions == margin.up:
            steps = "one answer" if questions == 1 else f"{in_words(questions)} answers, each"
            steps += " one level higher,"
        else:
            steps = f"{in_words(margin.up)} levels on {count(questions, 'question')}"
        yield f"It takes at least {steps} to finish {stage}."
    if margin.unscored:
        names = dimension_titles(profile.questionnaire, margin.unscored)
        yield f"{stage} cannot be finished before more is known about {names}."


def describe_evidence(profile: Profile) -> str:
    """Say how many strong claims can be checked, and the other stage that these give.

    Empty where there are none, or evidence is shown to nobody.
    """
    evidence, stage = profile.evidence, profile.stage
    if evidence is None or not evidence.strong_claims:
        return ""
    answers, named = count(evidence.strong_claims, "high answer"), len(evidence.named)
    rest = f", {named} {'is' if named == 1 else 'are'} in words only" if named else ""
    backed = f"{evidence.backed} of {answers} (level 2 or 3) can be checked by an outsider{rest}."
    if evidence.stage is None or evidence.stage == stage:
        return backed
    return (
        f"{backed} Counting those that cannot one level lower, the stage is "
        f"{evidence.stage.capitalize()}."
    )


def _describe_unknown(unknown: UnknownCheck, stage: str | None) -> str:
    text = f"Nobody could answer {count(unknown.dont_know, 'question')}."
    if unknown.stage is None:
        return text
    if unknown.stage == stage:
        return f"{text} The stage holds even if each of them is at level 0."
    return f"{text} With each of them at level 0, the stage is {unknown.stage.capitalize()}."
