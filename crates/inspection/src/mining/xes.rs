use std::{
    collections::BTreeMap,
    fmt::Write as _,
    io::{self, Write},
};

use event_log::Recorded;

use super::Mined;

/// Writes the streams of one category as XES (IEEE 1849-2016): each stream is a case.
pub(super) struct Xes<W> {
    to: W,
    category: String,
    events: u64,
    /// The events of each case, written already.
    cases: BTreeMap<String, String>,
}

const HEAD: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<log xes.version="1849-2016" xes.features="" xmlns="http://www.xes-standard.org/">
<extension name="Concept" prefix="concept" uri="http://www.xes-standard.org/concept.xesext"/>
<extension name="Time" prefix="time" uri="http://www.xes-standard.org/time.xesext"/>
<extension name="Organizational" prefix="org" uri="http://www.xes-standard.org/org.xesext"/>
<extension name="Lifecycle" prefix="lifecycle" uri="http://www.xes-standard.org/lifecycle.xesext"/>
<classifier name="Activity" keys="concept:name"/>
"#;

impl<W: Write> Xes<W> {
    /// Of the streams of this category, such as `petition`.
    pub(super) fn new(category: String, to: W) -> Self {
        Xes {
            to,
            category,
            events: 0,
            cases: BTreeMap::new(),
        }
    }

    /// Takes an event; one of another category is left out.
    pub(super) fn add(&mut self, recorded: &Recorded) {
        if recorded.stream.category() != self.category {
            return;
        }
        let metadata = &recorded.metadata;
        let mut event = String::from("<event>");
        let mut attribute = |kind, key, value: &str| {
            // Writing to a string does not fail.
            let _ = write!(event, r#"<{kind} key="{key}" value="{}"/>"#, escaped(value));
        };
        attribute("string", "concept:name", &recorded.name);
        attribute("id", "identity:id", &recorded.id.to_string());
        attribute(
            "date",
            "time:timestamp",
            &metadata.occurred.earliest().to_string(),
        );
        attribute("date", "recorded", &metadata.recorded.to_string());
        attribute("string", "org:resource", &metadata.actor.id);
        attribute("string", "org:role", &metadata.actor.role);
        attribute("string", "org:group", &metadata.actor.unit);
        attribute("string", "lifecycle:transition", "complete");
        event.push_str("</event>\n");
        self.events += 1;
        let case = self.cases.entry(recorded.stream.as_str().to_owned());
        case.or_default().push_str(&event);
    }

    pub(super) fn finish(mut self) -> io::Result<(Mined, W)> {
        self.to.write_all(HEAD.as_bytes())?;
        for (case, events) in &self.cases {
            let name = escaped(case);
            write!(
                self.to,
                "<trace><string key=\"concept:name\" value=\"{name}\"/>\n{events}</trace>\n"
            )?;
        }
        self.to.write_all(b"</log>\n")?;
        self.to.flush()?;
        let mined = Mined {
            events: self.events,
            objects: self.cases.len() as u64,
        };
        Ok((mined, self.to))
    }
}

/// As the value of an attribute. What XML cannot hold at all is left out.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '"' => escaped.push_str("&quot;"),
            control if control.is_control() => {}
            plain => escaped.push(plain),
        }
    }
    escaped
}
