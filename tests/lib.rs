//! End to end: the program as its users meet it.

#[cfg(test)]
mod arrows;
#[cfg(test)]
mod bad_input;
#[cfg(test)]
mod bundles;
#[cfg(test)]
mod errors;
#[cfg(test)]
mod fund_report;
#[cfg(test)]
mod funds;
#[cfg(test)]
mod keeping;
#[cfg(test)]
mod kurrentdb;
#[cfg(test)]
mod kurrentdb_access;
#[cfg(test)]
mod kurrentdb_double;
#[cfg(test)]
mod ledger;
#[cfg(test)]
mod ledgers;
#[cfg(test)]
mod operations;
#[cfg(test)]
mod petitions;
#[cfg(test)]
mod procedure;
#[cfg(test)]
mod program;
#[cfg(test)]
mod readme;
#[cfg(test)]
mod recount;
#[cfg(test)]
mod rules;
#[cfg(test)]
mod served;
#[cfg(test)]
mod soak;
#[cfg(test)]
mod year;
