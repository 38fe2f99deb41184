use std::{
    collections::{BTreeMap, BTreeSet},
    io::{self, Write},
    rc::Rc,
};

use domain::{Aggregate as _, cadre::Cadre};
use event_log::Recorded;
use serde::Serialize;

use super::Mined;

/// Writes a log as OCEL 2.0 (Berti et al., OCEL Object-Centric Event Log 2.0 Specification, 2023): event
/// by event as it is given them. An event belongs to its own stream, to the people it concerns, and to the
/// unit that acted.
pub(super) struct Ocel<W> {
    to: W,
    events: u64,
    /// The names that events have.
    types: BTreeSet<String>,
    /// The type of each object, by id.
    objects: BTreeMap<String, Rc<str>>,
    categories: BTreeSet<Rc<str>>,
}

#[derive(Serialize)]
struct Event<'a> {
    id: String,
    #[serde(rename = "type")]
    name: &'a str,
    time: String,
    attributes: Vec<Attribute<'a>>,
    relationships: Vec<Relationship<'a>>,
}

#[derive(Serialize)]
struct Attribute<'a> {
    name: &'static str,
    value: &'a str,
}

#[derive(Serialize)]
struct Relationship<'a> {
    #[serde(rename = "objectId")]
    object: &'a str,
    qualifier: &'static str,
}

#[derive(Serialize)]
struct Object<'a> {
    id: &'a str,
    #[serde(rename = "type")]
    category: &'a str,
    attributes: [(); 0],
    relationships: [(); 0],
}

#[derive(Serialize)]
struct Type<'a> {
    name: &'a str,
    attributes: &'a [Declared],
}

#[derive(Serialize)]
struct Declared {
    name: &'static str,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// What every event says besides its relations.
const ATTRIBUTES: [Declared; 4] = {
    const fn declared(name: &'static str, kind: &'static str) -> Declared {
        Declared { name, kind }
    }
    [
        declared("recorded", "time"),
        declared("actor", "string"),
        declared("role", "string"),
        declared("rules", "string"),
    ]
};

/// The type of the units.
const UNIT: &str = "unit";

impl<W: Write> Ocel<W> {
    pub(super) fn new(mut to: W) -> io::Result<Self> {
        to.write_all(b"{\"events\":[")?;
        Ok(Ocel {
            to,
            events: 0,
            types: BTreeSet::new(),
            objects: BTreeMap::new(),
            categories: BTreeSet::new(),
        })
    }

    pub(super) fn add(&mut self, recorded: &Recorded) -> io::Result<()> {
        let metadata = &recorded.metadata;
        let own = recorded.stream.as_str();
        let people: Vec<String> = metadata
            .subjects
            .iter()
            .map(|person| format!("{}-{person}", Cadre::CATEGORY))
            .collect();
        let unit = format!("{UNIT}-{}", metadata.actor.unit);
        let moment = metadata.recorded.to_string();
        let related = |object, qualifier| Relationship { object, qualifier };
        let others = people.iter().filter(|person| *person != own);
        let mut relationships = vec![related(own, "stream")];
        relationships.extend(others.map(|person| related(person.as_str(), "subject")));
        relationships.push(related(unit.as_str(), UNIT));
        let event = Event {
            id: recorded.id.to_string(),
            name: &recorded.name,
            time: metadata.occurred.earliest().to_string(),
            attributes: vec![
                Attribute {
                    name: "recorded",
                    value: &moment,
                },
                Attribute {
                    name: "actor",
                    value: &metadata.actor.id,
                },
                Attribute {
                    name: "role",
                    value: &metadata.actor.role,
                },
                Attribute {
                    name: "rules",
                    value: &metadata.rules,
                },
            ],
            relationships,
        };
        if self.events > 0 {
            self.to.write_all(b",\n")?;
        }
        serde_json::to_writer(&mut self.to, &event)?;
        self.events += 1;
        if !self.types.contains(&*recorded.name) {
            self.types.insert(recorded.name.to_string());
        }
        self.object(own.to_owned(), recorded.stream.category());
        for person in people {
            self.object(person, Cadre::CATEGORY);
        }
        self.object(unit, UNIT);
        Ok(())
    }

    pub(super) fn finish(mut self) -> io::Result<(Mined, W)> {
        self.to.write_all(b"],\n\"objects\":[")?;
        for (number, (id, category)) in self.objects.iter().enumerate() {
            if number > 0 {
                self.to.write_all(b",\n")?;
            }
            let object = Object {
                id,
                category,
                attributes: [],
                relationships: [],
            };
            serde_json::to_writer(&mut self.to, &object)?;
        }
        let types = |names: &mut dyn Iterator<Item = &str>, attributes| {
            let declared = names.map(|name| serde_json::json!(Type { name, attributes }));
            serde_json::Value::Array(declared.collect())
        };
        let events = types(&mut self.types.iter().map(String::as_str), &ATTRIBUTES[..]);
        let objects = types(&mut self.categories.iter().map(|name| &**name), &[]);
        self.to.write_all(b"],\n\"eventTypes\":")?;
        serde_json::to_writer(&mut self.to, &events)?;
        self.to.write_all(b",\n\"objectTypes\":")?;
        serde_json::to_writer(&mut self.to, &objects)?;
        self.to.write_all(b"}\n")?;
        self.to.flush()?;
        let mined = Mined {
            events: self.events,
            objects: self.objects.len() as u64,
        };
        Ok((mined, self.to))
    }

    fn object(&mut self, id: String, category: &str) {
        let category = match self.categories.get(category) {
            Some(known) => Rc::clone(known),
            None => {
                let new: Rc<str> = category.into();
                self.categories.insert(Rc::clone(&new));
                new
            }
        };
        self.objects.entry(id).or_insert(category);
    }
}
