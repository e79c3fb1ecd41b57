# SPDX-License-Identifier: Apache-2.0
"""Measures: the servers of a plan side by side, and what sessions leave behind."""

import contextlib
import itertools
from dataclasses import dataclass, field, replace

import load
import plan
import wire
from failure import Failure
from jvm import Server
from machine import OthersWatch, cpu_seconds

# Answers that are cut off when a run ends are counted as bytes, but not as answers
_BYTES_TOLERANCE = 0.01

_SESSION_RECORD = "io.mcpremote.session.SessionRecord"


@dataclass(frozen=True)
class Lane:
    """A leg of the plan whose server answers it rightly."""

    name: str
    request: wire.Request
    server: Server
    bytes_per_answer: float

    def send_for(self, seconds):
        before = cpu_seconds(self.server.pid)
        sample = load.send_for(seconds, self.request, self.server.port)
        used = cpu_seconds(self.server.pid) - before
        # Here the generator reads statuses only, but another answer would have another length
        if abs(sample.bytes_per_answer / self.bytes_per_answer - 1) > _BYTES_TOLERANCE:
            raise Failure(f"{self.name}: {sample.bytes_per_answer:.0f} bytes per answer under load, but "
                          f"{self.bytes_per_answer:.0f} when every answer was looked at")
        return replace(sample, cpu_micros_per_call=used * 1e6 / sample.requests)

    def check(self):
        wire.check_call(self.request, self.server.port)


@dataclass(frozen=True)
class Heap:
    """Bytes that live once calls have loaded what they need, and after many more of them."""

    settled: int
    after_calls: int


@dataclass
class Results:
    """What came out of all starts of a plan's servers."""

    legs: list[str]
    # A sample by leg for each round
    rounds: list[dict[str, load.Sample]] = field(default_factory=list)
    # How many CPUs other processes used in each of these rounds, and in those that were measured again for it
    others: list[float] = field(default_factory=list)
    others_in_repeated: list[float] = field(default_factory=list)
    # By server for each start
    heaps: list[dict[str, Heap]] = field(default_factory=list)


def compare(the_plan, size, launcher, report):
    """Starts the plan's servers side by side, several times over, and gives load to one at a time."""
    results = Results([leg.name for leg in the_plan.legs])
    for _ in range(size.starts):
        with contextlib.ExitStack() as running:
            servers = {name: running.enter_context(launcher.start(name, kind.profile))
                       for name, kind in the_plan.servers.items()}
            for name, server in servers.items():
                server.await_started()
                _check_identity(server, the_plan.servers[name])
            lanes, heaps = _open_lanes(the_plan, servers)
            results.heaps.append(heaps)
            for lane in lanes:
                lane.send_for(size.warm_up_seconds)
            _measure_rounds(lanes, size, [server.pid for server in servers.values()], results)
            for lane in lanes:
                lane.check()
    report.results(results)
    for pair in the_plan.pairs:
        report.pair(pair, results)
    if the_plan.heap:
        report.heaps(the_plan, results)


def _open_lanes(the_plan, servers):
    """Lets every leg show that it is right; returns them and the heaps that are compared."""
    lanes, heaps = [], {}
    for leg in the_plan.legs:
        server = servers[leg.server]
        request = leg.call(server.port)
        wire.check_call(request, server.port)
        sample = load.send_checked(plan.SETTLING_CALLS, request, server.port, wire.ANSWER)
        lanes.append(Lane(leg.name, request, server, sample.bytes_per_answer))
        # A second leg of a server would find what the first has left
        if leg.server in the_plan.heap and leg.server not in heaps:
            settled = server.live_objects().total_bytes
            load.send_checked(plan.HEAP_CALLS - plan.SETTLING_CALLS, request, server.port, wire.ANSWER)
            heaps[leg.server] = Heap(settled, server.live_objects().total_bytes)
    return lanes, heaps


def _check_identity(server, kind):
    live = server.live_objects()
    if not live.holds_any(kind.lives):
        raise Failure(f"server {server.name} was started as '{kind.profile}' but holds no {kind.lives}, "
                      f"so another transport is serving; see {server.log}")
    if live.holds_any(kind.must_not_live):
        raise Failure(f"server {server.name} was started as '{kind.profile}' but holds {kind.must_not_live} "
                      f"as well; see {server.log}")


def _measure_rounds(lanes, size, pids, results):
    """Measures every lane in each round, in turns from the first and from the last on."""
    order = itertools.cycle((lanes, lanes[::-1]))
    may_repeat = size.rounds // 2
    counted = 0
    while counted < size.rounds:
        watch = OthersWatch(pids)
        samples = {lane.name: lane.send_for(size.seconds) for lane in next(order)}
        others = watch.cpus_used()
        if others > plan.IDLE_CPUS and may_repeat:
            may_repeat -= 1
            results.others_in_repeated.append(others)
            continue
        results.rounds.append(samples)
        results.others.append(others)
        counted += 1


def count_sessions(launcher, report):
    """Lets one client initialize over and over; counts the sessions that are still there."""
    kind = plan.REMOTE_WITH_SESSIONS
    cap = {"mcp.remote.sessions.max-per-owner": plan.SESSION_CAP}
    with launcher.start("sessions", kind.profile, cap) as server:
        server.await_started()
        wire.begin_session(server.port)
        _check_identity(server, kind)
        if not server.live_objects().instances(_SESSION_RECORD):
            raise Failure(f"a session was begun, but no {_SESSION_RECORD} lives that could be counted")
        # A server at its cap may refuse a new session or drop the oldest
        sample = load.send_checked(plan.INITIALIZATIONS, wire.initialize(), server.port, '"protocolVersion"', (200, 503))
        left = server.live_objects().instances(_SESSION_RECORD)
    report.figure(f"sessions left by {sample.answers:,} initialize", left, f"{left} ({sample.refused:,} refused)",
                  plan.Target(at_most=plan.SESSION_CAP))
