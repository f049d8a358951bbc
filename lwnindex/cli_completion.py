"""The verb `completion`, and what shells complete: verbs, options, files, and names of an archive."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING, Any

import click

from lwnindex.config import Found

if TYPE_CHECKING:
    from click.shell_completion import CompletionItem

Finder = Callable[[dict[str, Any]], Found]

_BASH = """\
# lwnindex: completion for bash. Put this into ~/.bashrc:  eval "$(lwnindex completion bash)"
_lwnindex_completion() {
    local kind value
    COMPREPLY=()
    while IFS=, read -r kind value; do
        case $kind in
            # Readline quotes file names, and so whatever has spaces.
            name) compopt -o filenames; COMPREPLY+=("$value"); [[ $value == */ ]] && compopt -o nospace ;;
            dir) compopt -o dirnames ;;
            file) compopt -o default ;;
            *) COMPREPLY+=("$value") ;;
        esac
    done < <(
        IFS=$'\\n'
        COMP_WORDS="${COMP_WORDS[*]}" COMP_CWORD=$COMP_CWORD _LWNINDEX_COMPLETE=bash_complete "$1" 2>/dev/null
    )
}
complete -o nosort -F _lwnindex_completion lwnindex
"""

_ZSH = "        compadd -U -V unsorted -a completions\n"
_ZSH_OPEN = """\
        local -a folders=(${(M)completions:#*/})
        completions=(${completions:#*/})
        (( $#folders )) && compadd -U -V unsorted -S '' -a folders
        (( $#completions )) && compadd -U -V unsorted -a completions
"""
"""What follows a folder's name is typed on, without a space before it."""

_TOPICS = ("topic", "topics", "entry", "entries", "see_also", "old")
_OF_TOPICS = ("INTO", "NEW-PARENT")
_PLACES = {"DIR": "dir", "FILE": "file", "[PATH|URL]": "file"}
_ARTICLES = ("article",)
_OF_ALL = ("CODE|ARTICLE|PATH",)
_INDEXES = ("index", "indexes")
_SHELLS = ("bash", "zsh", "fish")


def add_to(main: click.Group, find: Finder) -> None:
    """Give the program this verb, and all verbs it has by now what shells are to complete."""

    @main.command("completion", short_help="Print what has a shell complete verbs, options and names.")
    @click.argument("shell", type=click.Choice(_SHELLS))
    def completion(shell: str) -> None:
        """Print what has a shell complete verbs, options, files, topics and articles.

        \b
        eval "$(lwnindex completion bash)"      # in ~/.bashrc
        eval "$(lwnindex completion zsh)"       # in ~/.zshrc, after compinit
        lwnindex completion fish > ~/.config/fish/completions/lwnindex.fish
        """  # noqa: D301 - click takes the control character as "leave as it is"
        click.echo(_BASH if shell == "bash" else _of_click(main, shell), nl=False)

    for parameter in _parameters(main):
        kind = _kind(parameter, find)
        if kind:
            parameter.type = kind


def _of_click(main: click.Group, shell: str) -> str:
    from click.shell_completion import get_completion_class

    kind = get_completion_class(shell)
    assert kind is not None, shell
    return kind(main, {}, "lwnindex", "_LWNINDEX_COMPLETE").source().replace(_ZSH, _ZSH_OPEN)


def _parameters(command: click.Command) -> Iterator[click.Parameter]:
    """Yield those options and arguments of all verbs that take any text."""
    yield from (one for one in command.params if isinstance(one.type, click.types.StringParamType))
    for verb in command.commands.values() if isinstance(command, click.Group) else ():
        yield from _parameters(verb)


def _kind(parameter: click.Parameter, find: Finder) -> click.ParamType[Any] | None:
    """Return what an option or argument is, judged by its name; None for what cannot be completed."""
    if parameter.name in _TOPICS or parameter.metavar in _OF_TOPICS:
        return _Named(find, "topics")
    if parameter.metavar in _OF_ALL:
        return _Explained(find, "articles")
    if parameter.name in _ARTICLES:
        return _Named(find, "articles")
    if parameter.name in _INDEXES:
        return _Named(find, "indexes")
    place = _PLACES.get(parameter.metavar or "")
    return _Placed(place) if place else None


class _Placed(click.types.StringParamType):
    """A text that names a folder or a file."""

    def __init__(self, kind: str) -> None:
        self._kind = kind

    def shell_complete(
        self, _ctx: click.Context, _param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Have the shell complete it."""
        from click.shell_completion import CompletionItem

        return [CompletionItem(incomplete, type=self._kind)]


class _Named(click.types.StringParamType):
    """A text that names something that the last build knew."""

    def __init__(self, find: Finder, what: str) -> None:
        self._find, self._what = find, what

    def shell_complete(
        self, ctx: click.Context, _param: click.Parameter, incomplete: str
    ) -> list[CompletionItem]:
        """Return the names that begin so; of articles, files too."""
        from click.shell_completion import CompletionItem

        from lwnindex.completing import outermost

        found = self._found(ctx, incomplete)
        # Other shells than bash know no such kind.
        kind = "name" if os.environ.get("_LWNINDEX_COMPLETE", "").startswith("bash") else "plain"
        items = [CompletionItem(name, type=kind) for name in outermost(found)]
        return items or ([CompletionItem(incomplete, type="file")] if self._what == "articles" else [])

    def _found(self, ctx: click.Context, incomplete: str) -> list[str]:
        """Return the names that begin so."""
        from lwnindex.completing import Names, matching, names

        site = self._site(ctx)
        return matching(getattr(names(site) if site else Names(), self._what), incomplete)

    def _site(self, ctx: click.Context) -> Found | None:
        from lwnindex.problems import SiteError

        try:
            return self._find({"content": (), "config": None, **ctx.params})
        except SiteError:
            return None


class _Explained(_Named):
    """A text that names what can be explained: a code, an article, or a page or a file of the site."""

    def _found(self, ctx: click.Context, incomplete: str) -> list[str]:
        from lwnindex.advice import MEANINGS
        from lwnindex.completing import matching, pages

        site = self._site(ctx)
        found = [*matching(MEANINGS, incomplete), *super()._found(ctx, incomplete)]
        return list(dict.fromkeys([*found, *(pages(site, incomplete) if site else ())]))
