use proptest::prelude::*;

use super::*;
use crate::{Text, testing::carry_out_twice};

fn texts() -> impl Strategy<Value = Text> {
    prop::sample::select(vec!["甲", "乙"]).prop_map(text)
}

fn dates() -> impl Strategy<Value = Date> {
    prop::sample::select(vec![
        "1929-01-01",
        "1947-02-01",
        "1972-05-20",
        "2026-04-30",
        "2026-05-02",
    ])
    .prop_map(date)
}

fn fields() -> impl Strategy<Value = Field> {
    prop_oneof![
        texts().prop_map(Field::Name),
        prop::option::of(texts()).prop_map(Field::Phone),
        prop::option::of(dates()).prop_map(Field::BornOn),
        prop::option::of(dates()).prop_map(Field::RetiredOn),
        (0..14i8, 0..32i8)
            .prop_map(|(month, day)| Field::Birthday(Some(Birthday::Solar { month, day }))),
    ]
}

fn retirements() -> impl Strategy<Value = Retirement> {
    prop_oneof![
        Just(Retirement::Tuixiu),
        (dates(), any::<bool>()).prop_map(|(joined_revolution_on, approved)| Retirement::Lixiu {
            joined_revolution_on,
            approval: approved.then(approval),
        }),
    ]
}

fn commands() -> impl Strategy<Value = CadreCommand> {
    let document = || prop::option::of(texts());
    let staff = || texts().prop_map(StaffId);
    let decision = prop_oneof![
        Just(DuplicateDecision::SamePerson),
        Just(DuplicateDecision::DifferentPeople),
    ];
    let other = prop::sample::select(vec![ONE, OTHER, THIRD]);
    let particulars = prop_oneof![
        prop::option::of(retirements()).prop_map(|retirement| CadreCommand::Register(
            RegisterCadre {
                retirement,
                ..person()
            }
        )),
        (prop::collection::vec(fields(), 0..4), texts(), document()).prop_map(
            |(changes, reason, document)| CadreCommand::Amend {
                changes,
                reason,
                document
            }
        ),
        (retirements(), document()).prop_map(|(retirement, document)| {
            CadreCommand::RecordRetirement {
                retirement,
                document,
            }
        }),
        (
            dates(),
            prop::option::of(dates()),
            prop::option::of(dates()),
            texts()
        )
            .prop_map(
                |(joined_on, full_member_on, standing_starts_on, evidence)| {
                    CadreCommand::RecordPartyStanding(RecordPartyStanding {
                        joined_on,
                        full_member_on,
                        standing_starts_on,
                        gap: None,
                        evidence,
                    })
                }
            ),
    ];
    let care =
        prop_oneof![
            (texts(), dates(), prop::option::of(dates())).prop_map(|(treatment, from, until)| {
                CadreCommand::GrantTreatment {
                    treatment,
                    from,
                    until,
                    approval: approval(),
                }
            }),
            (texts(), dates(), texts()).prop_map(|(treatment, until, reason)| {
                CadreCommand::EndTreatment {
                    treatment,
                    until,
                    reason,
                }
            }),
            dates().prop_map(|since| CadreCommand::RecordLiving {
                living: Living::Alone,
                mobility: None,
                since
            }),
            (texts(), texts()).prop_map(|(to, reason)| CadreCommand::RequestTransfer {
                to: Unit(to),
                reason
            }),
            Just(CadreCommand::AcceptTransfer),
            texts().prop_map(|reason| CadreCommand::RejectTransfer { reason }),
            (staff(), texts(), dates())
                .prop_map(|(staff, name, from)| CadreCommand::AssignContact { staff, name, from }),
            (staff(), texts(), dates(), texts()).prop_map(|(to, name, from, reason)| {
                CadreCommand::HandOverContact {
                    to,
                    name,
                    from,
                    reason,
                }
            }),
        ];
    let life = prop_oneof![
        (dates(), document())
            .prop_map(|(died_on, document)| CadreCommand::RecordDeath { died_on, document }),
        (texts(), document())
            .prop_map(|(reason, document)| CadreCommand::WithdrawDeath { reason, document }),
        (texts(), document()).prop_map(|(name, phone)| CadreCommand::RecordSurvivor {
            survivor: Survivor {
                name,
                relation: text("配偶"),
                phone
            }
        }),
        (texts(), dates()).prop_map(|(matter, known)| CadreCommand::ReportDispute {
            matter,
            known: calendar::When::Day(known),
        }),
        (dates(), texts()).prop_map(|(on, evidence)| CadreCommand::VerifyRecord { on, evidence }),
        (other, decision, texts()).prop_map(|(other, decision, reason)| {
            CadreCommand::DecideDuplicate {
                other,
                decision,
                reason,
            }
        }),
    ];
    prop_oneof![2 => particulars, 3 => care, 2 => life]
}

proptest! {
    #[test]
    fn an_accepted_command_says_nothing_the_second_time(
        commands in prop::collection::vec((texts(), commands()), 0..25),
    ) {
        let first = (staff("clerk"), CadreCommand::Register(person()));
        let rest = commands.into_iter().map(|(unit, c)| (of(&unit), c));
        carry_out_twice::<Cadre>(std::iter::once(first).chain(rest), &crate::testing::person(ONE));
    }

    #[test]
    fn any_history_can_be_folded_and_decided_upon(
        history in prop::collection::vec(prop::sample::select(samples()), 0..20),
        command in commands(),
    ) {
        let _ = given::<Cadre>(history).when(command).result;
    }
}
