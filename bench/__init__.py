"""Benchmarks: each measures one thing on this machine and says what it is compared with."""
