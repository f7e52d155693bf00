//! Words of the board, the tray and what is in the hand.

super::sentences! {
    /// Words of the board, the tray and what is in the hand.
    Board {
        RegionName = "Board";
        Parts = "Parts";
        UnattachedEnis = "Unattached ENIs";
        FreeElasticIps = "Elastic IPs";
        SecurityGroups = "Security groups";
        NewEni = "New ENI";
        Allocate = "Allocate";
        NewGroup = "New group";
        TrayNote = "Drag a part onto the board, or press Enter on it and choose “Move to…”.";
        InHand { name } = "{name}, in your hand";
        PickedUpOne { name } = "{name} picked up. 1 place takes it.";
        PickedUp { name, count } = "{name} picked up. {count} places take it.";
        PickedUpNone { name } = "{name} picked up. No place takes it.";
        PutBack { name } = "{name} put back.";
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
        Answered { count } = "{count} answered";
        Lost { count } = "{count} lost";
        Seconds = "s";
        MeterOf { name } = "Answers to {name}";
        LostAt { count, place } = "{count} lost at {place}";
        ElasticIpShort = "EIP";
        ElasticIp { ip } = "Elastic IP {ip}";
        GroupBadge { name } = "security group {name}";
        MoreAddresses { count } = "+{count}";
        AddressTarget { ip } = "{ip}";
        SavedNot = "This page may not store here. Your work lasts until the tab closes. Download a copy.";
        NotOpened { reason } = "This could not be opened: {reason}";
        Opened { name } = "Opened {name}";
        TooLarge { name } = "{name} is larger than 64 MB";
        Readonly = "This page is for reading: its author has switched acts off.";
        UnknownParameter { name } = "The page parameter {name} is not known.";
        Copied = "Copied";
        CopyRefused = "This page may not use the clipboard.";
        OtherPlaces { count } = "and {count} more";
        NothingHere = "No VPC yet. Drop a describe output here, or start from a scene.";
        Code { code } = "Code {code}";
        Dismiss = "Dismiss";
        Loading = "Opening…";
    }
}
