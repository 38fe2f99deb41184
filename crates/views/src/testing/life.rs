//! A person's whole life in events of every kind, for tests over any log there can be.

use std::fmt::Display;

use domain::{
    Aggregate, AnyEvent, CarryOverId, Event as _, Fen, ReservationId,
    cadre::{
        Approval, Cadre, CadreAmended, CadreRegistered, ContactAssigned, ContactHandedOver,
        DeathRecorded, DeathWithdrawn, DisputeReported, DuplicateDecided, DuplicateDecision, Field,
        Living, LivingRecorded, Mobility, PartyStandingRecorded, Profile, RecordVerified,
        Retirement, RetirementRecorded, StandingBasis, Survivor, SurvivorRecorded,
        TransferAccepted, TransferRejected, TransferRequested, TreatmentEnded, TreatmentGranted,
    },
    duty::{Duty, DutyEvent},
    fund::{
        Fund, FundBudgetSet, FundCarriedIn, FundCarriedOut, FundClosed, FundEvent, FundId,
        FundReleased, FundReserved, FundSpendingReversed, FundSpent,
    },
    hardship::{
        FundReservation, Ground, Hardship, HardshipApprovalLapsed, HardshipApproved,
        HardshipAssessed, HardshipCaseId, HardshipClosed, HardshipDeclined, HardshipDisbursed,
        HardshipFollowedUp, HardshipId, HardshipLineStruck, HardshipOpened,
        HardshipPaymentTakenOver, HardshipReopened, HardshipRestReleased, HardshipReversed,
    },
    health::{Health, HealthEvent},
    identity::{Identity, IdentityClaimed, IdentityId, IdentityReleased},
    medal::{
        AfterDeath, Medal, MedalApproval, MedalApproved, MedalAttested, MedalAwarded,
        MedalDecidedAfterDeath, MedalDeclined, MedalNominated, MedalPresented, MedalReplaced,
        MedalRevoked,
    },
    payment_batch::{
        PaymentBatch, PaymentBatchApproved, PaymentBatchDiscarded, PaymentBatchDrafted,
        PaymentBatchRevised, PaymentLine, PaymentList,
    },
    petition::{
        Channel, Intake, Petition, PetitionAccepted, PetitionCase, PetitionClosed, PetitionEvent,
        PetitionRegistered, PetitionReplied, Petitioner,
    },
    petition_access::{AccessAttempted, AttemptedBy, PetitionAccess},
    plan::{Plan, PlanEvent},
    round::{
        AudienceRule, ExcuseGround, Round, RoundAssigned, RoundAudienceFrozen, RoundCancelled,
        RoundClosed, RoundEvent, RoundExcuseWithdrawn, RoundExcused, RoundKind,
        RoundLateArrivalsListed, RoundPlan, RoundPlanned, RoundStarted,
    },
    visit::{
        Mode, Purpose, Visit, VisitCorrected, VisitRecord, VisitRecorded, VisitWithdrawn, Visitor,
    },
};

use super::{
    Past, batch_id, date, person, petition_id, round_id, staff, text, unit, visit_id, when,
};

/// Something that happens next.
pub type Happening = Box<dyn FnOnce(&mut Past)>;

/// What happened to person `n` and around them, in order; every kind of event is in it.
pub fn life(n: u32) -> Vec<Happening> {
    let mut life = Life { n, then: vec![] };
    life.registered();
    life.visited();
    life.on_a_round();
    life.in_hardship();
    life.funded();
    life.medalled();
    life.petitioned();
    life.petitioned_by_the_book();
    life.cared_for();
    life.planned_for();
    life.died();
    life.then
}

/// A visit at home before Spring Festival.
pub fn visit(n: u32) -> Visit {
    Visit {
        person: person(n),
        visited: when("2026-02-10"),
        visitors: vec![Visitor {
            name: text("走访人甲"),
            post: Some(text("处长")),
            unit: None,
            rank: None,
        }],
        mode: Mode::Home,
        place: None,
        purpose: Purpose::SpringFestival,
        money: Fen(30_050),
        goods: None,
        findings: Some(text("身体尚好")),
        needs: Some(text("申请家庭病床")),
    }
}

/// A Spring Festival round for everyone.
pub fn round() -> RoundPlan {
    RoundPlan {
        kind: RoundKind::SpringFestival,
        title: text("2026年春节慰问"),
        unit: None,
        from: date("2026-02-01"),
        until: date("2026-02-16"),
        audience: AudienceRule::default(),
    }
}

/// The fund that aids person `n`.
fn fund(n: u32) -> FundId {
    FundId {
        unit: unit("老干部局"),
        year: 2026,
        source: text(&format!("专项{n}")),
    }
}

struct Life {
    n: u32,
    then: Vec<Happening>,
}

impl Life {
    fn push<A: Aggregate>(
        &mut self,
        id: impl Display + 'static,
        event: impl Into<A::Event> + 'static,
    ) {
        let who = person(self.n);
        self.then.push(Box::new(move |past| {
            past.then::<A>(id, &[who], event);
        }));
    }

    fn cadre(&mut self, event: impl Into<domain::cadre::CadreEvent> + 'static) {
        self.push::<Cadre>(person(self.n), event);
    }

    fn hardship(&mut self, event: impl Into<domain::hardship::HardshipEvent> + 'static) {
        let id = HardshipId {
            person: person(self.n),
            ground: Ground::SeriousIllness,
        };
        self.push::<Hardship>(id, event);
    }

    fn round(&mut self, event: impl Into<RoundEvent> + 'static) {
        self.push::<Round>(round_id(self.n), event);
    }

    fn medal(&mut self, event: impl Into<domain::medal::MedalEvent> + 'static) {
        self.push::<Medal>(person(self.n), event);
    }

    fn registered(&mut self) {
        let n = self.n;
        let claimed = IdentityClaimed { person: person(n) };
        self.push::<Identity>(IdentityId(format!("hash{n}")), claimed);
        let mut profile = Profile::named(text(["王佳", "单丹", "李乐"][n as usize % 3]));
        profile.former_name = Some(text("王小佳"));
        profile.phone = Some(text("0592-1234567"));
        self.cadre(CadreRegistered {
            id: person(n),
            unit: unit("老干部局"),
            retirement: Some(Retirement::Tuixiu),
            profile: Box::new(profile),
        });
        self.cadre(CadreAmended {
            changes: vec![
                Field::Branch(Some(text("第一支部"))),
                Field::FormerName(None),
            ],
            reason: text("支部调整"),
            document: Some(text("党发1号")),
        });
        let approval = Approval {
            number: text("离发1号"),
            on: date("1984-01-01"),
        };
        self.cadre(RetirementRecorded {
            retirement: Retirement::Lixiu {
                joined_revolution_on: date("1948-01-01"),
                approval: Some(approval.clone()),
            },
            document: None,
        });
        self.cadre(PartyStandingRecorded {
            joined_on: date("1975-06-01"),
            full_member_on: None,
            standing_starts_on: Some(date("1975-06-01")),
            basis: StandingBasis::NoProbation,
            gap: None,
            evidence: text("入党志愿书"),
        });
        self.cadre(TreatmentGranted {
            treatment: text("副厅级医疗待遇"),
            from: date("2000-01-01"),
            until: None,
            approval,
        });
        self.cadre(TreatmentEnded {
            treatment: text("副厅级医疗待遇"),
            from: date("2000-01-01"),
            until: date("2020-12-31"),
            reason: text("调整"),
        });
        self.cadre(LivingRecorded {
            living: Living::Other(text("与弟弟同住")),
            mobility: Some(Mobility::NeedsHelp),
            since: date("2025-01-01"),
        });
        let (from, to) = (unit("老干部局"), unit("工业局"));
        for accepted in [false, true] {
            self.cadre(TransferRequested {
                from: from.clone(),
                to: to.clone(),
                reason: text("住所迁移"),
            });
            if accepted {
                self.cadre(TransferAccepted {
                    from: from.clone(),
                    to: to.clone(),
                });
            } else {
                self.cadre(TransferRejected {
                    to: to.clone(),
                    reason: text("材料不全"),
                });
            }
        }
        self.cadre(ContactAssigned {
            staff: staff("a"),
            name: text("联系人甲"),
            from: date("2025-01-01"),
        });
        self.cadre(ContactHandedOver {
            by: staff("a"),
            to: staff("b"),
            name: text("联系人乙"),
            from: date("2025-06-01"),
            reason: text("岗位调整"),
        });
    }

    fn visited(&mut self) {
        let n = self.n;
        self.push::<VisitRecord>(
            visit_id(n),
            VisitRecorded {
                visit: visit(n),
                days_late: Some(40),
            },
        );
        self.push::<VisitRecord>(
            visit_id(n),
            VisitCorrected {
                visit: Visit {
                    purpose: Purpose::Other(text("送医上门")),
                    ..visit(n)
                },
                reason: text("事由写错"),
            },
        );
        self.push::<VisitRecord>(
            visit_id(n),
            VisitWithdrawn {
                reason: text("重复登记"),
            },
        );
    }

    /// What the person's own fund has reserved.
    fn reserved(&self, n: u8) -> FundReservation {
        let n = u128::from(n) << 64 | u128::from(self.n);
        FundReservation {
            fund: fund(self.n),
            reservation: ReservationId(uuid::Uuid::from_u128(n)),
        }
    }

    fn fund(&mut self, event: impl Into<FundEvent> + 'static) {
        let id = fund(self.n);
        self.then.push(Box::new(move |past| {
            past.then::<Fund>(id, &[], event);
        }));
    }

    /// On two lists: of one it is paid, from the other it is struck, a third is given up.
    fn listed(&mut self) {
        let case = HardshipCaseId {
            person: person(self.n),
            ground: Ground::SeriousIllness,
            case: 1,
        };
        let list = |yuan| PaymentList {
            title: text("困难帮扶发放"),
            fund: fund(self.n),
            lines: vec![PaymentLine {
                case,
                amount: Fen::yuan(yuan),
            }],
        };
        let (list, revised, drafter) = (list(500), list(1000), staff("clerk"));
        for id in [self.n, self.n + 1_000, self.n + 2_000].map(batch_id) {
            let (list, drafter) = (list.clone(), drafter.clone());
            self.push::<PaymentBatch>(id, PaymentBatchDrafted { list, drafter });
        }
        for id in [self.n, self.n + 1_000].map(batch_id) {
            let (list, drafter) = (revised.clone(), drafter.clone());
            self.push::<PaymentBatch>(id, PaymentBatchRevised { list, drafter });
            let approved = PaymentBatchApproved {
                approver: staff("approver"),
                document: text("批8号"),
                approved_on: date("2026-01-02"),
            };
            self.push::<PaymentBatch>(id, approved);
        }
        let reason = text("重复");
        self.push::<PaymentBatch>(batch_id(self.n + 2_000), PaymentBatchDiscarded { reason });
        self.hardship(HardshipDisbursed {
            payer: staff("payer"),
            voucher: text("凭3"),
            amount: Fen::yuan(1000),
            paid_on: date("2026-01-05"),
            batch: Some(batch_id(self.n)),
        });
        self.hardship(HardshipLineStruck {
            batch: batch_id(self.n + 1_000),
            reason: text("已另行发放"),
        });
    }

    fn funded(&mut self) {
        let (reserved, carry_over) = (
            self.reserved(1),
            CarryOverId(uuid::Uuid::from_u128(self.n.into())),
        );
        let reservation = reserved.reservation;
        self.fund(FundBudgetSet {
            fund: fund(self.n),
            amount: Fen::yuan(5000),
            document: text("财预1号"),
        });
        self.fund(FundReserved {
            reservation,
            case: HardshipCaseId {
                person: person(self.n),
                ground: Ground::SeriousIllness,
                case: 1,
            },
            amount: Fen::yuan(3000),
            approver: staff("approver"),
            document: text("帮扶1号"),
        });
        for voucher in ["凭1", "凭2"] {
            self.fund(FundSpent {
                reservation,
                voucher: text(voucher),
                amount: Fen::yuan(1000),
                paid_on: date("2026-01-05"),
            });
        }
        self.fund(FundSpendingReversed {
            reservation,
            voucher: text("凭1"),
            amount: Fen::yuan(1000),
        });
        self.fund(FundReleased {
            reservation,
            amount: Fen::yuan(2000),
        });
        self.fund(FundCarriedOut {
            carry_over,
            to: fund(self.n).next_year(),
            amount: Fen::yuan(500),
            document: text("结转1号"),
        });
        self.fund(FundClosed {
            reason: text("年终"),
        });
        let next = fund(self.n).next_year();
        self.then.push(Box::new(move |past| {
            let carried = FundCarriedIn {
                carry_over,
                fund: next.clone(),
                amount: Fen::yuan(500),
            };
            past.then::<Fund>(next, &[], carried);
        }));
    }

    fn in_hardship(&mut self) {
        self.hardship(HardshipOpened {
            person: person(self.n),
            ground: Ground::SeriousIllness,
            case: 1,
            situation: None,
            recipient: None,
            known: None,
        });
        self.hardship(HardshipPaymentTakenOver {
            voucher: text("旧1"),
            year: 2024,
            amount: Fen::yuan(500),
            paid_on: date("2024-05-01"),
            remark: Some(text("台账")),
        });
        let assessed = HardshipAssessed {
            assessor: staff("assessor"),
            finding: text("医药费高"),
            recommended: Fen::yuan(3000),
        };
        self.hardship(assessed.clone());
        self.hardship(HardshipDeclined {
            approver: staff("approver"),
            reason: text("材料不全"),
        });
        self.hardship(assessed);
        self.hardship(HardshipApproved {
            approver: staff("approver"),
            amount: Fen::yuan(3000),
            document: text("帮扶1号"),
            reserved: Some(self.reserved(1)),
            approved_on: Some(date("2026-01-02")),
        });
        self.listed();
        for voucher in ["凭1", "凭2"] {
            self.hardship(HardshipDisbursed {
                payer: staff("payer"),
                voucher: text(voucher),
                amount: Fen::yuan(1000),
                paid_on: date("2026-01-05"),
                batch: None,
            });
        }
        self.hardship(HardshipReversed {
            voucher: text("凭1"),
            amount: Fen::yuan(1000),
            reason: text("账号有误"),
        });
        self.hardship(HardshipFollowedUp {
            on: date("2026-02-01"),
            findings: text("病情稳定"),
        });
        self.hardship(HardshipRestReleased {
            reserved: self.reserved(1),
            amount: Fen::yuan(2000),
        });
        self.hardship(HardshipApprovalLapsed {
            reserved: self.reserved(2),
        });
        self.hardship(HardshipClosed {
            reason: text("已痊愈"),
        });
        self.hardship(HardshipReopened {
            reason: text("复发"),
        });
    }

    fn medalled(&mut self) {
        let approval = || MedalApproval {
            by: text("市委组织部"),
            document: text("组发1号"),
        };
        for year in [2025, 2026] {
            self.medal(MedalNominated {
                person: person(self.n),
                year,
                standing_starts_on: date("1975-06-01"),
            });
            if year == 2025 {
                self.medal(MedalDeclined {
                    reason: text("待核实"),
                });
            }
        }
        self.medal(MedalAttested {
            branch: text("第一支部"),
            attester: staff("branch"),
            statement: text("一贯表现良好"),
        });
        self.medal(MedalApproved {
            approver: staff("approver"),
            document: text("组发2号"),
        });
        self.medal(MedalAwarded {
            year: 2026,
            number: Some(text("0001")),
        });
        self.medal(MedalDecidedAfterDeath {
            decision: AfterDeath::ToFamily,
            approval: approval(),
        });
        self.medal(MedalPresented {
            on: date("2026-07-01"),
            by: text("局长"),
            to_family: true,
        });
        self.medal(MedalReplaced {
            reason: text("遗失"),
            approval: approval(),
        });
        self.medal(MedalRevoked {
            reason: text("误发"),
            approval: approval(),
        });
    }

    fn on_a_round(&mut self) {
        let who = person(self.n);
        self.round(RoundPlanned { plan: round() });
        self.round(RoundStarted { eligible: 1 });
        self.round(RoundAudienceFrozen { people: vec![who] });
        self.round(RoundAssigned {
            staff: staff("zhao.min"),
            name: text("赵敏"),
            people: vec![who],
        });
        self.round(RoundExcused {
            person: who,
            ground: ExcuseGround::Moved,
        });
        self.round(RoundExcuseWithdrawn { person: who });
        self.round(RoundLateArrivalsListed {
            people: vec![person(self.n + 1_000)],
        });
        self.round(RoundClosed { late: 1 });
        self.push::<Round>(round_id(self.n + 1_000), RoundPlanned { plan: round() });
        self.push::<Round>(
            round_id(self.n + 1_000),
            RoundCancelled {
                reason: text("改期"),
            },
        );
    }

    fn petitioned(&mut self) {
        let id = petition_id(self.n);
        self.push::<PetitionCase>(
            id,
            PetitionRegistered {
                petition: Petition {
                    id,
                    number: Some(text("信访2026-1")),
                    channel: Channel::Letter,
                    petitioner: Petitioner {
                        name: text("来信人"),
                        person: Some(person(self.n)),
                    },
                    subject: text("反映医药费报销"),
                    text: text("报销比例偏低"),
                    received: when("2026-03-01T01:00:00Z"),
                    intake: Intake::default(),
                },
                dues: vec![],
            },
        );
        self.push::<PetitionCase>(
            id,
            PetitionAccepted {
                accepted: when("2026-03-02"),
                dues: vec![],
            },
        );
        self.push::<PetitionCase>(
            id,
            PetitionReplied {
                text: text("已协调解决"),
                delivered: when("2026-03-20"),
                dues: vec![],
            },
        );
        self.push::<PetitionCase>(id, PetitionClosed { exemption: None });
    }

    /// A second petition, to which everything happened that the domain has pinned, the sealing last.
    fn petitioned_by_the_book(&mut self) {
        let (mut first, mut middle, mut last) = (vec![], vec![], vec![]);
        let id = petition_id(1000 + self.n);
        for event in by_the_book(PetitionEvent::NAMES) {
            let AnyEvent::Petition(mut event) = event else {
                continue;
            };
            match &mut event {
                PetitionEvent::Registered(e) => {
                    e.petition.id = id;
                    first = vec![event];
                }
                PetitionEvent::AccusedNamed(_) | PetitionEvent::Classified(_) => last.push(event),
                _ => middle.push(event),
            }
        }
        for event in first.into_iter().chain(middle).chain(last) {
            self.push::<PetitionCase>(id, event);
        }
        let attempted = AccessAttempted {
            who: staff("zhao"),
            by: AttemptedBy::Id,
            on: date("2026-04-02"),
        };
        self.push::<PetitionAccess>(id, attempted);
    }

    /// Stays in hospital, check-ups, and a duty to which everything happened that can.
    fn cared_for(&mut self) {
        let person = person(self.n);
        self.cadre(DisputeReported {
            matter: text("邻里排水"),
            known: when("2026-03-01"),
        });
        self.cadre(RecordVerified {
            on: date("2026-03-02"),
            evidence: text("入户核对"),
        });
        for event in by_the_book(HealthEvent::NAMES) {
            if let AnyEvent::Health(event) = event {
                self.push::<Health>(person, event);
            }
        }
        let mut duty = None;
        for event in by_the_book(DutyEvent::NAMES) {
            if let AnyEvent::Duty(DutyEvent::Opened(mut event)) = event {
                event.id.person = person;
                duty.get_or_insert(event);
            }
        }
        let opened = duty.unwrap();
        let id = opened.id.clone();
        self.push::<Duty>(id.clone(), opened);
        for event in by_the_book(DutyEvent::NAMES) {
            match event {
                AnyEvent::Duty(event) if event.name() != "duty.opened" => {
                    self.push::<Duty>(id.clone(), event);
                }
                _ => {}
            }
        }
    }

    /// A plan to which everything happened that can, and after it another.
    fn planned_for(&mut self) {
        let person = person(self.n);
        let (mut adopted, mut course, mut ended) = (vec![], vec![], vec![]);
        for event in by_the_book(PlanEvent::NAMES) {
            let AnyEvent::Plan(mut event) = event else {
                continue;
            };
            match &mut event {
                PlanEvent::Adopted(e) => {
                    e.person = person;
                    adopted.push(e.clone());
                }
                PlanEvent::ReviewWithdrawn(_) | PlanEvent::Closed(_) => ended.push(event),
                _ => course.push(event),
            }
        }
        adopted.sort_by_key(|e| e.plan);
        ended.sort_by_key(|e| e.name() == "plan.closed");
        let mut adopted = adopted.into_iter().map(PlanEvent::from);
        let first = adopted.next();
        for event in first.into_iter().chain(course).chain(ended).chain(adopted) {
            self.push::<Plan>(person, event);
        }
    }

    fn died(&mut self) {
        let died = || DeathRecorded {
            died_on: date("2026-04-01"),
            document: Some(text("死亡证明")),
        };
        self.cadre(died());
        self.cadre(DeathWithdrawn {
            reason: text("同名误登"),
            document: None,
        });
        self.cadre(died());
        self.cadre(SurvivorRecorded {
            survivor: Survivor {
                name: text("遗属甲"),
                relation: text("配偶"),
                phone: None,
            },
        });
        self.cadre(DuplicateDecided {
            other: person(self.n + 1000),
            decision: DuplicateDecision::DifferentPeople,
            reason: text("身份证号不同"),
        });
        let released = IdentityReleased {
            person: person(self.n),
        };
        self.push::<Identity>(IdentityId(format!("hash{}", self.n)), released);
    }
}

/// Every sample of these events that the domain has pinned, in the order of the files.
fn by_the_book(names: &[(&str, u32)]) -> Vec<AnyEvent> {
    let golden = concat!(env!("CARGO_MANIFEST_DIR"), "/../domain/golden");
    let mut files: Vec<_> = std::fs::read_dir(golden)
        .unwrap()
        .map(|file| file.unwrap().path())
        .collect();
    files.sort();
    let mut events = vec![];
    for path in files {
        let name = path.file_name().unwrap().to_str().unwrap();
        let Some((name, version)) = name.split_once(".v") else {
            continue;
        };
        let version = version.split('.').next().unwrap().parse().unwrap();
        if names.contains(&(name, version)) {
            let data = std::fs::read(&path).unwrap();
            events.push(AnyEvent::decode(name, version, &data).unwrap());
        }
    }
    events
}
