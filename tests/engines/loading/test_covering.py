"""Covers do not depend on what other solvers of the process did before."""

import highspy
import numpy as np

from bolanggu.engines.loading.covering import cheapest_cover, prices


def test_a_solver_that_ran_with_more_threads_before_changes_nothing():
    other = highspy.Highs()
    other.silent()
    other.setOptionValue("threads", 2)
    other.addRow(1.0, highspy.kHighsInf, 0, np.array([], np.int32), np.array([], float))
    other.addCol(1.0, 0.0, highspy.kHighsInf, 1, np.array([0], np.int32), np.array([1.0]))
    other.changeColIntegrality(0, highspy.HighsVarType.kInteger)
    other.run()
    assert prices([{"a": 2}, {"a": 1, "b": 1}], [10, 10], {"a": 4, "b": 1}) == {"a": 5.0, "b": 5.0}
    assert cheapest_cover([{"a": 2}, {"a": 1, "b": 1}], [10, 10], {"a": 3, "b": 1}) == [0, 1]
