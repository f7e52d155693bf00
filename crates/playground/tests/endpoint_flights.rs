//! What the page shows of packets through endpoints and to mount targets: where they fly, and why they are stopped.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests")]

use eni_playground::act::{Act, Asking, SceneAct};
use eni_playground::session::Session;
use serde_json::{Value, json};

const SECOND: u64 = 1_000_000;

fn call(session: &mut Session, action: &str, parameters: Value) -> Value {
    let act = Act::Api { service: "ec2".to_owned(), action: action.to_owned(), parameters };
    session.execute(&act).result.unwrap_or_else(|refusal| panic!("{action}: {refusal:?}"))
}

fn text(answer: &Value, pointer: &str) -> String {
    answer.pointer(pointer).and_then(Value::as_str).unwrap_or_else(|| panic!("no {pointer} in {answer}")).to_owned()
}

/// A VPC with one instance, open to all, in its only subnet.
struct Scene {
    session: Session,
    vpc: String,
    subnet: String,
    instance: String,
}

fn scene() -> Scene {
    let mut session = Session::open("empty").unwrap();
    let vpc = text(&call(&mut session, "CreateVpc", json!({ "CidrBlock": "10.0.0.0/16" })), "/Vpc/VpcId");
    let subnet = text(&call(&mut session, "CreateSubnet", json!({ "VpcId": vpc, "CidrBlock": "10.0.1.0/24" })), "/Subnet/SubnetId");
    let launch = json!({ "ImageId": "ami-12345678", "InstanceType": "t3.micro", "SubnetId": subnet, "MinCount": 1, "MaxCount": 1 });
    let instance = text(&call(&mut session, "RunInstances", launch), "/Instances/0/InstanceId");
    session.advance(120 * SECOND);
    Scene { session, vpc, subnet, instance }
}

impl Scene {
    /// The places of the first flight, whether an answer came, the verdict and what its last check says, of a question of the instance.
    fn asks(&mut self, to: &str, protocol: &str, port: u16) -> (Vec<String>, bool, String, String) {
        self.session.take_flights();
        let asking = Asking { from: self.instance.clone(), to: to.to_owned(), protocol: protocol.to_owned(), port, ..Asking::default() };
        assert!(self.session.execute(&Act::Scene(SceneAct::Ask(asking))).result.is_ok());
        self.session.advance(2 * SECOND);
        let flights = self.session.take_flights();
        let kinds = flights[0].path.iter().map(|anchor| anchor.split(':').next().unwrap().to_owned()).collect();
        let why = self.session.why(flights[0].packet).unwrap();
        let told = why.checks.iter().rfind(|check| !check.evidence.is_empty()).unwrap();
        let answered = flights.iter().any(|flight| flight.reply && !flight.lost);
        (kinds, answered, why.headline.clone(), format!("{}: {}", told.title, told.evidence))
    }
}

// rules: R55 R61 P44
#[test]
fn a_flight_to_a_service_ends_at_its_gateway_endpoint() {
    let mut scene = scene();
    let of_vpc = json!([{ "Name": "vpc-id", "Values": [scene.vpc] }]);
    let table = text(&call(&mut scene.session, "DescribeRouteTables", json!({ "Filters": of_vpc })), "/RouteTables/0/RouteTableId");
    let (kinds, _, headline, _) = scene.asks("52.216.0.10", "icmp", 0);
    assert_eq!((kinds.last().unwrap().as_str(), headline.as_str()), ("subnet", "No route leads to 52.216.0.10"));
    let wanted = json!({ "VpcId": scene.vpc, "ServiceName": "com.amazonaws.us-east-1.s3", "RouteTableIds": [table] });
    call(&mut scene.session, "CreateVpcEndpoint", wanted);
    let (kinds, answered, _, told) = scene.asks("52.216.0.10", "icmp", 0);
    assert_eq!(kinds, ["instance", "eni", "subnet", "router", "vpce"]);
    assert!(answered);
    let takes = "Gateway endpoint: 10.0.1.4 is an address of its VPC, and s3 sees it as it is. No internet gateway and no public address is needed.";
    assert_eq!(told, takes);
    let (_, answered, headline, told) = scene.asks("52.216.0.10", "udp", 443);
    assert!(!answered);
    assert_eq!(headline, "s3 dropped this packet");
    assert_eq!(told, "Gateway endpoint: A gateway endpoint carries TCP and echoes, and nothing else.");
}

// rules: R62 P30 P41 P43
#[test]
fn a_flight_to_an_interface_endpoint_or_a_mount_target_ends_at_its_eni() {
    let mut scene = scene();
    let group = json!({ "GroupName": "guard", "Description": "lets all in", "VpcId": scene.vpc });
    let group = text(&call(&mut scene.session, "CreateSecurityGroup", group), "/GroupId");
    let all = json!({ "GroupId": group, "IpPermissions": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }] });
    call(&mut scene.session, "AuthorizeSecurityGroupIngress", all);
    let wanted = json!({ "VpcId": scene.vpc, "ServiceName": "com.amazonaws.us-east-1.ssm", "VpcEndpointType": "Interface",
        "SubnetIds": [scene.subnet], "SecurityGroupIds": [group] });
    call(&mut scene.session, "CreateVpcEndpoint", wanted);
    let (_, _, headline, told) = scene.asks("10.0.1.5", "tcp", 443);
    assert_eq!(
        (headline.as_str(), told.as_str()),
        ("ssm dropped this packet", "Service: The endpoint of ssm is not available yet, or any more.")
    );
    scene.session.advance(120 * SECOND);
    let (kinds, answered, _, told) = scene.asks("10.0.1.5", "tcp", 443);
    assert_eq!((kinds.last().unwrap().as_str(), answered, told.as_str()), ("eni", true, "Service: Behind it ssm waits."));
    let (_, answered, _, told) = scene.asks("10.0.1.5", "tcp", 80);
    assert!(!answered);
    assert_eq!(told, "Service: Behind an interface endpoint ssm waits for TCP on port 443, and takes nothing else.");
    let mut of = |service: &str, action: &str, parameters: Value| {
        let act = Act::Api { service: service.to_owned(), action: action.to_owned(), parameters };
        assert!(scene.session.execute(&act).result.is_ok(), "{action}");
    };
    of("efs", "CreateFileSystem", json!({}));
    of("efs", "CreateMountTarget", json!({"FileSystemId": "fs-00000000000000001", "SubnetId": scene.subnet, "SecurityGroups": [group]}));
    let place = json!({"SubnetIds": [scene.subnet], "SecurityGroupIds": [group]});
    let function = json!({"FunctionName": "one", "Role": "arn:aws:iam::123456789012:role/l", "Code": {}, "VpcConfig": place});
    of("lambda", "CreateFunction", function);
    assert!(scene.asks("10.0.1.6", "tcp", 2049).1);
    let (_, answered, headline, _) = scene.asks("10.0.1.6", "tcp", 80);
    assert!(!answered && headline.contains("waits on tcp 80"), "{headline}");
    let (kinds, answered, _, told) = scene.asks("10.0.1.7", "tcp", 443);
    assert_eq!((kinds.last().unwrap().as_str(), answered), ("eni", false));
    assert!(told.starts_with("Service: Behind a network interface of Lambda nothing waits"), "{told}");
}
