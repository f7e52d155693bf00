//! The English table, continued: the page's own labels, buttons and hints.

use super::{Arguments, Saying, Sentence, arguments};

messages! {
    PageKey: "What the page says by itself: labels, buttons and hints, by what they are for.";

    // Before the engine runs.
    Starting = "The playground is starting.";

    // Refusals.
    Instead = "Instead:";
    SpokenRefusal { headline, message, code, instead } = "{headline}. {message} {code} Instead: {instead}.";

    // The board, the tray and what is in the hand.
    RegionName = "Board";
    Parts = "Parts";
    UnattachedEnis = "Unattached ENIs";
    NotAttached = "Not attached";
    FreeElasticIps = "Free Elastic IPs";
    SecurityGroups = "Security groups";
    NewEni = "New ENI";
    Allocate = "Allocate";
    NewGroup = "New group";
    MoreToMake = "VPC, instance and more…";
    TrayNote = "Drag a part onto the board, or press Enter on it and choose “Move to…”.";
    InHand { name } = "{name}, in your hand";
    PickedUpOne { name } = "{name} picked up. 1 place takes it.";
    PickedUp { name, count } = "{name} picked up. {count} places take it.";
    PickedUpNone { name } = "{name} picked up. No place takes it.";
    PutBack { name } = "{name} put back.";
    GoneFromHand { name } = "{name} is gone. Nothing is in the hand.";
    PutBackButton = "Put back";
    MenuButton = "Menu";
    HandHint = "Tap a place, or walk with the arrow keys and press Enter. Escape puts it back.";
    PlaceOf { text, position, count } = "{text}. {position} of {count}.";
    NotHere { name } = "{name} cannot go there.";
    Internet = "Internet";
    Asks { target } = " · asks {target}";
    VpcTitle { name } = "VPC {name}";
    Zone { name } = "Availability Zone {name}";
    SubnetTitle { name, cidr } = "Subnet {name}, {cidr}";
    PublicSubnet = "public";
    PrivateSubnet = "private";
    FreeAddresses { count } = "{count} free";
    RouteTable { name } = "Route table {name}";
    NetworkAcl { name } = "Network ACL {name}";
    Router = "VPC router";
    Gateway { name } = "Internet gateway {name}";
    Index { index } = "device index {index}";
    IndexLocked = "index 0 stays with its instance";
    SecondsUnit = "s";
    MeterOf { name } = "Answers to {name}";
    PerSecond { count } = "{count}/s";
    LostAt { count, place } = "{count} lost at {place}";
    ElasticIpShort = "EIP";
    ElasticIp { ip } = "Elastic IP {ip}";
    GroupBadge { name } = "security group {name}";
    MoreAddresses { count } = "+{count}";
    MoreAddressesOf { count, eni } = "{count} more addresses of {eni}";
    AddressTarget { ip } = "{ip}";
    SavedNot = "This page may not store here. Your work lasts until the tab closes. Download a copy.";
    EarlierVisit = "Your earlier visit is still kept on this device. Go back to it, or go on here.";
    NotOpened { reason } = "This could not be opened: {reason}";
    Opened { name } = "Opened {name}";
    Readonly = "This page is for reading: its author has switched acts off.";
    UnknownParameter { name } = "The page parameter {name} is not known.";
    ParameterValue { name, value, wanted } = "The page parameter {name} is “{value}”. It may be: {wanted}.";
    NoLesson { name } = "There is no lesson “{name}” here.";
    Copied = "Copied";
    CopyRefused = "This page may not use the clipboard.";
    OtherPlaces { count } = "and {count} more";
    NothingHere = "No VPC yet. Drop a describe output here, or start from a scene.";
    Code { code } = "Code {code}";
    Dismiss = "Dismiss";
    Loading = "Opening…";

    // The panes around the board: the top bar, *Why*, details, time, the command line, dialogs.
    Brand = "ENI Playground";
    Close = "Close";
    MenuBack = "back";

    Scenes = "Scenes and files";
    OpenFile = "Open files";
    OpenFileNote = "A saved document, or what describe commands print";
    OpenFolder = "Open a folder";
    OpenFolderNote = "With what describe commands printed; dropping it on the page does the same";
    LetGo = "Let go to open";
    LetGoNote = "A folder or files of aws ec2 describe-… output, or a saved document";
    StaysHere = "They are read here and sent nowhere.";
    DroppedText = "Dropped text";
    PastedText = "Pasted text";
    Download = "Download";
    DownloadNote = "The whole document, to keep or to send";
    Retitle = "Change the title";
    RetitleNote = "The name of all this, and of a downloaded file";
    Reset = "Start over";
    ResetNote = "What was opened, from its beginning";
    WayBack { title } = "Back to {title}";
    WayBackNote = "As it was left, with all that can be taken back";
    SavedHere = "Saved on this device";
    Saving = "Not saved yet";
    NotKept = "Not kept here";
    MayNotStore = "This page may not store here";
    NothingToUndo = "Nothing to undo";
    NothingToRedo = "Nothing to redo";
    Theme = "Theme";
    ThemeLight = "Light";
    ThemeDark = "Dark";
    ThemeProjector = "Projector";
    Help = "Help";

    WhyAndDetails = "Why and details";
    TabWhy = "Why";
    TabDetails = "Details";
    CloseWhy = "Close Why and details";
    PullUp = "Show all of it";
    PushDown = "Show less of it";
    NoPacket = "Choose a question in the timeline, or ask one. Its checks stand here, with the rule that decided each.";
    NoThing = "Choose an ENI, an instance, a subnet or a group. What it is stands here, with its rules and routes.";
    TheAnswer = "The answer on its way back";
    ChecksPassed { count } = "{count} checks let it pass";
    Show = "show";
    Fold = "fold";
    Delivered = "delivered";
    Passed = "passed";
    Field = "Field";
    PacketColumn = "packet";
    RuleColumn = "rule";
    FitsColumn = "Fits";
    Fits = "fits";
    FitsNot = "does not fit";
    RuleNumber { rule } = "Rule {rule} of the rulebook";
    MarkBelieved = "Believed: no public source was found that says so.";
    MarkModelled = "Modelled: AWS does not say, so the playground chose.";
    MarkDisputed = "Disputed: public sources contradict each other.";
    WhatWouldChange = "What would change it";
    OneOtherWay = "1 other way";
    OtherWays { count } = "{count} other ways";

    Actions = "Actions";
    RemoveColumn = "Take out";
    RemoveRow { row } = "Take out {row}";
    CancelAdding = "Cancel";

    AskOpen = "Ask";
    AskHeading = "Ask";
    AskFrom = "Who asks";
    AskTo = "Whom";
    AskProtocol = "Protocol";
    AskPort = "Port";
    AskEvery = "Every";
    Milliseconds { count } = "{count} ms";
    AskOnce = "Send one packet";
    AskOver = "Keep sending";
    Askers = "Who asks now";
    NoAskers = "Nobody asks.";
    InternetHeading = "Outside";
    InternetEnd = "a host of the internet";
    PublicAddresses = "Elastic IPs";
    Instances = "Instances";
    Enis = "ENIs";
    OtherAddress = "Another address";
    PauseAsker { name } = "Pause {name}";
    ResumeAsker { name } = "Let {name} go on";
    RemoveAsker { name } = "Send {name} away";
    AnsweredCount { count } = "{count} answered";
    LostCount { count } = "{count} lost";

    Timeline = "Time";
    ActsLane = "Acts";
    NoLanes = "Nobody asks yet. Press Ask, choose two ends, and see what comes of it.";
    Play = "Let time run";
    Pause = "Stop time";
    OneEvent = "To the next event";
    NothingDue = "Nothing is due: nobody asks, and nothing changes by itself.";
    VirtualTime = "Virtual time";
    SpeedOfTime = "Speed of time";
    SpeedNow { speed } = "Speed {speed}, press for the next";
    Answered = "answered";
    Lost = "lost";
    Waiting = "on its way";
    Now = "now";
    Seconds { seconds } = "{seconds} s";
    ActAt { act, seconds } = "{act} at {seconds} s";
    ActsAtOnce { count } = "{count} acts";
    NoActs = "No acts in this stretch of time";
    TickAt { outcome, seconds } = "{outcome}, asked at {seconds} s";
    LaneSpoken { lane, answered, lost } = "{lane}: {answered} answered, {lost} lost";
    LaneSpokenGap { lane, answered, lost, gap } = "{lane}: {answered} answered, {lost} lost, {gap} outage";
    LaneSpokenOut { lane, answered, lost, gap } = "{lane}: {answered} answered, {lost} lost, {gap} without an answer";
    OutageSpan { from, to, length } = "No answer from {from} s to {to} s: {length}";

    Echo = "Command line";
    EchoBefore = "Earlier commands";
    NoEcho = "What is done here stands here as a command.";
    ShowEcho = "Show earlier commands";
    FoldEcho = "Fold earlier commands";
    CopyCommand = "Copy this command";

    TabBoard = "Board";
    TabParts = "Parts";
    TabTerminal = "Terminal";

    ImportHeading { title } = "What was read of {title}";
    CopyReport = "Copy this report";

    HelpWhat = "A small AWS network to take apart. Packets walk through the checks that AWS makes, and each check says why.";
    HelpDrag = "Drag an ENI, an Elastic IP or a group to where it may go, or choose “Move to…” in its menu.";
    HelpPacket = "Press a question in the timeline: its checks stand in Why, with the same numbers as on the wire.";
    HelpRemedy = "A refused packet names what would let it pass, with a button that does it.";
    HelpUndo = "Everything can be taken back, with all that happened since.";
    KeysHeading = "Keys";
    KeyTab = "From part to part";
    KeyArrows = "Along chips, places, menus and questions";
    KeyEnter = "Open the menu of a thing, choose, let go";
    KeyEscape = "Put back, close";
    KeyUndo = "Take the last act back";
    KeyRedo = "Do it again";
    MarksHeading = "Marks on answers";
    ModelLine = "A model, not AWS, and not affiliated with AWS. Nothing leaves this page.";
}
