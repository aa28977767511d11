"""`assess demo`: the whole way with a built-in example team."""

from dataclasses import replace
from pathlib import Path

import click

from assess.cli.command import command
from assess.cli.settings import Settings
from assess.cli.showing import find_result_page
from assess.cli.wiring import open_console, open_library, print_json
from assess.documents.checkin import describe_checkin
from assess.documents.comparison import describe_comparison
from assess.documents.plan import describe_plan
from assess.documents.score import describe_profile
from assess.pages.checkin import make_checkin_page
from assess.pages.comparison import make_comparison_page
from assess.pages.plan import make_plan_page
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
    within = tuple(option for option in settings.needed if option[0] == "--data")
    console = open_console(replace(settings, needed=(*within, ("--store", str(out / STORE)))))
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
    console.show_page(find_result_page(first.result))
    console.chapter("2. The plan for the next 90 days")
    console.show_page(make_plan_page(first.drawn.plan))
    console.chapter("3. Seven weeks later: the plan is read back")
    console.show_page(make_checkin_page(checkin))
    console.chapter("4. After the quarter: the second assessment, compared")
    titles = {action.id: action.title for action in second.drawn.plan.actions.values()}
    console.show_page(make_comparison_page(comparison, titles))
    console.chapter("5. The next plan")
    console.show_page(make_plan_page(second.drawn.plan))
    console.say("")
    console.say(f"All files are in {out}. Look around: assess history")
    open_console(settings).say("Begin with your own team: assess run")


def _describe(quarter: Quarter) -> dict[str, object]:
    result = quarter.result
    day = result.assessment.date
    return {
        "score": describe_profile(result.profile, team=result.assessment.team, day=day),
        "plan": describe_plan(quarter.drawn.plan).as_json(),
    }
