//! Random acts on network interfaces, their IPv4 addresses and Elastic IPs.

use super::Dice;
use eni_core::addr::{Ipv4Addr, Ipv4Net};
use eni_core::control::command::*;
use eni_core::id::SubnetId;
use eni_core::model::eni::TrackingTimeouts;
use eni_core::time::Duration;

impl Dice<'_> {
    pub(super) fn eni_act(&mut self) -> Command {
        match self.below(14) {
            0 | 1 => self.create_eni(),
            12 | 13 => self.ipv6_act(),
            10 => Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
                eni: self.eni(),
                addresses: Vec::new(),
                count: self.maybe(4, |_| 1),
                prefixes: self.prefixes(),
                allow_reassignment: false,
            })),
            11 => Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses {
                eni: self.eni(),
                addresses: Vec::new(),
                prefixes: vec![self.prefix()],
            })),
            2 => Command::DeleteNetworkInterface(self.eni()),
            3 | 4 => self.attach(),
            5 => {
                let network = self.network;
                // Primary ones stay, so that others are mostly meant.
                let secondary = !self.chance(4);
                let attached = network.enis().filter_map(|eni| eni.attachment.as_ref());
                let attachments = attached.filter(|attachment| !secondary || attachment.device_index > 0).map(|attachment| attachment.id);
                Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(self.pick(attachments)), force: self.chance(3) }
            }
            6 => self.modify_eni(),
            7 => {
                let eni = self.eni();
                let own: Vec<Ipv4Addr> =
                    self.network.eni(eni).into_iter().flat_map(|eni| eni.addresses.iter().skip(1).map(|address| address.ip)).collect();
                let foreign = own.is_empty() || self.chance(6);
                let addresses = if foreign { (0..self.below(3)).map(|_| self.address()).collect() } else { own };
                Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses { eni, addresses, prefixes: Vec::new() }))
            }
            8 => Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
                eni: self.eni(),
                addresses: Vec::new(),
                count: Some(i64::try_from(self.below(4)).unwrap()),
                allow_reassignment: false,
                prefixes: Wanted::default(),
            })),
            _ => Command::AssignPrivateIpAddresses(Box::new(AssignPrivateIpAddresses {
                eni: self.eni(),
                addresses: (0..1 + self.below(2)).map(|_| self.address()).collect(),
                count: None,
                allow_reassignment: self.chance(2),
                prefixes: Wanted::default(),
            })),
        }
    }

    /// Mostly an ENI that is free and an instance of its zone, but any index.
    fn attach(&mut self) -> Command {
        let network = self.network;
        let fits = !self.chance(3);
        let eni = self.pick(network.enis().filter(|eni| !fits || eni.attachment.is_none()).map(|eni| eni.id));
        let zone = network.eni(eni).and_then(|eni| network.subnet(eni.subnet)).map(|subnet| &subnet.zone).filter(|_| fits);
        let instances = network.instances().filter(|instance| zone.is_none_or(|zone| instance.zone == *zone));
        Command::AttachNetworkInterface {
            eni,
            instance: self.pick(instances.map(|instance| instance.id)),
            device_index: u16::try_from(self.below(4)).unwrap(),
            network_card: u16::from(self.chance(10)),
        }
    }

    pub(super) fn create_eni(&mut self) -> Command {
        let subnet = self.subnet();
        // Addresses are named one by one, or counted; both together is refused, and drawn now and then.
        let named = self.chance(3);
        Command::CreateNetworkInterface(Box::new(CreateNetworkInterface {
            subnet: Some(subnet),
            description: String::new(),
            groups: self.groups_in(subnet),
            private_ip: self.maybe(4, |dice| dice.address_in(subnet)),
            addresses: if named { (0..1 + self.below(2)).map(|_| (self.address_in(subnet), self.chance(8))).collect() } else { Vec::new() },
            secondary_count: if named && !self.chance(8) { None } else { self.maybe(4, |dice| i64::try_from(dice.below(4)).unwrap()) },
            prefixes: if self.chance(4) { self.prefixes() } else { Wanted::default() },
            tracking: self.tracking(),
            ipv6: if self.chance(4) { self.new_ipv6() } else { Ipv6Wanted::default() },
            tags: self.tags(),
        }))
    }

    /// Idle time-outs, some of them out of their range.
    pub(super) fn tracking(&mut self) -> TrackingTimeouts {
        let seconds = |dice: &mut Self| Duration::from_secs([59, 60, 180][dice.below(3)]);
        TrackingTimeouts { tcp_established: self.maybe(8, seconds), udp_stream: self.maybe(8, seconds), udp: None }
    }

    /// Mostly one of the first addresses of this subnet.
    pub(super) fn address_in(&mut self, subnet: SubnetId) -> Ipv4Addr {
        let first = self.network.subnet(subnet).map(|subnet| u32::from(subnet.cidr.network()));
        match first {
            Some(first) if !self.chance(6) => Ipv4Addr::from(first + 4 + u32::try_from(self.below(8)).unwrap()),
            _ => self.address(),
        }
    }

    /// Prefixes by count, or by name: those of a subnet, or in use.
    pub(super) fn prefixes(&mut self) -> Wanted<Ipv4Net> {
        if self.chance(2) { Wanted::any(i64::try_from(self.below(4)).unwrap()) } else { Wanted::these(vec![self.prefix()]) }
    }

    pub(super) fn prefix(&mut self) -> Ipv4Net {
        let network = self.network;
        let used: Vec<Ipv4Net> = network.enis().flat_map(|eni| eni.ipv4_prefixes.iter().copied()).collect();
        if !used.is_empty() && self.chance(2) {
            return used[self.below(used.len())];
        }
        let start = Ipv4Addr::new(10, 0, u8::try_from(self.below(4)).unwrap(), u8::try_from(self.below(16) * 16).unwrap());
        Ipv4Net::new(start, 28).unwrap()
    }

    pub(super) fn modify_eni(&mut self) -> Command {
        let eni = self.eni();
        let own = self.network.eni(eni).and_then(|eni| eni.attachment.as_ref()).map(|attachment| attachment.id);
        let attribute = match self.below(6) {
            5 => return Command::ResetNetworkInterfaceAttribute(eni),
            0 => EniAttribute::Description("changed".to_owned()),
            1 => EniAttribute::Groups(self.groups()),
            2 => EniAttribute::SourceDestCheck(self.chance(2)),
            3 => EniAttribute::DeleteOnTermination(own, self.chance(2)),
            _ => EniAttribute::AssociatePublicIp(self.chance(2)),
        };
        Command::ModifyNetworkInterfaceAttribute(eni, vec![attribute])
    }

    pub(super) fn elastic_ip_act(&mut self) -> Command {
        let network = self.network;
        match self.below(6) {
            0 => Command::AllocateAddress { address: None, border_group: None, tags: self.tags() },
            1 => Command::ReleaseAddress(self.allocation()),
            2 => {
                let ties = network.elastic_ips().filter_map(|eip| eip.association.map(|association| association.id));
                Command::DisassociateAddress(self.pick(ties))
            }
            _ => {
                let by_instance = self.chance(4);
                Command::AssociateAddress {
                    allocation: self.allocation(),
                    eni: if by_instance { None } else { Some(self.eni()) },
                    instance: if by_instance { Some(self.instance()) } else { None },
                    private_ip: self.maybe(3, Self::address),
                    allow_reassociation: self.maybe(3, |dice| dice.chance(2)),
                }
            }
        }
    }
}
