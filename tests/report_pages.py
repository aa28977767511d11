"""Pages as a report of a marketing team of five would have them, and pages with hostile words."""

from datetime import date, timedelta
from fractions import Fraction

from assess.pages.blocks import (
    BarColumn,
    BarRow,
    Bars,
    Chart,
    ChartLine,
    Column,
    Command,
    Items,
    ListedTask,
    Page,
    Points,
    Section,
    Sentence,
    Share,
    Table,
    Tasks,
    Timeline,
    TimelineRow,
    TimelineWeek,
    TrackRow,
    Tracks,
    table,
)

TITLE = "Marketing Lyon, 26 November 2026"
LAST_WORDS = "A decision on both is needed by 11 December 2026."
LONG_WORD = "Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunter"
HOSTILE = (
    '<script>alert("1")</script>',
    '"><img src=x onerror=alert(1)>',
    "</title></svg><style>*{display:none}</style>",
    "{{ 7*7 }} {% raw %}",
    "javascript:alert(1) &lt;b&gt;",
    "right\u202eto left, nul\x00 and esc\x1b[31m",
)
START = date(2026, 11, 30)


def share(part: int, whole: int = 100) -> Fraction:
    return Fraction(part, whole)


def make_bars(label: str = "Goals and direction") -> Bars:
    half, most = share(1, 2), share(4, 5)
    rows = (
        (label, (100, 75, 25), ""),
        ("Roles and ownership", (75, 25, 0), "which keeps Maturity from being finished"),
        ("Collaboration", (100, 50, 25), ""),
        ("Communication", (83, 66, 0), ""),
        ("People and skills", (100, 75, 50), ""),
        ("Capacity and focus", (75, 50, 0), ""),
        ("Systems and operations", (100, 50, 0), ""),
        ("Measures and insight", (80, 40, 20), "which keeps Maturity from being finished"),
    )
    return Bars(
        columns=(
            BarColumn("Momentum", "momentum", "finished"),
            BarColumn("Maturity", "maturity", "current"),
            BarColumn("Mastery", "mastery"),
        ),
        rows=(
            *(BarRow(name, tuple(map(share, parts)), half, flag) for name, parts, flag in rows),
            BarRow("Learning and change", None, half, "not scored: 2 more answers needed"),
            BarRow("All together", (share(89), share(53), share(15)), most, is_total=True),
        ),
        legend="is what finishes a stage: 50 % in every dimension, 80 % in all.",
        flag="keeps Maturity from being finished, whatever the others reach.",
    )


def make_tracks(label: str = "Goals and direction") -> Tracks:
    return Tracks(
        rows=(
            TrackRow(label, share(44), share(77), 0.28, 0.6, "clear rise", "rise"),
            TrackRow("Collaboration", share(50), share(58), 0.34, 0.66, "no clear change"),
            TrackRow("Measures and insight", share(66), share(33), 0.5, 0.82, "clear fall", "fall"),
            TrackRow("Learning and change", share(8), share(8), -0.1, 0.24, "no clear change"),
        ),
        legend="a change may be chance: one person's answers vary by about three of nine.",
    )


def make_chart(label: str = "The manager") -> Chart:
    return Chart(
        days=(date(2026, 2, 26), date(2026, 5, 28), date(2026, 8, 27), date(2026, 11, 26)),
        lines=(
            ChartLine(label, "momentum", (share(31), share(36), share(47), share(52))),
            ChartLine(
                "The team together", "maturity", (share(24), share(30), share(41), share(50))
            ),
            ChartLine("The members", "mastery", (share(20), share(28), share(40), share(45))),
        ),
        goal=(share(80), "80 % finish a stage."),
    )


def make_timeline(label: str = "Give each recurring job one owner, and write it down") -> Timeline:
    off = {5}
    hours = {1: 4, 2: 4, 3: 4, 4: 3, 6: 4, 7: 4, 8: 4, 9: 4, 10: 2, 11: 2, 12: 2, 13: 1}
    return Timeline(
        weeks=tuple(
            TimelineWeek(
                n, START + timedelta(weeks=n - 1), Fraction(hours.get(n, 0)), is_off=n in off
            )
            for n in range(1, 14)
        ),
        rows=(
            TimelineRow(
                label, 1, 4, tuple((n, Fraction(h)) for n, h in ((1, 4), (2, 4), (3, 2), (4, 1)))
            ),
            TimelineRow(
                "Agree on five key figures",
                3,
                6,
                ((3, Fraction(2)), (4, Fraction(2)), (6, Fraction(5, 2))),
            ),
            TimelineRow(
                "One board for all work that enters, with a limit",
                6,
                10,
                tuple((n, Fraction(2)) for n in range(6, 11)),
            ),
            TimelineRow("Say no in writing", 7, 13, ((7, Fraction(1)), (13, Fraction(1)))),
        ),
        milestones=tuple((str(n), START + timedelta(days=n - 1)) for n in (30, 60, 90)),
        today=date(2026, 12, 16),
    )


def make_table(label: str = "Qualified leads a month") -> Table:
    return Table(
        columns=(
            Column("KPI"),
            Column("Baseline", number=True),
            Column("Now", number=True),
            Column("Target", number=True),
            Column("Points", number=True, tone="rise"),
            Column("By"),
        ),
        rows=(
            (
                label,
                Share(share(31)),
                Share(share(47)),
                Share(share(60)),
                Points(share(16)),
                date(2027, 2, 26),
            ),
            ("Answer to a request, in days", 9, 5, 3, Points(None), "open"),
            ("Cost of a lead", "€ 41", "€ 38", "€ 30", Points(share(-3)), "–"),
        ),
    )


def make_tasks(text: str = "List the recurring jobs and who does them today") -> Tasks:
    return Tasks(
        (
            ListedTask(text, "Ana", date(2026, 12, 4), "done"),
            ListedTask("Name one owner for each", "Ben", date(2026, 12, 11), "late"),
            ListedTask("Write down how one is done", "Chloé", date(2026, 12, 18), "begun"),
            ListedTask("Agree on five key figures with sales", "", date(2027, 1, 8), "open"),
            ListedTask("Buy a new tool", "the manager", None, "dropped"),
        )
    )


def make_board_page(title: str = TITLE) -> Page:
    """Return what a manager sends to the board: a full sheet, like the longest that occurs."""
    return Page(
        title,
        (
            Section(
                "",
                (
                    Sentence(
                        "Marketing Lyon is in Maturity, the second of three stages, "
                        "as the manager sees it.",
                        "maturity",
                    ),
                    Sentence(
                        "The foundation stands; now the work gets systems that last. "
                        "53 % of this is in place, 6 questions to go."
                    ),
                    Sentence("This stage stands even if any 4 answers are one level too kind."),
                ),
            ),
            Section(
                "Promised for 26 November, and true now",
                (
                    Sentence("Reached: 8 of 9, 6 can be checked. Clear progress.", "rise"),
                    Items(
                        (
                            "Every recurring job has one owner, written where all can see it.",
                            "The five key figures stand on one page, with baseline and target.",
                            "Not yet: somebody else could take over each job from what is written.",
                        )
                    ),
                ),
            ),
            Section(
                "Goal: twice as many qualified leads at the same budget",
                (Table(make_table().columns[:5], tuple(row[:5] for row in make_table().rows)),),
            ),
            Section("The next three months", (make_timeline(),)),
            Section(
                "What is asked of you",
                (
                    Items(
                        (
                            "Keep Friday mornings free of meetings for the team until February.",
                            "Approve € 4,000 for training in analysis.",
                        )
                    ),
                    Sentence(LAST_WORDS, "strong"),
                ),
            ),
        ),
    )


def make_full_board_page() -> Page:
    """Return a page for the board that at its usual size would take two sheets."""
    names = ("Ana", "Benedikt von Hohenlohe-Langenburg", LONG_WORD)
    rows = tuple((f"{TITLE} {number}: {LAST_WORDS}", names[number % 3], 5) for number in range(12))
    first, *rest = make_board_page().sections
    return Page(TITLE, (first, Section("", (table(("Work", "Led by", "#"), rows),)), *rest))


def make_report() -> tuple[Page, ...]:
    """Return a whole report, with each kind of block."""
    return (
        make_board_page(),
        Page(
            "Where the team stands",
            (
                Section(
                    "",
                    (
                        Sentence("Nine dimensions by stage.", "maturity"),
                        Sentence(
                            "A stage is finished when 80 % of its work is in place and no "
                            "dimension has less than 50 % of it. The team is in the first stage "
                            "that it has not finished.",
                            "quiet",
                        ),
                        make_bars(),
                    ),
                ),
                Section(
                    "How sure this is",
                    (
                        Items(
                            (
                                "Evidence backs 14 of 19 claims of level 2 or 3.",
                                "Asked again, one team in five would be called otherwise.",
                            )
                        ),
                        Sentence("Two dimensions rest on one answer each.", "warning"),
                    ),
                ),
            ),
        ),
        Page(
            "What moved",
            (
                Section("", (Sentence("Three months ago and now."), make_tracks())),
                Section("Over the quarters", (make_chart(),), detail=True),
                Section("Key figures", (make_table(),)),
            ),
        ),
        Page(
            "The work",
            (
                Section("This week", (make_tasks(), Command("assess checkin --week 3"))),
                Section("All weeks", (make_timeline(),)),
            ),
        ),
    )


def make_hostile_page(text: str) -> Page:
    """Return every kind of block with the same words wherever a person may have typed them."""
    bars, tracks = make_bars(text), make_tracks(text)
    return Page(
        text,
        (
            Section("", (Sentence(text), Items((text, text), "warning"), Command(text))),
            Section(text, (bars, tracks, make_chart(text), make_timeline(text))),
            Section("Words", (make_table(text), make_tasks(text))),
            Section("Owners", (Tasks((ListedTask("Ask", text, date(2026, 12, 4), "open"),)),)),
        ),
    )
