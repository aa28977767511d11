"""`assess demo`: the whole way with a built-in example team."""

from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.showing import show_assessment
from assess.cli.wiring import open_console, open_library, print_json
from assess.console.checkin import show_checkin
from assess.console.comparison import show_comparison
from assess.console.plan import show_plan
from assess.documents.checkin import describe_checkin
from assess.documents.comparison import describe_comparison
from assess.documents.plan import describe_plan
from assess.documents.score import describe_profile
from assess.workflow.demo import (
    STORE,
    Quarter,
    open_demo,
    play_checkin,
    play_comparison,
    play_quarter,
    read_example,
)


@command("demo", "assess demo", "assess demo --out somewhere")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("assess-demo"),
    show_default=True,
    help="The folder for its files and its own store.",
)
def demo_command(settings: Settings, out: Path) -> None:
    """Walk the whole way with an example team: two quarters, plan, check-in, comparison.

    Nothing of it touches your own store.
    """
    library = open_library(settings)
    example = read_example(library)
    console = open_console(settings)
    with open_demo(out) as store:
        first = play_quarter(library, store, example.first, out)
        checkin = play_checkin(library, store, example, first.drawn.file.path)
        second = play_quarter(library, store, example.second, out)
        comparison = play_comparison(library, store, example, out)
    if settings.json:
        print_json(
            {
                "first": _describe(first),
                "checkin": describe_checkin(checkin).as_json(),
                "second": _describe(second),
                "comparison": describe_comparison(comparison),
            }
        )
        return
    console.chapter("1. The first assessment: where the team stands")
    show_assessment(console, first.result)
    console.chapter("2. The plan for the next 90 days")
    show_plan(console, first.drawn.plan, str(first.drawn.file.path))
    console.chapter("3. Seven weeks later: the plan is read back")
    show_checkin(console, checkin)
    console.chapter("4. After the quarter: the second assessment, compared")
    titles = {action.id: action.title for action in second.drawn.plan.actions.values()}
    show_comparison(console, comparison, titles)
    console.chapter("5. The next plan")
    show_plan(console, second.drawn.plan, str(second.drawn.file.path))
    console.say("")
    console.say(f"All files are in {out}. Look around: assess --store {out / STORE} history")
    console.say("Begin with your own team: assess run")


def _describe(quarter: Quarter) -> dict[str, object]:
    result = quarter.result
    day = result.assessment.date
    return {
        "score": describe_profile(result.profile, team=result.assessment.team, day=day),
        "plan": describe_plan(quarter.drawn.plan).as_json(),
    }
