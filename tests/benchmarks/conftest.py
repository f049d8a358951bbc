"""The benchmarks measure by what POSIX systems tell of processes; elsewhere what measures is not tested."""

import os

collect_ignore = [] if os.name == "posix" else ["test_processes.py", "test_run.py", "test_versions.py"]
