"""Build this repository's own site: content/ becomes site/."""

import sys
from pathlib import Path

from lwnindex.cli import main

if __name__ == "__main__":
    main(
        ["build", "--config", str(Path(__file__).with_name("lwnindex.toml")), *sys.argv[1:]],
        prog_name="build.py",
    )
