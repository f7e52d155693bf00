//! DHCP option sets in a few words.

use super::Maker;
use crate::view::words::ActKey;
use eni_core::control::command::Command;
use eni_core::model::event::TaggedId;

impl Maker<'_> {
    /// What is done to a DHCP option set, or with it.
    pub(super) fn dhcp_summary(&self, command: &Command) -> String {
        let name = |id| self.tagged_name(TaggedId::DhcpOptions(id));
        match command {
            Command::CreateDhcpOptions(_) => self.say(ActKey::ActCreateDhcpOptions),
            Command::DeleteDhcpOptions(id) => self.say(ActKey::ActDelete { thing: &name(*id) }),
            Command::AssociateDhcpOptions(vpc, Some(set)) => {
                self.say(ActKey::ActDhcpOptions { vpc: &self.vpc_name(*vpc), set: &name(*set) })
            }
            Command::AssociateDhcpOptions(vpc, None) => self.say(ActKey::ActNoDhcpOptions { vpc: &self.vpc_name(*vpc) }),
            _ => String::new(),
        }
    }
}
