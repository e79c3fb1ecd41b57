# SPDX-License-Identifier: Apache-2.0
"""Says what each guard adds to a call, from what JMH has measured: time and bytes, without load."""

import argparse
import json
import sys
from pathlib import Path

# Nanoseconds that guards may add
TARGETS = {"AUDIT": 3000, "AUDIT_FOUR_SINKS": 3000, "LIMITS": 2000, "PROTECTION": 2000, "CACHE_HIT": 3000,
           "OBSERVATION": 4000}
LOOKUP_TARGET = 200


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("results", type=Path)
    parser.add_argument("--strict", action="store_true")
    options = parser.parse_args()
    figures = {(entry["benchmark"].rsplit(".", 1)[1], entry["params"]["guards"]): read(entry)
               for entry in json.loads(options.results.read_text())}
    none, none_error, none_bytes = figures["call", "NONE"]
    missed = 0
    print(f"  {'added to a call by':<24}{'ns':>9}{'+-':>8}{'bytes':>9}  target")
    for (benchmark, guards), (nanos, error, allocated) in sorted(figures.items(), key=lambda item: item[1][0]):
        if benchmark == "call" and guards != "NONE":
            missed += line(guards.lower(), nanos - none, error + none_error, allocated - none_bytes, TARGETS.get(guards))
    missed += line("policy lookup", *figures["policy", "NONE"], LOOKUP_TARGET)
    print(f"  {missed} targets missed; the pipeline itself takes {none:.0f} ns")
    return 1 if options.strict and missed else 0


def read(entry):
    primary = entry["primaryMetric"]
    allocated = entry["secondaryMetrics"]["gc.alloc.rate.norm"]["score"]
    return primary["score"], float(primary["scoreError"]), allocated


def line(name, nanos, error, allocated, target):
    missed = target is not None and nanos > target
    told = "none" if target is None else f"<= {target}  {'FAIL' if missed else 'pass'}"
    print(f"  {name:<24}{nanos:>9.0f}{error:>8.0f}{allocated:>9.0f}  {told}")
    return missed


if __name__ == "__main__":
    sys.exit(main())
