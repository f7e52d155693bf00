//! What services have in a subnet stands there as a card, and what was seen of a thing is led to from its menu.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::act::{Act, Asking, SceneAct, WorldAct};
use eni_playground::session::Session;
use eni_playground::view::board::OtherGatewayView;
use eni_playground::view::evidence::{EvidenceOf, EvidenceTab};
use eni_playground::view::menu::{MenuDoes, MenuEntry};
use serde_json::{Value, json};

const SECOND: u64 = 1_000_000;

fn call(session: &mut Session, service: &str, action: &str, parameters: Value) -> Value {
    let act = Act::Api { service: service.to_owned(), action: action.to_owned(), parameters };
    let outcome = session.execute(&act);
    outcome.result.unwrap_or_else(|refusal| panic!("{action}: {refusal:?}"))
}

fn text(value: &Value, path: &str) -> String {
    value.pointer(path).and_then(Value::as_str).unwrap_or_else(|| panic!("{path} in {value}")).to_owned()
}

/// A VPC with two subnets and an instance open to all in the first.
struct Scene {
    session: Session,
    vpc: String,
    subnets: [String; 2],
    group: String,
    instance: String,
}

fn scene() -> Scene {
    let mut session = Session::open("empty").unwrap();
    let vpc = text(&call(&mut session, "ec2", "CreateVpc", json!({ "CidrBlock": "10.0.0.0/16" })), "/Vpc/VpcId");
    let subnets = [("10.0.1.0/24", "us-east-1a"), ("10.0.2.0/24", "us-east-1b")].map(|(block, zone)| {
        let wanted = json!({ "VpcId": vpc, "CidrBlock": block, "AvailabilityZone": zone });
        text(&call(&mut session, "ec2", "CreateSubnet", wanted), "/Subnet/SubnetId")
    });
    let group = json!({ "GroupName": "open", "Description": "all", "VpcId": vpc });
    let group = text(&call(&mut session, "ec2", "CreateSecurityGroup", group), "/GroupId");
    let all = json!({ "GroupId": group, "IpPermissions": [{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }] });
    call(&mut session, "ec2", "AuthorizeSecurityGroupIngress", all);
    let launch = json!({ "ImageId": "ami-12345678", "InstanceType": "t3.micro", "SubnetId": subnets[0], "MinCount": 1, "MaxCount": 1, "SecurityGroupIds": [group] });
    let instance = text(&call(&mut session, "ec2", "RunInstances", launch), "/Instances/0/InstanceId");
    session.advance(120 * SECOND);
    Scene { session, vpc, subnets, group, instance }
}

impl Scene {
    /// The cards of all subnets.
    fn cards(&self) -> Vec<OtherGatewayView> {
        let board = self.session.board();
        board.vpcs.iter().flat_map(|vpc| &vpc.zones).flat_map(|zone| &zone.subnets).flat_map(|subnet| subnet.others.clone()).collect()
    }

    /// A card as people read it.
    fn read(&self) -> Vec<(String, String, String, Vec<String>)> {
        self.cards().into_iter().map(|card| (card.kind, card.name, card.note, card.lines)).collect()
    }

    fn entry(&self, thing: &str, words: &str) -> MenuEntry {
        let menu = self.session.menu(thing).unwrap_or_else(|| panic!("no menu of {thing}"));
        menu.entries.iter().find(|entry| entry.text == words).unwrap_or_else(|| panic!("{words} in {:?}", menu.entries)).clone()
    }

    /// Does what stands in a thing's menu.
    fn choose(&mut self, thing: &str, words: &str) {
        let MenuDoes::Acts(acts) = self.entry(thing, words).does else { panic!("{words}") };
        assert!(!acts.is_empty() && acts.iter().all(|act| self.session.execute(act).result.is_ok()), "{words}");
    }

    fn ask(&mut self, to: &str, port: u16) {
        let asking = Asking { from: self.instance.clone(), to: to.to_owned(), protocol: "tcp".to_owned(), port, ..Asking::default() };
        assert!(self.session.execute(&Act::Scene(SceneAct::Ask(asking))).result.is_ok());
        self.session.advance(3 * SECOND);
    }
}

fn card(kind: &str, name: &str, note: &str, lines: &[&str]) -> (String, String, String, Vec<String>) {
    (kind.to_owned(), name.to_owned(), note.to_owned(), lines.iter().map(|&line| line.to_owned()).collect())
}

/// The card's title, its details and its menu tell of one thing, and the card's ENI leads to no second place.
fn is_sound(scene: &Scene) {
    for card in scene.cards() {
        let details = scene.session.details(&card.thing).unwrap_or_else(|| panic!("{}", card.thing));
        assert_eq!((&details.title, &details.subtitle, details.glyph), (&card.name, &card.kind, card.glyph));
        let port = format!("eni:{}", card.port.clone().unwrap());
        assert!(details.facts.iter().any(|fact| fact.thing.as_ref() == Some(&port)), "{} leads to its ENI", card.thing);
        assert_eq!(card.thing, port.replace("eni:", "service:"));
    }
}

// rules: R56 R62
#[test]
fn an_interface_endpoint_stands_in_each_of_its_subnets_and_not_on_the_edge() {
    let mut scene = scene();
    let wanted = json!({ "VpcId": scene.vpc, "ServiceName": "com.amazonaws.us-east-1.ssm", "VpcEndpointType": "Interface",
        "SubnetIds": scene.subnets, "SecurityGroupIds": [scene.group] });
    call(&mut scene.session, "ec2", "CreateVpcEndpoint", wanted);
    assert_eq!(scene.read(), vec![card("Interface endpoint", "ssm", "pending", &[]); 2]);
    assert!(scene.cards().iter().all(|card| !card.live));
    scene.session.advance(120 * SECOND);
    assert_eq!(scene.read(), vec![card("Interface endpoint", "ssm", "available", &[]); 2]);
    assert!(scene.cards().iter().all(|card| card.live) && scene.session.board().vpcs[0].others.is_empty());
    is_sound(&scene);
    lead_to_all(&scene);
    let own = scene.cards()[0].clone();
    let MenuDoes::Ask { from, to } = scene.entry(&own.thing, "Ask this…").does else { panic!() };
    assert_eq!((from.as_str(), Some(to)), ("", own.port));
    scene.choose(&scene.cards()[0].thing.clone(), "Delete");
    scene.session.advance(120 * SECOND);
    assert!(scene.cards().is_empty(), "it goes from all of them");
}

/// The details of each card lead to the network interfaces of them all, its own first.
fn lead_to_all(scene: &Scene) {
    let ports: Vec<String> = scene.cards().into_iter().map(|card| format!("eni:{}", card.port.unwrap())).collect();
    assert!(ports.len() > 1);
    for (number, card) in scene.cards().into_iter().enumerate() {
        let facts = scene.session.details(&card.thing).unwrap().facts;
        let things: Vec<String> = facts.into_iter().filter_map(|fact| fact.thing).filter(|thing| thing.starts_with("eni:")).collect();
        assert_eq!((things.len(), &things[0]), (ports.len(), &ports[number]));
        assert!(ports.iter().all(|port| things.contains(port)), "{things:?}");
    }
}

// rules: R57 R64
#[test]
fn an_attachment_to_a_transit_gateway_stands_in_each_of_its_subnets_and_leads_to_the_gateway() {
    let mut scene = scene();
    let tags = json!([{ "ResourceType": "transit-gateway", "Tags": [{ "Key": "Name", "Value": "hub" }] }]);
    let made = call(&mut scene.session, "ec2", "CreateTransitGateway", json!({ "TagSpecifications": tags }));
    let gateway = text(&made, "/TransitGateway/TransitGatewayId");
    scene.session.advance(20 * SECOND);
    let wanted = json!({ "TransitGatewayId": gateway, "VpcId": scene.vpc, "SubnetIds": scene.subnets });
    call(&mut scene.session, "ec2", "CreateTransitGatewayVpcAttachment", wanted);
    let kind = "Transit gateway attachment";
    assert_eq!((scene.read(), scene.cards()[0].live), (vec![card(kind, "hub", "pending", &[]); 2], false));
    scene.session.advance(20 * SECOND);
    assert_eq!((scene.read(), scene.cards()[0].live), (vec![card(kind, "hub", "available", &[]); 2], true));
    is_sound(&scene);
    lead_to_all(&scene);
    let thing = scene.cards()[1].thing.clone();
    let facts = scene.session.details(&thing).unwrap().facts;
    assert!(facts.iter().any(|fact| fact.thing == Some(format!("tgw:{gateway}")) && fact.value == "hub"), "{facts:?}");
    scene.choose(&thing, "Delete");
    scene.session.advance(20 * SECOND);
    assert!(scene.cards().is_empty());
}

// rules: E82 R76
#[test]
fn a_database_stands_by_its_name_until_it_goes_and_of_many_targets_the_first_are_shown() {
    let mut scene = scene();
    let (service, name, subnet) = ("rds".to_owned(), "orders".to_owned(), scene.subnets[0].clone());
    let takes = Act::World(WorldAct::ServiceTakes { service, subnet, name, groups: Vec::new() });
    scene.session.execute(&takes).result.unwrap();
    scene.session.advance(20 * SECOND);
    let [database] = &scene.cards()[..] else { panic!("{:?}", scene.cards()) };
    assert_eq!((database.kind.as_str(), database.live, database.lines.len()), ("RDS database", true, 0));
    is_sound(&scene);
    scene.choose(&database.thing.clone(), "The service goes");
    scene.session.advance(20 * SECOND);
    assert!(scene.cards().is_empty());
    let wanted = json!({ "Name": "store", "Type": "network", "Scheme": "internal", "Subnets": [scene.subnets[0]] });
    let balancer = text(&call(&mut scene.session, "elbv2", "CreateLoadBalancer", wanted), "/LoadBalancers/0/LoadBalancerArn");
    let wanted = json!({ "Name": "web", "Protocol": "TCP", "Port": 80, "VpcId": scene.vpc, "TargetType": "ip" });
    let group = text(&call(&mut scene.session, "elbv2", "CreateTargetGroup", wanted), "/TargetGroups/0/TargetGroupArn");
    let forward = json!([{ "Type": "forward", "TargetGroupArn": group }]);
    let wanted = json!({ "LoadBalancerArn": balancer, "Protocol": "TCP", "Port": 80, "DefaultActions": forward });
    call(&mut scene.session, "elbv2", "CreateListener", wanted);
    let lines = |scene: &Scene| scene.cards()[0].lines.clone();
    for number in 1..6 {
        let targets = json!({ "TargetGroupArn": group, "Targets": [{ "Id": format!("10.0.2.{}", 10 + number) }] });
        call(&mut scene.session, "elbv2", "RegisterTargets", targets);
        let shown = lines(&scene);
        // The listener's line, and one of each target, as far as there is room.
        let more = if number > 3 { format!("and {} more", number - 2) } else { String::new() };
        assert_eq!(shown.len(), (number + 1).min(4), "{shown:?}");
        assert!(shown[0].ends_with("web") && (more.is_empty() || shown[3] == more), "{shown:?}");
    }
}

// rules: R70 R75 R76
#[test]
fn a_load_balancer_stands_with_its_listeners_and_how_well_its_targets_are() {
    let mut scene = scene();
    let wanted = json!({ "Name": "store", "Type": "network", "Scheme": "internal", "Subnets": scene.subnets });
    let balancer = text(&call(&mut scene.session, "elbv2", "CreateLoadBalancer", wanted), "/LoadBalancers/0/LoadBalancerArn");
    assert_eq!(scene.read(), vec![card("Network Load Balancer", "store", "provisioning", &[]); 2]);
    let wanted = json!({ "Name": "web", "Protocol": "TCP", "Port": 80, "VpcId": scene.vpc, "HealthCheckIntervalSeconds": 10 });
    let group = text(&call(&mut scene.session, "elbv2", "CreateTargetGroup", wanted), "/TargetGroups/0/TargetGroupArn");
    let forward = json!([{ "Type": "forward", "TargetGroupArn": group }]);
    let wanted = json!({ "LoadBalancerArn": balancer, "Protocol": "TCP", "Port": 80, "DefaultActions": forward });
    call(&mut scene.session, "elbv2", "CreateListener", wanted);
    let targets = json!({ "TargetGroupArn": group, "Targets": [{ "Id": scene.instance }] });
    call(&mut scene.session, "elbv2", "RegisterTargets", targets);
    scene.session.advance(300 * SECOND);
    let target = format!("{}:80 unhealthy", scene.instance);
    assert_eq!(scene.read(), vec![card("Network Load Balancer", "store", "active", &["TCP:80 → web", &target]); 2]);
    is_sound(&scene);
    let thing = scene.cards()[0].thing.clone();
    let spoken = scene.session.board().vpcs[0].zones[0].subnets[0].service_enis[0].spoken.clone();
    assert!(spoken.contains(", of Network Load Balancer store, subnet ") && spoken.ends_with(". No groups."), "{spoken}");
    let choices = scene.session.evidence(&EvidenceOf::default()).enis;
    assert!(choices.iter().any(|choice| choice.text.starts_with("Network Load Balancer store, 10.0.1.")), "{choices:?}");
    let MenuDoes::Acts(acts) = scene.entry(&thing, "Send to targets of every zone").does else { panic!() };
    assert!(acts[0].echo().contains(&format!("--load-balancer-arn {balancer} ")), "{}", acts[0].echo());
    scene.choose(&thing, "Send to targets of every zone");
    scene.choose(&thing, "Send to targets of its own zone alone");
    scene.choose(&thing, "Delete");
    scene.session.advance(120 * SECOND);
    assert!(scene.cards().is_empty());
}

// rules: P28 P41 P43
#[test]
fn mount_targets_functions_and_databases_stand_with_their_names_and_a_zone_outside() {
    let mut scene = scene();
    let tags = json!([{ "Key": "Name", "Value": "media" }]);
    let files =
        text(&call(&mut scene.session, "efs", "CreateFileSystem", json!({ "CreationToken": "one", "Tags": tags })), "/FileSystemId");
    let wanted = json!({ "FileSystemId": files, "SubnetId": scene.subnets[0], "SecurityGroups": [scene.group] });
    call(&mut scene.session, "efs", "CreateMountTarget", wanted);
    let place = json!({ "SubnetIds": [scene.subnets[1]], "SecurityGroupIds": [scene.group] });
    for name in ["resize", "mail"] {
        let wanted = json!({ "FunctionName": name, "Runtime": "python3.13", "Role": "arn:aws:iam::123456789012:role/l", "Handler": "a.b", "Code": {}, "VpcConfig": place });
        call(&mut scene.session, "lambda", "CreateFunction", wanted);
    }
    let flags: Vec<String> =
        scene.session.timeline(600_000, None).flags.into_iter().filter(|flag| flag.due).map(|flag| flag.text).collect();
    assert!(flags.contains(&"media mounted".to_owned()) && flags.iter().any(|flag| flag.ends_with(" active")), "{flags:?}");
    scene.session.advance(120 * SECOND);
    assert_eq!(
        scene.read(),
        [card("Mount target", "media", "available", &[]), card("Lambda", "mail, resize", "Active", &["functions that share it: 2"])]
    );
    is_sound(&scene);
    let of_vpc = json!({ "VPCRegion": "us-east-1", "VPCId": scene.vpc });
    call(&mut scene.session, "route53", "CreateHostedZone", json!({ "Name": "shop.internal", "CallerReference": "one", "VPC": of_vpc }));
    let board = scene.session.board();
    let [zone] = board.others.as_slice() else { panic!("{:?}", board.others) };
    assert_eq!(
        (zone.kind.as_str(), zone.name.as_str(), zone.note.as_str()),
        ("Private hosted zone", "shop.internal", &*format!("seen in {}", scene.vpc))
    );
    assert_eq!(scene.session.details(&zone.thing).map(|details| details.title), Some("shop.internal".to_owned()));
    scene.choose(&zone.thing.clone(), "Delete");
    assert!(scene.session.board().others.is_empty());
    let things: Vec<String> = scene.cards().into_iter().map(|card| card.thing).collect();
    scene.choose(&things[0], "Delete");
    scene.session.advance(120 * SECOND);
    assert_eq!(scene.cards().len(), 1);
}

// rules: P27
#[test]
fn a_function_without_a_network_interface_stands_on_the_board_and_is_called_from_there() {
    let mut scene = scene();
    let new = |name: &str| json!({ "FunctionName": name, "Runtime": "python3.13", "Role": "arn:aws:iam::123456789012:role/l", "Handler": "a.b", "Code": {} });
    let mut mail = new("mail");
    mail["VpcConfig"] = json!({ "SubnetIds": scene.subnets, "SecurityGroupIds": [scene.group] });
    call(&mut scene.session, "lambda", "CreateFunction", mail);
    call(&mut scene.session, "lambda", "CreateFunction", new("report"));
    scene.session.advance(120 * SECOND);
    let outside =
        |scene: &Scene| scene.session.board().others.iter().map(|gate| (gate.thing.clone(), gate.kind.clone())).collect::<Vec<_>>();
    assert_eq!(outside(&scene), [("function:report".to_owned(), "Lambda".to_owned())], "in no VPC");
    let shared = scene.cards()[0].thing.clone();
    scene.choose(&shared, "Give each execution environment of mail its own network interface, as before 2019");
    scene.session.advance(SECOND);
    let alone = "no execution environment, so no network interface: each call that finds none free starts one";
    assert_eq!(scene.read(), [card("Lambda", "mail", "Active", &[alone])], "in the first of its subnets alone");
    let details = scene.session.details("function:mail").unwrap();
    assert!(details.title == "mail" && details.facts.iter().any(|fact| fact.value == alone), "{details:?}");
    scene.choose("function:mail", "Call mail");
    scene.session.advance(30 * SECOND);
    assert_eq!(scene.read(), [card("Lambda", "mail", "Active", &["one execution environment's own"])]);
    scene.choose("function:report", "Delete report");
    assert!(outside(&scene).is_empty());
}

// rule: R92
#[test]
fn the_network_interface_that_no_function_uses_any_more_says_when_it_goes() {
    let mut scene = scene();
    let place = json!({ "SubnetIds": [scene.subnets[0]], "SecurityGroupIds": [scene.group] });
    let wanted = json!({ "FunctionName": "mail", "Runtime": "python3.13", "Role": "arn:aws:iam::123456789012:role/l", "Handler": "a.b", "Code": {}, "VpcConfig": place });
    call(&mut scene.session, "lambda", "CreateFunction", wanted);
    scene.session.advance(120 * SECOND);
    let thing = scene.cards()[0].thing.clone();
    scene.choose(&thing, "Delete mail");
    // It began at 120 s, waited as long, and stays for 20 minutes.
    let left = scene.read().remove(0);
    assert_eq!(left.3, ["no function uses it any more; Lambda deletes it at 1440.0 s"]);
    scene.session.advance(1_201 * SECOND);
    assert!(scene.cards().is_empty());
}

#[test]
fn the_menu_of_a_place_leads_to_why_of_its_newest_packet_and_that_of_an_eni_into_the_panel() {
    let mut scene = scene();
    let eni = scene.session.board().vpcs[0].zones[0].subnets[0].instances[0].slots[0].eni.clone().unwrap().id;
    let thing = format!("eni:{eni}");
    let has_why = |scene: &Scene, thing: &str| {
        scene.session.menu(thing).unwrap().entries.iter().any(|entry| matches!(entry.does, MenuDoes::Why { .. }))
    };
    assert!(!has_why(&scene, &thing), "no packet was there yet");
    let wanted = json!({ "VpcId": scene.vpc, "ServiceName": "com.amazonaws.us-east-1.ssm", "VpcEndpointType": "Interface",
        "SubnetIds": [scene.subnets[1]], "SecurityGroupIds": [scene.group] });
    call(&mut scene.session, "ec2", "CreateVpcEndpoint", wanted);
    scene.session.advance(120 * SECOND);
    let (endpoint, port) = scene.cards().into_iter().map(|card| (card.thing, card.port.unwrap())).next().unwrap();
    scene.ask(&port, 80);
    let MenuDoes::Why { packet, at } = scene.entry(&endpoint, "Why: the newest packet here").does else { panic!() };
    assert_eq!(at, format!("eni:{port}"));
    let why = scene.session.why(packet).unwrap();
    assert!(!why.delivered && why.checks.iter().any(|check| check.anchor == at), "{why:?}");
    assert!(has_why(&scene, &thing) && has_why(&scene, &format!("subnet:{}", scene.subnets[1])));
    for (thing, owner, subject) in [(thing, &eni, true), (endpoint, &port, false), (format!("instance:{}", scene.instance), &eni, true)] {
        let MenuDoes::More(tabs) = scene.entry(&thing, "Evidence").does else { panic!() };
        assert_eq!(tabs.iter().map(|tab| tab.text.as_str()).collect::<Vec<_>>(), ["Flow logs", "Capture", "Connections", "Metrics"]);
        for (entry, tab) in tabs.iter().zip(EvidenceTab::ALL) {
            match &entry.does {
                MenuDoes::Evidence(of) => {
                    assert_eq!((of.tab, &of.eni), (tab, owner), "{thing}");
                    let view = scene.session.evidence(of);
                    let expected = if tab == EvidenceTab::Metrics { &scene.instance } else { &of.eni };
                    assert_eq!(&view.eni, expected, "{tab:?} of {thing}");
                }
                MenuDoes::Refused(_) => assert!(tab == EvidenceTab::Metrics && !subject && !entry.note.is_empty(), "{entry:?}"),
                other => panic!("{other:?}"),
            }
        }
    }
}
