//! The filters of each describe call, as [`crate::aws::filter`] reads them: words that lead to members of the reply.

/// Of DescribeVpcs.
pub const VPC: &str = "tag vpc-id cidr=CidrBlock owner-id state is-default isDefault=IsDefault \
    cidr-block-association.cidr-block=CidrBlockAssociationSet.CidrBlock \
    cidr-block-association.association-id=CidrBlockAssociationSet.AssociationId \
    cidr-block-association.state=CidrBlockAssociationSet.CidrBlockState.State \
    ipv6-cidr-block-association.ipv6-cidr-block=Ipv6CidrBlockAssociationSet.Ipv6CidrBlock \
    ipv6-cidr-block-association.association-id=Ipv6CidrBlockAssociationSet.AssociationId \
    ipv6-cidr-block-association.state=Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.State \
    dhcp-options-id !ipv6-cidr-block-association.ipv6-pool";

/// Of DescribeSubnets.
pub const SUBNET: &str = "tag subnet-id vpc-id subnet-arn owner-id state availability-zone availability-zone-id \
    availabilityZone=AvailabilityZone availabilityZoneId=AvailabilityZoneId available-ip-address-count cidr-block cidr=CidrBlock \
    cidrBlock=CidrBlock default-for-az defaultForAz=DefaultForAz map-public-ip-on-launch \
    enable-dns64 ipv6-native private-dns-name-options-on-launch.hostname-type=PrivateDnsNameOptionsOnLaunch.HostnameType \
    private-dns-name-options-on-launch.enable-resource-name-dns-a-record=PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsARecord \
    private-dns-name-options-on-launch.enable-resource-name-dns-aaaa-record=PrivateDnsNameOptionsOnLaunch.EnableResourceNameDnsAAAARecord \
    ipv6-cidr-block-association.ipv6-cidr-block=Ipv6CidrBlockAssociationSet.Ipv6CidrBlock \
    ipv6-cidr-block-association.association-id=Ipv6CidrBlockAssociationSet.AssociationId \
    ipv6-cidr-block-association.state=Ipv6CidrBlockAssociationSet.Ipv6CidrBlockState.State \
    !customer-owned-ipv4-pool !enable-lni-at-device-index !map-customer-owned-ip-on-launch !outpost-arn";

/// Of DescribeInternetGateways.
pub const INTERNET_GATEWAY: &str = "tag internet-gateway-id owner-id attachment.state attachment.vpc-id";

/// Of DescribeEgressOnlyInternetGateways.
pub const EGRESS_ONLY_GATEWAY: &str = "tag";

/// Of DescribeNatGateways.
pub const NAT_GATEWAY: &str = "tag nat-gateway-id state subnet-id vpc-id";

/// Of DescribeVpnGateways.
pub const VPN_GATEWAY: &str = "tag vpn-gateway-id state type amazon-side-asn attachment.state=VpcAttachments.State attachment.vpc-id=VpcAttachments.VpcId \
    !availability-zone";

/// Of DescribeCustomerGateways.
pub const CUSTOMER_GATEWAY: &str = "tag customer-gateway-id ip-address bgp-asn state type";

/// Of DescribeVpnConnections.
pub const VPN_CONNECTION: &str = "tag vpn-connection-id customer-gateway-id vpn-gateway-id state type \
    option.static-routes-only=Options.StaticRoutesOnly route.destination-cidr-block=Routes.DestinationCidrBlock \
    !customer-gateway-configuration !bgp-asn !transit-gateway-id";

/// Of GetSecurityGroupsForVpc.
pub const GROUP_FOR_VPC: &str = "group-id description group-name owner-id primary-vpc-id";

/// Of DescribeManagedPrefixLists.
pub const MANAGED_PREFIX_LIST: &str = "tag owner-id prefix-list-id prefix-list-name";

/// Of DescribePrefixLists.
pub const PREFIX_LIST: &str = "prefix-list-id prefix-list-name";

/// Of DescribeSecurityGroups.
pub const GROUP: &str = "tag group-id group-name description owner-id vpc-id \
    ip-permission.cidr=IpPermissions.IpRanges.CidrIp ip-permission.ipv6-cidr=IpPermissions.Ipv6Ranges.CidrIpv6 \
    ip-permission.from-port ip-permission.to-port ip-permission.protocol=IpPermissions.IpProtocol \
    ip-permission.group-id=IpPermissions.UserIdGroupPairs.GroupId ip-permission.user-id=IpPermissions.UserIdGroupPairs.UserId \
    ip-permission.prefix-list-id=IpPermissions.PrefixListIds.PrefixListId \
    egress.ip-permission.cidr=IpPermissionsEgress.IpRanges.CidrIp egress.ip-permission.ipv6-cidr=IpPermissionsEgress.Ipv6Ranges.CidrIpv6 \
    egress.ip-permission.from-port=IpPermissionsEgress.FromPort egress.ip-permission.to-port=IpPermissionsEgress.ToPort \
    egress.ip-permission.protocol=IpPermissionsEgress.IpProtocol \
    egress.ip-permission.group-id=IpPermissionsEgress.UserIdGroupPairs.GroupId \
    egress.ip-permission.user-id=IpPermissionsEgress.UserIdGroupPairs.UserId \
    egress.ip-permission.prefix-list-id=IpPermissionsEgress.PrefixListIds.PrefixListId \
    !ip-permission.group-name !egress.ip-permission.group-name";

/// Of DescribeSecurityGroupRules.
pub const GROUP_RULE: &str = "tag group-id security-group-rule-id";

/// Of DescribeNetworkAcls.
pub const NETWORK_ACL: &str = "tag network-acl-id vpc-id owner-id default=IsDefault \
    association.association-id=Associations.NetworkAclAssociationId association.network-acl-id association.subnet-id \
    entry.cidr=Entries.CidrBlock entry.ipv6-cidr=Entries.Ipv6CidrBlock entry.egress=Entries.Egress entry.protocol=Entries.Protocol \
    entry.rule-action=Entries.RuleAction entry.rule-number=Entries.RuleNumber entry.port-range.from=Entries.PortRange.From \
    entry.port-range.to=Entries.PortRange.To entry.icmp.type=Entries.IcmpTypeCode.Type entry.icmp.code=Entries.IcmpTypeCode.Code";

/// Of DescribeRouteTables.
pub const ROUTE_TABLE: &str = "tag route-table-id vpc-id owner-id association.main association.subnet-id association.gateway-id \
    association.route-table-id association.route-table-association-id route.destination-cidr-block route.destination-ipv6-cidr-block \
    route.destination-prefix-list-id route.egress-only-internet-gateway-id route.gateway-id route.instance-id route.nat-gateway-id \
    route.network-interface-id route.transit-gateway-id route.vpc-peering-connection-id route.origin route.state";

/// Of DescribeNetworkInterfaces (`C2`).
pub const INTERFACE: &str = "tag network-interface-id subnet-id vpc-id availability-zone availability-zone-id owner-id description \
    interface-type mac-address status source-dest-check requester-id requester-managed private-dns-name \
    private-ip-address=PrivateIpAddresses.PrivateIpAddress group-id=Groups.GroupId group-name=Groups.GroupName \
    addresses.private-ip-address=PrivateIpAddresses.PrivateIpAddress addresses.primary=PrivateIpAddresses.Primary \
    addresses.association.public-ip=PrivateIpAddresses.Association.PublicIp \
    addresses.association.owner-id=PrivateIpAddresses.Association.IpOwnerId \
    association.allocation-id association.association-id association.ip-owner-id association.public-ip association.public-dns-name \
    attachment.attach-time attachment.attachment-id attachment.delete-on-termination attachment.device-index attachment.instance-id \
    attachment.instance-owner-id attachment.status ipv6-addresses.ipv6-address \
    !operator.managed !operator.principal";

/// Of DescribeAddresses.
pub const ADDRESS: &str = "tag allocation-id association-id domain instance-id network-border-group network-interface-id \
    network-interface-owner-id private-ip-address public-ip";

/// Of DescribeInstances; the launch's own facts stand with each instance.
pub const INSTANCE: &str = "tag instance-id instance-type image-id instance-lifecycle launch-time vpc-id subnet-id private-ip-address \
    private-dns-name source-dest-check reservation-id owner-id ip-address=PublicIpAddress dns-name=PublicDnsName \
    instance-state-name=State.Name instance-state-code=State.Code availability-zone=Placement.AvailabilityZone \
    availability-zone-id=Placement.AvailabilityZoneId tenancy=Placement.Tenancy \
    instance.group-id=SecurityGroups.GroupId instance.group-name=SecurityGroups.GroupName \
    network-interface.addresses.association.ip-owner-id=NetworkInterfaces.PrivateIpAddresses.Association.IpOwnerId \
    network-interface.addresses.association.public-ip=NetworkInterfaces.PrivateIpAddresses.Association.PublicIp \
    network-interface.addresses.primary=NetworkInterfaces.PrivateIpAddresses.Primary \
    network-interface.addresses.private-ip-address=NetworkInterfaces.PrivateIpAddresses.PrivateIpAddress \
    network-interface.association.ip-owner-id \
    network-interface.association.public-dns-name network-interface.association.public-ip \
    network-interface.attachment.attach-time network-interface.attachment.attachment-id \
    network-interface.attachment.delete-on-termination network-interface.attachment.device-index \
    network-interface.attachment.instance-id=InstanceId network-interface.attachment.instance-owner-id=OwnerId \
    network-interface.attachment.network-card-index network-interface.attachment.status \
    network-interface.description network-interface.group-id=NetworkInterfaces.Groups.GroupId \
    network-interface.group-name=NetworkInterfaces.Groups.GroupName network-interface.ipv6-addresses.ipv6-address \
    network-interface.mac-address network-interface.network-interface-id network-interface.owner-id network-interface.private-dns-name \
    network-interface.private-ip-address network-interface.source-dest-check network-interface.status network-interface.subnet-id \
    network-interface.vpc-id architecture hypervisor root-device-type state-reason-code=StateReason.Code \
    state-reason-message=StateReason.Message \
    reason=StateTransitionReason key-name hibernation-options.configured metadata-options.http-tokens metadata-options.http-endpoint \
    metadata-options.http-put-response-hop-limit metadata-options.http-protocol-ipv6 metadata-options.instance-metadata-tags \
    metadata-options.state ipv6-address=NetworkInterfaces.Ipv6Addresses.Ipv6Address \
    network-interface.availability-zone=Placement.AvailabilityZone \
    !affinity !block-device-mapping.attach-time !block-device-mapping.delete-on-termination !block-device-mapping.device-name \
    !block-device-mapping.status !block-device-mapping.volume-id !boot-mode !capacity-reservation-id !client-token !host-id \
    !iam-instance-profile.arn !kernel-id !launch-index \
    !monitoring-state !outpost-arn !placement-group-name !placement-partition-number !platform !platform-details !product-code \
    !ramdisk-id !requester-id !root-device-name !spot-instance-request-id !usage-operation !virtualization-type \
    ena-support network-interface.addresses.association.public-dns-name=NetworkInterfaces.PrivateIpAddresses.Association.PublicDnsName \
    network-interface.addresses.private-dns-name=NetworkInterfaces.PrivateIpAddresses.PrivateDnsName \
    network-interface.ipv4-prefixes.ipv4-prefix network-interface.ipv6-address=NetworkInterfaces.Ipv6Addresses.Ipv6Address \
    network-interface.ipv6-addresses.is-primary-ipv6 network-interface.ipv6-prefixes.ipv6-prefix \
    network-interface.public-dns-name=NetworkInterfaces.Association.PublicDnsName \
    !capacity-reservation-specification.capacity-reservation-preference \
    !capacity-reservation-specification.capacity-reservation-target.capacity-reservation-id \
    !capacity-reservation-specification.capacity-reservation-target.capacity-reservation-resource-group-arn !current-instance-boot-mode \
    !ebs-optimized !enclave-options.enabled !iam-instance-profile.id !maintenance-options.auto-recovery \
    !metadata-options.http-protocol-ipv4 !network-interface.addresses.association.allocation-id \
    !network-interface.addresses.association.association-id !network-interface.addresses.association.carrier-ip \
    !network-interface.addresses.association.customer-owned-ip !network-interface.association.allocation-id \
    !network-interface.association.association-id !network-interface.association.carrier-ip \
    !network-interface.association.customer-owned-ip !network-interface.deny-all-igw-traffic !network-interface.ipv6-native \
    !network-interface.operator.managed !network-interface.operator.principal !network-interface.outpost-arn \
    !network-interface.requester-id !network-interface.requester-managed !network-interface.tag-key !network-interface.tag-value \
    !network-performance-options.bandwidth-weighting !operator.managed !operator.principal \
    !private-dns-name-options.enable-resource-name-dns-a-record !private-dns-name-options.enable-resource-name-dns-aaaa-record \
    !private-dns-name-options.hostname-type !product-code.type !tpm-support !usage-operation-update-time";

/// Of DescribeTags.
pub const TAGGED: &str = "tag key resource-id resource-type value";

/// Of DescribeAvailabilityZones.
pub const ZONE: &str = "zone-name zone-id zone-type region-name group-name state opt-in-status message=Messages.Message \
    !group-long-name !parent-zone-id !parent-zone-name";

/// Of DescribeInstanceTypes.
pub const INSTANCE_TYPE: &str = "instance-type network-info.maximum-network-interfaces network-info.maximum-network-cards \
    network-info.ipv4-addresses-per-interface network-info.ipv6-addresses-per-interface network-info.ipv6-supported \
    network-info.network-performance \
    !auto-recovery-supported !bare-metal !burstable-performance-supported !current-generation !dedicated-hosts-supported !free-tier-eligible \
    !hibernation-supported !hypervisor !instance-storage-supported !memory-info.size-in-mib !network-info.efa-supported \
    !network-info.ena-support !processor-info.supported-architecture !supported-root-device-type \
    !supported-usage-class !vcpu-info.default-cores !vcpu-info.default-vcpus \
    !ebs-info.attachment-limit-type !ebs-info.maximum-ebs-attachments !ebs-info.ebs-optimized-info.baseline-bandwidth-in-mbps \
    !ebs-info.ebs-optimized-info.baseline-iops !ebs-info.ebs-optimized-info.baseline-throughput-in-mbps \
    !ebs-info.ebs-optimized-info.maximum-bandwidth-in-mbps !ebs-info.ebs-optimized-info.maximum-iops \
    !ebs-info.ebs-optimized-info.maximum-throughput-in-mbps !ebs-info.ebs-optimized-support !ebs-info.encryption-support \
    !ebs-info.nvme-support !instance-storage-info.disk.count !instance-storage-info.disk.size-in-gb !instance-storage-info.disk.type \
    !instance-storage-info.encryption-support !instance-storage-info.nvme-support !instance-storage-info.total-size-in-gb \
    !network-info.bandwidth-weightings !network-info.efa-info.maximum-efa-interfaces !network-info.flexible-ena-queues-support \
    !network-info.encryption-in-transit-supported !nitro-enclaves-support !nitro-tpm-support !nitro-tpm-info.supported-versions \
    !processor-info.sustained-clock-speed-in-ghz !processor-info.supported-features !reboot-migration-support !supported-boot-mode \
    !supported-virtualization-type !vcpu-info.default-threads-per-core !vcpu-info.valid-cores !vcpu-info.valid-threads-per-core";
