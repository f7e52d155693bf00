//! DHCP option sets of a script, and the VPCs that use them.

use super::plan::{Plan, Query, name_of, tagged};
use super::said;
use crate::aws::express;
use crate::aws::object::Object;
use eni_core::control::command::{Command, CreateDhcpOptions};
use eni_core::model::Tags;
use eni_core::model::dhcp_options::{DhcpKey, domain_of};
use eni_core::model::network::Network;

/// The sets beside the region's own, which new VPCs use by themselves; then each VPC with another one, or none.
pub(super) fn dhcp_options(plan: &mut Plan<'_>) {
    let network = plan.network;
    let own = network.default_dhcp_options();
    if own.is_none()
        && let Some(first) = Network::empty(network.region(), network.account()).dhcp_option_sets().next()
    {
        plan.note(&first.id, "", said::own_options);
    }
    plan.heading("DHCP option sets");
    // The region's own has another id there. A new VPC shows it; without one it is known by its domain name, before others are made that have it.
    if let Some(own) = own {
        let (id, name) = (own.id.to_string(), ("DHCP_OWN", name_of(&own.tags)));
        match network.vpcs().next() {
            Some(vpc) => plan.find(&id, name, "DescribeVpcs", &[("vpc-id", &vpc.id.to_string())], Query::Path("Vpcs[0].DhcpOptionsId")),
            None => {
                let filters = [("key", DhcpKey::DomainName.as_str()), ("value", &domain_of(network.region()))];
                plan.find(&id, name, "DescribeDhcpOptions", &filters, Query::Path("DhcpOptions[0].DhcpOptionsId"));
            }
        }
        plan.tags(&own.id, &own.tags);
    }
    for set in network.dhcp_option_sets().filter(|set| own.is_none_or(|own| own.id != set.id)) {
        let options = set.options.iter().map(|option| (option.key.as_str().to_owned(), option.values.clone())).collect();
        let command = Command::CreateDhcpOptions(Box::new(CreateDhcpOptions { options, tags: Tags::new() }));
        if let Some((action, parameters)) = express(&command) {
            let object = tagged(Object::of(parameters), &[("dhcp-options", &set.tags)]);
            plan.make(&set.id.to_string(), ("DHCP", name_of(&set.tags)), action, object, "DhcpOptions.DhcpOptionsId");
        }
    }
    for vpc in network.vpcs().filter(|vpc| vpc.dhcp_options.is_none() || vpc.dhcp_options != own.map(|own| own.id)) {
        if let Some((action, parameters)) = express(&Command::AssociateDhcpOptions(vpc.id, vpc.dhcp_options)) {
            plan.call(action, Object::of(parameters));
        }
    }
}
