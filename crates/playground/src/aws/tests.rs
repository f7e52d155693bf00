//! Tests of the table of actions and its interpreter.

use super::*;
use eni_core::addr::{Direction, IcmpMatch, IpNet, Ipv4Addr, PortRange, Traffic};
use eni_core::control::command::*;
use eni_core::id::*;
use eni_core::model::eni::TrackingTimeouts;
use eni_core::model::event::TaggedId;
use eni_core::model::flow_log::{FlowFiles, FlowLogResource, FlowTraffic};
use eni_core::model::instance::ShutdownBehavior;
use eni_core::model::instance_type::InstanceType;
use eni_core::model::network_acl::{AclAction, AclEntry};
use eni_core::model::prefix_list::{AddressFamily, PrefixListEntry};
use eni_core::model::reservation::ReservationKind;
use eni_core::model::route_table::{Destination, RouteTarget};
use eni_core::model::security_group::Peer;
use eni_core::model::spot::{Interruption, Spot};
use eni_core::model::{Tags, Zone};
use eni_core::time::Duration;
use serde_json::json;

fn n<I: ResourceId>(number: u64) -> I {
    I::from_number(number)
}

fn tags() -> Tags {
    Tags::from([("Name".to_owned(), "web 1".to_owned()), ("empty".to_owned(), String::new())])
}

fn read(action: &str, parameters: Value) -> Result<Prepared, ApiError> {
    prepare("ec2", action, parameters.as_object().unwrap())
}

fn network_commands() -> Vec<Command> {
    let permission = |traffic, peer| Permission { traffic, peer, description: "why not".to_owned(), tags: Tags::new() };
    let permissions = vec![
        permission(Traffic::Tcp(PortRange::single(443)), Peer::Ipv4("10.0.0.0/8".parse().unwrap())),
        Permission::new(Traffic::All, Peer::Group(n(1))),
        permission(Traffic::Icmp(IcmpMatch::Type(8)), Peer::Ipv6("::/0".parse().unwrap())),
        Permission::new(Traffic::Other(50), Peer::PrefixList("pl-68a54001".parse().unwrap())),
    ];
    let described = permissions.clone();
    let with_tags = permissions.iter().map(|permission| Permission { tags: tags(), ..permission.clone() }).collect();
    let change = |permission: &Permission| {
        let description = Some(permission.description.clone()).filter(|text| !text.is_empty());
        GroupRuleChange { rule: n(7), traffic: permission.traffic, peer: permission.peer, description }
    };
    let changes = permissions.iter().map(change).collect();
    let describe = |direction, permissions, rules| {
        Command::UpdateSecurityGroupRuleDescriptions(Box::new(DescribeGroupRules { group: n(1), direction, permissions, rules }))
    };
    let listed = PrefixListEntry { cidr: "2001:db8::/32".parse().unwrap(), description: "home".into() };
    let entry = |traffic, cidr: &str, action| AclEntry { traffic, cidr: cidr.parse().unwrap(), action };
    let zero = Destination::Cidr(IpNet::V4("0.0.0.0/0".parse().unwrap()));
    let route = |destination, targets, replace| Command::SetRoute { table: n(1), destination, targets, replace };
    vec![
        Command::CreateVpc { cidr: "10.0.0.0/16".parse().unwrap(), amazon_ipv6: false, tags: tags() },
        Command::ModifyVpcAttribute { vpc: n(1), dns_support: None, dns_hostnames: Some(true) },
        Command::DeleteVpc(n(1)),
        Command::CreateDefaultVpc,
        Command::CreateDefaultSubnet(Zone::new("us-east-1c")),
        Command::CreateSubnet(Box::new(CreateSubnet {
            vpc: n(1),
            cidr: "10.0.1.0/24".parse().unwrap(),
            zone: Some(Zone::new("us-east-1b")),
            tags: tags(),
            ipv6_cidr: None,
        })),
        Command::AssociateVpcCidrBlock(n(1), NewVpcBlock::Ipv4("10.2.0.0/16".parse().unwrap())),
        Command::AssociateVpcCidrBlock(n(1), NewVpcBlock::AmazonIpv6),
        Command::DisassociateVpcCidrBlock(n(2)),
        Command::AssociateSubnetCidrBlock(n(1), "2001:db8:0:101::/64".parse().unwrap()),
        Command::DisassociateSubnetCidrBlock(n(2)),
        Command::ModifySubnetAttribute(n(1), vec![SubnetAttribute::Dns64(false), SubnetAttribute::NameByResource(true)]),
        Command::ModifySubnetAttribute(n(1), vec![SubnetAttribute::ARecord(true), SubnetAttribute::AaaaRecord(true)]),
        Command::ModifySubnetAttribute(n(1), vec![SubnetAttribute::AssignIpv6OnCreation(true)]),
        Command::ModifySubnetAttribute(n(1), vec![SubnetAttribute::MapPublicIpOnLaunch(true)]),
        Command::DeleteSubnet(n(1)),
        Command::CreateSecurityGroup { name: "web".into(), description: "the web".into(), vpc: Some(n(1)), tags: tags() },
        Command::DeleteSecurityGroup(n(1)),
        Command::AuthorizeSecurityGroup { group: n(1), direction: Direction::Ingress, permissions: permissions.clone() },
        Command::AuthorizeSecurityGroup { group: n(1), direction: Direction::Egress, permissions: with_tags },
        Command::RevokeSecurityGroup { group: n(1), direction: Direction::Ingress, permissions, rules: vec![] },
        Command::RevokeSecurityGroup { group: n(1), direction: Direction::Egress, permissions: vec![], rules: vec![n(4)] },
        Command::ModifySecurityGroupRules(Box::new(ModifyGroupRules { group: n(1), changes })),
        describe(Direction::Ingress, described, vec![]),
        describe(Direction::Egress, vec![], vec![(n(4), "why".to_owned()), (n(5), String::new())]),
        Command::CreateManagedPrefixList(Box::new(CreatePrefixList {
            name: "offices".into(),
            family: AddressFamily::Ipv6,
            max_entries: 5,
            entries: vec![listed.clone()],
            tags: tags(),
        })),
        Command::ModifyManagedPrefixList(Box::new(ModifyPrefixList {
            list: n(1),
            version: Some(2),
            name: None,
            add: vec![listed.clone()],
            remove: vec![listed.cidr],
            max_entries: None,
        })),
        Command::RestoreManagedPrefixListVersion(RestorePrefixList { list: n(1), previous: 1, version: 3 }),
        Command::DeleteManagedPrefixList(n(1)),
        Command::CreateNetworkAcl { vpc: n(1), tags: Tags::new() },
        Command::DeleteNetworkAcl(n(1)),
        Command::SetNetworkAclEntry {
            acl: n(1),
            direction: Direction::Ingress,
            number: 90,
            entry: entry(Traffic::Udp(PortRange::ALL), "10.0.0.0/8", AclAction::Deny),
            replace: false,
        },
        Command::SetNetworkAclEntry {
            acl: n(1),
            direction: Direction::Egress,
            number: -3,
            entry: entry(Traffic::Icmpv6(IcmpMatch::TypeCode(1, 2)), "::/0", AclAction::Allow),
            replace: true,
        },
        Command::DeleteNetworkAclEntry { acl: n(1), direction: Direction::Egress, number: 100 },
        Command::ReplaceNetworkAclAssociation { association: n(1), acl: n(2) },
        Command::CreateRouteTable { vpc: n(1), tags: tags() },
        Command::DeleteRouteTable(n(1)),
        route(zero, vec![RouteTargetInput::Target(RouteTarget::InternetGateway(n(1)))], false),
        route(zero, vec![RouteTargetInput::Instance(n(1))], true),
        route(zero, vec![RouteTargetInput::Target(RouteTarget::Local)], true),
        route(Destination::PrefixList(n(7)), vec![RouteTargetInput::Target(RouteTarget::VpnGateway(n(1)))], false),
        route(zero, [RouteTarget::NatGateway(n(1)), RouteTarget::Eni(n(1))].map(RouteTargetInput::Target).to_vec(), false),
        Command::DeleteRoute { table: n(1), destination: Destination::Cidr("2001:db8::/32".parse().unwrap()) },
        Command::AssociateRouteTable { table: n(1), subnet: n(2) },
        Command::AssociateGatewayRouteTable { table: n(1), gateway: EdgeGateway::Internet(n(2)) },
        Command::AssociateGatewayRouteTable { table: n(1), gateway: EdgeGateway::Vpn(n(2)) },
        Command::CreateEgressOnlyInternetGateway { vpc: n(1), tags: tags() },
        Command::DeleteEgressOnlyInternetGateway(n(1)),
        route(Destination::Cidr("::/0".parse().unwrap()), vec![RouteTargetInput::Target(RouteTarget::EgressOnlyGateway(n(1)))], false),
        Command::DisassociateRouteTable(n(1)),
        Command::ReplaceRouteTableAssociation { association: n(1), table: n(2) },
        Command::CreateInternetGateway { tags: tags() },
        Command::AttachInternetGateway { gateway: n(1), vpc: n(1) },
        Command::DetachInternetGateway { gateway: n(1), vpc: n(1) },
        Command::DeleteInternetGateway(n(1)),
    ]
}

fn vpn_commands() -> Vec<Command> {
    let customer =
        CreateCustomerGateway { ip: Ipv4Addr::new(198, 51, 100, 7), bgp_asn: 65_010, device_name: "office".into(), tags: tags() };
    let connection = CreateVpnConnection { customer_gateway: n(1), vpn_gateway: n(2), static_routes_only: true, tags: tags() };
    let block = "192.168.0.0/16".parse().unwrap();
    vec![
        Command::CreateVpnGateway { amazon_side_asn: 64_512, tags: tags() },
        Command::CreateVpnGateway { amazon_side_asn: 64_600, tags: Tags::new() },
        Command::AttachVpnGateway { gateway: n(1), vpc: n(2) },
        Command::DetachVpnGateway { gateway: n(1), vpc: n(2) },
        Command::DeleteVpnGateway(n(1)),
        Command::SetVgwRoutePropagation { table: n(1), gateway: n(2), on: true },
        Command::SetVgwRoutePropagation { table: n(1), gateway: n(2), on: false },
        Command::CreateCustomerGateway(Box::new(customer)),
        Command::DeleteCustomerGateway(n(1)),
        Command::CreateVpnConnection(Box::new(CreateVpnConnection { static_routes_only: false, ..connection.clone() })),
        Command::CreateVpnConnection(Box::new(connection)),
        Command::DeleteVpnConnection(n(1)),
        Command::SetVpnConnectionRoute { connection: n(1), destination: block, there: true },
        Command::SetVpnConnectionRoute { connection: n(1), destination: block, there: false },
    ]
}

fn nat_gateway_commands() -> Vec<Command> {
    let ips = |last: &[u8]| last.iter().map(|last| Ipv4Addr::new(10, 0, 1, *last)).collect::<Vec<_>>();
    let public = CreateNatGateway {
        subnet: n(1),
        public: true,
        allocation: Some(n(1)),
        private_ip: Some(Ipv4Addr::new(10, 0, 1, 9)),
        secondary_allocations: vec![n(2), n(3)],
        secondary_ips: ips(&[10]),
        secondary_count: None,
        tags: tags(),
    };
    let private = CreateNatGateway {
        public: false,
        allocation: None,
        secondary_allocations: vec![],
        secondary_ips: vec![],
        secondary_count: Some(2),
        ..public.clone()
    };
    vec![
        Command::CreateNatGateway(Box::new(public)),
        Command::CreateNatGateway(Box::new(private)),
        Command::DeleteNatGateway(n(1)),
        Command::AssignPrivateNatGatewayAddress(Box::new(AssignPrivateNatGatewayAddress {
            gateway: n(1),
            addresses: ips(&[7, 8]),
            count: None,
        })),
        Command::AssignPrivateNatGatewayAddress(Box::new(AssignPrivateNatGatewayAddress {
            gateway: n(1),
            addresses: vec![],
            count: Some(2),
        })),
        Command::UnassignPrivateNatGatewayAddress(n(1), ips(&[7])),
        Command::AssociateNatGatewayAddress(Box::new(AssociateNatGatewayAddress {
            gateway: n(1),
            allocations: vec![n(4)],
            addresses: ips(&[5]),
        })),
        Command::DisassociateNatGatewayAddress(n(1), vec![n(1), n(2)]),
    ]
}

fn interface_commands() -> Vec<Command> {
    let modify = |attribute| Command::ModifyNetworkInterfaceAttribute(n(1), vec![attribute]);
    let timeouts =
        TrackingTimeouts { tcp_established: Some(Duration::from_secs(350)), udp_stream: None, udp: Some(Duration::from_secs(30)) };
    let address = "10.0.1.5".parse().unwrap();
    vec![
        Command::CreateNetworkInterface(Box::new(CreateNetworkInterface {
            subnet: Some(n(1)),
            description: "service".into(),
            groups: vec![n(1), n(2)],
            private_ip: None,
            addresses: vec![(address, true), ("10.0.1.6".parse().unwrap(), false)],
            secondary_count: Some(2),
            prefixes: Wanted::any(2),
            tracking: timeouts,
            ipv6: Ipv6Wanted { addresses: Wanted::any(0), prefixes: Wanted::any(1), primary: true },
            tags: tags(),
        })),
        Command::DeleteNetworkInterface(n(1)),
        Command::AttachNetworkInterface { eni: n(1), instance: n(2), device_index: 1, network_card: 0 },
        Command::AttachNetworkInterface { eni: n(1), instance: n(2), device_index: 0, network_card: 1 },
        Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(n(1)), force: true },
        Command::DetachNetworkInterface { attachment: AttachmentKey::Service(n(1)), force: false },
        modify(EniAttribute::Description("it's".into())),
        modify(EniAttribute::Groups(vec![n(1)])),
        modify(EniAttribute::Groups(vec![])),
        modify(EniAttribute::SourceDestCheck(false)),
        modify(EniAttribute::DeleteOnTermination(Some(n(3)), true)),
        modify(EniAttribute::DeleteOnTermination(None, true)),
        modify(EniAttribute::AssociatePublicIp(true)),
        modify(EniAttribute::Tracking(timeouts)),
        Command::ResetNetworkInterfaceAttribute(n(1)),
        Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
            eni: n(1),
            addresses: vec![address],
            count: None,
            allow_reassignment: true,
            prefixes: Wanted::default(),
        })),
        Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
            eni: n(1),
            addresses: vec![],
            count: Some(3),
            allow_reassignment: false,
            prefixes: Wanted { list: vec!["10.0.1.32/28".parse().unwrap()], count: Some(2) },
        })),
        Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses {
            eni: n(1),
            addresses: vec![address],
            prefixes: vec!["10.0.1.32/28".parse().unwrap()],
        })),
        Command::CreateSubnetReservation(Box::new(CreateSubnetReservation {
            subnet: n(1),
            cidr: "10.0.1.64/26".parse().unwrap(),
            kind: ReservationKind::Explicit,
            description: "servers".into(),
            tags: tags(),
        })),
        Command::DeleteSubnetReservation(n(1)),
        Command::AssignIpv6Addresses(Box::new(AssignIpv6Addresses {
            eni: n(1),
            addresses: Wanted::these(vec!["2001:db8::9".parse().unwrap()]),
            prefixes: Wanted::any(1),
        })),
        Command::UnassignIpv6Addresses(Box::new(UnassignIpv6Addresses {
            eni: n(1),
            addresses: vec!["2001:db8::9".parse().unwrap()],
            prefixes: vec!["2001:db8:0:0:1::/80".parse().unwrap()],
        })),
        Command::AllocateAddress { address: Some("203.0.113.9".parse().unwrap()), border_group: Some("us-east-1".into()), tags: tags() },
        Command::AssociateAddress {
            allocation: n(1),
            eni: Some(n(1)),
            instance: None,
            private_ip: Some(address),
            allow_reassociation: Some(false),
        },
        Command::DisassociateAddress(n(1)),
        Command::ReleaseAddress(n(1)),
    ]
}

fn instance_commands() -> Vec<Command> {
    let small = InstanceType::find("t3.small").unwrap();
    let launch = RunInstances {
        image: n(1),
        instance_type: small,
        count: 2,
        subnet: Some(n(1)),
        groups: vec![n(1)],
        private_ip: Some("10.0.1.9".parse().unwrap()),
        associate_public_ip: Some(true),
        interfaces: vec![],
        tags: tags(),
        interface_tags: tags(),
        options: LaunchOptions {
            spot: Some(Spot { interruption: Interruption::Stop, persistent: true, notice: None }),
            hibernates: true,
            termination_protection: false,
            stop_protection: false,
            shutdown: ShutdownBehavior::Terminate,
        },
    };
    let interface = LaunchInterface {
        device_index: 1,
        network_card: 0,
        existing: None,
        subnet: Some(n(1)),
        groups: vec![n(2)],
        private_ip: None,
        addresses: vec![("10.0.1.9".parse().unwrap(), true)],
        secondary_count: Some(1),
        prefixes: Wanted::these(vec!["10.0.1.32/28".parse().unwrap()]),
        ipv6: Ipv6Wanted {
            addresses: Wanted::these(vec!["2001:db8::9".parse().unwrap()]),
            prefixes: Wanted::these(vec!["2001:db8:0:0:1::/80".parse().unwrap()]),
            primary: true,
        },
        description: "second".into(),
        delete_on_termination: Some(false),
        associate_public_ip: None,
        tracking: TrackingTimeouts { udp: Some(Duration::from_secs(30)), ..TrackingTimeouts::default() },
    };
    let spelled = RunInstances {
        subnet: None,
        groups: vec![],
        private_ip: None,
        associate_public_ip: None,
        interfaces: vec![LaunchInterface { device_index: 0, existing: Some(n(9)), ..interface.clone() }, interface],
        ..launch.clone()
    };
    let modify = |attribute| Command::ModifyInstanceAttribute(n(1), attribute);
    vec![
        Command::RunInstances(Box::new(launch)),
        Command::RunInstances(Box::new(spelled)),
        Command::StartInstances(vec![n(1), n(2)]),
        Command::StopInstances(vec![n(1)]),
        Command::HibernateInstances(vec![n(1)]),
        Command::RebootInstances(vec![n(1)]),
        Command::TerminateInstances(vec![n(1)]),
        modify(InstanceAttribute::SourceDestCheck(false)),
        modify(InstanceAttribute::Groups(vec![n(1)])),
        modify(InstanceAttribute::InstanceType(small)),
        modify(InstanceAttribute::DisableApiTermination(true)),
        modify(InstanceAttribute::DisableApiStop(false)),
        modify(InstanceAttribute::ShutdownBehavior(ShutdownBehavior::Terminate)),
        Command::CreateVpcEndpoint(Box::new(CreateVpcEndpoint {
            vpc: n(1),
            service: Some("com.amazonaws.us-east-1.ssm".into()),
            interface: true,
            tables: vec![],
            subnets: vec![n(1), n(2)],
            addresses: vec![(n(2), Ipv4Addr::LOCALHOST)],
            groups: vec![n(1)],
            private_dns: Some(true),
            tags: tags(),
        })),
        Command::ModifyVpcEndpoint(Box::new(ModifyVpcEndpoint {
            endpoint: n(1),
            tables: (vec![n(1)], vec![n(2)]),
            subnets: (vec![n(3)], vec![n(4)]),
            groups: (vec![n(5)], vec![n(6)]),
            private_dns: Some(false),
        })),
        Command::DeleteVpcEndpoints(vec![n(1), n(2)]),
        Command::CreateFlowLogs(Box::new(CreateFlowLogs {
            resources: vec![FlowLogResource::Subnet(n(1)), FlowLogResource::Subnet(n(2))],
            traffic: Some(FlowTraffic::Reject),
            destination_type: Some("s3".into()),
            destination: Some("arn:aws:s3:::logs".into()),
            log_group: Some("logs".into()),
            role: Some("arn:aws:iam::123456789012:role/logs".into()),
            cross_account_role: Some("arn:aws:iam::123456789012:role/other".into()),
            format: Some("${version}".into()),
            interval: Some(60),
            files: Some(FlowFiles { parquet: true, hive: false, per_hour: true }),
            tags: tags(),
        })),
        Command::DeleteFlowLogs(vec![n(1)]),
        Command::CreateVpcPeeringConnection(Box::new(CreateVpcPeeringConnection {
            vpc: n(1),
            peer: Some(n(2)),
            peer_owner: Some(eni_core::model::AccountId(12)),
            peer_region: Some("us-east-1".into()),
            tags: tags(),
        })),
        Command::AcceptVpcPeeringConnection(n(1)),
        Command::RejectVpcPeeringConnection(n(1)),
        Command::DeleteVpcPeeringConnection(n(1)),
        Command::ModifyVpcPeeringConnectionOptions(ModifyVpcPeeringConnectionOptions {
            peering: n(1),
            requester: Some(true),
            accepter: Some(false),
        }),
        Command::CreateTags { resources: vec![TaggedId::Eni(n(1)), TaggedId::Vpc(n(2))], tags: tags() },
        Command::CreateTags {
            resources: vec![
                TaggedId::NatGateway(n(1)),
                TaggedId::VpnGateway(n(2)),
                TaggedId::EgressOnlyGateway(n(3)),
                TaggedId::CustomerGateway(n(4)),
                TaggedId::VpnConnection(n(5)),
            ],
            tags: tags(),
        },
        Command::DeleteTags {
            resources: vec![TaggedId::ElasticIp(n(1)), TaggedId::GroupRule(n(3)), TaggedId::PrefixList(n(4))],
            tags: vec![("a".into(), None), ("b".into(), Some("c".into()))],
        },
    ]
}

#[test]
fn every_command_becomes_a_call_and_comes_back() {
    let mut called = eni_core::table::Set::new();
    let all = network_commands()
        .into_iter()
        .chain(interface_commands())
        .chain(instance_commands())
        .chain(nat_gateway_commands())
        .chain(vpn_commands());
    for command in all {
        let (action, parameters) = express(&command).unwrap_or_else(|| panic!("no call for {command:?}"));
        let prepared = prepare(service_of(action).unwrap().name, action, &parameters)
            .unwrap_or_else(|error| panic!("{action} {parameters:?}: {error}"));
        assert_eq!(prepared.request, Request::Command(command), "{action}");
        called.insert(action);
    }
    let missing: Vec<&str> = SERVICES
        .iter()
        .flat_map(ServiceTable::actions)
        .map(|action| action.name)
        .filter(|name| !["Describe", "Get", "List"].iter().any(|verb| name.starts_with(verb)) && !called.contains(name))
        .collect();
    assert!(missing.is_empty(), "no command makes {missing:?}");
}

#[test]
fn every_command_has_words_of_its_own() {
    use crate::view::make::Maker;
    let network = eni_core::model::network::Network::empty("us-east-1", eni_core::model::AccountId(123_456_789_012));
    let memory = crate::world::memory::Memory::default();
    let names = eni_core::table::Table::default();
    let maker = Maker {
        network: &network,
        memory: &memory,
        now: eni_core::time::Instant::ZERO,
        language: Default::default(),
        names: &names,
        follows: &[],
    };
    for command in network_commands().into_iter().chain(interface_commands()).chain(instance_commands()) {
        let (action, _) = express(&command).unwrap_or_else(|| panic!("no call for {command:?}"));
        let words = maker.summary(&command, action);
        assert!(!words.contains(action) && words.starts_with(char::is_lowercase), "{action} reads {words:?}");
    }
}

#[test]
fn kinds_of_interfaces_that_are_not_modelled_say_so() {
    for kind in ["efa", "efa-only", "branch", "trunk"] {
        let error = read("CreateNetworkInterface", json!({ "SubnetId": "subnet-00000000000000001", "InterfaceType": kind })).unwrap_err();
        assert_eq!(error.code, "UnsupportedOperation", "{kind}");
        assert!(error.message.contains(kind), "{error}");
    }
    assert!(read("CreateNetworkInterface", json!({ "SubnetId": "subnet-00000000000000001", "InterfaceType": "interface" })).is_ok());
}

#[test]
fn the_table_has_no_name_twice() {
    fn check(place: &str, members: &[Member]) {
        let names: eni_core::table::Set<_> = members.iter().map(|member| member.name).collect();
        assert_eq!(names.len(), members.len(), "{place}");
        for member in members {
            assert!(!member.help.is_empty(), "{place}.{} has no help", member.name);
            let mut wire = member.wire;
            while let Wire::List(inner) | Wire::Wrapped(inner) = wire {
                wire = *inner;
            }
            if let Wire::Struct(members) = wire {
                check(&format!("{place}.{}", member.name), members);
            }
        }
    }
    let mut names = eni_core::table::Set::new();
    for action in SERVICES.iter().flat_map(ServiceTable::actions) {
        assert!(names.insert(action.name), "{} is there twice", action.name);
        check(action.name, action.members);
    }
}

// rules: X2 S14
#[test]
fn wrong_parameters_are_refused_in_awss_words() {
    let eni = "eni-00000000000000001";
    let cases = [
        ("NoSuchAction", json!({}), "UnsupportedOperation"),
        ("DeleteNetworkInterface", json!({}), "MissingParameter"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": null}), "MissingParameter"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": eni, "Force": true}), "UnknownParameter"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": "eni-xyz"}), "InvalidNetworkInterfaceId.Malformed"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": "ENI-00000000000000001"}), "InvalidNetworkInterfaceId.Malformed"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": 5}), "InvalidParameterValue"),
        ("DeleteNetworkInterface", json!({"NetworkInterfaceId": eni, "DryRun": "yes"}), "InvalidParameterValue"),
        ("StartInstances", json!({"InstanceIds": ["i-00000000000000001", "sg-1"]}), "InvalidInstanceID.Malformed"),
        ("StartInstances", json!({"InstanceIds": "i-00000000000000001"}), "InvalidParameterValue"),
        ("DeleteSubnet", json!({"SubnetId": "subnet-"}), "InvalidSubnetID.Malformed"),
        ("DeleteSecurityGroup", json!({"GroupId": "default"}), "InvalidGroupId.Malformed"),
        ("DeleteRouteTable", json!({"RouteTableId": "rtb"}), "InvalidRouteTableId.Malformed"),
        ("DetachNetworkInterface", json!({"AttachmentId": eni}), "InvalidNetworkInterfaceAttachmentId.Malformed"),
        ("CreateVpc", json!({"CidrBlock": "10.0.0.0"}), "InvalidParameterValue"),
        ("CreateNetworkInterface", json!({"SubnetId": "subnet-00000001", "PrivateIpAddress": "10.0.0"}), "InvalidParameterValue"),
        (
            "AttachNetworkInterface",
            json!({"NetworkInterfaceId": eni, "InstanceId": "i-00000001", "DeviceIndex": 70000}),
            "InvalidParameterValue",
        ),
        (
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": "sg-00000001", "IpPermissions": [{"IpProtocol": "tcp", "FromPort": 9, "ToPort": 5, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}),
            "InvalidParameterValue",
        ),
        (
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": "sg-00000001", "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/40"}]}]}),
            "InvalidParameterValue",
        ),
        ("AuthorizeSecurityGroupIngress", json!({"GroupId": "sg-00000001"}), "MissingParameter"),
        (
            "AuthorizeSecurityGroupIngress",
            json!({"GroupId": "sg-00000001", "IpProtocol": "-1", "CidrIp": "0.0.0.0/0",
                "IpPermissions": [{"IpProtocol": "-1", "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}),
            "InvalidParameterCombination",
        ),
        (
            "RunInstances",
            json!({"ImageId": "ami-00000001", "InstanceType": "t3.small", "MinCount": 1, "MaxCount": 4_000_000_000u32}),
            "InstanceLimitExceeded",
        ),
        (
            "RunInstances",
            json!({"ImageId": "ami-00000001", "InstanceType": "t3.small", "MinCount": 2, "MaxCount": 1}),
            "InvalidParameterCombination",
        ),
        (
            "RunInstances",
            json!({"ImageId": "ami-00000001", "InstanceType": "t9.tiny", "MinCount": 1, "MaxCount": 1}),
            "InvalidParameterValue",
        ),
        ("ReleaseAddress", json!({"PublicIp": "203.0.113.1"}), "InvalidParameterValue"),
        ("CreateTags", json!({"Resources": ["x-1"], "Tags": [{"Key": "a"}]}), "InvalidID"),
        ("CreateRoute", json!({"RouteTableId": "rtb-00000001", "GatewayId": "igw-00000001"}), "MissingParameter"),
        (
            "ModifyInstanceAttribute",
            json!({"InstanceId": "i-00000001", "DisableApiStop": {"Value": true}, "Groups": []}),
            "InvalidParameterCombination",
        ),
    ];
    for (action, parameters, code) in cases {
        let error = read(action, parameters.clone()).expect_err(action);
        assert_eq!(error.code, code, "{action} {parameters}: {}", error.message);
    }
    assert_eq!(prepare("s3", "CreateBucket", &Map::new()).unwrap_err().code, "UnsupportedOperation");
    let missing = read("DeleteNetworkInterface", json!({})).unwrap_err();
    assert_eq!(missing.message, "The request must contain the parameter networkInterfaceId");
    let malformed = read("TerminateInstances", json!({"InstanceIds": ["web-1"]})).unwrap_err();
    assert_eq!(malformed.message, "Invalid id: \"web-1\" (expecting \"i-...\")");
}

// rules: S13 S17
#[test]
fn blocks_lose_their_host_bits() {
    let request = read(
        "AuthorizeSecurityGroupIngress",
        json!({"GroupId": "sg-00000001", "IpPermissions": [{"IpProtocol": "6", "FromPort": 22, "ToPort": 22,
            "IpRanges": [{"CidrIp": "10.1.2.3/8"}], "Ipv6Ranges": [{"CidrIpv6": "2001:db8::1/32"}]}]}),
    );
    let Ok(Prepared { request: Request::Command(Command::AuthorizeSecurityGroup { permissions, .. }), dry_run: false, .. }) = request
    else {
        panic!("{request:?}")
    };
    let peers: Vec<Peer> = permissions.iter().map(|permission| permission.peer).collect();
    assert_eq!(peers, [Peer::Ipv4("10.0.0.0/8".parse().unwrap()), Peer::Ipv6("2001:db8::/32".parse().unwrap())]);
    assert!(permissions.iter().all(|permission| permission.traffic == Traffic::Tcp(PortRange::single(22))));
    let request = read("CreateVpc", json!({"CidrBlock": "100.68.0.18/18", "DryRun": true})).unwrap();
    assert!(request.dry_run);
    assert_eq!(
        request.request,
        Request::Command(Command::CreateVpc { cidr: "100.68.0.0/18".parse().unwrap(), amazon_ipv6: false, tags: Tags::new() })
    );
}
