//! Instances and the guest system that runs on them (`L1` to `L16`, `G1` to `G10`).

use super::by_hand::{ByHand, JUMBO};
use super::fault::Faults;
use super::instance_type::InstanceType;
use super::metadata::MetadataOptions;
use super::spot::{Spot, StateReason};
use super::{Tags, Zone};
use crate::addr::{Ipv4Addr, PortRange};
use crate::id::{EniId, ImageId, InstanceId, ReservationId, VpcId};
use crate::table::{Set, Table};
use crate::time::Instant;

pub use super::by_hand::RpFilter;

/// An instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instance {
    /// Its id.
    pub id: InstanceId,
    /// The launch that made it.
    pub reservation: ReservationId,
    /// Its type, with the limits that follow.
    pub instance_type: InstanceType,
    /// The image it was launched from.
    pub image: ImageId,
    /// Its place among the instances of its launch, from 0.
    pub launch_index: u32,
    /// Its state.
    pub state: InstanceState,
    /// Its Availability Zone.
    pub zone: Zone,
    /// The VPC of its primary ENI (`E21`).
    pub vpc: VpcId,
    /// When it was launched.
    pub launched_at: Instant,
    /// Its ENIs by network card and device index. Kept equal to the ENIs' attachments by `apply`.
    pub enis: Table<(u16, u16), EniId>,
    /// Whether terminate is refused (`L6`).
    pub termination_protection: bool,
    /// Whether stop is refused (`L6`).
    pub stop_protection: bool,
    /// Whether it is a spot instance, and how it was asked for (`L8`).
    pub spot: Option<Spot>,
    /// Whether it was launched so that it can hibernate.
    pub hibernates: bool,
    /// Places that an ENI was forced off: until the next stop no other ENI goes there (`E29`, a decision of this model).
    pub stuck: Table<(u16, u16), EniId>,
    /// What becomes of it when its system is shut down from inside.
    pub shutdown: ShutdownBehavior,
    /// Why it is not running any more, and since when; nothing for one that runs.
    pub reason: Option<(StateReason, Instant)>,
    /// How it is told of itself.
    pub metadata: MetadataOptions,
    /// What is broken on it.
    pub faults: Faults,
    /// The system on it.
    pub guest: Guest,
    /// The name of the key pair that it was launched with, which may be gone (`L19`).
    pub key_name: Option<String>,
    /// The token that its launch was asked with, where one was given.
    pub client_token: Option<String>,
    /// Whether its metrics tell every minute, or five together (`W2`).
    pub monitored: bool,
    /// What it was told to run first, in base64 as AWS shows it; empty if nothing.
    pub user_data: Box<str>,
    /// Whether it was asked to reach its disks by a way of its own; here it has none.
    pub ebs_optimized: bool,
    /// Tags.
    pub tags: Tags,
}

impl Instance {
    /// The primary ENI; a terminated instance has none.
    pub fn primary_eni(&self) -> Option<EniId> {
        self.enis.get(&(0, 0)).copied()
    }

    /// Whether any ENI may go to that index of that network card: none is there, and none was forced off it (`E25`, `E29`).
    pub fn is_free(&self, place: (u16, u16)) -> bool {
        !self.enis.contains_key(&place) && !self.stuck.contains_key(&place)
    }
}

/// What becomes of an instance whose system is shut down from inside.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum ShutdownBehavior {
    /// It stops.
    #[default]
    Stop,
    /// It ends.
    Terminate,
}

impl ShutdownBehavior {
    /// AWS's words, in the order of the variants.
    pub const WORDS: &'static [&'static str] = &["stop", "terminate"];

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            ShutdownBehavior::Stop => "stop",
            ShutdownBehavior::Terminate => "terminate",
        }
    }

    /// From AWS's word; what it does not name is `stop`.
    pub fn from_word(word: &str) -> ShutdownBehavior {
        if word == "terminate" { ShutdownBehavior::Terminate } else { ShutdownBehavior::Stop }
    }
}

/// The state of an instance (`L1`).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum InstanceState {
    /// Starting.
    Pending,
    /// Running.
    Running,
    /// On its way to terminated.
    ShuttingDown,
    /// Gone, but still listed.
    Terminated,
    /// On its way to stopped.
    Stopping,
    /// Stopped.
    Stopped,
}

impl InstanceState {
    /// Whether it has ended for good, or is about to.
    pub const fn is_gone(self) -> bool {
        matches!(self, InstanceState::ShuttingDown | InstanceState::Terminated)
    }

    /// AWS's number.
    pub const fn code(self) -> u16 {
        match self {
            InstanceState::Pending => 0,
            InstanceState::Running => 16,
            InstanceState::ShuttingDown => 32,
            InstanceState::Terminated => 48,
            InstanceState::Stopping => 64,
            InstanceState::Stopped => 80,
        }
    }

    /// AWS's word.
    pub const fn as_str(self) -> &'static str {
        match self {
            InstanceState::Pending => "pending",
            InstanceState::Running => "running",
            InstanceState::ShuttingDown => "shutting-down",
            InstanceState::Terminated => "terminated",
            InstanceState::Stopping => "stopping",
            InstanceState::Stopped => "stopped",
        }
    }
}

/// The system on an instance, as far as packets can tell (`G10`).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Guest {
    /// Which of our images it behaves like.
    pub flavour: GuestFlavour,
    /// One routing table for each ENI, chosen by source address (`G5`).
    pub policy_routing: bool,
    /// Whether it forwards packets that are not for it.
    pub forwarding: bool,
    /// Whether it puts its own address on what it forwards.
    pub masquerade: bool,
    /// How strictly it checks the way back to a packet's source (`G7`).
    pub rp_filter: RpFilter,
    /// Whether it configures secondary addresses by itself (`E62`).
    pub configures_secondaries: bool,
    /// Secondary addresses that somebody configured by hand.
    pub configured: Set<(EniId, Ipv4Addr)>,
    /// The services that it runs.
    pub listeners: Vec<Listener>,
    /// What somebody set by hand beside all this (`G17` to `G21`); most guests have nothing of it.
    pub by_hand: Option<Box<ByHand>>,
}

/// The images that decide how a guest behaves.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GuestFlavour {
    /// As Amazon Linux: policy routing, secondary addresses configured (`G6`).
    PolicyRouting,
    /// As a plain distribution: destination routing only.
    Plain,
    /// A router: forwards and masquerades.
    Router,
}

/// A service that waits for packets.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Listener {
    /// TCP or UDP.
    pub protocol: ListenerProtocol,
    /// The ports it waits on.
    pub ports: PortRange,
    /// The address it is bound to; `None` for every one.
    pub address: Option<Ipv4Addr>,
}

/// The protocols that a service can wait on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ListenerProtocol {
    /// TCP.
    Tcp,
    /// UDP.
    Udp,
}

impl Guest {
    /// The guest of an image.
    pub fn of(flavour: GuestFlavour) -> Guest {
        let routes_by_source = flavour != GuestFlavour::Plain;
        let router = flavour == GuestFlavour::Router;
        Guest {
            flavour,
            policy_routing: routes_by_source,
            forwarding: router,
            masquerade: router,
            rp_filter: RpFilter::Loose,
            configures_secondaries: routes_by_source,
            configured: Set::new(),
            listeners: Vec::new(),
            by_hand: None,
        }
    }

    /// The reverse path filter of an interface: its own, or the higher one of `all` (`G18`).
    pub fn filter_of(&self, eni: EniId) -> RpFilter {
        let Some(hand) = &self.by_hand else { return self.rp_filter };
        let own = hand.filters.get(&eni).copied().unwrap_or(self.rp_filter);
        hand.filter_of_all.unwrap_or(self.usual_filter_of_all()).max(own)
    }

    /// The filter of `all` where nobody set it: plain distributions set it as that of interfaces, Amazon's leave it at 0.
    pub fn usual_filter_of_all(&self) -> RpFilter {
        if self.flavour == GuestFlavour::Plain { self.rp_filter } else { RpFilter::Off }
    }

    /// The longest packet of an interface, in bytes (`G20`).
    pub fn size_of(&self, eni: EniId) -> u16 {
        self.by_hand.as_ref().and_then(|hand| hand.sizes.get(&eni).copied()).unwrap_or(JUMBO)
    }

    /// Changes what was set by hand.
    pub fn change_by_hand(&mut self, change: impl FnOnce(&mut ByHand)) {
        let mut hand = self.by_hand.take().unwrap_or_default();
        change(&mut hand);
        self.by_hand = Some(hand).filter(|hand| **hand != ByHand::default());
    }
}
