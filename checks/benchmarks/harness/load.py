# SPDX-License-Identifier: Apache-2.0
"""Drives the load generator."""

import json
import signal
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from failure import Failure

CONNECTIONS = 16

_SCRIPT = Path(__file__).parent / "load.lua"
_REQUEST_TIMEOUT = "10s"
_LIMITED_RUN_TIMEOUT = 300
_LIMIT_REACHED = "limit reached"


@dataclass(frozen=True)
class Sample:
    """What one run of the load generator saw."""

    requests: int
    throughput: float
    p50_millis: float
    p99_millis: float
    bytes_per_answer: float
    answers: int
    refused: int
    # Of the server, not of the generator
    cpu_micros_per_call: float = 0.0


def send_for(seconds, request, port):
    """Sends a request for some seconds without looking at the answers."""
    return _run(["-d", f"{seconds}s"], request, port, [])


def send_checked(count, request, port, text, statuses=(200,)):
    """Sends a request so many times, or a few times more, and looks at every answer."""
    arguments = [str(count), ",".join(map(str, statuses)), text]
    return _run(["-d", f"{_LIMITED_RUN_TIMEOUT}s"], request, port, arguments)


def _run(options, request, port, arguments):
    with tempfile.NamedTemporaryFile("w", suffix=".http", newline="") as template:
        template.write(request.template(port))
        template.flush()
        command = ["wrk", "-t", "1", "-c", str(CONNECTIONS), "--timeout", _REQUEST_TIMEOUT, "-s", str(_SCRIPT), *options,
                   f"http://127.0.0.1:{port}/", "--", template.name, *arguments]
        output = _output_of(command, has_limit=bool(arguments))
    return _sample(json.loads(output.splitlines()[-1]), may_refuse=bool(arguments))


def _output_of(command, has_limit):
    told = ""
    with subprocess.Popen(command, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as wrk:
        try:
            if has_limit:
                told = wrk.stderr.readline()
            if told.strip() == _LIMIT_REACHED:
                wrk.send_signal(signal.SIGINT)
            output, errors = wrk.communicate()
        finally:
            wrk.kill()
    if wrk.returncode or (has_limit and told.strip() != _LIMIT_REACHED):
        raise Failure(f"the load generator failed or did not reach its limit: {told}{errors}{output}")
    return output


def _sample(told, may_refuse):
    if told["wrong"]:
        raise Failure(f"{told['wrong']} of {told['answers']} answers were wrong, the first: {told['first_wrong']}")
    if told["socket_errors"] or (told["status_errors"] and not may_refuse):
        raise Failure(f"errors under load: {told}")
    if not told["requests"]:
        raise Failure("no request was answered")
    return Sample(requests=told["requests"], throughput=told["requests"] * 1e6 / told["micros"],
                  p50_millis=told["p50"] / 1000, p99_millis=told["p99"] / 1000,
                  bytes_per_answer=told["bytes"] / told["requests"], answers=told["answers"], refused=told["refused"])
