//! The panel of evidence: what the network left behind, made from what the world keeps anyway, when somebody looks.

mod capture;
mod connections;
mod flow_logs;
mod metrics;

use super::Session;
use crate::view::evidence::{EvidenceOf, EvidenceTab, EvidenceView};
use crate::view::form::ChoiceView;
use crate::view::make::Maker;
use crate::words::EvidenceKey;
use eni_core::id::EniId;
use eni_core::model::eni::Eni;
use eni_core::packet::Packet;

/// How many lines of a list are shown, the newest.
const SHOWN: usize = 200;
/// How many ENIs, flow logs or subjects of metrics stand to choose from.
const CHOICES: usize = 200;

impl Session {
    /// A tab of the panel of evidence.
    pub fn evidence(&self, of: &EvidenceOf) -> EvidenceView {
        let maker = self.maker();
        let eni = of.eni.parse().ok().filter(|id| maker.network.eni(*id).is_some());
        let mut view = match of.tab {
            EvidenceTab::Metrics => return metrics::tab(&self.world, &maker, of),
            EvidenceTab::FlowLogs => flow_logs::tab(&self.world, &maker, of, eni),
            EvidenceTab::Capture => capture::tab(&self.world, &maker, of.only, eni),
            EvidenceTab::Connections => connections::tab(&self.world, &maker, of, eni),
        };
        view.enis = enis(&maker, &view.eni, of.tab != EvidenceTab::Connections);
        view
    }
}

/// The ENIs to choose from: the one that is chosen is always among them.
fn enis(maker: &Maker<'_>, chosen: &str, or_all: bool) -> Vec<ChoiceView> {
    let any = or_all.then(|| ChoiceView { value: String::new(), text: maker.say(EvidenceKey::AnyEni) });
    let chosen: Option<EniId> = chosen.parse().ok();
    let choice = |eni: &Eni| ChoiceView { value: eni.id.to_string(), text: eni_choice(maker, eni) };
    let listed = choices(maker.network.enis(), |eni| Some(eni.id) == chosen, choice, |count| maker.say(EvidenceKey::MoreEnis { count }));
    any.into_iter().chain(listed).collect()
}

/// What stands to choose from: the first of all and the chosen one. Where there are more, the last one is no choice, but says how many, and how one
/// of them is chosen.
fn choices<T>(
    all: impl Iterator<Item = T>,
    is_chosen: impl Fn(&T) -> bool,
    choice: impl Fn(T) -> ChoiceView,
    more: impl Fn(&str) -> String,
) -> Vec<ChoiceView> {
    let (mut choices, mut left_out) = (Vec::new(), 0_usize);
    for (place, one) in all.enumerate() {
        if place < CHOICES || is_chosen(&one) {
            choices.push(choice(one));
        } else {
            left_out += 1;
        }
    }
    if left_out > 0 {
        choices.push(ChoiceView { value: "more".to_owned(), text: more(&left_out.to_string()) });
    }
    choices
}

fn eni_choice(maker: &Maker<'_>, eni: &Eni) -> String {
    // One of a service goes by what it is of, unless it has a name.
    let id = eni.id.to_string();
    let name = Some(maker.eni_name(eni.id)).filter(|name| *name != id).or_else(|| maker.service_owner(eni.id)).unwrap_or(id);
    let address = eni.primary_ip().map_or_else(|| eni.id.to_string(), |ip| ip.to_string());
    match eni.attached_instance() {
        Some(id) => maker.say(EvidenceKey::EniOn { eni: &name, address: &address, instance: &maker.instance_name(id) }),
        None => maker.say(EvidenceKey::EniAt { eni: &name, address: &address }),
    }
}

/// How an ENI is written where one is chosen; empty for all of them.
fn chosen(eni: Option<EniId>) -> String {
    eni.map(|id| id.to_string()).unwrap_or_default()
}

/// A packet as a flow: `tcp 198.51.100.1:49152 → 10.0.1.20:443`.
fn flow_text(maker: &Maker<'_>, packet: &Packet) -> String {
    let protocol = maker.protocol(packet.protocol_number());
    match packet.ports() {
        Some((from, to)) => format!("{protocol} {}:{from} → {}:{to}", packet.source, packet.destination),
        None => format!("{protocol} {} → {}", packet.source, packet.destination),
    }
}
