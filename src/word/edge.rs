//! The heads and feet of pages: the number of the page, from the second one on, and the
//! mark of a draft across all of them.

use crate::press::input::Setting;
use crate::text::letters::is_mark;

use super::face::Face;
use super::paper::{Content, Look, Paragraph, Run};
use super::style::Style;
use super::write::{R, W, Writer};
use super::xml::{Element, element, valued};

const V: &str = "urn:schemas-microsoft-com:vml";
const O: &str = "urn:schemas-microsoft-com:office:office";

/// Returns the head of a page with its number, or without it; `marks` are drawn across
/// the page, one for each language.
pub(super) fn head(marks: &[&str], faces: &[Face], is_numbered: bool) -> Element {
    let look = element("w:pPr").child(valued("w:pStyle", Style::Head.names().0));
    let mut paragraph = element("w:p").child(look.child(valued("w:jc", "center")));
    for (index, (mark, face)) in marks.iter().zip(faces).enumerate() {
        let drawn = watermark(mark, face, index, marks.len());
        let hidden = element("w:rPr").child(element("w:noProof"));
        paragraph = paragraph.child(element("w:r").child(hidden).child(drawn));
    }
    if is_numbered {
        paragraph = paragraph.children(number());
    }
    element("w:hdr")
        .with("xmlns:w", W)
        .with("xmlns:r", R)
        .with("xmlns:v", V)
        .with("xmlns:o", O)
        .child(paragraph)
}

/// Returns the field that prints the number of the page.
fn number() -> [Element; 5] {
    let mark = |kind: &str| element("w:r").child(element("w:fldChar").with("w:fldCharType", kind));
    let code = element("w:instrText")
        .with("xml:space", "preserve")
        .text(" PAGE ");
    [
        mark("begin"),
        element("w:r").child(code),
        mark("separate"),
        element("w:r").child(element("w:t").text("2")),
        mark("end"),
    ]
}

/// Returns the foot of a page: a line for each language that has one.
pub(super) fn foot(writer: &Writer<'_>, setting: &Setting) -> Element {
    let mut foot = element("w:ftr").with("xmlns:w", W).with("xmlns:r", R);
    let mut lines = Vec::new();
    for (language, code) in writer.languages.iter().enumerate() {
        let line = setting.footers.get(*code).filter(|line| !line.is_empty());
        lines.extend(line.map(|line| Paragraph {
            runs: vec![Run {
                content: Content::Text(line.clone()),
                look: Look::default(),
            }],
            ..Paragraph::new(Style::Foot, language)
        }));
    }
    if lines.is_empty() {
        lines.push(Paragraph::new(Style::Foot, 0));
    }
    for line in &lines {
        foot = foot.child(writer.plain(line));
    }
    foot
}

/// Returns a mark across the page, drawn as Word draws its own watermarks. What is drawn is
/// seen, and is not part of what a reader searches or hears.
fn watermark(mark: &str, face: &Face, index: usize, count: usize) -> Element {
    // As broad as its letters, so that programs that keep their shape draw the same. One
    // stands in the middle, several below each other.
    let height = if count == 1 { 100 } else { 70 };
    let letters = mark.chars().filter(|letter| !is_mark(*letter)).count();
    let width = (letters.clamp(2, 12) * height * 2 / 3).min(440);
    let place = match count {
        1 => "mso-position-vertical:center;margin-top:0".to_owned(),
        _ => format!(
            "margin-top:{}pt",
            709 * (index + 1) / (count + 1) - height / 2
        ),
    };
    let style = format!(
        "position:absolute;margin-left:0;width:{width}pt;height:{height}pt;rotation:315;\
         z-index:-251658752;mso-position-horizontal:center;\
         mso-position-horizontal-relative:margin;{place};\
         mso-position-vertical-relative:margin"
    );
    let letters = format!(
        "font-family:\"{}\";font-size:1pt;font-weight:bold",
        face.own
    );
    let number = index + 1;
    let shape = element("v:shape")
        .with("id", format!("PowerPlusWaterMarkObject{number}"))
        .with("o:spid", format!("_x0000_s{}", 2048 + number))
        .with("type", "#_x0000_t136")
        .with("alt", mark)
        .with("style", style)
        .with("o:allowincell", "f")
        .with("fillcolor", "#e8e8e8")
        .with("stroked", "f")
        .child(
            element("v:textpath")
                .with("style", letters)
                .with("string", mark),
        );
    let pict = element("w:pict");
    let pict = if index == 0 {
        pict.child(shape_of_words())
    } else {
        pict
    };
    pict.child(shape)
}

/// Returns the kind of shape that words are drawn in: number 136 of Word's own.
fn shape_of_words() -> Element {
    const FORMULAS: [&str; 14] = [
        "sum #0 0 10800",
        "prod #0 2 1",
        "sum 21600 0 @1",
        "sum 0 0 @2",
        "sum 21600 0 @3",
        "if @0 @3 0",
        "if @0 21600 @1",
        "if @0 0 @2",
        "if @0 @4 21600",
        "mid @5 @6",
        "mid @8 @5",
        "mid @7 @8",
        "mid @6 @7",
        "sum @6 0 @5",
    ];
    let formulas = FORMULAS.map(|formula| element("v:f").with("eqn", formula));
    let path = element("v:path")
        .with("textpathok", "t")
        .with("o:connecttype", "custom")
        .with("o:connectlocs", "@9,0;@10,10800;@11,21600;@12,10800")
        .with("o:connectangles", "270,180,90,0");
    let handle = element("v:h")
        .with("position", "#0,bottomRight")
        .with("xrange", "6629,14971");
    let lock = element("o:lock")
        .with("v:ext", "edit")
        .with("text", "t")
        .with("shapetype", "t");
    element("v:shapetype")
        .with("id", "_x0000_t136")
        .with("coordsize", "21600,21600")
        .with("o:spt", 136)
        .with("adj", 10800)
        .with("path", "m@7,l@8,m@5,21600l@6,21600e")
        .child(element("v:formulas").children(formulas))
        .child(path)
        .child(element("v:textpath").with("on", "t").with("fitshape", "t"))
        .child(element("v:handles").child(handle))
        .child(lock)
}
