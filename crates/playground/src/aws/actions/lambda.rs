//! Functions of AWS Lambda: the few members that a network meets.

use super::{Action, Request, command, shown};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::kind::Kind;
use crate::aws::member::{Member, Wire, optional, required};
use eni_core::control::command::{Command, LambdaAct, NewFunction};
use eni_core::id::{GroupId, SubnetId};
use eni_core::model::function::{MEMORY_MB, TIMEOUT_SECONDS};
use serde_json::Value;

/// The longest name of a function, and the longest text about one.
const LONGEST_NAME: usize = 64;
const LONGEST_TEXT: usize = 256;
/// The longest payload.
const LONGEST_PAYLOAD: usize = 16 << 10;
/// How long a function works on a call that nobody waits for and that says nothing of it, in seconds.
const USUAL_WORK: u16 = 1;

const NAME: Member = required("FunctionName", Wire::Text, "the function's name");
const VPC_CONFIG: Member = optional(
    "VpcConfig",
    Wire::Struct(&[
        optional("SubnetIds", Wire::List(&Wire::Id("subnet")), "the subnets, one in a zone is enough"),
        optional("SecurityGroupIds", Wire::List(&Wire::Id("sg")), "the groups of its network interfaces"),
    ]),
    "where in a VPC it works; in none if absent or empty",
);
const CODE: &[Member] = &[
    optional("ZipFile", Wire::Text, "taken, and not run"),
    optional("S3Bucket", Wire::Text, "taken, and not read"),
    optional("S3Key", Wire::Text, "taken, and not read"),
    optional("ImageUri", Wire::Text, "taken, and not read"),
];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "CreateFunction",
        help: "makes a function; in a VPC it shares a network interface with all functions of the same subnet and groups",
        members: &[
            NAME,
            optional("Runtime", Wire::Text, "what it is written for, as python3.13"),
            required("Role", Wire::Text, "the ARN of the role that it acts as; nobody looks for it"),
            optional("Handler", Wire::Text, "where its code begins, as app.handler"),
            required("Code", Wire::Struct(CODE), "its code, which nobody runs: what a call does is told in its payload"),
            optional("Description", Wire::Text, "free text"),
            optional("Timeout", Wire::Between(1, 900), "how many seconds it may run; 3 if absent"),
            optional("MemorySize", Wire::Between(128, 10_240), "its memory in MB; 128 if absent"),
            VPC_CONFIG,
        ],
        build: create,
    },
    Action {
        name: "UpdateFunctionConfiguration",
        help: "changes a function; a new VpcConfig takes the place of the whole old one",
        members: &[
            NAME,
            optional("Role", Wire::Text, "the ARN of the role that it acts as"),
            optional("Handler", Wire::Text, "where its code begins"),
            optional("Description", Wire::Text, "free text"),
            optional("Timeout", Wire::Between(1, 900), "how many seconds it may run"),
            optional("MemorySize", Wire::Between(128, 10_240), "its memory in MB"),
            VPC_CONFIG,
            optional("Runtime", Wire::Text, "what it is written for"),
        ],
        build: update,
    },
    Action {
        name: "DeleteFunction",
        help: "deletes a function; what it had of network interfaces goes later",
        members: &[NAME],
        build: |p| act(LambdaAct::Delete(name(p)?)),
    },
    Action {
        name: "Invoke",
        help: "calls a function",
        members: &[
            NAME,
            optional(
                "InvocationType",
                Wire::Words(&["RequestResponse", "Event"]),
                "Event: nobody waits for the answer, and it connects to nothing here",
            ),
            optional(
                "Payload",
                Wire::Text,
                "what it does, as JSON or JSON in base64: {\"connect\": \"HOST:PORT\"}, {\"seconds\": NUMBER}, or both",
            ),
        ],
        build: invoke,
    },
    Action { name: "GetFunction", help: "shows a function", members: &[NAME], build: |p| shown(Kind::Function, vec![name(p)?]) },
    Action {
        name: "GetFunctionConfiguration",
        help: "shows a function without its code",
        members: &[NAME],
        build: |p| shown(Kind::FunctionConfiguration, vec![name(p)?]),
    },
    Action {
        name: "ListFunctions",
        help: "shows all functions, without their states",
        members: &[],
        build: |_| shown(Kind::Functions, Vec::new()),
    },
];

fn act(act: LambdaAct) -> Result<Request, ApiError> {
    command(Command::Lambda(Box::new(act)))
}

fn invalid(message: String) -> ApiError {
    ApiError::new("InvalidParameterValueException", message)
}

/// The name of a function, of which an ARN says no more here.
fn name(p: &Parameters<'_>) -> Result<String, ApiError> {
    let text = p.text("FunctionName").unwrap_or_default();
    let name = text.rsplit_once(":function:").map_or(text, |(_, name)| name);
    let is_name = |sign: char| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_');
    if name.is_empty() || name.len() > LONGEST_NAME || !name.chars().all(is_name) {
        let shown: String = text.chars().take(LONGEST_TEXT).collect();
        return Err(invalid(format!(
            "1 validation error detected: Value '{shown}' at 'functionName' failed to satisfy constraint: 1 to {LONGEST_NAME} letters, digits, hyphens and underscores"
        )));
    }
    Ok(name.to_owned())
}

fn text(p: &Parameters<'_>, member: &str) -> Result<Option<String>, ApiError> {
    match p.text(member) {
        Some(text) if text.chars().count() > LONGEST_TEXT => {
            Err(invalid(format!("{member} must be at most {LONGEST_TEXT} characters long")))
        }
        text => Ok(text.map(str::to_owned)),
    }
}

type Places = (Vec<SubnetId>, Vec<GroupId>);

fn vpc(p: &Parameters<'_>) -> Result<Option<Places>, ApiError> {
    let Some(config) = p.object("VpcConfig") else { return Ok(None) };
    Ok(Some((config.ids("SubnetIds")?, config.ids("SecurityGroupIds")?)))
}

fn create(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let (subnets, groups) = vpc(p)?.unwrap_or_default();
    act(LambdaAct::Create(NewFunction {
        name: name(p)?,
        runtime: text(p, "Runtime")?.unwrap_or_default(),
        role: text(p, "Role")?.unwrap_or_default(),
        handler: text(p, "Handler")?.unwrap_or_default(),
        description: text(p, "Description")?.unwrap_or_default(),
        timeout: p.whole("Timeout").unwrap_or(TIMEOUT_SECONDS),
        memory: p.whole("MemorySize").unwrap_or(MEMORY_MB),
        subnets,
        groups,
    }))
}

fn update(p: &Parameters<'_>) -> Result<Request, ApiError> {
    act(LambdaAct::Update {
        function: name(p)?,
        runtime: text(p, "Runtime")?,
        role: text(p, "Role")?,
        handler: text(p, "Handler")?,
        description: text(p, "Description")?,
        timeout: p.whole("Timeout"),
        memory: p.whole("MemorySize"),
        vpc: vpc(p)?,
    })
}

fn invoke(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let seconds = match payload(p.text("Payload").unwrap_or_default())? {
        // More is longer than any function may run.
        Value::Object(told) => told.get("seconds").and_then(Value::as_u64).map(|seconds| u16::try_from(seconds).unwrap_or(u16::MAX)),
        _ => None,
    };
    let event = p.text("InvocationType") == Some("Event");
    // Whoever waits for a call does not make the next one before it is done.
    let seconds = seconds.unwrap_or(if event { USUAL_WORK } else { 0 });
    act(LambdaAct::Invoke { function: name(p)?, seconds, event })
}

/// What a call is told: JSON, plain or in base64; nothing if it is told nothing.
///
/// # Errors
/// It is no JSON.
pub(crate) fn payload(text: &str) -> Result<Value, ApiError> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    let plain = super::text_of_base64(text).unwrap_or_else(|| text.to_owned());
    let read = |text: &str| crate::json::parse(text.as_bytes(), crate::json::LINE_LIMITS).ok().filter(|_| text.len() <= LONGEST_PAYLOAD);
    let unread = || ApiError::new("InvalidRequestContentException", "Could not parse request body into json: expected a valid value");
    read(&plain).or_else(|| read(text)).ok_or_else(unread)
}
