//! What describe calls list.

/// The kinds of objects that describe calls list.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// VPCs.
    Vpcs,
    /// DHCP option sets.
    DhcpOptions,
    /// Subnets.
    Subnets,
    /// Network interfaces.
    NetworkInterfaces,
    /// Instances, by the launch that made them.
    Reservations,
    /// How instances are.
    InstanceStatuses,
    /// Elastic IP addresses.
    Addresses,
    /// Security groups.
    SecurityGroups,
    /// Rules of security groups.
    SecurityGroupRules,
    /// Managed prefix lists: the account's own, and those that AWS keeps.
    ManagedPrefixLists,
    /// The prefix lists that AWS keeps, with their blocks.
    PrefixLists,
    /// The entries of one prefix list.
    PrefixListEntries,
    /// What names one prefix list.
    PrefixListAssociations,
    /// The groups that ENIs of one VPC may have.
    SecurityGroupsForVpc,
    /// Which groups of other VPCs name a group.
    SecurityGroupReferences,
    /// Groups with rules that fit nothing any more.
    StaleSecurityGroups,
    /// Network ACLs.
    NetworkAcls,
    /// Route tables.
    RouteTables,
    /// Internet gateways.
    InternetGateways,
    /// NAT gateways.
    NatGateways,
    /// Egress-only internet gateways.
    EgressOnlyInternetGateways,
    /// Virtual private gateways.
    VpnGateways,
    /// Customer gateways.
    CustomerGateways,
    /// VPN connections.
    VpnConnections,
    /// Reservations of ranges of IPv4 of subnets.
    SubnetIpv4Reservations,
    /// The same of IPv6.
    SubnetIpv6Reservations,
    /// Private hosted zones.
    HostedZones,
    /// One of them, with the VPCs that see it.
    HostedZone,
    /// What one of them says.
    ResourceRecordSets,
    /// Those that a VPC sees.
    HostedZonesOfVpc,
    /// How far a change of names has come.
    DnsChange,
    /// Load balancers.
    LoadBalancers,
    /// Their listeners.
    Listeners,
    /// Attributes of one of them.
    LoadBalancerAttributes,
    /// Target groups.
    TargetGroups,
    /// Attributes of one of them.
    TargetGroupAttributes,
    /// How well the targets of one of them are.
    TargetHealth,
    /// Functions.
    Functions,
    /// One of them, with where its code is.
    Function,
    /// The same without.
    FunctionConfiguration,
    /// File systems.
    FileSystems,
    /// Mount targets.
    MountTargets,
    /// The groups of one of them.
    MountTargetGroups,
    /// VPC endpoints.
    VpcEndpoints,
    /// Services that have VPC endpoints.
    VpcEndpointServices,
    /// Flow logs.
    FlowLogs,
    /// Log groups of CloudWatch Logs.
    LogGroups,
    /// CloudWatch alarms.
    Alarms,
    /// Key pairs.
    KeyPairs,
    /// VPC peering connections.
    VpcPeeringConnections,
    /// Transit gateways.
    TransitGateways,
    /// Route tables of transit gateways.
    TransitGatewayRouteTables,
    /// Attachments of VPCs to transit gateways.
    TransitGatewayVpcAttachments,
    /// The same, with the tables that they use.
    TransitGatewayAttachments,
    /// The routes of one table of a transit gateway.
    TransitGatewayRoutes,
    /// The attachments that use one table.
    TransitGatewayRouteTableAssociations,
    /// The attachments that fill one table.
    TransitGatewayRouteTablePropagations,
    /// The tables that one attachment fills.
    TransitGatewayAttachmentPropagations,
    /// Tags of everything.
    Tags,
    /// The region's Availability Zones.
    AvailabilityZones,
    /// The regions of AWS.
    Regions,
    /// Who asks, which is one and no list.
    CallerIdentity,
    /// Instance types.
    InstanceTypes,
    /// Images.
    Images,
    /// Requests for spot instances.
    SpotInstanceRequests,
    /// Quotas in force.
    ServiceQuotas,
    /// Quotas as every account begins with them.
    DefaultServiceQuotas,
    /// Attributes of the account.
    AccountAttributes,
}

impl Kind {
    /// Whether it is load balancing's, whose calls name things by ARNs.
    pub(super) const fn is_of_balancing(self) -> bool {
        matches!(
            self,
            Kind::LoadBalancers
                | Kind::Listeners
                | Kind::LoadBalancerAttributes
                | Kind::TargetGroups
                | Kind::TargetGroupAttributes
                | Kind::TargetHealth
        )
    }

    /// Whether it is Route 53's, whose answers have a form of their own.
    pub(super) const fn is_of_names(self) -> bool {
        matches!(self, Kind::HostedZones | Kind::HostedZone | Kind::ResourceRecordSets | Kind::HostedZonesOfVpc | Kind::DnsChange)
    }

    /// Whether it is Lambda's or EFS's, whose answers have forms of their own, too.
    pub(super) const fn is_of_services(self) -> bool {
        matches!(self, Kind::Functions | Kind::Function | Kind::FunctionConfiguration)
            || matches!(self, Kind::FileSystems | Kind::MountTargets | Kind::MountTargetGroups)
    }
}
