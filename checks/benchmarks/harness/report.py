# SPDX-License-Identifier: Apache-2.0
"""Turns samples into lines a person reads and a file a program reads."""

import dataclasses
import json
import statistics

import plan

_MEGABYTE = 1024 * 1024

# Of Student's distribution, two-sided 95 %, by degrees of freedom
_T = {2: 4.303, 3: 3.182, 4: 2.776, 5: 2.571, 6: 2.447, 7: 2.365, 8: 2.306, 9: 2.262, 10: 2.228, 11: 2.201}


def confidence(ratios, starts):
    """The 95 % confidence interval of the mean over starts, each of which counts with the median of its rounds."""
    if starts - 1 not in _T:
        return None
    rounds = len(ratios) // starts
    medians = [statistics.median(ratios[start * rounds:(start + 1) * rounds]) for start in range(starts)]
    mean, error = statistics.mean(medians), statistics.stdev(medians) / starts ** 0.5
    return mean - _T[starts - 1] * error, mean + _T[starts - 1] * error


class Report:
    """Prints results as they come and remembers them for the file."""

    def __init__(self, directory):
        self._directory = directory
        self._record = {"modes": {}}
        self._mode = None
        self.judged = 0
        self.missed = 0

    def facts(self, facts):
        for name, value in facts.items():
            self.say(f"{name}: {value}")
        self._record["facts"] = facts

    def mode(self, title):
        self.say(f"\n== {title}")
        self._mode = self._record["modes"][title] = {"figures": {}}

    def results(self, results):
        """The absolute figures, which say little away from this machine and this moment."""
        self._mode["results"] = dataclasses.asdict(results)
        self.say(f"\n  {'medians, for context only':<52}{'calls/s':>9}{'p50 ms':>9}{'p99 ms':>9}{'CPU us':>9}")
        for leg in results.legs:
            medians = (statistics.median(getattr(samples[leg], name) for samples in results.rounds)
                       for name in ("throughput", "p50_millis", "p99_millis", "cpu_micros_per_call"))
            self.say(f"  {leg:<52}" + "{:>9.0f}{:>9.2f}{:>9.2f}{:>9.1f}".format(*medians))
        self._others(results)
        self.say(f"\n  {'ratios':<52}{'min':>8}{'median':>8}{'max':>8}  target")

    def _others(self, results):
        if results.others_in_repeated:
            self.say(f"  {len(results.others_in_repeated)} rounds were measured again because other processes were at work")
        disturbed = sum(cpus > plan.IDLE_CPUS for cpus in results.others)
        if disturbed:
            self.say(f"  other processes were at work in {disturbed} of the {len(results.rounds)} rounds that count: "
                     "do not judge by this run")

    def pair(self, pair, results):
        for title, name, target in (("throughput", "throughput", pair.throughput), ("p99", "p99_millis", pair.p99),
                                    ("CPU per call", "cpu_micros_per_call", None)):
            rounds = [(getattr(samples[pair.first], name), getattr(samples[pair.second], name))
                      for samples in results.rounds]
            if all(second for _, second in rounds):
                ratios = [first / second for first, second in rounds]
                self._ratios(f"{title}, {pair.first} / {pair.second}", target, ratios)
                self._interval(title, pair, confidence(ratios, len(results.heaps)))

    def _interval(self, title, pair, interval):
        if interval:
            self._mode["figures"][f"{title}, {pair.first} / {pair.second}"]["interval"] = interval
            self.say(f"  {'  mean of the starts, 95 % confidence':<52}{interval[0]:>8.3f}  to{interval[1]:>8.3f}  none")

    def heaps(self, the_plan, results):
        first, second = ([heaps[name] for heaps in results.heaps] for name in the_plan.heap)
        names = " / ".join(the_plan.heap)
        self._ratios(f"live heap, {names}", the_plan.heap_target,
                     [one.after_calls / other.after_calls for one, other in zip(first, second)])
        for title, read in (("live heap", lambda heap: heap.after_calls),
                            ("grown by calls", lambda heap: heap.after_calls - heap.settled)):
            shown = " / ".join(f"{statistics.median(map(read, heaps)) / _MEGABYTE:.2f}" for heaps in (first, second))
            self.say(f"  {f'{title}, {names}, MB':<52}{shown:>24}  none")

    def _ratios(self, title, target, ratios):
        median = statistics.median(ratios)
        self._mode["figures"][title] = {"ratios": ratios, "median": median, **self._verdict(target, median)}
        self.say(f"  {title:<52}{min(ratios):>8.3f}{median:>8.3f}{max(ratios):>8.3f}  {self._told(target, median)}")

    def figure(self, title, value, shown, target):
        self._mode["figures"][title] = {"value": value, **self._verdict(target, value)}
        self.say(f"  {title:<52}{shown:>24}  {self._told(target, value)}")

    def _verdict(self, target, value):
        if target is None:
            return {}
        met = target.is_met_by(value)
        self.judged += 1
        self.missed += not met
        return {"target": str(target), "met": met}

    @staticmethod
    def _told(target, value):
        if target is None:
            return "none"
        return f"{target}  {'pass' if target.is_met_by(value) else 'FAIL'}"

    @staticmethod
    def say(line):
        print(line, flush=True)

    def write(self):
        (self._directory / "results.json").write_text(json.dumps(self._record, indent=2) + "\n")
