# SPDX-License-Identifier: Apache-2.0
"""Tells what CPU time went where, on systems that have it in /proc."""

import os
import time
from pathlib import Path

_STAT = Path("/proc/stat")
_TICKS = os.sysconf("SC_CLK_TCK")


def cpu_seconds(pid):
    """What a process has used up to now."""
    if not _STAT.exists():
        return 0.0
    # The name, second of the fields, may have spaces in it
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / _TICKS


class OthersWatch:
    """From its making on, watches the CPU time that neither we nor our servers nor the load generator use."""

    def __init__(self, pids):
        self._pids = pids
        self._began = time.monotonic(), self._seconds_of_others()

    def cpus_used(self):
        """How many CPUs others kept busy on average, as far as the system tells."""
        began, before = self._began
        return max(0.0, self._seconds_of_others() - before) / (time.monotonic() - began)

    def _seconds_of_others(self):
        if not _STAT.exists():
            return 0.0
        user, nice, system, _, _, _, _, steal = map(int, _STAT.read_text().split()[1:9])
        used = os.times()
        ours = used.user + used.system + used.children_user + used.children_system
        return (user + nice + system + steal) / _TICKS - ours - sum(map(cpu_seconds, self._pids))
