"""Proofs of the store by breaking it: each harness takes a count, short in the suite and full in the benchmarks."""
