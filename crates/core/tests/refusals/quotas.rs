//! Refusals of requests for higher quotas.

use super::*;
use eni_core::model::quota::Quota;

fn raise(quota: Quota, value: usize) -> Command {
    Command::RequestServiceQuotaIncrease { quota, value }
}

pub const QUOTAS: &[Case] = &[
    case("QuotaNotRaised", "IllegalArgumentException: You must provide a quota value greater than the current quota value", |_| {
        raise(Quota::Vpcs, 5)
    }),
    case("QuotaTooHigh", "IllegalArgumentException: The quota can be raised to 16 at most", |_| raise(Quota::GroupsPerEni, 17)),
    case(
        "QuotaProduct",
        "IllegalArgumentException: The quotas of security groups per network interface and of rules per security group multiplied cannot exceed 1000",
        |scene| {
            scene.accept(raise(Quota::GroupsPerEni, 16));
            raise(Quota::RulesPerGroup, 63)
        },
    ),
];
