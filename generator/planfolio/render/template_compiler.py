"""How templates become Python: by Jinja's compiler, changed where pages spend most of their time.

Texts are translated and put together when they are compiled, what is HTML already is written as it
is, and a macro is a plain function that is called without Jinja in between. Rendering without this
takes more than twice as long.
"""

import re
from collections.abc import Callable, Collection, Iterable, Mapping
from keyword import iskeyword
from types import CodeType
from typing import Any

from jinja2 import nodes
from jinja2.compiler import CodeGenerator, Frame, MacroRef, find_undeclared
from jinja2.nodes import EvalContext
from jinja2.runtime import exported
from jinja2.visitor import NodeTransformer

_PARAMETER = re.compile(r"l_\d+_\w+")
_PREFIX = re.compile(r"l_\d+_")
_IF_ESCAPING = "(Markup if context.eval_ctx.autoescape else identity)("
_PLACE = re.compile(r"%\((\w+)\)s|(%)%?")


class _Translated(NodeTransformer):
    """Puts translations in the place of texts; those without values are constants from then on.

    An environment has one language, so that no page has to look a text up again.
    """

    def __init__(self, gettext: Callable[[str], str]) -> None:
        self._gettext = gettext

    def visit_Call(self, node: nodes.Call) -> nodes.Node:  # noqa: N802 (the visitor's protocol)
        self.generic_visit(node)
        match node:
            case nodes.Call(node=nodes.Name(name="_"), args=[nodes.Const(value=str() as text)]):
                text = self._gettext(text)
                if not node.kwargs and "%(" not in text:
                    return nodes.MarkSafe(nodes.Const(text.replace("%%", "%")))
                node.args = [nodes.Const(text)]
        return node


class _Compiler(CodeGenerator):
    """Writes a module of Python for a template.

    Its functions, one for the template and one for each block, take a context and return pieces of
    text. Filters, tests and texts are names of the module, so that no page has to look them up.
    """

    def visit_Template(self, node: nodes.Template, frame: Frame | None = None) -> None:  # noqa: N802, ARG002
        globals_: Mapping[str, Any] = self.environment.globals
        self._macros = {macro.name for macro in node.find_all(nodes.Macro)}
        self._texts: dict[str, str] = {}
        tree = _Translated(globals_["gettext"]).visit(node)
        self._may_be_absent = {
            guard.node
            for guard in tree.find_all((nodes.Test, nodes.Filter))
            if guard.name in {"defined", "undefined", "default", "d"}
        }
        for block in tree.find_all(nodes.Block):
            if block.name in self.blocks:
                self.fail(f"block {block.name!r} defined twice", block.lineno)
            self.blocks[block.name] = block
        self.writeline(f"from jinja2.runtime import {', '.join(exported)}")
        self.writeline(f"name, new = {self.name!r}, str.__new__")
        self.writeline("undefined, concat = environment.undefined, environment.concat")
        self.writeline("written, attribute = environment.written, environment.getattr")
        self.writeline("cond_expr_undefined, no_caller = Undefined, undefined(name='caller')")
        self._look_up("filter", self.filters, tree.find_all(nodes.Filter))
        self._look_up("test", self.tests, tree.find_all(nodes.Test))
        self._function("root", tree)
        for name, block in self.blocks.items():
            self._function(f"block_{name}", block)
        self.writeline("root = environment.letting_go(root)", extra=1)
        self.writeline(f"blocks = {{{', '.join(f'{n!r}: block_{n}' for n in self.blocks)}}}")
        self.writeline(f"debug_info = {'&'.join(f'{k}={v}' for k, v in self.debug_info)!r}")
        for text, name in self._texts.items():
            self.writeline(f"{name} = Markup({text!r})")

    def _look_up(
        self, kind: str, found: dict[str, str], used: Iterable[nodes.Filter | nodes.Test]
    ) -> None:
        for name in sorted({node.name for node in used}):
            found[name] = f"{kind}_{name.replace('.', '_')}"
            self.writeline(f"{found[name]} = environment.{kind}s[{name!r}]")

    def _function(self, name: str, node: nodes.Template | nodes.Block) -> None:
        frame = Frame(EvalContext(self.environment, self.name))
        frame.buffer = "pieces"
        if isinstance(node, nodes.Block):
            frame.block_frame, frame.block = True, node.name
        else:
            frame.toplevel = frame.rootlevel = True
            frame.require_output_check = node.find(nodes.Extends) is not None
        extends = frame.require_output_check
        self.writeline(f"def {name}(context):", node, extra=1)
        self.indent()
        self.writeline("resolve, pieces, _block_vars = context.resolve_or_missing, [], {}")
        if extends:
            self.writeline("parent_template = None")
        undeclared = find_undeclared(node.body, ("self", "super"))
        if "self" in undeclared:
            self_ = frame.symbols.declare_parameter("self")
            self.writeline(f"{self_} = TemplateReference(context)")
        if "super" in undeclared and frame.block is not None:
            super_ = frame.symbols.declare_parameter("super")
            self.writeline(f"{super_} = context.super({frame.block!r}, {name})")
        frame.symbols.analyze_node(node)
        self.enter_frame(frame)
        self.blockvisit(node.body, frame)
        if extends:
            self.writeline("if parent_template is not None:")
            shown = "    pieces.extend(parent_template.root_render_func(context))"
            self.writeline(shown, node.find(nodes.Extends))
        self.writeline("return pieces")
        self.outdent()

    def visit_Block(self, node: nodes.Block, frame: Frame) -> None:  # noqa: N802
        if frame.toplevel and self.has_known_extends:
            return
        is_checked = frame.toplevel and self.extends_so_far > 0
        if is_checked:
            self.writeline("if parent_template is None:")
            self.indent()
        if node.required:
            self.writeline(f"if len(context.blocks[{node.name!r}]) <= 1:", node)
            message = f"Required block {node.name!r} not found"
            self.writeline(f"    raise TemplateRuntimeError({message!r})", node)
        context = self.derive_context(frame) if node.scoped else self.get_context_ref()
        shown = f"context.blocks[{node.name!r}][0]({context})"
        self.writeline(f"{frame.buffer}.extend({shown})", node)
        self.outdent(is_checked)

    def visit_Include(self, node: nodes.Include, frame: Frame) -> None:  # noqa: N802
        if node.ignore_missing:
            self.writeline("try:")
            self.indent()
        self.writeline("template = environment.get_or_select_template(", node)
        self.visit(node.template, frame)
        self.write(f", {self.name!r})")
        if node.ignore_missing:
            self.outdent()
            self.writeline("except TemplateNotFound:")
            self.writeline("    pass")
            self.writeline("else:")
            self.indent()
        if node.with_context:
            values = f"context.get_all(), True, {self.dump_local_context(frame)}"
            shown = f"template.root_render_func(template.new_context({values}))"
        else:
            shown = "template._get_default_module()._body_stream"
        self.writeline(f"{frame.buffer}.extend({shown})", node)
        self.outdent(node.ignore_missing)

    def dump_local_context(self, frame: Frame) -> str:
        # What a template sets outside of blocks and loops is in its context already.
        return "{}" if frame.toplevel else super().dump_local_context(frame)

    def _output_child_to_const(self, node: nodes.Expr, frame: Frame, finalize: Any) -> str:
        # What is kept on disk depends on its text alone: a filter may be another one tomorrow.
        if isinstance(node, nodes.TemplateData | nodes.MarkSafe | nodes.Const):
            return super()._output_child_to_const(node, frame, finalize)
        raise nodes.Impossible

    def visit_MarkSafe(self, node: nodes.MarkSafe, frame: Frame) -> None:  # noqa: N802
        match node.expr:
            case nodes.Const(value=str() as text):
                self.write(self._texts.setdefault(text, f"text_{len(self._texts)}"))
            case _:
                super().visit_MarkSafe(node, frame)

    def visit_Call(  # noqa: N802
        self, node: nodes.Call, frame: Frame, forward_caller: bool = False
    ) -> None:
        match node:
            case nodes.Call(
                node=nodes.Name(name="_"), args=[nodes.Const(value=str() as text)], kwargs=[*values]
            ):
                self._text(text, {value.key: value.value for value in values}, node, frame)
            case nodes.Call(dyn_args=None, dyn_kwargs=None) if self._is_plain(node):
                self.visit(node.node, frame)
                self.write("(context, " if self._wants_context(node) else "(")
                for argument in [*node.args, *node.kwargs]:
                    self.visit(argument, frame)
                    self.write(", ")
                self.write("caller=caller)" if forward_caller else ")")
            case _:
                super().visit_Call(node, frame, forward_caller=forward_caller)

    def _is_plain(self, call: nodes.Call) -> bool:
        """Tell whether a call is one in Python, by names it can say.

        A template of one's own may call something else by the name of what wants the context.
        """
        if any(iskeyword(argument.key) for argument in call.kwargs):
            return False
        return not self._wants_context(call) or self._is_there(call.node)

    def _wants_context(self, call: nodes.Call) -> bool:
        name = call.node.name if isinstance(call.node, nodes.Name) else ""
        called = self.environment.globals.get(name)
        return name not in self._macros and hasattr(called, "jinja_pass_arg")

    def _text(
        self, text: str, values: Mapping[str, nodes.Expr], node: nodes.Node, frame: Frame
    ) -> None:
        self.write("new(Markup, concat((")
        end = 0
        for place in _PLACE.finditer(text):
            self.write(f"{text[end : place.start()] + (place[2] or '')!r}, ")
            end = place.end()
            if place[1]:
                if place[1] not in values:
                    self.fail(f"the text {text!r} is given no `{place[1]}`", node.lineno)
                self._output_child_pre()
                self.visit(values[place[1]], frame)
                self.write("), ")
        self.write(f"{text[end:]!r})))")

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802
        self.write("(" if self._is_there(node) else "attribute(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}" if self._is_there(node) else f", {node.attr!r})")

    def visit_Getitem(self, node: nodes.Getitem, frame: Frame) -> None:  # noqa: N802
        if self._is_there(node):
            self.visit(node.node, frame)
            self.write("[")
            self.visit(node.arg, frame)
            self.write("]")
        else:
            super().visit_Getitem(node, frame)

    def _is_there(self, node: nodes.Expr) -> bool:
        """Tell whether what is asked of a value can be taken for granted."""
        custom: Collection[str] = self.environment.custom_templates  # type: ignore[attr-defined]
        return self.filename not in custom and node not in self._may_be_absent

    def visit_Mod(self, node: nodes.BinExpr, frame: Frame) -> None:  # noqa: N802
        match node:
            case nodes.Mod(
                left=nodes.MarkSafeIfAutoescape(expr=text), right=nodes.Dict(items=values)
            ):  # what `{% trans %}` is
                self.write("new(Markup, ")
                self.visit(text, frame)
                self.write(" % {")
                for pair in values:
                    self.visit(pair.key, frame)
                    self.write(": written(")
                    self.visit(pair.value, frame)
                    self.write("), ")
                self.write("})")
            case _:
                super().visit_Mod(node, frame)

    def write(self, x: str) -> None:
        super().write(x.replace(_IF_ESCAPING, "new(Markup, "))

    def _output_child_pre(self, *_: object) -> None:
        self.write("written(")

    def writeline(self, x: str, node: nodes.Node | None = None, extra: int = 0) -> None:
        if x.startswith("def macro("):
            x = _PARAMETER.sub(r"\g<0>=missing", x)
            x = x.replace("caller=missing", "caller=no_caller")
        super().writeline(x, node, extra)

    def return_buffer_contents(self, frame: Frame, force_unescaped: bool = False) -> None:  # noqa: ARG002
        self.writeline(f"return new(Markup, concat({frame.buffer}))")

    def visit_Macro(self, node: nodes.Macro, frame: Frame) -> None:  # noqa: N802
        macro_frame, macro_ref = self.macro_body(node, frame)
        self.writeline(f"context.vars[{node.name!r}] = " if frame.toplevel else "", node)
        self.write(f"{frame.symbols.ref(node.name)} = ")
        self.macro_def(macro_ref, macro_frame)

    def macro_def(self, macro_ref: MacroRef, frame: Frame) -> None:
        arguments = {argument.name for argument in macro_ref.node.args}
        if macro_ref.accesses_kwargs or macro_ref.accesses_varargs or "caller" in arguments:
            super().macro_def(macro_ref, frame)
        else:
            self.write("macro")


TemplateCompiler: type[CodeGenerator] = _Compiler
"""What an environment compiles its templates with."""


def with_plain_parameters(code: CodeType) -> CodeType:
    """Return a compiled template in which `title` of a macro is not called `l_1_title`."""
    parameters = code.co_varnames[: code.co_argcount] if code.co_name == "macro" else ()
    plain = {name: _PREFIX.sub("", name, count=1) for name in parameters}
    return code.replace(
        co_consts=tuple(
            with_plain_parameters(const) if isinstance(const, CodeType) else const
            for const in code.co_consts
        ),
        co_varnames=tuple(plain.get(name, name) for name in code.co_varnames),
        co_cellvars=tuple(plain.get(name, name) for name in code.co_cellvars),
    )
