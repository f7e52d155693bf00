//! `aws ec2 wait …`: describe calls again and again until everything is in a state.

use super::Failure;
use super::host::Host;
use super::order::Order;
use super::query::Query;
use super::usage::{OTHER, plain};
use crate::aws::ApiError;
use eni_core::time::Duration;
use serde_json::{Map, Value};

/// How often a waiter asks.
const ATTEMPTS: u64 = 40;
/// How long it waits between two questions.
const PAUSE: Duration = Duration::from_secs(15);

/// What is waited for.
#[derive(Debug)]
pub struct Waiter {
    /// As it is typed: `instance-running`.
    pub name: &'static str,
    /// The call that it asks by.
    pub action: &'static str,
    /// Where the states stand in its answers.
    states: &'static str,
    /// The state that all must have; any if empty.
    wanted: &'static str,
}

const fn waiter(name: &'static str, action: &'static str, states: &'static str, wanted: &'static str) -> Waiter {
    Waiter { name, action, states, wanted }
}

const INSTANCES: &str = "Reservations[].Instances[].State.Name";

/// Every waiter.
pub const WAITERS: &[Waiter] = &[
    waiter("instance-exists", "DescribeInstances", INSTANCES, ""),
    waiter("instance-running", "DescribeInstances", INSTANCES, "running"),
    waiter("instance-status-ok", "DescribeInstanceStatus", "InstanceStatuses[].InstanceStatus.Status", "ok"),
    waiter("instance-stopped", "DescribeInstances", INSTANCES, "stopped"),
    waiter("instance-terminated", "DescribeInstances", INSTANCES, "terminated"),
    waiter("internet-gateway-exists", "DescribeInternetGateways", "InternetGateways[].InternetGatewayId", ""),
    waiter("key-pair-exists", "DescribeKeyPairs", "KeyPairs[].KeyName", ""),
    waiter("nat-gateway-available", "DescribeNatGateways", "NatGateways[].State", "available"),
    waiter("nat-gateway-deleted", "DescribeNatGateways", "NatGateways[].State", "deleted"),
    waiter("network-interface-available", "DescribeNetworkInterfaces", "NetworkInterfaces[].Status", "available"),
    waiter("security-group-exists", "DescribeSecurityGroups", "SecurityGroups[].GroupId", ""),
    waiter("subnet-available", "DescribeSubnets", "Subnets[].State", "available"),
    waiter("system-status-ok", "DescribeInstanceStatus", "InstanceStatuses[].SystemStatus.Status", "ok"),
    waiter("vpc-available", "DescribeVpcs", "Vpcs[].State", "available"),
    waiter("vpc-exists", "DescribeVpcs", "Vpcs[].VpcId", ""),
    waiter("vpn-connection-available", "DescribeVpnConnections", "VpnConnections[].State", "available"),
    waiter("vpn-connection-deleted", "DescribeVpnConnections", "VpnConnections[].State", "deleted"),
    waiter("customer-gateway-available", "DescribeCustomerGateways", "CustomerGateways[].State", "available"),
    waiter("vpc-peering-connection-exists", "DescribeVpcPeeringConnections", "VpcPeeringConnections[].Status.Code", ""),
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
    /// The call is refused, or it does not become so.
    pub fn wait(&self, host: &mut dyn Host, parameters: &Map<String, Value>) -> Result<(), (Failure, Option<ApiError>)> {
        let failed = |why: &str, exit: u8| Failure { exit, ..plain(&format!("Waiter {} failed: {why}", title(self.name))) };
        let query = Query::new(self.states).map_err(|failure| (failure, None))?;
        let mut left = PAUSE.as_nanos() * ATTEMPTS;
        while left > 0 {
            let answer = host.call("ec2", self.action, parameters).map_err(|error| {
                let why = format!("An error occurred ({}): {}", error.code, error.message);
                (failed(&why, OTHER), Some(error))
            })?;
            let states = query.search(answer, &mut Order::default()).map_err(|failure| (failure, None))?;
            let states = states.as_array().map_or(&[][..], Vec::as_slice);
            if !states.is_empty() && states.iter().all(|state| self.wanted.is_empty() || state == self.wanted) {
                return Ok(());
            }
            left = left.saturating_sub(host.wait_for_change(PAUSE.min(Duration::from_nanos(left))).as_nanos());
        }
        Err((failed("Max attempts exceeded", OTHER), None))
    }
}
