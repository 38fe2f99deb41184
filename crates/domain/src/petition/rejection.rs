rejections! {
    /// Why a command on a petition is refused.
    pub enum PetitionRejection {
        /// Placeholder until the rules are written.
        Unwritten = "petition_unwritten", "not yet", "尚未";
    }
}
