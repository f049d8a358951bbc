"""All that a build depends on, gathered from disk; what the store knows to be as it was is not read again."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping, Sequence
from functools import cache, cached_property, partial
from typing import TYPE_CHECKING, Any

import msgspec

from lwnindex import clock, languages, loading, program, themefiles, themeoptions, tomlfiles
from lwnindex.config import Found
from lwnindex.digest import decoded, digest, digest_bytes
from lwnindex.engine.limits import Bounds
from lwnindex.engine.store import Hint, Store
from lwnindex.model import Problem, Source, Value
from lwnindex.problems import SiteError
from lwnindex.registry import NONE, Plugins
from lwnindex.settings import EXAMPLE, Config
from lwnindex.themefiles import ThemeFiles
from lwnindex.viewmodel import SiteView, Theme
from lwnindex.words import ENGLISH, Words

if TYPE_CHECKING:
    from jinja2 import Environment

    from lwnindex.pipeline import Inputs, Tools
    from lwnindex.render import Blob
    from lwnindex.views.targets import Held

_BOUNDS = Bounds()
_TIMES = 10
"""How much longer than one source readers of plug-ins may take to tell of all files if they read them."""

STYLESHEET = "assets/pygments.css"


class _Program(Value, frozen=True, kw_only=True):
    """What the program was, and the seal that says whether it still is."""

    seal: str
    fingerprint: str


class _Checked(Value, frozen=True, kw_only=True):
    """A theme that was found sound, by the digest of its templates and of the program, and what it gives."""

    templates: str
    closures: dict[str, str]
    stylesheet: str
    unused: tuple[str, ...]


class _Spoken(Value, frozen=True, kw_only=True):
    """The words of a language, by the digest of their catalogues and of the program."""

    catalogues: str
    words: Words


class Gathered:
    """The inputs of one build, each found out when it is first asked for."""

    def __init__(
        self,
        found: Found,
        store: Store,
        *,
        trust: bool,
        now: str = "",
        bounds: Bounds = _BOUNDS,
        drafts: bool = False,
        compiled: dict[str, Environment] | None = None,
    ) -> None:
        self.root = found.root
        self._file = found.file
        self.config = _addressed(found.config)
        self.today = clock.today(now, os.environ, self.config.site.timezone)
        self._store = store
        self._trust = trust
        self._bounds = bounds
        self.drafts = drafts
        self._compiled = compiled
        self._old = store.hints() if trust else {}
        self.plugins = plugins_of(found)
        self.sources = self._walked()
        self.files = loading.static(self.config, self.root, self._old)
        # Each of them was known by its stat.
        self.is_all_known = all(one.digest for one in self.sources.sources)

    def _walked(self) -> loading.Loaded:
        """Return the sources; SiteError where a plug-in cannot tell in time whether it reads a file."""
        readers = self.plugins.readers
        if not readers:
            return loading.sources(self.config, self.root, self._old)
        from lwnindex.patience import SlowError, patient

        work = partial(loading.sources, self.config, self.root, self._old, readers)
        try:
            first = self._bounds.first
            return patient(first._replace(seconds=_TIMES * first.seconds), work, self.plugins.places)
        except SlowError as error:
            said = f"{error.function} of a plug-in, which tells of files if it reads them, {error.took}"
            raise SiteError(f"{error.place}: {said}. Look for a loop without an end.", exit_code=2) from error

    @property
    def problems(self) -> tuple[Problem, ...]:
        """What the walk through the folders met."""
        return (*self.sources.problems, *self.files.problems)

    def read_few(self, most: int) -> bool:
        """Digest the sources that their stat does not tell; False for too many, or if one cannot be read."""
        unread = {one.file: one for one in self.sources.sources if not one.digest}
        if len(unread) > most:
            return False
        try:
            known = {file: digest_bytes(self.read(one)) for file, one in unread.items()}
        except OSError:
            return False
        own = (_digested(one, known.get(one.file)) for one in self.sources.sources)
        self.sources = self.sources._replace(sources=tuple(own))
        return True

    @cached_property
    def fingerprint(self) -> str:
        """The digest of the program, from the store while its modules and libraries are what they were."""
        depends = self.config.markdown.extensions, self.config.site.timezone, self.plugins.digest
        seal = program.seal(*depends)
        known = decoded(self._store.noted("program") if self._trust else None, _Program)
        if known and seal and known.seal == seal:
            return known.fingerprint
        found = program.fingerprint(*depends)
        self._store.note("program", msgspec.msgpack.encode(_Program(seal=seal, fingerprint=found)))
        return found

    @cached_property
    def copied(self) -> Mapping[str, str]:
        """The digests of static files by their paths."""
        return {source.path: source.digest for source in self.files.sources}

    @cached_property
    def places(self) -> Mapping[str, str]:
        """Where static files, and those beside articles, stand, by their digests."""
        beside = {source.digest: self.sources.way(source.file) for source in self.sources.beside}
        return beside | {source.digest: self.files.way(source.file) for source in self.files.sources}

    @cached_property
    def words(self) -> Words:
        """The words of the site's language; SiteError where a catalogue is not sound."""
        language = self.config.site.language
        found = languages.catalogues(language, self.root)
        if not found:
            return ENGLISH
        own = digest((self.fingerprint, language, found))
        known = decoded(self._store.noted("words"), _Spoken)
        if known is None or known.catalogues != own:
            known = _Spoken(catalogues=own, words=languages.words(language, found))
            self._store.note("words", msgspec.msgpack.encode(known))
        return known.words

    @cached_property
    def _theme_files(self) -> ThemeFiles:
        return themefiles.theme_files(self.config, self.root, self._file)

    @cached_property
    def environment(self) -> Callable[[], Environment]:
        """What gives the environment that renders the theme's templates, made when it is first needed."""
        parts, words = self._theme_files.parts, self.words

        @cache
        def made() -> Environment:
            from lwnindex.formats import html

            return self._known(
                (parts.templates, parts.below, words),
                partial(html.environment, parts.templates, words, parts.below, self.plugins.filters),
            )

        return made

    def _known(self, parts: object, make: Callable[[], Environment]) -> Environment:
        """Return an environment of the same parts as an earlier build has left it, or make it.

        The filters of plug-ins may be others without its showing in their code.
        """
        if self._compiled is None or self.plugins.filters:
            return make()
        own = digest((self.fingerprint, parts))
        if own not in self._compiled:
            self._compiled.clear()
            self._compiled[own] = make()
        return self._compiled[own]

    @cached_property
    def theme(self) -> Theme:
        """The theme, checked; SiteError where a template is not sound."""
        templates, files, assets, below = self._theme_files.parts
        own = digest((self.fingerprint, templates, below))
        checked = decoded(self._store.noted("theme"), _Checked)
        if checked is None or checked.templates != own:
            checked = self._checked(own)
            self._store.note("theme", msgspec.msgpack.encode(checked))
        made = {STYLESHEET: checked.stylesheet.encode()} | self._options_stylesheet
        options = themeoptions.shown(self._options)
        return Theme(templates, files, assets | made, checked.closures, options, checked.unused)

    @property
    def stray_templates(self) -> dict[str, str]:
        """The unused templates of the site, else of its own theme, by their names, with their files.

        What stands above a theme may have left no use for some of its templates.
        """
        names = {name: os.path.relpath(self.theme.files[name], self.root) for name in self.theme.unused}
        is_extended = any(self._is_below("templates", file) for file in self.theme.files.values())
        folder = "templates" if is_extended else f"themes/{self.config.theme.name}/templates"
        return {name: file for name, file in names.items() if self._is_below(folder, self.theme.files[name])}

    def _is_below(self, folder: str, file: str) -> bool:
        return file.startswith(f"{self.root / folder}{os.sep}")

    @cached_property
    def _options(self) -> dict[str, Any]:
        """The theme's options with their values; SiteError where the site sets one that cannot be."""
        options, said = self._theme_files.options, self.config.theme.options
        files = {source.path for source in self.files.sources} | self._theme_files.parts.assets.keys()
        return themeoptions.chosen(
            options, said, str(self._file or "options"), files.__contains__, tomlfiles.located
        )

    @property
    def _options_stylesheet(self) -> dict[str, bytes]:
        text = themeoptions.stylesheet(self._theme_files.options, self._options)
        return {themeoptions.STYLESHEET: text.encode()} if text else {}

    def _checked(self, own: str) -> _Checked:
        from lwnindex.formats.html import TEMPLATE_OF
        from lwnindex.highlight import stylesheet
        from lwnindex.theme import theme

        templates, files, assets, _ = self._theme_files.parts
        found = theme(templates, files, assets, self.environment(), frozenset(TEMPLATE_OF.values()))
        closures = dict(found.closures)
        return _Checked(templates=own, closures=closures, stylesheet=stylesheet(), unused=found.unused)

    @cached_property
    def circumstances(self) -> str:
        """The digest of all that a site depends on but its sources and its day."""
        assets = {path: digest_bytes(content) for path, content in self.theme.assets.items()}
        files = (sorted(self.copied.items()), self.sources.beside)
        shown = (
            *(self.theme.closures, assets, sorted(self.theme.files)),
            *(self.theme.options, self.words),
        )
        return digest((self.fingerprint, self.config, files, shown, self.drafts))

    @cached_property
    def inputs(self) -> Inputs:
        """What the pipeline builds a site from."""
        from lwnindex.pipeline import Inputs

        return Inputs(
            *(self.sources.sources, self.copied, self.theme, self.config, self.fingerprint, self.words),
            beside=self.sources.beside,
            today=self.today,
            bounds=self._bounds,
            plugins=self.plugins,
            drafts=self.drafts,
            stray_templates=self.stray_templates,
        )

    def read(self, source: Source) -> bytes:
        """Return the bytes of a source."""
        return loading.whole(self.sources.way(source.file))

    def ahead(self, sources: Sequence[Source]) -> None:
        """Have the disk read sources that are about to be read."""
        loading.ask_ahead(self.sources.way(source.file) for source in sources)

    def tools(self, site: SiteView, blob: Blob, held: Held | None = None) -> Tools:
        """Return what pages are made with, those of an excerpt by what it has; `blob` gives bodies."""
        from lwnindex.pipeline import Copy, Tools
        from lwnindex.render import Renderer, keys
        from lwnindex.views.bodylinks import from_within

        assets = {digest_bytes(content): content for content in self.theme.assets.values()}

        def copied(digest: str) -> bytes | Copy:
            return assets[digest] if digest in assets else Copy(self.places[digest])

        options = self.theme.options
        if held:
            options = themeoptions.within(options, partial(from_within, excerpt=held))
        seen = msgspec.structs.replace(site, theme=options)
        own = self.plugins.places
        renderer = Renderer(self.environment, self.theme, seen, self.fingerprint, self.words, own)
        return Tools(renderer, keys(renderer), blob, copied, self._bounds.first)

    def remember(self, digests: Mapping[str, str]) -> None:
        """Keep what tells next time that a file is as it was; `digests` are those of the sources, by file."""
        copied = (*self.files.sources, *self.sources.beside)
        known = {**{one.file: one.digest for one in copied}, **digests}
        hints: dict[str, Hint] = loading.hints((self.sources, self.files), known)
        if hints != self._old:
            self._store.remember_hints(hints)


def _digested(source: Source, digest: str | None) -> Source:
    return msgspec.structs.replace(source, digest=digest) if digest else source


def plugins_of(found: Found) -> Plugins:
    """Return what plug-ins add; what loads them is not loaded itself for a site without any."""
    if not found.config.plugins:
        return NONE
    from lwnindex.plugins import loaded

    return loaded(found)


def _addressed(config: Config) -> Config:
    """Return a configuration that has an address, the example's if it names none."""
    if config.site.url:
        return config
    return msgspec.structs.replace(config, site=msgspec.structs.replace(config.site, url=EXAMPLE))
