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

/// The TCP port that the guests of every image serve: secure shell. A web server is installed and started by whoever wants one (`G13`).
pub const SERVED_PORTS: [u16; 1] = [22];
/// The TCP ports of web servers.
pub const WEB_PORTS: [u16; 2] = [80, 443];

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
    serve(&mut guest, &SERVED_PORTS);
    guest
}

/// The guest of an instance that came from elsewhere: of what it serves nothing is told, so a web server is taken to be there (`M`).
pub fn guest_of_import(image: ImageId) -> Guest {
    launched(image, &WEB_PORTS)
}

/// The guest of a launch, whose user data starts services on these ports.
pub fn launched(image: ImageId, ports: &[u16]) -> Guest {
    let mut guest = guest_of(image);
    serve(&mut guest, ports);
    guest
}

/// Services start on these TCP ports, on every address, where they do not run yet.
pub fn serve(guest: &mut Guest, ports: &[u16]) {
    for port in ports {
        let listener = Listener { protocol: ListenerProtocol::Tcp, ports: PortRange::single(*port), address: None };
        if !guest.listeners.contains(&listener) {
            guest.listeners.push(listener);
        }
    }
}
