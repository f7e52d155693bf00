//! The describe calls.

use super::{Action, Request};
use crate::aws::describe::{Attribute, Describe, read_token};
use crate::aws::error::ApiError;
use crate::aws::filter::{self, Filter};
use crate::aws::input::Parameters;
use crate::aws::kind::Kind;
use crate::aws::member::{DRY_RUN, Member, Wire, camel, optional, required};
use crate::aws::shape::{AMAZON, shape};

pub(super) const FILTER: Wire = Wire::List(&Wire::Struct(&[
    required("Name", Wire::Text, "the filter"),
    optional("Values", Wire::List(&Wire::Text), "any of these; * stands for any text, ? for any letter"),
]));
pub(super) const FILTERS: Member = optional("Filters", FILTER, "only what fits all of these");
pub(super) const TOKEN: Member = optional("NextToken", Wire::Text, "go on where the last answer ended");

/// How many at most: from 5 to this.
pub(super) const fn most(limit: i64) -> Member {
    optional("MaxResults", Wire::Between(5, limit), "how many at most")
}

/// How many at most where AWS gives few.
const MOST_FEW: Member = optional("MaxResults", Wire::Between(5, 255), "how many at most");

/// How many prefix lists at most.
const MOST_LISTS: Member = optional("MaxResults", Wire::Between(1, 100), "how many at most");

pub(super) const fn ids(name: &'static str, wire: &'static Wire) -> Member {
    optional(name, Wire::List(wire), "only these; all if absent")
}

/// One describe call: its name, its help, its kind, the members that name objects, and its other members.
macro_rules! describe {
    ($name:literal, $help:literal, $kind:ident, [$($ids:literal: $wire:expr),*], [$($member:expr),*]) => {
        Action {
            name: $name,
            help: $help,
            members: {
                const MEMBERS: &[Member] = &[$(ids($ids, &$wire),)* $($member,)* DRY_RUN];
                MEMBERS
            },
            build: |p| list(p, Kind::$kind, &[$($ids),*]),
        }
    };
}

pub(super) const ACTIONS: &[Action] = &[
    describe!("DescribeVpcs", "shows VPCs", Vpcs, ["VpcIds": Wire::Id("vpc")], [FILTERS, most(1000), TOKEN]),
    describe!("DescribeSubnets", "shows subnets", Subnets, ["SubnetIds": Wire::Id("subnet")], [FILTERS, most(1000), TOKEN]),
    describe!(
        "DescribeNetworkInterfaces",
        "shows network interfaces",
        NetworkInterfaces,
        ["NetworkInterfaceIds": Wire::Id("eni")],
        [FILTERS, most(1000), TOKEN]
    ),
    describe!("DescribeInstances", "shows instances", Reservations, ["InstanceIds": Wire::Id("i")], [FILTERS, most(1000), TOKEN]),
    Action {
        name: "DescribeInstanceStatus",
        help: "shows whether running instances are well",
        members: &[
            ids("InstanceIds", &Wire::Id("i")),
            optional("IncludeAllInstances", Wire::Boolean, "those that do not run as well"),
            FILTERS,
            most(1000),
            TOKEN,
            DRY_RUN,
        ],
        build: |p| {
            let request = list(p, Kind::InstanceStatuses, &["InstanceIds"])?;
            let all = p.flag("IncludeAllInstances").unwrap_or(false);
            Ok(match request {
                Request::Describe(mut asked) if !all => {
                    asked.filters.push(Filter::of_member("InstanceState.Name", "running"));
                    Request::Describe(asked)
                }
                request => request,
            })
        },
    },
    describe!(
        "DescribeAddresses",
        "shows Elastic IP addresses",
        Addresses,
        ["AllocationIds": Wire::Id("eipalloc"), "PublicIps": Wire::Ipv4],
        [FILTERS]
    ),
    describe!(
        "DescribeSecurityGroups",
        "shows security groups",
        SecurityGroups,
        ["GroupIds": Wire::Id("sg"), "GroupNames": Wire::Text],
        [FILTERS, most(1000), TOKEN]
    ),
    describe!(
        "DescribeSecurityGroupRules",
        "shows rules of security groups",
        SecurityGroupRules,
        ["SecurityGroupRuleIds": Wire::Id("sgr")],
        [FILTERS, most(1000), TOKEN]
    ),
    Action {
        name: "DescribeSecurityGroupReferences",
        help: "shows which VPCs on the other side of peering connections name a group in a rule",
        members: &[required("GroupId", Wire::List(&Wire::Id("sg")), "the groups"), DRY_RUN],
        build: |p| list(p, Kind::SecurityGroupReferences, &["GroupId"]),
    },
    Action {
        name: "DescribeStaleSecurityGroups",
        help: "shows groups of a VPC with rules that name what is gone, or what no peering connection leads to any more",
        members: &[required("VpcId", Wire::Id("vpc"), "the VPC"), MOST_FEW, TOKEN, DRY_RUN],
        build: |p| of_one(p, Kind::StaleSecurityGroups, "VpcId"),
    },
    describe!(
        "DescribeManagedPrefixLists",
        "shows prefix lists: those of the account and those that AWS keeps",
        ManagedPrefixLists,
        ["PrefixListIds": Wire::Id("pl")],
        [FILTERS, MOST_LISTS, TOKEN]
    ),
    Action {
        name: "GetManagedPrefixListAssociations",
        help: "shows what names a prefix list: security groups and route tables",
        members: &[required("PrefixListId", Wire::Id("pl"), "the prefix list"), MOST_FEW, TOKEN, DRY_RUN],
        build: |p| of_one(p, Kind::PrefixListAssociations, "PrefixListId"),
    },
    Action {
        name: "GetSecurityGroupsForVpc",
        help: "shows the groups that network interfaces in a VPC can have",
        members: &[required("VpcId", Wire::Id("vpc"), "the VPC"), TOKEN, most(1000), FILTERS, DRY_RUN],
        build: |p| of_one(p, Kind::SecurityGroupsForVpc, "VpcId"),
    },
    describe!(
        "DescribePrefixLists",
        "shows the blocks of the prefix lists that AWS keeps",
        PrefixLists,
        ["PrefixListIds": Wire::Id("pl")],
        [FILTERS, most(1000), TOKEN]
    ),
    describe!("DescribeNetworkAcls", "shows network ACLs", NetworkAcls, ["NetworkAclIds": Wire::Id("acl")], [FILTERS, most(1000), TOKEN]),
    describe!("DescribeRouteTables", "shows route tables", RouteTables, ["RouteTableIds": Wire::Id("rtb")], [FILTERS, most(100), TOKEN]),
    describe!(
        "DescribeInternetGateways",
        "shows internet gateways",
        InternetGateways,
        ["InternetGatewayIds": Wire::Id("igw")],
        [FILTERS, most(1000), TOKEN]
    ),
    describe!(
        "DescribeNatGateways",
        "shows NAT gateways",
        NatGateways,
        ["NatGatewayIds": Wire::Id("nat")],
        [optional("Filter", FILTER, "only what fits all of these"), most(1000), TOKEN]
    ),
    describe!(
        "DescribeEgressOnlyInternetGateways",
        "shows egress-only internet gateways",
        EgressOnlyInternetGateways,
        ["EgressOnlyInternetGatewayIds": Wire::Id("eigw")],
        [FILTERS, most(255), TOKEN]
    ),
    describe!("DescribeVpnGateways", "shows virtual private gateways", VpnGateways, ["VpnGatewayIds": Wire::Id("vgw")], [FILTERS]),
    describe!(
        "DescribeVpcEndpoints",
        "shows VPC endpoints",
        VpcEndpoints,
        ["VpcEndpointIds": Wire::Id("vpce")],
        [FILTERS, most(1000), TOKEN]
    ),
    describe!(
        "DescribeVpcEndpointServices",
        "shows the services that have endpoints here",
        VpcEndpointServices,
        ["ServiceNames": Wire::Text],
        [FILTERS, most(1000), TOKEN]
    ),
    describe!(
        "DescribeFlowLogs",
        "shows flow logs",
        FlowLogs,
        ["FlowLogIds": Wire::Id("fl")],
        [optional("Filter", FILTER, "only what fits all of these"), most(1000), TOKEN]
    ),
    describe!(
        "DescribeVpcPeeringConnections",
        "shows VPC peering connections",
        VpcPeeringConnections,
        ["VpcPeeringConnectionIds": Wire::Id("pcx")],
        [FILTERS, most(1000), TOKEN]
    ),
    describe!(
        "DescribeCustomerGateways",
        "shows customer gateways",
        CustomerGateways,
        ["CustomerGatewayIds": Wire::Id("cgw")],
        [FILTERS]
    ),
    describe!("DescribeVpnConnections", "shows VPN connections", VpnConnections, ["VpnConnectionIds": Wire::Id("vpn")], [FILTERS]),
    describe!("DescribeTags", "shows tags of everything", Tags, [], [FILTERS, most(1000), TOKEN]),
    describe!(
        "DescribeAvailabilityZones",
        "shows the region's Availability Zones",
        AvailabilityZones,
        ["ZoneNames": Wire::Text, "ZoneIds": Wire::Text],
        [FILTERS, optional("AllAvailabilityZones", Wire::Boolean, "those not opted into as well; there are none")]
    ),
    Action {
        name: "DescribeRegions",
        help: "shows the regions of AWS",
        members: &[
            ids("RegionNames", &Wire::Text),
            FILTERS,
            optional("AllRegions", Wire::Boolean, "those that the account has not opted into as well"),
            DRY_RUN,
        ],
        build: |p| {
            let request = list(p, Kind::Regions, &["RegionNames"])?;
            // A region that is named is shown, whether the account has it or not.
            let all = p.flag("AllRegions").unwrap_or(false) || p.has("RegionNames");
            Ok(match request {
                Request::Describe(mut asked) if !all => {
                    asked.filters.push(Filter::of_member("OptInStatus", "opt*"));
                    Request::Describe(asked)
                }
                request => request,
            })
        },
    },
    describe!(
        "DescribeInstanceTypes",
        "shows what instance types take",
        InstanceTypes,
        ["InstanceTypes": Wire::Text],
        [FILTERS, most(100), TOKEN]
    ),
    Action {
        name: "DescribeImages",
        help: "shows the images that behave differently here; every other one is taken, and behaves as the first",
        members: &[
            ids("ImageIds", &Wire::Id("ami")),
            optional("Owners", Wire::List(&Wire::Text), "only those of these: amazon, self, or accounts"),
            optional("ExecutableUsers", Wire::List(&Wire::Text), "only those that these may launch: here everybody may"),
            optional("IncludeDeprecated", Wire::Boolean, "old ones as well; there are none"),
            optional("IncludeDisabled", Wire::Boolean, "disabled ones as well; there are none"),
            FILTERS,
            most(1000),
            TOKEN,
            DRY_RUN,
        ],
        build: |p| {
            let request = list(p, Kind::Images, &["ImageIds"])?;
            let account = |owner: &str| if owner == "amazon" { AMAZON.to_owned() } else { owner.to_owned() };
            Ok(match request {
                Request::Describe(mut asked) if p.has("Owners") => {
                    asked.filters.push(Filter::of_values("OwnerId", p.texts("Owners").map(account).collect()));
                    Request::Describe(asked)
                }
                request => request,
            })
        },
    },
    describe!(
        "DescribeSpotInstanceRequests",
        "shows requests for spot instances",
        SpotInstanceRequests,
        ["SpotInstanceRequestIds": Wire::Text],
        [FILTERS, most(1000), TOKEN]
    ),
    describe!(
        "DescribeAccountAttributes",
        "shows the account's default VPC and limits",
        AccountAttributes,
        ["AttributeNames": Wire::Words(&["supported-platforms", "default-vpc"])],
        []
    ),
    Action {
        name: "DescribeVpcAttribute",
        help: "shows one attribute of a VPC",
        members: &[required("VpcId", Wire::Id("vpc"), "the VPC"), attribute(VPC_WORDS), DRY_RUN],
        build: |p| one(p, Kind::Vpcs, "VpcId", VPC_ATTRIBUTES),
    },
    Action {
        name: "DescribeNetworkInterfaceAttribute",
        help: "shows one attribute of a network interface",
        members: &[required("NetworkInterfaceId", Wire::Id("eni"), "the interface"), attribute(INTERFACE_WORDS), DRY_RUN],
        build: |p| one(p, Kind::NetworkInterfaces, "NetworkInterfaceId", INTERFACE_ATTRIBUTES),
    },
    Action {
        name: "DescribeInstanceAttribute",
        help: "shows one attribute of an instance",
        members: &[required("InstanceId", Wire::Id("i"), "the instance"), attribute(INSTANCE_WORDS), DRY_RUN],
        build: |p| one(p, Kind::Reservations, "InstanceId", INSTANCE_ATTRIBUTES),
    },
];

const fn attribute(words: &'static [&'static str]) -> Member {
    required("Attribute", Wire::Words(words), "which one")
}

const fn shows(word: &'static str, member: &'static str, source: &'static str) -> Attribute {
    Attribute { word, member, source }
}

const VPC_WORDS: &[&str] = &["enableDnsSupport", "enableDnsHostnames", "enableNetworkAddressUsageMetrics"];
const VPC_ATTRIBUTES: &[Attribute] = &[
    shows("enableDnsSupport", "EnableDnsSupport", "EnableDnsSupport"),
    shows("enableDnsHostnames", "EnableDnsHostnames", "EnableDnsHostnames"),
    shows("enableNetworkAddressUsageMetrics", "EnableNetworkAddressUsageMetrics", "EnableNetworkAddressUsageMetrics"),
];
const INTERFACE_WORDS: &[&str] = &["description", "groupSet", "sourceDestCheck", "attachment", "associatePublicIpAddress"];
const INTERFACE_ATTRIBUTES: &[Attribute] = &[
    shows("description", "Description", "Description"),
    shows("groupSet", "Groups", "Groups"),
    shows("sourceDestCheck", "SourceDestCheck", "SourceDestCheck"),
    shows("attachment", "Attachment", "Attachment"),
    shows("associatePublicIpAddress", "AssociatePublicIpAddress", "AssociatePublicIpAddress"),
];
const INSTANCE_WORDS: &[&str] = &[
    "instanceType",
    "sourceDestCheck",
    "groupSet",
    "disableApiTermination",
    "disableApiStop",
    "instanceInitiatedShutdownBehavior",
    "userData",
    "kernel",
    "ramdisk",
    "rootDeviceName",
    "productCodes",
    "ebsOptimized",
    "enaSupport",
    "enclaveOptions",
    "blockDeviceMapping",
    "sriovNetSupport",
];
/// Those that the playground has nothing for, and why.
const WITHOUT: [(&str, &str); 2] = [
    ("blockDeviceMapping", "instances have no disks"),
    ("sriovNetSupport", "instances have no network adapter of a make: enaSupport says whether the type has ENA"),
];
const INSTANCE_ATTRIBUTES: &[Attribute] = &[
    shows("instanceType", "InstanceType", "InstanceType"),
    shows("sourceDestCheck", "SourceDestCheck", "SourceDestCheck"),
    shows("groupSet", "Groups", "SecurityGroups"),
    shows("disableApiTermination", "DisableApiTermination", "DisableApiTermination"),
    shows("disableApiStop", "DisableApiStop", "DisableApiStop"),
    shows("instanceInitiatedShutdownBehavior", "InstanceInitiatedShutdownBehavior", "InstanceInitiatedShutdownBehavior"),
    shows("userData", "UserData", "UserData"),
    shows("kernel", "KernelId", "KernelId"),
    shows("ramdisk", "RamdiskId", "RamdiskId"),
    shows("rootDeviceName", "RootDeviceName", "ImageId"),
    shows("productCodes", "ProductCodes", "ProductCodes"),
    shows("ebsOptimized", "EbsOptimized", "EbsOptimized"),
    shows("enaSupport", "EnaSupport", "EnaSupport"),
    shows("enclaveOptions", "EnclaveOptions", "EnclaveOptions"),
];

/// Reads a call that lists objects.
pub(super) fn list(p: &Parameters<'_>, kind: Kind, members: &[&str]) -> Result<Request, ApiError> {
    let known = shape(kind).map_or("", |shape| shape.filters);
    let filters = filter::read(known, p.objects("Filters").chain(p.objects("Filter")))?;
    let named = members.iter().find(|member| p.has(member));
    if let (Kind::Reservations | Kind::InstanceStatuses | Kind::NetworkInterfaces, Some(named), true) = (kind, named, p.has("MaxResults")) {
        let named = if kind == Kind::NetworkInterfaces { camel(named) } else { "instancesSet".to_owned() };
        return Err(ApiError::combination(format!("The parameter {named} cannot be used with the parameter maxResults")));
    }
    let ids = members.iter().flat_map(|member| p.texts(member)).map(str::to_owned).collect();
    page(p, kind, ids, filters)
}

/// A page of a list: at most so many as `MaxResults` says, behind the place that `NextToken` names.
pub(super) fn page(p: &Parameters<'_>, kind: Kind, ids: Vec<String>, filters: Vec<Filter>) -> Result<Request, ApiError> {
    let after = p.text("NextToken").filter(|token| !token.is_empty()).map(|token| read_token(kind, token)).transpose()?;
    Ok(Request::Describe(Describe { kind, ids, filters, most: p.whole("MaxResults"), after, attribute: None }))
}

/// Reads a call that lists what belongs to one object.
pub(super) fn of_one(p: &Parameters<'_>, kind: Kind, member: &str) -> Result<Request, ApiError> {
    Ok(match list(p, kind, &[])? {
        Request::Describe(asked) => Request::Describe(Describe { ids: vec![p.text_or_empty(member)], ..asked }),
        request => request,
    })
}

/// Reads a call that shows one attribute.
fn one(p: &Parameters<'_>, kind: Kind, id: &str, attributes: &[Attribute]) -> Result<Request, ApiError> {
    if let Some((word, why)) = WITHOUT.iter().find(|(word, _)| p.text("Attribute") == Some(*word)) {
        return Err(ApiError::new("UnsupportedOperation", format!("The playground does not show {word}: here {why}.")));
    }
    let attribute = attributes.iter().find(|attribute| p.text("Attribute") == Some(attribute.word)).copied();
    let ids = vec![p.text_or_empty(id)];
    Ok(Request::Describe(Describe { kind, ids, filters: Vec::new(), most: None, after: None, attribute }))
}
