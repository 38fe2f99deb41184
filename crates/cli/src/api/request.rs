//! The request of a call, from its flags or a file.

use std::io::Read as _;

use app::{Ids as _, SystemIds};
use clap::ArgMatches;
use grpc::contract::Shape;
use serde_json::{Map, Value as Json};

use super::{
    Call,
    flags::{self, Flag, JSON, Step},
};
use crate::{
    desk::Desk,
    failure::{Exit, Failure},
    named,
};

/// The request in the file that is named, `-` being the standard input; empty if none is.
pub(super) fn from_file(given: &ArgMatches) -> Result<Json, Failure> {
    let Some(path) = given.get_one::<String>(JSON) else {
        return Ok(Json::Object(Map::new()));
    };
    let file = std::path::Path::new(path);
    let read = match path.as_str() {
        "-" => {
            let mut text = String::new();
            std::io::stdin().read_to_string(&mut text).map(|_| text)
        }
        _ if !file.is_file() => return Err(Failure::no_file(file)),
        _ => std::fs::read_to_string(file),
    };
    let text = read.map_err(|e| Failure::io("read", file, &e))?;
    serde_json::from_str(&text).map_err(|e| {
        Failure::new(
            Exit::Refused,
            "json_invalid",
            format!("{path} is no JSON: {e}"),
            format!("{path} 不是 JSON：{e}"),
        )
    })
}

/// The whole request with what the flags say, in their order. A wish without an id gets one.
pub(super) async fn of(call: &Call<'_>, whole: Json, desk: &Desk) -> Result<Json, Failure> {
    let Json::Object(mut request) = whole else {
        return Ok(whole);
    };
    let flags = flags::of(call.method);
    let mut given: Vec<(usize, &Flag, &String)> = Vec::new();
    for flag in &flags {
        let id = flag.id();
        let places = call.given.indices_of(&id).into_iter().flatten();
        let values = call.given.get_many::<String>(&id).into_iter().flatten();
        given.extend(places.zip(values).map(|(at, value)| (at, flag, value)));
    }
    given.sort_by_key(|(at, ..)| *at);
    for (_, flag, value) in given {
        let value = meant(call, flag, value, desk).await?;
        put(&mut request, &flag.path, value);
    }
    if call.method.is_command() {
        let id = request.entry("request_id").or_insert(Json::Null);
        if id.is_null() {
            *id = SystemIds.next().to_string().into();
        }
    }
    Ok(Json::Object(request))
}

/// What a value means: a person may be named by ID number, a petition by its number.
async fn meant(call: &Call<'_>, flag: &Flag, value: &str, desk: &Desk) -> Result<Json, Failure> {
    let (Shape::Text, Some(last)) = (&flag.shape, flag.path.last()) else {
        return Ok(value.into());
    };
    // The record that a command is about is called `id` everywhere.
    let what = match (last.name.as_str(), call.service.name.as_str()) {
        ("person", _) | ("id", "cadre") => named::person(desk, value).await?.to_string(),
        ("petition", _) | ("id", "petition") => named::petition(desk, value).await?.to_string(),
        _ => value.to_owned(),
    };
    Ok(what.into())
}

/// Puts a value at the end of the way. Of a repeated message the last one is filled, and a field
/// that it has already begins the next.
fn put(object: &mut Map<String, Json>, way: &[Step], value: Json) {
    let Some((step, further)) = way.split_first() else {
        return;
    };
    let place = object
        .entry(&step.name)
        .or_insert_with(|| match step.repeated {
            true => Json::Array(Vec::new()),
            false => Json::Null,
        });
    let place = match place {
        Json::Array(items) => {
            let begins = further.is_empty() || items.last().is_none_or(|item| has(item, further));
            if begins {
                items.push(Json::Null);
            }
            match items.last_mut() {
                Some(item) => item,
                None => return,
            }
        }
        place => place,
    };
    if further.is_empty() {
        *place = value;
        return;
    }
    if !place.is_object() {
        *place = Json::Object(Map::new());
    }
    if let Json::Object(inner) = place {
        put(inner, further, value);
    }
}

/// Whether the place at the end of the way is taken, and holds no more than one.
fn has(item: &Json, way: &[Step]) -> bool {
    match way.split_first() {
        None => true,
        Some((step, further)) => {
            !step.repeated
                && item
                    .get(&step.name)
                    .is_some_and(|inner| has(inner, further))
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn way(path: &str) -> Vec<Step> {
        let step = |name: &str| Step {
            name: name.trim_end_matches('*').to_owned(),
            repeated: name.ends_with('*'),
        };
        path.split('.').map(step).collect()
    }

    #[test]
    fn a_field_given_again_begins_the_next_of_a_list() {
        let mut request = Map::new();
        for (path, value) in [
            ("visit.visitors*.name", "王芳"),
            ("visit.visitors*.name", "李明"),
            ("visit.visitors*.account", "li.ming"),
            ("visit.needs*", "药"),
            ("visit.needs*", "米"),
        ] {
            put(&mut request, &way(path), value.into());
        }
        let expected = json!({"visit": {
            "visitors": [{"name": "王芳"}, {"name": "李明", "account": "li.ming"}],
            "needs": ["药", "米"],
        }});
        assert_eq!(Json::Object(request), expected);
    }
}
