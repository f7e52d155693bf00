//! *Why*: what became of a packet, told check by check, and what would change it.

#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_playground::act::{Act, Asking, SceneAct};
use eni_playground::session::Session;
use eni_playground::view::why::CheckState;
use serde_json::json;
use support::{act_for, ask, drop_on, instance, open, seconds};

/// An entry of the ACL of the first subnet denies these ports of TCP before any other says something; the ACL's name.
fn deny(session: &mut Session, egress: bool, (from, to): (u16, u16)) -> String {
    let acl = session.board().vpcs[0].zones[0].subnets[0].acl.clone();
    let entry = json!({"NetworkAclId": acl.id, "RuleNumber": 50, "Protocol": "6", "RuleAction": "deny", "Egress": egress,
        "CidrBlock": "0.0.0.0/0", "PortRange": {"From": from, "To": to}});
    session.execute(&Act::ec2("CreateNetworkAclEntry", entry)).result.unwrap();
    acl.name
}

// rules: N4
#[test]
fn why_sets_the_packet_beside_the_entry_that_denied_it_and_names_the_one_behind() {
    let mut session = open("");
    let acl = deny(&mut session, false, (443, 443));
    let why = ask(&mut session, "internet", "svc", 443);
    let refused = why.checks.iter().find(|check| check.state == CheckState::Refused).unwrap();
    let expected = format!("Rule 50 of {acl} is the first that fits, and it denies. Rule 100 would let it through, but comes later.");
    assert_eq!(refused.evidence, expected);
    let compared: Vec<(&str, &str, &str, bool)> =
        refused.compared.iter().map(|f| (f.field.as_str(), f.packet.as_str(), f.rule.as_str(), f.fits)).collect();
    assert_eq!(compared, [("Protocol", "tcp", "tcp", true), ("Port", "443", "443", true), ("Source", "198.51.100.1", "0.0.0.0/0", true)]);
}

#[test]
fn what_takes_several_acts_is_told_act_by_act() {
    let mut session = open("");
    deny(&mut session, false, (443, 443));
    let one = ask(&mut session, "internet", "svc", 443).remedies;
    assert!(one[0].steps.is_empty(), "one act is one sentence");
    session.execute(&act_for(&session, "stop", "web-1"));
    session.advance(seconds(60));
    let both = ask(&mut session, "internet", "svc", 443).remedies;
    let steps: Vec<&str> = both[0].steps.iter().map(String::as_str).collect();
    assert_eq!(both[0].acts.len(), 2, "{steps:?}");
    assert!(steps.contains(&"Start web-1.") && steps.iter().any(|step| step.contains("443")), "{steps:?}");
}

#[test]
fn who_else_a_shared_thing_guards_is_said_once_whatever_many_checks_change_it() {
    let mut session = open("");
    for egress in [false, true] {
        deny(&mut session, egress, (0, 65_535));
    }
    let why = ask(&mut session, "internet", "svc", 443);
    let rows: Vec<(bool, bool)> = why.blockers.iter().map(|row| (row.decides, row.reply)).collect();
    assert_eq!(rows, [(true, false), (false, true)], "the first decides, and the other one is of the answer");
    let changes: Vec<&str> = why.blockers.iter().filter_map(|row| row.change.as_ref()).map(|change| change.sentence.as_str()).collect();
    let says = |text: &&&str| text.contains(" also guards ");
    assert_eq!(changes.len(), 2, "{changes:?}");
    assert_eq!(changes.iter().filter(says).count(), 1, "{changes:?}");
    assert!(says(&&changes[0]), "{changes:?}");
    // And where both are done at once.
    assert_eq!(why.remedies[0].sentence.matches(" also guards ").count(), 1, "{}", why.remedies[0].sentence);
}

// rules: S22 P12
#[test]
fn why_names_the_rule_that_came_closest() {
    let mut session = open("");
    let why = ask(&mut session, "ops-1", "web-2", 443);
    assert_eq!(why.headline, "web-2's security group refused this packet");
    assert_eq!(why.code.as_deref(), Some("ENI_SG_RULES_MISMATCH"));
    assert!(!why.delivered);
    assert!(why.flow.starts_with("tcp 10.0.12.40:") && why.flow.ends_with("→ 10.0.1.12:443"), "{}", why.flow);
    let rows: Vec<(u32, &str, &str, &str, CheckState)> =
        why.checks.iter().map(|c| (c.number, c.glyph, c.detail.as_str(), c.result.as_str(), c.state)).collect();
    use CheckState::{NotReached, Passed, Refused};
    assert_eq!(
        rows,
        [
            (1, "instance", "ops-1 sends", "by ops-1-main", Passed),
            (2, "check", "ops-1-main", "own address", Passed),
            (3, "group", "out of ops-1-main", "all traffic", Passed),
            (4, "acl", "out of private-b", "rule 100", Passed),
            (5, "route", "10.0.0.0/16", "local", Passed),
            (6, "acl", "into public-a", "rule 100", Passed),
            (7, "group", "into web-2-main", "Refused", Refused),
            (8, "check", "", "not reached", NotReached),
            (9, "instance", "", "not reached", NotReached),
        ]
    );
    let refused = &why.checks[6];
    assert_eq!(refused.evidence, "No rule of base fits. Nearest: rule 2, one field off.");
    assert_eq!(refused.groups.iter().map(|group| (group.name.as_str(), group.letter.as_str())).collect::<Vec<_>>(), [("base", "B")]);
    assert!(why.checks[2].groups.is_empty(), "groups that let it pass are told in the row alone");
    let compared: Vec<(&str, &str, &str, bool)> =
        refused.compared.iter().map(|f| (f.field.as_str(), f.packet.as_str(), f.rule.as_str(), f.fits)).collect();
    assert_eq!(compared, [("Protocol", "tcp", "tcp", true), ("Port", "443", "443", true), ("Source", "10.0.12.40", "10.0.2.0/24", false)]);
    assert!(refused.anchor.starts_with("eni:eni-") && !refused.rule.is_empty());

    let remedy = &why.remedies[0];
    assert!(remedy.sentence.contains("base") && remedy.sentence.contains("tcp 443"), "{}", remedy.sentence);
    assert_eq!(remedy.button, "Add this rule");
    assert!(remedy.echo.starts_with("aws ec2 authorize-security-group-ingress"), "{}", remedy.echo);
    let packet = why.packet;
    for act in remedy.acts.clone() {
        session.execute(&act).result.unwrap();
    }
    assert!(session.why(packet).unwrap().remedies.is_empty(), "nothing is left to change");
    assert!(ask(&mut session, "ops-1", "web-2", 443).delivered);
}

#[test]
fn why_of_what_arrives_tells_of_the_answer_too() {
    let mut session = open("");
    let why = ask(&mut session, "ops-1", "svc", 443);
    assert!(why.delivered, "{why:#?}");
    assert_eq!(why.headline, "svc got this packet");
    assert!(why.checks.iter().all(|check| check.state == CheckState::Passed));
    assert!(why.remedies.is_empty());
    let reply = why.reply.unwrap();
    assert_eq!((reply.headline.as_str(), reply.delivered), ("ops-1 got this packet", true));
    // The answer tells the same story, from its question on.
    assert_eq!(session.why(reply.packet).unwrap().packet, why.packet);
}

// rules: N9 N11
#[test]
fn of_a_connection_whose_opening_is_not_answered_why_says_what_refuses_the_answer() {
    let mut session = open("");
    deny(&mut session, true, (1024, 65535));
    let why = ask(&mut session, "internet", "svc", 443);
    assert!(why.delivered, "{why:#?}");
    let reply = why.reply.unwrap();
    assert!(!reply.delivered && reply.code.as_deref() == Some("SUBNET_ACL_RESTRICTION"), "{reply:#?}");
    assert!(!reply.blockers.is_empty() && !reply.remedies.is_empty());
}

// rules: E34 L9
#[test]
fn why_of_a_packet_for_an_eni_in_no_instance_says_so() {
    let mut session = open("");
    session.execute(&act_for(&session, "terminate", "web-1"));
    session.advance(seconds(2));
    let why = ask(&mut session, "internet", "svc", 443);
    assert_eq!(why.headline, "svc is in no instance");
    assert_eq!(why.code.as_deref(), Some("BAD_STATE_ATTACHMENT"));
    drop_on(&mut session, "svc", "web-2", 1).result.unwrap();
    let why = ask(&mut session, "internet", "svc", 443);
    assert_eq!(why.headline, "svc is still attaching to web-2");
}

#[test]
fn why_says_the_state_that_held_when_the_packet_was_there() {
    for (verb, evidence) in [("terminate", "web-2 is shutting down"), ("stop", "web-2 is stopping")] {
        let mut session = open("");
        session.execute(&act_for(&session, verb, "web-2")).result.unwrap();
        let why = ask(&mut session, "web-2", "ops-1", 22);
        assert_eq!((why.headline.as_str(), why.checks[0].evidence.as_str()), ("web-2 does not run", evidence), "{verb}");
        session.advance(seconds(3));
        assert_eq!(session.why(why.packet).unwrap().checks[0].evidence, evidence, "{verb}");
    }
}

#[test]
fn what_was_asked_once_is_told_by_names() {
    let mut session = open("");
    let ids = (instance(&session, "ops-1").id, instance(&session, "web-2").id);
    let asking = Asking {
        name: "ops-1".to_owned(),
        from: ids.0,
        to: ids.1,
        protocol: "tcp".to_owned(),
        port: 22,
        every_ms: 200,
        ..Asking::default()
    };
    session.execute(&Act::Scene(SceneAct::Ask(asking))).result.unwrap();
    let echo = session.echo();
    let line = echo.last().unwrap();
    assert_eq!(line.note, "ops-1 asks web-2 once");
    assert!(line.line.starts_with("ask i-") && line.line.ends_with(" tcp 22"), "{}", line.line);
}

#[test]
fn an_address_asks_for_whoever_has_it() {
    let mut session = open("");
    let flow = |session: &mut Session, from: &str| ask(session, from, "web-3", 443).flow;
    let starts = |flow: String, with: &str| assert!(flow.starts_with(with), "{flow}");
    // Behind the internet gateway an Elastic IP is the private address that it is on.
    starts(flow(&mut session, "203.0.113.25"), "tcp 10.0.1.20:");
    starts(flow(&mut session, "10.0.1.20"), "tcp 10.0.1.20:");
    let free =
        Act::Scene(SceneAct::Ask(Asking { from: "192.0.2.9".into(), to: "svc".into(), protocol: "icmp".into(), ..Asking::default() }));
    assert!(session.preview(&free).is_ok(), "the rest of the internet asks");
    // Nobody has these: a host of the internet may not take them.
    for nobody in ["10.0.1.99", "203.0.113.44"] {
        let asking = Asking { from: nobody.into(), to: "svc".into(), protocol: "icmp".into(), ..Asking::default() };
        let refusal = session.preview(&Act::Scene(SceneAct::Ask(asking))).unwrap_err();
        assert!(refusal.message.contains(nobody), "{}", refusal.message);
    }
    session.execute(&act_for(&session, "terminate", "web-1")).result.unwrap();
    session.advance(seconds(3));
    let loose =
        Act::Scene(SceneAct::Ask(Asking { from: "203.0.113.25".into(), to: "web-3".into(), protocol: "icmp".into(), ..Asking::default() }));
    assert!(session.preview(&loose).unwrap_err().message.contains("svc is in no instance"));
}

/// Asks over and over for some seconds; what Why says of the last question that was lost, and the name of its lane.
fn lost_and_lane(session: &mut Session, from: &str, to: &str, port: u16) -> (String, String) {
    let asking = json!({"kind": "scene", "act": "add-client", "from": from, "to": to, "protocol": "tcp", "port": port, "everyMs": 500});
    session.execute(&Act::from_json(&asking).unwrap()).result.unwrap();
    session.advance(seconds(4));
    let lane = session.timeline(12_000, None).lanes.into_iter().next_back().unwrap();
    let lost = lane.ticks.iter().rfind(|tick| tick.answered == Some(false)).unwrap();
    (session.why(lost.packet).unwrap().headline, lane.name)
}

#[test]
fn a_question_that_a_reset_answers_is_told_so_and_by_whom() {
    let mut session = open("");
    let group = session.board().tray.groups.iter().find(|group| group.badge.name == "web").unwrap().badge.id.clone();
    let open_port = json!({"GroupId": group, "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 81, "ToPort": 81, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]});
    session.execute(&Act::ec2("AuthorizeSecurityGroupIngress", open_port)).result.unwrap();
    let (headline, lane) = lost_and_lane(&mut session, "internet", "svc", 81);
    assert_eq!(headline, "web-1 answered with a reset: nothing there waits on tcp 81");
    assert!(lane.ends_with("→ svc"), "{lane}");
}

#[test]
fn a_lane_names_the_instance_where_its_eni_has_no_name() {
    let mut session = open("");
    let web = instance(&session, "web-1");
    let subnet = session.board().vpcs[0].zones[0].subnets[0].id.clone();
    let tags = json!([{"ResourceType": "instance", "Tags": [{"Key": "Name", "Value": "desk"}]}]);
    let wanted = json!({"ImageId": "ami-00000000000000001", "MinCount": 1, "MaxCount": 1, "InstanceType": "t3.small", "SubnetId": subnet, "TagSpecifications": tags});
    session.execute(&Act::ec2("RunInstances", wanted)).result.unwrap();
    session.advance(seconds(60));
    let (_, lane) = lost_and_lane(&mut session, &web.id, "desk", 443);
    assert!(lane.ends_with("→ desk"), "{lane}");
}

// rules: S45 S44
#[test]
fn what_refuses_a_packet_is_told_as_it_is_now_also_where_only_time_has_passed() {
    let mut session = open("");
    let limit = json!({"kind": "world", "act": "fault", "fault": "connections", "atMost": 1, "instance": "web-3"});
    session.execute(&Act::from_json(&limit).unwrap()).result.unwrap();
    assert!(ask(&mut session, "web-3", "svc", 443).delivered);
    let refused = ask(&mut session, "web-3", "svc", 443);
    assert_eq!(refused.code.as_deref(), Some("CONNTRACK_ALLOWANCE_EXCEEDED"));
    assert!(!refused.blockers.is_empty());
    // The first connection is forgotten, and its place is free.
    session.advance(seconds(60));
    let now = session.why(refused.packet).unwrap();
    assert_eq!((now.code.as_deref(), now.blockers.len()), (Some("CONNTRACK_ALLOWANCE_EXCEEDED"), 0));
}
