"""The tests, the benchmarks and the proofs."""
