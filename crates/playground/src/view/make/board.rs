//! The nested boxes: VPCs, zones, subnets, instances, places for ENIs.

use super::eni::lies_free;
use super::{Maker, list};
use crate::view::board::{BoardView, EniView, GatewayView, InstanceView, NamedId, SlotView, SubnetView, VpcView, ZoneView};
use crate::view::words::Key;
use crate::world::Slot;
use eni_core::id::{EniId, SubnetId};
use eni_core::model::eni::Eni;
use eni_core::model::instance::{Instance, InstanceState};
use eni_core::model::vpc::{Subnet, Vpc};
use eni_core::order::{sort, sort_by, sort_by_key};
use eni_core::table::Table;
use std::rc::Rc;

impl Maker<'_> {
    /// The board without its clients: those come from the simulator.
    pub fn board(&self) -> BoardView {
        let mut vpcs: Vec<Rc<VpcView>> = self.network.vpcs().map(|vpc| Rc::new(self.vpc(vpc))).collect();
        // Top to bottom is the way in: those that the internet can come to are nearest to it.
        sort_by(&mut vpcs, |a, b| (a.gateway.is_none(), &a.name, &a.id).cmp(&(b.gateway.is_none(), &b.name, &b.id)));
        let (others, peerings) = (self.loose_gates(), self.peerings(&vpcs));
        BoardView { clients: Vec::new(), vpcs, others, peerings, tray: Rc::new(self.tray()), summary: self.board_summary() }
    }

    fn board_summary(&self) -> String {
        let network = self.network;
        if network.vpcs().len() == 0 {
            return self.say(Key::BoardEmpty);
        }
        let number = |count: usize, one: Key<'_>, many: for<'k> fn(&'k str) -> Key<'k>| {
            if count == 1 { self.say(one) } else { self.say(many(&count.to_string())) }
        };
        self.say(Key::BoardSummary {
            vpcs: &number(network.vpcs().len(), Key::VpcOne, |count| Key::VpcMany { count }),
            subnets: &number(network.subnets().len(), Key::SubnetOne, |count| Key::SubnetMany { count }),
            instances: &number(network.instances().len(), Key::InstanceOne, |count| Key::InstanceMany { count }),
            enis: &number(network.enis().len(), Key::EniOne, |count| Key::EniMany { count }),
        })
    }

    fn vpc(&self, vpc: &Vpc) -> VpcView {
        let mut zones: Table<String, Vec<&Subnet>> = Table::new();
        for subnet in self.network.subnets().filter(|subnet| subnet.vpc == vpc.id) {
            zones.update(subnet.zone.to_string(), Vec::new(), |subnets| subnets.push(subnet));
        }
        let zones = zones.into_iter().map(|(name, mut subnets)| {
            sort_by_key(&mut subnets, |subnet| (subnet.cidr, subnet.id));
            ZoneView { name, subnets: subnets.into_iter().map(|subnet| Rc::new(self.subnet(subnet))).collect() }
        });
        VpcView {
            id: vpc.id.to_string(),
            name: self.name(&vpc.tags, &vpc.id),
            cidr: list(vpc.cidrs.iter().map(|block| block.cidr.to_string())),
            region: self.network.region().to_owned(),
            gateway: self
                .network
                .internet_gateway_of(vpc.id)
                .map(|gateway| GatewayView { id: gateway.id.to_string(), name: self.name(&gateway.tags, &gateway.id) }),
            others: self.gates_of_vpc(vpc),
            zones: zones.collect(),
        }
    }

    fn subnet(&self, subnet: &Subnet) -> SubnetView {
        let table = self.network.route_table_of(subnet);
        let acl = self.network.acl(subnet.acl);
        let mut instances: Vec<&Instance> = self.network.instances().filter(|instance| self.stands(instance) == Some(subnet.id)).collect();
        sort_by_key(&mut instances, |instance| (self.name(&instance.tags, &instance.id), instance.id));
        SubnetView {
            id: subnet.id.to_string(),
            name: self.name(&subnet.tags, &subnet.id),
            cidr: subnet.cidr.to_string(),
            zone: subnet.zone.to_string(),
            free: self.network.free_address_count(subnet),
            public: self.network.is_public(subnet),
            route_table: table.map(|table| NamedId { id: table.id.to_string(), name: self.name_of_table(table) }).unwrap_or_default(),
            acl: NamedId { id: subnet.acl.to_string(), name: acl.map_or_else(|| subnet.acl.to_string(), |acl| self.acl_name(acl)) },
            instances: instances.into_iter().map(|instance| Rc::new(self.instance(instance))).collect(),
            service_enis: self
                .network
                .enis_in_subnet(subnet.id)
                .filter(|eni| eni.attachment.is_none() && !lies_free(eni))
                .map(|eni| self.eni(eni))
                .collect(),
            others: self.gates_of_subnet(subnet),
            elsewhere: self.elsewhere(subnet),
        }
    }

    /// The subnet that the card of an instance stands in: that of its primary ENI.
    fn stands(&self, instance: &Instance) -> Option<SubnetId> {
        let primary = instance.primary_eni().and_then(|id| self.network.eni(id)).map(|eni| eni.subnet);
        primary.or_else(|| self.memory.home(instance.id).map(|home| home.subnet))
    }

    /// How many ENIs of a subnet are drawn on cards in other ones.
    fn elsewhere(&self, subnet: &Subnet) -> String {
        let card = |eni: &Eni| self.network.instance(eni.attachment.as_ref()?.instance).and_then(|instance| self.stands(instance));
        let count = self.network.enis_in_subnet(subnet.id).filter(|eni| card(eni).is_some_and(|card| card != subnet.id)).count();
        match count {
            0 => String::new(),
            1 => self.say(Key::EniElsewhereOne),
            _ => self.say(Key::EniElsewhereMany { count: &count.to_string() }),
        }
    }

    /// An ENI on an instance; of another subnet than the card's it says which.
    fn eni_on(&self, instance: &Instance, eni: &Eni) -> EniView {
        let mut view = self.eni(eni);
        if self.stands(instance).is_some_and(|card| card != eni.subnet)
            && let Some(subnet) = self.network.subnet(eni.subnet)
        {
            let cidr = subnet.cidr.to_string();
            view.elsewhere = self.say(Key::EniOfSubnet { subnet: &view.subnet.name, cidr: &cidr });
            view.spoken = self.say(Key::SpokenOfSubnet { spoken: &view.spoken, subnet: &view.subnet.name, cidr: &cidr });
        }
        view
    }

    fn instance(&self, instance: &Instance) -> InstanceView {
        let gone = is_gone(instance);
        let can: &[&'static str] = match instance.state {
            InstanceState::Pending | InstanceState::Stopping => &["terminate"],
            InstanceState::Running => &["stop", "reboot", "terminate"],
            InstanceState::ShuttingDown | InstanceState::Terminated => &[],
            InstanceState::Stopped => &["start", "terminate"],
        };
        InstanceView {
            id: instance.id.to_string(),
            name: self.name(&instance.tags, &instance.id),
            kind: instance.instance_type.to_string(),
            state: instance.state.as_str().to_owned(),
            state_text: self.instance_state(instance),
            running: instance.state == InstanceState::Running,
            gone,
            can: can.to_vec(),
            slots: if gone { self.ghost_slots(instance) } else { self.slots(instance) },
            trails: self.trails(instance),
        }
    }

    /// AWS's word for a state as the page says it.
    pub fn instance_state_text(&self, state: InstanceState) -> String {
        self.say(match state {
            InstanceState::Pending => Key::StatePending,
            InstanceState::Running => Key::StateRunning,
            InstanceState::ShuttingDown => Key::StateShuttingDown,
            InstanceState::Terminated => Key::StateTerminated,
            InstanceState::Stopping => Key::StateStopping,
            InstanceState::Stopped => Key::StateStopped,
        })
    }

    fn slots(&self, instance: &Instance) -> Vec<SlotView> {
        let kind = instance.instance_type;
        let places = (0..kind.network_cards()).flat_map(|card| (0..kind.max_enis_on_card(card)).map(move |index| (card, index)));
        let mut places: Vec<(u16, u16)> = places.collect();
        // An import may have an ENI beyond what the table says.
        places.extend(instance.enis.keys());
        sort(&mut places);
        places.dedup();
        places.into_iter().map(|place| self.slot(instance, place)).collect()
    }

    fn slot(&self, instance: &Instance, (card, index): (u16, u16)) -> SlotView {
        let eni = instance.enis.get(&(card, index)).and_then(|id| self.network.eni(*id));
        let coming = self.coming(Slot { instance: instance.id, card, index });
        let note = match coming {
            _ if eni.is_some() => String::new(),
            Some(id) => self.say(Key::SlotAwaits { eni: &self.eni_name(id) }),
            None => self.say(Key::SlotEmpty),
        };
        let awaits = eni.is_none() && coming.is_some();
        SlotView { index, card, locked: index == 0 && card == 0, eni: eni.map(|eni| self.eni_on(instance, eni)), note, awaits, left: None }
    }

    /// The places of an instance that is gone: a line for each ENI that it had.
    fn ghost_slots(&self, instance: &Instance) -> Vec<SlotView> {
        let Some(home) = self.memory.home(instance.id) else { return Vec::new() };
        let slot = |(&(card, index), (id, name)): (&(u16, u16), &(EniId, String))| {
            let here = instance.enis.get(&(card, index)).and_then(|id| self.network.eni(*id));
            let note = if here.is_some() { String::new() } else { self.ghost_note(instance, index == 0 && card == 0, *id, name) };
            let free = self.network.eni(*id).is_some_and(|eni| eni.attachment.is_none());
            SlotView {
                index,
                card,
                locked: index == 0 && card == 0,
                eni: here.map(|eni| self.eni_on(instance, eni)),
                note,
                awaits: false,
                left: free.then(|| id.to_string()),
            }
        };
        home.slots.iter().map(slot).collect()
    }

    fn ghost_note(&self, instance: &Instance, primary: bool, id: EniId, eni: &str) -> String {
        let instance = self.name(&instance.tags, &instance.id);
        match self.network.eni(id) {
            None if primary => self.say(Key::PrimaryDeleted { instance: &instance }),
            None => self.say(Key::EniDeleted { eni, instance: &instance }),
            Some(now) => match &now.attachment {
                Some(attachment) => self.say(Key::EniLeft { eni, instance: &self.instance_name(attachment.instance) }),
                None => self.say(Key::EniSetFree { eni }),
            },
        }
    }
}

/// Whether an instance has ended, or is about to.
pub fn is_gone(instance: &Instance) -> bool {
    matches!(instance.state, InstanceState::Terminated | InstanceState::ShuttingDown)
}
