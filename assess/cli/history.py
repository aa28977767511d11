"""`assess history` and `assess delete`: what is kept, and what shall not be any more."""

from dataclasses import asdict
from datetime import date

import click

from assess.cli.command import command
from assess.cli.confirming import confirm
from assess.cli.options import YES
from assess.cli.settings import Day, Settings
from assess.cli.wiring import has_store, open_console, open_kept, print_json
from assess.figures import count, json_score
from assess.pages.blocks import Page
from assess.pages.kept import HistoryRow, make_history_page
from assess.questionnaire import STAGES
from assess.store import KeptAssessment
from assess.workflow.keeping import Entry, find_kept_on, list_entries


@command("history", "assess history", "assess history --team Lyon")
def history_command(settings: Settings) -> None:
    """List what is kept: each assessment with its stage and scores."""
    entries: tuple[Entry, ...] = ()
    if settings.team is not None or has_store(settings):
        with open_kept(settings) as store:
            entries = list_entries(store, settings.team, settings.questionnaire)
    if settings.json:
        print_json({"assessments": [_describe(entry) for entry in entries]})
    else:
        _show(settings, entries)


@command(
    "delete", "assess delete --date 2026-11-22", "assess delete --team Lyon --date 2026-11-22 --yes"
)
@click.option("--date", "day", type=Day(), required=True, help="Of the assessment.")
@YES
def delete_command(settings: Settings, day: date, yes: bool) -> None:
    """Delete an assessment for good: its answers, its plan and its check-ins.

    The plan's file stays where it is, and so do backups.
    """
    with open_kept(settings) as store:
        kept = find_kept_on(store, settings.team, settings.questionnaire, day)
        if not confirm(settings, f"Delete {_name(kept)}, for good?", yes=yes):
            open_console(settings).say("Nothing was deleted.")
            return
        gone = store.delete_assessment(kept.key)
    if settings.json:
        print_json({"deleted": _describe_kept(gone)})
        return
    console = open_console(settings)
    console.show_page(Page(f"Deleted: {_name(gone)}.", ()))
    if gone.plan:
        console.say("The plan's file stays where it is.")


def _show(settings: Settings, entries: tuple[Entry, ...]) -> None:
    console = open_console(settings)
    if not entries:
        console.say("No assessment is kept. Begin with: assess run")
    for team in dict.fromkeys(entry.kept.team for entry in entries):
        rows = [_row(e) for e in entries if e.kept.team == team]
        console.show_page(make_history_page(team, rows))
    for entry in entries:
        if entry.kept.state == "open":
            console.say(f"Open to members: {_name(entry.kept)}.")


def _row(entry: Entry) -> HistoryRow:
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


def _name(kept: KeptAssessment) -> str:
    """Name an assessment, and what belongs to it."""
    parts = [
        *(["a plan"] if kept.plan else []),
        *([count(kept.checkins, "check-in")] if kept.checkins else []),
        *([f"answers of {count(kept.members, 'member')}"] if kept.members else []),
        *([count(kept.replaced, "earlier version")] if kept.replaced else []),
    ]
    belongings = f", with {', '.join(parts)}" if parts else ""
    return f"the assessment of {kept.team}, {kept.date} ({kept.questionnaire}){belongings}"


def _describe(entry: Entry) -> dict[str, object]:
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


def _describe_kept(kept: KeptAssessment) -> dict[str, object]:
    # Who began and did not send is nobody's business: it would tell when members answer.
    facts = {key: value for key, value in asdict(kept).items() if key != "unsent"}
    return {**facts, "date": kept.date.isoformat()}
