//! The regions of AWS (`I3`), and who asks in one of them.

use super::Writer;
use crate::aws::member::{Member, Wire, derived};
use crate::aws::text::{Json, Object};
use eni_core::model::CALLER;

/// The filters of DescribeRegions.
pub const FILTERS: &str = "endpoint region-name opt-in-status";

/// A region.
pub const REGION: &[Member] = &[derived("OptInStatus", Wire::Text), derived("RegionName", Wire::Text), derived("Endpoint", Wire::Text)];

/// The regions that every account has from its first day.
const FOR_ALL: &[&str] = &[
    "ap-northeast-1",
    "ap-northeast-2",
    "ap-northeast-3",
    "ap-south-1",
    "ap-southeast-1",
    "ap-southeast-2",
    "ca-central-1",
    "eu-central-1",
    "eu-north-1",
    "eu-west-1",
    "eu-west-2",
    "eu-west-3",
    "sa-east-1",
    "us-east-1",
    "us-east-2",
    "us-west-1",
    "us-west-2",
];

/// The regions that an account has once it has opted in.
const BY_OPTING_IN: &[&str] = &[
    "af-south-1",
    "ap-east-1",
    "ap-east-2",
    "ap-south-2",
    "ap-southeast-3",
    "ap-southeast-4",
    "ap-southeast-5",
    "ap-southeast-6",
    "ap-southeast-7",
    "ca-west-1",
    "eu-central-2",
    "eu-south-1",
    "eu-south-2",
    "il-central-1",
    "me-central-1",
    "me-south-1",
    "mx-central-1",
];

impl Writer<'_> {
    /// The regions by their names, and the account's own if it is none of them. Here nobody opts into another than the own one (`M`).
    pub(super) fn regions(self) -> Vec<Json> {
        let own = self.network.region();
        let mut names: Vec<&str> = FOR_ALL.iter().chain(BY_OPTING_IN).copied().collect();
        if !names.contains(&own) {
            names.push(own);
        }
        eni_core::order::sort(&mut names);
        let status = |name: &str| match () {
            () if !BY_OPTING_IN.contains(&name) => "opt-in-not-required",
            () if name == own => "opted-in",
            () => "not-opted-in",
        };
        let region = |name: &str| {
            let endpoint = format!("ec2.{name}.amazonaws.com");
            Object::new().with("OptInStatus", status(name)).with("RegionName", name).with("Endpoint", endpoint).into()
        };
        names.into_iter().map(region).collect()
    }

    /// Who asks: a user of the account, as the examples of AWS's documentation have one.
    pub(in crate::aws) fn caller(self) -> Json {
        let account = self.owner();
        Object::new()
            .with("UserId", CALLER)
            .with("Account", account.to_string())
            .with("Arn", format!("arn:aws:iam::{account}:user/learner"))
            .into()
    }
}
