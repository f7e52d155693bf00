//! Flow logs (F1 to F3, F20, F21): what stands, before any packet writes into it.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

mod support;

use eni_core::control::command::{Command, CreateFlowLogs, LogsAct};
use eni_core::control::decide::decide;
use eni_core::control::reply::Reply;
use eni_core::model::Tags;
use eni_core::model::event::TaggedId;
use eni_core::model::flow_log::{FlowDestination, FlowFiles, FlowLogResource, FlowTraffic};
use eni_core::time::Duration;
use support::id;
use support::scene::{Scene, create_flow_log, eni, flow_log, subnet, vpc};

fn of_all() -> CreateFlowLogs {
    let resources = vec![FlowLogResource::Vpc(vpc(1)), FlowLogResource::Subnet(subnet(2)), FlowLogResource::Eni(eni(3))];
    CreateFlowLogs { resources, ..flow_log() }
}

// rules: F1 F2 F13
#[test]
fn each_resource_gets_a_flow_log_with_awss_defaults() {
    let mut scene = Scene::new();
    let wanted = of_all();
    assert_eq!(scene.accept(create_flow_log(wanted.clone())), Reply::FlowLogs(vec![id(1), id(2), id(3)], Vec::new()));
    for (log, resource) in scene.network.flow_logs().zip(&wanted.resources) {
        assert_eq!((log.resource, log.config.traffic, log.config.interval), (*resource, FlowTraffic::All, 600));
        assert_eq!(log.config.destination, FlowDestination::S3 { arn: "arn:aws:s3:::logs".to_owned(), files: None });
        assert_eq!(log.config.format, None);
    }
    assert_eq!(scene.network.flow_logs_of(FlowLogResource::Subnet(subnet(2))).map(|log| log.id).collect::<Vec<_>>(), [id(2)]);
    assert_eq!(scene.network.flow_logs_of(FlowLogResource::Subnet(subnet(1))).count(), 0);
}

// rules: F3
#[test]
fn what_is_there_twice_or_not_at_all_is_listed_and_the_rest_is_made() {
    let mut scene = Scene::new();
    scene.accept(create_flow_log(flow_log()));
    let mut wanted = of_all();
    wanted.resources.push(FlowLogResource::Subnet(subnet(9)));
    let Reply::FlowLogs(made, refused) = scene.accept(create_flow_log(wanted)) else { panic!() };
    assert_eq!(made, [id(2), id(3)]);
    let told: Vec<_> = refused.iter().map(|(of, refusal)| (of.as_str(), refusal.code())).collect();
    let (first, last) = (vpc(1).to_string(), subnet(9).to_string());
    assert_eq!(told, [(first.as_str(), "FlowLogAlreadyExists"), (last.as_str(), "InvalidSubnetID.NotFound")]);
    // Set otherwise, it is another flow log of the same resource.
    for (interval, traffic) in [(Some(60), FlowTraffic::All), (None, FlowTraffic::Accept)] {
        let mut scene = scene.clone_world();
        assert!(
            matches!(scene.accept(create_flow_log(CreateFlowLogs { interval, traffic: Some(traffic), ..flow_log() })), Reply::FlowLogs(made, _) if made == [id(4)])
        );
    }
    // The default said out loud is the default.
    let Reply::FlowLogs(made, refused) = scene.accept(create_flow_log(CreateFlowLogs { interval: Some(600), ..flow_log() })) else {
        panic!()
    };
    assert_eq!((made.len(), refused.len()), (0, 1));
}

// rules: F20 F21
#[test]
fn logs_of_cloudwatch_need_a_group_and_a_role_and_records_may_have_other_fields() {
    let mut scene = Scene::new();
    let role = Some("arn:aws:iam::123456789012:role/logs".to_owned());
    let group = CreateFlowLogs { destination_type: None, destination: None, log_group: Some("logs".to_owned()), role, ..flow_log() };
    let format = Some("${srcaddr}  ${pkt-dstaddr} ${action}".to_owned());
    scene.accept(create_flow_log(CreateFlowLogs { format: format.clone(), ..group.clone() }));
    let log = scene.network.flow_log(id(1)).unwrap();
    assert_eq!((log.config.destination.kind(), &log.config.format), ("cloud-watch-logs", &format));
    scene.refuse_with(create_flow_log(CreateFlowLogs { format: Some("  ".to_owned()), ..group.clone() }), "InvalidParameter");
    let both = CreateFlowLogs { destination: Some("arn:aws:logs:us-east-1:123456789012:log-group:logs".to_owned()), ..group };
    scene.refuse_with(create_flow_log(both.clone()), "InvalidParameterCombination");
    scene.accept(create_flow_log(CreateFlowLogs { log_group: None, ..both }));
}

// rules: F2 F21
#[test]
fn each_destination_takes_what_is_its_own() {
    let files = FlowFiles { parquet: true, hive: false, per_hour: false };
    let logs = "arn:aws:logs:us-east-1:123456789012:log-group:all";
    let (bucket, stream) = ("arn:aws:s3:::logs", "arn:aws:firehose:us-east-1:123456789012:deliverystream/all");
    // The kind, its ARN, a group, a role, options of files; and the code of the refusal.
    for (kind, arn, group, role, with_files, code) in [
        ("cloud-watch-logs", None, true, true, false, None),
        ("cloud-watch-logs", Some(logs), false, true, false, None),
        ("cloud-watch-logs", None, false, true, false, Some("InvalidParameter")),
        ("cloud-watch-logs", None, true, false, false, Some("InvalidParameter")),
        ("cloud-watch-logs", None, true, true, true, Some("InvalidParameter")),
        ("cloud-watch-logs", Some(logs), true, true, false, Some("InvalidParameterCombination")),
        ("cloud-watch-logs", Some(bucket), false, true, false, Some("InvalidParameter")),
        ("s3", Some(bucket), false, false, false, None),
        ("s3", Some(bucket), false, false, true, None),
        ("s3", None, false, false, false, Some("InvalidParameter")),
        ("s3", Some(bucket), true, false, false, Some("InvalidParameter")),
        ("s3", Some(bucket), false, true, false, Some("InvalidParameter")),
        ("s3", Some(stream), false, false, false, Some("InvalidParameter")),
        ("s3", Some("arn:aws:s3:::"), false, false, false, Some("InvalidParameter")),
        ("s3", Some("logs"), false, false, false, Some("InvalidParameter")),
        ("kinesis-data-firehose", Some(stream), false, false, false, None),
        ("kinesis-data-firehose", Some(stream), false, false, true, Some("InvalidParameter")),
        ("kinesis-data-firehose", Some(bucket), false, false, false, Some("InvalidParameter")),
    ] {
        let request = CreateFlowLogs {
            destination_type: Some(kind.to_owned()),
            destination: arn.map(str::to_owned),
            log_group: group.then(|| "all".to_owned()),
            role: role.then(|| "arn:aws:iam::123456789012:role/logs".to_owned()),
            files: with_files.then_some(files),
            ..flow_log()
        };
        let what = format!("{kind} {arn:?} {group} {role} {with_files}");
        let scene = Scene::new();
        let refusal = decide(&scene.network, &create_flow_log(request), scene.now).err().map(|refusal| refusal.code());
        assert_eq!(refusal, code, "{what}");
    }
}

fn named() -> Tags {
    Tags::from([("Name".to_owned(), "all".to_owned())])
}

// rules: F1 F3
#[test]
fn a_flow_log_goes_when_it_is_deleted_and_with_what_it_is_of() {
    let mut scene = Scene::new();
    scene.accept(create_flow_log(of_all()));
    scene.accept(Command::CreateTags { resources: vec![TaggedId::FlowLog(id(1))], tags: named() });
    assert_eq!(scene.network.flow_log(id(1)).unwrap().tags.get("Name").map(String::as_str), Some("all"));
    scene.refuse_with(Command::CreateTags { resources: vec![TaggedId::FlowLog(id(7))], tags: named() }, "InvalidFlowLogId.NotFound");
    scene.accept(Command::DeleteFlowLogs(vec![id(1)]));
    assert!(scene.network.flow_log(id(1)).is_none());
    scene.accept(Command::DeleteNetworkInterface(eni(3)));
    assert!(scene.network.flow_log(id(3)).is_none());
    scene.accept(Command::DeleteSubnet(subnet(2)));
    assert_eq!(scene.network.flow_logs().len(), 0);
    scene.check();
}

// rules: F24
#[test]
fn a_log_group_is_made_by_hand_or_by_the_flow_log_that_names_it() {
    let mut scene = Scene::new();
    let names = |scene: &Scene| scene.network.log_groups().map(|group| group.name.clone()).collect::<Vec<String>>();
    let to = |group: &str| {
        create_flow_log(CreateFlowLogs {
            destination_type: None,
            destination: None,
            log_group: Some(group.to_owned()),
            role: Some("arn:aws:iam::123456789012:role/logs".to_owned()),
            ..flow_log()
        })
    };
    scene.accept(Command::Logs(LogsAct::Create("mine".to_owned())));
    scene.accept(Command::Logs(LogsAct::Retain("mine".to_owned(), Some(14))));
    // A flow log that names it leaves it as it is; one that names another makes that.
    scene.accept(to("mine"));
    scene.accept(to("its own"));
    assert_eq!(names(&scene), ["its own", "mine"]);
    assert_eq!(scene.network.log_group("mine").unwrap().retention, Some(14));
    scene.accept(Command::Logs(LogsAct::Retain("mine".to_owned(), None)));
    assert_eq!(scene.network.log_group("mine").unwrap().retention, None);
    // The flow log stays when its group goes, and so may write on: the group can be deleted again.
    scene.accept(Command::Logs(LogsAct::Delete("its own".to_owned())));
    assert_eq!((names(&scene), scene.network.flow_logs().count()), (vec!["mine".to_owned()], 2));
    scene.accept(Command::Logs(LogsAct::Delete("its own".to_owned())));
    scene.accept(Command::DeleteFlowLogs(vec![id(2)]));
    assert!(decide(&scene.network, &Command::Logs(LogsAct::Delete("its own".to_owned())), scene.now).is_err());
    // By its ARN a group is known, too.
    let arn = "arn:aws:logs:us-east-1:123456789012:log-group:far:*".to_owned();
    let by_arn =
        CreateFlowLogs { destination: Some(arn), log_group: None, destination_type: None, role: Some("r".to_owned()), ..flow_log() };
    scene.accept(create_flow_log(by_arn));
    assert_eq!(names(&scene), ["far", "mine"]);
}

// rules: F24
#[test]
fn a_log_group_is_made_with_the_first_flow_log_that_is_made_to_the_millisecond() {
    let mut scene = Scene::new();
    scene.now += Duration::from_nanos(1_234_567);
    let to = |resources| {
        create_flow_log(CreateFlowLogs {
            resources,
            destination_type: None,
            destination: None,
            log_group: Some("mine".to_owned()),
            role: Some("r".to_owned()),
            ..flow_log()
        })
    };
    scene.accept(to(vec![FlowLogResource::Subnet(subnet(99))]));
    assert_eq!(scene.network.log_groups().len(), 0, "nothing would write to it");
    scene.accept(to(vec![FlowLogResource::Subnet(subnet(1))]));
    let made = scene.network.log_group("mine").unwrap();
    assert_eq!((made.created.as_nanos() % 1_000_000, made.created.as_millis()), (0, scene.now.as_millis()));
}
