"""The command lines, as people type them: Inspect's own with the installed package, and ours without Inspect."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner

from simenv.cli import app
from simenv.interop import extras

PLUGIN = """
from inspect_ai.model import ModelAPI, ModelOutput, ModelUsage, modelapi


@modelapi(name="scripted")
class Scripted(ModelAPI):
    async def generate(self, input, tools, tool_choice, config):
        name = "finish" if any(message.role == "tool" for message in input) else "mail_list"
        reply = ModelOutput.for_tool_call("scripted", name, {})
        reply.usage = ModelUsage(input_tokens=1, output_tokens=1, total_tokens=2)
        return reply
"""


@pytest.mark.inspect
def test_inspect_eval_finds_the_task_by_its_name(tmp_path: Path) -> None:
    """A model that a plug-in brings stands for a real one: Inspect's own for tests downloads a tokenizer."""
    about = tmp_path / "scripted-1.dist-info"
    about.mkdir()
    (about / "METADATA").write_text("Metadata-Version: 2.1\nName: scripted\nVersion: 1\n", encoding="utf-8")
    (about / "entry_points.txt").write_text("[inspect_ai]\nscripted = scripted_model\n", encoding="utf-8")
    (tmp_path / "scripted_model.py").write_text(PLUGIN, encoding="utf-8")
    words = "eval simenv/summit_bridge -T start=decision -T threat=none --model scripted/x --epochs 3 --display plain"
    path = os.pathsep.join(filter(None, (str(tmp_path), os.environ.get("PYTHONPATH"))))
    done = subprocess.run(
        [sys.executable, "-m", "inspect_ai", *words.split()],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": path, "INSPECT_LOG_DIR": str(tmp_path / "logs")},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr

    from inspect_ai.log import list_eval_logs, read_eval_log

    (found,) = list_eval_logs(str(tmp_path / "logs"))
    log = read_eval_log(found)
    assert (log.status, log.eval.task, len(log.samples)) == ("success", "simenv/summit_bridge", 3)
    assert {sample.store["simenv"]["outcome"] for sample in log.samples} == {"completed"}
    assert log.eval.task_args["threat"] == "none"


def test_what_is_missing_is_said_with_the_command_that_brings_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def nowhere(name: str) -> str:
        raise extras.PackageNotFoundError(name)

    monkeypatch.setattr(extras, "version", nowhere)
    (tmp_path / "hidden").mkdir()
    done = CliRunner().invoke(app, ["export", str(tmp_path), "--out", str(tmp_path / "x.eval")])
    assert done.exit_code == 3
    assert "needs inspect-ai" in done.stderr
    assert "pip install" in done.stderr


def test_a_log_has_a_name_that_inspect_knows(tmp_path: Path) -> None:
    done = CliRunner().invoke(app, ["export", str(tmp_path), "--out", str(tmp_path / "x.txt")])
    assert done.exit_code == 2
    assert ".eval" in done.stderr
