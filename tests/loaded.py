"""The program in a process that has all of it loaded, so that a command begins at once, and can be killed.

Each command runs in a fork of that process, at the head of a process group of its own. The process has no
threads, so commands fork workers as they do elsewhere.
"""

from __future__ import annotations

import ctypes
import importlib
import json
import os
import resource
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext, suppress
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

from tests.power import never_cut
from tests.programs import ROOT

_ADOPTS = 36
"""PR_SET_CHILD_SUBREAPER: workers whose parent was killed become children of the process that started it."""

_TRACED_BY = 0x59616D61
"""PR_SET_PTRACER: who may trace a process, besides those above it."""

_ANYBODY = 2 ** (8 * ctypes.sizeof(ctypes.c_ulong)) - 1

_BLINK = 0.0002
_SYNCS = "--syncs"


class Order(NamedTuple):
    """A command of the program, and what befalls it.

    Its group is killed `after` so many seconds, counted from when one of the places in `once` is there;
    before that it is `stopped` for as long. `trace` are the options of strace. It may have so many `files`
    open, and write none that is longer than `length`; `user` is the number of whom it runs as.
    """

    arguments: Sequence[str]
    folder: str
    after: float | None = None
    once: Sequence[str] = ()
    stopped: float = 0.0
    trace: Sequence[str] = ()
    together: int = 1
    files: int = 0
    length: int = 0
    user: int = 0
    umask: int = -1
    unset: Sequence[str] = ()


class Ended(NamedTuple):
    """How a command ended: its code, that of a signal below 0; when, and what it said on stderr.

    `since` are the seconds from when one of the places of `once` was there; -1 where none came to be.
    """

    code: int
    seconds: float
    said: str
    since: float

    @property
    def is_killed(self) -> bool:
        """Whether it was killed before it could end."""
        return self.code == -signal.SIGKILL


class Loaded:
    """A process that runs commands of the program, one order after the other."""

    def __init__(self, process: subprocess.Popen[str]) -> None:
        self._process = process

    def ran(self, order: Order) -> Ended:
        """Return how the command of an order ended."""
        return self.ran_together(order)[0]

    def ran_together(self, order: Order) -> tuple[Ended, ...]:
        """Return how the commands ended that an order had started at once."""
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return tuple(Ended(*each) for each in json.loads(self._process.stdout.readline()))


@contextmanager
def loaded(*, syncs: bool = False) -> Iterator[Loaded]:
    """Give a process that has the program loaded; with `syncs` it waits for the disk in earnest."""
    command = [sys.executable, "-m", "tests.loaded", *([_SYNCS] if syncs else [])]
    pipe = subprocess.PIPE
    with subprocess.Popen(command, cwd=ROOT, stdin=pipe, stdout=pipe, text=True) as process:
        yield Loaded(process)
        assert process.stdin
        process.stdin.close()


# In that process ---------------------------------------------------------------------------------


def _serve() -> None:
    """Do each order that comes, a line of JSON, and tell how it ended."""
    _prctl(_ADOPTS, 1)
    with TemporaryDirectory() as folder, nullcontext() if _SYNCS in sys.argv else never_cut():
        _warm_up(Path(folder))
        for line in sys.stdin:
            order = Order(*json.loads(line))
            sys.stdout.write(json.dumps(_done(order, Path(folder))) + "\n")
            sys.stdout.flush()


def _prctl(*arguments: int) -> None:
    prctl = getattr(ctypes.CDLL(None), "prctl", None)
    if prctl is not None:
        prctl(*map(ctypes.c_ulong, arguments))


def _warm_up(folder: Path) -> None:
    """Have all modules loaded that a build loads, and nothing else of it stay."""
    (folder / "content").mkdir()
    (folder / "content/a.md").write_text("---\ntitle: A\ndate: 2020-01-01\nentries: [K/B]\n---\nB.\n")
    (folder / "lwnindex.toml").write_text('[site]\nurl = "https://example.org/"\n')
    for text in ("A. [b](/Articles/a/).\n", "B.\n"):
        with (folder / "content/a.md").open("a") as file:
            file.write(text)
        code = _ran(Order(("build", "--quiet", "--executor=serial"), str(folder)), None)
        assert code == 0, code
    # The one that only a build with several workers imports.
    importlib.import_module("lwnindex.engine.worker")


def _ran(order: Order, said: int | None) -> int:
    """Run a command here, and return its code."""
    from lwnindex.cli import main

    os.chdir(order.folder)
    if said is not None:
        os.dup2(said, 2)
        os.dup2(said, 1)
    try:
        main(list(order.arguments), prog_name="lwnindex")
    except SystemExit as left:
        return int(left.code or 0)
    return 0


def _done(order: Order, folder: Path) -> list[Ended]:
    """Start the commands of an order and see them end."""
    logs = [folder / f"said-{number}" for number in range(order.together)]
    begun = time.monotonic()
    children = [_started(order, log) for log in logs]
    with _traced(order, children[0]):
        for child in children:
            os.kill(child, signal.SIGCONT)
        since = _seen(order, children[0])
        if order.after is not None:
            _kill(order, children[0])
    return [_ended(child, log, begun, since) for child, log in zip(children, logs, strict=True)]


def _started(order: Order, log: Path) -> int:
    """Return the number of a process that is stopped, and runs the command of an order when it goes on."""
    said = os.open(log, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
    child = os.fork()
    if not child:
        code = 70
        try:
            _prepare(order)
            code = _ran(order, said)
        finally:
            os._exit(code)
    os.close(said)
    os.waitpid(child, os.WUNTRACED)
    return child


def _prepare(order: Order) -> None:
    os.setpgid(0, 0)
    if order.umask >= 0:
        os.umask(order.umask)
    for name in order.unset:
        os.environ.pop(name, None)
    for limit, most in ((resource.RLIMIT_NOFILE, order.files), (resource.RLIMIT_FSIZE, order.length)):
        if most:
            resource.setrlimit(limit, (most, resource.getrlimit(limit)[1]))
    if order.user:
        os.setuid(order.user)
    _prctl(_TRACED_BY, _ANYBODY)
    os.kill(os.getpid(), signal.SIGSTOP)


@contextmanager
def _traced(order: Order, child: int) -> Iterator[None]:
    """Have strace look on, if an order asks for it."""
    if not order.trace:
        yield
        return
    command = ["strace", "-p", str(child), *order.trace]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as tracer:
        assert tracer.stderr
        for line in tracer.stderr:
            if "attached" in line:
                break
            assert "strace" in line, line
        yield
        os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT)
        tracer.communicate()


def _seen(order: Order, child: int) -> float:
    """Return how long one of the places was there, or wait until a kill is due that waits for it."""
    if not order.once:
        return -1
    while not any(map(os.path.lexists, order.once)):
        if _is_over(child):
            return -1
        time.sleep(_BLINK)
    begun = time.monotonic()
    while order.after is None and any(map(os.path.lexists, order.once)) and not _is_over(child):
        time.sleep(_BLINK)
    return time.monotonic() - begun


def _is_over(child: int) -> bool:
    return os.waitid(os.P_PID, child, os.WEXITED | os.WNOWAIT | os.WNOHANG) is not None


def _kill(order: Order, child: int) -> None:
    """Kill the group of a command that is due, stopped for a while before that if so ordered."""
    time.sleep(order.after or 0)
    if order.stopped:
        os.killpg(child, signal.SIGSTOP)
        time.sleep(order.stopped)
    os.killpg(child, signal.SIGKILL)


def _ended(child: int, log: Path, begun: float, since: float) -> Ended:
    """Return how a command ended, when all of its group have."""
    status = os.waitpid(child, 0)[1]
    seconds = time.monotonic() - begun
    with suppress(ChildProcessError):
        while os.waitpid(-child, 0):
            pass
    return Ended(os.waitstatus_to_exitcode(status), seconds, log.read_text("utf-8"), since)


if __name__ == "__main__":
    _serve()
