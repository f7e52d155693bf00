//! `eni reach`: who can open a connection to whom on one protocol and port, as JSON and as text; and `eni estate`, a network large enough to ask.

use crate::aws::Epoch;
use crate::scenario::{Scenario, Scene, save};
use crate::words::{Language, ReachKey};
use eni_core::analysis::matrix::{Asked, Class, End, Link, Matrix, Where, count_pairs};
use eni_core::measure::estate;
use eni_core::model::eni::Eni;
use eni_core::model::network::Network;
use eni_core::table::Table;
use eni_core::time::Instant;
use serde_json::{Value, json};

/// The version of the JSON form.
const FORMAT: u64 = 1;
/// So many links are written as JSON.
const MOST_LINKS: usize = 100_000;
/// So many members of a class are named in text.
const NAMED: usize = 3;
/// How wide a line may be.
const WIDTH: usize = 80;
/// The most ENIs of an estate whose document can be read again.
pub const MOST_IN_DOCUMENT: usize = 20_000;

/// What to ask, as it is typed.
#[derive(Clone, Debug, PartialEq, Eq, Default)]
pub struct Ask {
    /// `tcp`, `udp`, `icmp` or a number; tcp if empty.
    pub protocol: String,
    /// The destination port of tcp and udp.
    pub port: Option<u16>,
    /// Whether stopped instances are taken as running.
    pub assume_running: bool,
    /// So many classes and lines are told in text.
    pub most: usize,
}

/// The answer, as JSON and for people.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// As JSON.
    pub json: Value,
    /// For people.
    pub text: String,
}

/// An estate of so many ENIs, as a document.
///
/// # Errors
/// None, or more than a document may hold: in plain words.
pub fn document_of_estate(enis: usize, seed: u64) -> Result<String, String> {
    let network = Some(enis).filter(|enis| *enis <= MOST_IN_DOCUMENT).and_then(|enis| estate(enis, seed));
    let network = network
        .ok_or_else(|| format!("an estate has 1 to {MOST_IN_DOCUMENT} network interfaces: a larger document could not be read again"))?;
    let title = format!("Estate of {enis}");
    Ok(save(&Scenario { title, network, epoch: Epoch::default(), clock: Instant::ZERO, seed, scene: Scene::default() }))
}

/// Who reaches whom.
///
/// # Errors
/// A protocol that is none, or a port that is missing or that it does not have: in plain words.
pub fn answer(scenario: &Scenario, ask: &Ask) -> Result<Answer, String> {
    let asked = read(ask)?;
    let network = &scenario.network;
    let matrix = Matrix::build(network, asked);
    let classes = matrix.classes();
    let links: Vec<Link> = matrix.links(network, &classes).collect();
    let told = Told { scenario, asked, matrix: &matrix, classes: &classes, links: &links };
    Ok(Answer { json: told.json(), text: told.text(ask.most) })
}

fn read(ask: &Ask) -> Result<Asked, String> {
    let protocol = match ask.protocol.as_str() {
        "" | "tcp" => 6,
        "udp" => 17,
        "icmp" => 1,
        number => number.parse().map_err(|_| format!("\"{number}\" is no protocol: expected tcp, udp, icmp or a number from 0 to 255"))?,
    };
    let port = match (protocol, ask.port) {
        (6 | 17, Some(port)) => port,
        (6 | 17, None) => return Err("say which port: --port 443".to_owned()),
        (_, Some(_)) => return Err("only tcp and udp have ports".to_owned()),
        (_, None) => 0,
    };
    Ok(Asked { protocol, port, running: ask.assume_running })
}

struct Told<'a> {
    scenario: &'a Scenario,
    asked: Asked,
    matrix: &'a Matrix,
    classes: &'a [Class],
    links: &'a [Link],
}

fn say(key: ReachKey<'_>) -> String {
    Language::English.say(key)
}

impl Told<'_> {
    fn network(&self) -> &Network {
        &self.scenario.network
    }

    fn protocol(&self) -> String {
        match self.asked.protocol {
            6 => "tcp".to_owned(),
            17 => "udp".to_owned(),
            1 => "icmp".to_owned(),
            other => other.to_string(),
        }
    }

    fn has_ports(&self) -> bool {
        matches!(self.asked.protocol, 6 | 17)
    }

    /// How many pairs of ENIs are open, and how many there are.
    fn pairs(&self) -> (u64, u64) {
        let enis = self.classes.iter().flat_map(|class| &class.members).filter(|end| matches!(end, End::Eni(_))).count() as u64;
        (count_pairs(self.classes, self.links.iter().copied()), enis * enis.saturating_sub(1))
    }

    fn block_of(&self, end: End) -> Option<String> {
        self.matrix.outside().find(|(other, _)| *other == end).and_then(|(_, block)| block).map(|block| block.to_string())
    }

    fn name(&self, end: End) -> String {
        let End::Eni(id) = end else { return String::new() };
        let eni = self.network().eni(id);
        let given = eni.and_then(|eni| eni.tags.get("Name")).or_else(|| self.scenario.scene.names.get(&id.to_string()));
        given.filter(|name| !name.is_empty()).map_or_else(|| id.to_string(), |name| name.chars().take(40).collect())
    }

    /// The same for people: where an ENI has no name, that of its instance.
    fn name_or_instance(&self, end: End) -> String {
        let name = self.name(end);
        let End::Eni(id) = end else { return name };
        let instance = self.network().eni(id).and_then(Eni::attached_instance).and_then(|id| self.network().instance(id));
        let of_instance = instance.and_then(|instance| instance.tags.get("Name")).filter(|_| name == id.to_string());
        of_instance.filter(|name| !name.is_empty()).map_or(name, |name| name.chars().take(40).collect())
    }

    fn json(&self) -> Value {
        let links = self.links.iter().take(MOST_LINKS).map(|link| {
            let place = match link.place {
                Where::SameSubnet => "sameSubnet",
                Where::OtherSubnets => "otherSubnets",
                Where::Everywhere | Where::Outward | Where::Inward => "everywhere",
            };
            json!({ "from": link.from + 1, "to": link.to + 1, "where": place })
        });
        let (open, all) = self.pairs();
        json!({
            "format": FORMAT,
            "protocol": self.protocol(),
            "port": self.has_ports().then_some(self.asked.port),
            "assumeRunning": self.asked.running,
            "classes": self.classes.iter().enumerate().map(|(place, class)| self.class_json(place, class)).collect::<Vec<_>>(),
            "links": links.collect::<Vec<_>>(),
            "linksInAll": self.links.len(),
            "openPairs": open,
            "allPairs": all,
        })
    }

    fn class_json(&self, place: usize, class: &Class) -> Value {
        let member = |end: &End| {
            let End::Eni(id) = end else { return Value::Null };
            json!({ "id": id.to_string(), "name": self.name(*end), "address": end.address(self.network()).map(|ip| ip.to_string()) })
        };
        match class.members.first() {
            Some(end @ End::Internet(host)) => {
                json!({ "class": place + 1, "kind": "internet", "block": self.block_of(*end), "host": host.to_string() })
            }
            Some(end @ End::OnPremises(gateway, host)) => {
                json!({ "class": place + 1, "kind": "onPremises", "block": self.block_of(*end), "gateway": gateway.to_string(), "host": host.to_string() })
            }
            _ => {
                let members: Vec<Value> = class.members.iter().map(member).collect();
                json!({ "class": place + 1, "kind": "networkInterfaces", "count": members.len(), "members": members })
            }
        }
    }

    fn text(&self, most: usize) -> String {
        let what = if self.has_ports() { format!("{} {}", self.protocol(), self.asked.port) } else { self.protocol() };
        let head = if self.asked.running { ReachKey::AskedRunning { what: &what } } else { ReachKey::Asked { what: &what } };
        let mut lines = folded(&say(head), 0);
        lines.extend([String::new(), say(ReachKey::Classes)]);
        for (place, class) in self.classes.iter().enumerate().take(most) {
            lines.extend(folded(&format!("{:>5}  {}", place + 1, self.class_text(class)), 7));
        }
        let count = |all: usize| all.saturating_sub(most).to_string();
        if self.classes.len() > most {
            lines.push(say(ReachKey::MoreClasses { count: &count(self.classes.len()) }));
        }
        lines.extend([String::new(), say(ReachKey::Links)]);
        let rows: Vec<&[Link]> = self.links.chunk_by(|one, other| one.to == other.to).collect();
        for row in rows.iter().take(most) {
            lines.extend(folded(&row_text(row), 10));
        }
        if rows.len() > most {
            lines.push(say(ReachKey::MoreLinks { count: &count(rows.len()) }));
        }
        if rows.is_empty() {
            lines.push(format!("    {}", say(ReachKey::Nobody)));
        }
        let (open, all) = self.pairs();
        lines.extend([String::new(), say(ReachKey::Pairs { open: &open.to_string(), all: &all.to_string() }), String::new()]);
        lines.join("\n")
    }

    fn class_text(&self, class: &Class) -> String {
        match class.members.first() {
            Some(end @ End::Internet(host)) => match self.block_of(*end) {
                Some(block) => say(ReachKey::InternetBlock { block: &block, host: &host.to_string() }),
                None => say(ReachKey::Internet { host: &host.to_string() }),
            },
            Some(end @ End::OnPremises(gateway, host)) => {
                let block = self.block_of(*end).unwrap_or_default();
                say(ReachKey::OnPremises { block: &block, gateway: &gateway.to_string(), host: &host.to_string() })
            }
            _ => self.interfaces_text(class),
        }
    }

    fn interfaces_text(&self, class: &Class) -> String {
        let count = class.members.len();
        let head = if count == 1 { say(ReachKey::OneInterface) } else { say(ReachKey::Interfaces { count: &count.to_string() }) };
        let member = |end: &End| {
            format!("{} {}", self.name_or_instance(*end), end.address(self.network()).map(|ip| ip.to_string()).unwrap_or_default())
        };
        let mut named: Vec<String> = class.members.iter().take(NAMED).map(member).collect();
        if count > NAMED {
            named.push(say(ReachKey::AndMore { count: &(count - NAMED).to_string() }));
        }
        format!("{head}: {}", named.join(", "))
    }
}

/// Those who reach a class, on one line: `3 <- 1, 2, 5-8`.
fn row_text(row: &[Link]) -> String {
    let to = row.first().map_or(0, |link| link.to + 1);
    let mut by_place: Table<Where, Vec<usize>> = Table::new();
    for link in row {
        let place = if matches!(link.place, Where::Outward | Where::Inward) { Where::Everywhere } else { link.place };
        by_place.update(place, Vec::new(), |classes| classes.push(link.from + 1));
    }
    let mut parts = Vec::new();
    for place in [Where::Everywhere, Where::SameSubnet, Where::OtherSubnets] {
        let Some(classes) = by_place.get(&place) else { continue };
        let classes = ranges(classes);
        parts.push(match place {
            Where::SameSubnet => say(ReachKey::SameSubnet { classes: &classes }),
            Where::OtherSubnets => say(ReachKey::OtherSubnets { classes: &classes }),
            _ => classes,
        });
    }
    format!("{to:>5} <- {}", parts.join(", "))
}

/// Numbers in order, those that follow each other as ranges.
fn ranges(numbers: &[usize]) -> String {
    let runs = numbers.chunk_by(|one, other| one + 1 == *other);
    let told = runs.map(|run| match run {
        [first, .., last] if run.len() > 2 => format!("{first}-{last}"),
        _ => run.iter().map(usize::to_string).collect::<Vec<_>>().join(", "),
    });
    told.collect::<Vec<_>>().join(", ")
}

/// A text in lines that fit; the later ones begin further in.
fn folded(text: &str, indent: usize) -> Vec<String> {
    let lead = text.len() - text.trim_start().len();
    let mut lines = vec![text.get(..lead).unwrap_or_default().to_owned()];
    for word in text.trim_start().split(' ') {
        let Some(line) = lines.last_mut() else { continue };
        let is_new = line.trim().is_empty();
        if !is_new && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("{}{word}", " ".repeat(indent)));
        } else {
            line.push_str(&format!("{}{word}", if is_new { "" } else { " " }));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_follow_each_other_are_a_range() {
        assert_eq!(ranges(&[1, 3, 4, 6, 7, 8, 9, 12]), "1, 3, 4, 6-9, 12");
        assert_eq!(ranges(&[]), "");
    }

    #[test]
    fn long_lines_are_folded_and_begin_further_in() {
        let text = format!("    3 <- {}", (1..60).map(|number| number.to_string()).collect::<Vec<_>>().join(", "));
        let lines = folded(&text, 9);
        assert!(lines.len() > 1 && lines.iter().all(|line| line.len() <= WIDTH) && lines[1].starts_with("         2"), "{lines:?}");
        assert_eq!(folded("short", 4), ["short"]);
    }
}
