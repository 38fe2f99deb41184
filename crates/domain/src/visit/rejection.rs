rejections! {
    /// Why a command on a visit is refused.
    pub enum VisitRejection {
        /// Placeholder until the rules are written.
        Unwritten = "visit_unwritten", "not yet", "尚未";
    }
}
