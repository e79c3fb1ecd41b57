# SPDX-License-Identifier: Apache-2.0
"""What is compared with what, and what it should come to."""

import operator
from dataclasses import dataclass
from typing import Callable, Optional

import wire

_SPRING_AI = "org.springframework.ai.mcp.server.webmvc.transport."
_OURS = "io.mcpremote.transport."


@dataclass(frozen=True)
class Kind:
    """A way to run the application: its profile, and what tells that it really runs that way."""

    profile: str
    lives: str
    must_not_live: str


STATELESS = Kind("stateless", lives=_SPRING_AI + "WebMvcStatelessServerTransport", must_not_live=_OURS)
STREAMABLE = Kind("streamable", lives=_SPRING_AI + "WebMvcStreamableServerTransportProvider", must_not_live=_OURS)
REMOTE = Kind("remote", lives=_OURS, must_not_live=_SPRING_AI)
STATELESS_WITH_TOKENS = Kind("stateless,tokens", lives=_SPRING_AI + "WebMvcStatelessServerTransport", must_not_live=_OURS)
REMOTE_WITH_TOKENS = Kind("remote,tokens", lives="io.mcpremote.security.TokenMemory", must_not_live=_SPRING_AI)
REMOTE_WITH_DEADLINE = Kind("remote,deadline", lives="io.mcpremote.resilience.AbandonedCalls", must_not_live=_SPRING_AI)
REMOTE_WITH_GUARDS = Kind("remote,guards", lives="io.mcpremote.ratelimit.Limiter", must_not_live=_SPRING_AI)
REMOTE_WITH_SESSIONS = Kind("remote,sessions", lives=_OURS, must_not_live=_SPRING_AI)


@dataclass(frozen=True)
class Leg:
    """A server and the call it gets."""

    name: str
    server: str
    call: Callable[[int], wire.Request]


@dataclass(frozen=True)
class Target:
    """Where a figure should lie."""

    at_least: Optional[float] = None
    at_most: Optional[float] = None

    def __str__(self):
        bounds = ((">=", self.at_least), ("<=", self.at_most))
        return " and ".join(f"{sign} {bound:g}" for sign, bound in bounds if bound is not None)

    def is_met_by(self, value):
        return all(holds(value, bound) for holds, bound in ((operator.ge, self.at_least), (operator.le, self.at_most))
                   if bound is not None)


@dataclass(frozen=True)
class Pair:
    """Two legs whose ratio, first to second, is taken in each round."""

    first: str
    second: str
    throughput: Optional[Target] = None
    p99: Optional[Target] = None


@dataclass(frozen=True)
class Plan:
    """Servers that live side by side, the order in which they get load, and the comparisons."""

    servers: dict[str, Kind]
    legs: list[Leg]
    pairs: list[Pair]
    # The servers whose heaps are compared, first to second
    heap: tuple[str, ...] = ()
    heap_target: Optional[Target] = None
    counts_sessions: bool = False


# By each leg before anything is timed, every answer looked at
SETTLING_CALLS = 10_000
# By each of the servers whose heaps are compared, those above among them
HEAP_CALLS = 100_000

# What other processes may use in a round that counts
IDLE_CPUS = 0.1

INITIALIZATIONS = 20_000
SESSION_CAP = 100


@dataclass(frozen=True)
class Size:
    """How long to measure. Two servers alike differ by what the JIT compiler happens to do, hence several starts."""

    starts: int
    warm_up_seconds: int
    rounds: int
    # Short, because the speed of a shared machine drifts, and what is compared should meet the same machine
    seconds: int = 1


FULL = Size(starts=3, warm_up_seconds=20, rounds=12)
QUICK = Size(starts=1, warm_up_seconds=8, rounds=10)
# What guards cost is little, so that what differs from start to start has to be told from it
PAIRED = Size(starts=7, warm_up_seconds=30, rounds=8)

# Ours stands between the two it is compared with, so that the runs of a pair are neighbours
COMPARISON = Plan(
    servers={"STATELESS": STATELESS, "mcp-remote": REMOTE, "STREAMABLE": STREAMABLE},
    legs=[
        Leg("STATELESS", "STATELESS", wire.legacy_call),
        Leg("mcp-remote", "mcp-remote", wire.legacy_call),
        Leg("STREAMABLE", "STREAMABLE", wire.session_call),
        Leg(f"mcp-remote {wire.MODERN_VERSION}", "mcp-remote", wire.modern_call),
    ],
    pairs=[
        Pair("mcp-remote", "STATELESS", throughput=Target(at_least=1.4), p99=Target(at_most=1.1)),
        Pair("mcp-remote", "STREAMABLE", throughput=Target(at_least=2.0), p99=Target(at_most=1.1)),
        Pair(f"mcp-remote {wire.MODERN_VERSION}", "STATELESS"),
    ],
    heap=("mcp-remote", "STATELESS"),
    heap_target=Target(at_most=1.0),
    counts_sessions=True,
)

# What a thousand callers with tokens cost, against Spring Boot's ordinary chain and against no security at all
TOKENS = Plan(
    servers={"STATELESS, tokens": STATELESS_WITH_TOKENS, "mcp-remote, tokens": REMOTE_WITH_TOKENS, "mcp-remote": REMOTE},
    legs=[
        Leg("STATELESS, tokens", "STATELESS, tokens", wire.token_call),
        Leg("mcp-remote, tokens", "mcp-remote, tokens", wire.token_call),
        Leg("mcp-remote", "mcp-remote", wire.legacy_call),
    ],
    pairs=[
        Pair("mcp-remote, tokens", "STATELESS, tokens", throughput=Target(at_least=2.0)),
        Pair("mcp-remote, tokens", "mcp-remote", throughput=Target(at_least=0.8)),
    ],
)

# What the guards add that stand in the way of every call
GUARDS = Plan(
    servers={"no guards": REMOTE, "deadline": REMOTE_WITH_DEADLINE, "all guards": REMOTE_WITH_GUARDS},
    legs=[
        Leg("deadline", "deadline", wire.legacy_call),
        Leg("no guards", "no guards", wire.legacy_call),
        Leg("all guards", "all guards", wire.legacy_call),
    ],
    pairs=[
        Pair("deadline", "no guards", throughput=Target(at_least=0.97)),
        Pair("all guards", "no guards", throughput=Target(at_least=0.9)),
    ],
)

# A server against itself must come out at 1, or the figures of the comparison mean nothing
SELF_TEST = Plan(
    servers={"STATELESS": STATELESS, "STATELESS again": STATELESS, "STREAMABLE": STREAMABLE},
    legs=[
        Leg("STATELESS", "STATELESS", wire.legacy_call),
        Leg("STATELESS again", "STATELESS again", wire.legacy_call),
        Leg("STREAMABLE", "STREAMABLE", wire.session_call),
    ],
    pairs=[
        Pair("STATELESS again", "STATELESS", throughput=Target(0.9, 1.1), p99=Target(0.5, 2.0)),
        Pair("STREAMABLE", "STATELESS"),
    ],
    heap=("STATELESS again", "STATELESS"),
    heap_target=Target(0.98, 1.02),
)
