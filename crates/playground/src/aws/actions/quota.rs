//! Service Quotas: what AWS limits, and how it is raised.

use super::read::page;
use super::{Action, Request, command};
use crate::aws::describe::{Attribute, Describe};
use crate::aws::error::ApiError;
use crate::aws::filter::Filter;
use crate::aws::input::Parameters;
use crate::aws::kind::Kind;
use crate::aws::member::{Member, Wire, optional, required};
use crate::aws::shape::quota_of;
use eni_core::control::command::Command;

const SERVICE: Member = required("ServiceCode", Wire::Text, "whose quotas: vpc, or ec2 for Elastic IPs and VPN");
const QUOTA: Member = required("QuotaCode", Wire::Text, "the quota's code, as list-service-quotas shows it");
const MOST: Member = optional("MaxResults", Wire::Between(1, 100), "how many at most");
const TOKEN: Member = optional("NextToken", Wire::Text, "go on where the last answer ended");
const CONTEXT: Member =
    optional("ContextId", Wire::Text, "the one resource that the quota is of; here there are only those of the account");

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "ListServiceQuotas",
        help: "shows the quotas in force",
        members: &[
            SERVICE,
            TOKEN,
            MOST,
            optional("QuotaCode", Wire::Text, "only this one"),
            optional("QuotaAppliedAtLevel", Wire::Words(&["ACCOUNT", "RESOURCE", "ALL"]), "of the account, or of single resources"),
        ],
        build: |p| list(p, Kind::ServiceQuotas),
    },
    Action {
        name: "GetServiceQuota",
        help: "shows a quota in force",
        members: &[SERVICE, QUOTA, CONTEXT],
        build: |p| one(p, Kind::ServiceQuotas),
    },
    Action {
        name: "ListAWSDefaultServiceQuotas",
        help: "shows the quotas that every account begins with",
        members: &[SERVICE, TOKEN, MOST],
        build: |p| list(p, Kind::DefaultServiceQuotas),
    },
    Action {
        name: "GetAWSDefaultServiceQuota",
        help: "shows a quota that every account begins with",
        members: &[SERVICE, QUOTA],
        build: |p| one(p, Kind::DefaultServiceQuotas),
    },
    Action {
        name: "RequestServiceQuotaIncrease",
        help: "raises a quota; here at once, at AWS after minutes or days",
        members: &[
            SERVICE,
            QUOTA,
            required("DesiredValue", Wire::Number, "the new value, greater than the one in force"),
            CONTEXT,
            optional("SupportCaseAllowed", Wire::Boolean, "whether a support case may be opened; none is needed here"),
        ],
        build: increase,
    },
];

fn list(p: &Parameters<'_>, kind: Kind) -> Result<Request, ApiError> {
    let ids = ["ServiceCode", "QuotaCode"].into_iter().filter_map(|name| p.text(name)).map(str::to_owned).collect();
    let level = p.text("QuotaAppliedAtLevel").filter(|level| *level != "ALL");
    let filters = level.map(|level| Filter::of_member("QuotaAppliedAtLevel", level)).into_iter().collect();
    page(p, kind, ids, filters).map_err(|error| ApiError::new("InvalidPaginationTokenException", error.message))
}

fn one(p: &Parameters<'_>, kind: Kind) -> Result<Request, ApiError> {
    of_account(p)?;
    let ids = vec![p.text_or_empty("ServiceCode"), p.text_or_empty("QuotaCode")];
    let attribute = Some(Attribute { word: "", member: "Quota", source: "" });
    Ok(Request::Describe(Describe { kind, ids, filters: Vec::new(), most: None, after: None, attribute }))
}

fn increase(p: &Parameters<'_>) -> Result<Request, ApiError> {
    of_account(p)?;
    let quota = quota_of(&p.text_or_empty("ServiceCode"), &p.text_or_empty("QuotaCode"))?;
    let wanted = p.number("DesiredValue").unwrap_or_default();
    let whole = wanted.strip_suffix(".0").unwrap_or(&wanted);
    let value = whole.parse().map_err(|_| {
        ApiError::new("IllegalArgumentException", format!("The value {wanted} is not a whole number that a quota may have"))
    })?;
    command(Command::RequestServiceQuotaIncrease { quota, value })
}

/// No quota here is one of a single resource.
fn of_account(p: &Parameters<'_>) -> Result<(), ApiError> {
    match p.text("ContextId") {
        None => Ok(()),
        Some(_) => {
            let message = "The request failed because applied value for the specified context Id do not exist.";
            Err(ApiError::new("NoSuchResourceException", message))
        }
    }
}
