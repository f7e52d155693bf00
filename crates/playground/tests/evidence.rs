//! The panel of evidence, without a screen: what its tabs show of the first scene, and what they keep within bounds.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_playground::act::{Act, Asking, SceneAct};
use eni_playground::session::Session;
use eni_playground::view::evidence::{EvidenceOf, EvidenceTab, EvidenceView, LineMark};
use serde_json::{Value, json};
use support::seconds;

fn look(session: &Session, tab: EvidenceTab, eni: &str) -> EvidenceView {
    session.evidence(&EvidenceOf { tab, eni: eni.to_owned(), ..EvidenceOf::default() })
}

fn explained(session: &Session, tab: EvidenceTab, eni: &str, line: &str) -> Vec<(String, String)> {
    let of = EvidenceOf { tab, eni: eni.to_owned(), line: line.to_owned(), ..EvidenceOf::default() };
    session.evidence(&of).explained.unwrap().fields.into_iter().map(|field| (field.name, field.value)).collect()
}

fn state(session: &Session) -> Value {
    serde_json::from_str::<Value>(&session.document()).unwrap()["state"].clone()
}

fn open() -> Session {
    support::open("")
}

/// The id of an ENI by its name.
fn eni(session: &Session, name: &str) -> String {
    support::eni(session, name).id
}

/// Does what the panel offers where no flow log is.
fn record(session: &mut Session) {
    let (_, act) = look(session, EvidenceTab::FlowLogs, "").offers.first().cloned().unwrap();
    session.execute(&act).result.unwrap();
}

fn ask_telnet(session: &mut Session) {
    let asking =
        Asking { from: "internet".to_owned(), to: "203.0.113.25".to_owned(), protocol: "tcp".to_owned(), port: 23, ..Asking::default() };
    session.execute(&Act::Scene(SceneAct::Ask(asking))).result.unwrap();
}

#[test]
fn where_nothing_records_a_flow_log_of_each_vpc_is_offered_and_then_none() {
    let mut session = open();
    let view = look(&session, EvidenceTab::FlowLogs, "");
    assert_eq!((view.lines.len(), view.offers.len(), view.offers[0].0.as_str()), (0, 1, "Make a flow log of shop"));
    assert!(session.preview(&view.offers[0].1).is_ok());
    record(&mut session);
    let view = look(&session, EvidenceTab::FlowLogs, "");
    assert!(view.empty.contains("the next ones at 60.0 s"), "{}", view.empty);
    let [(text, act)] = view.offers.as_slice() else { panic!("{:?}", view.offers) };
    assert_eq!(text, "Let 60 s pass");
    session.execute(act).result.unwrap();
    let view = look(&session, EvidenceTab::FlowLogs, "");
    assert!(!view.lines.is_empty() && view.offers.is_empty(), "{:?}", view.offers);
}

// rule: F1
#[test]
fn where_the_log_of_another_vpc_records_it_is_said_and_one_is_offered() {
    let mut session = open();
    record(&mut session);
    let mut done = |action: &str, parameters: Value| {
        let act = Act::from_json(&json!({ "kind": "api", "service": "ec2", "action": action, "parameters": parameters })).unwrap();
        session.execute(&act).result.unwrap()
    };
    let vpc = done("CreateVpc", json!({ "CidrBlock": "10.9.0.0/16" }))["Vpc"]["VpcId"].clone();
    let subnet = done("CreateSubnet", json!({ "VpcId": vpc, "CidrBlock": "10.9.1.0/24" }))["Subnet"]["SubnetId"].clone();
    let other = done("CreateNetworkInterface", json!({ "SubnetId": subnet }))["NetworkInterface"]["NetworkInterfaceId"].clone();
    session.advance(seconds(61));
    let view = look(&session, EvidenceTab::FlowLogs, other.as_str().unwrap());
    let offer = format!("Make a flow log of {}", vpc.as_str().unwrap());
    assert!(view.lines.is_empty() && view.empty.starts_with("No flow log records what happens here."), "{}", view.empty);
    assert_eq!(view.offers.iter().map(|(text, _)| text.as_str()).collect::<Vec<_>>(), [offer.as_str()]);
    assert_eq!(look(&session, EvidenceTab::FlowLogs, "").offers[0].0, offer, "beside the lines, too");
    assert!(look(&session, EvidenceTab::FlowLogs, &eni(&session, "svc")).offers.is_empty());
    session.execute(&view.offers[0].1).result.unwrap();
    assert!(look(&session, EvidenceTab::FlowLogs, other.as_str().unwrap()).empty.starts_with("No such record"));
}

// rule: S35
#[test]
fn of_a_flow_that_is_not_tracked_nothing_says_that_a_group_remembers_it() {
    let mut session = support::open("two-doors");
    session.advance(seconds(3));
    let svc = eni(&session, "svc");
    let view = look(&session, EvidenceTab::Connections, &svc);
    assert!(view.limit.contains("of which its groups remember those that are tracked"), "{}", view.limit);
    let line = view.lines.iter().find(|line| line.note.starts_with("not tracked")).unwrap();
    assert!(!line.text.contains("left"), "{}", line.text);
    let of = EvidenceOf { tab: EvidenceTab::Connections, eni: svc, line: line.key.clone(), ..EvidenceOf::default() };
    let texts: Vec<String> = session.evidence(&of).explained.unwrap().fields.into_iter().map(|field| field.text).collect();
    assert!(texts[0].ends_with("Its answers are asked of the rules as well."), "{texts:?}");
    assert!(texts[1].starts_with("The groups do not remember it."), "{texts:?}");
}

#[test]
fn records_are_the_lines_that_the_terminal_reads_with_every_field_explained() {
    let mut session = open();
    record(&mut session);
    ask_telnet(&mut session);
    session.advance(seconds(61));
    let view = look(&session, EvidenceTab::FlowLogs, "");
    let lines: Vec<String> = view.lines.iter().map(|line| line.text.clone()).collect();
    assert_eq!(lines.len(), 200);
    let starts: Vec<&str> = view.lines.iter().map(|line| line.text.split(' ').nth(10).unwrap()).collect();
    assert!(starts.is_sorted(), "the newest is the last");
    assert_eq!(
        view.head,
        "version account-id interface-id srcaddr dstaddr srcport dstport protocol packets bytes start end action log-status"
    );
    for line in &view.lines {
        let mark = match line.text.split(' ').nth(12).unwrap() {
            "ACCEPT" => LineMark::Passed,
            "REJECT" => LineMark::Lost,
            _ => LineMark::Plain,
        };
        assert_eq!(line.mark, mark, "{}", line.text);
        let fields = explained(&session, EvidenceTab::FlowLogs, "", &line.key);
        let names: Vec<&str> = fields.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.join(" "), view.head);
        for ((_, value), word) in fields.iter().zip(line.text.split(' ')) {
            assert!(value == word || value.starts_with(&format!("{word} (")), "{value}: {word}");
        }
    }
    for (word, mark) in &view.marks {
        let only = session.evidence(&EvidenceOf { only: Some(*mark), ..EvidenceOf::default() });
        assert!(!only.lines.is_empty() && only.lines.iter().all(|line| line.mark == *mark && line.text.contains(word)), "{word}");
    }
    // On its way to CloudWatch Logs a record is for five minutes; the panel shows what is written.
    session.advance(seconds(300));
    let by_group = session.execute(
        &Act::from_json(
            &json!({"kind": "api", "service": "logs", "action": "FilterLogEvents", "parameters": {"logGroupName": "flow-logs"}}),
        )
        .unwrap(),
    );
    let wanted: Vec<String> =
        by_group.result.unwrap()["events"].as_array().unwrap().iter().map(|event| event["message"].as_str().unwrap().to_owned()).collect();
    assert!(wanted.len() > 400 && lines.iter().all(|line| wanted.contains(line)), "each as the terminal reads it");
}

#[test]
fn a_record_leads_to_a_packet_of_it_and_an_eni_has_its_own_records_alone() {
    let mut session = open();
    record(&mut session);
    session.advance(seconds(50));
    ask_telnet(&mut session);
    session.advance(seconds(11));
    let lost = session.evidence(&EvidenceOf { only: Some(LineMark::Lost), ..EvidenceOf::default() });
    let idle = session.evidence(&EvidenceOf { only: Some(LineMark::Plain), ..EvidenceOf::default() });
    let refused = lost.lines.iter().find(|line| line.mark == LineMark::Lost).unwrap();
    let of = EvidenceOf { line: refused.key.clone(), only: Some(LineMark::Lost), ..EvidenceOf::default() };
    let about = session.evidence(&of).explained.unwrap();
    let why = session.why(about.packet.unwrap()).unwrap();
    assert!(!why.delivered && about.verdict.ends_with(":23"), "{}", about.verdict);
    let idle = idle.lines.iter().find(|line| line.mark == LineMark::Plain).unwrap();
    let of = EvidenceOf { line: idle.key.clone(), only: Some(LineMark::Plain), ..EvidenceOf::default() };
    assert_eq!(session.evidence(&of).explained.unwrap().packet, None, "of nothing there is no packet");
    let svc = eni(&session, "svc");
    let own = look(&session, EvidenceTab::FlowLogs, &svc);
    assert!(!own.lines.is_empty());
    assert!(own.lines.iter().all(|line| line.text.contains(&svc)));
    assert_eq!(own.eni, svc);
}

#[test]
fn packets_are_bounded_told_with_their_verdict_and_keep_their_keys() {
    let mut session = open();
    session.advance(seconds(2));
    ask_telnet(&mut session);
    session.advance(100_000);
    let before = look(&session, EvidenceTab::Capture, "");
    let lost = session.evidence(&EvidenceOf { tab: EvidenceTab::Capture, only: Some(LineMark::Lost), ..EvidenceOf::default() }).lines;
    let lost = lost.iter().find(|line| line.mark == LineMark::Lost).unwrap();
    assert!(lost.note.contains("refused this packet [") && lost.note.ends_with("its guest does not see it"), "{}", lost.note);
    assert_eq!(session.why(lost.packet.unwrap()).unwrap().headline, lost.name.trim_start_matches("Why: "));
    session.advance(300_000);
    let after = look(&session, EvidenceTab::Capture, "");
    let kept: Vec<_> = after.lines.iter().filter(|line| before.lines.iter().any(|other| other.key == line.key)).collect();
    assert!(!kept.is_empty());
    for line in kept {
        // Also the numbers of its segments, whose connection began before what is shown.
        assert!(before.lines.contains(line), "{line:?} was another line");
    }
    session.advance(seconds(60));
    let full = look(&session, EvidenceTab::Capture, "");
    assert_eq!(full.lines.len(), 200);
    assert!(full.limit.contains("200") && full.limit.contains("2000"), "{}", full.limit);
    let mut keys: Vec<&str> = full.lines.iter().map(|line| line.key.as_str()).collect();
    keys.sort_unstable();
    keys.dedup();
    assert_eq!(keys.len(), 200);
    let times: Vec<&str> = full.lines.iter().map(|line| line.text.split(' ').next().unwrap()).collect();
    assert!(times.is_sorted(), "the newest is the last");
    // With all ENIs their names stand in the lines; of one alone they do not, as `tcpdump -i` has it.
    let own = look(&session, EvidenceTab::Capture, &eni(&session, "svc"));
    assert!(full.lines.iter().all(|line| line.text.contains(" In  IP ") || line.text.contains(" Out IP ")));
    assert!(own.lines.iter().all(|line| line.text.split(' ').nth(1) == Some("IP")));
}

// rule: S35 S38
#[test]
fn a_connection_lives_on_when_its_rule_is_gone_and_the_panel_says_so() {
    let mut session = open();
    session.advance(seconds(1) + 500);
    let ops = eni(&session, "ops-1-main");
    let view = look(&session, EvidenceTab::Connections, &ops);
    let line =
        view.lines.iter().rev().find(|line| line.note.starts_with("rule 1 of ") && line.note.ends_with(" lets it out")).unwrap().clone();
    assert_eq!(line.mark, LineMark::Passed);
    let fields = explained(&session, EvidenceTab::Connections, &ops, &line.key);
    assert_eq!(fields[2], ("Tracked".to_owned(), "yes".to_owned()));
    assert!(fields[3].1.starts_with("rule 1 of "), "{fields:?}");
    for rule in state(&session)["SecurityGroupRules"].as_array().unwrap() {
        if rule["IsEgress"] == true {
            let revoke = json!({"GroupId": rule["GroupId"], "SecurityGroupRuleIds": [rule["SecurityGroupRuleId"]]});
            session.execute(&Act::ec2("RevokeSecurityGroupEgress", revoke)).result.unwrap();
        }
    }
    let view = look(&session, EvidenceTab::Connections, &ops);
    let held = view.lines.iter().find(|other| other.key == line.key).unwrap();
    assert_eq!((held.mark, held.note.as_str()), (LineMark::Held, "no rule lets it open any more"));
}

#[test]
fn what_was_forgotten_is_no_connection_and_one_eni_is_looked_at_by_itself() {
    let mut session = open();
    session.advance(seconds(5));
    let view = look(&session, EvidenceTab::Connections, "");
    assert!(!view.lines.is_empty() && !view.eni.is_empty(), "the first ENI that remembers anything");
    assert!(view.enis.iter().all(|choice| !choice.value.is_empty()), "all ENIs together have no table");
    for line in &view.lines {
        let left = line.text.rsplit(", ").next().unwrap();
        assert!(left.ends_with(" s left") || left.ends_with(" min left"), "{left}");
        assert_ne!(left, "0 s left", "what ends within a second is told until then");
    }
    // An ENI in the tray remembers nothing.
    let spare = look(&session, EvidenceTab::Connections, &eni(&session, "spare"));
    assert_eq!((spare.lines.len(), spare.empty.as_str()), (0, "Its groups remember no flow now. Let time run, or ask something."));
}

#[test]
fn the_capture_of_one_eni_has_one_interface() {
    let mut session = open();
    session.advance(seconds(2));
    let interfaces = |session: &Session, eni: &str| {
        let (_, file) = session.capture(eni).unwrap();
        let file = String::from_utf8_lossy(&file).into_owned();
        state(session)["NetworkInterfaces"]
            .as_array()
            .unwrap()
            .iter()
            .filter(|eni| file.contains(eni["NetworkInterfaceId"].as_str().unwrap()))
            .count()
    };
    assert!(interfaces(&session, "") > 1);
    assert_eq!(interfaces(&session, &eni(&session, "svc")), 1);
    assert_eq!(session.capture(&eni(&session, "spare")), None);
}
// rule: S35
#[test]
fn what_is_open_to_everybody_both_ways_is_told_as_not_tracked_and_ends_with_its_rule() {
    let mut session = open();
    session.advance(seconds(1) + 40_000);
    let svc = eni(&session, "svc");
    let view = look(&session, EvidenceTab::Connections, &svc);
    let line = view.lines.iter().rev().find(|line| line.note.starts_with("not tracked; rule ")).unwrap().clone();
    assert_eq!(explained(&session, EvidenceTab::Connections, &svc, &line.key)[2], ("Tracked".to_owned(), "no".to_owned()));
    for rule in state(&session)["SecurityGroupRules"].as_array().unwrap() {
        if rule["IsEgress"] == false {
            let revoke = json!({"GroupId": rule["GroupId"], "SecurityGroupRuleIds": [rule["SecurityGroupRuleId"]]});
            session.execute(&Act::ec2("RevokeSecurityGroupIngress", revoke)).result.unwrap();
        }
    }
    let view = look(&session, EvidenceTab::Connections, &svc);
    assert_eq!(view.lines.iter().find(|other| other.key == line.key).unwrap().mark, LineMark::Lost);
}

// rules: W1 W2 W5 W8
#[test]
fn metrics_are_told_as_cloudwatch_tells_them_and_minute_by_minute_when_asked_for() {
    let mut session = open();
    let web = support::instance(&session, "web-1").id;
    let told = |session: &Session| {
        session.evidence(&EvidenceOf {
            tab: EvidenceTab::Metrics,
            subject: web.clone(),
            line: "NetworkIn".to_owned(),
            ..EvidenceOf::default()
        })
    };
    let of = |view: &EvidenceView, key: &str| view.lines.iter().find(|line| line.key.ends_with(key)).unwrap().clone();
    session.advance(seconds(61));
    let view = told(&session);
    assert_eq!((view.eni.as_str(), of(&view, "NetworkIn").note.as_str()), (web.as_str(), "not told yet"));
    assert_eq!(of(&view, "StatusCheckFailed").text, "StatusCheckFailed 0 Count");
    let (text, act) = view.offers.first().cloned().unwrap();
    assert_eq!(text, "Tell each minute of web-1");
    session.execute(&act).result.unwrap();
    let view = told(&session);
    assert!(view.offers.is_empty(), "it is told by the minute now");
    let line = of(&view, "NetworkIn");
    let by_minute = session.execute(
        &Act::from_json(&json!({"kind": "api", "service": "cloudwatch", "action": "GetMetricStatistics", "parameters": {
        "Namespace": "AWS/EC2", "MetricName": "NetworkIn", "Dimensions": [{"Name": "InstanceId", "Value": web}], "Period": 60,
        "StartTime": "2026-01-01T00:00:00Z", "EndTime": "2026-01-01T00:01:00Z", "Statistics": ["Sum"]}}))
        .unwrap(),
    );
    let sum = by_minute.result.unwrap()["Datapoints"][0]["Sum"].as_f64().unwrap();
    assert_eq!((line.text.clone(), line.note.as_str()), (format!("NetworkIn {sum} Bytes"), "0–60 s"));
    let values: Vec<(String, String)> = view.explained.unwrap().fields.into_iter().skip(1).map(|field| (field.name, field.value)).collect();
    assert_eq!(values, [("0–60 s".to_owned(), format!("{sum} Bytes"))]);
    // No metric is of one ENI; the driver counts those.
    let svc = told(&session).lines.into_iter().find(|line| line.text.starts_with("svc queue_0_rx_bytes ")).unwrap();
    assert!(svc.text.rsplit(' ').next().unwrap().parse::<u64>().unwrap() > 1_000, "{}", svc.text);
    session.advance(seconds(240));
    assert_eq!(of(&told(&session), "NetworkPacketsIn").note, "0–300 s", "five minutes together");
}

#[test]
fn of_more_flow_logs_than_stand_to_choose_from_the_chosen_one_is_among_them() {
    let mut session = open();
    let mut done = |action: &str, parameters: Value| session.execute(&Act::ec2(action, parameters)).result.unwrap();
    let subnet = done("DescribeSubnets", json!({}))["Subnets"][0]["SubnetId"].clone();
    let made =
        (0..205).map(|_| done("CreateNetworkInterface", json!({"SubnetId": subnet}))["NetworkInterface"]["NetworkInterfaceId"].clone());
    let enis: Vec<Value> = made.collect();
    let mut logs = Vec::new();
    for some in enis.chunks(100) {
        let log = json!({
            "ResourceType": "NetworkInterface", "ResourceIds": some, "TrafficType": "ALL", "LogGroupName": "flows",
            "DeliverLogsPermissionArn": "arn:aws:iam::123456789012:role/flow-logs",
        });
        logs.extend(done("CreateFlowLogs", log)["FlowLogIds"].as_array().unwrap().clone());
    }
    let chosen = logs[203].as_str().unwrap().to_owned();
    for (log, listed, left_out) in [(String::new(), 200, "5 more"), (chosen.clone(), 201, "4 more")] {
        let view = session.evidence(&EvidenceOf { log: log.clone(), ..EvidenceOf::default() });
        let (more, choices) = view.logs.split_last().unwrap();
        assert_eq!((choices.len(), more.value.as_str()), (listed, "more"), "{log}");
        assert!(more.text.starts_with(left_out), "{}", more.text);
        assert_eq!(choices.iter().any(|choice| choice.value == chosen), log == chosen);
    }
}

// rules: W1 W3 W5 E91
#[test]
fn each_instance_has_its_own_metrics_the_newest_first_and_what_fails_or_is_too_much_stands_out() {
    let mut session = open();
    let [web, ops, other] = ["web-1", "ops-1", "web-3"].map(|name| support::instance(&session, name).id);
    let told = |session: &Session, subject: &str, line: &str| {
        let (subject, line) = (subject.to_owned(), line.to_owned());
        session.evidence(&EvidenceOf { tab: EvidenceTab::Metrics, subject, line, ..EvidenceOf::default() })
    };
    let line = |view: &EvidenceView, end: &str| view.lines.iter().find(|line| line.key.ends_with(end)).unwrap().clone();
    session.advance(seconds(61));
    for (id, own, foreign) in [(&web, "svc ", "ops-1"), (&ops, "ops-1-main ", "svc ")] {
        let view = told(&session, id, "");
        assert_eq!(&view.eni, id);
        assert!(view.lines.iter().any(|line| line.text.starts_with(own)) && view.lines.iter().all(|line| !line.text.starts_with(foreign)));
        assert!(view.lines.iter().all(|line| !line.key.contains("Connection") && !line.key.contains("Host")), "nothing of gateways");
    }
    assert_eq!(line(&told(&session, &web, ""), "StatusCheckFailed").mark, LineMark::Plain);
    let hangs = Act::from_json(&json!({"kind": "world", "act": "fault", "instance": web, "fault": "hang"})).unwrap();
    session.execute(&hangs).result.unwrap();
    session.advance(seconds(60));
    let failed = line(&told(&session, &web, ""), "StatusCheckFailed");
    assert_eq!((failed.text.as_str(), failed.mark, failed.note.as_str()), ("StatusCheckFailed 1 Count", LineMark::Lost, "60–120 s"));
    // More datagrams than the services of a host take.
    let load = json!({"kind": "scene", "act": "load", "from": other, "to": "169.254.169.253", "datagrams": true, "port": 53,
        "bitsPerSecond": 29 * 8 * 2_000, "payload": 29, "seconds": 3});
    session.execute(&Act::from_json(&load).unwrap()).result.unwrap();
    session.advance(seconds(4));
    let view = told(&session, &other, "");
    let (over, within) = (line(&view, "linklocal_allowance_exceeded"), line(&view, "pps_allowance_exceeded"));
    assert!(over.text.rsplit(' ').next().unwrap().parse::<u64>().unwrap() > 2_900, "{}", over.text);
    assert_eq!((over.mark, within.mark, within.text.ends_with(" 0")), (LineMark::Lost, LineMark::Plain, true));
    let explained = [&over, &line(&view, "queue_0_rx_bytes")].map(|line| told(&session, &other, &line.key).explained.unwrap());
    assert_eq!([&explained[0].title, &explained[0].fields[0].value], [&over.text, "ethtool -S"]);
    assert_ne!(explained[0].fields[0].text, explained[1].fields[0].text, "what was too much, and what passed");
    // A type without that driver counts nothing of it.
    let subnet = &session.board().vpcs[0].zones[0].subnets[0].id.clone();
    let launch = json!({ "ImageId": "ami-12345678", "InstanceType": "t2.micro", "SubnetId": subnet, "MinCount": 1, "MaxCount": 1 });
    let old = session.execute(&Act::ec2("RunInstances", launch)).result.unwrap()["Instances"][0]["InstanceId"].as_str().unwrap().to_owned();
    session.advance(seconds(120));
    let view = told(&session, &old, "");
    assert!(view.eni == old && view.lines.iter().all(|line| !line.text.contains("queue_0")), "{:?}", view.lines);
}
