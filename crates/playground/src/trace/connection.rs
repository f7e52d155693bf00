//! Connections that stay open: what network interfaces remember from one question to the next.

use super::{Answer, Ask, Style, read, told};
use crate::scenario::Scenario;
use eni_core::dataplane::conntrack::Tracking;
use eni_core::dataplane::trace::follow;
use eni_core::id::{AttachmentId, EniId};
use eni_core::model::network::Network;
use eni_core::packet::TcpFlags;
use eni_core::table::Table;

/// What network interfaces remember of connections.
#[derive(Clone, Debug, Default)]
pub struct Connections {
    tracking: Tracking,
    attached: Table<EniId, AttachmentId>,
}

impl Connections {
    /// Opens a connection: the two packets that open it, and one each way on it.
    ///
    /// # Errors
    /// As of a trace: an end that is not there, a protocol that is none.
    pub fn open(&mut self, scenario: &Scenario, ask: &Ask) -> Result<Answer, String> {
        let opening = self.ask(scenario, ask, TcpFlags::SYN)?;
        if opening.got_through { self.ask(scenario, ask, TcpFlags::ACK) } else { Ok(opening) }
    }

    /// Another packet of a connection that was opened, and its answer.
    ///
    /// # Errors
    /// As of a trace: an end that is not there, a protocol that is none.
    pub fn go_on(&mut self, scenario: &Scenario, ask: &Ask) -> Result<Answer, String> {
        self.ask(scenario, ask, TcpFlags::ACK)
    }

    fn ask(&mut self, scenario: &Scenario, ask: &Ask, flags: TcpFlags) -> Result<Answer, String> {
        self.forget_what_moved(&scenario.network);
        let (request, before) = (read(scenario, ask)?, self.tracking.clone());
        let traced = follow(&scenario.network, &request, flags, &mut self.tracking, scenario.clock);
        let traced = traced.map_err(|error| format!("{} → {}: {error}", ask.from, ask.to))?;
        Ok(told(scenario, ask, &traced, &before, Style::default()))
    }

    /// An interface that left its instance since the last question remembers nothing (`S46`).
    fn forget_what_moved(&mut self, network: &Network) {
        let now = |eni: EniId| network.eni(eni).and_then(|eni| eni.attachment.as_ref()).map(|attachment| attachment.id);
        for (eni, attachment) in &self.attached {
            if now(*eni) != Some(*attachment) {
                self.tracking.forget_eni(*eni);
            }
        }
        let attached = network.enis().filter_map(|eni| Some((eni.id, eni.attachment.as_ref()?.id)));
        self.attached = attached.collect();
    }
}
