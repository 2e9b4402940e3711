"""The nouns: what a plan says and where, what it hands down, how it was answered.

This room knows no other room. Records that leave the house as JSON are frozen pydantic models (CONTRACT: plan/1,
check/1, facts/1, decisions/1, trace/1); records that live while one file is read are frozen slotted dataclasses.
"""
