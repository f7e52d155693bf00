//! DHCP option sets.

use super::{Form, Writer, tables};
use crate::aws::member::{Member, Wire, derived, kept};

use crate::aws::text::{Json, Object};
use eni_core::model::dhcp_options::{DhcpOption, DhcpOptions};
use eni_core::model::vpc::Vpc;

/// A set.
pub const DHCP_OPTIONS: &[Member] = &[
    derived("OwnerId", Wire::Text),
    tables::TAGS,
    kept("DhcpOptionsId", Wire::Text),
    kept(
        "DhcpConfigurations",
        Wire::List(&Wire::Struct(&[kept("Key", Wire::Text), kept("Values", Wire::List(&Wire::Struct(&[kept("Value", Wire::Text)])))])),
    ),
];

/// The filters of DescribeDhcpOptions.
pub const FILTERS: &str = "tag dhcp-options-id key=DhcpConfigurations.Key owner-id value=DhcpConfigurations.Values.Value";

impl Writer<'_> {
    pub(in crate::aws) fn dhcp_options(&self, set: &DhcpOptions) -> Json {
        let value = |value: &String| Object::new().with("Value", value.as_str()).into();
        let option = |one: &DhcpOption| Object::new().with("Key", one.key.as_str()).list("Values", one.values.iter().map(value)).into();
        self.object()
            .with("OwnerId", self.owner())
            .tags("Tags", &set.tags)
            .text("DhcpOptionsId", set.id)
            .list("DhcpConfigurations", set.options.iter().map(option))
            .into()
    }

    /// What a VPC says of its set. A document leaves out the region's own.
    pub(super) fn dhcp_options_of(&self, vpc: &Vpc) -> Option<String> {
        let own = self.network.default_dhcp_options().map(|set| set.id);
        let is_usual = vpc.dhcp_options.is_some() && vpc.dhcp_options == own;
        let text = || vpc.dhcp_options.map_or_else(|| "default".to_owned(), |id| id.to_string());
        (!(is_usual && self.form == Form::Document)).then(text)
    }
}
