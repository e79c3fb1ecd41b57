# SPDX-License-Identifier: Apache-2.0
"""What ends a run early."""


class Failure(Exception):
    """The figures would mean nothing: a server is not what it should be, or answers are wrong."""
