//! A picture that is sent: whatever its bytes say, it becomes a small one that tells nothing but what it shows, or is
//! refused in both languages.

use ttht::model::picture::Seen;
use ttht::store::picture::{cleaned, look};

/// A larger one takes a debug build too long.
const FEW: u32 = 100;

/// All of it is the file of a picture.
pub fn hold(data: &[u8]) {
    match look(data) {
        Seen::Picture(look) if look.width.max(look.height) <= FEW => taken_up(data),
        Seen::Picture(_) => {}
        Seen::Unreadable(why) => assert!(!why.vi.is_empty() && !why.en.is_empty()),
        Seen::Missing => panic!("the bytes are there"),
    }
}

fn taken_up(data: &[u8]) {
    let Ok(ours) = cleaned(data) else { return };
    let Seen::Picture(seen) = look(&ours.bytes) else { panic!("what was made is no picture") };
    assert!(!seen.is_large && !seen.tells_where);
    assert_eq!((seen.width, seen.height), (ours.width, ours.height));
    assert_eq!(cleaned(&ours.bytes).unwrap().bytes, ours.bytes);
}
