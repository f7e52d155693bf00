//! Every command of hosted zones, once.

use eni_core::control::command::{ChangeRecordSets, Command, CreateHostedZone, HostedZoneVpc, RecordAction, RecordChange};
use eni_core::id::ResourceId;
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::{RecordSet, RecordType};

pub fn hosted_zone_commands() -> Vec<Command> {
    let zone = "Z00000000000000000001".parse().unwrap();
    let (vpc, region, comment) = (ResourceId::from_number(1), "us-east-1".to_owned(), "names".to_owned());
    let tie = Box::new(HostedZoneVpc { zone, vpc, region: region.clone(), comment: comment.clone() });
    let change = RecordChange {
        action: RecordAction::Upsert,
        name: "db.corp.internal.".into(),
        kind: RecordType::A,
        set: RecordSet { ttl: 60, values: vec!["10.0.1.7".into(), "10.0.1.8".into()] },
    };
    vec![
        Command::CreateHostedZone(Box::new(CreateHostedZone {
            name: DnsName::read("corp.internal").unwrap(),
            vpc: Some((vpc, region)),
            is_private: Some(true),
            caller_reference: "one".into(),
            comment: comment.clone(),
        })),
        Command::DeleteHostedZone(zone),
        Command::UpdateHostedZoneComment(zone, comment.clone()),
        Command::AssociateHostedZone(tie.clone()),
        Command::DisassociateHostedZone(tie),
        Command::ChangeRecordSets(Box::new(ChangeRecordSets { zone, changes: vec![change], comment })),
    ]
}
