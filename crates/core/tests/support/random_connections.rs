//! Random acts on what connects a VPC: endpoints and peering connections.

use super::Dice;
use eni_core::control::command::*;
use eni_core::id::SubnetId;
use eni_core::model::eni::Eni;
use eni_core::model::flow_log::{FlowFiles, FlowLogResource, FlowTraffic};
use eni_core::model::peering::PeeringState;
use eni_core::model::quota::Quota;
use eni_core::model::service::Service;

impl Dice<'_> {
    pub(super) fn endpoint_act(&mut self) -> Command {
        let network = self.network;
        let endpoint = self.pick(network.endpoints().map(|endpoint| endpoint.id));
        let few = |dice: &mut Self, of: usize| (0..dice.below(of)).map(|_| dice.subnet()).collect::<Vec<SubnetId>>();
        match self.below(6) {
            0 => Command::DeleteVpcEndpoints(if self.chance(6) { Vec::new() } else { vec![endpoint] }),
            1 | 2 => {
                let gateway = network.endpoint(endpoint).is_some_and(|endpoint| endpoint.enis().is_empty());
                let (mut tables, mut subnets, groups) = Default::default();
                if gateway {
                    tables = (vec![self.table()], Vec::new())
                } else {
                    subnets = (few(self, 2), few(self, 2))
                }
                Command::ModifyVpcEndpoint(Box::new(ModifyVpcEndpoint { endpoint, tables, subnets, groups, private_dns: None }))
            }
            _ => {
                let interface = self.chance(2);
                let service = ["s3", "dynamodb", "ssm"][self.below(3)];
                Command::CreateVpcEndpoint(Box::new(CreateVpcEndpoint {
                    vpc: self.vpc(),
                    service: Some(format!("com.amazonaws.{}.{service}", network.region())),
                    interface,
                    tables: if interface { Vec::new() } else { (0..self.below(2)).map(|_| self.table()).collect() },
                    subnets: if interface { few(self, 3) } else { Vec::new() },
                    addresses: if interface && self.chance(4) { vec![(self.subnet(), self.address())] } else { Vec::new() },
                    groups: if interface && self.chance(2) { vec![self.group()] } else { Vec::new() },
                    private_dns: self.maybe(4, |_| interface),
                    tags: self.tags(),
                }))
            }
        }
    }

    pub(super) fn service_act(&mut self) -> Command {
        if self.chance(4) {
            // Mostly one that a service has by this act, and not by a call of its own.
            let any = self.chance(4);
            let by_act = |eni: &&Eni| Service::BY_ACT.iter().any(|service| eni.kind.as_str() == service.interface_type());
            let made = self.network.enis().filter(|eni| eni.is_requester_managed() && (any || by_act(eni))).map(|eni| eni.id);
            return Command::ServiceLeaves(self.pick(made));
        }
        let service = Service::BY_ACT[self.below(3)];
        let groups = if self.chance(8) { vec![self.group()] } else { Vec::new() };
        Command::ServiceTakes(Box::new(ServiceTakes { service, subnet: self.subnet(), name: "shop".to_owned(), groups }))
    }

    pub(super) fn quota_act(&mut self) -> Command {
        let quota = Quota::ALL[self.below(Quota::ALL.len())];
        let value = quota.of(self.network.quotas()) + self.below(3);
        Command::RequestServiceQuotaIncrease { quota, value }
    }

    pub(super) fn flow_log_act(&mut self) -> Command {
        let network = self.network;
        if self.chance(3) {
            let name = ["logs", "logs", "other"][self.below(3)].to_owned();
            return Command::Logs(match self.below(4) {
                0 => LogsAct::Delete(name),
                1 => LogsAct::Retain(name, self.maybe(2, |_| 7)),
                _ => LogsAct::Create(name),
            });
        }
        if self.chance(4) {
            return Command::DeleteFlowLogs(vec![self.pick(network.flow_logs().map(|log| log.id))]);
        }
        let of = |dice: &mut Self| match dice.below(3) {
            0 => FlowLogResource::Vpc(dice.vpc()),
            1 => FlowLogResource::Subnet(dice.subnet()),
            _ => FlowLogResource::Eni(dice.eni()),
        };
        let first = of(self);
        let second = of(self);
        let resources = if first.kind() == second.kind() { vec![first, second] } else { vec![first] };
        let to_group = self.chance(3);
        Command::CreateFlowLogs(Box::new(CreateFlowLogs {
            resources,
            traffic: Some(FlowTraffic::ALL[self.below(3)]),
            destination_type: Some(if to_group { "cloud-watch-logs" } else { "s3" }.to_owned()),
            destination: (!to_group).then(|| "arn:aws:s3:::logs/all/".to_owned()),
            log_group: to_group.then(|| "logs".to_owned()),
            role: to_group.then(|| "arn:aws:iam::123456789012:role/logs".to_owned()),
            cross_account_role: None,
            format: self.maybe(3, |_| "${version} ${srcaddr}".to_owned()),
            interval: self.maybe(2, |dice| [60, 600, 90][dice.below(3)]),
            files: if to_group { None } else { self.maybe(4, |dice| FlowFiles { parquet: dice.chance(2), hive: false, per_hour: true }) },
            tags: self.tags(),
        }))
    }

    pub(super) fn peering_act(&mut self) -> Command {
        let network = self.network;
        let peering = self.pick(network.peerings().map(|peering| peering.id));
        match self.below(8) {
            0 => Command::DeleteVpcPeeringConnection(peering),
            1 => Command::RejectVpcPeeringConnection(peering),
            2 | 3 => Command::AcceptVpcPeeringConnection(peering),
            4 | 5 => {
                let active = network.peerings().find(|peering| peering.state == PeeringState::Active);
                let peering = active.map_or(peering, |active| active.id);
                let options =
                    ModifyVpcPeeringConnectionOptions { peering, requester: self.maybe(2, |_| true), accepter: self.maybe(2, |_| true) };
                Command::ModifyVpcPeeringConnectionOptions(options)
            }
            _ => Command::CreateVpcPeeringConnection(Box::new(CreateVpcPeeringConnection {
                vpc: self.vpc(),
                peer: Some(self.vpc()),
                peer_owner: None,
                peer_region: None,
                tags: self.tags(),
            })),
        }
    }
}
