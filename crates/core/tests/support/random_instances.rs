//! Random launches, and acts on instances.

use super::Dice;
use eni_core::control::command::*;
use eni_core::control::image::{guest_of, image_of};
use eni_core::id::SpotRequestId;
use eni_core::model::eni::TrackingTimeouts;
use eni_core::model::fault::Fault;
use eni_core::model::instance::{Guest, GuestFlavour, ShutdownBehavior};
use eni_core::model::instance_type::InstanceType;
use eni_core::model::key_pair::KeyType;
use eni_core::model::metadata::{MetadataChange, MetadataOptions};
use eni_core::model::spot::{Interruption, Spot};

impl Dice<'_> {
    pub(super) fn launch(&mut self) -> Command {
        let names = ["t3.micro", "t3.small", "m5.large", "c6in.32xlarge", "t2.micro"];
        let interfaces = if self.chance(3) { (0..1 + self.below(2)).map(|at| self.launch_interface(at)).collect() } else { Vec::new() };
        let plain = interfaces.is_empty() || self.chance(20);
        let subnet = self.subnet();
        Command::RunInstances(Box::new(RunInstances {
            image: image_of([GuestFlavour::PolicyRouting, GuestFlavour::Plain, GuestFlavour::Router][self.below(3)]),
            instance_type: InstanceType::find(names[self.below(names.len())]).unwrap(),
            count: if self.chance(20) { 0 } else { u32::from(self.chance(4)) + 1 },
            subnet: if plain { Some(subnet) } else { None },
            groups: if plain { self.groups_in(subnet) } else { Vec::new() },
            private_ip: if plain { self.maybe(8, |dice| dice.address_in(subnet)) } else { None },
            associate_public_ip: if plain || self.chance(10) { self.maybe(3, |dice| dice.chance(2)) } else { None },
            interfaces,
            tags: self.tags(),
            interface_tags: self.tags(),
            options: self.launch_options(),
        }))
    }

    pub(super) fn launch_options(&mut self) -> LaunchOptions {
        let interruptions = [Interruption::Terminate, Interruption::Stop, Interruption::Hibernate];
        let spot = self.maybe(3, |dice| {
            let interruption = interruptions[dice.below(3)];
            // What stops must be persistent, what terminates may be.
            let persistent = (interruption != Interruption::Terminate) != dice.chance(6);
            Spot { interruption, persistent, ..Spot::default() }
        });
        let protects = spot.is_none() || self.chance(10);
        LaunchOptions {
            spot,
            hibernates: self.chance(3),
            termination_protection: protects && self.chance(10),
            stop_protection: protects && self.chance(10),
            shutdown: self.shutdown(),
            metadata: self.metadata().of(MetadataOptions::default()),
            serves: Vec::new(),
            client_token: None,
            monitored: self.chance(4),
            user_data: if self.chance(4) { "aGkgInlvdSIK".into() } else { "".into() },
            ebs_optimized: self.chance(4),
            // Where there are none, a name would refuse nearly every launch.
            key_name: if self.network.key_pairs().len() > 1 || self.chance(20) { self.maybe(3, Self::key_name) } else { None },
        }
    }

    /// A name of which there are few, so that some are there and some are not.
    fn key_name(&mut self) -> String {
        format!("key-{}", self.below(4))
    }

    pub(super) fn key_pair_act(&mut self) -> Command {
        let network = self.network;
        let kind = if self.chance(2) { KeyType::Rsa } else { KeyType::Ed25519 };
        match self.below(5) {
            0 => Command::DeleteKeyPair(KeyPairNamed::Name(self.key_name())),
            1 => Command::DeleteKeyPair(KeyPairNamed::Id(self.pick(network.key_pairs().map(|pair| pair.id)))),
            2 => {
                let (name, tags) = (self.key_name(), self.tags());
                let public_key =
                    if self.chance(4) { "ssh-rsa".to_owned() } else { format!("ssh-rsa AAAAB3NzaC1yc2E{} me", "A".repeat(61)) };
                Command::ImportKeyPair(Box::new(ImportKeyPair { name, public_key, tags }))
            }
            _ => {
                let (name, ppk, tags) = (self.key_name(), self.chance(2), self.tags());
                Command::CreateKeyPair(Box::new(CreateKeyPair { name, kind, ppk, tags }))
            }
        }
    }

    pub(super) fn shutdown(&mut self) -> ShutdownBehavior {
        if self.chance(3) { ShutdownBehavior::Terminate } else { ShutdownBehavior::Stop }
    }

    fn metadata(&mut self) -> MetadataChange {
        MetadataChange {
            needs_token: self.maybe(3, |dice| dice.chance(2)),
            hop_limit: self.maybe(3, |dice| [1, 2, 64][dice.below(3)]),
            is_on: self.maybe(3, |dice| dice.chance(2)),
            over_ipv6: self.maybe(3, |dice| dice.chance(2)),
            tells_tags: self.maybe(3, |dice| dice.chance(2)),
        }
    }

    pub(super) fn launch_interface(&mut self, at: usize) -> LaunchInterface {
        let existing = self.maybe(2, Self::eni);
        let new = existing.is_none();
        LaunchInterface {
            device_index: u16::try_from(at).unwrap(),
            network_card: u16::from(self.chance(10)),
            existing,
            subnet: if new { Some(self.subnet()) } else { None },
            groups: if new { self.groups() } else { Vec::new() },
            private_ip: if new { self.maybe(4, Self::address) } else { None },
            addresses: Vec::new(),
            description: String::new(),
            delete_on_termination: self.maybe(3, |dice| dice.chance(2)),
            associate_public_ip: self.maybe(6, |dice| dice.chance(2)),
            secondary_count: if new { self.maybe(6, |_| 1) } else { None },
            prefixes: if new && self.chance(4) { self.prefixes() } else { Wanted::default() },
            tracking: if new { self.tracking() } else { TrackingTimeouts::default() },
            ipv6: if new && self.chance(9) { self.new_ipv6() } else { Ipv6Wanted::default() },
        }
    }

    pub(super) fn instance_act(&mut self) -> Command {
        let ids = |dice: &mut Self| (0..1 + dice.below(2)).map(|_| dice.instance()).collect();
        match self.below(17) {
            14 => {
                let mut launch = self.launch();
                if let Command::RunInstances(request) = &mut launch {
                    request.options.spot.get_or_insert_default();
                }
                match launch {
                    Command::RunInstances(request) => Command::RequestSpotInstances(request),
                    other => other,
                }
            }
            15 => Command::CancelSpotInstanceRequests(vec![SpotRequestId::of_instance(self.instance())]),
            13 => Command::MonitorInstances(ids(self), self.chance(2)),
            16 => {
                let instance = self.instance();
                let guest = self.network.instance(instance).map(|instance| instance.guest.clone());
                let guest = guest.unwrap_or_else(|| guest_of(image_of(GuestFlavour::Plain)));
                Command::ConfigureGuest(instance, Box::new(Guest { forwarding: self.chance(2), ..guest }))
            }
            12 => {
                let fault = match self.below(3) {
                    0 => Fault::Hang(self.chance(2)),
                    1 => Fault::Loss([0, 1, 200, 1_000][self.below(4)]),
                    _ => Fault::Connections([0, 1, 5, 100_000][self.below(4)]),
                };
                Command::SetFault(self.instance(), fault)
            }
            11 => Command::ShutDownGuest(self.instance()),
            9 => Command::HibernateInstances(ids(self)),
            10 => Command::TellSpotInstance(self.instance()),
            0 => Command::StartInstances(ids(self)),
            1 => Command::StopInstances(ids(self)),
            2 => Command::RebootInstances(ids(self)),
            3 => Command::TerminateInstances(ids(self)),
            4 => {
                let attribute = match self.below(7) {
                    6 => InstanceAttribute::Metadata(self.metadata()),
                    5 => InstanceAttribute::ShutdownBehavior(self.shutdown()),
                    0 => InstanceAttribute::SourceDestCheck(self.chance(2)),
                    1 => InstanceAttribute::Groups(self.groups()),
                    2 => InstanceAttribute::InstanceType(InstanceType::find("t3.nano").unwrap()),
                    3 => InstanceAttribute::DisableApiTermination(self.chance(3)),
                    _ => InstanceAttribute::DisableApiStop(self.chance(3)),
                };
                Command::ModifyInstanceAttribute(self.instance(), attribute)
            }
            _ => self.launch(),
        }
    }
}
