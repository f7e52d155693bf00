//! Services that take a subnet: in the menu of a subnet, and of an ENI that one made.

use super::Maker;
use crate::view::menu::{MenuDoes, MenuEntry};
use crate::view::words::{MenuKey, ServiceKey};
use eni_core::control::command::{Command, ServiceTakes};
use eni_core::id::{EniId, SubnetId};
use eni_core::model::service::Service;

impl Maker<'_> {
    /// What people call a service.
    pub fn service_name(&self, service: Service) -> String {
        self.language.say(match service {
            Service::Lambda => ServiceKey::ServiceLambda,
            Service::Rds => ServiceKey::ServiceRds,
            Service::Efs => ServiceKey::ServiceEfs,
            Service::ApplicationLoadBalancer => ServiceKey::ServiceAlb,
            Service::NetworkLoadBalancer => ServiceKey::ServiceNlb,
        })
    }

    /// The entry of a subnet's menu: each service that may take it.
    pub(super) fn services_entry(&self, subnet: SubnetId) -> MenuEntry {
        let entries = Service::ALL.into_iter().map(|service| {
            let takes = ServiceTakes { service, subnet, name: service.word().to_owned(), groups: Vec::new() };
            self.does_saying(self.service_name(service), "eni", &[Command::ServiceTakes(Box::new(takes))])
        });
        let text = self.language.say(MenuKey::MenuService);
        MenuEntry { text, note: String::new(), glyph: "eni", does: MenuDoes::More(entries.collect()) }
    }

    /// The entry of the menu of a service's ENI.
    pub(super) fn service_leaves_entry(&self, eni: EniId) -> MenuEntry {
        self.does_saying(self.language.say(MenuKey::MenuServiceLeaves), "bin", &[Command::ServiceLeaves(eni)])
    }
}
