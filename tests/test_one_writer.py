"""Rule 1: only ``company/fold`` changes company state. Every statement of simenv that could do so elsewhere is found.

State is followed by name and by type: what is called ``company``, what is annotated with a class of the state, and
every alias, attribute, item and live part of these. What is copied (``copy``, ``list``, ``dict``) is nobody's state.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

STATE_TYPES = {"Company", "Mailbox", "Message", "Opening", "SeatState"}
STATE_NAMES = {"company", "_company"}
FOLD_ONLY = {"add_message", "own_mailbox", "put_record"}
"""Methods of the state that are there for the fold."""

LIVE = {"get", "items", "mailbox", "message", "own_mailbox", "sent_since_opening", "setdefault", "values"}
"""Methods that hand out parts of the state itself."""

MUTATORS = {
    "__delitem__", "__ior__", "__setitem__", "add", "append", "clear", "difference_update", "discard", "extend",
    "insert", "intersection_update", "pop", "popitem", "remove", "reverse", "setdefault", "sort", "update",
}  # fmt: skip
SETTERS = {"__delattr__", "__setattr__", "delattr", "force_setattr", "setattr"}

WRITERS = ("simenv.company.fold.", "simenv.company.state.", "simenv.company.mail.", "simenv.company.table.")
"""The fold, and the classes of the state themselves."""

MEMOS = (
    ("simenv.company.facts", "message.stated"),
    ("simenv.tools.mail_text", "message.memo["),
    ("simenv.company.flows", "message.memo["),
    ("simenv.company.shown", "message.memo["),
)
"""Module and what it may set: what is worked out from an immutable message is kept with it, the same for all."""


class Scope:
    """One function (with those inside it) or a module's own statements, and the names that stand for state in it.

    Args:
        body: The statements' tree.
        attributes: Names of attributes that stand for state in the module; what is found is added.
    """

    def __init__(self, body: ast.AST, attributes: set[str]) -> None:
        self.nodes = list(_inside(body))
        self.attributes = attributes
        self.names = {"company"}
        for node in self.nodes:
            if isinstance(node, ast.arg | ast.AnnAssign) and node.annotation is not None:
                words = {name.id for name in ast.walk(_unquoted(node.annotation)) if isinstance(name, ast.Name)}
                target = node.arg if isinstance(node, ast.arg) else ast.unparse(node.target)
                if words & STATE_TYPES and words <= STATE_TYPES | {"None"}:
                    self.names.add(target)
        while sum(self._learn(target, value) for target, value in self._bindings()):
            pass

    def _bindings(self) -> Iterator[tuple[ast.expr, ast.expr]]:
        for node in self.nodes:
            if isinstance(node, ast.Assign):
                yield from ((target, node.value) for target in node.targets)
            elif isinstance(node, ast.AnnAssign | ast.NamedExpr) and node.value is not None:
                yield node.target, node.value
            elif isinstance(node, ast.For | ast.AsyncFor | ast.comprehension):
                yield node.target, node.iter
            elif isinstance(node, ast.withitem) and node.optional_vars is not None:
                yield node.optional_vars, node.context_expr

    def _learn(self, target: ast.expr, value: ast.expr) -> bool:
        """Take note that ``target`` stands for state if ``value`` does; return whether that is new."""
        if isinstance(target, ast.Tuple | ast.List):
            pairs = zip(target.elts, value.elts, strict=False) if isinstance(value, ast.Tuple | ast.List) else None
            return sum(self._learn(t, v) for t, v in pairs or ((each, value) for each in target.elts)) > 0
        if not self.is_state(value):
            return False
        known, name = self.names, ""
        if isinstance(target, ast.Name):
            name = target.id
        elif isinstance(target, ast.Attribute) and not self.is_state(target.value):
            known, name = self.attributes, target.attr
        new = bool(name) and name not in known
        known.update([name] if new else [])
        return new

    def is_state(self, node: ast.expr) -> bool:
        """Whether an expression is state, or a live part of it."""
        if isinstance(node, ast.Name):
            return node.id in self.names
        if isinstance(node, ast.Attribute):
            return node.attr in self.attributes or self.is_state(node.value)
        if isinstance(node, ast.Subscript | ast.Starred | ast.NamedExpr):
            return self.is_state(node.value)
        if isinstance(node, ast.IfExp):
            return self.is_state(node.body) or self.is_state(node.orelse)
        if isinstance(node, ast.BoolOp):
            return any(self.is_state(each) for each in node.values)
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            return node.func.attr in LIVE and self.is_state(node.func.value)
        if isinstance(node, ast.Call):
            return ast.unparse(node.func) == "vars" and any(self.is_state(arg) for arg in node.args)
        return False

    def writes(self) -> Iterator[ast.expr]:
        """Yield the expressions that change state."""
        for node in self.nodes:
            if isinstance(node, ast.Attribute | ast.Subscript) and not isinstance(node.ctx, ast.Load):
                if self.is_state(node.value):
                    yield node
            elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
                if node.target.id in self.names:  # seats |= {...} changes the dict that the alias stands for
                    yield node.target
            elif isinstance(node, ast.Call):
                name = node.func.attr if isinstance(node.func, ast.Attribute) else ast.unparse(node.func)
                on_state = isinstance(node.func, ast.Attribute) and self.is_state(node.func.value)
                sets = name in SETTERS and any(self.is_state(arg) for arg in node.args[:1])
                if name in FOLD_ONLY or sets or (name in MUTATORS and on_state):
                    yield node


def _inside(body: ast.AST) -> Iterator[ast.AST]:
    """Yield the nodes of a scope: all of a function's; of a module or class what is in no function."""
    if isinstance(body, ast.FunctionDef | ast.AsyncFunctionDef):
        yield from ast.walk(body)
        return
    for child in ast.iter_child_nodes(body):
        if not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
            yield from _inside(child)


def _unquoted(annotation: ast.expr) -> ast.expr:
    if isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        return ast.parse(annotation.value, mode="eval").body
    return annotation


def _functions(tree: ast.AST) -> Iterator[ast.AST]:
    """Yield the outermost functions and methods."""
    for child in ast.iter_child_nodes(tree):
        if isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
            yield child
        else:
            yield from _functions(child)


def writes(module: str, tree: ast.Module) -> list[str]:
    """Return the places where a module changes company state, unless it is one that may."""
    if f"{module}.".startswith(WRITERS):
        return []
    attributes, count = set(STATE_NAMES), 0
    while len(attributes) > count:  # what one method keeps in an attribute, another may change
        count = len(attributes)
        scopes = [Scope(body, attributes) for body in (tree, *_functions(tree))]
    found = [(node.lineno, ast.unparse(node)) for scope in scopes for node in scope.writes()]
    excused = tuple(memo for home, memo in MEMOS if home == module)
    return [f"{module}:{line} {text}" for line, text in found if not (excused and text.startswith(excused))]


def test_only_the_fold_writes(modules: dict[str, ast.Module]) -> None:
    assert [place for module, tree in modules.items() for place in writes(module, tree)] == []


def test_the_fold_is_where_the_writing_is(modules: dict[str, ast.Module]) -> None:
    folds = {name: tree for name, tree in modules.items() if name.startswith("simenv.company.fold.")}
    assert folds
    assert all(writes("simenv.planted", tree) for tree in folds.values()), (
        "the search below must see what the fold does"
    )


WRONG = {
    "attribute": "def f(company):\n    company.ended = True",
    "item": "def f(company):\n    company.done['a'] = 1",
    "deep item": "def f(self):\n    self.company.heard['p']['hours'] = '3'",
    "deletion": "def f(host):\n    del host.company.letters['a']",
    "augmented": "def f(host):\n    host.company.done['a'] += 1",
    "augmented alias": "def f(host):\n    done = host.company.done\n    done |= {'a': 1}",
    "alias": "def f(host):\n    seats = host.company.seats\n    seats['p'] = None",
    "alias of alias": "def f(host):\n    c = host.company\n    d = c.done\n    d.pop('a')",
    "tuple alias": "def f(self):\n    n, c = 1, self.company\n    c.ended = True",
    "late alias": "def f(host):\n    for _ in range(2):\n        x.done['a'] = 1\n        x = host.company",
    "loop": "def f(company):\n    for box in company._boxes.values():\n        box.inbox.append('m')",
    "walrus": "def f(company):\n    if box := company.mailbox('p'):\n        box.unread.clear()",
    "default": "def f(company):\n    box = company._boxes.get('p') or None\n    box.sent.append('m')",
    "view": "def f(self):\n    self._company.mailbox('p').unread.pop('m')",
    "annotated": "def f(state: Company):\n    state.reacted.update({})",
    "annotated text": "def f(state: 'Company | None'):\n    state.ended = True",
    "mailbox": "def f(box: Mailbox):\n    box.all.append('m')",
    "message": "def f(message: Message):\n    message.body = ''",
    "message found": "def f(company):\n    company.message('m').body = ''",
    "fold's own": "def f(anything):\n    anything.add_message(1)",
    "fold's own too": "def f(anything):\n    anything.own_mailbox('p')",
    "setattr": "def f(company):\n    setattr(company, 'ended', True)",
    "object setattr": "def f(company):\n    object.__setattr__(company, 'ended', True)",
    "dict": "def f(company):\n    company.__dict__['ended'] = True",
    "vars": "def f(company):\n    vars(company)['ended'] = True",
    "kept": (
        "class A:\n    def f(self, company):\n        self.seats = company.seats\n"
        "    def g(self):\n        self.seats['p'] = None"
    ),
    "inner function": "def f(company):\n    def g():\n        company.ended = True\n    return g",
    "module level": "company = make()\ncompany.ended = True",
    "target of a loop": "def f(company):\n    for company.ended in (True,):\n        pass",
}
RIGHT = {
    "reading": "def f(company):\n    return company.done.get('a'), company.mailbox('p').inbox",
    "binding": "def f(self, opening):\n    self.company = Company(opening)",
    "binding both": "def f(s):\n    s.company, s.states = refold()",
    "copy": "def f(company):\n    done = company.done.copy()\n    done['a'] = 1",
    "new dict": "def f(host):\n    values = dict(host.company.opening.values)\n    values['a'] = 'b'",
    "new list": "def f(company):\n    ids = [m for m in company.letters]\n    ids.append('x')",
    "own state": "def f(self, company):\n    self.seen.append(company.ended)",
    "counting": "def f(company):\n    n = 0\n    n += len(company.done)",
}


@pytest.mark.parametrize("source", WRONG.values(), ids=WRONG)
def test_a_write_is_caught(source: str) -> None:
    assert writes("simenv.tools.planted", ast.parse(source)) != []
    assert writes("simenv.company.fold.planted", ast.parse(source)) == []


@pytest.mark.parametrize("source", RIGHT.values(), ids=RIGHT)
def test_what_is_no_write_is_let_be(source: str) -> None:
    assert writes("simenv.tools.planted", ast.parse(source)) == []


def test_memos_are_excused_at_home_only() -> None:
    memo = ast.parse("def facts_stated(message: Message):\n    message.stated = ()")
    assert writes("simenv.company.facts", memo) == []
    assert writes("simenv.company.planted", memo) == ["simenv.company.planted:2 message.stated"]
    assert writes("simenv.tools.mail_text", memo) == ["simenv.tools.mail_text:2 message.stated"]
