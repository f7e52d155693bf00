//! The English table.

use super::{Arguments, MOST_ARGUMENTS};

/// Makes the enum of the keys and what leads from a key to its text.
macro_rules! messages {
    ($($key:ident $({ $($argument:ident),* })? = $text:literal;)*) => {
        /// A sentence, by what it is for; its arguments are names, numbers and words that are not translated here.
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum Key<'a> {
            $(
                #[doc = $text]
                $key $({ $(#[doc = "An argument."] $argument: &'a str),* })?,
            )*
        }

        impl<'a> Key<'a> {
            /// The text with its places, and what goes there.
            pub(super) fn parts(self) -> (&'static str, Arguments<'a>) {
                match self {
                    $(Key::$key $({ $($argument),* })? => ($text, arguments(&[$($((stringify!($argument), $argument)),*)?])),)*
                }
            }
        }

        /// Every key with its text and its arguments' names.
        #[cfg(test)]
        pub(super) const TABLE: &[(&str, &str, &[&str])] =
            &[$((stringify!($key), $text, &[$($(stringify!($argument)),*)?])),*];
    };
}

fn arguments<'a>(given: &[(&'static str, &'a str)]) -> Arguments<'a> {
    let mut all = [("", ""); MOST_ARGUMENTS];
    for (place, argument) in all.iter_mut().zip(given) {
        *place = *argument;
    }
    all
}

messages! {
    // The board.
    BoardEmpty = "No VPC yet. Drop a describe output here, or start from a scene.";
    BoardSummary { vpcs, subnets, instances, enis } = "{vpcs}, {subnets}, {instances}, {enis}.";
    VpcOne = "1 VPC";
    VpcMany { count } = "{count} VPCs";
    SubnetOne = "1 subnet";
    SubnetMany { count } = "{count} subnets";
    InstanceOne = "1 instance";
    InstanceMany { count } = "{count} instances";
    EniOne = "1 ENI";
    EniMany { count } = "{count} ENIs";
    NoEnis = "no ENIs";
    StatePending = "starting";
    StateRunning = "running";
    StateShuttingDown = "shutting down";
    StateTerminated = "terminated";
    StateStopping = "stopping";
    StateStopped = "stopped";
    SlotEmpty = "empty";
    PrimaryDeleted { instance } = "primary ENI deleted with {instance}";
    EniDeleted { eni, instance } = "{eni} deleted with {instance}";
    EniLeft { eni, instance } = "{eni} left for {instance}";
    EniSetFree { eni } = "{eni} set free";
    AttachingLeft { seconds } = "attaching, {seconds} s left";
    DetachingLeft { seconds } = "leaving, {seconds} s left";
    SpokenAttached { eni, instance, index, addresses, groups } = "{eni}, attached to {instance} at index {index}. {addresses}. {groups}.";
    SpokenAttaching { eni, instance, index, addresses, groups } = "{eni}, attaching to {instance} at index {index}. {addresses}. {groups}.";
    SpokenDetaching { eni, instance, index, addresses, groups } = "{eni}, leaving {instance}, index {index}. {addresses}. {groups}.";
    SpokenFree { eni, subnet, zone, addresses, groups } = "{eni}, in no instance, subnet {subnet} in {zone}. {addresses}. {groups}.";
    SpokenElasticIp { address, public } = "{address} with Elastic IP {public}";
    SpokenPublicIp { address, public } = "{address} with public address {public}";
    SpokenGroups { groups } = "Groups {groups}";
    ElasticIpIdle = "idle";
    DefaultName = "default";

    // Clients and the stopwatch.
    OutageNow { seconds } = "{seconds} s without an answer";
    OutageOver { length, end } = "{length} s outage, over at {end} s";
    AllAnswered = "answered without a gap";
    NotAskedYet = "has not asked yet";
    ClientPaused = "paused";
    Internet = "internet";
    ClientLane { client, target } = "{client} → {target}";

    // Why.
    AllTraffic = "all traffic";
    AllPorts = "all ports";
    ProtocolNumber { number } = "protocol {number}";
    GroupNamed { group } = "group {group}";
    NotModelled = "not modelled";
    TitleGuest = "Guest";
    TitleGroup = "Security group";
    TitleSourceDest = "Source/dest check";
    TitleAcl = "Network ACL";
    TitleRoute = "Route";
    TitleSameSubnet = "Same subnet";
    TitleGateway = "Internet gateway";
    TitleRouter = "VPC router";
    TitleInternet = "Internet";
    TitleAttachment = "Attachment";
    TitleHostService = "Service of the host";
    OutOf { place } = "out of {place}";
    Into { place } = "into {place}";
    Sends { instance } = "{instance} sends";
    CheckRefused = "Refused";
    CheckNotReached = "not reached";
    CheckPassed = "passed";
    CheckOff = "off";
    OwnAddress = "own address";
    TrackedFlow = "tracked flow";
    NoGroup = "no group";
    EntryNumber { number } = "rule {number}";
    RuleNumber { number } = "rule {number}";
    ByInterface { eni } = "by {eni}";
    Listens = "listens";
    HeadlineDelivered { who } = "{who} got this packet";
    HeadlineLeft { address } = "This packet left for {address}";
    HeadlineNobody { address } = "Nobody has the address {address}";
    HeadlineGroup { who } = "{who}'s security group refused this packet";
    HeadlineAcl { subnet } = "The network ACL of {subnet} refused this packet";
    HeadlineSourceDest { eni } = "The source/dest check of {eni} dropped this packet";
    HeadlineNoRoute { address } = "No route leads to {address}";
    HeadlineBlackhole { route } = "The route {route} leads to something that does not work";
    HeadlineNoPublicAddress { gateway, address } = "{gateway} has no public address for {address}";
    HeadlineNotRunning { instance } = "{instance} does not run";
    HeadlineNoWayOut { instance } = "{instance} has no way out for this packet";
    HeadlineNoListener { instance, traffic } = "Nothing on {instance} waits on {traffic}";
    HeadlineGuest { instance } = "The system on {instance} dropped this packet";
    AclEntryAllows { number, acl } = "Rule {number} of {acl} is the first that fits, and it allows.";
    AclEntryDenies { number, acl } = "Rule {number} of {acl} is the first that fits, and it denies.";
    AclClosingDeny = "No rule fits, so the closing rule denies.";
    SourceDestOff { eni } = "{eni} takes packets that are not its own.";
    SourceDestOwn { address, eni } = "{address} is an address of {eni}.";
    SourceDestForeign { address, eni } = "{address} is no address of {eni}, and its check is on.";
    Translated { from, to } = "{from} becomes {to}.";
    NoMapping { address } = "No Elastic IP or public address belongs to {address}.";
    NobodyHas { address } = "No ENI has {address}.";
    NoListener { traffic } = "No service waits on {traffic}.";
    TrackedEvidence = "It belongs to a flow that was let through before, so no rule is asked.";
    NoGroupEvidence { eni } = "{eni} has no group, so nothing filters.";
    RuleFits { number, group, traffic, peer } = "Rule {number} of {group} fits: {traffic}, {peer}.";
    RuleGone { group } = "A rule of {group} fitted, and is gone by now.";
    NoRulesIn { groups } = "{groups} let nothing in.";
    NoRulesOut { groups } = "{groups} let nothing out.";
    NoRuleFits { groups } = "No rule of {groups} fits.";
    NearestOne { groups, number } = "No rule of {groups} fits. Nearest: rule {number}, one field off.";
    NearestMany { groups, number, fields } = "No rule of {groups} fits. Nearest: rule {number}, {fields} fields off.";
    ReferencePublic = "A rule that names a group knows private addresses only.";
    ReferenceNotMember { eni } = "{eni} has the address and does not carry the group.";
    ReferenceNobody = "No ENI of the group has the address.";
    ReferenceForwarded = "The packet came through another instance, which hides the group.";
    ReferenceStale = "The group that the rule names is gone.";
    ReferencePrefixList = "The blocks of the prefix list are not known here.";
    RouteNone = "No route of the table fits.";
    RouteChosen { destination, target } = "{destination} leads to {target}.";
    RouteLonger { destination, target, other } = "{destination} leads to {target}. It is longer than {other}, so it decides.";
    RouteBlackhole { destination, target } = "{destination} leads to {target}, which does not carry packets.";
    GuestByPolicy { eni } = "The source address chooses the table of {eni}.";
    GuestConnected { eni } = "The destination is in the subnet of {eni}.";
    GuestDefault { eni } = "The default route leads out by {eni}.";
    GuestLocal = "The destination is its own address.";
    GuestForeignSource = "The source address is not on this instance.";
    GuestNoInterface = "No ENI of the instance works.";
    ReversePath { came_in, way_back } = "It came in by {came_in}, and the way back to its source is {way_back}.";
    ReversePathNone { came_in } = "It came in by {came_in}, and there is no way back to its source.";
    GuestNotConfigured { address } = "The ENI has {address}, and the system was not told.";
    GuestForeign { address } = "{address} is not its own, and it does not forward.";
    GuestForwards { eni } = "It forwards by {eni}.";
    GuestMasquerades { eni } = "It forwards by {eni} under its own address.";
    StillAttaching { eni, instance } = "{eni} is still attaching to {instance}";
    IsDetaching { eni, instance } = "{eni} is leaving {instance}";
    InNoInstance { eni } = "{eni} is in no instance";
    InstanceRuns { instance } = "{instance} runs";
    InstanceStarts { instance } = "{instance} is still starting";
    InstanceStopped { instance } = "{instance} is stopped";
    InstanceTerminated { instance } = "{instance} is terminated";
    FieldProtocol = "Protocol";
    FieldPort = "Port";
    FieldIcmp = "Type and code";
    FieldSource = "Source";
    FieldDestination = "Destination";
    OriginOnce { seconds } = "asked once, at {seconds} s";
    OriginRequest { client, request, seconds } = "{client}, request {request}, at {seconds} s";
    OriginAnswer { client, request, seconds } = "answer to {client}, request {request}, at {seconds} s";

    // Refusals in our words.
    RefusedRequest = "AWS refuses this";
    RefusedHere = "The playground refuses this";
    RefusedZone = "Another Availability Zone";
    RefusedPrimary = "Index 0 stays with its instance";
    RefusedIndexTaken = "Index already taken";
    RefusedNoPlace = "No more places";
    RefusedInstanceState = "Instance not ready";
    RefusedLastGroup = "The last group stays";
    RefusedGroupLimit = "Too many groups";
    RefusedVpc = "Another VPC";
    RefusedService = "A service owns it";
    RefusedNoGateway = "No internet gateway";
    RefusedOnItsWay = "Already on its way";
    RefusedProtected = "Protected";
    RefusedLocalRoute = "The local route stays";
    RefusedNotThere = "No longer there";
    RefusedQuota = "Quota reached";
    RefusedAlreadyThere = "Already there";
    RefusedInUse = "Still in use";
    RefusedOverlap = "Addresses overlap";
    RefusedRange = "Outside the range";
    TakesIt { who } = "{who} takes it";

    // Acts.
    Undo { act } = "Undo: {act}";
    Redo { act } = "Redo: {act}";
    ActLaunchNamed { instance } = "launch {instance}";
    ActLaunch { kind } = "launch a {kind}";
    ActStart { instance } = "start {instance}";
    ActStop { instance } = "stop {instance}";
    ActReboot { instance } = "reboot {instance}";
    ActTerminate { instance } = "terminate {instance}";
    ActChange { thing } = "change {thing}";
    ActCreateEni = "create an ENI";
    ActCreateNamed { thing } = "create {thing}";
    ActDelete { thing } = "delete {thing}";
    ActAttach { eni, instance } = "attach {eni} to {instance}";
    ActDetach { eni, instance } = "detach {eni} from {instance}";
    ActDetachId { attachment } = "detach {attachment}";
    ActMove { eni, instance } = "move {eni} to {instance}";
    ActAssign { eni } = "assign an address to {eni}";
    ActUnassign { eni } = "take an address from {eni}";
    ActAllocate = "allocate an Elastic IP";
    ActMap { address, eni } = "map {address} to {eni}";
    ActUnmap { address } = "unmap {address}";
    ActRelease { address } = "release {address}";
    ActAllowIn { group } = "let traffic into {group}";
    ActAllowOut { group } = "let traffic out of {group}";
    ActRevoke { group } = "take a rule out of {group}";
    ActAddEntry { number } = "add ACL rule {number}";
    ActReplaceEntry { number } = "replace ACL rule {number}";
    ActRemoveEntry { number } = "remove ACL rule {number}";
    ActSetRoute { destination } = "set the route {destination}";
    ActRemoveRoute { destination } = "remove the route {destination}";
    ActCreateVpc { cidr } = "create a VPC {cidr}";
    ActCreateSubnet { cidr } = "create a subnet {cidr}";
    ActAsk { client, target } = "{client} asks {target}";
    ActAskOnce { from, target } = "{from} asks {target} once";
    ActRemoveClient { client } = "{client} stops asking";
    ActPauseClient { client } = "pause {client}";
    ActResumeClient { client } = "{client} asks again";
    ActPlace { thing } = "put {thing} elsewhere";
    ActName { thing } = "rename {thing}";
    ActGuest { instance, command } = "{instance}: {command}";
    SaidDone { act } = "Done: {act}.";
    SaidAttaching { eni, instance, index } = "{eni} is attaching to {instance} at index {index}.";
    SaidLeaving { eni, instance } = "{eni} is leaving {instance}.";
    SaidAttached { eni, instance, index } = "{eni} is attached to {instance} at index {index}.";
    SaidDetached { eni } = "{eni} is in no instance.";
    SaidTerminated { instance } = "{instance} is terminated.";
    SaidRunning { instance } = "{instance} is running.";
    SaidStopped { instance } = "{instance} is stopped.";
    SaidAnswered { target, seconds, lost } = "{target} answers again after {seconds} seconds. {lost} requests were lost.";
    NoAddress = "no address";
    NoSuchEnd { name } = "Nothing here is called {name}.";
    NoSuchInstance { name } = "No instance is called {name}.";
    NoSuchClient = "No client has this number.";
    NoAddressToAsk { name } = "{name} has no address to ask.";
    UnknownProtocol { protocol } = "{protocol} is none of tcp, udp and icmp.";
    UnknownScene { id } = "There is no scene {id}.";
    NotDoneHere = "This is not part of the playground yet.";
    ClientNamed { number } = "client {number}";

    // Places for what is in hand.
    MayGoHere { thing } = "{thing} may go here";
    StaysHere { thing } = "{thing} is here";
    MayLeave { thing } = "{thing} may lie here";
    Unmaps { address } = "{address} becomes idle";
    TakesFrom { address, eni } = "{address} moves here from {eni}";
    GroupMayJoin { group, eni } = "{group} may guard {eni}";
    GroupMayLeave { group, eni } = "{group} leaves {eni}";

    // Scenes.
    SceneLowBudget = "Low-budget high availability";
    SceneLowBudgetAbout = "A service address moves from a failed instance to its standby, and the traffic follows.";
    SceneTwoDoors = "Two doors, one way out";
    SceneTwoDoorsAbout = "The same on systems that answer by their first ENI only: the outside client gets no answer.";
    SceneFresh = "A fresh account";
    SceneFreshAbout = "The default VPC with a subnet in each Availability Zone.";
    SceneEmpty = "An empty region";
    SceneEmptyAbout = "No VPC yet.";
    TooManyClients = "As many clients ask as may.";
    ClientTiming = "A client waits from 1 ms to 1 hour between questions.";
    DryRun = "It would be accepted";
    DueAttached { eni } = "{eni} attached";
    DueDetached { eni } = "{eni} detached";
    DueRunning { instance } = "{instance} running";
    DueStopped { instance } = "{instance} stopped";
    DueTerminated { instance } = "{instance} terminated";

    // Menus.
    MenuMove = "Move to…";
    MenuDetach = "Detach";
    MenuAskFrom = "Ask from here…";
    MenuAskTo = "Ask this…";
    MenuMap = "Map an Elastic IP";
    MenuMapThis { address } = "Map {address}";
    MenuUnmap = "Unmap";
    MenuUnmapThis { address } = "Unmap {address}";
    MenuRelease = "Release";
    MenuGroups = "Choose groups…";
    MenuAssign = "Assign an address…";
    MenuUnassign { address } = "Take {address} off";
    MenuCheckOff = "Turn the source/dest check off";
    MenuCheckOn = "Turn the source/dest check on";
    MenuOutlive = "Keep it when the instance terminates";
    MenuDieWith = "Delete it when the instance terminates";
    MenuRename = "Rename…";
    MenuDescribe = "Describe…";
    MenuShow = "Show details";
    MenuDelete = "Delete";
    MenuStart = "Start";
    MenuStop = "Stop";
    MenuReboot = "Reboot";
    MenuTerminate = "Terminate";
    MenuNewEniBeside = "New ENI in its subnet…";
    MenuGuest = "Type a command on it…";
    MenuType = "Change the type…";
    MenuPause = "Pause";
    MenuResume = "Ask again";
    MenuRemoveClient = "Remove";
    MenuPutOn = "Put on an ENI…";
    MenuRules = "Show the rules";
    MenuLetIn = "Let traffic in…";
    MenuLetOut = "Let traffic out…";
    MenuRoutes = "Show the routes";
    MenuAddRoute = "Add a route…";
    MenuAcl = "Show the network ACL";
    MenuAddEntryIn = "Add a rule on the way in…";
    MenuAddEntryOut = "Add a rule on the way out…";
    MenuOtherTable = "Use another route table…";
    MenuOtherAcl = "Use another network ACL…";
    MenuPublicOn = "Give new instances public addresses";
    MenuPublicOff = "Give new instances no public addresses";
    MenuLaunch = "Launch an instance…";
    MenuNewEni = "New ENI…";
    MenuNewGroup = "New security group…";
    MenuNewSubnet = "New subnet…";
    MenuNewVpc = "New VPC…";
    MenuNewTable = "New route table…";
    MenuNewAcl = "New network ACL…";
    MenuNewGateway = "New internet gateway";
    MenuAllocate = "Allocate an Elastic IP";
    MenuAttachGateway { gateway } = "Attach {gateway}";
    MenuAttachTo { vpc } = "Attach to {vpc}";
    MenuDetachGateway = "Detach the internet gateway";
    NoInstanceHere = "There is no instance";
    NoFreeElasticIp = "No Elastic IP is idle";
    PlaceIndex { instance, index } = "{instance}, index {index}";
    PlaceCardIndex { instance, card, index } = "{instance}, card {card}, index {index}";

    // Forms.
    FormLaunch = "Launch an instance";
    FormCreateEni = "New ENI";
    FormCreateGroup = "New security group";
    FormCreateVpc = "New VPC";
    FormCreateSubnet = "New subnet";
    FormCreateTable = "New route table";
    FormCreateAcl = "New network ACL";
    FormLetIn = "Let traffic in";
    FormLetOut = "Let traffic out";
    FormAclIn = "A rule on the way in";
    FormAclOut = "A rule on the way out";
    FormAddRoute = "Add a route";
    FormUseTable = "Use another route table";
    FormUseAcl = "Use another network ACL";
    FormGroups = "Groups";
    FormAssign = "Assign an address";
    FormRename = "Rename";
    FormDescribe = "Describe";
    FormType = "Change the type";
    FormGuest = "A command on the instance";
    SubmitLaunch = "Launch";
    SubmitCreate = "Create";
    SubmitAddRule = "Add this rule";
    SubmitAddRoute = "Add this route";
    SubmitUse = "Use it";
    SubmitSave = "Save";
    SubmitAssign = "Assign";
    SubmitRun = "Run";
    LabelName = "Name";
    LabelCidr = "Block";
    LabelFrom = "From";
    LabelTo = "To";
    LabelIp = "Private address";
    LabelDescription = "Description";
    LabelCommand = "Command";
    LabelSubnet = "Subnet";
    LabelVpc = "VPC";
    LabelGroups = "Security groups";
    LabelType = "Type";
    LabelImage = "System";
    LabelPublicIp = "Public address";
    LabelZone = "Availability Zone";
    LabelPorts = "Ports";
    LabelNumber = "Rule number";
    LabelAction = "Action";
    LabelTarget = "Target";
    LabelTable = "Route table";
    HintAnyAddress = "Empty: the lowest free one.";
    HintGuest = "As listen tcp 8080, unlisten tcp 443, sysctl net.ipv4.ip_forward=1.";
    HintPorts = "One port, or two with a hyphen.";
    ImagePolicy = "Answers by the ENI that was asked";
    ImagePlain = "Answers by the first ENI";
    ImageRouter = "Forwards and masquerades";
    ChoiceIn { name, place } = "{name} in {place}";
    ChoiceType { name, enis, addresses } = "{name}: {enis} ENIs, {addresses} addresses each";
    ChoiceBlock = "A block of addresses";
    ChoiceGroup = "A security group";
    ActionAllow = "allow";
    ActionDeny = "deny";

    // Details.
    Yes = "yes";
    No = "no";
    LabelId = "Id";
    LabelStatus = "State";
    LabelAttached = "Attached to";
    LabelAttachment = "Attachment";
    LabelDies = "Deleted with the instance";
    LabelAddress = "Address";
    LabelMac = "MAC";
    LabelIndex { index } = "Index {index}";
    LabelListens = "Listens on";
    LabelAsks = "Asks";
    LabelEvery = "Every";
    LabelAnswered = "Answered";
    LabelLost = "Lost";
    LabelMappedTo = "Mapped to";
    LabelGuards = "Guards";
    LabelFree = "Free addresses";
    LabelMapsPublic = "Public addresses at launch";
    LabelDefault = "Default VPC";
    Milliseconds { count } = "{count} ms";
    StatusPending = "pending";
    StatusAvailable = "available";
    StatusInUse = "in use";
    KindEni = "Network interface";
    KindServiceEni = "Network interface of a service";
    KindInstance = "Instance";
    KindClient = "Client";
    KindElasticIp = "Elastic IP";
    KindGroup { vpc } = "Security group of {vpc}";
    KindPublicSubnet = "Public subnet";
    KindPrivateSubnet = "Private subnet";
    KindVpc = "VPC";
    TableLetsIn = "Lets in";
    TableLetsOut = "Lets out";
    TableNothingIn = "Nothing is let in.";
    TableNothingOut = "Nothing is let out.";
    TableAclIn = "Network ACL, on the way in";
    TableAclOut = "Network ACL, on the way out";
    TableRoutes = "Routes";
    ColumnRule = "Rule";
    ClosingRule = "closing rule";
    RouteNamed { destination } = "route {destination}";
    LeadsNowhere = "leads nowhere";

    // What would be accepted, and what would change a verdict.
    IndexIsFree { index } = "index {index} is free";
    WaitForIt = "wait until it is done";
    DetachFirst = "detach it first";
    UnmapFirst = "unmap it first";
    AttachGatewayFirst = "attach an internet gateway first";
    RemoveFirst { things } = "remove {things} first";
    ButtonDoThis = "Do this";
    RemedyLetIn { traffic, peer, group } = "Let {peer} into {group} on {traffic}.";
    RemedyLetOut { traffic, peer, group } = "Let {group} out to {peer} on {traffic}.";
    RemedyAclEntry { number, traffic, block } = "Add ACL rule {number} that allows {traffic} for {block}.";
    RemedyRoute { destination, target } = "Route {destination} to {target}.";
    RemedyCheckOff { eni } = "Turn the source/dest check of {eni} off.";
    RemedyGuest { instance, command } = "On {instance}: {command}.";
    RemedyAct { act } = "One act more: {act}.";
}
