//! What happened to a network, told to its matrix: only what it touches is worked out again.
//!
//! What a rule, a route or an ACL named stays told apart when nothing names it any more: classes are finer then than they would be, and no answer is
//! another. What shapes the network as a whole (VPCs, gateways, peering, what routes lead to, which ACL a subnet has) is worked out from the
//! beginning.

use super::ask::Asker;
use super::build::{blocks_of, entries_for, target_of};
use super::doubt::Doubts;
use super::groups::Token;
use super::{End, Matrix, ipv4};
use crate::addr::{Direction, Ipv4Net};
use crate::id::{AclId, EniId, GroupId, InstanceId, RouteTableId};
use crate::model::event::{EniChange, Event, InstanceChange};
use crate::model::network::Network;
use crate::model::route_table::{Destination, Route, RouteTableUser};
use crate::order::sort;

/// What is to be worked out again.
#[derive(Default)]
struct Touched {
    groups: Vec<GroupId>,
    enis: Vec<EniId>,
    acls: Vec<(AclId, Direction)>,
    routes: Vec<(RouteTableId, Destination)>,
    blocks: Vec<Ipv4Net>,
    /// Whether those who stand apart may not any more.
    apart: bool,
    /// Whether public addresses came or went.
    public: bool,
    /// Of those who stand apart, the ones whose guests have other ENIs than before.
    guests: Vec<EniId>,
}

/// What is worked out again from the beginning.
struct Everything;

type Told = Result<(), Everything>;

impl Matrix {
    /// Follows what happened; the events have been applied to the network.
    pub fn update(&mut self, network: &Network, events: &[Event]) {
        if self.follow(network, events).is_err() {
            *self = Matrix::build(network, self.asked);
        }
    }

    fn follow(&mut self, network: &Network, events: &[Event]) -> Told {
        let mut touched = Touched::default();
        for event in events {
            self.sift(network, event, &mut touched)?;
        }
        self.rich.get_mut().clear();
        self.follow_groups(network, &mut touched)?;
        self.follow_names(network, &mut touched)?;
        let mut sites = self.follow_enis(network, &mut touched)?;
        let outside: Vec<End> = self.hosts.iter().map(|host| host.end).collect();
        let doubts = Doubts { network, acls: &touched.acls, routes: &touched.routes, guests: &touched.guests };
        if !doubts.is_empty() {
            sites.extend(self.sites.doubt(&doubts, &outside));
        }
        sort(&mut sites);
        sites.dedup();
        let mut asker = Asker::new(network, self.asked);
        for site in sites {
            self.sites.fill(&mut asker, site, &outside);
        }
        Ok(())
    }

    /// What an event touches.
    fn sift(&self, network: &Network, event: &Event, touched: &mut Touched) -> Told {
        match event {
            Event::GroupCreated(group) => touched.groups.push(group.id),
            Event::GroupDeleted(id) | Event::GroupRulesAdded(id, _) | Event::GroupRulesRemoved(id, _) | Event::GroupRulesChanged(id, _) => {
                touched.groups.push(*id);
            }
            Event::AclEntrySet(acl, direction, ..) | Event::AclEntryRemoved(acl, direction, _) => touched.acls.push((*acl, *direction)),
            Event::AclCreated(acl) => touched.acls.extend([Direction::Ingress, Direction::Egress].map(|direction| (acl.id, direction))),
            Event::AclDeleted(_) => {}
            Event::RouteSet(table, destination, route) => self.sift_route(network, (*table, destination, Some(route)), touched)?,
            Event::RouteRemoved(table, destination) => self.sift_route(network, (*table, destination, None), touched)?,
            Event::EniCreated(eni) => touched.enis.push(eni.id),
            Event::EniDeleted(id) | Event::EniChanged(id, EniChange::Groups(_)) => touched.enis.push(*id),
            Event::EniChanged(id, EniChange::SourceDestCheck(_)) if self.is_apart(*id) => return Err(Everything),
            Event::AttachStarted(eni, _) | Event::AttachFinished(eni) | Event::DetachStarted(eni) | Event::DetachFinished(eni) => {
                touched.apart |= matches!(event, Event::DetachStarted(_) | Event::DetachFinished(_));
                touched.enis.push(*eni);
                let instance = network.eni(*eni).and_then(|eni| eni.attachment.as_ref()).map(|attachment| attachment.instance);
                touch_instance(network, instance, touched);
            }
            Event::InstanceStateChanged(id, _) | Event::InstanceChanged(id, InstanceChange::Guest(_) | InstanceChange::Faults(_)) => {
                touch_instance(network, Some(*id), touched);
                let by_hand = network.instance(*id).is_some_and(|instance| instance.guest.by_hand.is_some());
                if matches!(event, Event::InstanceChanged(..)) && (by_hand || touched.enis.iter().any(|eni| self.is_apart(*eni))) {
                    return Err(Everything);
                }
            }
            Event::PublicIpGiven(..) | Event::PublicIpReleased(_) | Event::ElasticIpAssociated(..) | Event::ElasticIpDisassociated(_) => {
                touched.public = true;
            }
            // What was a host outside is nobody's now, until it is mapped to an ENI.
            Event::ElasticIpAllocated(eip) if self.hosts.iter().any(|host| host.end.address(network) == Some(eip.ip)) => {
                return Err(Everything);
            }
            _ if is_nothing(event) => {}
            _ => return Err(Everything),
        }
        if self.lie.overlaps { Err(Everything) } else { Ok(()) }
    }

    /// A route was set, or (`None`) taken out.
    fn sift_route(&self, network: &Network, route: (RouteTableId, &Destination, Option<&Route>), touched: &mut Touched) -> Told {
        let (table, destination, route) = route;
        let of_gateway = |user: &RouteTableUser| matches!(user, RouteTableUser::InternetGateway(_) | RouteTableUser::VpnGateway(_));
        let target = route.and_then(|route| target_of(network, &route.target));
        let known = target.is_none_or(|target| self.lie.targets.binary_search(&target).is_ok());
        if !known || network.route_table(table).is_none_or(|table| table.associations.values().any(of_gateway)) {
            return Err(Everything);
        }
        touched.blocks.extend(blocks_of(network, destination));
        touched.routes.push((table, *destination));
        Ok(())
    }

    fn is_apart(&self, eni: EniId) -> bool {
        self.stands.get(&eni).and_then(|stand| self.sites.key(stand.0)).is_some_and(|key| key.alone.is_some())
    }

    fn follow_groups(&mut self, network: &Network, touched: &mut Touched) -> Told {
        for group in &touched.groups {
            for token in self.groups.changed(network, *group) {
                match token {
                    Token::List(_) => return Err(Everything),
                    Token::Block(block) => self.new_name(network, block, &mut touched.enis)?,
                    Token::Group(_) => {}
                }
            }
        }
        Ok(())
    }

    /// A block is named: who is in it may be told apart from others from now on.
    fn new_name(&self, network: &Network, block: Ipv4Net, enis: &mut Vec<EniId>) -> Told {
        let is_inside = network.vpcs().any(|vpc| vpc.cidrs.iter().any(|own| own.cidr.contains(&block)));
        if !is_inside {
            return Err(Everything);
        }
        let there = |id: &EniId| network.eni(*id).and_then(|eni| eni.primary_ip()).is_some_and(|ip| block.contains(&ip));
        enis.extend(self.stands.keys().copied().filter(there));
        Ok(())
    }

    /// Blocks that ACLs and routes name now.
    fn follow_names(&mut self, network: &Network, touched: &mut Touched) -> Told {
        let packets = self.asked.packets();
        let mut blocks = std::mem::take(&mut touched.blocks);
        let known = &mut self.entries;
        touched.acls.retain(|(id, direction)| {
            let entries: Vec<_> = network.acl(*id).into_iter().flat_map(|acl| entries_for(acl, *direction, &packets)).collect();
            blocks.extend(entries.iter().filter_map(|(_, entry)| ipv4(entry.cidr)));
            let before = known.insert((*id, *direction), entries);
            before.as_ref() != known.get(&(*id, *direction))
        });
        for block in blocks {
            if self.add_block(block) {
                self.new_name(network, block, &mut touched.enis)?;
            }
        }
        Ok(())
    }

    /// Puts ENIs where they stand now; the sites of which something may have to be asked.
    fn follow_enis(&mut self, network: &Network, touched: &mut Touched) -> Result<Vec<u32>, Everything> {
        if touched.apart {
            touched.guests.extend(self.sites.all().filter_map(|site| self.sites.key(site)?.alone));
            touched.enis.extend(&touched.guests);
        }
        if touched.public {
            let has = |id: &EniId| network.eni(*id).and_then(|eni| eni.addresses.first()).is_some_and(|address| address.public.is_some());
            touched.enis.extend(self.stands.iter().filter(|(id, stand)| has(id) != stand.2).map(|(id, _)| *id));
            let is_host = |end: End| end.address(network).is_some_and(|ip| network.mapping_of_public_ip(ip).is_some());
            if self.hosts.iter().any(|host| is_host(host.end)) {
                return Err(Everything);
            }
        }
        sort(&mut touched.enis);
        touched.enis.dedup();
        let mut sites = Vec::new();
        while let Some(id) = touched.enis.pop() {
            if self.lie.targets.binary_search(&id).is_ok() {
                return Err(Everything);
            }
            let before = self.stands.remove(&id);
            if let Some(stand) = before {
                self.sites.remove(stand, id);
            }
            let Some(eni) = network.eni(id) else { continue };
            if self.stands_apart(network, eni)
                && let Some(subnet) = network.subnet(eni.subnet)
                && self.add_block(subnet.cidr)
            {
                self.new_name(network, subnet.cidr, &mut touched.enis)?;
            }
            sites.extend(self.place(network, eni).map(|stand| stand.0));
        }
        Ok(sites)
    }
}

fn touch_instance(network: &Network, instance: Option<InstanceId>, touched: &mut Touched) {
    let Some(instance) = instance.and_then(|id| network.instance(id)) else { return };
    touched.enis.extend(instance.enis.values());
    if instance.enis.len() > 1 {
        touched.guests.extend(instance.enis.values());
    }
}

/// Whether an event has nothing to do with who reaches whom.
fn is_nothing(event: &Event) -> bool {
    matches!(
        event,
        Event::TagsSet(..)
            | Event::TransitionScheduled(..)
            | Event::TransitionDropped(_)
            | Event::PublicPoolAdvanced(_)
            | Event::CounterRaised(..)
            | Event::MacsDrawn(_)
            | Event::QuotasSet(_)
            | Event::DelaysSet(_)
            | Event::SwitchesSet(_)
            | Event::KeyPairCreated(_)
            | Event::KeyPairDeleted(_)
            | Event::FlowLogCreated(_)
            | Event::FlowLogDeleted(_)
            | Event::HostedZoneCreated(_)
            | Event::HostedZoneChanged(..)
            | Event::HostedZoneDeleted(_)
            | Event::DnsChangeMade(_)
            | Event::DhcpOptionsCreated(_)
            | Event::DhcpOptionsDeleted(_)
            | Event::ReservationCreated(_)
            | Event::ReservationDeleted(_)
            | Event::ElasticIpAllocated(_)
            | Event::EniSettled(_)
            | Event::EniChanged(..)
            | Event::InstanceLaunched(_)
            | Event::InstanceChanged(..)
            | Event::InstanceForgotten(_)
    )
}
