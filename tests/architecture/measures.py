"""The sizes of the house; `python -m tests.architecture.measures` prints them."""

import ast
import math
import statistics
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import grimp
import networkx as nx

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Size:
    """A file or function and its number of lines."""

    name: str
    lines: int


def python_files(*folders: str) -> list[Path]:
    """Return the modules below the top-level folders named."""
    return sorted(path for folder in folders for path in (ROOT / folder).rglob("*.py"))


def file_size(path: Path) -> Size:
    """Return a file's lines, blank ones included."""
    return Size(str(path.relative_to(ROOT)), len(path.read_text(encoding="utf-8").splitlines()))


def function_sizes(path: Path) -> Iterator[Size]:
    """Yield the lines of each function of a module, from `def` to its last line, nested ones too."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            assert node.end_lineno
            yield Size(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", node.end_lineno - node.lineno + 1)


def percentile(sizes: Sequence[Size], share: float) -> int:
    """Return the smallest number of lines that at least `share` of the sizes do not exceed.

    >>> percentile([Size("a", 3), Size("b", 9)], 0.5)
    3
    """
    lines = sorted(size.lines for size in sizes)
    return lines[math.ceil(share * len(lines)) - 1]


def import_cycles() -> list[list[str]]:
    """Return each set of the product's modules that cannot be imported one without another."""
    graph = grimp.build_graph("register", cache_dir=None)
    imports = nx.DiGraph()
    imports.add_edges_from(
        (module, imported) for module in graph.modules for imported in graph.find_modules_directly_imported_by(module)
    )
    return [sorted(cycle) for cycle in nx.strongly_connected_components(imports) if len(cycle) > 1]


def report() -> str:
    """Return the sizes in a few lines."""
    files = [file_size(path) for path in python_files("register")]
    functions = [size for path in python_files("register") for size in function_sizes(path)]
    tests = [file_size(path) for path in python_files("tests")]
    largest, longest = (max(sizes, key=lambda size: size.lines) for sizes in (files, functions))
    median = statistics.median(size.lines for size in functions)
    product, suite = (sum(size.lines for size in sizes) for sizes in (files, tests))
    return "\n".join(
        (
            f"files      {len(files)}, p95 {percentile(files, 0.95)} lines, largest {largest}",
            f"functions  {len(functions)}, median {median:g}, p95 {percentile(functions, 0.95)}, largest {longest}",
            f"cycles     {len(import_cycles())}",
            f"tests      {suite} lines for {product} of the product, {suite / product:.2f} for each",
        )
    )


if __name__ == "__main__":
    print(report())  # noqa: T201 - this is the report
