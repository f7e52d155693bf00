//! Words of the panes around the board: the top bar, *Why*, details, time, the command line, dialogs.

super::sentences! {
    /// Words of the panes around the board.
    Pane {
        Brand = "ENI Playground";
        Close = "Close";
        MenuBack = "back";

        Scenes = "Scenes and files";
        OpenFile = "Open files";
        OpenFileNote = "A saved document, or what describe commands print";
        Download = "Download";
        DownloadNote = "The whole document, to keep or to send";
        Reset = "Start over";
        ResetNote = "This scene from its beginning";
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
        VirtualTime = "Virtual time";
        SpeedOfTime = "Speed of time";
        SpeedNow { speed } = "Speed {speed}, press for the next";
        Answered = "answered";
        Lost = "lost";
        Waiting = "on its way";
        Now = "now";
        Seconds { seconds } = "{seconds} s";
        ActAt { act, seconds } = "{act} at {seconds} s";
        NoActs = "No acts in this stretch of time";
        TickAt { outcome, seconds } = "{outcome}, asked at {seconds} s";
        LaneSpoken { lane, answered, lost } = "{lane}: {answered} answered, {lost} lost";

        Echo = "Command line";
        EchoBefore = "Earlier commands";
        NoEcho = "What is done here stands here as a command.";
        ShowEcho = "Show earlier commands";
        FoldEcho = "Fold earlier commands";
        CopyCommand = "Copy this command";

        TabBoard = "Board";
        TabParts = "Parts";
        TabTerminal = "Terminal";

        ImportHeading = "What was read";
        NothingRead = "Nothing was read.";

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
}
