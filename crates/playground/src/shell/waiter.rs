//! `aws ec2 wait …`: describe calls again and again until everything is in a state.

use super::host::Host;
use super::order::Order;
use super::query::Query;
use super::usage::{OTHER, plain};
use super::{Failure, said};
use crate::aws::{ApiError, kebab};
use eni_core::time::Duration;
use serde_json::{Map, Value};

/// What is waited for.
#[derive(Debug)]
pub struct Waiter {
    /// As it is typed: `instance-running`.
    pub name: &'static str,
    /// The call that it asks by.
    pub action: &'static str,
    /// Where the states stand in its answers; where it does not look at them, nothing: then any answer will do.
    states: &'static str,
    /// The state that all must have; nothing if there only has to be one.
    wanted: &'static str,
    /// The states in which it gives up, as soon as one has it.
    ends: &'static [&'static str],
    /// The refusal that it knows, and what that means to it.
    knows: (&'static str, Refused),
    /// How often it asks, and the seconds between.
    pace: (u64, u64),
}

/// What a refusal means to a waiter. One that it does not know ends it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Refused {
    /// It asks again.
    Again,
    /// It is as it should be.
    Well,
    /// It gives up.
    Ends,
}
use Refused::{Again, Ends, Well};

const INSTANCES: &str = "Reservations[].Instances[].State.Name";
const NO_INSTANCE: (&str, Refused) = ("InvalidInstanceID.NotFound", Again);
const NO_NAT: &str = "NatGatewayNotFound";
const NO_PEERING: &str = "InvalidVpcPeeringConnectionID.NotFound";
const NONE: (&str, Refused) = ("", Ends);
/// How often most waiters ask.
const SLOW: (u64, u64) = (40, 15);
const SHORT: (u64, u64) = (6, 5);

/// A row of [`WAITERS`].
type Row = (&'static str, &'static str, &'static str, &'static str, &'static [&'static str], (&'static str, Refused), (u64, u64));

const fn waiter((name, action, states, wanted, ends, knows, pace): Row) -> Waiter {
    Waiter { name, action, states, wanted, ends, knows, pace }
}

/// Every waiter of a call that is here, as the command line's own list has it.
pub const WAITERS: &[Waiter] = &[
    waiter((
        "customer-gateway-available",
        "DescribeCustomerGateways",
        "CustomerGateways[].State",
        "available",
        &["deleted", "deleting"],
        NONE,
        SLOW,
    )),
    waiter(("instance-exists", "DescribeInstances", "Reservations[]", "", &[], NO_INSTANCE, (40, 5))),
    waiter((
        "instance-running",
        "DescribeInstances",
        INSTANCES,
        "running",
        &["shutting-down", "terminated", "stopping"],
        NO_INSTANCE,
        SLOW,
    )),
    waiter(("instance-status-ok", "DescribeInstanceStatus", "InstanceStatuses[].InstanceStatus.Status", "ok", &[], NO_INSTANCE, SLOW)),
    waiter(("instance-stopped", "DescribeInstances", INSTANCES, "stopped", &["pending", "terminated"], NONE, SLOW)),
    waiter(("instance-terminated", "DescribeInstances", INSTANCES, "terminated", &["pending", "stopping"], NONE, SLOW)),
    waiter((
        "internet-gateway-exists",
        "DescribeInternetGateways",
        "InternetGateways[].InternetGatewayId",
        "",
        &[],
        ("InvalidInternetGateway.NotFound", Again),
        SHORT,
    )),
    waiter(("key-pair-exists", "DescribeKeyPairs", "KeyPairs[].KeyName", "", &[], ("InvalidKeyPair.NotFound", Again), SHORT)),
    waiter((
        "nat-gateway-available",
        "DescribeNatGateways",
        "NatGateways[].State",
        "available",
        &["failed", "deleting", "deleted"],
        (NO_NAT, Again),
        SLOW,
    )),
    waiter(("nat-gateway-deleted", "DescribeNatGateways", "NatGateways[].State", "deleted", &[], (NO_NAT, Well), SLOW)),
    waiter((
        "network-interface-available",
        "DescribeNetworkInterfaces",
        "NetworkInterfaces[].Status",
        "available",
        &[],
        ("InvalidNetworkInterfaceID.NotFound", Ends),
        (10, 20),
    )),
    waiter((
        "security-group-exists",
        "DescribeSecurityGroups",
        "SecurityGroups[].GroupId",
        "",
        &[],
        ("InvalidGroup.NotFound", Again),
        SHORT,
    )),
    waiter((
        "spot-instance-request-fulfilled",
        "DescribeSpotInstanceRequests",
        "SpotInstanceRequests[].Status.Code",
        "fulfilled",
        &["schedule-expired", "canceled-before-fulfillment", "bad-parameters", "system-error"],
        ("InvalidSpotInstanceRequestID.NotFound", Again),
        SLOW,
    )),
    waiter(("subnet-available", "DescribeSubnets", "Subnets[].State", "available", &[], NONE, SLOW)),
    waiter(("system-status-ok", "DescribeInstanceStatus", "InstanceStatuses[].SystemStatus.Status", "ok", &[], NONE, SLOW)),
    waiter(("vpc-available", "DescribeVpcs", "Vpcs[].State", "available", &[], NONE, SLOW)),
    waiter(("vpc-exists", "DescribeVpcs", "", "", &[], ("InvalidVpcID.NotFound", Again), (5, 1))),
    waiter((
        "vpc-peering-connection-deleted",
        "DescribeVpcPeeringConnections",
        "VpcPeeringConnections[].Status.Code",
        "deleted",
        &[],
        (NO_PEERING, Well),
        SLOW,
    )),
    waiter(("vpc-peering-connection-exists", "DescribeVpcPeeringConnections", "", "", &[], (NO_PEERING, Again), SLOW)),
    waiter((
        "vpn-connection-available",
        "DescribeVpnConnections",
        "VpnConnections[].State",
        "available",
        &["deleting", "deleted"],
        NONE,
        SLOW,
    )),
    waiter(("vpn-connection-deleted", "DescribeVpnConnections", "VpnConnections[].State", "deleted", &["pending"], NONE, SLOW)),
];

/// The name of a waiter in its own messages: `InstanceRunning`.
fn title(name: &str) -> String {
    let capital = |word: &str| {
        let mut word = word.to_owned();
        if let Some(first) = word.get_mut(..1) {
            first.make_ascii_uppercase();
        }
        word
    };
    name.split('-').map(capital).collect()
}

impl Waiter {
    /// Asks until everything is as it should be.
    ///
    /// # Errors
    /// It gives up: because of an answer, of a refusal, or because it does not become so.
    pub fn wait(&self, host: &mut dyn Host, parameters: &Map<String, Value>) -> Result<(), (Failure, Option<ApiError>)> {
        let failed = |why: &str| Failure { exit: OTHER, ..plain(&format!("Waiter {} failed: {why}", title(self.name))) };
        let (attempts, seconds) = self.pace;
        let pause = Duration::from_secs(seconds);
        let mut left = pause.as_nanos() * attempts.saturating_sub(1);
        // What it knew last, though it was not the end of it.
        let mut known = "";
        loop {
            match host.call("ec2", self.action, parameters) {
                Ok(answer) => match self.verdict(answer).map_err(|failure| (failure, None))? {
                    Verdict::Well => return Ok(()),
                    Verdict::Again => {}
                    Verdict::Ends(state) => {
                        let why = format!("For expression \"{}\" we matched expected path: \"{state}\" at least once", self.states);
                        return Err((failed(&format!("{TERMINAL}{why}")), None));
                    }
                },
                Err(error) if error.code == self.knows.0 => match self.knows.1 {
                    Well => return Ok(()),
                    Again => known = self.knows.0,
                    Ends => return Err((failed(&format!("{TERMINAL}{KNOWN}{}", error.code)), Some(error))),
                },
                Err(error) => return Err((failed(&format!("An error occurred ({}): {}", error.code, error.message)), Some(error))),
            }
            if left == 0 {
                let before = if known.is_empty() { String::new() } else { format!(". Previously accepted state: {KNOWN}{known}") };
                return Err((failed(&format!("Max attempts exceeded{before}")), None));
            }
            left = left.saturating_sub(host.wait_for_change(pause.min(Duration::from_nanos(left))).as_nanos());
        }
    }

    /// What an answer means to it.
    fn verdict(&self, answer: Value) -> Result<Verdict, Failure> {
        if self.states.is_empty() {
            return Ok(Verdict::Well);
        }
        let states = Query::new(self.states)?.search(answer, &mut Order::default())?;
        let states = states.as_array().map_or(&[][..], Vec::as_slice);
        let is_well = !states.is_empty() && states.iter().all(|state| self.wanted.is_empty() || state == self.wanted);
        let ends = self.ends.iter().find(|end| states.iter().any(|state| state == **end));
        Ok(match ends {
            _ if is_well => Verdict::Well,
            Some(end) => Verdict::Ends(end),
            None => Verdict::Again,
        })
    }

    /// What it does, in a line of help.
    pub fn help(&self) -> String {
        said::waiter(&kebab(self.action), self.states, self.wanted, self.ends, self.pace)
    }
}

/// What an answer means to a waiter.
enum Verdict {
    Well,
    Again,
    Ends(&'static str),
}

/// How what is said begins where a waiter gives up, and how it tells a refusal that it knows.
const TERMINAL: &str = "Waiter encountered a terminal failure state: ";
const KNOWN: &str = "Matched expected service error code: ";
