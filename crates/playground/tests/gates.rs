//! Gates to elsewhere: their boxes on the board, what can be done with them, and the way of packets through those that carry some.

#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "tests say plainly that something must be there")]

use eni_playground::act::{Act, Asking, SceneAct};
use eni_playground::session::Session;
use eni_playground::view::board::OtherGatewayView;
use eni_playground::view::form::FieldKind;
use eni_playground::view::menu::MenuDoes;
use serde_json::{Value, json};

const SECOND: u64 = 1_000_000;

fn call(session: &mut Session, action: &str, parameters: Value) -> Value {
    let outcome = session.execute(&Act::ec2(action, parameters));
    let reply = outcome.result.unwrap_or_else(|refusal| panic!("{action}: {refusal:?}"));
    session.advance(SECOND);
    serde_json::to_value(&reply).unwrap()
}

fn text(value: &Value, path: &str) -> String {
    value.pointer(path).and_then(Value::as_str).unwrap_or_else(|| panic!("{path} in {value}")).to_owned()
}

fn vpc(session: &mut Session, block: &str, name: &str) -> String {
    let tags = json!([{ "ResourceType": "vpc", "Tags": [{ "Key": "Name", "Value": name }] }]);
    text(&call(session, "CreateVpc", json!({ "CidrBlock": block, "TagSpecifications": tags })), "/Vpc/VpcId")
}

/// A box as people read it: its name, its kind, what it says of itself, and whether it carries packets.
fn read(gate: &OtherGatewayView) -> (&str, &str, &str, bool) {
    (&gate.name, &gate.kind, &gate.note, gate.live)
}

/// Does what stands in a thing's menu; false if it does not stand there.
fn choose(session: &mut Session, thing: &str, words: &str) -> bool {
    let entries = session.menu(thing).unwrap().entries;
    let Some(MenuDoes::Acts(acts)) = entries.into_iter().find(|entry| entry.text == words).map(|entry| entry.does) else { return false };
    assert!(!acts.is_empty() && acts.iter().all(|act| session.execute(act).result.is_ok()), "{words}");
    session.advance(10 * SECOND);
    true
}

#[test]
fn each_gate_stands_where_it_belongs_and_says_whether_it_carries_packets() {
    let mut session = Session::open("empty").unwrap();
    let shop = vpc(&mut session, "10.0.0.0/16", "shop");
    let bare = vpc(&mut session, "10.9.0.0/16", "zoo");
    call(&mut session, "CreateEgressOnlyInternetGateway", json!({ "VpcId": shop }));
    call(&mut session, "CreateVpcEndpoint", json!({ "VpcId": shop, "ServiceName": "com.amazonaws.us-east-1.s3" }));
    let private = text(&call(&mut session, "CreateVpnGateway", json!({ "Type": "ipsec.1" })), "/VpnGateway/VpnGatewayId");
    call(&mut session, "CreateCustomerGateway", json!({ "Type": "ipsec.1", "PublicIp": "192.0.2.9", "BgpAsn": 65_000 }));
    let board = session.board();
    let loose: Vec<_> = board.others.iter().map(read).collect();
    assert_eq!(
        loose,
        [(private.as_str(), "VPN gateway", "attached to no VPC", false), ("cgw-00000000000000001", "Customer gateway", "available", true)]
    );
    let of_vpc: Vec<_> = board.vpcs.first().unwrap().others.iter().map(read).collect();
    assert_eq!(
        of_vpc,
        [("eigw-00000000000000001", "Egress-only gateway", "attached", true), ("s3", "Gateway endpoint", "available", true)]
    );
    for gate in board.others.iter().chain(&board.vpcs.first().unwrap().others) {
        let details = session.details(&gate.thing).unwrap_or_else(|| panic!("{}", gate.thing));
        assert_eq!((&details.title, &details.subtitle), (&gate.name, &gate.kind));
        assert!(session.menu(&gate.thing).is_some_and(|menu| !menu.entries.is_empty()), "{}", gate.thing);
    }
    call(&mut session, "AttachVpnGateway", json!({ "VpcId": shop, "VpnGatewayId": private }));
    assert_eq!(session.board().others.len(), 1, "it stands on the VPC's edge now");
    let of_bare = session.board().vpcs.iter().find(|vpc| vpc.id == bare).map(|vpc| vpc.others.len());
    assert_eq!(of_bare, Some(0), "each VPC has its own");
    assert_eq!(session.board().vpcs.first().unwrap().others.len(), 3);
}

#[test]
fn what_is_attached_stands_nowhere_else_and_what_is_not_ready_carries_nothing() {
    let mut session = Session::open("empty").unwrap();
    let (shop, zoo) = (vpc(&mut session, "10.0.0.0/16", "shop"), vpc(&mut session, "10.9.0.0/16", "zoo"));
    let others = |session: &Session| session.board().others.iter().map(|gate| gate.thing.clone()).collect::<Vec<_>>();
    let internet = text(&call(&mut session, "CreateInternetGateway", json!({})), "/InternetGateway/InternetGatewayId");
    assert_eq!(others(&session), [format!("igw:{internet}")]);
    call(&mut session, "AttachInternetGateway", json!({ "VpcId": shop, "InternetGatewayId": internet }));
    assert_eq!(others(&session), Vec::<String>::new());
    // Each far end has its own connections behind it.
    let gateway = text(&call(&mut session, "CreateVpnGateway", json!({ "Type": "ipsec.1" })), "/VpnGateway/VpnGatewayId");
    call(&mut session, "AttachVpnGateway", json!({ "VpcId": shop, "VpnGatewayId": gateway }));
    let mut expected = Vec::new();
    for number in 1..3 {
        let far = json!({ "Type": "ipsec.1", "IpAddress": format!("192.0.2.{number}"), "BgpAsn": 65_000 });
        let far = text(&call(&mut session, "CreateCustomerGateway", far), "/CustomerGateway/CustomerGatewayId");
        let wanted =
            json!({ "Type": "ipsec.1", "CustomerGatewayId": far, "VpnGatewayId": gateway, "Options": { "StaticRoutesOnly": true } });
        let connection = text(&call(&mut session, "CreateVpnConnection", wanted), "/VpnConnection/VpnConnectionId");
        expected.extend([format!("cgw:{far}"), format!("vpn:{connection}")]);
    }
    assert_eq!(others(&session), expected);
    // A transit gateway stands alone until a VPC is attached, and below the upper one then.
    let transit = text(&call(&mut session, "CreateTransitGateway", json!({})), "/TransitGateway/TransitGatewayId");
    let alone = session.board().others.iter().map(read).next_back().map(|(_, _, note, live)| (note.to_owned(), live));
    assert_eq!(alone, Some(("pending".to_owned(), false)));
    session.advance(20 * SECOND);
    for (vpc, block) in [(&shop, "10.0.1.0/24"), (&zoo, "10.9.1.0/24")] {
        let subnet = text(&call(&mut session, "CreateSubnet", json!({ "VpcId": vpc, "CidrBlock": block })), "/Subnet/SubnetId");
        let wanted = json!({ "TransitGatewayId": transit, "VpcId": vpc, "SubnetIds": [subnet] });
        call(&mut session, "CreateTransitGatewayVpcAttachment", wanted);
    }
    let between: Vec<_> = session.board().peerings.iter().map(|one| (one.gate.thing.clone(), one.below.clone())).collect();
    let upper = session.board().vpcs[0].id.clone();
    assert_eq!((between, others(&session)), (vec![(format!("tgw:{transit}"), upper)], expected));
    // A NAT gateway is pending for a while.
    let subnet = session.board().vpcs[1].zones[0].subnets[0].id.clone();
    call(&mut session, "CreateNatGateway", json!({ "SubnetId": subnet, "ConnectivityType": "private" }));
    for (seconds, says) in [(0, ("pending", false)), (600, ("available", true))] {
        session.advance(seconds * SECOND);
        let board = session.board();
        let here = board.vpcs[1].zones[0].subnets[0].others.iter().find(|gate| gate.thing.starts_with("nat:")).unwrap();
        assert_eq!((here.note.as_str(), here.live), says);
    }
}

#[test]
fn a_peering_connection_is_accepted_and_deleted_in_its_menu_and_stands_below_the_upper_vpc() {
    let mut session = Session::open("empty").unwrap();
    let (first, second) = (vpc(&mut session, "10.0.0.0/16", "b"), vpc(&mut session, "10.1.0.0/16", "a"));
    let asked = call(&mut session, "CreateVpcPeeringConnection", json!({ "VpcId": first, "PeerVpcId": second }));
    let thing = format!("pcx:{}", text(&asked, "/VpcPeeringConnection/VpcPeeringConnectionId"));
    session.advance(10 * SECOND);
    let seen = |session: &Session| {
        let peerings = session.board().peerings.clone();
        peerings
            .iter()
            .map(|peering| (peering.gate.thing.clone(), peering.gate.note.clone(), peering.gate.live, peering.below.clone()))
            .collect::<Vec<_>>()
    };
    assert_eq!(seen(&session), [(thing.clone(), "pending-acceptance".to_owned(), false, second.clone())], "a stands above b");
    assert!(choose(&mut session, &thing, "Accept"));
    assert_eq!(seen(&session), [(thing.clone(), "active".to_owned(), true, second)]);
    let offered = session.menu(&thing).unwrap().entries;
    assert!(offered.iter().all(|entry| entry.text != "Accept" && entry.text != "Reject"), "that is over");
    assert_eq!(session.details(&thing).unwrap().facts.iter().filter(|fact| fact.thing.is_some()).count(), 2, "both VPCs are led to");
    assert!(choose(&mut session, &thing, "Delete"));
    assert_eq!(seen(&session), []);
}

#[test]
fn a_flight_over_a_peering_connection_passes_both_routers() {
    let mut session = Session::open("empty").unwrap();
    let (one, two) = (vpc(&mut session, "10.0.0.0/16", "one"), vpc(&mut session, "10.1.0.0/16", "two"));
    let asked = call(&mut session, "CreateVpcPeeringConnection", json!({ "VpcId": one, "PeerVpcId": two }));
    let peering = text(&asked, "/VpcPeeringConnection/VpcPeeringConnectionId");
    session.advance(10 * SECOND);
    call(&mut session, "AcceptVpcPeeringConnection", json!({ "VpcPeeringConnectionId": peering }));
    session.advance(10 * SECOND);
    let mut instances = Vec::new();
    for (vpc, block, beyond) in [(&one, "10.0.1.0/24", "10.1.0.0/16"), (&two, "10.1.1.0/24", "10.0.0.0/16")] {
        let made = call(&mut session, "CreateSubnet", json!({ "VpcId": vpc, "CidrBlock": block }));
        let subnet = text(&made, "/Subnet/SubnetId");
        let of_vpc = json!([{ "Name": "vpc-id", "Values": [vpc] }]);
        let table = text(&call(&mut session, "DescribeRouteTables", json!({ "Filters": of_vpc })), "/RouteTables/0/RouteTableId");
        let route = json!({ "RouteTableId": table, "DestinationCidrBlock": beyond, "VpcPeeringConnectionId": peering });
        call(&mut session, "CreateRoute", route);
        let group = text(&call(&mut session, "DescribeSecurityGroups", json!({ "Filters": of_vpc })), "/SecurityGroups/0/GroupId");
        let all = json!([{ "IpProtocol": "-1", "IpRanges": [{ "CidrIp": "0.0.0.0/0" }] }]);
        call(&mut session, "AuthorizeSecurityGroupIngress", json!({ "GroupId": group, "IpPermissions": all }));
        let launch = json!({ "ImageId": "ami-12345678", "InstanceType": "t3.micro", "SubnetId": subnet, "MinCount": 1, "MaxCount": 1 });
        instances.push(text(&call(&mut session, "RunInstances", launch), "/Instances/0/InstanceId"));
    }
    session.advance(120 * SECOND);
    session.take_flights();
    let (from, to) = (instances[0].clone(), instances[1].clone());
    let asking = Asking { from: from.clone(), to: to.clone(), protocol: "icmp".to_owned(), ..Asking::default() };
    assert!(session.execute(&Act::Scene(SceneAct::Ask(asking))).result.is_ok());
    session.advance(SECOND);
    let flights = session.take_flights();
    let kinds = |path: &[String]| path.iter().map(|anchor| anchor.split(':').next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    let there = flights.iter().find(|flight| !flight.reply).unwrap();
    let way = ["instance", "eni", "subnet", "router", "pcx", "router", "subnet", "eni", "instance"];
    assert_eq!(kinds(&there.path), way, "{there:?}");
    assert!(there.path.contains(&format!("router:{one}")) && there.path.contains(&format!("router:{two}")));
    assert!(!there.lost && there.place.is_empty());
    let back = flights.iter().find(|flight| flight.reply).unwrap();
    assert_eq!(kinds(&back.path), way, "and the answer the same way back");
}

// rules: R58
#[test]
fn a_flight_out_through_an_egress_only_gateway_passes_the_router_and_why_says_what_is_remembered() {
    let mut session = Session::open("empty").unwrap();
    let made = call(&mut session, "CreateVpc", json!({ "CidrBlock": "10.0.0.0/16", "AmazonProvidedIpv6CidrBlock": true }));
    let vpc = text(&made, "/Vpc/VpcId");
    let subnet = json!({ "VpcId": vpc, "CidrBlock": "10.0.1.0/24", "Ipv6CidrBlock": "2001:db8:0:101::/64" });
    let subnet = text(&call(&mut session, "CreateSubnet", subnet), "/Subnet/SubnetId");
    call(&mut session, "CreateEgressOnlyInternetGateway", json!({ "VpcId": vpc }));
    let of_vpc = json!([{ "Name": "vpc-id", "Values": [vpc] }]);
    let table = text(&call(&mut session, "DescribeRouteTables", json!({ "Filters": of_vpc })), "/RouteTables/0/RouteTableId");
    let eigw = "eigw-00000000000000001";
    let route = json!({ "RouteTableId": table, "DestinationIpv6CidrBlock": "::/0", "EgressOnlyInternetGatewayId": eigw });
    call(&mut session, "CreateRoute", route);
    let address = json!([{ "Ipv6Address": "2001:db8:0:101::10" }]);
    let launch = json!({ "ImageId": "ami-12345678", "InstanceType": "t3.micro", "SubnetId": subnet, "MinCount": 1, "MaxCount": 1, "Ipv6Addresses": address });
    let instance = text(&call(&mut session, "RunInstances", launch), "/Instances/0/InstanceId");
    session.advance(120 * SECOND);
    session.take_flights();
    let mut asks = |from: &str, to: &str| {
        let asking = Asking { from: from.to_owned(), to: to.to_owned(), protocol: "icmp".to_owned(), ..Asking::default() };
        assert!(session.execute(&Act::Scene(SceneAct::Ask(asking))).result.is_ok());
        session.advance(SECOND);
        let flights = session.take_flights();
        let whys = flights.iter().map(|flight| session.why(flight.packet).unwrap()).collect::<Vec<_>>();
        (flights, whys)
    };
    let said = |why: &eni_playground::view::why::WhyView| {
        why.checks.iter().find(|check| check.title == "Egress-only gateway").map(|check| check.evidence.clone()).unwrap_or_default()
    };
    let (flights, whys) = asks(&instance, "2001:db8:ffff::7");
    let kinds: Vec<_> = flights[0].path.iter().map(|anchor| anchor.split(':').next().unwrap()).collect();
    assert_eq!(kinds, ["instance", "eni", "subnet", "router", "eigw", "client"]);
    assert!(flights[1].reply && !flights[1].lost);
    assert_eq!(said(&whys[0]), "It begins inside. What answers it may come in, until 350 s pass without a packet.");
}

// rule: E80
#[test]
fn a_nat_gateway_and_the_eni_that_it_works_through_are_one_thing() {
    let mut session = Session::open("empty").unwrap();
    let shop = vpc(&mut session, "10.0.0.0/16", "shop");
    let subnet = text(&call(&mut session, "CreateSubnet", json!({ "VpcId": shop, "CidrBlock": "10.0.1.0/24" })), "/Subnet/SubnetId");
    let made = call(&mut session, "CreateNatGateway", json!({ "SubnetId": subnet, "ConnectivityType": "private" }));
    let thing = format!("nat:{}", text(&made, "/NatGateway/NatGatewayId"));
    let seen = |session: &Session| {
        let board = session.board();
        let here = &board.vpcs[0].zones[0].subnets[0];
        let ports: Vec<_> = here.others.iter().map(|gateway| (gateway.thing.clone(), gateway.port.clone())).collect();
        (ports, here.service_enis.iter().map(|eni| eni.id.clone()).collect::<Vec<_>>())
    };
    let (ports, enis) = seen(&session);
    let [eni] = enis.as_slice() else { panic!("{enis:?}") };
    assert_eq!(ports, [(thing.clone(), Some(eni.clone()))]);
    let leads = |session: &Session, from: &str, to: &str| {
        session.details(from).unwrap().facts.iter().filter(|fact| fact.thing.as_deref() == Some(to)).count()
    };
    let port = format!("eni:{eni}");
    assert_eq!((leads(&session, &thing, &port), leads(&session, &port, &thing)), (1, 1), "each leads to the other");
    assert!(choose(&mut session, &thing, "Delete"));
    session.advance(600 * SECOND);
    assert_eq!(seen(&session), (Vec::new(), Vec::new()), "it goes with its ENI");
}

// rules: P14 R41 R46
#[test]
fn the_rows_of_a_nat_gateway_tell_what_each_found() {
    let mut session = Session::open("").unwrap();
    let here = session.board().vpcs[0].clone();
    let (inside, outside) = (&here.zones[1].subnets[1], &here.zones[0].subnets[0]);
    assert_eq!([&*inside.name, &outside.name], ["private-b", "public-a"]);
    let address = text(&call(&mut session, "AllocateAddress", json!({ "Domain": "vpc" })), "/AllocationId");
    let made = call(&mut session, "CreateNatGateway", json!({ "SubnetId": outside.id, "AllocationId": address }));
    let gateway = text(&made, "/NatGateway/NatGatewayId");
    session.advance(120 * SECOND);
    let route = json!({ "RouteTableId": inside.route_table.id, "DestinationCidrBlock": "0.0.0.0/0", "NatGatewayId": gateway });
    call(&mut session, "CreateRoute", route);
    let asking = Asking { from: "ops-1".into(), to: "internet".into(), protocol: "tcp".into(), port: 443, ..Asking::default() };
    let asked = session.execute(&Act::Scene(SceneAct::Ask(asking))).result.unwrap()["Packet"].as_u64().unwrap();
    session.advance(SECOND);
    let why = session.why(asked).unwrap();
    let rows: Vec<&str> = why.checks.iter().filter(|check| check.anchor == format!("nat:{gateway}")).map(|check| &*check.result).collect();
    let [state, protocol, source, translated] = rows.as_slice() else { panic!("{rows:?}") };
    assert_eq!((*state, *protocol, *source), ("available", "tcp", "its own VPC"));
    assert!(translated.starts_with("10.0.1."), "{translated}");
}

// rules: R51 R60
#[test]
fn packets_fly_to_a_network_behind_a_customer_gateway_and_from_there_and_who_keeps_asking_stands_before_it() {
    let mut session = Session::open("empty").unwrap();
    let shop = vpc(&mut session, "10.0.0.0/16", "shop");
    let subnet = text(&call(&mut session, "CreateSubnet", json!({ "VpcId": shop, "CidrBlock": "10.0.1.0/24" })), "/Subnet/SubnetId");
    let launch = json!({ "ImageId": "ami-12345678", "InstanceType": "t3.micro", "SubnetId": subnet, "MinCount": 1, "MaxCount": 1 });
    let instance = text(&call(&mut session, "RunInstances", launch), "/Instances/0/InstanceId");
    let gateway = text(&call(&mut session, "CreateVpnGateway", json!({ "Type": "ipsec.1" })), "/VpnGateway/VpnGatewayId");
    call(&mut session, "AttachVpnGateway", json!({ "VpcId": shop, "VpnGatewayId": gateway }));
    let of_vpc = json!([{ "Name": "vpc-id", "Values": [shop] }]);
    let table = text(&call(&mut session, "DescribeRouteTables", json!({ "Filters": of_vpc })), "/RouteTables/0/RouteTableId");
    call(&mut session, "EnableVgwRoutePropagation", json!({ "GatewayId": gateway, "RouteTableId": table }));
    let far = json!({ "Type": "ipsec.1", "IpAddress": "192.0.2.9", "BgpAsn": 65_000 });
    let far = text(&call(&mut session, "CreateCustomerGateway", far), "/CustomerGateway/CustomerGatewayId");
    let wanted = json!({ "Type": "ipsec.1", "CustomerGatewayId": far, "VpnGatewayId": gateway, "Options": { "StaticRoutesOnly": true } });
    let connection = text(&call(&mut session, "CreateVpnConnection", wanted), "/VpnConnection/VpnConnectionId");
    let route = json!({ "VpnConnectionId": connection, "DestinationCidrBlock": "192.168.0.0/16" });
    call(&mut session, "CreateVpnConnectionRoute", route);
    let loose: Vec<String> = session.board().others.iter().map(|gate| gate.thing.clone()).collect();
    assert_eq!(loose, [format!("cgw:{far}"), format!("vpn:{connection}")], "each far end with its own connections");
    session.advance(120 * SECOND);
    session.take_flights();
    let asks = |session: &mut Session, from: &str, to: &str| {
        let asking = Asking { from: from.to_owned(), to: to.to_owned(), protocol: "icmp".to_owned(), ..Asking::default() };
        assert!(session.execute(&Act::Scene(SceneAct::Ask(asking))).result.is_ok());
        session.advance(SECOND);
        session.take_flights()
    };
    let kinds = |path: &[String]| path.iter().map(|anchor| anchor.split(':').next().unwrap_or_default().to_owned()).collect::<Vec<_>>();
    let flights = asks(&mut session, &instance, "192.168.7.7");
    assert_eq!(kinds(&flights[0].path), ["instance", "eni", "subnet", "router", "vgw", "vpn", "cgw", "client"]);
    assert_eq!(kinds(&flights[1].path), ["client", "cgw", "vpn", "vgw", "router", "subnet", "eni", "instance"]);
    let flights = asks(&mut session, &far, "10.0.1.4");
    assert_eq!(kinds(&flights[0].path)[..4], ["client", "cgw", "vpn", "vgw"]);
    let why = session.why(flights[0].packet).unwrap();
    assert_eq!((why.from, why.asker), (format!("cgw:{far}"), String::new()), "it is no host of the internet");
    let keeps = Asking { from: far.clone(), to: instance, protocol: "icmp".to_owned(), ..Asking::default() };
    assert!(session.execute(&Act::Scene(SceneAct::AddClient(keeps))).result.is_ok());
    let client = session.board().clients.iter().find(|client| !client.behind.is_empty()).cloned().unwrap();
    assert_eq!((client.behind, client.outside), (format!("cgw:{far}"), true));
    assert!(choose(&mut session, &format!("vgw:{gateway}"), "Detach"));
    assert!(session.board().others.iter().any(|gate| gate.thing == format!("vgw:{gateway}")), "it stands outside now");
    assert!(choose(&mut session, &format!("vgw:{gateway}"), "Attach to shop"));
}

// rules: R9
#[test]
fn the_form_of_a_route_leads_to_every_gate_of_its_vpc() {
    let mut session = Session::open("empty").unwrap();
    let (shop, zoo) = (vpc(&mut session, "10.0.0.0/16", "shop"), vpc(&mut session, "10.9.0.0/16", "zoo"));
    let subnet = text(&call(&mut session, "CreateSubnet", json!({ "VpcId": shop, "CidrBlock": "10.0.1.0/24" })), "/Subnet/SubnetId");
    call(&mut session, "CreateEgressOnlyInternetGateway", json!({ "VpcId": shop }));
    let private = text(&call(&mut session, "CreateVpnGateway", json!({ "Type": "ipsec.1" })), "/VpnGateway/VpnGatewayId");
    call(&mut session, "AttachVpnGateway", json!({ "VpcId": shop, "VpnGatewayId": private }));
    let made = call(&mut session, "CreateVpcPeeringConnection", json!({ "VpcId": shop, "PeerVpcId": zoo }));
    let peering = text(&made, "/VpcPeeringConnection/VpcPeeringConnectionId");
    call(&mut session, "AcceptVpcPeeringConnection", json!({ "VpcPeeringConnectionId": peering }));
    let transit = text(&call(&mut session, "CreateTransitGateway", json!({})), "/TransitGateway/TransitGatewayId");
    session.advance(600 * SECOND);
    let attached = json!({ "TransitGatewayId": transit, "VpcId": shop, "SubnetIds": [subnet] });
    call(&mut session, "CreateTransitGatewayVpcAttachment", attached);
    session.advance(600 * SECOND);
    let of_vpc = json!([{ "Name": "vpc-id", "Values": [shop] }]);
    let table = text(&call(&mut session, "DescribeRouteTables", json!({ "Filters": of_vpc })), "/RouteTables/0/RouteTableId");
    let form = session.form(&format!("add-route:{table}")).unwrap();
    let target = form.fields.iter().find(|field| field.name == "target").unwrap();
    let FieldKind::Choice(choices) = &target.kind else { panic!("{target:?}") };
    let kinds: Vec<&str> = choices.iter().map(|choice| choice.value.split('-').next().unwrap()).collect();
    assert_eq!(kinds, ["eigw", "pcx", "tgw", "vgw", "eni"], "the last is the transit gateway's own");
    for (choice, block) in choices.iter().zip(["::/0", "10.9.0.0/16", "10.8.0.0/16", "192.168.0.0/16"]) {
        let filled = [("destination", block), ("target", &choice.value), ("replace", "false")];
        let filled = filled.map(|(name, value)| (name.to_owned(), value.to_owned())).into_iter().collect();
        let acts = session.form_acts(&form.id, &filled);
        assert!(acts.iter().all(|act| session.execute(act).result.is_ok()), "{acts:?}");
    }
    let of_zoo = json!([{ "Name": "vpc-id", "Values": [zoo] }]);
    let other = text(&call(&mut session, "DescribeRouteTables", json!({ "Filters": of_zoo })), "/RouteTables/0/RouteTableId");
    let form = session.form(&format!("add-route:{other}")).unwrap();
    let FieldKind::Choice(choices) = &form.fields.iter().find(|field| field.name == "target").unwrap().kind else { panic!("{form:?}") };
    assert_eq!(choices.iter().map(|choice| choice.value.as_str()).collect::<Vec<_>>(), [peering], "what is the other VPC's is not its own");
}
