//! End to end: the program as its users meet it.

#[cfg(test)]
mod arrows;
