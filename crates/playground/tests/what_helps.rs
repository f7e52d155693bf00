//! What is said to help a packet that was refused: acts that do, in words that say what they change, and none where nothing helps.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::act::{Act, Asking, SceneAct};
use eni_playground::session::Session;
use eni_playground::view::why::WhyView;
use serde_json::{Value, json};

struct Net {
    session: Session,
    vpc: String,
    subnets: [String; 2],
    group: String,
}

impl Net {
    fn call(&mut self, service: &str, action: &str, parameters: Value) -> Value {
        let act = Act::Api { service: service.to_owned(), action: action.to_owned(), parameters };
        self.session.execute(&act).result.unwrap_or_else(|refusal| panic!("{action}: {refusal:?}"))
    }

    /// What `path` leads to in the answer of a call of EC2.
    fn made(&mut self, action: &str, parameters: Value, path: &str) -> String {
        let answer = self.call("ec2", action, parameters);
        answer.pointer(path).and_then(Value::as_str).unwrap_or_else(|| panic!("{path} in {answer}")).to_owned()
    }

    /// An empty region with 10.0.0.0/16: a subnet in each of two zones, and a group that lets all out and nothing in.
    fn build() -> Net {
        let mut net =
            Net { session: Session::open("empty").unwrap(), vpc: String::new(), subnets: Default::default(), group: String::new() };
        net.vpc = net.made("CreateVpc", json!({ "CidrBlock": "10.0.0.0/16" }), "/Vpc/VpcId");
        let vpc = net.vpc.clone();
        net.subnets = [("10.0.1.0/24", "us-east-1a"), ("10.0.2.0/24", "us-east-1b")].map(|(block, zone)| {
            net.made("CreateSubnet", json!({ "VpcId": vpc, "CidrBlock": block, "AvailabilityZone": zone }), "/Subnet/SubnetId")
        });
        net.group = net.group_of(&vpc);
        net
    }

    fn group_of(&mut self, vpc: &str) -> String {
        self.made("CreateSecurityGroup", json!({ "GroupName": "web", "Description": "web", "VpcId": vpc }), "/GroupId")
    }

    fn launch(&mut self, subnet: &str, group: &str) -> String {
        let wanted = json!({ "ImageId": "ami-12345678", "InstanceType": "t3.micro", "SubnetId": subnet, "MinCount": 1, "MaxCount": 1,
            "SecurityGroupIds": [group] });
        let id = self.made("RunInstances", wanted, "/Instances/0/InstanceId");
        self.wait(60);
        id
    }

    fn wait(&mut self, seconds: u64) {
        self.session.advance(seconds * 1_000_000);
    }

    /// *Why* of one question.
    fn ask(&mut self, from: &str, to: &str, protocol: &str, port: u16) -> WhyView {
        let asking = Asking { from: from.to_owned(), to: to.to_owned(), protocol: protocol.to_owned(), port, ..Asking::default() };
        let told = self.session.execute(&Act::Scene(SceneAct::Ask(asking))).result.unwrap();
        self.wait(2);
        self.session.why(told["Packet"].as_u64().unwrap()).unwrap()
    }

    /// Two VPCs that a transit gateway joins, each by its first subnet; an instance in the second subnet of the first one, and one in the other VPC.
    fn joined(&mut self) -> [String; 2] {
        let far = self.made("CreateVpc", json!({ "CidrBlock": "10.1.0.0/16" }), "/Vpc/VpcId");
        let far_subnet = json!({ "VpcId": far, "CidrBlock": "10.1.1.0/24", "AvailabilityZone": "us-east-1b" });
        let far_subnet = self.made("CreateSubnet", far_subnet, "/Subnet/SubnetId");
        let gateway = self.made("CreateTransitGateway", json!({}), "/TransitGateway/TransitGatewayId");
        self.wait(60);
        let ends = [(self.vpc.clone(), self.subnets[0].clone()), (far.clone(), far_subnet.clone())];
        for (vpc, subnet) in &ends {
            self.call(
                "ec2",
                "CreateTransitGatewayVpcAttachment",
                json!({ "TransitGatewayId": gateway, "VpcId": vpc, "SubnetIds": [subnet] }),
            );
        }
        self.wait(60);
        for (vpc, _) in &ends {
            let of_vpc = json!({ "Filters": [{ "Name": "vpc-id", "Values": [vpc] }] });
            let table = self.made("DescribeRouteTables", of_vpc, "/RouteTables/0/RouteTableId");
            self.call(
                "ec2",
                "CreateRoute",
                json!({ "RouteTableId": table, "DestinationCidrBlock": "10.0.0.0/8", "TransitGatewayId": gateway }),
            );
        }
        let (near_subnet, near_group, far_group) = (self.subnets[1].clone(), self.group.clone(), self.group_of(&far));
        [self.launch(&near_subnet, &near_group), self.launch(&far_subnet, &far_group)]
    }
}

// rules: R33 R48
#[test]
fn behind_a_nat_gateway_that_is_deleted_an_elastic_ip_of_its_own_helps_though_the_gateways_is_not_free_yet() {
    let mut net = Net::build();
    let (vpc, [private, public], group) = (net.vpc.clone(), net.subnets.clone(), net.group.clone());
    let igw = net.made("CreateInternetGateway", json!({}), "/InternetGateway/InternetGatewayId");
    net.call("ec2", "AttachInternetGateway", json!({ "InternetGatewayId": igw, "VpcId": vpc }));
    let own = net.made("CreateRouteTable", json!({ "VpcId": vpc }), "/RouteTable/RouteTableId");
    net.call("ec2", "AssociateRouteTable", json!({ "RouteTableId": own, "SubnetId": public }));
    let all = |table: &str, name: &str, id: &str| json!({ "RouteTableId": table, "DestinationCidrBlock": "0.0.0.0/0", name: id });
    net.call("ec2", "CreateRoute", all(&own, "GatewayId", &igw));
    let eip = net.made("AllocateAddress", json!({}), "/AllocationId");
    let nat = net.made("CreateNatGateway", json!({ "SubnetId": public, "AllocationId": eip }), "/NatGateway/NatGatewayId");
    net.wait(180);
    let main = json!({ "Filters": [{ "Name": "association.main", "Values": ["true"] }, { "Name": "vpc-id", "Values": [vpc] }] });
    let main = net.made("DescribeRouteTables", main, "/RouteTables/0/RouteTableId");
    net.call("ec2", "CreateRoute", all(&main, "NatGatewayId", &nat));
    let app = net.launch(&private, &group);
    net.call("ec2", "DeleteNatGateway", json!({ "NatGatewayId": nat }));
    let why = net.ask(&app, "internet", "tcp", 443);
    let codes: Vec<&str> = why.blockers.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["BAD_STATE_ROUTE", "IGW_PUBLIC_IP_ASSOCIATION_FOR_EGRESS"]);
    let change = why.blockers[1].change.as_ref().unwrap_or_else(|| panic!("{}", why.blockers[1].note));
    assert!(change.echo.contains("aws ec2 allocate-address") && change.echo.contains("associate-address"), "{}", change.echo);
    for act in &why.remedies[0].acts {
        net.session.execute(act).result.unwrap();
    }
    assert!(net.ask(&app, "internet", "tcp", 443).delivered);
}

// rules: R65 S25
#[test]
fn over_a_transit_gateway_the_zone_is_added_by_name_and_the_group_is_not_known_for_its_sake() {
    let mut net = Net::build();
    let [near, far] = net.joined();
    let why = net.ask(&near, &far, "icmp", 0);
    assert_eq!(why.code.as_deref(), Some("TGW_ROUTE_AZ_RESTRICTION"));
    let change = why.blockers[0].change.clone().unwrap();
    let attach = format!("ttach {} to the transit gateway in us-east-1b, too, by {}.", net.vpc, net.subnets[1]);
    assert!(change.sentence.ends_with(&attach), "{}", change.sentence);
    for act in &change.acts {
        net.session.execute(act).result.unwrap();
    }
    net.wait(60);
    // The group of the receiver names that of its own VPC, which nobody beyond the gateway can be known by.
    let of_far = json!({ "Filters": [{ "Name": "instance-id", "Values": [far] }] });
    let group = net.made("DescribeInstances", of_far, "/Reservations/0/Instances/0/SecurityGroups/0/GroupId");
    let named = json!({ "GroupId": group, "IpPermissions": [{ "IpProtocol": "icmp", "FromPort": -1, "ToPort": -1, "UserIdGroupPairs": [{ "GroupId": group }] }] });
    net.call("ec2", "AuthorizeSecurityGroupIngress", named);
    let why = net.ask(&near, &far, "icmp", 0);
    let refused = why.checks.iter().find(|check| !check.groups.is_empty()).unwrap_or_else(|| panic!("{why:?}"));
    assert!(refused.evidence.contains("a transit gateway") && !refused.evidence.contains("another instance"), "{}", refused.evidence);
}

// rule: P30
#[test]
fn where_nothing_helps_in_the_end_nothing_is_offered_and_it_is_said_first() {
    let mut net = Net::build();
    let (subnet, group) = (net.subnets[0].clone(), net.group.clone());
    let app = net.launch(&subnet, &group);
    let wanted = json!({ "FunctionName": "mail", "Runtime": "python3.13", "Role": "arn:aws:iam::123456789012:role/l", "Handler": "a.b", "Code": {},
        "VpcConfig": { "SubnetIds": [subnet], "SecurityGroupIds": [group] } });
    net.call("lambda", "CreateFunction", wanted);
    net.wait(120);
    let eni = json!({ "Filters": [{ "Name": "interface-type", "Values": ["lambda"] }] });
    let eni = net.made("DescribeNetworkInterfaces", eni, "/NetworkInterfaces/0/PrivateIpAddress");
    let why = net.ask(&app, &eni, "tcp", 443);
    let codes: Vec<&str> = why.blockers.iter().map(|row| row.code.as_str()).collect();
    assert_eq!(codes, ["SG_HAS_NO_RULES", "LAMBDA_UNSOLICITED"]);
    assert!(why.remedies.is_empty() && why.blockers.iter().all(|row| row.change.is_none()), "{:?}", why.blockers);
    let told =
        "Changing this would help nothing: behind it check 2 refuses the packet, whatever is changed. A function is called through Lambda";
    assert!(why.blockers[0].note.starts_with(told), "{}", why.blockers[0].note);
    // Nor is there a guest: what comes last is the service.
    let last = why.checks.last().unwrap();
    assert_eq!((last.title.as_str(), last.result.as_str()), ("Service", "not reached"));
    assert!(why.checks[1..].iter().all(|check| check.title != "Guest"), "{:?}", why.checks);
    // Where the last check only has no proposal, the first change stands.
    let other = net.launch(&subnet, &group);
    let why = net.ask(&app, &other, "tcp", 443);
    assert!(why.blockers[0].change.is_some(), "{:?}", why.blockers);
}
