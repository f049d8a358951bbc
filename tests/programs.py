"""The programs outside Python that some tests run, and how to install each that is missing."""

import os
import shutil
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def found(*names: str) -> Path | None:
    """Return the first of the named programs that is on PATH."""
    paths = (shutil.which(name) for name in names)
    return next((Path(path) for path in paths if path), None)


def held(path: Path) -> Path | None:
    """Return the path if there is a file."""
    return path if path.is_file() else None


CHROMIUM = found(
    os.environ.get("CHROMIUM", "chromium"), "chromium-browser", "google-chrome", "google-chrome-stable"
)
NODE = found("node", "nodejs")
JAVA = found("java")
KIWIX = found("kiwix-serve")
STRACE = found("strace")
ZSH = found("zsh")
RSYNC = found("rsync")
FISH = found("fish")
NGINX = found("nginx") or held(Path("/usr/sbin/nginx"))
VNU_JAR = held(ROOT / "node_modules" / "vnu-jar" / "build" / "dist" / "vnu.jar")
TSC_JS = held(ROOT / "node_modules" / "typescript" / "bin" / "tsc")
SPEC = held(ROOT / "node_modules" / "commonmark-spec" / "spec.txt")

# One compiler and one thread that collects: the checker is over before more of them are worth their start.
_BRIEFLY = ("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m")

VNU = (str(JAVA), *_BRIEFLY, "-jar", str(VNU_JAR))
"""The start of a command that runs the Nu HTML checker, for tests marked needs_vnu."""

TSC = (str(NODE), str(TSC_JS))
"""The start of a command that checks the types of JavaScript, for tests marked needs_tsc."""


@dataclass(frozen=True)
class Program:
    """A program that tests need: its name for people, its place, and the command that installs it."""

    name: str
    path: Path | None
    install: str


def _install(debian: str, mac: str) -> str:
    return f"brew install {mac}" if sys.platform == "darwin" else f"apt-get install {debian}"


_CHROMIUM = Program(
    "Chromium", CHROMIUM, _install("chromium", "--cask chromium") + " (or set CHROMIUM to its path)"
)
_NODE = Program("node", NODE, _install("nodejs npm", "node"))
_JAVA = Program("Java", JAVA, _install("default-jre-headless", "openjdk"))
_KIWIX = Program("kiwix-serve", KIWIX, _install("kiwix-tools", "kiwix-tools"))
_STRACE = Program("strace", STRACE, "apt-get install strace (it is a program of Linux)")
_ZSH = Program("zsh", ZSH, _install("zsh", "zsh"))
_RSYNC = Program("rsync", RSYNC, _install("rsync", "rsync"))
_FISH = Program("fish", FISH, _install("fish", "fish"))
_NGINX = Program("nginx", NGINX, _install("nginx-light", "nginx"))
_NPM_CI = "npm ci" if NODE else f"{_NODE.install} && npm ci"
_VNU_JAR = Program("vnu.jar", VNU_JAR, _NPM_CI)
_TSC_JS = Program("tsc", TSC_JS, _NPM_CI)
_SPEC = Program("commonmark-spec", SPEC, _NPM_CI)
_OF_NPM = (_VNU_JAR, _TSC_JS, _SPEC)

NEEDS: dict[str, tuple[Program, ...]] = {
    "needs_chromium": (_CHROMIUM,),
    "needs_node": (_NODE,),
    "needs_java": (_JAVA,),
    "needs_vnu": (_JAVA, _VNU_JAR),
    "needs_tsc": (_NODE, _TSC_JS),
    "needs_spec": (_SPEC,),
    "needs_kiwix": (_KIWIX,),
    "needs_strace": (_STRACE,),
    "needs_zsh": (_ZSH,),
    "needs_fish": (_FISH,),
    "needs_nginx": (_NGINX,),
    "needs_rsync": (_RSYNC,),
}
"""What a test with one of these marks cannot run without."""


def missing(*marks: str) -> tuple[Program, ...]:
    """Return the missing programs among those that the marks name; npm's come after node itself."""
    programs = dict.fromkeys(program for mark in marks for program in NEEDS.get(mark, ()))
    absent = [program for program in programs if program.path is None]
    return tuple(program for program in absent if not (program in _OF_NPM and _NODE in absent))
