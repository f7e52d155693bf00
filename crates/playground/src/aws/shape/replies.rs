//! In which order a command line prints what a reply holds: that of AWS's service model, which all tables of members keep.

use super::hosted_zone::VPC_OF_ZONE;
use super::tables::{ATTACHMENT, ID, INSTANCE, METADATA_OPTIONS, NAT_ADDRESSES, PERMISSIONS, SERVICE_PREFIX_LIST};
use super::{DERIVED, SHAPES, function, quota, reservation, transit};
use crate::aws::member::{Member, Wire, derived};
use crate::aws::{metrics, records};

/// Replies whose members stand in another order than that of their names: the calls, and the members.
#[rustfmt::skip]
pub const REPLY_ORDERS: &[(&str, &str)] = &[
    ("AllocateAddress", "AllocationId PublicIpv4Pool NetworkBorderGroup Domain PublicIp"),
    ("AssignPrivateIpAddresses", "NetworkInterfaceId AssignedPrivateIpAddresses AssignedIpv4Prefixes"),
    ("AssociateNatGatewayAddress DisassociateNatGatewayAddress AssignPrivateNatGatewayAddress UnassignPrivateNatGatewayAddress",
        "NatGatewayId NatGatewayAddresses"),
    ("CreateFileSystem",
        "OwnerId CreationToken FileSystemId FileSystemArn CreationTime LifeCycleState Name NumberOfMountTargets SizeInBytes PerformanceMode \
         Encrypted ThroughputMode Tags"),
    ("CreateFunction GetFunctionConfiguration UpdateFunctionConfiguration",
        "FunctionName FunctionArn Runtime Role Handler Description Timeout MemorySize LastModified Version VpcConfig State StateReason \
         StateReasonCode LastUpdateStatus LastUpdateStatusReasonCode PackageType Architectures"),
    ("CreateHostedZone", "HostedZone ChangeInfo VPC Location"),
    ("CreateKeyPair", "KeyPairId Tags KeyName KeyFingerprint KeyMaterial"),
    ("CreateMountTarget",
        "OwnerId MountTargetId FileSystemId SubnetId LifeCycleState IpAddress NetworkInterfaceId AvailabilityZoneId AvailabilityZoneName VpcId"),
    ("CreateNetworkAcl", "NetworkAcl ClientToken"),
    ("CreateNetworkInterface", "NetworkInterface ClientToken"),
    ("CreateRouteTable", "RouteTable ClientToken"),
    ("CreateVpcEndpoint", "VpcEndpoint ClientToken"),
    ("DeleteKeyPair", "Return KeyPairId"),
    ("DeleteSecurityGroup", "Return GroupId"),
    ("DescribeInstanceAttribute",
        "DisableApiTermination EnaSupport EnclaveOptions EbsOptimized InstanceId InstanceInitiatedShutdownBehavior InstanceType KernelId \
         ProductCodes RamdiskId RootDeviceName SourceDestCheck UserData DisableApiStop Groups"),
    ("DescribeNetworkInterfaceAttribute",
        "Attachment Description Groups NetworkInterfaceId SourceDestCheck AssociatePublicIpAddress"),
    ("DescribeVpcEndpointServices", "ServiceNames ServiceDetails"),
    ("FilterLogEvents", "events searchedLogStreams nextToken"),
    ("DescribeAlarms", "CompositeAlarms MetricAlarms"),
    ("GetCallerIdentity", "UserId Account Arn"),
    ("GetLogEvents", "events nextForwardToken nextBackwardToken"),
    ("GetFunction", "Configuration Code"),
    ("GetMetricData", "MetricDataResults NextToken Messages"),
    ("GetMetricStatistics", "Label Datapoints"),
    ("ImportKeyPair", "KeyFingerprint KeyName KeyPairId Tags"),
    ("Invoke", "StatusCode FunctionError ExecutedVersion"),
    ("ReplaceRouteTableAssociation", "NewAssociationId AssociationState"),
    ("RevokeSecurityGroupEgress RevokeSecurityGroupIngress", "Return UnknownIpPermissions RevokedSecurityGroupRules"),
    ("RunInstances", "ReservationId OwnerId Instances"),
    ("SearchTransitGatewayRoutes", "Routes AdditionalRoutesAvailable"),
];

const TEXT: Wire = Wire::Text;
const STATE: Wire = Wire::Struct(&[derived("Code", Wire::Integer), derived("Name", TEXT)]);
const STATE_CHANGES: Wire =
    Wire::List(&Wire::Struct(&[derived("InstanceId", ID), derived("CurrentState", STATE), derived("PreviousState", STATE)]));
const RESERVATION: Wire = Wire::Struct(reservation::RESERVATION);

/// Members of replies to which no list of a describe call leads.
pub const REPLY_MEMBERS: &[Member] = &[
    derived("Association", Wire::Struct(transit::MADE_ASSOCIATION)),
    derived("Attachment", Wire::Struct(ATTACHMENT)),
    derived("CancelledSpotInstanceRequests", Wire::List(&Wire::Struct(&[derived("SpotInstanceRequestId", TEXT), derived("State", TEXT)]))),
    derived(
        "ChangeInfo",
        Wire::Struct(&[derived("Id", TEXT), derived("Status", TEXT), derived("SubmittedAt", Wire::Time), derived("Comment", TEXT)]),
    ),
    derived("Configuration", Wire::Struct(function::FUNCTION)),
    derived("DeletedSubnetCidrReservation", RESERVATION),
    derived("InstanceMetadataOptions", METADATA_OPTIONS),
    derived(
        "InstanceMonitorings",
        Wire::List(&Wire::Struct(&[derived("InstanceId", ID), derived("Monitoring", Wire::Struct(&[derived("State", TEXT)]))])),
    ),
    derived("Instances", Wire::List(&Wire::Struct(INSTANCE))),
    derived(
        "Ipv6CidrBlockAssociation",
        Wire::Struct(&[
            derived("AssociationId", ID),
            derived("Ipv6CidrBlock", Wire::Ipv6Block),
            derived("Ipv6CidrBlockState", Wire::Struct(&[derived("State", TEXT)])),
            derived("NetworkBorderGroup", TEXT),
            derived("Ipv6Pool", TEXT),
        ]),
    ),
    derived("NatGatewayAddresses", NAT_ADDRESSES),
    derived("Propagation", Wire::Struct(transit::MADE_PROPAGATION)),
    derived("Quota", Wire::Struct(quota::QUOTA)),
    derived(
        "RequestedQuota",
        Wire::Struct(&[
            derived("ServiceCode", TEXT),
            derived("ServiceName", TEXT),
            derived("QuotaCode", TEXT),
            derived("QuotaName", TEXT),
            derived("DesiredValue", Wire::Number),
            derived("Status", TEXT),
            derived("Requester", TEXT),
            derived("QuotaArn", TEXT),
            derived("GlobalQuota", Wire::Boolean),
            derived("Unit", TEXT),
            derived("QuotaRequestedAtLevel", TEXT),
        ]),
    ),
    derived(
        "RevokedSecurityGroupRules",
        Wire::List(&Wire::Struct(&[
            derived("SecurityGroupRuleId", ID),
            derived("GroupId", ID),
            derived("IsEgress", Wire::Boolean),
            derived("IpProtocol", TEXT),
            derived("FromPort", Wire::Integer),
            derived("ToPort", Wire::Integer),
            derived("CidrIpv4", Wire::Ipv4Block),
            derived("CidrIpv6", Wire::Ipv6Block),
            derived("PrefixListId", ID),
            derived("ReferencedGroupId", ID),
            derived("Description", TEXT),
        ])),
    ),
    derived("StartingInstances", STATE_CHANGES),
    derived("StoppingInstances", STATE_CHANGES),
    derived("SubnetCidrReservation", RESERVATION),
    derived("TerminatingInstances", STATE_CHANGES),
    derived("UnknownIpPermissions", PERMISSIONS),
    derived("VPC", Wire::Struct(VPC_OF_ZONE)),
    derived("VPCs", Wire::List(&Wire::Struct(VPC_OF_ZONE))),
    derived("VpcAttachment", Wire::Struct(&[derived("VpcId", ID), derived("State", TEXT)])),
];

/// The names of a reply's own members in their order; nothing where that is the order of the names.
pub(crate) fn reply_order(call: &str) -> &'static str {
    REPLY_ORDERS.iter().find(|(calls, _)| calls.split(' ').any(|name| name == call)).map_or("", |(_, order)| order)
}

/// What stands in a member of a reply: what a describe call lists under that name, one such thing, or what only this reply has.
pub(crate) fn reply_member(call: &str, name: &str) -> Option<Wire> {
    if call == "DescribePrefixLists" {
        return Some(Wire::List(&Wire::Struct(SERVICE_PREFIX_LIST)));
    }
    let listed = SHAPES.iter().chain(DERIVED).find(|shape| shape.list == name || shape.list.strip_suffix('s') == Some(name));
    let own = || REPLY_MEMBERS.iter().find(|member| member.name == name).map(|member| member.wire);
    own()
        .or_else(|| listed.map(|shape| Wire::Struct(shape.members)))
        .or_else(|| records::reply_member(call, name))
        .or_else(|| metrics::reply_member(call, name))
}
