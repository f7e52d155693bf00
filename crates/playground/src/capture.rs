//! Captures: the packets that a simulator keeps, as a file for Wireshark ([`World::capture`]) and as `tcpdump` prints them ([`Lines`]).

mod bytes;
mod dns;
mod filter;
mod line;
mod pcapng;

pub(crate) use bytes::hops_left;
pub use filter::{Filter, Names, Unread};
pub use line::{Dress, Lines};

use crate::view::make::Maker;
use crate::words::Language;
use crate::world::{World, name_of};
use eni_core::addr::Direction;
use eni_core::id::EniId;
use eni_core::model::eni::Eni;
use eni_core::order::sort_by_key;
use eni_core::sim::capture::{Frame, of_record};
use eni_core::time::{Duration, Instant};
use pcapng::{Interface, Packet, PcapNg};
use std::collections::BTreeMap;

/// What a captured port's service is taken to be: a plain web server, whose messages can be read.
const WEB: [u16; 2] = [80, 8080];

/// No packet is longer on its way.
const LONGEST_WAY: Duration = Duration::from_secs(1);

impl World {
    /// The frames that have crossed an ENI since a moment, in order, of those packets that are kept: the last few thousand.
    pub fn frames(&self, since: Instant) -> Vec<Frame> {
        let now = self.sim.now();
        let recent = self.sim.packets().rev().take_while(|record| record.at + LONGEST_WAY >= since);
        let mut frames: Vec<Frame> = recent.flat_map(|record| of_record(self.network(), record).into_iter().rev()).collect();
        frames.retain(|frame| frame.at > since && frame.at <= now);
        frames.reverse();
        sort_by_key(&mut frames, |frame| frame.at);
        frames
    }

    /// The packets that are kept, as a pcapng file: an interface for each ENI that has met one, and with each packet what became of it. Of one ENI
    /// alone where one is named. Nothing if there is no packet.
    pub fn capture(&self, only: Option<EniId>) -> Option<Vec<u8>> {
        let maker = self.maker(Language::English);
        let now = self.sim.now();
        let mut all: Vec<(Frame, usize)> = Vec::new();
        let mut said: Vec<String> = Vec::new();
        for record in self.sim.packets() {
            let frames = of_record(self.network(), record);
            said.push(verdict(&maker, record));
            let shown = frames.into_iter().filter(|frame| frame.at <= now && only.is_none_or(|only| only == frame.eni));
            all.extend(shown.map(|frame| (frame, said.len() - 1)));
        }
        sort_by_key(&mut all, |(frame, _)| frame.at);
        let (mut file, mut numbers) = (PcapNg::new(), BTreeMap::new());
        for (frame, comment) in &all {
            let number = *numbers.entry(frame.eni).or_insert_with(|| file.interface(&self.interface(frame.eni)));
            let bytes = bytes::of(frame);
            let comment = said.get(*comment).map_or("", String::as_str);
            let inbound = frame.direction == Direction::Ingress;
            file.packet(&Packet { interface: number, nanos: self.nanos(frame.at), bytes: &bytes, inbound, comment });
        }
        (!all.is_empty()).then(|| file.done())
    }

    /// Nanoseconds since 1970 on the clock of the network.
    fn nanos(&self, at: Instant) -> u64 {
        self.epoch.seconds().saturating_mul(1_000_000_000).saturating_add(at.as_nanos())
    }

    fn interface(&self, id: EniId) -> Interface {
        let eni = self.network().eni(id);
        let name = match eni.map(|eni| name_of(&eni.tags, &eni.id)) {
            Some(name) if name != id.to_string() => format!("{id} ({name})"),
            _ => id.to_string(),
        };
        Interface { name, description: eni.map_or_else(String::new, |eni| self.place(eni)), mac: eni.map(|eni| eni.mac) }
    }

    /// Where an ENI is: `web-1, device 1, 10.0.1.20`.
    fn place(&self, eni: &Eni) -> String {
        let on = eni.attachment.as_ref().and_then(|attachment| {
            let instance = self.network().instance(attachment.instance)?;
            Some(format!("{}, device {}, ", name_of(&instance.tags, &instance.id), attachment.device_index))
        });
        let address = eni.primary_ip().map(|ip| ip.to_string()).unwrap_or_default();
        format!("{}{address}", on.unwrap_or_default())
    }
}

/// What became of a packet, in a sentence, with the code where it was lost.
fn verdict(maker: &Maker<'_>, record: &eni_core::sim::record::PacketRecord) -> String {
    let headline = maker.headline(&record.walk, &record.packet);
    match record.walk.code() {
        Some(code) => format!("{headline} [{}]", code.as_str()),
        None => headline,
    }
}

#[cfg(test)]
mod tests;
