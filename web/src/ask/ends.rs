//! The ends that a question can have: the internet, its hosts that ask already, offices, instances, ENIs, Elastic IPs, what services have in subnets,
//! or an address that is typed.

use crate::words::{Key, say};
use eni_playground::view::board::{BoardView, EniView, InstanceView, OtherGatewayView, SubnetView};

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
    /// Whether it can ask, too: of what services have in subnets only functions do.
    pub asks: bool,
}

impl End {
    fn new(value: &str, text: String, heading: Key<'static>) -> End {
        End { value: value.to_owned(), text, heading, asks: true }
    }
}

/// All ends of a board, in the order of reading.
pub fn ends(board: &BoardView) -> Vec<End> {
    let mut ends = vec![End::new("internet", say(Key::InternetEnd), Key::InternetHeading)];
    for client in board.clients.iter().filter(|client| client.outside) {
        // The host that asks when nobody says which is the first of the list already, and one host may ask more than one thing.
        if client.address != INTERNET_HOST && !ends.iter().any(|end| end.value == client.address) {
            let text = format!("{} ({})", client.name, client.address);
            ends.push(End::new(&client.address, text, Key::InternetHeading));
        }
    }
    let gates = board.vpcs.iter().flat_map(|vpc| &vpc.others).chain(&board.others);
    ends.extend(gates.filter_map(|gate| Some(End::new(gate.thing.strip_prefix("cgw:")?, gate.name.clone(), Key::InternetHeading))));
    let address = board.tray.elastic_ips.iter().filter(|address| !address.free);
    ends.extend(address.map(|address| End::new(&address.ip, format!("{} ({})", address.ip, address.note), Key::PublicAddresses)));
    let instances = || instances(board).filter(|instance| !instance.gone);
    ends.extend(instances().map(|instance| End::new(&instance.id, instance.name.clone(), Key::Instances)));
    let on_instances = instances().flat_map(|instance| instance.slots.iter()).filter_map(|slot| slot.eni.as_ref());
    ends.extend(on_instances.chain(&board.tray.enis).map(eni_end));
    ends.extend(subnets(board).flat_map(|subnet| &subnet.others).filter_map(service_end));
    ends
}

fn eni_end(eni: &EniView) -> End {
    let address = eni.addresses.first().map(|address| address.ip.as_str()).unwrap_or_default();
    End::new(&eni.id, format!("{} ({address})", eni.name), Key::Enis)
}

/// What a service has in a subnet, by its ENI. NAT gateways ask and are asked for nothing.
fn service_end(card: &OtherGatewayView) -> Option<End> {
    let text = format!("{} ({})", card.name, card.kind);
    let end = End::new(card.thing.strip_prefix("service:")?, text, Key::ServicesHeading);
    Some(End { asks: card.glyph == "function", ..end })
}

fn subnets(board: &BoardView) -> impl Iterator<Item = &SubnetView> {
    board.vpcs.iter().flat_map(|vpc| &vpc.zones).flat_map(|zone| &zone.subnets).map(|subnet| &**subnet)
}

fn instances(board: &BoardView) -> impl Iterator<Item = &InstanceView> {
    subnets(board).flat_map(|subnet| &subnet.instances).map(|instance| &**instance)
}

/// What a client that asks from there is called; empty leaves it to the playground.
pub fn name_of(board: &BoardView, from: &str) -> String {
    instances(board).find(|instance| instance.id == from).map(|instance| instance.name.clone()).unwrap_or_default()
}
