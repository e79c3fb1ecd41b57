# SPDX-License-Identifier: Apache-2.0
"""Compares servers of the same application under load; see README.md beside this folder."""

import argparse
import datetime
import os
import re
import signal
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

import bench
import load
import plan
from failure import Failure
from jvm import Launcher, find_jdk
from report import Report


@dataclass(frozen=True)
class Mode:
    """How the JVM runs."""

    title: str
    minimum_jdk: int
    options: list[str]
    properties: dict[str, str]


MODES = {
    "platform": Mode("platform threads, G1", 17, ["-XX:+UseG1GC"], {"spring.threads.virtual.enabled": "false"}),
    "virtual": Mode("virtual threads, ParallelGC", 21, ["-XX:+UseParallelGC"],
                    {"spring.threads.virtual.enabled": "true"}),
}

HEAP_OPTIONS = ["-Xms1g", "-Xmx1g"]


def main():
    options = parse_options()
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, lambda received, _: sys.exit(128 + received))
    directory = options.results / datetime.datetime.now(datetime.timezone.utc).strftime("%Y%m%dT%H%M%SZ")
    directory.mkdir(parents=True)
    report = Report(directory)
    try:
        measure(options, directory, report)
        if not report.judged:
            raise Failure("nothing was measured")
    except Failure as failure:
        print(f"benchmarks: {failure}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    finally:
        report.write()
    report.say(f"\n{report.missed} of {report.judged} targets missed, details in {directory}")
    return 1 if options.strict and report.missed else 0


def parse_options():
    parser = argparse.ArgumentParser(prog="run", description="Compares this project's transport with Spring AI's own.")
    parser.add_argument("--quick", action="store_true", help="shorter runs, about four minutes")
    parser.add_argument("--self-test", action="store_true", help="compare a server with itself")
    parser.add_argument("--guards", action="store_true", help="compare our server with guards to the same without")
    parser.add_argument("--strict", action="store_true", help="exit with 1 when a target is missed")
    parser.add_argument("--mode", choices=MODES, action="append", help="only this way to run the JVM (default: all)")
    # Understood by the script that calls this one
    parser.add_argument("--no-build", action="store_true", help="measure the jar that is there")
    parser.add_argument("--jar", type=Path, help=argparse.SUPPRESS)
    parser.add_argument("--results", type=Path, help=argparse.SUPPRESS)
    return parser.parse_args()


def measure(options, directory, report):
    size, plans = what_to_measure(options)
    issue_tokens(options.jar, directory)
    report.facts({
        "runs": f"{size.starts} x {size.rounds} rounds of {size.seconds} s, {load.CONNECTIONS} connections, each after "
                f"{plan.SETTLING_CALLS:,} checked calls and {size.warm_up_seconds} s of warm-up",
        "libraries": libraries_in(options.jar),
        "machine": f"{os.cpu_count()} CPUs, load average {os.getloadavg()[0]:.2f}",
    })
    counts_sessions = any(each.counts_sessions for each in plans)
    for name in options.mode or MODES:
        mode = MODES[name]
        jdk = find_jdk(mode.minimum_jdk)
        if not jdk:
            report.say(f"\n{mode.title}: skipped, because neither JAVA_HOME nor the path nor BENCH_JAVA_HOME leads to "
                       f"a JDK {mode.minimum_jdk} or later")
            continue
        report.mode(f"{mode.title}, JDK {jdk.version}")
        properties = {**mode.properties, "benchmark.tokens": directory}
        launcher = Launcher(jdk, HEAP_OPTIONS + mode.options, options.jar, properties, directory / name)
        for each in plans:
            bench.compare(each, size, launcher, report)
        # Once is enough, for it depends on no mode
        if counts_sessions:
            bench.count_sessions(launcher, report)
            counts_sessions = False


def what_to_measure(options):
    if options.guards:
        return plan.QUICK if options.quick else plan.PAIRED, [plan.GUARDS]
    size = plan.QUICK if options.quick else plan.FULL
    return size, [plan.SELF_TEST] if options.self_test else [plan.COMPARISON, plan.TOKENS]


def issue_tokens(jar, directory):
    """Writes the access tokens that calls are made with, and tells the load generator where they are."""
    jdk = find_jdk(17)
    if not jdk:
        raise Failure("neither JAVA_HOME nor the path nor BENCH_JAVA_HOME leads to a JDK 17 or later")
    subprocess.run([jdk.tool("java"), "-jar", str(jar), "--issue-tokens", str(directory)], check=True)
    os.environ["BENCH_TOKENS"] = str(directory)


def libraries_in(jar):
    """Those that decide what is measured, with their versions."""
    with zipfile.ZipFile(jar) as archive:
        names = [Path(name).stem for name in archive.namelist() if name.endswith(".jar")]
    return ", ".join(name for name in names
                     if re.match(r"(spring-boot|mcp-spring-webmvc|mcp-core|tomcat-embed-core)-\d", name))


if __name__ == "__main__":
    sys.exit(main())
