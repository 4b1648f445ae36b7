# `make agreements` renders every agreement; `make test` proves the program.
# Both install what is missing on a fresh Debian machine that has Rust.

FONTS := fonts-noto-core fonts-liberation2 fonts-lao
READERS := poppler-utils qpdf

.PHONY: agreements test fonts tools check doc image clean

agreements: fonts
	cargo run --quiet -- build

test: fonts tools
	cargo test --quiet

# The faces are embedded when the program is built, so they come first.
fonts:
	@$(call install,$(FONTS))

tools:
	@$(call install,$(READERS))

check: fonts
	cargo fmt --check
	cargo clippy --all-targets -- -D warnings
	RUSTDOCFLAGS="-D warnings" cargo doc --no-deps

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
