"""The command ``index``."""

from __future__ import annotations

import json

import pytest
import typer
from typer.testing import CliRunner

from bolanggu.interfaces.cli.index import command

ROWS = "period,product,price,quantity\n2026-02,a,3,1\n2026-01,a,2,1\n2026-01,b,2,1\n2026-02,b,2,4\n"


@pytest.fixture
def run(tmp_path):
    app = typer.Typer()
    app.command()(command)
    (tmp_path / "sales.csv").write_text(ROWS)
    (tmp_path / "classes.csv").write_text("product,class\na,toys\nb,pens\n")

    def call(*arguments, file="sales.csv"):
        return CliRunner().invoke(app, [str(tmp_path / file), *arguments])

    call.folder = tmp_path
    return call


def test_one_document_with_a_value_for_each_period(run):
    done = run("--method", "fixed-laspeyres", "--json")
    assert done.exit_code == 0
    points = json.loads(done.stdout)["index"]
    assert [(point["period"], point["value"]) for point in points] == [("2026-01", 1.0), ("2026-02", 1.25)]


def test_what_the_values_rest_on_stands_beside_them(run):
    document = json.loads(run("--method", "gk", "--window", "5", "--partial", "2026-02", "--json").stdout)
    assert document["rows"] == 4
    assert document["products"] == 2
    assert document["splice"] == "mean_pub"
    assert document["index"][1]["flags"] == ["partial"]


def test_classes_interval_and_drivers(run):
    extra = ("--classes", str(run.folder / "classes.csv"), "--bootstrap", "20", "--drivers", "1")
    document = json.loads(run("--method", "geks-tornqvist", *extra, "--json").stdout)
    assert {one["class"] for one in document["classes"]} == {"toys", "pens"}
    last = [one["contribution"][-1]["value"] for one in document["classes"]]
    assert document["aggregate"][-1]["value"] == pytest.approx(1 + sum(last))
    assert document["index"][1]["lower"] <= document["index"][1]["upper"]
    assert document["drivers"][0]["product"] == "a"


def test_cleaning_counts_what_it_drops(run):
    (run.folder / "raw.csv").write_text(ROWS + "2026-02,b,0,4\n2026-02,b,1,-4\n")
    assert run("--method", "gk", "--json", file="raw.csv").exit_code == 2
    document = json.loads(run("--method", "gk", "--clean", "--json", file="raw.csv").stdout)
    assert document["dropped"] == {"zero price": 1, "quantity not positive": 1}


def test_people_get_a_table(run):
    done = run("--method", "gk")
    assert "2026-01    100.00" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("--method", "fishy"), "--method"),
        (("--method", "gk", "--window", "4", "--splice", "half"), "--window"),
        (("--method", "gk", "--splice", "half"), "--window"),
        (("--method", "gk", "--window", "3", "--splice", "glue"), "--splice"),
        (("--method", "fixed-fisher", "--window", "3"), "--window"),
        (("--method", "fixed-ces", "--sigma", "nan"), "--sigma"),
        (("--method", "gk", "--classes", "no-such-file.csv"), "no-such-file.csv"),
    ],
)
def test_a_question_that_makes_no_sense_ends_with_two(run, arguments, said):
    done = run(*arguments, "--json")
    assert done.exit_code == 2
    assert done.stdout == ""
    assert said in done.stderr


def test_a_bad_cell_ends_with_two_and_names_row_and_column(run):
    (run.folder / "bad.csv").write_text(ROWS + "2026-02,c,x,1\n")
    done = run("--method", "gk", "--json", file="bad.csv")
    assert done.exit_code == 2
    assert "bad.csv row 5, column price" in done.stderr


def test_periods_without_a_common_product_are_named(run):
    (run.folder / "apart.csv").write_text("period,product,price,quantity\n2026-01,a,1,1\n2026-02,b,1,1\n")
    done = run("--method", "gk", "--json", file="apart.csv")
    assert done.exit_code == 2
    assert "2026-01 and 2026-02" in done.stderr
