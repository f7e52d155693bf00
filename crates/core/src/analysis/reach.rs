//! How far an act reaches: a group guards many ENIs, a table and an ACL serve many subnets, and all of them change with it.

use crate::addr::IpNet;
use crate::control::command::Command;
use crate::dataplane::verdict::{Place, Walk};
use crate::id::{EniId, GroupId, SubnetId};
use crate::model::event::TaggedId;
use crate::model::network::Network;
use crate::model::security_group::Peer;

/// Something that an act changes, and who else uses it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shared {
    /// The group, the route table or the ACL.
    pub thing: TaggedId,
    /// The ENIs or subnets, off the packet's way, that use it too. Never empty.
    pub with: Vec<TaggedId>,
    /// How many ENIs that is.
    enis: usize,
}

impl Shared {
    /// Whether an act changes the shared thing.
    pub(super) fn is_of(&self, act: &Command) -> bool {
        changed_by(act) == Some(self.thing)
    }
}

/// What the acts share with others than the ends of a walk that was stopped.
pub(super) fn shared(network: &Network, acts: &[Command], walk: &Walk) -> Vec<Shared> {
    let mut all: Vec<Shared> = Vec::new();
    for thing in acts.iter().filter_map(changed_by) {
        if all.iter().all(|known| known.thing != thing) {
            all.extend(of(network, thing, walk));
        }
    }
    all
}

fn changed_by(act: &Command) -> Option<TaggedId> {
    match act {
        Command::AuthorizeSecurityGroup { group, .. } => Some(TaggedId::Group(*group)),
        Command::SetNetworkAclEntry { acl, .. } | Command::DeleteNetworkAclEntry { acl, .. } => Some(TaggedId::Acl(*acl)),
        Command::SetRoute { table, .. } | Command::DeleteRoute { table, .. } => Some(TaggedId::RouteTable(*table)),
        Command::CreateVpcEndpoint(request) => request.tables.first().map(|table| TaggedId::RouteTable(*table)),
        Command::ModifyVpcEndpoint(request) => request.tables.0.first().map(|table| TaggedId::RouteTable(*table)),
        _ => None,
    }
}

fn of(network: &Network, thing: TaggedId, walk: &Walk) -> Option<Shared> {
    let stopped = walk.blocker().map(|step| step.place);
    if let TaggedId::Group(group) = thing {
        let others: Vec<EniId> = members(network, group).filter(|eni| stopped != Some(Place::Eni(*eni))).collect();
        let enis = others.len();
        return (enis > 0).then(|| Shared { thing, with: others.into_iter().map(TaggedId::Eni).collect(), enis });
    }
    let others: Vec<SubnetId> = network
        .subnets()
        .filter(|subnet| match thing {
            TaggedId::Acl(acl) => subnet.acl == acl,
            TaggedId::RouteTable(table) => network.route_table_of(subnet).is_some_and(|found| found.id == table),
            _ => false,
        })
        .map(|subnet| subnet.id)
        .filter(|subnet| stopped != Some(Place::Subnet(*subnet)))
        .collect();
    // A subnet without an ENI counts as well: one may come.
    let enis = others.iter().map(|subnet| 1 + network.enis_in_subnet(*subnet).count()).sum();
    (!others.is_empty()).then(|| Shared { thing, with: others.into_iter().map(TaggedId::Subnet).collect(), enis })
}

fn members(network: &Network, group: GroupId) -> impl Iterator<Item = EniId> + '_ {
    network.enis_in_group(group).map(|eni| eni.id)
}

/// How many ENIs, off the packet's way, some acts touch.
pub(super) fn of_all(shared: &[Shared]) -> usize {
    shared.iter().map(|shared| shared.enis).sum()
}

/// How many addresses a rule of a group lets in or out: the members of a group, or a block.
pub(super) fn admitted(network: &Network, act: &Command) -> usize {
    let Command::AuthorizeSecurityGroup { permissions, .. } = act else { return 0 };
    let count = |peer: Peer| match peer {
        Peer::Group(group) => network.enis_in_group(group).map(|eni| eni.addresses.len()).sum(),
        Peer::Ipv4(block) => addresses(IpNet::V4(block)),
        Peer::PrefixList(id) => {
            network.prefix_list(id).map_or(0, |list| list.entries.iter().map(|entry| addresses(entry.cidr)).fold(0, usize::saturating_add))
        }
        Peer::Ipv6(block) => addresses(IpNet::V6(block)),
    };
    permissions.iter().map(|permission| count(permission.peer)).fold(0, usize::saturating_add)
}

/// How many addresses a block has, as far as one can count here.
fn addresses(block: IpNet) -> usize {
    1_usize.checked_shl(u32::from(block.max_prefix_len() - block.prefix_len())).unwrap_or(usize::MAX)
}
