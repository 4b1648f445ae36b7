//! The faces of a document, and the clusters that are set in each of them.

use std::collections::HashMap;

use typst::ecow::EcoString;
use typst::layout::{Em, Frame, FrameItem};
use typst::text::{FontInstance, Glyph, TextItem};

use super::cluster::Cluster;
use super::face;

/// The faces of a document, each with the clusters set in it.
#[derive(Default)]
pub(super) struct Faces {
    /// Where each face stands in `list`.
    index: HashMap<FontInstance, usize>,
    list: Vec<Face>,
}

/// One face and what it is asked to show.
struct Face {
    font: FontInstance,
    /// The number of glyphs the face has by itself; `None` if it cannot be extended.
    glyphs: Option<u16>,
    /// The text of each glyph that stands alone.
    texts: HashMap<u16, EcoString>,
    /// The clusters, in the order in which they get glyphs.
    clusters: Vec<Cluster>,
    /// The glyph of each cluster.
    ids: HashMap<Cluster, u16>,
    /// The face with a glyph for each cluster, once it is built.
    extended: Option<FontInstance>,
}

impl Faces {
    /// Collects the clusters of a frame, in reading order.
    pub(super) fn survey(&mut self, frame: &Frame) {
        for (_, item) in frame.items() {
            match item {
                FrameItem::Text(text) => self.face(&text.font).survey(text),
                FrameItem::Group(group) => self.survey(&group.frame),
                FrameItem::Shape(..)
                | FrameItem::Image(..)
                | FrameItem::Link(..)
                | FrameItem::Tag(..) => {}
            }
        }
    }

    /// Returns what is known of a face.
    fn face(&mut self, font: &FontInstance) -> &mut Face {
        let next = self.list.len();
        let place = *self.index.entry(font.clone()).or_insert(next);
        if place == next {
            self.list.push(Face::new(font.clone()));
        }
        &mut self.list[place]
    }

    /// Builds a face with a glyph for each cluster, wherever one is needed.
    pub(super) fn extend(&mut self) {
        for face in &mut self.list {
            if !face.clusters.is_empty() {
                face.extended = face::extend(&face.font, &face.clusters);
            }
        }
    }

    /// Sets the runs of a frame in the extended faces.
    pub(super) fn set(&mut self, frame: &mut Frame) {
        frame.retain(|item| {
            match item {
                FrameItem::Text(text) => self.face(&text.font).set(text),
                FrameItem::Group(group) => self.set(&mut group.frame),
                FrameItem::Shape(..)
                | FrameItem::Image(..)
                | FrameItem::Link(..)
                | FrameItem::Tag(..) => {}
            }
            true
        });
    }
}

impl Face {
    fn new(font: FontInstance) -> Self {
        let glyphs = face::extensible(&font);
        Self {
            font,
            glyphs,
            texts: HashMap::new(),
            clusters: Vec::new(),
            ids: HashMap::new(),
            extended: None,
        }
    }

    /// Collects the clusters of a run that need a glyph of their own.
    fn survey(&mut self, run: &TextItem) {
        let Some(first_id) = self.glyphs else { return };
        for glyphs in clusters(run) {
            let Some(cluster) = Cluster::of(run, glyphs) else {
                continue;
            };
            if let [glyph] = glyphs
                && *self
                    .texts
                    .entry(glyph.id)
                    .or_insert_with(|| cluster.text.clone())
                    == cluster.text
            {
                continue;
            }
            let next = u16::try_from(usize::from(first_id) + self.clusters.len());
            if let Ok(next) = next
                && !self.ids.contains_key(&cluster)
            {
                self.ids.insert(cluster.clone(), next);
                self.clusters.push(cluster);
            }
        }
    }

    /// Replaces the clusters of a run by their glyphs.
    fn set(&self, run: &mut TextItem) {
        let Some(font) = &self.extended else { return };
        run.glyphs = clusters(run)
            .flat_map(|glyphs| self.replace(run, glyphs))
            .collect();
        run.font = font.clone();
        anchor(run);
    }

    /// Returns the glyphs that show a cluster in the extended face: one, or
    /// those it has where it was not collected.
    fn replace(&self, run: &TextItem, glyphs: &[Glyph]) -> Vec<Glyph> {
        let id = Cluster::of(run, glyphs).and_then(|cluster| match glyphs {
            [glyph] if self.texts.get(&glyph.id) == Some(&cluster.text) => Some(glyph.id),
            _ => self.ids.get(&cluster).copied(),
        });
        match (glyphs, id) {
            ([glyph], Some(id)) => vec![Glyph {
                id,
                ..glyph.clone()
            }],
            ([first, ..], Some(id)) => vec![Glyph {
                id,
                x_advance: glyphs.iter().map(|glyph| glyph.x_advance).sum(),
                x_offset: Em::zero(),
                y_advance: Em::zero(),
                y_offset: Em::zero(),
                ..first.clone()
            }],
            _ => glyphs.to_vec(),
        }
    }
}

/// Makes the export state the place of each word anew.
///
/// PDFium cuts glyph widths to whole thousandths of the font size and adds them
/// up along a run. Where the face counts in other units, a line would end up to
/// half a point early. A new place is stated where the height changes, so every
/// other word is lifted by less than anything can show.
fn anchor(run: &mut TextItem) {
    const HAIR: Em = Em::new(1e-6);
    if run.font.units_per_em() == 1000.0 {
        return;
    }
    let mut lifted = false;
    for glyph in &mut run.glyphs {
        if lifted {
            glyph.y_offset += HAIR;
        }
        let space = run
            .text
            .get(glyph.range())
            .is_some_and(|text| text.trim().is_empty());
        lifted ^= space;
    }
}

/// Returns the glyphs of a run, cluster by cluster.
fn clusters(run: &TextItem) -> impl Iterator<Item = &[Glyph]> {
    run.glyphs.chunk_by(|a, b| a.range == b.range)
}
