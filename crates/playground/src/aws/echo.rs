//! The line that one would type: JSON parameters as options of the AWS command line.

use super::actions::action;
use super::member::{Member, Wire, kebab};
use serde_json::{Map, Value};

/// The command line of a call. A call that is not in the table is shown with its parameters as JSON.
pub fn echo(service: &str, name: &str, parameters: &Map<String, Value>) -> String {
    let mut line = format!("aws {} {}", quote(service), quote(&kebab(name)));
    let Some(action) = action(service, name) else {
        if !parameters.is_empty() {
            let json = Value::Object(parameters.clone()).to_string();
            line.push_str(&format!(" --cli-input-json {}", quote(&json)));
        }
        return line;
    };
    let launches = name == "RunInstances";
    for member in action.members {
        match parameters.get(member.name) {
            None | Some(Value::Null) => {}
            Some(_) if launches && member.name == "MinCount" => {}
            Some(most) if launches && member.name == "MaxCount" => line.push_str(&count(parameters, most)),
            Some(value) => option(&mut line, member, value),
        }
    }
    for (name, value) in parameters.iter().filter(|(name, _)| action.members.iter().all(|member| member.name != name.as_str())) {
        line.push_str(&format!(" --{} {}", quote(&kebab(name)), json_or_text(value)));
    }
    line
}

/// `--count n`, or `--count min:max`.
fn count(parameters: &Map<String, Value>, most: &Value) -> String {
    match parameters.get("MinCount") {
        Some(least) if least != most => format!(" --count {least}:{most}"),
        _ => format!(" --count {most}"),
    }
}

/// Appends one option.
fn option(line: &mut String, member: &Member, value: &Value) {
    let name = kebab(member.name);
    let flag = |on: bool| if on { format!(" --{name}") } else { format!(" --no-{name}") };
    let text = match (member.wire, value) {
        (Wire::Boolean, Value::Bool(on)) => flag(*on),
        (Wire::Switch(on, off), Value::Bool(value)) => format!(" --{}", if *value { on } else { off }),
        (Wire::Wrapped(Wire::Boolean), Value::Object(inner)) => match inner.get("Value") {
            Some(Value::Bool(on)) => flag(*on),
            _ => format!(" --{name} {}", json_or_text(value)),
        },
        (Wire::Wrapped(_), Value::Object(inner)) => {
            // Only a text has a short form, and only one that is not taken for the notation of an object.
            let text =
                inner.get("Value").filter(|text| text.as_str().is_some_and(|text| !text.contains('=') && !text.starts_with(['{', '['])));
            format!(" --{name} {}", json_or_text(text.unwrap_or(value)))
        }
        (Wire::List(element), Value::Array(elements)) => {
            // The first word says whether all of them are JSON.
            let are_short = elements.iter().all(|value| value.as_object().is_none_or(|members| shorthand(members).is_some()));
            let write = |value: &Value| if are_short { word(*element, value) } else { json_or_text(value) };
            let words: Vec<String> = elements.iter().map(write).collect();
            if words.is_empty() { format!(" --{name} '[]'") } else { format!(" --{name} {}", words.join(" ")) }
        }
        (wire, value) => format!(" --{name} {}", word(wire, value)),
    };
    line.push_str(&text);
}

/// One word of a command line.
fn word(wire: Wire, value: &Value) -> String {
    match (wire, value) {
        (Wire::Struct(_), Value::Object(members)) => match shorthand(members) {
            Some(text) => quote(&text),
            None => json_or_text(value),
        },
        _ => json_or_text(value),
    }
}

/// The command line's own notation for objects, `A=1,B=[{C=2}]`; nothing where a value would need quotes inside.
fn shorthand(members: &Map<String, Value>) -> Option<String> {
    let parts: Option<Vec<String>> =
        members.iter().filter(|(_, value)| !value.is_null()).map(|(name, value)| Some(format!("{name}={}", short_value(value)?))).collect();
    parts.map(|parts| parts.join(","))
}

fn short_value(value: &Value) -> Option<String> {
    match value {
        Value::Bool(on) => Some(on.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => is_plain(text, " :/._-").then(|| text.clone()),
        Value::Array(elements) => {
            let parts: Option<Vec<String>> = elements.iter().map(short_value).collect();
            Some(format!("[{}]", parts?.join(",")))
        }
        Value::Object(members) => Some(format!("{{{}}}", shorthand(members)?)),
        Value::Null => None,
    }
}

fn json_or_text(value: &Value) -> String {
    match value {
        Value::String(text) => quote(text),
        Value::Bool(_) | Value::Number(_) => value.to_string(),
        _ => quote(&value.to_string()),
    }
}

fn is_plain(text: &str, others: &str) -> bool {
    !text.is_empty() && text.chars().all(|letter| letter.is_ascii_alphanumeric() || others.contains(letter))
}

/// A word as a shell needs it: in single quotes, unless every letter is harmless.
pub fn quote(text: &str) -> String {
    if is_plain(text, "-_./:=@%+,") { text.to_owned() } else { format!("'{}'", text.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    // rules: C1
    #[test]
    fn calls_are_shown_as_the_lines_that_one_types() {
        let cases = [
            (
                "AttachNetworkInterface",
                json!({"NetworkInterfaceId": "eni-00000000000000001", "InstanceId": "i-00000000000000002", "DeviceIndex": 1}),
                "attach-network-interface --network-interface-id eni-00000000000000001 --instance-id i-00000000000000002 --device-index 1",
            ),
            (
                "ModifyNetworkInterfaceAttribute",
                json!({"NetworkInterfaceId": "eni-00000000000000001", "SourceDestCheck": {"Value": false}}),
                "modify-network-interface-attribute --network-interface-id eni-00000000000000001 --no-source-dest-check",
            ),
            (
                "ModifyNetworkInterfaceAttribute",
                json!({"NetworkInterfaceId": "eni-00000000000000001", "Description": {"Value": "it's mine"}}),
                r"modify-network-interface-attribute --network-interface-id eni-00000000000000001 --description 'it'\''s mine'",
            ),
            (
                "AuthorizeSecurityGroupIngress",
                json!({"GroupId": "sg-00000000000000001", "IpPermissions": [
                    {"IpProtocol": "tcp", "FromPort": 443, "ToPort": 443, "IpRanges": [{"CidrIp": "0.0.0.0/0"}]}]}),
                "authorize-security-group-ingress --group-id sg-00000000000000001 --ip-permissions \
                 'FromPort=443,IpProtocol=tcp,IpRanges=[{CidrIp=0.0.0.0/0}],ToPort=443'",
            ),
            (
                "CreateNetworkAclEntry",
                json!({"NetworkAclId": "acl-00000000000000001", "Egress": false, "RuleNumber": 90, "Protocol": "6",
                    "RuleAction": "deny", "CidrBlock": "10.0.0.0/8", "PortRange": {"From": 22, "To": 22}}),
                "create-network-acl-entry --network-acl-id acl-00000000000000001 --ingress --rule-number 90 --protocol 6 \
                 --rule-action deny --cidr-block 10.0.0.0/8 --port-range From=22,To=22",
            ),
            (
                "RunInstances",
                json!({"ImageId": "ami-00000000000000001", "MinCount": 1, "MaxCount": 2, "InstanceType": "t3.small"}),
                "run-instances --image-id ami-00000000000000001 --instance-type t3.small --count 1:2",
            ),
            ("StopInstances", json!({"InstanceIds": ["i-1", "i-2"], "DryRun": true}), "stop-instances --instance-ids i-1 i-2 --dry-run"),
            ("NoSuchAction", json!({"A": "b c"}), r#"no-such-action --cli-input-json '{"A":"b c"}'"#),
        ];
        for (action, parameters, line) in cases {
            assert_eq!(echo("ec2", action, parameters.as_object().unwrap()), format!("aws ec2 {line}"));
        }
        assert_eq!(quote("$(reboot)"), "'$(reboot)'");
        assert_eq!(quote(""), "''");
    }
}
