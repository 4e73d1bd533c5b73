"""Templates from outside: Jinja that reads plain data and can neither take long nor grow large.

Nothing is reachable but the facts and the macros of ``shared.md.j2``: no methods, no globals, no
other templates. Every turn of a loop, every call and every printed text is counted.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from jinja2 import Template, nodes
from jinja2.exceptions import SecurityError
from jinja2.runtime import LoopContext, Macro, StrictUndefined
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.visitor import NodeTransformer
from markupsafe import Markup

SECONDS: Final = 2.0
"""Longest time a template from outside may take for one document."""

TURNS: Final = 50_000
"""Most turns of loops and calls."""

LETTERS: Final = 1_000_000
"""Most characters printed or put together, all in all."""

_SAFE: Final = ("selectattr", "rejectattr", "map", "list", "length", "first", "last", "default")
_LOOP: Final = ("index", "index0", "revindex", "first", "last", "length")
_SUMS: Final = frozenset(("+", "-", "*", "/", "//", "%", "**"))
_LARGEST: Final = 1e12


class _Counter(NodeTransformer):
    """Puts a count into every loop, and puts texts together only where that is counted."""

    def visit_For(self, node: nodes.For) -> nodes.For:  # noqa: N802 - named by Jinja
        self.generic_visit(node)
        letters = sum(len(data.data) for data in node.find_all(nodes.TemplateData))
        node.body.insert(0, nodes.ExprStmt(_call("_count", [nodes.Const(letters)], node.lineno)))
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:  # noqa: N802 - named by Jinja
        self.generic_visit(node)
        return _call("_joined", node.nodes, node.lineno)


def _call(name: str, arguments: list[nodes.Expr], line: int) -> nodes.Call:
    called = nodes.Name(name, "load")
    call = nodes.Call(called, arguments, [], None, None)
    return call.set_lineno(line)  # type: ignore[return-value]


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """An environment for one template and one document; ``shared`` are the macros to offer.

    ``printed`` turns what is printed into safe Markdown.
    """

    intercepted_binops = _SUMS

    def __init__(
        self,
        printed: Callable[[object], Markup],
        filters: Mapping[str, Callable[..., Any]],
        shared: object,
    ) -> None:
        super().__init__(
            undefined=StrictUndefined,
            autoescape=True,
            finalize=lambda value: self._print(printed, value),
            trim_blocks=True,
            lstrip_blocks=True,
            cache_size=0,
        )
        self._until = time.monotonic() + SECONDS
        self._turns = self._letters = 0
        self._shared = shared
        known = {name: self.filters[name] for name in _SAFE} | {"join": _join}
        self.filters = known | {name: self._counted(done) for name, done in filters.items()}
        self.globals = {"s": shared, "_count": self.count, "_joined": self._joined}

    def count(self, letters: int = 0) -> str:
        """Count one turn and ``letters``.

        Raises:
            SecurityError: there were too many, or it took too long.
        """
        self._turns += 1
        self._letters += letters
        if self._turns > TURNS or time.monotonic() > self._until:
            raise SecurityError("it takes too long")
        if self._letters > LETTERS:
            raise SecurityError(f"it writes more than {LETTERS:,} characters")
        return ""

    # ------------------------------------------------------------ what Jinja asks

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = super()._parse(source, name, filename)
        _Counter().visit(tree)
        return tree.set_environment(self)  # type: ignore[return-value]

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Return an entry of the facts, a macro, or where a loop is; nothing else."""
        if isinstance(obj, StrictUndefined):
            str(obj)  # fails, and names what is missing
        if isinstance(obj, Mapping):
            return obj[attribute] if attribute in obj else self.undefined(obj=obj, name=attribute)
        if isinstance(obj, LoopContext) and attribute in _LOOP:
            return getattr(obj, attribute)
        found = getattr(obj, attribute, None) if obj is self._shared else None
        return found if isinstance(found, Macro) else self.undefined(obj=obj, name=attribute)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Return an entry of the facts by name, or of a list by number."""
        if isinstance(obj, (str, list, tuple)) and isinstance(argument, (int, slice)):
            try:
                return obj[argument]
            except IndexError:
                return self.undefined(obj=obj, name=str(argument))
        return self.getattr(obj, str(argument))

    def call_binop(self, context: Any, operator: str, left: Any, right: Any) -> Any:
        """Calculate with numbers, and put two texts together."""
        if operator == "+" and isinstance(left, str) and isinstance(right, str):
            return self._joined(left, right)
        numbers = all(isinstance(v, (int, float)) and abs(v) <= _LARGEST for v in (left, right))
        if operator == "**" or not numbers:
            raise SecurityError(f"it cannot calculate with “{operator}” here")
        return super().call_binop(context, operator, left, right)

    def call(self, context: Any, obj: Any, *args: Any, **kwargs: Any) -> Any:
        """Call a macro or one of the counts."""
        allowed = isinstance(obj, Macro) or obj in (self.count, self._joined)
        if not allowed:
            raise SecurityError("only macros can be called")
        self.count()
        return super().call(context, obj, *args, **kwargs)

    # ------------------------------------------------------------ parts

    def _print(self, printed: Callable[[object], Markup], value: object) -> Markup:
        shown = printed(str(value) if isinstance(value, StrictUndefined) else value)
        self.count(len(shown))
        return shown

    def _joined(self, *parts: Any) -> str:
        texts = [_text(part) for part in parts]
        self.count(sum(map(len, texts)))
        return "".join(texts)

    def _counted(self, done: Callable[..., Any]) -> Callable[..., Any]:
        def counted(words: Any, *arguments: Any, **named: Any) -> Any:
            result = done(words, *arguments, **named)
            self.count(len(result) if isinstance(result, str) else 0)
            return result

        return counted


def _join(parts: Iterable[Any], between: str = "") -> str:
    """Return texts and numbers put together; the filter that asks counts what is printed."""
    texts = [_text(part) for part in parts]
    if sum(map(len, texts)) + len(texts) * len(between) > LETTERS:
        raise SecurityError(f"it writes more than {LETTERS:,} characters")
    return between.join(texts)


def _text(part: object) -> str:
    if isinstance(part, (str, int, float)) and not isinstance(part, bool):
        return str(part)
    raise SecurityError(f"only texts and numbers can be put together, not {type(part).__name__}")


def line_of(template: Template | None, error: BaseException) -> int | None:
    """Return the line of a template an error happened on, if it is known."""
    found, trace = None, error.__traceback__
    while trace is not None:
        if template and trace.tb_frame.f_code.co_filename == "<template>":
            found = template.get_corresponding_lineno(trace.tb_lineno)
        trace = trace.tb_next
    return found
