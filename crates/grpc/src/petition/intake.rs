//! From the registration to the acceptance, or to whoever it concerns.

use domain::{
    PetitionId, StaffId, Unit,
    petition::{
        Accused, Category, Intake, Joint, Means, Notice, NoticeContent, Origin, Petition,
        PetitionCommand, Petitioner, Track,
    },
};

use super::commands::{Asked, unit};
use crate::{
    fields::{Fields, Word, words},
    pb,
};

words! {
    pb::Means = Means { OnTheSpot, InWriting, Post, Phone, Message }
}

impl Word for Category {
    type Wire = pb::Category;

    fn read(wire: pb::Category) -> Option<Self> {
        use pb::Category as Wire;
        match wire {
            Wire::Unspecified => None,
            Wire::Suggestion => Some(Category::Suggestion),
            Wire::Report => Some(Category::Report),
            Wire::DemandLitigation => Some(Category::Demand(Track::Litigation)),
            Wire::DemandArbitration => Some(Category::Demand(Track::Arbitration)),
            Wire::DemandPartyAppeal => Some(Category::Demand(Track::PartyAppeal)),
            Wire::DemandAdministrativeProcedure => {
                Some(Category::Demand(Track::AdministrativeProcedure))
            }
            Wire::DemandStatutoryDuty => Some(Category::Demand(Track::StatutoryDuty)),
            Wire::DemandInvestigation => Some(Category::Demand(Track::Investigation)),
        }
    }

    fn wire(self) -> pb::Category {
        use pb::Category as Wire;
        match self {
            Category::Suggestion => Wire::Suggestion,
            Category::Report => Wire::Report,
            Category::Demand(Track::Litigation) => Wire::DemandLitigation,
            Category::Demand(Track::Arbitration) => Wire::DemandArbitration,
            Category::Demand(Track::PartyAppeal) => Wire::DemandPartyAppeal,
            Category::Demand(Track::AdministrativeProcedure) => Wire::DemandAdministrativeProcedure,
            Category::Demand(Track::StatutoryDuty) => Wire::DemandStatutoryDuty,
            Category::Demand(Track::Investigation) => Wire::DemandInvestigation,
        }
    }
}

/// The registration, and what is known at once.
pub(super) fn register(
    f: &Fields<'_>,
    id: Option<PetitionId>,
    asked: pb::RegisterPetitionRequest,
) -> Option<(PetitionId, Vec<PetitionCommand>)> {
    let petition = f.message("petition", asked.petition, |f, asked| {
        petition(f, id, asked)
    });
    let category = f.optional_word("category", asked.category);
    let accused = f.all("accused", asked.accused, accused);
    let mut commands = vec![PetitionCommand::Register {
        petition: petition?,
    }];
    commands.extend(category?.map(|category| PetitionCommand::Classify {
        category,
        reason: None,
    }));
    let accused = accused?;
    if !accused.is_empty() {
        commands.push(PetitionCommand::NameAccused { accused });
    }
    Some((id?, commands))
}

fn petition(f: &Fields<'_>, id: Option<PetitionId>, asked: pb::Petition) -> Option<Petition> {
    let number = f.optional_text("number", &asked.number);
    let channel = f.word("channel", asked.channel);
    let petitioner = f.message("petitioner", asked.petitioner, petitioner);
    let subject = f.text("subject", &asked.subject);
    let text = f.text("text", &asked.text);
    let received = f.when("received", &asked.received);
    let intake = f.optional_message("intake", asked.intake, intake);
    Some(Petition {
        id: id?,
        number: number?,
        channel: channel?,
        petitioner: petitioner?,
        subject: subject?,
        text: text?,
        received: received?,
        intake: intake?.unwrap_or_default(),
    })
}

fn petitioner(f: &Fields<'_>, asked: pb::Petitioner) -> Option<Petitioner> {
    let name = f.text("name", &asked.name);
    let person = f.optional_id("person", &asked.person);
    Some(Petitioner {
        name: name?,
        person: person?,
    })
}

fn intake(f: &Fields<'_>, asked: pb::Intake) -> Option<Intake> {
    use pb::intake::Origin as Asked;
    let origin = match asked.origin {
        None => Some(Origin::Direct),
        Some(Asked::ReceptionDay(asked)) => f.message("reception_day", Some(asked), |f, asked| {
            let leader = f.text("leader", &asked.leader);
            Some(Origin::ReceptionDay { leader: leader? })
        }),
        Some(Asked::TransferredIn(asked)) => {
            f.message("transferred_in", Some(asked), |f, asked| {
                let sender = unit(f, "sender", &asked.sender);
                let document = f.optional_text("document", &asked.document);
                Some(Origin::TransferredIn {
                    sender: sender?,
                    document: document?,
                })
            })
        }
    };
    let joint = f.optional_message("joint", asked.joint, |f, asked| {
        let representatives = f.texts("representatives", &asked.representatives);
        Some(Joint {
            representatives: representatives?,
            co_signers: asked.co_signers,
        })
    });
    Some(Intake {
        origin: origin?,
        joint: joint?,
        unreachable: asked.unreachable,
    })
}

fn accused(f: &Fields<'_>, asked: pb::Accused) -> Option<Accused> {
    use pb::accused::Accused as Asked;
    match asked.accused {
        None => f.missing("accused"),
        Some(Asked::Unit(asked)) => unit(f, "unit", &asked).map(Accused::Unit),
        Some(Asked::Person(asked)) => f.message("person", Some(asked), |f, asked| {
            let name = f.text("name", &asked.name);
            let staff = f.optional_text("staff", &asked.staff);
            Some(Accused::Person {
                name: name?,
                staff: staff?.map(StaffId),
            })
        }),
    }
}

pub(super) fn classify(f: &Fields<'_>, asked: &pb::ClassifyPetitionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let category = f.word("category", asked.category);
    let reason = f.optional_text("reason", &asked.reason);
    let command = PetitionCommand::Classify {
        category: category?,
        reason: reason?,
    };
    Some((id?, command))
}

pub(super) fn name_accused(f: &Fields<'_>, asked: pb::NameAccusedRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let accused = f.messages("accused", asked.accused, accused);
    Some((id?, PetitionCommand::NameAccused { accused: accused? }))
}

pub(super) fn link_duplicate(f: &Fields<'_>, asked: &pb::LinkDuplicateRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let first = f.id("first", &asked.first);
    Some((id?, PetitionCommand::LinkDuplicate { first: first? }))
}

pub(super) fn refuse_final(f: &Fields<'_>, asked: &pb::RefuseFinalRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let reviewed = f.id("reviewed", &asked.reviewed);
    let command = PetitionCommand::RefuseFinal {
        reviewed: reviewed?,
    };
    Some((id?, command))
}

pub(super) fn route_onward(f: &Fields<'_>, asked: &pb::RouteOnwardRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let to = unit(f, "to", &asked.to);
    let document = f.optional_text("document", &asked.document);
    let routed = f.when("routed", &asked.routed);
    let command = PetitionCommand::RouteOnward {
        to: to?,
        document: document?,
        routed: routed?,
    };
    Some((id?, command))
}

pub(super) fn notify(f: &Fields<'_>, asked: pb::NotifyPetitionerRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let notice = f.message("notice", asked.notice, |f, asked| {
        let content = content(f, asked.content);
        let means = f.word("means", asked.means);
        let told = f.when("told", &asked.told);
        Some(Notice {
            content: content?,
            means: means?,
            told: told?,
        })
    });
    Some((id?, PetitionCommand::Notify { notice: notice? }))
}

fn content(f: &Fields<'_>, asked: Option<pb::notice::Content>) -> Option<NoticeContent> {
    use pb::notice::Content as Asked;
    match asked {
        None => f.missing("content"),
        Some(Asked::Plain(plain)) => match f.value("plain", plain)? {
            pb::PlainNotice::Unspecified => f.missing("plain"),
            pb::PlainNotice::Ours => Some(NoticeContent::Ours),
            pb::PlainNotice::Linked => Some(NoticeContent::Linked),
            pb::PlainNotice::NotTakenUp => Some(NoticeContent::NotTakenUp),
        },
        Some(Asked::RoutedOnward(to)) => {
            let to: Unit = unit(f, "routed_onward", &to)?;
            Some(NoticeContent::RoutedOnward { to })
        }
        Some(Asked::NotOurs(go_to)) => {
            let go_to = f.text("not_ours", &go_to)?;
            Some(NoticeContent::NotOurs { go_to })
        }
    }
}

pub(super) fn object(f: &Fields<'_>, asked: &pb::ObjectToPetitionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let reasons = f.text("reasons", &asked.reasons);
    let raised = f.when("raised", &asked.raised);
    let command = PetitionCommand::Object {
        reasons: reasons?,
        raised: raised?,
    };
    Some((id?, command))
}

pub(super) fn sender_agrees(f: &Fields<'_>, asked: &pb::SenderAgreesRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let agreed = f.when("agreed", &asked.agreed);
    Some((id?, PetitionCommand::SenderAgrees { agreed: agreed? }))
}

pub(super) fn sender_declines(f: &Fields<'_>, asked: &pb::SenderDeclinesRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let declined = f.when("declined", &asked.declined);
    let reason = f.text("reason", &asked.reason);
    let command = PetitionCommand::SenderDeclines {
        declined: declined?,
        reason: reason?,
    };
    Some((id?, command))
}

pub(super) fn send_back(f: &Fields<'_>, asked: &pb::ReturnPetitionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let returned = f.when("returned", &asked.returned);
    let command = PetitionCommand::Return {
        returned: returned?,
    };
    Some((id?, command))
}

pub(super) fn withdraw(f: &Fields<'_>, asked: &pb::WithdrawPetitionRequest) -> Asked {
    let id = f.id("id", &asked.id);
    let withdrawn = f.when("withdrawn", &asked.withdrawn);
    let reason = f.optional_text("reason", &asked.reason);
    let command = PetitionCommand::Withdraw {
        withdrawn: withdrawn?,
        reason: reason?,
    };
    Some((id?, command))
}
