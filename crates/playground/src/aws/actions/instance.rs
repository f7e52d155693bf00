//! Instances.

use super::addressing::{
    self, IPV4_PREFIX_COUNT, IPV4_PREFIXES, IPV6_ADDRESS_COUNT, IPV6_ADDRESSES, IPV6_PREFIX_COUNT, IPV6_PREFIXES, PRIMARY_IPV6_HELP,
    PRIVATE_ADDRESSES, SECONDARY_COUNT,
};
use super::interface::{TRACKING, tracking};
use super::launch::{self, CPU, CREDITS, DEVICE, DNS_NAMES, METADATA, MONITORING, PLACEMENT, PROFILE, TEMPLATE};
use super::{Action, Request, command};
use crate::aws::error::ApiError;
use crate::aws::input::Parameters;
use crate::aws::member::{CLIENT_TOKEN, DRY_RUN, Member, TAG_SPECIFICATIONS, Wire, camel, optional, required};
use crate::aws::object::Object;
use eni_core::control::command::{Command, InstanceAttribute, Ipv6Wanted, LaunchInterface, LaunchOptions, RunInstances};
use eni_core::model::instance::ShutdownBehavior;
use eni_core::model::instance_type::InstanceType;
use eni_core::model::metadata::{MetadataChange, MetadataOptions};
use eni_core::model::spot::{Interruption, Spot};
use serde_json::Value;

/// How many instances one call may launch.
const MAX_LAUNCH: i64 = 1_000;
const INSTANCES: Member = required("InstanceIds", Wire::List(&Wire::Id("i")), "the instances");
const INTERFACE: &[Member] = &[
    optional("DeviceIndex", Wire::Integer, "its position, 0 for the primary one"),
    optional("NetworkCardIndex", Wire::Integer, "its network card"),
    optional("NetworkInterfaceId", Wire::Id("eni"), "an existing interface"),
    optional("SubnetId", Wire::Id("subnet"), "or the subnet of a new one"),
    optional("Groups", Wire::List(&Wire::Id("sg")), "groups of a new one"),
    optional("PrivateIpAddress", Wire::Ipv4, "primary address of a new one"),
    PRIVATE_ADDRESSES,
    SECONDARY_COUNT,
    IPV4_PREFIXES,
    IPV4_PREFIX_COUNT,
    IPV6_ADDRESSES,
    IPV6_ADDRESS_COUNT,
    IPV6_PREFIXES,
    IPV6_PREFIX_COUNT,
    optional("PrimaryIpv6", Wire::Boolean, PRIMARY_IPV6_HELP),
    optional("Description", Wire::Text, "why it exists"),
    optional("DeleteOnTermination", Wire::Boolean, "whether it dies with the instance"),
    optional("AssociatePublicIpAddress", Wire::Boolean, "whether it gets a public address"),
    optional("InterfaceType", Wire::Text, "its kind; the playground models interface alone"),
    optional("ConnectionTrackingSpecification", Wire::Struct(TRACKING), "idle time-outs of a new one's tracked connections"),
];

const MARKET: &[Member] = &[
    optional("MarketType", Wire::Words(&["spot"]), "spot"),
    optional(
        "SpotOptions",
        Wire::Struct(&[
            optional("SpotInstanceType", Wire::Words(&["one-time", "persistent"]), "whether the request lives on; one-time if absent"),
            optional("InstanceInterruptionBehavior", Wire::Words(Interruption::WORDS), "what becomes of it when it is taken back"),
            optional("MaxPrice", Wire::Text, "what it may cost; refused: here nothing has a price"),
        ]),
        "how it is asked for",
    ),
];

/// What a request for spot instances launches.
const SPECIFICATION: &[Member] = &[
    optional("SecurityGroupIds", Wire::List(&Wire::Id("sg")), "its groups"),
    optional("SecurityGroups", Wire::List(&Wire::Text), "or groups of the default VPC by their names; not beside a subnet"),
    optional("BlockDeviceMappings", Wire::List(&Wire::Struct(DEVICE)), "its disks; change nothing here: it has none"),
    optional("EbsOptimized", Wire::Boolean, "how its disks are reached: kept, and it has none"),
    optional("IamInstanceProfile", Wire::Struct(PROFILE), "its role; not kept, and changes nothing here"),
    optional("ImageId", Wire::Id("ami"), "the image"),
    optional("InstanceType", Wire::Text, "the type: it limits interfaces and addresses"),
    optional("KeyName", Wire::Text, "the key pair; it must be there"),
    optional("Monitoring", Wire::Struct(MONITORING), "whether every minute is told, or five together"),
    optional("NetworkInterfaces", Wire::List(&Wire::Struct(INTERFACE)), "interfaces spelled out"),
    optional("Placement", Wire::Struct(PLACEMENT), "the zone that it runs in"),
    optional("SubnetId", Wire::Id("subnet"), "the subnet of the primary interface"),
    optional("UserData", Wire::Text, "what the guest runs first; it is kept, and a web server in it serves port 80"),
];

pub(super) const ACTIONS: &[Action] = &[
    Action {
        name: "RunInstances",
        help: "launches instances",
        members: &[
            optional(
                "ImageId",
                Wire::Id("ami"),
                "the image, or resolve:ssm: and a public parameter; describe-images shows those that differ",
            ),
            optional("InstanceType", Wire::Text, "the type: it limits interfaces and addresses"),
            required("MinCount", Wire::Integer, "how many at least"),
            required("MaxCount", Wire::Integer, "how many"),
            optional("SubnetId", Wire::Id("subnet"), "the subnet of the primary interface"),
            optional("SecurityGroupIds", Wire::List(&Wire::Id("sg")), "its groups"),
            optional("SecurityGroups", Wire::List(&Wire::Text), "or groups of the default VPC by their names; not beside a subnet"),
            optional("Placement", Wire::Struct(PLACEMENT), "the zone that it runs in"),
            optional("PrivateIpAddress", Wire::Ipv4, "its primary address"),
            optional("AssociatePublicIpAddress", Wire::Boolean, "whether it gets a public address; the subnet's setting if absent"),
            IPV6_ADDRESSES,
            IPV6_ADDRESS_COUNT,
            optional("EnablePrimaryIpv6", Wire::Boolean, PRIMARY_IPV6_HELP),
            optional("NetworkInterfaces", Wire::List(&Wire::Struct(INTERFACE)), "interfaces spelled out, instead of the four above"),
            optional("InstanceMarketOptions", Wire::Struct(MARKET), "spot instances, which AWS may take back"),
            optional(
                "HibernationOptions",
                Wire::Struct(&[optional("Configured", Wire::Boolean, "whether it can")]),
                "whether it can hibernate",
            ),
            optional("DisableApiTermination", Wire::Boolean, "whether terminate is refused"),
            optional("DisableApiStop", Wire::Boolean, "whether stop is refused"),
            optional("KeyName", Wire::Text, "the key pair; it must be there, and changes nothing: nobody logs in"),
            optional(
                "UserData",
                Wire::Text,
                "what the guest runs first; it is kept, and where it starts httpd, apache2 or nginx, the guest serves port 80; nothing else is done",
            ),
            optional("IamInstanceProfile", Wire::Struct(PROFILE), "its role; not kept, and changes nothing here"),
            optional("Monitoring", Wire::Struct(MONITORING), "whether every minute is told, or five together"),
            optional("CpuOptions", Wire::Struct(CPU), "how many processors; not kept, and changes nothing here: nothing runs on it"),
            optional("LaunchTemplate", Wire::Struct(TEMPLATE), "a launch template: the playground has none"),
            optional("EbsOptimized", Wire::Boolean, "how its disks are reached: kept, and it has none"),
            optional("MetadataOptions", Wire::Struct(METADATA), "how it is told of itself"),
            optional("CreditSpecification", Wire::Struct(CREDITS), "how long it may burst; changes nothing here: nothing runs on it"),
            optional("PrivateDnsNameOptions", Wire::Struct(DNS_NAMES), "what it is called after: its address, here"),
            optional("BlockDeviceMappings", Wire::List(&Wire::Struct(DEVICE)), "its disks; change nothing here: it has none"),
            optional("InstanceInitiatedShutdownBehavior", Wire::Words(ShutdownBehavior::WORDS), "what a shutdown from inside does"),
            TAG_SPECIFICATIONS,
            CLIENT_TOKEN,
            DRY_RUN,
        ],
        build: run,
    },
    Action {
        name: "RequestSpotInstances",
        help: "asks for spot instances, which AWS may take back",
        members: &[
            optional("InstanceCount", Wire::Integer, "how many; 1 if absent"),
            optional("Type", Wire::Words(&["one-time", "persistent"]), "whether the request lives on; one-time if absent"),
            optional("InstanceInterruptionBehavior", Wire::Words(Interruption::WORDS), "what becomes of them when they are taken back"),
            optional("SpotPrice", Wire::Text, "what one may cost; refused: here nothing has a price"),
            optional("LaunchSpecification", Wire::Struct(SPECIFICATION), "what is launched"),
            TAG_SPECIFICATIONS,
            CLIENT_TOKEN,
            DRY_RUN,
        ],
        build: request_spot,
    },
    Action {
        name: "CancelSpotInstanceRequests",
        help: "takes requests for spot instances back; the instances go on",
        members: &[required("SpotInstanceRequestIds", Wire::List(&Wire::Text), "the requests"), DRY_RUN],
        build: |p| {
            let malformed = |text: &str| {
                let text: String = text.chars().take(100).collect();
                ApiError::new("InvalidSpotInstanceRequestID.Malformed", format!("Invalid id: \"{text}\" (expecting \"sir-...\")"))
            };
            let ids = p.texts("SpotInstanceRequestIds").map(|text| text.parse().map_err(|_| malformed(text)));
            command(Command::CancelSpotInstanceRequests(ids.collect::<Result<_, _>>()?))
        },
    },
    Action {
        name: "StartInstances",
        help: "starts stopped instances",
        members: &[INSTANCES, DRY_RUN],
        build: |p| command(Command::StartInstances(p.ids("InstanceIds")?)),
    },
    Action {
        name: "StopInstances",
        help: "stops running instances",
        members: &[
            INSTANCES,
            optional("Hibernate", Wire::Boolean, "keep what is in memory; only what was launched for it can"),
            optional("Force", Wire::Boolean, "do not wait for the system; here it never has to be waited for"),
            optional("SkipOsShutdown", Wire::Boolean, "do not shut the system down first; changes nothing here"),
            DRY_RUN,
        ],
        build: |p| {
            let ids = p.ids("InstanceIds")?;
            let hibernate = p.flag("Hibernate").unwrap_or(false);
            command(if hibernate { Command::HibernateInstances(ids) } else { Command::StopInstances(ids) })
        },
    },
    Action {
        name: "RebootInstances",
        help: "reboots running instances",
        members: &[INSTANCES, DRY_RUN],
        build: |p| command(Command::RebootInstances(p.ids("InstanceIds")?)),
    },
    Action {
        name: "MonitorInstances",
        help: "has the metrics of instances told every minute",
        members: &[INSTANCES, DRY_RUN],
        build: |p| command(Command::MonitorInstances(p.ids("InstanceIds")?, true)),
    },
    Action {
        name: "UnmonitorInstances",
        help: "has them measured every five minutes again",
        members: &[INSTANCES, DRY_RUN],
        build: |p| command(Command::MonitorInstances(p.ids("InstanceIds")?, false)),
    },
    Action {
        name: "TerminateInstances",
        help: "ends instances for good",
        members: &[
            INSTANCES,
            optional("Force", Wire::Boolean, "do not wait for the system; here it never has to be waited for"),
            optional("SkipOsShutdown", Wire::Boolean, "do not shut the system down first; changes nothing here"),
            DRY_RUN,
        ],
        build: |p| command(Command::TerminateInstances(p.ids("InstanceIds")?)),
    },
    Action {
        name: "ModifyInstanceAttribute",
        help: "changes one attribute of an instance",
        members: &[
            required("InstanceId", Wire::Id("i"), "the instance"),
            optional("SourceDestCheck", Wire::Wrapped(&Wire::Boolean), "of its only interface"),
            optional("Groups", Wire::List(&Wire::Id("sg")), "groups of its only interface"),
            optional("InstanceType", Wire::Wrapped(&Wire::Text), "its type; it must be stopped"),
            optional("DisableApiTermination", Wire::Wrapped(&Wire::Boolean), "whether terminate is refused"),
            optional("DisableApiStop", Wire::Wrapped(&Wire::Boolean), "whether stop is refused"),
            optional(
                "InstanceInitiatedShutdownBehavior",
                Wire::Wrapped(&Wire::Text),
                "what a shutdown from inside does: stop or terminate",
            ),
            optional("UserData", Wire::Wrapped(&Wire::Text), "what the guest runs first; it must be stopped, and nothing of it is done"),
            optional("EbsOptimized", Wire::Wrapped(&Wire::Boolean), "how its disks are reached; it must be stopped, and has none"),
            optional(
                "EnaSupport",
                Wire::Wrapped(&Wire::Boolean),
                "which network adapter it has; it must be stopped, and nothing changes here",
            ),
            optional("Attribute", Wire::Words(ATTRIBUTES), "or one of these by its name"),
            optional("Value", Wire::Text, "with its value"),
            DRY_RUN,
        ],
        build: modify,
    },
    Action {
        name: "ModifyInstanceMetadataOptions",
        help: "changes how an instance is told of itself",
        members: &{
            let [tokens, hops, endpoint, ipv6, tags] = *METADATA;
            [required("InstanceId", Wire::Id("i"), "the instance"), tokens, hops, endpoint, DRY_RUN, ipv6, tags]
        },
        build: |p| command(Command::ModifyInstanceAttribute(p.id("InstanceId")?, InstanceAttribute::Metadata(launch::metadata(p)))),
    },
];

fn instance_type(name: &str) -> Result<InstanceType, ApiError> {
    let shown: String = name.chars().take(100).collect();
    InstanceType::find(name).ok_or_else(|| ApiError::new("InvalidParameterValue", format!("Invalid value '{shown}' for InstanceType.")))
}

fn no_image() -> ApiError {
    ApiError::new("MissingParameter", "The request must contain the parameter ImageId")
}

/// The number of instances to launch.
fn count(p: &Parameters<'_>) -> Result<u32, ApiError> {
    let (least, most) = (p.integer("MinCount").unwrap_or(1), p.integer("MaxCount").unwrap_or(1));
    if least < 1 {
        return Err(ApiError::invalid("MinCount", least, "It must be at least 1."));
    }
    if most < least {
        return Err(ApiError::combination(format!("maxCount ({most}) must not be less than minCount ({least})")));
    }
    if most > MAX_LAUNCH {
        let message = format!("You have requested more instances ({most}) than your current instance limit of {MAX_LAUNCH} allows.");
        return Err(ApiError::new("InstanceLimitExceeded", message));
    }
    Ok(u32::try_from(most).unwrap_or(1))
}

fn run(p: &Parameters<'_>) -> Result<Request, ApiError> {
    launch::only_here(p)?;
    let interfaces = p.objects("NetworkInterfaces").map(|entry| interface(&entry)).collect::<Result<Vec<_>, _>>()?;
    launch::plain_request(p)?;
    // What a launch makes beside instances and interfaces has no part in networks: tags of it are read and kept nowhere.
    let kinds = ["instance", "network-interface", "volume", "elastic-gpu"];
    let plain = launch(p, interfaces, &kinds)?;
    let wanted = addressing::ipv6(p)?;
    command(Command::RunInstances(Box::new(if wanted == Ipv6Wanted::default() { plain } else { with_ipv6(plain, wanted)? })))
}

/// A launch that asks for IPv6 addresses beside the list of interfaces: they are those of the primary one, which is spelled out then.
fn with_ipv6(plain: RunInstances, ipv6: Ipv6Wanted) -> Result<RunInstances, ApiError> {
    if !plain.interfaces.is_empty() {
        let message = "Network interfaces and an instance-level IPv6 address may not be specified on the same request";
        return Err(ApiError::combination(message));
    }
    let primary = LaunchInterface {
        subnet: plain.subnet,
        groups: plain.groups,
        private_ip: plain.private_ip,
        associate_public_ip: plain.associate_public_ip,
        ipv6,
        ..LaunchInterface::default()
    };
    let (subnet, groups, private_ip, associate_public_ip) = (None, Vec::new(), None, None);
    Ok(RunInstances { subnet, groups, private_ip, associate_public_ip, interfaces: vec![primary], ..plain })
}

fn launch(p: &Parameters<'_>, interfaces: Vec<LaunchInterface>, kinds: &[&str]) -> Result<RunInstances, ApiError> {
    Ok(RunInstances {
        image: p.maybe_id("ImageId")?.ok_or_else(no_image)?,
        instance_type: instance_type(p.text("InstanceType").unwrap_or(launch::DEFAULT_TYPE))?,
        count: count(p)?,
        subnet: p.maybe_id("SubnetId")?,
        groups: p.ids("SecurityGroupIds")?,
        private_ip: p.ipv4("PrivateIpAddress")?,
        associate_public_ip: p.flag("AssociatePublicIpAddress"),
        interfaces,
        tags: p.tags_for("instance", kinds)?,
        interface_tags: p.tags_for("network-interface", kinds)?,
        options: options(p)?,
    })
}

/// RequestSpotInstances: a launch by its specification.
fn request_spot(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let asked = p.object("LaunchSpecification").ok_or_else(|| ApiError::missing("LaunchSpecification"))?;
    launch::only_here(&asked)?;
    launch::plain_request(p)?;
    let count = p.integer("InstanceCount").unwrap_or(1);
    if !(1..=MAX_LAUNCH).contains(&count) {
        return Err(ApiError::invalid("InstanceCount", count, &format!("It must be between 1 and {MAX_LAUNCH}.")));
    }
    let interfaces = asked.objects("NetworkInterfaces").map(|entry| interface(&entry)).collect::<Result<Vec<_>, _>>()?;
    // Whatever else is to be tagged is not made by this call.
    p.tags_for("", &[])?;
    let mut launch = launch(&asked, interfaces, &[])?;
    launch.count = u32::try_from(count).unwrap_or(1);
    launch.options.spot = Some(Spot {
        interruption: Interruption::from_word(p.text("InstanceInterruptionBehavior").unwrap_or_default()),
        persistent: p.text("Type") == Some("persistent"),
        ..Spot::default()
    });
    command(Command::RequestSpotInstances(Box::new(launch)))
}

/// What a launch asks for beside its network.
fn options(p: &Parameters<'_>) -> Result<LaunchOptions, ApiError> {
    let market = p.object("InstanceMarketOptions");
    let asked = market.and_then(|market| market.object("SpotOptions"));
    if market.is_some_and(|market| market.text("MarketType").is_none()) {
        return Err(ApiError::missing("MarketType"));
    }
    let word = |name: &str| asked.and_then(|asked| asked.text(name)).unwrap_or_default();
    let spot = market.map(|_| Spot {
        interruption: Interruption::from_word(word("InstanceInterruptionBehavior")),
        persistent: word("SpotInstanceType") == "persistent",
        ..Spot::default()
    });
    Ok(LaunchOptions {
        spot,
        hibernates: p.object("HibernationOptions").and_then(|wish| wish.flag("Configured")).unwrap_or(false),
        termination_protection: p.flag("DisableApiTermination").unwrap_or(false),
        stop_protection: p.flag("DisableApiStop").unwrap_or(false),
        metadata: p
            .object("MetadataOptions")
            .map_or_else(MetadataChange::default, |wish| launch::metadata(&wish))
            .of(MetadataOptions::default()),
        shutdown: ShutdownBehavior::from_word(p.text("InstanceInitiatedShutdownBehavior").unwrap_or_default()),
        serves: p.text("UserData").map(launch::served).unwrap_or_default(),
        key_name: p.text("KeyName").filter(|name| !name.is_empty()).map(str::to_owned),
        client_token: p.text("ClientToken").filter(|token| !token.is_empty()).map(str::to_owned),
        monitored: p.object("Monitoring").and_then(|wish| wish.flag("Enabled")).unwrap_or(false),
        user_data: launch::user_data(p.text("UserData").unwrap_or_default())?,
        ebs_optimized: p.flag("EbsOptimized").unwrap_or(false),
    })
}

fn interface(p: &Parameters<'_>) -> Result<LaunchInterface, ApiError> {
    super::interface::common_kind(p)?;
    Ok(LaunchInterface {
        device_index: p.small("DeviceIndex")?.unwrap_or_default(),
        network_card: p.small("NetworkCardIndex")?.unwrap_or_default(),
        existing: p.maybe_id("NetworkInterfaceId")?,
        subnet: p.maybe_id("SubnetId")?,
        groups: p.ids("Groups")?,
        private_ip: p.ipv4("PrivateIpAddress")?,
        addresses: addressing::addresses(p)?,
        secondary_count: p.integer("SecondaryPrivateIpAddressCount"),
        prefixes: addressing::ipv4_prefixes(p)?,
        ipv6: addressing::ipv6(p)?,
        description: p.text_or_empty("Description"),
        delete_on_termination: p.flag("DeleteOnTermination"),
        associate_public_ip: p.flag("AssociatePublicIpAddress"),
        tracking: p.object("ConnectionTrackingSpecification").map(tracking).transpose()?.unwrap_or_default(),
    })
}

/// The attributes that may be changed by their names; the first ones are those that the playground takes.
const ATTRIBUTES: &[&str] = &[
    "sourceDestCheck",
    "instanceType",
    "disableApiTermination",
    "disableApiStop",
    "instanceInitiatedShutdownBehavior",
    "userData",
    "ebsOptimized",
    "enaSupport",
    "groupSet",
    "kernel",
    "ramdisk",
    "rootDeviceName",
    "blockDeviceMapping",
    "productCodes",
    "sriovNetSupport",
    "enclaveOptions",
];
/// How many of them are taken.
const TAKEN: usize = 8;

/// ModifyInstanceAttribute: an attribute by its own member, or by its name and value.
fn modify(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let Some(word) = p.text("Attribute") else { return modify_one(p) };
    let text = p.text("Value").ok_or_else(|| ApiError::missing("Value"))?;
    if ATTRIBUTES.iter().take(TAKEN).all(|known| *known != word) {
        let message = format!("The playground does not change {word} by its name; --groups changes the groups of an instance.");
        return Err(ApiError::new("UnsupportedOperation", message));
    }
    let is_flag = !matches!(word, "instanceType" | "instanceInitiatedShutdownBehavior" | "userData");
    let value = match (is_flag, text) {
        (false, text) => Value::from(text),
        (true, "true" | "false") => Value::from(text == "true"),
        (true, _) => return Err(ApiError::invalid("Value", text, "It must be true or false.")),
    };
    let mut name = word.to_owned();
    name.get_mut(..1).into_iter().for_each(str::make_ascii_uppercase);
    let own = Object::new().text("InstanceId", p.text_or_empty("InstanceId")).with(&name, Object::new().with("Value", value)).map();
    modify_one(&Parameters::new(&own))
}

fn modify_one(p: &Parameters<'_>) -> Result<Request, ApiError> {
    let mut attributes = Vec::new();
    if let Some(on) = p.wrapped_flag("SourceDestCheck") {
        attributes.push(InstanceAttribute::SourceDestCheck(on));
    }
    if p.has("Groups") {
        attributes.push(InstanceAttribute::Groups(p.ids("Groups")?));
    }
    if let Some(name) = p.wrapped_text("InstanceType") {
        attributes.push(InstanceAttribute::InstanceType(instance_type(name)?));
    }
    if let Some(on) = p.wrapped_flag("DisableApiTermination") {
        attributes.push(InstanceAttribute::DisableApiTermination(on));
    }
    if let Some(on) = p.wrapped_flag("DisableApiStop") {
        attributes.push(InstanceAttribute::DisableApiStop(on));
    }
    if let Some(word) = p.wrapped_text("InstanceInitiatedShutdownBehavior") {
        if !ShutdownBehavior::WORDS.contains(&word) {
            let shown: String = word.chars().take(100).collect();
            return Err(ApiError::invalid("InstanceInitiatedShutdownBehavior", shown, "It must be stop or terminate."));
        }
        attributes.push(InstanceAttribute::ShutdownBehavior(ShutdownBehavior::from_word(word)));
    }
    let later = ["UserData", "EbsOptimized", "EnaSupport"];
    if let Some(data) = p.wrapped_text("UserData") {
        attributes.push(InstanceAttribute::UserData(launch::user_data(data)?));
    }
    attributes.extend(p.wrapped_flag("EbsOptimized").map(InstanceAttribute::EbsOptimized));
    attributes.extend(p.has("EnaSupport").then_some(InstanceAttribute::Unkept));
    let names =
        ["SourceDestCheck", "Groups", "InstanceType", "DisableApiTermination", "DisableApiStop", "InstanceInitiatedShutdownBehavior"];
    let mut attributes = attributes.into_iter();
    match (attributes.next(), attributes.next()) {
        (Some(attribute), None) => command(Command::ModifyInstanceAttribute(p.id("InstanceId")?, attribute)),
        (None, _) => Err(ApiError::combination("No attributes specified.")),
        (Some(_), Some(_)) => {
            let given: Vec<String> = names.into_iter().chain(later).filter(|name| p.has(name)).map(camel).collect();
            Err(ApiError::combination(format!("Fields for multiple attribute types specified: {}", given.join(", "))))
        }
    }
}
