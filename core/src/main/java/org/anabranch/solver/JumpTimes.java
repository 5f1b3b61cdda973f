package org.anabranch.solver;

import java.util.Arrays;

/**
 * When each sample takes a {@link Jump}, and the jump's own inputs then: the times and sizes of a
 * patient's doses. Several may coincide: they are taken in the order given. A solve takes those
 * from its start to before its end; its solution at the time of a jump is the one before it, and
 * one at the end is left to whoever goes on from there.
 */
public final class JumpTimes {
  private final double[][] times;
  private final double[][][] inputs;

  private JumpTimes(double[][] times, double[][][] inputs) {
    this.times = times;
    this.inputs = inputs;
  }

  /** The same times for all samples, of a jump without inputs of its own. */
  public static JumpTimes same(int rows, double... times) {
    double[][] all = new double[rows][];
    Arrays.fill(all, times);
    return own(all);
  }

  /** Times of each sample's own, none or many, of a jump without inputs of its own. */
  public static JumpTimes own(double[][] times) {
    double[][][] inputs = new double[times.length][][];
    for (int row = 0; row < times.length; row++) {
      inputs[row] = new double[times[row].length][0];
    }
    return own(times, inputs);
  }

  /**
   * Times of each sample's own.
   *
   * @param times [sample][jump], in any order
   * @param inputs [sample][jump][number]: the jump's own inputs, one after the other
   */
  public static JumpTimes own(double[][] times, double[][][] inputs) {
    double[][] copy = new double[times.length][];
    double[][][] numbers = new double[times.length][][];
    for (int row = 0; row < times.length; row++) {
      copy[row] = times[row].clone();
      if (inputs.length != times.length || inputs[row].length != times[row].length) {
        throw new IllegalArgumentException(
            "JumpTimes: sample %d has %d times, its inputs are not as many. Give inputs for each time."
                .formatted(row, times[row].length));
      }
      numbers[row] = Arrays.stream(inputs[row]).map(double[]::clone).toArray(double[][]::new);
      for (double time : times[row]) {
        if (!Double.isFinite(time)) {
          throw new IllegalArgumentException(
              "JumpTimes: a time of sample %d is %s. Times must be finite.".formatted(row, time));
        }
      }
    }
    return new JumpTimes(copy, numbers);
  }

  public int rows() {
    return times.length;
  }

  /** The jumps of a sample. */
  public int count(int row) {
    return times[row].length;
  }

  public double time(int row, int jump) {
    return times[row][jump];
  }

  /** The numbers of a jump's own inputs. */
  public int numbers(int row, int jump) {
    return inputs[row][jump].length;
  }

  /** Writes a jump's own inputs from an offset on. */
  public void inputs(int row, int jump, double[] target, int offset) {
    System.arraycopy(inputs[row][jump], 0, target, offset, inputs[row][jump].length);
  }
}
