//! Services that take a subnet: in the menu of a subnet, and of an ENI that one made.

use super::{Maker, capital};
use crate::view::menu::{MenuDoes, MenuEntry};
use crate::view::words::{MenuKey, ServiceKey};
use eni_core::control::command::{Command, EfsAct, LambdaAct, NewFunction, ServiceTakes};
use eni_core::id::{EniId, FileSystemId, SubnetId};
use eni_core::model::Tags;
use eni_core::model::function::{Function, Interfaces, MEMORY_MB, TIMEOUT_SECONDS};
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
        let entries = Service::BY_ACT.into_iter().map(|service| {
            let takes = ServiceTakes { service, subnet, name: service.word().to_owned(), groups: Vec::new() };
            self.does_saying(self.service_name(service), "eni", &[Command::ServiceTakes(Box::new(takes))])
        });
        let entries = [self.function_entry(subnet), self.mount_entry(subnet)].into_iter().chain(entries);
        let text = self.language.say(MenuKey::MenuService);
        MenuEntry { text, note: String::new(), glyph: "eni", does: MenuDoes::More(entries.collect()) }
    }

    /// A new function in a subnet, with the default group of its VPC.
    fn function_entry(&self, subnet: SubnetId) -> MenuEntry {
        let names = (1u32..).map(|number| if number == 1 { "function".to_owned() } else { format!("function-{number}") });
        let name = names.take(1_000).find(|name| self.network.function(name).is_none()).unwrap_or_default();
        let vpc = self.network.subnet(subnet).and_then(|subnet| self.network.vpc(subnet.vpc));
        let new = NewFunction {
            name,
            runtime: "python3.13".to_owned(),
            role: format!("arn:aws:iam::{}:role/lambda", self.network.account()),
            handler: "app.handler".to_owned(),
            description: String::new(),
            timeout: TIMEOUT_SECONDS,
            memory: MEMORY_MB,
            subnets: vec![subnet],
            groups: vpc.map(|vpc| vpc.default_group).into_iter().collect(),
        };
        self.does_saying(self.service_name(Service::Lambda), "eni", &[Command::Lambda(Box::new(LambdaAct::Create(new)))])
    }

    /// A mount target in a subnet: of the first file system that may have one there; where there is none, a file system first.
    fn mount_entry(&self, subnet: SubnetId) -> MenuEntry {
        let mount =
            |file_system| Command::Efs(Box::new(EfsAct::CreateMountTarget { file_system, subnet, address: None, groups: Vec::new() }));
        let would = |id: &FileSystemId| eni_core::control::decide::decide(self.network, &mount(*id), self.now).is_ok();
        let text = self.service_name(Service::Efs);
        if let Some(id) = self.network.file_systems().map(|system| system.id).find(would) {
            return self.does_saying(text, "eni", &[mount(id)]);
        }
        let make = EfsAct::CreateFileSystem { token: String::new(), tags: Tags::new() };
        self.does_saying(self.language.say(ServiceKey::ServiceFiles), "eni", &[Command::Efs(Box::new(make))])
    }

    /// The entry of the menu of a service's ENI.
    pub(super) fn service_leaves_entry(&self, eni: EniId) -> MenuEntry {
        let found = self.network.eni(eni);
        if let Some(target) = found.and_then(|eni| self.network.mount_target_of(eni)) {
            let delete = Command::Efs(Box::new(EfsAct::DeleteMountTarget(target.id)));
            return self.does_saying(self.language.say(MenuKey::MenuServiceLeaves), "bin", &[delete]);
        }
        self.does_saying(self.language.say(MenuKey::MenuServiceLeaves), "bin", &[Command::ServiceLeaves(eni)])
    }
    /// What is done to the functions of one of Lambda's network interfaces: each is called, changed over and deleted.
    pub(super) fn function_entries(&self, eni: EniId) -> Vec<MenuEntry> {
        let Some(found) = self.network.eni(eni).filter(|eni| self.network.function_eni(eni.id).is_some()) else { return Vec::new() };
        let uses = self.network.functions().filter(|function| self.network.enis_of_function(function).iter().any(|own| own.id == found.id));
        uses.flat_map(|function| self.entries_of_function(function)).collect()
    }

    fn entries_of_function(&self, function: &Function) -> [MenuEntry; 3] {
        let name = || function.name.clone();
        let to = if function.interfaces == Interfaces::Shared { Interfaces::OfEnvironments } else { Interfaces::Shared };
        [
            ("send", LambdaAct::Invoke { function: name(), seconds: 1, event: true }),
            ("eni", LambdaAct::SetInterfaces(name(), to)),
            ("bin", LambdaAct::Delete(name())),
        ]
        .map(|(glyph, act)| self.does_saying(capital(&self.lambda_summary(&act)), glyph, &[Command::Lambda(Box::new(act))]))
    }

    /// The menu of a function that has no network interface.
    pub(super) fn function_menu(&self, name: &str) -> Option<(String, Vec<MenuEntry>)> {
        let function = self.network.function(name)?;
        let mut entries = Vec::from(self.entries_of_function(function));
        entries.insert(1, self.shows(MenuKey::MenuShow, "list", format!("function:{name}")));
        Some((name.to_owned(), entries))
    }
}
