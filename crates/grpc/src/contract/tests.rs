use serde_json::{Value as Json, json};

use super::*;

fn method(service: &str, name: &str) -> &'static Method {
    let service = services().iter().find(|s| s.name == service).unwrap();
    service.methods.iter().find(|m| m.name == name).unwrap()
}

fn read(request: Json) -> Result<Json, Vec<(String, String)>> {
    let described = method("visit", "record").described().input();
    match super::request(&described, request) {
        Ok(message) => Ok(serde_json::to_value(shown(&message)).unwrap()),
        Err(app::Error::Invalid(faults)) => Err(faults
            .into_iter()
            .map(|fault| (fault.field, fault.en))
            .collect()),
        Err(other) => panic!("{other}"),
    }
}

#[test]
fn the_descriptions_are_read_and_every_field_says_what_it_is() {
    assert!(services().len() > 8);
    let record = method("visit", "record");
    assert!(record.about.contains("走访"), "{}", record.about);
    assert!(record.is_command() && !method("petition", "list").is_command());
    assert!(method("import", "import").streams());
    let visit = record.fields().into_iter().find(|f| f.name == "visit");
    let Some(Field {
        shape: Shape::Message(fields),
        required: true,
        ..
    }) = visit
    else {
        panic!("a visit is required");
    };
    assert!(fields.iter().all(|field| !field.about.is_empty()));
}

#[test]
fn a_request_is_read_from_words_and_numbers_or_from_texts_alike() {
    let plain = json!({"dry_run": true, "visit": {
        "mode": "home", "money": 500, "visitors": [{"name": "王芳"}], "purpose": {"kind": "routine"},
    }});
    let texts = json!({"dry_run": "true", "source": null, "visit": {
        "mode": "home", "money": "500", "visitors": [{"name": "王芳"}], "purpose": {"kind": "routine"},
    }});
    let read_plain = read(plain).unwrap();
    assert_eq!(read(texts).unwrap(), read_plain);
    let visit = &read_plain["visit"];
    assert_eq!(
        (&visit["mode"], &visit["money"]),
        (&json!("home"), &json!(500))
    );
    assert_eq!(
        visit["purpose"],
        json!({"kind": "routine"}),
        "only what was chosen"
    );
    assert_eq!(
        (&visit["place"], &read_plain["source"]),
        (&Json::Null, &Json::Null)
    );
}

#[test]
fn every_fault_of_a_request_is_found_under_its_path() {
    let faults = read(json!({
        "dry_run": "perhaps",
        "visit": {
            "mode": "MODE_HOME", "money": -5, "weather": "fine", "goods": 3,
            "visitors": [{"name": "王芳"}, "李明"],
            "purpose": {"kind": "routine", "other": "路过"},
        },
    }));
    let mut faults = faults.unwrap_err();
    faults.sort();
    let fields: Vec<&str> = faults.iter().map(|(field, _)| field.as_str()).collect();
    let expected = [
        "dry_run",
        "visit.goods",
        "visit.mode",
        "visit.money",
        "visit.purpose.other",
        "visit.visitors[1]",
        "visit.weather",
    ];
    assert_eq!(fields, expected);
    assert!(
        faults[2].1.contains("home, hospital"),
        "it names the words: {}",
        faults[2].1
    );
    assert_eq!(read(json!([])).unwrap_err()[0].0, "request");
}

#[test]
fn no_request_holds_a_map_and_none_has_no_end() {
    fn within(message: &MessageDescriptor, inside: &mut Vec<String>) {
        assert!(
            !inside.contains(&message.full_name().to_owned()),
            "{inside:?}"
        );
        inside.push(message.full_name().to_owned());
        for field in message.fields() {
            assert!(
                !field.is_map(),
                "a flag has no form for {}",
                field.full_name()
            );
            if let Kind::Message(inner) = field.kind() {
                within(&inner, inside);
            }
        }
        inside.pop();
    }
    for method in services().iter().flat_map(|service| &service.methods) {
        within(&method.described().input(), &mut Vec::new());
    }
}
