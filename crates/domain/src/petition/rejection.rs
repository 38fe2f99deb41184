use calendar::{Date, When};

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
        /// Only what was answered is closed, rated or reviewed.
        ReplyMissing = "reply_missing",
            "no answer has reached the petitioner: record it and its delivery first",
            "答复尚未送达信访人，请先登记答复及送达情况";
        /// It would have happened before the petition came.
        BeforeReceived { date: When, received: When } = "before_received",
            "dated {date}, before the petition was received {received}: correct the date",
            "日期 {date} 早于收到时间 {received}，请更正日期";
        /// A joint visit sends too many.
        TooManyRepresentatives { found: usize, limit: u32 } = "too_many_representatives",
            "{found} representatives were named, and a joint visit may send {limit}: have them choose; co-signers are not limited",
            "联名来访代表 {found} 人，超过 {limit} 人的上限，请其推选代表；联名人数不限";
        /// A joint petition has representatives, and no fewer signatures.
        JointIncomplete = "joint_incomplete",
            "a joint petition names its representatives, and counts them among those who signed: complete it",
            "联名信访须列明代表，且联名人数不少于代表人数，请补正";
        /// It was classified before, and is given another category without a reason.
        ReasonMissing = "reclassification_reason_missing",
            "the petition was classified otherwise before: say why it is classified anew",
            "该信访件已分类，重新分类须说明理由";
        /// The demand belongs into another procedure.
        TrackDiverted = "track_diverted",
            "this demand belongs into another procedure: route it onward and tell the petitioner where to go, or classify it anew",
            "该诉求应通过其他法定途径处理，请转送并告知信访人，或重新分类";
        /// Nobody was named.
        NobodyAccused = "nobody_accused",
            "no accused person or unit was named: name at least one",
            "未列明被检举控告的人员或单位，请至少填写一个";
        /// A petition is not linked to itself.
        LinkedToItself = "linked_to_itself",
            "a petition cannot be linked to itself: name the earlier one",
            "不能与本件自身关联，请填写先前的信访件";
        /// The petition to link to does not run, or is linked itself.
        FirstNotOpen = "first_not_open",
            "the petition named is not open: link to the one that is handled, or handle this one by itself",
            "所填信访件并非在办件，请关联正在办理的信访件，或单独办理本件";
        /// The petition named was not finally reviewed.
        NotFinallyReviewed = "not_finally_reviewed",
            "the petition named was not decided in a final review: name the one that was, or take this one up",
            "所填信访件未经复核终结，请填写已复核的信访件，或受理本件";
        /// Nobody can be told.
        PetitionerUnreachable = "petitioner_unreachable",
            "name or address of the petitioner is unclear, so that nobody can have been told: correct the notice",
            "信访人姓名或住址不清，无从告知，请更正告知记录";
        /// Only what was transferred in can be objected to.
        NotTransferredIn = "not_transferred_in",
            "this petition was not transferred in: route it onward, or tell the petitioner where to go",
            "该信访件并非转送、交办而来，请转送有权单位或告知信访人";
        /// The regime knows no objection.
        NoRightToObject = "no_right_to_object",
            "the rules in force when this petition was received know no objection to its transfer: accept it or route it onward",
            "该信访件收到时适用的规定没有异议程序，请受理或转送";
        /// The time to object is over.
        ObjectionTooLate { until: Date } = "objection_too_late",
            "an objection could be raised until {until}: the petition is ours, accept it or route it onward",
            "异议期限至 {until} 届满，该信访件由本单位处理，请受理或转送";
        /// The sender said no.
        ObjectionDeclined = "objection_declined",
            "the sender declined to take this petition back: accept it or route it onward",
            "转送单位不同意退回，请受理或转送";
        /// The sender was not asked.
        NotObjected = "not_objected",
            "no objection waits for the sender's answer: raise one first",
            "没有等待答复的异议，请先提出异议";
        /// The sender has not agreed.
        ReturnNotAgreed = "return_not_agreed",
            "the sender has not agreed to take this petition back: its papers stay until they do",
            "转送单位尚未同意退回，须经其同意方可退回材料";
        /// The sender's answer is awaited.
        ObjectionPending = "objection_pending",
            "the sender has not answered the objection: record their answer first",
            "异议尚未得到转送单位答复，请先登记其答复";
        /// It is on its way back.
        ReturnPending = "return_pending",
            "the sender takes this petition back: return it",
            "转送单位已同意退回，请办理退回";
        /// It is handled with another one.
        Linked = "petition_linked",
            "this petition is linked to the one that is handled: go on with that one, and close this one as linked",
            "该信访件已关联至在办件，请在在办件中办理，本件以关联办结";
        /// It went to another unit.
        Routed = "petition_routed_onward",
            "this petition was routed to another unit: tell the petitioner, and close it as routed onward",
            "该信访件已转送其他单位，请告知信访人并以转送办结";
        /// It went back.
        SentBack = "petition_returned",
            "this petition was returned to its sender: close it as returned",
            "该信访件已退回转送单位，请以退回办结";
        /// It was withdrawn.
        WithdrawnByPetitioner = "petition_withdrawn",
            "the petitioner withdrew this petition: close it as withdrawn",
            "信访人已撤回该信访件，请以撤回办结";
        /// It is not taken up.
        NotTakenUp = "petition_not_taken_up",
            "this petition was not taken up, its matter being finally decided: tell the petitioner, and close it so",
            "该事项已复核终结，不再受理，请告知信访人并据此办结";
        /// It is closed.
        CaseClosed = "petition_closed",
            "this petition is closed: open it again first, with a reason",
            "该信访件已办结，如需继续请先说明理由重新办理";
        /// Who has an interest may not act.
        ActorRecused = "actor_recused",
            "you stood back from this petition for an interest of your own: have someone else act",
            "您已对该信访件回避，不得参与办理，请由他人办理";
        /// Who has an interest is not made the handler.
        HandlerRecused = "handler_recused",
            "the handler or head named stood back for an interest of their own: name someone else",
            "所填承办人或负责人已回避，请另行指定";
        /// The head approves what the handler asks for.
        HandlerIsHead = "handler_is_head",
            "the handler cannot be the head who approves: name two people",
            "承办人不能同时是审批的单位负责人，请指定不同人员";
        /// Nobody handles it.
        NotAssigned = "petition_not_assigned",
            "nobody handles this petition: assign it first",
            "该信访件尚未确定承办人，请先交办";
        /// An extension is approved by someone else than who asks for it.
        ApproverIsHandler = "approver_is_handler",
            "an extension is approved by the head of the unit, not by the handler: have the head approve it",
            "延期须由单位负责人批准，承办人不得自行批准";
        /// An extension is approved by the head.
        ApproverIsNotHead = "approver_is_not_head",
            "an extension is approved by the head named in the assignment: have them approve it",
            "延期须由交办时确定的单位负责人批准";
        /// The clock of handling does not run.
        NothingToExtend = "nothing_to_extend",
            "no time limit runs for handling this petition: there is nothing to extend",
            "该信访件没有正在计算的办理期限，无需延期";
        /// It would be too long in total.
        ExtensionTooLong { asked: u32, left: u32 } = "extension_too_long",
            "{asked} days were asked for, and {left} are left: shorten the extension",
            "申请延期 {asked} 日，超过剩余的 {left} 日，请缩短";
        /// It would be no extension.
        ExtensionZero = "extension_zero",
            "an extension of no days changes nothing: say how many days",
            "延期天数为零，请填写天数";
        /// The time was over.
        ExtensionTooLate { due: Date } = "extension_too_late",
            "the time to handle ended {due}, before the extension was approved: answer without delay",
            "办理期限已于 {due} 届满，不能再延期，请尽快答复";
        /// The opinion waits for delivery.
        OpinionPending = "opinion_pending",
            "a written opinion was issued: deliver it",
            "处理意见书已出具，请送达";
        /// There is nothing to deliver.
        NothingToDeliver = "nothing_to_deliver",
            "no opinion or decision waits for delivery: issue it first",
            "没有待送达的意见书，请先出具";
        /// It reached the petitioner before it was issued.
        DeliveredBeforeIssued { delivered: When, issued: Date } = "delivered_before_issued",
            "delivered {delivered}, before it was issued {issued}: correct the date",
            "送达时间 {delivered} 早于出具日期 {issued}，请更正日期";
        /// A hearing goes on.
        HearingGoesOn = "hearing_goes_on",
            "a hearing is open: record that it was held first",
            "听证尚未结束，请先登记听证结果";
        /// There is no hearing.
        NoHearing = "no_hearing",
            "no hearing is open: open one first",
            "没有进行中的听证，请先启动听证";
        /// It ended before it began.
        HearingEndsBeforeItBegins { held: Date, opened: Date } = "hearing_ends_before_it_begins",
            "the hearing ended {held}, before it was opened {opened}: correct the date",
            "听证结束日期 {held} 早于启动日期 {opened}，请更正日期";
        /// Two hearings do not share a day.
        HearingOverlaps { held: Date } = "hearing_overlaps",
            "a hearing was held until {held}: the next one opens later",
            "上次听证至 {held} 结束，再次听证须在其后";
        /// There is already a rating.
        AlreadyRated = "already_rated",
            "the petitioner has already rated this reply: the first rating stands",
            "信访人已作评价，以首次评价为准";
        /// There was nothing supported.
        NothingToExecute = "nothing_to_execute",
            "no delivered opinion supports the claim: there is nothing to carry out",
            "没有已送达的支持诉求的意见，无需跟踪执行";
        /// It was carried out at another time.
        AlreadyExecuted { on: Date } = "already_executed",
            "the execution was already recorded on {on}: it stands",
            "已于 {on} 登记执行到位，不得改写";
        /// The level above is at work.
        ReviewPending = "review_pending",
            "a level above looks at the reply: record and deliver its decision first",
            "复查、复核正在进行，请先登记并送达其意见";
        /// The request differs.
        ReviewAlreadyRequested = "review_already_requested",
            "this review was already asked for: the first request stands",
            "已提出复查、复核请求，以首次请求为准";
        /// Nobody asked.
        ReviewNotRequested = "review_not_requested",
            "this review was not asked for: record the request first",
            "尚未登记该复查、复核请求，请先登记";
        /// The decision stands.
        ReviewAlreadyDecided = "review_already_decided",
            "this review was already decided: the decision stands",
            "该复查、复核已作出意见，不得改写";
        /// The final review follows the review.
        NoReviewYet = "no_review_yet",
            "no review's decision was delivered: a final review follows the review",
            "复查意见尚未送达，复核须在复查之后提出";
        /// The request came before the delivery.
        ReviewBeforeDelivery { received: When, delivered: When } = "review_before_delivery",
            "the request was received {received}, before the delivery {delivered}: correct the date",
            "请求时间 {received} 早于送达时间 {delivered}，请更正日期";
        /// The time to ask is over.
        ReviewWindowOver { until: Date } = "review_window_over",
            "a review could be asked for until {until}: the request is late and is not taken up",
            "请求期限至 {until} 届满，逾期不予受理";
        /// Another level decides.
        ReviewerDecidedBefore = "reviewer_decided_before",
            "the reviewer is a unit that has decided before: the level above it is asked",
            "复查、复核机关不能是原办理或复查单位，请向其上一级提出";
        /// It was decided before it was asked for.
        DecidedBeforeRequested { decided: Date, received: When } = "decided_before_requested",
            "decided {decided}, before the request was received {received}: correct the date",
            "作出日期 {decided} 早于收到请求时间 {received}，请更正日期";
        /// The final review ended it.
        FinallyDecided = "finally_decided",
            "the final review decided this matter: the same facts and reasons are not accepted again",
            "该事项已经复核终结，同一事实和理由不再受理";
        /// Nobody supervised.
        NoSuchSupervision = "no_such_supervision",
            "there is no supervision of this number: correct the number",
            "没有该编号的督办，请核对编号";
        /// The feedback stands.
        FeedbackAlreadyGiven = "feedback_already_given",
            "feedback was already given on this supervision: it stands",
            "该督办已反馈，不得改写";
        /// A recommendation needs feedback.
        FeedbackMissing = "feedback_missing",
            "a supervision's recommendation has no written feedback: give it before closing",
            "督办建议尚未书面反馈，请先反馈再办结";
        /// Aid is for the petitioner.
        AidForAnother = "aid_for_another",
            "the hardship case is another person's: offer the petitioner's own",
            "该帮扶档案属于他人，请选择信访人本人的帮扶档案";
        /// The same file is among the papers, described otherwise.
        DocumentAlreadyAttached = "document_already_attached",
            "this file is already attached, described otherwise: withdraw that document with the reason, then attach it anew",
            "该文件已作为附件，但说明不同：请先注明原因撤下原附件，再重新添加";
        /// No such file was attached.
        DocumentNotAttached = "document_not_attached",
            "no document with this hash is attached to the petition: look at the list of its documents",
            "该信访件没有此附件，请核对附件清单";
        /// It must be said why there is no reply.
        ExemptionMissing = "exemption_missing",
            "this petition ends without a reply: say on which exemption it is closed",
            "该信访件不经答复结束，请写明据以办结的免答复情形";
        /// The exemption does not hold.
        ExemptionUnfounded = "exemption_unfounded",
            "the exemption does not fit this petition: close it on the one that does, or deliver a reply",
            "所填免答复情形与该信访件不符，请更正或送达答复";
        /// The petitioner was not told.
        NotTold = "petitioner_not_told",
            "the petitioner has not been told what becomes of the petition: tell them before closing",
            "尚未告知信访人处理去向，请先告知再办结";
        /// The term is absurd.
        TermTooLong = "term_too_long",
            "a time limit of the rule profile ends after the year 9999: correct the profile",
            "规则中的期限超出9999年，请更正规则文件";
    }
}
