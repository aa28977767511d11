"""What a change has to pass, each session in an environment of its own.

`nox` runs what every change needs: format, lint, types, layers, the shipped data, and the tests
on the Python that is there. The other sessions need more on the machine: `nox -l` lists them.
"""

import shutil
from pathlib import Path

import nox

nox.options.default_venv_backend = "venv"
nox.options.error_on_missing_interpreters = False
nox.options.sessions = ["lint", "data", "tests"]


@nox.session
def lint(session: nox.Session) -> None:
    """Format, lint, types and layers."""
    session.install("-e", ".[test,dev]")
    session.run("ruff", "format", "--check", ".")
    session.run("ruff", "check", ".")
    session.run("mypy")
    session.run("lint-imports")


@nox.session
def data(session: nox.Session) -> None:
    """Check questionnaires, actions and rules; prove what speaks of every team."""
    session.install(".[check]")
    session.run("assess", "check", "--thorough")


@nox.session
def tests(session: nox.Session) -> None:
    """Run the tests; `nox -s tests -- -k words` runs some of them."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", "-n", "auto", *session.posargs)


@nox.session(python=["3.11", "3.12", "3.13", "3.14"])
def every_python(session: nox.Session) -> None:
    """Run the tests on each Python that is promised and that this machine has."""
    session.install("-e", ".[test]")
    session.run("pytest", "-q", "-n", "auto", *session.posargs)


@nox.session(venv_backend="uv")
def lowest(session: nox.Session) -> None:
    """Run the tests with the oldest dependencies that are promised."""
    session.install("--resolution", "lowest-direct", "-e", ".[test]")
    session.run("pytest", "-q", "-n", "auto", *session.posargs)


@nox.session
def coverage(session: nox.Session) -> None:
    """Measure how much of the program the tests run; less than they did once is refused."""
    session.install("-e", ".[test]", "coverage>=7.6")
    # From Python 3.12 on measuring this way costs hardly any time; before it takes another.
    env = {"COVERAGE_CORE": "sysmon"}
    session.run("coverage", "run", "-m", "pytest", "-q", *session.posargs, env=env)
    session.run("coverage", "report")


@nox.session
def browser(session: nox.Session) -> None:
    """Run the tests that need Node.js, Chromium and poppler-utils."""
    session.install("-e", ".[test]")
    session.run("npm", "ci", "--prefix", "tests/node", external=True)
    session.run("pytest", "-q", "-m", "node or browser", *session.posargs)


@nox.session
def pyz(session: nox.Session) -> None:
    """Make `dist/assess.pyz`, the whole program in one file, and let it run the demo.

    It runs on the kind of machine and the Python that it was made with, and unpacks itself into
    the person's folder the first time.
    """
    session.install("shiv")
    made = Path("dist", "assess.pyz").absolute()
    made.parent.mkdir(exist_ok=True)
    session.run(
        "shiv", "--console-script", "assess", "--output-file", str(made), "--compressed", "."
    )
    folder = session.create_tmp()
    session.run("python", str(made), "demo", "--out", f"{folder}/demo", env={"SHIV_ROOT": folder})


@nox.session
def package(session: nox.Session) -> None:
    """Build the wheel and the source archive, and run the tests from what the archive holds."""
    session.install("build")
    folder = Path(session.create_tmp())
    session.run("python", "-m", "build", "--outdir", str(folder))
    [archive] = folder.glob("*.tar.gz")
    shutil.unpack_archive(archive, folder, filter="data")
    session.chdir(folder / archive.name.removesuffix(".tar.gz"))
    session.install("-e", ".[test]")
    session.run("pytest", "-q", "-n", "auto", *session.posargs)
