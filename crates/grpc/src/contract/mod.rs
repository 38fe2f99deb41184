//! The API as its protos describe it, for programs that offer every call without knowing any: the
//! services with their calls, what each asks with the comments of the protos, requests read from
//! JSON, and answers in the order of their fields.
//!
//! JSON here has the names of the protos and the words of the record: an enum is its value's word
//! (`serious_illness`), what was not given is `null`, a number is a number. Requests are read more
//! widely: a number or a yes-or-no may be a text, so that flags are read by the same code.

mod codec;
mod names;
mod read;
mod shown;
#[cfg(test)]
mod tests;

use std::{collections::HashMap, sync::OnceLock};

use prost_reflect::{
    Cardinality, DescriptorError, DescriptorPool, EnumDescriptor, FieldDescriptor, FileDescriptor,
    Kind, MessageDescriptor, MethodDescriptor, ServiceDescriptor,
};

pub(crate) use codec::Dynamic;
pub(crate) use read::request;
pub use shown::Shown;
pub(crate) use shown::message as shown;

use crate::pb;

/// The API.
#[derive(Default)]
struct Contract {
    services: Vec<Service>,
    comments: Comments,
}

/// All services of the API, in the order of their names.
pub fn services() -> &'static [Service] {
    &contract().services
}

fn contract() -> &'static Contract {
    static CONTRACT: OnceLock<Contract> = OnceLock::new();
    CONTRACT.get_or_init(|| {
        Contract::read().unwrap_or_else(|error| {
            // The descriptors are compiled in, and a test reads them: this is for completeness.
            tracing::error!("the API's description cannot be read: {error}");
            Contract::default()
        })
    })
}

impl Contract {
    fn read() -> Result<Self, DescriptorError> {
        let pool = DescriptorPool::decode(pb::DESCRIPTORS)?;
        let comments = Comments::of(&pool);
        let service = |described: ServiceDescriptor| {
            let about = |place: &[i32]| comments.at(&described.parent_file(), place);
            let noun = names::words(described.name().trim_end_matches("Service"));
            let method = |described: MethodDescriptor| Method {
                name: names::of_call(&names::words(described.name()), &noun),
                about: about(described.path()),
                described,
            };
            Service {
                name: noun.join("-"),
                about: about(described.path()),
                methods: described.methods().map(method).collect(),
            }
        };
        let mut services: Vec<Service> = pool.services().map(service).collect();
        services.sort_by(|a, b| a.name.cmp(&b.name));
        Ok(Contract { services, comments })
    }
}

/// A service of the API.
pub struct Service {
    /// What it is about, such as `petition`.
    pub name: String,
    /// The proto's comment.
    pub about: String,
    /// Its calls, in the order of the proto.
    pub methods: Vec<Method>,
}

/// A call of a service.
pub struct Method {
    /// What it does, such as `accept`: the call's name without what its service is about.
    pub name: String,
    /// The proto's comment.
    pub about: String,
    described: MethodDescriptor,
}

impl Method {
    /// The name in the proto, such as `sangyu.v1.PetitionService.AcceptPetition`.
    pub fn full_name(&self) -> &str {
        self.described.full_name()
    }

    /// Whether the request or the answer comes in parts.
    pub fn streams(&self) -> bool {
        self.described.is_client_streaming() || self.described.is_server_streaming()
    }

    /// Whether it is a wish, which may change the record, rather than a question.
    pub fn is_command(&self) -> bool {
        self.described
            .input()
            .get_field_by_name("request_id")
            .is_some()
    }

    /// What it asks.
    pub fn fields(&self) -> Vec<Field> {
        fields(&self.described.input())
    }

    pub(crate) fn described(&self) -> &MethodDescriptor {
        &self.described
    }
}

/// A field of a request.
pub struct Field {
    /// Its name in the proto.
    pub name: String,
    /// The proto's comment.
    pub about: String,
    /// Whether the comment says that it must be given.
    pub required: bool,
    /// Whether there may be several.
    pub repeated: bool,
    /// What it holds.
    pub shape: Shape,
}

/// What a field holds.
pub enum Shape {
    /// A text; dates, moments and ids are texts too.
    Text,
    /// A number.
    Number,
    /// Yes or no. So is a message without fields: it is there or not.
    YesNo,
    /// Bytes, in base64.
    Bytes,
    /// One of these words, each with its comment.
    Word(Vec<(String, String)>),
    /// Fields of its own.
    Message(Vec<Field>),
}

/// The fields of a message; a test holds that none is a part of itself.
fn fields(message: &MessageDescriptor) -> Vec<Field> {
    let (comments, file) = (&contract().comments, message.parent_file());
    let field = |field: FieldDescriptor| {
        let about = comments.at(&file, field.path());
        Field {
            required: about.contains("Required."),
            about,
            repeated: field.cardinality() == Cardinality::Repeated,
            shape: shape(&field.kind()),
            name: field.name().to_owned(),
        }
    };
    message.fields().map(field).collect()
}

fn shape(kind: &Kind) -> Shape {
    match kind {
        Kind::String => Shape::Text,
        Kind::Bool => Shape::YesNo,
        Kind::Bytes => Shape::Bytes,
        Kind::Double
        | Kind::Float
        | Kind::Int32
        | Kind::Int64
        | Kind::Uint32
        | Kind::Uint64
        | Kind::Sint32
        | Kind::Sint64
        | Kind::Fixed32
        | Kind::Fixed64
        | Kind::Sfixed32
        | Kind::Sfixed64 => Shape::Number,
        Kind::Enum(described) => Shape::Word(words(described)),
        Kind::Message(message) => match fields(message) {
            none if none.is_empty() => Shape::YesNo,
            fields => Shape::Message(fields),
        },
    }
}

/// The words of an enum, without the one that means that none was given.
fn words(described: &EnumDescriptor) -> Vec<(String, String)> {
    let (comments, file) = (&contract().comments, described.parent_file());
    let values = described.values().filter(|value| value.number() != 0);
    values
        .map(|value| (names::of_value(&value), comments.at(&file, value.path())))
        .collect()
}

/// The comments of the protos: of each file, by the place of what they stand before.
#[derive(Default)]
struct Comments(HashMap<String, HashMap<Vec<i32>, String>>);

impl Comments {
    fn of(pool: &DescriptorPool) -> Self {
        let comments = pool.file_descriptor_protos().map(|file| {
            let locations = file.source_code_info.iter().flat_map(|info| &info.location);
            let commented = locations.filter_map(|location| {
                let lines = location.leading_comments.as_deref()?.lines();
                let text = lines.map(str::trim).collect::<Vec<_>>().join(" ");
                Some((location.path.clone(), text.trim().to_owned()))
            });
            (file.name().to_owned(), commented.collect())
        });
        Comments(comments.collect())
    }

    fn at(&self, file: &FileDescriptor, place: &[i32]) -> String {
        let comment = self.0.get(file.name()).and_then(|file| file.get(place));
        comment.cloned().unwrap_or_default()
    }
}
