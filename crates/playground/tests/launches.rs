//! What one launches from, and the other way to ask for spot instances: images, public parameters, requests.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests say plainly that something must be there")]

#[path = "support/account.rs"]
mod account_calls;

use account_calls::{ok, refused, scenario};
use eni_core::time::Instant;
use eni_playground::account::Account;
use eni_playground::aws::Epoch;
use eni_playground::scenario::{load, save};
use serde_json::{Value, json};

fn account() -> Account {
    Account::fresh("us-east-1").unwrap()
}

fn names(images: &Value) -> Vec<&str> {
    images["Images"].as_array().unwrap().iter().map(|image| image["Name"].as_str().unwrap()).collect()
}

// rules: L21 G5
#[test]
fn images_are_found_as_tutorials_look_for_them() {
    let mut account = account();
    let all = ok(&mut account, "DescribeImages", json!({}));
    assert_eq!(all["Images"].as_array().unwrap().len(), 5);
    let filter = |name: &str, value: &str| json!({"Name": name, "Values": [value]});
    let cases = [
        (
            json!({"Owners": ["amazon"], "Filters": [filter("name", "al2023-ami-2023*"), filter("architecture", "x86_64")]}),
            "ami-00000000000000001",
        ),
        (
            json!({"Owners": ["099720109477"], "Filters": [filter("name", "ubuntu/images/*ubuntu-noble-24.04-amd64-server-*")]}),
            "ami-00000000000000002",
        ),
        (json!({"Filters": [filter("name", "amzn-ami-vpc-nat*")]}), "ami-00000000000000003"),
        (json!({"Filters": [filter("name", "al2023-ami-*"), filter("architecture", "arm64")]}), "ami-00000000000000004"),
        (json!({"Filters": [filter("name", "amzn2-ami-hvm-*-x86_64-gp2"), filter("owner-alias", "amazon")]}), "ami-00000000000000005"),
        (json!({"ImageIds": ["ami-00000000000000002"]}), "ami-00000000000000002"),
    ];
    for (asked, image) in cases {
        let found = ok(&mut account, "DescribeImages", asked.clone());
        assert_eq!((names(&found).len(), &found["Images"][0]["ImageId"]), (1, &json!(image)), "{asked}");
        assert_eq!((&found["Images"][0]["State"], &found["Images"][0]["Public"]), (&json!("available"), &json!(true)));
    }
    assert_eq!(ok(&mut account, "DescribeImages", json!({"Owners": ["self"]}))["Images"], json!([]));
    let error = refused(&mut account, "DescribeImages", json!({"ImageIds": ["ami-00000000000000099"]}));
    assert_eq!(error, "InvalidAMIID.NotFound: The image id '[ami-00000000000000099]' does not exist");
}

// rules: L21
#[test]
fn a_launch_takes_the_public_parameters_of_images() {
    let mut account = account();
    let latest = "resolve:ssm:/aws/service/ami-amazon-linux-latest/";
    let cases = [
        (format!("{latest}al2023-ami-kernel-default-x86_64"), 1),
        (format!("{latest}al2023-ami-kernel-6.1-arm64"), 4),
        (format!("{latest}amzn2-ami-hvm-x86_64-gp2"), 5),
        ("resolve:ssm:/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id".to_owned(), 2),
    ];
    let launch = |image: &str| json!({"ImageId": image, "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1});
    for (image, number) in cases {
        let made = ok(&mut account, "RunInstances", launch(&image));
        assert_eq!(made["Instances"][0]["ImageId"], json!(format!("ami-{number:017x}")), "{image}");
    }
    let error = refused(&mut account, "RunInstances", launch("resolve:ssm:/my/own/image"));
    assert!(error.starts_with("UnsupportedOperation: The playground does not know the parameter /my/own/image"), "{error}");
    assert!(refused(&mut account, "RunInstances", launch("ubuntu")).starts_with("InvalidAMIID.Malformed"));
}

fn requests(account: &mut Account) -> Vec<[String; 4]> {
    let told = ok(account, "DescribeSpotInstanceRequests", json!({}));
    let word = |one: &Value, place: &str| one.pointer(place).and_then(Value::as_str).unwrap_or("-").to_owned();
    let of = |one: &Value| ["/SpotInstanceRequestId", "/State", "/Status/Code", "/InstanceId"].map(|place| word(one, place));
    told["SpotInstanceRequests"].as_array().unwrap().iter().map(of).collect()
}

fn asked(kind: &str, behavior: &str) -> Value {
    let launch = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.micro", "SubnetId": "subnet-00000000000000001"});
    json!({"InstanceCount": 1, "Type": kind, "InstanceInterruptionBehavior": behavior, "LaunchSpecification": launch})
}

// rules: L22 L8
#[test]
fn a_request_for_spot_instances_begins_open_and_is_fulfilled() {
    let mut account = account();
    let mut two = asked("one-time", "terminate");
    two["InstanceCount"] = json!(2);
    let begun = ok(&mut account, "RequestSpotInstances", two)["SpotInstanceRequests"].clone();
    assert_eq!(begun.as_array().unwrap().len(), 2);
    assert_eq!((&begun[0]["State"], &begun[0]["Status"]["Code"]), (&json!("open"), &json!("pending-evaluation")));
    assert_eq!(["InstanceId", "LaunchedAvailabilityZone"].map(|name| begun[1].get(name)), [None, None]);
    assert_eq!(begun[1]["LaunchSpecification"]["SubnetId"], "subnet-00000000000000001");
    let row = |number: u64, state: &str, code: &str| [format!("sir-{number:08x}"), state.into(), code.into(), format!("i-{number:017x}")];
    assert_eq!(requests(&mut account), [row(1, "active", "fulfilled"), row(2, "active", "fulfilled")]);

    // A launch that asks for spot instances has requests as well, and each instance names its own.
    let market = json!({"MarketType": "spot", "SpotOptions": {"SpotInstanceType": "persistent", "InstanceInterruptionBehavior": "stop"}});
    let launch = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, "InstanceMarketOptions": market});
    assert_eq!(ok(&mut account, "RunInstances", launch)["Instances"][0]["SpotInstanceRequestId"], "sir-00000003");
    let filters = json!({"Filters": [{"Name": "type", "Values": ["persistent"]}, {"Name": "launch.instance-type", "Values": ["t3.*"]}]});
    let found = ok(&mut account, "DescribeSpotInstanceRequests", filters)["SpotInstanceRequests"].clone();
    assert_eq!((found.as_array().unwrap().len(), &found[0]["InstanceInterruptionBehavior"]), (1, &json!("stop")));
    // No request has a tag, so a filter by tags finds none; nothing has a price, and a filter for it is refused as others are that are not here.
    for name in ["tag:Name", "tag-key"] {
        let filters = json!({"Filters": [{"Name": name, "Values": ["*"]}]});
        assert_eq!(ok(&mut account, "DescribeSpotInstanceRequests", filters)["SpotInstanceRequests"], json!([]), "{name}");
    }
    let error = refused(&mut account, "DescribeSpotInstanceRequests", json!({"Filters": [{"Name": "spot-price", "Values": ["0.01"]}]}));
    assert_eq!(error, "UnsupportedOperation: The playground does not have the filter 'spot-price'; AWS has it.");
    let by_id = json!({"SpotInstanceRequestIds": ["sir-00000002"]});
    assert_eq!(ok(&mut account, "DescribeSpotInstanceRequests", by_id)["SpotInstanceRequests"][0]["InstanceId"], "i-00000000000000002");
    let error = refused(&mut account, "DescribeSpotInstanceRequests", json!({"SpotInstanceRequestIds": ["sir-y4egrv9m"]}));
    assert_eq!(error, "InvalidSpotInstanceRequestID.NotFound: The spot instance request ID 'sir-y4egrv9m' does not exist");

    ok(&mut account, "StopInstances", json!({"InstanceIds": ["i-00000000000000003"]}));
    ok(&mut account, "TerminateInstances", json!({"InstanceIds": ["i-00000000000000001"]}));
    let seen = requests(&mut account);
    assert_eq!(seen[0], row(1, "closed", "instance-terminated-by-user"));
    assert_eq!(seen[2], row(3, "disabled", "instance-stopped-by-user"));
    for (parameters, code) in [
        (json!({"InstanceCount": 1}), "MissingParameter"),
        (json!({"LaunchSpecification": {"InstanceType": "t3.micro"}}), "MissingParameter"),
        (json!({"InstanceCount": 0, "LaunchSpecification": {"ImageId": "ami-00000000000000001"}}), "InvalidParameterValue"),
        (asked("one-time", "stop"), "InvalidParameterCombination"),
    ] {
        assert!(refused(&mut account, "RequestSpotInstances", parameters.clone()).starts_with(code), "{parameters}");
    }
}

// rules: L22 L8
#[test]
fn a_request_that_is_taken_back_leaves_its_instance_which_nobody_can_stop_any_more() {
    let mut account = account();
    ok(&mut account, "RequestSpotInstances", asked("persistent", "stop"));
    let (request, instance) = (json!({"SpotInstanceRequestIds": ["sir-00000001"]}), json!({"InstanceIds": ["i-00000000000000001"]}));
    let cancelled = json!([{"State": "cancelled", "SpotInstanceRequestId": "sir-00000001"}]);
    assert_eq!(ok(&mut account, "CancelSpotInstanceRequests", request.clone())["CancelledSpotInstanceRequests"], cancelled);
    assert_eq!(requests(&mut account)[0][1..3], ["cancelled", "request-canceled-and-instance-running"]);
    assert!(refused(&mut account, "StopInstances", instance.clone()).starts_with("UnsupportedOperation"));
    assert_eq!(ok(&mut account, "CancelSpotInstanceRequests", request)["CancelledSpotInstanceRequests"], cancelled, "twice is as once");
    let absent = json!({"SpotInstanceRequestIds": ["sir-00000009"]});
    assert!(refused(&mut account, "CancelSpotInstanceRequests", absent).starts_with("InvalidSpotInstanceRequestID.NotFound"));
    let odd = json!({"SpotInstanceRequestIds": ["i-00000000000000001"]});
    assert!(refused(&mut account, "CancelSpotInstanceRequests", odd).starts_with("InvalidSpotInstanceRequestID.Malformed"));

    // A document keeps it.
    let (again, _) = load(save(&scenario(&account)).as_bytes()).unwrap();
    let kept = again.network.instances().next().unwrap();
    assert!(kept.spot.is_some_and(|spot| spot.cancelled && spot.persistent));
    assert_eq!(kept.spot_request().unwrap().to_string(), "sir-00000001");
    ok(&mut account, "TerminateInstances", instance);
    assert_eq!(requests(&mut account)[0][1..3], ["cancelled", "instance-terminated-by-user"]);
}

// rules: C1 G13
#[test]
fn an_instance_answers_for_each_of_its_attributes() {
    let script = "#!/bin/bash\nyum install -y httpd\n";
    let packed = "IyEvYmluL2Jhc2gKeXVtIGluc3RhbGwgLXkgaHR0cGQK";
    for data in [script, packed] {
        let mut account = account();
        let mut launch = json!({"ImageId": "ami-00000000000000002", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 1});
        launch["UserData"] = json!(data);
        launch["EbsOptimized"] = json!(true);
        let made = ok(&mut account, "RunInstances", launch)["Instances"][0].clone();
        assert_eq!(made["EbsOptimized"], json!(true));
        let id = made["InstanceId"].clone();
        let mut account = Account::holding(load(save(&scenario(&account)).as_bytes()).unwrap().0.network, Instant::ZERO, Epoch::default());
        let asked = |account: &mut Account, word: &str| {
            let mut answer = ok(account, "DescribeInstanceAttribute", json!({"InstanceId": id, "Attribute": word}));
            assert_eq!(answer.as_object_mut().unwrap().remove("InstanceId").unwrap(), id);
            answer
        };
        let cases = [
            ("userData", json!({"UserData": {"Value": packed}})),
            ("kernel", json!({"KernelId": {}})),
            ("ramdisk", json!({"RamdiskId": {}})),
            ("rootDeviceName", json!({"RootDeviceName": {"Value": "/dev/sda1"}})),
            ("productCodes", json!({"ProductCodes": []})),
            ("ebsOptimized", json!({"EbsOptimized": {"Value": true}})),
            ("enaSupport", json!({"EnaSupport": {"Value": true}})),
            ("enclaveOptions", json!({"EnclaveOptions": {"Enabled": false}})),
        ];
        for (word, expected) in cases {
            assert_eq!(asked(&mut account, word), expected, "{word}");
        }
        for word in ["blockDeviceMapping", "sriovNetSupport"] {
            let code = refused(&mut account, "DescribeInstanceAttribute", json!({"InstanceId": id, "Attribute": word}));
            assert!(code.contains("UnsupportedOperation"), "{word}: {code}");
        }
        let change = |member: &str, value: Value| json!({"InstanceId": id, member: {"Value": value}});
        let running = refused(&mut account, "ModifyInstanceAttribute", change("UserData", json!("aGk=")));
        assert!(running.contains("IncorrectInstanceState"), "{running}");
        ok(&mut account, "StopInstances", json!({"InstanceIds": [id]}));
        account.settle();
        ok(&mut account, "ModifyInstanceAttribute", change("UserData", json!("aGk=")));
        ok(&mut account, "ModifyInstanceAttribute", change("EbsOptimized", json!(false)));
        assert_eq!(asked(&mut account, "userData"), json!({"UserData": {"Value": "aGk="}}));
        assert_eq!(asked(&mut account, "ebsOptimized"), json!({"EbsOptimized": {"Value": false}}));
    }
    let long = json!({"ImageId": "ami-00000000000000002", "MinCount": 1, "MaxCount": 1, "UserData": "x y".repeat(5_462)});
    assert!(refused(&mut account(), "RunInstances", long).contains("User data is limited to 16384 bytes"));
}

// rules: C1
#[test]
fn a_kind_of_interface_that_nobody_makes_is_no_kind() {
    let mut account = account();
    let subnet = ok(&mut account, "DescribeSubnets", json!({}))["Subnets"][0]["SubnetId"].clone();
    for (kind, code) in [("bogus", "InvalidParameterValue"), ("natGateway", "InvalidParameterValue"), ("efa", "UnsupportedOperation")] {
        let said = refused(&mut account, "CreateNetworkInterface", json!({"SubnetId": subnet, "InterfaceType": kind}));
        assert!(said.contains(code), "{kind}: {said}");
    }
    ok(&mut account, "CreateNetworkInterface", json!({"SubnetId": subnet, "InterfaceType": "interface"}));
}

// rule: E79
#[test]
fn an_interface_of_a_launch_may_say_that_it_is_a_common_one() {
    let mut account = Account::fresh("us-east-1").unwrap();
    for (kind, expected) in [
        ("interface", Ok(())),
        ("efa", Err("UnsupportedOperation: The playground does not model network interfaces of type efa.".to_owned())),
    ] {
        let interface = json!({"DeviceIndex": 0, "InterfaceType": kind});
        let launch = json!({"ImageId": "ami-00000000000000001", "InstanceType": "t3.micro", "MinCount": 1, "MaxCount": 1, "NetworkInterfaces": [interface]});
        let answer = account.call("ec2", "RunInstances", launch.as_object().unwrap());
        assert_eq!(answer.map(drop).map_err(|error| error.to_string()), expected, "{kind}");
    }
}
