//! One event at a time: what happened, in a sentence.

use super::Session;
use super::observe::saying;
use crate::view::make::Maker;
use crate::view::timeline::StepView;
use crate::words::Key;
use eni_core::dataplane::guest::METADATA;
use eni_core::sim::event::SimEvent;
use eni_core::sim::host::Host;
use eni_core::sim::key::{Cause, PacketId};

impl Session {
    /// Goes to the next event and says what happened; nothing if there is none.
    pub fn step(&mut self) -> Option<StepView> {
        let mut seen: Vec<SimEvent> = Vec::new();
        let observer = &mut self.observer;
        let happened = self.world.step(&mut |event: &SimEvent| {
            observer.see(event);
            seen.push(event.clone());
        });
        let told = happened.then(|| self.told(&seen));
        self.follow_on();
        self.catch_up();
        told
    }

    /// What came of it tells more than how it came about.
    fn told(&self, seen: &[SimEvent]) -> StepView {
        let Some(event) = seen.iter().max_by_key(|event| weight(event)) else { return StepView::default() };
        let now_ms = self.world.sim.now().as_millis();
        StepView { text: self.sentence(&self.maker(), event), packet: packet(event).map(|id| id.0), at_ms: now_ms }
    }

    fn sentence(&self, maker: &Maker<'_>, event: &SimEvent) -> String {
        let client = |cause: &Cause| self.world.sim.client(cause.client).map(|client| client.spec.name.clone()).unwrap_or_default();
        match event {
            SimEvent::Network { event, .. } => saying(maker, event).unwrap_or_else(|| maker.say(Key::StepNetwork)),
            SimEvent::Sent { record } => {
                maker.say(Key::StepSent { who: &host_name(maker, record.from), flow: &maker.flow(&record.packet, &record.walk) })
            }
            SimEvent::Arrived { packet, host, .. } => {
                maker.say(Key::StepArrived { who: &host_name(maker, *host), flow: &self.flow_of(maker, *packet) })
            }
            SimEvent::Lost { packet, .. } => match self.world.sim.packet(*packet) {
                Some(record) => maker.headline(&record.walk, &record.packet),
                None => maker.say(Key::StepLost),
            },
            SimEvent::Connected { cause, .. } => maker.say(Key::StepConnected { client: &client(cause) }),
            SimEvent::Answered { cause, round_trip, .. } => maker.say(Key::StepAnswered {
                client: &client(cause),
                request: &cause.request.0.to_string(),
                milliseconds: &round_trip.as_millis().to_string(),
            }),
            SimEvent::TimedOut { cause, .. } => {
                maker.say(Key::StepTimedOut { client: &client(cause), request: &cause.request.0.to_string() })
            }
            SimEvent::Reset { cause, .. } => maker.say(Key::StepReset { client: &client(cause) }),
            SimEvent::NoAddress { cause, .. } => maker.say(Key::StepNoAddress { client: &client(cause) }),
        }
    }

    fn flow_of(&self, maker: &Maker<'_>, packet: PacketId) -> String {
        self.world.sim.packet(packet).map(|record| maker.flow(&record.packet, &record.walk)).unwrap_or_default()
    }
}

fn host_name(maker: &Maker<'_>, host: Host) -> String {
    match host {
        Host::Instance(id) => maker.instance_name(id),
        Host::Internet(address) | Host::Beyond(_, address) => address.to_string(),
        Host::Service(id) => maker.eni_name(id),
        Host::NatGateway(id) => id.to_string(),
        Host::Router(eni) => eni.to_string(),
        Host::Metadata(_) => METADATA.to_string(),
    }
}

fn packet(event: &SimEvent) -> Option<PacketId> {
    match event {
        SimEvent::Sent { record } => Some(record.id),
        SimEvent::Arrived { packet, .. }
        | SimEvent::Lost { packet, .. }
        | SimEvent::Answered { packet, .. }
        | SimEvent::Reset { packet, .. } => Some(*packet),
        SimEvent::Network { .. } | SimEvent::Connected { .. } | SimEvent::TimedOut { .. } | SimEvent::NoAddress { .. } => None,
    }
}

const fn weight(event: &SimEvent) -> u8 {
    match event {
        SimEvent::Arrived { .. } => 0,
        SimEvent::Connected { .. } => 1,
        SimEvent::Sent { .. } => 2,
        SimEvent::Network { .. } => 3,
        SimEvent::Lost { .. } | SimEvent::Reset { .. } | SimEvent::NoAddress { .. } => 4,
        SimEvent::Answered { .. } | SimEvent::TimedOut { .. } => 5,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_step_says_what_happened_and_goes_on_in_time() {
        let mut session = Session::open("").unwrap();
        let mut before = session.now();
        let mut answers = 0;
        for at in 0..200 {
            let step = session.step().expect("somebody asks always");
            assert!(!step.text.is_empty() && !step.text.contains("  "), "step {at}: {:?}", step.text);
            assert!(session.now() >= before);
            assert_eq!(step.at_ms, session.now() / 1000);
            before = session.now();
            if step.text.contains("has its answer") {
                answers += 1;
                let packet = step.packet.expect("an answer is a packet");
                assert!(session.why(packet).is_some_and(|why| why.delivered), "step {at}");
            }
        }
        assert!(answers > 10, "{answers}");
    }

    #[test]
    fn a_lost_packet_is_told_by_what_refused_it() {
        let mut session = Session::open("").unwrap();
        let state: serde_json::Value = serde_json::from_str(&session.document()).unwrap();
        let acl = state.pointer("/state/NetworkAcls/0/NetworkAclId").and_then(serde_json::Value::as_str).unwrap().to_owned();
        let entry = serde_json::json!({
            "NetworkAclId": acl, "RuleNumber": 1, "Protocol": "-1", "RuleAction": "deny", "Egress": false, "CidrBlock": "0.0.0.0/0"
        });
        assert!(session.execute(&crate::act::Act::ec2("CreateNetworkAclEntry", entry)).result.is_ok());
        let told: Vec<String> = (0..40).filter_map(|_| session.step()).map(|step| step.text).collect();
        assert!(told.iter().any(|text| text.contains("network ACL of") && text.ends_with("refused this packet")), "{told:?}");
    }
}
