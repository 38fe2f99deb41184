//! The ledger is signed while the server runs, and once more when it ends.

use std::{future::ready, sync::Arc};

use event_log::{Append, EventLog as _, Expected, contract};
use ledger::Folder;

use super::world;

#[tokio::test]
async fn whoever_is_told_to_end_signs_what_one_checkpoint_reaches_and_the_next_start_the_rest() {
    let world = world();
    let dir = tempfile::tempdir().unwrap();
    let folder = Folder::at(&dir.path().join("ledger"));
    let secret = Arc::new(folder.secret("test", [7; 32]).unwrap());
    let app = world.app.clone().with_ledger(folder, vec![]);
    // More than two checkpoints reach: one before it asks whether it is to end, one after.
    let events: u64 = 131_072 + 1;
    let stream = contract::stream("long").unwrap();
    let many = (1..=events).map(|n| contract::event(n.into())).collect();
    let append = Append {
        stream,
        expected: Expected::NoStream,
        events: many,
    };
    world.log.append_each(vec![append]).await;
    let signed = || app.checkpoint().unwrap().checkpoint.size;

    app.keep_signing(secret.clone(), ready(())).await;
    assert!((1..events).contains(&signed()), "{} of {events}", signed());
    app.keep_signing(secret, ready(())).await;
    assert_eq!(signed(), events);
}
