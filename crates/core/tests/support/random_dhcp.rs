//! Random acts on DHCP option sets.

use super::Dice;
use eni_core::control::command::{Command, CreateDhcpOptions};
use eni_core::id::DhcpOptionsId;

const OPTIONS: [(&str, &[&str]); 7] = [
    ("domain-name", &["corp.example"]),
    ("domain-name", &["one.example", "two.example"]),
    ("domain-name-servers", &["AmazonProvidedDNS"]),
    ("domain-name-servers", &["10.0.0.53", "AmazonProvidedDNS"]),
    ("ntp-servers", &["169.254.169.123"]),
    ("netbios-node-type", &["2"]),
    ("router", &["10.0.0.1"]),
];

impl Dice<'_> {
    pub(super) fn dhcp_act(&mut self) -> Command {
        let network = self.network;
        let set: DhcpOptionsId = self.pick(network.dhcp_option_sets().map(|set| set.id));
        match self.below(5) {
            0 | 1 => {
                let options = (0..=self.below(2)).map(|_| OPTIONS[self.below(OPTIONS.len())]);
                let options = options.map(|(key, values)| (key.to_owned(), values.iter().map(|value| (*value).to_owned()).collect()));
                let options = options.collect();
                Command::CreateDhcpOptions(Box::new(CreateDhcpOptions { options, tags: self.tags() }))
            }
            2 => Command::AssociateDhcpOptions(self.vpc(), Some(set)),
            3 => Command::AssociateDhcpOptions(self.vpc(), None),
            _ => Command::DeleteDhcpOptions(set),
        }
    }
}
