//! A form page by page: each part at one look, its lines answered in any order, several in one go.

use super::terminal::{self, Lost};
use super::{Reply, Review, Talk};
use crate::desk::questions::{Deed, Filling, Line, Page, Question, Slot};
use crate::model::field::Kind;
use crate::model::text::{Said, t};
use crate::model::tree::Node;
use crate::say;

/// Where a form stands after its last page.
const END: &str = "end";

/// What came of a line.
enum Typed {
    /// It was taken; the page stays.
    Taken,
    /// It was taken, and the part is done.
    Done,
    /// Nothing came of it.
    Refused,
}

impl Talk<'_> {
    /// Shows one page after another.
    pub fn page_by_page(&mut self, sections: Option<&str>) -> Result<Option<Node<'static>>, Lost> {
        let mut sections = sections;
        loop {
            let reached = self.asker.pages(&self.answers);
            if self.goes_on_with_another(&reached) {
                continue;
            }
            if let Some(q) = &reached.next {
                self.ask_first(q, &reached.tree)?;
                continue;
            }
            if let Some(sections) = sections.take() {
                self.only_sections(sections);
            }
            match self.current(&reached.pages) {
                Some(part) => self.turn(&part)?,
                None => match self.review()? {
                    Review::Write(record) => return Ok(Some(record)),
                    Review::Later => return Ok(None),
                    Review::Back => self.undo(),
                    to => self.go(to)?,
                },
            }
        }
    }

    /// Asks what has to be known before there are pages.
    fn ask_first(&mut self, q: &Question, tree: &Node<'static>) -> Result<(), Lost> {
        let before = self.answers.clone();
        match self.ask(q, tree)? {
            Reply::Answered => self.before.push(before),
            Reply::Back if self.before.is_empty() => self.tell_first(),
            Reply::Back => self.undo(),
            Reply::End => {
                // What is needed is there: this question, too, is left empty.
                self.answers.note(&q.key, "-".to_owned());
                self.answers.stand_at(END);
                self.before.push(before);
            }
        }
        Ok(())
    }

    /// Shows only some parts.
    fn only_sections(&mut self, sections: &str) {
        let mut only = Vec::new();
        for name in sections.split([',', ';']).map(str::trim).filter(|name| !name.is_empty()) {
            match self.named(name) {
                Ok(Review::Part(part) | Review::Question(part, _)) => only.push(part),
                Ok(_) => {}
                Err(said) => self.tell(&said),
            }
        }
        if let Some(first) = only.first() {
            self.answers.stand_at(first);
            self.only = Some(only);
        }
    }

    /// The part whose page is to be shown; none after the last.
    fn current(&self, pages: &[Page]) -> Option<String> {
        match self.answers.stands_at() {
            Some(END) => None,
            Some(part) if pages.iter().any(|page| page.part.key == part) => Some(part.to_owned()),
            _ => pages.first().map(|page| page.part.key.to_owned()),
        }
    }

    /// Goes on to the page after that of a part.
    fn go_on(&mut self, part: &str) {
        let pages = self.asker.pages(&self.answers).pages;
        let mut next = pages.iter().skip_while(|page| page.part.key != part).skip(1);
        let is_shown =
            |page: &&Page| self.only.as_ref().is_none_or(|only| only.iter().any(|key| *key == page.part.key));
        let next = next.find(is_shown).map_or(END, |page| page.part.key);
        self.answers.stand_at(next);
    }

    /// Takes with it what is known beforehand on a page that is left before it is done.
    fn leave(&mut self) {
        let Some(part) = self.answers.stands_at().map(str::to_owned) else { return };
        let is_touched = self.asker.page(&self.answers, &part).is_some_and(|page| page.is_touched());
        if let Some(answers) = is_touched.then(|| self.asker.accepted(&self.answers, &part).ok()).flatten() {
            self.answers = answers;
        }
    }

    /// Goes to what was named.
    fn go(&mut self, to: Review) -> Result<(), Lost> {
        self.before.push(self.answers.clone());
        self.leave();
        match to {
            Review::Part(part) => self.answers.stand_at(&part),
            Review::Question(part, key) => self.ask_for(&part, &key)?,
            Review::First(key) => self.answers.take_back(&key),
            Review::Write(_) | Review::Later | Review::Back => {}
        }
        Ok(())
    }

    /// Takes back the line that was typed last.
    fn undo(&mut self) {
        match self.before.pop() {
            Some(before) => {
                self.answers = before;
                self.save();
            }
            None => {
                let pages = self.asker.pages(&self.answers).pages;
                let at = pages.iter().position(|page| Some(page.part.key) == self.answers.stands_at());
                match at.unwrap_or(pages.len()).checked_sub(1).and_then(|at| pages.get(at)) {
                    Some(page) => self.answers.stand_at(page.part.key),
                    None => self.tell(&say!("không còn dòng nào để bỏ", "there is nothing to take back")),
                }
            }
        }
    }

    /// Shows a page, and takes what is typed at it.
    fn turn(&mut self, part: &str) -> Result<(), Lost> {
        let Some(page) = self.asker.page(&self.answers, part) else { return Ok(()) };
        self.answers.stand_at(part);
        self.draw(&page);
        let Some(typed) = terminal::cells(&self.page_prompt(&page))? else {
            self.tell(&terminal::refused());
            return Ok(());
        };
        let lines = pasted(&typed, page.open().is_some_and(|(_, slot)| matches!(slot.q.kind, Kind::Prose)));
        for (n, line) in lines.iter().enumerate() {
            let typed = self.type_at(part, line)?;
            if matches!(typed, Typed::Done) {
                self.go_on(part);
            }
            let is_left = self.answers.stands_at().is_some_and(|at| at != part);
            if !is_left && !matches!(typed, Typed::Refused) {
                continue;
            }
            let left = lines.len() - n - 1;
            if left > 0 {
                self.tell(&say!(
                    "dừng ở dòng thứ {n} đã dán: “{line}”; {left} dòng sau chưa đọc đến",
                    "stopped at line {n} of what was pasted: “{line}”; the {left} after it were not taken",
                    [n = n + 1, line, left]
                ));
            }
            break;
        }
        self.save();
        Ok(())
    }

    /// Takes one line that was typed at the page of a part.
    fn type_at(&mut self, part: &str, line: &str) -> Result<Typed, Lost> {
        let reached = self.asker.pages(&self.answers);
        let Some(page) = reached.pages.iter().find(|page| page.part.key == part) else {
            return Ok(Typed::Refused);
        };
        let before = self.answers.clone();
        let typed = match line {
            "?" => return Ok(self.explain_page(page)),
            "<" => {
                self.undo();
                return Ok(Typed::Taken);
            }
            "" | ">" => self.accept(part),
            "-" => self.leave_out(page),
            "." => {
                self.leave();
                self.answers.stand_at(END);
                Typed::Taken
            }
            "=" => self.take_last(page),
            "*" => {
                self.through(part, |_, _| true, false)?;
                Typed::Taken
            }
            _ => match self.asker.deed(page, &reached.pages, line) {
                Ok(Deed::Fill(fillings, asked)) => self.fill(part, line, &fillings, &asked)?,
                Ok(Deed::Ask(id)) => {
                    self.ask_line(part, &id)?;
                    Typed::Taken
                }
                Ok(Deed::Go(name)) => match self.named(&name) {
                    Ok(to) => {
                        self.go(to)?;
                        return Ok(Typed::Taken);
                    }
                    Err(said) => self.refuse(&said),
                },
                Err(said) => self.refuse(&said),
            },
        };
        if !matches!(typed, Typed::Refused) {
            self.before.push(before);
        }
        Ok(typed)
    }

    fn refuse(&self, said: &Said) -> Typed {
        self.tell(said);
        Typed::Refused
    }

    /// The page as it stands, unless something is wrong with it that was not told yet.
    fn accept(&mut self, part: &str) -> Typed {
        let answers = match self.asker.accepted(&self.answers, part) {
            Ok(answers) => answers,
            Err(said) => return self.refuse(&said),
        };
        let record = self.asker.as_answered(&answers);
        let mut faults = self.asker.faults_below(part, &record.tree);
        faults.retain(|fault| !self.told.contains(&fault.message.vi));
        self.answers = answers;
        let says_nothing = self.tell_empty_rows(part);
        if !says_nothing && (faults.is_empty() || part.is_empty()) {
            return Typed::Done;
        }
        self.tell_new(&faults);
        self.tell_kept();
        Typed::Taken
    }

    /// Says once which rows have a name and nothing else, and would not be written. False if there is none.
    fn tell_empty_rows(&mut self, part: &str) -> bool {
        let Some(page) = self.asker.page(&self.answers, part) else { return false };
        let is_empty = |line: &&Line| {
            line.slots.split_first().is_some_and(|(first, rest)| {
                let says = |slot: &Slot| slot.known.as_deref().is_some_and(|known| known != "-");
                !first.q.puts && !first.is_open() && !rest.is_empty() && !rest.iter().any(says)
            })
        };
        let mut is_told = false;
        for line in page.lines.iter().filter(|line| line.is_row).filter(is_empty) {
            let first = &line.slots[0];
            let name = self.shown(&first.q, first.known.as_deref().unwrap_or_default(), 80);
            let said = say!(
                "{name}: chưa có số liệu nào, sẽ không được ghi",
                "{name}: no figure yet, it would not be saved",
                [name]
            );
            if self.told.insert(said.vi.clone()) {
                self.tell(&said);
                is_told = true;
            }
        }
        is_told
    }

    fn tell_kept(&self) {
        self.tell(&say!(
            "đúng như vậy thì Enter; sai thì gõ lại dòng ấy, hoặc < để bỏ dòng vừa gõ",
            "Enter if it is so; else type that line again, or < to take it back"
        ));
    }

    fn leave_out(&mut self, page: &Page) -> Typed {
        if page.is_touched() {
            return self.refuse(&say!(
                "phần này đã có trả lời; gõ < để bỏ dòng vừa gõ, 3=- để bỏ trống dòng 3",
                "something is answered here; type < to take it back, 3=- to leave line 3 empty"
            ));
        }
        self.answers = self.asker.left_out(&self.answers, page);
        if page.gates.iter().any(|gate| gate.key == page.part.key) || page.gates.is_empty() {
            Typed::Done
        } else {
            Typed::Taken
        }
    }

    fn take_last(&mut self, page: &Page) -> Typed {
        match self.asker.as_last_time(&self.answers, page.part.key) {
            Some(answers) => {
                self.answers = answers;
                let is_whole = page.gates.iter().any(|gate| gate.last.is_some());
                let waits = |slot: &Slot| slot.known.is_none() && slot.q.last.is_some();
                let page = self.asker.page(&self.answers, page.part.key);
                let is_left = page.is_some_and(|page| page.slots().any(waits));
                if is_whole && !is_left { Typed::Done } else { Typed::Taken }
            }
            // What Enter takes here is all that there was.
            None if page.gates.iter().any(|gate| !gate.is_open && gate.key != page.part.key) => {
                self.accept(page.part.key)
            }
            None => self.refuse(&say!(
                "lần trước không có gì để dùng lại cho cả phần; gõ 3== để lấy một dòng như lần trước",
                "nothing of last time can be taken for the whole part; type 3== to take one line as last time"
            )),
        }
    }

    /// Fills in what a line says, unless that is wrong; then asks what is left.
    fn fill(
        &mut self,
        part: &str,
        line: &str,
        fillings: &[Filling],
        asked: &[String],
    ) -> Result<Typed, Lost> {
        let answers = match self.asker.filled(&self.answers, part, fillings) {
            Ok(answers) => answers,
            Err(said) => return Ok(self.refuse(&said)),
        };
        let tree = self.asker.as_answered(&answers).tree;
        let faults = self.asker.faults_of_change(&self.answers, &answers, &tree);
        let insisted = self.refused.as_deref() == Some(line);
        let Some(is_odd) = self.tells(faults, insisted) else {
            self.refused = Some(line.to_owned());
            return Ok(self.refuse(&say!(
                "chưa nhận dòng này; gõ lại cho đúng, hoặc nếu đúng như vậy thì gõ lại lần nữa",
                "this line was not taken; type it right, or the same again to keep it"
            )));
        };
        self.answers = answers;
        for id in asked {
            self.ask_line(part, id)?;
        }
        if is_odd {
            self.tell_kept();
        }
        let is_full = self.asker.page(&self.answers, part).is_some_and(|page| page.is_full());
        if is_full && !is_odd {
            return Ok(self.accept(part));
        }
        Ok(Typed::Taken)
    }

    /// Asks for a line alone; for rows, until there are no more.
    pub fn ask_line(&mut self, part: &str, id: &str) -> Result<(), Lost> {
        let page = self.asker.page(&self.answers, part);
        let Some(line) = page.as_ref().and_then(|page| page.line(id)) else { return Ok(()) };
        let table = id.rfind(['[', '.']).map_or(id, |at| &id[..at]).to_owned();
        let has_more = line.is_row && line.slots.iter().all(Slot::is_open);
        let had: Vec<String> = page.iter().flat_map(|page| &page.lines).map(|line| line.id.clone()).collect();
        let is_new = |other: &Line| other.id.starts_with(&table) && !had.contains(&other.id);
        let is_it = |other: &Line| other.id == id || (has_more && is_new(other));
        self.through(part, |line, _| is_it(line), true)
    }

    /// Asks for the question of a key alone, or for those below it.
    pub fn ask_for(&mut self, part: &str, key: &str) -> Result<(), Lost> {
        let below = |other: &str| {
            other.strip_prefix(key).is_some_and(|rest| rest.is_empty() || rest.starts_with(['.', '[']))
        };
        self.through(part, |_, slot| below(&slot.q.key), true)
    }

    /// Asks for lines of a part, one question after another: those that are open, or every one.
    pub fn through(
        &mut self,
        part: &str,
        which: impl Fn(&Line, &Slot) -> bool,
        every: bool,
    ) -> Result<(), Lost> {
        let mut asked: Vec<String> = Vec::new();
        loop {
            let reached = self.asker.pages(&self.answers);
            let Some(page) = reached.pages.iter().find(|page| page.part.key == part) else { return Ok(()) };
            let slots = page.lines.iter().flat_map(|line| line.slots.iter().filter(|slot| which(line, slot)));
            let is_next = |slot: &&Slot| !asked.contains(&slot.q.key) && (every || slot.is_open());
            let Some(slot) = slots.into_iter().find(is_next) else { return Ok(()) };
            let suggested = slot.known.clone().or(slot.q.suggested.clone());
            let q = Question { part: None, suggested, ..slot.q.clone() };
            match self.ask(&q, &reached.tree)? {
                Reply::Answered => {
                    page.opened(&mut self.answers);
                    if self.answers.to(&q.key) == Some(">") {
                        return Ok(());
                    }
                    asked.push(q.key);
                }
                Reply::Back if asked.pop().is_some() => {}
                Reply::Back => return Ok(()),
                Reply::End => {
                    self.leave();
                    self.answers.stand_at(END);
                    return Ok(());
                }
            }
        }
    }

    /// What comes before the cursor below a page.
    fn page_prompt(&self, page: &Page) -> String {
        let lang = self.call.lang;
        let said = match page.open() {
            Some((n, slot)) => say!(
                "Dòng {n} – {label} [Enter = xong phần này; ? cách gõ]: ",
                "Line {n} – {label} [Enter = done with this part; ? help]: ",
                [n, label = slot.q.label.clone()]
            ),
            None => say!("[Enter = xong phần này; ? cách gõ]: ", "[Enter = done with this part; ? help]: "),
        };
        said.get(lang).to_owned()
    }

    /// What `?` shows at a page.
    fn explain_page(&mut self, page: &Page) -> Typed {
        let keys = t(
            "Enter: xong phần này, sang phần sau (giá trị trong ngoặc được lấy).\n\
             12; 15; 39: trả lời lần lượt các dòng còn trống, để trống một dòng thì gõ ; ;\n\
             3=12 hoặc 3 12: trả lời dòng 3; dòng có nhiều ô thì 3=12; 15; 39.\n\
             3: hỏi riêng dòng 3, có giải thích.   *: hỏi lần lượt từng dòng còn trống.\n\
             đủ hết, trừ 3, 7 thiếu: trả lời mọi dòng còn trống, trừ vài dòng.\n\
             =: lấy như lần trước (cả phần).   3==: lấy dòng 3 như lần trước.   3=-: bỏ trống dòng 3.\n\
             -: bỏ qua phần này.   <: bỏ dòng vừa gõ.   .: kết thúc, xem lại tất cả.\n\
             phần 9, hoặc tên phần: sang phần ấy.   Dán được cả hàng, cả cột từ Excel.",
            "Enter: done with this part, on to the next (values in brackets are taken).\n\
             12; 15; 39: answers the open lines in turn; leave one empty with ; ;\n\
             3=12 or 3 12: answers line 3; where it has several places, 3=12; 15; 39.\n\
             3: asks for line 3 alone, with help.   *: asks for the open lines one by one.\n\
             complete all, except 3, 7 incomplete: answers all open lines but some.\n\
             =: as last time (the whole part).   3==: line 3 as last time.   3=-: leaves line 3 empty.\n\
             -: skips this part.   <: takes the last line back.   .: ends, to review everything.\n\
             part 9, or its name: goes there.   Rows and columns of a spreadsheet can be pasted.",
        );
        for line in keys.get(self.call.lang).lines() {
            terminal::print_wrapped(&format!("  {line}"), 0);
        }
        if let Some((_, slot)) = page.open() {
            self.words(&slot.q).iter().for_each(|line| terminal::print_wrapped(&format!("  {line}"), 0));
        }
        self.drawn = Default::default();
        Typed::Taken
    }
}

/// The lines that were pasted in one go. A column of a spreadsheet is one line of answers, unless each is a text.
fn pasted(typed: &str, are_texts: bool) -> Vec<String> {
    let lines: Vec<&str> = typed.split('\n').map(str::trim).collect();
    let is_column = lines.len() > 1 && lines.iter().all(|line| !line.contains(['=', ';', '\t']));
    if is_column && !are_texts {
        return vec![lines.join("; ")];
    }
    let is_alone = lines.len() == 1;
    // An empty line among others does not end the part.
    lines.into_iter().filter(|line| is_alone || !line.is_empty()).map(str::to_owned).collect()
}
