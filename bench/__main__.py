"""
Every figure of the README, one program after another: ``make bench``, or ``python -m bench NAME …`` for some.

Each prints our figure beside a peer's of the same run. Those that need the real news say so when it is not there.
"""

from __future__ import annotations

import subprocess
import sys

PROGRAMS = (
    "dates",
    "extract",
    "pages",
    "feeds",
    "listing",
    "fetch",
    "poll",
    "store",
    "backlog",
    "press",
    "words",
    "search",
    "analyse",
    "entities",
    "quotes",
    "sources",
    "keyphrases",
    "events",
    "stories",
    "stability",
    "grouping_speed",
    "copies",
    "related",
)


def main() -> int:
    """Run the programs named, or all; 1 when one of them failed."""
    wanted = sys.argv[1:] or PROGRAMS
    failed = []
    for name in wanted:
        print(f"\n=== bench.{name}", flush=True)
        if subprocess.run([sys.executable, "-m", f"bench.{name}"], check=False).returncode:
            failed.append(name)
    if failed:
        print(f"failed: {', '.join(failed)}", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
