//! The session's panes about one thing: *Why* of a packet, menus, details and forms.

use super::Session;
use crate::act::{Act, Asking, SceneAct};
use crate::view::details::DetailsView;
use crate::view::form::FormView;
use crate::view::make::Maker;
use crate::view::make::traffic::protocol_text;
use crate::view::make::why::WhyOf;
use crate::view::menu::MenuView;
use crate::view::why::{BlockerView, RemedyView, WhyView};
use crate::words::{Key, seconds};
use crate::world::World;
use eni_core::addr::IpAddr;
use eni_core::analysis::remedy::{Blockers, of_walk};
use eni_core::dataplane::guest::METADATA;
use eni_core::dataplane::reason::Code;
use eni_core::dataplane::verdict::Walk;
use eni_core::dataplane::{Assume, Luck, Question, judge};
use eni_core::packet::TcpFlags;
use eni_core::sim::host::Host;
use eni_core::sim::key::{PacketId, Purpose};
use eni_core::sim::record::PacketRecord;
use eni_core::table::Table;

/// How a packet is sent again.
#[derive(Clone, Debug, PartialEq)]
pub enum Again {
    /// Whoever sent it keeps asking.
    Asks,
    /// By this act.
    Once(Act),
    /// Nothing is known of it any more.
    Gone,
}

impl Session {
    /// What can be done with a thing now; nothing if there is no such thing.
    pub fn menu(&self, thing: &str) -> Option<MenuView> {
        self.maker().menu(&self.world, thing)
    }

    /// What is known about a thing; nothing if there is no such thing.
    pub fn details(&self, thing: &str) -> Option<DetailsView> {
        self.maker().details(&self.world, thing)
    }

    /// A form by its id, as `create-eni:subnet-…`; what follows the colon may be empty, then a field lets one choose. `title:` is about the whole.
    pub fn form(&self, id: &str) -> Option<FormView> {
        if id == "title:" {
            return Some(self.maker().title_form(id, &self.title()));
        }
        self.maker().form(id)
    }

    /// The acts that a filled form is, in order. What AWS would refuse is found by doing or previewing them.
    pub fn form_acts(&self, id: &str, values: &Table<String, String>) -> Vec<Act> {
        self.maker().form_acts(id, values)
    }

    /// *Why* of a packet that is still remembered.
    pub fn why(&self, packet: u64) -> Option<WhyView> {
        let mut record: &PacketRecord = self.world.sim.packet(PacketId(packet))?;
        let maker = self.maker();
        // An answer that arrived is the second half of its question's story.
        if part(record) == Part::Answer && why_of(&maker, &self.world, record).delivered {
            let mut earlier = self.world.sim.packets().rev().filter(|other| other.id < record.id);
            let asked = earlier.find(|other| part(other) == Part::Question && together(other, record));
            let is_its = |asked: &&PacketRecord| {
                asked.walk.disposition.got_through() && self.answer_to(asked).is_some_and(|answer| answer.id == record.id)
            };
            record = asked.map(|asked| &**asked).filter(is_its).unwrap_or(record);
        }
        let mut view = why_of(&maker, &self.world, record);
        if part(record) == Part::Question && view.delivered {
            let answer = self.answer_to(record);
            view.reply = answer.map(|answer| {
                let mut reply = why_of(&maker, &self.world, answer);
                (reply.blockers, reply.remedies) = self.against(&maker, answer);
                Box::new(reply)
            });
        }
        (view.blockers, view.remedies) = self.against(&maker, record);
        Some(view)
    }

    /// What came back first for a packet that asked.
    fn answer_to(&self, asked: &PacketRecord) -> Option<&PacketRecord> {
        let mut later = self.world.sim.packets().filter(|other| other.id > asked.id && other.at >= asked.at);
        later.find(|other| part(other) == Part::Answer && together(other, asked)).map(|other| &**other)
    }

    /// How a packet is sent again.
    pub fn again(&self, packet: u64) -> Again {
        let Some(record) = self.question_of(packet) else { return Again::Gone };
        if self.world.sim.client(record.cause.client).is_some_and(|client| client.asking) {
            return Again::Asks;
        }
        let from = match record.from {
            Host::Instance(id) => id.to_string(),
            Host::Internet(address) | Host::Beyond(_, address) => address.to_string(),
            Host::Service(id) => id.to_string(),
            Host::NatGateway(id) => id.to_string(),
            Host::Router(eni) => eni.to_string(),
            Host::Metadata(_) => METADATA.to_string(),
        };
        let protocol = protocol_text(record.packet.protocol_number());
        let port = record.packet.ports().map_or(0, |(_, port)| port);
        let to = self.asked_again(record);
        Again::Once(Act::Scene(SceneAct::Ask(Asking { from, to, protocol, port, ..Asking::default() })))
    }

    /// Whom a packet asked, to ask again: by its address, but an ENI that the internet asked by its private one by id, since it may have a public one now.
    fn asked_again(&self, record: &PacketRecord) -> String {
        let network = self.world.network();
        let asked = match (record.from, record.packet.destination) {
            (Host::Internet(_), IpAddr::V4(private)) => network.enis().find(|eni| eni.primary_ip() == Some(private)),
            _ => None,
        };
        asked.map_or_else(|| record.packet.destination.to_string(), |eni| eni.id.to_string())
    }

    /// The packet that tells how the first request fared that the client of this packet began at `since_us` (virtual microseconds) or later: the
    /// one that stands for it in the timeline. Nothing while that is not known.
    pub fn next_question(&self, packet: u64, since_us: u64) -> Option<u64> {
        let client = self.world.sim.client(self.question_of(packet)?.cause.client)?;
        let newer = client.statistics.outcomes.iter().filter(|outcome| outcome.asked.as_nanos() / 1_000 >= since_us);
        newer.min_by_key(|outcome| outcome.asked)?.packet.map(|packet| packet.0)
    }

    /// The first packet of the request that a packet belongs to.
    fn question_of(&self, packet: u64) -> Option<&PacketRecord> {
        let record = self.world.sim.packet(PacketId(packet))?;
        self.world.sim.packets().find(|other| other.cause == record.cause && other.purpose != Purpose::Answer).map(|other| &**other)
    }

    /// What refuses a packet now that was refused, and what would let it through. It is worked out once for each state of the network and each check
    /// that stops the packet: *Why* is asked for often, and what is remembered of flows changes without any act.
    fn against(&self, maker: &Maker<'_>, record: &PacketRecord) -> (Vec<BlockerView>, Vec<RemedyView>) {
        if record.walk.disposition.got_through() {
            return (Vec::new(), Vec::new());
        }
        let sim = &self.world.sim;
        // What was lost by chance is asked about as bad luck would have it, as long as it can still be lost.
        let luck = if record.walk.code() == Some(Code::GuestLosesPackets) { Luck::Bad } else { Luck::Good };
        let question = Question { network: sim.network(), tracking: sim.tracking(), now: sim.now(), assume: Assume::default(), luck };
        let origin = record.from.origin(sim.network());
        let mut walk = Walk::default();
        judge(&question, origin, record.packet, &mut walk);
        if walk.disposition.got_through() {
            return (Vec::new(), Vec::new());
        }
        let stopped = walk.steps.last().map(|step| (step.place, step.check, step.code));
        let key = (record.id.0, self.version, stopped);
        let mut kept = self.remedies.borrow_mut();
        match &*kept {
            Some((of, found)) if *of == key => found.clone(),
            _ => {
                let found = told(maker, record, &of_walk(&question, origin, record.packet, &walk));
                *kept = Some((key, found.clone()));
                found
            }
        }
    }
}

/// What a packet is of a story of two.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Part {
    /// It asks, or opens a connection.
    Question,
    /// It answers, or takes a connection or refuses it.
    Answer,
    /// It says nothing of its own.
    None,
}

fn part(record: &PacketRecord) -> Part {
    let flags = record.packet.tcp_flags();
    match record.purpose {
        Purpose::Question => Part::Question,
        Purpose::Answer => Part::Answer,
        Purpose::Control if flags.is_some_and(|flags| flags.has(TcpFlags::SYN_ACK) || flags.has(TcpFlags::RST)) => Part::Answer,
        Purpose::Control if flags.is_some_and(|flags| flags.has(TcpFlags::SYN)) => Part::Question,
        Purpose::Control => Part::None,
    }
}

/// Whether a question and an answer are of one story: of one request, and both of its connection's opening or both of what was said on it.
fn together(one: &PacketRecord, other: &PacketRecord) -> bool {
    one.cause == other.cause && (one.purpose == Purpose::Control) == (other.purpose == Purpose::Control)
}

/// The checks that refuse, and the ways past all of them. The first is the one that the packet met unless the network has changed since.
fn told(maker: &Maker<'_>, record: &PacketRecord, found: &Blockers) -> (Vec<BlockerView>, Vec<RemedyView>) {
    let mut rows = maker.blockers(found);
    let met = record.walk.blocker().map(|step| (step.place, step.check));
    if let (Some(view), Some(row)) = (rows.first_mut(), found.rows.first()) {
        view.decides = row.step().map(|step| (step.place, step.check)) == met;
    }
    (rows, maker.remedies(&found.remedies))
}

fn why_of(maker: &Maker<'_>, world: &World, record: &PacketRecord) -> WhyView {
    let at_ms = record.at.as_millis();
    let client = world.sim.client(record.cause.client).map(|client| client.spec.name.clone());
    let (seconds, request) = (seconds(at_ms), record.cause.request.0.to_string());
    let (seconds, request) = (seconds.as_str(), request.as_str());
    let origin = match (&client, part(record)) {
        (None, _) => maker.say(Key::OriginOnce { seconds }),
        (Some(client), Part::Answer) => maker.say(Key::OriginAnswer { client, request, seconds }),
        (Some(client), _) => maker.say(Key::OriginRequest { client, request, seconds }),
    };
    let mut view = maker.why(&WhyOf { packet: record.id.0, at: record.at, origin, sent: record.packet, walk: &record.walk });
    if let Host::Internet(address) = record.from {
        // Who asks from behind a customer gateway is no host of the internet.
        let office = maker.office(address).into_iter().next();
        if client.is_none() && office.is_none() {
            view.asker = address.to_string();
        }
        view.from = match office {
            Some(office) => office,
            None => format!("client:{}", record.cause.client.0),
        };
    }
    view
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::why::CheckState;
    use serde_json::{Value, json};

    #[test]
    fn a_packet_is_sent_again_by_who_keeps_asking_or_by_the_same_question_once() {
        let mut session = Session::open("").unwrap();
        session.advance(500_000);
        let asked = session.timeline(12_000, None).lanes.first().and_then(|lane| lane.ticks.first().map(|tick| tick.packet)).unwrap();
        assert_eq!(session.again(asked), Again::Asks);
        let since = session.now();
        assert_eq!(session.next_question(asked, since), None, "not yet");
        session.advance(300_000);
        let next = session.next_question(asked, since).expect("it asks every 200 ms");
        assert!(next > asked && session.why(next).is_some_and(|why| why.at_ms >= since / 1000));

        let once = Act::from_json(&json!({ "kind": "scene", "act": "ask", "from": "ops-1", "to": "web-2", "protocol": "tcp", "port": 22 }))
            .unwrap();
        let packet = session.execute(&once).result.unwrap().get("Packet").and_then(Value::as_u64).unwrap();
        // It is sent as soon as time passes.
        session.advance(1_000);
        let Again::Once(act) = session.again(packet) else { panic!("nobody keeps asking this") };
        let second = session.execute(&act).result.unwrap().get("Packet").and_then(Value::as_u64).unwrap();
        session.advance(1_000);
        let flow = |packet: u64| session.why(packet).and_then(|why| why.flow.split_once(" → ").map(|(_, to)| to.to_owned())).unwrap();
        assert_eq!(flow(second), flow(packet));
        assert_ne!(second, packet);
        assert_eq!(session.again(99_999_999), Again::Gone);
    }

    #[test]
    fn what_was_lost_at_an_eni_is_shown_where_it_stood_then() {
        let mut session = Session::open("").unwrap();
        let ask = |session: &mut Session| {
            let asking = json!({ "kind": "scene", "act": "ask", "from": "internet", "to": "203.0.113.25", "protocol": "tcp", "port": 22 });
            let done = session.execute(&Act::from_json(&asking).unwrap()).result.unwrap();
            session.advance(200_000);
            done.get("Packet").and_then(Value::as_u64).unwrap()
        };
        let refused_at = |session: &Session, packet| {
            let why = session.why(packet).unwrap();
            assert_eq!((why.from.split(':').next(), why.asker.as_str()), (Some("client"), "198.51.100.1"), "no client asked");
            why.checks.into_iter().find(|check| check.state == CheckState::Refused).unwrap().anchor
        };
        let first = ask(&mut session);
        let at_first = refused_at(&session, first);
        let eni = at_first.strip_prefix("eni:").unwrap().to_owned();
        let slots = |session: &Session| session.drop_targets(&at_first).into_iter().filter(|target| target.place.starts_with("slot:"));
        let act = slots(&session).find(|target| target.act.is_some() && target.refusal.is_none()).and_then(|target| target.act).unwrap();
        assert!(session.execute(&act).result.is_ok());
        session.advance(30_000_000);
        let second = ask(&mut session);
        assert_eq!(refused_at(&session, second), at_first, "where it is");
        let then = refused_at(&session, first);
        assert!(then.starts_with(&format!("eni:{eni}@i-")) && then.ends_with("/0/1"), "{then}");
    }

    #[test]
    fn what_is_taken_back_and_done_again_stands_in_the_echo() {
        let mut session = Session::open("").unwrap();
        assert!(session.execute(&Act::ec2("AllocateAddress", json!({}))).result.is_ok());
        assert!(session.undo() && session.redo());
        let echo: Vec<(String, String)> = session.echo().iter().map(|line| (line.line.clone(), line.note.clone())).collect();
        assert_eq!(
            echo[1..],
            [
                ("undo".to_owned(), "Undo: allocate an Elastic IP".to_owned()),
                ("redo".to_owned(), "Redo: allocate an Elastic IP".to_owned())
            ]
        );
        assert!(!session.redo());
        assert_eq!(session.echo().len(), 3, "what was not done does not stand there");
    }
}
