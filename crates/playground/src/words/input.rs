//! The English table, continued: what is said of files, documents and commands from outside.

use super::{Arguments, Saying, Sentence, arguments};

messages! {
    InputKey: "What was read of something from outside, what was not, and why; its arguments are names of files, members and things.";

    // A file as a whole.
    AtPlace { place, problem } = "{place}: {problem}";
    TooLong { length, limit } = "it has {length} bytes; at most {limit} are read";
    TooDeep { levels } = "lists and objects are nested deeper than {levels} levels";
    TooManyValues { limit } = "it has more than {limit} values";
    NotJson { line, column } = "it is not JSON (line {line}, column {column})";
    NotJsonAtAll = "it is not JSON; describe commands print it with --output json";
    NotText = "it is not text in UTF-8 or UTF-16";
    Compressed = "it is compressed; unpack it first";
    EmptyFile = "it is empty";
    OtherEnding = "its name does not end in .json";
    HoldsNoObject = "it holds no object of describe output";
    CouldNotRead = "it could not be read";

    // Members.
    ExpectedObject = "expected an object";
    ExpectedText = "expected a text";
    ExpectedFlag = "expected true or false";
    ExpectedList = "expected a list";
    ExpectedNumber { limit } = "expected a whole number from 0 to {limit}";
    ExpectedBetween { from, to } = "expected a whole number from {from} to {to}";
    ExpectedWhole = "expected a whole number";
    ExpectedPair = "expected two whole numbers";
    NotTold { id } = "{id} is not among what was read";
    ExpectedWord { words } = "expected one of: {words}";
    ExpectedId { prefix } = "expected “{prefix}-” and 17 (or 8) lower-case hex digits";
    ExpectedMac = "expected six pairs of hex digits with colons between them";
    ExpectedAddress = "expected an address like 10.0.1.20";
    ExpectedBlock = "expected a block like 10.0.0.0/16";
    BlockSize { block } = "{block} cannot be: blocks are from /16 to /28";
    ExpectedTime = "expected a time like 2026-01-01T00:00:00Z";
    ExpectedRegion = "expected a name like us-east-1";
    ExpectedAccount = "expected twelve digits";
    ExpectedListeners = "expected at most 100 texts like “tcp 443”";
    ExpectedEcho = "expected an identifier, a number and a length of at least 28 bytes";
    ExpectedConfigured = "expected texts like “eni-… 10.0.0.5”";
    ExpectedByHand = "expected at most 100 rules and routes each, as texts like “ip rule add from 10.0.0.5 lookup 2”";
    Missing = "it is missing";
    IsEmpty = "it is empty";
    TextTooLong { limit } = "at most {limit} characters are taken";
    MemberUnknown = "this member is not known";
    NoneOf { found, words } = "“{found}” is none of: {words}";
    PortAndProtocol = "tcp and udp need a port from 1 to 65535, icmp has none";
    NeedsPause = "a client needs at least 1 ms between its questions";
    MostEntries { limit } = "at most {limit} entries are taken";
    MostClients { limit } = "at most {limit} clients are taken";
    MostTags { limit } = "at most {limit} tags are taken";
    TagLength = "a tag has 1 to 127 characters in its key and at most 256 in its value";
    AwsSays { message } = "{message}";
    VersionZero = "versions count from 1";

    // One thing against another.
    NotThere { id } = "{id} is not there";
    NoSuchInstance = "there is no such instance";
    QuotaProduct { limit } = "rules of a security group times security groups of a network interface may be {limit} at most";
    NoSuchType = "there is no such type";
    ThereTwice { what } = "{what} is there twice";
    TwoDefaultAcls { vpc } = "{vpc} has two default network ACLs";
    TwoEntries { number } = "two entries have the number {number}";
    TwoRoutes = "two routes have the same destination";
    StaticRouteKept = "a static and a propagated route have the same destination: the static one decides, the other is left out";
    TwoVpcs = "it is attached to more than one VPC";
    OptionValues { key } = "these are no values of {key}";
    OnePeer { members } = "expected exactly one of {members}";
    NoPublicIp = "its Association has no PublicIp";
    NoListed { member, list } = "something in {list} has no {member} and was left out";

    // A document or an import as a whole.
    TooLarge { limit } = "the files have more than {limit} MB together";
    FileTooLarge { name, limit } = "{name} is larger than {limit} MB";
    TooManyFiles { limit } = "there are more than {limit} files";
    TooManyObjects { limit } = "there are more than {limit} objects";
    NoFiles = "there is no file in it";
    NotADocument = "this is not a document of the ENI Playground: it has no “format”:“eni-playground”";
    Newer { found, known } = "this document was saved by a newer ENI Playground (version {found}); this one reads up to version {known}";
    DocumentAmongFiles { file } = "{file} is a saved document; open it by itself";
    NothingKnown = "nothing was found that the playground knows: expected output of aws ec2 describe-… with lists like Vpcs, Subnets or NetworkInterfaces";
    NoVpcs = "there is no VPC in it, and everything else is in one; add what aws ec2 describe-vpcs prints";
    NothingKept { problems } = "nothing of it could be kept: {problems}";
    IsDocument = "it is a saved document; open it by itself";
    Disagree { first, second, problem } = "{first} and {second} disagree: {problem}";
    OtherRegion { wanted, there } = "nothing in it is of {wanted}; there is {there}";
    Impossible { problems } = "this network cannot exist: {problems}";

    // Where two places disagree.
    TwoMappings { allocation } = "each of them says that {allocation} is mapped to it";
    OneAndOther { member, one, other } = "{member} is {one} in the one and {other} in the other";
    AttachedOrNot = "the one says that it is attached there, the other that it is not attached";
    AttachedElsewhere { instance } = "the other says that it is attached to {instance}";
    OtherGroups = "they name different security groups";
    NotListed = "the one says that it is attached to the other, which does not list it";
    NotMapped = "the one says that it is mapped to the other, which does not say so";
    MappedByOne = "the one says that the other is mapped to it, the other does not";
    OtherRules = "they do not allow the same";
    BothUsed { subnet } = "both say that {subnet} uses them";
    TwoRegions { one, other } = "the one is in {one}, the other in {other}, and they belong together";
    TagsDiffer { key, one, other } = "the one says that its tag “{key}” is “{one}”, the other “{other}”";

    // What could not exist.
    InNothing { what, place } = "{what} is in {place}, which is not there";
    OutsideBlocks { subnet, cidr, vpc } = "{subnet} ({cidr}) is outside the blocks of {vpc}";
    UsesNothing { what, used } = "{what} uses {used}, which is not there";
    OtherVpc { eni, one, other } = "{eni} says {one}, but its subnet is in {other}";
    NoGroup { eni } = "{eni} has no security group";
    ForeignGroup { eni, group } = "{eni} carries {group}, which is not in its VPC";
    ForeignAddress { eni, address, cidr } = "{eni} has {address}, which {cidr} cannot give";
    AddressTwice { address, vpc } = "{address} is on two ENIs of {vpc}";
    Overlap { first, block, second, other } = "{first} ({block}) and {second} ({other}) overlap";
    AttachedToNothing { eni, instance } = "{eni} is attached to {instance}, which is not there";
    NotHeld { instance, eni, index } = "{instance} does not hold {eni} at index {index}";
    OtherZone { eni, instance } = "{eni} and {instance} are in different zones";
    HeldOnly { instance, eni } = "{instance} holds {eni}, which is not attached to it";
    MappedTwice { address } = "public address {address} is mapped twice";
    OnlyTheEniSays { eni, allocation, address } = "{eni} says {allocation} is on {address}, the address does not";
    OnlyTheAddressSays { allocation, eni } = "{allocation} says it is on {eni}, the ENI does not";
    NoMainTable { vpc } = "{vpc} has no main route table";
    NoDefaultAcl { vpc } = "{vpc} has no default network ACL";
    NoDefaultGroup { vpc } = "{vpc} has no default group";
    KeyNameTwice { first, second } = "the key pairs {first} and {second} have one name";
    PeeredTwice { first, second } = "{first} and {second} join the same two VPCs";
    ForeignFamily { list, cidr } = "{list} has the entry {cidr}, which is of the other family of addresses";
    FaultAtRest { instance } = "{instance} does not run, so it cannot hang or lose packets";
    ListOverfull { list, count, most } = "{list} has {count} entries where it may have {most}";
    GatewayElsewhere { gateway, vpc } = "{gateway} is attached to {vpc}, which is not there or has another";
    WrongIndex = "the index differs from one made afresh";
    PublicTwice { address } = "{address} and another Elastic IP have the same address";

    // What was made up for.
    TakenTwice { what, file, other } = "{what} is there twice; the one in {file} is taken, the one in {other} is not";
    TagWithout = "a tag without ResourceId and Key was left out";
    TerminatedLeftOut { what } = "{what} is terminated and was left out";
    DeletedLeftOut { what } = "{what} is deleted and was left out";
    NoVpcLeftOut { what } = "{what} is in no VPC and was left out";
    TypeTaken { found, nearest } = "the type “{found}” is not known; its limits are taken to be those of {nearest}";
    InstanceNotThere = "the instance is not there; the interface is taken as not attached";
    TakenAsAmazons { address } = "no Elastic IP is {address}; it is taken as AWS’s own";
    RouteWithout = "a route without a destination was left out";
    AssociationLeftOut { subnet } = "{subnet} is not there; the association was left out";
    MainTableMade = "its main route table is not there; one with local routes only was made";
    DefaultAclMade = "its default network ACL is not there; one that allows all was made";
    DefaultGroupMade = "its default security group is not there; one was made";
    AclAssumed = "no network ACL names it; it uses its VPC’s default one";
    RulesWithoutGroup { count } = "it is not there, but {count} rules of it are";
    OptionsUnknown = "its options are not told; they are taken to be those of the region’s own set (aws ec2 describe-dhcp-options shows them)";
    EntriesUnknown = "its entries are not told, so rules that name it fit nothing; keep what aws ec2 get-managed-prefix-list-entries prints of it in a file whose name has its id (pl-….json), and import that with the rest";
    EntriesOfOnly { what, list } = "{what} are taken as those of {list}, the only prefix list of the account’s own";
    EntriesOfNone { what } = "{what} left out: nothing says of which prefix list they are; name the file by the list’s id (pl-….json)";
    GroupMade { group } = "{group} is not there; it is taken as one without rules, so nothing passes it";
    GroupMadeOf { group, count } = "{group} is not there; it is made of the {count} rules that are";
    TakenAsDetached { gateway, vpc } = "{gateway} is taken as detached: {vpc} is not there";
    RecordsOfNone { what } = "{what} left out: nothing says of which hosted zone they are; name the file by the zone’s id (Z….json)";
    NotPlainRecord { name } = "{name} is an alias or one of several by a routing policy, and record sets are plain here";
    NodeWithoutInterface { subnet } = "its network interface in {subnet} is not there; aws ec2 describe-network-interfaces tells of it";
    ZoneWithoutVpc { zone } = "{zone} left out: nothing says which VPCs see it, or it is a public zone";
    LeftOutFor { problem } = "left out: {problem}";
    LeftOutWithout { what, id, command } = "{what} left out: {id} is not there; aws ec2 {command} tells of it";
    LeftOutWith { what, id } = "{what} left out with {id}";
    LeftOutWithEni { what } = "{what} left out with their primary network interfaces";
    SeveralAccounts { accounts, taken } = "these are things of several accounts ({accounts}), shown as one network of {taken}";

    SeveralRegions { regions, taken, others } = "these are things of several regions ({regions}), and a playground holds one: {taken} is here, the rest is left out ({others}). For another region bring its files alone, or say eni import --region";

    // Commands typed on an instance.
    GuestUnknown { words } = "expected one of: {words}";
    GuestUsage { usage } = "expected: {usage}";
    GuestSaid { text } = "{text}";
    GuestTooMany { limit } = "a guest runs at most {limit} services";

    // The report of an import.
    Kept = "Kept";
    KeptNote = "What was read and is there now.";
    Warnings = "Worth knowing";
    WarningsNote = "Where the files were not complete or not clear, and what was made of it.";
    NotModelled = "Not modelled";
    NotModelledNote = "Kinds of things that the playground does not have. They were left out.";
    NotKnown = "Members left out";
    NotKnownNote = "Facts that nothing here depends on.";
    Otherwise = "Shown otherwise";
    OtherwiseNote = "Members that describe calls show with another value here: one that the playground works out itself, or the only one it has.";
    Secrets = "Never kept";
    SecretsNote = "They may be secret. Their values were not looked at.";
    NotRead = "Files not read";
    NotReadNote = "The rest was read without them.";
    Times { what, count } = "{what}, {count} times";
    Once { what } = "{what}";
    HeadingCount { heading, count } = "{heading} ({count})";
    Summary { region, kept } = "{region}: {kept}";
    ElasticIpOne = "1 Elastic IP";
    ElasticIpMany { count } = "{count} Elastic IPs";
    GroupOne = "1 security group";
    GroupMany { count } = "{count} security groups";
    AclOne = "1 network ACL";
    AclMany { count } = "{count} network ACLs";
    RouteTableOne = "1 route table";
    RouteTableMany { count } = "{count} route tables";
    InternetGatewayOne = "1 internet gateway";
    InternetGatewayMany { count } = "{count} internet gateways";
    NatGatewayOne = "1 NAT gateway";
    NatGatewayMany { count } = "{count} NAT gateways";
    VpnGatewayOne = "1 virtual private gateway";
    VpnGatewayMany { count } = "{count} virtual private gateways";
    DhcpOptionsOne = "1 DHCP option set";
    DhcpOptionsMany { count } = "{count} DHCP option sets";
    ReservationOne = "1 subnet CIDR reservation";
    ReservationMany { count } = "{count} subnet CIDR reservations";
    PrefixListOne = "1 prefix list";
    PrefixListMany { count } = "{count} prefix lists";
    EgressOnlyOne = "1 egress-only internet gateway";
    EgressOnlyMany { count } = "{count} egress-only internet gateways";
    CustomerGatewayOne = "1 customer gateway";
    CustomerGatewayMany { count } = "{count} customer gateways";
    VpnConnectionOne = "1 VPN connection";
    VpnConnectionMany { count } = "{count} VPN connections";
    BalancerOne = "1 Network Load Balancer";
    BalancerMany { count } = "{count} Network Load Balancers";
    TargetGroupOne = "1 target group";
    TargetGroupMany { count } = "{count} target groups";
    HostedZoneOne = "1 private hosted zone";
    HostedZoneMany { count } = "{count} private hosted zones";
    LogGroupOne = "1 log group";
    LogGroupMany { count } = "{count} log groups";
    AlarmOne = "1 alarm";
    AlarmMany { count } = "{count} alarms";
    KeyPairOne = "1 key pair";
    KeyPairMany { count } = "{count} key pairs";
    FlowLogOne = "1 flow log";
    FlowLogMany { count } = "{count} flow logs";
    GatewayEndpointOne = "1 gateway endpoint";
    GatewayEndpointMany { count } = "{count} gateway endpoints";
    InterfaceEndpointOne = "1 interface endpoint";
    InterfaceEndpointMany { count } = "{count} interface endpoints";
    TransitGatewayOne = "1 transit gateway";
    TransitGatewayMany { count } = "{count} transit gateways";
    PeeringOne = "1 VPC peering connection";
    PeeringMany { count } = "{count} VPC peering connections";
    Untitled = "Imported network";
    TagsOfOthers = "Tags of things that are not kept";
    SecretTags = "Tags whose key looks secret";
}
