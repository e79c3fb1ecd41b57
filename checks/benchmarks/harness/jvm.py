# SPDX-License-Identifier: Apache-2.0
"""Finds JDKs, starts servers on them and counts what lives on their heaps."""

import os
import re
import shutil
import socket
import subprocess
import time
from pathlib import Path

from failure import Failure

_START_TIMEOUT = 90
_FILLER = re.compile(r"jdk\.internal\.vm\.Filler")


class Jdk:
    """A JDK on this machine."""

    def __init__(self, home, version):
        self.home = Path(home)
        self.version = version
        self.feature = int(version.split(".")[0].split("-")[0].split("+")[0])

    def tool(self, name):
        return str(self.home / "bin" / name)

    @classmethod
    def of(cls, java):
        """The JDK an executable belongs to, or None where it is a JRE or does not run."""
        try:
            told = subprocess.run([java, "-XshowSettings:properties", "-version"], env=_environment(), text=True,
                                  capture_output=True, check=True).stderr
        except (OSError, subprocess.CalledProcessError):
            return None
        properties = dict(re.findall(r"^\s+(java\.home|java\.version) = (.+?)\s*$", told, re.MULTILINE))
        jdk = cls(properties["java.home"], properties["java.version"])
        return jdk if shutil.which(jdk.tool("jcmd")) else None


def find_jdk(minimum):
    """The first JDK new enough: of JAVA_HOME, then of the path, then of BENCH_JAVA_HOME."""
    candidates = [os.environ.get("JAVA_HOME"), None, os.environ.get("BENCH_JAVA_HOME")]
    executables = [shutil.which("java") if index == 1 else home and str(Path(home) / "bin" / "java")
                   for index, home in enumerate(candidates)]
    jdks = (Jdk.of(java) for java in executables if java)
    return next((jdk for jdk in jdks if jdk and jdk.feature >= minimum), None)


class Launcher:
    """Starts the application, always with the same JVM, options and jar."""

    def __init__(self, jdk, options, jar, properties, directory):
        self._jdk = jdk
        self._command = [jdk.tool("java"), *options, "-jar", str(jar)]
        self._properties = properties
        self._directory = directory

    def start(self, name, profiles, properties=None):
        port = _free_port()
        settings = {"spring.profiles.active": profiles, "server.port": port, **self._properties, **(properties or {})}
        arguments = [f"--{key}={value}" for key, value in settings.items()]
        self._directory.mkdir(exist_ok=True)
        log = self._directory / f"{name}.log"
        with log.open("w") as output:
            # In the directory of results, where lies no configuration that the application would read
            process = subprocess.Popen(self._command + arguments, cwd=self._directory, env=_environment(),
                                       stdin=subprocess.DEVNULL, stdout=output, stderr=output)
        return Server(name, port, log, process, self._jdk)


class Server:
    """The application as a process, on a port of its own."""

    def __init__(self, name, port, log, process, jdk):
        self.name = name
        self.port = port
        self.log = log
        self._process = process
        self._jdk = jdk

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._process.terminate()
        try:
            self._process.wait(timeout=10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()

    @property
    def pid(self):
        return self._process.pid

    def await_started(self):
        deadline = time.monotonic() + _START_TIMEOUT
        while not re.search(r"Started \w+ in ", self.log.read_text(errors="replace")):
            if self._process.poll() is not None or time.monotonic() > deadline:
                tail = "\n".join(self.log.read_text(errors="replace").splitlines()[-30:])
                raise Failure(f"server {self.name} did not start:\n{tail}")
            time.sleep(0.1)

    def live_objects(self):
        """The heap after full collections."""
        # Twice, because what a collection finds unreachable may itself let go of more
        for _ in range(2):
            self._jcmd("GC.run")
        return Histogram(self._jcmd("GC.class_histogram"))

    def _jcmd(self, command):
        try:
            return subprocess.run([self._jdk.tool("jcmd"), str(self.pid), command], env=_environment(), text=True,
                                  capture_output=True, check=True, timeout=60).stdout
        except subprocess.SubprocessError as error:
            raise Failure(f"server {self.name} does not answer jcmd: {error}; see {self.log}") from error


class Histogram:
    """Live objects by class, as jcmd lists them."""

    def __init__(self, listing):
        self.listing = listing
        rows = re.findall(r"^\s*\d+:\s+(\d+)\s+(\d+)\s+(\S+)", listing, re.MULTILINE)
        self._instances = {name: int(count) for count, _, name in rows}
        total = re.search(r"^Total\s+\d+\s+(\d+)", listing, re.MULTILINE)
        if not total:
            raise Failure(f"no total in what jcmd lists: {listing[:300]}")
        # What a collector puts into gaps lives no more than the gaps did
        fillers = sum(int(size) for _, size, name in rows if _FILLER.search(name))
        self.total_bytes = int(total.group(1)) - fillers

    def instances(self, class_name):
        return self._instances.get(class_name, 0)

    def holds_any(self, prefix):
        return any(name.startswith(prefix) for name in self._instances)


def _free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def _environment():
    """Ours, without what would change the options of a JVM behind our back."""
    return {name: value for name, value in os.environ.items() if name not in ("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS")}
