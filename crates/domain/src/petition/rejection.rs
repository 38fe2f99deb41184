use calendar::When;

rejections! {
    /// Why a command on a petition is refused.
    pub enum PetitionRejection {
        /// It would be recorded before it happened.
        InTheFuture { date: When } = "in_the_future",
            "the date {date} is still to come: correct it",
            "日期 {date} 尚未到来，请更正日期";
        /// The petitioner is said to be in the register, and nobody there is this person.
        UnknownPerson = "unknown_person",
            "the person is not in the register: register them first, or choose another person",
            "此人不在册，请先建档或另选人员";
        /// The petitioner's record was decided to be a duplicate of another.
        RecordSuperseded = "record_superseded",
            "this record is a duplicate of another: use the record that is kept",
            "该档案已判定为重复档案，请使用保留的档案";
        /// The same case holds another petition.
        AlreadyRegistered = "petition_already_registered",
            "another petition is already registered under this id: register this one under an id of its own",
            "该编号下已登记另一信访件，请另行登记";
        /// There is no petition to go on with.
        NotRegistered = "petition_not_registered",
            "this petition has not been registered: register it first",
            "该信访件尚未登记，请先登记";
        /// The petition cannot be accepted before it was received.
        AcceptedBeforeReceived { accepted: When, received: When } = "accepted_before_received",
            "accepted {accepted}, before the petition was received {received}: correct the date of acceptance",
            "受理时间 {accepted} 早于收到时间 {received}，请更正受理时间";
        /// It was accepted at another time.
        AlreadyAccepted { accepted: When } = "already_accepted",
            "this petition was already accepted {accepted}: the first acceptance stands",
            "该信访件已于 {accepted} 受理，以首次受理为准，无需再次受理";
        /// A reply needs an acceptance before it.
        NotAccepted = "petition_not_accepted",
            "this petition has not been accepted: accept it before recording the reply",
            "该信访件尚未受理，请先受理再登记答复";
        /// The reply cannot reach anyone before the petition was accepted.
        DeliveredBeforeAccepted { delivered: When, accepted: When } = "delivered_before_accepted",
            "the reply was delivered {delivered}, before the petition was accepted {accepted}: correct the date of delivery",
            "答复送达时间 {delivered} 早于受理时间 {accepted}，请更正送达时间";
        /// Another reply was delivered.
        AlreadyReplied { delivered: When } = "already_replied",
            "a reply was already delivered {delivered}: it stands, and a petitioner who disagrees asks for a review",
            "答复已于 {delivered} 送达，不得改写；信访人如有异议，可申请复查";
        /// Every letter is answered before its case is closed.
        ReplyMissing = "reply_missing",
            "no reply has been delivered: record the reply and its delivery before closing",
            "答复尚未送达，请先登记答复及送达情况再办结";
    }
}
