"""The words of templates: `_("...")` and `ngettext("...", "...", n)` become texts in the site's language.

A template's tree comes in and leaves with the words of the language in place, before anything is compiled:
a text costs a page nothing, and is escaped as any other. Placeholders become parts of what is printed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NoReturn

from jinja2 import Environment, TemplateSyntaxError, nodes
from jinja2.visitor import NodeTransformer

from lwnindex.words import ENGLISH, PLACEHOLDER, Words

TEXT, PLURAL = "_", "ngettext"
NAMES = (TEXT, PLURAL)
_NAMED = re.compile(r"\b(?:_|ngettext)\b")


class Wording(Environment):
    """An environment whose templates speak a language."""

    words: Words = ENGLISH

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        return worded(tree, self.words, name) if _NAMED.search(source) else tree


def worded(tree: nodes.Template, words: Words, name: str | None = None) -> nodes.Template:
    """Return a template's tree in a language; TemplateSyntaxError where a text cannot be looked up."""
    _Translator(words, name).visit(tree)
    if tree.environment is not None:
        tree.set_environment(tree.environment)
    return tree


class _Translator(NodeTransformer):
    def __init__(self, words: Words, name: str | None) -> None:
        self._words = words
        self._name = name
        self._said: list[nodes.Concat] = []

    def visit_Output(self, node: nodes.Output) -> nodes.Node:  # noqa: N802
        self.generic_visit(node)
        node.nodes = list(self._printed(node.nodes))
        return node

    def _printed(self, found: list[nodes.Expr]) -> Iterator[nodes.Expr]:
        """Yield what is printed, a text with placeholders part by part."""
        for each in found:
            if any(each is one for one in self._said):
                assert isinstance(each, nodes.Concat)
                yield from each.nodes
            else:
                yield each

    def visit_Name(self, node: nodes.Name) -> nodes.Node:  # noqa: N802
        if node.name in NAMES:
            self._refuse(f'"{node.name}" can only be called, with a text in quotes', node)
        return node

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802
        called = node.node.name if isinstance(node.node, nodes.Name) else ""
        if called not in NAMES:
            return self.generic_visit(node)
        if node.dyn_args is not None or node.dyn_kwargs is not None:
            self._refuse(f"{called}() names what it is given", node)
        given = {each.key: self.visit(each.value) for each in node.kwargs}
        return self._text(node, given) if called == TEXT else self._plural(node, given)

    def _text(self, node: nodes.Call, given: dict[str, nodes.Expr]) -> nodes.Expr:
        if len(node.args) != 1:
            self._refuse('_() takes one text in quotes, such as _("Contents")', node)
        source = self._literal(node.args[0])
        self._check(node, (source,), given)
        return self._filled(self._words.text(source), given, node)

    def _plural(self, node: nodes.Call, given: dict[str, nodes.Expr]) -> nodes.Expr:
        if len(node.args) != 3:
            self._refuse('ngettext() takes two texts in quotes and a number, as "{n} article"', node)
        one, many = map(self._literal, node.args[:2])
        number = self.visit(node.args[2])
        given = {"n": _filtered(number, "thousands"), **given}
        self._check(node, (one, many), given)
        forms = [self._filled(each, given, node) for each in self._words.texts_of(one, many)]
        return _chosen(forms, _filtered(number, "pluralform"))

    def _literal(self, node: nodes.Expr) -> str:
        if not isinstance(node, nodes.Const) or not isinstance(node.value, str):
            self._refuse("a text that is to be translated stands in quotes, not in a variable", node)
        return node.value

    def _check(self, node: nodes.Node, sources: tuple[str, ...], given: dict[str, nodes.Expr]) -> None:
        """Refuse a text whose placeholders are not those that it is given; `n` need not be shown."""
        wanted = {name for each in sources for name in PLACEHOLDER.findall(each)}
        if wanted - {"n"} != given.keys() - {"n"} or not wanted <= given.keys():
            shown, had = ", ".join(sorted(wanted)) or "none", ", ".join(sorted(given)) or "nothing"
            self._refuse(f'the placeholders of "{sources[0]}" are {shown}, and it is given {had}', node)

    def _filled(self, text: str, given: dict[str, nodes.Expr], node: nodes.Node) -> nodes.Expr:
        parts = PLACEHOLDER.split(text)
        found = [given[part] if place % 2 else nodes.Const(part) for place, part in enumerate(parts)]
        shown = [each for each in found if not (isinstance(each, nodes.Const) and each.value == "")]
        if len(parts) == 1:
            return nodes.Const(text, lineno=node.lineno)
        self._said.append(nodes.Concat(shown, lineno=node.lineno))
        return self._said[-1]

    def _refuse(self, message: str, node: nodes.Node) -> NoReturn:
        raise TemplateSyntaxError(message, node.lineno, self._name)


def _filtered(node: nodes.Expr, name: str) -> nodes.Expr:
    return nodes.Filter(node, name, [], [], None, None, lineno=node.lineno)


def _chosen(forms: list[nodes.Expr], form: nodes.Expr) -> nodes.Expr:
    """Return that of several texts which a number asks for."""
    found = forms[-1]
    for place in range(len(forms) - 2, -1, -1):
        test = nodes.Compare(form, [nodes.Operand("eq", nodes.Const(place))], lineno=form.lineno)
        found = nodes.CondExpr(test, forms[place], found, lineno=form.lineno)
    return found
