//! What further programs of guests say of how they are used.

/// How `tracepath` is used.
pub const TRACEPATH: &str = "usage: tracepath [-n] [-b] [-m HOPS] [-l BYTES] [-p PORT] NAME|ADDRESS";
/// How `nslookup` is used.
pub const NSLOOKUP: &str = "usage: nslookup [-type=TYPE] NAME|ADDRESS [SERVER]";
/// How `wget` is used.
pub const WGET: &str = "usage: wget -qO- [-T SECONDS] [-t 1] [--header='NAME: VALUE'] [http://]NAME|ADDRESS[:PORT][/PATH]";
/// How `cat` is used on an instance.
pub const CAT: &str = "Of files on an instance only /etc/resolv.conf can be read here: cat /etc/resolv.conf";
