//! Reads a request from JSON and keeps every fault it finds, each under its path.

use std::str::FromStr;

use app::Error;
use base64::{Engine as _, prelude::BASE64_STANDARD};
use prost_reflect::{
    DynamicMessage, EnumDescriptor, FieldDescriptor, Kind, MessageDescriptor, Value,
};
use serde_json::Value as Json;

use super::names;
use crate::fields::{Faults, Fields};

/// Reads a request. A field that is `null` is one not given; one that there is not is a fault.
pub(crate) fn request(described: &MessageDescriptor, json: Json) -> Result<DynamicMessage, Error> {
    let faults = Faults::default();
    let read = match json {
        Json::Object(_) => message(&faults.root(), described, json),
        _ => {
            let (en, zh) = ("it is no JSON object", "不是 JSON 对象");
            return Err(Error::invalid("request", en, zh));
        }
    };
    faults.check(read)
}

fn message(f: &Fields<'_>, described: &MessageDescriptor, json: Json) -> Option<DynamicMessage> {
    let Json::Object(given) = json else {
        return None;
    };
    let mut message = DynamicMessage::new(described.clone());
    let mut whole = true;
    for (name, json) in given {
        if json.is_null() {
            continue;
        }
        let read = match described.get_field_by_name(&name) {
            Some(field) => field_value(f, &field, json).map(|value| (field, value)),
            None => refuse(f, &name, "there is no such field", "没有此字段"),
        };
        let Some((field, value)) = read else {
            whole = false;
            continue;
        };
        let another = field
            .containing_oneof()
            .and_then(|oneof| oneof.fields().find(|other| message.has_field(other)));
        if let Some(another) = another {
            let (en, zh) = (
                format!("it cannot be given together with {}", another.name()),
                format!("不能与 {} 同时填写", another.name()),
            );
            f.fault(&name, en, zh);
            whole = false;
        } else if message.try_set_field(&field, value).is_err() {
            f.fault(&name, "it cannot be given here", "此处不能填写");
            whole = false;
        }
    }
    whole.then_some(message)
}

fn field_value(f: &Fields<'_>, field: &FieldDescriptor, json: Json) -> Option<Value> {
    let (name, kind) = (field.name(), field.kind());
    if !field.is_list() {
        return value(f, name, &kind, json);
    }
    let Json::Array(items) = json else {
        return refuse(f, name, "it is no list", "应为列表");
    };
    let items = items.into_iter().enumerate();
    let values: Vec<Option<Value>> = items
        .map(|(at, item)| value(f, &format!("{name}[{at}]"), &kind, item))
        .collect();
    values.into_iter().collect::<Option<_>>().map(Value::List)
}

fn value(f: &Fields<'_>, name: &str, kind: &Kind, json: Json) -> Option<Value> {
    match kind {
        Kind::String => match json {
            Json::String(text) => Some(Value::String(text)),
            _ => refuse(f, name, "it is no text", "应为文本"),
        },
        Kind::Bool => yes_no(f, name, &json).map(Value::Bool),
        Kind::Int32 | Kind::Sint32 | Kind::Sfixed32 => number(f, name, &json).map(Value::I32),
        Kind::Int64 | Kind::Sint64 | Kind::Sfixed64 => number(f, name, &json).map(Value::I64),
        Kind::Uint32 | Kind::Fixed32 => number(f, name, &json).map(Value::U32),
        Kind::Uint64 | Kind::Fixed64 => number(f, name, &json).map(Value::U64),
        Kind::Float => number(f, name, &json).map(Value::F32),
        Kind::Double => number(f, name, &json).map(Value::F64),
        Kind::Bytes => match json.as_str().map(|text| BASE64_STANDARD.decode(text)) {
            Some(Ok(bytes)) => Some(Value::Bytes(bytes.into())),
            Some(Err(_)) | None => refuse(f, name, "it is not in base64", "应为 base64 编码"),
        },
        Kind::Enum(described) => word(f, name, described, &json),
        Kind::Message(described) => match json {
            Json::Object(_) => message(&f.inside(name), described, json),
            _ if described.fields().len() == 0 => {
                // There is nothing to say of it but that it is there.
                match yes_no(f, name, &json)? {
                    true => Some(DynamicMessage::new(described.clone())),
                    false => refuse(f, name, "leave it out", "请不要填写"),
                }
            }
            _ => refuse(f, name, "it is no JSON object", "不是 JSON 对象"),
        }
        .map(Value::Message),
    }
}

fn yes_no(f: &Fields<'_>, name: &str, json: &Json) -> Option<bool> {
    match json {
        Json::Bool(yes) => Some(*yes),
        Json::String(text) if text == "true" => Some(true),
        Json::String(text) if text == "false" => Some(false),
        _ => refuse(
            f,
            name,
            "it is neither true nor false",
            "应为 true 或 false",
        ),
    }
}

fn number<N: FromStr>(f: &Fields<'_>, name: &str, json: &Json) -> Option<N> {
    let read = match json {
        Json::Number(number) => number.to_string().parse().ok(),
        Json::String(text) => text.parse().ok(),
        _ => None,
    };
    match read {
        Some(number) => Some(number),
        None => refuse(
            f,
            name,
            "it is no number that fits here",
            "不是此处可用的数字",
        ),
    }
}

fn word(f: &Fields<'_>, name: &str, described: &EnumDescriptor, json: &Json) -> Option<Value> {
    let given = json.as_str().unwrap_or_default();
    let mut values = described.values();
    if let Some(value) = values.find(|v| v.number() != 0 && names::of_value(v) == given) {
        return Some(Value::EnumNumber(value.number()));
    }
    let words = described.values().filter(|value| value.number() != 0);
    let words: Vec<String> = words.map(|value| names::of_value(&value)).collect();
    let (en, zh) = (
        format!("it is none of {}", words.join(", ")),
        format!("应为以下之一：{}", words.join("、")),
    );
    f.fault(name, en, zh);
    None
}

fn refuse<T>(f: &Fields<'_>, name: &str, en: &str, zh: &str) -> Option<T> {
    f.fault(name, en, zh);
    None
}
