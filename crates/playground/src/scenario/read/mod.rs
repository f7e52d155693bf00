//! From gathered objects to a network: builds the objects, then the events that put them there, and lets `apply` carry them out.

mod address;
mod alarm;
mod dhcp_options;
mod elsewhere;
mod endpoint;
mod facts;
mod flow_log;
mod fresh;
mod function;
mod gateway;
mod hosted_zone;
mod instance;
mod key_pair;
mod load_balancer;
mod log_group;
mod nat_gateway;
mod nic;
mod peering;
mod prefix_list;
mod prune;
mod reservation;
mod route_table;
mod security;
mod transit;
mod vpc;
mod vpn;

use super::extra::Extra;
use super::gather::{Found, Gathered};
use super::report::{Notes, Why};
use super::{Scenario, ScenarioError, agree};
use crate::aws::shape::SHAPES;
use crate::aws::{Epoch, Kind};
use crate::json::FieldError;
use crate::words::InputKey;
use eni_core::id::{Counters, DhcpOptionsId, GroupId, ResourceId};
use eni_core::model::event::Event;
use eni_core::model::network::Network;
use eni_core::model::security_group::GroupRule;
use eni_core::model::{AccountId, Tags};
use eni_core::table::{Set, Table};
use eni_core::time::Instant;
use serde_json::Value;

/// The account of an import that names none.
const DEFAULT_ACCOUNT: AccountId = AccountId::EXAMPLE;
/// How many broken invariants a refusal tells.
const MAX_TOLD: usize = 10;

/// What a reader knows beforehand.
#[derive(Clone, Debug, Default)]
pub(super) struct Basis {
    /// Whether something that is missing is refused (a saved document) or made up for with a warning (an import).
    pub(super) strict: bool,
    /// What people call it.
    pub(super) title: String,
    /// The region.
    pub(super) region: String,
    /// What virtual time counts from.
    pub(super) epoch: Epoch,
    /// Where the generator of randomness stands.
    pub(super) seed: u64,
    /// What AWS has no word for.
    pub(super) extra: Extra,
}

/// A network in the making.
pub(super) struct Reader<'a> {
    gathered: &'a Gathered,
    basis: &'a Basis,
    notes: &'a mut Notes,
    /// Ids in use; new ones come from here too.
    counters: Counters,
    account: AccountId,
    events: Vec<Event>,
    /// The groups that were read, and rules of groups that were not.
    groups: Set<GroupId>,
    loose_rules: Table<GroupId, Vec<GroupRule>>,
    /// The DHCP option set of VPCs that name none.
    default_options: Option<DhcpOptionsId>,
}

/// Reads a whole world.
pub(super) fn scenario(gathered: &Gathered, basis: &Basis, notes: &mut Notes) -> Result<Scenario, ScenarioError> {
    agree::check(gathered)?;
    let account = basis.extra.account.unwrap_or_else(|| account_of(gathered, notes));
    // What every region begins with has its ids already.
    let mut counters = Network::empty(&basis.region, account).counters().clone();
    for (kind, number) in &basis.extra.ids {
        counters.raise(*kind, *number);
    }
    let mut reader = Reader {
        gathered,
        basis,
        notes,
        counters,
        account,
        events: Vec::new(),
        groups: Set::new(),
        loose_rules: Table::new(),
        default_options: None,
    };
    reader.check_vpcs()?;
    reader.settings();
    reader.read_networks()?;
    reader.read_instances_and_interfaces()?;
    reader.each(Kind::VpcEndpoints, &mut |reader, found| reader.read_endpoint(found))?;
    reader.each(Kind::TargetGroups, &mut |reader, found| reader.read_target_group(found))?;
    reader.each(Kind::LoadBalancers, &mut |reader, found| reader.read_load_balancer(found))?;
    reader.each(Kind::Functions, &mut |reader, found| reader.read_function(found))?;
    reader.each(Kind::FileSystems, &mut |reader, found| reader.read_file_system(found))?;
    reader.each(Kind::MountTargets, &mut |reader, found| reader.read_mount_target(found))?;
    reader.read_transit()?;
    reader.each(Kind::FlowLogs, &mut |reader, found| reader.read_flow_log(found))?;
    reader.each(Kind::LogGroups, &mut |reader, found| reader.read_log_group(found))?;
    reader.each(Kind::Alarms, &mut |reader, found| reader.read_alarm(found))?;
    reader.each(Kind::KeyPairs, &mut |reader, found| reader.read_key_pair(found))?;
    reader.prune();
    reader.read_elsewhere();
    reader.tell_unused_tags();
    let mut network = Network::empty(&basis.region, account);
    for event in &reader.events {
        network.apply(event);
    }
    let is_empty = network.vpcs().len() == 0 && (network.elastic_ips().len() == 0 || !gathered.of(Kind::Vpcs).is_empty());
    if !basis.strict && is_empty && !notes.warnings().is_empty() {
        return Err(ScenarioError::NothingKept(notes.warnings().to_vec()));
    }
    let mut broken = network.broken();
    if !broken.is_empty() {
        broken.truncate(MAX_TOLD);
        return Err(ScenarioError::Impossible(broken.iter().map(super::broken::saying).collect()));
    }
    let clock = Instant::from_nanos(basis.extra.clock);
    Ok(Scenario { title: basis.title.clone(), network, epoch: basis.epoch, clock, seed: basis.seed, scene: basis.extra.scene.clone() })
}

impl Reader<'_> {
    /// Counters and quotas of a saved world.
    fn settings(&mut self) {
        let extra = &self.basis.extra;
        self.events.extend(extra.ids.iter().map(|(kind, number)| Event::CounterRaised(*kind, *number)));
        self.events.push(Event::MacsDrawn(extra.macs));
        self.events.push(Event::PublicPoolAdvanced(extra.public_ips));
        self.events.push(Event::QuotasSet(Box::new(extra.quotas)));
    }

    /// Takes note of an id in use.
    fn observe<I: ResourceId>(&mut self, id: I) -> I {
        self.counters.observe(id);
        id
    }

    /// Says that something was made up for; in a saved document nothing is.
    fn make_up(&mut self, place: &str, problem: InputKey<'_>) -> Result<(), ScenarioError> {
        if self.basis.strict {
            return Err(FieldError::new(place, problem).into());
        }
        self.notes.warn(FieldError::new(place, problem).saying());
        Ok(())
    }

    /// The tags of an object: its own, and those that describe-tags tells of it. Tags that look secret are left out.
    fn tags(&mut self, found: &Found, id: &str, member: &str) -> Result<Tags, ScenarioError> {
        let mut tags = facts::tags(&found.place, found.value.get(member), self.notes)?;
        for (key, value, file) in self.gathered.tags.get(id).into_iter().flatten() {
            if super::report::is_secret(key) {
                self.notes.leave_out_tags(Why::SecretTag, 1);
                continue;
            }
            match tags.get(key) {
                Some(own) if own != value => {
                    let problem = InputKey::TagsDiffer { key, one: own, other: value }.into();
                    return Err(ScenarioError::Disagree { first: found.place.clone(), second: file.clone(), problem });
                }
                Some(_) => {}
                None => {
                    facts::check_tag(&found.place, key, value, tags.len())?;
                    tags.insert(key.clone(), value.clone());
                }
            }
        }
        Ok(tags)
    }

    fn tell_unused_tags(&mut self) {
        let kept = |id: &str| SHAPES.iter().any(|shape| self.gathered.find(shape.kind, id).is_some());
        let unused: usize = self.gathered.tags.iter().filter(|(id, _)| !kept(id)).map(|(_, tags)| tags.len()).sum();
        if unused > 0 {
            self.notes.leave_out_tags(Why::TagOfOthers, unused);
        }
    }

    /// Reads everything of a kind; in an import, what cannot be read is left out.
    fn each(&mut self, kind: Kind, read: &mut dyn FnMut(&mut Self, &Found) -> Result<(), ScenarioError>) -> Result<(), ScenarioError> {
        for found in self.gathered.of(kind) {
            let (begun, read) = (self.events.len(), read(self, found));
            self.keep(begun, read)?;
        }
        Ok(())
    }

    /// VPCs with everything in them but ENIs.
    fn read_networks(&mut self) -> Result<(), ScenarioError> {
        let mut parts = vpc::Parts::default();
        self.each(Kind::RouteTables, &mut |reader, found| reader.read_route_table(found, &mut parts))?;
        self.each(Kind::NetworkAcls, &mut |reader, found| reader.read_network_acl(found, &mut parts))?;
        self.each(Kind::ManagedPrefixLists, &mut |reader, found| reader.read_prefix_list(found))?;
        self.read_groups(&mut parts)?;
        self.read_dhcp_options()?;
        self.each(Kind::Vpcs, &mut |reader, found| reader.read_vpc(found, &mut parts))?;
        self.each(Kind::Subnets, &mut |reader, found| reader.read_subnet(found, &parts))?;
        self.each(Kind::HostedZones, &mut |reader, found| reader.read_hosted_zone(found))?;
        for kind in [Kind::SubnetIpv4Reservations, Kind::SubnetIpv6Reservations] {
            self.each(kind, &mut |reader, found| reader.read_reservation(found))?;
        }
        self.each(Kind::InternetGateways, &mut |reader, found| reader.read_internet_gateway(found))?;
        self.each(Kind::EgressOnlyInternetGateways, &mut |reader, found| reader.read_egress_only_gateway(found))?;
        self.each(Kind::VpnGateways, &mut |reader, found| reader.read_vpn_gateway(found))?;
        self.each(Kind::CustomerGateways, &mut |reader, found| reader.read_customer_gateway(found))?;
        self.each(Kind::VpnConnections, &mut |reader, found| reader.read_vpn_connection(found))?;
        self.each(Kind::NatGateways, &mut |reader, found| reader.read_nat_gateway(found))?;
        self.each(Kind::VpcPeeringConnections, &mut |reader, found| reader.read_peering(found))?;
        Ok(())
    }
}

/// The account that owns most objects; that there are others is told.
fn account_of(gathered: &Gathered, notes: &mut Notes) -> AccountId {
    let mut votes: Table<u64, usize> = Table::new();
    for kind in [Kind::NetworkInterfaces, Kind::SecurityGroups, Kind::Subnets, Kind::Vpcs] {
        for found in gathered.of(kind) {
            let owner = found.value.get("OwnerId").and_then(Value::as_str).filter(|text| text.len() == 12);
            if let Some(number) = owner.and_then(|text| text.parse().ok()) {
                votes.update(number, 0, |count| *count += 1);
            }
        }
        if let Some((number, _)) = votes.iter().max_by_key(|(_, count)| **count) {
            if votes.len() > 1 {
                let all: Vec<String> = votes.keys().map(|account| AccountId(*account).to_string()).collect();
                notes.warn(InputKey::SeveralAccounts { accounts: &all.join(", "), taken: &AccountId(*number).to_string() });
            }
            return AccountId(*number);
        }
    }
    DEFAULT_ACCOUNT
}
