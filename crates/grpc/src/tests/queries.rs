use domain::CadreId;
use serde::Serialize;
use views::{
    PageRequest,
    hardship::HardshipFilter,
    petitions::PetitionFilter,
    register::{Find, Status},
};

use super::world::{World, caller, home_visit, info, person, text, world};
use crate::{
    client::{
        CadreServiceClient, CalendarServiceClient, HardshipServiceClient, PetitionServiceClient,
    },
    pb,
};

fn json(value: &impl Serialize) -> serde_json::Value {
    serde_json::to_value(value).unwrap()
}

fn first() -> PageRequest {
    PageRequest::default()
}

/// A bureau in which every list has something to show.
async fn bureau() -> (World, CadreId) {
    let world = world().await;
    let mut cadres = CadreServiceClient::new(world.client.channel());
    let mut full = person("周文华");
    full.request_id = world.new_request();
    full.retirement = Some(pb::Retirement {
        status: Some(pb::retirement::Status::Lixiu(pb::Lixiu {
            joined_revolution_on: "1948-03-01".into(),
            approval: Some(pb::Approval {
                number: "离字1号".into(),
                on: "1984-06-01".into(),
            }),
        })),
    });
    full.profile = Some(Box::new(pb::Profile {
        name: "周文华".into(),
        sex: pb::Sex::Female.into(),
        id_number: "11010519491231002x".into(),
        born_on: "1931-02-03".into(),
        birthday: Some(pb::Birthday {
            calendar: Some(pb::birthday::Calendar::Lunar(pb::MonthDay {
                month: 12,
                day: 16,
            })),
        }),
        work_unit: "市棉纺厂".into(),
        phone: "0592-5551234".into(),
        branch: "第一支部".into(),
        ..pb::Profile::default()
    }));
    let registered = cadres
        .register_cadre(world.client.request(full))
        .await
        .unwrap()
        .into_inner();
    let id = registered.answer.unwrap().id;
    let standing = pb::RecordPartyStandingRequest {
        request_id: world.new_request(),
        id: id.clone(),
        joined_on: "1950-01-02".into(),
        full_member_on: "1951-01-02".into(),
        evidence: "入党志愿书".into(),
        ..pb::RecordPartyStandingRequest::default()
    };
    cadres
        .record_party_standing(world.client.request(standing))
        .await
        .unwrap();
    let living = pb::RecordLivingRequest {
        request_id: world.new_request(),
        id: id.clone(),
        living: Some(pb::Living {
            living: Some(pb::living::Living::Kind(pb::LivingKind::Alone.into())),
        }),
        mobility: pb::Mobility::NeedsHelp.into(),
        since: "2026-01-01".into(),
        ..pb::RecordLivingRequest::default()
    };
    cadres
        .record_living(world.client.request(living))
        .await
        .unwrap();
    let contact = pb::AssignContactRequest {
        request_id: world.new_request(),
        id: id.clone(),
        staff: "wang.fang".into(),
        name: "王芳".into(),
        from: "2026-01-01".into(),
        ..pb::AssignContactRequest::default()
    };
    cadres
        .assign_contact(world.client.request(contact))
        .await
        .unwrap();
    let visit = pb::RecordVisitRequest {
        request_id: world.new_request(),
        visit: Some(home_visit(&id)),
        ..pb::RecordVisitRequest::default()
    };
    world.visit(visit).await.unwrap();

    let mut petitions = PetitionServiceClient::new(world.client.channel());
    let petition = pb::RegisterPetitionRequest {
        request_id: world.new_request(),
        petition: Some(pb::Petition {
            number: "2026-001".into(),
            channel: pb::Channel::Letter.into(),
            petitioner: Some(pb::Petitioner {
                name: "周文华".into(),
                person: id.clone(),
            }),
            subject: "加装电梯".into(),
            text: "三楼以上老人上下楼不便。".into(),
            received: "2026-04-01T02:00:00Z".into(),
            intake: None,
        }),
        ..pb::RegisterPetitionRequest::default()
    };
    petitions
        .register_petition(world.client.request(petition))
        .await
        .unwrap();

    let mut hardship = HardshipServiceClient::new(world.client.channel());
    let payment = pb::TakeOverHardshipPaymentRequest {
        request_id: world.new_request(),
        person: id.clone(),
        ground: pb::Ground::SeriousIllness.into(),
        voucher: "2019-017".into(),
        year: 2019,
        amount: 300_050,
        paid_on: "2019-12-20".into(),
        ..pb::TakeOverHardshipPaymentRequest::default()
    };
    let paid = hardship
        .take_over_hardship_payment(world.client.request(payment))
        .await
        .unwrap();
    let position = paid.into_inner().answer.unwrap().position;
    let position = event_log::Position::from_stored(position.parse().unwrap());
    world.app.reached(position).await.unwrap();
    (world, id.parse().unwrap())
}

#[tokio::test]
async fn a_server_shows_the_same_as_a_directory() {
    let (world, id) = bureau().await;
    let (reading, client) = (world.app.read_as(&caller().actor), &world.client);
    let find = || Find {
        q: Some("wenhua".into()),
        status: Some(Status::Lixiu),
        ..Find::default()
    };
    let find = || Find {
        q: Some("周".into()),
        ..find()
    };

    let people = client.find_people(find(), first()).await.unwrap();
    assert_eq!(people.items.len(), 1);
    assert_eq!(
        json(&people),
        json(&reading.find_people(find(), first()).await.unwrap())
    );

    let history = client.history(id, first()).await.unwrap();
    assert_eq!(history.items.len(), 8);
    assert_eq!(
        json(&history),
        json(&reading.history(id, first()).await.unwrap())
    );

    let petitions = client
        .petitions(PetitionFilter::default(), first())
        .await
        .unwrap();
    let petition = petitions.items[0].petition;
    let same = reading
        .petitions(PetitionFilter::default(), first())
        .await
        .unwrap();
    assert_eq!(json(&petitions), json(&same));
    let history = client.petition_history(petition, first()).await.unwrap();
    let same = reading.petition_history(petition, first()).await.unwrap();
    assert_eq!(json(&history), json(&same));

    let cases = client
        .hardship_cases(HardshipFilter::default(), first())
        .await
        .unwrap();
    assert_eq!(cases.items[0].disbursed, domain::Fen(300_050));
    let same = reading
        .hardship_cases(HardshipFilter::default(), first())
        .await
        .unwrap();
    assert_eq!(json(&cases), json(&same));
    let totals = client
        .hardship_totals(HardshipFilter::default())
        .await
        .unwrap();
    assert_eq!(
        totals,
        reading
            .hardship_totals(HardshipFilter::default())
            .await
            .unwrap()
    );

    let (counts, units) = client.counts(None).await.unwrap();
    assert_eq!((counts.people, counts.lixiu, counts.hardship), (1, 1, 1));
    assert_eq!(counts, reading.counts(None).await.unwrap());
    assert_eq!(units, reading.counts_by_unit().await.unwrap());
    let (counts, units) = client.counts(Some(text("别的单位"))).await.unwrap();
    assert_eq!((counts.people, units.len()), (0, 0));
}

#[tokio::test]
async fn a_card_shows_what_was_recorded() {
    let (world, id) = bureau().await;
    let mut register = crate::client::RegisterServiceClient::new(world.client.channel());
    let asked = pb::GetPersonRequest {
        by: Some(pb::get_person_request::By::IdNumber(
            "11010519491231002X".into(),
        )),
        position: String::new(),
    };
    let card = register
        .get_person(world.client.request(asked))
        .await
        .unwrap()
        .into_inner();
    let card = card.card.unwrap();
    assert_eq!(card.person, id.to_string());
    let profile = card.profile.unwrap();
    assert_eq!(profile.sex(), pb::Sex::Female);
    assert_eq!(profile.id_number, "11010519491231002X");
    let Some(pb::birthday::Calendar::Lunar(birthday)) = profile.birthday.unwrap().calendar else {
        panic!("农历")
    };
    assert_eq!((birthday.month, birthday.day), (12, 16));
    let Some(pb::retirement::Status::Lixiu(lixiu)) = card.retirement.unwrap().status else {
        panic!("离休")
    };
    assert_eq!(lixiu.approval.unwrap().number, "离字1号");
    let party = card.party.unwrap();
    assert_eq!(party.standing_starts_on, "1951-01-02");
    assert_eq!(party.basis(), pb::StandingBasis::FullMembership);
    let living = card.living.unwrap();
    assert_eq!(living.mobility(), pb::Mobility::NeedsHelp);
    assert_eq!(card.contact.unwrap().staff, "wang.fang");
}

#[tokio::test]
async fn the_birthdays_ahead_are_listed_with_the_age_that_is_turned() {
    let (world, id) = bureau().await;
    let mut register = crate::client::RegisterServiceClient::new(world.client.channel());
    // Lunar 12-16, in the year that begins on 2026-02-17.
    let asked = |from: &str, until: &str| pb::ListBirthdaysRequest {
        from: from.into(),
        until: until.into(),
        ..pb::ListBirthdaysRequest::default()
    };
    let request = world.client.request(asked("2027-01-01", ""));
    let found = register.list_birthdays(request).await.unwrap().into_inner();
    let [row] = &found.items[..] else {
        panic!("{} of 1", found.items.len())
    };
    assert_eq!(
        (row.on.as_str(), &row.person),
        ("2027-01-23", &id.to_string())
    );
    assert_eq!(
        (row.unit.as_str(), row.contact.as_str()),
        ("老干部局", "wang.fang")
    );
    let Some(pb::birthday::Calendar::Lunar(kept)) = row.birthday.unwrap().calendar else {
        panic!("农历")
    };
    assert_eq!((kept.month, kept.day), (12, 16));

    let request = world.client.request(asked("2027-01-24", "2028-01-26"));
    let refused = register.list_birthdays(request).await.err().unwrap();
    assert_eq!(info(&refused).reason, "invalid_request");
}

#[tokio::test]
async fn a_list_goes_on_where_its_page_ended() {
    let world = world().await;
    let mut position = String::new();
    for name in ["安国强", "白桂芝", "蔡明远"] {
        position = world.register(name).await.position;
    }
    let position = event_log::Position::from_stored(position.parse().unwrap());
    world.app.reached(position).await.unwrap();
    let two = PageRequest {
        page_size: 2,
        page_token: None,
    };
    let page = world
        .client
        .find_people(Find::default(), two)
        .await
        .unwrap();
    assert_eq!(page.items.len(), 2);
    let rest = PageRequest {
        page_size: 2,
        page_token: page.next_page_token,
    };
    let other = Find {
        q: Some("白".into()),
        ..Find::default()
    };
    let refused = world
        .client
        .find_people(other, rest.clone())
        .await
        .err()
        .unwrap();
    assert_eq!(refused.code, "token_of_another_query");
    let page = world
        .client
        .find_people(Find::default(), rest)
        .await
        .unwrap();
    assert_eq!((page.items.len(), page.next_page_token), (1, None));
}

#[tokio::test]
async fn views_can_be_built_anew_from_afar() {
    let (world, id) = bureau().await;
    let mut last = None;
    world
        .client
        .rebuild_views(|progress| last = Some(progress))
        .await
        .unwrap();
    assert_eq!(last.unwrap().position, last.unwrap().head.unwrap());
    assert_eq!(
        world.client.history(id, first()).await.unwrap().items.len(),
        8
    );
}

#[tokio::test]
async fn dates_are_reckoned_as_the_record_does() {
    let world = world().await;
    let mut calendar = CalendarServiceClient::new(world.client.channel());
    let days = |n| {
        Some(pb::Term {
            length: Some(pb::term::Length::Days(n)),
        })
    };
    let asked = pb::GetDeadlineRequest {
        start: "2024-08-02".into(),
        term: days(60),
        extension: days(30),
    };
    let due = calendar
        .get_deadline(world.client.request(asked))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        (due.raw.as_str(), due.rolled.as_str()),
        ("2024-10-31", "2024-10-31")
    );
    let asked = pb::GetDeadlineRequest {
        start: "2024-08-02".into(),
        term: days(60),
        extension: None,
    };
    let due = calendar
        .get_deadline(world.client.request(asked))
        .await
        .unwrap()
        .into_inner();
    assert_eq!(
        (due.raw.as_str(), due.rolled.as_str()),
        ("2024-10-01", "2024-10-08")
    );
    assert_eq!(due.skipped[0].date, "2024-10-01");
    assert!(due.skipped[0].why.starts_with("day_off: "));

    let asked = pb::GetAgeRequest {
        born: "1935-01-20".into(),
        on: "2026-02-17".into(),
    };
    let age = calendar
        .get_age(world.client.request(asked))
        .await
        .unwrap()
        .into_inner();
    assert_eq!((age.full_age, age.nominal_age), (91, Some(93)));

    let lunar = pb::LunarDate {
        year: 2057,
        month: 9,
        leap: false,
        day: 9,
    };
    let asked = pb::GetLunarDateRequest {
        date: Some(pb::get_lunar_date_request::Date::Lunar(lunar)),
    };
    let found = calendar
        .get_lunar_date(world.client.request(asked))
        .await
        .unwrap()
        .into_inner();
    let asked = pb::GetLunarDateRequest {
        date: Some(pb::get_lunar_date_request::Date::Solar(found.solar)),
    };
    let back = calendar
        .get_lunar_date(world.client.request(asked))
        .await
        .unwrap()
        .into_inner();
    assert!(back.lunar == Some(lunar));
    let asked = pb::GetLunarDateRequest {
        date: Some(pb::get_lunar_date_request::Date::Solar("1800-01-01".into())),
    };
    let refused = calendar
        .get_lunar_date(world.client.request(asked))
        .await
        .err()
        .unwrap();
    assert_eq!(refused.code(), tonic::Code::InvalidArgument);
}
