"""An extension of Python-Markdown that fails on one word, as a faulty one would."""

from __future__ import annotations

from markdown import Markdown
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor


class _Breaking(Preprocessor):
    def run(self, lines: list[str]) -> list[str]:
        """Return the lines; ZeroDivisionError where one says that it breaks."""
        return lines if "break it" not in " ".join(lines) else [str(1 // 0)]


class _Extension(Extension):
    def extendMarkdown(self, md: Markdown) -> None:  # noqa: N802
        md.preprocessors.register(_Breaking(md), "breaking", 0)


def makeExtension() -> Extension:  # noqa: N802
    """Return the extension."""
    return _Extension()
