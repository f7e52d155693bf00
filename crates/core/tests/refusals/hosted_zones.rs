//! Refusals of private hosted zones.

use super::*;
use eni_core::control::command::RecordAction::{self, Create, Delete, Upsert};
use eni_core::control::command::{ChangeRecordSets, CreateHostedZone, HostedZoneVpc, RecordChange};
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::RecordSet;
use eni_core::model::hosted_zone::RecordType::{self, A, Aaaa, Cname, Mx, Ns, Soa, Srv, Txt};

fn region() -> String {
    "us-east-1".to_owned()
}

/// The id of the first zone that is made.
fn first() -> HostedZoneId {
    "Z00000000000000000001".parse().unwrap()
}

fn create(name: &str, vpc: Option<VpcId>, reference: &str) -> Command {
    let (name, vpc) = (DnsName::read(name).unwrap(), vpc.map(|vpc| (vpc, region())));
    let (caller_reference, comment) = (reference.to_owned(), String::new());
    Command::CreateHostedZone(Box::new(CreateHostedZone { name, vpc, is_private: None, caller_reference, comment }))
}

/// A zone of vpc-1.
fn with_zone(scene: &mut Scene) -> HostedZoneId {
    let Reply::HostedZone(id, ..) = scene.accept(create("corp.internal", Some(vpc(1)), "one")) else { panic!() };
    id
}

fn private(command: Command, is_private: bool) -> Command {
    let Command::CreateHostedZone(mut wanted) = command else { panic!() };
    wanted.is_private = Some(is_private);
    Command::CreateHostedZone(wanted)
}

fn tie(vpc: VpcId, on: bool) -> Command {
    let tie = Box::new(HostedZoneVpc { zone: first(), vpc, region: region(), comment: String::new() });
    if on { Command::AssociateHostedZone(tie) } else { Command::DisassociateHostedZone(tie) }
}

fn change(action: RecordAction, name: &str, kind: RecordType, values: &[&str]) -> RecordChange {
    let values = values.iter().map(|value| (*value).to_owned()).collect();
    RecordChange { action, name: name.to_owned(), kind, set: RecordSet { ttl: 60, values } }
}

/// A batch for the zone of vpc-1, in which `db` is 10.0.1.7.
fn batch(scene: &mut Scene, changes: Vec<RecordChange>) -> Command {
    let zone = with_zone(scene);
    let of = |changes| Command::ChangeRecordSets(Box::new(ChangeRecordSets { zone, changes, comment: String::new() }));
    scene.accept(of(vec![change(Create, "db.corp.internal", A, &["10.0.1.7"])]));
    of(changes)
}

pub const HOSTED_ZONES: &[Case] = &[
    case("HostedZoneNotFound", "NoSuchHostedZone: No hosted zone found with ID: Z00000000000000000001", |_| {
        Command::DeleteHostedZone(first())
    }),
    case(
        "PublicHostedZone",
        "UnsupportedOperation: The playground has private hosted zones only: nothing outside of it would ask a public one. Name a VPC.",
        |_| create("corp.internal", None, "one"),
    ),
    case(
        "HostedZonePrivacy",
        "InvalidInput: A private hosted zone is created with a VPC and a public one without: PrivateZone=true does not fit.",
        |_| private(create("corp.internal", None, "one"), true),
    ),
    case(
        "HostedZonePrivacy",
        "InvalidInput: A private hosted zone is created with a VPC and a public one without: PrivateZone=false does not fit.",
        |_| private(create("corp.internal", Some(vpc(1)), "one"), false),
    ),
    case("HostedZoneVpcNotFound", "InvalidVPCId: The VPC: vpc-9 in region us-east-1 that you provided is not found.", |_| {
        create("corp.internal", Some(vpc(9)), "one")
    }),
    case("HostedZoneVpcNotFound", "InvalidVPCId: The VPC: vpc-1 in region eu-west-1 that you provided is not found.", |scene| {
        let zone = with_zone(scene);
        let tie = HostedZoneVpc { zone, vpc: vpc(1), region: "eu-west-1".to_owned(), comment: String::new() };
        Command::AssociateHostedZone(Box::new(tie))
    }),
    case(
        "HostedZoneConflict",
        "ConflictingDomainExists: The VPC vpc-1 in region us-east-1 has already been associated with the hosted zone Z00000000000000000001 with the same domain name.",
        |scene| {
            with_zone(scene);
            create("corp.internal", Some(vpc(1)), "two")
        },
    ),
    case(
        "HostedZoneExists",
        "HostedZoneAlreadyExists: A hosted zone has already been created with the specified caller reference.",
        |scene| {
            with_zone(scene);
            create("other.internal", Some(vpc(1)), "one")
        },
    ),
    case(
        "HostedZoneNotEmpty",
        "HostedZoneNotEmpty: The specified hosted zone contains non-required resource record sets and so cannot be deleted.",
        |scene| {
            let Command::ChangeRecordSets(batch) = batch(scene, Vec::new()) else { panic!() };
            Command::DeleteHostedZone(batch.zone)
        },
    ),
    case("HostedZoneLimit", "TooManyHostedZones: This account cannot have more than 500 hosted zones.", |scene| {
        for number in 0..500 {
            scene.accept(create(&format!("a{number}.internal"), Some(vpc(1)), &number.to_string()));
        }
        create("b.internal", Some(vpc(1)), "last")
    }),
    case(
        "HostedZoneNotAssociated",
        "VPCAssociationNotFound: The VPC: vpc-2 in region us-east-1 is not associated with the hosted zone Z00000000000000000001.",
        |scene| {
            with_zone(scene);
            tie(vpc(2), false)
        },
    ),
    case(
        "HostedZoneLastVpc",
        "LastVPCAssociation: The VPC: vpc-1 in region us-east-1 is the last one associated with the hosted zone Z00000000000000000001. Cannot remove the last VPC association of a private hosted zone.",
        |scene| {
            with_zone(scene);
            tie(vpc(1), false)
        },
    ),
    // Of too many nothing else is told.
    case("RecordBatch", "InvalidChangeBatch: [Number of records limit of 1000 exceeded.]", |scene| {
        let twice = ["10.0.1.8"; 1_001];
        batch(scene, vec![change(Create, "db.corp.internal", A, &twice)])
    }),
    case("RecordBatch", "InvalidChangeBatch: [Number of records limit of 1000 exceeded.]", |scene| {
        batch(scene, (0..1_001).map(|_| change(Create, "web.corp.internal", A, &[])).collect())
    }),
    case(
        "RecordBatch",
        "InvalidChangeBatch: [Tried to create resource record set [name='db.corp.internal.', type='A'] but it already exists, Tried to delete resource record set [name='web.corp.internal.', type='A'] but it was not found]",
        |scene| {
            let there = change(Create, "db.corp.internal", A, &["10.0.1.8"]);
            batch(scene, vec![there, change(Delete, "web.corp.internal", A, &["10.0.1.8"])])
        },
    ),
    case(
        "RecordBatch",
        "InvalidChangeBatch: [Tried to delete resource record set [name='db.corp.internal.', type='A'] but the values provided do not match the current values, RRSet with DNS name db.example.com. is not permitted in zone corp.internal.]",
        |scene| {
            let other = change(Delete, "db.corp.internal", A, &["10.0.1.8"]);
            batch(scene, vec![other, change(Create, "db.example.com", A, &["10.0.1.8"])])
        },
    ),
    case(
        "RecordBatch",
        "InvalidChangeBatch: [RRSet of type CNAME with DNS name corp.internal. is not permitted at apex in zone corp.internal., RRSet of type CNAME with DNS name db.corp.internal. is not permitted as it conflicts with other records with the same DNS name in zone corp.internal.]",
        |scene| {
            let apex = change(Create, "corp.internal", Cname, &["a.b"]);
            batch(scene, vec![apex, change(Upsert, "db.corp.internal", Cname, &["a.b"])])
        },
    ),
    case(
        "RecordBatch",
        "InvalidChangeBatch: [Invalid Resource Record: 'FATAL problem: ARRDATAIllegalIPv4Address (Value is not a valid IPv4 address) encountered with '10.0.0.256'', Invalid Resource Record: 'FATAL problem: AAAARRDATAIllegalIPv6Address (Value is not a valid IPv6 address) encountered with '10.0.0.1'', Duplicate Resource Record: '10.0.0.1']",
        |scene| {
            let bad = change(Upsert, "a.corp.internal", A, &["10.0.0.256"]);
            let six = change(Upsert, "a.corp.internal", Aaaa, &["10.0.0.1"]);
            batch(scene, vec![bad, six, change(Upsert, "b.corp.internal", A, &["10.0.0.1", "10.0.0.1"])])
        },
    ),
    case(
        "RecordBatch",
        "InvalidChangeBatch: [FATAL problem: DomainLabelEmpty (Domain label is empty) encountered with 'a..corp.internal', Missing field 'ResourceRecords' in Change of resource record set 'a.corp.internal.', Invalid Resource Record: 'FATAL problem: MultipleCNAMERecords (More than one CNAME record found) encountered with 'b.corp.internal.'']",
        |scene| {
            let empty = change(Upsert, "a..corp.internal", A, &["10.0.0.1"]);
            let none = change(Upsert, "a.corp.internal", A, &[]);
            batch(scene, vec![empty, none, change(Upsert, "b.corp.internal", Cname, &["a.b", "c.d"])])
        },
    ),
    case(
        "RecordBatch",
        "InvalidChangeBatch: [The request contains an invalid set of changes for a resource record set 'A a.corp.internal.', A HostedZone must contain exactly one SOA record., A HostedZone must contain at least one NS record for the zone itself.]",
        |scene| {
            let once = change(Create, "a.corp.internal", A, &["10.0.0.1"]);
            let soa = "ns-1536.awsdns-00.co.uk. awsdns-hostmaster.amazon.com. 1 7200 900 1209600 86400";
            let servers = ["ns-0.awsdns-00.com.", "ns-512.awsdns-00.net.", "ns-1024.awsdns-00.org.", "ns-1536.awsdns-00.co.uk."];
            let mut first = [change(Delete, "corp.internal", Soa, &[soa]), change(Delete, "corp.internal", Ns, &servers)];
            (first[0].set.ttl, first[1].set.ttl) = (900, 172_800);
            let [soa, servers] = first;
            batch(scene, vec![once.clone(), once, soa, servers])
        },
    ),
    case(
        "RecordBatch",
        "InvalidChangeBatch: [Invalid Resource Record: 'FATAL problem: InvalidCharacterString (Value should be enclosed in quotation marks) encountered with 'x'', Invalid Resource Record: 'FATAL problem: MXRRDATANotTwoFields (MX record doesn't have 2 fields) encountered with 'mail.a'', Invalid Resource Record: 'FATAL problem: SRVRRDATANotFourFields (SRV record doesn't have 4 fields) encountered with '1 2 a'']",
        |scene| {
            let changes = [(Txt, "x"), (Mx, "mail.a"), (Srv, "1 2 a")];
            batch(scene, changes.map(|(kind, value)| change(Upsert, "a.corp.internal", kind, &[value])).to_vec())
        },
    ),
];
