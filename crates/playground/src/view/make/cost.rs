//! What addresses cost, in words.

use super::Maker;
use crate::view::details::FactView;
use crate::view::words::ServiceKey;
use eni_core::analysis::cost::{HOURS_A_MONTH, MILLS_AN_HOUR, PublicAddresses};

impl Maker<'_> {
    /// What some public addresses cost (`A33`).
    pub(super) fn cost_fact(&self, addresses: usize) -> FactView {
        let mills = addresses * MILLS_AN_HOUR;
        let (hour, month) = (dollars(mills), dollars(mills * HOURS_A_MONTH));
        self.cost(ServiceKey::LabelCosts, ServiceKey::CostOfAddress { hour: &hour, month: &month })
    }

    /// What all public addresses of the region cost together.
    pub(super) fn cost_of_all(&self) -> FactView {
        let all = PublicAddresses::of(self.network);
        let (count, hour) = (all.count().to_string(), dollars(all.mills_an_hour()));
        self.cost(ServiceKey::LabelAllPublic, ServiceKey::CostOfAll { count: &count, hour: &hour })
    }

    fn cost(&self, name: ServiceKey<'_>, value: ServiceKey<'_>) -> FactView {
        FactView { name: self.say(name), value: self.say(value), code: false, thing: None }
    }
}

/// Thousandths of a dollar as dollars, with two places or, where they matter, three.
fn dollars(mills: usize) -> String {
    let text = format!("{}.{:03}", mills / 1_000, mills % 1_000);
    match text.strip_suffix('0') {
        Some(cents) => cents.to_owned(),
        None => text,
    }
}
