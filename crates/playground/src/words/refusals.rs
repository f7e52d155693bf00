//! The English table, continued: why an act is refused, and what would be accepted instead. AWS's own messages are not here: they stay as they are.

use super::{Arguments, Saying, Sentence, arguments};

messages! {
    RefusalKey: "The reason of a refusal in a sentence of ours, and what would be accepted, by what they are for.";

    // Why: the shape of the request.
    ParameterMissing { name } = "The request does not say {name}, and nothing stands in for it.";
    OnlyOneOf { first, second } = "{first} and {second} exclude each other.";
    OneOfNeeded { first, second } = "One of {first} and {second} must be there.";
    OutOfRange { value } = "{value} is outside of the range that this takes.";
    NothingToChange = "The request names nothing to change.";
    OneChangeAtATime = "One request changes one attribute.";
    TextNotTaken = "The text is too long, or has characters that AWS does not take.";
    TagNotTaken = "A tag's key has 1 to 128 characters and does not begin with aws:.";
    TooManyTags { limit } = "A resource carries at most {limit} tags.";
    NoSuchThing = "Nothing here has this id.";
    OfAService = "A service of AWS made it, and only that service changes it.";

    // Why: VPCs, subnets, addresses.
    BlockSize = "A VPC's block has a prefix from /16 to /28 and lies where private networks may.";
    OutsideVpc = "A subnet's block lies inside its VPC's blocks and has a prefix from /16 to /28.";
    PeerHasBlock { block, peering } = "Peered VPCs share no address, and the other side of {peering} has {block}.";
    PeeringWaits { peering } = "The VPC asks for {peering}, and keeps the blocks it asked with until there is an answer.";
    BlocksOverlap { other } = "Two subnets share no address, and {other} has some of these.";
    RangesApart { block } = "The VPC has {block}, and AWS lets blocks of these two ranges not stand together.";
    BlockThere { block } = "The VPC has {block}, and its blocks share no address.";
    RouteInside { destination } = "A route of the VPC leads to {destination}, and the local route of the new block would hide it.";
    PrimaryBlockStays = "The block that a VPC was made with stays as long as the VPC.";
    BlockHasUsers = "Addresses of this block are in use.";
    OutsideIpv6 = "A subnet's IPv6 block is a /64 inside an IPv6 block of its VPC.";
    OneIpv6Block { block } = "A subnet has one IPv6 block, and this one has {block}.";
    NoIpv6Here = "The subnet has no IPv6 block.";
    ZoneUnknown = "This region has no such zone.";
    QuotaIs { value } = "The quota is {value} already, and quotas are only ever raised.";
    QuotaEnds { value } = "AWS raises this quota to {value} at most.";
    QuotasTogether { limit } = "Groups of an ENI and rules of a group are raised together to a product of {limit} at most.";
    QuotaFull { limit } = "The quota of {limit} is used up.";
    StillUsed = "Other things stand in it or name it.";
    NoVpcToFallBackTo = "The request names no VPC, and there is no default one.";
    DefaultThere = "There is one already, and there is never a second one.";
    NoDefaultVpcYet = "The region has no default VPC.";
    NoBlockLeft = "Its subnets leave no block of this size free.";
    NoSubnetToFallBackTo = "The request names no subnet, and the default VPC has no default one.";
    NotOfSubnet = "An ENI's addresses come from the block of its subnet.";
    Reserved = "AWS keeps the first four addresses of a subnet and the last one.";
    AddressTaken { owner } = "{owner} has this address.";
    AddressOfPrefix { owner } = "The address belongs to a prefix of {owner}.";
    NoBorderGroup = "Local Zones have border groups of their own, and none is here: the region is the only one.";
    RangeReserved { other } = "Some of these addresses are reserved already, by {other}.";
    Ipv6NeverMoves { owner } = "{owner} has this address, and an IPv6 address moves in two steps only.";
    PrimaryIpv6OfAttached { owner } = "{owner} keeps its primary IPv6 address as long as it is attached.";
    NoIpv6ToBePrimary = "The first IPv6 address becomes the primary one, and there is none.";
    PrefixLength { length } = "A prefix is a /{length} that begins at a multiple of its size.";
    PrefixTaken { owner } = "{owner} has addresses of this prefix.";
    NoBlockInARow = "Enough addresses are free, but not sixteen in a row: addresses in use lie between them.";
    NoRoomForPrefixes { wanted, free } = "{wanted} prefixes of 16 addresses are asked for, and the subnet has {free} addresses left.";
    NamedTwice = "The same thing stands twice in one request.";
    NoRoomInSubnet { wanted, free } = "{wanted} addresses are asked for, and the subnet has {free} left.";
    CountIsPositive = "A count of addresses is at least 1.";
    OnePrimary = "An ENI has one primary address.";
    TypeTakesFewer { kind, limit } = "{kind} takes at most {limit} of them.";
    OnAnotherEni { owner } = "{owner} has the address, and the request does not say that it may be moved.";
    PrimaryNeverMoves { owner } = "This is the primary address of {owner}, and a primary address never moves. AWS's message names the field and no more.";
    NotOnThisEni { owner } = "{owner} does not have this address.";
    PrimaryStays { owner } = "{owner} keeps its primary address for good.";

    // Why: ENIs and instances.
    GroupElsewhere = "A group guards ENIs of its own VPC only.";
    GroupsFull { limit } = "An ENI carries at most {limit} groups.";
    NeverWithoutGroup = "An ENI has at least one group. AWS takes an empty list for no change at all.";
    Attached { place } = "It is in {place}, or on its way.";
    AnotherPlace = "another place";
    ZonesDiffer { here, there } = "The ENI is in {here}, the instance in {there}. An ENI never leaves its subnet.";
    VpcsDiffer = "ENI and instance are in different VPCs.";
    IndexTaken { owner } = "{owner} is at this index.";
    PrimaryEniStays { instance } = "{instance} keeps the ENI at index 0 from launch to termination.";
    AttachmentOfOther = "This attachment belongs to another ENI.";
    OnItsWay = "The last attaching or detaching has not ended yet.";
    StateForbids { instance, state } = "{instance} is {state}.";
    SwitchedOn { instance } = "The protection of {instance} is on.";
    SpotTakesNone = "AWS may take a spot instance back at any time, so it takes no protection.";
    IndexStuck { instance } = "An ENI was forced off this index, and {instance} may not have noticed.";
    SpotEndsOnly { instance } = "{instance} is a spot instance of a request that ends with it: it cannot be stopped.";
    SpotWouldEnd = "A request for one time ends when the instance is taken back, so nothing can be stopped for later.";
    NoSpot { instance } = "{instance} is no spot instance; AWS takes only those back.";
    NoHibernation { instance } = "{instance} was not launched so that it can hibernate.";
    WhichEni { instance } = "{instance} has several ENIs, and the request does not say which one.";
    CardsDiffer = "The ENIs sit on network cards that the new type does not have.";
    NitroOnly = "Only instance types built on Nitro take prefixes.";
    SaidTwice = "What belongs to the primary ENI stands in the list of ENIs, not beside it.";
    PublicForOneEni = "A public address at launch goes to a new ENI at index 0, and only if that is the only one.";
    EniHasItsOwn = "An ENI that exists has its own subnet, address and groups.";
    NoPrimary = "An instance begins with an ENI at index 0 of card 0.";
    OneLaunchOnly = "Several instances cannot share one ENI or one address.";

    // Why: Elastic IPs.
    NoneLeft = "AWS's pool has no address left.";
    NotReleasedHere = "Only an address that this account released, and nobody has taken since, comes back.";
    MappedElsewhere { place } = "It is mapped to {place}, and the request does not say that it may be taken away.";
    HasAnother { public } = "The private address has {public} already, and the request does not say that it may be replaced.";
    NoWayToInternet { vpc } = "{vpc} has no internet gateway, so a public address would lead nowhere.";
    StillMapped { place } = "It is mapped to {place}.";

    // Why: groups, ACLs, routes, gateways.
    NameTaken = "A VPC has one group of each name.";
    NameReserved = "This name belongs to the VPC's own group.";
    RuleThere = "The group has this very rule.";
    RuleAbsent = "The group has no such rule.";
    ListNameNotTaken = "A prefix list's name has 1 to 255 characters and does not begin with com.amazonaws.";
    ListFull { limit } = "The prefix list may have {limit} entries.";
    EntriesAtOnce { limit } = "One request adds or takes away at most {limit} entries.";
    OneFamily { family } = "All blocks of this prefix list are {family}.";
    EntryNotSo = "An entry to add must not be there yet, one to take away must be, and none is named twice.";
    EntriesOrSize = "One request changes the entries of a prefix list or how many it may have, not both.";
    ListHasChanged { version } = "The prefix list is at version {version} by now.";
    NoSuchVersion = "The prefix list has no earlier version of this number.";
    RuleKeepsKind = "A rule that names a block, a prefix list or a group keeps naming one of that kind.";
    LivesWithVpc = "It was made with its VPC and goes with it.";
    NumberUsed = "An entry has this number in this direction.";
    NumberUnused = "No entry has this number in this direction.";
    InOtherVpc = "The two are in different VPCs.";
    OneTarget = "A route leads to exactly one target.";
    RouteThere = "The table has a route to this destination.";
    RouteAbsent = "The table has no route to this destination.";
    LocalStays = "The local route comes with the VPC's block and goes with it.";
    EndpointOwnsRoute = "The endpoint keeps this route itself.";
    InsideVpc = "Inside the VPC's own blocks a route names a whole subnet and leads to an ENI.";
    GatewaysTable = "The table of a gateway leads to ENIs and to the local network only.";
    GatewaysDestination = "The table of a gateway leads to the VPC's own blocks and to whole subnets only.";
    TargetNotTaken = "AWS does not take this target for this destination, or the playground has no such thing.";
    AwsOwnAddresses = "These addresses belong to services of AWS.";
    HasOtherTable = "A subnet uses one route table.";
    MainStays = "A VPC always has a main route table.";
    OneGatewayEach = "A VPC has one internet gateway, and a gateway one VPC.";
    NotAttachedThere = "The gateway is not attached to this VPC.";
    AddressesNeedIt = "Public addresses of the VPC go through this gateway.";
    GatewayHasVpc = "It is still attached to a VPC.";

    // Why: VPC endpoints.
    ServiceUnknown = "No service of this name has endpoints here; a full name begins with com.amazonaws and the region.";
    ServiceHasOther { kind } = "This service has endpoints of the type {kind} only.";
    NotOfThisType { kind } = "An endpoint of the type {kind} has nothing of the kind.";
    NotUsedByIt = "The endpoint does not use it.";
    OneEniInZone = "An interface endpoint has one ENI in a zone.";
    VpcWithoutNames { vpc } = "{vpc} does not resolve names and give them at once.";
    NameTakenByOther = "Another endpoint of the VPC answers to the service's name.";

    // Why: services.
    GoesWith { owner } = "{owner} made it for itself, and takes it away itself.";
    OfNoService = "You made it yourself, so no service can leave it.";

    // Why: flow logs.
    SameFlowLog = "It has a flow log that records the same, to the same place.";
    RecordsStandFor = "A record stands for at most one minute or ten, and nothing between.";
    NeedsMember { name } = "Without {name} it is not known where the records go, or who may write them there.";
    GroupIsForLogs = "A log group is of CloudWatch Logs, and the records are to go elsewhere.";
    NoSuchDestination = "An ARN says of which service the destination is, and this one is of another, or no ARN.";
    NoSuchField { name } = "Records have no such field: {name}.";

    // Why: VPC peering connections.
    OneAccountHere = "The playground holds one account and one region.";
    OnePeeringEach = "Two VPCs have one peering connection at most.";
    PeeringIs { state } = "The peering connection is in the state {state}.";

    // Why: VPN.
    OneVpnGatewayEach = "A VPC has one virtual private gateway, and a gateway one VPC.";
    ConnectionsEndThere = "It is attached to a VPC, or VPN connections end at it.";
    RoutesByBgp = "The device at the far end tells the routes of this connection.";
    NoSuchVpnRoute = "The connection has no such route.";

    // Why: tables of gateways, egress-only gateways.
    NeverAtEdge = "A gateway uses a table of its own: not the main one, and none that a gateway propagates routes into.";
    NotForEdge = "The table has a route that a gateway's table cannot have.";
    OneEgressOnly = "A VPC has one egress-only internet gateway.";
    Ipv6Only = "An egress-only internet gateway carries IPv6 only.";

    // Why: NAT gateways.
    ZoneTakesFewerNats { limit } = "A zone takes at most {limit} NAT gateways.";
    OtherKindOfNat { name, kind } = "{name} is not for a {kind} NAT gateway.";
    NatTakesFewer { limit } = "A NAT gateway has at most {limit} addresses.";
    NatNotReady { gateway, state } = "{gateway} is {state}.";
    NatKeepsPrimary = "A NAT gateway keeps its first address as long as it lives.";

    // Why: requests that do not reach a decision.
    NotModelledHere = "AWS may take this; the playground has no model of it.";
    RequestUnread = "AWS reads the whole request before it does anything, and a part of this one cannot be read.";
    MemberUnknown = "The request has a member that this action does not have.";
    MembersClash = "The members of the request do not go together.";
    OnlyTried = "The request asked to be tried and not done.";

    // What would be accepted: nothing is named.
    SayIt { name } = "the same request with {name}";
    OneOfTwo { first, second } = "either {first} or {second}";
    NameOneAttribute = "one attribute, with its new value";
    PlainText = "up to 255 letters, digits, spaces and plain signs";
    OtherKey = "another key, as Name";
    TakeTagAway = "a tag instead of another one";
    MakeOneFirst = "nothing yet: create one first";
    ThatServiceOnly = "nothing from here: the service does it";
    AnyBlock = "a block from /16 to /28, as 10.0.0.0/16";
    SameRange = "a block of the same private range, or one of 100.64.0.0/10";
    BlockApart = "a block that shares no address with those of the VPC";
    SmallerBlock = "a smaller block, or the same after the route is gone";
    SixtyFour = "a /64 of the VPC's IPv6 block that no subnet has";
    TakeBlockFirst = "the same after its block is taken off";
    Ipv6BlockFirst = "the same when the subnet has an IPv6 block";
    MoreThanQuota { value } = "a value above {value}";
    AtMostQuota { value } = "a value of {value} or less";
    OneQuotaLower = "a lower value of this quota, as long as the other one stays as it is";
    RemoveAny = "one more after one is removed";
    RemoveWhatUses = "the same when nothing uses it";
    FreeOfSubnet = "another free address of the subnet";
    TheRegion = "the name of the region, or nothing";
    RangeOfSubnet = "a range of the subnet's blocks that is not reserved yet";
    AfterTheAnswer = "the same after it is accepted, rejected or deleted";
    UnassignFirst { owner } = "the same after it is taken off {owner}";
    WithIpv6Address = "the same with an IPv6 address";
    AddressItHas = "an address that it has";
    PrefixOfSubnet = "a prefix of the subnet that nobody uses";
    PrefixesElsewhere = "fewer prefixes, single addresses, or a subnet with more room";
    PrefixOfTheEni = "a prefix that the ENI has";
    NameOnce = "each of them once";
    OneOrMore = "a count of 1 or more";
    FewerAddresses = "fewer addresses, or a larger subnet";
    MarkOne = "one address marked as primary";
    LargerType = "a larger type, or fewer addresses";
    FewerEnis = "a larger type, or one ENI fewer";
    WithReassignment = "the same with reassignment allowed";
    AnotherAddress = "another address, or moving the whole ENI";
    ItHasNoSecondary = "nothing: it has no secondary address";
    GroupOfSameVpc = "a group of the same VPC";
    OneGroupAtLeast = "a list with at least one group";
    FewerGroups { limit } = "at most {limit} groups: take one off first";
    DetachFirst = "the same after it is detached";
    InstanceOfZone { zone } = "an instance in {zone} with a free index";
    InstanceOfVpc = "an instance of the ENI's VPC with a free index";
    FreeAnIndex = "another index, after one of its ENIs is detached";
    OtherEniMoves = "any other ENI of it; this one goes when it is terminated";
    ItsOwnAttachment = "the ENI's own attachment";
    WaitForIt = "the same when that is done";
    NoneInThisState { instance } = "nothing: {instance} does not come back";
    StoppedFirst { instance } = "the same when {instance} is stopped";
    RunningFirst { instance } = "the same when {instance} is running";
    OtherState { instance } = "what {instance} does not do already";
    Unprotect { instance } = "the same after the protection of {instance} is turned off";
    NoProtection = "an On-Demand instance, or no protection";
    RestartFirst { instance } = "another index, or this one after {instance} was stopped and started";
    TerminateIt = "to terminate it, or a launch with a persistent request";
    PersistentRequest = "a persistent request, or terminate as what becomes of it";
    ASpotInstance = "an instance that was launched as a spot instance";
    PlainStop = "to stop it without hibernating";
    OneOfItsEnis = "one of its ENIs";
    SameCards = "a type with as many network cards";
    NitroType = "a type built on Nitro";
    InTheList = "the same inside the list of ENIs";
    OneNewEni = "one new ENI at index 0, or an Elastic IP afterwards";
    WithoutDetail { name } = "the same without {name}";
    AddPrimary = "a list with an ENI at index 0 of card 0";
    OtherIndex = "another index for one of them";
    OneInstance = "one instance a request";
    TryLater = "the same later";
    AnyAddress = "an address of AWS's choice";
    WithReassociation = "the same with reassociation allowed, or after it is unmapped";
    AttachGatewayFirst = "the same when an internet gateway is attached";
    AddressOfTheEni = "a private address of the ENI";
    UnmapFirst = "the same after it is unmapped";
    OtherName = "another name";
    NotSoNamed = "a name of up to 255 characters that does not begin with sg-";
    DefaultVpcFirst = "the same after create-default-vpc";
    NothingToDo = "nothing to do: it is so already";
    RuleOfGroup = "a rule that the group has";
    LargerList = "fewer entries, or a larger MaxEntries first";
    InParts = "several requests, one after the other";
    BlockOfFamily { family } = "a block of the family {family}";
    OneAfterTheOther = "two requests, one after the other";
    VersionOfNow { version } = "CurrentVersion {version}, once you have looked at what changed";
    EarlierVersion = "a version that it had before";
    RuleMadeAnew = "the same kind of other end; for another kind, take the rule out and add a new one";
    DeleteTheVpc = "deleting the VPC: it goes with it";
    ReplaceIt = "replacing it instead of creating it, or another number";
    ReplaceRoute = "replacing it instead of creating it";
    CreateIt = "creating it instead";
    OfTheSameVpc = "one of the same VPC";
    ExactlyOneTarget = "the same with exactly one target";
    RouteOfTable = "a route that the table has";
    LeaveLocal = "a more specific route beside it: the local one stays";
    ChangeTheEndpoint = "a change of the endpoint";
    SubnetToEni = "the block of a whole subnet, to an ENI";
    SubnetBlock = "the block of the VPC or of a whole subnet";
    EniOrLocal = "an ENI, or the local network";
    GatewayNatEni = "an internet gateway, a NAT gateway or an ENI";
    OtherDestination = "another destination";
    OtherMain = "the same after no subnet uses it; the main table goes with its VPC";
    ReplaceAssociation = "replacing the association that it has";
    OtherTableForMain = "another table as the main one";
    DetachGatewayFirst = "the same after it is detached";
    AttachItFirst = "a gateway that is attached to this VPC";
    UnmapAddresses = "the same after they are unmapped";
    ServiceOfList = "a name that describe-vpc-endpoint-services lists";
    OfThatType { kind } = "an endpoint of the type {kind}";
    OneThatItUses = "one that describe-vpc-endpoints shows with it";
    OtherTables = "other route tables: this one has the route";
    SubnetOfOtherZone = "a subnet of another zone";
    BothDnsAttributes = "the same when enableDnsSupport and enableDnsHostnames are on";
    WithoutPrivateDns = "the same without private DNS";
    DeleteOwner { owner } = "deleting {owner}";
    DeleteOrDetach = "detaching and deleting it as you would any network interface of yours";
    OtherFlowLog = "another kind of traffic, interval, format or destination; what there is cannot be changed, only deleted";
    OneOrTen = "60 or 600 seconds";
    ArnOfType = "an ARN of a bucket (arn:aws:s3:::…), a delivery stream (arn:aws:firehose:…) or a log group (arn:aws:logs:…)";
    KnownFields = "fields that records have, as srcaddr or action, in AWS's notation";
    OwnAccount = "a VPC of this account and region, without naming these";
    PendingPeering = "a peering connection in the state pending-acceptance";
    NewPeering = "asking for a new one: this one is over";
    WhenActive = "the same when it is active";
    AnInstance { ids } = "an instance that is here: {ids}";
    AnEnd { ids } = "the internet, an address, or something that is here: {ids}";
    AttachFirst = "the same when it is attached to an instance";
    TcpUdpIcmp = "tcp, udp or icmp";
    FewerClients = "the same after one that asks is sent away";
    PauseInRange = "a pause from 1 ms to 1 hour";
    ListedClient = "one of those that ask now";
    GuestLike = "a line as listen tcp 8080, or unlisten tcp 8080";
    PartOfPlayground = "one of the acts that the menus and the command line know";
    PutRight = "the same with that part put right";
    WithMember = "the same with that parameter";
    WithoutMember = "the same without it";
    WithoutDryRun = "the same without the dry run";

    StaticConnection = "a connection with static routes only";
    RouteOfConnection = "a route that the connection has";
    OtherTableAtEdge = "another table, with no routes but to whole subnets";
    Ipv6Destination = "an IPv6 destination, or a NAT gateway";
    AvailableNat = "a NAT gateway that is available";
    OtherNatAddress = "one of its further addresses, or deleting the gateway";

    // What would be accepted: with its name.
    Between { least, most } = "a number from {least} to {most}";
    OneThatIsHere { ids } = "one that is here: {ids}";
    GroupsOf { vpc, groups } = "groups of {vpc}: {groups}";
    IsFree { address } = "{address} is free";
    IsFreeOrEni { address, eni } = "{address} is free; or move the whole ENI {eni}";
    OfBlock { block } = "an address of {block}";
    BlockInside { blocks } = "a block inside {blocks}";
    TypesThatDo { names } = "one of these types: {names}";
    ReleaseFirst { address } = "one more after {address} is released";
    ItsEnis { enis } = "one of its ENIs: {enis}";
    OneOfZones { zones } = "one of {zones}";
    ItsSecondary { addresses } = "one of its secondary addresses: {addresses}";
    OtherEnis { enis } = "another ENI: {enis}";
    NameIsFree { name } = "{name} is free";
    IndexIsFree { index } = "index {index} is free";
    RemoveFirst { things } = "the same after these are gone: {things}";
    UnusedBy { things } = "the same when these no longer use it: {things}";
    DetachFromThis { vpc } = "{vpc}, which it is attached to";
    AttachThisFirst { gateway } = "the same when {gateway} is attached";
    DetachThisFirst { gateway, vpc } = "the same after {gateway} is detached from {vpc}";
    UnmapThese { addresses } = "the same after these are unmapped: {addresses}";
    ThisRoute { destinations } = "one that the table has: {destinations}";
}
