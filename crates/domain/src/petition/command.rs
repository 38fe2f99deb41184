use calendar::{Date, When};

use crate::{ContentHash, PetitionId, StaffId, Text, Unit, hardship::HardshipId};

use super::event::{
    Accused, Assignment, AttachedDocument, Category, Delivery, ExemptionGround, Notice, Opinion,
    Petition, Rating, ReviewDecision, ReviewRequest, SupervisionGround,
};

/// What may be asked of a petition.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PetitionCommand {
    /// Register a petition that was received (登记).
    Register {
        /// The petition.
        petition: Petition,
    },
    /// Classify it (甄别分类), or classify it anew.
    Classify {
        /// As what.
        category: Category,
        /// Why anew; not needed the first time.
        reason: Option<Text>,
    },
    /// Name those it accuses (被检举控告人). It is sealed from then on.
    NameAccused {
        /// Whom.
        accused: Vec<Accused>,
    },
    /// Link it to an open petition on the same matter (重复信访).
    LinkDuplicate {
        /// The one that is handled.
        first: PetitionId,
    },
    /// Do not take it up: the same facts and reasons were finally reviewed (R36).
    RefuseFinal {
        /// The petition that was finally reviewed.
        reviewed: PetitionId,
    },
    /// Route it to whom it concerns (转送).
    RouteOnward {
        /// To whom.
        to: Unit,
        /// The document it goes with.
        document: Option<Text>,
        /// When.
        routed: When,
    },
    /// Record that the petitioner was told (告知).
    Notify {
        /// What, how and when.
        notice: Notice,
    },
    /// Tell the sender that a petition transferred in is not ours (提出异议, R23).
    Object {
        /// Why, in detail.
        reasons: Text,
        /// When.
        raised: When,
    },
    /// Record that the sender takes it back (同意退回).
    SenderAgrees {
        /// When.
        agreed: When,
    },
    /// Record that the sender does not take it back (不同意退回): it is ours.
    SenderDeclines {
        /// When.
        declined: When,
        /// Why.
        reason: Text,
    },
    /// Send the papers back (退回): only after the sender agreed.
    Return {
        /// When.
        returned: When,
    },
    /// Accept it for handling (受理).
    Accept {
        /// When.
        accepted: When,
    },
    /// Give it to those who handle it (交办).
    Assign {
        /// Whom.
        assignment: Assignment,
    },
    /// Have someone with a direct interest stand back (回避, R28).
    Recuse {
        /// Whom.
        staff: StaffId,
        /// Which interest.
        interest: Text,
    },
    /// Record something found out (调查核实).
    Note {
        /// On which day.
        on: Date,
        /// What.
        text: Text,
    },
    /// Open a hearing (听证).
    OpenHearing {
        /// Its first day.
        on: Date,
    },
    /// Record that the hearing was held and is over.
    HoldHearing {
        /// Its last day.
        on: Date,
        /// Its record.
        record: Text,
    },
    /// Record that the parties agreed (调解).
    RecordMediation {
        /// On which day.
        on: Date,
        /// On what.
        agreement: Text,
    },
    /// Prolong the handling (延期, R34). Whoever asks is the approver: the head of the unit.
    Extend {
        /// How many calendar days more, counted from the raw last day.
        days: u32,
        /// Why.
        reasons: Text,
        /// The day of the approval: in time, by the clock it prolongs.
        approved: Date,
        /// When the petitioner was told the reasons.
        told: When,
    },
    /// Issue a written opinion (出具处理意见书, R32).
    IssueOpinion {
        /// The opinion.
        opinion: Opinion,
        /// The day.
        issued: Date,
    },
    /// Record a plain reply and its delivery (答复、送达).
    Reply {
        /// The reply.
        text: Text,
        /// When it reached the petitioner.
        delivered: When,
    },
    /// Record the delivery of the opinion, or of a review's decision (送达).
    Deliver {
        /// How, when and to whom.
        delivery: Delivery,
    },
    /// Record the petitioner's rating (满意度评价): only after delivery.
    Rate {
        /// The rating.
        rating: Rating,
    },
    /// Look at the execution of a supported claim (跟踪督促).
    FollowUpExecution {
        /// On which day.
        on: Date,
        /// What was found.
        findings: Text,
    },
    /// Record that a supported claim was carried out (执行到位).
    RecordExecution {
        /// On which day.
        on: Date,
        /// What shows it.
        evidence: Text,
    },
    /// Ask the level above to look again (请求复查、请求复核; R35, R36).
    RequestReview {
        /// The request.
        request: ReviewRequest,
    },
    /// Decide on that request (复查意见、复核意见).
    DecideReview {
        /// The decision.
        decision: ReviewDecision,
    },
    /// Put it under supervision (督办, R40).
    Supervise {
        /// Why.
        ground: SupervisionGround,
        /// What is recommended.
        recommendation: Text,
    },
    /// Give feedback on a supervision (反馈).
    GiveFeedback {
        /// On which, from 1.
        number: u32,
        /// What it says.
        feedback: Text,
    },
    /// Report it upwards as grave or urgent (紧急信访报告).
    ReportUrgent {
        /// To whom.
        to: Unit,
        /// What.
        matter: Text,
    },
    /// Offer the petitioner aid (帮扶, R37).
    OfferAid {
        /// The hardship case.
        hardship: HardshipId,
    },
    /// Put a document among its papers (附件). Its bytes are stored already.
    AttachDocument {
        /// Which.
        document: AttachedDocument,
    },
    /// Mark a document as not belonging to the papers (撤下附件); its bytes stay.
    WithdrawDocument {
        /// Which.
        hash: ContentHash,
        /// Why.
        reason: Text,
    },
    /// Record that the petitioner withdrew it (撤回).
    Withdraw {
        /// When.
        withdrawn: When,
        /// Why, if they said.
        reason: Option<Text>,
    },
    /// Close it (办结): only after a delivered reply, or on a stated exemption.
    Close {
        /// Why it needs no reply.
        exemption: Option<ExemptionGround>,
    },
    /// Open it again.
    Reopen {
        /// Why.
        reason: Text,
    },
    /// Say what the clocks say today: what is near, what was missed, before whom it comes.
    CheckDeadlines,
}
