package org.anabranch.train;

import java.util.ArrayList;
import java.util.List;
import org.anabranch.graph.ParameterLayout;
import org.anabranch.graph.Shape;
import org.anabranch.solver.Outcome;

/**
 * Workers whose parameters are pulled to the samples: the loss of a sample is ½|θ − x|², so that
 * steps of plain gradient descent have a closed form. A sample whose label is 9 fails.
 */
record PullingWorkers() implements BlockWorkerFactory {
  static final int WIDTH = 3;

  /** Blocks of 1 to 3 rows, row by row. */
  static Block block(int number, double... features) {
    int rows = features.length / WIDTH;
    float[] singles = new float[features.length];
    long[] ids = new long[rows];
    for (int i = 0; i < features.length; i++) {
      singles[i] = (float) features[i];
    }
    for (int row = 0; row < rows; row++) {
      ids[row] = 10L * number + row;
    }
    return Block.of(number, 3, WIDTH, ids, singles, new float[rows]);
  }

  /** Blocks that differ, the last with one row. */
  static List<Block> blocks(int count) {
    List<Block> blocks = new ArrayList<>();
    for (int number = 0; number < count; number++) {
      double x = 1.0 / (number + 1.3);
      blocks.add(
          number == count - 1
              ? block(number, x, -x, 2 * x)
              : block(number, x, 3, -x, x * x, 1, 0, -x, x, number));
    }
    return blocks;
  }

  @Override
  public String key() {
    return "pulling";
  }

  @Override
  public BlockWorker create() {
    return new Worker();
  }

  @Override
  public ParameterLayout layout() {
    return new ParameterLayout(
        List.of(
            new ParameterLayout.View("first", Shape.vector(1), 0),
            new ParameterLayout.View("others", Shape.vector(WIDTH - 1), 1)));
  }

  @Override
  public int classes() {
    return 10;
  }

  @Override
  public boolean singlePrecision() {
    return false;
  }

  private static final class Worker implements BlockWorker {
    private double[] values = {};

    @Override
    public void load(double[] parameters) {
      values = parameters.clone();
    }

    @Override
    public BlockResult gradient(Block block) {
      double[] gradient = new double[WIDTH];
      List<SampleFailure> failures = new ArrayList<>();
      double loss = 0;
      for (int row = 0; row < block.rows(); row++) {
        if (block.label(row) == 9) {
          failures.add(new SampleFailure(block.id(row), Outcome.NOT_FINITE, "as it was told"));
          continue;
        }
        for (int i = 0; i < WIDTH; i++) {
          double distance = values[i] - block.feature(row, i);
          gradient[i] += distance;
          loss += distance * distance / 2;
        }
      }
      long weight = (long) block.rows() - failures.size();
      return new BlockResult(block.number(), gradient, loss, weight, 0, failures, 0);
    }

    @Override
    public BlockResult evaluate(Block block, long[][] confusion) {
      confusion[0][0] += block.rows();
      return new BlockResult(block.number(), new double[0], 0, block.rows(), 0, List.of(), 0);
    }
  }
}
