//! `fault hang`, `fault loss` and `fault connections`: what they do to a session, its document, its script and an account.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_playground::account::Account;
use eni_playground::act::{Act, Fault, WorldAct};
use eni_playground::scenario::load;
use eni_playground::session::Session;
use eni_playground::view::menu::MenuDoes;
use serde_json::{Value, json};
use support::{client, instance, open, seconds};

fn broken(session: &Session, name: &str, fault: Fault, broken: bool) -> Act {
    Act::World(WorldAct::Fault { instance: instance(session, name).id, fault, broken })
}

fn done(session: &mut Session, act: &Act) -> Value {
    session.execute(act).result.unwrap_or_else(|refusal| panic!("{}: {refusal:?}", act.echo()))
}

/// AWS's checks of an instance, of the machine under it, and since when it is impaired.
fn status(session: &mut Session, name: &str) -> String {
    let id = instance(session, name).id;
    let told = done(session, &Act::ec2("DescribeInstanceStatus", json!({ "InstanceIds": [id] })));
    let told = &told["InstanceStatuses"][0];
    let word = |at: &str| told.pointer(at).and_then(Value::as_str).unwrap_or("-").to_owned();
    [
        "/InstanceState/Name",
        "/InstanceStatus/Status",
        "/InstanceStatus/Details/0/Status",
        "/InstanceStatus/Details/0/ImpairedSince",
        "/SystemStatus/Status",
        "/SystemStatus/Details/0/ImpairedSince",
    ]
    .map(word)
    .join(" ")
}

// rules: L17 L18
#[test]
fn awss_checks_see_a_hang_and_a_whole_loss_and_no_share() {
    let mut session = open("low-budget-ha");
    session.advance(seconds(3));
    let well = "running ok passed - ok -";
    let since = "2026-01-01T00:00:03Z";
    let table = [
        (Fault::Hang, true, format!("running impaired failed {since} ok -")),
        (Fault::Hang, false, well.to_owned()),
        (Fault::Loss(999), true, well.to_owned()),
        (Fault::Loss(1_000), true, format!("running impaired failed {since} impaired {since}")),
        (Fault::Loss(0), false, well.to_owned()),
    ];
    for (fault, on, told) in table {
        let act = broken(&session, "web-1", fault, on);
        done(&mut session, &act);
        let seen = status(&mut session, "web-1").replace(".000Z", "Z").replace("+00:00", "Z");
        assert_eq!(seen, told, "{}", act.echo());
        assert_eq!(status(&mut session, "web-2"), well);
    }
}

// rules: L17
#[test]
fn an_outage_by_a_hang_is_seen_told_undone_and_done_again() {
    let mut session = open("low-budget-ha");
    session.advance(seconds(2));
    assert_eq!(client(&session, "client").lost, 0);
    let before = session.document();
    let hang = broken(&session, "web-1", Fault::Hang, true);
    let outcome = session.execute(&hang);
    assert_eq!(outcome.announcement, "Done: let web-1 hang.");
    assert_eq!(instance(&session, "web-1").state_text, "running, hangs");
    session.advance(seconds(3));
    let lost = client(&session, "client").lost;
    assert!(lost > 5, "{lost}");
    let why = support::ask(&mut session, "internet", "svc", 443);
    assert_eq!(why.headline, "The system on web-1 hangs");
    assert_eq!(why.code.as_deref(), Some("GUEST_HANGS"));
    let ways: Vec<&str> = why.remedies.iter().map(|remedy| remedy.echo.as_str()).collect();
    let id = instance(&session, "web-1").id;
    assert_eq!(ways, [format!("aws ec2 reboot-instances --instance-ids {id}"), format!("fault hang {id} --mend")]);
    // The first way: AWS reboots it.
    let reboot = why.remedies[0].acts.clone();
    reboot.iter().for_each(|act| _ = done(&mut session, act));
    session.advance(seconds(3));
    assert_eq!(instance(&session, "web-1").state_text, "running");
    let after = client(&session, "client").lost;
    session.advance(seconds(3));
    assert_eq!(client(&session, "client").lost, after, "nothing is lost any more");
    for _ in 0..2 + 1 {
        session.undo();
    }
    assert_eq!(session.document(), before);
    session.redo();
    assert_eq!(instance(&session, "web-1").state_text, "running, hangs");
}

// rules: L18
#[test]
fn an_outage_by_loss_says_of_each_lost_packet_that_it_was_chance() {
    let mut session = open("low-budget-ha");
    let loss = broken(&session, "web-1", Fault::Loss(400), true);
    assert_eq!(session.execute(&loss).announcement, "Done: let web-1 lose 40 % of its packets.");
    assert_eq!(instance(&session, "web-1").state_text, "running, loses 40 %");
    session.advance(seconds(20));
    let seen = client(&session, "client");
    assert!(seen.lost > 10 && seen.answered > 10, "{seen:?}");
    let told = (1..2_000).rev().filter_map(|packet| session.why(packet)).find(|why| why.code.is_some()).unwrap();
    assert_eq!(
        (told.headline.as_str(), told.code.as_deref()),
        ("The network cards of web-1 lost this packet", Some("GUEST_LOSES_PACKETS"))
    );
    let ways: Vec<&str> = told.remedies.iter().map(|remedy| remedy.echo.as_str()).collect();
    assert_eq!(ways, [format!("fault loss {} --mend", instance(&session, "web-1").id)]);
    let acts = told.remedies[0].acts.clone();
    acts.iter().for_each(|act| _ = done(&mut session, act));
    session.advance(seconds(3));
    let lost = client(&session, "client").lost;
    session.advance(seconds(20));
    assert_eq!(client(&session, "client").lost, lost, "what was under way, and no more");
}

// rules: S45 S35
#[test]
fn an_outage_by_a_full_table_of_connections_says_so_and_what_lifts_the_limit() {
    let mut session = open("low-budget-ha");
    // With nothing let out by a rule, what comes in from everybody is tracked.
    for name in ["web", "base"] {
        let named = json!({ "Filters": [{ "Name": "group-name", "Values": [name] }] });
        let group = done(&mut session, &Act::ec2("DescribeSecurityGroups", named))["SecurityGroups"][0]["GroupId"].clone();
        let all = json!([{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]);
        done(&mut session, &Act::ec2("RevokeSecurityGroupEgress", json!({ "GroupId": group, "IpPermissions": all })));
    }
    let before = session.document();
    let limit = broken(&session, "web-1", Fault::Connections(5), true);
    assert_eq!(session.execute(&limit).announcement, "Done: limit the tracked connections of web-1 to 5.");
    assert_eq!(instance(&session, "web-1").state_text, "running, at most 5 tracked");
    session.advance(seconds(8));
    let seen = client(&session, "client");
    assert!(seen.lost > 10 && seen.answered > 2, "{seen:?}");
    let refused = |session: &Session| (1..2_000).rev().filter_map(|packet| session.why(packet)).find(|why| why.code.is_some());
    let told = refused(&session).unwrap();
    assert_eq!(
        (told.headline.as_str(), told.code.as_deref()),
        ("web-1 tracks as many connections as it may, and this packet would have begun another", Some("CONNTRACK_ALLOWANCE_EXCEEDED"))
    );
    let row = told.checks.iter().find(|check| check.result == "Refused").unwrap();
    assert_eq!((row.title.as_str(), row.glyph, row.rule.as_str(), row.mark), ("Connection tracking", "group", "S45", Some('M')));
    assert!(row.evidence.starts_with("Its ENIs track 5 connections together, and may track 5."), "{}", row.evidence);
    let rest: Vec<&str> =
        told.checks.iter().skip_while(|check| check.result != "Refused").skip(1).map(|check| check.title.as_str()).collect();
    assert_eq!(rest, ["Source/dest check", "Guest"], "what comes behind the groups on the way in");
    // One that got a place says which.
    let placed = (1..2_000)
        .filter_map(|packet| session.why(packet))
        .find_map(|why| why.checks.into_iter().find(|check| check.title == "Connection tracking" && check.result.starts_with("place")));
    assert_eq!(placed.unwrap().result, "place 1 of 5");
    // What lifts it is offered, and does.
    let ways: Vec<&str> = told.remedies.iter().map(|remedy| remedy.echo.as_str()).collect();
    assert_eq!(ways, [format!("fault connections {} --mend", instance(&session, "web-1").id)]);
    told.remedies[0].acts.iter().for_each(|act| _ = done(&mut session, act));
    session.advance(seconds(3));
    let lost = client(&session, "client").lost;
    session.advance(seconds(5));
    assert_eq!((client(&session, "client").lost, instance(&session, "web-1").state_text.as_str()), (lost, "running"));
    session.undo();
    assert_eq!(instance(&session, "web-1").state_text, "running, at most 5 tracked");
    session.undo();
    assert_eq!(session.document(), before);
    session.redo();
    assert_eq!(instance(&session, "web-1").state_text, "running, at most 5 tracked");
}

// rules: L17 L18 S45
#[test]
fn the_menu_of_what_runs_breaks_and_mends() {
    let mut session = open("low-budget-ha");
    let id = instance(&session, "web-1").id;
    let entry = |session: &Session, text: &str| {
        let entries = session.menu(&format!("instance:{id}")).unwrap().entries;
        let found = entries.into_iter().find(|entry| entry.text == text)?;
        let MenuDoes::Acts(acts) = found.does else { panic!("{text}") };
        Some(acts)
    };
    for (text, after, state) in [
        ("Let its system hang", "Let its system hang no more", "running, hangs"),
        ("Let it lose 20 % of its packets", "Let it lose no more packets", "running, hangs, loses 20 %"),
        ("Let its system hang no more", "Let its system hang", "running, loses 20 %"),
        ("Let it lose no more packets", "Let it lose 20 % of its packets", "running"),
        ("Limit its tracked connections to 10", "Lift the limit on its tracked connections", "running, at most 10 tracked"),
        ("Lift the limit on its tracked connections", "Limit its tracked connections to 10", "running"),
    ] {
        let acts = entry(&session, text).unwrap_or_else(|| panic!("{text}"));
        acts.iter().for_each(|act| _ = done(&mut session, act));
        assert_eq!(instance(&session, "web-1").state_text, state);
        assert!(entry(&session, text).is_none() && entry(&session, after).is_some(), "{text}");
    }
    let stop = support::act_for(&session, "stop", "web-1");
    done(&mut session, &stop);
    assert!(entry(&session, "Let its system hang").is_none() && entry(&session, "Limit its tracked connections to 10").is_some());
}

// rules: L17 L18 S45
#[test]
fn a_document_keeps_what_is_broken_and_refuses_what_cannot_be() {
    let mut session = open("low-budget-ha");
    session.advance(seconds(3));
    let faults = [("web-1", Fault::Hang), ("web-2", Fault::Loss(25)), ("web-1", Fault::Loss(1_000)), ("web-2", Fault::Connections(9))];
    for (name, fault) in faults {
        let act = broken(&session, name, fault, true);
        done(&mut session, &act);
    }
    let text = session.document();
    let (again, report) = load(text.as_bytes()).unwrap();
    assert_eq!(report, eni_playground::scenario::Report::default());
    assert_eq!(eni_playground::scenario::save(&again), text);
    let broken: Vec<_> = again.network.instances().map(|instance| instance.faults).filter(|faults| faults.any()).collect();
    assert_eq!(broken.len(), 2);
    assert_eq!((broken[0].connections, broken[1].connections), (None, Some(9)));
    assert_eq!(broken[0].hangs_since.map(|at| at.as_millis()), Some(3_000));
    // At rest nothing hangs.
    let mut odd: Value = serde_json::from_str(&text).unwrap();
    let id = instance(&session, "web-1").id;
    let reservations = odd["state"]["Reservations"].as_array_mut().unwrap();
    let instances = reservations.iter_mut().flat_map(|launch| launch["Instances"].as_array_mut().unwrap());
    instances.filter(|instance| instance["InstanceId"] == json!(id)).for_each(|instance| instance["State"] = json!({"Name": "stopped"}));
    let refused = load(odd.to_string().as_bytes()).unwrap_err().to_string();
    assert!(refused.contains(&format!("{id} does not run, so it cannot hang or lose packets")), "{refused}");
    for (member, value) in [("lossPerMille", json!(1_001)), ("hangsSince", json!("now")), ("connectionsAtMost", json!(10_000_001))] {
        let mut odd: Value = serde_json::from_str(&text).unwrap();
        odd["playground"]["guests"][&id][member] = value;
        assert!(load(odd.to_string().as_bytes()).is_err(), "{member}");
    }
}

// rules: L17 L18 S45
#[test]
fn a_script_says_that_it_breaks_nothing() {
    let mut session = open("low-budget-ha");
    let broken_here = |session: &Session| {
        let (scenario, _) = load(session.document().as_bytes()).unwrap();
        eni_playground::script::script(&scenario)
            .left_out
            .into_iter()
            .filter(|line| line.contains("hangs or loses") || line.contains("tracks"))
            .collect::<Vec<_>>()
    };
    assert_eq!(broken_here(&session), Vec::<String>::new());
    let act = broken(&session, "web-2", Fault::Loss(1), true);
    done(&mut session, &act);
    let id = instance(&session, "web-2").id;
    assert_eq!(broken_here(&session), [format!("{id}: it hangs or loses packets; here nothing is broken on it")]);
    for act in [broken(&session, "web-2", Fault::Loss(0), false), broken(&session, "web-2", Fault::Connections(4), true)] {
        done(&mut session, &act);
    }
    assert_eq!(broken_here(&session), [format!("{id}: somebody limited how many connections it tracks; here nothing limits them")]);
}

// rules: L18
#[test]
fn what_breaks_says_how_much_is_lost_and_what_mends_need_not() {
    let act = |more: Value| {
        let mut act = json!({"kind": "world", "act": "fault", "fault": "loss", "instance": "i-00000000000000001"});
        act.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        Act::from_json(&act).is_ok()
    };
    for (more, read) in [
        (json!({}), false),
        (json!({"broken": true}), false),
        (json!({"perMille": 1_000}), true),
        (json!({"perMille": 1_001}), false),
        (json!({"broken": false}), true),
        (json!({"broken": false, "perMille": 5}), true),
    ] {
        assert_eq!(act(more.clone()), read, "{more}");
    }
}

// rules: L17 L18 S45
#[test]
fn an_account_takes_one_fault_a_call() {
    let mut account = Account::fresh("us-east-1").unwrap();
    let call = |account: &mut Account, service: &str, action: &str, parameters: &Value| {
        let answer = account.call(service, action, parameters.as_object().unwrap());
        account.settle();
        answer.map_err(|error| error.code)
    };
    let launch = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1});
    call(&mut account, "ec2", "RunInstances", &launch).unwrap();
    let id = "i-00000000000000001";
    let table = [
        (json!({"InstanceId": id, "Hangs": true}), Ok("impaired")),
        (json!({"InstanceId": id, "Hangs": false}), Ok("ok")),
        (json!({"InstanceId": id, "LossPerMille": 1000}), Ok("impaired")),
        (json!({"InstanceId": id, "LossPerMille": 0}), Ok("ok")),
        (json!({"InstanceId": id}), Err("MissingParameter")),
        (json!({"Hangs": true}), Err("MissingParameter")),
        (json!({"InstanceId": id, "Hangs": true, "LossPerMille": 1}), Err("InvalidParameterCombination")),
        (json!({"InstanceId": id, "ConnectionsAtMost": 5}), Ok("ok")),
        (json!({"InstanceId": id, "ConnectionsAtMost": 0}), Ok("ok")),
        (json!({"InstanceId": id, "ConnectionsAtMost": 5, "LossPerMille": 1}), Err("InvalidParameterCombination")),
        (json!({"InstanceId": id, "ConnectionsAtMost": 10_000_001}), Err("InvalidParameterValue")),
        (json!({"InstanceId": id, "LossPerMille": 1001}), Err("InvalidParameterValue")),
        (json!({"InstanceId": id, "LossPerMille": -1}), Err("InvalidParameterValue")),
        (json!({"InstanceId": id, "Hang": true}), Err("UnknownParameter")),
        (json!({"InstanceId": "i-00000000000000009", "Hangs": true}), Err("InvalidInstanceID.NotFound")),
    ];
    for (parameters, expected) in table {
        let answer = call(&mut account, "world", "Fault", &parameters);
        let told = call(&mut account, "ec2", "DescribeInstanceStatus", &json!({})).unwrap();
        let status = told["InstanceStatuses"][0]["InstanceStatus"]["Status"].as_str().unwrap().to_owned();
        match expected {
            Ok(word) => assert_eq!((answer.is_ok(), status.as_str()), (true, word), "{parameters}"),
            Err(code) => assert_eq!(answer.map(drop), Err(code.to_owned()), "{parameters}"),
        }
    }
}
