//! Faults of parameters that some calls of AWS tell in words of their own.

use super::error::ApiError;

/// The calls that write `MaxResults` as it is sent, and say where the range ends.
const WITH_ENDS: [&str; 5] = ["DescribeVpcs", "DescribeSubnets", "DescribeRouteTables", "DescribeNetworkAcls", "DescribeInternetGateways"];
/// The calls that leave space around the value.
const WITH_SPACE: [&str; 2] = ["DescribeInstances", "DescribeInstanceStatus"];

/// An error of the one check of requests as this call words it.
pub fn of(action: &str, mut error: ApiError) -> ApiError {
    if action == "CreateSecurityGroup" && error.code == "MissingParameter" {
        error.message = error.message.replace("parameter description", "parameter GroupDescription");
    }
    let place = ") for parameter maxResults is invalid. Expecting a value ";
    let Some((value, side)) = error.message.strip_prefix("Value (").and_then(|rest| rest.split_once(place)) else { return error };
    if WITH_ENDS.contains(&action) {
        let side = side.replace("greater than", "greater than or equal to").replace("less than", "smaller than or equal to");
        error.message = format!("Value ( {value} ) for parameter MaxResults is invalid. Expecting a value {side}");
    } else if WITH_SPACE.contains(&action) {
        error.message = format!("Value ( {value} {place}{side}");
    }
    error
}
