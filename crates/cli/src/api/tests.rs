use super::*;

/// Calls that come in parts cannot be made from flags; each has its subcommand.
const IN_PARTS: [(&str, &[&str]); 8] = [
    (
        "sangyu.v1.AdminService.CheckAttachments",
        &["attachments", "check"],
    ),
    ("sangyu.v1.AdminService.RebuildViews", &["views", "rebuild"]),
    ("sangyu.v1.ImportService.Import", &["import"]),
    ("sangyu.v1.RulesService.ReplayRules", &["rules", "replay"]),
    (
        "sangyu.v1.InspectionService.GetBundle",
        &["inspect", "bundle"],
    ),
    ("sangyu.v1.InspectionService.MineLog", &["log", "mine"]),
    (
        "sangyu.v1.PetitionService.AttachDocument",
        &["petition", "attach"],
    ),
    (
        "sangyu.v1.PetitionService.GetDocument",
        &["petition", "document"],
    ),
];

fn whole() -> Command {
    let mut command = command_line();
    command.build();
    command
}

fn is_there(command: &Command, path: &[&str]) -> bool {
    let found = path
        .iter()
        .try_fold(command, |command, name| command.find_subcommand(name));
    found.is_some()
}

#[test]
fn every_call_of_the_api_is_a_subcommand() {
    let command = whole();
    let mut calls = 0;
    for service in services() {
        for method in &service.methods {
            calls += 1;
            let by_hand = IN_PARTS
                .iter()
                .find(|(call, _)| *call == method.full_name());
            let path = match (method.streams(), by_hand) {
                (true, Some((_, path))) => path.to_vec(),
                (true, None) => panic!("{} needs a subcommand", method.full_name()),
                (false, _) => vec![service.name.as_str(), method.name.as_str()],
            };
            assert!(
                is_there(&command, &path),
                "{}: {path:?}",
                method.full_name()
            );
        }
    }
    assert!(calls > 80, "{calls}");
}

#[test]
fn every_subcommand_is_well_formed_and_says_what_it_is_for() {
    whole().debug_assert();
    for service in services() {
        for method in service.methods.iter().filter(|method| !method.streams()) {
            assert!(!method.about.is_empty(), "{}", method.full_name());
        }
    }
}

#[test]
fn a_field_at_fault_is_named_by_its_flag() {
    assert_eq!(
        flags::of_field("visit.visitors[1].staff_id"),
        "--visit.visitors.staff-id"
    );
}
