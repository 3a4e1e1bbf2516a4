//! Questions as data: what is to be asked next, given the rows of a record, the answers so far and the past of a
//! centre.
//!
//! Nothing here knows a terminal or a page. The caller shows the [`Question`], has what was typed read by
//! [`Asker::typed`], notes it in the [`Answers`], and asks for what comes next. Each time the rows are gone through
//! from the beginning; so no question knows another, and any answer can be taken back. One goes through the rows one
//! question after another ([`Asker::reached`]), or part by part ([`Asker::pages`]), where a page may answer a later one
//! first.

mod answers;
mod asker;
mod deed;
mod fill;
mod offers;
mod order;
mod page;
mod past;
mod question;

pub use answers::Answers;
pub use asker::Asker;
pub use deed::{Deed, Filling, part_named};
pub use offers::Offers;
pub use order::{Answered, Reached};
pub use page::{Gate, Line, Page, Slot};
pub use past::Past;
pub use question::{Answer, Empty, FormPart, Last, Question};
