"""What is wrong with a call: one clear line and the documented exit code (CONTRACT §7)."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """0 done · 1 done, errors found in the draft · 2 wrong usage · 3 input unreadable · 4 output unwritable · 5 partly
    done · 6 refused · 7 store in use · 130 interrupted."""

    DONE = 0
    ERRORS_FOUND = 1
    USAGE = 2
    UNREADABLE = 3
    UNWRITABLE = 4
    PARTLY = 5
    REFUSED = 6
    STORE_IN_USE = 7
    INTERRUPTED = 130


class ChuandaoError(Exception):
    """One line in Chinese: which file, what is wrong, what to do."""

    exit_code = ExitCode.REFUSED

    def __init__(self, message: str, *, reason: str | None = None) -> None:
        """`reason`: a short code for ledgers, such as ENCRYPTED; None where the line alone says it."""
        super().__init__(message)
        self.reason = reason


class UsageError(ChuandaoError):
    exit_code = ExitCode.USAGE


class UnreadableInput(ChuandaoError):
    exit_code = ExitCode.UNREADABLE


class UnwritableOutput(ChuandaoError):
    exit_code = ExitCode.UNWRITABLE


class Refused(ChuandaoError):
    exit_code = ExitCode.REFUSED
