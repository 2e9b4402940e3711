"""Many files in, a ledger and a catalogue out (docs/archive.md).

from chuandao.archive.runner import Job, run_archive
summary = run_archive(Job((Path("历年规划"),), Path("档案库"), workers=2))
"""
