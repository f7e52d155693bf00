//! Commands on VPN and NAT gateways, and on what connects a VPC.

use super::{n, tags};
use eni_core::addr::Ipv4Addr;
use eni_core::control::command::*;
use eni_core::control::command::{CreateKeyPair, ImportKeyPair, KeyPairNamed};
use eni_core::model::Tags;
use eni_core::model::flow_log::{FlowFiles, FlowLogResource, FlowTraffic};
use eni_core::model::key_pair::KeyType;
use eni_core::model::transit::TransitOptions;

pub(super) fn vpn_commands() -> Vec<Command> {
    let customer =
        CreateCustomerGateway { ip: Ipv4Addr::new(198, 51, 100, 7), bgp_asn: 65_010, device_name: "office".into(), tags: tags() };
    let connection = CreateVpnConnection { customer_gateway: n(1), vpn_gateway: n(2), static_routes_only: true, tags: tags() };
    let block = "192.168.0.0/16".parse().unwrap();
    vec![
        Command::RequestServiceQuotaIncrease { quota: eni_core::model::quota::Quota::Vpcs, value: 9 },
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

pub(super) fn nat_gateway_commands() -> Vec<Command> {
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

pub(super) fn connection_commands() -> Vec<Command> {
    vec![
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
        Command::CreateKeyPair(Box::new(CreateKeyPair { name: "one".into(), kind: KeyType::Ed25519, ppk: true, tags: tags() })),
        Command::ImportKeyPair(Box::new(ImportKeyPair { name: "two".into(), public_key: "ssh-rsa AAAA".into(), tags: tags() })),
        Command::DeleteKeyPair(KeyPairNamed::Name("one".into())),
        Command::DeleteKeyPair(KeyPairNamed::Id(n(1))),
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
    ]
}

pub(super) fn transit_commands() -> Vec<Command> {
    use TransitAct as T;
    let options = TransitOptions { dns_support: false, group_references: false, ipv6: true, appliance_mode: true };
    let block = |text: &str| text.parse().unwrap();
    let all = [
        T::CreateGateway(NewTransitGateway {
            description: "hub".into(),
            amazon_side_asn: 64_600,
            auto_accept: true,
            vpn_ecmp: false,
            dns_support: false,
            association: false,
            propagation: true,
            tags: tags(),
        }),
        T::ModifyGateway(
            n(1),
            TransitGatewayChange {
                description: Some("core".into()),
                amazon_side_asn: Some(64_601),
                auto_accept: Some(false),
                vpn_ecmp: Some(true),
                dns_support: Some(true),
                association: Some(Some(n(2))),
                propagation: Some(None),
            },
        ),
        T::DeleteGateway(n(1)),
        T::CreateAttachment(NewTransitAttachment { gateway: n(1), vpc: n(2), subnets: vec![n(3), n(4)], options, tags: tags() }),
        T::ModifyAttachment(
            n(1),
            TransitAttachmentChange {
                add: vec![n(2)],
                remove: vec![n(3)],
                dns_support: Some(true),
                group_references: Some(false),
                ipv6: Some(true),
                appliance_mode: Some(false),
            },
        ),
        T::DeleteAttachment(n(1)),
        T::CreateTable(n(1), tags()),
        T::DeleteTable(n(1)),
        T::Associate(n(1), n(2), true),
        T::Associate(n(1), n(2), false),
        T::Propagate(n(1), n(2), true),
        T::Propagate(n(1), n(2), false),
        T::SetRoute { table: n(1), destination: block("10.0.0.0/8"), to: Some(n(2)), blackhole: false, replace: false },
        T::SetRoute { table: n(1), destination: block("2001:db8::/32"), to: None, blackhole: true, replace: true },
        T::DeleteRoute(n(1), block("10.0.0.0/8")),
    ];
    all.map(|command| Command::Transit(Box::new(command))).to_vec()
}
