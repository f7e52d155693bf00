//! The quotas that Service Quotas knows: each with its code, and the setting that it is.
//!
//! Codes and names are those of AWS's own pages of quotas. Quotas without a code there (prefix lists, flow logs, propagated routes) are settings that
//! a document has and no call changes.

use super::quotas::Quotas;

/// The highest value that any quota may have here.
pub const MOST: usize = 1_000_000;

/// Whose quotas they are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum QuotaService {
    /// Amazon EC2.
    Ec2,
    /// Amazon VPC.
    Vpc,
}

impl QuotaService {
    /// Both.
    pub const ALL: [QuotaService; 2] = [QuotaService::Ec2, QuotaService::Vpc];

    /// What Service Quotas calls it.
    pub fn code(self) -> &'static str {
        match self {
            QuotaService::Ec2 => "ec2",
            QuotaService::Vpc => "vpc",
        }
    }

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            QuotaService::Ec2 => "Amazon Elastic Compute Cloud (Amazon EC2)",
            QuotaService::Vpc => "Amazon Virtual Private Cloud (Amazon VPC)",
        }
    }
}

/// Writes the enum and what is known of each quota: its setting, its service, its code, its name, and how far AWS raises it.
macro_rules! quotas {
    ($($variant:ident: $field:ident, $service:ident, $code:literal, $name:literal, $most:expr;)*) => {
        /// A quota that Service Quotas knows. In the order of services and codes.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
        pub enum Quota { $(#[doc = $name] $variant,)* }

        impl Quota {
            /// Every quota, by service and code.
            pub const ALL: &[Quota] = &[$(Quota::$variant,)*];

            /// Whose it is.
            pub fn service(self) -> QuotaService {
                match self { $(Quota::$variant => QuotaService::$service,)* }
            }

            /// Its code: `L-F678F1CE`.
            pub fn code(self) -> &'static str {
                match self { $(Quota::$variant => $code,)* }
            }

            /// Its name.
            pub fn name(self) -> &'static str {
                match self { $(Quota::$variant => $name,)* }
            }

            /// How far it can be raised.
            pub fn most(self) -> usize {
                match self { $(Quota::$variant => $most,)* }
            }

            /// Its value.
            pub fn of(self, quotas: &Quotas) -> usize {
                match self { $(Quota::$variant => quotas.$field,)* }
            }

            /// Its value, to be changed.
            pub fn of_mut(self, quotas: &mut Quotas) -> &mut usize {
                match self { $(Quota::$variant => &mut quotas.$field,)* }
            }
        }
    };
}

quotas! {
    ElasticIps: elastic_ips, Ec2, "L-0263D0A3", "EC2-VPC Elastic IPs", MOST;
    CustomerGateways: customer_gateways, Ec2, "L-4FB7FF5D", "Customer gateways per region", MOST;
    VpnGateways: vpn_gateways, Ec2, "L-7029FAB6", "Virtual private gateways per region", MOST;
    VpnConnectionsPerGateway: vpn_connections_per_gateway, Ec2, "L-B91E5754", "VPN connections per VGW", MOST;
    Ipv6BlocksPerVpc: ipv6_blocks_per_vpc, Vpc, "L-085A6257", "IPv6 CIDR blocks per VPC", 50;
    RulesPerGroup: rules_per_group, Vpc, "L-0EA8095F", "Inbound or outbound rules per security group", MOST;
    GatewayEndpoints: gateway_endpoints, Vpc, "L-1B52E74A", "Gateway VPC endpoints per Region", MOST;
    InterfaceEndpointsPerVpc: interface_endpoints_per_vpc, Vpc, "L-29B6F2EB", "Interface VPC endpoints per VPC", MOST;
    RulesPerAcl: rules_per_acl, Vpc, "L-2AEEBF1A", "Rules per network ACL", 40;
    GroupsPerEni: groups_per_eni, Vpc, "L-2AFB9258", "Security groups per network interface", 16;
    SubnetsPerVpc: subnets_per_vpc, Vpc, "L-407747CB", "Subnets per VPC", MOST;
    EgressOnlyGateways: egress_only_gateways, Vpc, "L-45FE3B85", "Egress-only internet gateways per Region", MOST;
    RouteTablesPerVpc: route_tables_per_vpc, Vpc, "L-589F43AA", "Route tables per VPC", MOST;
    PeeringsPerVpc: peerings_per_vpc, Vpc, "L-7E9ECCDB", "Active VPC peering connections per VPC", 125;
    BlocksPerVpc: blocks_per_vpc, Vpc, "L-83CA0A9D", "IPv4 CIDR blocks per VPC", 50;
    RoutesPerTable: routes_per_table, Vpc, "L-93826ACB", "Routes per route table", 1_000;
    InternetGateways: internet_gateways, Vpc, "L-A4707A72", "Internet gateways per Region", MOST;
    AclsPerVpc: acls_per_vpc, Vpc, "L-B4A6D682", "Network ACLs per VPC", MOST;
    Enis: enis, Vpc, "L-DF5E4CA3", "Network interfaces per Region", MOST;
    AddressesPerNatGateway: addresses_per_nat_gateway, Vpc, "L-DFA99DE7", "Private IP addresses per NAT gateway", MOST;
    Groups: groups, Vpc, "L-E79EC296", "VPC security groups per Region", MOST;
    Vpcs: vpcs, Vpc, "L-F678F1CE", "VPCs per Region", MOST;
    NatGatewaysPerZone: nat_gateways_per_zone, Vpc, "L-FE5A380F", "NAT gateways per Availability Zone", MOST;
}
