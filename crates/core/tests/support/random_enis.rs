//! Random acts on network interfaces, their IPv4 addresses and Elastic IPs.

use super::Dice;
use eni_core::addr::{Ipv4Addr, Ipv4Net};
use eni_core::control::command::*;
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
            3 | 4 => Command::AttachNetworkInterface {
                eni: self.eni(),
                instance: self.instance(),
                device_index: u16::try_from(self.below(4)).unwrap(),
                network_card: u16::from(self.chance(10)),
            },
            5 => {
                let network = self.network;
                let attachments = network.enis().filter_map(|eni| eni.attachment.as_ref().map(|attachment| attachment.id));
                Command::DetachNetworkInterface { attachment: AttachmentKey::Eni(self.pick(attachments)), force: self.chance(3) }
            }
            6 => self.modify_eni(),
            7 => Command::UnassignPrivateIpAddresses(Box::new(UnassignPrivateIpAddresses {
                eni: self.eni(),
                addresses: (0..self.below(3)).map(|_| self.address()).collect(),
                prefixes: Vec::new(),
            })),
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

    pub(super) fn create_eni(&mut self) -> Command {
        Command::CreateNetworkInterface(Box::new(CreateNetworkInterface {
            subnet: Some(self.subnet()),
            description: String::new(),
            groups: self.groups(),
            private_ip: self.maybe(3, Self::address),
            addresses: (0..self.below(3)).map(|_| (self.address(), self.chance(4))).collect(),
            secondary_count: self.maybe(5, |dice| i64::try_from(dice.below(4)).unwrap()),
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
        let attribute = match self.below(5) {
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
