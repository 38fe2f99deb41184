use std::collections::BTreeSet;

use serde_json::Value;
use views::testing::{Past, life};

use super::{Mined, Miner, Notation};

fn past() -> Past {
    let mut past = Past::default();
    life(0).into_iter().for_each(|then| then(&mut past));
    past
}

fn xes(category: &str) -> Notation {
    let category = category.to_owned();
    Notation::Xes { category }
}

fn mined(past: &Past, notation: Notation) -> (Mined, Vec<u8>) {
    let mut miner = Miner::new(notation, Vec::new()).unwrap();
    past.events
        .iter()
        .for_each(|event| miner.add(event).unwrap());
    miner.finish().unwrap()
}

#[test]
fn every_event_is_there_once_and_every_object_it_names_is_declared() {
    let past = past();
    let (mined, bytes) = mined(&past, Notation::Ocel);
    let file: Value = serde_json::from_slice(&bytes).unwrap();
    let list = |name: &str| file[name].as_array().unwrap().clone();
    let names = |list: &[Value], key: &str| -> BTreeSet<String> {
        list.iter()
            .map(|item| item[key].as_str().unwrap().to_owned())
            .collect()
    };
    let (events, objects) = (list("events"), list("objects"));
    assert_eq!(
        (mined.events, mined.objects),
        (events.len() as u64, objects.len() as u64)
    );
    let ids: BTreeSet<String> = past.events.iter().map(|e| e.id.to_string()).collect();
    assert_eq!(
        (names(&events, "id"), events.len()),
        (ids, past.events.len())
    );
    assert_eq!(names(&events, "type"), names(&list("eventTypes"), "name"));
    assert_eq!(names(&objects, "type"), names(&list("objectTypes"), "name"));
    let declared = names(&objects, "id");
    for event in &events {
        let related = event["relationships"].as_array().unwrap();
        assert!(names(related, "objectId").is_subset(&declared));
        assert_eq!(
            related
                .iter()
                .filter(|r| r["qualifier"] == "stream")
                .count(),
            1
        );
    }
}

#[test]
fn nothing_that_was_written_about_anyone_is_in_it() {
    let past = past();
    let both = [Notation::Ocel, xes("visit")].map(|notation| mined(&past, notation).1);
    let text = String::from_utf8(both.concat()).unwrap();
    for personal in ["走访人甲", "身体尚好", "申请家庭病床", "反映医药费报销"]
    {
        assert!(!text.contains(personal), "{personal}");
    }
}

#[test]
fn each_stream_of_the_category_is_a_case_in_the_order_of_the_log() {
    let mut past = past();
    std::sync::Arc::make_mut(&mut past.events[0].metadata.actor).unit = "<\"&\u{1}>".to_owned();
    let category = past.events[0].stream.category().to_owned();
    let (mined, bytes) = mined(&past, xes(&category));
    let of = past
        .events
        .iter()
        .filter(|e| e.stream.category() == category);
    let streams: BTreeSet<_> = of.clone().map(|e| e.stream.as_str()).collect();
    let expected = Mined {
        events: of.clone().count() as u64,
        objects: streams.len() as u64,
    };
    assert_eq!(mined, expected);
    let text = String::from_utf8(bytes).unwrap();
    assert_eq!(text.matches("<trace>").count() as u64, mined.objects);
    assert!(text.contains(r#"value="&lt;&quot;&amp;>""#));
    let of_first = of.filter(|e| e.stream == past.events[0].stream);
    let mut from = 0;
    for event in of_first {
        from += text[from..].find(&event.id.to_string()).unwrap();
    }
}
