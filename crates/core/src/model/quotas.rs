//! What AWS limits, as settings, and the rules that may be switched.

/// The product of rules a group and groups an ENI that AWS never goes beyond (`S9`).
pub const RULES_PER_ENI: usize = 1_000;

/// AWS's default quotas, as settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Quotas {
    /// VPCs in the region.
    pub vpcs: usize,
    /// IPv4 blocks of a VPC (`E47`).
    pub blocks_per_vpc: usize,
    /// IPv6 blocks of a VPC.
    pub ipv6_blocks_per_vpc: usize,
    /// Subnets of a VPC.
    pub subnets_per_vpc: usize,
    /// ENIs in the region (`E86`).
    pub enis: usize,
    /// Elastic IPs in the region (`A13`).
    pub elastic_ips: usize,
    /// Security groups in the region (`S9`).
    pub groups: usize,
    /// Rules of a group in one direction and family (`S9`).
    pub rules_per_group: usize,
    /// Managed prefix lists in the region.
    pub prefix_lists: usize,
    /// Groups of an ENI (`S9`).
    pub groups_per_eni: usize,
    /// Rules of an ACL in one direction and family, the final deny in them (`N14`).
    pub rules_per_acl: usize,
    /// Network ACLs of a VPC.
    pub acls_per_vpc: usize,
    /// Routes of a table in one family (`R17`).
    pub routes_per_table: usize,
    /// Route tables of a VPC.
    pub route_tables_per_vpc: usize,
    /// Internet gateways in the region.
    pub internet_gateways: usize,
    /// Gateway endpoints in the region.
    pub gateway_endpoints: usize,
    /// Interface endpoints of a VPC.
    pub interface_endpoints_per_vpc: usize,
    /// Flow logs of one VPC, subnet or ENI.
    pub flow_logs_per_resource: usize,
    /// VPC peering connections of a VPC that are not over.
    pub peerings_per_vpc: usize,
    /// NAT gateways of an Availability Zone (`R49`).
    pub nat_gateways_per_zone: usize,
    /// Egress-only internet gateways in the region.
    pub egress_only_gateways: usize,
    /// Virtual private gateways in the region.
    pub vpn_gateways: usize,
    /// Customer gateways in the region.
    pub customer_gateways: usize,
    /// Connections of a virtual private gateway.
    pub vpn_connections_per_gateway: usize,
    /// Propagated routes of a table (`R17`).
    pub propagated_routes_per_table: usize,
    /// Addresses of a NAT gateway (`R43`).
    pub addresses_per_nat_gateway: usize,
}

impl Default for Quotas {
    fn default() -> Quotas {
        Quotas {
            vpcs: 5,
            blocks_per_vpc: 5,
            ipv6_blocks_per_vpc: 5,
            subnets_per_vpc: 200,
            enis: 5_000,
            elastic_ips: 5,
            groups: 2_500,
            rules_per_group: 60,
            prefix_lists: 100,
            groups_per_eni: 5,
            rules_per_acl: 20,
            acls_per_vpc: 200,
            routes_per_table: 50,
            route_tables_per_vpc: 200,
            internet_gateways: 5,
            gateway_endpoints: 20,
            interface_endpoints_per_vpc: 50,
            flow_logs_per_resource: 2,
            peerings_per_vpc: 50,
            nat_gateways_per_zone: 5,
            egress_only_gateways: 5,
            vpn_gateways: 5,
            customer_gateways: 50,
            vpn_connections_per_gateway: 10,
            propagated_routes_per_table: 100,
            addresses_per_nat_gateway: 8,
        }
    }
}

/// Rules that changed over the years or that sources tell differently, as switches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Switches {
    /// Whether an ENI of another VPC may be attached as a secondary one (`E21`: since October 2023).
    pub attach_across_vpcs: bool,
}

impl Default for Switches {
    fn default() -> Switches {
        Switches { attach_across_vpcs: true }
    }
}
