//! The packets at an ENI, or at all of them, as `tcpdump` prints them, each with what became of it.

use super::{SHOWN, chosen};
use crate::capture::{Dress, Lines};
use crate::view::evidence::{EvidenceView, LineMark, LineView};
use crate::view::make::Maker;
use crate::words::{EvidenceKey, PageKey};
use crate::world::World;
use eni_core::id::EniId;
use eni_core::order::sort_by_key;
use eni_core::sim::capture::{Frame, of_record};
use eni_core::sim::record::{LOST_KEPT, PACKETS_KEPT, PacketRecord};

/// How many more are looked through, so that the numbers of what is shown count from where its connection began.
const LOOKED_THROUGH: usize = SHOWN * 3;

/// A packet at an ENI, and the how-manieth ENI of its way that is.
struct Seen<'w> {
    frame: Frame,
    record: &'w PacketRecord,
    place: usize,
}

/// The tab.
pub(super) fn tab(world: &World, maker: &Maker<'_>, only: Option<LineMark>, eni: Option<EniId>) -> EvidenceView {
    let seen = newest(world, only, eni);
    let (before, shown) = seen.split_at(seen.len().saturating_sub(SHOWN));
    let mut lines = Lines::default();
    before.iter().for_each(|seen| lines.pass(&seen.frame));
    let lines: Vec<LineView> = shown.iter().map(|seen| line(world, maker, &mut lines, seen, eni.is_none())).collect();
    let (packets, lost) = (PACKETS_KEPT.to_string(), LOST_KEPT.to_string());
    EvidenceView {
        eni: chosen(eni),
        limit: maker.say(EvidenceKey::FramesShown { shown: &lines.len().to_string(), packets: &packets, lost: &lost }),
        marks: vec![(maker.say(EvidenceKey::OnlyDelivered), LineMark::Passed), (maker.say(EvidenceKey::OnlyLost), LineMark::Lost)],
        empty: maker.say(EvidenceKey::NoFrames),
        lines,
        ..EvidenceView::default()
    }
}

/// The newest frames by time, the newest last.
fn newest(world: &World, only: Option<LineMark>, eni: Option<EniId>) -> Vec<Seen<'_>> {
    let now = world.sim.now();
    let mut seen: Vec<Seen<'_>> = Vec::new();
    for record in world.sim.packets().rev().filter(|record| only.is_none_or(|only| only == mark(record))) {
        if seen.len() >= LOOKED_THROUGH {
            break;
        }
        let frames = of_record(world.network(), record).into_iter().enumerate();
        let here = frames.filter(|(_, frame)| frame.at <= now && eni.is_none_or(|eni| eni == frame.eni));
        seen.extend(here.map(|(place, frame)| Seen { frame, record, place }));
    }
    sort_by_key(&mut seen, |seen| (seen.frame.at, seen.record.id, seen.place));
    seen
}

fn line(world: &World, maker: &Maker<'_>, lines: &mut Lines, seen: &Seen<'_>, names_eni: bool) -> LineView {
    let Seen { frame, record, place } = seen;
    let link = names_eni.then(|| maker.eni_name(frame.eni));
    let dress = Dress {
        time: world.epoch.time_of_day(frame.at),
        // Addresses of the link are not shown, and so no number of it.
        link: link.as_deref().map(|link| (link, 0)),
        shows_link: false,
        name: &|address| address.to_string(),
        port: &|port| port.to_string(),
    };
    let headline = maker.headline(&record.walk, &record.packet);
    let got_through = record.walk.disposition.got_through();
    let mut note = match record.walk.code() {
        Some(code) if !got_through => format!("{headline} [{}]", code.as_str()),
        _ if got_through => maker.say(PageKey::Delivered),
        _ => headline.clone(),
    };
    if !frame.seen_by_guest {
        note = format!("{note}; {}", maker.say(EvidenceKey::NotForGuest));
    }
    LineView {
        key: format!("{}.{place}", record.id.0),
        mark: mark(record),
        name: maker.say(EvidenceKey::WhyOf { verdict: &headline }),
        text: lines.line(frame, &dress).trim_end().to_owned(),
        note,
        packet: Some(record.id.0),
    }
}

fn mark(record: &PacketRecord) -> LineMark {
    if record.walk.disposition.got_through() { LineMark::Passed } else { LineMark::Lost }
}
