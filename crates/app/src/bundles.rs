//! What an inspector takes home.

use std::{
    fs::File,
    io::{Seek as _, SeekFrom},
    path::PathBuf,
    time::Duration,
};

use ::bundle::{Law, Made, Maker, Manifest, RuleText, Scope};
use ::inspection::{AsOf, Subject, select};
use calendar::Calendar;
use event_log::Recorded;
use ledger::{Checkpoint, Note};
use printout::Font;
use tokio::time::{Instant, sleep};

use crate::{App, Error, Reading, Rulebook, Signing};

/// How long what was just recorded may take to be signed.
const PATIENCE: Duration = Duration::from_secs(3);
/// How long until it is looked at again.
const PAUSE: Duration = Duration::from_millis(100);

/// A bundle that was made, in a nameless file that is gone once this is dropped.
#[derive(Debug)]
pub struct Bundle {
    /// Its bytes, from the first one.
    pub file: File,
    /// What it is and holds.
    pub manifest: Manifest,
    /// The characters that the printed report has no picture of.
    pub missing: String,
}

impl App {
    /// The same application, whose reports are printed with the font in this file instead of one that the
    /// system has.
    #[must_use]
    pub fn with_font(self, font: Option<PathBuf>) -> Self {
        App { font, ..self }
    }
}

/// The rules and the calendar of a bureau, as a bundle holds them.
///
/// # Errors
/// If a file that was read before cannot be read again.
pub fn bundled_law(rules: &Rulebook, calendar: &Calendar) -> Result<Law, Error> {
    let texts = rules.files().map(|(id, file)| RuleText {
        id: id.to_owned(),
        text: file.text.clone(),
    });
    Ok(Law::read(texts.collect(), calendar.text())?)
}

impl Reading {
    /// All that the reader may see of a subject as of a moment, with its proofs and a report, in one file
    /// that is checked offline; with a printed report if so wished. Nothing is recorded.
    ///
    /// # Errors
    /// [`Error::NotFound`] as [`Reading::dossier`], and if nothing counts at the moment; [`Error::Invalid`]
    /// for the whole bureau, of which no caller may see everything: where the log lies, `sangyu inspect
    /// bundle --all` makes one; as [`ledger::Folder::indices`]; [`printout::PrintError`].
    pub async fn bundle(
        &self,
        subject: Subject,
        as_of: AsOf,
        printed: bool,
    ) -> Result<Bundle, Error> {
        if subject == Subject::Bureau {
            return Err(Error::invalid(
                "subject",
                "a bundle of the whole bureau is made where its log lies: run `sangyu inspect bundle --all` there",
                "全局核查包须在日志所在处制作：请在该处运行 sangyu inspect bundle --all",
            ));
        }
        let asked = self.asked(subject, as_of);
        let events = self.events_of(&asked.subject).await?;
        let events = self.at_a_desk(move |_| Ok(select(&as_of, events)?)).await?;
        let (checkpoint, indices) = self.signed(&events).await?;
        let events: Vec<(u64, Recorded)> = indices.into_iter().zip(events).collect();
        let scope = Scope {
            subject: asked.subject,
            as_of,
            day: asked.day,
            asked_by: asked.reader,
        };
        let app = self.app.clone();
        self.at_a_desk(move |replay| {
            let font = printed.then(|| Font::choose(app.font.as_deref()));
            let font = font.transpose().map_err(::bundle::Error::from)?;
            let law = bundled_law(&app.parts.rules, &app.parts.calendar)?;
            let folder = &app.ledger()?.folder;
            let to = tempfile::tempfile().map_err(::bundle::Error::from)?;
            let mut maker = Maker::begin(to, &scope, &law, checkpoint, replay)?;
            maker.take(events)?;
            let made = maker.finish(folder, app.parts.clock.now(), font.as_ref())?;
            Ok(Bundle::of(made)?)
        })
        .await
    }

    /// The newest checkpoint and the numbers of these events in it. What was recorded just now is waited for
    /// while someone signs here.
    async fn signed(&self, events: &[Recorded]) -> Result<(Note, Vec<u64>), Error> {
        let ledger = self.app.ledger()?;
        let (folder, log) = (&ledger.folder, self.app.log().as_ref());
        let until = Instant::now() + PATIENCE;
        loop {
            let note = folder.note()?;
            let (Checkpoint { size, .. }, _) = folder.keys()?.open(&note)?;
            match folder.indices(log, events, size).await {
                Err(ledger::Error::EventUnsigned { .. })
                    if matches!(ledger.signing(), Signing::Following(_))
                        && Instant::now() < until =>
                {
                    sleep(PAUSE).await;
                }
                found => return Ok((note, found?)),
            }
        }
    }
}

impl Bundle {
    fn of(made: Made<File>) -> Result<Self, ::bundle::Error> {
        let mut file = made.to;
        file.seek(SeekFrom::Start(0))?;
        Ok(Bundle {
            file,
            manifest: made.manifest,
            missing: made.missing.into_iter().collect(),
        })
    }
}
