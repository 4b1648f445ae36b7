//! One file in memory: where it goes, and its bytes.

/// One file to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OutputFile {
    /// Its path below the agreement's folder: `originals/bac-giang.vi.pdf`.
    pub path: String,
    /// Its bytes.
    pub bytes: Vec<u8>,
}
