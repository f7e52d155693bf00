//! What NAT gateways found, in sentences.

use super::Maker;
use crate::view::words::WhyKey;
use eni_core::addr::IpAddr;
use eni_core::dataplane::reason::Code;
use eni_core::dataplane::verdict::{Step, Verdict};
use eni_core::id::NatGatewayId;
use eni_core::model::nat_gateway::NatState;
use std::net::SocketAddr;

impl Maker<'_> {
    pub(super) fn nat_evidence(&self, gateway: NatGatewayId, state: NatState, step: &Step) -> String {
        match step.code {
            Some(Code::ProtocolRestriction) => self.say(WhyKey::NatProtocols { number: &step.packet.protocol_number().to_string() }),
            Some(_) => self.say(WhyKey::NatNotAvailable { gateway: &self.nat_gateway_name(gateway), state: state.as_str() }),
            None => String::new(),
        }
    }

    pub(super) fn port_translation(&self, from: (IpAddr, u16), to: Option<(IpAddr, u16)>, step: &Step) -> String {
        let text = |(address, port): (IpAddr, u16)| SocketAddr::new(address, port).to_string();
        let from = text(from);
        match (to, step.code) {
            (Some(to), _) if step.verdict == Verdict::Translate => self.say(WhyKey::NatTranslated { from: &from, to: &text(to) }),
            (_, Some(Code::NgwErrorPortAllocation)) => self.say(WhyKey::NatNoPort { address: &step.packet.destination.to_string() }),
            (_, Some(Code::NgwIdleTimeout)) => self.say(WhyKey::NatForgotten { from: &from }),
            (_, Some(_)) => self.say(WhyKey::NatUnsolicited { to: &from }),
            _ => String::new(),
        }
    }
}
