"""Templates compiled for the usual page: one that has all that its template asks for.

They give the text that Jinja gives, or none where a page is not of that kind: then Jinja itself has to say
what comes of it, a page or an error. A template may look at nothing but values, so trying costs time alone.

Six things make them quick. A name behind a dot is looked up as Python does, without a fallback. What is
printed is gathered in lists, not passed on piece by piece. A macro is called without a detour. An address is
worked out once for all pages that are as deep as this one; and so is what a loop says of the site alone, and
what macros are imported that know nothing else.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator
from functools import cached_property
from keyword import iskeyword
from typing import Any

import markupsafe
from jinja2 import Environment, nodes, pass_context, pass_eval_context
from jinja2.compiler import CodeGenerator, Frame
from jinja2.environment import TemplateModule
from jinja2.filters import sync_do_join, sync_do_map
from jinja2.nodes import EvalContext
from jinja2.runtime import Context, Macro
from jinja2.utils import missing
from markupsafe import Markup, escape

from lwnindex import names
from lwnindex.formats.wording import Wording
from lwnindex.viewmodel import SiteView
from lwnindex.viewparts import View

_MANY = 65_536
_ADDRESSES = "addresses"
_GIVEN = ("page", "site")


class _Addresses(dict[str, str]):
    """Addresses by output path, as all pages with one root write them.

    `fixed` is what else is the same on all of them, by the place in its template; `parts` are the macros.
    """

    def __init__(self, root: str, pretty: bool) -> None:
        self._root, self._pretty = root, pretty
        self.fixed: dict[str, str] = {}
        self.parts: dict[str, TemplateModule] = {}

    def __missing__(self, path: str) -> str:
        found = names.href(self._root, path, self._pretty)
        if escaped(found) != found:
            raise LookupError(f"{found} is not written as it is")
        if len(self) >= _MANY:
            self.clear()
        self[path] = found
        return found

    def part(self, context: Context, name: str) -> TemplateModule:
        """Return the macros of a template, as the pages with this root and site see them."""
        if name not in self.parts:
            template = context.environment.get_template(name)
            self.parts[name] = template.make_module(context.get_all(), shared=True)
        return self.parts[name]


class Quick:
    """Renders pages by templates that it compiles for the usual ones."""

    def __init__(self, templates: Environment) -> None:
        self._templates = _environment(templates)
        self._addresses: dict[str, _Addresses] = {}
        self._site: SiteView | None = None
        self._unfit: set[str] = set()

    def page(self, name: str, view: View, site: SiteView) -> str | None:
        """Return a page by the template of this name; None where that is left to Jinja."""
        if name in self._unfit:
            return None
        try:
            template = self._templates.get_template(name)
            given = {"page": view, "site": site, _ADDRESSES: self._of(view.root, site)}
            return "".join(template.root_render_func(template.new_context(given)))
        except Exception:  # noqa: BLE001 - if it is an error, rendering the page as usual tells it
            self._unfit.add(name)
            return None

    def _of(self, root: str, site: SiteView) -> _Addresses:
        if site is not self._site:
            self._addresses, self._site = {}, site
        if root not in self._addresses:
            self._addresses[root] = _Addresses(root, site.pretty)
        return self._addresses[root]


class _CodeGenerator(CodeGenerator):
    """Writes code that raises where Jinja's would look again."""

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802
        if any(each.name in _GIVEN and each.ctx != "load" for each in node.find_all(nodes.Name)):
            self.fail("the template gives a name of ours another meaning", node.lineno)
        super().visit_Template(node, frame)
        # Compiled templates look these up as they run, and so find ours.
        self.writeline(f"from {__name__} import {escaped.__name__} as {escape.__name__}, {called.__name__}")

    def write_commons(self) -> None:
        super().write_commons()
        self.writeline(f"{_ADDRESSES} = context.parent.get({_ADDRESSES!r})")

    def blockvisit(self, nodes: Iterable[nodes.Node], frame: Frame) -> None:
        """Gather what a template or a block prints, and pass it on as one piece."""
        is_whole = frame.parent is None and frame.buffer is None
        if is_whole:
            self.buffer(frame)
        super().blockvisit(nodes, frame)
        if is_whole:
            self.writeline(f"yield concat({frame.buffer})")

    def visit_For(self, node: nodes.For, frame: Frame) -> None:  # noqa: N802
        if frame.buffer is None or not _is_fixed(node):
            super().visit_For(node, frame)
            return
        around, text = frame.buffer, self.temporary_identifier()
        place = f"{_ADDRESSES}.fixed[{f'{self.name} {text}'!r}]"
        self.writeline("try:")
        self.indent()
        self.writeline(f"{text} = {place}")
        self.outdent()
        self.writeline("except KeyError:")
        self.indent()
        self.buffer(frame)
        super().visit_For(node, frame)
        self.writeline(f"{text} = {place} = concat({frame.buffer})")
        self.outdent()
        frame.buffer = around
        self.simple_write(text, frame)

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        if iskeyword(node.attr):
            super().visit_Getattr(node, frame)
            return
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(self, node: nodes.Call, frame: Frame, forward_caller: bool = False) -> None:  # noqa: N802
        if forward_caller or not isinstance(node.node, nodes.Name):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.write(f"{called.__name__}(context, ")
        self.visit(node.node, frame)
        self.signature(node, frame)
        self.write(")")

    def _import_common(self, node: nodes.Import | nodes.FromImport, frame: Frame) -> None:
        templates = self.environment
        if isinstance(templates, _Environment) and node.with_context and templates.is_fixed(node.template):
            self.write(f"{_ADDRESSES}.part(context, ")
            self.visit(node.template, frame)
            self.write(")")
        else:
            super()._import_common(node, frame)

    def visit_Filter(self, node: nodes.Filter, frame: Frame) -> None:  # noqa: N802
        if not _is_address(node):
            super().visit_Filter(node, frame)
            return
        assert node.node is not None
        self.write(f"{_ADDRESSES}[")
        self.visit(node.node, frame)
        self.write("]")

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if _is_address(node) and frame.eval_ctx.autoescape:
            self.write("(")
        else:
            super()._output_child_pre(node, frame, finalize)


def _is_address(node: nodes.Node) -> bool:
    """Tell whether this is `path | href`."""
    if not isinstance(node, nodes.Filter) or node.name != "href" or node.node is None:
        return False
    return not (node.args or node.kwargs or node.dyn_args or node.dyn_kwargs)


def _is_fixed(node: nodes.For) -> bool:
    """Tell whether a loop says the same wherever the site and the page's root are."""
    return _is_plain(node, _PLAIN) and _free(node, frozenset()) <= {"site"}


def _is_plain(node: nodes.Node, kinds: Container[type[nodes.Node]]) -> bool:
    return all(type(each) in kinds for each in (node, *node.find_all(nodes.Node)))


def _given(tree: nodes.Template) -> Iterator[str]:
    """Yield the names of the macros that a template has or imports."""
    for node in tree.body:
        if isinstance(node, nodes.Macro):
            yield node.name
        elif isinstance(node, nodes.FromImport):
            yield from (each if isinstance(each, str) else each[1] for each in node.names)


def _free(node: nodes.Node, bound: frozenset[str]) -> set[str]:
    """Return the names that a node reads and does not give a value itself, at least."""
    if isinstance(node, nodes.Name):
        return {node.name} - bound if node.ctx == "load" else set()
    inside = bound
    if isinstance(node, nodes.For):
        inside = bound.union(["loop"], _targets(node.target))
    elif isinstance(node, nodes.Macro):
        inside = bound.union(each.name for each in node.args)
    found: set[str] = set()
    for field, value in node.iter_fields():
        names_here = bound if field in ("iter", "else_", "defaults") else inside
        for each in value if isinstance(value, list) else [value]:
            found |= _free(each, names_here) if isinstance(each, nodes.Node) else set()
            if isinstance(each, nodes.Assign):
                names_here = names_here.union(_targets(each.target))
    return found


def _targets(target: nodes.Node) -> Iterator[str]:
    """Yield the names that get a value."""
    yield from (each.name for each in (target, *target.find_all(nodes.Name)) if isinstance(each, nodes.Name))


_PLAIN = {
    *(nodes.For, nodes.If, nodes.Output, nodes.TemplateData, nodes.Name, nodes.Const, nodes.Tuple),
    *(nodes.Getattr, nodes.Getitem, nodes.Slice, nodes.Filter, nodes.Test, nodes.Keyword, nodes.CondExpr),
    *(nodes.Compare, nodes.Operand, nodes.And, nodes.Or, nodes.Not, nodes.Concat),
}
"""What gives the same for the same names, and changes nothing."""

_MORE = {
    *(*_PLAIN, nodes.Macro, nodes.Assign, nodes.Call, nodes.List, nodes.Dict, nodes.Pair, nodes.Neg),
    *(nodes.Add, nodes.Sub, nodes.Mul, nodes.Div, nodes.FloorDiv, nodes.Mod),
}
"""What a macro may be made of that is the same for all pages: values change nothing by being called."""


class _Environment(Wording):
    code_generator_class = _CodeGenerator
    meant: Callable[[str, str], str]

    def join_path(self, template: str, parent: str) -> str:
        """Return which template is meant by a name inside another."""
        return self.meant(template, parent)

    @cached_property
    def _trees(self) -> dict[str | None, nodes.Template]:
        return {}

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        """Return a template's tree: one that macros are imported from is asked for more than once."""
        if name not in self._trees:
            self._trees[name] = super()._parse(source, name, filename)
        return self._trees[name]

    def is_fixed(self, template: nodes.Expr) -> bool:
        """Tell whether a template has but macros, which say the same wherever site and root are."""
        if not isinstance(template, nodes.Const) or self.loader is None:
            return False
        tree = self.parse(self.loader.get_source(self, template.value)[0], template.value)
        given = frozenset(_given(tree))
        return all(self._has_macros(each, given) for each in tree.body)

    def _has_macros(self, node: nodes.Node, given: frozenset[str]) -> bool:
        """Tell whether this is a macro that knows but the site and what is `given`, such imports, or text."""
        if isinstance(node, nodes.FromImport):
            return node.with_context and self.is_fixed(node.template)
        if isinstance(node, nodes.Output):
            return all(isinstance(each, nodes.TemplateData) for each in node.nodes)
        return isinstance(node, nodes.Macro) and _is_plain(node, _MORE) and _free(node, given) <= {"site"}


def _environment(templates: Environment) -> Environment:
    found = _Environment(
        loader=templates.loader,
        autoescape=templates.autoescape,
        undefined=templates.undefined,
        trim_blocks=templates.trim_blocks,
        lstrip_blocks=templates.lstrip_blocks,
        auto_reload=False,
        cache_size=-1,
    )
    if isinstance(templates, Wording):
        found.words = templates.words
    found.meant = templates.join_path
    found.globals = templates.globals
    found.tests = templates.tests
    found.filters = {**templates.filters, "map": _mapped, "join": _joined}
    return found


# `escape` makes a value of its own of each text, only to have it joined to others.
_escaped_text: Callable[[str], str] = getattr(markupsafe, "_escape_inner", escape)


def escaped(value: object) -> str:
    """Return what stands on a page for a value that is printed."""
    kind = type(value)
    if kind is str:
        return _escaped_text(value)  # type: ignore[arg-type]
    return value if kind is Markup else escape(value)  # type: ignore[return-value]


def called(context: Context, what: Any, *args: Any, **options: Any) -> Any:
    """Return what a call in a template gives; no function there is told of the context."""
    if type(what) is not Macro or len(args) > len(what.arguments) or not context.eval_ctx.autoescape:
        return context.call(what, *args, **options)
    if what.caller or what.catch_kwargs or what.catch_varargs:
        return context.call(what, *args, **options)
    rest = [options.pop(name, missing) for name in what.arguments[len(args) :]]
    if options:
        raise TypeError(f"the macro takes no {', '.join(options)}")
    return Markup(what._func(*args, *rest))  # noqa: S704, SLF001 - a macro has escaped what it prints


@pass_context
def _mapped(context: Context, value: Iterable[Any], *args: Any, **options: Any) -> Iterable[Any]:
    """Return what Jinja's `map` does; one attribute of each value is nearly all that is asked for."""
    name = options.get("attribute")
    if args or len(options) != 1 or type(name) is not str or not name.isidentifier():
        return sync_do_map(context, value, *args, **options)
    return [getattr(one, name) for one in value or ()]


@pass_eval_context
def _joined(context: EvalContext, value: Iterable[Any], between: str = "", attribute: Any = None) -> str:
    """Return what Jinja's `join` does, sooner for texts."""
    listed = list(value)
    if attribute is None and {*map(type, listed), type(between)} == {str}:
        return between.join(listed)
    return sync_do_join(context, listed, between, attribute)
