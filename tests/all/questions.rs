//! What is asked next, without a terminal: which questions, in which order, with what is known for each of them.

use crate::fresh::{example, fresh};
use crate::transcript::{hold, root};
use std::fs;
use ttht::desk::merger::MERGER;
use ttht::desk::new_record::{CAMPAIGN, CENTRE, Questionnaire, STATEMENT, UNIT, VISIT};
use ttht::desk::new_scheme::SCHEME;
use ttht::desk::questions::{Answer, Answers, Asker, Empty, Question, Reached};
use ttht::model::day::Day;
use ttht::model::fault::Fault;
use ttht::model::field::Kind;
use ttht::model::input::Speaker;
use ttht::model::text::{Lang, Said};
use ttht::model::tree::{Node, Value};
use ttht::store::Store;
use ttht::toml::print;

/// A form being filled in.
struct Form<'a> {
    asker: Asker<'a>,
    answers: Answers,
}

impl<'a> Form<'a> {
    fn new(store: &'a Store, form: &'a Questionnaire) -> Form<'a> {
        let speaker = Speaker::new(Lang::Vi, Day::new(2018, 11, 1).unwrap(), &store.register);
        let asker = Asker::new(store, form, speaker);
        Form { asker, answers: Answers::new(Node::table()) }
    }

    /// A visit, up to what is asked after its centre and its day.
    fn visit(store: &'a Store, centre: &str, date: &str) -> Form<'a> {
        let mut form = Form::new(store, &VISIT);
        form.says(&[("centre", centre), ("date", date)]);
        form
    }

    fn reached(&mut self) -> Reached {
        self.asker.reached(&self.answers)
    }

    fn question(&mut self) -> Question {
        self.reached().next.expect("a question comes next")
    }

    fn answer(&mut self, q: &Question, line: &str) {
        let answer = self.asker.typed(q, line).unwrap_or_else(|said| panic!("{}: {}", q.key, said.en));
        self.answers.note(&q.key, answer.typed());
    }

    /// Each question that must come next, with its answer.
    fn says(&mut self, lines: &[(&str, &str)]) -> &mut Form<'a> {
        for (key, line) in lines {
            let q = self.question();
            assert_eq!(q.key, *key, "{:?}", q.label);
            self.answer(&q, line);
        }
        self
    }

    /// Leaves everything empty until a question comes up, and fills in only the parts on the way to it.
    fn until(&mut self, key: &str) -> Question {
        loop {
            let q = self.question();
            if q.key == key {
                return q;
            }
            let leads = q.empty == Empty::Skips && key.starts_with(&q.key);
            self.answer(&q, if leads || q.empty == Empty::Needed { "" } else { "-" });
        }
    }

    /// The text of the record, once all that is left is left empty.
    fn ends(&mut self) -> String {
        while let Some(q) = self.reached().next {
            self.answer(&q, if q.empty == Empty::Needed { "" } else { "-" });
        }
        print::document(self.asker.form.fields, &self.reached().record())
    }

    /// What would be reported about an answer.
    fn faults(&mut self, line: &str) -> Vec<Fault> {
        let (reached, q) = (self.reached(), self.question());
        match self.asker.typed(&q, line) {
            Ok(Answer::Value(node)) => self.asker.faults_of(&q, &node, &reached.tree),
            other => panic!("{other:?}"),
        }
    }
}

fn uong_bi() -> Store {
    Store::open(&root().join("examples/uong-bi")).unwrap()
}

/// An answer that leads to as many questions as possible.
fn any(q: &Question) -> String {
    let is_first = q.key.rsplit_once('[').map_or(q.key.contains(".r1."), |(_, rest)| rest.starts_with("0]"));
    match q.kind {
        _ if q.empty == Empty::Ends && !is_first => "-".to_owned(),
        _ if q.empty == Empty::Skips => "yes".to_owned(),
        _ if q.empty == Empty::Leaves && q.key.split('.').next() != Some("followup") => "-".to_owned(),
        _ if q.suggested.is_some() => String::new(),
        _ if !q.words.is_empty() => q.words[0].id.clone(),
        Kind::Choice(choices) => choices[0].word.to_owned(),
        Kind::List(Kind::Choice(choices)) => choices[0].word.to_owned(),
        Kind::Id(_) => "yen-thanh".to_owned(),
        Kind::Day | Kind::Date => "2018-10-25".to_owned(),
        _ => "…".to_owned(),
    }
}

/// A question as a line of the page: its label, its key, what is known for it.
fn line(q: &Question) -> String {
    let mut line = format!("- {} / {} `{}`", q.label.vi, q.label.en, q.key);
    let needed = (q.empty == Empty::Needed).then(|| "needed".to_owned());
    let words: Vec<&str> = q.words.iter().map(|word| word.id.as_str()).collect();
    let words = (!words.is_empty()).then(|| words.join(" | "));
    let enter = q.suggested.as_ref().map(|typed| format!("Enter = {typed}"));
    let last = q.last.as_ref().map(|last| format!("{}: {}", last.when.vi, last.typed));
    for known in [needed, words, enter, last].into_iter().flatten() {
        line.push_str(&format!("; {known}"));
    }
    line + "\n"
}

/// All questions of a form, under the headings of its parts.
fn listed(form: &mut Form) -> String {
    let (mut page, mut part, mut about) = (String::new(), None, Said::default());
    while let Some(q) = form.reached().next {
        if q.part != part {
            let heading = q.part.as_ref().map(|part| &part.heading.vi).unwrap();
            page.push_str(&format!("\n### {heading}\n\n"));
        }
        if !q.about.is_empty() && q.about != about {
            page.push_str(&format!("> {}\n\n", q.about.vi.replace('\n', "\n> ")));
        }
        page.push_str(&line(&q));
        form.answer(&q, &any(&q));
        (part, about) = (q.part, q.about);
    }
    page
}

#[test]
fn the_page_lists_every_question() {
    let page = root().join("tests/questions.md");
    let store = uong_bi();
    let old = fs::read_to_string(&page).unwrap();
    let mut new = old.split("\n## ").next().unwrap().to_owned();
    for (title, form) in [
        ("A unit", &UNIT),
        ("A centre", &CENTRE),
        ("A campaign", &CAMPAIGN),
        ("A visit", &VISIT),
        ("A statement", &STATEMENT),
        ("A merger", &MERGER),
        ("A rating scheme", &SCHEME),
    ] {
        new.push_str(&format!("\n## {title}\n\n{}", listed(&mut Form::new(&store, form))));
    }
    hold(&page, &old, &new);
}

#[test]
fn what_enter_takes_is_never_a_figure() {
    let store = uong_bi();
    let mut form = Form::visit(&store, "yên thanh", "25/10/2018");
    while let Some(q) = form.reached().next {
        let figure = matches!(q.kind, Kind::Count(_) | Kind::Money | Kind::Measure(_));
        assert!(!figure || q.entered() == "-", "{}", q.key);
        form.answer(&q, &any(&q));
    }
}

#[test]
fn enter_takes_what_is_known_and_last_time_is_taken_only_by_its_sign() {
    let store = uong_bi();
    let mut form = Form::visit(&store, "yen-thanh", "");
    form.says(&[("campaign", ""), ("followup.2016-10-27-yen-thanh#r1", ""), ("starts", ""), ("ends", "")]);
    let place = form.question();
    assert_eq!((place.entered(), &*place.last.as_ref().unwrap().typed), ("-", "UBND phường Yên Thanh"));
    form.says(&[("place", "=")]);
    form.until("minutes.date");
    form.says(&[("minutes.date", "")]);
    let text = form.ends();
    for line in ["date = 2018-11-01\nplace = \"UBND phường Yên Thanh\"\n", "[minutes]\ndate = 2018-11-01\n"]
    {
        assert!(text.contains(line), "{text}");
    }
}

#[test]
fn the_campaign_of_the_day_is_offered_and_what_it_makes_doubtful_is_asked() {
    let store = uong_bi();
    let mut form = Form::visit(&store, "bac-son", "30/10/2017");
    assert_eq!(form.question().entered(), "2017-2018");
    form.says(&[("campaign", "")]);
    form.until("agenda[0]");
    form.says(&[("agenda[0]", "-"), ("reporter", "-")]);

    let mut form = Form::visit(&store, "bac-son", "30/11/2017");
    assert_eq!(form.question().entered(), "-", "no campaign covers that day");
    form.says(&[("campaign", "2017-2018")]);
    form.until("agenda[0]");
    form.says(&[("agenda[0]", "-"), ("outside_window_reason", "Mưa bão"), ("reporter", "-")]);

    let mut form = Form::visit(&store, "yen-thanh", "30/10/2017");
    form.says(&[("campaign", "")]);
    form.until("agenda[0]");
    form.says(&[("agenda[0]", "-"), ("follow_up_of", "2017-10-26-yen-thanh"), ("reporter", "-")]);
}

#[test]
fn what_became_of_each_open_recommendation_is_asked() {
    let store = uong_bi();
    let mut form = Form::visit(&store, "thuong-yen-cong", "25/10/2018");
    form.says(&[("campaign", "-")]);
    let first = form.question();
    assert_eq!(first.key, "followup.2016-11-09-thuong-yen-cong#r1", "of #r2 the last visit says: done");
    assert!(first.about.vi.contains("Tình trạng: thực hiện một phần."), "{:?}", first.about);
    form.says(&[
        ("followup.2016-11-09-thuong-yen-cong#r1", "đã thực hiện"),
        ("followup.2016-11-09-thuong-yen-cong#r1.note", "Đủ phòng."),
        ("followup.2017-11-17-thuong-yen-cong#r1", "-"),
        ("starts", "-"),
    ]);
    let text = form.ends();
    let row =
        "[[followup]]\nof = \"2016-11-09-thuong-yen-cong#r1\"\nstate = \"done\"\nnote = \"Đủ phòng.\"\n";
    assert!(text.contains(row) && text.matches("[[followup]]").count() == 1, "{text}");

    let mut form = Form::visit(&store, "thuong-yen-cong", "25/10/2018");
    form.says(&[("campaign", "-"), ("followup.2016-11-09-thuong-yen-cong#r1", ">"), ("starts", "-")]);
}

#[test]
fn the_team_of_the_latest_visit_is_offered_whole() {
    let store = uong_bi();
    let mut form = Form::visit(&store, "bac-son", "25/10/2018");
    let q = form.until("team.same");
    assert!(
        q.about.en.starts_with("The latest team (Thượng Yên Công commune, 2017-11-17):\n  Nguyễn"),
        "{}",
        q.about.en
    );
    form.says(&[("team.same", ""), ("team[4].name", "Vũ Văn L"), ("team[4].role", "thành viên")]);
    assert_eq!(form.ends().matches("[[team]]").count(), 5);

    let mut form = Form::visit(&store, "bac-son", "25/10/2018");
    form.until("team.same");
    form.says(&[("team.same", "-"), ("team[0].name", "-"), ("host[0].name", "-")]);
    assert!(!form.ends().contains("[[team]]"));
}

#[test]
fn the_posts_of_a_host_are_those_of_the_centres_own_file() {
    let store = uong_bi();
    let mut form = Form::visit(&store, "yen-thanh", "25/10/2018");
    form.until("host[0].name");
    form.says(&[("host[0].name", "bùi thị g (minh hoạ)")]);
    assert_eq!(form.question().entered(), "deputy_director; head_teacher");
    form.says(&[("host[0].posts", ""), ("host[1].name", "Một người khác")]);
    assert_eq!(form.question().entered(), "-");
}

#[test]
fn a_part_is_left_out_or_taken_whole_without_its_remarks() {
    let store = uong_bi();
    let mut form = Form::visit(&store, "yen-thanh", "25/10/2018");
    form.until("management");
    form.says(&[("management", "-"), ("documents", "="), ("facilities", "-"), ("activity", "-")]);
    form.says(&[
        ("finance", ""),
        ("finance.period", ""),
        ("finance.opening", "0"),
        ("finance.state_budget", ">"),
    ]);
    form.says(&[("promotion", "")]);
    let text = form.ends();
    assert!(text.contains("[documents]\nfounding_decision = \"complete\"\n"), "{text}");
    assert!(text.contains("[finance]\nperiod = \"2017\"\nopening = 0\n"), "{text}");
    for absent in ["[management]", "facilities", "promotion]"] {
        assert!(!text.contains(absent), "{absent}\n{text}");
    }
}

#[test]
fn the_half_year_that_is_reported_by_the_day_is_offered() {
    let folder = fresh();
    example(folder.path());
    let file = folder.path().join("visits/2017-2018/2017-10-26-yen-thanh.toml");
    let text = fs::read_to_string(&file).unwrap();
    fs::write(&file, text.replacen("period = \"2016\"", "period = \"2017-H1\"", 1)).unwrap();
    let store = Store::open(folder.path()).unwrap();
    for (day, half) in [("31/05/2018", "2017-H2"), ("01/06/2018", "2018-H1"), ("10/01/2019", "2018-H2")] {
        let mut form = Form::visit(&store, "yen-thanh", day);
        form.until("finance");
        form.says(&[("finance", "")]);
        assert_eq!(form.question().entered(), half, "{day}");
    }
}

#[test]
fn the_rank_is_that_of_the_points_and_another_wants_a_reason() {
    let store = uong_bi();
    let rated = |points: [&str; 4], suggested: &str, rank: &str| {
        let mut form = Form::visit(&store, "yen-thanh", "25/10/2018");
        form.until("rating.cv2553-2013.scores.management");
        for (key, points) in ["management", "organisation", "mobilisation", "effect"].iter().zip(points) {
            form.says(&[(&format!("rating.cv2553-2013.scores.{key}"), points)]);
        }
        form.says(&[("rating.cv2553-2013.self_rank", "khá")]);
        assert_eq!(form.question().entered(), suggested);
        form.says(&[("rating.cv2553-2013.rank", rank)]);
        form.question().key
    };
    assert_eq!(rated(["15", "20,5", "15", "20"], "fair", ""), "minutes");
    assert_eq!(rated(["15", "20,5", "15", "20"], "fair", "good"), "rating.cv2553-2013.reason");
    assert_eq!(rated(["15", "20,5", "15", "-"], "-", "good"), "minutes", "not all points are there");
    assert_eq!(rated(["7,6", "56,8", "15,6", "0"], "good", ""), "minutes", "80, also in binary fractions");
}

#[test]
fn an_answer_taken_back_is_offered_and_those_that_follow_stay() {
    let store = uong_bi();
    let mut form = Form::visit(&store, "bac-son", "25/10/2018");
    form.until("starts");
    form.says(&[("starts", "8h"), ("ends", "10h")]);
    form.answers.take_back("starts");
    assert_eq!(form.question().entered(), "08:00:00");
    form.says(&[("starts", "7h30"), ("place", "-")]);
    assert!(form.ends().contains("starts = 07:30:00\nends = 10:00:00\n"));
}

#[test]
fn an_answer_that_changes_what_is_asked_loses_no_other() {
    let store = uong_bi();
    let mut form = Form::visit(&store, "yen-thanh", "25/10/2018");
    form.until("activity.field[0]");
    form.says(&[("activity.field[0]", "sức khoẻ"), ("activity.field.health.classes", "6")]);
    form.answers.take_back("activity.field[0]");
    form.says(&[("activity.field[0]", "pháp luật"), ("activity.field.law.classes", ">")]);
    let next = form.question();
    assert_eq!((&*next.key, next.entered()), ("activity.field[1]", "health"), "the next one of last time");
    form.says(&[("activity.field[1]", ""), ("activity.field.health.sessions", "-")]);
    assert!(form.ends().contains("health = { classes = 6 }\n"));
}

#[test]
fn a_later_question_may_be_answered_first_and_a_given_one_is_not_asked() {
    let store = uong_bi();
    let mut given = Node::table();
    given.put_at("place", Node::new(Value::Text("Hội trường".into())));
    let mut form = Form::new(&store, &VISIT);
    form.answers = Answers::new(given);
    form.answers.note("context.as_of", "2018-10-01".to_owned());
    form.says(&[("centre", "yen-thanh"), ("date", "25/10/2018")]);
    form.until("ends");
    form.says(&[("ends", "-"), ("agenda[0]", "-")]);
    form.until("context");
    form.says(&[("context", ""), ("context.population", "8.700")]);
    let text = form.ends();
    assert!(text.contains("place = \"Hội trường\"\n"), "{text}");
    assert!(text.contains("[context]\nas_of = 2018-10-01\npopulation = 8_700\n"), "{text}");
}

#[test]
fn an_answer_that_is_none_any_more_is_asked_for_again() {
    let store = uong_bi();
    let mut form = Form::new(&store, &VISIT);
    form.answers.note("centre", "da-bi-xoa".to_owned());
    let q = form.question();
    assert_eq!((&*q.key, q.entered()), ("centre", "da-bi-xoa"));
    assert!(form.asker.typed(&q, "").unwrap_err().en.contains("there is no centre"));
}

#[test]
fn one_may_end_once_all_that_the_others_hang_on_is_known() {
    let store = uong_bi();
    let mut form = Form::new(&store, &VISIT);
    let missing = |form: &mut Form| {
        let tree = form.reached().tree;
        form.asker.missing(&tree).map(|label| label.en)
    };
    assert_eq!(missing(&mut form), Some("Centre"));
    form.says(&[("centre", "yen-thanh")]);
    assert_eq!(missing(&mut form), Some("Date"));
    form.says(&[("date", "")]);
    assert_eq!(missing(&mut form), None);
}

#[test]
fn an_answer_is_judged_at_its_own_place_and_a_table_when_it_is_whole() {
    let store = uong_bi();
    let mut form = Form::visit(&store, "yen-thanh", "25/10/2018");
    form.until("activity.field[0]");
    form.says(&[("activity.field[0]", "law"), ("activity.field.law.classes", "12")]);
    form.until("activity.field.law.attendances");
    assert_eq!(codes(form.faults("100")), [""; 0], "so few, in all, may become more");
    form.says(&[("activity.field.law.attendances", "100")]);
    form.until("activity.field.law.women");
    assert_eq!(codes(form.faults("150")), ["part-above-total"]);
    form.says(&[("activity.field.law.women", "50"), ("activity.field.law.ethnic_minority", ">")]);
    assert_eq!(form.question().table.as_deref(), Some("activity.field"));
    form.says(&[("activity.field[1]", "-")]);
    let (table, tree) = (form.question().table, form.reached().tree);
    assert_eq!(
        (table, codes(form.asker.faults_below("activity.field", &tree))),
        (None, vec!["figure-leapt"])
    );
}

/// The codes of what is reported.
fn codes(faults: Vec<Fault>) -> Vec<&'static str> {
    faults.iter().map(|fault| fault.code).collect()
}

#[test]
fn what_the_office_does_not_want_to_hear_of_is_not_told() {
    let folder = fresh();
    let settings = folder.path().join("ttht.toml");
    example(folder.path());
    let told = || {
        let store = Store::open(folder.path()).unwrap();
        let mut form = Form::visit(&store, "yen-thanh", "25/10/2018");
        form.until("starts");
        form.says(&[("starts", "14h")]);
        codes(form.faults("10h"))
    };
    let before = told();
    assert_eq!(before.len(), 1, "{before:?}");
    let text = fs::read_to_string(&settings).unwrap();
    fs::write(&settings, format!("{text}\n[check]\n{} = \"off\"\n", before[0])).unwrap();
    assert_eq!(told(), [""; 0]);
}

#[test]
fn every_key_that_is_asked_first_is_a_key() {
    for form in [&UNIT, &CENTRE, &CAMPAIGN, &VISIT, &STATEMENT, &MERGER, &SCHEME] {
        for key in form.first {
            assert!(form.fields.iter().any(|row| row.key == *key), "{}: {key}", form.command);
        }
    }
}

#[test]
fn what_is_to_name_a_file_is_judged_before_it_does() {
    let store = uong_bi();
    let mut form = Form::new(&store, &CAMPAIGN);
    assert_eq!(codes(form.faults("Năm 2018/2020")), ["bad-form"]);
    assert_eq!(codes(form.faults("2018 - 2019")), [""; 0]);
    let mut form = Form::new(&store, &UNIT);
    form.says(&[("name", "Hồng Hà"), ("kind", "phường")]);
    assert_eq!(codes(form.faults("Hồng Hà")), ["bad-form"]);
    assert_eq!(codes(form.faults("yen-thanh")), ["duplicate-id"]);
}

#[test]
fn a_second_visit_of_a_day_is_judged_beside_the_first() {
    let store = uong_bi();
    let mut form = Form::new(&store, &VISIT);
    form.says(&[("centre", "yen-thanh")]);
    assert_eq!(codes(form.faults("26/10/2017")), ["exists"], "unless it is a second one");
    form.says(&[("date", "26/10/2017"), ("campaign", "2017-2018")]);
    form.until("follow_up_of");
    assert_eq!(codes(form.faults("2017-10-26-yen-thanh")), [""; 0]);
}
