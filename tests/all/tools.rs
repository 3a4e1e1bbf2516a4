//! The tools that pages use beside `ttht`, as far as they use them: the same on every system.

use crate::fresh::copy;
use crate::shell::names;
use regex::bytes::Regex;
use std::fs::{self, File};
use std::io::{self, Read, Write};
use std::path::Path;

/// The call of a tool.
pub struct Call<'a> {
    pub words: &'a [String],
    pub here: &'a Path,
    pub input: Option<File>,
    pub output: File,
}

/// A tool; its exit code, or what stopped it.
type Tool = fn(Call<'_>) -> io::Result<i32>;

pub fn tool(name: &str) -> Option<Tool> {
    let tool: Tool =
        match name {
            "cat" => |mut call| {
                for (_, bytes) in call.texts(&call.options("").1)? {
                    call.output.write_all(&bytes)?;
                }
                Ok(0)
            },
            "cmp" => |mut call| {
                let texts = call.texts(call.words)?;
                Ok(i32::from(texts[0].1 != texts[1].1))
            },
            "cp" => |call| each_to(&call, copied),
            "cut" => cut,
            "diff" => diff,
            "echo" => |mut call| writeln!(call.output, "{}", call.words.join(" ")).map(|()| 0),
            "grep" => grep,
            "head" => head,
            "ls" => ls,
            "mkdir" => |call| {
                each(&call, |path, all| if all { fs::create_dir_all(path) } else { fs::create_dir(path) })
            },
            "mv" => |call| each_to(&call, |from, to| fs::rename(from, to)),
            "printf" => |mut call| call.output.write_all(&escaped(&call.words[0])).map(|()| 0),
            "rm" => |call| {
                each(&call, |path, all| {
                    if all && path.is_dir() { fs::remove_dir_all(path) } else { fs::remove_file(path) }
                })
            },
            "sed" => sed,
            "sort" => sort,
            "tail" => tail,
            "touch" => touch,
            "tr" => tr,
            "wc" => |mut call| {
                let bytes = call.texts(&[])?.remove(0).1;
                writeln!(call.output, "{}", lines(&bytes).count()).map(|()| 0)
            },
            _ => return None,
        };
    Some(tool)
}

impl Call<'_> {
    /// Its options, with the values of those that have one, and its other words.
    fn options(&self, valued: &str) -> (Vec<(char, String)>, Vec<String>) {
        let (mut options, mut others) = (Vec::new(), Vec::new());
        let mut words = self.words.iter();
        while let Some(word) = words.next() {
            let Some(mut letters) = word.strip_prefix('-').filter(|letters| !letters.is_empty()) else {
                others.push(word.clone());
                continue;
            };
            while let Some(letter) = letters.chars().next() {
                if letter.is_ascii_digit() {
                    options.push(('n', std::mem::take(&mut letters).to_owned()));
                } else if valued.contains(letter) {
                    let value = std::mem::take(&mut letters)[1..].to_owned();
                    options
                        .push((letter, if value.is_empty() { words.next().unwrap().clone() } else { value }));
                } else {
                    options.push((letter, String::new()));
                    letters = &letters[1..];
                }
            }
        }
        (options, others)
    }

    /// Its files with their names, or what it is given to read.
    fn texts(&mut self, files: &[String]) -> io::Result<Vec<(String, Vec<u8>)>> {
        let stdin = ["-".to_owned()];
        let files = if files.is_empty() { &stdin } else { files };
        let mut text = |file: &String| match (file.as_str(), &mut self.input) {
            ("-", input) => {
                let mut bytes = Vec::new();
                input.as_mut().map_or(Ok(0), |input| input.read_to_end(&mut bytes))?;
                Ok((file.clone(), bytes))
            }
            _ => Ok((file.clone(), fs::read(self.here.join(file))?)),
        };
        files.iter().map(&mut text).collect()
    }
}

/// The value of an option.
fn value(options: &[(char, String)], letter: char) -> Option<&str> {
    options.iter().find(|option| option.0 == letter).map(|option| option.1.as_str())
}

/// Does the same to each path, knowing whether `-p`, `-r` or `-f` is given.
fn each(call: &Call<'_>, work: impl Fn(&Path, bool) -> io::Result<()>) -> io::Result<i32> {
    let (options, paths) = call.options("");
    paths.iter().try_for_each(|path| work(&call.here.join(path), !options.is_empty())).map(|()| 0)
}

/// Does the same to each path and the last one, or its place in the last one, if that is a folder.
fn each_to(call: &Call<'_>, work: impl Fn(&Path, &Path) -> io::Result<()>) -> io::Result<i32> {
    let (_, mut paths) = call.options("");
    let to = call.here.join(paths.pop().unwrap());
    for from in paths.iter().map(|path| call.here.join(path)) {
        let place = if to.is_dir() { to.join(from.file_name().unwrap()) } else { to.clone() };
        work(&from, &place)?;
    }
    Ok(0)
}

fn copied(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        return fs::copy(from, to).map(drop);
    }
    copy(from, to);
    Ok(())
}

/// The lines of a text, with what ends them.
fn lines(bytes: &[u8]) -> impl Iterator<Item = &[u8]> {
    bytes.split_inclusive(|byte| *byte == b'\n')
}

fn without_end(line: &[u8]) -> &[u8] {
    line.strip_suffix(b"\n").unwrap_or(line)
}

/// What a text with `\n`, `\r`, `\\`, `\"` and `\342` stands for.
fn escaped(text: &str) -> Vec<u8> {
    let (mut bytes, mut rest) = (Vec::new(), text.as_bytes());
    while let Some((&byte, after)) = rest.split_first() {
        rest = after;
        if byte != b'\\' {
            bytes.push(byte);
            continue;
        }
        let digits = rest.iter().take(3).take_while(|byte| (b'0'..b'8').contains(byte)).count();
        let (digit, after) = rest.split_at(digits.max(1));
        rest = after;
        bytes.push(match digit {
            b"n" => b'\n',
            b"r" => b'\r',
            [mark @ (b'\\' | b'"')] => *mark,
            digits => digits.iter().fold(0, |sum, digit| sum * 8 + (digit - b'0')),
        });
    }
    bytes
}

fn cut(mut call: Call<'_>) -> io::Result<i32> {
    let (options, files) = call.options("df");
    let delimiter = value(&options, 'd').map_or(b'\t', |text| text.as_bytes()[0]);
    let number = |text: &str, other| if text.is_empty() { other } else { text.parse().unwrap() };
    let range = |text: &str| match text.split_once('-') {
        Some((from, to)) => number(from, 1)..=number(to, usize::MAX),
        None => number(text, 1)..=number(text, 1),
    };
    let ranges: Vec<_> = value(&options, 'f').unwrap().split(',').map(range).collect();
    for (_, bytes) in call.texts(&files)? {
        for line in lines(&bytes) {
            let columns = without_end(line).split(|byte| *byte == delimiter).zip(1..);
            let kept = columns.filter(|(_, at)| ranges.iter().any(|range| range.contains(at)));
            let kept: Vec<&[u8]> = kept.map(|(column, _)| column).collect();
            call.output.write_all(&[&kept.join(&delimiter), &b"\n"[..]].concat())?;
        }
    }
    Ok(0)
}

fn diff(mut call: Call<'_>) -> io::Result<i32> {
    let texts = call.texts(call.words)?;
    let [old, new] = [0, 1].map(|at| String::from_utf8(texts[at].1.clone()).unwrap());
    let difference = similar::TextDiff::from_lines(&old, &new);
    for op in difference.ops().iter().filter(|op| op.tag() != similar::DiffTag::Equal) {
        let place = |range: std::ops::Range<usize>| match range.len() {
            0 => range.start.to_string(),
            1 => (range.start + 1).to_string(),
            _ => format!("{},{}", range.start + 1, range.end),
        };
        let (was, is) = (op.old_range(), op.new_range());
        let word = if was.is_empty() {
            'a'
        } else if is.is_empty() {
            'd'
        } else {
            'c'
        };
        writeln!(call.output, "{}{word}{}", place(was.clone()), place(is.clone()))?;
        old.split('\n')
            .take(was.end)
            .skip(was.start)
            .try_for_each(|line| writeln!(call.output, "< {line}"))?;
        if word == 'c' {
            writeln!(call.output, "---")?;
        }
        new.split('\n').take(is.end).skip(is.start).try_for_each(|line| writeln!(call.output, "> {line}"))?;
    }
    Ok(i32::from(old != new))
}

fn grep(mut call: Call<'_>) -> io::Result<i32> {
    let (options, mut files) = call.options("emA");
    let has = |letter| value(&options, letter).is_some();
    let mut patterns: Vec<&str> =
        options.iter().filter(|option| option.0 == 'e').map(|option| option.1.as_str()).collect();
    let first = if patterns.is_empty() { files.remove(0) } else { String::new() };
    patterns.extend(Some(first.as_str()).filter(|first| !first.is_empty()));
    let patterns: Vec<String> = patterns.iter().map(|text| translated(text, has('E') || has('P'))).collect();
    let pattern = Regex::new(&patterns.join("|")).unwrap();
    let most = value(&options, 'm').map_or(usize::MAX, |most| most.parse().unwrap());
    let after: usize = value(&options, 'A').map_or(0, |after| after.parse().unwrap());
    let mut all = 0;
    for (name, bytes) in call.texts(&files)? {
        let name = if files.len() > 1 && !has('h') { format!("{name}:") } else { String::new() };
        let (mut found, mut last, mut shown) = (0, None, usize::MAX - 1);
        for (line, at) in lines(&bytes).map(without_end).zip(1..) {
            let fits = found < most && pattern.is_match(line) != has('v');
            found += usize::from(fits);
            last = if fits { Some(at) } else { last };
            if has('c') || last.is_none_or(|last| at > last + after) {
                continue;
            }
            if after > 0 && at > shown + 1 {
                writeln!(call.output, "--")?;
            }
            shown = at;
            let number = if has('n') { format!("{at}:") } else { String::new() };
            let parts: Vec<&[u8]> = if has('o') {
                pattern.find_iter(line).map(|part| part.as_bytes()).collect()
            } else {
                vec![line]
            };
            for part in parts {
                call.output.write_all(&[name.as_bytes(), number.as_bytes(), part, b"\n"].concat())?;
            }
        }
        if has('c') {
            writeln!(call.output, "{name}{found}")?;
        }
        all += found;
    }
    Ok(i32::from(all == 0))
}

/// A pattern of `grep` or `sed` as one of `regex`.
fn translated(text: &str, extended: bool) -> String {
    let (mut out, mut letters, mut class) = (String::new(), text.chars().peekable(), false);
    while let Some(c) = letters.next() {
        match c {
            '[' if class => out.push_str("\\["),
            '[' => {
                class = true;
                out.push(c);
                out.extend(letters.next_if_eq(&'^'));
                out.extend(letters.next_if_eq(&']').map(|_| "\\]"));
            }
            ']' if class => {
                class = false;
                out.push(c);
            }
            c if class => out.push(c),
            '\\' => match letters.next().unwrap() {
                c if !extended && "(){}|+?".contains(c) => out.push(c),
                c if c.is_alphanumeric() => out.extend(['\\', c]),
                c => out.push_str(&regex::escape(&c.to_string())),
            },
            c if !extended && "(){}|+?".contains(c) => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}

fn head(mut call: Call<'_>) -> io::Result<i32> {
    let (options, files) = call.options("nc");
    if let Some(count) = value(&options, 'c') {
        let count = count.parse().unwrap();
        let bytes = match files.first().map(String::as_str) {
            Some("/dev/zero") => vec![0; count],
            _ => call.texts(&files)?.remove(0).1,
        };
        return call.output.write_all(&bytes[..count.min(bytes.len())]).map(|()| 0);
    }
    let count = value(&options, 'n').map_or(10, |count| count.parse().unwrap());
    for (at, (name, bytes)) in call.texts(&files)?.into_iter().enumerate() {
        if files.len() > 1 {
            writeln!(call.output, "{}==> {name} <==", if at > 0 { "\n" } else { "" })?;
        }
        call.output.write_all(&lines(&bytes).take(count).collect::<Vec<_>>().concat())?;
    }
    Ok(0)
}

fn tail(mut call: Call<'_>) -> io::Result<i32> {
    let (options, files) = call.options("n");
    let count = value(&options, 'n').unwrap_or("10");
    let bytes = call.texts(&files)?.remove(0).1;
    let skip = match count.strip_prefix('+') {
        Some(from) => from.parse::<usize>().unwrap() - 1,
        None => lines(&bytes).count().saturating_sub(count.parse().unwrap()),
    };
    call.output.write_all(&lines(&bytes).skip(skip).collect::<Vec<_>>().concat()).map(|()| 0)
}

fn ls(mut call: Call<'_>) -> io::Result<i32> {
    let (options, mut paths) = call.options("");
    let (all, itself) = (value(&options, 'A').is_some(), value(&options, 'd').is_some());
    if paths.is_empty() {
        paths.push(".".to_owned());
    }
    let (folders, files): (Vec<_>, Vec<_>) =
        paths.iter().partition(|path| !itself && call.here.join(path).is_dir());
    files.iter().try_for_each(|file| writeln!(call.output, "{file}"))?;
    for (at, folder) in folders.iter().enumerate() {
        if paths.len() > 1 {
            writeln!(call.output, "{}{folder}:", if at > 0 || !files.is_empty() { "\n" } else { "" })?;
        }
        let names = names(&call.here.join(folder), all);
        names.iter().try_for_each(|name| writeln!(call.output, "{name}"))?;
    }
    Ok(0)
}

fn sort(mut call: Call<'_>) -> io::Result<i32> {
    let (options, files) = call.options("");
    let bytes = call.texts(&files)?.remove(0).1;
    let mut lines: Vec<&[u8]> = lines(&bytes).collect();
    lines.sort();
    if value(&options, 'u').is_some() {
        lines.dedup();
    }
    call.output.write_all(&lines.concat()).map(|()| 0)
}

fn touch(call: Call<'_>) -> io::Result<i32> {
    let (options, files) = call.options("t");
    for file in files {
        let file = File::options().append(true).create(true).open(call.here.join(file))?;
        if let Some(time) = value(&options, 't') {
            let time = chrono::NaiveDateTime::parse_from_str(time, "%Y%m%d%H%M").unwrap();
            file.set_modified(time.and_local_timezone(chrono::Local).unwrap().into())?;
        }
    }
    Ok(0)
}

fn tr(mut call: Call<'_>) -> io::Result<i32> {
    let (options, letters) = call.options("");
    let [from, to] = [0, 1].map(|at| letters.get(at).map_or(0, |letter| escaped(letter)[0]));
    let mut bytes = call.texts(&[])?.remove(0).1;
    match value(&options, 'd') {
        Some(_) => bytes.retain(|byte| *byte != from),
        None => bytes.iter_mut().filter(|byte| **byte == from).for_each(|byte| *byte = to),
    }
    call.output.write_all(&bytes).map(|()| 0)
}

/// A command of `sed`: the lines that it is about, and what is done with them.
struct Order {
    lines: Vec<Address>,
    deed: Deed,
}

enum Address {
    Line(usize),
    Last,
    Like(Regex),
}

enum Deed {
    Delete,
    Print,
    Replace { pattern: Regex, by: Vec<u8>, all: bool },
}

fn sed(mut call: Call<'_>) -> io::Result<i32> {
    let (options, mut files) = call.options("");
    let orders = orders(&files.remove(0));
    let quiet = value(&options, 'n').is_some();
    for (name, bytes) in call.texts(&files)? {
        let new = edited(&orders, &bytes, quiet);
        match value(&options, 'i') {
            Some(_) => fs::write(call.here.join(name), new)?,
            None => call.output.write_all(&new)?,
        }
    }
    Ok(0)
}

/// A text after the commands of `sed`.
fn edited(orders: &[Order], bytes: &[u8], quiet: bool) -> Vec<u8> {
    let (mut out, mut open) = (Vec::new(), vec![false; orders.len()]);
    let mut rest = lines(bytes).zip(1..).peekable();
    while let Some((line, at)) = rest.next() {
        let (end, is_last) = (&line[without_end(line).len()..], rest.peek().is_none());
        let mut line = Some(without_end(line).to_vec());
        for (order, open) in orders.iter().zip(&mut open) {
            let Some(text) = line.as_mut() else { break };
            let is_at = |address: &Address| match address {
                Address::Line(number) => *number == at,
                Address::Last => is_last,
                Address::Like(pattern) => pattern.is_match(text),
            };
            let chosen = match order.lines.as_slice() {
                [] => true,
                [one] => is_at(one),
                [from, to, ..] => {
                    let was = *open;
                    *open = if was { !is_at(to) } else { is_at(from) };
                    was || *open
                }
            };
            match &order.deed {
                _ if !chosen => {}
                Deed::Delete => line = None,
                Deed::Print => out.extend([text, end].concat()),
                Deed::Replace { pattern, by, all } => {
                    *text = pattern.replacen(text, usize::from(!all), by.as_slice()).into_owned();
                }
            }
        }
        out.extend(line.filter(|_| !quiet).map(|text| [&text, end].concat()).unwrap_or_default());
    }
    out
}

/// The commands of a script of `sed`.
fn orders(script: &str) -> Vec<Order> {
    let (mut orders, mut rest) = (Vec::new(), script.trim_start());
    while let Some(c) = rest.chars().next() {
        let mut order = Order { lines: Vec::new(), deed: Deed::Delete };
        let mut c = c;
        while !c.is_ascii_alphabetic() {
            let digits = rest.find(|c: char| !c.is_ascii_digit()).unwrap();
            let (address, after) = match c {
                '/' => {
                    let (pattern, after) = until(&rest[1..], '/');
                    (Address::Like(Regex::new(&translated(&pattern, false)).unwrap()), after)
                }
                '$' => (Address::Last, &rest[1..]),
                _ => (Address::Line(rest[..digits].parse().unwrap()), &rest[digits..]),
            };
            order.lines.push(address);
            rest = after.strip_prefix(',').unwrap_or(after);
            c = rest.chars().next().unwrap();
        }
        rest = &rest[1..];
        order.deed = match c {
            'd' => Deed::Delete,
            'p' => Deed::Print,
            's' => {
                let mark = rest.chars().next().unwrap();
                let (pattern, after) = until(&rest[1..], mark);
                let (by, after) = until(after, mark);
                rest = after.strip_prefix('g').unwrap_or(after);
                let by = by.replace('$', "$$").replace("\\n", "\n").replace('&', "$0");
                Deed::Replace {
                    pattern: Regex::new(&translated(&pattern, false)).unwrap(),
                    by: by.into(),
                    all: rest != after,
                }
            }
            c => panic!("sed {script}: {c}"),
        };
        orders.push(order);
        rest = rest.trim_start_matches([';', ' ']);
    }
    orders
}

/// What stands before a mark that is not behind a backslash, and what is behind it.
fn until(text: &str, mark: char) -> (String, &str) {
    let is_end = |(at, c): &(usize, char)| *c == mark && !text[..*at].ends_with('\\');
    let (end, _) = text.char_indices().find(is_end).unwrap();
    (text[..end].replace(&format!("\\{mark}"), &mark.to_string()), &text[end + mark.len_utf8()..])
}
