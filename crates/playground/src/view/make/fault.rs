//! Words and menu entries for what is broken on an instance, and what it is held to.

use super::Maker;
use crate::view::menu::MenuEntry;
use crate::view::words::{ActKey, Key, MenuKey, WhyKey};
use eni_core::control::command::Command;
use eni_core::dataplane::reason::{Code, Evidence};
use eni_core::dataplane::verdict::Seen;
use eni_core::id::InstanceId;
use eni_core::model::fault::Fault;
use eni_core::model::instance::{Instance, InstanceState};

/// The share that the menu offers.
const OFFERED: u16 = 200;

/// The limit of tracked connections that the menu offers: few enough to be met.
const OFFERED_CONNECTIONS: u32 = 10;

/// A share of a thousand as people read it: `20 %`, `2.5 %`.
fn share_text(per_mille: u16) -> String {
    match (per_mille / 10, per_mille % 10) {
        (whole, 0) => format!("{whole} %"),
        (whole, tenth) => format!("{whole}.{tenth} %"),
    }
}

impl Maker<'_> {
    /// An instance's state, with what is broken on it.
    pub fn instance_state(&self, instance: &Instance) -> String {
        let mut text = self.instance_state_text(instance.state);
        if instance.faults.hangs_since.is_some() {
            text.push_str(", ");
            text.push_str(&self.say(Key::StateHangs));
        }
        if let Some(loss) = instance.faults.loss {
            text.push_str(", ");
            text.push_str(&self.say(Key::StateLoses { share: &share_text(loss.per_mille) }));
        }
        if let Some(most) = instance.faults.connections {
            text.push_str(", ");
            text.push_str(&self.say(Key::StateTracks { count: &most.to_string() }));
        }
        text
    }

    /// What the world may do to an instance.
    pub(super) fn faults(&self, instance: &Instance) -> Vec<MenuEntry> {
        let mut entries = self.breaks(instance);
        let most = OFFERED_CONNECTIONS.to_string();
        let (limit, wanted) = match instance.faults.connections {
            Some(_) => (MenuKey::MenuConnectionsEnd, 0),
            None => (MenuKey::MenuConnections { count: &most }, OFFERED_CONNECTIONS),
        };
        entries.push(self.does(limit, "group", &Command::SetFault(instance.id, Fault::Connections(wanted))));
        entries
    }

    fn breaks(&self, instance: &Instance) -> Vec<MenuEntry> {
        if instance.state != InstanceState::Running {
            return Vec::new();
        }
        let (hangs, loses) = (instance.faults.hangs_since.is_some(), instance.faults.loss.is_some());
        let share = share_text(OFFERED);
        let hang = if hangs { MenuKey::MenuHangEnds } else { MenuKey::MenuHang };
        let loss = if loses { MenuKey::MenuLossEnds } else { MenuKey::MenuLoss { share: &share } };
        vec![
            self.does(hang, "pause", &Command::SetFault(instance.id, Fault::Hang(!hangs))),
            self.does(loss, "bin", &Command::SetFault(instance.id, Fault::Loss(if loses { 0 } else { OFFERED }))),
        ]
    }

    /// Such an act in a few words.
    pub(super) fn fault_summary(&self, instance: InstanceId, fault: Fault) -> String {
        let instance = self.instance_name(instance);
        let instance = instance.as_str();
        match fault {
            Fault::Hang(true) => self.say(ActKey::ActHang { instance }),
            Fault::Hang(false) => self.say(ActKey::ActHangEnds { instance }),
            Fault::Loss(0) => self.say(ActKey::ActLossEnds { instance }),
            Fault::Loss(share) => self.say(ActKey::ActLoss { instance, share: &share_text(share) }),
            Fault::Connections(0) => self.say(ActKey::ActConnectionsEnd { instance }),
            Fault::Connections(most) => self.say(ActKey::ActConnections { instance, count: &most.to_string() }),
        }
    }

    /// The verdict about a packet that a broken instance lost.
    pub(super) fn fault_headline(&self, step: Seen<'_>, instance: InstanceId) -> String {
        let instance = self.instance_name(instance);
        let instance = instance.as_str();
        self.say(if step.code == Some(Code::GuestHangs) { WhyKey::HeadlineHangs { instance } } else { WhyKey::HeadlineLoss { instance } })
    }

    /// What was found of the connections that an instance may track, in a sentence.
    pub(super) fn connections_evidence(&self, at_most: u32, taken: Option<u32>) -> String {
        let at_most_text = at_most.to_string();
        let at_most_text = at_most_text.as_str();
        match taken {
            None => self.say(WhyKey::ConnectionsNone { at_most: at_most_text }),
            Some(taken) if taken < at_most => self.say(WhyKey::ConnectionsLeft { number: &(taken + 1).to_string(), at_most: at_most_text }),
            Some(taken) => self.say(WhyKey::ConnectionsFull { taken: &taken.to_string(), at_most: at_most_text }),
        }
    }

    /// What the check found, in a sentence.
    pub(super) fn fault_evidence(&self, step: Seen<'_>) -> String {
        let Evidence::Faults { hangs, per_mille, .. } = step.evidence else { return String::new() };
        let share = share_text(per_mille);
        let share = share.as_str();
        match (hangs, step.code) {
            (true, _) => self.say(WhyKey::GuestHangs),
            (false, None) => self.say(WhyKey::LossPassed { share }),
            (false, Some(_)) => self.say(WhyKey::LossMet { share }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::share_text;

    #[test]
    fn shares_are_read_as_per_cent() {
        for (share, text) in [(0, "0 %"), (5, "0.5 %"), (25, "2.5 %"), (200, "20 %"), (1_000, "100 %")] {
            assert_eq!(share_text(share), text);
        }
    }
}
