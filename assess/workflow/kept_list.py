"""What is kept, listed, and taken out for good."""

from collections.abc import Mapping
from dataclasses import asdict
from typing import Any

from assess.figures import count, json_score
from assess.identity import TeamName
from assess.pages.blocks import Page
from assess.pages.kept import HistoryRow, make_history_page
from assess.questionnaire import STAGES
from assess.store import KeptAssessment, Store
from assess.workflow.keeping import ScoredKept, list_entries
from assess.workflow.outcome import Outcome


def show_history(store: Store | None, team: TeamName | None, questionnaire: str | None) -> Outcome:
    """List the assessments that are kept, by team; without a store there are none."""
    entries = list_entries(store, team, questionnaire) if store is not None else ()

    def describe() -> Mapping[str, Any]:
        return {"assessments": [_describe(entry) for entry in entries]}

    pages = tuple(
        make_history_page(name, [_row(e) for e in entries if e.kept.team == name])
        for name in dict.fromkeys(entry.kept.team for entry in entries)
    )
    nothing = () if entries else ("No assessment is kept. Begin with: assess run",)
    opened = (
        f"Open to members: {name_kept(entry.kept)}."
        for entry in entries
        if entry.kept.state == "open"
    )
    return Outcome(pages, describe, after=(*nothing, *opened))


def delete_kept(store: Store, kept: KeptAssessment) -> Outcome:
    """Delete an assessment with all that belongs to it, for good."""
    gone = store.delete_assessment(kept.key)
    stays = ("The plan's file stays where it is.",) if gone.plan else ()
    page = Page(f"Deleted: {name_kept(gone)}.", ())
    return Outcome((page,), lambda: {"deleted": _describe_kept(gone)}, after=stays)


def name_kept(kept: KeptAssessment) -> str:
    """Name an assessment, and what belongs to it."""
    parts = [
        *(["a plan"] if kept.plan else []),
        *([count(kept.checkins, "check-in")] if kept.checkins else []),
        *([f"answers of {count(kept.members, 'member')}"] if kept.members else []),
        *([count(kept.replaced, "earlier version")] if kept.replaced else []),
    ]
    belongings = f", with {', '.join(parts)}" if parts else ""
    return f"the assessment of {kept.team}, {kept.date} ({kept.questionnaire}){belongings}"


def _row(entry: ScoredKept) -> HistoryRow:
    kept = entry.kept
    profile = entry.result.profile if entry.result else None
    return HistoryRow(
        date=kept.date,
        questionnaire=kept.questionnaire,
        version=kept.version,
        view=profile.view if profile else None,
        stage=profile.stage if profile else None,
        complete=profile is not None and profile.complete,
        scores=profile.scores if profile else None,
    )


def _describe(entry: ScoredKept) -> dict[str, Any]:
    profile = entry.result.profile if entry.result else None
    scores = profile.scores if profile and profile.scores else (None,) * len(STAGES)
    return {
        **_describe_kept(entry.kept),
        "view": profile.view if profile else None,
        "stage": profile.stage if profile else None,
        "complete": profile is not None and profile.complete,
        "scores": dict(zip(STAGES, map(json_score, scores), strict=True)),
        "index": json_score(profile.index) if profile else None,
    }


def _describe_kept(kept: KeptAssessment) -> dict[str, Any]:
    closed = kept.closed.isoformat() if kept.closed else None
    return {**asdict(kept), "date": kept.date.isoformat(), "closed": closed}
