//! Spreadsheets in: find the header, read what people typed, send commands, give back what could not be read.
