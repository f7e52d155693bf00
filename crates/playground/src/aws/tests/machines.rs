//! Commands on network interfaces, addresses, instances and tags.

use super::{n, tags};
use eni_core::control::command::*;
use eni_core::model::Tags;
use eni_core::model::eni::TrackingTimeouts;
use eni_core::model::event::TaggedId;
use eni_core::model::instance::ShutdownBehavior;
use eni_core::model::instance_type::InstanceType;
use eni_core::model::metadata::{MetadataChange, MetadataOptions};
use eni_core::model::reservation::ReservationKind;
use eni_core::model::spot::{Interruption, Spot};
use eni_core::time::Duration;

pub(super) fn interface_commands() -> Vec<Command> {
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
        Command::CreateDhcpOptions(Box::new(CreateDhcpOptions {
            options: vec![
                ("domain-name".into(), vec!["corp.example".into()]),
                ("ntp-servers".into(), vec!["10.0.0.1".into(), "10.0.0.2".into()]),
            ],
            tags: tags(),
        })),
        Command::DeleteDhcpOptions(n(2)),
        Command::AssociateDhcpOptions(n(1), Some(n(2))),
        Command::AssociateDhcpOptions(n(1), None),
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

pub(super) fn instance_commands() -> Vec<Command> {
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
            spot: Some(Spot { interruption: Interruption::Stop, persistent: true, ..Spot::default() }),
            hibernates: true,
            termination_protection: false,
            stop_protection: false,
            shutdown: ShutdownBehavior::Terminate,
            metadata: MetadataOptions { needs_token: true, hop_limit: 2, ..MetadataOptions::default() },
            serves: vec![],
            key_name: Some("key".into()),
            client_token: Some("mine".into()),
            monitored: true,
            user_data: "aGk=".into(),
            ebs_optimized: true,
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
    let spot = Some(Spot { interruption: Interruption::Stop, persistent: true, ..Spot::default() });
    let options = LaunchOptions { spot, key_name: Some("key".into()), monitored: true, ..LaunchOptions::default() };
    let (associate_public_ip, private_ip) = (None, None);
    let (tags, interface_tags) = (Tags::new(), Tags::new());
    let requested = RunInstances { count: 2, options, tags, interface_tags, associate_public_ip, private_ip, ..launch.clone() };
    vec![
        Command::RunInstances(Box::new(launch)),
        Command::RunInstances(Box::new(spelled)),
        Command::StartInstances(vec![n(1), n(2)]),
        Command::StopInstances(vec![n(1)]),
        Command::HibernateInstances(vec![n(1)]),
        Command::RebootInstances(vec![n(1)]),
        Command::RequestSpotInstances(Box::new(requested)),
        Command::CancelSpotInstanceRequests(vec!["sir-0000002a".parse().unwrap(), "sir-y4egrv9m".parse().unwrap()]),
        Command::MonitorInstances(vec![n(1)], true),
        Command::MonitorInstances(vec![n(1), n(2)], false),
        Command::TerminateInstances(vec![n(1)]),
        modify(InstanceAttribute::SourceDestCheck(false)),
        modify(InstanceAttribute::Groups(vec![n(1)])),
        modify(InstanceAttribute::InstanceType(small)),
        modify(InstanceAttribute::DisableApiTermination(true)),
        modify(InstanceAttribute::DisableApiStop(false)),
        modify(InstanceAttribute::ShutdownBehavior(ShutdownBehavior::Terminate)),
        modify(InstanceAttribute::Metadata(MetadataChange { is_on: Some(false), tells_tags: Some(true), ..MetadataChange::default() })),
    ]
}

pub(super) fn tag_commands() -> Vec<Command> {
    vec![
        Command::CreateTags { resources: vec![TaggedId::Eni(n(1)), TaggedId::Vpc(n(2))], tags: tags() },
        Command::CreateTags {
            resources: vec![
                TaggedId::NatGateway(n(1)),
                TaggedId::VpnGateway(n(2)),
                TaggedId::EgressOnlyGateway(n(3)),
                TaggedId::CustomerGateway(n(4)),
                TaggedId::VpnConnection(n(5)),
                TaggedId::DhcpOptions(n(6)),
            ],
            tags: tags(),
        },
        Command::DeleteTags {
            resources: vec![TaggedId::ElasticIp(n(1)), TaggedId::GroupRule(n(3)), TaggedId::PrefixList(n(4))],
            tags: vec![("a".into(), None), ("b".into(), Some("c".into()))],
        },
    ]
}
