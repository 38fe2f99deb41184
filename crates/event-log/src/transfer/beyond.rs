use super::Carried;
use crate::{EventLog, LogError, pages::Pages};

/// How many events `log` holds behind the beginning that it has in common with `other`: 0 where `other`
/// holds all of it.
///
/// # Errors
/// What the logs report.
pub async fn beyond(log: &dyn EventLog, other: &dyn EventLog) -> Result<u64, LogError> {
    let (mut own, mut theirs) = (Pages::new(log), Pages::new(other));
    let mut common = true;
    let mut beyond = 0;
    while let Some(event) = own.next().await? {
        if common {
            let line = Carried::from(event).line()?;
            common = match theirs.next().await? {
                Some(event) => Carried::from(event).line()? == line,
                None => false,
            };
        }
        beyond += u64::from(!common);
    }
    Ok(beyond)
}
