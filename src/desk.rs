//! What is done with a register, without arguments and without a terminal: each deed once, for whoever asks for it.

pub mod error;
pub mod faults;
pub mod new_record;
pub mod pick;
pub mod questions;
