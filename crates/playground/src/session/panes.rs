//! The session's panes about one thing: *Why* of a packet, menus, details and forms.

use super::Session;
use crate::act::Act;
use crate::view::details::DetailsView;
use crate::view::form::FormView;
use crate::view::make::Maker;
use crate::view::make::why::WhyOf;
use crate::view::menu::MenuView;
use crate::view::why::{RemedyView, WhyView};
use crate::words::{Key, seconds};
use crate::world::World;
use eni_core::analysis::remedy::{Remedy, of_walk};
use eni_core::dataplane::verdict::Walk;
use eni_core::dataplane::{Assume, Origin, Question, judge};
use eni_core::sim::host::Host;
use eni_core::sim::record::{PacketId, PacketRecord, Purpose};
use eni_core::table::Table;

impl Session {
    /// What can be done with a thing now; nothing if there is no such thing.
    pub fn menu(&self, thing: &str) -> Option<MenuView> {
        self.maker().menu(&self.world, thing)
    }

    /// What is known about a thing; nothing if there is no such thing.
    pub fn details(&self, thing: &str) -> Option<DetailsView> {
        self.maker().details(&self.world, thing)
    }

    /// A form by its id, as `create-eni:subnet-…`; what follows the colon may be empty, then a field lets one choose.
    pub fn form(&self, id: &str) -> Option<FormView> {
        self.maker().form(id)
    }

    /// The acts that a filled form is, in order. What AWS would refuse is found by doing or previewing them.
    pub fn form_acts(&self, id: &str, values: &Table<String, String>) -> Vec<Act> {
        self.maker().form_acts(id, values)
    }

    /// *Why* of a packet that is still remembered.
    pub fn why(&self, packet: u64) -> Option<WhyView> {
        let mut record = self.world.sim.packet(PacketId(packet))?;
        let maker = self.maker();
        // An answer that arrived is the second half of its question's story.
        if record.purpose == Purpose::Answer && why_of(&maker, &self.world, record).delivered {
            let (cause, id) = (record.cause, record.id);
            let mut earlier = self.world.sim.packets().rev().filter(|other| other.id < id);
            record = earlier.find(|other| other.purpose == Purpose::Question && other.cause == cause).unwrap_or(record);
        }
        let mut view = why_of(&maker, &self.world, record);
        if record.purpose == Purpose::Question && view.delivered {
            let answer = self.world.sim.packets().find(|other| {
                other.purpose == Purpose::Answer && other.cause == record.cause && other.at >= record.at && other.id > record.id
            });
            view.reply = answer.map(|answer| {
                let mut reply = why_of(&maker, &self.world, answer);
                reply.remedies = self.remedies(&maker, answer);
                Box::new(reply)
            });
        }
        view.remedies = self.remedies(&maker, record);
        Some(view)
    }

    /// What would let a refused packet through now. It is worked out once for each state of the network: *Why* is asked for often.
    fn remedies(&self, maker: &Maker<'_>, record: &PacketRecord) -> Vec<RemedyView> {
        if record.walk.disposition.got_through() {
            return Vec::new();
        }
        let key = (record.id.0, self.version);
        let mut kept = self.remedies.borrow_mut();
        match &*kept {
            Some((of, found)) if *of == key => found.clone(),
            _ => {
                let found = maker.remedies(&self.found_remedies(record));
                *kept = Some((key, found.clone()));
                found
            }
        }
    }

    fn found_remedies(&self, record: &PacketRecord) -> Vec<Remedy> {
        let sim = &self.world.sim;
        let question = Question { network: sim.network(), tracking: sim.tracking(), now: sim.now(), assume: Assume::default() };
        let origin = match record.from {
            Host::Instance(id) => Origin::Instance(id),
            Host::Internet(_) => Origin::Internet,
        };
        let mut walk = Walk::default();
        judge(&question, origin, record.packet, &mut walk);
        if walk.disposition.got_through() { Vec::new() } else { of_walk(&question, origin, record.packet, &walk) }
    }
}

fn why_of(maker: &Maker<'_>, world: &World, record: &PacketRecord) -> WhyView {
    let at_ms = record.at.as_millis();
    let client = world.sim.client(record.cause.client).map(|client| client.spec.name.clone());
    let (seconds, request) = (seconds(at_ms), record.cause.request.0.to_string());
    let (seconds, request) = (seconds.as_str(), request.as_str());
    let origin = match (&client, record.purpose) {
        (None, _) => maker.say(Key::OriginOnce { seconds }),
        (Some(client), Purpose::Answer) => maker.say(Key::OriginAnswer { client, request, seconds }),
        (Some(client), _) => maker.say(Key::OriginRequest { client, request, seconds }),
    };
    maker.why(&WhyOf { packet: record.id.0, at_ms, origin, sent: record.packet, walk: &record.walk })
}
