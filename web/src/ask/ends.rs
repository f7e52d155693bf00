//! The ends that a question can have: the internet, its hosts that ask already, instances, ENIs, Elastic IPs, or an address that is typed.

use crate::words::{Key, say};
use eni_playground::view::board::{BoardView, EniView, InstanceView};

/// The choice of an address that stands on no list.
pub const OTHER: &str = "other";

/// The address of "a host of the internet".
const INTERNET_HOST: &str = "198.51.100.1";

/// An end to choose.
#[derive(Clone, Debug, PartialEq)]
pub struct End {
    /// What an act calls it.
    pub value: String,
    /// What it says.
    pub text: String,
    /// Under which heading it stands.
    pub heading: Key<'static>,
}

/// All ends of a board, in the order of reading.
pub fn ends(board: &BoardView) -> Vec<End> {
    let mut ends = vec![End { value: "internet".to_owned(), text: say(Key::InternetEnd), heading: Key::InternetHeading }];
    for client in board.clients.iter().filter(|client| client.outside) {
        // The host that asks when nobody says which is the first of the list already, and one host may ask more than one thing.
        if client.address != INTERNET_HOST && !ends.iter().any(|end| end.value == client.address) {
            let text = format!("{} ({})", client.name, client.address);
            ends.push(End { value: client.address.clone(), text, heading: Key::InternetHeading });
        }
    }
    let address = board.tray.elastic_ips.iter().filter(|address| !address.free);
    ends.extend(address.map(|address| End {
        value: address.ip.clone(),
        text: format!("{} ({})", address.ip, address.note),
        heading: Key::PublicAddresses,
    }));
    let instances = || instances(board).filter(|instance| !instance.gone);
    ends.extend(instances().map(|instance| End { value: instance.id.clone(), text: instance.name.clone(), heading: Key::Instances }));
    let on_instances = instances().flat_map(|instance| instance.slots.iter()).filter_map(|slot| slot.eni.as_ref());
    ends.extend(on_instances.chain(&board.tray.enis).map(eni_end));
    ends
}

fn eni_end(eni: &EniView) -> End {
    let address = eni.addresses.first().map(|address| address.ip.as_str()).unwrap_or_default();
    End { value: eni.id.clone(), text: format!("{} ({address})", eni.name), heading: Key::Enis }
}

fn instances(board: &BoardView) -> impl Iterator<Item = &InstanceView> {
    let subnets = board.vpcs.iter().flat_map(|vpc| &vpc.zones).flat_map(|zone| &zone.subnets);
    subnets.flat_map(|subnet| &subnet.instances).map(|instance| &**instance)
}

/// What a client that asks from there is called; empty leaves it to the playground.
pub fn name_of(board: &BoardView, from: &str) -> String {
    instances(board).find(|instance| instance.id == from).map(|instance| instance.name.clone()).unwrap_or_default()
}
