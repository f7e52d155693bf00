//! What an import leaves out because the thing that it is in or on is not there: a subnet without its VPC, an ENI without its subnet.
//!
//! It is listed, with the describe command that would have told of it. A saved document is whole, so nothing of one is left out here.

use super::Reader;
use crate::aws::Kind;
use crate::scenario::ScenarioError;
use crate::scenario::gather::Found;
use crate::words::InputKey;
use eni_core::model::event::Event;
use eni_core::model::route_table::RouteTableUser;
use eni_core::table::{Set, Table};

/// Kinds of things that are in a VPC.
const IN_VPCS: [Kind; 6] =
    [Kind::Subnets, Kind::NetworkInterfaces, Kind::Reservations, Kind::SecurityGroups, Kind::RouteTables, Kind::NetworkAcls];

/// Something that is not there: a list's name, and the id of what the things in that list lack.
type Lack = (&'static str, String);

impl Reader<'_> {
    /// Refuses an import that tells of things in VPCs and of no VPC: nothing of it could be shown.
    pub(super) fn check_vpcs(&self) -> Result<(), ScenarioError> {
        let told = IN_VPCS.iter().any(|kind| !self.gathered.of(*kind).is_empty());
        if self.basis.strict || !told || !self.gathered.of(Kind::Vpcs).is_empty() {
            return Ok(());
        }
        Err(ScenarioError::NoVpcs(self.notes.files_not_read().to_vec()))
    }

    /// What came of reading one object. In an import, one that cannot be read is left out and listed; what it had begun is taken back.
    pub(super) fn keep(&mut self, begun: usize, read: Result<(), ScenarioError>) -> Result<bool, ScenarioError> {
        match read {
            Err(ScenarioError::Field(error)) if !self.basis.strict => {
                self.events.truncate(begun);
                self.notes.warn(crate::words::Saying::of(InputKey::LeftOutFor { problem: "" }).holding("problem", error.saying()));
                Ok(false)
            }
            other => other.map(|()| true),
        }
    }

    /// Leaves out what is in or on something that is not there.
    pub(super) fn prune(&mut self) {
        if self.basis.strict {
            return;
        }
        let there = self.there();
        let mut lacking: Table<Lack, usize> = Table::new();
        let mut kept = Vec::with_capacity(self.events.len());
        for mut event in std::mem::take(&mut self.events) {
            self.detach(&mut event, &there);
            match lack(&event, &there) {
                None => kept.push(event),
                Some((list, id)) if !list.is_empty() => lacking.update((list, id), 0, |count| *count += 1),
                Some(_) => {}
            }
        }
        self.events = kept;
        for ((list, id), count) in lacking {
            let what = format!("{list} ({count})");
            let told = id.is_empty() || [Kind::Vpcs, Kind::Subnets].iter().any(|kind| self.gathered.find(*kind, &id).is_some());
            self.notes.warn(match (told, id.as_str()) {
                (true, "") => InputKey::LeftOutWithEni { what: &what },
                (true, id) => InputKey::LeftOutWith { what: &what, id },
                (false, id) => InputKey::LeftOutWithout { what: &what, id, command: command_of(id) },
            });
        }
    }

    /// The ids of VPCs, of subnets in them, of ENIs in these, and of instances that have what they need.
    fn there(&self) -> Set<String> {
        let mut there = Set::new();
        for event in &self.events {
            match event {
                Event::VpcCreated(vpc) => _ = there.insert(vpc.id.to_string()),
                // Subnets come after VPCs, and ENIs after subnets.
                Event::SubnetCreated(subnet) if there.contains(&subnet.vpc.to_string()) => _ = there.insert(subnet.id.to_string()),
                Event::EniCreated(eni) if there.contains(&eni.subnet.to_string()) => _ = there.insert(eni.id.to_string()),
                Event::InstanceLaunched(instance) if there.contains(&instance.vpc.to_string()) => _ = there.insert(instance.id.to_string()),
                // Without its primary ENI an instance is nowhere.
                Event::AttachStarted(eni, tie) if tie.device_index == 0 && !there.contains(&eni.to_string()) => {
                    there.remove(&tie.instance.to_string());
                }
                _ => {}
            }
        }
        there
    }

    /// A gateway of a VPC that is not there is attached to nothing, and a route table is used by no subnet that is not.
    fn detach(&mut self, event: &mut Event, there: &Set<String>) {
        let (id, vpc) = match event {
            Event::InternetGatewayCreated(gateway) => (gateway.id.to_string(), &mut gateway.vpc),
            Event::VpnGatewayCreated(gateway) => (gateway.id.to_string(), &mut gateway.vpc),
            Event::RouteTableCreated(table) => {
                table
                    .associations
                    .retain(|_, user| !matches!(user, RouteTableUser::Subnet(subnet) if !there.contains(&subnet.to_string())));
                return;
            }
            _ => return,
        };
        if let Some(lost) = vpc.take_if(|vpc| !there.contains(&vpc.to_string())) {
            self.notes.warn(InputKey::TakenAsDetached { gateway: &id, vpc: &lost.to_string() });
        }
    }
}

/// What the thing that an event is about lacks; the list's name is empty for what goes with something else that is left out.
fn lack(event: &Event, there: &Set<String>) -> Option<Lack> {
    let (list, needed) = match event {
        Event::RouteTableCreated(table) => ("RouteTables", table.vpc.to_string()),
        Event::AclCreated(acl) => ("NetworkAcls", acl.vpc.to_string()),
        Event::GroupCreated(group) => ("SecurityGroups", group.vpc.to_string()),
        Event::SubnetCreated(subnet) => ("Subnets", subnet.vpc.to_string()),
        Event::EgressOnlyGatewayCreated(gateway) => ("EgressOnlyInternetGateways", gateway.vpc.to_string()),
        Event::NatGatewayCreated(nat) if nat.stands() => ("NatGateways", nat.subnet.to_string()),
        Event::EndpointCreated(endpoint) => ("VpcEndpoints", endpoint.vpc.to_string()),
        Event::TargetGroupSet(group) => ("TargetGroups", group.vpc.to_string()),
        Event::LoadBalancerSet(balancer) => ("LoadBalancers", balancer.vpc.to_string()),
        Event::MountTargetCreated(target) => ("MountTargets", target.eni.to_string()),
        Event::FunctionEniSet(eni, _) => ("", eni.to_string()),
        Event::FlowLogCreated(log) => ("FlowLogs", log.resource.to_string()),
        Event::ReservationCreated(one) => ("SubnetCidrReservations", one.subnet.to_string()),
        Event::EniCreated(eni) => ("NetworkInterfaces", eni.subnet.to_string()),
        Event::InstanceLaunched(instance) if there.contains(&instance.vpc.to_string()) => {
            let own = there.contains(&instance.id.to_string());
            return (!own).then(|| ("Instances", String::new()));
        }
        Event::InstanceLaunched(instance) => ("Instances", instance.vpc.to_string()),
        Event::AttachStarted(eni, tie) if there.contains(&eni.to_string()) => ("", tie.instance.to_string()),
        Event::AttachStarted(eni, _) | Event::PublicIpGiven(eni, ..) => ("", eni.to_string()),
        Event::ElasticIpAssociated(_, association) => ("", association.eni.to_string()),
        _ => return None,
    };
    (!there.contains(&needed)).then_some((list, needed))
}

/// Which describe command tells of a thing.
fn command_of(id: &str) -> &'static str {
    if id.starts_with("vpc") { "describe-vpcs" } else { "describe-subnets" }
}

/// The name that an object gives to the group with this id, as an ENI does.
pub(super) fn group_name(found: &Found, id: &str) -> String {
    let groups = found.value.get("Groups").and_then(serde_json::Value::as_array);
    let group = groups.into_iter().flatten().find(|group| group.get("GroupId").and_then(serde_json::Value::as_str) == Some(id));
    let name = group.and_then(|group| group.get("GroupName")).and_then(serde_json::Value::as_str).unwrap_or(id);
    name.chars().take(255).collect()
}
