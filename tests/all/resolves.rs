//! Choosing between two versions of a record: with real git, at a terminal, and in scripts.

#[cfg(unix)]
use crate::ask::Talk;
use crate::fresh::example;
use crate::git::{git, run, said, ttht, well};
use std::fs;
use std::path::Path;

const ID: &str = "2016-10-27-yen-thanh";
const VISIT: &str = "visits/2016-2017/2016-10-27-yen-thanh.toml";
const LATER: &str = "visits/2017-2018/2017-10-26-yen-thanh.toml";

/// The example register after a merge of what two people have done in it.
fn merged(theirs: impl Fn(&Path), ours: impl Fn(&Path)) -> tempfile::TempDir {
    let top = tempfile::tempdir().unwrap();
    let root = top.path();
    let save = |message| git(root, &["commit", "-q", "-a", "-m", message]);
    git(root, &["init", "-q", "-b", "main"]);
    example(root);
    git(root, &["add", "."]);
    save("sổ");
    git(root, &["checkout", "-q", "-b", "binh"]);
    theirs(root);
    save("Bình");
    git(root, &["checkout", "-q", "main"]);
    ours(root);
    save("An");
    assert!(!run(root, "git", &["merge", "-q", "binh"]).status.success());
    top
}

fn change(root: &Path, file: &str, was: &str, is: &str) {
    let text = fs::read_to_string(root.join(file)).unwrap();
    assert!(text.contains(was), "{was}");
    fs::write(root.join(file), text.replacen(was, is, 1)).unwrap();
}

/// Both have added a recommendation `r3`, and the one of the other side is followed up there.
fn both_recommend() -> tempfile::TempDir {
    let add = |root: &Path, text: &str| {
        well(root, &["set", ID, "recommendation.r3.to=centre", &format!("recommendation.r3.text={text}")]);
    };
    merged(
        |root| {
            add(root, "Mở thêm lớp");
            let row = format!("[[followup]]\nof = \"{ID}#r3\"\nstate = \"open\"\n\n[documents]");
            change(root, LATER, "[documents]", &row);
        },
        |root| add(root, "Mua thêm sách"),
    )
}

#[test]
fn what_refers_to_a_recommendation_follows_it_to_its_new_word() {
    let top = both_recommend();
    let told = ttht(top.path(), &["resolve", ID, "--both"]);
    assert!(told.status.success(), "{}", said(&told));
    let visit = fs::read_to_string(top.path().join(VISIT)).unwrap();
    assert!(visit.find("Mua thêm sách").unwrap() < visit.find("[recommendation.r4]").unwrap());
    assert!(visit.find("[recommendation.r4]").unwrap() < visit.find("Mở thêm lớp").unwrap());
    assert!(fs::read_to_string(top.path().join(LATER)).unwrap().contains(&format!("{ID}#r4")));
    well(top.path(), &["check", "--today", "2018-01-15"]);
    well(top.path(), &["save"]);
    assert_eq!(said(&run(top.path(), "git", &["status", "--short"])), "");
    assert_eq!(said(&run(top.path(), "git", &["log", "-1", "--format=%p"])).split_whitespace().count(), 2);
}

#[test]
fn without_a_merge_it_is_told_where_both_could_be_meant() {
    let top = both_recommend();
    fs::rename(top.path().join(".git"), top.path().join("aside")).unwrap();
    let told = said(&ttht(top.path(), &["resolve", ID, "--both"]));
    assert!(told.contains(LATER), "{told}");
    assert!(fs::read_to_string(top.path().join(LATER)).unwrap().contains(&format!("{ID}#r3")));
}

/// The same figure and a list.
#[cfg(unix)]
fn both_count(root: &Path, people: &str, agenda: &str) {
    well(root, &["set", ID, &format!("context.population={people}")]);
    change(root, VISIT, "agenda = [", &format!("agenda = [\n  \"{agenda}\","));
}

#[cfg(unix)]
#[test]
fn a_person_is_asked_about_each_and_may_leave_it_for_later() {
    let top = merged(|root| both_count(root, "8600", "B"), |root| both_count(root, "8700", "A"));
    let root = top.path();
    let open = fs::read(root.join(VISIT)).unwrap();
    let mut talk = Talk::start(root, &["resolve"]);
    talk.talks(&[("3. giữ cả hai", "3"), ("trước đó: 8.614", "-")]);
    talk.sees("còn 1 tệp");
    assert_eq!(talk.ends(), 1);
    assert_eq!(fs::read(root.join(VISIT)).unwrap(), open);
    let mut talk = Talk::start(root, &["resolve"]);
    talk.talks(&[("3. giữ cả hai", "3"), ("2. 8.600", "nhiều"), ("không phải là số", "8.650")]);
    talk.sees("Đã chọn xong");
    assert_eq!(talk.ends(), 0);
    let text = fs::read_to_string(root.join(VISIT)).unwrap();
    assert!(text.contains("population = 8_650"), "{text}");
    assert!(text.contains("\"A\"") && text.contains("\"B\"") && !text.contains("<<<<<<<"), "{text}");
}

#[test]
fn a_file_that_one_side_has_taken_away_stays_or_goes() {
    for (side, stays) in [("--ours", true), ("--theirs", false)] {
        let top =
            merged(|root| git(root, &["rm", "-q", VISIT]), |root| well(root, &["set", ID, "place=UBND"]));
        let root = top.path();
        assert!(ttht(root, &["resolve", ID, side]).status.success());
        assert_eq!(root.join(VISIT).exists(), stays);
        assert_eq!(said(&run(root, "git", &["ls-files", "--unmerged"])), "");
    }
}

#[test]
fn what_cannot_be_read_or_was_changed_meanwhile_is_left_alone() {
    let set = |people: &'static str| {
        move |root: &Path| well(root, &["set", ID, &format!("context.population={people}")])
    };
    let top = merged(set("8600"), set("8700"));
    let root = top.path();
    change(root, VISIT, "population = 8_700", "population = [");
    let open = fs::read(root.join(VISIT)).unwrap();
    let told = ttht(root, &["resolve", "--ours"]);
    assert_eq!(told.status.code(), Some(1));
    assert!(said(&told).contains("ttht edit"), "{}", said(&told));
    assert_eq!(fs::read(root.join(VISIT)).unwrap(), open);
    change(root, VISIT, "population = [", "population = 8_700");
    change(root, VISIT, "households = 2_461", "households = 2461.000.000");
    assert_eq!(ttht(root, &["resolve", "--ours"]).status.code(), Some(1));
    assert!(fs::read_to_string(root.join(VISIT)).unwrap().contains("<<<<<<<"));
}
