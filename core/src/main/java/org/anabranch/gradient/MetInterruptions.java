package org.anabranch.gradient;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.anabranch.solver.Breaks;
import org.anabranch.solver.JumpTimes;
import org.anabranch.solver.Trajectory.Occurrence;

/** The events and jumps that a solution has met, and their cotangents. */
final class MetInterruptions {
  private final SolveGradient solve;
  private final int rows;
  private final List<Occurrence> events = new ArrayList<>();

  /** The place of each event among its sample's interruptions. */
  private final List<Integer> places = new ArrayList<>();

  MetInterruptions(SolveGradient solve, int rows, int dimension) {
    this.solve = solve;
    this.rows = rows;
    String part = solve.solve().method().state().get(0);
    for (int row = 0; row < rows; row++) {
      List<Breaks.Break> own = of(row);
      for (int place = 0; place < own.size(); place++) {
        Breaks.Break one = own.get(place);
        if (one.isEvent()) {
          double[] value = new double[dimension];
          one.arrived().part(part).getRow(0, value, 0);
          List<Double> numbers = Arrays.stream(value).boxed().toList();
          events.add(new Occurrence(row, one.event(), one.time(), numbers));
          places.add(place);
        }
      }
    }
  }

  private List<Breaks.Break> of(int row) {
    Breaks breaks = solve.breaks();
    return breaks == null ? List.of() : breaks.of(row);
  }

  List<Occurrence> events() {
    return events;
  }

  /** The time of the last interruption of a sample that has one. */
  double last(int row) {
    List<Breaks.Break> own = of(row);
    return own.get(own.size() - 1).time();
  }

  /** Gives the cotangents of the events before a way back. */
  void arrive(double[] ofTimes, double[][] ofValues) {
    for (int i = 0; i < events.size(); i++) {
      int row = events.get(i).sample();
      solve.breakCotangents().arrive(row, places.get(i), ofTimes[i], ofValues[i]);
    }
  }

  /**
   * After a way back.
   *
   * @throws IllegalStateException if something depends on an event that is only touched
   */
  void requireCrossed() {
    for (int i = 0; i < events.size(); i++) {
      Occurrence one = events.get(i);
      if (solve.breakCotangents().isTouched(one.sample(), places.get(i))) {
        throw new IllegalStateException(
            "Pullback: sample %d only touches event %d at t = %s: the condition's slope there is zero up to rounding, so its time has no derivative. Leave the sample out, or choose a condition that is crossed."
                .formatted(one.sample(), one.event(), one.time()));
      }
    }
  }

  /** The cotangents of each jump's times and inputs, after a way back. */
  List<SolutionCotangents.OfJump> ofJumps(List<JumpTimes> jumps) {
    List<SolutionCotangents.OfJump> all = jumps.stream().map(MetInterruptions::zeros).toList();
    for (int row = 0; row < rows; row++) {
      List<Breaks.Break> own = of(row);
      for (int i = 0; i < own.size(); i++) {
        Breaks.Break one = own.get(i);
        if (!one.isEvent()) {
          SolutionCotangents.OfJump of = all.get(one.kind());
          of.byTimes()[row][one.place()] = solve.breakCotangents().ofJumpTime(row, i);
          of.byInputs()[row][one.place()] = solve.breakCotangents().ofJumpInputs(row, i);
        }
      }
    }
    return all;
  }

  private static SolutionCotangents.OfJump zeros(JumpTimes jump) {
    double[][] byTimes = new double[jump.rows()][];
    double[][][] byInputs = new double[jump.rows()][][];
    for (int row = 0; row < jump.rows(); row++) {
      byTimes[row] = new double[jump.count(row)];
      byInputs[row] = new double[jump.count(row)][];
      for (int place = 0; place < jump.count(row); place++) {
        byInputs[row][place] = new double[jump.numbers(row, place)];
      }
    }
    return new SolutionCotangents.OfJump(byTimes, byInputs);
  }
}
