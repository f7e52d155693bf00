//! What a check found, as JSON: the rule that decided, what it matched on, and the nearest rule that did not.

use crate::aws::write_rule_traffic;
use eni_core::addr::{Direction, IpAddr, Traffic};
use eni_core::dataplane::reason::{
    Balanced, Evidence, Got, GroupMatch, GuestAddressKind, GuestRouting, NearestMiss, ReferenceMiss, RouteEvidence, RuleRef, Target, Wanted,
};
use eni_core::dataplane::verdict::Seen;
use eni_core::id::{EniId, LoadBalancerId};
use eni_core::model::load_balancer::hex;
use eni_core::model::network_acl::{FINAL_DENY_IPV4, FINAL_DENY_IPV6};
use eni_core::model::route_table::{Destination, RouteState};
use eni_core::model::security_group::Peer;
use serde_json::{Value, json};
use std::net::SocketAddr;

/// What a check found.
#[derive(Default)]
pub(super) struct Found {
    /// The rule that decided: `sgr-…`, `acl-…:100`, `rtb-…:0.0.0.0/0`.
    pub(super) rule: Option<String>,
    /// What it matched on.
    pub(super) matched: Value,
    /// The nearest rule that did not match.
    pub(super) nearest: Option<Value>,
}

/// What a step's check found.
pub(super) fn of(step: Seen<'_>, nearest: Option<&NearestMiss>) -> Found {
    let found = |matched: Value| Found { matched, ..Found::default() };
    match step.evidence {
        Evidence::None => found(json!({})),
        Evidence::Instance { instance, state, assumed } => {
            found(json!({"InstanceId": instance.to_string(), "State": state.as_str(), "AssumedRunning": assumed}))
        }
        Evidence::Attachment { eni, instance, state, assumed, .. } => found(json!({
            "NetworkInterfaceId": eni.to_string(),
            "InstanceId": instance.map(|id| id.to_string()),
            "State": state.map(|state| state.as_str()),
            "AssumedRunning": assumed,
        })),
        Evidence::GuestRoute { eni, by } => {
            found(json!({"NetworkInterfaceId": eni.map(|id| id.to_string()), "ChosenBy": routing_word(by)}))
        }
        Evidence::Service(_) => found(json!({"Destination": step.packet.destination.to_string()})),
        Evidence::SourceDest { eni, enabled, address, own } => found(json!({
            "NetworkInterfaceId": eni.to_string(), "SourceDestCheck": enabled, "Address": address.to_string(), "OwnAddress": own,
        })),
        Evidence::Group { eni, direction, matched } => {
            let (rule, mut matched) = group(matched, eni, direction);
            if let (Value::Object(members), Some(reference)) = (&mut matched, nearest.and_then(|miss| miss.reference)) {
                members.insert("NearestMissBecause".to_owned(), reference_word(reference).into());
            }
            Found { rule, matched, nearest: nearest.map(nearest_miss) }
        }
        Evidence::SameSubnet { subnet, same, owner } => {
            found(json!({"SubnetId": subnet.to_string(), "Same": same, "NetworkInterfaceId": owner.map(|id| id.to_string())}))
        }
        Evidence::Acl { acl, direction, number } => {
            let last = if step.packet.source.is_ipv4() { FINAL_DENY_IPV4 } else { FINAL_DENY_IPV6 };
            let number = number.unwrap_or(last);
            Found {
                rule: Some(format!("{acl}:{number}")),
                matched: json!({"NetworkAclId": acl.to_string(), "Egress": direction == Direction::Egress, "RuleNumber": number}),
                nearest: nearest.map(nearest_miss),
            }
        }
        Evidence::NoBorder { subnet } => found(json!({"SubnetId": subnet.to_string()})),
        Evidence::Route(evidence) => route(&evidence, step.packet.destination),
        Evidence::Owner { address, eni } | Evidence::PublicDestination { address, eni } => {
            found(json!({"Address": address.to_string(), "NetworkInterfaceId": eni.map(|id| id.to_string())}))
        }
        Evidence::Translation { from, to, eni } => found(json!({
            "From": from.to_string(), "To": to.map(|ip: IpAddr| ip.to_string()), "NetworkInterfaceId": eni.map(|id| id.to_string()),
        })),
        Evidence::NatGateway { gateway, state } => found(json!({"NatGatewayId": gateway.to_string(), "State": state.as_str()})),
        Evidence::PortTranslation { gateway, from, to } => found(json!({
            "NatGatewayId": gateway.to_string(), "From": end_text(from), "To": to.map(end_text),
        })),
        Evidence::EgressOnly { gateway, known } => found(json!({"EgressOnlyInternetGatewayId": gateway.to_string(), "KnownFlow": known})),
        Evidence::VpnAddress { gateway, address, inside } => {
            found(json!({"VpnGatewayId": gateway.to_string(), "Address": address.to_string(), "InVpc": inside}))
        }
        Evidence::VpnRoute { gateway, address, known, connection } => found(json!({
            "VpnGatewayId": gateway.to_string(), "Address": address.to_string(), "Known": known,
            "VpnConnectionId": connection.map(|id| id.to_string()),
        })),
        Evidence::Endpoint { endpoint, address, carried } => {
            found(json!({"VpcEndpointId": endpoint.to_string(), "Source": address.to_string(), "Carried": carried}))
        }
        Evidence::Balanced { balancer, node, did } => found(balanced(balancer, node, did)),
        Evidence::Peering { peering, to, address, inside } => found(json!({
            "VpcPeeringConnectionId": peering.to_string(), "VpcId": to.to_string(), "Address": address.to_string(), "InVpc": inside,
        })),
        Evidence::Transit { from, table, route } => found(json!({
            "TransitGatewayAttachmentId": from.to_string(),
            "TransitGatewayRouteTableId": table.map(|id| id.to_string()),
            "DestinationCidrBlock": route.map(|route| route.destination.to_string()),
            "Type": route.map(|route| if route.propagated { "propagated" } else { "static" }),
            "To": route.and_then(|route| route.to).map(|id| id.to_string()),
        })),
        Evidence::ReversePath { came_in, way_back } => {
            found(json!({"CameIn": came_in.to_string(), "WayBack": way_back.map(|id| id.to_string())}))
        }
        Evidence::GuestAddress { address, is } => found(json!({"Address": address.to_string(), "Is": address_word(is)})),
        Evidence::Faults { instance, hangs, per_mille, drawn } => {
            found(json!({"InstanceId": instance.to_string(), "Hangs": hangs, "LossPerMille": per_mille, "Drawn": drawn}))
        }
        Evidence::Connections { instance, at_most, taken, .. } => {
            found(json!({"InstanceId": instance.to_string(), "ConnectionsAtMost": at_most, "ConnectionsTracked": taken}))
        }
        Evidence::Size { length, limit, tells } => found(json!({"Length": length, "Limit": limit, "SenderIsTold": tells})),
        Evidence::Listener { found: listens, assumed } => found(json!({"Listening": listens, "AssumedListening": assumed})),
    }
}

/// What a node of a load balancer did.
fn balanced(balancer: LoadBalancerId, node: EniId, did: Balanced) -> Value {
    let word = match did {
        Balanced::Chosen { .. } => "CHOSEN",
        Balanced::Known { .. } => "KNOWN_FLOW",
        Balanced::Returned { .. } => "RETURNED",
        Balanced::Back => "WAY_BACK",
        Balanced::Own => "HEALTH_CHECK",
        Balanced::NotActive => "NOT_ACTIVE",
        Balanced::NoListener => "NO_LISTENER",
        Balanced::Unknown => "UNKNOWN_FLOW",
        Balanced::NoTarget { .. } => "NO_TARGET",
    };
    let mut told = json!({"LoadBalancer": hex(balancer), "NetworkInterfaceId": node.to_string(), "Did": word});
    let Value::Object(members) = &mut told else { return told };
    match did {
        Balanced::Chosen { target, of, healthy, keeps } => {
            members.insert("To".to_owned(), end_text(target).into());
            members.insert("Candidates".to_owned(), of.into());
            members.insert("Healthy".to_owned(), healthy.into());
            members.insert("ClientAddressKept".to_owned(), keeps.into());
        }
        Balanced::Known { target: to, keeps } | Balanced::Returned { to, keeps } => {
            members.insert("To".to_owned(), end_text(to).into());
            members.insert("ClientAddressKept".to_owned(), keeps.into());
        }
        Balanced::NoTarget { every_zone } => _ = members.insert("CrossZone".to_owned(), every_zone.into()),
        _ => {}
    }
    told
}

/// Address and port as they are written together.
fn end_text((address, port): (IpAddr, u16)) -> String {
    SocketAddr::new(address, port).to_string()
}

fn group(matched: GroupMatch, eni: impl ToString, direction: Direction) -> (Option<String>, Value) {
    let eni = eni.to_string();
    let egress = direction == Direction::Egress;
    match matched {
        GroupMatch::Tracked { opened } => {
            let opened = if opened == Direction::Egress { "egress" } else { "ingress" };
            (None, json!({"NetworkInterfaceId": eni, "IsEgress": egress, "Tracked": true, "OpenedBy": opened}))
        }
        GroupMatch::Rule { group, rule, entry, tracked } => {
            let mut matched = json!({"NetworkInterfaceId": eni, "IsEgress": egress, "GroupId": group.to_string(), "Tracked": tracked});
            if let (Some(block), Some(members)) = (entry, matched.as_object_mut()) {
                members.insert("PrefixListEntry".to_owned(), block.to_string().into());
            }
            (Some(rule.to_string()), matched)
        }
        GroupMatch::NoRules | GroupMatch::NoMatch | GroupMatch::NoGroup => (None, json!({"NetworkInterfaceId": eni, "IsEgress": egress})),
    }
}

fn route(route: &RouteEvidence, address: IpAddr) -> Found {
    let destination = route.destination.map(destination_text);
    let rule = route.table.zip(destination.clone()).map(|(table, to)| format!("{table}:{to}"));
    let state = route.state.map(|state| match state {
        RouteState::Active => "active",
        RouteState::Blackhole => "blackhole",
    });
    let matched = json!({
        "RouteTableId": route.table.map(|id| id.to_string()),
        "Destination": destination,
        "Target": route.target.map(target_text),
        "State": state,
        "RunnerUp": route.runner_up_for(address).map(destination_text),
    });
    Found { rule, matched, nearest: None }
}

fn destination_text(destination: Destination) -> String {
    match destination {
        Destination::Cidr(block) => block.to_string(),
        Destination::PrefixList(list) => list.to_string(),
    }
}

fn target_text(target: Target) -> String {
    match target {
        Target::Local => "local".to_owned(),
        Target::InternetGateway(id) => id.to_string(),
        Target::NatGateway(id) => id.to_string(),
        Target::Eni(id) => id.to_string(),
        Target::Peering(id) => id.to_string(),
        Target::VpnGateway(id) => id.to_string(),
        Target::EgressOnlyGateway(id) => id.to_string(),
        Target::TransitGateway(id) => id.to_string(),
        Target::Endpoint(id) => id.to_string(),
        Target::Unmodelled => "unmodelled".to_owned(),
    }
}

fn nearest_miss(miss: &NearestMiss) -> Value {
    let rule = match miss.rule {
        RuleRef::Group(_, rule) => rule.to_string(),
        RuleRef::Acl(acl, number) => format!("{acl}:{number}"),
    };
    json!({"Rule": rule, "Field": miss.field.as_str(), "Wanted": wanted(miss.wanted), "Got": got(miss.got)})
}

fn wanted(wanted: Wanted) -> String {
    let range = |traffic: Traffic| {
        let written = write_rule_traffic(traffic);
        match (written.from, written.to) {
            (Some(from), Some(to)) if from == to => from.to_string(),
            (Some(from), Some(to)) => format!("{from}-{to}"),
            _ => "all".to_owned(),
        }
    };
    match wanted {
        Wanted::Protocol(traffic) => write_rule_traffic(traffic).protocol,
        Wanted::Ports(ports) => range(Traffic::Tcp(ports)),
        Wanted::Icmp(icmp) => range(Traffic::Icmp(icmp)),
        Wanted::Peer(Peer::Ipv4(block)) => block.to_string(),
        Wanted::Peer(Peer::Ipv6(block)) => block.to_string(),
        Wanted::Peer(Peer::Group(group)) => group.to_string(),
        Wanted::Peer(Peer::PrefixList(list)) => list.to_string(),
        Wanted::Cidr(block) => block.to_string(),
        Wanted::Before(number) => format!("below {number}"),
    }
}

fn got(got: Got) -> String {
    match got {
        Got::Protocol(number) => super::protocol_name(number),
        Got::Port(port) => port.to_string(),
        Got::Icmp(kind, code) => format!("{kind}/{code}"),
        Got::Address(ip) => ip.to_string(),
        Got::Number(number) => number.to_string(),
    }
}

fn reference_word(miss: ReferenceMiss) -> &'static str {
    match miss {
        ReferenceMiss::PublicAddress(_) => "PUBLIC_ADDRESS",
        ReferenceMiss::NotMember(_) => "NOT_A_MEMBER",
        ReferenceMiss::NobodyHasIt => "NOBODY_HAS_IT",
        ReferenceMiss::Forwarded => "FORWARDED",
        ReferenceMiss::Stale => "STALE",
        ReferenceMiss::PrefixListUnknown => "PREFIX_LIST_UNKNOWN",
    }
}

fn routing_word(routing: GuestRouting) -> &'static str {
    match routing {
        GuestRouting::Policy => "POLICY",
        GuestRouting::Connected => "CONNECTED",
        GuestRouting::Default => "DEFAULT",
        GuestRouting::Local => "LOCAL",
        GuestRouting::Table(_) => "TABLE",
        GuestRouting::NoNeighbour(_) => "NO_NEIGHBOUR",
        GuestRouting::Unreachable => "UNREACHABLE",
        GuestRouting::ForeignSource => "FOREIGN_SOURCE",
        GuestRouting::NoInterface => "NO_INTERFACE",
    }
}

fn address_word(kind: GuestAddressKind) -> &'static str {
    match kind {
        GuestAddressKind::Configured => "CONFIGURED",
        GuestAddressKind::NotConfigured => "NOT_CONFIGURED",
        GuestAddressKind::Forwarded(_) => "FORWARDED",
        GuestAddressKind::Masqueraded(_) => "MASQUERADED",
        GuestAddressKind::Returned => "RETURNED",
        GuestAddressKind::Foreign => "FOREIGN",
    }
}
