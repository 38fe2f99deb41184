rejections! {
    /// Why a command on a hardship is refused.
    pub enum HardshipRejection {
        /// Placeholder until the rules are written.
        Unwritten = "hardship_unwritten", "not yet", "尚未";
    }
}
