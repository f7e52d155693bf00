//! Hosts: their instances and ENIs.

use super::{Host, Lab, ip};
use eni_core::addr::{Mac, PortRange};
use eni_core::dataplane::verdict::Place;
use eni_core::id::*;
use eni_core::model::Tags;
use eni_core::model::eni::{
    Attachment, AttachmentStatus, Eni, InterfaceType, PrivateAddress, PublicAddress, PublicOrigin, TrackingTimeouts,
};
use eni_core::model::event::{EniChange, Event, InstanceChange};
use eni_core::model::fault::{Fault, Faults};
use eni_core::model::instance::{Guest, GuestFlavour, Instance, InstanceState, Listener, ListenerProtocol};
use eni_core::model::instance_type::InstanceType;
use eni_core::table::{Set, Table};

impl Lab {
    /// An ENI with these addresses, attached to nothing.
    pub fn eni(&mut self, subnet: SubnetId, addresses: &[&str], groups: &[GroupId]) -> EniId {
        let number = self.number();
        let id = EniId::from_number(number);
        let eni = Eni {
            id,
            subnet,
            vpc: self.network.subnet(subnet).unwrap().vpc,
            owner: self.network.account(),
            description: String::new(),
            kind: InterfaceType::Interface,
            mac: Mac::from_number(number),
            addresses: addresses.iter().map(|text| PrivateAddress { ip: ip(text), public: None }).collect(),
            ipv4_prefixes: vec![],
            prefix_publics: Table::new(),
            ipv6_addresses: vec![],
            primary_ipv6: None,
            ipv6_prefixes: vec![],
            groups: groups.to_vec(),
            source_dest_check: true,
            wants_public_ip: false,
            attachment: None,
            settled: true,
            requester: None,
            tracking: TrackingTimeouts::default(),
            tags: Tags::new(),
        };
        self.apply(Event::EniCreated(Box::new(eni)));
        let first = addresses.first().map_or("eni", |text| text);
        self.name(Place::Eni(id), first);
        id
    }

    pub fn attach(&mut self, eni: EniId, instance: InstanceId, device_index: u16) {
        let attachment = Attachment {
            id: AttachmentId::from_number(self.number()),
            instance,
            device_index,
            network_card: 0,
            delete_on_termination: false,
            status: AttachmentStatus::Attached,
            attached_at: self.now,
        };
        self.apply(Event::AttachStarted(eni, Box::new(attachment)));
    }

    pub fn instance(&mut self, vpc: VpcId, flavour: GuestFlavour) -> InstanceId {
        let number = self.number();
        let id = InstanceId::from_number(number);
        self.apply(Event::InstanceLaunched(Box::new(Instance {
            id,
            reservation: ReservationId::from_number(number),
            instance_type: InstanceType::find("t3.small").unwrap(),
            image: ImageId::from_number(1),
            launch_index: 0,
            state: InstanceState::Running,
            zone: self.zone.clone(),
            vpc,
            launched_at: self.now,
            enis: Table::new(),
            termination_protection: false,
            stop_protection: false,
            spot: None,
            hibernates: false,
            reason: None,
            stuck: Table::new(),
            faults: Faults::default(),
            metadata: eni_core::model::metadata::MetadataOptions::default(),
            shutdown: eni_core::model::instance::ShutdownBehavior::Stop,
            key_name: None,
            client_token: None,
            monitored: false,
            user_data: "".into(),
            ebs_optimized: false,
            guest: Guest { configured: Set::new(), ..Guest::of(flavour) },
            tags: Tags::new(),
        })));
        id
    }

    /// A running instance with one ENI, on the image with policy routing.
    pub fn host(&mut self, name: &str, subnet: SubnetId, address: &str, groups: &[GroupId]) -> Host {
        self.host_of(GuestFlavour::PolicyRouting, name, subnet, address, groups)
    }

    pub fn host_of(&mut self, flavour: GuestFlavour, name: &str, subnet: SubnetId, address: &str, groups: &[GroupId]) -> Host {
        let eni = self.eni(subnet, &[address], groups);
        let vpc = self.network.eni(eni).unwrap().vpc;
        let instance = self.instance(vpc, flavour);
        self.attach(eni, instance, 0);
        self.name(Place::Guest(instance), name);
        Host { instance, eni }
    }

    /// Maps a public address to a private one.
    pub fn public(&mut self, eni: EniId, private: &str, public: &str) {
        let mapping = PublicAddress { ip: ip(public), origin: PublicOrigin::Amazon };
        self.apply(Event::PublicIpGiven(eni, ip(private), mapping));
    }

    /// Gives an ENI an IPv6 address.
    pub fn ipv6_address(&mut self, eni: EniId, address: &str) {
        self.apply(Event::Ipv6Assigned(eni, address.parse().unwrap()));
    }

    pub fn source_dest_check(&mut self, eni: EniId, on: bool) {
        self.apply(Event::EniChanged(eni, EniChange::SourceDestCheck(on)));
    }

    /// Something breaks on a host, or mends.
    pub fn breaks(&mut self, host: Host, fault: Fault) {
        let faults = self.network.instance(host.instance).unwrap().faults.after(fault, self.now);
        self.apply(Event::InstanceChanged(host.instance, InstanceChange::Faults(faults)));
    }

    pub fn change_guest(&mut self, instance: InstanceId, change: impl FnOnce(&mut Guest)) {
        let mut guest = self.network.instance(instance).unwrap().guest.clone();
        change(&mut guest);
        self.apply(Event::InstanceChanged(instance, InstanceChange::Guest(Box::new(guest))));
    }

    pub fn listen(&mut self, instance: InstanceId, protocol: ListenerProtocol, port: u16, address: Option<&str>) {
        let listener = Listener { protocol, ports: PortRange::single(port), address: address.map(ip) };
        self.change_guest(instance, |guest| guest.listeners.push(listener));
    }
}
