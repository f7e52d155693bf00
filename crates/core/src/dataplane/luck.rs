//! Chance, where it decides: whether a packet is among those that failing network cards lose (`L18`). The judge draws nothing by itself; whoever
//! asks brings what it draws from, so the same question has the same answer.

use crate::addr::Direction;
use crate::id::InstanceId;
use crate::model::fault::EVERY_PACKET;
use crate::rng::Rng;

/// What decides where chance does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Default)]
pub enum Luck {
    /// Nothing is lost that can get through: how traces ask.
    #[default]
    Good,
    /// Everything is lost that can be.
    Bad,
    /// This packet's own chance.
    Drawn(u64),
}

impl Luck {
    /// A number below a thousand, another one for each packet, each instance that it passes and each direction.
    pub(crate) fn draw(seed: u64, instance: InstanceId, direction: Direction) -> u16 {
        let way = instance
            .to_string()
            .bytes()
            .fold(u64::from(direction == Direction::Egress), |way, byte| way.wrapping_mul(31) ^ u64::from(byte));
        // The seeds of packets in a row differ in their last bits, so the way goes to the first ones.
        let drawn = Rng::new(seed ^ way.rotate_left(32)).below(u64::from(EVERY_PACKET));
        u16::try_from(drawn).unwrap_or(0)
    }
}
