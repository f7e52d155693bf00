//! The member `playground` of a document: what AWS has no word for.

use super::guests::{read_faults, read_guest, write_guest};
use super::{SavedClient, Scenario, Scene};
use crate::act::Asking;
use crate::json::{FieldError, Fields};
use crate::words::InputKey;
use eni_core::id::{ID_KINDS, IdKind, InstanceId};
use eni_core::model::fault::Faults;
use eni_core::model::instance::Guest;
use eni_core::model::network::{Network, Quotas, RULES_PER_ENI};
use eni_core::model::{AccountId, Zone};
use eni_core::sim::client::MAX_CLIENTS;
use eni_core::table::Table;
use serde_json::{Map, Value, json};

/// How many places and names there may be.
const MAX_ENTRIES: usize = 10_000;
/// How many letters of base64 an instance's user data may have.
const MOST_USER_DATA: usize = 22_000;
/// The highest counter that is taken; ids above it are not the playground's own.
const MAX_COUNTER: u64 = 1 << 39;

/// The member `playground`.
#[derive(Clone, Debug, Default)]
pub(super) struct Extra {
    /// The account.
    pub(super) account: Option<AccountId>,
    /// Guests.
    pub(super) guests: Table<InstanceId, Guest>,
    /// What is broken on instances.
    pub(super) faults: Table<InstanceId, Faults>,
    /// What instances were told to run first, in base64.
    pub(super) user_data: Table<InstanceId, Box<str>>,
    /// What is around the network.
    pub(super) scene: Scene,
    /// The ids of the account's zones, where they are not the playground's own.
    pub(super) zone_ids: Table<Zone, String>,
    /// Quotas in force.
    pub(super) quotas: Quotas,
    /// Where virtual time stands, in nanoseconds.
    pub(super) clock: u64,
    /// How many MACs were drawn.
    pub(super) macs: u64,
    /// How many public addresses were drawn.
    pub(super) public_ips: u32,
    /// The highest number of each kind of id.
    pub(super) ids: Vec<(IdKind, u64)>,
}

/// The quotas by name.
macro_rules! quotas {
    ($($name:literal => $field:ident;)*) => {
        fn read_quotas(fields: &mut Fields<'_>) -> Result<Quotas, FieldError> {
            let mut quotas = Quotas::default();
            $(if let Some(number) = fields.optional_number($name, 1_000_000)? {
                quotas.$field = usize::try_from(number).unwrap_or(quotas.$field);
            })*
            if quotas.groups_per_eni.saturating_mul(quotas.rules_per_group) > RULES_PER_ENI {
                let product = InputKey::QuotaProduct { limit: &RULES_PER_ENI.to_string() };
                return Err(FieldError::new(fields.place("rulesPerSecurityGroup"), product));
            }
            Ok(quotas)
        }
        fn write_quotas(quotas: &Quotas) -> Map<String, Value> {
            let usual = Quotas::default();
            let mut written = Map::new();
            $(if quotas.$field != usual.$field {
                written.insert($name.to_owned(), quotas.$field.into());
            })*
            written
        }
    };
}

quotas! {
    "vpcs" => vpcs;
    "blocksPerVpc" => blocks_per_vpc;
    "ipv6BlocksPerVpc" => ipv6_blocks_per_vpc;
    "subnetsPerVpc" => subnets_per_vpc;
    "networkInterfaces" => enis;
    "elasticIps" => elastic_ips;
    "securityGroups" => groups;
    "rulesPerSecurityGroup" => rules_per_group;
    "prefixLists" => prefix_lists;
    "securityGroupsPerNetworkInterface" => groups_per_eni;
    "rulesPerNetworkAcl" => rules_per_acl;
    "networkAclsPerVpc" => acls_per_vpc;
    "routesPerRouteTable" => routes_per_table;
    "routeTablesPerVpc" => route_tables_per_vpc;
    "internetGateways" => internet_gateways;
    "vpnGateways" => vpn_gateways;
    "customerGateways" => customer_gateways;
    "vpnConnectionsPerVpnGateway" => vpn_connections_per_gateway;
    "propagatedRoutesPerRouteTable" => propagated_routes_per_table;
    "egressOnlyInternetGateways" => egress_only_gateways;
    "natGatewaysPerAvailabilityZone" => nat_gateways_per_zone;
    "addressesPerNatGateway" => addresses_per_nat_gateway;
    "gatewayEndpoints" => gateway_endpoints;
    "interfaceEndpointsPerVpc" => interface_endpoints_per_vpc;
    "flowLogsPerResource" => flow_logs_per_resource;
    "peeringConnectionsPerVpc" => peerings_per_vpc;
}

impl Extra {
    /// Reads the member.
    pub(super) fn read(value: &Value) -> Result<Extra, FieldError> {
        let mut fields = Fields::of("playground", value)?;
        let mut extra = Extra::default();
        if let Some(text) = fields.optional_text("account", 12)? {
            let number = text.parse().map_err(|_| FieldError::new("playground.account", InputKey::ExpectedAccount))?;
            extra.account = Some(AccountId(number));
        }
        for (id, guest) in entries(&mut fields, "guests")? {
            let place = format!("playground.guests.{}", short(id));
            let id = id.parse().map_err(|error| FieldError::new(&place, error))?;
            let mut fields = Fields::of(&place, guest)?;
            extra.guests.insert(id, read_guest(&mut fields)?);
            extra.faults.insert(id, read_faults(&mut fields)?);
            if let Some(data) = fields.optional_text("userData", MOST_USER_DATA)? {
                extra.user_data.insert(id, data.into());
            }
        }
        extra.scene = read_scene(&mut fields)?;
        if let Some(quotas) = fields.optional("quotas") {
            extra.quotas = read_quotas(&mut Fields::of("playground.quotas", quotas)?)?;
        }
        for (name, id) in entries(&mut fields, "zoneIds")? {
            let place = || format!("playground.zoneIds.{}", short(name));
            let id = id.as_str().ok_or_else(|| FieldError::new(place(), InputKey::ExpectedText))?;
            extra.zone_ids.insert(Zone::new(&short(name)), short(id));
        }
        if let Some(counters) = fields.optional("counters") {
            extra.read_counters(&mut Fields::of("playground.counters", counters)?)?;
        }
        Ok(extra)
    }

    fn read_counters(&mut self, fields: &mut Fields<'_>) -> Result<(), FieldError> {
        self.clock = fields.optional_number("clock", u64::MAX / 2)?.unwrap_or(0);
        self.macs = fields.optional_number("macs", MAX_COUNTER)?.unwrap_or(0);
        let public_ips = fields.optional_number("publicIps", u64::from(u32::MAX / 2))?.unwrap_or(0);
        self.public_ips = u32::try_from(public_ips).unwrap_or(0);
        let Some(ids) = fields.optional("ids") else { return Ok(()) };
        let mut ids = Fields::of("playground.counters.ids", ids)?;
        for kind in ID_KINDS {
            if let Some(number) = ids.optional_number(kind.prefix(), MAX_COUNTER)? {
                self.ids.push((*kind, number));
            }
        }
        Ok(())
    }
}

/// The members of an object, by name; none if it is absent.
fn entries<'a>(fields: &mut Fields<'a>, name: &str) -> Result<Vec<(&'a str, &'a Value)>, FieldError> {
    match fields.optional(name) {
        None => Ok(Vec::new()),
        Some(Value::Object(members)) if members.len() <= MAX_ENTRIES => {
            Ok(members.iter().map(|(name, value)| (name.as_str(), value)).collect())
        }
        Some(Value::Object(_)) => Err(FieldError::new(fields.place(name), InputKey::MostEntries { limit: &MAX_ENTRIES.to_string() })),
        Some(_) => Err(FieldError::new(fields.place(name), InputKey::ExpectedObject)),
    }
}

fn read_scene(fields: &mut Fields<'_>) -> Result<Scene, FieldError> {
    let mut scene = Scene::default();
    let traffic = fields.list("traffic")?;
    if traffic.len() > MAX_CLIENTS {
        return Err(FieldError::new("playground.traffic", InputKey::MostClients { limit: &MAX_CLIENTS.to_string() }));
    }
    for (at, client) in traffic.iter().enumerate() {
        let mut client = Fields::of(&format!("playground.traffic[{at}]"), client)?;
        let asking = Asking::read(&mut client)?;
        let paused = client.optional_flag("paused")?.unwrap_or(false);
        scene.traffic.push(SavedClient { asking, paused });
    }
    for (id, place) in entries(fields, "layout")? {
        let numbers: Option<Vec<i64>> = place.as_array().map(|pair| pair.iter().filter_map(Value::as_i64).collect());
        let in_range = |number: i64| (-1_000_000..=1_000_000).contains(&number);
        match numbers.as_deref() {
            Some([x, y]) if in_range(*x) && in_range(*y) => scene.layout.insert(short(id), (*x, *y)),
            _ => return Err(FieldError::new(format!("playground.layout.{}", short(id)), InputKey::ExpectedPair)),
        };
    }
    for (id, name) in entries(fields, "names")? {
        let name = name.as_str().ok_or_else(|| FieldError::new(format!("playground.names.{}", short(id)), InputKey::ExpectedText))?;
        scene.names.insert(short(id), short(name));
    }
    Ok(scene)
}

/// At most as many characters as a name has.
fn short(text: &str) -> String {
    text.chars().take(crate::act::MAX_NAME).collect()
}

/// Writes the member for a network at rest.
pub(super) fn write(scenario: &Scenario, network: &Network) -> Value {
    let guests = object(&mut network.instances().map(|instance| (instance.id.to_string(), write_guest(instance))));
    let traffic: Vec<Value> = scenario.scene.traffic.iter().map(write_client).collect();
    let layout = object(&mut scenario.scene.layout.iter().map(|(id, (x, y))| (id.clone(), json!([x, y]))));
    let names = object(&mut scenario.scene.names.iter().map(|(id, name)| (id.clone(), name.as_str().into())));
    let fresh = Network::empty(network.region(), network.account()).counters().clone();
    let used = ID_KINDS.iter().map(|kind| (*kind, network.counters().last(*kind))).filter(|(kind, last)| *last > fresh.last(*kind));
    let ids = object(&mut used.map(|(kind, last)| (kind.prefix().to_owned(), last.into())));
    let zone_ids = object(&mut network.elsewhere().zone_ids.iter().map(|(zone, id)| (zone.to_string(), id.as_str().into())));
    let mut extra = json!({
        "account": network.account().to_string(),
        "guests": guests,
        "traffic": traffic,
        "layout": layout,
        "names": names,
        "quotas": write_quotas(network.quotas()),
        "counters": {
            "clock": scenario.clock.as_nanos(),
            "macs": network.macs_drawn(),
            "publicIps": network.public_ips_drawn(),
            "ids": ids,
        },
    });
    if let Value::Object(members) = &mut extra
        && !network.elsewhere().zone_ids.is_empty()
    {
        members.insert("zoneIds".to_owned(), zone_ids);
    }
    extra
}

/// One member after the other: collecting into a map sorts first, and the page would carry a sort for each kind of iterator.
fn object(members: &mut dyn Iterator<Item = (String, Value)>) -> Value {
    let mut object = Map::new();
    for (name, value) in members {
        object.insert(name, value);
    }
    Value::Object(object)
}

fn write_client(client: &SavedClient) -> Value {
    let mut object = Map::new();
    client.asking.write(&mut object);
    if client.paused {
        object.insert("paused".to_owned(), true.into());
    }
    Value::Object(object)
}
