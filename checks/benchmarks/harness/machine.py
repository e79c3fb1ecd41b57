# SPDX-License-Identifier: Apache-2.0
"""Tells whether the machine had other things to do."""

import os
import time
from pathlib import Path

_STAT = Path("/proc/stat")
_IDLE_CPUS = 0.1
_TICKS = os.sysconf("SC_CLK_TCK")


class OthersWatch:
    """From its making on, watches the CPU time that neither we nor our servers nor the load generator use."""

    def __init__(self, pids):
        self._pids = pids
        self._began = time.monotonic(), self._seconds_of_others()

    def saw_work(self):
        """Whether others did more than what never stops on an idle machine."""
        began, before = self._began
        if before is None:
            return False
        return self._seconds_of_others() - before > _IDLE_CPUS * (time.monotonic() - began)

    def _seconds_of_others(self):
        # Not every system tells
        if not _STAT.exists():
            return None
        user, nice, system, _, _, _, _, steal = map(int, _STAT.read_text().split()[1:9])
        used = os.times()
        ours = used.user + used.system + used.children_user + used.children_system
        return (user + nice + system + steal - sum(map(_ticks_of, self._pids))) / _TICKS - ours


def _ticks_of(pid):
    # The name, second of the fields, may have spaces in it
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return int(fields[11]) + int(fields[12])
