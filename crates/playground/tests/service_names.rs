//! The table of actions and shapes beside the names of AWS's own service model: what is called as AWS calls it, and of the same kind.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, clippy::panic, reason = "tests")]

use eni_playground::aws::shape::{DERIVED, REPLY_MEMBERS, REPLY_ORDERS, SHAPES};
use eni_playground::aws::{Action, Kind, Member, Presence, SERVICES, Wire, all_actions, service_of};
use std::collections::BTreeMap;

/// Where the table takes what the model does not have, and why.
const MORE: &[(&str, &str)] = &[
    ("AssignPrivateIpAddresses.DryRun", DRY),
    ("UnassignPrivateIpAddresses.DryRun", DRY),
    ("ModifyVpcAttribute.DryRun", DRY),
    ("ModifySubnetAttribute.DryRun", DRY),
    ("RunInstances.AssociatePublicIpAddress", "the command line has it as an option, and writes it into the list of interfaces"),
];
const DRY: &str = "here every call can be rehearsed";

/// What the model demands and the table does not, and why.
const LESS: &[(&str, &str)] = &[("CreateFileSystem.CreationToken", "AWS's command line makes one up where none is given")];

/// What the table demands and the model does not, and why.
const DEMANDED: &[(&str, &str)] = &[
    ("CreateDefaultSubnet.AvailabilityZone", "zones are named by name alone"),
    ("DescribeLogStreams.logGroupName", BY_NAME),
    ("FilterLogEvents.logGroupName", BY_NAME),
    ("GetLogEvents.logGroupName", BY_NAME),
    ("CreateListener.Protocol", OF_NETWORK),
    ("CreateListener.Port", OF_NETWORK),
    ("CreateTargetGroup.Protocol", OF_NETWORK),
    ("CreateTargetGroup.Port", OF_NETWORK),
    ("CreateTargetGroup.VpcId", OF_NETWORK),
    ("DescribeNetworkInterfaceAttribute.Attribute", "the API's reference says that it must be there"),
];

const OF_NETWORK: &str = "only load balancers of other types do without";
const BY_NAME: &str = "log groups are named by name alone";

/// AWS's model, as `cargo xtask generate-service-names` wrote it.
struct Model {
    calls: BTreeMap<&'static str, (&'static str, &'static str)>,
    structs: BTreeMap<&'static str, BTreeMap<&'static str, (&'static str, bool)>>,
    /// The members of each struct in the model's order.
    orders: BTreeMap<&'static str, Vec<&'static str>>,
    lists: BTreeMap<&'static str, &'static str>,
    words: BTreeMap<&'static str, Vec<&'static str>>,
}

impl Model {
    fn read(service: &str) -> Model {
        let text = match service {
            "cloudwatch" => include_str!("data/cloudwatch-names.txt"),
            "ec2" => include_str!("data/ec2-names.txt"),
            "elbv2" => include_str!("data/elbv2-names.txt"),
            "efs" => include_str!("data/efs-names.txt"),
            "lambda" => include_str!("data/lambda-names.txt"),
            "logs" => include_str!("data/logs-names.txt"),
            "route53" => include_str!("data/route53-names.txt"),
            "service-quotas" => include_str!("data/service-quotas-names.txt"),
            "sts" => include_str!("data/sts-names.txt"),
            _ => panic!("{service} has no names of its model: cargo xtask generate-service-names"),
        };
        let mut model = Model {
            calls: BTreeMap::new(),
            structs: BTreeMap::new(),
            orders: BTreeMap::new(),
            lists: BTreeMap::new(),
            words: BTreeMap::new(),
        };
        for line in text.lines().filter(|line| !line.starts_with('#')) {
            let parts: Vec<&'static str> = line.split(' ').collect();
            match parts.as_slice() {
                ["call", name, input, output] => drop(model.calls.insert(name, (input, output))),
                ["list", name, element] => drop(model.lists.insert(name, element)),
                ["words", name, words @ ..] => drop(model.words.insert(name, words.to_vec())),
                ["struct", name, members @ ..] => {
                    let read = |member: &&'static str| {
                        let (name, kind) = member.split_once(':').unwrap();
                        (name.trim_end_matches('!'), (kind, name.ends_with('!')))
                    };
                    model.orders.insert(name, members.iter().map(|member| read(member).0).collect());
                    model.structs.insert(name, members.iter().map(read).collect());
                }
                _ => panic!("{line}"),
            }
        }
        model
    }

    /// Compares the table's members with a struct of the model.
    fn compare(&self, place: &str, members: &[Member], name: &str, complaints: &mut Vec<String>) {
        let Some(known) = self.structs.get(name) else {
            complaints.push(format!("{place}: {name} is no struct"));
            return;
        };
        let shown = members.iter().filter(|member| matches!(member.presence, Presence::Kept | Presence::Derived));
        self.compare_order(place, &shown.map(|member| member.name).collect::<Vec<_>>(), name, complaints);
        for member in members.iter().filter(|member| member.presence != Presence::Attribute) {
            let place = format!("{place}.{}", member.name);
            match known.get(member.name) {
                Some((kind, must)) => {
                    let demanded = member.presence == Presence::Required;
                    let asked = matches!(member.presence, Presence::Required | Presence::Optional);
                    if asked && *must && !demanded && !is_in(LESS, &place) {
                        complaints.push(format!("{place} must be there"));
                    }
                    // Of what stands further in the model says almost never that it must be there.
                    let further = place.matches('.').count() > 1;
                    if demanded && !*must && !further && !is_in(DEMANDED, &place) {
                        complaints.push(format!("{place} need not be there"));
                    }
                    self.compare_wire(&place, member.wire, kind, complaints);
                }
                None if is_in(MORE, &place) => {}
                None => complaints.push(format!("{place} is not in the model")),
            }
        }
    }

    /// What replies show stands in the model's order: the command line prints it so.
    fn compare_order(&self, place: &str, names: &[&str], name: &str, complaints: &mut Vec<String>) {
        let wanted: Vec<&str> = self.orders[name].iter().copied().filter(|member| names.contains(member)).collect();
        if names != wanted {
            complaints.push(format!("{place} has {names:?}, the model {wanted:?}"));
        }
    }

    fn compare_wire(&self, place: &str, wire: Wire, kind: &str, complaints: &mut Vec<String>) {
        let is_text = matches!(kind, "string" | "blob") || self.words.contains_key(kind);
        let fits = match wire {
            Wire::Struct(members) => return self.compare(place, members, kind, complaints),
            Wire::List(element) => match self.lists.get(kind) {
                Some(inner) => return self.compare_wire(place, *element, inner, complaints),
                None => false,
            },
            Wire::Wrapped(inner) => match self.structs.get(kind).and_then(|members| members.get("Value")) {
                Some((kind, _)) => return self.compare_wire(place, *inner, kind, complaints),
                None => false,
            },
            Wire::Words(words) => match self.words.get(kind) {
                Some(known) => words.iter().all(|word| known.contains(word)),
                None => is_text,
            },
            Wire::Text | Wire::Id(_) | Wire::Ipv4 | Wire::Ipv6 | Wire::Ipv4Block | Wire::Ipv6Block => is_text,
            Wire::Integer | Wire::Between(..) => kind == "integer",
            Wire::Number => kind == "double",
            Wire::Boolean | Wire::Switch(..) => kind == "boolean",
            Wire::Time => kind == "timestamp",
        };
        if !fits {
            complaints.push(format!("{place} is a {kind} in the model, not {wire:?}"));
        }
    }
}

fn is_in(list: &[(&str, &str)], place: &str) -> bool {
    list.iter().any(|(name, _)| *name == place)
}

// rules: C1
#[test]
fn every_request_has_the_members_of_the_api() {
    let mut complaints = Vec::new();
    for service in SERVICES {
        let model = Model::read(service.name);
        for action in service.actions() {
            match model.calls.get(action.name) {
                Some((input, _)) => model.compare(action.name, action.members, input, &mut complaints),
                None => complaints.push(format!("{} is no call of the model", action.name)),
            }
        }
    }
    assert_eq!(complaints, Vec::<String>::new());
    let all = MORE.iter().chain(LESS).map(|row| (row, false)).chain(DEMANDED.iter().map(|row| (row, true)));
    for ((place, reason), demanded) in all {
        let (action, name) = place.split_once('.').unwrap();
        let action: &Action = all_actions().find(|known| known.name == action).unwrap();
        let there = action.members.iter().any(|own| own.name == name && (own.presence == Presence::Required) == demanded);
        assert!(there && !reason.is_empty(), "{place} needs no reason any more");
    }
}

// rules: J1 J2 J3 J4 J5 J6 J7 J8 J9 J10 J11 J12 J13 J14 J15 J16
#[test]
fn every_reply_has_the_members_of_the_api() {
    let mut complaints = Vec::new();
    for shape in SHAPES.iter().chain(DERIVED) {
        let call = match shape.kind {
            // The same as in the list, alone.
            Kind::HostedZone => continue,
            Kind::Functions => "ListFunctions".to_owned(),
            Kind::Alarms => "DescribeAlarms".to_owned(),
            Kind::LogGroups => "DescribeLogGroups".to_owned(),
            Kind::HostedZones => "ListHostedZones".to_owned(),
            Kind::ResourceRecordSets => "ListResourceRecordSets".to_owned(),
            Kind::HostedZonesOfVpc => "ListHostedZonesByVPC".to_owned(),
            Kind::Reservations => "DescribeInstances".to_owned(),
            Kind::InstanceStatuses => "DescribeInstanceStatus".to_owned(),
            Kind::ManagedPrefixLists => "DescribeManagedPrefixLists".to_owned(),
            Kind::SecurityGroupReferences => "DescribeSecurityGroupReferences".to_owned(),
            Kind::StaleSecurityGroups => "DescribeStaleSecurityGroups".to_owned(),
            Kind::SubnetIpv4Reservations | Kind::SubnetIpv6Reservations => "GetSubnetCidrReservations".to_owned(),
            Kind::ServiceQuotas => "ListServiceQuotas".to_owned(),
            Kind::DefaultServiceQuotas => "ListAWSDefaultServiceQuotas".to_owned(),
            Kind::PrefixListAssociations => "GetManagedPrefixListAssociations".to_owned(),
            Kind::SecurityGroupsForVpc => "GetSecurityGroupsForVpc".to_owned(),
            Kind::PrefixListEntries => "GetManagedPrefixListEntries".to_owned(),
            Kind::TargetHealth => "DescribeTargetHealth".to_owned(),
            Kind::TransitGatewayRoutes => "SearchTransitGatewayRoutes".to_owned(),
            Kind::TransitGatewayRouteTableAssociations => "GetTransitGatewayRouteTableAssociations".to_owned(),
            Kind::TransitGatewayRouteTablePropagations => "GetTransitGatewayRouteTablePropagations".to_owned(),
            Kind::TransitGatewayAttachmentPropagations => "GetTransitGatewayAttachmentPropagations".to_owned(),
            Kind::VpcEndpointServices => "DescribeVpcEndpointServices".to_owned(),
            _ => format!("Describe{}", shape.list),
        };
        let model = Model::read(service_of(&call).map_or("ec2", |service| service.name));
        let (_, output) = model.calls[call.as_str()];
        let (list, _) = model.structs[output][shape.list];
        model.compare(shape.list, shape.members, model.lists[list], &mut complaints);
    }
    assert_eq!(complaints, Vec::<String>::new());
}

// rules: C1
#[test]
fn replies_stand_in_the_order_of_the_api() {
    let mut complaints = Vec::new();
    for (calls, order) in REPLY_ORDERS {
        for call in calls.split(' ') {
            let model = Model::read(service_of(call).map_or("ec2", |service| service.name));
            let names: Vec<&str> = order.split(' ').collect();
            model.compare_order(call, &names, model.calls[call].1, &mut complaints);
        }
    }
    for member in REPLY_MEMBERS {
        let mut found = 0;
        for service in SERVICES.iter().filter(|service| service.name != "world") {
            let model = Model::read(service.name);
            for (call, (_, output)) in model.calls.iter().filter(|(_, (_, output))| *output != "-") {
                // A subnet's block has fewer members than a VPC's.
                if call.contains("SubnetCidrBlock") {
                    continue;
                }
                if let Some((kind, _)) = model.structs[output].get(member.name) {
                    model.compare_wire(&format!("{call}.{}", member.name), member.wire, kind, &mut complaints);
                    found += 1;
                }
            }
        }
        assert!(found > 0, "no reply has {}", member.name);
    }
    assert_eq!(complaints, Vec::<String>::new());
}
