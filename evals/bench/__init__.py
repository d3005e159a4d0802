"""Benchmarks on public data, side by side with the parts that the product is built from."""
