//! Services of AWS that take a subnet: what their ENIs are called (`E78`, `E82`).
//!
//! The services themselves are no part of a network; what of them stands in a subnet is the ENI, and users know it by its description.

/// A service that makes ENIs for itself. Those of functions and mount targets come with these, by the calls of Lambda and EFS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Service {
    /// A function of AWS Lambda.
    Lambda,
    /// A database of Amazon RDS.
    Rds,
    /// A mount target of Amazon EFS.
    Efs,
    /// An Application Load Balancer.
    ApplicationLoadBalancer,
    /// A Network Load Balancer.
    NetworkLoadBalancer,
}

impl Service {
    /// Those that take a subnet by an act of ours, because they have no calls here.
    pub const BY_ACT: [Service; 3] = [Service::Rds, Service::ApplicationLoadBalancer, Service::NetworkLoadBalancer];

    /// The word for it on a command line.
    pub const fn word(self) -> &'static str {
        match self {
            Service::Lambda => "lambda",
            Service::Rds => "rds",
            Service::Efs => "efs",
            Service::ApplicationLoadBalancer => "alb",
            Service::NetworkLoadBalancer => "nlb",
        }
    }

    /// The service of a word, of those that take a subnet by an act of ours.
    pub fn of_word(word: &str) -> Option<Service> {
        Service::BY_ACT.into_iter().find(|service| service.word() == word)
    }

    /// AWS's word for the type of its ENIs. Those of RDS and of Application Load Balancers are plain interfaces (`B`).
    pub const fn interface_type(self) -> &'static str {
        match self {
            Service::Lambda => "lambda",
            Service::Efs => "efs",
            Service::NetworkLoadBalancer => "network_load_balancer",
            Service::Rds | Service::ApplicationLoadBalancer => "interface",
        }
    }

    /// The principal that asks for them (`E13`, `M` but for `amazon-elb` and `amazon-rds`).
    pub const fn requester(self) -> &'static str {
        match self {
            Service::Lambda => "amazon-lambda",
            Service::Rds => "amazon-rds",
            Service::Efs => "amazon-efs",
            Service::ApplicationLoadBalancer | Service::NetworkLoadBalancer => "amazon-elb",
        }
    }

    /// What their description says of the one with this name (`E82`, `B`).
    pub fn description(self, name: &str) -> String {
        match self {
            Service::Lambda => format!("AWS Lambda VPC ENI-{name}"),
            Service::Rds => "RDSNetworkInterface".to_owned(),
            Service::Efs => format!("EFS mount target for {name}"),
            Service::ApplicationLoadBalancer => format!("ELB app/{name}"),
            Service::NetworkLoadBalancer => format!("ELB net/{name}"),
        }
    }

    /// Whether its ENIs check the addresses of packets: those of load balancers do not (`E83`).
    pub const fn checks_addresses(self) -> bool {
        !matches!(self, Service::ApplicationLoadBalancer | Service::NetworkLoadBalancer)
    }
}
