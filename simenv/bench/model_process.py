"""The model server in a process of its own, so that what it costs is not counted with what is measured."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

from simenv.core.errors import SimenvError


@contextmanager
def model_process(latency: float = 0.0) -> Iterator[str]:
    """Serve a model that plays, and give the address that clients take as ``api_base``.

    Args:
        latency: Seconds it takes over each answer.

    Raises:
        SimenvError: If it does not start.
    """
    command = [sys.executable, "-m", "simenv.bench.model_server", "--port", "0", "--latency", str(latency)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as process:  # noqa: S603 - ours
        try:
            said = process.stdout.readline() if process.stdout is not None else ""
            address = next((word for word in said.split() if word.startswith("http://")), None)
            if address is None:
                raise SimenvError("the model server did not start; run python -m simenv.bench.model_server to see why")
            yield address
        finally:
            process.terminate()
