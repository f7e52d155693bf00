//! Which guest an image brings. Any well-formed image may be launched; three are ours, every other one behaves like the first.

use crate::addr::PortRange;
use crate::id::{ImageId, ResourceId};
use crate::model::instance::{Guest, GuestFlavour, Listener, ListenerProtocol};

/// The number of the image whose guest routes by source address (`G5`): the default.
pub const POLICY_ROUTING: u64 = 1;
/// The number of the image whose guest routes by destination only (`G2`).
pub const PLAIN: u64 = 2;
/// The number of the image that forwards and masquerades (`G10`).
pub const ROUTER: u64 = 3;

/// The TCP ports that the guests of every image serve (`M`): secure shell, web, web over TLS.
pub const SERVED_PORTS: [u16; 3] = [22, 80, 443];

/// The image that brings a guest of this flavour: `ami-00000000000000001`, `…2`, `…3`.
pub fn image_of(flavour: GuestFlavour) -> ImageId {
    ImageId::from_number(match flavour {
        GuestFlavour::PolicyRouting => POLICY_ROUTING,
        GuestFlavour::Plain => PLAIN,
        GuestFlavour::Router => ROUTER,
    })
}

/// The guest that an image brings.
pub fn guest_of(image: ImageId) -> Guest {
    let flavour = match image.counter_number() {
        Some(PLAIN) => GuestFlavour::Plain,
        Some(ROUTER) => GuestFlavour::Router,
        _ => GuestFlavour::PolicyRouting,
    };
    let mut guest = Guest::of(flavour);
    guest.listeners = SERVED_PORTS
        .iter()
        .map(|port| Listener { protocol: ListenerProtocol::Tcp, ports: PortRange::single(*port), address: None })
        .collect();
    guest
}
