# What is done often, by name: `just` lists it. It needs the packages of requirements-dev.txt.

# List what there is.
default:
    @just --list

# Open the dashboard on the demonstration council, or on the data home of IMPROVEMENT_BOARD_DATA.
run:
    streamlit run app.py

# The tests, or some of them: `just test tests/kpis -k agency`.
test *arguments:
    pytest -q {{arguments}}

# Those that need minutes by themselves: in the browser, and the demonstration made again.
slow:
    pytest -q -m "browser or rebuild"

# Many other examples in each generative test, and all three editions of the demonstration made again.
nightly:
    pytest -q --nightly -m "generative or nightly or rebuild"

# Which lines of the package the tests reach: 98 in a hundred, and 97 at least.
coverage:
    pytest -q --cov --cov-fail-under=97

# The pictures of the documentation, taken anew in Chromium.
pictures:
    python docs/pictures/take.py

# Layout, lint and types, as CI asks.
check:
    ruff format --check .
    ruff check .
    lint-imports
    sqlfluff lint --processes 0 queries
    mypy

# Lay out Python and SQL.
tidy:
    ruff format .
    ruff check --fix .
    sqlfluff fix --processes 0 queries

# Make the demonstration's three editions anew, after a change of a definition or a query.
demo:
    rm -rf demo_records data/editions
    improvement-board demo demo_records
    for edition in demo_records/*; do improvement-board build "$edition" || exit 1; done
    rm -rf demo_records

# All that CI does, in a clean environment.
ci:
    .ci/run
