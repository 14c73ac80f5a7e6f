"""Every benchmark in turn: `make bench`, or `python -m benchmarks [NAME ...]`."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path


def main(names: list[str]) -> None:
    known = sorted(path.stem for path in Path(__file__).parent.glob("*.py") if not path.stem.startswith("_"))
    sys.argv = sys.argv[:1]
    for name in names or known:
        if name not in known:
            sys.exit(f"no benchmark is called {name}; there are {', '.join(known)}")
        print(f"== {name}")
        runpy.run_module(f"benchmarks.{name}", run_name="__main__")


if __name__ == "__main__":
    main(sys.argv[1:])
