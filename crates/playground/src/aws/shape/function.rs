//! Functions of AWS Lambda, file systems of Amazon EFS and mount targets.

use super::Writer;
use super::tables::ID;
use crate::aws::error::{ApiError, short};
use crate::aws::kind::Kind;
use crate::aws::member::{Member, Wire, attribute, derived, kept};
use crate::aws::text::{Json, Object};
use eni_core::model::file_system::{FileSystem, MountTarget};
use eni_core::model::function::{Function, Interfaces, Trouble};
use eni_core::time::Instant;

const TEXT: Wire = Wire::Text;

/// Where in a VPC a function works.
pub const VPC_CONFIG: Wire =
    Wire::Struct(&[kept("SubnetIds", Wire::List(&ID)), kept("SecurityGroupIds", Wire::List(&ID)), kept("VpcId", ID)]);

/// A function. Whose its network interfaces are is no member of AWS's.
pub const FUNCTION: &[Member] = &[
    kept("FunctionName", TEXT),
    derived("FunctionArn", TEXT),
    kept("Runtime", TEXT),
    kept("Role", TEXT),
    kept("Handler", TEXT),
    kept("Description", TEXT),
    kept("Timeout", Wire::Integer),
    kept("MemorySize", Wire::Integer),
    kept("LastModified", TEXT),
    derived("Version", TEXT),
    kept("VpcConfig", VPC_CONFIG),
    kept("State", TEXT),
    derived("StateReason", TEXT),
    kept("StateReasonCode", TEXT),
    kept("LastUpdateStatus", TEXT),
    kept("LastUpdateStatusReasonCode", TEXT),
    derived("PackageType", TEXT),
    derived("Architectures", Wire::List(&TEXT)),
    attribute("InterfaceOfEachEnvironment", Wire::Boolean),
];

/// A file system.
pub const FILE_SYSTEM: &[Member] = &[
    derived("OwnerId", TEXT),
    kept("CreationToken", TEXT),
    kept("FileSystemId", ID),
    derived("FileSystemArn", TEXT),
    kept("CreationTime", Wire::Time),
    derived("LifeCycleState", TEXT),
    derived("Name", TEXT),
    derived("NumberOfMountTargets", Wire::Integer),
    derived("SizeInBytes", Wire::Struct(&[derived("Value", Wire::Integer)])),
    derived("PerformanceMode", TEXT),
    derived("Encrypted", Wire::Boolean),
    derived("ThroughputMode", TEXT),
    super::tables::TAGS,
];

/// A mount target. Its groups stand with its network interface.
pub const MOUNT_TARGET: &[Member] = &[
    derived("OwnerId", TEXT),
    kept("MountTargetId", ID),
    kept("FileSystemId", ID),
    kept("SubnetId", ID),
    kept("LifeCycleState", TEXT),
    derived("IpAddress", TEXT),
    kept("NetworkInterfaceId", ID),
    derived("AvailabilityZoneId", TEXT),
    derived("AvailabilityZoneName", TEXT),
    derived("VpcId", ID),
];

/// What an empty file system is told to hold, in bytes.
const EMPTY: u64 = 6_144;

impl Writer<'_> {
    fn arn_of(&self, service: &str, resource: &str) -> String {
        format!("arn:aws:{service}:{}:{}:{resource}", self.network.region(), self.network.account())
    }

    /// A moment as Lambda prints it.
    fn modified(&self, at: Instant) -> String {
        let text = self.epoch.print(at);
        format!("{}.000+0000", text.get(..19).unwrap_or_default())
    }

    pub(in crate::aws) fn function(&self, function: &Function) -> Json {
        self.function_object(function, true).into()
    }

    /// A function, with how far it has come or, as in lists, without.
    pub(in crate::aws) fn function_object(&self, function: &Function, with_state: bool) -> Object {
        let object = Object::new()
            .with("FunctionName", function.name.as_str())
            .with("FunctionArn", self.arn_of("lambda", &format!("function:{}", function.name)))
            .filled("Runtime", &function.runtime)
            .with("Role", function.role.as_str())
            .filled("Handler", &function.handler)
            .with("Description", function.description.as_str())
            .with("Timeout", u64::from(function.timeout))
            .with("MemorySize", u64::from(function.memory))
            .with("LastModified", self.modified(function.modified))
            .with("Version", "$LATEST");
        let config = function.vpc.as_ref().map(|vpc| {
            let config = Object::new().texts("SubnetIds", &vpc.subnets).texts("SecurityGroupIds", &vpc.groups);
            config.text("VpcId", vpc.vpc)
        });
        let object = object.maybe("VpcConfig", config);
        let object = if with_state { with_state_of(object, function) } else { object };
        let own = self.attribute(true).filter(|_| function.interfaces == Interfaces::OfEnvironments);
        let object = object.with("PackageType", "Zip").list("Architectures", std::iter::once(Json::from("x86_64")));
        object.maybe("InterfaceOfEachEnvironment", own)
    }

    pub(in crate::aws) fn file_system(&self, system: &FileSystem) -> Json {
        self.file_system_object(system, "available").into()
    }

    pub(in crate::aws) fn file_system_object(&self, system: &FileSystem, state: &str) -> Object {
        let name = system.tags.get("Name").map_or("", String::as_str);
        let object = Object::new()
            .with("OwnerId", self.owner())
            .with("CreationToken", system.token.as_str())
            .text("FileSystemId", system.id)
            .with("FileSystemArn", self.arn_of("elasticfilesystem", &format!("file-system/{}", system.id)))
            .with("CreationTime", self.epoch.print(system.created))
            .with("LifeCycleState", state)
            .filled("Name", name)
            .with("NumberOfMountTargets", self.network.mount_targets_of(system.id).count())
            .with("SizeInBytes", Object::new().with("Value", EMPTY));
        let object = object.with("PerformanceMode", "generalPurpose").with("Encrypted", false).with("ThroughputMode", "bursting");
        object.tags("Tags", &system.tags)
    }

    pub(in crate::aws) fn mount_target(&self, target: &MountTarget) -> Json {
        self.mount_target_object(target).into()
    }

    pub(in crate::aws) fn mount_target_object(&self, target: &MountTarget) -> Object {
        let subnet = self.network.subnet(target.subnet);
        let address = self.network.eni(target.eni).and_then(|eni| eni.primary_ip());
        Object::new()
            .with("OwnerId", self.owner())
            .text("MountTargetId", target.id)
            .text("FileSystemId", target.file_system)
            .text("SubnetId", target.subnet)
            .with("LifeCycleState", target.state.as_str())
            .maybe_text("IpAddress", address)
            .text("NetworkInterfaceId", target.eni)
            .maybe("AvailabilityZoneId", subnet.map(|subnet| super::zone_id_of(self.network, &subnet.zone)))
            .maybe("AvailabilityZoneName", subnet.map(|subnet| subnet.zone.as_str()))
            .maybe_text("VpcId", subnet.map(|subnet| subnet.vpc))
    }

    /// The answers of the calls of Lambda and EFS that show something.
    pub(in crate::aws) fn services_told(&self, kind: Kind, names: &[String]) -> Result<Json, ApiError> {
        let (first, second) = (names.first().map_or("", String::as_str), names.get(1).map_or("", String::as_str));
        Ok(match kind {
            Kind::Functions => {
                let all = self.network.functions().map(|function| self.function_object(function, false).into());
                Object::new().list("Functions", all).into()
            }
            Kind::FunctionConfiguration => self.function(self.function_named(first)?),
            Kind::Function => {
                let location = Object::new().with("RepositoryType", "S3").with("Location", "");
                Object::new().with("Configuration", self.function(self.function_named(first)?)).with("Code", location).into()
            }
            Kind::FileSystems => self.file_systems_told(first, second)?,
            Kind::MountTargets => self.mount_targets_told(first, second)?,
            _ => {
                let target = self.mount_target_named(second)?;
                let groups = self.network.eni(target.eni).map_or(&[][..], |eni| eni.groups.as_slice());
                Object::new().texts("SecurityGroups", groups).into()
            }
        })
    }

    fn function_named(&self, name: &str) -> Result<&Function, ApiError> {
        let not_found = || {
            ApiError::new(
                "ResourceNotFoundException",
                format!("Function not found: {}", self.arn_of("lambda", &format!("function:{name}"))),
            )
        };
        self.network.function(name).ok_or_else(not_found)
    }

    fn file_systems_told(&self, id: &str, token: &str) -> Result<Json, ApiError> {
        let wanted = if id.is_empty() { None } else { Some(self.file_system_named(id)?.id) };
        let fits = |system: &&FileSystem| wanted.is_none_or(|id| system.id == id) && (token.is_empty() || system.token == token);
        let found = self.network.file_systems().filter(fits).map(|system| self.file_system(system));
        Ok(Object::new().list("FileSystems", found).into())
    }

    fn mount_targets_told(&self, file_system: &str, target: &str) -> Result<Json, ApiError> {
        let told: Vec<Json> = match (file_system, target) {
            ("", "") => {
                return Err(ApiError::new("BadRequest", "Exactly one of FileSystemId, MountTargetId or AccessPointId must be given."));
            }
            (_, "") => {
                let system = self.file_system_named(file_system)?.id;
                self.network.mount_targets_of(system).map(|target| self.mount_target(target)).collect()
            }
            ("", _) => vec![self.mount_target(self.mount_target_named(target)?)],
            _ => return Err(ApiError::new("BadRequest", "Only one of FileSystemId and MountTargetId may be given.")),
        };
        Ok(Object::new().list("MountTargets", told.into_iter()).into())
    }

    fn file_system_named(&self, text: &str) -> Result<&FileSystem, ApiError> {
        let found = text.parse().ok().and_then(|id| self.network.file_system(id));
        found.ok_or_else(|| ApiError::new("FileSystemNotFound", format!("File system '{}' does not exist.", short(text))))
    }

    fn mount_target_named(&self, text: &str) -> Result<&MountTarget, ApiError> {
        let found = text.parse().ok().and_then(|id| self.network.mount_target(id));
        found.ok_or_else(|| ApiError::new("MountTargetNotFound", format!("Mount target '{}' does not exist.", short(text))))
    }
}

fn with_state_of(object: Object, function: &Function) -> Object {
    let (state, update) = (function.phase.state(), function.phase.last_update());
    let trouble = function.phase.trouble().map(Trouble::as_str);
    let code = if state == "Pending" { Some("Creating") } else { trouble.filter(|_| state == "Failed") };
    let reason = (state == "Pending").then_some("The function is being created.");
    let object = object.with("State", state).maybe("StateReason", reason).maybe("StateReasonCode", code).with("LastUpdateStatus", update);
    object.maybe("LastUpdateStatusReasonCode", trouble)
}
