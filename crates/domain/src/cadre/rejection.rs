rejections! {
    /// Why a command on a cadre is refused.
    pub enum CadreRejection {
        /// Placeholder until the rules are written.
        Unwritten = "cadre_unwritten", "not yet", "尚未";
    }
}
