//! What every log must do, as one suite that runs on all of them.
