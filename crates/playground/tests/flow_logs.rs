//! Flow logs over AWS's API, in documents, in scripts and on the page.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

#[path = "support/account.rs"]
mod account;

use account::{SUBNET, VPC, files_of, ok, stays};
use eni_playground::account::Account;
use eni_playground::act::Act;
use eni_playground::scenario::{import, load};
use eni_playground::script::script;
use eni_playground::session::Session;
use serde_json::{Value, json};

fn id(number: u32) -> String {
    format!("fl-{number:017x}")
}

/// A flow log of the VPC into a log group, and one of a subnet into files.
fn furnished() -> Account {
    let mut account = Account::fresh("us-east-1").unwrap();
    let group = json!({"ResourceType": "VPC", "ResourceIds": [VPC], "TrafficType": "ALL", "LogGroupName": "all",
        "DeliverLogsPermissionArn": "arn:aws:iam::123456789012:role/logs", "ClientToken": "once",
        "TagSpecifications": [{"ResourceType": "vpc-flow-log", "Tags": [{"Key": "Name", "Value": "everything"}]}]});
    assert_eq!(
        ok(&mut account, "CreateFlowLogs", group.clone()),
        json!({"FlowLogIds": [id(1)], "Unsuccessful": [], "ClientToken": "once"})
    );
    // The same request with the same token is done once.
    assert_eq!(ok(&mut account, "CreateFlowLogs", group)["FlowLogIds"], json!([id(1)]));
    let files = json!({"ResourceType": "Subnet", "ResourceIds": [SUBNET, "subnet-00000000000000099"], "TrafficType": "REJECT",
        "LogDestinationType": "s3", "LogDestination": "arn:aws:s3:::logs/here/", "LogFormat": "${version} ${srcaddr}",
        "MaxAggregationInterval": 60, "DestinationOptions": {"FileFormat": "parquet", "PerHourPartition": true}});
    let answer = ok(&mut account, "CreateFlowLogs", files);
    assert_eq!(answer["FlowLogIds"], json!([id(2)]));
    assert_eq!(answer["Unsuccessful"][0]["Error"]["Code"], "InvalidSubnetID.NotFound");
    account
}

fn described(account: &mut Account) -> Vec<Value> {
    ok(account, "DescribeFlowLogs", json!({}))["FlowLogs"].as_array().unwrap().clone()
}

// rules: J12 F2 F13 C2 X3
#[test]
fn a_flow_log_is_shown_as_aws_shows_it() {
    let mut account = furnished();
    let logs = described(&mut account);
    let format = "${version} ${account-id} ${interface-id} ${srcaddr} ${dstaddr} ${srcport} ${dstport} ${protocol} ${packets} ${bytes} ${start} \
        ${end} ${action} ${log-status}";
    assert_eq!(
        logs[0],
        json!({"CreationTime": logs[0]["CreationTime"], "DeliverLogsPermissionArn": "arn:aws:iam::123456789012:role/logs", "FlowLogId": id(1),
            "DeliverLogsStatus": "SUCCESS", "FlowLogStatus": "ACTIVE", "LogGroupName": "all", "ResourceId": VPC, "TrafficType": "ALL", "LogDestinationType": "cloud-watch-logs",
            "LogFormat": format, "MaxAggregationInterval": 600, "Tags": [{"Key": "Name", "Value": "everything"}]})
    );
    assert_eq!(
        logs[1]["DestinationOptions"],
        json!({"FileFormat": "parquet", "HiveCompatiblePartitions": false, "PerHourPartition": true})
    );
    assert_eq!((&logs[1]["LogDestination"], &logs[1]["LogFormat"]), (&json!("arn:aws:s3:::logs/here/"), &json!("${version} ${srcaddr}")));
    assert!(logs.iter().all(|log| log["DeliverLogsStatus"] == "SUCCESS"));

    let unknown = account.call("ec2", "DescribeFlowLogs", json!({"FlowLogIds": [id(9)]}).as_object().unwrap()).unwrap_err();
    assert_eq!(unknown.code, "InvalidFlowLogId.NotFound");
    let wrong = json!({"ResourceType": "NetworkInterface", "ResourceIds": [SUBNET], "TrafficType": "ALL"});
    assert_eq!(account.call("ec2", "CreateFlowLogs", wrong.as_object().unwrap()).unwrap_err().code, "InvalidNetworkInterfaceId.Malformed");
    let tags = json!({"Filters": [{"Name": "resource-type", "Values": ["vpc-flow-log"]}]});
    assert_eq!(ok(&mut account, "DescribeTags", tags)["Tags"][0]["Value"], "everything");
    for (name, value, which) in [
        ("resource-id", VPC, 1),
        ("traffic-type", "REJECT", 2),
        ("log-destination-type", "s3", 2),
        ("log-group-name", "al*", 1),
        ("flow-log-id", &id(2), 2),
        ("tag:Name", "everything", 1),
    ] {
        let filter = json!({"Filter": [{"Name": name, "Values": [value]}]});
        let found = ok(&mut account, "DescribeFlowLogs", filter)["FlowLogs"].clone();
        assert_eq!((found.as_array().unwrap().len(), &found[0]["FlowLogId"]), (1, &json!(id(which))), "{name}");
    }
    let delivered = json!({"Filter": [{"Name": "deliver-log-status", "Values": ["SUCCESS"]}]});
    assert_eq!(ok(&mut account, "DescribeFlowLogs", delivered)["FlowLogs"].as_array().unwrap().len(), 2);
    let failed = json!({"Filter": [{"Name": "deliver-log-status", "Values": ["FAILED"]}]});
    assert_eq!(ok(&mut account, "DescribeFlowLogs", failed)["FlowLogs"], json!([]));
    assert_eq!(ok(&mut account, "DeleteFlowLogs", json!({"FlowLogIds": [id(1), id(2)]})), json!({"Unsuccessful": []}));
    assert_eq!(described(&mut account), Vec::<Value>::new());
}

// rules: J12 J17 C1
#[test]
fn what_describe_prints_is_read_again_and_documents_and_scripts_keep_it() {
    let mut first = furnished();
    let lists = ["Vpcs", "SecurityGroups", "NetworkAcls", "RouteTables", "InternetGateways", "Subnets", "FlowLogs"];
    let files = files_of(&mut first, &lists);
    let (_, report) = import(&files).unwrap();
    assert!(report.warnings.is_empty(), "{:?}", report.warnings);
    let text = stays(&mut first, &files, described);
    assert_eq!(script(&load(text.as_bytes()).unwrap().0).left_out, Vec::<String>::new());

    for (place, wrong) in [
        ("/ResourceId", json!("tgw-00000000000000001")),
        ("/ResourceId", json!("vpc-00000000000000099")),
        ("/TrafficType", json!("SOME")),
        ("/MaxAggregationInterval", json!(61)),
        ("/LogDestinationType", json!("paper")),
    ] {
        let mut value: Value = serde_json::from_str(&text).unwrap();
        *value.pointer_mut(&format!("/state/FlowLogs/0{place}")).unwrap() = wrong;
        assert!(load(value.to_string().as_bytes()).is_err(), "{place}");
        let (read, report) = import(&[("all.json".to_owned(), value["state"].to_string().into_bytes())]).unwrap();
        assert_eq!(read.network.flow_logs().len(), 1, "{place}");
        assert!(report.warnings.iter().any(|warning| warning.to_string().contains("FlowLogs")), "{place}");
    }
}

// rules: F1
#[test]
fn where_one_looks_at_the_subnet_it_says_where_records_are_read() {
    let mut session = Session::open("fresh-account").unwrap();
    let call = json!({"ResourceType": "Subnet", "ResourceIds": [SUBNET], "TrafficType": "REJECT", "LogDestinationType": "s3",
        "LogDestination": "arn:aws:s3:::logs"});
    session.execute(&Act::ec2("CreateFlowLogs", call)).result.unwrap();
    let details = session.details(&format!("subnet:{SUBNET}")).unwrap();
    let fact = details.facts.iter().find(|fact| fact.name == "Flow log").unwrap();
    assert_eq!(fact.value, format!("{}: REJECT to s3; flow-logs in the terminal shows its records", id(1)));
    assert!(session.undo());
    assert!(session.details(&format!("subnet:{SUBNET}")).unwrap().facts.iter().all(|fact| fact.name != "Flow log"));
}

// rules: F1 F4 F12
#[test]
fn the_newest_records_of_what_is_looked_at_stand_below_it() {
    let mut session = Session::open("").unwrap();
    let board = session.board();
    let (vpc, instances) = (board.vpcs[0].id.clone(), board.vpcs[0].zones[0].subnets[0].instances.clone());
    let private = board.vpcs[0].zones[1].subnets.iter().find(|subnet| subnet.name == "private-b").unwrap().id.clone();
    let enis: Vec<_> = instances.iter().flat_map(|instance| &instance.slots).filter_map(|slot| slot.eni.clone()).collect();
    let [svc, silent] = ["svc", "web-2-main"].map(|name| format!("eni:{}", enis.iter().find(|eni| eni.name == name).unwrap().id));
    let table = |session: &Session, thing: &str| session.details(thing).unwrap().tables.pop();
    let [of_svc, of_vpc] = [svc.as_str(), &format!("vpc:{vpc}")];
    assert_eq!(table(&session, of_svc), None, "no flow log, no table");
    let call = json!({"ResourceType": "VPC", "ResourceIds": [vpc], "TrafficType": "ALL", "LogDestinationType": "s3",
        "LogDestination": "arn:aws:s3:::logs"});
    session.execute(&Act::ec2("CreateFlowLogs", call)).result.unwrap();
    let none = table(&session, of_vpc).unwrap();
    assert_eq!((none.title.as_str(), none.rows.len()), ("Newest records of fl-00000000000000001", 0));
    assert!(none.empty.starts_with("None yet") && none.add.is_none());
    session.advance(130_000_000);

    let rows = table(&session, of_svc).unwrap().rows;
    assert!(
        rows.len() <= 20 && rows.iter().all(|row| row.cells.len() == 4 && row.remove.is_none() && row.note.ends_with(" svc")),
        "{rows:?}"
    );
    let [until, source, destination, action] = [0, 1, 2, 3].map(|at| rows[0].cells[at].as_str());
    let seconds = |text: &str| text.trim_end_matches(" s").parse::<f64>().unwrap();
    assert!(seconds(until) > 60.0, "{until}");
    assert!([source, destination].contains(&"10.0.1.20 443") && action == "ACCEPT", "{rows:?}");
    assert!(rows[0].note.starts_with("tcp, packets: "), "{}", rows[0].note);
    assert!(rows.windows(2).all(|pair| seconds(&pair[0].cells[0]) >= seconds(&pair[1].cells[0]) - 60.0), "windows from the newest on");
    assert_eq!(table(&session, of_vpc).unwrap().rows.len(), 20, "the newest of all its ENIs");
    let of_subnet = table(&session, &format!("subnet:{private}")).unwrap().rows;
    assert!(!of_subnet.is_empty() && of_subnet.iter().all(|row| row.note.ends_with(" ops-1-main")), "{of_subnet:?}");
    let quiet = table(&session, &silent).unwrap().rows;
    assert!(quiet.iter().any(|row| row.cells[3] == "NODATA" && row.note.starts_with("no packet met web-2-main")), "{quiet:?}");
}

// rules: F24 C1 C2
#[test]
fn log_groups_are_shown_kept_and_made_again_by_scripts() {
    let mut account = furnished();
    let call = |account: &mut Account, action: &str, parameters: Value| {
        let answer = account.call("logs", action, parameters.as_object().unwrap());
        answer.map_err(|error| error.to_string().split(':').next().unwrap_or_default().to_owned())
    };
    assert_eq!(call(&mut account, "CreateLogGroup", json!({"logGroupName": "/vpc/more"})), Ok(json!({})));
    assert_eq!(call(&mut account, "PutRetentionPolicy", json!({"logGroupName": "/vpc/more", "retentionInDays": 14})), Ok(json!({})));
    let groups = call(&mut account, "DescribeLogGroups", json!({})).unwrap()["logGroups"].clone();
    assert_eq!(groups.as_array().unwrap().len(), 2, "{groups}");
    let arn = "arn:aws:logs:us-east-1:123456789012:log-group:/vpc/more";
    assert_eq!(
        groups[0],
        json!({"logGroupName": "/vpc/more", "creationTime": groups[0]["creationTime"], "retentionInDays": 14, "metricFilterCount": 0,
            "arn": format!("{arn}:*"), "storedBytes": 0, "logGroupClass": "STANDARD", "logGroupArn": arn})
    );
    assert!(groups[0]["creationTime"].as_u64().unwrap() >= 1_767_225_600_000, "{groups}");
    assert_eq!((groups[1]["logGroupName"].as_str(), groups[1].get("retentionInDays")), (Some("all"), None));
    let files = [("groups.json".to_owned(), json!({"logGroups": groups}).to_string().into_bytes())];
    let mut files = files.to_vec();
    files.extend(files_of(&mut account, &["Vpcs", "Subnets", "FlowLogs"]));
    let document = stays(&mut account, &files, |account| account.call("logs", "DescribeLogGroups", &serde_json::Map::new()).unwrap());
    let text = script(&load(document.as_bytes()).unwrap().0).text;
    assert!(text.contains("aws logs create-log-group --log-group-name /vpc/more\n"), "{text}");
    assert!(text.contains("aws logs put-retention-policy --log-group-name /vpc/more --retention-in-days 14\n"), "{text}");
    assert!(!text.contains("--log-group-name all\naws"), "the flow log makes it: {text}");
    for (action, parameters, refused) in [
        ("CreateLogGroup", json!({"logGroupName": "all"}), "ResourceAlreadyExistsException"),
        ("CreateLogGroup", json!({"logGroupName": ""}), "InvalidParameterException"),
        ("CreateLogGroup", json!({"logGroupName": "aws/mine"}), "InvalidParameterException"),
        ("CreateLogGroup", json!({"logGroupName": "a b"}), "InvalidParameterException"),
        ("CreateLogGroup", json!({"logGroupName": "a".repeat(513)}), "InvalidParameterException"),
        ("PutRetentionPolicy", json!({"logGroupName": "all", "retentionInDays": 8}), "InvalidParameterException"),
        ("PutRetentionPolicy", json!({"logGroupName": "none", "retentionInDays": 7}), "ResourceNotFoundException"),
        ("DeleteRetentionPolicy", json!({"logGroupName": "none"}), "ResourceNotFoundException"),
        ("DeleteLogGroup", json!({"logGroupName": "none"}), "ResourceNotFoundException"),
    ] {
        assert_eq!(call(&mut account, action, parameters.clone()).unwrap_err(), refused, "{action} {parameters}");
    }
    assert_eq!(call(&mut account, "DeleteRetentionPolicy", json!({"logGroupName": "/vpc/more"})), Ok(json!({})));
    assert_eq!(call(&mut account, "DeleteLogGroup", json!({"logGroupName": "/vpc/more"})), Ok(json!({})));
    assert_eq!(call(&mut account, "DescribeLogGroups", json!({})).unwrap()["logGroups"].as_array().unwrap().len(), 1);
}
