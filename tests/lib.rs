//! End to end: the program as its users meet it.
