"""YAML read strictly: a file is a list, no key stands twice in a mapping, and everything knows its line."""

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from rag.errors import UsageError, refusal_of

_REMEDY = "Expected is a list of cases: each begins with `- id: …`, its fields stand below, indented by two spaces."


@dataclass(frozen=True, slots=True)
class Item:
    """One item of a list in a file: its plain value, and the node that it was read from."""

    value: Any
    node: yaml.Node

    def line_of(self, path: Sequence[Hashable] = ()) -> int:
        """The line, from 1, of the field at this path of keys and positions, as far as there is one."""
        node, line = self.node, self.node.start_mark.line
        for step in path:
            found = _child(node, step)
            if found is None:
                break
            key, node = found
            line = key.start_mark.line
        return line + 1


def read_items(path: Path, name: str) -> list[Item]:
    """The items of a YAML file that is one list; `name` is what errors call the file.

    Raises UsageError with file, line and what was expected, for anything that is not strictly such a list.
    """
    try:
        text = path.read_text("utf-8")
        return list(_items(yaml.SafeLoader(text), name))
    except OSError as error:
        raise UsageError(f"{name} cannot be read: {refusal_of(error)}.") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{name} is not UTF-8 text.", "Save it as UTF-8.") from error
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        why = ", ".join(part for part in (error.context, error.problem) if part)
        raise UsageError(f"{name}:{line} is not YAML: {why}.", _REMEDY) from error
    except yaml.reader.ReaderError as error:
        line = text.count("\n", 0, error.position) + 1
        raise UsageError(f"{name}:{line} holds the control character #x{error.character:04x}.", _REMEDY) from error
    except RecursionError as error:
        raise UsageError(f"{name} is nested too deeply.", _REMEDY) from error


def _items(loader: yaml.SafeLoader, name: str) -> Iterator[Item]:
    root = loader.get_single_node()
    if not isinstance(root, yaml.SequenceNode):
        line = root.start_mark.line + 1 if root else 1
        raise UsageError(f"{name}:{line} is not a list of cases.", _REMEDY)
    for node in root.value:
        for key, first in _twice(node, set()):
            raise UsageError(
                f"{name}:{key.start_mark.line + 1}: the field {key.value} stands there a second time; "
                f"the first is in line {first.start_mark.line + 1}.",
                "Keep one of them.",
            )
        try:
            value = loader.construct_document(node)
        except ValueError as error:  # a date such as 2031-02-30
            raise UsageError(f"{name}:{node.start_mark.line + 1} holds a wrong value: {error}.") from error
        yield Item(value, node)


def _twice(node: yaml.Node, seen: set[int]) -> Iterator[tuple[yaml.Node, yaml.Node]]:
    """Every key that stands a second time in its mapping, with the first; `seen` holds what aliases led to."""
    if id(node) in seen or isinstance(node, yaml.ScalarNode):
        return
    seen.add(id(node))
    if isinstance(node, yaml.MappingNode):
        known: dict[tuple[str, str], yaml.Node] = {}
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                if (key.tag, key.value) in known:
                    yield key, known[key.tag, key.value]
                known[key.tag, key.value] = key
            yield from _twice(value, seen)
    else:
        for value in node.value:
            yield from _twice(value, seen)


def _child(node: yaml.Node, step: Hashable) -> tuple[yaml.Node, yaml.Node] | None:
    """The key and the value at one step below a node; in a list the value stands for its key."""
    if isinstance(node, yaml.MappingNode):
        return next(((key, value) for key, value in node.value if key.value == step), None)
    if isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    return None
