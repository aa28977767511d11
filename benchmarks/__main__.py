"""Every ratio and every run at scale that docs/performance.md gives, in one command.

python -m benchmarks
"""

import subprocess
import sys

RUNS = (
    ("benchmarks.commands",),
    ("benchmarks.scale",),
    ("benchmarks.scale", "--teams", "1000", "--quarters", "4", "--members", "0"),
    ("benchmarks.pipeline",),
    ("benchmarks.reading",),
    ("benchmarks.transfer",),
    ("benchmarks.planner", "--teams", "20", "--instances", "4"),
)

for module, *options in RUNS:
    print(f"\n{module}\n", flush=True)
    subprocess.run([sys.executable, "-m", module, *options], check=True)
