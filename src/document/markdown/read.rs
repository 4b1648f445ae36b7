//! Markdown to [`Document`].
//!
//! Input: a rendered text with its section marks, or a Markdown field of an
//! agreement. Output: a tree with a span on every unit. What cannot be typeset
//! is refused here, raw HTML above all, so later stages never meet it.

use pulldown_cmark::{Event, Parser};

use crate::diagnostic::{Findings, Outcome};
use crate::language::Language;
use crate::source::{Source, Span};

use super::super::tree::{Block, Document};
use super::build::Builder;
use super::dialect::DIALECT;
use super::inspect::{Inspector, Known};

/// Reads a rendered text.
///
/// # Errors
/// Every construct that cannot be typeset, at its place.
pub fn parse(source: &Source, language: &Language) -> Outcome<Document> {
    let mut builder = Builder::new(source);
    for (event, range) in Parser::new_ext(source.text(), DIALECT).into_offset_iter() {
        builder.event(event, range);
    }
    builder.finish(language)
}

/// Reads a Markdown field; `span` is where it stands in its file. A mention of a
/// party is a link to `party:<id>`, a reference one to `clause:<id>`.
///
/// There is no tree of a field with what it may not hold: constructs that cannot
/// be typeset or would break the document around them, and links to parties and
/// clauses that are not `known`. These are added to `faults`.
pub fn field(
    text: &str,
    span: &Span,
    known: &Known<'_>,
    faults: &mut Findings,
) -> Option<Vec<Block>> {
    let source = Source::new("", text);
    let mut inspector = Inspector::new(text, span, known, faults);
    let mut builder = Builder::new(&source);
    let parser = Parser::new_ext(text, DIALECT);
    inspector.definitions(&parser);
    for (event, range) in parser.into_offset_iter() {
        inspector.event(&event, &range);
        if inspector.is_content() {
            builder.event(event, range);
        }
    }
    let sound = inspector.is_content();
    inspector.report_refused();
    sound.then_some(builder.blocks)
}

/// Returns the words of one line of Markdown.
pub fn words(text: &str) -> String {
    let mut words = String::new();
    for event in Parser::new_ext(text, DIALECT) {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(&text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            _ => {}
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::tree::{Unit, plain_text};

    fn units(markdown: &str) -> Vec<Unit> {
        let source = Source::new("x.md", format!("<!-- section: content -->\n\n{markdown}"));
        let document = parse(&source, &Language("vi".to_owned())).expect("typesettable");
        document
            .sections
            .into_iter()
            .flat_map(|section| section.units)
            .collect()
    }

    fn text(markdown: &str) -> String {
        units(markdown)
            .iter()
            .map(|unit| plain_text(&unit.blocks))
            .collect()
    }

    #[test]
    fn reads_lists_within_clauses() {
        assert_eq!(
            text("2. **Về:** một\n\n   - ສອງ\n   - ນ້ຳ\n\n   ba"),
            "2. Về: một\n- ສອງ\n- ນ້ຳ\nba\n"
        );
        assert_eq!(text("- a\n  - b\n- c"), "- a\n- b\n- c\n");
        assert_eq!(text("- a\n\n  3) ế\n  4) ນ້ຳ"), "- a\n3) ế\n4) ນ້ຳ\n");
    }

    #[test]
    fn units_carry_their_markdown() {
        let units = units("## I. ເນື້ອໃນ\n\n<!-- part: x -->\n\n1. Hộ*i*\n");
        assert_eq!(units[0].span.text(), "## I. ເນື້ອໃນ");
        assert_eq!(
            (units[1].id.as_str(), units[1].span.text()),
            ("x", "1. Hộ*i*")
        );
    }

    fn read(text: &str, parties: &[&str]) -> Outcome<Vec<Block>> {
        let span = Source::new("x", "text").span(0..4);
        let mut faults = Findings::default();
        let known = Known {
            parties: parties.to_vec(),
            clauses: Vec::new(),
            annexes: Vec::new(),
        };
        field(text, &span, &known, &mut faults).ok_or_else(|| faults.into_list())
    }

    #[test]
    fn links_lead_to_the_net_or_to_a_mailbox() {
        for bad in [
            "[x](javascript:alert(1))",
            "[x](JavaScript&#58;alert(1))",
            "[x](data:text/html,y)",
            "[x](file:///etc/passwd)",
            "[x](//host/y)",
            r"[x](\\\\host\\y)",
            "[x](phu-luc.pdf)",
            "[x](#y)",
            "[x]()",
            "[ນ້ຳ](https://)",
            "<ftp://host/y>",
        ] {
            let found = read(bad, &["p"]).expect_err(bad);
            assert_eq!(found[0].code, "link-target", "{bad}");
        }
        for good in [
            "[x](https://a.vn/ế)",
            "[x](HTTP://a.la)",
            "[x](mailto:a@b.vn)",
        ] {
            assert!(read(good, &[]).is_ok(), "{good}");
        }
    }

    #[test]
    fn refuses_what_cannot_be_typeset() {
        for bad in [
            "<b>x</b>",
            "# x",
            "```\nx",
            "    x",
            "![](x)",
            "---",
            "[a]: /b",
            "<!-- section: title -->",
        ] {
            assert!(read(bad, &[]).is_err(), "{bad}");
        }
        let deep = read(&">".repeat(10_000), &[]).expect_err("too deep");
        assert_eq!(deep.len(), 1);
        let many = read(&"<b>".repeat(120), &[]).expect_err("no markup of this kind");
        assert_eq!(
            many.last().map(|rest| rest.values["number"].as_str()),
            Some("20")
        );
        let sound = "*a* [b](party:p)\n\n- c\n\n1. d\n\n> e `f`";
        assert!(read(sound, &["p"]).is_ok());
    }
}
