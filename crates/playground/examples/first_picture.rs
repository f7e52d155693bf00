//! The first picture: the first scene as SVG, made of the same view as the board, for the moment before the engine runs.
//!
//! `cargo xtask picture` writes it to `crates/xtask/src/first_picture.svg`, from where the build puts it into the page; a test holds it to
//! the scene. Colours are the page's business (`styles/first.css`): here stand only places, words and classes.

use eni_playground::session::Session;
use eni_playground::view::board::{BoardView, ClientView, EniView, InstanceView, SlotView, SubnetView, VpcView};
use eni_playground::view::words::{Language, PageKey};
use std::fmt::Write;

/// The scene that the page opens with.
const SCENE: &str = "low-budget-ha";
/// How wide the picture is, in its own units; the page scales it.
const WIDTH: u32 = 820;
/// Between the VPC's edge, its columns, and the boxes in them.
const GAP: u32 = 14;
/// Between the two columns of zones, where the wires run.
const MIDDLE: u32 = 76;
/// Where the VPC begins.
const TOP: u32 = 104;
/// The heading of a box.
const HEADING: u32 = 36;
/// A place with an ENI, and an empty one, with what lies between two of them.
const FULL: u32 = 46;
const EMPTY: u32 = 36;

#[allow(dead_code, reason = "the test that holds the picture to the scene takes this file without its `main`")]
fn main() -> Result<(), String> {
    print!("{}", picture()?);
    Ok(())
}

/// The picture, as text that may stand in a page.
///
/// # Errors
///
/// When there is no such scene, or no VPC in it.
pub fn picture() -> Result<String, String> {
    let board = Session::open(SCENE)?.board();
    let vpc = board.vpcs.first().ok_or("the first scene has no VPC")?;
    let mut drawing = Drawing::default();
    let bottom = drawing.vpc(vpc);
    drawing.outside(&board, vpc);
    let starting = Language::English.say(PageKey::Starting);
    drawing.text(WIDTH / 2, bottom + 34, "middle quiet", &starting);
    let height = bottom + 48;
    Ok(format!(
        "<svg class=\"eni-first-picture\" viewBox=\"0 0 {WIDTH} {height}\" role=\"img\" aria-label=\"{} {}\">\n{}</svg>\n",
        escaped(&starting),
        escaped(&board.summary),
        drawing.text
    ))
}

/// What has been drawn so far.
#[derive(Default)]
struct Drawing {
    text: String,
}

impl Drawing {
    fn text(&mut self, x: u32, y: u32, class: &str, text: &str) {
        let _ = writeln!(self.text, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{}</text>", escaped(text));
    }

    fn area(&mut self, class: &str, [x, y, width, height]: [u32; 4], radius: u32) {
        let _ = writeln!(self.text, "<rect class=\"{class}\" x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"{radius}\"/>");
    }

    fn outside(&mut self, board: &BoardView, vpc: &VpcView) {
        let middle = WIDTH / 2;
        let _ = writeln!(self.text, "<path class=\"wire\" d=\"M150 34H{middle}V{}\"/>", TOP - 16);
        if let Some(client) = board.clients.iter().find(|client| client.outside) {
            self.client(client);
        }
        if let Some(gateway) = &vpc.gateway {
            self.area("card", [middle - 52, TOP - 16, 104, 32], 16);
            self.text(middle, TOP + 5, "middle strong", &gateway.name);
        }
    }

    fn client(&mut self, client: &ClientView) {
        self.area("card", [1, 8, 148, 52], 26);
        self.text(22, 30, "strong", &client.name);
        self.text(22, 48, "address", &client.address);
    }

    /// The VPC with its zones beside each other; gives where it ends.
    fn vpc(&mut self, vpc: &VpcView) -> u32 {
        let zones = u32::try_from(vpc.zones.len().max(1)).unwrap_or(1);
        let column = (WIDTH - 2 * GAP - MIDDLE * (zones - 1)) / zones;
        let inner = vpc.zones.iter().map(|zone| zone.subnets.iter().map(|subnet| height_of_subnet(subnet)).sum::<u32>()).max().unwrap_or(0);
        let bottom = TOP + 64 + inner;
        self.area("vpc", [1, TOP, WIDTH - 2, bottom - TOP], 16);
        self.text(GAP + 4, TOP + 26, "strong", &vpc.name);
        self.text(GAP + 90, TOP + 26, "address", &vpc.cidr);
        let mut x = GAP;
        for zone in &vpc.zones {
            self.text(x + 4, TOP + 54, "small", &zone.name);
            let mut y = TOP + 64;
            for subnet in &zone.subnets {
                self.subnet(subnet, [x, y, column]);
                y += height_of_subnet(subnet);
            }
            x += column + MIDDLE;
        }
        bottom
    }

    fn subnet(&mut self, subnet: &SubnetView, [x, y, width]: [u32; 3]) {
        let class = if subnet.public { "public" } else { "private" };
        self.area(class, [x, y, width, height_of_subnet(subnet) - GAP], 12);
        self.text(x + 12, y + 22, "strong", &subnet.name);
        self.text(x + 96, y + 22, "address", &subnet.cidr);
        let mut y = y + HEADING;
        for instance in &subnet.instances {
            self.instance(instance, [x + 10, y, width - 20]);
            y += height_of_instance(instance);
        }
    }

    fn instance(&mut self, instance: &InstanceView, [x, y, width]: [u32; 3]) {
        self.area("card", [x, y, width, height_of_instance(instance) - GAP], 10);
        self.text(x + 12, y + 22, "strong", &instance.name);
        self.text(x + 84, y + 22, "small", &instance.kind);
        self.text(x + width - 12, y + 22, "end small", &instance.state_text);
        let mut y = y + HEADING;
        for slot in &instance.slots {
            self.text(x + 17, y + height_of_slot(slot) / 2, "middle small", &slot.index.to_string());
            let place = [x + 32, y, width - 42, height_of_slot(slot) - 6];
            match &slot.eni {
                Some(eni) => self.eni(eni, place),
                None => self.area("empty", place, 8),
            }
            y += height_of_slot(slot);
        }
    }

    fn eni(&mut self, eni: &EniView, [x, y, width, height]: [u32; 4]) {
        let asked = eni.addresses.iter().any(|address| address.public_ip.is_some());
        self.area(if asked { "card asked" } else { "card" }, [x, y, width, height], 8);
        self.text(x + 12, y + 17, "strong", &eni.name);
        let addresses: Vec<&str> = eni
            .addresses
            .iter()
            .flat_map(|address| [Some(&address.ip), address.public_ip.as_ref()])
            .flatten()
            .map(String::as_str)
            .collect();
        self.text(x + 12, y + 33, "address", &addresses.join("  "));
        for (place, group) in (0_u32..).zip(eni.groups.iter().rev()) {
            self.text(x + width - 14 - 20 * place, y + 25, "middle small", &group.letter);
        }
    }
}

fn height_of_slot(slot: &SlotView) -> u32 {
    if slot.eni.is_some() { FULL } else { EMPTY }
}

fn height_of_instance(instance: &InstanceView) -> u32 {
    HEADING + instance.slots.iter().map(height_of_slot).sum::<u32>() + 4 + GAP
}

fn height_of_subnet(subnet: &SubnetView) -> u32 {
    HEADING + subnet.instances.iter().map(|instance| height_of_instance(instance)).sum::<u32>() + GAP
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}
