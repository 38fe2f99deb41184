use uuid::Uuid;

/// Where new ids come from.
pub trait Ids: Send + Sync + 'static {
    /// A new id, never given before; later ones sort behind earlier ones.
    fn next(&self) -> Uuid;
}

/// UUIDv7: the time first, so that ids are stored in the order they are made.
#[derive(Debug, Clone, Copy, Default)]
pub struct SystemIds;

impl Ids for SystemIds {
    #[allow(
        clippy::disallowed_methods,
        reason = "the one place where ids are made"
    )]
    fn next(&self) -> Uuid {
        Uuid::now_v7()
    }
}
