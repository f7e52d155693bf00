//! Quotas, as Service Quotas shows them.

use super::Writer;
use crate::aws::error::ApiError;
use crate::aws::kind::Kind;
use crate::aws::member::{Member, Wire, derived};
use crate::aws::text::{Json, Object};
use eni_core::model::network::Quotas;
use eni_core::model::quota::{Quota, QuotaService};
use serde_json::{Value, json};

/// A quota.
pub const QUOTA: &[Member] = &[
    derived("ServiceCode", Wire::Text),
    derived("ServiceName", Wire::Text),
    derived("QuotaArn", Wire::Text),
    derived("QuotaCode", Wire::Text),
    derived("QuotaName", Wire::Text),
    derived("Value", Wire::Number),
    derived("Unit", Wire::Text),
    derived("Adjustable", Wire::Boolean),
    derived("GlobalQuota", Wire::Boolean),
    derived("QuotaAppliedAtLevel", Wire::Text),
];

/// The quota of a service with this code.
///
/// # Errors
/// `NoSuchResourceException` for what is none.
pub(in crate::aws) fn quota_of(service: &str, code: &str) -> Result<Quota, ApiError> {
    let service = service_of(service)?;
    let found = Quota::ALL.iter().find(|quota| quota.service() == service && quota.code() == code);
    found.copied().ok_or_else(|| {
        let code: String = code.chars().take(100).collect();
        not_there(&format!("quota {code} does not exist for service {}", service.code()))
    })
}

fn service_of(code: &str) -> Result<QuotaService, ApiError> {
    let found = QuotaService::ALL.into_iter().find(|service| service.code() == code);
    found.ok_or_else(|| not_there("service does not exist"))
}

fn not_there(what: &str) -> ApiError {
    ApiError::new("NoSuchResourceException", format!("The request failed because the specified {what}."))
}

impl Writer<'_> {
    /// The quotas of a service; of two texts, the second is the code of the only one.
    pub(in crate::aws) fn quotas_of(&self, kind: Kind, ids: &[String]) -> Result<Vec<Json>, ApiError> {
        let defaults = Quotas::default();
        let quotas = if kind == Kind::ServiceQuotas { self.network.quotas() } else { &defaults };
        let level = (kind == Kind::ServiceQuotas).then_some("ACCOUNT");
        let write = |quota: Quota| {
            let object = self.quota(quota).with("Value", value(quota.of(quotas))).with("Adjustable", true);
            object.maybe("QuotaAppliedAtLevel", level)
        };
        match ids {
            [service, code] => Ok(vec![write(quota_of(service, code)?).into()]),
            [service, ..] => {
                let service = service_of(service)?;
                Ok(Quota::ALL.iter().filter(|quota| quota.service() == service).map(|quota| write(*quota).into()).collect())
            }
            [] => Err(ApiError::missing("ServiceCode")),
        }
    }

    /// The answer to a request for more: it is granted.
    pub(in crate::aws) fn raised(&self, quota: Quota) -> Json {
        let requester = json!({"accountId": self.owner().to_string()}).to_string();
        let object = self.quota(quota).with("DesiredValue", value(quota.of(self.network.quotas())));
        object.with("Status", "APPROVED").with("Requester", requester).with("QuotaRequestedAtLevel", "ACCOUNT").into()
    }

    fn quota(&self, quota: Quota) -> Object {
        let (service, code) = (quota.service(), quota.code());
        let arn = format!("arn:aws:servicequotas:{}:{}:{}/{code}", self.network.region(), self.network.account(), service.code());
        let object = Object::new().with("ServiceCode", service.code()).with("ServiceName", service.name()).with("QuotaArn", arn);
        object.with("QuotaCode", code).with("QuotaName", quota.name()).with("Unit", "None").with("GlobalQuota", false)
    }
}

/// AWS shows whole numbers with a fraction here: `5.0`.
fn value(number: usize) -> Value {
    u32::try_from(number).map_or_else(|_| number.into(), |number| f64::from(number).into())
}
