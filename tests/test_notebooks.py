"""Every notebook runs from top to bottom, and prints what it was committed with."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

NAMES = ("01_first_episode.ipynb",)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.notebook
@pytest.mark.filterwarnings("ignore")  # of the kernel's own libraries; a notebook's errors stop it
def test_a_notebook_runs_and_prints_what_it_was_committed_with(name: str, repository: Path) -> None:
    """Nothing in a notebook depends on the machine, so its outputs are compared to the letter."""
    committed = nbformat.read(repository / "notebooks" / name, as_version=4)
    fresh = nbformat.from_dict(committed)
    for cell in fresh.cells:
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
    NotebookClient(fresh, timeout=300, kernel_name="python3").execute()
    for number, (before, after) in enumerate(zip(committed.cells, fresh.cells, strict=True)):
        if before.cell_type == "code":
            assert _text(before) == _text(after), f"cell {number} prints something else; run the notebook and save it"


def test_every_notebook_is_run(repository: Path) -> None:
    """A notebook that nobody runs is a claim that nobody checks."""
    assert sorted(path.name for path in (repository / "notebooks").glob("*.ipynb")) == sorted(NAMES)


def _text(cell: nbformat.NotebookNode) -> str:
    streams = [output.text for output in cell.outputs if output.output_type == "stream" and output.name == "stdout"]
    results = [output.data["text/plain"] for output in cell.outputs if output.output_type == "execute_result"]
    return "".join(streams + results)
