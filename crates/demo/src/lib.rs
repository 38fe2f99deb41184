//! A made-up bureau from a seed, built by the real commands.
