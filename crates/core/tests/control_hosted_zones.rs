//! Private hosted zones, and what the resolver of a VPC answers.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::*;
use eni_core::control::reply::Reply;
use eni_core::dataplane::resolver::{Answer, Decided, Status, resolve};
use eni_core::id::*;
use eni_core::model::dns_name::DnsName;
use eni_core::model::hosted_zone::{RecordSet, RecordType};
use eni_core::model::vpc::Vpc;
use support::scene::{Scene, eip, eni, inst, vpc};

fn region() -> String {
    "us-east-1".to_owned()
}

fn name(text: &str) -> DnsName {
    DnsName::read(text).unwrap()
}

fn zone(scene: &mut Scene, domain: &str, of: VpcId) -> HostedZoneId {
    let (caller_reference, comment) = (domain.to_owned() + &of.to_string(), String::new());
    let vpc = Some((of, region()));
    let wanted = CreateHostedZone { name: name(domain), vpc, is_private: Some(true), caller_reference, comment };
    let Reply::HostedZone(id, ..) = scene.accept(Command::CreateHostedZone(Box::new(wanted))) else { panic!() };
    id
}

fn batch(zone: HostedZoneId, changes: &[(RecordAction, &str, RecordType, &[&str])]) -> Command {
    let change = |(action, name, kind, values): &(RecordAction, &str, RecordType, &[&str])| RecordChange {
        action: *action,
        name: (*name).to_owned(),
        kind: *kind,
        set: RecordSet { ttl: 30, values: values.iter().map(|value| (*value).to_owned()).collect() },
    };
    Command::ChangeRecordSets(Box::new(ChangeRecordSets { zone, changes: changes.iter().map(change).collect(), comment: String::new() }))
}

fn say(scene: &mut Scene, zone: HostedZoneId, records: &[(&str, RecordType, &[&str])]) {
    let changes: Vec<_> = records.iter().map(|(name, kind, values)| (RecordAction::Create, *name, *kind, *values)).collect();
    scene.accept(batch(zone, &changes));
}

fn attributes(scene: &mut Scene, vpc: VpcId, support: bool, hostnames: bool) {
    for (dns_support, dns_hostnames) in [(Some(support), None), (None, Some(hostnames))] {
        scene.accept(Command::ModifyVpcAttribute { vpc, dns_support, dns_hostnames });
    }
}

fn ask(scene: &Scene, of: VpcId, text: &str, kind: RecordType) -> Answer {
    let vpc: &Vpc = scene.network.vpc(of).unwrap();
    resolve(&scene.network, vpc, &name(text), kind)
}

/// The values of an answer.
fn values(answer: &Answer) -> Vec<&str> {
    answer.records.iter().map(|record| record.value.as_str()).collect()
}

fn address(scene: &Scene, of: VpcId, text: &str) -> Vec<String> {
    values(&ask(scene, of, text, RecordType::A)).into_iter().map(str::to_owned).collect()
}

// rules: L12 L14
#[test]
fn a_private_name_needs_the_association_and_both_attributes() {
    let mut scene = Scene::new();
    let zone = zone(&mut scene, "corp.internal", vpc(1));
    say(&mut scene, zone, &[("db.corp.internal", RecordType::A, &["10.0.1.7"])]);
    for (support, hostnames, status, decided) in [
        (true, true, Status::NoError, Decided::Zone(zone)),
        (true, false, Status::NoSuchName, Decided::NoHostnames(zone, vpc(1))),
        (false, false, Status::TimedOut, Decided::NoSupport(vpc(1))),
        (false, true, Status::TimedOut, Decided::NoSupport(vpc(1))),
    ] {
        attributes(&mut scene, vpc(1), support, hostnames);
        let answer = ask(&scene, vpc(1), "DB.corp.internal.", RecordType::A);
        assert_eq!((answer.status, answer.decided.as_slice()), (status, [decided].as_slice()), "{support} {hostnames}");
        assert_eq!(values(&answer), if status == Status::NoError { vec!["10.0.1.7"] } else { vec![] });
        assert_eq!(answer.server.to_string(), "10.0.0.2");
    }
    attributes(&mut scene, vpc(2), true, true);
    let elsewhere = ask(&scene, vpc(2), "db.corp.internal", RecordType::A);
    assert_eq!((elsewhere.status, elsewhere.decided), (Status::NoSuchName, vec![Decided::NotAssociated(zone, vpc(2))]));
    let tie = HostedZoneVpc { zone, vpc: vpc(2), region: region(), comment: String::new() };
    scene.accept(Command::AssociateHostedZone(Box::new(tie.clone())));
    assert_eq!(address(&scene, vpc(2), "db.corp.internal"), ["10.0.1.7"]);
    scene.accept(Command::DisassociateHostedZone(Box::new(tie)));
    assert!(address(&scene, vpc(2), "db.corp.internal").is_empty());
}

// rules: L12 L9
#[test]
fn the_name_leads_to_the_address_wherever_its_eni_is() {
    let mut scene = Scene::new();
    attributes(&mut scene, vpc(1), true, true);
    let zone = zone(&mut scene, "corp.internal", vpc(1));
    say(&mut scene, zone, &[("db.corp.internal", RecordType::A, &["10.0.1.7"])]);
    let before = address(&scene, vpc(1), "db.corp.internal");
    assert_eq!(before, ["10.0.1.7"]);
    let holder = |scene: &Scene| scene.eni(eni(4)).attached_instance();
    assert_eq!(holder(&scene), Some(inst(1)));
    let attachment = scene.eni(eni(4)).attachment.as_ref().unwrap().id;
    scene.settled(Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(attachment), force: false });
    scene.wait(10);
    scene.attach(eni(4), inst(2), 1);
    assert_eq!(holder(&scene), Some(inst(2)));
    assert_eq!(address(&scene, vpc(1), "db.corp.internal"), before);
}

// rules: L12
#[test]
fn the_longest_zone_answers_alone() {
    let mut scene = Scene::new();
    attributes(&mut scene, vpc(1), true, true);
    let wide = zone(&mut scene, "internal", vpc(1));
    let narrow = zone(&mut scene, "corp.internal", vpc(1));
    say(&mut scene, wide, &[("db.corp.internal", RecordType::A, &["10.0.0.9"]), ("x.internal", RecordType::A, &["10.0.0.8"])]);
    say(&mut scene, narrow, &[("web.corp.internal", RecordType::A, &["10.0.1.7"])]);
    let missing = ask(&scene, vpc(1), "db.corp.internal", RecordType::A);
    assert_eq!((missing.status, missing.decided), (Status::NoSuchName, vec![Decided::Zone(narrow)]));
    let authority = missing.authority.unwrap();
    assert_eq!((authority.name, authority.ttl, authority.kind), (name("corp.internal"), 900, RecordType::Soa));
    assert_eq!(address(&scene, vpc(1), "x.internal"), ["10.0.0.8"]);
    // A name that is there in another type, or above one that is, is no missing name.
    for text in ["web.corp.internal", "corp.internal"] {
        let other = ask(&scene, vpc(1), text, RecordType::Aaaa);
        assert_eq!((other.status, other.records.len(), other.authority.is_some()), (Status::NoError, 0, true), "{text}");
    }
}

// rules: L12
#[test]
fn names_lead_to_names_and_stars_stand_for_any() {
    let mut scene = Scene::new();
    attributes(&mut scene, vpc(1), true, true);
    let corp = zone(&mut scene, "corp.internal", vpc(1));
    let other = zone(&mut scene, "example.com", vpc(1));
    say(
        &mut scene,
        corp,
        &[
            ("www.corp.internal", RecordType::Cname, &["db.example.com"]),
            ("*.corp.internal", RecordType::A, &["10.0.1.9"]),
            ("a.b.corp.internal", RecordType::A, &["10.0.1.10"]),
            ("ring.corp.internal", RecordType::Cname, &["ring.example.com"]),
        ],
    );
    say(
        &mut scene,
        other,
        &[("db.example.com", RecordType::A, &["10.0.1.7", "10.0.1.5"]), ("ring.example.com", RecordType::Cname, &["ring.corp.internal"])],
    );
    let answer = ask(&scene, vpc(1), "www.corp.internal", RecordType::A);
    assert_eq!(values(&answer), ["db.example.com", "10.0.1.7", "10.0.1.5"]);
    assert_eq!(answer.decided, [Decided::Zone(corp), Decided::Zone(other)]);
    assert_eq!(answer.authority, None);
    let alias = ask(&scene, vpc(1), "www.corp.internal", RecordType::Cname);
    assert_eq!(
        (values(&alias), alias.decided.as_slice()),
        (vec!["db.example.com"], [Decided::Zone(corp)].as_slice()),
        "it is not followed"
    );
    assert_eq!(address(&scene, vpc(1), "any.corp.internal"), ["10.0.1.9"]);
    assert_eq!(address(&scene, vpc(1), "x.y.corp.internal"), ["10.0.1.9"]);
    // Below a name that is there the star above it says nothing.
    assert_eq!(ask(&scene, vpc(1), "x.b.corp.internal", RecordType::A).status, Status::NoSuchName);
    assert_eq!(ask(&scene, vpc(1), "ring.corp.internal", RecordType::A).status, Status::Failed);
}

// rules: L13 L14 A35 I5 I6 I7
#[test]
fn the_regions_own_names_are_answered_with_the_address_that_fits() {
    let mut scene = Scene::new();
    attributes(&mut scene, vpc(1), true, true);
    attributes(&mut scene, vpc(2), true, true);
    assert_eq!(address(&scene, vpc(1), "ip-10-0-1-7.ec2.internal"), ["10.0.1.7"]);
    assert!(address(&scene, vpc(2), "ip-10-0-1-7.ec2.internal").is_empty());
    for nobody in ["ip-10-0-1-77.ec2.internal", "ip-10.0.1.7.ec2.internal", "ip-10-0.1-7.ec2.internal"] {
        assert_eq!(ask(&scene, vpc(1), nobody, RecordType::A).decided, [Decided::Nobody], "{nobody}");
    }
    let pointer = ask(&scene, vpc(1), "7.1.0.10.in-addr.arpa", RecordType::Ptr);
    assert_eq!(values(&pointer), ["ip-10-0-1-7.ec2.internal."]);
    let public = scene.network.elastic_ip(eip(1)).unwrap().ip;
    let public_name = format!("ec2-{}.compute-1.amazonaws.com", public.to_string().replace('.', "-"));
    let (inside, outside) = (vec!["10.0.1.7".to_owned()], vec![public.to_string()]);
    assert_eq!((address(&scene, vpc(1), &public_name), address(&scene, vpc(2), &public_name)), (inside.clone(), outside.clone()));
    // Without host names it gives no public ones: nobody knows it, inside and outside.
    attributes(&mut scene, vpc(1), true, false);
    let unknown = ask(&scene, vpc(1), &public_name, RecordType::A);
    assert_eq!((unknown.status, unknown.decided), (Status::NoSuchName, vec![Decided::Nobody]));
    assert!(address(&scene, vpc(2), &public_name).is_empty());
    // Who gives none itself is outside.
    attributes(&mut scene, vpc(1), true, true);
    attributes(&mut scene, vpc(2), true, false);
    assert_eq!((address(&scene, vpc(1), &public_name), address(&scene, vpc(2), &public_name)), (inside, outside));
    // A private zone of the same domain hides them, one that is wider does not.
    attributes(&mut scene, vpc(1), true, true);
    zone(&mut scene, "internal", vpc(1));
    assert_eq!(address(&scene, vpc(1), "ip-10-0-1-7.ec2.internal"), ["10.0.1.7"]);
    zone(&mut scene, "ec2.internal", vpc(1));
    assert_eq!(ask(&scene, vpc(1), "ip-10-0-1-7.ec2.internal", RecordType::A).status, Status::NoSuchName);
    assert_eq!(ask(&scene, vpc(1), "nobody.example", RecordType::A).decided, [Decided::Nobody]);
}

// rules: A35 L14
#[test]
fn over_a_peering_connection_a_public_name_leads_inside_where_the_side_of_the_address_lends_it() {
    let mut scene = Scene::new();
    attributes(&mut scene, vpc(1), true, true);
    attributes(&mut scene, vpc(2), true, true);
    let wanted =
        CreateVpcPeeringConnection { vpc: vpc(1), peer: Some(vpc(2)), peer_owner: None, peer_region: None, tags: Default::default() };
    let Reply::Peering(peering) = scene.accept(Command::CreateVpcPeeringConnection(Box::new(wanted))) else { panic!() };
    scene.wait(5);
    scene.settled(Command::AcceptVpcPeeringConnection(peering));
    let public = scene.network.elastic_ip(eip(1)).unwrap().ip.to_string();
    let name = format!("ec2-{}.compute-1.amazonaws.com", public.replace('.', "-"));
    for (requester, accepter, hostnames, inside) in
        [(false, false, true, false), (false, true, true, false), (true, false, true, true), (true, false, false, false)]
    {
        let options = ModifyVpcPeeringConnectionOptions { peering, requester: Some(requester), accepter: Some(accepter) };
        scene.accept(Command::ModifyVpcPeeringConnectionOptions(options));
        attributes(&mut scene, vpc(2), true, hostnames);
        let expected = if inside { "10.0.1.7" } else { public.as_str() };
        assert_eq!(address(&scene, vpc(2), &name), [expected], "{requester} {accepter} {hostnames}");
        attributes(&mut scene, vpc(2), true, true);
    }
}

// rules: L12
#[test]
fn of_zones_that_a_vpc_does_not_see_the_nearest_is_told() {
    let mut scene = Scene::new();
    attributes(&mut scene, vpc(1), true, true);
    zone(&mut scene, "internal", vpc(2));
    let near = zone(&mut scene, "corp.internal", vpc(2));
    assert_eq!(ask(&scene, vpc(1), "db.corp.internal", RecordType::A).decided, [Decided::NotAssociated(near, vpc(1))]);
}

// rules: L12
#[test]
fn a_batch_replaces_and_deletes_or_does_nothing() {
    let mut scene = Scene::new();
    attributes(&mut scene, vpc(1), true, true);
    let zone = zone(&mut scene, "corp.internal", vpc(1));
    let (db, a) = ("db.corp.internal", RecordType::A);
    say(&mut scene, zone, &[(db, a, &["10.0.1.7"])]);
    scene.accept(batch(zone, &[(RecordAction::Delete, db, a, &["10.0.1.7"]), (RecordAction::Create, db, a, &["10.0.1.8"])]));
    assert_eq!(address(&scene, vpc(1), db), ["10.0.1.8"]);
    scene.accept(batch(zone, &[(RecordAction::Upsert, db, a, &["10.0.1.9"])]));
    assert_eq!(address(&scene, vpc(1), db), ["10.0.1.9"]);
    scene.refuse(batch(zone, &[(RecordAction::Upsert, db, a, &["10.0.1.10"]), (RecordAction::Delete, "x.corp.internal", a, &["1.1.1.1"])]));
    assert_eq!(address(&scene, vpc(1), db), ["10.0.1.9"]);
    scene.refuse(Command::DeleteHostedZone(zone));
    scene.accept(batch(zone, &[(RecordAction::Delete, db, a, &["10.0.1.9"])]));
    scene.accept(Command::DeleteHostedZone(zone));
    assert!(scene.network.hosted_zones().next().is_none());
}

// rules: L12 L15
#[test]
fn a_zone_outlives_its_vpc() {
    let mut scene = Scene::new();
    let lone = scene.vpc("10.9.0.0/16");
    let zone = zone(&mut scene, "corp.internal", lone);
    scene.accept(Command::DeleteVpc(lone));
    assert_eq!(scene.network.hosted_zone(zone).unwrap().vpcs, [lone]);
    let tie = |vpc| Box::new(HostedZoneVpc { zone, vpc, region: region(), comment: String::new() });
    scene.accept(Command::AssociateHostedZone(tie(vpc(1))));
    scene.accept(Command::DisassociateHostedZone(tie(lone)));
    assert_eq!(scene.network.hosted_zone(zone).unwrap().vpcs, [vpc(1)]);
}
