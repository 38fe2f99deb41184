//! One file per question a person asks: its table, its fold, its query, its tests.
