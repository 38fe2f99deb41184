rejections! {
    /// Why a command on a medal is refused.
    pub enum MedalRejection {
        /// Placeholder until the rules are written.
        Unwritten = "medal_unwritten", "not yet", "尚未";
    }
}
