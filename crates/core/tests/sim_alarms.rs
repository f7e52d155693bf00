//! Alarms of CloudWatch (`W11` to `W20`): what they make of values, and what they do.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

mod scenes;

use eni_core::control::alarm::judge;
use eni_core::control::command::{AlarmAct, Command, PutMetricAlarm, SetAlarmState};
use eni_core::id::InstanceId;
use eni_core::model::alarm::*;
use eni_core::model::event::Event;
use eni_core::model::fault::Fault;
use eni_core::model::instance::{GuestFlavour, InstanceState};
use eni_core::sim::client::{Conversation, Protocol, Target};
use eni_core::sim::event::SimEvent;
use eni_core::sim::load::LoadSpec;
use scenes::{Scene, act, first_scene, millis, secs};

fn config(metric: &str, dimension: (&str, String)) -> AlarmConfig {
    AlarmConfig {
        description: String::new(),
        actions_enabled: true,
        actions: Default::default(),
        namespace: if dimension.0 == "InstanceId" { "AWS/EC2" } else { "AWS/NATGateway" }.to_owned(),
        metric: metric.to_owned(),
        dimensions: vec![(dimension.0.to_owned(), dimension.1)],
        statistic: Statistic::Maximum,
        minutes: 1,
        unit: None,
        evaluation_periods: 1,
        datapoints_to_alarm: None,
        threshold: Amount::of(1, 1),
        comparison: Comparison::AtLeast,
        missing: None,
    }
}

fn of_instance(metric: &str, id: InstanceId) -> AlarmConfig {
    config(metric, ("InstanceId", id.to_string()))
}

fn alarms(scene: &mut Scene, of: AlarmAct) {
    act(&mut scene.simulator, Command::Alarm(of));
}

fn put(scene: &mut Scene, name: &str, config: AlarmConfig) {
    alarms(scene, AlarmAct::Put(Box::new(PutMetricAlarm { name: name.to_owned(), config })));
}

fn alarm<'s>(scene: &'s Scene, name: &str) -> &'s Alarm {
    scene.simulator.network().alarm(name).unwrap()
}

/// What an alarm makes of periods, the oldest first: `X` crosses the threshold, `0` does not, `-` has no values.
fn made(of: &str, needed: u32, missing: Option<Missing>) -> &'static str {
    let mut config = config("NetworkIn", ("InstanceId", String::new()));
    (config.evaluation_periods, config.datapoints_to_alarm, config.missing) = (3, Some(needed), missing);
    let period = |letter: char| match letter {
        'X' => Some(Amount::of(5, 1)),
        '0' => Some(Amount::of(0, 1)),
        _ => None,
    };
    let periods: Vec<Option<Amount>> = of.chars().filter(|letter| *letter != ' ').map(period).collect();
    judge(&config, &periods).map_or("stays", |(state, _)| state.as_str())
}

// rules: W12 W13
#[test]
fn missing_values_count_as_it_is_said() {
    const NONE: &str = "INSUFFICIENT_DATA";
    // Of five periods, three are looked at: how many must cross, and what becomes of it with missing, ignore, breaching and notBreaching.
    let cases = [
        ("0 - X - X", 3, ["OK", "OK", "OK", "OK"]),
        ("0 - - - -", 3, ["OK", "OK", "OK", "OK"]),
        ("- - - - 0", 3, ["OK", "OK", "OK", "OK"]),
        ("- - - - -", 3, [NONE, "stays", "ALARM", "OK"]),
        ("0 X X - X", 3, ["ALARM", "ALARM", "ALARM", "ALARM"]),
        ("- - X - -", 3, ["ALARM", "stays", "ALARM", "OK"]),
        ("- - - - X", 3, ["stays", "stays", "ALARM", "OK"]),
        ("X X X X 0", 3, ["OK", "OK", "OK", "OK"]),
        ("0 0 X X X", 3, ["ALARM", "ALARM", "ALARM", "ALARM"]),
        ("0 - X - X", 2, ["ALARM", "ALARM", "ALARM", "ALARM"]),
        ("0 0 X 0 X", 2, ["ALARM", "ALARM", "ALARM", "ALARM"]),
        ("0 - X - -", 2, ["OK", "OK", "ALARM", "OK"]),
        ("- - - - 0", 2, ["OK", "OK", "ALARM", "OK"]),
        ("- - - X -", 2, ["ALARM", "stays", "ALARM", "OK"]),
        ("- - - - X", 2, ["stays", "stays", "ALARM", "OK"]),
        ("X X X 0 0", 2, ["OK", "OK", "OK", "OK"]),
        ("- - - - X", 1, ["ALARM", "ALARM", "ALARM", "ALARM"]),
        ("- - - - -", 1, [NONE, "stays", "ALARM", "OK"]),
    ];
    for (periods, needed, expected) in cases {
        let rules = [Some(Missing::Missing), Some(Missing::Ignore), Some(Missing::Breaching), Some(Missing::NotBreaching)];
        assert_eq!(rules.map(|missing| made(periods, needed, missing)), expected, "{periods}, {needed} of 3");
        assert_eq!(made(periods, needed, None), expected[0], "missing where nothing is said");
    }
}

// rules: W12
#[test]
fn values_are_compared_as_it_is_said() {
    let cases = [
        (Comparison::AtLeast, [false, true, true]),
        (Comparison::Above, [false, false, true]),
        (Comparison::Below, [true, false, false]),
        (Comparison::AtMost, [true, true, false]),
    ];
    for (comparison, expected) in cases {
        let crosses = |value: &str| comparison.crosses(Amount::read(value).unwrap(), Amount::read("2.5").unwrap());
        assert_eq!(["2.499999", "2.5", "2.500001"].map(crosses), expected, "{comparison:?}");
    }
}

// rules: W12
#[test]
fn numbers_are_read_and_written_with_six_places() {
    let cases = [
        ("1", Some("1.0")),
        ("1.50", Some("1.5")),
        ("-0.000001", Some("-0.000001")),
        ("0.0000009", Some("0.0")),
        ("1e6", Some("1000000.0")),
        ("2.5E-1", Some("0.25")),
        ("", None),
        ("1e99", None),
        ("one", None),
        ("1.2.3", None),
    ];
    for (text, expected) in cases {
        assert_eq!(Amount::read(text).map(|amount| amount.to_string()).as_deref(), expected, "{text}");
    }
    assert_eq!(Amount::of(10, 4).to_string(), "2.5");
}

// rules: W11 W14 W17
#[test]
fn an_alarm_goes_through_its_states_and_says_why() {
    let mut scene = first_scene(GuestFlavour::Plain);
    let web = scene.web_1;
    put(&mut scene, "hangs", of_instance("StatusCheckFailed", web));
    assert_eq!(alarm(&scene, "hangs").state, AlarmState::InsufficientData, "a new alarm knows nothing");
    scene.simulator.advance(secs(90), &mut |_| {});
    assert_eq!(alarm(&scene, "hangs").state, AlarmState::Ok);
    act(&mut scene.simulator, Command::SetFault(web, Fault::Hang(true)));
    let mut seen = Vec::new();
    scene.simulator.advance(secs(60), &mut |event| seen.push(event.clone()));
    let [SimEvent::Network { at, event: Event::AlarmSet(told) }] = seen.as_slice() else { panic!("{seen:?}") };
    assert_eq!((at.as_millis(), told.state), (120_000, AlarmState::Alarm), "at the next whole minute");
    assert_eq!(
        told.reason,
        "Threshold Crossed: 1 out of the last 1 datapoints [1.0] was greater than or equal to the threshold (1.0) (minimum 1 datapoint for OK -> \
         ALARM transition)."
    );
    act(&mut scene.simulator, Command::StopInstances(vec![web]));
    scene.simulator.advance(secs(300), &mut |_| {});
    let last = alarm(&scene, "hangs");
    assert_eq!((last.state, last.reason.as_str()), (AlarmState::InsufficientData, "Insufficient Data: 1 datapoint was unknown."));
    let summaries: Vec<&str> = last.history.iter().map(|item| item.summary.as_str()).collect();
    assert_eq!(
        summaries,
        [
            "Alarm \"hangs\" created",
            "Alarm updated from INSUFFICIENT_DATA to OK",
            "Alarm updated from OK to ALARM",
            "Alarm updated from ALARM to INSUFFICIENT_DATA",
        ]
    );
}

// rules: W13 W4
#[test]
fn of_a_stopped_instance_nobody_can_tell_unless_it_is_said_what_that_means() {
    let expected = [
        (None, AlarmState::InsufficientData),
        (Some(Missing::Breaching), AlarmState::Alarm),
        (Some(Missing::NotBreaching), AlarmState::Ok),
        (Some(Missing::Ignore), AlarmState::Ok),
    ];
    for (missing, state) in expected {
        let mut scene = first_scene(GuestFlavour::Plain);
        let web = scene.web_1;
        act(&mut scene.simulator, Command::MonitorInstances(vec![web], true));
        let quiet = AlarmConfig { missing, comparison: Comparison::Below, threshold: Amount::of(0, 1), ..of_instance("NetworkIn", web) };
        put(&mut scene, "quiet", quiet);
        scene.simulator.advance(secs(90), &mut |_| {});
        assert_eq!(alarm(&scene, "quiet").state, AlarmState::Ok, "{missing:?}");
        act(&mut scene.simulator, Command::StopInstances(vec![web]));
        scene.simulator.advance(secs(600), &mut |_| {});
        assert_eq!(alarm(&scene, "quiet").state, state, "{missing:?}");
    }
}

fn acting(web: InstanceId, metric: &str, action: &str) -> AlarmConfig {
    let arn = format!("arn:aws:automate:us-east-1:ec2:{action}");
    AlarmConfig { actions: [Vec::new(), vec![arn], Vec::new()], ..of_instance(metric, web) }
}

// rules: W15 W16
#[test]
fn ec2_does_what_an_alarm_says() {
    // The action, the state of the instance then, whether its system hangs, and whether its cards lose everything.
    let cases = [
        ("stop", InstanceState::Stopping, false, false),
        ("terminate", InstanceState::ShuttingDown, false, false),
        ("reboot", InstanceState::Running, false, true),
        ("recover", InstanceState::Running, false, false),
    ];
    for (action, state, hangs, lost) in cases {
        let mut scene = first_scene(GuestFlavour::Plain);
        let web = scene.web_1;
        put(&mut scene, "acts", acting(web, "StatusCheckFailed_System", action));
        scene.simulator.advance(secs(70), &mut |_| {});
        let enis = scene.simulator.network().instance(web).unwrap().enis.clone();
        act(&mut scene.simulator, Command::SetFault(web, Fault::Hang(true)));
        act(&mut scene.simulator, Command::SetFault(web, Fault::Loss(1_000)));
        // Just past the minute: stopping and terminating take longer.
        scene.simulator.advance(millis(50_500), &mut |_| {});
        let instance = scene.simulator.network().instance(web).unwrap();
        let faults = instance.faults;
        assert_eq!((instance.state, faults.hangs_since.is_some(), faults.loss.is_some()), (state, hangs, lost), "{action}");
        assert!(action == "terminate" || instance.enis == enis, "{action}: its ENIs stay");
        let last = alarm(&scene, "acts").history.last().unwrap();
        let expected = format!("Successfully executed action arn:aws:automate:us-east-1:ec2:{action}");
        assert_eq!((last.kind, last.summary.clone()), (HistoryKind::Action, expected));
    }
}

// rules: W15
#[test]
fn what_cannot_be_done_is_told_and_what_is_switched_off_is_not_tried() {
    let mut scene = first_scene(GuestFlavour::Plain);
    let web = scene.web_1;
    let topic = "arn:aws:sns:us-east-1:123456789012:mail".to_owned();
    let mails = AlarmConfig { actions: [Vec::new(), vec![topic.clone()], Vec::new()], ..of_instance("StatusCheckFailed", web) };
    put(&mut scene, "mails", mails);
    put(&mut scene, "off", AlarmConfig { actions_enabled: false, ..acting(web, "StatusCheckFailed", "terminate") });
    put(&mut scene, "stops", acting(web, "StatusCheckFailed", "stop"));
    let attribute = eni_core::control::command::InstanceAttribute::DisableApiStop(true);
    act(&mut scene.simulator, Command::ModifyInstanceAttribute(web, attribute));
    act(&mut scene.simulator, Command::SetFault(web, Fault::Hang(true)));
    scene.simulator.advance(secs(61), &mut |_| {});
    let last = |name: &str| alarm(&scene, name).history.last().unwrap().summary.clone();
    assert_eq!(
        last("mails"),
        format!(
            "Failed to execute action {topic}. Received error: \"The playground carries out actions of EC2 only: nobody here is told of anything.\""
        )
    );
    assert_eq!(last("off"), "Alarm updated from INSUFFICIENT_DATA to ALARM");
    assert!(
        last("stops").starts_with("Failed to execute action arn:aws:automate:us-east-1:ec2:stop. Received error: \"OperationNotPermitted")
    );
    assert_eq!(scene.simulator.network().instance(web).unwrap().state, InstanceState::Running);
}

// rules: W18 W15
#[test]
fn a_state_that_is_said_lasts_until_the_next_evaluation_and_acts() {
    let mut scene = first_scene(GuestFlavour::Plain);
    let web = scene.web_1;
    put(&mut scene, "stops", acting(web, "StatusCheckFailed", "stop"));
    scene.simulator.advance(secs(70), &mut |_| {});
    let wish = |reason: &str| SetAlarmState { name: "stops".to_owned(), state: AlarmState::Alarm, reason: reason.to_owned() };
    alarms(&mut scene, AlarmAct::SetState(Box::new(wish("a rehearsal"))));
    assert_eq!((alarm(&scene, "stops").state, alarm(&scene, "stops").reason.as_str()), (AlarmState::Alarm, "a rehearsal"));
    assert_eq!(scene.simulator.network().instance(web).unwrap().state, InstanceState::Stopping);
    let before = alarm(&scene, "stops").history.len();
    alarms(&mut scene, AlarmAct::SetState(Box::new(wish("again"))));
    assert_eq!(alarm(&scene, "stops").history.len(), before, "nothing changes, so nothing is done");
    scene.simulator.advance(secs(120), &mut |_| {});
    assert_ne!(alarm(&scene, "stops").state, AlarmState::Alarm);
}

// rules: W19
#[test]
fn an_alarm_that_is_set_up_otherwise_keeps_its_state() {
    let mut scene = first_scene(GuestFlavour::Plain);
    let web = scene.web_1;
    put(&mut scene, "one", of_instance("StatusCheckFailed", web));
    scene.simulator.advance(secs(61), &mut |_| {});
    put(&mut scene, "one", AlarmConfig { evaluation_periods: 2, ..of_instance("StatusCheckFailed", web) });
    let one = alarm(&scene, "one");
    assert_eq!((one.state, one.config.evaluation_periods, one.history.len()), (AlarmState::Ok, 2, 3));
}

// rules: W17
#[test]
fn only_the_newest_things_that_it_did_are_kept() {
    let mut scene = first_scene(GuestFlavour::Plain);
    let web = scene.web_1;
    for _ in 0..HISTORY_KEPT + 20 {
        put(&mut scene, "one", of_instance("StatusCheckFailed", web));
    }
    assert_eq!(alarm(&scene, "one").history.len(), HISTORY_KEPT);
}

// rules: W14
#[test]
fn values_of_periods_that_slide_are_taken_together() {
    let mut scene = first_scene(GuestFlavour::Plain);
    scene.add("pings", scene.inside(), Target::PrivateOf(scene.service), Protocol::Icmp, Conversation::NewEachTime);
    let client = scene.client;
    act(&mut scene.simulator, Command::MonitorInstances(vec![client], true));
    // 300 pings a minute of 84 bytes: more than 50,000 bytes in two minutes, and not in one.
    let busy = |minutes| AlarmConfig {
        minutes,
        statistic: Statistic::Sum,
        comparison: Comparison::Above,
        threshold: Amount::of(50_000, 1),
        ..of_instance("NetworkOut", client)
    };
    put(&mut scene, "two", busy(2));
    put(&mut scene, "one", busy(1));
    let mut states = Vec::new();
    for _ in 0..3 {
        scene.simulator.advance(secs(60), &mut |_| {});
        states.push((alarm(&scene, "one").state, alarm(&scene, "two").state));
    }
    use AlarmState::{Alarm, Ok};
    assert_eq!(states, [(Ok, Ok), (Ok, Alarm), (Ok, Alarm)]);
}

// rules: W14
#[test]
fn a_step_goes_to_where_an_alarm_changes_and_none_where_none_will() {
    let mut scene = first_scene(GuestFlavour::Plain);
    let web = scene.web_1;
    put(&mut scene, "one", of_instance("StatusCheckFailed", web));
    assert!(scene.simulator.step(&mut |_| {}));
    assert_eq!(scene.simulator.now().as_millis(), 60_000);
    let before = scene.simulator.clone();
    assert!(!scene.simulator.step(&mut |_| {}), "all stays well");
    assert!(scene.simulator == before, "nothing has moved");
}

// rules: W12
#[test]
fn a_statistic_takes_the_values_of_a_period_together() {
    let mut scene = first_scene(GuestFlavour::PolicyRouting);
    let client = scene.client;
    act(&mut scene.simulator, Command::MonitorInstances(vec![client], true));
    // A first datagram of 28 bytes, then one of 1,028 bytes at the end of each of sixty seconds: the last is the next minute's.
    let (to, protocol) = (Target::PrivateOf(scene.service), Protocol::Udp(53));
    let spec = LoadSpec { from: scene.inside(), to, protocol, streams: 1, rate: Some(8_000), payload: Some(1_000), span: secs(60) };
    scene.simulator.add_load(spec).unwrap();
    scene.simulator.advance(secs(119), &mut |_| {});
    let of = |statistic, unit: Option<&str>| AlarmConfig {
        minutes: 2,
        statistic,
        unit: unit.map(str::to_owned),
        threshold: Amount::of(0, 1),
        ..of_instance("NetworkOut", client)
    };
    let cases = [
        (Statistic::SampleCount, "[2.0]"),
        (Statistic::Sum, "[61708.0]"),
        (Statistic::Average, "[30854.0]"),
        (Statistic::Minimum, "[1028.0]"),
        (Statistic::Maximum, "[60680.0]"),
    ];
    for (statistic, _) in cases {
        put(&mut scene, &format!("{statistic:?}"), of(statistic, Some("Bytes")));
    }
    put(&mut scene, "of another unit", of(Statistic::Sum, Some("Count")));
    scene.simulator.advance(secs(2), &mut |_| {});
    for (statistic, shown) in cases {
        let told = alarm(&scene, &format!("{statistic:?}"));
        assert!(told.state == AlarmState::Alarm && told.reason.contains(shown), "{statistic:?}: {}", told.reason);
    }
    assert_eq!(alarm(&scene, "of another unit").state, AlarmState::InsufficientData, "no value has that unit");
}

// rules: W12 W14
#[test]
fn two_of_three_periods_are_enough_where_it_is_said_so() {
    let mut scene = first_scene(GuestFlavour::Plain);
    let web = scene.web_1;
    for (name, needed) in [("two", 2), ("all", 3)] {
        let config = AlarmConfig { evaluation_periods: 3, datapoints_to_alarm: Some(needed), ..of_instance("StatusCheckFailed", web) };
        put(&mut scene, name, config);
    }
    let mut states = Vec::new();
    // It hangs at the end of the second, third and fourth minute.
    for minute in 1..=7 {
        if minute == 2 || minute == 5 {
            act(&mut scene.simulator, Command::SetFault(web, Fault::Hang(minute == 2)));
        }
        scene.simulator.advance(secs(60), &mut |_| {});
        states.push(["two", "all"].map(|name| alarm(&scene, name).state));
    }
    use AlarmState::{Alarm, Ok};
    assert_eq!(states, [[Ok, Ok], [Ok, Ok], [Alarm, Ok], [Alarm, Alarm], [Alarm, Ok], [Ok, Ok], [Ok, Ok]]);
}
