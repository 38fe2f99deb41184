# Two commands do everything: `make demo` runs a bureau, `make test` proves the tree.
# What they need from the system, .ci/need installs (as root) or asks for.

CARGO ?= cargo
VENV := target/venv
BUF := target/buf/node_modules/.bin/buf

.PHONY: demo build test format lint unit api-lint python deny bench clean-demo

## The main job: a made-up bureau of 12,000 cadres, served on loopback. Ctrl-C ends it.
demo: build
	target/release/sangyu demo --data target/demo

build:
	@.ci/need cc
	$(CARGO) build --release --locked --bin sangyu

## All tests; the same as .ci/run.
test: format lint unit api-lint python deny
	@echo "make test: all green"

format:
	@.ci/need cc
	$(CARGO) fmt --all --check

lint:
	$(CARGO) clippy --workspace --all-targets --locked -- -D warnings

unit:
	@.ci/need font
	$(CARGO) test --workspace --locked

api-lint: $(BUF)
	$(BUF) lint

$(BUF):
	@.ci/need npm
	npm install --silent --no-fund --no-audit --prefix target/buf @bufbuild/buf@1.75.0

## A Python client, generated from the protos, against a running server.
python: $(VENV)/.installed
	$(CARGO) build --locked --bin sangyu
	$(VENV)/bin/python tests/python/run.py target/debug/sangyu

# aics-tlog asks for Python 3.12 and runs on 3.11, which Debian 12 has.
$(VENV)/.installed: tests/python/requirements.txt
	@.ci/need python3
	python3 -m venv $(VENV)
	$(VENV)/bin/pip install --quiet --disable-pip-version-check -r $<
	$(VENV)/bin/pip install --quiet --disable-pip-version-check --no-deps --ignore-requires-python aics-tlog==0.2.1
	touch $@

## Licences, bans and sources of everything we build from; asks nobody but the sources at hand.
deny:
	@command -v cargo-deny >/dev/null || $(CARGO) install --locked --quiet cargo-deny@0.20.2
	$(CARGO) fetch --locked --quiet
	$(CARGO) deny --offline --log-level error check licenses bans sources

## How near the log comes to what the machine can do; how fast a person is found and a history read, in
## the demo bureau; how fast 100,000 petitions and 100,000 duties say what is due; how long a year of
## 12,000 people takes.
bench: build
	target/release/sangyu demo --data target/demo --no-serve
	$(CARGO) bench --locked -p tests --bench log -- target/demo
	$(CARGO) bench --locked -p tests --bench queries -- target/demo
	$(CARGO) bench --locked -p tests --bench petitions
	$(CARGO) bench --locked -p tests --bench duties
	$(CARGO) bench --locked -p tests --bench year

clean-demo:
	rm -rf target/demo
