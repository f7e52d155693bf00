//! Quotas raised on request (`S9`, `X4`).

use super::draft::Draft;
use super::error::Refusal;
use super::reply::Reply;
use crate::model::event::Event;
use crate::model::network::RULES_PER_ENI;
use crate::model::quota::Quota;

/// RequestServiceQuotaIncrease: granted at once (`M`), where AWS takes minutes or days. What AWS never grants is refused here, where AWS takes
/// the request and declines it later.
pub(super) fn request(draft: &mut Draft, quota: Quota, value: usize) -> Result<Reply, Refusal> {
    let mut quotas = *draft.network.quotas();
    let current = quota.of(&quotas);
    if value <= current {
        return Err(Refusal::QuotaNotRaised { current });
    }
    if value > quota.most() {
        return Err(Refusal::QuotaTooHigh { most: quota.most() });
    }
    *quota.of_mut(&mut quotas) = value;
    if quotas.groups_per_eni.saturating_mul(quotas.rules_per_group) > RULES_PER_ENI {
        return Err(Refusal::QuotaProduct { most: RULES_PER_ENI });
    }
    if quota == Quota::Vpcs {
        // AWS raises these with it, by as much.
        for gateways in [&mut quotas.internet_gateways, &mut quotas.egress_only_gateways] {
            *gateways = gateways.saturating_add(value - current);
        }
    }
    draft.push(Event::QuotasSet(Box::new(quotas)));
    Ok(Reply::Quota(quota))
}
